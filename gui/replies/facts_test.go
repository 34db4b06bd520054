package replies

import (
	"testing"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/words"
)

// A press on Product facts lists what is known in the draft's language first, and a
// press on an entry writes it where the cursor is. What a person copied stays on
// their clipboard.
func TestAPressOnProductFactsWritesOneIntoTheReply(t *testing.T) {
	for _, language := range words.Languages() {
		b, r := room(t, language)
		w := onOrder(b, r, 11)
		fillIn(w, "LX1CN")
		b.Fake.Knowledge = []desk.KnowledgeOffer{
			{Product: "Mug", Entry: data.Knowledge{Kind: data.KnowCare, Text: "Apto para lavavajillas.", Language: "es"}, Language: "es", Fits: true},
			{Product: "Mug", Entry: data.Knowledge{Kind: data.KnowCare, Text: "Safe in the dishwasher.", Language: "en"}, Language: "en"},
		}
		fyne.CurrentApp().Clipboard().SetContent("mine")
		before := w.ui.text.Text
		w.ui.text.CursorRow, w.ui.text.CursorColumn = 0, 0
		b.Press(t, words.T("replies.facts"))
		b.Shows(t, "Apto para lavavajillas.", "Safe in the dishwasher.", words.T("replies.facts.other", "language", words.LanguageNamed("es")))
		b.NoRawKeys(t)
		b.TapFirst(t, words.T("replies.facts.insert"))
		if got, want := w.ui.text.Text, "Apto para lavavajillas."+before; got != want {
			t.Errorf("%s: the reply is %q, want %q", language, got, want)
		}
		if b.UI.SheetOpen() || fyne.CurrentApp().Clipboard().Content() != "mine" {
			t.Errorf("%s: the sheet is open: %v, the clipboard holds %q", language, b.UI.SheetOpen(), fyne.CurrentApp().Clipboard().Content())
		}
	}
}

// Where nothing is known in the language of the draft, or nothing at all, it says so.
func TestProductFactsThatAreNotThere(t *testing.T) {
	b, r := room(t, words.English)
	onOrder(b, r, 11)
	b.Press(t, words.T("replies.facts"))
	b.Shows(t, words.T("replies.facts.none"))
	b.UI.Escape()
	b.Fake.Knowledge = []desk.KnowledgeOffer{{Product: "Mug", Entry: data.Knowledge{Kind: data.KnowCare, Text: "Safe.", Language: "en"}, Language: "en"}}
	b.Press(t, words.T("replies.facts"))
	b.Shows(t, words.T("replies.facts.no_language", "language", words.LanguageNamed("es")))
}
