package mask

import (
	"slices"
	"strings"

	"casebinder/data"
)

// group is a run of digits.
type group struct{ a, b int }

// chain is digits in groups, with short gaps between them.
type chain struct {
	groups []group
	text   string // all its digits
}

// maxGroups bounds a chain: a column of figures is none.
const maxGroups = 40

// chains lists the runs of digits, with single marks and spaces between them.
func (f *folded) chains() []chain {
	var all []chain
	for k := 0; k < len(f.units); {
		if f.units[k].class != digit || k > 0 && f.units[k].before == 0 && f.units[k-1].class == digit {
			k++
			continue
		}
		c := chain{groups: f.groupsAt(k)}
		first, last := k, c.groups[len(c.groups)-1].b
		if last-first <= 4*maxGroups {
			c.text = f.skeleton(first, last)
			all = append(all, c)
		}
		k = last
	}
	return all
}

// groupsAt gives the groups of the chain that begins with the digit k.
func (f *folded) groupsAt(k int) (groups []group) {
	for first := k; k < len(f.units) && f.units[k].class == digit && len(groups) < maxGroups; {
		if len(groups) > 0 && (!f.chainGap(k) || k-first > 3 && strings.Contains(f.gapText(k), "(")) {
			break
		}
		a := k
		for k++; k < len(f.units) && f.units[k].class == digit && f.units[k].before == 0; k++ {
		}
		groups = append(groups, group{a, k})
	}
	return groups
}

// chainGap reports whether the gap before a digit may lie within one number.
func (f *folded) chainGap(k int) bool {
	if f.units[k].before == 0 || f.units[k].before&(gapLine|gapWall|gapAt) != 0 {
		return false
	}
	switch strings.Trim(f.gapText(k), " \u00a0\u202f\u2009") {
	case "", "-", "–", "‑", ".", "/", "(", ")", ") (", "(0)", ")-", "－":
		return len(f.gapText(k)) <= 6
	}
	return false
}

// lengths of the groups of a chain.
func (c chain) lengths() []int {
	n := make([]int, len(c.groups))
	for i, g := range c.groups {
		n[i] = g.b - g.a
	}
	return n
}

func (c chain) first() int { return c.groups[0].a }
func (c chain) last() int  { return c.groups[len(c.groups)-1].b }

// attached reports whether a letter of an alphabet touches the number.
func (f *folded) attached(a, b int) bool {
	letter := func(c class) bool { return c == latin || c == greek || c == cyrillic }
	return a > 0 && f.units[a].before == 0 && letter(f.units[a-1].class) || b < len(f.units) && f.units[b].before == 0 && letter(f.units[b].class)
}

// cards finds card numbers among the chains.
func (m *Masker) cards(f *folded, all []chain, guards []hit) (hits []hit) {
	for _, c := range all {
		if n := len(c.text); n < 12 || n > 19 || !luhn(c.text) || f.attached(c.first(), c.last()) || touches(c.first(), c.last(), guards) {
			continue
		}
		if !isCard(c.text) || !cardGroups(c.lengths()) || identNumber(c.text) || f.numberWord(c.first()) == wordOrder {
			continue
		}
		if len(c.text) < 14 && len(c.groups) == 1 && f.numberWord(c.first()) != wordCard {
			continue
		}
		hits = append(hits, f.hit(data.MaskPayment, card, c.first(), c.last()))
	}
	return hits
}

// cardGroups reports a number written as cards are: in one, in fours, or as
// American Express and Diners write it.
func cardGroups(n []int) bool {
	if len(n) == 1 {
		return true
	}
	if len(n) == 3 && n[0] == 4 && n[1] == 6 && (n[2] == 5 || n[2] == 4) {
		return true
	}
	for i, k := range n {
		if k != 4 && (i < len(n)-1 || k > 4) {
			return false
		}
	}
	return len(n) >= 3
}

// issuers are how card numbers begin, by their first four digits, and how many
// digits they have. The first that fits counts. (ISO/IEC 7812 ranges as the
// networks publish them.)
var issuers = []struct {
	from, to string
	lengths  []int // none: any
}{
	{"4000", "4999", []int{13, 16, 19}},          // Visa
	{"5100", "5599", []int{16}},                  // Mastercard
	{"2221", "2720", []int{16}},                  // Mastercard
	{"3400", "3499", []int{15}},                  // American Express
	{"3700", "3799", []int{15}},                  // American Express
	{"3000", "3099", []int{14, 16}},              // Diners
	{"3600", "3699", []int{14, 16}},              // Diners
	{"3800", "3999", []int{14, 16}},              // Diners
	{"3528", "3589", []int{16, 17, 18, 19}},      // JCB
	{"2200", "2204", []int{16, 17, 18, 19}},      // Mir
	{"6200", "6299", []int{16, 17, 18, 19}},      // UnionPay
	{"8100", "8199", []int{16, 17, 18, 19}},      // UnionPay
	{"5000", "5099", nil}, {"5600", "6999", nil}, // Maestro, Discover
}

