package barcode

import (
	"regexp"
	"strings"

	"casebinder/data"
)

// NumberKind says what a number is, by its form alone.
type NumberKind string

// The kinds of numbers.
const (
	NumberTracking NumberKind = "tracking" // of a parcel
	NumberOrder    NumberKind = "order"    // in the form of a platform
	NumberUnknown  NumberKind = "unknown"  // it is what the desk knows it as
)

// Number is a whole number that stands in a code.
type Number struct {
	Text   string     `json:"text"`
	Kind   NumberKind `json:"kind"`
	Form   string     `json:"form,omitempty"`   // s10, ups, usps, sscc, dhl, amazon, ebay, aliexpress
	Proven bool       `json:"proven,omitempty"` // its check digit holds
	Code   int        `json:"-"`                // index of the code in which it stands
}

// Limits of what is looked for.
const (
	minPart    = 8  // signs of a number that is a part of a code
	minWhole   = 4  // signs of a number that is all of a code
	minITF     = 12 // digits of an ITF: a shorter one may be the middle of a longer
	maxNumber  = 40 // signs
	maxNumbers = 64 // of one picture
)

// Numbers gives the whole numbers that stand in the codes of one picture, each
// once, in the order of the codes. A number is never a part of a longer one. The
// codes of products (EAN, UPC) and post codes give none.
func Numbers(codes []data.ReadCode) []Number {
	var all []Number
	seen := map[string]bool{}
	add := func(i int, texts ...string) {
		for _, text := range texts {
			if n, ok := numberOf(text); ok && !seen[n.Text] && len(all) < maxNumbers {
				n.Code = i
				seen[n.Text] = true
				all = append(all, n)
			}
		}
	}
	for i, c := range codes {
		if !ofProduct(c.Format) && !(isITF(c.Format) && len(c.Text) < minITF) {
			add(i, parts(c.Text)...)
		}
	}
	for i, c := range codes {
		if rest := afterRoute(c.Text, codes, all); rest != "" {
			add(i, rest)
		}
	}
	return all
}

func isITF(format string) bool { return strings.HasPrefix(format, "ITF") }

// ofProduct tells whether codes of a format stand on goods, not on parcels.
func ofProduct(format string) bool {
	for _, p := range []string{"EAN", "UPC", "ISBN"} {
		if strings.HasPrefix(format, p) {
			return true
		}
	}
	return false
}

var (
	routed   = regexp.MustCompile(`^420(\d{5}|\d{9})\x1d?(9[1-5]\d{18}(?:\d{2}|\d{6})?)$`)
	zipAlone = regexp.MustCompile(`^420\d{5}(?:\d{4})?$`)
	unit     = regexp.MustCompile(`^(?:\(00\)|\x1d?00)(\d{18})$`)
	pieces   = regexp.MustCompile(`[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*`)
	grouped  = regexp.MustCompile(`^[A-Z0-9]{2,4}(?: [A-Z0-9]{2,5}){2,8}$`)
)

// parts gives the texts in a code that may be numbers: all of it, and what stands
// between signs that no number has.
func parts(text string) []string {
	text = strings.Trim(text, " \t\r\n\x00\x1d*")
	if zipAlone.MatchString(text) {
		return nil
	}
	if m := routed.FindStringSubmatch(text); m != nil && ValidUSPS(m[2]) {
		return []string{m[2], strings.ReplaceAll(text, "\x1d", "")}
	}
	if m := unit.FindStringSubmatch(text); m != nil && mod10(m[1]) {
		return []string{m[1]}
	}
	if grouped.MatchString(text) { // a number as people read it
		if joined := strings.ReplaceAll(text, " ", ""); proven(joined) {
			return []string{joined}
		}
	}
	whole := pieces.FindAllString(text, maxNumbers)
	if len(whole) == 1 && len(strings.TrimPrefix(text, "#")) == len(whole[0]) {
		if len(whole[0]) < minWhole {
			return nil
		}
		return []string{text, whole[0]}
	}
	var long []string
	for _, p := range whole {
		if len(p) >= minPart {
			long = append(long, p)
		}
	}
	return long
}

func proven(text string) bool {
	n, ok := numberOf(text)
	return ok && n.Proven
}

// afterRoute gives what stands in a code behind a post code and the end of a
// tracking number, where both stand in other codes of the picture: labels of the
// United States' post repeat them before the sender's own number.
func afterRoute(text string, codes []data.ReadCode, found []Number) string {
	for _, c := range codes {
		m := routed.FindStringSubmatch(c.Text)
		if m == nil {
			continue
		}
		for _, n := range found {
			if n.Text != m[2] || len(n.Text) < 8 {
				continue
			}
			head := m[1][:5] + n.Text[len(n.Text)-8:]
			if rest, ok := strings.CutPrefix(text, head); ok && len(rest) >= minPart {
				return rest
			}
		}
	}
	return ""
}

