package buyers

import (
	"context"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/tongue"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// edit writes what is noted of the person in view.
func (d *detail) edit() { d.editRow(d.view.Row.ID) }

// editRow writes what is noted of a person.
func (d *detail) editRow(id int64) { d.with(id, d.careSheet) }

// careSheet asks for note, tags, tone and language: the last two choose the text of
// a reply.
func (d *detail) careSheet(v desk.BuyerView) {
	r := v.Row
	note, tags := kit.TextField(d.env.UI, r.Note, 4), kit.NewEntry(d.env.UI)
	tags.SetText(strings.Join(r.Tags, ", "))
	tone := kit.NewChoice(kit.FilterOptions("buyers.tone.none", kit.Options("buyers.tone", data.BuyerTones())), r.Tone, nil)
	told := ""
	if v.Reads.Ground == tongue.ByPerson {
		told = v.Reads.Language
	}
	language := kit.NewChoice(languages(told), told, nil)
	kit.Trace("buyer.edit.note", note)
	kit.Trace("buyer.edit.tags", tags)
	kit.Trace("buyer.edit.tone", tone)
	kit.Trace("buyer.edit.language", language)
	var care desk.BuyerCare
	d.env.UI.OpenForm(kit.FormSheet{
		Name: "buyer.edit", Title: words.T("buyers.edit.title", "name", words.Buyer(r.Name)), Focus: note,
		Fields: []*kit.Field{
			{Label: words.T("buyers.note"), Object: note},
			{Label: words.T("buyers.tags"), Object: tags, Hint: words.T("buyers.tags.hint")},
			{Label: words.T("buyers.tone"), Object: tone, Hint: words.T("buyers.tone.hint")},
			{Label: words.T("buyers.language"), Object: language, Hint: words.T("buyers.language.hint")},
		},
		Read: func() error {
			care = desk.BuyerCare{Note: note.Text, Tags: splitTags(tags.Text), Tone: tone.Value(), Language: language.Value()}
			return nil
		},
		Work: func(ctx context.Context) error { return d.env.desk.SetBuyerCare(ctx, r.ID, care) },
		Done: func() { d.env.UI.Toast(words.T("buyers.edited"), d.env.Undo) },
	})
}

// splitTags takes tags apart as Latin and Chinese letters write lists.
func splitTags(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(",，、;；\n", c) })
}

// languages offers languages; one that was told and is not among them is added.
func languages(told string) []kit.Option[string] {
	list := show.ReplyLanguages
	if told != "" && !slices.Contains(list, told) {
		list = append([]string{told}, list...)
	}
	options := []kit.Option[string]{{Text: words.T("replies.reads.tell")}}
	for _, l := range list {
		options = append(options, kit.Option[string]{Value: l, Text: words.LanguageNamed(l)})
	}
	return options
}
