// Package route names the places of the window.
//
// Its one rule: a room asks for a place and does not know who shows it, so that
// no room names another one or the frame.
package route

import "casebinder/data"

// A Route is a place of the window: one of the types of this package.
type Route any

// Order shows an order in its tab.
type Order struct{ ID int64 }

// HeldOver shows the orders whose hold before shipping is over.
type HeldOver struct{}

// Dispute shows a dispute in its tab.
type Dispute struct{ ID int64 }

// Feedback shows what a buyer left in public, in its tab.
type Feedback struct{ ID int64 }

// Buyer shows a person in the tab of buyers: the one behind the account with the ID,
// else the one who placed the order.
type Buyer struct{ ID, Order int64 }

// NewDispute opens the sheet that opens a dispute on an order; ID 0 lets the
// person choose one.
type NewDispute struct{ Order data.OrderRow }

// Reply shows the replies with an order chosen, and a dispute, or the feedback that
// is answered in public, where it is not 0. Template, which may be "", is filled.
type Reply struct {
	Order    data.OrderRow
	Dispute  int64
	Feedback int64
	Template string
}

// Talk opens the sheet that reads what was copied out of a chat or a mail, about an
// order; ID 0 lets the person choose one.
type Talk struct {
	Order data.OrderRow
	Text  string
}

// TrackingPage opens the sheet that reads a copied tracking page, about an order; ID
// 0 has its number tell the order, and no text asks for one.
type TrackingPage struct {
	Order data.OrderRow
	Text  string
}

// Complaint opens a complaint; ID 0 opens a new one about an order or, where it is
// not 0, a dispute, with what happened where it is known.
type Complaint struct {
	ID       int64
	Order    data.OrderRow
	Dispute  int64
	Happened string
}

// Path walks a guided path for an order: the run with the UID, else the path with
// the id; without both the person chooses one. Dispute, where it is not 0, is that
// which it is about.
type Path struct {
	Order   data.OrderRow
	Dispute int64
	Path    string
	Run     string
}

// Account shows the numbers by which platforms judge the shops.
type Account struct{}

// Found shows the new files of watched folders.
type Found struct{}

// Import opens the sheet that imports "orders", "feedback" or "disputes": files that
// are named, else those that the person chooses.
type Import struct {
	Target string
	Paths  []string
}

// RiskRules opens the sheet of the rules by which orders are reviewed before they
// ship.
type RiskRules struct{}

// GateRules opens the sheet of the rules by which a reply is checked, with one of
// them chosen where it is named.
type GateRules struct{ Rule string }

// Marks opens the editor that draws marks on a picture of a dispute. Done,
// which may be nil, is called when a copy was made.
type Marks struct {
	Dispute  int64
	Evidence data.Evidence
	Done     func()
}

// Products shows a product, else that of an order's items.
type Products struct{ Order, Product int64 }

// SupplierClaims lists what can be claimed on suppliers for an order; 0 for all.
type SupplierClaims struct{ Order int64 }

// PayWays shows how buyers of a country pay and who delivers; Paid is how an order was paid.
type PayWays struct{ Country, Paid string }

// Packing opens the packing table, with an order on it; ID 0 has a scan find one.
type Packing struct{ Order int64 }

// Erase shows what would be erased of the personal data of a buyer, or of some orders.
// Rule names the clock that they are over; "": the buyer asked for it. Done, which may
// be nil, is called when it is done.
type Erase struct {
	Buyer  int64
	Orders []int64
	Rule   string
	Done   func()
}

// Overdue lists the buyers whose personal data is over the date for which it is kept.
type Overdue struct{}
