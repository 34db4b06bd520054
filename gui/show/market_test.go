package show_test

import (
	"strings"
	"testing"

	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"

	"fyne.io/fyne/v2/test"
)

// The program's notes on a market are shown; the seller's own take their place,
// and the program's come back where its words are restored.
func TestNotesOnAMarketAreEdited(t *testing.T) {
	b, d := guitest.Real(t)
	note := func() string {
		t.Helper()
		n, err := d.MarketNote(t.Context(), "DE")
		if err != nil {
			t.Fatal(err)
		}
		return n.Own
	}
	open := func() *kit.Entry {
		t.Helper()
		test.Tap(b.Env.MarketButton(d, "Germany").(*kit.Button))
		for _, e := range guitest.Find[*kit.Entry](b) {
			return e
		}
		t.Fatal("there is no field")
		return nil
	}
	field := open()
	built := field.Text
	if !strings.Contains(built, "Packstation") {
		t.Fatalf("the note is %q", built)
	}
	b.Shows(t, words.T("market.title", "country", "Germany"), "Christmas Day")
	field.SetText("They like lists.")
	b.UI.Save()
	if got := note(); got != "They like lists." {
		t.Errorf("kept is %q", got)
	}
	open().SetText(built)
	b.UI.Save()
	if got := note(); got != "" {
		t.Errorf("kept is %q", got)
	}
	if b.Env.MarketButton(d, "") != nil {
		t.Error("there is a button for no country")
	}
}
