package health

import (
	"cmp"
	"slices"
)

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
