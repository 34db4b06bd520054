package data

import (
	"cmp"
	"time"
)

// MomentKind says what a moment on a timeline is.
type MomentKind string

// The kinds of moments.
const (
	MomentOrdered    MomentKind = "ordered"
	MomentPaid       MomentKind = "paid"
	MomentShipped    MomentKind = "shipped"
	MomentTracking   MomentKind = "tracking"
	MomentDelivered  MomentKind = "delivered"
	MomentMessage    MomentKind = "message"
	MomentEvidence   MomentKind = "evidence"
	MomentCase       MomentKind = "case" // a case event
	MomentFeedback   MomentKind = "feedback"
	MomentSubmission MomentKind = "submission"
	MomentNote       MomentKind = "note"
	MomentPath       MomentKind = "path" // a guided path that was begun or ended
	MomentDeed       MomentKind = "deed" // what a person wrote down of the order
)

// Moment is one line of a timeline, on which everything about an order or a
// dispute stands together. Only the fields that its kind needs are set.
type Moment struct {
	At        time.Time
	Kind      MomentKind
	Actor     Actor       // who did it; "" when it is nobody's deed
	Text      string      // the words as they were written; never translated
	Said      []Text      // for MomentPath: its title and its steps
	Place     string      // of a scan
	Message   *Message    // for MomentMessage
	Event     *CaseEvent  // for MomentCase
	Evidence  *Evidence   // for MomentEvidence
	Deed      *OrderEvent // for MomentDeed
	Told      Teller      // of a parcel, a scan, or a date of the order: who told it
	DisputeID int64       // for what belongs to a dispute
	Ref       int64       // row id of the entity behind it; 0 for the order itself
	OrderID   int64       // of the order that it belongs to, on a timeline of several
	Order     string      // number of the order that it belongs to, on a timeline of several
}

// TodayKind says why something waits today.
type TodayKind string

// The kinds of waiting things.
const (
	TodayDispute  TodayKind = "dispute"  // a dispute with a due date or waiting for the seller
	TodayRight    TodayKind = "right"    // something that the seller may do in a dispute until a date, and need not
	TodayShip     TodayKind = "ship"     // an order to ship by a date
	TodayFeedback TodayKind = "feedback" // a neutral or negative feedback about which something can be done
	TodayTask     TodayKind = "task"
)

// TodayRow is one thing that waits for somebody.
type TodayRow struct {
	Kind        TodayKind
	ID          int64 // row id of the dispute, order, feedback or task
	OrderID     int64
	DisputeID   int64
	ProductID   int64 // of a task that reminds of the end of its paper
	Platform    Platform
	ShopName    string
	Zone        string
	OrderNumber string
	CaseNumber  string
	BuyerName   string
	Reason      Reason // for a dispute
	Stars       int    // for a feedback
	Text        string // title of a task, text of a feedback
	Amount      Money  // at stake
	Rule        string // of a right: id of its rule in the policy pack
	Pack        string // of a right: the policy pack that a person chose for its dispute
	Title       Text   // of a right or a feedback: what may be done
	Why         Text   // of a feedback: until when, or why there is no date
	Source      Origin // of a feedback: by which rule
	Due         time.Time
	DueSure     string // of a dispute or a feedback: how sure that date is; "unconfirmed" ...
	Evidence    int
	Operator    string    // who made a task; "" for what nobody made
	DoneAt      time.Time // of a task; zero: it is still to be done
}

// Urgency is a rung of the ladder on which due dates stand.
type Urgency string

// The rungs, from the worst.
const (
	UrgencyOverdue Urgency = "overdue"
	UrgencyLastDay Urgency = "last_day" // less than 24 hours
	Urgency72Hours Urgency = "72_hours"
	UrgencyWeek    Urgency = "week" // less than 7 days
	UrgencyLater   Urgency = "later"
	UrgencyNone    Urgency = "none" // no date known
	UrgencyPast    Urgency = "past" // overdue for LongPast or longer
)

// LongPast is how long after its date something is no longer counted among what
// is overdue: a first import brings a year of dates that nobody can meet any more.
const LongPast = 30 * 24 * time.Hour

// UrgencyOf says on which rung a due date stands at now.
func UrgencyOf(due, now time.Time) Urgency {
	left := due.Sub(now)
	switch {
	case due.IsZero():
		return UrgencyNone
	case left <= -LongPast:
		return UrgencyPast
	case left < 0:
		return UrgencyOverdue
	case left < 24*time.Hour:
		return UrgencyLastDay
	case left < 72*time.Hour:
		return Urgency72Hours
	case left < 7*24*time.Hour:
		return UrgencyWeek
	}
	return UrgencyLater
}

// TodayRef is a line of Today without what it shows: enough to order, count and
// narrow a list of any length, whose rows are asked for as they come into view.
type TodayRef struct {
	Kind     TodayKind
	ID       int64 // row id of the dispute, order, feedback or task
	Due      time.Time
	Platform Platform
	Operator string // who made a task
	Minor    int64  // at stake, in the minor unit of whatever currency: for the order alone
}

// Urgency is the rung on which the line stands at now. A task never is long past:
// who made it meant it.
func (r TodayRef) Urgency(now time.Time) Urgency {
	u := UrgencyOf(r.Due, now)
	if u == UrgencyPast && r.Kind == TodayTask {
		return UrgencyOverdue
	}
	return u
}

// Compare orders the lines of Today at now: disputes that are overdue or have
// less than a day left, then the soonest, of two with one date the dearer, then
// what has no date, and last what is long past.
func (r TodayRef) Compare(other TodayRef, now time.Time) int {
	return cmp.Or(cmp.Compare(r.rank(now), other.rank(now)), r.Due.Compare(other.Due), cmp.Compare(other.Minor, r.Minor))
}

func (r TodayRef) rank(now time.Time) int {
	switch u := r.Urgency(now); {
	case r.Kind == TodayDispute && (u == UrgencyOverdue || u == UrgencyLastDay):
		return 0
	case u == UrgencyNone:
		return 2
	case u == UrgencyPast:
		return 3
	}
	return 1
}

// Found is what a search over everything gives, a few of each. More says for
// each group whether there is more than is shown.
type Found struct {
	Orders   []OrderRow
	Disputes []DisputeRow
	Messages []MessageHit
	Feedback []Feedback
	Buyers   []BuyerRow // by name, account, e-mail or phone, of the newest orders that were found
	More     struct{ Orders, Disputes, Messages, Feedback bool }
}

// FoundGroup is one of the groups in which a search over everything finds.
type FoundGroup string

// The groups of a search, in the order in which they are shown.
const (
	FoundOrders   FoundGroup = "orders"
	FoundBuyers   FoundGroup = "buyers"
	FoundDisputes FoundGroup = "disputes"
	FoundMessages FoundGroup = "messages"
	FoundFeedback FoundGroup = "feedback"
)

// FoundGroups lists all groups in their order.
func FoundGroups() []FoundGroup {
	return []FoundGroup{FoundOrders, FoundBuyers, FoundDisputes, FoundMessages, FoundFeedback}
}

// A FoundTotal is how many a group of a search has; More: so many and more.
type FoundTotal struct {
	N    int
	More bool
}

// MessageHit is a message that a search found.
type MessageHit struct {
	MessageID   int64
	OrderID     int64
	OrderNumber string
	ShopName    string
	SentAt      time.Time
	Snippet     string // about 80 characters around the first word found
}

// Stats are the counts of the status line.
type Stats struct {
	Shops, Orders, OpenDisputes, NewFeedback int
	LastImport                               time.Time // zero: none yet
}
