package firststeps

import (
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// A new seller goes the four steps on a real desk; what a step asks for is one
// press away, and the strip is gone when the last is taken.
func TestTheStripLeadsFromImportToABundle(t *testing.T) {
	b, d := guitest.Real(t)
	var went string
	today := false
	s := New(d, Frame{
		UI: b.UI, Import: func() { went = "import" }, Today: func() { went, today = "today", true }, InToday: func() bool { return today },
		Open: func() { went = "open" }, Disputes: func() { went = "disputes" },
	})
	b.Window.SetContent(b.UI.Frame(s.Object))
	press := func(text, want string) {
		t.Helper()
		went = ""
		b.Press(t, text)
		if went != want {
			t.Errorf("%q led to %q, want %q", text, went, want)
		}
	}
	s.Load()
	press(words.T("first.import.do"), "import")
	order := guitest.Orders(t, d, "12-10001-20002,2026-11-10 10:00,sample,45.99,USD")[0]
	s.Load()
	b.Shows(t, "✓  "+words.T("first.import"))
	press(words.T("first.look.do"), "today")
	s.Draw()
	press(words.T("first.look.on"), "")
	press(words.T("first.open.do"), "open")
	if _, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: order.ID, Reason: data.ReasonNotReceived}); err != nil {
		t.Fatal(err)
	}
	s.Load()
	press(words.T("first.bind.do"), "disputes")

	b.Press(t, words.T("first.leave"))
	if s.Object.Visible() {
		t.Error("it was left and still stands there")
	}
	s.Again()
	if !s.Object.Visible() {
		t.Error("it was wanted again and does not stand there")
	}
}
