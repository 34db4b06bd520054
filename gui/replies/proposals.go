package replies

import (
	"context"

	"fyne.io/fyne/v2/widget"

	"casebinder/data/desk"
	"casebinder/gui/kit"
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
}

func (e *env) languageOf(_ context.Context, v desk.OrderView) (buyerLanguage, error) {
	return buyerLanguage{tag: v.Order.Buyer.Language}, nil
}

// propose names the templates that suit where the order stands.
func (w *writer) propose(ctx context.Context, o opening) ([]proposal, error) {
	if o.about.DisputeID == 0 {
		return nil, nil
	}
	fits, err := w.env.desk.FittingTemplates(ctx, o.about.DisputeID)
	var list []proposal
	for _, uid := range fits[:min(len(fits), proposedMost)] {
		list = append(list, proposal{template: uid})
	}
	return list, err
}

// showProposals makes a button of each proposal.
func (w *writer) showProposals() {
	row := w.ui.proposals
	row.RemoveAll()
	for i, p := range w.proposed {
		b := kit.NewButton(kit.RowName("replies.proposal", i, "choose"), "", func() { w.chooseTemplate(p.template) })
		b.SetText(kit.Fit(templateName(w.byUID(p.template)), 170, true))
		if p.template == w.draft.Template {
			b.Importance = widget.HighImportance
		}
		row.Add(b)
	}
	row.Refresh()
}

// find goes to the search over all templates.
func (w *writer) find() {
	w.left.SelectIndex(1)
	w.env.UI.Window.Canvas().Focus(w.tree.search)
}
