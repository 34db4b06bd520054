package data

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
