package replies

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// showDraft puts the draft on the screen, with what was typed into it by hand.
func (w *writer) showDraft() {
	t, ok := w.template()
	w.showProposals()
	w.showLanguages(t)
	if w.draft.Template == "" || !ok {
		w.ui.name.SetText(words.T("replies.pick.title"))
		w.waiting = false
		w.ui.text.Enable()
		w.setText(w.draft.Text)
		w.showFields(nil)
		w.showBelow()
		w.check()
		return
	}
	w.ui.name.SetText(templateName(t))
	w.tree.show(t.UID)
	w.ui.text.Enable()
	w.setText(w.bodyText())
	w.showFields(w.shown.wants)
	w.showBelow()
	w.check()
	kit.Event("draft", "name", t.UID, "rows", len(w.shown.wants))
}

// bodyText is the template's text, or the one that was typed, in which values
// take the place of gaps.
func (w *writer) bodyText() string {
	if w.draft.Text == "" {
		return w.shown.draft.Text
	}
	text := w.draft.Text
	for name, value := range w.draft.Fields {
		if value != "" {
			text = strings.ReplaceAll(text, gap(name), value)
		}
	}
	return text
}

func (w *writer) setText(text string) {
	w.setting = true
	if w.ui.text.Text != text {
		w.ui.text.SetText(text)
	}
	w.setting = false
	if w.draft.Text != "" {
		w.ui.again.Show()
	} else {
		w.ui.again.Hide()
	}
}

// typed keeps what a person changes in the draft.
func (w *writer) typed() {
	if w.setting {
		return
	}
	w.draft.Text = w.ui.text.Text
	if w.draft.Text == w.shown.draft.Text {
		w.draft.Text = ""
	}
	if w.draft.Text != "" {
		w.ui.again.Show()
	} else {
		w.ui.again.Hide()
	}
	w.touched()
	w.showPreview()
	w.checkSoon()
}

// backToTemplate lets the template's own text stand again.
func (w *writer) backToTemplate() {
	w.draft.Text = ""
	w.touched()
	w.ask()
}

// showLanguages offers the languages and wordings of a template.
func (w *writer) showLanguages(t data.Template) {
	var languages []kit.Option[string]
	for _, v := range t.Variants {
		if !slices.ContainsFunc(languages, func(o kit.Option[string]) bool { return o.Value == v.Language }) {
			languages = append(languages, kit.Option[string]{Value: v.Language, Text: words.LanguageNamed(v.Language)})
		}
	}
	w.ui.language.SetChoices(languages)
	w.ui.language.Set(w.shown.draft.Language)
	var labels []kit.Option[string]
	for _, v := range t.Variants {
		if v.Language == w.shown.draft.Language {
			labels = append(labels, kit.Option[string]{Value: v.UID, Text: labelName(v.Label)})
		}
	}
	if len(labels) < 2 {
		labels = nil
	}
	w.ui.label.SetOptions(labels)
	w.ui.label.Set(w.variantShown(t))
	w.showNote()
}

// variantShown is the UID of the variant whose text stands in the draft.
func (w *writer) variantShown(t data.Template) string {
	if w.draft.Variant != "" {
		return w.draft.Variant
	}
	for _, v := range t.Variants {
		if v.Language == w.shown.draft.Language && v.Label == w.shown.draft.Wording {
			return v.UID
		}
	}
	return ""
}

// labelName is the name of a wording.
func labelName(label string) string {
	if label == "" {
		return words.T("replies.label.plain")
	}
	if words.Has("replies.label." + label) {
		return words.T("replies.label." + label)
	}
	return label
}

