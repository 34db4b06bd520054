//go:build gatetools

// Tools for whoever widens the words of a language; they are no part of the tests:
//
//	GATE_PHRASES=FILE go test -tags ci,gatetools ./data/gate -run TestScore -v
//	GATE_TEXT=TEXT GATE_LANGUAGE=de go test -tags ci,gatetools ./data/gate -run TestExplain -v

package gate

import (
	"os"
	"slices"
	"testing"
)

// With GATE_PHRASES set to a file, its phrases are scored and nothing fails: so
// phrases that were kept back tell how well the rules do on words that they
// were not made for. GATE_LANGUAGE takes one language of it.
func TestScore(t *testing.T) {
	file := os.Getenv("GATE_PHRASES")
	if file == "" {
		t.Fatal("GATE_PHRASES names no file")
	}
	r := rules(t)
	right, all := map[string]int{}, map[string]int{}
	for _, p := range readPhrases(t, file) {
		if want := os.Getenv("GATE_LANGUAGE"); want != "" && want != p.Language {
			continue
		}
		ok, said := judge(t, r, p)
		for _, key := range []string{p.Language, p.Rule, "all"} {
			all[key]++
			if ok {
				right[key]++
			}
		}
		if !ok {
			t.Logf("WRONG %s %s catch=%t %q found [%s]", p.Language, p.Rule, p.Catch, p.Text, said)
		}
	}
	for _, key := range slices.Sorted(func(yield func(string) bool) {
		for k := range all {
			if !yield(k) {
				return
			}
		}
	}) {
		t.Logf("SCORE %-26s %d/%d", key, right[key], all[key])
	}
}

// With GATE_TEXT set to a text and GATE_LANGUAGE to its language, the concepts
// that are seen in it are told, so that a rule that finds nothing can be mended.
func TestExplain(t *testing.T) {
	text := os.Getenv("GATE_TEXT")
	if text == "" {
		t.Fatal("GATE_TEXT is empty")
	}
	s, err := rules(t).read(text, Context{Language: os.Getenv("GATE_LANGUAGE")})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("language %s, words of %q", s.language, s.engine.language)
	for _, in := range s.sentences {
		t.Logf("sentence %q", s.words(in))
	}
	for name, id := range s.engine.ids {
		for _, at := range s.found[id] {
			t.Logf("%-20s %q", name, s.words(at))
		}
	}
}
