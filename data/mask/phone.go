package mask

import (
	"slices"
	"strings"

	"casebinder/data"
)

// country is what is needed to tell a phone of a country. Figures follow ITU-T
// E.164 and each country's national numbering plan as ITU publishes it.
type country struct {
	code     string // calling code
	trunk    string // what is dialed before a national number
	min, max int    // digits of a national number
	starts   string // how a national number without trunk prefix begins that is told from other numbers; "" where any digit may
}

var countries = map[string]country{
	"US": {"1", "1", 10, 10, ""}, "CA": {"1", "1", 10, 10, ""}, "PR": {"1", "1", 10, 10, ""},
	"ES": {"34", "", 9, 9, "6 7 8 9"}, "FR": {"33", "0", 9, 9, ""}, "DE": {"49", "0", 7, 12, ""}, "GB": {"44", "0", 9, 10, ""}, "IT": {"39", "", 8, 11, "3 0"},
	"PT": {"351", "", 9, 9, "9 2"}, "NL": {"31", "0", 9, 9, ""}, "BE": {"32", "0", 8, 9, ""}, "AT": {"43", "0", 7, 13, ""}, "CH": {"41", "0", 9, 9, ""},
	"IE": {"353", "0", 7, 10, ""}, "DK": {"45", "", 8, 8, ""}, "SE": {"46", "0", 7, 10, ""}, "NO": {"47", "", 8, 8, ""}, "FI": {"358", "0", 6, 11, ""},
	"PL": {"48", "", 9, 9, "5 6 7"}, "CZ": {"420", "", 9, 9, "6 7"}, "SK": {"421", "0", 9, 9, ""}, "HU": {"36", "06", 8, 9, ""}, "RO": {"40", "0", 9, 9, ""},
	"BG": {"359", "0", 7, 9, ""}, "GR": {"30", "", 10, 10, "69 2"}, "HR": {"385", "0", 8, 9, ""}, "SI": {"386", "0", 8, 8, ""}, "RS": {"381", "0", 8, 9, ""},
	"LT": {"370", "0", 8, 8, ""}, "LV": {"371", "", 8, 8, ""}, "EE": {"372", "", 7, 8, ""}, "UA": {"380", "0", 9, 9, ""}, "BY": {"375", "80", 9, 9, ""},
	"RU": {"7", "8", 10, 10, "9"}, "KZ": {"7", "8", 10, 10, "7"}, "TR": {"90", "0", 10, 10, ""}, "IL": {"972", "0", 8, 9, ""}, "GE": {"995", "0", 9, 9, ""},
	"SA": {"966", "0", 8, 9, ""}, "AE": {"971", "0", 8, 9, ""}, "EG": {"20", "0", 8, 10, ""}, "MA": {"212", "0", 9, 9, ""}, "KW": {"965", "", 8, 8, ""},
	"QA": {"974", "", 8, 8, ""}, "OM": {"968", "", 8, 8, ""}, "BH": {"973", "", 8, 8, ""}, "JO": {"962", "0", 8, 9, ""}, "DZ": {"213", "0", 8, 9, ""},
	"CN": {"86", "0", 9, 11, ""}, "HK": {"852", "", 8, 8, ""}, "MO": {"853", "", 8, 8, ""}, "TW": {"886", "0", 8, 9, ""}, "JP": {"81", "0", 9, 10, ""},
	"KR": {"82", "0", 8, 10, ""}, "SG": {"65", "", 8, 8, ""}, "MY": {"60", "0", 8, 10, ""}, "TH": {"66", "0", 8, 9, ""}, "VN": {"84", "0", 9, 10, ""},
	"PH": {"63", "0", 8, 10, ""}, "ID": {"62", "0", 7, 12, ""}, "IN": {"91", "0", 10, 10, "6 7 8 9"}, "PK": {"92", "0", 9, 10, ""},
	"AU": {"61", "0", 9, 9, ""}, "NZ": {"64", "0", 8, 10, ""}, "BR": {"55", "0", 10, 11, ""}, "MX": {"52", "", 10, 10, ""}, "AR": {"54", "0", 10, 11, ""},
	"CL": {"56", "", 9, 9, "9"}, "CO": {"57", "", 10, 10, "3"}, "PE": {"51", "0", 8, 9, ""}, "EC": {"593", "0", 8, 9, ""}, "ZA": {"27", "0", 9, 9, ""},
	"NG": {"234", "0", 8, 10, ""}, "KE": {"254", "0", 9, 9, ""},
}

