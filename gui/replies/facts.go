package replies

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// productFacts lists what is known of the products of the order, in the language of
// the draft first; a press writes an entry where the cursor is. What is inserted is
// checked as any text is.
func (w *writer) productFacts() {
	if w.ui.text.Disabled() {
		return
	}
	language := w.draft.Language
	if language == "" {
		language = w.language.tag
	}
	order := w.at.about.OrderID
	kit.Do(func(ctx context.Context) ([]desk.KnowledgeOffer, error) {
		if order == 0 {
			return nil, nil
		}
		return w.env.desk.KnowledgeFor(ctx, order, language)
	}, func(list []desk.KnowledgeOffer, err error) {
		if err != nil {
			w.env.UI.Problem(err)
			return
		}
		if order == w.at.about.OrderID {
			w.openFacts(list, language)
		}
	})
}

func (w *writer) openFacts(list []desk.KnowledgeOffer, language string) {
	box := kit.Stacked(look.Tight)
	var o *kit.OpenSheet
	if len(list) == 0 {
		box.Add(kit.Soft(words.T("replies.facts.none")))
	} else if !list[0].Fits {
		box.Add(kit.Soft(words.T("replies.facts.no_language", "language", words.LanguageNamed(language))))
	}
	for i, k := range list {
		about := words.Of("products.know", k.Entry.Kind)
		if k.Language != "" {
			about = words.Join(" · ", about, words.LanguageNamed(k.Language))
		}
		head := kit.NewText(words.Join(" · ", k.Product, about, k.Entry.Question), kit.Muted, look.Small, true)
		lines := kit.Stacked(0, head, kit.NewFlow(words.Shorten(k.Entry.Text, 400), kit.Plain, look.Text))
		if !k.Fits && list[0].Fits {
			lines.Add(kit.Soft(words.T("replies.facts.other", "language", words.LanguageNamed(language))))
		}
		insert := kit.NewButton(kit.RowName("replies.facts", i, "insert"), words.T("replies.facts.insert"), func() {
			o.Close()
			w.insertFact(k.Entry.Text)
		})
		insert.Importance = widget.LowImportance
		box.Add(container.NewBorder(nil, nil, nil, container.NewVBox(insert), lines))
	}
	o = w.env.UI.Open(kit.Sheet{
		Name: "replies.facts", Title: words.T("replies.facts.title"), Width: 720, Height: 460, Cancel: words.T("do.close"),
		Body: container.NewVScroll(kit.Inset(look.Tight, box)),
	})
}

// insertFact puts a text where the cursor is, as if it were pasted.
func (w *writer) insertFact(text string) {
	w.ui.text.TypedShortcut(&fyne.ShortcutPaste{Clipboard: &held{text}})
	w.env.UI.Window.Canvas().Focus(w.ui.text)
	w.env.UI.Toast(words.T("replies.facts.inserted"), nil)
}

// held is a clipboard of the program's own: what a person copied stays in theirs.
type held struct{ text string }

// Content is for Fyne.
func (h *held) Content() string { return h.text }

// SetContent is for Fyne.
func (h *held) SetContent(text string) { h.text = text }
