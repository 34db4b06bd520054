package feedback

import (
	"context"
	"time"

	"fyne.io/fyne/v2/theme"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// filter is what narrows the feedback down, beside the window's shop.
type filter struct {
	Search  string
	Given   bool
	Tone    string
	State   data.FeedbackState
	Months  int // left within; 0: at any time
	Cause   string
	NoOrder bool
}

func (f filter) query(shop int64, o kit.Order, now time.Time) data.FeedbackQuery {
	q := data.FeedbackQuery{
		Search: f.Search, ShopID: shop, Given: f.Given, Tone: f.Tone, State: f.State, Cause: f.Cause, NoOrder: f.NoOrder,
		Sort: data.FeedbackSort(o.Sort), Ascending: o.Ascending,
	}
	if f.Months > 0 {
		q.Since = data.MonthsBefore(now, f.Months)
	}
	return q
}

// Tab is the tab of feedback: the list, and the chosen one beside it.
type Tab struct {
	*show.List[data.Feedback, filter]
	env    *env
	detail *detail
	sides  [2]*kit.Tab // received, given
	take   *kit.Button
}

// New makes the tab.
func New(shared *show.Env, d Desk) *Tab {
	e := &env{Env: shared, desk: d}
	f := &Tab{env: e, detail: newDetail(e)}
	f.List = show.NewList(shared, show.ListOptions[data.Feedback, filter]{
		Name: "feedback", Of: []string{data.EntityFeedback}, Search: func(f *filter) *string { return &f.Search }, Hint: "feedback.search",
		Columns: columns(e.UI.Now), Order: kit.Order{Sort: string(data.FeedbackByLeft)}, Source: f.source, Deeds: f.deeds,
		Pane: f.detail, Offset: 0.6, Count: "feedback.count", None: "feedback.none.title", Empty: f.empty,
	})
	for i, name := range []string{"received", "given"} {
		f.sides[i] = kit.NewTab(words.T("feedback.tab."+name), func() { f.Narrow(func(q *filter) { q.Given = i == 1 }) })
		kit.Trace("feedback.tab."+name, f.sides[i])
		f.AddFilter(f.sides[i], func(q filter) { f.sides[i].SetOpen(q.Given == (i == 1)) })
	}
	show.AddChoice(f.List, "tone", "feedback.chip.tone", kit.Options("tone", []string{"negative", "neutral", "positive"}), func(f *filter) *string { return &f.Tone })
	f.AddFilter(kit.NewButton("feedback.filters", words.T("feedback.filters"), f.narrowSheet), func(filter) {})
	f.AddButton(kit.NewButton("feedback.summary", words.T("feedback.summary"), func() { summarySheet(e) }))
	f.take = kit.NewButton("feedback.take", words.T("feedback.take"), func() {
		kit.MenuBelow(e.UI, f.take,
			fyne.NewMenuItem(words.T("feedback.import"), func() { e.Open(route.Import{Target: "feedback"}) }),
			fyne.NewMenuItem(words.T("feedback.paste"), func() { pasteSheet(e, "") }))
	})
	f.AddButton(f.take)
	f.AddButton(kit.NewIconButton("feedback.new", words.T("feedback.new"), theme.ContentAddIcon(), f.New))
	return f
}

// narrowSheet offers the filters that are used less.
func (f *Tab) narrowSheet() {
	now := f.Filter()
	state := kit.NewChoice(kit.FilterOptions("feedback.chip.state", kit.Options("feedback_state", data.FeedbackStates())), now.State, nil)
	var spans []kit.Option[int]
	for _, months := range []int{1, 3, 6, 12} {
		spans = append(spans, kit.Option[int]{Value: months, Text: words.N("feedback.months", months)})
	}
	months := kit.NewChoice(kit.FilterOptions("feedback.chip.months", spans), now.Months, nil)
	list := f.env.causes
	if len(list) == 0 {
		list = data.FeedbackCauses()
	}
	options := causeOptions(list)
	options[0].Text = words.T("feedback.chip.cause")
	cause := kit.NewChoice(options, now.Cause, nil)
	alone := kit.NewChoice([]kit.Option[bool]{{Value: false, Text: words.T("feedback.chip.order")}, {Value: true, Text: words.T("feedback.chip.no_order")}}, now.NoOrder, nil)
	f.env.UI.OpenForm(kit.FormSheet{
		Name: "feedback.narrow", Title: words.T("feedback.filters"), Save: words.T("feedback.filters.do"),
		Fields: []*kit.Field{
			kit.ChoiceRow(words.T("feedback.fact.state"), state), kit.ChoiceRow(words.T("feedback.fact.period"), months),
			kit.ChoiceRow(words.T("feedback.fact.cause"), cause), kit.ChoiceRow(words.T("feedback.fact.order"), alone),
		},
		Work: func(context.Context) error { return nil },
		Done: func() {
			f.Narrow(func(q *filter) {
				q.State, q.Months, q.Cause, q.NoOrder = state.Value(), months.Value(), cause.Value(), alone.Value()
			})
		},
	})
}

func (f *Tab) source(q filter) kit.Source[data.Feedback] {
	shop, now := f.env.Shop(), f.env.UI.Now()
	return kit.Source[data.Feedback]{
		First: func(ctx context.Context, by kit.Order, limit int) ([]data.Feedback, error) {
			return f.env.desk.FeedbackFirst(ctx, q.query(shop, by, now), limit)
		},
		IDs: func(ctx context.Context, by kit.Order) ([]int32, error) {
			return f.env.desk.FeedbackIDs(ctx, q.query(shop, by, now))
		},
		Rows: f.env.desk.FeedbackRows,
		ID:   func(r data.Feedback) int64 { return r.ID },
	}
}

func (f *Tab) empty() kit.Empty {
	return kit.Empty{
		Text:   words.T("feedback.empty.title") + "\n" + words.T("feedback.empty.do"),
		Button: words.T("feedback.import"), Do: func() { f.env.Open(route.Import{Target: "feedback"}) },
	}
}

// deeds are what can be done with a feedback: it stands in the pane from the moment at
// which its row is chosen.
func (f *Tab) deeds(r data.Feedback) kit.Deeds {
	actions := f.detail.actions()
	if r.Given {
		actions = f.detail.givenActions()
	}
	deeds := kit.Deeds(actions).First(kit.Action{Text: words.T("row.open"), Do: f.detail.Focus})
	return append(deeds, kit.Action{
		Text: words.T("buyers.show"), Rule: true, Off: f.detail.noOrder, Do: func() { f.env.Open(route.Buyer{Order: r.OrderID}) },
	}, kit.Action{
		Text: words.T("order.copy_number"), Off: f.detail.noOrder, Do: func() { f.env.UI.Copy(r.OrderNumber, words.T("copied", "text", r.OrderNumber)) },
	})
}

// Open shows a feedback, in the tab to which it belongs.
func (f *Tab) Open(id int64) {
	kit.Do(func(ctx context.Context) (bool, error) {
		rows, err := f.env.desk.FeedbackRows(ctx, []int32{int32(id)})
		return len(rows) > 0 && rows[0].Given, err
	}, func(given bool, err error) {
		if err == nil && given {
			f.Clear()
			f.Narrow(func(q *filter) { q.Given = true })
			f.Table.Select(id)
		}
	})
	f.List.Open(id)
}

// New writes down a feedback by hand.
func (f *Tab) New() { editSheet(f.env, data.Feedback{Given: f.Filter().Given}) }

// PasteText takes what was copied where it is a page of ratings; false: it is
// something else.
func (f *Tab) PasteText(text string) bool {
	is := desk.IsRatingsPage(text, f.env.UI.Now())
	if is {
		pasteSheet(f.env, text)
	}
	return is
}

// Name is the tab's name.
func (f *Tab) Name() string { return "feedback" }

// Proof is the feedback in view: its pictures, and proofs against it.
func (f *Tab) Proof() (show.Target, string, bool) {
	v := f.detail.view
	return show.Target{OrderID: v.OrderID, FeedbackID: v.ID}, words.T("feedback.proof", "number", v.OrderNumber), v.ID != 0
}

// Export binds the complaint about the feedback in view.
func (f *Tab) Export() {
	if f.detail.view.ID != 0 && !f.detail.view.Given {
		f.detail.bundle()
	}
}

type saved struct {
	list   show.ListState[filter]
	shown  data.Feedback // with what was typed
	edited data.Feedback
}

// State is what the tab keeps over a rebuild of the window.
func (f *Tab) State() any { return saved{f.List.State(), f.detail.view, f.detail.edited()} }

// Restore takes it over.
func (f *Tab) Restore(state any) {
	s, ok := state.(saved)
	if !ok {
		return
	}
	if s.shown.ID != 0 {
		f.detail.draw(s.shown)
		f.detail.fill(draft{s.edited.State, s.edited.Reply, s.edited.Cause, s.edited.Product})
	}
	f.List.Restore(s.list)
}
