package parcel

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebinder/data"
)

var (
	upu        = regexp.MustCompile(`^[A-Z]{2}\d{9}[A-Z]{2}$`)
	numberForm = regexp.MustCompile(`^[A-Z0-9]{8,40}$`)
	spacing    = strings.NewReplacer(" ", "", "-", "", ".", "")
	postLine   = regexp.MustCompile(`^〒?\d{3}-?\d{4}$|^\d{5}(?:-\d{4})?$`)
)

// trackingNumber brings a text into the form of a tracking number; "" where it is
// none.
func trackingNumber(text string) string {
	number := spacing.Replace(strings.TrimSpace(text))
	if !numberForm.MatchString(number) {
		return ""
	}
	digits := 0
	for _, r := range number {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	if digits < 6 || digits == len(number) && digits < 10 {
		return ""
	}
	return number
}

// numberIn gives the tracking number that a line is, with its label or alone.
func (w *words) numberIn(l *line, parts []string) string {
	low := strings.ToLower(l.text)
	if label := begins(low, w.Numbers); label != "" && len(low) == len(l.text) {
		rest := strings.TrimLeft(l.text[len(label):], " :：#.\t")
		if n := trackingNumber(rest); n != "" {
			return n
		}
		if head, _, ok := strings.Cut(rest, " "); ok {
			return trackingNumber(head)
		}
		return ""
	}
	if len(parts) > 2 {
		return ""
	}
	return trackingNumber(l.text)
}

// carrierOf finds the carrier that a text names; "" for none.
func (w *words) carrierOf(low string, list []*carrier) *carrier {
	for _, c := range list {
		for _, word := range c.Words {
			if holdsWord(low, word) {
				return c
			}
		}
	}
	return nil
}

// isCarrier reports whether a line is the name of a carrier alone, with one word
// behind it at most: "Correos Spain".
func (w *words) isCarrier(text string) bool {
	for _, c := range w.Carrier {
		if len(text) < len(c.Name) || !strings.EqualFold(text[:len(c.Name)], c.Name) {
			continue
		}
		rest := text[len(c.Name):]
		r, _ := utf8.DecodeRuneInString(strings.TrimSpace(rest))
		if rest == "" || rest[0] == ' ' && unicode.IsUpper(r) && len(strings.Fields(rest)) == 1 && !w.isMove(rest) {
			return true
		}
	}
	return false
}

func (w *words) carrierOfNumber(number string) *carrier {
	if !upu.MatchString(number) {
		return nil
	}
	for _, c := range w.Carrier {
		for _, end := range c.Mail {
			if strings.HasSuffix(number, end) {
				return c
			}
		}
	}
	return nil
}

// stateEnd is how places end in countries of several zones.
var stateEnd = regexp.MustCompile(`[\s,]([A-Z]{2,3})(?:\s+(\d{4,6}|[A-Z]\d[A-Z] ?\d[A-Z]\d))?(?:,\s*(?:US|USA|United States|Canada|Australia))?$`)

// zoneOf gives the zone in which a carrier prints a scan at a place; "" where that
// is not told.
func (c *carrier) zoneOf(place string, to data.Address) string {
	if c == nil {
		return ""
	}
	if c.Zone != "" {
		return c.Zone
	}
	for _, country := range c.Zones {
		if m := stateEnd.FindStringSubmatch(place); m != nil {
			if zone := data.BuyerZone(data.Address{Country: country, State: m[1], Postcode: m[2]}); zone != "" {
				return zone
			}
		}
		if strings.EqualFold(country, strings.TrimSpace(to.Country)) {
			return data.BuyerZone(to)
		}
	}
	return ""
}

// labeled gives what stands behind one of some labels, at most 80 signs of it.
func labeled(l *line, labels []string) string {
	low := strings.ToLower(l.text)
	label := begins(low, labels)
	if label == "" || len(low) != len(l.text) {
		return ""
	}
	rest := strings.TrimSpace(strings.TrimLeft(l.text[len(label):], " :："))
	if utf8.RuneCountInString(rest) > 80 {
		return ""
	}
	return rest
}