// callingCodes are the calling codes in use, by ITU-T E.164 (2016, annex to
// Operational Bulletin 1114): of one digit, of two, and where those of three
// begin.
const (
	codesOfOne = "17"
	codesOfTwo = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98"
	prefixes   = "21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 69 80 85 87 88 96 97 99"
)

// codeLength is how many of the first digits are a calling code; 0: none.
func codeLength(d string) int {
	switch {
	case len(d) < 7:
		return 0
	case strings.Contains(codesOfOne, d[:1]):
		return 1
	case strings.Contains(codesOfTwo, d[:2]):
		return 2
	case strings.Contains(prefixes, d[:2]):
		return 3
	}
	return 0
}

// countryNames are the countries' names as platforms write them.
var countryNames = map[string]string{
	"unitedstates": "US", "usa": "US", "unitedstatesofamerica": "US", "canada": "CA", "spain": "ES", "espana": "ES", "france": "FR", "germany": "DE", "deutschland": "DE",
	"unitedkingdom": "GB", "greatbritain": "GB", "uk": "GB", "england": "GB", "italy": "IT", "italia": "IT", "portugal": "PT", "netherlands": "NL", "thenetherlands": "NL",
	"belgium": "BE", "austria": "AT", "switzerland": "CH", "ireland": "IE", "denmark": "DK", "sweden": "SE", "norway": "NO", "finland": "FI", "poland": "PL",
	"czechrepublic": "CZ", "czechia": "CZ", "slovakia": "SK", "hungary": "HU", "romania": "RO", "bulgaria": "BG", "greece": "GR", "croatia": "HR", "slovenia": "SI",
	"lithuania": "LT", "latvia": "LV", "estonia": "EE", "ukraine": "UA", "belarus": "BY", "russia": "RU", "russianfederation": "RU", "россия": "RU", "kazakhstan": "KZ",
	"turkey": "TR", "israel": "IL", "saudiarabia": "SA", "unitedarabemirates": "AE", "egypt": "EG", "morocco": "MA", "china": "CN", "中国": "CN", "hongkong": "HK",
	"taiwan": "TW", "japan": "JP", "日本": "JP", "korea": "KR", "southkorea": "KR", "republicofkorea": "KR", "koreasouth": "KR", "singapore": "SG", "malaysia": "MY", "thailand": "TH",
	"vietnam": "VN", "philippines": "PH", "indonesia": "ID", "india": "IN", "australia": "AU", "newzealand": "NZ", "brazil": "BR", "brasil": "BR", "mexico": "MX",
	"argentina": "AR", "chile": "CL", "colombia": "CO", "peru": "PE", "southafrica": "ZA", "nigeria": "NG", "kenya": "KE",
}

// countryCode is the first of the countries that is known, as ISO alpha-2.
func countryCode(all ...string) string {
	for _, c := range all {
		c = strings.TrimSpace(c)
		if up := strings.ToUpper(c); len(up) == 2 {
			if up == "UK" {
				up = "GB"
			}
			return up
		}
		if code := countryNames[skeleton(c)]; code != "" {
			return code
		}
	}
	return ""
}

// Country is the code (ISO 3166-1 alpha-2) of a country that stands as its code or
// as platforms write its name; "" where it is not known.
func Country(country string) string { return countryCode(country) }

