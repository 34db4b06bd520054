package kit

import (
	"context"
	"errors"
	"slices"
)

// How many rows are fetched at once and held.
const (
	firstRows = 60
	fetchPad  = 40
	holdRows  = 3000
	holdPad   = 800
)

// feed brings rows to a table: first some, then all ids, then what is seen.
type feed[R any] struct {
	table   *Table[R]
	loader  Loader // ids
	pages   Loader // rows
	fetches [2]int // the range that pages is asking for; empty when none
	head    []line[R]
	ids     []int32 // nil until known
	cache   map[int32]line[R]
	rows    rowsOf[R] // brings rows by their ids, as of the last load
	err     error
	loading bool
	seeking bool // the selected row is to be scrolled to when the ids come
}

// rowsOf brings rows by their ids, in any order.
type rowsOf[R any] func(ctx context.Context, ids []int32) ([]R, error)

// line is a row with its cells as they are written.
type line[R any] struct {
	row   R
	cells []cell
	gone  bool // its id is listed, but the row is not there any more
}

type cell struct {
	text, tip string
	role      Role
}

// format writes a row's cells. It runs beside the main goroutine.
func format[R any](columns []Column[R], row R) line[R] {
	l := line[R]{row: row, cells: make([]cell, len(columns))}
	for i, c := range columns {
		l.cells[i].text = oneLine(c.Text(row))
		if c.Tip != nil {
			l.cells[i].tip = c.Tip(row)
		}
		if c.Role != nil {
			l.cells[i].role = c.Role(row)
		}
	}
	return l
}

// size is how many rows are known.
func (f *feed[R]) size() int {
	if f.ids == nil {
		return len(f.head)
	}
	return len(f.ids)
}

// at is the row at an index, if it is loaded.
func (f *feed[R]) at(i int) (line[R], bool) {
	switch {
	case i < 0 || i >= f.size():
		return line[R]{}, false
	case f.ids == nil:
		return f.head[i], true
	}
	l, ok := f.cache[f.ids[i]]
	return l, ok
}

// answer is what a load brings.
type answer[R any] struct {
	ids   []int32
	rows  rowsOf[R]
	lines map[int32]line[R]
	top   int // where the row is now that stood at the top; -1: gone
}

// load asks for everything anew. From the top it shows the first rows at once;
// else it swaps when the ids and the rows in view are both there.
func (f *feed[R]) load(fromTop bool) {
	t := f.table
	source, order := t.options.Source(), t.order
	f.loading = true
	f.stopPages()
	first, last := t.view.seen()
	topID := int64(0)
	if !fromTop && f.ids != nil && first < len(f.ids) {
		topID = int64(f.ids[first])
	}
	if (fromTop || f.ids == nil) && source.First != nil {
		f.loadHead(source, order, fromTop)
	}
	Load(&f.loader, func(ctx context.Context) (answer[R], error) {
		ids, rows, err := source.list(ctx, order)
		if err != nil {
			return answer[R]{}, err
		}
		a := answer[R]{ids: ids, rows: rows, top: indexOf(ids, topID)}
		if a.ids == nil {
			a.ids = []int32{}
		}
		from, to := 0, last-first+1
		if !fromTop {
			from = first
			if a.top >= 0 {
				from = a.top
			}
		}
		to += from
		a.lines, err = f.fetch(ctx, source.ID, rows, window(ids, from-5, to+5))
		return a, err
	}, func(a answer[R], err error) { f.show(a, err, fromTop, first) })
}

// loadHead shows the first rows while the ids are on their way.
func (f *feed[R]) loadHead(source Source[R], order Order, fromTop bool) {
	columns := f.table.options.Columns
	Load(&f.pages, func(ctx context.Context) ([]line[R], error) {
		rows, err := source.First(ctx, order, firstRows)
		lines := make([]line[R], len(rows))
		for i, r := range rows {
			lines[i] = format(columns, r)
		}
		return lines, err
	}, func(lines []line[R], err error) {
		if err != nil || !f.loading {
			return // the ids' load says the error
		}
		f.head, f.ids, f.err = lines, nil, nil
		f.table.measure(lines)
		f.table.selectedAt = -1
		for i, l := range lines {
			if f.table.selected != 0 && source.ID(l.row) == f.table.selected {
				f.table.selectedAt = i
			}
		}
		if fromTop {
			f.table.view.scrollTo(0)
		}
		f.table.view.drawAll()
	})
}

