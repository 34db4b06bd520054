package importer

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// regions lists ISO 3166-1 alpha-2.
const regions = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
	"CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD " +
	"GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM " +
	"KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA " +
	"NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ " +
	"SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU " +
	"WF WS YE YT ZA ZM ZW"

// byName are names that platforms use beside those of CLDR.
var byName = map[string]string{
	"usa": "US", "u.s.a.": "US", "u.s.": "US", "united states of america": "US", "america": "US", "美国": "US", "uk": "GB", "u.k.": "GB",
	"great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "russian federation": "RU",
	"korea, republic of": "KR", "korea, south": "KR", "republic of korea": "KR", "korea": "KR", "viet nam": "VN",
	"czech republic": "CZ", "holland": "NL", "the netherlands": "NL", "macedonia": "MK", "turkey": "TR", "hong kong": "HK",
	"macau": "MO", "macao": "MO", "taiwan": "TW", "mainland china": "CN", "china mainland": "CN", "people's republic of china": "CN",
	"ivory coast": "CI", "cape verde": "CV", "swaziland": "SZ", "burma": "MM", "palestine": "PS", "moldova, republic of": "MD",
	"slovak republic": "SK", "iran, islamic republic of": "IR", "brunei darussalam": "BN", "brasil": "BR", "deutschland": "DE",
	"uae": "AE", "england, united kingdom": "GB", "bosnia and herzegovina": "BA", "香港": "HK", "澳门": "MO", "台湾": "TW", "臺灣": "TW",
}

var countryNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	tags := []language.Tag{
		language.English, language.SimplifiedChinese, language.TraditionalChinese, language.German, language.French,
		language.Spanish, language.Italian, language.Portuguese, language.Russian, language.Japanese, language.Korean, language.Dutch,
		language.Polish,
	}
	for _, tag := range tags {
		namer := display.Regions(tag)
		for _, code := range strings.Fields(regions) {
			region := language.MustParseRegion(code)
			name := strings.ToLower(namer.Name(region))
			if _, taken := names[name]; name != "" && !taken {
				names[name] = code
			}
			names[strings.ToLower(region.ISO3())] = code
		}
	}
	for name, code := range byName {
		names[name] = code
	}
	for _, code := range strings.Fields(regions) {
		names[strings.ToLower(code)] = code
	}
	return names
})

// CountryCode gives ISO 3166-1 alpha-2 for a country's code or name, in the
// languages that exports come in; what it does not know stays as it is.
func CountryCode(country string) string {
	if code, ok := countryNames()[strings.ToLower(strings.Join(strings.Fields(country), " "))]; ok {
		return code
	}
	return country
}