// forms are the forms of numbers that are told by themselves. Sources: UPU S10-12;
// USPS Publication 199 (Intelligent Mail package barcode); GS1 General
// Specifications, AI 00; the tracking number of UPS; the license plate of DHL; the
// order numbers of platforms as their exports write them.
var forms = []struct {
	form  string
	kind  NumberKind
	as    *regexp.Regexp
	holds func(string) bool // the check digit; nil: there is none
}{
	{"s10", NumberTracking, regexp.MustCompile(`^[A-Z]{2}\d{9}[A-Z]{2}$`), ValidS10},
	{"ups", NumberTracking, regexp.MustCompile(`^1Z[0-9A-Z]{16}$`), ValidUPS},
	{"usps", NumberTracking, regexp.MustCompile(`^9[1-5]\d{18}(?:\d{2}|\d{6})?$`), ValidUSPS},
	{"sscc", NumberTracking, regexp.MustCompile(`^\d{18}$`), mod10},
	{"dhl", NumberTracking, regexp.MustCompile(`^(?:JJD|JD|JVGL)\d{12,20}$`), nil},
	{"amazon", NumberOrder, regexp.MustCompile(`^\d{3}-\d{7}-\d{7}$`), nil},
	{"ebay", NumberOrder, regexp.MustCompile(`^\d{2}-\d{5}-\d{5}$`), nil},
	{"aliexpress", NumberOrder, regexp.MustCompile(`^[38]\d{15}$`), nil},
}

// numberOf tells what a text is as a number; false where it is none.
func numberOf(text string) (Number, bool) {
	text = strings.ToUpper(text)
	if len(text) < minWhole || len(text) > maxNumber || !strings.ContainsAny(text, "0123456789") {
		return Number{}, false
	}
	for _, f := range forms {
		if !f.as.MatchString(text) {
			continue
		}
		if f.holds == nil {
			return Number{Text: text, Kind: f.kind, Form: f.form}, true
		}
		if f.holds(text) {
			return Number{Text: text, Kind: f.kind, Form: f.form, Proven: true}, true
		}
	}
	return Number{Text: text, Kind: NumberUnknown}, true
}

// ValidS10 tells whether a text is a postal tracking number, such as RB123456785CN,
// whose check digit holds. (UPU S10-12.)
func ValidS10(s string) bool {
	if len(s) != 13 || !letters(s[:2]) || !digits(s[2:11]) || !letters(s[11:]) {
		return false
	}
	sum := 0
	for i, weight := range []int{8, 6, 4, 2, 3, 5, 9, 7} {
		sum += int(s[2+i]-'0') * weight
	}
	check := 11 - sum%11
	switch check {
	case 10:
		check = 0
	case 11:
		check = 5
	}
	return int(s[10]-'0') == check
}

// ValidUPS tells whether a text is a tracking number of UPS, 1Z and 16 signs,
// whose check digit holds. A letter counts as its place in the alphabet and two,
// modulo ten.
func ValidUPS(s string) bool {
	if len(s) != 18 || s[:2] != "1Z" {
		return false
	}
	sum := 0
	for i, c := range []byte(s[2:17]) {
		var v int
		switch {
		case c >= '0' && c <= '9':
			v = int(c - '0')
		case c >= 'A' && c <= 'Z':
			v = (int(c-'A') + 2) % 10
		default:
			return false
		}
		if i%2 == 1 {
			v *= 2
		}
		sum += v
	}
	return s[17] >= '0' && s[17] <= '9' && int(s[17]-'0') == (10-sum%10)%10
}

// ValidUSPS tells whether a text is a tracking number of the United States' post:
// 20, 22 or 26 digits from 91 to 95 on whose check digit holds.
func ValidUSPS(s string) bool {
	if len(s) != 20 && len(s) != 22 && len(s) != 26 {
		return false
	}
	return s[0] == '9' && s[1] >= '1' && s[1] <= '5' && mod10(s)
}

// mod10 tells whether the last digit is GS1's check digit of those before it.
func mod10(s string) bool {
	if s == "" || !digits(s) {
		return false
	}
	sum := 0
	for i := range len(s) - 1 {
		v := int(s[len(s)-2-i] - '0')
		if i%2 == 0 {
			v *= 3
		}
		sum += v
	}
	return int(s[len(s)-1]-'0') == (10-sum%10)%10
}

func digits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

func letters(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' }) < 0
}
