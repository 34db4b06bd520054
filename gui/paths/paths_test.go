package paths_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/paths"
	"casebinder/gui/route"
)

// button finds the one whose words begin or end with a text.
func button(t *testing.T, b *guitest.Bench, text string) *kit.KeyButton {
	t.Helper()
	var all []string
	for _, one := range guitest.Find[*kit.KeyButton](b) {
		if strings.Contains(one.Text, text) {
			return one
		}
		all = append(all, one.Text)
	}
	t.Fatalf("there is no button %q among %q", text, all)
	return nil
}

func TestAPathByKeysAndClicks(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	ctx := context.Background()
	rows, err := d.OrderRows(ctx, []int32{int32(dispute.OrderID)})
	if err != nil {
		t.Fatal(err)
	}
	var went []route.Route
	b.Open = func(r route.Route) { went = append(went, r) }
	paths.Open(b.Env, d, route.Path{Order: rows[0], Dispute: dispute.ID})
	b.Shows(t, "What should be done for 12-10001-20002?", "The dispute is about it.")
	b.NoRawKeys(t)
	test.Tap(button(t, b, "Not arrived"))
	b.Shows(t, "What does the buyer want?", "1 The parcel", "Not said yet")
	button(t, b, "The money back").TypedRune('3')
	b.Shows(t, "› What does the buyer want? The money back")
	for _, pick := range []string{"Yes", "Yes"} { // shipped, delivered; what was said is known
		test.Tap(button(t, b, "  "+pick))
	}
	b.Shows(t, "Ends in: Have it looked for, and ask the carrier", "“Not received”", "Nothing is sent to anybody")
	button(t, b, "Create").TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	b.Shows(t, "Was the buyer asked to look around")
	test.Tap(button(t, b, "  Yes"))
	test.Tap(button(t, b, "  Yes"))
	b.Shows(t, "What each way costs from now on", "USD 45.99", "not known", "Not known, and left out: Goods sent again, Postage of sending again.")
	b.NoRawKeys(t)
	test.Tap(button(t, b, "Decline kindly, with the proof"))
	test.Tap(button(t, b, "Create"))
	if !slices.ContainsFunc(went, func(r route.Route) bool {
		reply, ok := r.(route.Reply)
		return ok && reply.Template == "refuse_refund" && reply.Dispute == dispute.ID
	}) {
		t.Errorf("it went to %+v", went)
	}
	view, err := d.Order(ctx, dispute.OrderID)
	if err != nil || len(view.Tasks) != 1 || view.Paths[0].Run.EndedAt.IsZero() {
		t.Fatalf("the ending made %+v, %v", view.Tasks, err)
	}
	if messages := len(view.Timeline); slices.ContainsFunc(view.Timeline, func(m data.Moment) bool { return m.Kind == data.MomentMessage }) {
		t.Errorf("something was sent: %d moments", messages)
	}
}