// showNote says why the draft is in its language, and where it is not the one that
// the buyer reads.
func (w *writer) showNote() {
	got, wanted := w.shown.draft.Language, w.draft.Language
	if wanted == "" {
		wanted = w.language.tag
	}
	var lines []string
	switch {
	case got == "":
	case wanted == "":
		lines = append(lines, words.T("replies.language.unknown", "got", words.LanguageNamed(got)))
	case !w.shown.draft.Exact && w.draft.Variant == "":
		lines = append(lines, "! "+words.T("replies.not_exact", "wanted", words.LanguageNamed(wanted), "got", words.LanguageNamed(got)))
	}
	if w.language.tag != "" && w.language.ground != "" {
		lines = append(lines, words.T("replies.language.ground", "language", words.LanguageNamed(w.language.tag), "ground", w.language.ground))
	}
	if tone := w.shown.draft.Tone; tone != "" {
		lines = append(lines, words.T("replies.tone", "tone", words.Of("buyers.tone", tone)))
	}
	w.ui.note.SetText(strings.Join(lines, " "))
	if len(lines) == 0 {
		w.ui.noteRow.Hide()
	} else {
		w.ui.noteRow.Show()
	}
	w.ui.column.Refresh() // the draft below makes room
}

func (w *writer) languageChosen(tag string) {
	w.draft.Language, w.draft.Variant = tag, ""
	w.changedText()
}

func (w *writer) labelChosen(uid string) {
	w.draft.Variant = uid
	w.changedText()
}

// changedText fills another text of the template. What was typed into the one
// before is in its language, and is not carried over: it can be undone in the
// field before.
func (w *writer) changedText() {
	if w.draft.Text != "" {
		w.env.UI.Confirm("replies.replace", words.T("replies.replace.title"), words.T("replies.replace.text"), words.T("replies.replace.do"), func() {
			w.draft.Text, w.draft.Passed = "", nil
			w.touched()
			w.ask()
		})
		return
	}
	w.draft.Passed = nil
	w.touched()
	w.ask()
}

// showBelow shows how the text is read: as the buyer sees it, where that is a
// script from the right, which a field cannot show in order, and in the seller's
// own language.
func (w *writer) showBelow() {
	w.ui.below.RemoveAll()
	if kit.StartsRight(w.ui.text.Text) {
		w.ui.below.Add(kit.Section(words.T("replies.preview")))
		w.ui.below.Add(kit.FlowRoom(w.ui.preview))
	}
	if g := w.shown.gloss; g.Text != "" && g.Language != w.shown.draft.Language {
		w.ui.gloss.SetText(ownLines(g))
		w.ui.below.Add(kit.Section(words.T("replies.gloss")))
		w.ui.below.Add(kit.FlowRoom(w.ui.gloss))
		if w.draft.Text != "" {
			w.ui.below.Add(kit.Soft(words.T("replies.gloss.of_template")))
		}
	}
	w.showPreview()
	kit.Dense(w.ui.below)
	w.ui.below.Refresh()
}

func (w *writer) showPreview() {
	if kit.StartsRight(w.ui.text.Text) {
		w.ui.preview.SetText(w.ui.text.Text)
	}
}

// shortcut hears shortcuts in the text: Ctrl+Enter goes on as F9 does.
func (w *writer) shortcut(s *desktop.CustomShortcut) bool {
	if s.KeyName == fyne.KeyReturn && s.Modifier == fyne.KeyModifierShortcutDefault {
		w.goOn()
		return true
	}
	return false
}

// byUID is a template by its UID; the zero one where it is not there.
func (w *writer) byUID(uid string) data.Template {
	for _, t := range w.templates {
		if t.UID == uid {
			return t
		}
	}
	return data.Template{}
}

func (w *writer) editTemplate() {
	if t, ok := w.template(); ok {
		s := editTemplateSheet(w.env, t, scenariosOf(w.templates), w.chooseTemplate)
		s.show(w.variantShown(t))
	}
}

// editByUID edits a template.
func (w *writer) editByUID(uid string) {
	if t := w.byUID(uid); t.UID != "" {
		editTemplateSheet(w.env, t, scenariosOf(w.templates), func(string) {})
	}
}

// newTemplate makes a template.
func (w *writer) newTemplate() {
	editTemplateSheet(w.env, data.Template{}, scenariosOf(w.templates), w.chooseTemplate)
}
