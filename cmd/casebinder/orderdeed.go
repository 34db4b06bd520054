package main

import (
	"context"
	"fmt"
	"slices"

	"casebinder/data"
	"casebinder/data/desk"
)

// An orderDeed is what was written down of an order, as --json prints it.
type orderDeed struct {
	Order    string              `json:"order"`
	Kind     data.OrderEventKind `json:"kind"`
	Status   data.OrderStatus    `json:"status"` // of the order, after it
	Refunded string              `json:"refunded,omitempty"`
	Currency string              `json:"currency,omitempty"`
	Stated   []string            `json:"stated,omitempty"` // what of the order is the seller's word alone
}

// returnSteps are the steps of a return, as --step names them.
var returnSteps = map[string]data.OrderEventKind{
	"asked": data.OrderReturnAsked, "sent": data.OrderReturnSent, "received": data.OrderReturnReceived,
}

// deedFlags are those of a command that writes down what happened to an order.
type deedFlags struct {
	w                desk.OrderDeed
	number           *string
	at               string
	amount, currency string
	find             func(context.Context, *desk.Desk) (data.Order, error)
	parcel           bool // it may be about a parcel
}

// deedCommand is a command that writes one kind of thing down of an order.
func deedCommand(c *call, name string, f *deedFlags, more bool) func(context.Context) (*result, error) {
	f.number, f.find = c.onOrder()
	c.flags.StringVar(&f.at, "at", "", "`time` or day when it happened; without it now")
	c.flags.StringVar(&f.w.Note, "note", "", "`words` about it")
	c.flags.BoolVar(&f.w.Sure, "sure", false, "write it down although it is doubtful")
	if f.parcel {
		c.flags.StringVar(&f.w.Tracking, "tracking", "", "tracking `number` of the parcel")
		c.flags.StringVar(&f.w.Carrier, "carrier", "", "`name` of the carrier")
	}
	return func(ctx context.Context) (*result, error) {
		if *f.number == "" || len(c.files) > 0 && !more {
			return nil, misused("%s needs --order", name)
		}
		if f.w.Kind == "" {
			return nil, misused("--step is asked, sent or received")
		}
		if len(c.files) > 0 && f.w.Tracking != "" {
			return nil, misused("a tracking number belongs to one order")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			order, err := f.find(ctx, d)
			if err != nil {
				return nil, err
			}
			if err := f.read(&order); err != nil {
				return nil, err
			}
			if len(c.files) > 0 {
				return writeAll(ctx, d, f, order, c.files)
			}
			if err := d.WriteOrder(ctx, order.ID, f.w); err != nil {
				return nil, err
			}
			return deedResult(ctx, d, f, order.ID)
		})
	}
}

// read reads what the flags say in the order's zone and currency.
func (f *deedFlags) read(order *data.Order) (err error) {
	if f.w.At, err = parseTime(f.at, order.Shop.Location()); err != nil || f.amount == "" {
		return err
	}
	currency := f.currency
	if currency == "" {
		currency = order.Total.Currency
	}
	f.w.Amount, err = data.ParseDecimal(f.amount, currency)
	return err
}

// writeAll writes the same down of several orders as one action.
func writeAll(ctx context.Context, d *desk.Desk, f *deedFlags, first data.Order, numbers []string) (*result, error) {
	ids := []int64{first.ID}
	for _, number := range numbers {
		order, err := findOrder(ctx, d, number, first.Shop.Name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, order.ID)
	}
	report, err := d.WriteOrders(ctx, ids, f.w)
	if err != nil {
		return nil, err
	}
	out := &result{Rejected: report.Left, failed: report.Done == 0, Items: []orderDeed{}}
	out.words = fmt.Sprintf("%d of %d orders: %s\n", report.Done, len(ids), f.w.Kind)
	return out, nil
}

