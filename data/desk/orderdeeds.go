package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/store"
)

// An OrderDeed is what a person writes down of an order.
type OrderDeed struct {
	Kind     data.OrderEventKind
	At       time.Time    // when it happened; zero is now
	Tracking string       // of the parcel that it is about
	Carrier  string       // of that parcel
	Amount   data.Money   // of a refund; zero is all that has not gone back yet
	To       data.Address // of an address change
	Note     string
	By       data.Actor        // who canceled; "" is not known
	Reason   data.CancelReason // why
	How      string            // receipt was confirmed; "": by the buyer
	Sure     bool              // a person saw what is doubtful of it
}

var (
	problemOrderDeed = data.DefineProblem("order_deed", data.ErrInvalid,
		"“{kind}” cannot be recorded for an order.", "Choose one of: {kinds}.")
	problemAlready = data.DefineProblem("order_deed_already", data.ErrConflict,
		"The order {number} already has this: {what}.", "What came from a file stays as it is; what you recorded can be undone.")
	problemRefundNothing = data.DefineProblem("order_refund_nothing", data.ErrInvalid,
		"The refund of {amount} is not above zero.", "Enter how much was refunded, as a number above zero.")
	problemRefundCurrency = data.DefineProblem("order_refund_currency", data.ErrInvalid,
		"The refund is in {currency}, and the order {number} in {order}.", "Enter the amount in the order's currency, as the platform shows it.")
	problemRefundUnknown = data.DefineProblem("order_refund_unknown", data.ErrInvalid,
		"The total of the order {number} is not known, so a full refund cannot be recorded.", "Enter the amount.")
	problemAddressEmpty = data.DefineProblem("order_address_empty", data.ErrInvalid,
		"The address has no {field}.", "A parcel needs a street, and a city or a postcode.")
	problemDeedWord = data.DefineProblem("order_deed_word", data.ErrInvalid,
		"“{word}” is not valid for “{field}”.", "Choose one of: {words}.")
	problemAddressSame = data.DefineProblem("order_address_same", data.ErrConflict,
		"The order {number} already goes to that address.", "Nothing needs to be done.")
)

// WriteOrder writes down what happened to an order. What is odd of it is refused
// with a problem that wraps an OrderDoubt, unless the person is sure. It can be
// undone.
func (d *Desk) WriteOrder(ctx context.Context, orderID int64, w OrderDeed) error {
	if err := d.doubtShipping(ctx, orderID, w); err != nil {
		return err
	}
	s, err := d.writing(orderID, w)
	if err != nil {
		return err
	}
	return d.act(ctx, s)
}

// doubtShipping asks about goods that the review before shipping holds back.
func (d *Desk) doubtShipping(ctx context.Context, orderID int64, w OrderDeed) error {
	if w.Kind != data.OrderShipped || w.Sure {
		return nil
	}
	found, err := d.ShipFindings(ctx, orderID)
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(f data.Finding) bool { return f.Severity != data.Blocking })
	if len(found) == 0 {
		return nil
	}
	order, err := d.store.Order(ctx, orderID)
	if err != nil {
		return err
	}
	doubt := &OrderDoubt{found}
	return problemOrderDoubt.Wrap(doubt, "number", order.Number, "why", doubt.Why())
}

// OrdersWritten is what became of writing the same down of several orders.
type OrdersWritten struct {
	Done int
	Left []data.Finding // why an order was left out
}

// WriteOrders writes the same down of several orders as one action. An order of
// which it is odd, or which has it already, is left out, and told. It can be undone.
func (d *Desk) WriteOrders(ctx context.Context, orderIDs []int64, w OrderDeed) (OrdersWritten, error) {
	var out OrdersWritten
	var held []data.Finding
	var free []int64
	for _, id := range orderIDs {
		switch err := d.doubtShipping(ctx, id, w); {
		case err == nil:
			free = append(free, id)
		case forever(err):
			held = append(held, data.FindingOf(err, data.Warning))
		default:
			return out, err
		}
	}
	err := d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		out = OrdersWritten{}
		var steps []step
		for _, id := range free {
			s, err := d.writing(id, w)
			if err != nil {
				return deed{}, err
			}
			steps = append(steps, s)
		}
		whole, left, err := eachThatGoes(ctx, tx, steps)
		out.Done, out.Left = len(steps)-len(left), left
		return whole, err
	})
	out.Left = append(held, out.Left...)
	if errors.Is(err, errNothingDone) {
		return out, nil
	}
	return out, err
}

