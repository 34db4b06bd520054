package data

import (
	"slices"
	"time"
)

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