// phone adds a phone in its national and international spellings.
func (b *builder) phone(s string) {
	f := fold(s)
	var text strings.Builder
	for _, u := range f.units {
		if u.class == digit {
			text.WriteRune(u.r)
		}
	}
	d := text.String()
	if len(d) < 6 {
		return
	}
	c := countries[b.m.country]
	plus := strings.ContainsAny(s, "+＋") || strings.HasPrefix(d, "00")
	forms := []string{d}
	national := strings.TrimPrefix(d, "00")
	switch {
	case plus:
		if n := codeLength(national); n > 0 {
			c = byCode(national[:n], c)
			national = national[n:]
		}
	case c.code != "" && strings.HasPrefix(d, c.code) && len(d) >= len(c.code)+c.min && len(d) > c.max:
		national = d[len(c.code):]
	}
	if c.trunk != "" && len(national) > c.min {
		national = strings.TrimPrefix(national, c.trunk)
	}
	forms = append(forms, national, "0"+national)
	if c.code != "" {
		forms = append(forms, c.trunk+national, c.code+national, "00"+c.code+national, c.code+"0"+national, "011"+c.code+national)
	}
	for _, form := range forms {
		if len(form) >= 6 {
			units := fold(form).units
			b.m.known.add(units, pattern{kind: data.MaskPhone, role: number})
		}
	}
}

// byCode is the country of a calling code; the given one when it has that code
// or none is known.
func byCode(code string, c country) country {
	if c.code == code {
		return c
	}
	for _, key := range []string{"US", "RU"} {
		if countries[key].code == code {
			return countries[key]
		}
	}
	for _, one := range countries {
		if one.code == code {
			return one
		}
	}
	return country{code: code, trunk: "0", min: 5, max: 15 - len(code)}
}

// phones finds phones among the chains.
func (m *Masker) phones(f *folded, all []chain, guards, taken []hit) (hits []hit) {
	for _, c := range all {
		if len(c.text) < 7 || touches(c.first(), c.last(), guards) || touches(c.first(), c.last(), taken) {
			continue
		}
		if a, b, ok := m.phoneIn(f, c); ok {
			h := f.hit(data.MaskPhone, number, a, b)
			h.start = f.plusBefore(a)
			hits = append(hits, h)
		}
	}
	return hits
}

// plusBefore gives the byte where a number begins, its plus and parenthesis
// included.
func (f *folded) plusBefore(a int) int {
	start := int(f.units[a].start)
	lead := strings.TrimRight(f.src[:start], " (")
	for _, plus := range []string{"+", "＋"} {
		if strings.HasSuffix(lead, plus) && start-len(lead) <= 2 {
			return len(lead) - len(plus)
		}
	}
	if start > 0 && f.src[start-1] == '(' {
		return start - 1
	}
	return start
}

// phoneIn reads a chain as a phone.
func (m *Masker) phoneIn(f *folded, c chain) (a, b int, ok bool) {
	a, b = c.first(), c.last()
	lead := f.src[f.plusBefore(a):f.units[a].start]
	if strings.ContainsAny(lead, "+＋") {
		return m.international(f, c)
	}
	word := f.numberWord(a)
	if len(c.text) > 15 && word == wordPhone { // more stands behind it
		end := f.upTo(c, 7, 15)
		return a, end, end > 0
	}
	if len(c.text) > 15 || word == wordOrder || f.noPhone(c) {
		return 0, 0, false
	}
	if word == wordPhone || !f.attached(a, b) && (isMobile(c) || isNorthAmerican(c) || m.national(c)) {
		return a, b, true
	}
	return 0, 0, false
}

// noPhone reports what looks like a phone and is something else.
func (f *folded) noPhone(c chain) bool {
	return isDate(c) || isAddress(c) || isOrderNumber(c) || f.priced(c.first(), c.last())
}

// isMobile reports a Chinese mobile number, with or without the country's code.
func isMobile(c chain) bool {
	lens := c.lengths()
	return isMobileCN(c.text) && mobileGroups(lens) || strings.HasPrefix(c.text, "86") && isMobileCN(c.text[2:]) && len(lens) > 1
}

// isNorthAmerican reports three, three and four digits of which area and
// exchange begin with 2 or more.
func isNorthAmerican(c chain) bool {
	lens := c.lengths()
	return len(lens) == 3 && lens[0] == 3 && lens[1] == 3 && lens[2] == 4 && c.text[0] >= '2' && c.text[3] >= '2'
}

