package data

import (
	"strings"
	"sync"
	_ "time/tzdata" // Windows has no zones by these names
)

// BuyerZone gives the IANA time zone of an address, from its country and, in
// countries with several zones, its postcode or state. It is "" where that does
// not tell: no zone is better than a wrong one. Of a state with two zones it is
// that of most of its people, unless the postcode tells.
func BuyerZone(a Address) string {
	country := strings.ToUpper(strings.TrimSpace(a.Country))
	state := stateCode(country, a.State)
	byState := stateZones[country][state]
	if byState == "" {
		state = ""
	}
	if zone := postcodeZone(country, state, a.Postcode); zone != "" {
		return zone
	}
	if byState != "" {
		return byState
	}
	return countryZones[country]
}

// stateCode is the short form of a state, as stateZones names it.
func stateCode(country, state string) string {
	state = strings.ToUpper(strings.TrimSpace(state))
	if short, ok := stateNames[country][state]; ok {
		return short
	}
	return strings.TrimPrefix(state, country+"-") // ISO 3166-2
}

// ZoneCountry gives the ISO 3166-1 country of a time zone in which its people
// live; "" where that is not known.
func ZoneCountry(zone string) string { return zoneCountries()[zone] }

var zoneCountries = sync.OnceValue(func() map[string]string {
	of := map[string]string{ // of countries with several zones
		"Asia/Jakarta": "ID", "Asia/Makassar": "ID", "Asia/Jayapura": "ID", "Europe/Moscow": "RU", "America/Sao_Paulo": "BR",
		"America/Mexico_City": "MX",
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
// nearly all: the islands of Spain and Portugal are told by their postcodes, and
// French territories have country codes of their own.
var countryZones = map[string]string{
	"AE": "Asia/Dubai", "AL": "Europe/Tirane", "AM": "Asia/Yerevan", "AR": "America/Argentina/Buenos_Aires", "AT": "Europe/Vienna",
	"AZ": "Asia/Baku", "BA": "Europe/Sarajevo", "BD": "Asia/Dhaka", "BE": "Europe/Brussels", "BG": "Europe/Sofia", "BH": "Asia/Bahrain",
	"BY": "Europe/Minsk", "CH": "Europe/Zurich", "CL": "America/Santiago", "CN": "Asia/Shanghai", "CO": "America/Bogota", "CR": "America/Costa_Rica",
	"CY": "Asia/Nicosia", "CZ": "Europe/Prague", "DE": "Europe/Berlin", "DK": "Europe/Copenhagen", "DO": "America/Santo_Domingo",
	"DZ": "Africa/Algiers", "EE": "Europe/Tallinn", "EG": "Africa/Cairo", "ES": "Europe/Madrid", "FI": "Europe/Helsinki", "FR": "Europe/Paris",
	"GB": "Europe/London", "GE": "Asia/Tbilisi", "GH": "Africa/Accra", "GR": "Europe/Athens", "GT": "America/Guatemala", "HK": "Asia/Hong_Kong",
	"HR": "Europe/Zagreb", "HU": "Europe/Budapest", "IE": "Europe/Dublin", "IL": "Asia/Jerusalem", "IN": "Asia/Kolkata",
	"IQ": "Asia/Baghdad", "IS": "Atlantic/Reykjavik", "IT": "Europe/Rome", "JO": "Asia/Amman", "JP": "Asia/Tokyo", "KE": "Africa/Nairobi",
	"KH": "Asia/Phnom_Penh", "KR": "Asia/Seoul", "KW": "Asia/Kuwait", "KZ": "Asia/Almaty", "LA": "Asia/Vientiane", "LB": "Asia/Beirut", "LK": "Asia/Colombo",
	"LT": "Europe/Vilnius", "LU": "Europe/Luxembourg", "LV": "Europe/Riga", "MA": "Africa/Casablanca", "MD": "Europe/Chisinau",
	"ME": "Europe/Podgorica", "MK": "Europe/Skopje", "MM": "Asia/Yangon", "MO": "Asia/Macau", "MT": "Europe/Malta", "MY": "Asia/Kuala_Lumpur",
	"NG": "Africa/Lagos", "NL": "Europe/Amsterdam", "NO": "Europe/Oslo", "NP": "Asia/Kathmandu", "NZ": "Pacific/Auckland", "OM": "Asia/Muscat", "PE": "America/Lima",
	"PH": "Asia/Manila", "PK": "Asia/Karachi", "PL": "Europe/Warsaw", "PR": "America/Puerto_Rico", "PT": "Europe/Lisbon", "PY": "America/Asuncion",
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
	"BR": byZone(map[string]string{
		"America/Sao_Paulo": "AL AP BA CE DF ES GO MA MG PA PB PE PI PR RJ RN RS SC SE SP TO",
		"America/Manaus":    "AM", "America/Boa_Vista": "RR", "America/Porto_Velho": "RO", "America/Cuiaba": "MT",
		"America/Campo_Grande": "MS", "America/Rio_Branco": "AC",
	}),
	"MX": byZone(map[string]string{
		"America/Tijuana": "BCN", "America/Mazatlan": "BCS SIN NAY", "America/Hermosillo": "SON", "America/Chihuahua": "CHH", "America/Cancun": "ROO",
		"America/Mexico_City": "AGU CAM CHP CMX COA COL DUR GUA GRO HID JAL MEX MIC MOR NLE OAX PUE QUE SLP TAB TAM TLA VER YUC ZAC",
	}),
	"ID": byZone(map[string]string{
		"Asia/Jakarta":  "AC BB BE BT JA JB JI JK JT KR LA RI SB SS SU YO",
		"Asia/Makassar": "BA GO KI KS KU NB NT SA SG SN SR ST", "Asia/Pontianak": "KB KT", "Asia/Jayapura": "MA MU PA PB PD PE PS PT",
	}),
	"RU": byZone(map[string]string{
		"Europe/Moscow":      "MOW SPE MOS LEN KDA ROS TA NIZ VOR TUL TVE YAR VLA RYA KRS LIP ORL BRY BEL KLU SMO IVA KOS TAM PNZ KIR STA DA CE",
		"Europe/Kaliningrad": "KGD", "Europe/Samara": "SAM UD", "Europe/Saratov": "SAR", "Europe/Volgograd": "VGG",
		"Asia/Yekaterinburg": "SVE CHE BA PER TYU KHM YAN ORE KGN", "Asia/Omsk": "OMS", "Asia/Novosibirsk": "NVS", "Asia/Tomsk": "TOM",
		"Asia/Novokuznetsk": "KEM", "Asia/Barnaul": "ALT", "Asia/Krasnoyarsk": "KYA KK TY", "Asia/Irkutsk": "IRK BU", "Asia/Chita": "ZAB",
		"Asia/Yakutsk": "AMU SA", "Asia/Vladivostok": "PRI KHA", "Asia/Sakhalin": "SAK", "Asia/Kamchatka": "KAM", "Asia/Magadan": "MAG",
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
	"BR": {
		"ACRE": "AC", "ALAGOAS": "AL", "AMAPÁ": "AP", "AMAPA": "AP", "AMAZONAS": "AM", "BAHIA": "BA", "CEARÁ": "CE", "CEARA": "CE",
		"DISTRITO FEDERAL": "DF", "ESPÍRITO SANTO": "ES", "ESPIRITO SANTO": "ES", "GOIÁS": "GO", "GOIAS": "GO", "MARANHÃO": "MA",
		"MARANHAO": "MA", "MATO GROSSO": "MT", "MATO GROSSO DO SUL": "MS", "MINAS GERAIS": "MG", "PARÁ": "PA", "PARA": "PA", "PARAÍBA": "PB",
		"PARAIBA": "PB", "PARANÁ": "PR", "PARANA": "PR", "PERNAMBUCO": "PE", "PIAUÍ": "PI", "PIAUI": "PI", "RIO DE JANEIRO": "RJ",
		"RIO GRANDE DO NORTE": "RN", "RIO GRANDE DO SUL": "RS", "RONDÔNIA": "RO", "RONDONIA": "RO", "RORAIMA": "RR", "SANTA CATARINA": "SC",
		"SERGIPE": "SE", "SÃO PAULO": "SP", "SAO PAULO": "SP", "TOCANTINS": "TO",
	},
	"MX": {
		"AGUASCALIENTES": "AGU", "BAJA CALIFORNIA": "BCN", "BC": "BCN", "BAJA CALIFORNIA SUR": "BCS", "CAMPECHE": "CAM", "CHIAPAS": "CHP",
		"CHIHUAHUA": "CHH", "CHIH": "CHH", "CIUDAD DE MÉXICO": "CMX", "CIUDAD DE MEXICO": "CMX", "CDMX": "CMX", "DISTRITO FEDERAL": "CMX",
		"MEXICO CITY": "CMX", "COAHUILA": "COA", "COLIMA": "COL", "DURANGO": "DUR", "GUANAJUATO": "GUA", "GUERRERO": "GRO", "HIDALGO": "HID",
		"JALISCO": "JAL", "MÉXICO": "MEX", "ESTADO DE MÉXICO": "MEX", "ESTADO DE MEXICO": "MEX", "MICHOACÁN": "MIC", "MICHOACAN": "MIC",
		"MORELOS": "MOR", "NAYARIT": "NAY", "NUEVO LEÓN": "NLE", "NUEVO LEON": "NLE", "OAXACA": "OAX", "PUEBLA": "PUE", "QUERÉTARO": "QUE",
		"QUERETARO": "QUE", "QUINTANA ROO": "ROO", "SAN LUIS POTOSÍ": "SLP", "SAN LUIS POTOSI": "SLP", "SINALOA": "SIN", "SONORA": "SON",
		"TABASCO": "TAB", "TAMAULIPAS": "TAM", "TLAXCALA": "TLA", "VERACRUZ": "VER", "YUCATÁN": "YUC", "YUCATAN": "YUC", "ZACATECAS": "ZAC",
	},
	"ID": {
		"DKI JAKARTA": "JK", "JAKARTA": "JK", "JAWA BARAT": "JB", "WEST JAVA": "JB", "JAWA TENGAH": "JT", "CENTRAL JAVA": "JT",
		"JAWA TIMUR": "JI", "EAST JAVA": "JI", "BANTEN": "BT", "DI YOGYAKARTA": "YO", "YOGYAKARTA": "YO", "ACEH": "AC", "BALI": "BA",
		"SUMATERA UTARA": "SU", "NORTH SUMATRA": "SU", "SUMATERA BARAT": "SB", "SUMATERA SELATAN": "SS", "RIAU": "RI", "KEPULAUAN RIAU": "KR",
		"JAMBI": "JA", "BENGKULU": "BE", "LAMPUNG": "LA", "KEPULAUAN BANGKA BELITUNG": "BB", "NUSA TENGGARA BARAT": "NB",
		"NUSA TENGGARA TIMUR": "NT", "KALIMANTAN BARAT": "KB", "KALIMANTAN TENGAH": "KT", "KALIMANTAN SELATAN": "KS", "KALIMANTAN TIMUR": "KI",
		"KALIMANTAN UTARA": "KU", "SULAWESI SELATAN": "SN", "SULAWESI UTARA": "SA", "SULAWESI TENGAH": "ST", "SULAWESI TENGGARA": "SG",
		"SULAWESI BARAT": "SR", "GORONTALO": "GO", "MALUKU": "MA", "MALUKU UTARA": "MU", "PAPUA": "PA", "PAPUA BARAT": "PB",
	},
	"RU": {
		"MOSCOW": "MOW", "МОСКВА": "MOW", "МОСКОВСКАЯ ОБЛАСТЬ": "MOS", "MOSCOW OBLAST": "MOS", "SAINT PETERSBURG": "SPE",
		"ST PETERSBURG": "SPE", "САНКТ-ПЕТЕРБУРГ": "SPE", "ЛЕНИНГРАДСКАЯ ОБЛАСТЬ": "LEN", "КРАСНОДАРСКИЙ КРАЙ": "KDA", "РОСТОВСКАЯ ОБЛАСТЬ": "ROS",
		"ТАТАРСТАН": "TA", "РЕСПУБЛИКА ТАТАРСТАН": "TA", "НИЖЕГОРОДСКАЯ ОБЛАСТЬ": "NIZ", "САМАРСКАЯ ОБЛАСТЬ": "SAM", "SAMARA OBLAST": "SAM",
		"СВЕРДЛОВСКАЯ ОБЛАСТЬ": "SVE", "SVERDLOVSK OBLAST": "SVE", "ЧЕЛЯБИНСКАЯ ОБЛАСТЬ": "CHE", "ПЕРМСКИЙ КРАЙ": "PER", "ТЮМЕНСКАЯ ОБЛАСТЬ": "TYU",
		"НОВОСИБИРСКАЯ ОБЛАСТЬ": "NVS", "NOVOSIBIRSK OBLAST": "NVS", "ОМСКАЯ ОБЛАСТЬ": "OMS", "КРАСНОЯРСКИЙ КРАЙ": "KYA", "ИРКУТСКАЯ ОБЛАСТЬ": "IRK",
		"ПРИМОРСКИЙ КРАЙ": "PRI", "PRIMORSKY KRAI": "PRI", "ХАБАРОВСКИЙ КРАЙ": "KHA", "КАЛИНИНГРАДСКАЯ ОБЛАСТЬ": "KGD", "САХАЛИНСКАЯ ОБЛАСТЬ": "SAK",
	},
}
