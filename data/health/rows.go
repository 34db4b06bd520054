package health

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"casebinder/data"
)

// Moment is a time in UTC milliseconds. 0: it did not happen, or nobody told.
type Moment int64

// At gives a time as a Moment; the zero time is 0.
func At(t time.Time) Moment {
	if t.IsZero() {
		return 0
	}
	return Moment(t.UnixMilli())
}

// Time gives it back, in UTC.
func (m Moment) Time() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(m)).UTC()
}

const (
	minute = Moment(time.Minute / time.Millisecond)
	hour   = 60 * minute
)

// by reports whether something happened until a limit. Platforms name limits to
// the minute ("23:59"), so the limit's minute belongs to it.
func (m Moment) by(limit Moment) bool {
	return m != 0 && m < limit-limit%minute+minute
}

// Kind says what a row is.
type Kind string

// The kinds of rows.
const (
	KindOrder    Kind = "order"
	KindDispute  Kind = "dispute"
	KindFeedback Kind = "feedback"
	KindShipment Kind = "shipment"
	KindThread   Kind = "thread"
	KindCardItem Kind = "card_item"
)

// Ref names a row: the id that it has in the desk, or in the file of rows.
type Ref struct {
	Kind Kind
	ID   int64
}

// Rows are what the numbers of one shop are computed from. Orders are in the
// order of their ids; what hangs on an order is in the order of the orders' ids.
type Rows struct {
	Orders    []Order
	Disputes  []Dispute
	Feedback  []Feedback // rows without an order first
	Shipments []Shipment
	Threads   []Thread
	CardItems []CardItem
	Zone      *time.Location // whose days count where a rule names no zone of its own; nil: UTC

	memo *memo
}

// memo keeps what several numbers ask of the same rows.
type memo struct {
	mu   sync.Mutex
	sold map[[2]Moment]int64
}

// Remember has rows keep what several numbers ask for, until some are replaced. They
// may then be measured by several goroutines at once.
func (r *Rows) Remember() { r.memo = &memo{sold: map[[2]Moment]int64{}} }

// sold counts the orders of a time.
func (r *Rows) sold(from, to Moment) int64 {
	if r.memo == nil {
		return r.soldIn(from, to)
	}
	r.memo.mu.Lock()
	defer r.memo.mu.Unlock()
	n, known := r.memo.sold[[2]Moment{from, to}]
	if !known {
		n = r.soldIn(from, to)
		r.memo.sold[[2]Moment{from, to}] = n
	}
	return n
}

func (r *Rows) soldIn(from, to Moment) (n int64) {
	for i := range r.Orders {
		if o := &r.Orders[i]; o.OrderedAt >= from && o.OrderedAt < to {
			n += o.times()
		}
	}
	return n
}

