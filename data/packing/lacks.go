package packing

import (
	"slices"

	"casebinder/data"
)

// Slot is a slot of an order, with what fills it.
type Slot struct {
	Name     string          `json:"slot"`
	Why      []data.Text     `json:"why,omitempty"` // why it is wanted; none: it is not
	Evidence []data.Evidence `json:"evidence,omitempty"`
	Weight   int64           `json:"weight_g,omitempty"` // of all parcels to the buyer together, where the slot is the weighing
	origin   data.Origin     // of the first rule that wants it
}

// Wanted reports whether a rule asks for the slot to be filled.
func (s *Slot) Wanted() bool { return len(s.Why) > 0 }

// Filled reports whether something fills the slot.
func (s *Slot) Filled() bool { return len(s.Evidence) > 0 || s.Weight > 0 }

// Packed tells of each slot of an order whether it is wanted and what fills it, and
// what should be known of the rules themselves.
func Packed(o *data.Order, evidence []data.Evidence, g Goods, set data.Packing) ([]Slot, []data.Finding, error) {
	rules, err := builtIn()
	if err != nil {
		return nil, nil, err
	}
	slots := make([]Slot, 0, len(data.Slots()))
	for _, name := range data.Slots() {
		slots = append(slots, Slot{Name: name})
	}
	for _, r := range rules {
		r = r.of(set)
		if why, holds := r.ground(o, g); holds {
			want(slots, r.Slots, why, r.Origin)
		}
	}
	if word := wordIn(o, set.Words); word != "" {
		want(slots, []string{data.SlotGoods, data.SlotPacking}, phraseOwnWord.With("word", word), data.Origin{Confidence: data.Own})
	}
	notes, err := fromThePast(slots, o, g)
	if err != nil {
		return nil, nil, err
	}
	if fragile := fragileBy(rules, o, g); len(notes) == 0 && !fragile.IsZero() {
		notes = append(notes, data.Finding{Rule: "packing.firmly", Severity: data.Info, Where: []data.Ref{orderRef(o)}, Why: phraseFirmly.With("why", fragile), How: phraseFirmlyDo.With()})
	}
	fill(slots, o, evidence)
	return slots, append(notes, unpriced(rules, o, set)...), nil
}

// of gives the rule with the figures that a shop set.
func (r rule) of(set data.Packing) rule {
	switch {
	case r.ID == ruleDear && !set.Dear.IsZero():
		above := map[string]string{}
		for currency, amount := range r.Above {
			above[currency] = amount
		}
		above[set.Dear.Currency] = set.Dear.Decimal()
		r.Above, r.Origin = above, data.Origin{Confidence: data.Own}
	case r.ID == ruleLarge && set.Units > 0:
		r.Units, r.Lines, r.Origin = int64(set.Units), 0, data.Origin{Confidence: data.Own}
	}
	return r
}

func want(slots []Slot, names []string, why data.Text, origin data.Origin) {
	for i := range slots {
		if !slices.Contains(names, slots[i].Name) {
			continue
		}
		if len(slots[i].Why) == 0 {
			slots[i].origin = origin
		}
		slots[i].Why = append(slots[i].Why, why)
	}
}

func fill(slots []Slot, o *data.Order, evidence []data.Evidence) {
	for i := range slots {
		s := &slots[i]
		for k := range evidence {
			if e := &evidence[k]; e.BinnedAt.IsZero() && e.CopyOf == "" && e.PackingSlot() == s.Name {
				s.Evidence = append(s.Evidence, *e)
			}
		}
		if s.Name != data.SlotWeighing {
			continue
		}
		for _, p := range o.Shipments {
			if p.Kind != data.ShipmentReturn {
				s.Weight += p.Weight
			}
		}
	}
}

var (
	phraseUnpriced   = data.DefinePhrase("packing.unpriced", "No rule says from which amount in {currency} an order is expensive.")
	phraseUnpricedDo = data.DefinePhrase("packing.unpriced.do", "Set an amount in this currency in the shop's settings.")
)

// unpriced says where no rule can tell whether the order is dear.
func unpriced(rules []rule, o *data.Order, set data.Packing) []data.Finding {
	if o.Total.IsZero() || set.Dear.Currency == o.Total.Currency && !set.Dear.IsZero() {
		return nil
	}
	for _, r := range rules {
		if r.ID == ruleDear && r.Above[o.Total.Currency] == "" {
			return []data.Finding{{
				Rule: "packing.unpriced", Severity: data.Info, Where: []data.Ref{orderRef(o)},
				Why: phraseUnpriced.With("currency", o.Total.Currency), How: phraseUnpricedDo.With(),
			}}
		}
	}
	return nil
}

func orderRef(o *data.Order) data.Ref { return data.Ref{Kind: "order", ID: o.Number, Label: o.Number} }

// lacking says of each slot that it is empty.
var lacking = map[string]data.Phrase{
	data.SlotGoods:      data.DefinePhrase("packing.lacks.goods", "{why}: no photo of the goods."),
	data.SlotQC:         data.DefinePhrase("packing.lacks.qc", "{why}: no record of an inspection."),
	data.SlotWeighing:   data.DefinePhrase("packing.lacks.weighing", "{why}: the parcel was not weighed."),
	data.SlotPacking:    data.DefinePhrase("packing.lacks.packing", "{why}: no photo or video of the packing."),
	data.SlotLabel:      data.DefinePhrase("packing.lacks.label", "{why}: no photo of the label on the parcel."),
	data.SlotParcelList: data.DefinePhrase("packing.lacks.parcel_list", "{why}: no parcel list was kept."),
}

var phraseLacksDo = data.DefinePhrase("packing.lacks.do", "Take it before the parcel is handed over: it cannot be made up for later.")

// Lacks tells which slots are wanted and empty.
func Lacks(o *data.Order, slots []Slot) []data.Finding {
	var all []data.Finding
	for i := range slots {
		s := &slots[i]
		if !s.Wanted() || s.Filled() {
			continue
		}
		all = append(all, data.Finding{
			Rule: "packing." + s.Name, Severity: data.Warning, Where: []data.Ref{orderRef(o)},
			Why: lacking[s.Name].With("why", s.Why[0]), How: phraseLacksDo.With(), Mend: data.Mend{Deed: "packing.fill", Ref: data.Ref{Kind: "slot", ID: s.Name}},
			Origin: s.origin,
		})
	}
	return all
}
