package replies

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Tab is the tab of replies. Its parts are the reply that is being written, the
// notices that are due, and the templates with their languages.
type Tab struct {
	env    *env
	write  *writer
	wait   *waiting
	due    *notices
	texts  *texts
	parts  *kit.Parts
	loader kit.Loader
}

// The parts in their order.
const (
	partWrite = iota
	partWaiting
	partNotices
	partTexts
)

// New makes the tab.
func New(shared *show.Env, d Desk) *Tab {
	e := &env{shared, d}
	r := &Tab{env: e, write: newWriter(e), wait: newWaiting(e), due: newNotices(e)}
	r.due.part = kit.NewPart("notices", words.T("replies.part.notices"), r.due.object)
	r.texts = newTexts(e, r.write.editByUID, r.write.newTemplate)
	r.wait.part = kit.NewPart("waiting", words.T("replies.part.waiting"), r.wait.object)
	r.parts = kit.NewParts("replies.part", kit.NewPart("write", words.T("replies.part.write"), r.write.object), r.wait.part, r.due.part,
		kit.NewPart("texts", words.T("replies.part.texts"), r.texts.object))
	return r
}

// About writes a reply about an order, a dispute of it or a feedback, from a
// template; "" proposes some.
func (r *Tab) About(order data.OrderRow, dispute, feedback int64, template string) {
	r.parts.SelectIndex(partWrite)
	r.write.open(target{order: order, about: data.ReplyAbout{OrderID: order.ID, DisputeID: dispute, FeedbackID: feedback}, template: template})
}

// Name is for screen.
func (r *Tab) Name() string { return "replies" }

// Content is for screen.
func (r *Tab) Content() fyne.CanvasObject { return r.parts }

// Reload is for screen.
func (r *Tab) Reload() {
	kit.Load(&r.loader, r.env.desk.Templates, func(list []data.Template, err error) {
		if err != nil {
			r.env.UI.Problem(err)
			return
		}
		r.write.setTemplates(list)
		r.due.reload()
		r.wait.reload()
		r.texts.reload()
		r.env.ChangedStatus()
		kit.Event("loaded", "name", "replies", "rows", len(list))
	})
}

// Changed asks anew for the templates, or for what is shown of the order.
func (r *Tab) Changed(events []data.ChangeEvent) {
	if slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return e.Of(data.EntityTemplate) }) {
		r.Reload()
	}
	r.write.changed(events)
	r.due.changed(events)
	r.wait.changed(events)
	r.texts.changed(events)
}

// Find is for screen.
func (r *Tab) Find() {
	r.parts.SelectIndex(partWrite)
	r.write.find()
}

// Status is for screen.
func (r *Tab) Status() string { return words.N("replies.count", len(r.write.templates)) }

// Rows is how many templates there are.
func (r *Tab) Rows() int { return len(r.write.templates) }

// Open is for screen: templates are named by UID, so there is no record to
// open by number.
func (r *Tab) Open(int64) {}

// New makes a template.
func (r *Tab) New() { r.write.newTemplate() }

// Proof is for screen: a file that is dropped here belongs to the order that
// the reply is about.
func (r *Tab) Proof() (show.Target, string, bool) {
	o, about := r.write.at.order, r.write.at.about
	to := show.Target{OrderID: o.ID, DisputeID: about.DisputeID, FeedbackID: about.FeedbackID, Kind: data.KindMessage}
	title := "proof.order"
	switch {
	case to.FeedbackID != 0:
		title, to.Kind = "feedback.proof", data.KindScreenshot
	case to.DisputeID != 0:
		title = "proof.dispute"
	}
	return to, words.T(title, "number", o.Number), o.ID != 0
}

// Export shows the dispute that the reply is about: its bundle is made there.
func (r *Tab) Export() {
	if id := r.write.at.about.DisputeID; id != 0 {
		r.env.Open(route.Dispute{ID: id})
	}
}

// TypedKey hears function keys, wherever the keys are.
func (r *Tab) TypedKey(key fyne.KeyName) {
	if r.env.UI.SheetOpen() {
		return
	}
	if key == fyne.KeyF5 {
		r.turn()
		return
	}
	switch r.parts.SelectedIndex() {
	case partWrite:
		r.write.key(key)
	case partNotices:
		r.due.key(key)
	}
}

// turn shows the next part, and gives it the keys.
func (r *Tab) turn() {
	r.parts.SelectIndex((r.parts.SelectedIndex() + 1) % len(r.parts.All))
	switch r.parts.SelectedIndex() {
	case partWrite:
		r.env.UI.Window.Canvas().Focus(r.write.ui.text)
	case partWaiting:
		r.wait.table.Focus()
	case partNotices:
		r.env.UI.Window.Canvas().Focus(r.due.list)
	case partTexts:
		if r.texts.table != nil {
			r.texts.table.Focus()
		}
	}
}

// Unsaved stores what was typed and waits for a pause.
func (r *Tab) Unsaved() func(context.Context) error { return r.write.unsaved() }

// saved is what the tab keeps over a rebuild of the window; the draft itself is
// in the desk.
type saved struct {
	at     target
	part   int
	search string
}

// State is for screen.
func (r *Tab) State() any {
	r.write.flush()
	return saved{r.write.at, r.parts.SelectedIndex(), r.write.tree.search.Text}
}

// Restore is for screen.
func (r *Tab) Restore(state any) {
	s, ok := state.(saved)
	if !ok {
		return
	}
	r.parts.SelectIndex(s.part)
	r.write.tree.search.SetQuiet(s.search)
	r.write.tree.text = s.search
	r.write.at = s.at
	r.Reload()
}
