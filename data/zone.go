package data

import (
	"strings"
	"sync"
)

// BuyerZone gives the IANA time zone of an address, from its country and, in
// countries with several zones, its state. It is "" where that does not tell:
// no zone is better than a wrong one. Of a state with two zones it is that of
// most of its people.
func BuyerZone(a Address) string {
	country := strings.ToUpper(strings.TrimSpace(a.Country))
	if zone, ok := countryZones[country]; ok {
		return zone
	}
	state := strings.ToUpper(strings.TrimSpace(a.State))
	if short, ok := stateNames[country][state]; ok {
		state = short
	}
	return stateZones[country][state]
}

// ZoneCountry gives the ISO 3166-1 country of a time zone in which its people
// live; "" where that is not known.
func ZoneCountry(zone string) string { return zoneCountries()[zone] }

var zoneCountries = sync.OnceValue(func() map[string]string {
	of := map[string]string{ // of countries with several zones
		"Asia/Jakarta": "ID", "Asia/Makassar": "ID", "Asia/Jayapura": "ID", "Europe/Moscow": "RU", "America/Sao_Paulo": "BR",
		"America/Mexico_City": "MX", "Pacific/Auckland": "NZ", "Europe/Lisbon": "PT", "America/Santiago": "CL",
	}
	for country, zone := range countryZones {
		of[zone] = country
	}
	for country, states := range stateZones {
		for _, zone := range states {
			of[zone] = country
		}
	}
	return of
})

// countryZones are countries with one zone on which all their people go, or
// nearly all (Portugal's and Spain's islands, French territories and the like
// have country codes of their own or are told by nothing in an address).
var countryZones = map[string]string{
	"AE": "Asia/Dubai", "AL": "Europe/Tirane", "AM": "Asia/Yerevan", "AR": "America/Argentina/Buenos_Aires", "AT": "Europe/Vienna",
	"AZ": "Asia/Baku", "BA": "Europe/Sarajevo", "BD": "Asia/Dhaka", "BE": "Europe/Brussels", "BG": "Europe/Sofia", "BH": "Asia/Bahrain",
	"BY": "Europe/Minsk", "CH": "Europe/Zurich", "CN": "Asia/Shanghai", "CO": "America/Bogota", "CR": "America/Costa_Rica",
	"CY": "Asia/Nicosia", "CZ": "Europe/Prague", "DE": "Europe/Berlin", "DK": "Europe/Copenhagen", "DO": "America/Santo_Domingo",
	"DZ": "Africa/Algiers", "EE": "Europe/Tallinn", "EG": "Africa/Cairo", "ES": "Europe/Madrid", "FI": "Europe/Helsinki", "FR": "Europe/Paris",
	"GB": "Europe/London", "GE": "Asia/Tbilisi", "GH": "Africa/Accra", "GR": "Europe/Athens", "GT": "America/Guatemala", "HK": "Asia/Hong_Kong",
	"HR": "Europe/Zagreb", "HU": "Europe/Budapest", "IE": "Europe/Dublin", "IL": "Asia/Jerusalem", "IN": "Asia/Kolkata",
	"IQ": "Asia/Baghdad", "IS": "Atlantic/Reykjavik", "IT": "Europe/Rome", "JO": "Asia/Amman", "JP": "Asia/Tokyo", "KE": "Africa/Nairobi",
	"KH": "Asia/Phnom_Penh", "KR": "Asia/Seoul", "KW": "Asia/Kuwait", "LA": "Asia/Vientiane", "LB": "Asia/Beirut", "LK": "Asia/Colombo",
	"LT": "Europe/Vilnius", "LU": "Europe/Luxembourg", "LV": "Europe/Riga", "MA": "Africa/Casablanca", "MD": "Europe/Chisinau",
	"ME": "Europe/Podgorica", "MK": "Europe/Skopje", "MM": "Asia/Yangon", "MO": "Asia/Macau", "MT": "Europe/Malta", "MY": "Asia/Kuala_Lumpur",
	"NG": "Africa/Lagos", "NL": "Europe/Amsterdam", "NO": "Europe/Oslo", "NP": "Asia/Kathmandu", "OM": "Asia/Muscat", "PE": "America/Lima",
	"PH": "Asia/Manila", "PK": "Asia/Karachi", "PL": "Europe/Warsaw", "PR": "America/Puerto_Rico", "PY": "America/Asuncion",
	"QA": "Asia/Qatar", "RO": "Europe/Bucharest", "RS": "Europe/Belgrade", "SA": "Asia/Riyadh", "SE": "Europe/Stockholm",
	"SG": "Asia/Singapore", "SI": "Europe/Ljubljana", "SK": "Europe/Bratislava", "TH": "Asia/Bangkok", "TN": "Africa/Tunis",
	"TR": "Europe/Istanbul", "TW": "Asia/Taipei", "UA": "Europe/Kyiv", "UY": "America/Montevideo", "UZ": "Asia/Tashkent",
	"VE": "America/Caracas", "VN": "Asia/Ho_Chi_Minh", "ZA": "Africa/Johannesburg",
}

