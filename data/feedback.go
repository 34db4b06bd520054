package data

import "time"

// FeedbackState is what became of a feedback.
type FeedbackState string

// The states of a feedback.
const (
	FeedbackNew        FeedbackState = "new"
	FeedbackReplied    FeedbackState = "replied"
	FeedbackRevision   FeedbackState = "revision_requested"
	FeedbackRevised    FeedbackState = "revised"
	FeedbackComplained FeedbackState = "complained" // reported to the platform
	FeedbackRemoved    FeedbackState = "removed"
	FeedbackDone       FeedbackState = "done"
)

// FeedbackStates lists all states in the order in which a choice shows them.
func FeedbackStates() []FeedbackState {
	return []FeedbackState{
		FeedbackNew, FeedbackReplied, FeedbackRevision, FeedbackRevised, FeedbackComplained, FeedbackRemoved, FeedbackDone,
	}
}

// Tone sorts stars as AliExpress defines them: 5 and 4 positive, 3 neutral,
// 2 and 1 negative.
func Tone(stars int) string {
	switch {
	case stars >= 4:
		return "positive"
	case stars == 3:
		return "neutral"
	}
	return "negative"
}

// Feedback is what a buyer wrote in public about an order.
type Feedback struct {
	ID          int64         `json:"-"`
	UID         string        `json:"uid"` // the platform's id, or a UUIDv7
	Shop        Shop          `json:"shop"`
	OrderID     int64         `json:"-"`            // 0: the order is not in this desk
	OrderNumber string        `json:"order_number"` // as the file or the operator gave it
	BuyerHandle string        `json:"buyer_handle,omitempty"`
	Stars       int           `json:"stars"` // 1 to 5
	Text        string        `json:"text,omitempty"`
	Language    string        `json:"language,omitempty"`
	State       FeedbackState `json:"state"`
	LeftAt      time.Time     `json:"left_at"`
	Reply       string        `json:"reply,omitempty"`
	RepliedAt   time.Time     `json:"replied_at,omitzero"`
	Cause       string        `json:"cause,omitempty"` // the seller's class of what went wrong, or of what was praised
	BinnedAt    time.Time     `json:"binned_at,omitzero"`

	Details    map[string]int   `json:"details,omitempty"`    // detailed ratings by their name, one of DetailNames or the platform's; 1 to 5
	Translated Translation      `json:"translation,omitzero"` // of Text
	Given      bool             `json:"given,omitempty"`      // left by the seller for the buyer
	Product    string           `json:"product,omitempty"`    // SKU, else title, of what it is about; "": the order's
	SettledAt  time.Time        `json:"settled_at,omitzero"`  // the matter behind it was settled with the buyer
	RevisionAt time.Time        `json:"revision_at,omitzero"` // the buyer was asked to revise it
	RevisedAt  time.Time        `json:"revised_at,omitzero"`  // the stars changed last
	Complained Complained       `json:"complained,omitzero"`
	RemovedAt  time.Time        `json:"removed_at,omitzero"` // the platform removed it
	Changes    []FeedbackChange `json:"changes,omitempty"`   // what it was before, oldest first
}

// Complained is a report of a feedback to the platform.
type Complained struct {
	At      time.Time       `json:"at,omitzero"`
	Ground  ComplaintGround `json:"ground,omitempty"`
	Outcome string          `json:"outcome,omitempty"` // "removed", "kept"; "": not known yet
}

// ComplaintGround is for what a feedback is reported to the platform.
type ComplaintGround string

// The grounds (AliExpress: help page on feedback, seed document 001, 7.4).
const (
	GroundIrrelevant ComplaintGround = "irrelevant"
	GroundAbusive    ComplaintGround = "abusive"
	GroundPrivate    ComplaintGround = "private_data"
	GroundCompetitor ComplaintGround = "competitor"
	GroundExtortion  ComplaintGround = "extortion"
	GroundOther      ComplaintGround = "other"
)

