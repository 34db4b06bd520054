package mask

import (
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
	n := len(c.text)
	if n > 15 && word == wordPhone { // more stands behind it
		return c.first(), f.upTo(c, 7, 15), f.upTo(c, 7, 15) > 0
	}
	if n > 15 || word == wordOrder || isDate(c) || isAddress(c) || f.priced(a, b) || isOrderNumber(c) {
		return 0, 0, false
	}
	if word == wordPhone {
		return a, b, true
	}
	if f.attached(a, b) {
		return 0, 0, false
	}
	lens := c.lengths()
	switch {
	case isMobileCN(c.text) && mobileGroups(lens):
		return a, b, true
	case strings.HasPrefix(c.text, "86") && isMobileCN(c.text[2:]) && len(lens) > 1:
		return a, b, true
	case len(lens) == 3 && lens[0] == 3 && lens[1] == 3 && lens[2] == 4 && c.text[0] >= '2' && c.text[3] >= '2':
		return a, b, true
	case m.national(c):
		return a, b, true
	}
	return 0, 0, false
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
	if land.trunk == "0" || land.trunk == "06" {
		n := len(d) - len(land.trunk)
		return strings.HasPrefix(d, land.trunk) && n >= land.min && n <= land.max && d[1] != '0' && (grouped || n >= 9)
	}
	if m.country == "RU" || m.country == "KZ" {
		if len(d) == 11 && (d[0] == '8' || d[0] == '7') {
			return grouped || d[1] == '9' || d[1] == '7'
		}
		return len(d) == 10 && d[0] == '9' && grouped
	}
	if len(d) < land.min || len(d) > land.max {
		return false
	}
	if grouped {
		first := land.starts == "" || strings.Contains(" "+land.starts, " "+d[:1])
		return first && land.code != "1" && c.lengths()[0] <= 4
	}
	for _, start := range strings.Fields(land.starts) {
		if strings.HasPrefix(d, start) {
			return true
		}
	}
	return false
}

// isDate reports a chain that begins or ends with a date.
func isDate(c chain) bool {
	at := func(i, a, b int) bool {
		g, v := c.groups[i], 0
		for k := g.a; k < g.b && k-g.a < 5; k++ {
			v = v*10 + int(c.text[k-c.first()]-'0')
		}
		return g.b-g.a <= 4 && v >= a && v <= b
	}
	n := len(c.groups)
	for i := 0; i+2 < n; i++ {
		year := c.groups[i].b-c.groups[i].a == 4 && at(i, 1900, 2100)
		if year && at(i+1, 1, 12) && at(i+2, 1, 31) {
			return true
		}
		year = at(i+2, 1900, 2100)
		if year && (at(i, 1, 31) && at(i+1, 1, 12) || at(i, 1, 12) && at(i+1, 1, 31)) {
			return true
		}
	}
	if n == 2 && at(0, 1900, 2100) && at(1, 1900, 2100) {
		return true
	}
	d := c.text
	return n == 1 && (len(d) == 8 || len(d) == 14 || len(d) == 12) && (d[:2] == "19" || d[:2] == "20") && d[4:6] >= "01" && d[4:6] <= "12" && d[6:8] >= "01" && d[6:8] <= "31"
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

// aboutNumber is what the words before a number say of it.
type aboutNumber int

const (
	wordNone aboutNumber = iota
	wordPhone
	wordOrder
	wordCard
)

var (
	phoneWords = set(`tel telefon telephone telefono teléfono tfno tlf tlfno phone fon fone fax mobile mobil móvil movil mob cell cellphone celular cellulare handy
		call whatsapp viber telegram zalo wechat kakaotalk portable téléphone appelez anrufen llámame llamar llama ligar telefone telemóvel
		тел телефон телефону моб мобильный мобильного звоните позвоните ватсап вотсап هاتف جوال موبايل واتساب تلفون الهاتف الجوال טלפון נייד
		전화 전화번호 연락처 핸드폰 휴대폰 携帯 電話 電話番号 携帯電話 电话 手机 手机号 电话号码 手机号码 联系电话 微信 手機 điện thoại โทร telepon hp`)
	orderWords = set(`order orders ordernumber orderid ordernr bestellung bestellnummer auftrag auftragsnummer pedido encargo commande заказ заказа заказу ordine encomenda zamówienie
		tracking track trackingnumber sendung sendungsnummer sendungsverfolgung paket seguimiento rastreo envío guía suivi colis трек посылка посылки отправление rastreamento
		item items artikel artikelnummer artículo article listing sku ref reference referencia référence invoice factura facture rechnung rechnungsnummer transaction transacción
		case caso fall dossier claim id parcel shipment package awb barcode ean upc isbn asin imei serial batch lot model vat nif cif txn zip postcode plz
		订单 订单号 订单编号 訂單 单号 快递 快递单号 运单 运单号 物流单号 追踪号 编号 货号 批号 注文 注文番号 追跡番号 伝票番号 주문 주문번호 운송장 운송장번호 송장 송장번호 طلب الطلب الشحنة تتبع`)
	cardWords = set(`card visa mastercard amex maestro karte kreditkarte kartennummer tarjeta carte карта карты карту cartão carta 卡号 银行卡 信用卡 カード 카드 بطاقة`)
)

// numberWord looks at up to four words before a number, on its line, the
// nearest first.
func (f *folded) numberWord(a int) aboutNumber {
	for k, words := a, 0; k > 0 && words < 4; words++ {
		if f.units[k].before&(gapLine|gapWall) != 0 || f.sentenceGap(k) {
			return wordNone
		}
		z := k
		for k--; k > 0 && z-k < 24 && f.units[k].before == 0 && f.units[k-1].class == f.units[z-1].class; k-- {
		}
		if f.units[k].class == digit {
			return wordNone
		}
		if about := f.about(k, z); about != wordNone {
			return about
		}
	}
	return wordNone
}

// sentenceGap reports the end of a sentence before a unit; that of "Tel." is
// none.
func (f *folded) sentenceGap(k int) bool {
	g := f.gapText(k)
	return strings.ContainsAny(g, "!?;。！？；") || strings.Contains(g, ". ") && k > 6 && f.units[k-1].class != digit && f.wordLength(k) > 5
}

// wordLength is how long the word before a unit is, 10 at most.
func (f *folded) wordLength(k int) int {
	n := 1
	for n < 10 && k-n > 0 && f.units[k-n].before == 0 {
		n++
	}
	return n
}

// about tells what one word says; in writing without spaces its end counts.
func (f *folded) about(a, z int) aboutNumber {
	key := f.skeleton(a, z)
	if c := f.units[z-1].class; c >= han && c <= hangul {
		for n := min(5, z-a); n >= 2; n-- {
			for _, shift := range []int{0, 1} { // 手机号是...
				if z-shift-n >= a {
					if w := aboutWord(f.skeleton(z-shift-n, z-shift)); w != wordNone {
						return w
					}
				}
			}
		}
		return wordNone
	}
	return aboutWord(key)
}

func aboutWord(w string) aboutNumber {
	switch {
	case phoneWords.has(w):
		return wordPhone
	case orderWords.has(w):
		return wordOrder
	case cardWords.has(w):
		return wordCard
	}
	return wordNone
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
