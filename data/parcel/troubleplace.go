package parcel

import (
	"strings"

	"casebinder/data"
)

// elsewhere compares where a parcel was delivered with the order's address.
func (j *judge) elsewhere() {
	if there := j.p.Postcode; there != "" && j.o.ShipTo.Postcode != "" && !samePostcode(there, j.o.ShipTo.Postcode) {
		j.add(Trouble{
			Kind: TroubleElsewhere, Since: j.s.Since, Path: "not_arrived", Task: j.say(taskProof),
			Finding: data.Finding{Severity: data.Serious, Why: j.say(whyElsewhere, "there", there, "postcode", j.o.ShipTo.Postcode), How: howElsewhere.With()},
		})
		return
	}
	if !j.s.Scanned || j.p.Postcode != "" {
		return
	}
	if there := postcodeIn(j.s.Place, j.o.ShipTo.Postcode); there != "" {
		if !samePostcode(there, j.o.ShipTo.Postcode) { // or the office's that delivered
			j.add(Trouble{
				Kind: TroubleElsewhere, Since: j.s.Since, Task: j.say(taskProof),
				Finding: data.Finding{Severity: data.Warning, Why: j.say(whyScanned, "there", there, "place", j.s.Place, "postcode", j.o.ShipTo.Postcode), How: howElsewhere.With()},
			})
		}
		return
	}
	place, city := fold(j.s.Place), fold(j.o.ShipTo.City)
	if place == "" || city == "" || !latin(place) || !latin(city) || strings.Contains(place, city) || strings.Contains(city, place) {
		return
	}
	j.add(Trouble{ // the office that delivers often has another name than the town
		Kind: TroubleElsewhere, Since: j.s.Since, Task: j.say(taskProof),
		Finding: data.Finding{Severity: data.Info, Why: j.say(whyPlace, "there", j.s.Place, "city", j.o.ShipTo.City), How: howElsewhere.With()},
	})
}

// postcodeIn gives the postcode in a place, of the form of another; that itself
// where it is among several. "" means none.
func postcodeIn(place, like string) string {
	form := postcodeForm(like)
	if len(form) < 4 || !strings.ContainsRune(form, '9') {
		return ""
	}
	words, found := strings.FieldsFunc(place, func(r rune) bool { return r == ' ' || r == ',' || r == '(' || r == ')' }), ""
	for i := range words {
		for _, code := range []string{words[i], strings.Join(words[i:min(i+2, len(words))], " ")} {
			if f := postcodeForm(code); f != form && f != strings.TrimSuffix(form, "9999") || f == "" {
				continue
			}
			if samePostcode(code, like) {
				return code
			}
			if found == "" {
				found = code
			}
		}
	}
	return found
}

// postcodeForm writes a 9 for each digit and an A for each letter of the West; ""
// where other signs than blanks and dashes stand in it.
func postcodeForm(code string) string {
	var form strings.Builder
	for _, r := range strings.ToUpper(code) {
		switch {
		case r >= '0' && r <= '9', r >= '０' && r <= '９':
			form.WriteByte('9')
		case r >= 'A' && r <= 'Z':
			form.WriteByte('A')
		case r != ' ' && r != '-' && r != '〒':
			return ""
		}
	}
	return form.String()
}

// samePostcode compares postcodes by their letters and digits. One that begins
// with the other names a part of the same: a carrier may print the first half
// alone, and an order the US code with four more digits.
func samePostcode(a, b string) bool {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case r >= '０' && r <= '９':
				return r - '０' + '0'
			case r >= '0' && r <= '9', r >= 'A' && r <= 'Z':
				return r
			}
			return -1
		}, strings.ToUpper(s))
	}
	a, b = plain(a), plain(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == "" || a == b || len(a) >= 3 && strings.HasPrefix(b, a)
}

func latin(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x250 && r != '’' })
}