// ComplaintGrounds lists them in the order in which a choice shows them.
func ComplaintGrounds() []ComplaintGround {
	return []ComplaintGround{GroundIrrelevant, GroundAbusive, GroundPrivate, GroundCompetitor, GroundExtortion, GroundOther}
}

// FeedbackChange is what a feedback was before the buyer changed it.
type FeedbackChange struct {
	At    time.Time `json:"at"` // when it changed, or when that was seen
	Stars int       `json:"stars"`
	Text  string    `json:"text,omitempty"`
}

// SameGoods tells whether two feedback of an order may be about the same product: a
// buyer rates each once.
func SameGoods(a, b *Feedback) bool {
	return a.Product == b.Product || a.Product == "" || b.Product == ""
}

// FeedbackCauses lists what a feedback can be put down to, blame and praise alike;
// a seller adds own ones.
func FeedbackCauses() []string {
	return []string{
		"picture", "quality", "damaged", "wrong_item", "size", "missing", "delivery_time", "packing", "extra_duty", "extra_charge", "price", "communication", "other",
	}
}

// FeedbackTrend counts the feedback of one cause, product or carrier.
type FeedbackTrend struct {
	Key      string `json:"key"`             // cause, SKU or title, or carrier; "" where none is known
	Title    string `json:"title,omitempty"` // of a product
	Positive int    `json:"positive"`
	Neutral  int    `json:"neutral"`
	Negative int    `json:"negative"`
}

// All is how many it counts.
func (t FeedbackTrend) All() int { return t.Positive + t.Neutral + t.Negative }

// DetailAverage is the mean of a detailed rating.
type DetailAverage struct {
	Name string  `json:"name"`
	Mean float64 `json:"mean"`
	N    int     `json:"n"`
}

// DetailNames lists the detailed ratings of AliExpress and eBay.
func DetailNames() []string {
	return []string{"description", "communication", "shipping_time", "shipping_cost"}
}

// FeedbackSort names a sortable column of the feedback table.
type FeedbackSort string

// The sortable columns; each has an index.
const (
	FeedbackByLeft  FeedbackSort = "left"
	FeedbackByStars FeedbackSort = "stars"
	FeedbackByState FeedbackSort = "state"
	FeedbackByShop  FeedbackSort = "shop"
	FeedbackByOrder FeedbackSort = "order"
)

// FeedbackQuery says which feedback, in which order. The zero query is all
// that is not in the bin, newest first.
type FeedbackQuery struct {
	Search    string
	ShopID    int64
	OrderID   int64
	Given     bool   // left by the seller for buyers, instead of received
	Both      bool   // received and given
	Tone      string // "positive", "neutral", "negative"; "": all
	State     FeedbackState
	Cause     string
	Since     time.Time    // left at or after it; zero: any time
	Until     time.Time    // left before it
	NoOrder   bool         // whose order is not in the desk alone
	Sort      FeedbackSort // "" means FeedbackByLeft
	Ascending bool
}

// Waits reports whether a feedback that is not positive waits for an answer.
func (f *Feedback) Waits() bool {
	return !f.Given && f.State == FeedbackNew && Tone(f.Stars) != "positive" && f.RepliedAt.IsZero()
}

// MoveOn gives it a state, where it is in one of some others: what a person chose
// otherwise stays.
func (f *Feedback) MoveOn(to FeedbackState, from ...FeedbackState) {
	for _, s := range from {
		if f.State == s {
			f.State = to
			return
		}
	}
}

// Revised is the feedback after the buyer changed it; what it was is kept.
func (f Feedback) Revised(stars int, text string, at time.Time) Feedback {
	f.Changes = append(append([]FeedbackChange(nil), f.Changes...), FeedbackChange{At: at, Stars: f.Stars, Text: f.Text})
	f.Stars, f.Text, f.RevisedAt = stars, text, at
	f.MoveOn(FeedbackRevised, FeedbackNew, FeedbackReplied, FeedbackRevision, FeedbackComplained)
	return f
}
