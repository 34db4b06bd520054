package data

import "time"

// Stated is a fact of an order that a person wrote down: no file has told it.
type Stated struct {
	At  time.Time `json:"at"` // when it was written down
	By  string    `json:"by,omitempty"`
	Was Address   `json:"was,omitzero"` // of an address: the one that files told before
}

// Same reports whether two say the same.
func (s Stated) Same(other Stated) bool {
	return s.At.Equal(other.At) && s.By == other.By && s.Was == other.Was
}

// IsStated reports whether a fact of the order is a person's word alone.
func (o *Order) IsStated(name string) bool {
	_, stated := o.Stated[name]
	return stated
}

// PaidAddress is the address of the transaction, which protection of sellers asks
// for: the one that files told, whatever a person changed since.
func (o *Order) PaidAddress() Address {
	if was := o.Stated[StatedShipTo].Was; was != (Address{}) {
		return was
	}
	return o.ShipTo
}

// The names of facts in Order.Stated.
const (
	StatedStatus    = "status"
	StatedShipped   = "shipped_at"
	StatedDelivered = "delivered_at"
	StatedRefunded  = "refunded"
	StatedShipTo    = "ship_to"
	StatedPayment   = "payment"
	StatedCanceled  = "canceled_at"  // when, by whom and why
	StatedReceipt   = "confirmed_at" // when receipt was confirmed, and how
)

// OrderEventKind says what happened to an order.
type OrderEventKind string

// What a person can write down of an order.
const (
	OrderShipped        OrderEventKind = "shipped"
	OrderDelivered      OrderEventKind = "delivered"
	OrderRefund         OrderEventKind = "refund"
	OrderReturnAsked    OrderEventKind = "return_asked"
	OrderReturnSent     OrderEventKind = "return_sent"
	OrderReturnReceived OrderEventKind = "return_received"
	OrderAddressChange  OrderEventKind = "address_change"
	OrderCanceled       OrderEventKind = "canceled"
	OrderResent         OrderEventKind = "resent"
	OrderReceipt        OrderEventKind = "receipt"   // the buyer, or time, confirmed receipt
	OrderConfirmed      OrderEventKind = "confirmed" // the buyer confirmed order or address, from the registered mail address
)

// OrderEventKinds lists them.
func OrderEventKinds() []OrderEventKind {
	return []OrderEventKind{
		OrderShipped, OrderDelivered, OrderRefund, OrderReturnAsked, OrderReturnSent, OrderReturnReceived,
		OrderAddressChange, OrderCanceled, OrderResent, OrderReceipt, OrderConfirmed,
	}
}

// OrderEvent is something that happened to an order, by a person's word. The
// order's own columns hold what follows from it.
type OrderEvent struct {
	ID         int64          `json:"-"`
	UID        string         `json:"uid"` // UUIDv7
	OrderID    int64          `json:"-"`
	Kind       OrderEventKind `json:"kind"`
	At         time.Time      `json:"at"`
	RecordedAt time.Time      `json:"recorded_at"`
	Operator   string         `json:"operator,omitempty"`
	Note       string         `json:"note,omitempty"`
	Amount     Money          `json:"amount,omitzero"`    // of a refund
	From       Address        `json:"from,omitzero"`      // before an address change
	To         Address        `json:"to,omitzero"`        // after it
	Tracking   string         `json:"tracking,omitempty"` // of the parcel that it is about
	By         Actor          `json:"by,omitempty"`       // who canceled
	Reason     CancelReason   `json:"reason,omitempty"`   // of a cancellation
	How        string         `json:"how,omitempty"`      // receipt was confirmed
}
