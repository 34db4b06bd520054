package packing

import (
	"casebinder/data"
	"casebinder/data/goods"
)

var (
	phraseDefects  = data.DefinePhrase("packing.why.defects", "Check before packing, as {n} of {of} orders of “{product}” were reported defective")
	phraseDamages  = data.DefinePhrase("packing.why.damages", "{n} of {of} orders of “{product}” arrived damaged")
	phraseFirmly   = data.DefinePhrase("packing.firmly", "{why}: pack firmly.")
	phraseFirmlyDo = data.DefinePhrase("packing.firmly.do", "Filler on every side, nothing that moves when the parcel is shaken, and a second box around what breaks or is heavy.")
)

// fromThePast asks for a check of goods that were complained about, and for proof of
// the packing of what arrived damaged; it tells how to pack these.
func fromThePast(slots []Slot, o *data.Order, g Goods) (notes []data.Finding, err error) {
	r, err := goods.BuiltIn()
	if err != nil {
		return nil, err
	}
	for _, t := range g.Troubles {
		if r.Told(t.Defects, t.Orders) {
			want(slots, []string{data.SlotQC}, phraseDefects.With("product", t.Name(), "n", t.Defects, "of", t.Orders), r.Origin)
		}
		if r.Told(t.Damages, t.Orders) {
			why := phraseDamages.With("product", t.Name(), "n", t.Damages, "of", t.Orders)
			want(slots, []string{data.SlotPacking}, why, r.Origin)
			notes = append(notes, data.Finding{
				Rule: "packing.firmly", Severity: data.Warning, Where: []data.Ref{orderRef(o), {Kind: "product", ID: t.SKU, Label: t.Name()}},
				Why: phraseFirmly.With("why", why), How: phraseFirmlyDo.With(), Origin: r.Origin,
			})
		}
	}
	return notes, nil
}

// fragileBy tells by which fact an order is fragile; the zero Text where it is not.
func fragileBy(rules []rule, o *data.Order, g Goods) data.Text {
	for _, r := range rules {
		if r.Fragile {
			if why, holds := r.ground(o, g); holds {
				return why
			}
		}
	}
	return data.Text{}
}
