package settings

import (
	"slices"
	"strings"
	"testing"

	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// TestAboutShowsAllLicenses opens the licenses as a person does, in each language.
func TestAboutShowsAllLicenses(t *testing.T) {
	for _, language := range []string{words.English, words.Simplified, words.Traditional} {
		b, d := guitest.Real(t)
		words.Set(language)
		New(b.Env, d, Frame{Version: "1.2.3"}).About()
		b.Shows(t, "Casebinder 1.2.3")
		b.Press(t, words.T("about.licenses"))
		if b.UI.TopSheet() != "licenses" {
			t.Fatalf("the sheet on top is %q", b.UI.TopSheet())
		}
		b.Shows(t, "What Casebinder carries, and its licenses")
	}
}

func TestLinesBreakAtSpacesAndLoseNothing(t *testing.T) {
	text := "one two three\n\nfour\r\n" + strings.Repeat("x", 25) + "\n字字 字字字字字字字字字"
	got := brokenLines(text, 10)
	want := []string{"one two", "three", "", "four", "xxxxxxxxxx", "xxxxxxxxxx", "xxxxx", "字字 字字字字字字字", "字字"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
