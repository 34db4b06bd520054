package replies

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

func room(t *testing.T, language string) (*guitest.Bench, *Tab) {
	t.Helper()
	b := guitest.New(t, language)
	r := New(b.Env, b.Fake)
	b.Show(r)
	return b, r
}

func rowOf(b *guitest.Bench, id int64) data.OrderRow { return show.RowOfOrder(b.Fake.Orders[id]) }

// onOrder writes a reply about an order from the fake template.
func onOrder(b *guitest.Bench, r *Tab, id int64) *writer {
	r.About(rowOf(b, id), 0, 0, "own")
	return r.write
}

// fillIn types the tracking number that the fake template wants.
func fillIn(w *writer, value string) {
	field := w.ui.inputs["tracking.number"]
	field.SetText(value)
	field.Flush()
}

func TestCopyIsBlockedByAMissingVariable(t *testing.T) {
	b, r := room(t, words.English)
	r.About(data.OrderRow{}, 0, 0, "own")
	w := r.write
	if !w.ui.copy.Disabled() {
		t.Fatal("a draft without its order can be copied")
	}
	onOrder(b, r, 11)
	if !w.ui.copy.Disabled() || !strings.Contains(w.ui.blocked.Text, "Missing") || strings.Contains(w.ui.blocked.Text, "number of the order") {
		t.Fatalf("copy is enabled or says nothing: %q", w.ui.blocked.Text)
	}
	if !strings.HasPrefix(w.ui.text.Text, "es: 8123000000000001") || !strings.HasPrefix(w.ui.gloss.Text(), "en:") {
		t.Fatalf("the draft is not in the buyer's language, or not filled: %q, beneath %q", w.ui.text.Text, w.ui.gloss.Text())
	}
	w.copyText()
	if len(b.Fake.DraftsKept) != 0 {
		t.Fatal("a text with a gap was copied")
	}
	fillIn(w, "LX1CN")
	if w.ui.copy.Disabled() {
		t.Fatalf("copy is still blocked: %q", w.ui.blocked.Text)
	}
}

// Copied is not sent: the second step, one key, writes it into the record.
func TestCopyThenSent(t *testing.T) {
	b, r := room(t, words.English)
	w := onOrder(b, r, 11)
	fillIn(w, "LX1CN")
	if !w.ui.sent.Disabled() {
		t.Error("what was never copied can be said to be sent")
	}
	r.TypedKey(fyne.KeyF9)
	want := "es: 8123000000000001 / LX1CN"
	if got := fyne.CurrentApp().Clipboard().Content(); got != want {
		t.Errorf("the clipboard holds %q, want %q", got, want)
	}
	if len(b.Fake.Sent) != 0 || w.ui.sent.Disabled() || b.Window.Canvas().Focused() != w.ui.sent {
		t.Fatalf("after the copy: sent %v, Sent can be pressed: %v", b.Fake.Sent, !w.ui.sent.Disabled())
	}
	b.Shows(t, "not sent yet")
	b.UI.OnKey = r.TypedKey // as the window does
	b.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyF9})
	if len(b.Fake.Sent) != 1 || b.Fake.Sent[0].Text != want || b.Fake.Sent[0].Template != "own" || b.Fake.Sent[0].Language != "es" {
		t.Fatalf("sent: %+v", b.Fake.Sent)
	}
}

// The channel is asked for once a reply was copied; what was chosen is kept, also
// when the conversation is read anew before the reply is said to be sent.
func TestTheChannelOfASentReplyIsChosen(t *testing.T) {
	b, r := room(t, words.English)
	w := onOrder(b, r, 11)
	fillIn(w, "LX1CN")
	if w.ui.by.Object.Visible() {
		t.Error("the channel is asked for before anything was copied")
	}
	r.TypedKey(fyne.KeyF9)
	b.Shows(t, "Sent by", "AliExpress site message")
	w.ui.by.Object.Objects[1].(*kit.Choice[string]).SetSelected("e-mail")
	w.open(w.at) // as a change of the order does
	b.Press(t, words.T("replies.sent"))
	if len(b.Fake.Sent) != 1 || b.Fake.Sent[0].Channel != "email" {
		t.Fatalf("sent: %+v", b.Fake.Sent)
	}
}

