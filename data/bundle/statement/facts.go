package statement

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

// Facts are what a statement may say and point to.
type Facts struct {
	Order     data.Order
	Dispute   data.Dispute   // with its events
	Messages  []data.Message // of the order and the dispute, in any order
	Exhibits  []Exhibit      // those that are included, as they are numbered
	Zone      *time.Location // in which times are written; nil is the shop's
	Ask       string         // what the seller asks for, in the seller's words; "" takes the template's
	Prior     []PriorOrder   // earlier orders of the same buyer that the seller relies on
	RefundIDs []string       // ids of refunds at the payment service, beside those that the case's events name
	Parts     []data.Section // composed parts that the bundle has; nil: those that the facts fill
}

// Exhibit is a piece of evidence with its place in the bundle.
type Exhibit struct {
	Number   int // as it is printed, from 1
	Exhibit  data.Exhibit
	Evidence data.Evidence
}

// PriorOrder is an earlier order of the same buyer.
type PriorOrder struct {
	Number   string
	At       time.Time // when it was paid
	Disputed bool
	SameCard bool     // the same payment method
	Matches  []string // identifiers that it shares with the disputed order: "ip", "device_id", "device_fingerprint", "shipping_address", "account_id", "email"
}

// location is the zone in which times are written.
func (f *Facts) location() *time.Location {
	if f.Zone != nil {
		return f.Zone
	}
	return f.Order.Shop.Location()
}

// parcels are the order's parcels. What the order alone knows of shipping and
// delivery counts as a parcel, or fills the gaps of the only one.
func (f *Facts) parcels() []data.Shipment {
	o := &f.Order
	switch {
	case len(o.Shipments) == 0 && o.ShippedAt.IsZero() && o.DeliveredAt.IsZero():
		return nil
	case len(o.Shipments) == 0:
		return []data.Shipment{{ShippedAt: o.ShippedAt, DeliveredAt: o.DeliveredAt}}
	case len(o.Shipments) > 1:
		return o.Shipments
	}
	only := o.Shipments[0]
	if only.ShippedAt.IsZero() {
		only.ShippedAt = o.ShippedAt
	}
	if only.DeliveredAt.IsZero() {
		only.DeliveredAt = o.DeliveredAt
	}
	return []data.Shipment{only}
}

// shippedAt is when the last parcel left: from then on all goods were on
// their way. Zero where it is not known of each.
func (f *Facts) shippedAt() time.Time {
	var last time.Time
	for _, p := range f.parcels() {
		if p.ShippedAt.IsZero() {
			return time.Time{}
		}
		if p.ShippedAt.After(last) {
			last = p.ShippedAt
		}
	}
	return last
}

// firstShipped is when the first parcel left: what was recorded before it was
// recorded before any goods left.
func (f *Facts) firstShipped() time.Time {
	var first time.Time
	for _, p := range f.parcels() {
		if p.ShippedAt.IsZero() {
			return time.Time{}
		}
		if first.IsZero() || p.ShippedAt.Before(first) {
			first = p.ShippedAt
		}
	}
	return first
}

// events are the case's events that count, by time: what a correction takes back does
// not, unless that was taken back itself.
func (f *Facts) events() []data.CaseEvent {
	gone := data.Retracted(f.Dispute.Events)
	kept := slices.DeleteFunc(slices.Clone(f.Dispute.Events), func(e data.CaseEvent) bool { return e.Kind == data.EventCorrection || gone[e.UID] })
	slices.SortStableFunc(kept, func(a, b data.CaseEvent) int { return a.At.Compare(b.At) })
	return kept
}

// messages are the messages by time.
func (f *Facts) messages() []data.Message {
	sorted := slices.Clone(f.Messages)
	slices.SortStableFunc(sorted, func(a, b data.Message) int { return a.SentAt.Compare(b.SentAt) })
	return sorted
}