// international reads a chain behind a plus: as many groups as a number of
// that country has.
func (m *Masker) international(f *folded, c chain) (a, b int, ok bool) {
	n := codeLength(c.text)
	if n == 0 || len(c.text) < 8 {
		return 0, 0, false
	}
	land := byCode(c.text[:n], countries[m.country])
	least, most := n+max(land.min, 5), min(n+land.max+len(land.trunk), 15)
	if len(c.text) >= least && len(c.text) <= most {
		return c.first(), c.last(), !f.priced(c.first(), c.last())
	}
	best := f.upTo(c, least, most)
	return c.first(), best, best > 0
}

// upTo is where the most groups of a chain end that have so many digits
// together; 0 when none have.
func (f *folded) upTo(c chain, least, most int) (end int) {
	sum := 0
	for _, g := range c.groups {
		if sum += g.b - g.a; sum >= least && sum <= most {
			end = g.b
		}
	}
	return end
}

func isMobileCN(d string) bool { return len(d) == 11 && d[0] == '1' && d[1] >= '3' && d[1] <= '9' }

func mobileGroups(n []int) bool {
	return len(n) == 1 || len(n) == 3 && n[0] == 3 && n[1] == 4 || len(n) == 2 && n[0] == 3
}

// national reads a chain in the national form of the buyer's country: with its
// trunk prefix, or in groups, or beginning as its mobiles do.
func (m *Masker) national(c chain) bool {
	land, ok := countries[m.country]
	if !ok || len(c.groups) > 6 {
		return false
	}
	d, grouped := c.text, len(c.groups) > 1
	switch {
	case land.trunk == "0" || land.trunk == "06":
		return land.trunked(d, grouped)
	case m.country == "RU" || m.country == "KZ":
		return nationalRU(d, grouped)
	case len(d) < land.min || len(d) > land.max:
		return false
	case grouped:
		first := land.starts == "" || strings.Contains(" "+land.starts, " "+d[:1])
		return first && land.code != "1" && c.lengths()[0] <= 4
	}
	return slices.ContainsFunc(strings.Fields(land.starts), func(start string) bool { return strings.HasPrefix(d, start) })
}

// trunked reads digits that begin with what is dialed before a national number.
func (c country) trunked(d string, grouped bool) bool {
	n := len(d) - len(c.trunk)
	return strings.HasPrefix(d, c.trunk) && n >= c.min && n <= c.max && d[1] != '0' && (grouped || n >= 9)
}

// nationalRU reads digits as Russia and Kazakhstan write them, with 8 or 7
// before the ten digits or nothing.
func nationalRU(d string, grouped bool) bool {
	if len(d) == 11 && (d[0] == '8' || d[0] == '7') {
		return grouped || d[1] == '9' || d[1] == '7'
	}
	return len(d) == 10 && d[0] == '9' && grouped
}

// value is the number in group i, -1 when it is too long for a part of a date.
func (c chain) value(i int) int {
	g, v := c.groups[i], 0
	if g.b-g.a > 4 {
		return -1
	}
	for k := g.a; k < g.b; k++ {
		v = v*10 + int(c.text[k-c.first()]-'0')
	}
	return v
}

func isYear(v int) bool  { return v >= 1900 && v <= 2100 }
func isMonth(v int) bool { return v >= 1 && v <= 12 }
func isDay(v int) bool   { return v >= 1 && v <= 31 }

// isDate reports a chain that begins or ends with a date.
func isDate(c chain) bool {
	n := len(c.groups)
	for i := 0; i+2 < n; i++ {
		a, b, z := c.value(i), c.value(i+1), c.value(i+2)
		yearFirst := c.groups[i].b-c.groups[i].a == 4 && isYear(a) && isMonth(b) && isDay(z)
		yearLast := isYear(z) && (isDay(a) && isMonth(b) || isMonth(a) && isDay(b))
		if yearFirst || yearLast {
			return true
		}
	}
	return n == 2 && isYear(c.value(0)) && isYear(c.value(1)) || n == 1 && isStamp(c.text)
}

