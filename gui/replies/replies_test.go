package replies

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

func TestCopyIsBlockedByAMissingVariable(t *testing.T) {
	b := guitest.New(t, words.English)
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.tree.choose("own")
	if !r.copy.Disabled() {
		t.Fatal("a draft without its order can be copied")
	}
	r.About(show.RowOfOrder(b.Fake.Orders[11]), 0)
	if !r.copy.Disabled() || !strings.Contains(r.blocked.Text, "Missing") || strings.Contains(r.blocked.Text, "number of the order") {
		t.Fatalf("copy is enabled or says nothing: %q", r.blocked.Text)
	}
	if !strings.HasPrefix(r.text.Text, "es: 8123000000000001") {
		t.Fatalf("the draft is not in the buyer's language or not filled: %q", r.text.Text)
	}
	if !strings.HasPrefix(r.shown.gloss.Text, "en:") {
		t.Errorf("the counterpart is %q, want the English one", r.shown.gloss.Text)
	}
	r.copyText()
	if len(b.Fake.Kept) != 0 {
		t.Fatal("a text with a gap was copied")
	}
	r.setExtra(r.chosen.order.ID, "tracking.number", "LX1CN")
	if r.copy.Disabled() {
		t.Fatalf("copy is still blocked: %q", r.blocked.Text)
	}
	test.Tap(r.copy)
	want := "es: 8123000000000001 / LX1CN"
	if got := fyne.CurrentApp().Clipboard().Content(); got != want {
		t.Errorf("the clipboard holds %q, want %q", got, want)
	}
	if !slices.Equal(b.Fake.Kept, []string{want}) {
		t.Errorf("kept in the timeline: %q", b.Fake.Kept)
	}
}

// While the draft of another order, template or language is on its way, nothing
// of the former one stands on the screen, and nothing can be copied.
func TestFormerDraftIsGoneWhileTheNextIsOnItsWay(t *testing.T) {
	b := guitest.New(t, words.English)
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.tree.choose("own")
	r.About(show.RowOfOrder(b.Fake.Orders[11]), 0)
	r.setExtra(r.chosen.order.ID, "tracking.number", "LX1CN")
	if r.copy.Disabled() || r.text.Disabled() {
		t.Fatal("a whole draft cannot be copied or edited")
	}
	asked, former := 0, ""
	empty := func() {
		asked++
		if r.text.Text != "" || !r.text.Disabled() || !r.copy.Disabled() {
			t.Errorf("on the way: the text is %q, editable %v, Copy live %v", r.text.Text, !r.text.Disabled(), !r.copy.Disabled())
		}
		b.Hides(t, former)
		r.copyText()
	}
	steps := map[string]func(){
		"order":    func() { r.About(show.RowOfOrder(b.Fake.Orders[12]), 0) },
		"language": func() { r.variantChosen("v-en") },
		"no order": func() { r.setOrder(show.RowOfOrder(desk.OrderView{}), 0) },
	}
	for _, name := range []string{"order", "language", "no order"} {
		asked, former = 0, r.text.Text
		b.Fake.OnDraft = empty
		b.Fake.OnOrder = func(int64) { empty() }
		steps[name]()
		b.Fake.OnDraft, b.Fake.OnOrder = nil, nil
		if asked == 0 || r.text.Disabled() || r.text.Text == "" {
			t.Errorf("%s: asked %d times, and the draft came as %q", name, asked, r.text.Text)
		}
	}
	if len(b.Fake.Kept) != 0 {
		t.Errorf("copied before it was there: %q", b.Fake.Kept)
	}
}

// A value that is typed leaves the text where it is, and Copy waits for it.
func TestCopyWaitsForWhatWasTyped(t *testing.T) {
	b := guitest.New(t, words.English)
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.tree.choose("own")
	r.About(show.RowOfOrder(b.Fake.Orders[11]), 0)
	r.setExtra(r.chosen.order.ID, "tracking.number", "LX1CN")
	asked := false
	b.Fake.OnDraft = func() {
		asked = true
		if r.text.Text == "" || r.text.Disabled() || !r.copy.Disabled() {
			t.Errorf("on the way: the text is %q, Copy live %v", r.text.Text, !r.copy.Disabled())
		}
	}
	r.setExtra(r.chosen.order.ID, "tracking.number", "LX2CN")
	if !asked || r.copy.Disabled() || !strings.HasSuffix(r.text.Text, "LX2CN") {
		t.Errorf("the draft came as %q, Copy live %v", r.text.Text, !r.copy.Disabled())
	}
}

func TestReplyTakesTheOrderInView(t *testing.T) {
	b := guitest.New(t, words.English)
	b.InView = show.RowOfOrder(b.Fake.Orders[12])
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.tree.choose("own")
	if !strings.Contains(r.text.Text, "8123000000000002") {
		t.Errorf("the draft is not about the order in view: %q", r.text.Text)
	}
}