// The key that copies is not lost while the text is still checked; what was typed
// after it is not copied by it.
func TestTheKeyThatCopiesWaitsForTheCheck(t *testing.T) {
	b, r := room(t, words.English)
	w := onOrder(b, r, 11)
	fillIn(w, "LX1CN")
	copied := func() bool { return fyne.CurrentApp().Clipboard().Content() != "" }
	w.checking = true
	r.TypedKey(fyne.KeyF9)
	if copied() {
		t.Fatal("it was copied before it was checked")
	}
	w.check()
	if !copied() {
		t.Error("it was checked, and the key was forgotten")
	}
	fyne.CurrentApp().Clipboard().SetContent("")
	w.draft.CopiedText = ""
	w.checking = true
	r.TypedKey(fyne.KeyF9)
	w.checkSoon() // as typing does
	w.check()
	if copied() {
		t.Error("what was typed after the key was copied by it")
	}
}

// A reply that was copied and not sent can be let go of.
func TestACopiedReplyCanBeLetGoOf(t *testing.T) {
	b, r := room(t, words.English)
	w := onOrder(b, r, 11)
	fillIn(w, "LX1CN")
	r.TypedKey(fyne.KeyF9)
	if len(b.Fake.DraftsKept) != 1 {
		t.Fatalf("kept: %+v", b.Fake.DraftsKept)
	}
	b.Press(t, words.T("thread.drop"))
	if len(b.Fake.DraftsKept) != 0 || len(b.Fake.Sent) != 0 {
		t.Errorf("left: %+v, sent %+v", b.Fake.DraftsKept, b.Fake.Sent)
	}
}

// While the draft of another order, template or language is on its way, nothing
// of the former one stands on the screen, and nothing can be copied.
func TestFormerDraftIsGoneWhileTheNextIsOnItsWay(t *testing.T) {
	b, r := room(t, words.English)
	w := onOrder(b, r, 11)
	fillIn(w, "LX1CN")
	if w.ui.copy.Disabled() || w.ui.text.Disabled() {
		t.Fatal("a whole draft cannot be copied or edited")
	}
	asked := 0
	former := w.ui.text.Text
	empty := func() {
		asked++
		if w.ui.text.Text != "" || !w.ui.text.Disabled() || !w.ui.copy.Disabled() {
			t.Errorf("on the way: the text is %q, editable %v, Copy live %v", w.ui.text.Text, !w.ui.text.Disabled(), !w.ui.copy.Disabled())
		}
		b.Hides(t, former)
		w.copyText()
	}
	b.Fake.OnDraft, b.Fake.OnOrder = empty, func(int64) { empty() }
	onOrder(b, r, 12)
	b.Fake.OnDraft, b.Fake.OnOrder = nil, nil
	if asked == 0 || w.ui.text.Disabled() || !strings.Contains(w.ui.text.Text, "8123000000000002") {
		t.Errorf("asked %d times, and the draft came as %q", asked, w.ui.text.Text)
	}
	for _, d := range b.Fake.DraftsKept {
		if !d.CopiedAt.IsZero() {
			t.Errorf("copied before it was there: %+v", d)
		}
	}
}

func TestReplyTakesTheOrderInView(t *testing.T) {
	b := guitest.New(t, words.English)
	b.InView = rowOf(b, 12)
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.write.chooseTemplate("own")
	if !strings.Contains(r.write.ui.text.Text, "8123000000000002") {
		t.Errorf("the draft is not about the order in view: %q", r.write.ui.text.Text)
	}
}