// isStamp reports a date, with or without a time, in digits alone: 20261130.
func isStamp(d string) bool {
	if len(d) != 8 && len(d) != 12 && len(d) != 14 {
		return false
	}
	return (d[:2] == "19" || d[:2] == "20") && d[4:6] >= "01" && d[4:6] <= "12" && d[6:8] >= "01" && d[6:8] <= "31"
}

// isAddress reports four groups of a network address.
func isAddress(c chain) bool {
	if len(c.groups) != 4 {
		return false
	}
	for _, n := range c.lengths() {
		if n > 3 {
			return false
		}
	}
	return c.groups[3].b-c.groups[0].a <= 12 && c.lengths()[0] >= 2 && c.lengths()[3] <= 3 && c.text[0] != '0' && !strings.ContainsAny(c.text[:1], "6789")
}

// isOrderNumber reports the forms of eBay's and Amazon's order numbers.
func isOrderNumber(c chain) bool {
	n := c.lengths()
	return len(n) == 3 && (n[0] == 2 && n[1] == 5 && n[2] == 5 || n[0] == 3 && n[1] == 7 && n[2] == 7)
}

// priced reports whether a currency or unit touches a number.
func (f *folded) priced(a, b int) bool {
	before := strings.TrimRight(f.src[:f.units[a].start], " \u00a0-")
	after := strings.TrimLeft(f.src[f.units[b-1].end:min(len(f.src), int(f.units[b-1].end)+8)], " \u00a0")
	for _, s := range []string{"$", "€", "£", "¥", "￥", "₽", "₩", "USD", "EUR", "GBP", "CNY", "RMB", "JPY"} {
		if strings.HasSuffix(before, s) || strings.HasPrefix(after, s) {
			return true
		}
	}
	return strings.HasPrefix(after, "%") || strings.HasPrefix(after, "元") || strings.HasPrefix(after, "円") || strings.HasPrefix(after, "руб")
}

// callingCode is how many units of a masked phone are its calling code, which
// stays.
func (f *folded) callingCode(h hit) int {
	d := f.skeleton(h.a, min(h.b, h.a+15))
	switch {
	case strings.HasPrefix(d, "00") && len(d) > 2:
		if n := codeLength(d[2:]); n > 0 {
			return n + 2
		}
	case h.start < int(f.units[h.a].start) && strings.ContainsAny(f.src[h.start:f.units[h.a].start], "+＋"):
		return codeLength(d)
	}
	return 0
}

// International is a phone number as digits with the calling code and without trunk
// prefix: "34612345677". Country, as its code or name, is where it is dialed from
// where the number does not say; false where it is no whole number, or its country
// is not known.
func International(number, country string) (digits string, ok bool) {
	f := fold(number)
	var text strings.Builder
	for _, u := range f.units {
		if u.class == digit {
			text.WriteRune(u.r)
		} else {
			return "", false
		}
	}
	d := text.String()
	c, known := countries[countryCode(country)]
	plus := strings.HasPrefix(strings.TrimSpace(number), "+") || strings.HasPrefix(strings.TrimSpace(number), "＋")
	if !plus && strings.HasPrefix(d, "00") {
		plus, d = true, strings.TrimPrefix(d, "00")
	}
	switch {
	case plus:
		n := codeLength(d)
		if n == 0 {
			return "", false
		}
		c, d = byCode(d[:n], c), d[n:]
	case !known:
		return "", false
	case strings.HasPrefix(d, "011"+c.code) && c.code == "1":
		d = d[len("011"+c.code):]
	case strings.HasPrefix(d, c.code) && len(d) > c.max && len(d) >= len(c.code)+c.min:
		d = d[len(c.code):]
	}
	if c.trunk != "" && len(d) > c.min {
		d = strings.TrimPrefix(d, c.trunk)
	}
	if len(d) < c.min || len(d) > c.max {
		return "", false
	}
	return c.code + d, true
}