// A reply to a dispute begins with a template that fits, also where the templates
// come later; one that fits and was chosen stays.
func TestReplyToADisputeBeginsWithWhatFits(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Fake.Fits = []string{"own"}
	r := New(b.Env, b.Fake)
	r.About(show.RowOfOrder(b.Fake.Orders[11]), 21)
	b.Show(r)
	if r.chosen.template != "own" || r.tree.selected != "own" || !strings.Contains(r.text.Text, "8123000000000001") {
		t.Fatalf("chosen is %q, the draft %q", r.chosen.template, r.text.Text)
	}
	b.Fake.Fits = []string{"other", "own"}
	r.About(show.RowOfOrder(b.Fake.Orders[12]), 21)
	if r.chosen.template != "own" || !strings.Contains(r.text.Text, "8123000000000002") {
		t.Errorf("chosen is %q, the draft %q", r.chosen.template, r.text.Text)
	}
	r.chosen.template = ""
	r.About(show.RowOfOrder(b.Fake.Orders[11]), 0)
	if r.chosen.template != "" {
		t.Errorf("a reply about an order alone chose %q", r.chosen.template)
	}
}

// Enter in the search chooses the first template found; one that is chosen and was
// found stays.
func TestEnterInTheSearchChoosesTheFirstHit(t *testing.T) {
	b := guitest.New(t, words.English)
	r := New(b.Env, b.Fake)
	b.Show(r)
	find := func(typed string) string {
		r.tree.search.SetText(typed)
		r.tree.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		return r.chosen.template
	}
	if got := find("nothing of the kind"); got != "" {
		t.Errorf("nothing was found, and %q is chosen", got)
	}
	if got := find("own words"); got != "own" || !strings.Contains(r.text.Text, "⟦order.number⟧") {
		t.Errorf("chosen is %q, the draft %q", got, r.text.Text)
	}
}

func TestEditedDraftIsNotLost(t *testing.T) {
	b := guitest.New(t, words.English)
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.tree.choose("own")
	r.About(show.RowOfOrder(b.Fake.Orders[11]), 0)
	r.text.SetText("mine ⟦tracking.number⟧")
	r.setExtra(r.chosen.order.ID, "tracking.number", "LX1CN")
	if r.text.Text != "mine LX1CN" {
		t.Errorf("the edited draft became %q", r.text.Text)
	}
	again := New(b.Env, b.Fake)
	b.Show(again)
	again.Restore(r.State())
	if again.text.Text != "mine LX1CN" || again.finder.Search.Text != "8123000000000001" {
		t.Errorf("after a rebuild the draft is %q about %q", again.text.Text, again.finder.Search.Text)
	}
}

// What was typed for one buyer stands in no reply to another, and all of it is
// there when the program starts again, even in the pause before it is looked at.
func TestTypedTextIsOfOneOrderAndOutlivesTheProgram(t *testing.T) {
	b := guitest.New(t, words.English)
	kept := map[string]json.RawMessage{}
	save := func(all map[string]json.RawMessage) { kept = all }
	b.UI.KeepIn(nil, save)
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.tree.choose("own")
	r.About(show.RowOfOrder(b.Fake.Orders[11]), 0)
	test.Type(r.text, "Dear one, ")
	r.About(show.RowOfOrder(b.Fake.Orders[12]), 0)
	if strings.Contains(r.text.Text, "Dear one") {
		t.Fatalf("another buyer's draft is %q", r.text.Text)
	}
	test.Type(r.inputs["tracking.number"], "LX2CN")
	if err := r.Unsaved()(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.UI.KeepNow()

	b = guitest.New(t, words.English)
	b.UI.KeepIn(kept, save)
	r = New(b.Env, b.Fake)
	b.Show(r)
	r.tree.choose("own")
	r.About(show.RowOfOrder(b.Fake.Orders[11]), 0)
	if !strings.HasPrefix(r.text.Text, "Dear one, es: 8123000000000001 / ⟦") || r.inputs["tracking.number"].Text != "" {
		t.Errorf("the first order's draft is %q, its tracking number %q", r.text.Text, r.inputs["tracking.number"].Text)
	}
	r.About(show.RowOfOrder(b.Fake.Orders[12]), 0)
	if !strings.HasSuffix(r.text.Text, "8123000000000002 / LX2CN") || r.inputs["tracking.number"].Text != "LX2CN" {
		t.Errorf("the second order's draft is %q, its tracking number %q", r.text.Text, r.inputs["tracking.number"].Text)
	}
	test.Type(r.text, "Dear two, ")
	test.Tap(r.copy)
	b.UI.KeepNow()

	b = guitest.New(t, words.English)
	b.UI.KeepIn(kept, save)
	r = New(b.Env, b.Fake)
	b.Show(r)
	r.tree.choose("own")
	r.About(show.RowOfOrder(b.Fake.Orders[12]), 0)
	if strings.Contains(r.text.Text, "Dear two") {
		t.Errorf("a reply that was copied comes back as a draft: %q", r.text.Text)
	}
}

func TestTheTabSpeaksEachLanguage(t *testing.T) {
	for language, want := range map[string]string{words.English: "Copy", words.Simplified: "复制", words.Traditional: "複製"} {
		b := guitest.New(t, language)
		r := New(b.Env, b.Fake)
		b.Show(r)
		r.tree.choose("own")
		b.Shows(t, want)
		b.NoRawKeys(t)
		r.edit()
		if !b.UI.SheetOpen() {
			t.Fatal("no sheet is open")
		}
		b.Shows(t, words.T("replies.edit.title"))
	}
}
