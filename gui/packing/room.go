// Package packing is the packing table: a scan finds the order, its units are ticked
// off, its proof is taken, and it is marked as shipped.
//
// Its one rule: a picture goes to the order that it names; where nothing names one, a
// person is asked, or the order on the table is meant.
package packing

import (
	"context"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/show"
)

// Desk is what the packing table asks of a desk.
type Desk interface {
	show.ShipDesk
	Packing(ctx context.Context, orderID int64) (desk.PackView, error)
	FindPacking(ctx context.Context, scanned string) (desk.PackFound, error)
	AddPacking(ctx context.Context, orderID int64, slot string, files []desk.EvidenceFile, p desk.Progress) (desk.EvidenceReport, error)
	PlacePictures(ctx context.Context, paths []string, spans []desk.PackSpan, p desk.Progress) ([]desk.PlacedPicture, error)
	WeighParcel(ctx context.Context, orderID int64, tracking string, grams int64) error
	OrderFirst(ctx context.Context, q data.OrderQuery, limit int) ([]data.OrderRow, error)
	OrderRows(ctx context.Context, ids []int32) ([]data.OrderRow, error)
}

// Room is the packing table.
type Room struct {
	*show.Env
	desk Desk
	at   *table // nil while no session is open
}

// New makes the room.
func New(shared *show.Env, d Desk) *Room { return &Room{Env: shared, desk: d} }

// Open begins a session; with an order, that is on the table at once.
func (r *Room) Open(orderID int64) {
	if r.at == nil {
		r.at = newTable(r)
	}
	if orderID != 0 {
		r.at.open(orderID)
	}
}

// Take takes files that were dropped while a session is open on top, or that a
// watched folder found, and reports whether it did.
func (r *Room) Take(paths []string, source string) bool {
	if r.at == nil || r.at.covered() {
		return false
	}
	r.at.take(paths, source)
	return true
}

// Paste takes what is on the clipboard while a session is open on top.
func (r *Room) Paste() {
	if r.at != nil && !r.at.covered() {
		r.at.paste("")
	}
}

// Changed loads the order on the table anew when it changed.
func (r *Room) Changed(events []data.ChangeEvent) {
	if r.at != nil && r.at.id != 0 && show.Touched(events, data.RowRef{Entity: data.EntityOrder, ID: r.at.id}) {
		r.at.load(false)
	}
}

// span is when an order lay on the table; an open one ends now.
type span struct {
	id       int64
	from, to time.Time
}

func (t *table) spans() []desk.PackSpan {
	all := make([]desk.PackSpan, 0, len(t.past))
	for _, s := range t.past {
		to := s.to
		if to.IsZero() {
			to = t.UI.Now()
		}
		all = append(all, desk.PackSpan{OrderID: s.id, From: s.from, To: to})
	}
	return all
}
