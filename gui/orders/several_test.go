package orders

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// Orders chosen together are marked shipped by two keys and with one step back; one
// that was refunded in full is left out, and told.
func TestOrdersChosenTogetherAreWrittenDown(t *testing.T) {
	for _, language := range words.Languages() {
		b, d := guitest.Real(t)
		words.Set(language)
		rows := guitest.Orders(
			t, d, "12-10001-20001,2026-11-10 10:00,ana,45.99,USD", "12-10001-20002,2026-11-11 10:00,bo,12.00,USD", "12-10001-20003,2026-11-12 10:00,cy,8.50,USD",
		)
		if err := d.WriteOrder(t.Context(), rows[0].ID, desk.OrderDeed{Kind: data.OrderRefund}); err != nil {
			t.Fatal(err)
		}
		o := New(b.Env, d)
		b.Show(o)
		shipped := func() (n int) {
			for _, r := range rows {
				v, err := d.Order(t.Context(), r.ID)
				if err != nil {
					t.Fatal(err)
				}
				if !v.Order.ShippedAt.IsZero() {
					n++
				}
			}
			return n
		}
		o.Table.Focus()
		b.UI.Window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
		if got := o.Status(); got != words.Join(" · ", words.N("list.chosen", 3), words.N("orders.count", 3)) {
			t.Errorf("%s: the status says %q", language, got)
		}
		o.TypedKey(fyne.KeyF2)
		b.Shows(t, words.N("orders.several.title", 3))
		guitest.Find[*kit.KeyMenu](b)[0].TypedRune('1')
		b.NoRawKeys(t)
		b.Shows(t, words.N("orders.several.left", 1))
		if got := shipped(); got != 2 {
			t.Errorf("%s: %d orders are shipped, want the 2 that were not refunded", language, got)
		}
		if _, err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := shipped(); got != 0 {
			t.Errorf("%s: after one step back %d orders are shipped", language, got)
		}
	}
}

// Orders chosen together get one date and note, and what does not fit one is left
// out and told.
func TestOrdersChosenTogetherGetADate(t *testing.T) {
	b, d := guitest.Real(t)
	rows := guitest.Orders(t, d, "12-10001-20001,2026-11-10 10:00,ana,45.99,USD", "12-10001-20002,2026-11-20 10:00,bo,12.00,USD")
	o := New(b.Env, d)
	b.Show(o)
	o.Table.Focus()
	b.UI.Window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	o.TypedKey(fyne.KeyF2)
	guitest.Find[*kit.KeyMenu](b)[0].TypedRune('5')
	fields := guitest.Find[*kit.Entry](b)
	for i, text := range []string{"Example Post", "2026-11-12 09:00", "by van"} {
		fields[len(fields)-3+i].SetText(text)
	}
	b.UI.Save()
	b.NoRawKeys(t)
	b.Shows(t, words.N("orders.several.left", 1)) // the later one was ordered after that day
	for _, r := range rows {
		v, err := d.Order(t.Context(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := time.Date(2026, 11, 12, 9, 0, 0, 0, time.Local)
		if r.Number == "12-10001-20002" {
			want = time.Time{}
		}
		if !v.Order.ShippedAt.Equal(want) {
			t.Errorf("%s was shipped %v, want %v", r.Number, v.Order.ShippedAt, want)
		}
	}
}