// errNothingDone ends an action of which nothing could be done.
var errNothingDone = errors.New("nothing was done")

// eachThatGoes makes one action of the steps that can be done, and tells why the
// others cannot.
func eachThatGoes(ctx context.Context, tx *store.Tx, steps []step) (deed, []data.Finding, error) {
	var whole deed
	var backs []step
	var left []data.Finding
	for _, s := range steps {
		did, err := s(ctx, tx)
		if err != nil && !forever(err) {
			return deed{}, nil, err
		}
		if err != nil {
			left = append(left, data.FindingOf(err, data.Warning))
			continue
		}
		if len(backs) == 0 {
			whole = did
		} else {
			whole.also = append(append(whole.also, did.Change), did.also...)
			whole.rows = append(whole.rows, did.rows...)
		}
		backs = append([]step{did.back}, backs...)
	}
	if len(backs) == 0 {
		return deed{}, left, errNothingDone
	}
	whole.back = together(backs...)
	return whole, left, nil
}

// writing is the step that writes a deed down.
func (d *Desk) writing(orderID int64, w OrderDeed) (step, error) {
	plan, known := orderPlans[w.Kind]
	if !known {
		return nil, problemOrderDeed.New("kind", w.Kind, "kinds", joinAll(data.OrderEventKinds()))
	}
	now := data.Instant(d.now()).UTC()
	if w.At.IsZero() {
		w.At = now
	}
	if w.At.After(now) {
		return nil, problemEventInFuture.New("at", data.JSONTime(w.At))
	}
	if err := checkYear(w.At); err != nil {
		return nil, err
	}
	if err := w.checkWords(); err != nil {
		return nil, err
	}
	w.Tracking, w.Carrier, w.Note = strings.TrimSpace(w.Tracking), strings.TrimSpace(w.Carrier), strings.TrimSpace(w.Note)
	uid, err := newUID()
	if err != nil {
		return nil, err
	}
	return d.changing("order."+string(w.Kind), orderID, w.Sure, func(p *orderPlan) error {
		p.event = &data.OrderEvent{
			UID: uid, OrderID: orderID, Kind: w.Kind, At: w.At, RecordedAt: p.now, Operator: p.by, Note: w.Note, Tracking: w.Tracking,
		}
		return plan(p, &w)
	}), nil
}

// orderPlans work out what a deed makes of an order.
var orderPlans = map[data.OrderEventKind]func(*orderPlan, *OrderDeed) error{
	data.OrderShipped:        planShipped,
	data.OrderDelivered:      planDelivered,
	data.OrderRefund:         planRefund,
	data.OrderReturnAsked:    planReturn,
	data.OrderReturnSent:     planReturn,
	data.OrderReturnReceived: planReturn,
	data.OrderAddressChange:  planAddress,
	data.OrderCanceled:       planCanceled,
	data.OrderResent:         planResent,
	data.OrderReceipt:        planReceipt,
	data.OrderConfirmed:      func(*orderPlan, *OrderDeed) error { return nil },
}

// beforeShipping are the statuses of an order whose goods have not left.
var beforeShipping = []data.OrderStatus{data.StatusUnknown, data.StatusUnpaid, data.StatusReview, data.StatusToShip}

