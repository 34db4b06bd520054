package replies

import (
	"context"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/show"
)

// touched has what was chosen or typed stored after a pause.
func (w *writer) touched() {
	w.dirty = true
	w.edits++
	if w.saver != nil {
		w.saver.Stop()
	}
	w.saver = kit.After(savePause, w.flush)
}

// flush stores what waits for the pause.
func (w *writer) flush() {
	w.takeFields()
	if !w.dirty {
		return
	}
	w.dirty = false
	w.keeper.Keep(w.toStore())
}

// toStore is the draft as it is stored.
func (w *writer) toStore() data.ReplyDraft {
	d := w.draft
	d.ReplyAbout = w.at.about
	return d
}

// unsaved stores what waits for the pause when the window closes.
func (w *writer) unsaved() func(context.Context) error {
	w.takeFields()
	if !w.dirty {
		return func(context.Context) error { return nil }
	}
	w.dirty = false
	d := w.toStore()
	return func(ctx context.Context) error { return w.env.desk.SaveDraft(ctx, d) }
}

// keptTyped is where drafts were kept before the desk kept them.
const keptTyped = "replies.typed"

// oldDrafts is the form in which they were: several for an order, one a template.
type oldDrafts struct {
	Drafts []struct {
		Key struct {
			Template string `json:"template"`
			Variant  string `json:"variant"`
			Order    int64  `json:"order"`
			Dispute  int64  `json:"dispute"`
		} `json:"key"`
		Text string    `json:"text"`
		At   time.Time `json:"at"`
	} `json:"drafts"`
	Values []struct {
		Order  int64             `json:"order"`
		Values map[string]string `json:"values"`
	} `json:"values"`
}

// adopt takes over what was typed with an earlier version: of each order the
// newest text, and the values that were typed for it. What was typed without an
// order may have been meant for anybody, and is let go.
func (w *writer) adopt() {
	var old oldDrafts
	if !w.env.UI.Kept(keptTyped, &old) || len(old.Drafts)+len(old.Values) == 0 {
		return
	}
	values := map[int64]map[string]string{}
	for _, v := range old.Values {
		values[v.Order] = v.Values
	}
	newest := map[data.ReplyAbout]data.ReplyDraft{}
	for _, d := range old.Drafts { // they stand newest first
		about := data.ReplyAbout{OrderID: d.Key.Order, DisputeID: d.Key.Dispute}
		if _, there := newest[about]; !there && about.OrderID != 0 {
			newest[about] = data.ReplyDraft{ReplyAbout: about, Template: d.Key.Template, Variant: d.Key.Variant, Text: d.Text, Fields: values[about.OrderID]}
		}
	}
	kit.Do(func(ctx context.Context) (struct{}, error) {
		for about, d := range newest {
			known, err := w.env.desk.DraftOf(ctx, about)
			if err != nil {
				return struct{}{}, err
			}
			if !known.IsEmpty() {
				continue
			}
			if err := w.env.desk.SaveDraft(ctx, d); err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, nil
	}, func(_ struct{}, err error) {
		if err != nil {
			w.env.UI.Problem(err)
			return
		}
		w.env.UI.Keep(keptTyped, oldDrafts{})
	})
}

// changed asks anew where what is written about is another now.
func (w *writer) changed(events []data.ChangeEvent) {
	w.talk.Changed(events)
	about := w.at.about
	if w.opened && (w.noted(events) || show.Touched(events, data.RowRef{Entity: data.EntityOrder, ID: about.OrderID}, data.RowRef{Entity: data.EntityDispute, ID: about.DisputeID},
		data.RowRef{Entity: data.EntityFeedback, ID: about.FeedbackID}, data.RowRef{Entity: data.EntityDraft, ID: w.copiedID()})) {
		w.open(w.at)
		return
	}
	rules := slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return e.Of(data.EntityPolicy) })
	if rules && w.opened && !w.waiting {
		w.check()
	}
}

// copiedID is the draft's row where it was copied: nobody else changes one that
// is being written here.
func (w *writer) copiedID() int64 {
	if w.draft.CopiedAt.IsZero() {
		return 0
	}
	return w.draft.ID
}

// noted reports whether something was noted of the buyer: tone and language choose
// the text.
func (w *writer) noted(events []data.ChangeEvent) bool {
	buyer := w.view.Order.Buyer.ID
	return buyer != 0 && slices.ContainsFunc(events, func(e data.ChangeEvent) bool {
		return strings.HasSuffix(e.Action, "buyer.edit") && e.Shows(data.EntityBuyer, buyer)
	})
}
