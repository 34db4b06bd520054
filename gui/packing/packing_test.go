package packing

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// A scan finds the order; a number of no order is said; a session goes when its sheet
// is closed.
func TestAScanPutsTheOrderOnTheTable(t *testing.T) {
	for _, language := range words.Languages() {
		t.Run(language, func(t *testing.T) {
			b, d, dispute := guitest.RealCase(t)
			words.Set(language)
			r := New(b.Env, d)
			r.Open(0)
			b.Shows(t, words.T("pack.empty"))
			r.at.scan.SetText("99-99999-99999")
			r.at.key(fyne.KeyReturn)
			b.Shows(t, words.T("pack.unknown", "code", "99-99999-99999"))
			r.at.scan.SetText("12-10001-20002")
			r.at.key(fyne.KeyEnter)
			if r.at.id != dispute.OrderID || r.at.scan.Text != "" {
				t.Fatalf("order %d is on the table, want %d; the field holds %q", r.at.id, dispute.OrderID, r.at.scan.Text)
			}
			b.Shows(t, "12-10001-20002", words.T("slot.packing"))
			b.NoRawKeys(t)
			b.NoKeysOf(t, "pack", "slot", "packing")
			r.at.weight.SetText("1,25 kg")
			r.at.weigh()
			v, err := d.Packing(context.Background(), dispute.OrderID)
			if err != nil || len(v.Order.Shipments) != 1 || v.Order.Shipments[0].Weight != 1250 {
				t.Errorf("weighed %+v, %v", v.Order.Shipments, err)
			}
			r.at.sheet.Cancel()
			if r.Take([]string{"a.jpg"}, "drop") || r.Paste() {
				t.Error("a session that was closed takes files")
			}
		})
	}
}
