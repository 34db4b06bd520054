package replies

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"
)

// keptTyped is where what was typed into replies is kept.
const keptTyped = "replies.typed"

// keptMost is how many drafts, and orders with typed values, outlive the
// program: the newest.
const keptMost = 500

// draftKey is what a draft edited by hand belongs to: what was typed for one buyer
// never stands in a reply to another.
type draftKey struct {
	Template string `json:"template"`
	Variant  string `json:"variant,omitempty"` // "": by the buyer's language
	Language string `json:"language"`          // of the text
	Order    int64  `json:"order,omitempty"`   // 0: none
	Dispute  int64  `json:"dispute,omitempty"`
}

// handText is a draft that was edited by hand.
type handText struct {
	Key  draftKey  `json:"key"`
	Text string    `json:"text"`
	At   time.Time `json:"at"`
	sent bool      // copied, and so in the order's timeline: it need not outlive the program
}

// orderValues are the values typed for variables that an order does not know.
type orderValues struct {
	Order  int64             `json:"order"` // 0: no order
	Values map[string]string `json:"values"`
	At     time.Time         `json:"at"`
}

// typedTexts is all that was typed into replies and may be wanted again.
type typedTexts struct {
	drafts map[draftKey]handText
	values map[int64]orderValues
}

// keptTexts is the form in which it is kept, newest first.
type keptTexts struct {
	Drafts []handText    `json:"drafts"`
	Values []orderValues `json:"values"`
}

func newTyped(kept keptTexts) *typedTexts {
	t := &typedTexts{drafts: map[draftKey]handText{}, values: map[int64]orderValues{}}
	for _, d := range kept.Drafts {
		t.drafts[d.Key] = d
	}
	for _, v := range kept.Values {
		t.values[v.Order] = v
	}
	return t
}

// toKeep is what outlives the program.
func (t *typedTexts) toKeep() keptTexts {
	drafts := slices.DeleteFunc(slices.Collect(maps.Values(t.drafts)), func(d handText) bool { return d.sent })
	values := slices.Collect(maps.Values(t.values))
	slices.SortFunc(drafts, func(a, b handText) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Text, b.Text)) })
	slices.SortFunc(values, func(a, b orderValues) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Order, b.Order)) })
	return keptTexts{drafts[:min(len(drafts), keptMost)], values[:min(len(values), keptMost)]}
}

// set keeps a value typed for an order; "" takes it away.
func (t *typedTexts) set(order int64, name, value string, now time.Time) {
	v := maps.Clone(t.values[order].Values)
	if v == nil {
		v = map[string]string{}
	}
	if v[name] = value; value == "" {
		delete(v, name)
	}
	if t.values[order] = (orderValues{order, v, now}); len(v) == 0 {
		delete(t.values, order)
	}
}

// extra are the values typed for the order that is chosen.
func (r *Tab) extra() map[string]string { return r.typedIn.values[r.chosen.order.ID].Values }

// key is that of the draft that is shown.
func (r *Tab) key() draftKey {
	return draftKey{r.chosen.template, r.chosen.variant, r.shown.draft.Language, r.chosen.order.ID, r.chosen.disputeID}
}

// keep has what was typed written down.
func (r *Tab) keep() { r.env.UI.Keep(keptTyped, r.typedIn.toKeep()) }

// Unsaved takes what stands in the fields and has not been looked at yet; the window
// writes down what is kept when it closes.
func (r *Tab) Unsaved() func(context.Context) error {
	for name, field := range r.inputs {
		if value := strings.TrimSpace(field.Text); value != r.typedIn.values[r.fieldsOf].Values[name] {
			r.typedIn.set(r.fieldsOf, name, value, r.env.UI.Now())
			r.keep()
		}
	}
	return func(context.Context) error { return nil }
}
