package gaterules

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebinder/data/desk"
	"casebinder/data/gate"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

func ruleOf(t *testing.T, d *desk.Desk, id string) gate.RuleInfo {
	t.Helper()
	all, err := d.GateRules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(r gate.RuleInfo) bool { return r.ID == id })
	if i < 0 {
		t.Fatalf("there is no rule %s", id)
	}
	return all[i]
}

// typeReason types into the only field of the sheet on top.
func typeReason(t *testing.T, b *guitest.Bench, text string) {
	t.Helper()
	fields := guitest.Find[*kit.Entry](b)
	if len(fields) == 0 {
		t.Fatal("there is no field for a reason")
	}
	fields[len(fields)-1].SetText(text)
}

func TestARuleIsSwitchedOffWithAReasonAndOnAgain(t *testing.T) {
	b, d := guitest.Real(t)
	s := (&room{b.Env, d}).rules("second_request")
	b.Shows(t, "Second request", "Amazon: blocking", "sellercentral.amazon.com G1701", "confirmed", "How to fix: Delete it")
	b.Press(t, words.T("gaterules.switch_off"))
	b.UI.Save()
	if off := ruleOf(t, d, "second_request").Off; off != "" {
		t.Errorf("it is off without a reason: %q", off)
	}
	typeReason(t, b, "our own shop only")
	b.UI.Save()
	if off := ruleOf(t, d, "second_request").Off; off != "our own shop only" {
		t.Errorf("the reason is %q", off)
	}
	b.Shows(t, "Switched off: our own shop only", "One rule is switched off.")
	if live := b.Live(); slices.Contains(live, words.T("gaterules.switch_off")) {
		t.Errorf("what is off can be switched off: %v", live)
	}
	b.Press(t, words.T("gaterules.switch_on"))
	if off := ruleOf(t, d, "second_request").Off; off != "" {
		t.Errorf("it is off: %q", off)
	}
	b.Hides(t, "Switched off: our own shop only", "One rule is switched off.")
	b.Env.Undo()
	if off := ruleOf(t, d, "second_request").Off; off != "our own shop only" {
		t.Errorf("taken back, the reason is %q", off)
	}
	s.sheet.Close()
}

func TestAShopsOwnWordsAreImportedRefusedAndTakenAway(t *testing.T) {
	b, d := guitest.Real(t)
	path := filepath.Join(t.TempDir(), "mine.toml")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.ChooseFiles = func(_ string, _ []string, then func([]string)) { then([]string{path}) }
	saved := filepath.Join(t.TempDir(), "words.toml")
	b.SaveFile = func(_, _ string, then func(string)) { then(saved) }
	e := &room{b.Env, d}
	s := e.ownWords()
	b.Shows(t, "English", "French", "All languages")

	write("format = 1\nlanguage = \"en\"\n[concepts]\nOFENDING = [\"pettifogger\"]\n")
	b.Press(t, words.T("gaterules.words.import"))
	b.Shows(t, "mine.toml, line 4: no rule looks for “OFENDING”")

	write("format = 1\nlanguage = \"en\"\n[concepts]\nOFFENDING = [\"pettifogger\", \"shyster\"]\n")
	b.Press(t, words.T("gaterules.words.import"))
	b.Shows(t, "English: 2 own terms are in use.")
	b.Hides(t, "OFENDING")

	all, err := d.GateWords(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.table.Select(int64(1 + slices.IndexFunc(all, func(w desk.GateWords) bool { return w.Language == "en" })))
	b.Press(t, words.T("gaterules.words.save"))
	if text, err := os.ReadFile(saved); err != nil || !strings.Contains(string(text), "shyster") {
		t.Errorf("saved: %s, %v", text, err)
	}
	b.Press(t, words.T("gaterules.words.reset"))
	b.Shows(t, "English: the built-in words alone are in use.")
	b.Press(t, words.T("gaterules.words.save"))
	if text, err := os.ReadFile(saved); err != nil || !strings.Contains(string(text), "# OFFENDING = [") || strings.Contains(string(text), "shyster") {
		t.Errorf("a file to begin with: %s, %v", text, err)
	}
	b.Env.Undo()
	if text, err := d.ExportGateWords(t.Context(), "en"); err != nil || !strings.Contains(string(text), "shyster") {
		t.Errorf("taken back: %s, %v", text, err)
	}
}

func TestTheSheetsSpeakEachLanguage(t *testing.T) {
	for _, language := range words.Languages() {
		b, d := guitest.Real(t)
		words.Set(language)
		e := &room{b.Env, d}
		for _, id := range []string{"blame", "link"} { // two, so that the plural is said
			if err := d.SwitchGateRule(t.Context(), id, false, "sure"); err != nil {
				t.Fatal(err)
			}
		}
		for _, id := range []string{"too_long", "dated_promise", "placeholder", "feedback_for_solution"} {
			s := e.rules(id)
			b.NoKeysOf(t, "gaterules", "gate", "case", "do", "problem", "confidence", "platform")
			s.askOff()
			b.NoKeysOf(t, "gaterules", "gate", "case", "do", "problem")
			b.Press(t, words.T("do.cancel"))
			s.sheet.Close()
		}
		if language != words.English {
			s := e.rules("")
			b.Hides(t, "Severity", "Second request", "good practice")
			s.sheet.Close()
		}
		e.ownWords()
		b.NoKeysOf(t, "gaterules", "gate", "do", "problem")
	}
}
