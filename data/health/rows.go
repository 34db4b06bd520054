package health

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

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
