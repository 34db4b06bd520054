package data

import "slices"

// The slots of packing proof, as Evidence.Slot holds them.
const (
	SlotGoods      = "goods"       // what was sent, before it is wrapped
	SlotQC         = "qc"          // the inspection
	SlotWeighing   = "weighing"    // the parcel on the scale
	SlotPacking    = "packing"     // how it was wrapped, photo or video
	SlotLabel      = "label"       // the label on the closed parcel
	SlotParcelList = "parcel_list" // the list that lies in the parcel
)

// Slots lists the slots in the order in which a parcel is packed.
func Slots() []string {
	return []string{SlotGoods, SlotQC, SlotPacking, SlotWeighing, SlotLabel, SlotParcelList}
}

// KindOfSlot gives the kind of a file that fills a slot; KindOther for what is no
// slot.
func KindOfSlot(slot string) EvidenceKind {
	switch slot {
	case SlotGoods:
		return KindPhoto
	case SlotQC:
		return KindQC
	case SlotWeighing, SlotPacking, SlotLabel, SlotParcelList:
		return KindPacking
	}
	return KindOther
}

// PackingSlot gives the slot that a piece of evidence fills: the one that was said,
// else the one of its kind; "" where it is no proof of packing. What came in with a
// dispute, and was put into no slot, is none.
func (e *Evidence) PackingSlot() string {
	switch {
	case slices.Contains(Slots(), e.Slot):
		return e.Slot
	case e.DisputeID != 0:
		return ""
	}
	switch e.Kind { //nolint:exhaustive // the others are no proof of packing
	case KindPhoto:
		return SlotGoods
	case KindQC:
		return SlotQC
	case KindPacking:
		return SlotPacking
	}
	return ""
}

// ShowsPacking reports whether a file of the kind "packing" shows the packing
// itself, and not the scale or a list.
func (e *Evidence) ShowsPacking() bool {
	return e.Kind == KindPacking && e.Slot != SlotWeighing && e.Slot != SlotParcelList
}

// KnownGoods is what the desk knows of a product, as far as packing wants it.
type KnownGoods struct {
	Title   string // its SKU where it has none
	Class   string // of goods
	Fragile bool
}