// A reply to a dispute begins with a template that fits, also where the templates
// come later.
func TestReplyToADisputeBeginsWithWhatFits(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Fake.Fits = []string{"own"}
	r := New(b.Env, b.Fake)
	r.About(rowOf(b, 11), 21, 0, "")
	b.Show(r)
	if w := r.write; w.draft.Template != "own" || w.tree.selected != "own" || !strings.Contains(w.ui.text.Text, "8123000000000001") {
		t.Fatalf("chosen is %q, the draft %q", w.draft.Template, w.ui.text.Text)
	}
}

// Enter in the search chooses the first template found.
func TestEnterInTheSearchChoosesTheFirstHit(t *testing.T) {
	_, r := room(t, words.English)
	find := func(typed string) string {
		r.write.tree.search.SetText(typed)
		r.write.tree.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		return r.write.draft.Template
	}
	if got := find("nothing of the kind"); got != "" {
		t.Errorf("nothing was found, and %q is chosen", got)
	}
	if got := find("own words"); got != "own" || !strings.Contains(r.write.ui.text.Text, "⟦order.number⟧") {
		t.Errorf("chosen is %q, the draft %q", got, r.write.ui.text.Text)
	}
}

// What was typed for one buyer stands in no reply to another, and all of it is
// there when the program starts again, even in the pause before it is looked at.
func TestTypedTextIsOfOneOrderAndOutlivesTheProgram(t *testing.T) {
	b, r := room(t, words.English)
	w := onOrder(b, r, 11)
	test.Type(w.ui.text, "Dear one, ")
	onOrder(b, r, 12)
	if strings.Contains(w.ui.text.Text, "Dear one") {
		t.Fatalf("another buyer's draft is %q", w.ui.text.Text)
	}
	test.Type(w.ui.inputs["tracking.number"], "LX2CN")
	if err := r.Unsaved()(t.Context()); err != nil {
		t.Fatal(err)
	}

	again := New(b.Env, b.Fake)
	b.Show(again)
	w = onOrder(b, again, 11)
	if !strings.HasPrefix(w.ui.text.Text, "Dear one, es: 8123000000000001 / ⟦") || w.ui.inputs["tracking.number"].Text != "" {
		t.Errorf("the first order's draft is %q, its tracking number %q", w.ui.text.Text, w.ui.inputs["tracking.number"].Text)
	}
	fillIn(w, "LX1CN")
	if w.ui.text.Text != "Dear one, es: 8123000000000001 / LX1CN" {
		t.Errorf("a value does not take the place of its gap: %q", w.ui.text.Text)
	}
	onOrder(b, again, 12)
	if !strings.HasSuffix(w.ui.text.Text, "8123000000000002 / LX2CN") || w.ui.inputs["tracking.number"].Text != "LX2CN" {
		t.Errorf("the second order's draft is %q, its tracking number %q", w.ui.text.Text, w.ui.inputs["tracking.number"].Text)
	}
	test.Type(w.ui.text, "Dear two, ")
	w.check()
	r = again
	r.TypedKey(fyne.KeyF9)
	r.TypedKey(fyne.KeyF9)
	last := New(b.Env, b.Fake)
	b.Show(last)
	if w = onOrder(b, last, 12); strings.Contains(w.ui.text.Text, "Dear two") || len(b.Fake.Sent) != 1 {
		t.Errorf("a reply that was sent comes back as a draft: %q", w.ui.text.Text)
	}
}

