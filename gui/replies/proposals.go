package replies

import (
	"context"
	"slices"

	"casebinder/data/desk"
	"casebinder/data/tongue"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// proposedMost is how many templates are proposed.
const proposedMost = 3

// A proposal is a template that may be the right one, and why.
type proposal struct {
	template string // UID
	why      string // in words; may be ""
}

// buyerLanguage is the language in which a buyer reads, and how that is known.
type buyerLanguage struct {
	tag    string // BCP 47; "" not known
	ground string // in words
	sure   bool
}

// languageOf tells in which language the buyer of an order reads.
func (e *env) languageOf(ctx context.Context, v desk.OrderView) (buyerLanguage, error) {
	if v.Order.ID == 0 {
		return buyerLanguage{}, nil
	}
	a, err := e.desk.BuyerLanguage(ctx, v.Order.ID)
	b := buyerLanguage{tag: a.Language, sure: a.Sure}
	if a.Ground != tongue.ByNothing {
		b.ground = words.T("replies.ground." + string(a.Ground))
	}
	return b, err
}

// propose names the templates that suit where the order stands and what the buyer
// wrote last.
func (w *writer) propose(ctx context.Context, o opening) ([]proposal, error) {
	found, err := w.env.desk.ProposeReplies(ctx, o.about)
	var list []proposal
	for _, p := range found[:min(len(found), proposedMost)] {
		one := proposal{template: p.Template}
		for _, why := range p.Why {
			one.why = words.Join(" ", one.why, words.Text(why))
		}
		list = append(list, one)
	}
	return list, err
}

// offerPaths names the guided paths that answer what the buyer wrote last.
func (w *writer) offerPaths(ctx context.Context, o opening) ([]desk.PathOffer, error) {
	if o.about.OrderID == 0 || o.about.FeedbackID != 0 {
		return nil, nil
	}
	all, err := w.env.desk.PathOffers(ctx, o.about)
	all = slices.DeleteFunc(all, func(p desk.PathOffer) bool { return p.Open == "" && (p.Why.IsZero() || !p.Blocked.IsZero()) })
	return all[:min(len(all), offeredMost)], err
}

// offeredMost is how many guided paths are offered beside the templates.
const offeredMost = 2

// askLanguage asks which language the buyer reads, and keeps the answer with the
// order.
func (w *writer) askLanguage() {
	order := w.at.about.OrderID
	if order == 0 {
		return
	}
	options := []kit.Option[string]{{Text: words.T("replies.reads.tell")}}
	for _, l := range show.ReplyLanguages {
		options = append(options, kit.Option[string]{Value: l, Text: words.LanguageNamed(l)})
	}
	choice := kit.NewChoice(options, w.language.tag, nil)
	kit.Trace("replies.reads.language", choice)
	var chosen string
	w.env.UI.OpenForm(kit.FormSheet{
		Name: "replies.reads", Title: words.T("replies.reads.title"),
		Fields: []*kit.Field{{Label: words.T("replies.reads.language"), Object: choice, Hint: words.T("replies.reads.hint")}},
		Read:   func() error { chosen = choice.Value(); return nil },
		Work:   func(ctx context.Context) error { return w.env.desk.SetBuyerLanguage(ctx, order, chosen) },
		Done: func() {
			w.draft.Language = ""
			w.touched()
			w.env.UI.Toast(words.T("replies.reads.done"), w.env.Undo)
		},
	})
}

// showProposals makes a chip of each proposal, and a link of each path.
func (w *writer) showProposals() {
	row := w.ui.proposals
	row.RemoveAll()
	for i, p := range w.proposed {
		name := templateName(w.byUID(p.template))
		b := kit.NewChip(kit.RowName("replies.proposal", i, "choose"), kit.Fit(name, 170, false), func() { w.chooseTemplate(p.template) })
		b.SetToolTip(words.Join(" · ", name, p.why, "F"+words.Number(int64(i+2))))
		b.SetOn(p.template == w.draft.Template)
		row.Add(b)
	}
	for i, p := range w.paths {
		title := words.T("replies.path", "path", words.Text(p.Title))
		b := kit.NewLink(kit.RowName("replies.path", i, "open"), kit.Fit(title, 200, false), func() {
			w.env.Open(route.Path{Order: w.at.order, Dispute: w.at.about.DisputeID, Path: p.ID, Run: p.Open})
		})
		b.SetToolTip(words.Join(" · ", title, words.Text(p.Why)))
		row.Add(b)
	}
	row.Refresh()
}

// find goes to the search over all templates.
func (w *writer) find() {
	w.left.SelectIndex(1)
	w.env.UI.Window.Canvas().Focus(w.tree.search)
}