// deedResult tells how the order stands after it.
func deedResult(ctx context.Context, d *desk.Desk, f *deedFlags, id int64) (*result, error) {
	view, err := d.Order(ctx, id)
	if err != nil {
		return nil, err
	}
	o := view.Order
	item := orderDeed{Order: o.Number, Kind: f.w.Kind, Status: o.Status}
	if !o.Refunded.IsZero() {
		item.Refunded, item.Currency = o.Refunded.Decimal(), o.Refunded.Currency
	}
	for _, name := range []string{data.StatedStatus, data.StatedShipped, data.StatedDelivered, data.StatedRefunded, data.StatedShipTo, data.StatedCanceled, data.StatedReceipt} {
		if o.IsStated(name) {
			item.Stated = append(item.Stated, name)
		}
	}
	return &result{ID: o.Number, Items: []orderDeed{item}, words: fmt.Sprintf("%s\t%s\t%s\n", o.Number, f.w.Kind, o.Status)}, nil
}

func orderShipCommand(c *call) func(context.Context) (*result, error) {
	return deedCommand(c, "order ship", &deedFlags{w: desk.OrderDeed{Kind: data.OrderShipped}, parcel: true}, true)
}

func orderDeliverCommand(c *call) func(context.Context) (*result, error) {
	return deedCommand(c, "order deliver", &deedFlags{w: desk.OrderDeed{Kind: data.OrderDelivered}, parcel: true}, true)
}

func orderRefundCommand(c *call) func(context.Context) (*result, error) {
	f := &deedFlags{w: desk.OrderDeed{Kind: data.OrderRefund}}
	c.flags.StringVar(&f.amount, "amount", "", "`amount` that went back; without it all that is left")
	c.flags.StringVar(&f.currency, "currency", "", "`currency` of the amount; without it the order's")
	return deedCommand(c, "order refund", f, false)
}

func orderReturnCommand(c *call) func(context.Context) (*result, error) {
	f := &deedFlags{w: desk.OrderDeed{Kind: data.OrderReturnAsked}, parcel: true}
	c.flags.Func("step", "`step` of it: asked, sent or received; without it asked", func(step string) error {
		f.w.Kind = returnSteps[step]
		return nil
	})
	return deedCommand(c, "order return", f, false)
}

func orderAddressCommand(c *call) func(context.Context) (*result, error) {
	f := &deedFlags{w: desk.OrderDeed{Kind: data.OrderAddressChange}}
	to := &f.w.To
	for _, one := range []struct {
		to   *string
		name string
		help string
	}{
		{&to.Name, "name", "`name` of who gets the parcel"},
		{&to.Line1, "street", "`street` and number"},
		{&to.Line2, "line2", "second `line` of the street"},
		{&to.City, "city", "`city`"},
		{&to.State, "state", "`state` or province"},
		{&to.Postcode, "postcode", "`postcode`"},
		{&to.Country, "country", "`country`, two letters"},
		{&to.Phone, "phone", "`phone` of who gets the parcel"},
	} {
		c.flags.StringVar(one.to, one.name, "", one.help)
	}
	return deedCommand(c, "order address", f, false)
}

func orderCancelCommand(c *call) func(context.Context) (*result, error) {
	f := &deedFlags{w: desk.OrderDeed{Kind: data.OrderCanceled}}
	oneOf(c, "by", "`who` canceled: buyer, seller or platform", []data.Actor{data.ActorBuyer, data.ActorSeller, data.ActorPlatform}, &f.w.By)
	oneOf(c, "reason", "`reason`: buyer_asked, unpaid, address, out_of_stock, price, late or other", data.CancelReasons()[1:], &f.w.Reason)
	return deedCommand(c, "order cancel", f, true)
}

func orderReceiptCommand(c *call) func(context.Context) (*result, error) {
	f := &deedFlags{w: desk.OrderDeed{Kind: data.OrderReceipt}}
	oneOf(c, "how", "`how`: buyer or timeout; without it by the buyer", []string{data.ConfirmedByBuyer, data.ConfirmedByTimeout}, &f.w.How)
	return deedCommand(c, "order confirm-receipt", f, true)
}

// oneOf is a flag that takes one of some words.
func oneOf[T ~string](c *call, name, help string, words []T, to *T) {
	c.flags.Func(name, help, func(word string) error {
		if !slices.Contains(words, T(word)) {
			return fmt.Errorf("it is none of %v", words)
		}
		*to = T(word)
		return nil
	})
}

func orderResendCommand(c *call) func(context.Context) (*result, error) {
	return deedCommand(c, "order resend", &deedFlags{w: desk.OrderDeed{Kind: data.OrderResent}, parcel: true}, false)
}
