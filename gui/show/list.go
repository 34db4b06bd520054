package show

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// A Pane shows the record that is chosen in a list.
type Pane[R any] interface {
	Content() fyne.CanvasObject
	// Choose shows a row's record, or none. The list calls it when the choice
	// changed and when the chosen row was loaded again.
	Choose(row R, ok bool)
	// Show shows a record by its id, also one that the list does not hold.
	Show(id int64)
	Focus()
	// Changed hears what changed on the desk.
	Changed(events []data.ChangeEvent)
}

// ListOptions say what a list screen lists. F is its filter, whose exported
// fields are kept when a person keeps a filter.
type ListOptions[R any, F comparable] struct {
	Name    string   // in the trace and in what is kept: "orders"
	Of      []string // the entities that it lists: changes of others change nothing
	Usual   F        // the filter at first and after clearing
	Search  func(*F) *string
	Hint    string                 // key of the words in the empty search field
	GiveWay func(before F, now *F) // makes filters that exclude each other give way; may be nil

	Columns []kit.Column[R]
	Order   kit.Order
	Source  func(F) kit.Source[R]
	Deeds   func(R) kit.Deeds // what can be done with a row
	Several func() kit.Deeds  // what can be done with rows chosen together; nil: one row at a time

	Pane   Pane[R]
	Offset float64 // share of the list beside its pane

	Count string           // key of the count: "orders.count"
	None  string           // key of what is said where the filter leaves nothing
	Empty func() kit.Empty // what is said where there is nothing at all
}

// leastSearch is how wide the search field is at least beside the filters.
const leastSearch = 110

// A List is the list screen: a search, filters that can be kept under a name,
// one table, the chosen record beside it, and a file of what is shown.
type List[R any, F comparable] struct {
	env     *Env
	options ListOptions[R, F]
	filter  F
	draws   []func(F) // show the filter on its controls

	Table   *kit.Table[R]
	search  *kit.Search
	clear   *kit.Button
	keep    *keptFilters[F]
	filters *fyne.Container
	more    *fyne.Container
	content fyne.CanvasObject
}

// NewList makes a list screen. Its filters and buttons are added afterwards.
func NewList[R any, F comparable](e *Env, o ListOptions[R, F]) *List[R, F] {
	l := &List[R, F]{env: e, options: o, filter: o.Usual, filters: container.NewHBox(), more: container.NewHBox()}
	l.Table = kit.NewTable(e.UI, kit.TableOptions[R]{
		Name: o.Name, Columns: o.Columns, Order: o.Order, Deeds: o.Deeds, Several: o.Several, OnChosen: e.ChangedStatus, Empty: l.nothing,
		Source:   func() kit.Source[R] { return o.Source(l.filter) },
		OnSelect: o.Pane.Choose, PickOnly: true,
		OnLoaded: func(int) { e.ChangedStatus() },
	})
	l.search = kit.NewSearch(e.UI, words.T(o.Hint), func(text string) { l.Narrow(func(f *F) { *o.Search(f) = text }) })
	kit.ToHits(l.search, l.Table.Focus)
	kit.Trace(o.Name+".search", l.search)
	l.clear = kit.NewButton(o.Name+".clear", words.T("list.clear"), l.Clear)
	l.clear.Hide()
	l.keep = newKeptFilters(e, o.Name, func() F { return l.filter }, l.Table.Order, l.useKept)
	file := kit.NewButton(o.Name+".export", words.T("list.export"), l.export)
	rest := container.NewHBox(l.filters, l.clear, l.keep.button, file, l.more)
	l.content = kit.Topped(leastSearch, l.search, rest, kit.KeptSplit(e.UI, o.Name+".split", o.Offset, l.Table, o.Pane.Content()))
	return l
}

// AddButton puts a button right of the filters.
func (l *List[R, F]) AddButton(b fyne.CanvasObject) { l.more.Add(b) }

// AddFilter puts a control into the bar; draw shows a filter on it.
func (l *List[R, F]) AddFilter(o fyne.CanvasObject, draw func(F)) {
	l.filters.Add(o)
	l.draws = append(l.draws, draw)
	draw(l.filter)
}

// AddCheck puts a filter that is on or off into the bar.
func (l *List[R, F]) AddCheck(name, text string, field func(*F) *bool) *kit.Check {
	check := kit.NewCheck(text, func(on bool) { l.Narrow(func(f *F) { *field(f) = on }) })
	kit.Trace(l.options.Name+"."+name, check)
	l.AddFilter(check, func(f F) {
		check.Checked = *field(&f)
		check.Refresh()
	})
	return check
}

