package data

import "time"

// PathRun is a guided path that is walked for an order, or was.
type PathRun struct {
	ID        int64      `json:"-"`
	UID       string     `json:"uid"` // UUIDv7
	OrderID   int64      `json:"-"`
	DisputeID int64      `json:"-"` // 0: it was not begun from a dispute
	Path      string     `json:"path"`
	Edition   string     `json:"edition,omitempty"` // of the path's data when it was begun
	Wish      string     `json:"wish,omitempty"`    // id of what the buyer wants; "" not asked yet
	Steps     PathSteps  `json:"steps,omitzero"`
	StartedAt time.Time  `json:"started_at"`
	Operator  string     `json:"operator,omitempty"`
	EndedAt   time.Time  `json:"ended_at,omitzero"` // zero: it is being walked
	Ending    PathEnding `json:"ending,omitzero"`
	BinnedAt  time.Time  `json:"binned_at,omitzero"`
}

// PathSteps are the answers of a path in their order, and the costs that a
// person wrote down for this order alone.
type PathSteps struct {
	Answers []PathAnswer     `json:"answers,omitempty"`
	Costs   map[string]Money `json:"costs,omitempty"` // by kind of cost
}

// IsZero reports whether nothing was answered.
func (s PathSteps) IsZero() bool { return len(s.Answers) == 0 && len(s.Costs) == 0 }

// PathAnswer is one answer on a path.
type PathAnswer struct {
	Step   string    `json:"step"`
	Answer string    `json:"answer"`
	Fact   string    `json:"fact,omitempty"` // what the order's facts said then; "" they said nothing
	By     string    `json:"by,omitempty"`   // operator; "" the order's facts alone
	At     time.Time `json:"at"`
	Why    Text      `json:"why,omitzero"` // what the facts stood on then
}

// PathEnding says what a path led to. Each UID is "" where nothing of the kind
// was made.
type PathEnding struct {
	End       string `json:"end"`                 // id of the ending
	Template  string `json:"template,omitempty"`  // of the reply that was begun
	Task      string `json:"task,omitempty"`      // UID
	Complaint string `json:"complaint,omitempty"` // UID
	Dispute   string `json:"dispute,omitempty"`   // UID
}
