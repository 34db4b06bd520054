package replies

import (
	"context"
	"time"

	"casebinder/data"
	"casebinder/gui/kit"
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