// Sort brings the rows into their order.
func (r *Rows) Sort() {
	slices.SortFunc(r.Orders, func(a, b Order) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(r.Disputes, func(a, b Dispute) int { return cmp.Compare(a.Order, b.Order) })
	slices.SortStableFunc(r.Feedback, func(a, b Feedback) int { return cmp.Compare(a.Order, b.Order) })
	slices.SortStableFunc(r.Shipments, func(a, b Shipment) int { return cmp.Compare(a.Order, b.Order) })
}

// Replace puts the rows of some orders in the place of those that were there. ids
// are all that are replaced, in their order; ours tells which of them the shop has.
func (r *Rows) Replace(ids []int64, with *Rows, ours func(order int64) bool) {
	if r.memo != nil {
		r.Remember()
	}
	r.Orders = replace(r.Orders, with.Orders, ids, func(o *Order) int64 { return o.ID }, ours)
	r.Disputes = replace(r.Disputes, with.Disputes, ids, func(d *Dispute) int64 { return d.Order }, ours)
	r.Feedback = replace(r.Feedback, with.Feedback, ids, func(f *Feedback) int64 { return f.Order }, ours)
	r.Shipments = replace(r.Shipments, with.Shipments, ids, func(s *Shipment) int64 { return s.Order }, ours)
	r.Threads = replace(r.Threads, with.Threads, ids, func(t *Thread) int64 { return t.ID }, ours)
}

// ReplaceLoose puts feedback that hangs on no order in the place of what was there. It
// gives the ids of what is there no more: it may hang on an order now.
func (r *Rows) ReplaceLoose(with []Feedback) (gone []int64) {
	if r.memo != nil {
		r.Remember()
	}
	end, _ := slices.BinarySearchFunc(r.Feedback, 1, func(f Feedback, order int64) int { return cmp.Compare(f.Order, order) })
	there := make(map[int64]bool, len(with))
	for i := range with {
		there[with[i].ID] = true
	}
	for i := range r.Feedback[:end] {
		if id := r.Feedback[i].ID; !there[id] {
			gone = append(gone, id)
		}
	}
	r.Feedback = slices.Replace(r.Feedback, 0, end, with...)
	return gone
}

func replace[T any](rows, with []T, ids []int64, order func(*T) int64, ours func(int64) bool) []T {
	var edits []edit[T]
	come := run[T]{rows: with, order: order}
	for _, id := range ids {
		e := edit[T]{come: come.of(id)}
		if !ours(id) {
			e.come = nil
		}
		e.from, _ = slices.BinarySearchFunc(rows, id, func(row T, id int64) int { return cmp.Compare(order(&row), id) })
		for e.to = e.from; e.to < len(rows) && order(&rows[e.to]) == id; {
			e.to++
		}
		if len(e.come) == e.to-e.from {
			copy(rows[e.from:e.to], e.come)
		} else {
			edits = append(edits, e)
		}
	}
	return spliced(rows, edits)
}

// An edit puts rows in the place of others.
type edit[T any] struct {
	from, to int
	come     []T
}

// spliced carries out edits, which are in their order. First what goes is closed up,
// then what comes is put in from behind: no row moves more than twice, however many
// edits there are.
func spliced[T any](rows []T, edits []edit[T]) []T {
	if len(edits) == 0 {
		return rows
	}
	left, more := rows[:edits[0].from], 0
	for i := range edits {
		next := len(rows)
		if i+1 < len(edits) {
			next = edits[i+1].from
		}
		gone := edits[i].to
		edits[i].from = len(left)
		left = append(left, rows[gone:next]...)
		more += len(edits[i].come)
	}
	clear(rows[len(left):])
	end := len(left)
	out := slices.Grow(left, more)[:end+more]
	to := len(out)
	for _, e := range slices.Backward(edits) {
		to -= end - e.from
		copy(out[to:], out[e.from:end])
		to -= len(e.come)
		copy(out[to:], e.come)
		end = e.from
	}
	return out
}

// A run gives the rows that hang on one order after the other.
type run[T any] struct {
	rows  []T
	order func(*T) int64
	at    int
}

// of gives the rows of an order; orders are asked for in the order of their ids.
func (r *run[T]) of(id int64) []T {
	for r.at < len(r.rows) && r.order(&r.rows[r.at]) < id {
		r.at++
	}
	end := r.at
	for end < len(r.rows) && r.order(&r.rows[end]) == id {
		end++
	}
	return r.rows[r.at:end]
}

// Party is who did something to an order.
type Party uint8

// The parties.
const (
	PartyUnknown Party = iota
	PartyBuyer
	PartySeller
	PartyPlatform
)

// Fault says whose matter the reason of a cancellation or return is.
type Fault uint8

// The faults. FaultUnknown is a reason that nobody told.
const (
	FaultUnknown Fault = iota
	FaultSeller
	FaultBuyer
	FaultNobody // told, and neither's: a delivery that failed, a check of the platform's
)

// Order is an order as the numbers need it. It is small: a shop may have a
// million of them.
type Order struct {
	ID    int64
	Times int64 // how many orders alike it stands for; 0 counts as 1

	OrderedAt   Moment
	PaidAt      Moment
	ShipBy      Moment
	ShippedAt   Moment
	DeliverBy   Moment
	DeliveredAt Moment
	HandedOver  Moment // to the carrier, where that is told apart from ShippedAt
	FirstScan   Moment // of its parcels
	Uploaded    Moment // when the tracking number was given to the platform
	ConfirmedAt Moment // the buyer confirmed receipt
	TimedOutAt  Moment // receipt was confirmed by time-out
	CanceledAt  Moment
	RefundedAt  Moment

	Total     int64 // minor units of the currency; -1: not known
	Buyer     int64 // 0: not known
	Items     int32 // 0 counts as 1
	Canceled  int32 // items of them
	Currency  Code
	Country   Code // where it goes, ISO 3166-1
	State     State
	Party     Party // who canceled
	Cause     Fault // of the cancellation
	Returned  Fault // of the return or refund
	Elsewhere bool  // the platform or its warehouse ships it, not the seller
	Assumed   bool  // nobody told when it was confirmed: the day of its delivery is taken
	Says      Answer
	Valid     Answer // whether its tracking was confirmed by the carrier
}

// Code is the code of a currency or a country; the empty one is not known.
type Code [3]byte

// CodeOf gives a code for its letters; longer words give none.
func CodeOf(s string) Code {
	var c Code
	if len(s) <= len(c) {
		copy(c[:], s)
	}
	return c
}

// String gives the letters.
func (c Code) String() string { return strings.TrimRight(string(c[:]), "\x00") }

// State is what of an order's status the numbers ask for.
type State uint8

// The states.
const (
	StateOther State = iota
	StateUnpaid
	StateToShip
	StateShipped
	StateCompleted // delivered, and done for the platform
	StateRefunded
	StateCanceled
	StateDisputed // by the order's own word; whether the desk has the dispute, its rows tell
)

// StateOf is the state of a status.
func StateOf(s data.OrderStatus) State {
	switch s {
	case data.StatusUnpaid:
		return StateUnpaid
	case data.StatusReview, data.StatusToShip:
		return StateToShip
	case data.StatusShipped, data.StatusDelivered:
		return StateShipped
	case data.StatusCompleted:
		return StateCompleted
	case data.StatusRefunded:
		return StateRefunded
	case data.StatusCanceled:
		return StateCanceled
	case data.StatusDisputed:
		return StateDisputed
	}
	return StateOther
}

// Answer is yes, no, or nothing.
type Answer uint8

// The answers. Of a buyer's word on the delivery, Yes is "on time".
const (
	NoAnswer Answer = iota
	Yes
	No
	Untold // it could be known, and nobody told: such a row is left out
)

func (o *Order) times() int64 { return max(1, o.Times) }

func (o *Order) canceled() bool { return o.State == StateCanceled || o.CanceledAt != 0 }

// canceledBySeller reports a cancellation that is held against the seller, a
// platform's own for a missed date among them.
func (o *Order) canceledBySeller() bool { return o.canceled() && o.sellersFault() }

func (o *Order) sellersFault() bool {
	switch o.Party {
	case PartySeller:
		return o.Cause != FaultBuyer
	case PartyPlatform:
		return o.Cause != FaultBuyer && o.Cause != FaultNobody
	}
	return false
}

// canceledByBuyer reports one that is not, before the order was shipped.
func (o *Order) canceledByBuyer() bool {
	return o.canceled() && o.ShippedAt == 0 && (o.Party == PartyBuyer || o.Cause == FaultBuyer)
}

// canceledLate reports a cancellation after the date on which the order was to leave.
func (o *Order) canceledLate() bool {
	if o.CanceledAt == 0 {
		return o.canceledBySeller() && o.Party == PartyPlatform
	}
	return !o.CanceledAt.by(o.ShipBy)
}

// Dispute is a case about an order.
type Dispute struct {
	ID       int64
	Order    int64
	Reason   data.Reason
	Way      Way
	Outcome  string // one of data.Outcomes, or ""
	Liable   string // one of data.Liables, or ""
	Amount   int64  // minor units; -1: not known
	Currency Code
	Return   bool    // goods go back, or are asked back
	Card     string  // of a chargeback: the card's network; "" not known
	Refunder string  // who paid the refund: "seller", "platform", or ""
	Closed   Answer  // whether the platform closed it without the seller's solution
	Events   []Event // in the order in which they happened
}

// Way is by which door a dispute came.
type Way uint8

// The ways.
const (
	WayPlatform   Way = iota // the platform's own
	WayChargeback            // the card's issuer, or the bank
	WayReturn                // a return request: no dispute yet
)

// Event is what happened in a dispute.
type Event struct {
	Kind   data.EventKind
	At     Moment
	Actor  data.Actor
	Undone bool // a correction says that it did not happen
}

// Feedback is a rating.
type Feedback struct {
	ID      int64
	Times   int64
	Order   int64 // 0: not known
	Buyer   int64
	Stars   int // 1 to 5, those that stand
	LeftAt  Moment
	Removed Moment
	Before  []Stood // what it was before its buyer changed it, in the order of time
}

// Stood are stars that stood until a moment.
type Stood struct {
	Until Moment
	Stars int
}

// at gives the stars that stood at a moment.
func (f *Feedback) at(m Moment) int {
	for _, b := range f.Before {
		if m < b.Until {
			return b.Stars
		}
	}
	return f.Stars
}

// Shipment is one parcel.
type Shipment struct {
	ID          int64
	Times       int64
	Order       int64
	Units       int64 // pieces in it; 0 counts as 1
	Tracked     bool
	Carrier     bool // the carrier is named
	Confirmed   bool // told to the platform as shipped
	Exempt      bool // of a service that needs no tracking
	Elsewhere   bool
	Untold      bool // it has a number, and nobody told of a scan or delivery
	ShippedAt   Moment
	DeliverBy   Moment
	FirstScan   Moment
	AttemptedAt Moment
	DeliveredAt Moment
}

// Thread is a buyer's question with its answer.
type Thread struct {
	ID       int64
	Times    int64
	First    Moment // the first message
	Answered Moment // 0: not yet
}

// CardItem is something that a card network counts.
type CardItem struct {
	ID       int64
	Times    int64
	Kind     CardKind
	At       Moment
	Card     string // "visa", "mastercard" ...
	Resolved string // "rdr", "ce3", or "": how it was settled before it counted
}

// CardKind is what a card item is.
type CardKind string

// The kinds of card items.
const (
	CardSettled CardKind = "settled"     // a sale
	CardAbsent  CardKind = "settled_cnp" // a sale without the card present
	CardFraud   CardKind = "fraud"       // a report of fraud (TC40)
	CardDispute CardKind = "dispute"     // a chargeback (TC15)
	CardInquiry CardKind = "inquiry"     // a request for information: no chargeback yet
)
