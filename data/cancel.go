package data

import "time"

// CancelReason is why an order was canceled, in one vocabulary for all platforms.
type CancelReason string

// The reasons of a cancellation.
const (
	CancelUnknown    CancelReason = ""
	CancelOutOfStock CancelReason = "out_of_stock" // or the seller cannot fulfill it
	CancelPrice      CancelReason = "price"        // the seller named a wrong price
	CancelLate       CancelReason = "late"         // it was not shipped in time
	CancelBuyerAsked CancelReason = "buyer_asked"
	CancelUnpaid     CancelReason = "unpaid"
	CancelAddress    CancelReason = "address" // the buyer's address cannot be served
	CancelOther      CancelReason = "other"
)

// CancelReasons lists them in the order in which a choice shows them.
func CancelReasons() []CancelReason {
	return []CancelReason{
		CancelUnknown, CancelBuyerAsked, CancelUnpaid, CancelAddress, CancelOutOfStock, CancelPrice, CancelLate, CancelOther,
	}
}

// How receipt of an order was confirmed.
const (
	ConfirmedByBuyer   = "buyer"
	ConfirmedByTimeout = "timeout"
)

// FulfilledByPlatform is an order that the platform or its warehouse ships.
const FulfilledByPlatform = "platform"

// Fate is what became of an order, as far as platforms count it. The zero Fate says
// that nothing is known.
type Fate struct {
	CanceledAt     time.Time    `json:"canceled_at,omitzero"`
	CanceledBy     Actor        `json:"canceled_by,omitempty"`
	CancelReason   CancelReason `json:"cancel_reason,omitempty"`
	ConfirmedAt    time.Time    `json:"confirmed_at,omitzero"` // receipt was confirmed
	ConfirmedHow   string       `json:"confirmed_how,omitempty"`
	FulfilledBy    string       `json:"fulfilled_by,omitempty"`    // FulfilledByPlatform; "": the seller
	TrackingToldAt time.Time    `json:"tracking_told_at,omitzero"` // when the number was given to the platform
	ReturnReason   Reason       `json:"return_reason,omitempty"`   // of what came back or was refunded
}

// IsZero reports whether nothing is known.
func (f Fate) IsZero() bool { return f == Fate{} }

// Merged is what is known once a file told more: what it does not tell stays.
func (f Fate) Merged(told Fate) Fate {
	return Fate{
		CanceledAt: or(told.CanceledAt, f.CanceledAt), CanceledBy: or(told.CanceledBy, f.CanceledBy), CancelReason: or(told.CancelReason, f.CancelReason),
		ConfirmedAt: or(told.ConfirmedAt, f.ConfirmedAt), ConfirmedHow: or(told.ConfirmedHow, f.ConfirmedHow),
		FulfilledBy: or(told.FulfilledBy, f.FulfilledBy), TrackingToldAt: or(told.TrackingToldAt, f.TrackingToldAt), ReturnReason: or(told.ReturnReason, f.ReturnReason),
	}
}