// show swaps in what a load brought.
func (f *feed[R]) show(a answer[R], err error, fromTop bool, first int) {
	t := f.table
	if errors.Is(err, context.Canceled) {
		return
	}
	f.stopPages()
	f.loading, f.err = false, err
	if err != nil {
		t.view.drawAll()
		return
	}
	before := t.selectedAt
	f.ids, f.rows, f.cache, f.head = a.ids, a.rows, a.lines, nil
	t.measureLoaded()
	t.selectedAt = indexOf(a.ids, t.selected) // of now: another row may have been chosen since the load began
	if fromTop {
		t.view.scrollTo(0)
	} else if a.top >= 0 {
		t.view.shift(a.top - first)
	}
	if f.seeking && t.selectedAt >= 0 {
		f.seeking = false
		t.view.reveal(t.selectedAt)
	}
	t.view.drawAll()
	f.followSelection(before)
	if t.selected == 0 && (t.options.PickFirst && len(a.ids) > 0 || t.options.PickOnly && len(a.ids) == 1) {
		t.choose(0)
	}
	Event("loaded", "name", t.options.Name, "rows", len(a.ids))
	if t.options.OnLoaded != nil {
		t.options.OnLoaded(len(a.ids))
	}
}

// followSelection tells what is selected after a load. A row that went away
// (into the bin, say) leaves the selection with the one that took its place.
func (f *feed[R]) followSelection(before int) {
	t := f.table
	if t.selected == 0 {
		return
	}
	if t.selectedAt < 0 {
		var none R
		if before >= 0 && before < len(f.ids) {
			t.choose(before)
			return
		}
		t.selected = 0
		t.say(none, false)
		return
	}
	if l, ok := f.at(t.selectedAt); ok && !l.gone {
		t.say(l.row, true)
	} else {
		f.need(t.selectedAt, t.selectedAt+1)
	}
}

// seek scrolls to an id, now or when the ids come. Ids that are on their way may
// be of another order or filter: it scrolls to it again when they are there.
func (f *feed[R]) seek(id int64) {
	f.seeking = true
	if f.ids == nil {
		return
	}
	if i := indexOf(f.ids, id); i >= 0 {
		f.seeking = f.loading
		f.table.view.reveal(i)
		f.table.choose(i)
		return
	}
	f.load(false)
}

// stopPages forgets the rows that were asked for, so that they are asked for again.
func (f *feed[R]) stopPages() {
	f.pages.Stop()
	f.fetches = [2]int{}
}

// need makes sure that the rows of a range are loaded or on their way.
func (f *feed[R]) need(from, to int) {
	if f.ids == nil {
		return
	}
	from, to = max(from, 0), min(to, len(f.ids))
	missing := false
	for i := from; i < to && !missing; i++ {
		_, ok := f.cache[f.ids[i]]
		missing = !ok
	}
	asked := f.fetches
	if !missing || (from < asked[1] && to > asked[0]) {
		return // all there, or what is on its way touches what is seen: it asks again when it comes
	}
	f.fetches = [2]int{max(from-fetchPad, 0), min(to+fetchPad, len(f.ids))}
	ids := slices.Clone(f.ids[f.fetches[0]:f.fetches[1]])
	id, rows := f.table.options.Source().ID, f.rows
	Load(&f.pages, func(ctx context.Context) (map[int32]line[R], error) {
		return f.fetch(ctx, id, rows, ids)
	}, func(lines map[int32]line[R], err error) {
		f.fetches = [2]int{}
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				f.err = err
				f.table.view.drawAll()
			}
			return
		}
		f.keep(lines)
		f.table.view.drawRows()
		if i := f.table.selectedAt; i >= from && i < to && i < len(f.ids) {
			if l, ok := lines[f.ids[i]]; ok && !l.gone {
				f.table.say(l.row, true)
			}
		}
	})
}

// fetch loads rows by id; an id without a row is marked, so that it is not
// asked for again and again.
func (f *feed[R]) fetch(ctx context.Context, id func(R) int64, bring rowsOf[R], ids []int32) (map[int32]line[R], error) {
	lines := make(map[int32]line[R], len(ids))
	if len(ids) == 0 {
		return lines, nil
	}
	rows, err := bring(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		lines[id] = line[R]{gone: true}
	}
	for _, row := range rows {
		lines[int32(id(row))] = format(f.table.options.Columns, row)
	}
	return lines, nil
}

// keep adds rows to those that are held, and lets go of far ones.
func (f *feed[R]) keep(lines map[int32]line[R]) {
	for id, l := range lines {
		f.cache[id] = l
	}
	if len(f.cache) <= holdRows {
		return
	}
	first, last := f.table.view.seen()
	near := map[int32]line[R]{}
	for _, id := range window(f.ids, first-holdPad, last+holdPad) {
		if l, ok := f.cache[id]; ok {
			near[id] = l
		}
	}
	f.cache = near
}

func window(ids []int32, from, to int) []int32 {
	from, to = max(from, 0), min(to, len(ids))
	if from >= to {
		return nil
	}
	return ids[from:to]
}

func indexOf(ids []int32, id int64) int {
	if id == 0 {
		return -1
	}
	return slices.Index(ids, int32(id))
}