// A value that was typed for one buyer without an order fills no reply to the next:
// neither after a copy, nor when the program starts again.
func TestAValueWithoutAnOrderIsOfOneReply(t *testing.T) {
	b, r := room(t, words.English)
	r.About(data.OrderRow{}, 0, 0, "own")
	w := r.write
	fillIn(w, "LX1CN")
	if !strings.Contains(w.ui.text.Text, "LX1CN") {
		t.Fatalf("the value is not filled in: %q", w.ui.text.Text)
	}
	w.draft.CopiedAt = guitest.Now // as if it were copied
	w.take("own")
	if strings.Contains(w.ui.text.Text, "LX1CN") || w.ui.inputs["tracking.number"].Text != "" {
		t.Errorf("the next reply is %q", w.ui.text.Text)
	}
	fillIn(w, "LX2CN")
	if err := r.Unsaved()(t.Context()); err != nil {
		t.Fatal(err)
	}
	again := New(b.Env, b.Fake)
	b.Show(again)
	again.About(data.OrderRow{}, 0, 0, "own")
	if w := again.write; strings.Contains(w.ui.text.Text, "LX2CN") || w.ui.inputs["tracking.number"].Text != "" {
		t.Errorf("after a restart the next reply is %q", w.ui.text.Text)
	}
}

// What an earlier version kept in the window's settings becomes drafts of their
// orders.
func TestDraftsOfAnEarlierVersionAreTakenOver(t *testing.T) {
	b := guitest.New(t, words.English)
	b.UI.KeepIn(map[string]json.RawMessage{"replies.typed": json.RawMessage(`{"drafts":[
		{"key":{"template":"own","language":"es","order":11},"text":"newest","at":"2025-11-19T00:00:00Z"},
		{"key":{"template":"other","language":"es","order":11},"text":"older","at":"2025-11-18T00:00:00Z"},
		{"key":{"template":"own","language":"en"},"text":"for nobody","at":"2025-11-18T00:00:00Z"}],
		"values":[{"order":11,"values":{"tracking.number":"LX1CN"},"at":"2025-11-18T00:00:00Z"}]}`)}, func(map[string]json.RawMessage) {})
	New(b.Env, b.Fake)
	got := b.Fake.DraftsKept[data.ReplyAbout{OrderID: 11}]
	if len(b.Fake.DraftsKept) != 1 || got.Text != "newest" || got.Template != "own" || got.Fields["tracking.number"] != "LX1CN" {
		t.Errorf("taken over: %+v", b.Fake.DraftsKept)
	}
}

// A blocking finding keeps the reply back until it is let stand with a reason,
// which goes with the message.
func TestABlockingFindingNeedsAReason(t *testing.T) {
	b, r := room(t, words.English)
	b.Fake.Check = []data.Finding{{Rule: "gate.feedback", Severity: data.Blocking, Why: data.Text{English: "Feedback is traded for money."}, Where: []data.Ref{{Kind: "text", ID: "0-2", Label: "es"}}}}
	w := onOrder(b, r, 11)
	fillIn(w, "LX1CN")
	b.Shows(t, "Feedback is traded for money.", "1 problem found")
	if !w.ui.copy.Disabled() {
		t.Fatal("it can be copied")
	}
	b.Press(t, words.T("case.finding.pass"))
	test.Type(b.Window.Canvas().Focused(), "the platform asked us to")
	b.UI.Save()
	if w.ui.copy.Disabled() {
		t.Fatalf("it cannot be copied with a reason: %q", w.ui.blocked.Text)
	}
	r.TypedKey(fyne.KeyF9)
	r.TypedKey(fyne.KeyF9)
	if len(b.Fake.Sent) != 1 || len(b.Fake.Sent[0].Passed) != 1 || b.Fake.Sent[0].Passed[0].Reason != "the platform asked us to" || b.Fake.Sent[0].Passed[0].By != "Lin" {
		t.Errorf("sent: %+v", b.Fake.Sent)
	}
}

// A finding is mended by its button, and the text is checked again.
// A rule that is switched off meanwhile keeps no reply back.
func TestAChangeOfTheRulesChecksAnew(t *testing.T) {
	b, r := room(t, words.English)
	b.Fake.Check = []data.Finding{{Rule: "stars_asked", Severity: data.Blocking, Why: data.Text{English: "Stars are asked for."}, Where: []data.Ref{{Kind: "text", ID: "0-2", Label: "es"}}}}
	w := onOrder(b, r, 11)
	fillIn(w, "LX1CN")
	if !w.ui.copy.Disabled() {
		t.Fatal("it can be copied")
	}
	b.Fake.Check = nil
	r.Changed([]data.ChangeEvent{{Rows: []data.RowRef{{Entity: data.EntityPolicy}}}})
	if w.ui.copy.Disabled() {
		t.Errorf("it is kept back by a rule that is off: %q", w.ui.blocked.Text)
	}
	b.Hides(t, "Stars are asked for.")
}

