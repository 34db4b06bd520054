package data

import "math/bits"

// GoodsCost is what one unit of an article costs the shop from a day on, as the seller
// entered it.
type GoodsCost struct {
	Article string `json:"article"`         // SKU, or the title of what has none
	Day     string `json:"day,omitempty"`   // 2026-11-30: from which it counts; "" always
	Amount  Money  `json:"amount,omitzero"` // without a currency it takes the cost away
}

// OrderCost is what an order itself cost, as the seller entered it.
type OrderCost struct {
	OrderID int64 `json:"-"`
	Cost    Cost  `json:"cost"`            // one of SaleCosts
	Amount  Money `json:"amount,omitzero"` // without a currency it takes the cost away
}

// Sale is an order as its margin sees it.
type Sale struct {
	OrderID, ShopID int64
	Number          string
	Day             string // on which it was placed, on the clock of who asks
	Month           string // 2026-11, so too
	Total, Refunded Money
	Items           []Item
	Own             map[Cost]Money // entered for this order
	Apart           int            // parcels sent again or coming back, whose cost nobody counts here
}

// Article is the name under which an item's cost is kept.
func (i *Item) Article() string {
	if i.SKU != "" {
		return i.SKU
	}
	return i.Title
}

// Article is the only article of a sale; Several where it has several.
func (s *Sale) Article() (name, title string) {
	for i := range s.Items {
		a := s.Items[i].Article()
		switch {
		case a == "" || a == name:
		case name == "":
			name, title = a, s.Items[i].Title
		default:
			return Several, ""
		}
	}
	return name, title
}

// Times gives an amount so many times; false where that is more than fits.
func (m Money) Times(n int64) (Money, bool) {
	if m.Minor < 0 || n < 0 {
		return Money{}, false
	}
	high, low := bits.Mul64(uint64(m.Minor), uint64(n))
	if high != 0 || low > 1<<62 {
		return Money{}, false
	}
	return Money{Minor: int64(low), Currency: m.Currency}, true
}
