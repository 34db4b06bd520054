package replies

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

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
	r.setExtra("tracking.number", "LX1CN")
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

func TestEditedDraftIsNotLost(t *testing.T) {
	b := guitest.New(t, words.English)
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.tree.choose("own")
	r.About(show.RowOfOrder(b.Fake.Orders[11]), 0)
	r.text.SetText("mine ⟦tracking.number⟧")
	r.setExtra("tracking.number", "LX1CN")
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