// byKind lists the exhibits of a kind, the best first: those that say when they
// were taken by their own record, those that belong to this dispute, then by
// number.
func (f *Facts) byKind(kind data.EvidenceKind) []Exhibit {
	var list []Exhibit
	for _, e := range f.Exhibits {
		if e.Evidence.Kind == kind && e.Evidence.UID != "" {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b Exhibit) int {
		return cmp.Or(cmp.Compare(strength(b), strength(a)), cmp.Compare(a.Number, b.Number))
	})
	return list
}

func strength(e Exhibit) int {
	n := 0
	switch e.Evidence.Captured {
	case data.CapturedExif:
		n = 4
	case data.CapturedFile:
		n = 3
	case data.CapturedStated:
		n = 2
	case data.CapturedNone:
	}
	if e.Evidence.DisputeID != 0 {
		n++
	}
	return n
}

// says is all that people wrote to an exhibit, as words between blanks.
func (e Exhibit) says() string {
	return letters(strings.Join([]string{e.Exhibit.Title, e.Exhibit.Proves, e.Evidence.Note, e.Evidence.Label, e.Evidence.Name}, " \n "))
}

// naming lists the exhibits that somebody described with a number or word.
func (f *Facts) naming(words ...string) []Exhibit {
	var list []Exhibit
	for _, e := range f.Exhibits {
		said := e.says()
		if e.Evidence.UID != "" && slices.ContainsFunc(words, func(w string) bool { return wholeWord(said, letters(w)) }) {
			list = append(list, e)
		}
	}
	return list
}

// fact names: what a claim's words may print or test.
var knownVariables = func() map[string]bool {
	groups := map[string]string{
		"order":     "number date paid total items sum shipping",
		"payment":   "ref method",
		"address":   "city postcode country",
		"ship":      "date by intime",
		"parcel":    "tracking carrier shipped delivered n count only",
		"parcels":   "count delivered all",
		"delivery":  "words time place postcode city before copied",
		"signature": "words time same copied",
		"attempt":   "words time place same copied",
		"latest":    "words time place copied",
		"weight":    "words time copied",
		"label":     "postcode tracking",
		"notice":    "time tracking",
		"reply":     "time",
		"chat":      "to from first last",
		"admits":    "time quote meant",
		"mind":      "time quote meant",
		"cancel":    "time quote meant after",
		"asked":     "time silent",
		"offer":     "time amount",
		"returning": "agreed shipped received none",
		"refund":    "time amount full ids",
		"packing":   "date camera stated before proves many there",
		"photo":     "date camera stated before proves many there",
		"listing":   "date proves there",
		"qc":        "date before proves there",
		"policy":    "date proves there",
		"pod":       "proves there",
		"customs":   "there",
		"invoice":   "there",
		"screens":   "there",
		"prior":     "orders matches",
		"checks":    "postcode street code",
		"dispute":   "opened amount case",
		"case":      "this opening",
		"ask":       "words",
		"facts":     "some",
	}
	all := map[string]bool{}
	for group, fields := range groups {
		for field := range strings.FieldsSeq(fields) {
			all[group+"."+field] = true
		}
	}
	return all
}()

// targets that a claim may cite: kinds of exhibits, exhibits told by what they
// say, composed parts, and messages.
var (
	kindTargets = func() map[string]data.EvidenceKind {
		m := map[string]data.EvidenceKind{}
		for _, k := range data.EvidenceKinds() {
			m[string(k)] = k
		}
		delete(m, string(data.KindMessage))
		m["correspondence"] = data.KindMessage
		return m
	}()
	namedTargets   = []string{"label", "prior", "checks", "refund_record"}
	partTargets    = []data.Section{data.SectionTimeline, data.SectionOrder, data.SectionShipping, data.SectionCommunication}
	messageTargets = []string{"notice", "reply", "admits", "mind", "cancel", "asked"}
)

func knownTarget(name string) bool {
	return slices.Contains(slices.Collect(maps.Keys(kindTargets)), name) || slices.Contains(namedTargets, name) ||
		slices.Contains(partTargets, data.Section(name)) || slices.Contains(messageTargets, name)
}
