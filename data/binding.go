package data

import (
	"slices"
	"time"
)

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
	case KindPhoto, KindPacking, KindQC, KindListing:
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

// Statement is what the seller says to a dispute, claim by claim.
type Statement struct {
	DisputeID int64     `json:"-"`
	Language  string    `json:"language"`           // BCP 47, of the claims
	Template  string    `json:"template,omitempty"` // id of the template that it was drafted from
	Claims    []Claim   `json:"claims"`
	UpdatedAt time.Time `json:"updated_at,omitzero"`
	UpdatedBy string    `json:"updated_by,omitempty"`
}

// Claim is one thing that a statement says, with what shows it.
type Claim struct {
	Text  string `json:"text"`
	Cites []Cite `json:"cites,omitempty"`
}

// Cite points from a claim to what shows it: exactly one of Evidence, Message
// and Part is set.
type Cite struct {
	Evidence string  `json:"evidence,omitempty"` // UID of a piece of evidence that is an exhibit
	Page     int     `json:"page,omitempty"`     // of a PDF that is an exhibit, from 1; 0 is the exhibit as a whole
	Message  string  `json:"message,omitempty"`  // UID of a message
	Part     Section `json:"part,omitempty"`     // a composed section: timeline, order, shipping (tracking), communication
}

// Equal reports whether two statements say the same in the same language.
func (s Statement) Equal(o Statement) bool {
	return s.Language == o.Language && slices.EqualFunc(s.Claims, o.Claims, func(a, b Claim) bool {
		return a.Text == b.Text && slices.Equal(a.Cites, b.Cites)
	})
}

// EditKind is a kind of mark that is burned into a copy of a picture.
type EditKind string

// The kinds of marks. Box and pixels take away what lies under them; arrow,
// frame and number point at it.
const (
	EditBox    EditKind = "box"    // a filled rectangle
	EditPixels EditKind = "pixels" // a rectangle in squares of one color each
	EditArrow  EditKind = "arrow"  // from X, Y to X+W, Y+H; W and H may be negative
	EditFrame  EditKind = "frame"  // the outline of a rectangle
	EditNumber EditKind = "number" // a number in a disk whose middle is X, Y
)

// Edit is one mark on a copy of a picture. Lengths are pixels of the upright
// original.
type Edit struct {
	Kind   EditKind `json:"kind"`
	X      int      `json:"x"`
	Y      int      `json:"y"`
	W      int      `json:"w,omitempty"`
	H      int      `json:"h,omitempty"`
	Number int      `json:"number,omitempty"` // of EditNumber: 1 to 99
}

// Hides reports whether the mark takes away what lies under it.
func (e Edit) Hides() bool { return e.Kind == EditBox || e.Kind == EditPixels }

// MaskKind is a kind of personal data that is masked in text on demand.
type MaskKind string

// The kinds of personal data.
const (
	MaskName    MaskKind = "name"    // of people in the order
	MaskAddress MaskKind = "address" // street and house; city, region and country stay
	MaskPhone   MaskKind = "phone"
	MaskEmail   MaskKind = "email"
	MaskPayment MaskKind = "payment" // card and account numbers
)

// MaskKinds lists all kinds of personal data in the order of a choice.
func MaskKinds() []MaskKind {
	return []MaskKind{MaskName, MaskAddress, MaskPhone, MaskEmail, MaskPayment}
}
