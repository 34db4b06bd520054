package buyer

import (
	"cmp"
	"slices"
	"strings"

	"casebinder/data"
)

// Strength is how much a ground says.
type Strength string

// The strengths, the strongest first.
const (
	Sure   Strength = "sure"   // one mailbox, or one phone under one name
	Likely Strength = "likely" // a family or an office may share it
	Weak   Strength = "weak"   // strangers may share it
)

// Strengths lists them.
func Strengths() []Strength { return []Strength{Sure, Likely, Weak} }

// Rank orders strengths: 0 is the strongest.
func (s Strength) Rank() int { return slices.Index(Strengths(), s) }

// A Ground is one thing that speaks for two accounts being one person, with the
// value by which it does.
type Ground struct {
	Kind     data.MarkKind `json:"kind"`
	Value    string        `json:"value"`
	Strength Strength      `json:"strength"`
	Why      data.Text     `json:"-"`
}

// Shared is a mark that two accounts carry.
type Shared struct {
	data.BuyerMark
	As    data.MarkKind // the kind that it has on the other account; "" the same
	Count int           // accounts that carry it in all, the two among them; more than data.MarkCrowd is one more
}

// How many may share a mark that says much before it says less.
const (
	fewMail  = 3
	someMail = 10
	few      = 5
)

var (
	whyMail    = data.DefinePhrase("buyer.same.email", "Same e-mail: {value}.")
	whyPhone   = data.DefinePhrase("buyer.same.phone", "Same phone, which ends in {end}, under other names.")
	whyNumber  = data.DefinePhrase("buyer.same.phone_name", "Same phone, which ends in {end}, and the same name.")
	whyPlace   = data.DefinePhrase("buyer.same.address", "Same address under other names: {value}.")
	whyHome    = data.DefinePhrase("buyer.same.address_name", "Same address and the same name: {value}.")
	whyPickup  = data.DefinePhrase("buyer.same.pickup", "Same pick-up point or forwarder, which strangers share: {value}.")
	whyPayer   = data.DefinePhrase("buyer.same.payer", "Paid from the account of {value} both times.")
	whyPaidFor = data.DefinePhrase("buyer.same.paid_for", "{value} paid for one, and is the e-mail of the other.")
	whyIP      = data.DefinePhrase("buyer.same.ip", "Ordered from the same IP address: {value}.")
	whyMany    = data.DefinePhrase("buyer.same.many", "{count} accounts share {value}: it says little.")
)

// Grounds tells what speaks for two accounts being one person, the strongest first.
// Names are all that each goes by. A mark that a crowd shares is left out: Crowded
// tells of it.
func Grounds(a, b []string, shared []Shared) []Ground {
	same := sameNames(a, b)
	var list []Ground
	for _, s := range shared {
		if s.Count > data.MarkCrowd {
			continue
		}
		list = append(list, ground(s, same))
	}
	slices.SortStableFunc(list, func(x, y Ground) int {
		return cmp.Or(cmp.Compare(x.Strength.Rank(), y.Strength.Rank()),
			cmp.Compare(slices.Index(data.MarkKinds(), x.Kind), slices.Index(data.MarkKinds(), y.Kind)), cmp.Compare(x.Value, y.Value))
	})
	return list
}

func sameNames(a, b []string) bool {
	return slices.ContainsFunc(a, func(one string) bool {
		return slices.ContainsFunc(b, func(two string) bool { return SameName(one, two) })
	})
}

func ground(s Shared, same bool) Ground {
	g := Ground{Kind: s.Kind, Value: s.Value, Strength: Weak}
	switch {
	case s.As != "" && s.As != s.Kind:
		g.Kind, g.Why = data.MarkPayer, whyPaidFor.With("value", s.Value)
	case s.Kind == data.MarkEmail && s.Count <= someMail:
		g.Why, g.Strength = whyMail.With("value", s.Value), Likely
		if s.Count <= fewMail {
			g.Strength = Sure
		}
	case s.Kind == data.MarkAddress && Pickup(s.Value):
		g.Why = whyPickup.With("value", PlaceText(s.Value))
	case s.Count > few:
		g.Why = whyMany.With("value", shown(s.BuyerMark), "count", s.Count)
	default:
		g.Why, g.Strength = fewShare(s, same)
	}
	return g
}

// fewShare is what a mark says that only few accounts share.
func fewShare(s Shared, same bool) (data.Text, Strength) {
	switch {
	case s.Kind == data.MarkPhone && same:
		return whyNumber.With("end", PhoneEnd(s.Value)), Sure
	case s.Kind == data.MarkPhone:
		return whyPhone.With("end", PhoneEnd(s.Value)), Likely
	case s.Kind == data.MarkAddress && same:
		return whyHome.With("value", PlaceText(s.Value)), Likely
	case s.Kind == data.MarkAddress:
		return whyPlace.With("value", PlaceText(s.Value)), Weak
	case s.Kind == data.MarkPayer:
		return whyPayer.With("value", s.Value), Weak
	}
	return whyIP.With("value", s.Value), Weak
}

// shown is a mark as a person reads it.
func shown(m data.BuyerMark) string {
	if m.Kind == data.MarkAddress {
		return PlaceText(m.Value)
	}
	return m.Value
}

// PlaceText is an address mark as a person reads it.
func PlaceText(mark string) string {
	return strings.ReplaceAll(strings.ReplaceAll(mark, "u:", "no. "), "|", ", ")
}

// Best is the strongest of some grounds; "" where there are none.
func Best(grounds []Ground) Strength {
	if len(grounds) == 0 {
		return ""
	}
	return slices.MinFunc(grounds, func(a, b Ground) int { return cmp.Compare(a.Strength.Rank(), b.Strength.Rank()) }).Strength
}

var sayCrowd = data.DefinePhrase("buyer.crowd", "More than {limit} accounts share {value}. It is a warehouse, a forwarder or a shared line, and says nothing about this buyer.")

// Crowded tells of marks that so many share that they say nothing.
func Crowded(shared []data.SharedMark) []data.Finding {
	var list []data.Finding
	for _, s := range shared {
		if s.Crowd {
			list = append(list, data.Finding{
				Rule: "buyer.crowd", Severity: data.Info, Where: []data.Ref{{Kind: "mark", ID: string(s.Kind) + ":" + s.Value, Label: shown(s.BuyerMark)}},
				Why: sayCrowd.With("limit", data.MarkCrowd, "value", shown(s.BuyerMark)),
			})
		}
	}
	return list
}

// Telling is how many accounts at most may share a mark of a kind for it to say more
// than little.
func Telling(kind data.MarkKind) int {
	if kind == data.MarkEmail {
		return someMail
	}
	return few
}
