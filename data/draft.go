package data

import "time"

// ReplyAbout says what a reply is about: an order, a dispute of it, the feedback
// that is answered in public, or, all zero, a question before any order.
type ReplyAbout struct {
	OrderID    int64
	DisputeID  int64
	FeedbackID int64
}

// A ReplyDraft is a reply that is being written. There is one for each thing that
// it is about, so that what was typed for one buyer stays with that buyer. One
// that was copied waits until it is said to be sent.
type ReplyDraft struct {
	ReplyAbout `json:"-"`
	ID         int64             `json:"-"`
	UID        string            `json:"uid"`                // UUIDv7
	Template   string            `json:"template,omitempty"` // UID
	Variant    string            `json:"variant,omitempty"`  // UID; "" lets the language choose
	Language   string            `json:"language,omitempty"` // as chosen by hand; "" as the buyer reads
	Text       string            `json:"text,omitempty"`     // as it was changed by hand; "" as the template gives it
	Fields     map[string]string `json:"fields,omitempty"`   // values typed for variables
	Passed     []PassedFinding   `json:"passed,omitempty"`
	UpdatedAt  time.Time         `json:"updated_at,omitzero"`
	UpdatedBy  string            `json:"updated_by,omitempty"`
	CopiedAt   time.Time         `json:"copied_at,omitzero"`    // zero: not copied
	CopiedText string            `json:"copied_text,omitempty"` // what was copied, whatever was typed since
	CopiedIn   string            `json:"copied_in,omitempty"`   // its language
}

// IsEmpty reports whether nothing was chosen or typed.
func (d *ReplyDraft) IsEmpty() bool {
	return d.Template == "" && d.Variant == "" && d.Language == "" && d.Text == "" && len(d.Fields) == 0 && len(d.Passed) == 0 && d.CopiedAt.IsZero()
}
