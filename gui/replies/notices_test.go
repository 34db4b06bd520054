package replies

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

func due(id int64, notice, buyer string) desk.DueNotice {
	shop := data.Shop{Platform: data.AliExpress, Name: "Sample Shop", Zone: "Asia/Shanghai"}
	return desk.DueNotice{Template: "own", Notice: service.Notice{
		Standing: data.Standing{OrderID: id, Shop: shop, Number: "812300000000000" + string(rune('0'+id-10)), Buyer: buyer, ShipTo: data.Address{Country: "ES"}},
		Notice:   notice, Since: guitest.At(17, 1), Why: data.Text{English: "It was shipped."},
	}}
}

// Notices are copied and sent one after the other by one key each, in each
// buyer's language; one can be skipped.
func TestDueNoticesGoOneAfterTheOther(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Fake.Due = []desk.DueNotice{due(11, "shipped", "Ana Muestra"), due(12, "late", "Bo Sample")}
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.parts.SelectIndex(partNotices)
	b.Shows(t, "All 2", "shipped 1", "late 1", "Ana Muestra · Spain", "8123000000000001")
	n := r.due
	if n.at != 11 || !n.copy.Disabled() || !strings.Contains(n.blocked.Text, "Missing") {
		t.Fatalf("a notice with a gap can be copied: %d, %q", n.at, n.blocked.Text)
	}
	b.Press(t, words.T("notices.change"))
	if to, ok := b.Went[len(b.Went)-1].(route.Reply); !ok || to.Order.ID != 11 || to.Template != "own" {
		t.Errorf("it opens %+v", b.Went)
	}
	b.Fake.Whole = true
	n.list.Select(1)
	n.list.Select(0)
	b.Press(t, words.T("notices.tick"))
	b.Shows(t, "2 ticked")
	r.TypedKey(fyne.KeyF9)
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.HasPrefix(got, "es: 8123000000000001") {
		t.Fatalf("copied: %q", got)
	}
	if len(b.Fake.Sent) != 0 || b.Window.Canvas().Focused() != fyne.Focusable(n.sent) {
		t.Fatal("a copy counts as sent, or the keys are not on Sent")
	}
	b.Fake.Due = b.Fake.Due[1:]
	r.TypedKey(fyne.KeyF9)
	n.reload() // as the change event does
	if len(b.Fake.Sent) != 1 || b.Fake.Sent[0].OrderID != 11 || n.at != 12 {
		t.Fatalf("sent %+v, then %d", b.Fake.Sent, n.at)
	}
	r.TypedKey(fyne.KeyF8)
	n.reload()
	if !slices.Equal(b.Fake.Skipped, []string{"late"}) || n.at != 0 {
		t.Errorf("skipped %v, then %d", b.Fake.Skipped, n.at)
	}
	b.Shows(t, "No notice is due.")
}

// A reply that is being written to the buyer is not overwritten by a notice.
func TestANoticeLeavesAReplyThatIsBeingWritten(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Fake.Whole = true
	b.Fake.Due = []desk.DueNotice{due(12, "shipped", "Bo Sample")}
	b.Fake.DraftsKept[data.ReplyAbout{OrderID: 12}] = data.ReplyDraft{Template: "other", Text: "half a reply"}
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.parts.SelectIndex(partNotices)
	b.Shows(t, "Another reply to this buyer is being written.")
	r.TypedKey(fyne.KeyF9)
	if got := b.Fake.DraftsKept[data.ReplyAbout{OrderID: 12}]; got.Text != "half a reply" || !got.CopiedAt.IsZero() {
		t.Errorf("the reply became %+v", got)
	}
}

func TestTicksAreOfRows(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Fake.Due = []desk.DueNotice{due(11, "shipped", "Ana Muestra"), due(12, "late", "Bo Sample")}
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.parts.SelectIndex(partNotices)
	checks := guitest.Find[*kit.Check](b)
	if len(checks) != 2 {
		t.Fatalf("%d boxes", len(checks))
	}
	checks[1].SetChecked(true)
	if !r.due.ticked[12] || r.due.ticked[11] {
		t.Errorf("ticked: %v", r.due.ticked)
	}
}

// The list is led by keys: arrows choose, the space bar ticks, function keys go on.
func TestTheListOfNoticesIsLedByKeys(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Fake.Whole = true
	b.Fake.Due = []desk.DueNotice{due(11, "shipped", "Ana Muestra"), due(12, "late", "Bo Sample")}
	r := New(b.Env, b.Fake)
	b.Show(r)
	b.UI.OnKey = r.TypedKey // as the window does
	for range 2 {
		r.TypedKey(fyne.KeyF5)
	}
	if b.Window.Canvas().Focused() != fyne.Focusable(r.due.list) {
		t.Fatal("the keys are not in the list")
	}
	press := func(key fyne.KeyName) { b.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key}) }
	press(fyne.KeyDown)
	press(fyne.KeySpace)
	if r.due.at != 12 || !r.due.ticked[12] {
		t.Fatalf("chosen %d, ticked %v", r.due.at, r.due.ticked)
	}
	press(fyne.KeyF9)
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(got, "8123000000000002") {
		t.Errorf("copied %q", got)
	}
}
