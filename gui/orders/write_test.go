package orders

import (
	"testing"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// F2 and a digit write something down, in each language; what is odd is asked.
func TestTwoKeysWriteSomethingDown(t *testing.T) {
	for _, language := range words.Languages() {
		b, d, dispute := guitest.RealCase(t)
		words.Set(language)
		o := New(b.Env, d)
		b.Show(o)
		o.detail.Show(dispute.OrderID)
		now := func() desk.OrderView {
			v, err := d.Order(t.Context(), dispute.OrderID)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		before := now()
		o.TypedKey(fyne.KeyF2)
		b.NoKeysOf(t, "order", "timeline", "order_event", "address")
		b.Shows(t, words.T("order.write.shipped"), words.T("order.write.address"))
		menu := guitest.Find[*kit.KeyMenu](b)
		if len(menu) != 1 {
			t.Fatalf("%d menus", len(menu))
		}
		menu[0].TypedRune('7')
		b.Shows(t, words.T("order.write.odd")) // it has not been shipped
		if len(now().Events) != len(before.Events) {
			t.Errorf("%s: written before the answer", language)
		}
		b.Press(t, words.T("order.write.odd.do"))
		if after := now(); len(after.Events) != len(before.Events)+1 || after.Events[len(after.Events)-1].Kind != data.OrderReturnAsked {
			t.Errorf("%s: 7 wrote %+v", language, after.Events)
		}
		if b.UI.SheetOpen() {
			t.Errorf("%s: the sheet is still open", language)
		}
		o.detail.Show(dispute.OrderID)
		b.Shows(t, words.T("order_event.return_asked"), words.T("timeline.stated"))
	}
}

// One Enter, such as a hasty second one, writes nothing down: nothing is chosen before
// an arrow or a digit.
func TestEnterAloneWritesNothing(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	o := New(b.Env, d)
	b.Show(o)
	o.detail.Show(dispute.OrderID)
	events := func() int {
		v, err := d.Order(t.Context(), dispute.OrderID)
		if err != nil {
			t.Fatal(err)
		}
		return len(v.Events)
	}
	before := events()
	o.TypedKey(fyne.KeyF2)
	menu := guitest.Find[*kit.KeyMenu](b)[0]
	for range 3 {
		menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	if events() != before || !b.UI.SheetOpen() {
		t.Fatalf("three Enters wrote %d events", events()-before)
	}
	menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // what comes next: shipped
	if b.UI.TopSheet() == "order.write" {
		t.Error("an arrow and Enter do nothing")
	}
}