func planShipped(p *orderPlan, w *OrderDeed) error {
	o := p.order
	if !o.ShippedAt.IsZero() && !o.IsStated(data.StatedShipped) {
		return problemAlready.New("number", o.Number, "what", sayShipped.With("at", clockOf(o, o.ShippedAt)))
	}
	p.doubtLife(w.Kind)
	if !o.OrderedAt.IsZero() && data.Before(w.At, o.OrderedAt) {
		p.doubt("order_doubt.before_order", sayBeforeOrder.With("at", clockOf(o, w.At), "ordered", clockOf(o, o.OrderedAt)), mendDate.With())
	}
	if !o.DeliveredAt.IsZero() && data.Before(o.DeliveredAt, w.At) {
		p.doubt("order_doubt.after_delivery", sayAfterDelivery.With("at", clockOf(o, w.At), "delivered", clockOf(o, o.DeliveredAt)), mendDate.With())
	}
	if slices.Contains(beforeShipping, o.Status) {
		p.setStatus(data.StatusShipped)
	}
	p.setShipped(w.At)
	if w.Tracking == "" {
		return nil
	}
	return p.parcel(data.Shipment{Tracking: w.Tracking, Carrier: w.Carrier, ShippedAt: w.At, Told: data.TellerPerson}, true)
}

func planDelivered(p *orderPlan, w *OrderDeed) error {
	o := p.order
	if !o.DeliveredAt.IsZero() && !o.IsStated(data.StatedDelivered) {
		return problemAlready.New("number", o.Number, "what", sayDelivered.With("at", clockOf(o, o.DeliveredAt)))
	}
	if w.Tracking != "" && parcelOf(o, w.Tracking) < 0 {
		return problemNoShipment.New("number", o.Number, "tracking", w.Tracking)
	}
	p.doubtLife(w.Kind)
	switch left := firstLeft(o); {
	case left.IsZero():
		p.doubt("order_doubt.not_shipped", sayNotShipped.With(), mendShipFirst.With())
	case data.Before(w.At, left):
		p.doubt("order_doubt.before_shipping", sayBeforeShipping.With("at", clockOf(o, w.At), "shipped", clockOf(o, left)), mendDate.With())
	}
	if o.Status == data.StatusShipped || slices.Contains(beforeShipping, o.Status) {
		p.setStatus(data.StatusDelivered)
	}
	o.DeliveredAt = w.At
	p.state(data.StatedDelivered, data.Address{})
	return nil
}

// firstLeft is when the first parcel of what was ordered left; zero where that is
// not known.
func firstLeft(o *data.Order) time.Time {
	first := o.ShippedAt
	for _, s := range o.Shipments {
		if s.Kind == data.ShipmentGoods && !s.ShippedAt.IsZero() && (first.IsZero() || data.Before(s.ShippedAt, first)) {
			first = s.ShippedAt
		}
	}
	return first
}

func planRefund(p *orderPlan, w *OrderDeed) error {
	o := p.order
	left := data.Money{Minor: o.Total.Minor - o.Refunded.Minor, Currency: o.Total.Currency}
	amount := w.Amount
	if amount.IsZero() {
		switch {
		case o.Total.IsZero():
			return problemRefundUnknown.New("number", o.Number)
		case left.Minor <= 0:
			return problemAlready.New("number", o.Number, "what", sayRefundedAll.With("refunded", o.Refunded))
		}
		amount = left
	}
	if amount.Minor <= 0 {
		return problemRefundNothing.New("amount", amount)
	}
	for _, known := range []data.Money{o.Total, o.Refunded} {
		if known.Currency != "" && known.Currency != amount.Currency {
			return problemRefundCurrency.New("currency", amount.Currency, "number", o.Number, "order", known.Currency)
		}
	}
	if !o.Total.IsZero() && amount.Minor > left.Minor {
		p.doubt("order_doubt.refund_above", sayRefundAbove.With("amount", amount, "total", o.Total, "refunded", nothingIn(o.Refunded, amount.Currency)), mendRefundAbove.With())
	}
	if o.Status == data.StatusUnpaid {
		p.doubt("order_doubt.unpaid", sayUnpaid.With(), mendStatus.With())
	}
	sum, err := o.Refunded.Add(amount)
	if err != nil || sum.Minor < amount.Minor { // more than a number holds
		return problemRefundNothing.New("amount", amount)
	}
	o.Refunded, p.event.Amount = sum, amount
	p.state(data.StatedRefunded, data.Address{})
	if o.FullyRefunded() && o.Status != data.StatusCanceled {
		p.setStatus(data.StatusRefunded)
	}
	return nil
}