func TestAFindingIsMendedByItsButton(t *testing.T) {
	b, r := room(t, words.English)
	b.Fake.Check = []data.Finding{{
		Rule: "gate.link", Severity: data.Serious, Why: data.Text{English: "A link."}, Where: []data.Ref{{Kind: "text", ID: "4-20", Label: "8123000000000001"}},
		Mend: data.Mend{Deed: "reply.cut", Ref: data.Ref{Kind: "text", ID: "4-20", Label: "8123000000000001"}},
	}}
	w := onOrder(b, r, 11)
	fillIn(w, "LX1CN")
	b.Press(t, words.T("replies.mend.cut"))
	if strings.Contains(w.ui.text.Text, "8123000000000001") || !strings.Contains(w.ui.text.Text, "LX1CN") || w.draft.Text != w.ui.text.Text {
		t.Errorf("mended: %q", w.ui.text.Text)
	}
}

func TestTheTabSpeaksEachLanguage(t *testing.T) {
	for language, want := range map[string]string{words.English: "Copy", words.Simplified: "复制", words.Traditional: "複製"} {
		b, r := room(t, language)
		b.Fake.Threads[11] = []data.Message{{ID: 1, UID: "m", Direction: data.FromBuyer, SentAt: guitest.At(18, 2), Text: "¿Dónde está?"}}
		onOrder(b, r, 11)
		b.Shows(t, want, "¿Dónde está?", "Ana Muestra", "Madrid")
		b.NoRawKeys(t)
		r.write.editTemplate()
		if !b.UI.SheetOpen() {
			t.Fatal("no sheet is open")
		}
		b.Shows(t, words.T("replies.edit.title"))
		if !slices.Contains(b.Live(), words.T("action.save")) {
			t.Error("the template cannot be saved")
		}
	}
}

// A template that wants a file says so until a person says that it goes along,
// which the draft keeps and no field asks for.
func TestAFileThatGoesAlongIsSaidOnce(t *testing.T) {
	b, r := room(t, words.English)
	b.Fake.Attach = true
	w := onOrder(b, r, 11)
	fillIn(w, "LX1CN")
	b.Shows(t, "A file goes with it.")
	if !w.ui.copy.Disabled() {
		t.Fatal("it can be copied without the file")
	}
	b.Press(t, words.T("replies.mend.attach"))
	if w.ui.copy.Disabled() || len(w.ui.inputs) != 1 {
		t.Errorf("it cannot be copied (%q), or a field asks for the file: %v", w.ui.blocked.Text, w.ui.wanted)
	}
}

// What is pasted or dropped on a reply belongs to what it is about, and is taken for a
// message of the conversation unless it is about a feedback.
func TestFilesFollowWhatAReplyIsAbout(t *testing.T) {
	b := guitest.New(t, words.English)
	r := New(b.Env, b.Fake)
	b.Show(r)
	for _, one := range []struct {
		dispute, feedback int64
		kind              data.EvidenceKind
		title             string
	}{{21, 0, data.KindMessage, "proof.dispute"}, {0, 31, data.KindScreenshot, "feedback.proof"}} {
		row := rowOf(b, 11)
		r.About(row, one.dispute, one.feedback, "")
		to, title, ok := r.Proof()
		if want := words.T(one.title, "number", row.Number); !ok || to.DisputeID != one.dispute || to.FeedbackID != one.feedback || to.Kind != one.kind || title != want {
			t.Errorf("dispute %d, feedback %d: %+v, %q, want %q as %s", one.dispute, one.feedback, to, title, want, one.kind)
		}
	}
}
