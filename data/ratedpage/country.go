package ratedpage

import (
	"regexp"
	"strings"

	"golang.org/x/text/language"
)

// countries takes the code of a country that stands alone beside a buyer, as AliExpress
// prints it, for no part of what was written.
func (p *reader) countries() {
	for i := range p.tokens {
		t := &p.tokens[i]
		if t.kind != isText || t.label || !isCountry(t.text) {
			continue
		}
		if i > 0 && p.tokens[i-1].kind == isBuyer || i+1 < len(p.tokens) && p.tokens[i+1].kind == isBuyer {
			t.kind = isButton
		}
	}
}

// isCountry reports whether a text is the code of a country, in capitals as pages print
// it, with its flag or without.
func isCountry(text string) bool {
	m := countryCode.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	region, err := language.ParseRegion(m[1])
	return err == nil && region.IsCountry()
}

var countryCode = regexp.MustCompile(`^(?:[\x{1F1E6}-\x{1F1FF}]{2} ?)?([A-Z]{2})$`)

// unmarkedOrder reads an order's number behind its label without a colon: “Order
// 8000000000005”.
func (p *reader) unmarkedOrder(t *token) bool {
	best := 0
	for _, label := range p.w.LabelOrder {
		if len(label) > best && len(label) < len(t.text) && strings.EqualFold(t.text[:len(label)], label) {
			best = len(label)
		}
	}
	if best == 0 {
		return false
	}
	m := unmarkedNumber.FindStringSubmatch(t.text[best:])
	if m == nil {
		return false
	}
	t.kind, t.value = isOrder, m[1]+m[2]
	return true
}

// unmarkedNumber is a number that stands for nothing but an order: of a shop's own
// count only behind its sign.
var unmarkedNumber = regexp.MustCompile(`^(?:[ \x{3000}]*[#№] ?(\d[\dA-Z-]{2,30})|[ \x{3000}]*(\d[\d-]{5,30}[0-9A-Z]{0,8}))$`)