// nothingIn is an amount, and for none that of nothing in a currency.
func nothingIn(m data.Money, currency string) data.Money {
	if m.IsZero() {
		m.Currency = currency
	}
	return m
}

func planReturn(p *orderPlan, w *OrderDeed) error {
	o := p.order
	if firstLeft(o).IsZero() && slices.Contains(beforeShipping, o.Status) {
		p.doubt("order_doubt.not_shipped", sayNotShipped.With(), mendShipFirst.With())
	} else if left := firstLeft(o); !left.IsZero() && data.Before(w.At, left) {
		p.doubt("order_doubt.before_shipping", sayBeforeShipping.With("at", clockOf(o, w.At), "shipped", clockOf(o, left)), mendDate.With())
	}
	switch w.Kind {
	case data.OrderReturnSent:
		if w.Tracking != "" {
			return p.parcel(data.Shipment{Kind: data.ShipmentReturn, Tracking: w.Tracking, Carrier: w.Carrier, ShippedAt: w.At, Told: data.TellerPerson}, true)
		}
	case data.OrderReturnReceived:
		return p.received(w)
	}
	return nil
}

// received gives the parcel that came back the date of that: the one that is named,
// or the only one.
func (p *orderPlan) received(w *OrderDeed) error {
	at, several := -1, false
	for i, s := range p.order.Shipments {
		if s.Kind == data.ShipmentReturn && (w.Tracking == "" || s.Tracking == w.Tracking) {
			at, several = i, at >= 0
		}
	}
	switch {
	case at < 0 && w.Tracking != "":
		return problemNoShipment.New("number", p.order.Number, "tracking", w.Tracking)
	case at < 0, several, !p.order.Shipments[at].DeliveredAt.IsZero(), p.order.Shipments[at].Told == data.TellerFile:
		return nil
	}
	was := p.order.Shipments[at]
	came := was
	came.DeliveredAt = w.At
	p.event.Tracking = was.Tracking
	return p.edit(swapParcel(&was, &came))
}

func planAddress(p *orderPlan, w *OrderDeed) error {
	o, to := p.order, trimmed(w.To)
	switch {
	case to.Line1 == "":
		return problemAddressEmpty.New("field", fieldStreet.With())
	case to.City == "" && to.Postcode == "":
		return problemAddressEmpty.New("field", fieldPlace.With())
	case to == o.ShipTo:
		return problemAddressSame.New("number", o.Number)
	}
	if left := firstLeft(o); !left.IsZero() || !slices.Contains(beforeShipping, o.Status) {
		p.doubt("order_doubt.address_late", sayAddressLate.With(), mendAddressLate.With())
	}
	if to.Country != "" && o.ShipTo.Country != "" && !strings.EqualFold(to.Country, o.ShipTo.Country) {
		p.doubt("order_doubt.address_country", sayAddressCountry.With("country_was", o.ShipTo.Country, "country_is", to.Country), mendAddressCountry.With())
	}
	if scriptsOf(to) > 1 {
		p.doubt("order_doubt.address_scripts", sayAddressScripts.With(), mendAddressScripts.With())
	}
	p.event.From, p.event.To = o.ShipTo, to
	was := o.PaidAddress()
	o.ShipTo = to
	if to == was && o.IsStated(data.StatedShipTo) { // back at the transaction's
		delete(o.Stated, data.StatedShipTo)
		return nil
	}
	p.state(data.StatedShipTo, was)
	return nil
}

func planResent(p *orderPlan, w *OrderDeed) error {
	o := p.order
	if firstLeft(o).IsZero() && slices.Contains(beforeShipping, o.Status) {
		p.doubt("order_doubt.not_shipped", sayNotShipped.With(), mendShipFirst.With())
	}
	return p.parcel(data.Shipment{Kind: data.ShipmentResend, Tracking: w.Tracking, Carrier: w.Carrier, ShippedAt: w.At, Told: data.TellerPerson}, false)
}
