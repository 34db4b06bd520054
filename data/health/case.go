package health

import "casebinder/data"

// Dispute is a case about an order.
type Dispute struct {
	ID       int64
	Order    int64
	Reason   data.Reason
	Way      Way
	Outcome  string // one of data.Outcomes, or ""
	Liable   string // one of data.Liables, or ""
	Amount   int64  // minor units; -1: not known
	Currency Code
	Return   bool    // goods go back, or are asked back
	Card     string  // of a chargeback: the card's network; "" not known
	Refunder string  // who paid the refund: "seller", "platform", or ""
	Closed   Answer  // whether the platform closed it without the seller's solution
	Events   []Event // in the order in which they happened
}

// Way is by which door a dispute came.
type Way uint8

// The ways.
const (
	WayPlatform   Way = iota // the platform's own
	WayChargeback            // the card's issuer, or the bank
	WayReturn                // a return request: no dispute yet
)

// Event is what happened in a dispute.
type Event struct {
	Kind   data.EventKind
	At     Moment
	Actor  data.Actor
	Undone bool // a correction says that it did not happen
}

// Feedback is a rating.
type Feedback struct {
	ID      int64
	Times   int64
	Order   int64 // 0: not known
	Buyer   int64
	Stars   int // 1 to 5, those that stand
	LeftAt  Moment
	Removed Moment
	Product string  // that it is about; "": nobody said
	Before  []Stood // what it was before its buyer changed it, in the order of time
}

// Stood are stars that stood until a moment.
type Stood struct {
	Until Moment
	Stars int
}

// at gives the stars that stood at a moment.
func (f *Feedback) at(m Moment) int {
	for _, b := range f.Before {
		if m < b.Until {
			return b.Stars
		}
	}
	return f.Stars
}

// Shipment is one parcel.
type Shipment struct {
	ID          int64
	Times       int64
	Order       int64
	Units       int64 // pieces in it; 0 counts as 1
	Tracked     bool
	Carrier     bool // the carrier is named
	Confirmed   bool // told to the platform as shipped
	Exempt      bool // of a service that needs no tracking
	Elsewhere   bool
	Untold      bool // it has a number, and nobody told of a scan or delivery
	ShippedAt   Moment
	DeliverBy   Moment
	FirstScan   Moment
	AttemptedAt Moment
	DeliveredAt Moment
}

// Thread is a buyer's question with its answer.
type Thread struct {
	ID       int64
	Times    int64
	First    Moment // the first message
	Answered Moment // 0: not yet
}

// CardItem is something that a card network counts.
type CardItem struct {
	ID       int64
	Times    int64
	Kind     CardKind
	At       Moment
	Card     string // "visa", "mastercard" ...
	Resolved string // "rdr", "ce3", or "": how it was settled before it counted
}

// CardKind is what a card item is.
type CardKind string

// The kinds of card items.
const (
	CardSettled CardKind = "settled"     // a sale
	CardAbsent  CardKind = "settled_cnp" // a sale without the card present
	CardFraud   CardKind = "fraud"       // a report of fraud (TC40)
	CardDispute CardKind = "dispute"     // a chargeback (TC15)
	CardInquiry CardKind = "inquiry"     // a request for information: no chargeback yet
)
