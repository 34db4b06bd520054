package packing

import (
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/gui/clip"
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
			b.Clipboard = func(func(clip.Content, error)) { t.Error("a session that was closed reads the clipboard") }
			r.Paste()
			if r.Take([]string{"a.jpg"}, "drop") {
				t.Error("a session that was closed takes files")
			}
		})
	}
}

// A picture of a watched folder goes to the order that its name holds, also while
// another one lies on the table; one that names none is asked about.
func TestPicturesOfAFolderComeToTheTable(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	r := New(b.Env, d)
	r.Open(0)
	file := func(name string, shade uint8) string {
		path := filepath.Join(t.TempDir(), name)
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		img := image.NewGray(image.Rect(0, 0, 8, 8))
		img.Pix[0] = shade
		if err := png.Encode(f, img); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if !r.Take([]string{file("12-10001-20002.png", 1)}, SourceFolder) {
		t.Fatal("an open session takes nothing")
	}
	o, err := d.Order(context.Background(), dispute.OrderID)
	if err != nil || !slices.ContainsFunc(o.Evidence, func(e data.Evidence) bool { return e.Name == "12-10001-20002.png" && e.Slot != "" }) {
		t.Errorf("the order's evidence is %+v, %v", o.Evidence, err)
	}
	r.Open(dispute.OrderID)
	old := file("strange.png", 2)
	long := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(old, long, long); err != nil {
		t.Fatal(err)
	}
	r.Take([]string{old}, SourceFolder)
	b.Shows(t, words.T("pack.unsure.title"), "strange.png", words.T("pack.unsure.leave"))
	if r.Take([]string{old}, SourceFolder) {
		t.Error("pictures are taken while one is being asked about")
	}
}

// Each slot's deeds have keys, and a scanner reaches its field from wherever the keys are.
func TestSlotsAreWorkedByKeys(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	r := New(b.Env, d)
	r.Open(dispute.OrderID)
	keys := func() fyne.Focusable { return b.UI.Window.Canvas().Focused() }
	rows := r.at.slotRows
	if len(rows) < 2 {
		t.Fatalf("%d slots", len(rows))
	}
	b.UI.Window.Canvas().Focus(rows[0])
	rows[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if keys() != rows[1] {
		t.Fatalf("Down went to %T", keys())
	}
	rows[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	b.Shows(t, words.T("stays.slot"))
	var asked bool
	b.Clipboard = func(func(clip.Content, error)) { asked = true }
	rows[1].TypedKey(&fyne.KeyEvent{Name: keysPaste})
	if !asked {
		t.Error("F4 of a slot does not paste into it")
	}
	r.at.drawSlots()
	if keys() != r.at.slotRows[1] {
		t.Errorf("drawn anew, the keys went to %T", keys())
	}
	r.at.slotRows[1].TypedRune('1')
	r.at.scan.TypedRune('2')
	if keys() != r.at.scan || r.at.scan.Text != "12" {
		t.Errorf("a scan over a slot: the field holds %q, the keys are at %T", r.at.scan.Text, keys())
	}
}
