package replies

import (
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// The table says which template has a text in which language and what came of it;
// a file of templates is looked at before it is taken.
func TestTemplatesByLanguageUseAndFile(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Fake.Use = []data.TemplateUse{{Template: "own", Variant: "v-es", Sent: 7, Answered: 3, Disputed: 1}}
	b.Fake.File = desk.TemplateFile{Same: 2, Overwritten: []desk.TemplateChange{{Template: "own", Name: "Own words", Language: "es", Was: "a", Becomes: "Hola nueva"}}}
	b.ChooseFiles = func(_ string, _ []string, then func([]string)) { then([]string{"templates.toml"}) }
	b.SaveFile = func(_, name string, then func(string)) { then("/x/" + name) }
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.parts.SelectIndex(partTexts)
	b.Shows(t, "Own words", "✓ 2", "✓", "–", "7", "3", "1")
	b.NoRawKeys(t)
	b.Press(t, words.T("texts.export"))
	if b.Fake.Saved != "/x/templates.toml" {
		t.Errorf("exported to %q", b.Fake.Saved)
	}
	b.Press(t, words.T("texts.import"))
	b.Shows(t, "0 texts are new, 1 replace yours, 2 are there already.", "Own words · Spanish · Hola nueva")
	if len(b.Fake.Taken) != 0 {
		t.Fatal("a file is taken before it was looked at")
	}
	b.UI.Save()
	if len(b.Fake.Taken) != 1 {
		t.Error("the file is not taken")
	}
}

func TestSnippetsAreWrittenByLanguage(t *testing.T) {
	b := guitest.New(t, words.English)
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.parts.SelectIndex(partTexts)
	b.Press(t, words.T("texts.snippets"))
	b.Shows(t, "No snippets yet.")
	b.Press(t, words.T("snippets.new"))
	fields := guitest.Find[*kit.Entry](b)
	fields[len(fields)-2].SetText("hours")
	fields[len(fields)-1].SetText("9 to 18")
	b.UI.Save()
	if len(b.Fake.SnippetsKept) != 1 || b.Fake.SnippetsKept[0].Name != "hours" || b.Fake.SnippetsKept[0].Texts[""] != "9 to 18" {
		t.Fatalf("kept: %+v", b.Fake.SnippetsKept)
	}
	b.Shows(t, "snippet.hours")
}
