package data

import "time"

// BuyerRow is the slim row of the buyers table: one person, on one account or
// several.
type BuyerRow struct {
	ID        int64 // the lowest of the person's accounts
	Accounts  int
	Platforms []Platform
	Shops     []string
	Name      string
	Handle    string
	Country   string
	Language  string // BCP 47; "" when nobody said
	Tone      string // one of BuyerTones
	Tags      []string
	Note      string

	Orders    int // that were not called off
	CalledOff int // canceled, or never paid
	FirstAt   time.Time
	LastAt    time.Time
	Spent     Money   // in the currency of most of the orders, less what was refunded
	Other     []Money // in other currencies; no rate is guessed
	Units     int64
	MostUnits int64 // of one item in one order
	Disputes  int
	Feedback  int

	Every time.Duration // the usual time between orders; 0: no rhythm is known
	Next  time.Time     // when the next order is to be expected by that; zero where none is
}

// EveryDays is the usual time between orders in whole days; 0 where no rhythm is
// known.
func (b *BuyerRow) EveryDays() int {
	const day = 24 * time.Hour
	return int((b.Every + day/2) / day)
}

// BuyerTones lists in which tones one can write to a buyer; "" is not said.
func BuyerTones() []string { return []string{ToneShort, ToneWarm, ToneFormal} }

// The tones.
const (
	ToneShort  = "short"
	ToneWarm   = "warm"
	ToneFormal = "formal" // the plain wording of a template
)

// BuyerKind narrows the list of buyers down.
type BuyerKind string

// The kinds of buyers.
const (
	BuyersAll       BuyerKind = ""
	BuyersKey       BuyerKind = "key"       // came back, of late, and spent much
	BuyersBig       BuyerKind = "big"       // took so many of one item at once that they likely sell it on
	BuyersRestock   BuyerKind = "restock"   // of these, those who have likely sold it by now: due for an offer
	BuyersAgain     BuyerKind = "again"     // ordered three times or more
	BuyersDisputing BuyerKind = "disputing" // two disputes or more
	BuyersAlike     BuyerKind = "alike"     // may be one person with another account, and nobody said
	BuyersJoined    BuyerKind = "joined"    // one person on several accounts, as somebody said
	BuyersNoted     BuyerKind = "noted"     // with a note
)

// BuyerKinds lists them.
func BuyerKinds() []BuyerKind {
	return []BuyerKind{BuyersKey, BuyersBig, BuyersAgain, BuyersDisputing, BuyersAlike, BuyersJoined, BuyersNoted, BuyersRestock}
}

// BuyerSort names a sortable column of the buyers table.
type BuyerSort string

// The sortable columns; each has an index.
const (
	BuyerByLast     BuyerSort = "last"
	BuyerByName     BuyerSort = "name"
	BuyerByOrders   BuyerSort = "orders"
	BuyerBySpent    BuyerSort = "spent" // by currency
	BuyerByDisputes BuyerSort = "disputes"
)

// BuyerQuery says which buyers, in which order. The zero query is all, who ordered
// last first.
type BuyerQuery struct {
	Search     string // words over what stands in their orders, their notes and tags
	ShopID     int64
	Kind       BuyerKind
	Tag        string
	OrdersFrom int       // at least so many orders; 0: any
	OrdersTo   int       // fewer than so many; 0: any
	LastFrom   time.Time // last order at this time or later; zero: any
	LastTo     time.Time // before it
	Sort       BuyerSort // "" means BuyerByLast
	Ascending  bool
}
