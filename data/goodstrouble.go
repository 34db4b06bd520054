package data

// TroubleKind says what went wrong with goods.
type TroubleKind string

// The kinds of trouble with goods.
const (
	TroubleDefect TroubleKind = "defect" // of poor quality, or not working
	TroubleDamage TroubleKind = "damage" // on its way
)

// OrderTrouble is a dispute, complaint or feedback about an order, with an article of it.
type OrderTrouble struct {
	OrderID int64
	Reason  Reason // of a dispute
	Cause   string // of a dispute or complaint: one of Causes; "" not classed yet
	Words   string // of a feedback: what the seller wrote as its cause

	SKU, Title string // of one article that the order holds
}

// GoodsTrouble counts what went wrong with a product, by orders that left.
type GoodsTrouble struct {
	SKU     string `json:"sku,omitempty"` // "": its title names it
	Title   string `json:"title"`
	Orders  int    `json:"orders"`  // that hold it
	Defects int    `json:"defects"` // of these
	Damages int    `json:"damages"`
	Timed   int    `json:"timed"` // of these, those whose date to ship and of shipping are known
	Late    int    `json:"late"`  // of the timed, those that left more than a day after their date
}

// Name is what a person calls the product.
func (t GoodsTrouble) Name() string {
	switch {
	case t.SKU == "":
		return t.Title
	case t.Title == "":
		return t.SKU
	}
	return t.Title + " (" + t.SKU + ")"
}
