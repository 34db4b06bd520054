package feedback

import (
	"testing"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

func TestUnsavedFeedbackSurvivesAReload(t *testing.T) {
	b := guitest.New(t, words.English)
	f := New(b.Env, b.Fake)
	b.Show(f)
	f.Open(41)
	f.detail.reply.SetText("We are sorry.")
	f.Reload()
	if f.detail.reply.Text != "We are sorry." {
		t.Fatalf("a reload took what was typed: %q", f.detail.reply.Text)
	}
	f.detail.Choose(data.Feedback{ID: 42, Stars: 5}, true)
	if len(b.Fake.Put) != 1 || b.Fake.Put[0].Reply != "We are sorry." || b.Fake.Put[0].State != data.FeedbackReplied {
		t.Errorf("stored: %+v", b.Fake.Put)
	}
}

func TestTheTabSpeaksEachLanguage(t *testing.T) {
	for language, want := range map[string]string{words.English: "negative", words.Simplified: "差评", words.Traditional: "差評"} {
		b := guitest.New(t, language)
		f := New(b.Env, b.Fake)
		b.Show(f)
		f.Open(41)
		b.Shows(t, want)
		b.NoRawKeys(t)
		f.New()
		if !b.UI.SheetOpen() {
			t.Fatal("no sheet is open")
		}
		b.NoRawKeys(t)
	}
}
