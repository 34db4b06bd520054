package kit

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casebinder/data/table"
	"casebinder/gui/words"
)

// Column is one column of a table.
type Column[R any] struct {
	ID     string         // stable; widths and visibility are kept under it
	Title  string         // key of the words
	Width  float32        // until content was measured, and where there is room for more than that asks
	Least  float32        // to which it shrinks where the room is short; 0: to Width, or to its content where that is less
	Right  bool           // aligned to the right, for numbers
	Grow   bool           // takes a share of the room that is left
	Bold   bool           //
	Badge  bool           // its text stands on a wash of its role's color
	Hidden bool           // not shown until it is chosen
	Sort   string         // what Order.Sort says; "" cannot be sorted
	Desc   bool           // the first click sorts downward
	Text   func(R) string // called beside the main goroutine
	Tip    func(R) string // what the tooltip says instead of the whole text; may be nil
	Role   func(R) Role   // nil: Plain

	Cell  func(R) table.Cell // what a file holds of it; nil: its text
	Money bool               // Cell gives an amount
}

// Order says how a table is sorted. Sort "" is the source's own order.
type Order struct {
	Sort      string
	Ascending bool
}

// Source is where a table's rows come from. Its functions are called beside
// the main goroutine and may be called at the same time.
type Source[R any] struct {
	Whole func(ctx context.Context, o Order) ([]R, error)            // all rows in order, asked once a load instead of the next three; nil: they come bit by bit
	First func(ctx context.Context, o Order, limit int) ([]R, error) // the first rows, fast; may be nil
	IDs   func(ctx context.Context, o Order) ([]int32, error)        // all ids in order
	Rows  func(ctx context.Context, ids []int32) ([]R, error)        // rows by id, in any order
	ID    func(R) int64
}

// ListSource is a Source for lists that are loaded whole: some thousand rows
// at most. A load asks for them once. The ids are those that id gives.
func ListSource[R any](load func(ctx context.Context, o Order) ([]R, error), id func(R) int64) Source[R] {
	return Source[R]{Whole: load, ID: id}
}

