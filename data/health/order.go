package health

import (
	"strings"

	"casebinder/data"
)

// Party is who did something to an order.
type Party uint8

// The parties.
const (
	PartyUnknown Party = iota
	PartyBuyer
	PartySeller
	PartyPlatform
)

// Fault says whose matter the reason of a cancellation or return is.
type Fault uint8

// The faults. FaultUnknown is a reason that nobody told.
const (
	FaultUnknown Fault = iota
	FaultSeller
	FaultBuyer
	FaultNobody // told, and neither's: a delivery that failed, a check of the platform's
)

// Order is an order as the numbers need it. It is small: a shop may have a
// million of them.
type Order struct {
	ID    int64
	Times int64 // how many orders alike it stands for; 0 counts as 1

	OrderedAt   Moment
	PaidAt      Moment
	ShipBy      Moment
	ShippedAt   Moment
	DeliverBy   Moment
	DeliveredAt Moment
	HandedOver  Moment // to the carrier, where that is told apart from ShippedAt
	FirstScan   Moment // of its parcels
	Uploaded    Moment // when the tracking number was given to the platform
	ConfirmedAt Moment // the buyer confirmed receipt
	TimedOutAt  Moment // receipt was confirmed by time-out
	CanceledAt  Moment
	RefundedAt  Moment

	Total     int64 // minor units of the currency; -1: not known
	Buyer     int64 // 0: not known
	Items     int32 // 0 counts as 1
	Canceled  int32 // items of them
	Currency  Code
	Country   Code // where it goes, ISO 3166-1
	State     State
	Party     Party // who canceled
	Cause     Fault // of the cancellation
	Returned  Fault // of the return or refund
	Elsewhere bool  // the platform or its warehouse ships it, not the seller
	Assumed   bool  // nobody told when it was confirmed: the day of its delivery is taken
	Says      Answer
	Valid     Answer // whether its tracking was confirmed by the carrier
}

// Code is the code of a currency or a country; the empty one is not known.
type Code [3]byte

// CodeOf gives a code for its letters; longer words give none.
func CodeOf(s string) Code {
	var c Code
	if len(s) <= len(c) {
		copy(c[:], s)
	}
	return c
}

// String gives the letters.
func (c Code) String() string { return strings.TrimRight(string(c[:]), "\x00") }

// State is what of an order's status the numbers ask for.
type State uint8

// The states.
const (
	StateOther State = iota
	StateUnpaid
	StateToShip
	StateShipped
	StateCompleted // delivered, and done for the platform
	StateRefunded
	StateCanceled
	StateDisputed // by the order's own word; whether the desk has the dispute, its rows tell
)

// StateOf is the state of a status.
func StateOf(s data.OrderStatus) State {
	switch s {
	case data.StatusUnpaid:
		return StateUnpaid
	case data.StatusReview, data.StatusToShip:
		return StateToShip
	case data.StatusShipped, data.StatusDelivered:
		return StateShipped
	case data.StatusCompleted:
		return StateCompleted
	case data.StatusRefunded:
		return StateRefunded
	case data.StatusCanceled:
		return StateCanceled
	case data.StatusDisputed:
		return StateDisputed
	}
	return StateOther
}

// Answer is yes, no, or nothing.
type Answer uint8

// The answers. Of a buyer's word on the delivery, Yes is "on time".
const (
	NoAnswer Answer = iota
	Yes
	No
	Untold // it could be known, and nobody told: such a row is left out
)

func (o *Order) times() int64 { return max(1, o.Times) }

func (o *Order) canceled() bool { return o.State == StateCanceled || o.CanceledAt != 0 }

// canceledBySeller reports a cancellation that is held against the seller, a
// platform's own for a missed date among them.
func (o *Order) canceledBySeller() bool { return o.canceled() && o.sellersFault() }

func (o *Order) sellersFault() bool {
	switch o.Party {
	case PartySeller:
		return o.Cause != FaultBuyer
	case PartyPlatform:
		return o.Cause != FaultBuyer && o.Cause != FaultNobody
	}
	return false
}

// canceledByBuyer reports one that is not, before the order was shipped.
func (o *Order) canceledByBuyer() bool {
	return o.canceled() && o.ShippedAt == 0 && (o.Party == PartyBuyer || o.Cause == FaultBuyer)
}

// canceledLate reports a cancellation after the date on which the order was to leave.
func (o *Order) canceledLate() bool {
	if o.CanceledAt == 0 {
		return o.canceledBySeller() && o.Party == PartyPlatform
	}
	return !o.CanceledAt.by(o.ShipBy)
}