// stateZones are the zones of states in countries with several.
var stateZones = map[string]map[string]string{
	"US": byZone(map[string]string{
		"America/New_York":    "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
		"America/Chicago":     "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
		"America/Denver":      "CO ID MT NM UT WY",
		"America/Phoenix":     "AZ",
		"America/Los_Angeles": "CA NV OR WA",
		"America/Anchorage":   "AK",
		"Pacific/Honolulu":    "HI",
	}),
	"CA": byZone(map[string]string{
		"America/St_Johns": "NL", "America/Halifax": "NB NS PE", "America/Toronto": "ON QC", "America/Winnipeg": "MB",
		"America/Regina": "SK", "America/Edmonton": "AB NT", "America/Vancouver": "BC", "America/Whitehorse": "YT",
	}),
	"AU": byZone(map[string]string{
		"Australia/Sydney": "NSW ACT", "Australia/Melbourne": "VIC", "Australia/Brisbane": "QLD", "Australia/Hobart": "TAS",
		"Australia/Adelaide": "SA", "Australia/Darwin": "NT", "Australia/Perth": "WA",
	}),
}

func byZone(states map[string]string) map[string]string {
	zones := map[string]string{}
	for zone, list := range states {
		for state := range strings.FieldsSeq(list) {
			zones[state] = zone
		}
	}
	return zones
}

// stateNames are full names of states as exports give them.
var stateNames = map[string]map[string]string{
	"US": {
		"ALABAMA": "AL", "ALASKA": "AK", "ARIZONA": "AZ", "ARKANSAS": "AR", "CALIFORNIA": "CA", "COLORADO": "CO", "CONNECTICUT": "CT",
		"DELAWARE": "DE", "DISTRICT OF COLUMBIA": "DC", "FLORIDA": "FL", "GEORGIA": "GA", "HAWAII": "HI", "IDAHO": "ID", "ILLINOIS": "IL",
		"INDIANA": "IN", "IOWA": "IA", "KANSAS": "KS", "KENTUCKY": "KY", "LOUISIANA": "LA", "MAINE": "ME", "MARYLAND": "MD",
		"MASSACHUSETTS": "MA", "MICHIGAN": "MI", "MINNESOTA": "MN", "MISSISSIPPI": "MS", "MISSOURI": "MO", "MONTANA": "MT", "NEBRASKA": "NE",
		"NEVADA": "NV", "NEW HAMPSHIRE": "NH", "NEW JERSEY": "NJ", "NEW MEXICO": "NM", "NEW YORK": "NY", "NORTH CAROLINA": "NC",
		"NORTH DAKOTA": "ND", "OHIO": "OH", "OKLAHOMA": "OK", "OREGON": "OR", "PENNSYLVANIA": "PA", "RHODE ISLAND": "RI",
		"SOUTH CAROLINA": "SC", "SOUTH DAKOTA": "SD", "TENNESSEE": "TN", "TEXAS": "TX", "UTAH": "UT", "VERMONT": "VT", "VIRGINIA": "VA",
		"WASHINGTON": "WA", "WEST VIRGINIA": "WV", "WISCONSIN": "WI", "WYOMING": "WY",
	},
	"CA": {
		"ALBERTA": "AB", "BRITISH COLUMBIA": "BC", "MANITOBA": "MB", "NEW BRUNSWICK": "NB", "NEWFOUNDLAND AND LABRADOR": "NL",
		"NOVA SCOTIA": "NS", "ONTARIO": "ON", "PRINCE EDWARD ISLAND": "PE", "QUEBEC": "QC", "QUÉBEC": "QC", "SASKATCHEWAN": "SK",
	},
	"AU": {
		"NEW SOUTH WALES": "NSW", "VICTORIA": "VIC", "QUEENSLAND": "QLD", "TASMANIA": "TAS", "SOUTH AUSTRALIA": "SA",
		"NORTHERN TERRITORY": "NT", "WESTERN AUSTRALIA": "WA", "AUSTRALIAN CAPITAL TERRITORY": "ACT",
	},
}
