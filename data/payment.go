package data

import "time"

// PaymentState is how a payment stands at the service that took it.
type PaymentState string

// The states of a payment.
const (
	PaymentUnknown  PaymentState = ""
	PaymentReview   PaymentState = "review"   // the service looks at it: do not ship
	PaymentPending  PaymentState = "pending"  // not there yet, an eCheck on its way among them
	PaymentCleared  PaymentState = "cleared"  // there; for an eCheck, cleared by the bank
	PaymentHeld     PaymentState = "held"     // there, and held back
	PaymentReversed PaymentState = "reversed" // taken back
	PaymentFailed   PaymentState = "failed"   // denied, canceled or expired
)

// PaymentStates lists them in the order of a payment's life.
func PaymentStates() []PaymentState {
	return []PaymentState{PaymentUnknown, PaymentPending, PaymentReview, PaymentHeld, PaymentCleared, PaymentReversed, PaymentFailed}
}

// Standing of a payer or an address, as the payment service tells it.
const (
	PayerRegistered    = "registered"   // has an account with the service
	PayerUnregistered  = "unregistered" // paid by card without an account
	AddressConfirmed   = "confirmed"
	AddressUnconfirmed = "unconfirmed"
)

// What the platform or the payment service itself says of an order.
const (
	JudgedLow        = "low" // its own word on the risk of fraud
	JudgedMedium     = "medium"
	JudgedHigh       = "high"
	ProtectedWhole   = "eligible" // for its protection of sellers
	ProtectedPartly  = "partial"
	ProtectedNothing = "ineligible"
)

// Payment is what the platform or the payment service tells of who paid, and
// from where. The zero Payment says that nothing is known.
type Payment struct {
	State   PaymentState `json:"state,omitempty"`
	ECheck  bool         `json:"echeck,omitempty"`  // paid from a bank account, which takes days to clear
	Payer   string       `json:"payer,omitempty"`   // name of who paid
	Holder  string       `json:"holder,omitempty"`  // name on the account that was paid from, where it is told apart
	Email   string       `json:"email,omitempty"`   // with which the payer is registered at the service
	Account string       `json:"account,omitempty"` // PayerRegistered, PayerUnregistered, or ""

	Address       Address `json:"address,omitzero"`         // in the transaction's details
	AddressStatus string  `json:"address_status,omitempty"` // AddressConfirmed, AddressUnconfirmed, or ""

	Billing    Address `json:"billing,omitzero"`     // of the card or account, where it is told apart
	Risk       string  `json:"risk,omitempty"`       // JudgedLow, JudgedMedium, JudgedHigh, or ""
	Protection string  `json:"protection,omitempty"` // ProtectedWhole, ProtectedPartly, ProtectedNothing, or ""

	IP             string    `json:"ip,omitempty"`              // from which it was ordered
	IPCountry      string    `json:"ip_country,omitempty"`      // ISO 3166-1, as a file tells it
	AccountCountry string    `json:"account_country,omitempty"` // ISO 3166-1, of the payment account
	Seen           time.Time `json:"seen,omitzero"`             // as of when State holds, where known
}

// IsZero reports whether nothing is known.
func (p Payment) IsZero() bool { return p == Payment{} }

// Merged is what is known once a file told more: what it does not tell stays.
func (p Payment) Merged(told Payment) Payment {
	if told.Seen.IsZero() || !told.Seen.Before(p.Seen) {
		p.State, p.Seen = or(told.State, p.State), or(told.Seen, p.Seen)
	}
	p.ECheck = p.ECheck || told.ECheck
	p.Payer, p.Holder, p.Email, p.Account = or(told.Payer, p.Payer), or(told.Holder, p.Holder), or(told.Email, p.Email), or(told.Account, p.Account)
	p.Address, p.AddressStatus = or(told.Address, p.Address), or(told.AddressStatus, p.AddressStatus)
	p.Billing, p.Risk, p.Protection = or(told.Billing, p.Billing), or(told.Risk, p.Risk), or(told.Protection, p.Protection)
	p.IP, p.IPCountry, p.AccountCountry = or(told.IP, p.IP), or(told.IPCountry, p.IPCountry), or(told.AccountCountry, p.AccountCountry)
	return p
}

func or[T comparable](a, b T) T {
	var nothing T
	if a != nothing {
		return a
	}
	return b
}