// isCard reports whether an issuer begins its numbers so, in that length.
func isCard(s string) bool {
	for _, i := range issuers {
		if s[:4] >= i.from && s[:4] <= i.to {
			return i.lengths == nil || slices.Contains(i.lengths, len(s))
		}
	}
	return false
}

// luhn checks the last digit. (ISO/IEC 7812-1, annex B.)
func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// idents finds Chinese identity numbers: 17 digits and a check character.
func (m *Masker) idents(f *folded) (hits []hit) {
	for k := 0; k+18 <= len(f.units); k++ {
		if f.units[k].class != digit || f.continues(k) {
			continue
		}
		z := f.identEnd(k)
		if z-k == 18 && (z == len(f.units) || f.units[z].before != 0 || f.units[z].class > cyrillic) && identNumber(f.skeleton(k, z)) {
			hits = append(hits, f.hit(data.MaskName, ident, k, z))
		}
		k = z - 1
	}
	return hits
}

// continues reports whether a digit or Latin letter touches a unit from before.
func (f *folded) continues(k int) bool {
	return k > 0 && f.units[k].before == 0 && (f.units[k-1].class == digit || f.units[k-1].class == latin)
}

// identEnd is where up to 17 digits and a check character end.
func (f *folded) identEnd(k int) int {
	z := k + 1
	for z < len(f.units) && z-k < 18 && f.units[z].before == 0 && (f.units[z].class == digit || z-k == 17 && f.units[z].r == 'x') {
		z++
	}
	return z
}

// identNumber checks a Chinese identity number: region, birthday and check
// character. (GB 11643-1999.)
func identNumber(s string) bool {
	if len(s) != 18 || s[0] < '1' || s[0] > '8' || s[6:8] != "19" && s[6:8] != "20" {
		return false
	}
	if month, day := s[10:12], s[12:14]; month < "01" || month > "12" || day < "01" || day > "31" {
		return false
	}
	sum, weight := 0, 1
	for i := 16; i >= 0; i-- {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		weight = weight * 2 % 11
		sum += int(s[i]-'0') * weight
	}
	return "10x98765432"[sum%11] == s[17]
}

// ibanLength is how long an account number is in each country. (SWIFT IBAN
// registry.)
var ibanLength = map[string]int{
	"ad": 24, "ae": 23, "al": 28, "at": 20, "az": 28, "ba": 20, "be": 16, "bg": 22, "bh": 22, "br": 29, "by": 28, "ch": 21, "cr": 22, "cy": 28,
	"cz": 24, "de": 22, "dk": 18, "do": 28, "ee": 20, "eg": 29, "es": 24, "fi": 18, "fo": 18, "fr": 27, "gb": 22, "ge": 22, "gi": 23, "gl": 18,
	"gr": 27, "gt": 28, "hr": 21, "hu": 28, "ie": 22, "il": 23, "iq": 23, "is": 26, "it": 27, "jo": 30, "kw": 30, "kz": 20, "lb": 28, "lc": 32,
	"li": 21, "lt": 20, "lu": 20, "lv": 21, "ly": 25, "mc": 27, "md": 24, "me": 22, "mk": 19, "mr": 27, "mt": 31, "mu": 30, "nl": 18, "no": 15,
	"pk": 24, "pl": 28, "ps": 29, "pt": 25, "qa": 29, "ro": 24, "rs": 22, "sa": 24, "sc": 31, "se": 24, "si": 19, "sk": 24, "sm": 27, "st": 25,
	"sv": 28, "tl": 23, "tn": 24, "tr": 26, "ua": 29, "va": 22, "vg": 24, "xk": 20,
}

// ibans finds account numbers by country, length and check digits.
func (m *Masker) ibans(f *folded) (hits []hit) {
	for k := 0; k+15 <= len(f.units); k++ {
		if !f.edgeBefore(k) || f.units[k].class != latin || f.units[k+1].class != latin || f.units[k+2].class != digit || f.units[k+3].class != digit {
			continue
		}
		n := ibanLength[f.skeleton(k, k+2)]
		if n == 0 || k+n > len(f.units) || !f.edgeBefore(k+n) && f.units[k+n].class <= cyrillic || !f.accountGaps(k, k+n) {
			continue
		}
		if mod97(f.skeleton(k, k+n)) {
			hits = append(hits, f.hit(data.MaskPayment, card, k, k+n))
			k += n - 1
		}
	}
	return hits
}

// accountGaps reports whether only spaces and hyphens lie within.
func (f *folded) accountGaps(a, b int) bool {
	for k := a + 1; k < b; k++ {
		if f.units[k].before&^(gapSpace|gapHyphen) != 0 || f.units[k].class != latin && f.units[k].class != digit {
			return false
		}
	}
	return true
}

// mod97 checks an account number. (ISO 13616-1, ISO 7064 MOD 97-10.)
func mod97(s string) bool {
	rest := 0
	for _, r := range s[4:] + s[:4] {
		switch {
		case '0' <= r && r <= '9':
			rest = (rest*10 + int(r-'0')) % 97
		case 'a' <= r && r <= 'z':
			rest = (rest*100 + int(r-'a') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}
