package gate

import (
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/pack"
)

func TestEveryRuleHasANameAndSaysWhatItFinds(t *testing.T) {
	r, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	list := r.List()
	if len(list) != len(ruleTexts) || len(list) != len(namings) {
		t.Errorf("%d rules, %d texts, %d names", len(list), len(ruleTexts), len(namings))
	}
	for _, rule := range list {
		if rule.Name.IsZero() || rule.Finds.IsZero() {
			t.Errorf("%s has no name or does not say what it finds", rule.ID)
		}
	}
	i := slices.IndexFunc(list, func(one RuleInfo) bool { return one.ID == "second_request" })
	if got := list[i]; got.Platform[data.Amazon] != data.Blocking || got.Severity != data.Serious || !strings.Contains(got.Source, "G1701") {
		t.Errorf("got %+v", got)
	}
}

func TestOwnWordsThatWouldNeverCountAreRefused(t *testing.T) {
	head := "format = 1\nlanguage = \"en\"\n[concepts]\n"
	for _, one := range []struct{ text, want string }{
		{head + "OFENDING = [\"pettifogger\"]\n", "own.toml, line 4: no rule looks for “OFENDING”"},
		{head + "OFFENDING = [\n\"pettifogger\",\n\"-nosuchword\",\n]\n", "own.toml, line 6: “OFFENDING” has no term “nosuchword”"},
		{"format = 1\nlanguage = \"klingonish\"\n[concepts]\nOFFENDING = [\"x\"]\n", "own.toml, line 2: there is no language “klingonish”"},
		{"format = 1\nlanguage = \"Spanish\"\n[concepts]\nOFFENDING = [\"x\"]\n", "own.toml, line 2: there is no language “Spanish”"},
		{head + "[[when]]\nrule = \"blame\"\nall = \"NO_SUCH_WORDS\"\n", "own.toml, line 6: there are no words of “NO_SUCH_WORDS”"},
		{head + "# OFFENDING = [\"x\"]\n", "There are no words in own.toml."},
		{head + "offending = [\"x\"]\n", "own.toml, line 4"},
	} {
		if _, err := OwnLexicon("own.toml", []byte(one.text)); err == nil || !strings.Contains(err.Error(), one.want) {
			t.Errorf("got %v, want %s", err, one.want)
		}
	}
	good := head + "OFFENDING = [\"pettifogger\"]\nHAGGLE = [\"haggl*\"]\nOFFENDING_NOT = [\"pettifogger museum\"]\n[[when]]\nrule = \"blame\"\nall = \"HAGGLE YOU\"\n"
	if _, err := OwnLexicon("own.toml", []byte(good)); err != nil {
		t.Error(err)
	}
}

func TestAStartOfEachLanguageIsRead(t *testing.T) {
	r, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range append(r.Languages(), "*") {
		text := string(r.Start(language))
		if _, err := lexicons.Decode("start.toml", []byte(text)); err != nil {
			t.Errorf("%s: %v", language, err)
		}
		if _, err := OwnLexicon("start.toml", []byte(text)); err == nil {
			t.Errorf("%s: a file of remarks alone is taken", language)
		}
		full := strings.ReplaceAll(text, "\n# ", "\n")
		full = full[strings.Index(full, "format ="):]
		if _, err := OwnLexicon("start.toml", []byte(full)); err != nil {
			t.Errorf("%s without its #: %v", language, err)
		}
	}
}

func TestOwnWordsOfALanguageJoinItsForm(t *testing.T) {
	own, err := OwnLexicon("own.toml", []byte("format = 1\nlanguage = \"pt\"\n[concepts]\nOFFENDING = [\"pettifogger\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := New([]*Lexicon{own}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(r.Languages(), "pt") {
		t.Errorf("the words are a language of their own: %v", r.Languages())
	}
	for _, language := range []string{"pt", "pt-BR"} {
		got, err := r.Check("Você é um pettifogger.", Context{Language: language})
		if err != nil || !slices.ContainsFunc(got.Findings, func(f data.Finding) bool { return f.Rule == "offending" }) {
			t.Errorf("%s: %v, %v", language, got.Findings, err)
		}
	}
}

func FuzzOwnWords(f *testing.F) {
	f.Add([]byte("format = 1\nlanguage = \"en\"\n[concepts]\nOFFENDING = [\"-x\", \"y*\"]\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > pack.MaxBytes {
			return
		}
		own, err := OwnLexicon("own.toml", text)
		if err != nil {
			return
		}
		if _, err := DecodeLexicon("kept", text); err != nil {
			t.Errorf("taken, and not read again: %v", err)
		}
		r, err := New([]*Lexicon{own}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Check("a word", Context{Language: own.Language}); err != nil {
			t.Errorf("taken, and no reply can be checked: %v", err)
		}
	})
}
