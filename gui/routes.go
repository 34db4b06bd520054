package gui

import (
	"casebinder/data"
	"casebinder/gui/account"
	"casebinder/gui/bind"
	"casebinder/gui/buyers"
	"casebinder/gui/cases"
	"casebinder/gui/complaints"
	"casebinder/gui/erase"
	"casebinder/gui/feedback"
	"casebinder/gui/firststeps"
	"casebinder/gui/gaterules"
	"casebinder/gui/look"
	"casebinder/gui/orders"
	"casebinder/gui/paths"
	"casebinder/gui/payways"
	"casebinder/gui/redact"
	"casebinder/gui/replies"
	"casebinder/gui/riskrules"
	"casebinder/gui/route"
	"casebinder/gui/scans"
	"casebinder/gui/settings"
	"casebinder/gui/today"
)

// makeScreens makes the rooms that have a tab, by the names of their tabs.
func (a *app) makeScreens() map[string]screen {
	a.replies = replies.New(a.env, a.desk)
	a.disputes = cases.New(a.env, a.desk, cases.Rooms{
		Page: func(dispute int64, state any, w cases.Ways) cases.Page {
			return bind.New(a.env, a.desk, dispute, state, w.Back, w.Follow, w.Proof)
		},
		Bundles: func(compose func(), open func(data.Evidence)) cases.Bundles {
			return bind.NewSubmissions(a.env, a.desk, compose, open)
		},
	})
	a.buyers, a.orders, a.account = buyers.New(a.env, a.desk), orders.New(a.env, a.desk), account.New(a.env, a.desk)
	return map[string]screen{
		"today": today.New(a.env, a.desk), "orders": a.orders, "disputes": a.disputes,
		"feedback": feedback.New(a.env, a.desk), "replies": a.replies, "buyers": a.buyers,
		"account": a.account,
	}
}

// settingsFrame is what the sheets of settings change of the window.
func (a *app) settingsFrame() settings.Frame {
	return settings.Frame{
		Version: a.starter.options.Desk.Version, Theme: a.setTheme, Language: a.setLanguage, Shop: a.keepShop, BackedUp: a.refreshCounts, Folders: func() { a.found.Folders() },
		Mode: func() look.Mode { return themeMode(a.program) },
		Operator: func(name string) {
			a.program.Preferences().SetString(prefOperator, name)
			a.status.draw()
		},
	}
}

// stepsFrame is where the first steps lead.
func (a *app) stepsFrame() firststeps.Frame {
	return firststeps.Frame{
		UI: a.ui, Import: func() { a.imports.Choose("orders") },
		Today: func() { a.show("today") }, InToday: func() bool { return a.current == "today" },
		Open: func() { a.goTo(route.NewDispute{}) }, Disputes: func() { a.show("disputes") },
	}
}

// askOperator asks who works where nobody ever said so: several people share a
// desk by turns.
func (a *app) askOperator() {
	if a.starter.operator() == "" && !a.starter.looks && !a.desk.ReadOnly() {
		a.settings.AskOperator("")
	}
}

// goTo shows a place of the window.
func (a *app) goTo(to route.Route) {
	switch r := to.(type) {
	case route.Order:
		a.openIn("orders", r.ID)
	case route.HeldOver:
		a.show("orders")
		a.orders.HeldOver()
	case route.Dispute:
		a.openIn("disputes", r.ID)
	case route.Buyer:
		a.show("buyers")
		a.buyers.Person(r.ID, r.Order)
	case route.Feedback:
		a.openIn("feedback", r.ID)
	case route.NewDispute:
		a.disputes.OpenNew(r.Order)
	case route.Reply:
		a.show("replies")
		a.replies.About(r.Order, r.Dispute, r.Feedback, r.Template)
	case route.Talk:
		a.talk.Paste(r.Order, r.Text)
	case route.TrackingPage:
		scans.Open(a.env, a.desk, r.Order, r.Text)
	case route.Account:
		a.show("account")
	case route.Found:
		a.found.Open()
	case route.Packing:
		a.packing.Open(r.Order)
	case route.Products:
		if r.Product != 0 {
			a.products.Show(r.Product)
		} else {
			a.products.OfOrder(r.Order)
		}
	case route.PayWays:
		payways.Open(a.env, a.desk, r.Country, r.Paid)
	case route.SupplierClaims:
		a.products.Claims(r.Order)
	case route.Import:
		if len(r.Paths) > 0 {
			a.imports.Files(r.Target, r.Paths)
		} else {
			a.imports.Choose(r.Target)
		}
	case route.Complaint:
		complaints.Open(a.env, a.desk, r)
	case route.Path:
		paths.Open(a.env, a.desk, r)
	case route.Erase:
		erase.Open(a.env, a.desk, r)
	case route.Overdue:
		erase.OpenOverdue(a.env, a.desk)
	case route.RiskRules:
		riskrules.Open(a.env, a.desk)
	case route.GateRules:
		gaterules.Open(a.env, a.desk, r.Rule)
	case route.Marks:
		redact.Open(a.env, a.desk, r.Dispute, r.Evidence, r.Done)
	}
}

// openIn shows a record in its tab.
func (a *app) openIn(tab string, id int64) {
	a.show(tab)
	if s := a.screens[tab]; s != nil {
		s.Open(id)
	}
}
