package feedback

import (
	"context"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// filter is what narrows the feedback down, beside the window's shop.
type filter struct {
	Search string
	Tone   string
	State  data.FeedbackState
}

func (f filter) query(shop int64, o kit.Order) data.FeedbackQuery {
	return data.FeedbackQuery{
		Search: f.Search, ShopID: shop, Tone: f.Tone, State: f.State, Sort: data.FeedbackSort(o.Sort), Ascending: o.Ascending,
	}
}

// Tab is the tab of feedback: the list, and the chosen one beside it.
type Tab struct {
	*show.List[data.Feedback, filter]
	env    *env
	detail *detail
}

// New makes the tab.
func New(shared *show.Env, d Desk) *Tab {
	e := &env{shared, d}
	f := &Tab{env: e, detail: newDetail(e)}
	f.List = show.NewList(shared, show.ListOptions[data.Feedback, filter]{
		Name: "feedback", Of: []string{data.EntityFeedback}, Search: func(f *filter) *string { return &f.Search }, Hint: "feedback.search",
		Columns: columns(e.UI.Now), Order: kit.Order{Sort: string(data.FeedbackByLeft)}, Source: f.source, Menu: f.menu,
		Pane: f.detail, Offset: 0.6, Count: "feedback.count", None: "feedback.none.title", Empty: f.empty,
	})
	show.AddChoice(f.List, "tone", "feedback.chip.tone", kit.Options("tone", []string{"negative", "neutral", "positive"}), func(f *filter) *string { return &f.Tone })
	show.AddChoice(f.List, "state", "feedback.chip.state", kit.Options("feedback_state", data.FeedbackStates()), func(f *filter) *data.FeedbackState { return &f.State })
	f.AddButton(kit.NewButton("feedback.import", words.T("feedback.import"), func() { e.Open(route.Import{Target: "feedback"}) }))
	f.AddButton(kit.NewButton("feedback.new", words.T("feedback.new"), f.New))
	return f
}

func (f *Tab) source(q filter) kit.Source[data.Feedback] {
	shop := f.env.Shop()
	return kit.Source[data.Feedback]{
		First: func(ctx context.Context, by kit.Order, limit int) ([]data.Feedback, error) {
			return f.env.desk.FeedbackFirst(ctx, q.query(shop, by), limit)
		},
		IDs: func(ctx context.Context, by kit.Order) ([]int32, error) {
			return f.env.desk.FeedbackIDs(ctx, q.query(shop, by))
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

func (f *Tab) menu(r data.Feedback) []*fyne.MenuItem {
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(words.T("order.copy_number"), func() { f.env.UI.Copy(r.OrderNumber, words.T("copied", "text", r.OrderNumber)) }),
		fyne.NewMenuItem(words.T("feedback.bin"), func() { f.detail.bin(r) }),
	}
	if r.OrderID != 0 {
		items = append([]*fyne.MenuItem{
			fyne.NewMenuItem(words.T("feedback.order"), func() { f.env.Open(route.Order{ID: r.OrderID}) }),
			fyne.NewMenuItem(words.T("buyers.show"), func() { f.env.Open(route.Buyer{Order: r.OrderID}) }),
		}, items...)
	}
	return items
}

// New writes down a feedback by hand.
func (f *Tab) New() { newFeedbackSheet(f.env) }

// Name is the tab's name.
func (f *Tab) Name() string { return "feedback" }

// Proof is the order of the feedback in view.
func (f *Tab) Proof() (show.Target, string, bool) {
	v := f.detail.view
	return show.Target{OrderID: v.OrderID}, words.T("proof.order", "number", v.OrderNumber), v.OrderID != 0
}

// Export does nothing: feedback has no bundle.
func (f *Tab) Export() {}

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
		f.detail.fill(draft{s.edited.State, s.edited.Reply, s.edited.Cause})
	}
	f.List.Restore(s.list)
}
