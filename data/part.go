package data

import (
	"cmp"
	"slices"
	"strings"
)

// A Part is an amount that a platform tells row by row, and of which an order's
// total or refund is the sum. It is kept so that an order that stands in several
// files, in whatever order they come, has one total.
type Part struct {
	Source   string `json:"source"`             // the kind of file: the preset's id. Rows of two kinds are never added up
	Refund   bool   `json:"refund,omitempty"`   // it went back to the buyer; below zero: it came back to the shop
	Key      string `json:"key"`                // names the row among those of its order and source
	Item     string `json:"item,omitempty"`     // the item's ExternalID
	Quantity int64  `json:"quantity,omitempty"` // of the item in this row
	Amount   Money  `json:"amount"`

	Status OrderStatus `json:"status,omitempty"` // where this row's units stand; "" where the row does not say
}

func (p Part) same(other Part) bool {
	return p.Source == other.Source && p.Refund == other.Refund && p.Key == other.Key
}

// AddPart takes a part in the place of the one with its key, or as a new one.
// Parts are kept in one order, whatever the order in which they come.
func (o *Order) AddPart(p Part) {
	i := slices.IndexFunc(o.Parts, p.same)
	if i >= 0 {
		o.Parts[i] = p
		return
	}
	o.Parts = append(o.Parts, p)
	slices.SortStableFunc(o.Parts, func(a, b Part) int {
		if a.Refund != b.Refund {
			if a.Refund {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Key, b.Key))
	})
}

// OffParts tells which kinds of files have units that were canceled beside others
// that were not: only there does a canceled unit leave the total and the items.
func (o *Order) OffParts() func(Part) bool {
	live := map[string]bool{}
	for _, p := range o.Parts {
		if !p.Refund && p.Status != StatusCanceled {
			live[p.Source] = true
		}
	}
	return func(p Part) bool { return !p.Refund && p.Status == StatusCanceled && live[p.Source] }
}

// PartsTotal is the sum of the rows of the kind of file that tells most of the
// order; zero where no file told it row by row.
func (o *Order) PartsTotal() Money {
	var most Money
	for _, sum := range o.partSums() {
		if most.IsZero() || sum.Minor > most.Minor {
			most = sum
		}
	}
	return most
}

// partSums gives the sum of each kind of file.
func (o *Order) partSums() map[string]Money {
	sums, off := map[string]Money{}, o.OffParts()
	for _, p := range o.Parts {
		if p.Refund || p.Amount.IsZero() || off(p) {
			continue
		}
		if sum, err := sums[p.Source].Add(p.Amount); err == nil {
			sums[p.Source] = sum
		}
	}
	return sums
}

// PartsDiffer reports whether two kinds of files add up to two totals.
func (o *Order) PartsDiffer() bool {
	var one Money
	for _, sum := range o.partSums() {
		if !one.IsZero() && sum != one {
			return true
		}
		one = sum
	}
	return false
}

// PartsRefunded is the sum of the refunds that files tell row by row; zero where
// they tell none. A refund with a number of its own counts once, whatever kinds
// of files tell it. Of those that only the text of their row names, the kind of
// file counts that tells most, since two kinds may tell the same.
func (o *Order) PartsRefunded() Money {
	numbered, texts := Money{}, map[string]Money{}
	counted := map[string]bool{}
	for _, p := range o.Parts {
		switch {
		case !p.Refund:
		case strings.Contains(p.Key, rowBreak):
			texts[p.Source] = addRefund(texts[p.Source], p.Amount)
		case !counted[p.Key]:
			counted[p.Key] = true
			numbered = addRefund(numbered, p.Amount)
		}
	}
	most := numbered
	for _, sum := range texts {
		if most.IsZero() || sum.Currency == most.Currency && sum.Minor > most.Minor {
			most = sum
		}
	}
	return most
}

// rowBreak stands between the cells of a row in a key that is the row's text.
const rowBreak = "\x1f"

// addRefund keeps the currency of what adds up to nothing.
func addRefund(sum, next Money) Money {
	if added, err := sum.Add(next); err == nil {
		sum = added
		sum.Currency = next.Currency
	}
	return sum
}

// FullyRefunded reports whether all that was paid has gone back.
func (o *Order) FullyRefunded() bool {
	return o.Total.Minor > 0 && o.Total.Currency == o.Refunded.Currency && o.Refunded.Minor >= o.Total.Minor
}

// StatusByDates is where a paid order stands by what has happened to its goods.
func (o *Order) StatusByDates() OrderStatus {
	switch {
	case !o.DeliveredAt.IsZero():
		return StatusDelivered
	case !o.ShippedAt.IsZero():
		return StatusShipped
	}
	return StatusToShip
}

// stages ranks the statuses of an order that goes its way.
var stages = []OrderStatus{StatusUnpaid, StatusReview, StatusToShip, StatusShipped, StatusDelivered, StatusCompleted}

// nearness ranks what the rows of one order say: the first that any of them says
// is the order's. The unit that is least far decides what is to be done, and one
// that was canceled or refunded says nothing of the others.
var nearness = []OrderStatus{
	StatusDisputed, StatusUnknown, StatusUnpaid, StatusReview, StatusToShip, StatusShipped, StatusDelivered, StatusCompleted, StatusRefunded, StatusCanceled,
}

// Nearer reports whether a status of one unit of an order counts for the order
// before that of another unit. "" counts after all.
func (s OrderStatus) Nearer(other OrderStatus) bool {
	a, b := slices.Index(nearness, s), slices.Index(nearness, other)
	return a >= 0 && (b < 0 || a < b)
}

// TellsSome reports whether told tells of some units alone of an order that stands
// where its units do: the order knows others from the same kind of file.
func (o *Order) TellsSome(told *Order) bool {
	i := slices.IndexFunc(told.Parts, Part.unit)
	if i < 0 || o.UnitsStatus(told.Parts[i].Source) != o.Status {
		return false
	}
	return slices.ContainsFunc(o.Parts, func(p Part) bool {
		return p.unit() && p.Source == told.Parts[i].Source && !slices.ContainsFunc(told.Parts, p.same)
	})
}

func (p Part) unit() bool { return !p.Refund && p.Status != "" }

// UnitsStatus is where an order stands by its units together, as one kind of file
// tells them; "" where none says.
func (o *Order) UnitsStatus(source string) (is OrderStatus) {
	for _, p := range o.Parts {
		if p.unit() && p.Source == source && p.Status.Nearer(is) {
			is = p.Status
		}
	}
	return is
}

// UnitsGoBack reports whether a unit that told tells of goes back from where the
// order knows it.
func (o *Order) UnitsGoBack(told *Order) bool {
	return slices.ContainsFunc(told.Parts, func(p Part) bool {
		i := slices.IndexFunc(o.Parts, p.same)
		return i >= 0 && p.unit() && o.Parts[i].Status.GoesBack(p.Status)
	})
}

// GoesBack reports whether a status that follows another undoes what has
// happened: shipped goods are to be shipped, a canceled order lives again.
func (s OrderStatus) GoesBack(next OrderStatus) bool {
	from, to := slices.Index(stages, s), slices.Index(stages, next)
	switch s {
	case StatusCanceled, StatusRefunded:
		return to >= 0 || next == StatusDisputed
	case StatusDisputed:
		return to >= 0 && next != StatusCompleted
	}
	return from >= 0 && to >= 0 && to < from
}