// AddChoice puts a filter into the bar that is one of some values, or any.
func AddChoice[V comparable, R any, F comparable](l *List[R, F], name, anyKey string, options []kit.Option[V], field func(*F) *V) *kit.Choice[V] {
	var none V
	choice := kit.NewChoice(kit.FilterOptions(anyKey, options), none, func(v V) { l.Narrow(func(f *F) { *field(f) = v }) })
	kit.Trace(l.options.Name+"."+name, choice)
	l.AddFilter(kit.RoomFor(choice), func(f F) { choice.Set(*field(&f)) })
	return choice
}

// Narrow changes the filter and asks anew.
func (l *List[R, F]) Narrow(change func(*F)) {
	before := l.filter
	change(&l.filter)
	if l.filter == before {
		return
	}
	if l.options.GiveWay != nil {
		l.options.GiveWay(before, &l.filter)
	}
	l.draw()
	l.Table.Restart()
}

// Clear goes back to the usual filter.
func (l *List[R, F]) Clear() {
	l.setFilter(l.options.Usual)
	l.Table.Restart()
}

// Filter is what the list is narrowed to.
func (l *List[R, F]) Filter() F { return l.filter }

// setFilter shows a filter without asking for its rows.
func (l *List[R, F]) setFilter(f F) {
	l.filter = f
	l.search.SetQuiet(*l.options.Search(&f))
	l.draw()
}

func (l *List[R, F]) draw() {
	for _, draw := range l.draws {
		draw(l.filter)
	}
	if l.filter == l.options.Usual {
		l.clear.Hide()
	} else {
		l.clear.Show()
	}
	l.keep.draw()
}

// useKept takes a filter that was kept under a name.
func (l *List[R, F]) useKept(f F, by kit.Order) {
	l.setFilter(f)
	if by.Sort != "" && by != l.Table.Order() {
		l.Table.SetOrder(by) // asks anew by itself
		return
	}
	l.Table.Restart()
}

func (l *List[R, F]) nothing() kit.Empty {
	if l.filter != l.options.Usual || l.env.Shop() != 0 {
		return kit.Empty{Text: words.T(l.options.None) + "\n" + words.T("list.none.do"), Button: words.T("list.clear"), Do: l.Clear}
	}
	return l.options.Empty()
}

// Content is what the tab shows.
func (l *List[R, F]) Content() fyne.CanvasObject { return l.content }

// Reload asks for the rows anew; selection and scroll stay.
func (l *List[R, F]) Reload() {
	l.keep.load()
	l.Table.Reload()
}

// Changed asks anew for what changed and is shown.
func (l *List[R, F]) Changed(events []data.ChangeEvent) {
	if l.Lists(events) {
		l.Table.Reload()
	}
	if slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return e.Entity == data.EntitySetting && e.Key == l.keep.key() }) {
		l.keep.load()
	}
	l.options.Pane.Changed(events)
}

// Lists reports whether rows of the list changed.
func (l *List[R, F]) Lists(events []data.ChangeEvent) bool {
	return slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return slices.ContainsFunc(l.options.Of, e.Of) })
}

// Find puts the cursor into the search field.
func (l *List[R, F]) Find() { l.env.UI.Window.Canvas().Focus(l.search) }

// Status says how many rows are listed.
func (l *List[R, F]) Status() string {
	shown := kit.ShownCount(l.options.Count, l.Table.Count())
	if n := l.Table.ChosenCount(); n > 1 {
		return words.Join(" · ", words.N("list.chosen", n), shown)
	}
	return shown
}

// Rows is how many rows are listed.
func (l *List[R, F]) Rows() int { return l.Table.Count() }

// Open shows a record. Where the filter may hide it, the filter is cleared.
func (l *List[R, F]) Open(id int64) {
	if id == 0 {
		return
	}
	if l.filter != l.options.Usual {
		l.Clear()
	}
	l.options.Pane.Show(id)
	l.Table.Select(id)
}

// ListState is what a list keeps over a rebuild of the window.
type ListState[F comparable] struct {
	filter F
	table  kit.TableState
}

// State is where the list stands.
func (l *List[R, F]) State() ListState[F] { return ListState[F]{l.filter, l.Table.State()} }

// Restore puts a new list where another stood, and loads it.
func (l *List[R, F]) Restore(s ListState[F]) {
	l.setFilter(s.filter)
	l.keep.load()
	l.Table.Restore(s.table)
}
