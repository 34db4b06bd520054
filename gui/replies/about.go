package replies

import (
	"context"
	"slices"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
)

// About takes the order that a reply is about. Where it comes from a dispute, a
// template that fits it is chosen.
func (r *Tab) About(order data.OrderRow, disputeID int64) {
	r.showOrder(order)
	r.setOrder(order, disputeID)
}

// showOrder shows the order in its field without asking for it.
func (r *Tab) showOrder(order data.OrderRow) {
	change := r.finder.Change
	r.finder.Change = nil
	r.finder.Choose(order)
	r.finder.Change = change
}

// aboutOrder is what an order says about a reply.
type aboutOrder struct {
	view desk.OrderView
	fits []string // templates that fit the dispute, the best first; none where it came from no dispute
}

// setOrder takes an order, learns its buyer's language and what fits its dispute,
// and drafts anew.
func (r *Tab) setOrder(o data.OrderRow, disputeID int64) {
	r.chosen.order, r.chosen.disputeID, r.chosen.variant, r.chosen.language = o, disputeID, "", ""
	if r.unknown = o.ID != 0; !r.unknown {
		r.buying.Stop()
		r.ask()
		return
	}
	r.wait()
	kit.Load(&r.buying, func(ctx context.Context) (a aboutOrder, err error) {
		if a.view, err = r.env.desk.Order(ctx, o.ID); err != nil || disputeID == 0 {
			return a, err
		}
		a.fits, err = r.env.desk.FittingTemplates(ctx, disputeID)
		return a, err
	}, func(a aboutOrder, err error) {
		r.unknown = false
		if err != nil {
			r.env.UI.Problem(err)
			return
		}
		r.chosen.language = a.view.Order.Buyer.Language
		if r.chosen.disputeID == 0 {
			r.chosen.disputeID = a.view.OpenDispute()
		}
		r.fit(a.fits)
		r.ask()
	})
}

// fit chooses the template that fits best, unless one that fits is chosen
// already.
func (r *Tab) fit(fits []string) {
	if len(fits) > 0 && !slices.Contains(fits, r.chosen.template) {
		r.chosen.template = fits[0]
		r.tree.choose(fits[0])
	}
}
