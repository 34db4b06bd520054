package show_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"casebinder/data"
	"casebinder/data/table"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// thing is a row of the list in these tests.
type thing struct {
	id    int64
	name  string
	price data.Money
}

// things is the filter of the list.
type things struct {
	Search string
	Cheap  bool
}

type pane struct{ shown int64 }

func (p *pane) Content() fyne.CanvasObject { return container.NewStack() }
func (p *pane) Choose(r thing, ok bool)    { p.shown = r.id }
func (p *pane) Show(id int64)              { p.shown = id }
func (p *pane) Focus()                     {}
func (p *pane) Changed([]data.ChangeEvent) {}

var allThings = []thing{
	{1, "mug", data.Money{Minor: 1200, Currency: "USD"}}, {2, "=lamp", data.Money{Minor: 900, Currency: "EUR"}}, {3, "mat", data.Money{Minor: 100, Currency: "USD"}},
}

// newThings makes a list of three things.
func newThings(b *guitest.Bench) (*show.List[thing, things], *pane) {
	p := &pane{}
	l := show.NewList(b.Env, show.ListOptions[thing, things]{
		Name: "orders", Of: []string{data.EntityOrder}, Search: func(f *things) *string { return &f.Search }, Hint: "orders.search",
		Columns: []kit.Column[thing]{
			{ID: "name", Title: "col.item", Width: 120, Text: func(r thing) string { return r.name }},
			{ID: "price", Title: "col.total", Width: 120, Money: true, Text: func(r thing) string { return words.Money(r.price) }, Cell: func(r thing) table.Cell { return table.Amount(r.price) }},
			{ID: "more", Title: "col.text", Width: 120, Hidden: true, Text: func(thing) string { return "hidden" }},
		},
		Source: func(f things) kit.Source[thing] {
			return kit.ListSource(func(context.Context, kit.Order) ([]thing, error) {
				return slices.DeleteFunc(slices.Clone(allThings), func(r thing) bool {
					return !strings.Contains(r.name, f.Search) || f.Cheap && r.price.Minor > 1000
				}), nil
			}, func(r thing) int64 { return r.id })
		},
		Pane: p, Offset: 0.6, Count: "orders.count", None: "orders.none.title", Empty: func() kit.Empty { return kit.Empty{Text: "nothing at all"} },
	})
	l.AddCheck("cheap", "cheap", func(f *things) *bool { return &f.Cheap })
	b.Show(l)
	return l, p
}

func TestAListIsNarrowedAndCleared(t *testing.T) {
	b := guitest.New(t, words.English)
	l, p := newThings(b)
	if l.Rows() != 3 || l.Status() != "3 orders" {
		t.Errorf("%d rows, %q", l.Rows(), l.Status())
	}
	b.Search(t, words.T("orders.search"), "m")
	test.Tap(guitest.Find[*kit.Check](b)[0])
	if l.Rows() != 2 || l.Filter() != (things{"m", true}) {
		t.Errorf("%d rows are left by %+v", l.Rows(), l.Filter())
	}
	b.Search(t, words.T("orders.search"), "mu")
	b.Shows(t, "No matching orders", words.T("list.none.do"))
	b.TapFirst(t, words.T("list.clear"))
	if l.Rows() != 3 || guitest.Find[*kit.Check](b)[0].Checked || guitest.Find[*kit.Search](b)[0].Text != "" {
		t.Errorf("after clearing: %d rows, %+v", l.Rows(), l.Filter())
	}
	b.Search(t, words.T("orders.search"), "mug")
	l.Open(3)
	if p.shown != 3 || l.Rows() != 3 {
		t.Errorf("a record that the filter hides: shown %d among %d rows", p.shown, l.Rows())
	}
	b.Search(t, words.T("orders.search"), "mat")
	state := l.State()
	again, _ := newThings(b)
	again.Restore(state)
	if again.Filter().Search != "mat" || again.Rows() != 1 || guitest.Find[*kit.Search](b)[0].Text != "mat" {
		t.Errorf("after the window was made anew: %+v, %d rows", again.Filter(), again.Rows())
	}
}

// tappable is what a click does something to.
type tappable interface {
	fyne.CanvasObject
	Tapped(*fyne.PointEvent)
}

// pick chooses an entry of the menu that is open.
func pick(t *testing.T, b *guitest.Bench, label string) {
	t.Helper()
	for _, one := range slices.Backward(guitest.Find[tappable](b)) {
		if strings.TrimSpace(strings.Join(guitest.TextsOf(one), "")) == label {
			one.Tapped(&fyne.PointEvent{})
			return
		}
	}
	t.Fatalf("there is no entry %q", label)
}

func TestAFilterIsKeptUnderAName(t *testing.T) {
	b := guitest.New(t, words.English)
	l, _ := newThings(b)
	b.Search(t, words.T("orders.search"), "m")
	test.Tap(guitest.Find[*kit.Check](b)[0])
	keep := func(name string) {
		b.TapFirst(t, words.T("list.kept"))
		pick(t, b, words.T("list.kept.keep"))
		b.Window.Canvas().Focused().(*kit.Entry).SetText(name)
		b.UI.Save()
	}
	keep(" ")
	if len(b.Fake.Settings) != 0 {
		t.Fatal("a filter without a name was kept")
	}
	b.TapFirst(t, words.T("do.cancel"))
	keep("cheap things")
	b.Shows(t, "Filter saved: cheap things", "★ cheap things")
	l.Clear()
	b.Hides(t, "★")

	other, _ := newThings(b) // as after the next start
	b.TapFirst(t, words.T("list.kept"))
	pick(t, b, "cheap things")
	if other.Filter() != (things{"m", true}) || other.Rows() != 2 || !guitest.Find[*kit.Check](b)[0].Checked {
		t.Errorf("chosen: %+v, %d rows", other.Filter(), other.Rows())
	}
	b.TapFirst(t, "★ cheap things")
	pick(t, b, words.T("list.kept.keep"))
	b.Window.Canvas().Focused().(*kit.Entry).SetText("cheap things")
	b.UI.Save()
	b.Shows(t, "There is already a filter named “cheap things”.")
	b.TapFirst(t, words.T("do.cancel"))

	b.TapFirst(t, "★ cheap things")
	pick(t, b, words.T("list.kept.delete"))
	b.TapFirst(t, words.T("list.kept.delete.do"))
	b.Hides(t, "★")
	if got := string(b.Fake.Settings["filters.orders"]); got != "[]" {
		t.Errorf("stored: %s", got)
	}
	b.Press(t, words.T("do.undo"))
	b.Shows(t, "★ cheap things")
}

func TestWhatIsListedIsExported(t *testing.T) {
	b := guitest.New(t, words.English)
	newThings(b)
	b.Search(t, words.T("orders.search"), "m")
	path := filepath.Join(t.TempDir(), "list.csv")
	b.SaveFile = func(_, name string, then func(string)) {
		if name != "orders-20251120.xlsx" {
			t.Errorf("the file is to be %q", name)
		}
		then(path)
	}
	b.TapFirst(t, words.T("list.export"))
	got, err := os.ReadFile(path)
	if want := "\ufeffItem,Total,Total (currency)\r\nmug,12.00,USD\r\n'=lamp,9.00,EUR\r\nmat,1.00,USD\r\n"; err != nil || string(got) != want {
		t.Errorf("exported %q (%v), want %q", got, err, want)
	}
	b.Shows(t, "3 rows written to")
}
