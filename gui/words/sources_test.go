package words_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
	"casebinder/gui/words"
)

// sourced are the files of rules whose sources stand on the screen.
var sourced = []string{
	"policies/*.toml", "profiles/*.toml", "parcel/state.toml", "parcel/upload.toml", "feedback/*.toml", "payments/*.toml", "health/*.toml", "listing/*.toml", "packing/*.toml", "goods/*.toml",
	"gate/rules.toml", "risk/rules.toml", "service/duties.toml",
}

// shownSources are the words in which rules name their sources, each once.
func shownSources(t *testing.T) []data.Text {
	t.Helper()
	seen := map[string]bool{}
	var all []data.Text
	for _, pattern := range sourced {
		names, err := fs.Glob(assets.FS, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			var file map[string]any
			if _, err := toml.DecodeFS(assets.FS, name, &file); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			sourcesIn(file, func(source string) {
				if !seen[source] && source != "" {
					seen[source] = true
					all = append(all, pack.Text(source))
				}
			})
		}
	}
	if len(all) < 100 {
		t.Fatalf("only %d sources were found", len(all))
	}
	return all
}

func sourcesIn(value any, each func(string)) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			if text, ok := inner.(string); ok && key == "source" {
				each(text)
				continue
			}
			sourcesIn(inner, each)
		}
	case []map[string]any:
		for _, inner := range v {
			sourcesIn(inner, each)
		}
	case []any:
		for _, inner := range v {
			sourcesIn(inner, each)
		}
	}
}

// Whoever asks where a figure comes from reads it in the chosen language.
func TestSourcesSpeakEveryLanguage(t *testing.T) {
	for _, language := range []string{words.Simplified, words.Traditional} {
		known := languageFiles(t, language)
		for _, text := range shownSources(t) {
			if strings.TrimSpace(known[text.Key]) == "" {
				t.Errorf("%s lacks %s: %q", language, text.Key, text.English)
			}
		}
	}
}
