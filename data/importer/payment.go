package importer

import (
	"fmt"
	"slices"

	"casebinder/data"
)

// A PaymentRule says what words of a column tell of an order's payment. Of each
// thing that rules can say, the first rule that fits says it.
type PaymentRule struct {
	Header   string   `toml:"header"`
	Words    []string `toml:"words,omitempty"`    // the cell is one of these
	Contains []string `toml:"contains,omitempty"` // the cell holds one of these
	Filled   bool     `toml:"filled,omitempty"`   // any word
	Empty    bool     `toml:"empty,omitempty"`    // the column is there, and the cell holds nothing

	State      data.PaymentState `toml:"state,omitempty"`
	ECheck     bool              `toml:"echeck,omitempty"`
	Account    string            `toml:"account,omitempty"` // registered, unregistered
	Address    string            `toml:"address,omitempty"` // confirmed, unconfirmed
	Risk       string            `toml:"risk,omitempty"`    // low, medium, high
	Protection string            `toml:"protection,omitempty"`
}

type paymentRule struct {
	*PaymentRule
	cellMatch
}

var paymentTexts = []orderText{
	{FieldPayer, false, func(o *data.Order) *string { return &o.Payment.Payer }},
	{FieldHolder, false, func(o *data.Order) *string { return &o.Payment.Holder }},
	{FieldPayerEmail, false, func(o *data.Order) *string { return &o.Payment.Email }},
	{FieldPayerCountry, false, func(o *data.Order) *string { return &o.Payment.AccountCountry }},
	{FieldIP, true, func(o *data.Order) *string { return &o.Payment.IP }},
	{FieldIPCountry, false, func(o *data.Order) *string { return &o.Payment.IPCountry }},
	{FieldPayName, false, func(o *data.Order) *string { return &o.Payment.Address.Name }},
	{FieldPayLine1, false, func(o *data.Order) *string { return &o.Payment.Address.Line1 }},
	{FieldPayLine2, false, func(o *data.Order) *string { return &o.Payment.Address.Line2 }},
	{FieldPayCity, false, func(o *data.Order) *string { return &o.Payment.Address.City }},
	{FieldPayState, false, func(o *data.Order) *string { return &o.Payment.Address.State }},
	{FieldPayPostcode, true, func(o *data.Order) *string { return &o.Payment.Address.Postcode }},
	{FieldPayCountry, false, func(o *data.Order) *string { return &o.Payment.Address.Country }},
	{FieldPayPhone, true, func(o *data.Order) *string { return &o.Payment.Address.Phone }},
	{FieldBillName, false, func(o *data.Order) *string { return &o.Payment.Billing.Name }},
	{FieldBillLine1, false, func(o *data.Order) *string { return &o.Payment.Billing.Line1 }},
	{FieldBillLine2, false, func(o *data.Order) *string { return &o.Payment.Billing.Line2 }},
	{FieldBillLine3, false, func(o *data.Order) *string { return &o.Payment.Billing.Line3 }},
	{FieldBillCity, false, func(o *data.Order) *string { return &o.Payment.Billing.City }},
	{FieldBillState, false, func(o *data.Order) *string { return &o.Payment.Billing.State }},
	{FieldBillPostcode, true, func(o *data.Order) *string { return &o.Payment.Billing.Postcode }},
	{FieldBillCountry, false, func(o *data.Order) *string { return &o.Payment.Billing.Country }},
	{FieldBillPhone, true, func(o *data.Order) *string { return &o.Payment.Billing.Phone }},
}

// checkPayment checks what a preset says of payments.
func (p *Preset) checkPayment(bad func(field, reason string)) {
	if len(p.Payment) > 0 && p.Target != TargetOrders {
		bad("payment", "it is for orders")
	}
	for i, r := range p.Payment {
		if field, reason := r.fault(); field != "" {
			bad(fmt.Sprintf("payment.%d.%s", i+1, field), reason)
		}
	}
}

// fault says what is wrong with a rule, "" for nothing.
func (r *PaymentRule) fault() (field, reason string) {
	among := func(value string, of ...string) bool { return value == "" || slices.Contains(of, value) }
	switch {
	case normal(r.Header) == "":
		return "header", "it is empty"
	case len(r.Words) == 0 && len(r.Contains) == 0 && !r.Filled && !r.Empty:
		return "words", "it needs words, contains, filled or empty"
	case emptyWord(r.Words, r.Contains):
		return "words", "a word is empty"
	case !slices.Contains(data.PaymentStates(), r.State):
		return "state", "there is no such state of a payment"
	case !among(r.Account, data.PayerRegistered, data.PayerUnregistered):
		return "account", "it is not registered or unregistered"
	case !among(r.Address, data.AddressConfirmed, data.AddressUnconfirmed):
		return "address", "it is not confirmed or unconfirmed"
	case !among(r.Risk, data.JudgedLow, data.JudgedMedium, data.JudgedHigh):
		return "risk", "it is none of low, medium, high"
	case !among(r.Protection, data.ProtectedWhole, data.ProtectedPartly, data.ProtectedNothing):
		return "protection", "it is none of eligible, partial, ineligible"
	}
	return "", ""
}

func (l *plan) setPayments() {
	for k := range l.preset.Payment {
		r := &l.preset.Payment[k]
		if i := l.head.find(r.Header); i >= 0 {
			l.payments = append(l.payments, paymentRule{r, matchCell(i, r.Words, r.Contains, r.Filled)})
		}
	}
}

func (r *paymentRule) fits(text string) bool {
	if nothing(text) {
		return r.Empty
	}
	return r.cellMatch.fits(text)
}

// addPayment takes what the words of a row tell of the payment.
func (r *orderReader) addPayment(o *data.Order, rec *record) {
	p := &o.Payment
	for i := range r.payments {
		rule := &r.payments[i]
		if !rule.fits(clean(rec.cell(rule.column), false)) {
			continue
		}
		if p.State == "" {
			p.State = rule.State
		}
		p.ECheck = p.ECheck || rule.ECheck
		p.Account = orElse(p.Account, rule.Account)
		p.AddressStatus = orElse(p.AddressStatus, rule.Address)
		p.Risk = orElse(p.Risk, rule.Risk)
		p.Protection = orElse(p.Protection, rule.Protection)
	}
}

// finishPayment writes countries as codes. An address of nothing but a name or a
// country tells nothing of where.
func finishPayment(p *data.Payment) {
	for _, country := range []*string{&p.AccountCountry, &p.IPCountry} {
		if *country != "" {
			*country = CountryCode(*country)
		}
	}
	for _, a := range []*data.Address{&p.Address, &p.Billing} {
		if a.Line1 == "" && a.City == "" && a.Postcode == "" {
			*a = data.Address{}
		}
	}
}
