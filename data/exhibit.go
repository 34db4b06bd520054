package data

// Section is a part of a bundle.
type Section string

// The sections of a bundle, in the order in which they stand. An exhibit
// belongs to one of those from shipping on.
const (
	SectionStatement     Section = "statement" // the claims, each with its citations
	SectionTimeline      Section = "timeline"
	SectionOrder         Section = "order" // order and payment
	SectionShipping      Section = "shipping"
	SectionCommunication Section = "communication"
	SectionGoods         Section = "goods"
	SectionPolicy        Section = "policy"
	SectionOther         Section = "other"
)

// Sections lists all sections in the order in which they stand in a bundle.
func Sections() []Section {
	return []Section{
		SectionStatement, SectionTimeline, SectionOrder, SectionShipping, SectionCommunication, SectionGoods, SectionPolicy, SectionOther,
	}
}

// ExhibitSections lists the sections that hold exhibits.
func ExhibitSections() []Section {
	return []Section{SectionOrder, SectionShipping, SectionCommunication, SectionGoods, SectionPolicy, SectionOther}
}

// SectionOf gives the section in which a kind of evidence usually stands.
func SectionOf(kind EvidenceKind) Section {
	switch kind {
	case KindInvoice, KindRefund:
		return SectionOrder
	case KindTracking, KindDelivery, KindCustoms:
		return SectionShipping
	case KindScreenshot, KindMessage:
		return SectionCommunication
	case KindPhoto, KindPacking, KindQC, KindListing, KindCertificate:
		return SectionGoods
	case KindPolicy:
		return SectionPolicy
	case KindOther:
	}
	return SectionOther
}

// Exhibit is the place of a piece of evidence in a dispute's bundle.
type Exhibit struct {
	EvidenceUID string  `json:"evidence_uid"`
	Position    int     `json:"position"`          // 1, 2, ... over all, included or not
	Section     Section `json:"section,omitempty"` // "": that of its kind
	Title       string  `json:"title,omitempty"`   // "": the first line of its note, or its kind
	Proves      string  `json:"proves,omitempty"`  // one line: what it shows
	Included    bool    `json:"included"`
}
