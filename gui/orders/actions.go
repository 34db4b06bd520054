package orders

import (
	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// actions are what can be done with the order in view, the most used first: the
// bar shows as many as fit, its menu has the rest.
func (d *detail) actions() []kit.Action {
	return []kit.Action{
		{Name: "order.reply", Text: words.T("order.action.reply"), Do: func() { d.env.Open(route.Reply{Order: d.row}) }},
		{Name: "order.write", Text: words.T("order.action.write"), Keys: "F2", Do: d.write},
		{Name: "order.evidence", Text: words.T("order.action.evidence"), Do: func() { d.env.ChooseEvidence(show.Target{OrderID: d.view.Order.ID}) }},
		{Name: "order.dispute", Text: words.T("order.action.dispute"), Do: func() { d.env.Open(route.NewDispute{Order: d.row}) }},
		{Name: "order.address", Text: words.T("order.action.address"), Off: d.unfit("address_change"), Do: func() { d.walk("address_change") }},
		{Name: "order.cancel", Text: words.T("order.action.cancel"), Off: d.unfit("cancel"), Do: func() { d.walk("cancel") }},
		{Name: "order.return", Text: words.T("order.action.return"), Off: d.unfit("return_label"), Do: func() { d.walk("return_label") }},
		{Name: "order.path", Text: words.T("order.action.path"), Do: func() { d.walk("") }},
		{Name: "order.buyer", Text: words.T("buyers.show"), Rare: true, Do: func() { d.env.Open(route.Buyer{Order: d.view.Order.ID}) }},
		{Name: "order.page", Text: words.T("scans.add"), Rare: true, Do: func() { d.env.Open(route.TrackingPage{Order: d.row}) }},
		{Name: "order.complaint", Text: words.T("complaint.open"), Rare: true, Do: func() { d.env.Open(route.Complaint{Order: d.row, Dispute: d.view.OpenDispute()}) }},
		{Name: "order.note", Text: words.T("order.action.note"), Rare: true, Do: d.editNote},
		{Name: "order.pack", Text: words.T("pack.action"), Keys: "F3", Rare: true, Do: d.packing},
		{Name: "order.product", Text: words.T("order.action.product"), Keys: "F4", Rare: true, Do: func() { d.env.Open(route.Products{Order: d.view.Order.ID}) }},
		{Name: "order.costs", Text: words.T("order.margin.do"), Rare: true, Do: d.marginSheet},
		{Name: "order.papers", Text: words.T("papers.action"), Rare: true, Rule: true, Do: d.printPapers},
		{Name: "order.tracking", Text: words.T("trackingfile.action"), Rare: true, Do: func() { d.env.trackingFile([]int64{d.view.Order.ID}, d.view.Order.Number, d.view.Order.Shop.Platform) }},
		{Name: "order.dated", Text: words.T("order.action.dated"), Rare: true, Sub: d.dated()},
	}
}

// dated are the forms of what is written down with its own date, amount or note;
// F2 does the usual ones at once.
func (d *detail) dated() []kit.Action {
	form := func(name string, kind data.OrderEventKind, title string) kit.Action {
		return kit.Action{Name: name, Text: words.T(title), Do: func() { d.deedSheet(kind, title) }}
	}
	return []kit.Action{
		form("order.ship", data.OrderShipped, "order.write.shipped_form"),
		form("order.deliver", data.OrderDelivered, "order.write.delivered_form"),
		form("order.refund", data.OrderRefund, "order.write.part"),
		form("order.return_sent", data.OrderReturnSent, "order.write.return_sent"),
		form("order.address_form", data.OrderAddressChange, "order.write.address"),
		form("order.cancel_form", data.OrderCanceled, "order.write.cancel_form"),
		form("order.receipt_form", data.OrderReceipt, "order.write.receipt"),
	}
}

// unfit says why a guided path does not fit the order in view; one that is walked
// already goes on.
func (d *detail) unfit(path string) func() string {
	return func() string {
		for i := range d.view.Paths {
			if run := &d.view.Paths[i].Run; run.Path == path && run.EndedAt.IsZero() {
				return ""
			}
		}
		return words.Text(d.view.Unfit[path])
	}
}

// walk walks a guided path for the order in view; "" lets the person choose one.
func (d *detail) walk(path string) {
	d.env.Open(route.Path{Order: d.row, Dispute: d.view.OpenDispute(), Path: path})
}