// list gives all ids in order, and what brings the rows of some.
func (s Source[R]) list(ctx context.Context, o Order) ([]int32, func(context.Context, []int32) ([]R, error), error) {
	if s.Whole == nil {
		ids, err := s.IDs(ctx, o)
		return ids, s.Rows, err
	}
	rows, err := s.Whole(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	ids, at := make([]int32, len(rows)), make(map[int32]int, len(rows))
	for i, r := range rows {
		ids[i] = int32(s.ID(r))
		at[ids[i]] = i
	}
	return ids, func(_ context.Context, some []int32) ([]R, error) {
		var found []R
		for _, one := range some {
			if i, ok := at[one]; ok {
				found = append(found, rows[i])
			}
		}
		return found, nil
	}, nil
}

// Empty is what an empty table says: what would stand here and the first step.
type Empty struct {
	Text   string
	Button string // "" for none
	Do     func()
}

// TableOptions say what a table does.
type TableOptions[R any] struct {
	Name      string               // for the trace and for what is kept: "orders"
	Columns   []Column[R]          //
	Source    func() Source[R]     // asked on the main goroutine at each load, so that it can hold the query of that moment
	Order     Order                // at first
	OnSelect  func(row R, ok bool) // the selection changed; ok is false when nothing is selected
	Deeds     func(row R) Deeds    // what can be done with a row; nil: it can be copied
	Several   func() Deeds         // what can be done with rows chosen together, see Chosen; nil: one row at a time
	OnChosen  func()               // rows were chosen together or let go; may be nil without Several
	Empty     func() Empty         // asked when there are no rows
	OnLoaded  func(total int)      // all ids are there
	PickFirst bool                 // chooses the first row where none is chosen: a pane beside shows what is chosen
	PickOnly  bool                 // chooses the row of a list of one where none is chosen
	RowHeight float32              // 0: look.Row
}

// Table is the one data table: it sorts by a click on a title, selects by
// mouse and keys, keeps what was chosen of columns and widths, and stays
// smooth with a million rows, as it holds their ids and fetches what is seen.
type Table[R any] struct {
	widget.BaseWidget

	ui      *UI
	options TableOptions[R]
	order   Order
	columns []*columnState[R] // in the order in which they stand
	feed    feed[R]
	view    *tableView[R]

	selected   int64 // id; 0 for none
	selectedAt int   // its index; -1 when it is not in the list
	anchor     int   // index at which the keys stand when nothing is selected
	chosen     chosen
}

// columnState is a column as it stands now.
type columnState[R any] struct {
	Column[R]
	index int // in TableOptions.Columns and in a line's cells
	shown bool
	width float32 // at first, or as a person made it
	own   bool    // a person made it
	title float32 // to show its title whole
	need  float32 // to show what was loaded whole; 0: not measured yet
	x, w  float32 // as laid out
}

// NewTable makes a table. It loads with the first Reload or Restart.
func NewTable[R any](u *UI, o TableOptions[R]) *Table[R] {
	t := &Table[R]{ui: u, options: o, order: o.Order, selectedAt: -1, anchor: -1}
	t.restoreColumns()
	t.feed.table = t
	t.feed.cache = map[int32]line[R]{}
	t.view = newTableView(t)
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer is for Fyne.
func (t *Table[R]) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(t.view.object)
}

// Restart loads anew and goes to the top: the filter or the sort changed. The
// selection stays where its row is still listed.
func (t *Table[R]) Restart() {
	t.chooseOnly(-1)
	t.feed.load(true)
}

// Reload loads anew where it is: the data changed. Selection and scroll stay.
func (t *Table[R]) Reload() { t.feed.load(false) }

// Count is how many rows are listed; -1 while that is not known.
func (t *Table[R]) Count() int {
	if t.feed.ids == nil {
		return -1
	}
	return len(t.feed.ids)
}

// Selected is the selected row; false when none is, or when it is not loaded.
func (t *Table[R]) Selected() (R, bool) {
	if t.selectedAt >= 0 {
		if l, ok := t.feed.at(t.selectedAt); ok && !l.gone {
			return l.row, true
		}
	}
	var none R
	return none, false
}

// SelectedID is the id of the selected row, 0 for none. It stays when its row
// is not in the list, so that it can be kept over a rebuild of the window.
func (t *Table[R]) SelectedID() int64 { return t.selected }

// Select selects the row with an id and scrolls to it once the ids are there.
func (t *Table[R]) Select(id int64) {
	t.selected, t.selectedAt = id, -1
	t.feed.seek(id)
}

// Order is how the table is sorted.
func (t *Table[R]) Order() Order { return t.order }

// SetOrder sorts the table and loads it.
func (t *Table[R]) SetOrder(o Order) {
	t.order = o
	t.ui.Keep("table."+t.options.Name+".order", o)
	t.view.header.Refresh()
	t.Restart()
}

// TableState is what a table keeps over a rebuild of the window.
type TableState struct {
	Order    Order
	Selected int64
	Top      float64
}

// State is where the table stands, for Restore on the one that takes its place.
func (t *Table[R]) State() TableState {
	return TableState{Order: t.order, Selected: t.selected, Top: t.view.top}
}

// Restore puts a new table where another stood, and loads it.
func (t *Table[R]) Restore(s TableState) {
	t.order, t.selected, t.selectedAt = s.Order, s.Selected, -1
	t.view.top = s.Top
	t.feed.load(false)
}

// Focus gives the keys to the table.
func (t *Table[R]) Focus() { t.ui.Window.Canvas().Focus(t.view.body) }

// choose selects an index and says so.
func (t *Table[R]) choose(i int) {
	l, ok := t.feed.at(i)
	t.selectedAt, t.anchor = i, i
	switch {
	case ok && !l.gone:
		t.selected = t.options.Source().ID(l.row)
	case i < len(t.feed.ids):
		t.selected = int64(t.feed.ids[i])
	}
	t.view.drawRows()
	if ok && !l.gone {
		t.say(l.row, true)
	}
}

func (t *Table[R]) say(row R, ok bool) {
	if t.options.OnSelect != nil {
		t.options.OnSelect(row, ok)
	}
	t.ui.Saw()
}

// sortBy is a click on a column's title.
func (t *Table[R]) sortBy(c *columnState[R]) {
	if c.Sort == "" {
		return
	}
	o := Order{Sort: c.Sort, Ascending: !c.Desc}
	if t.order.Sort == c.Sort {
		o.Ascending = !t.order.Ascending
	}
	t.SetOrder(o)
}

// keptColumn is how a column is kept for the next start.
type keptColumn struct {
	ID    string
	Shown bool
	Width float32 // 0: nobody made it
}

func freshColumns[R any](columns []Column[R]) []*columnState[R] {
	all := make([]*columnState[R], len(columns))
	for i, c := range columns {
		all[i] = &columnState[R]{Column: c, index: i, shown: !c.Hidden, width: c.Width}
	}
	return all
}

func (t *Table[R]) restoreColumns() {
	t.columns = freshColumns(t.options.Columns)
	t.ui.Kept("table."+t.options.Name+".order", &t.order)
	var kept []keptColumn
	if !t.ui.Kept("table."+t.options.Name+".columns", &kept) {
		return
	}
	place := map[string]int{}
	for i, k := range kept {
		place[k.ID] = i
		for _, c := range t.columns {
			if c.ID == k.ID {
				c.shown = k.Shown
				if c.own = k.Width > 0 && k.Width != c.Width; c.own {
					c.width = max(k.Width, minColumn)
				}
			}
		}
	}
	slices.SortStableFunc(t.columns, func(a, b *columnState[R]) int {
		i, known := place[a.ID]
		j, also := place[b.ID]
		if !known || !also {
			return 0
		}
		return i - j
	})
}

func (t *Table[R]) keepColumns() {
	var kept []keptColumn
	for _, c := range t.columns {
		k := keptColumn{ID: c.ID, Shown: c.shown}
		if c.own {
			k.Width = c.width
		}
		kept = append(kept, k)
	}
	t.ui.Keep("table."+t.options.Name+".columns", kept)
}

// columnMenu offers to show, hide and move columns.
func (t *Table[R]) columnMenu(c *columnState[R]) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	if c != nil {
		items = append(items,
			fyne.NewMenuItem(words.T("table.left"), func() { t.moveColumn(c, -1) }),
			fyne.NewMenuItem(words.T("table.right"), func() { t.moveColumn(c, 1) }),
			fyne.NewMenuItemSeparator())
	}
	for _, other := range t.columns {
		item := fyne.NewMenuItem(words.T(other.Title), func() { t.showColumn(other, !other.shown) })
		item.Checked = other.shown
		items = append(items, item)
	}
	return append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(words.T("table.reset"), t.resetColumns))
}

func (t *Table[R]) showColumn(c *columnState[R], shown bool) {
	others := slices.ContainsFunc(t.columns, func(o *columnState[R]) bool { return o != c && o.shown })
	if !shown && !others {
		return // a table without columns could not be mended by a click
	}
	c.shown = shown
	t.measureLoaded()
	t.columnsChanged()
}

func (t *Table[R]) moveColumn(c *columnState[R], by int) {
	from := slices.Index(t.columns, c)
	for to := from + by; to >= 0 && to < len(t.columns); to += by {
		t.columns[from], t.columns[to] = t.columns[to], t.columns[from]
		if t.columns[from].shown {
			break
		}
		from = to
	}
	t.columnsChanged()
}

func (t *Table[R]) resetColumns() {
	t.columns = freshColumns(t.options.Columns)
	t.measureLoaded()
	t.columnsChanged()
}

func (t *Table[R]) columnsChanged() {
	t.keepColumns()
	t.view.rebuild()
}
