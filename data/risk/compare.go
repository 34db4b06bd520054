package risk

import (
	"slices"
	"strings"

	"casebinder/data"
)

// How far two addresses agree, the best first.
const (
	AddressSame  = "same"
	AddressSmall = "small" // something differs that a person looks at
	AddressBig   = "big"   // they name two places
)

var addressWords = []string{AddressSame, AddressSmall, AddressBig}

// Comparison is what two addresses have in common.
type Comparison struct {
	Size    string   // AddressSame ...; "" where too little is known, or nothing can be compared
	Differs []string // what differs, as "28013 / 28031"
	Missing []string // what one of them lacks, as the other tells it
	Unread  []string // what is written in two scripts
}

// Compare compares two addresses part by part, without regard to case, accents,
// the order of words and usual abbreviations.
func (r *Rules) Compare(a, b data.Address) Comparison {
	var c Comparison
	part := func(x, y string) likeness {
		l := r.compareWords(x, y)
		c.note(l, x, y)
		return l
	}
	country := unlike
	switch x, y := strings.ToUpper(a.Country), strings.ToUpper(b.Country); {
	case x == "" || y == "":
		country = oneSide
	case x == y:
		country = same
	default:
		c.Differs = append(c.Differs, x+" / "+y)
	}
	postcode := samePostcode(a.Postcode, b.Postcode)
	c.note(postcode, a.Postcode, b.Postcode)
	city := part(a.City, b.City)
	street := part(streetOf(a), streetOf(b))
	if street == near && !holdsHouse(a, b) {
		street = unlike
		c.note(unlike, streetOf(a), streetOf(b))
	}
	name := part(a.Name, b.Name)
	if s := r.compareWords(a.State, b.State); s == oneSide || s == unread {
		c.note(s, a.State, b.State) // a state is written in too many ways to count as different
	}
	c.Size = sizeOf(country, postcode, city, street, name)
	return c
}

func (c *Comparison) note(l likeness, x, y string) {
	switch l {
	case unlike:
		c.Differs = append(c.Differs, clip(x)+" / "+clip(y))
	case oneSide:
		c.Missing = append(c.Missing, clip(x)+clip(y))
	case unread:
		c.Unread = append(c.Unread, clip(x)+" / "+clip(y))
	case near, same, noSide:
	}
}

// sizeOf weighs the parts: two places where the country differs, or two of
// postcode, city and street.
func sizeOf(country, postcode, city, street, name likeness) string {
	differ, alike := 0, 0
	for _, l := range []likeness{postcode, city, street} {
		switch l {
		case unlike:
			differ++
		case same, near:
			alike++
		case unread, oneSide, noSide:
		}
	}
	switch {
	case country == unlike, differ >= 2, differ == 1 && alike == 0:
		return AddressBig
	case differ == 1, name == unlike:
		return AddressSmall
	case alike == 0:
		return ""
	}
	return AddressSame
}

func streetOf(a data.Address) string {
	return strings.TrimSpace(a.Line1 + " " + a.Line2 + " " + a.Line3)
}

// holdsHouse reports whether two streets have a number in common, or one of them
// has none.
func holdsHouse(a, b data.Address) bool {
	x, y := numbersIn(streetOf(a)), numbersIn(streetOf(b))
	return len(x) == 0 || len(y) == 0 || slices.ContainsFunc(x, func(n string) bool { return slices.Contains(y, n) })
}

func numbersIn(s string) (found []string) {
	for w := range strings.FieldsSeq(plain(clamp(s))) {
		if strings.ContainsAny(w, "0123456789") {
			found = append(found, w)
		}
	}
	return found
}

// samePostcode compares postcodes; the last four digits of a ZIP+4 say nothing.
func samePostcode(a, b string) likeness {
	a, b = bareCode(a), bareCode(b)
	switch {
	case a == "" && b == "":
		return noSide
	case a == "" || b == "":
		return oneSide
	case a == b:
		return same
	}
	return unlike
}

func bareCode(s string) string {
	s = strings.Trim(strings.TrimSpace(clamp(s)), "'\"=")
	if head, tail, cut := strings.Cut(s, "-"); cut && len(head) == 5 && len(tail) == 4 {
		s = head
	}
	return strings.ReplaceAll(plain(s), " ", "")
}

func (r *Rules) measureAddress(m *measured) {
	o := &m.f.Order
	if o.ShipTo != (data.Address{}) {
		whole := o.ShipTo.Country != "" && streetOf(o.ShipTo) != "" && (o.ShipTo.City != "" || o.ShipTo.Postcode != "")
		m.values[factShipAddress] = said("parts")
		if whole {
			m.values[factShipAddress] = said("whole")
		}
	}
	if o.Payment.AddressStatus != "" {
		m.values[factAddressConfirmed] = yes(o.Payment.AddressStatus == data.AddressConfirmed)
	}
	if o.Payment.Address != (data.Address{}) && o.ShipTo != (data.Address{}) {
		c := r.Compare(o.ShipTo, o.Payment.Address)
		m.values[factAddress], m.values[factAddressScript] = said(c.Size), yes(len(c.Unread) > 0)
		m.say(func() []any {
			return []any{"differs", strings.Join(c.Differs, "; "), "missing", strings.Join(c.Missing, "; "), "unread", strings.Join(c.Unread, "; ")}
		})
	}
	if o.Payment.Billing != (data.Address{}) && o.ShipTo != (data.Address{}) {
		c := r.Compare(o.ShipTo, o.Payment.Billing)
		m.values[factBilling] = said(c.Size)
		m.say(func() []any { return []any{"billing", strings.Join(c.Differs, "; ")} })
	}
}

// measurePayer compares who paid with who holds the account, or, where no file
// tells the holder, with the buyer.
func (r *Rules) measurePayer(m *measured) {
	p := &m.f.Order.Payment
	if p.Account != "" {
		m.values[factUnregistered] = yes(p.Account == data.PayerUnregistered)
	}
	payer, holder := p.Payer, p.Holder
	if payer == "" {
		payer, holder = p.Holder, ""
	}
	if holder == "" {
		holder = m.f.Order.Buyer.Name
	}
	if holder == "" {
		holder = m.f.Order.ShipTo.Name
	}
	if payer == "" || holder == "" {
		return
	}
	l := r.compareWords(payer, holder)
	m.values[factPayerScript] = yes(l == unread)
	if l != unread {
		m.values[factPayerOther] = yes(l == unlike)
	}
	m.say(func() []any { return []any{"payer", clip(payer), "holder", clip(holder), "email", p.Email} })
}
