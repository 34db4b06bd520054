package orders

import (
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// A path that does not fit the order in view says why instead of failing; one that is
// walked already goes on.
func TestPathThatDoesNotFitSaysWhy(t *testing.T) {
	b := guitest.New(t, words.English)
	waits := data.Text{Key: "path.why.waits", English: "No parcel has left yet."}
	view := b.Fake.Orders[11]
	view.Unfit = map[string]data.Text{"return_label": waits, "cancel": waits}
	view.Paths = []desk.PathView{{Run: data.PathRun{Path: "cancel"}}}
	b.Fake.Orders[11] = view
	o := New(b.Env, b.Fake)
	b.Show(o)
	o.Open(11)
	want := map[string]string{"order.address": "", "order.cancel": "", "order.return": "No parcel has left yet."}
	for _, a := range o.detail.actions() {
		if why, asked := want[a.Name]; asked && a.Why() != why {
			t.Errorf("%s: %q, want %q", a.Name, a.Why(), why)
		}
	}
}
