package main

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
)

// onOrder declares the flags that name an order, and gives how to find it.
func (c *call) onOrder() (number *string, find func(context.Context, *desk.Desk) (data.Order, error)) {
	number, shop := new(string), new(string)
	c.flags.StringVar(number, "order", "", "`number` of the order")
	c.flags.StringVar(shop, "shop", "", "`name` of the order's shop, where several have the number")
	return number, func(ctx context.Context, d *desk.Desk) (data.Order, error) { return findOrder(ctx, d, *number, *shop) }
}

// directions are who writes a message, as --from names them.
var directions = map[string]data.Direction{"buyer": data.FromBuyer, "seller": data.ToBuyer, "platform": data.FromPlatform}

func messageAddCommand(c *call) func(context.Context) (*result, error) {
	var m data.Message
	var from, at, dispute string
	number, find := c.onOrder()
	c.flags.StringVar(&m.Text, "text", "", "the `words` as they were written")
	c.flags.StringVar(&from, "from", "buyer", "`who` wrote it: buyer, seller or platform")
	c.flags.StringVar(&at, "at", "", "`time` or day when it was sent; without it now")
	c.flags.StringVar(&m.Channel, "channel", "", "`channel` that it came by, such as email or whatsapp")
	c.flags.StringVar(&m.Author, "author", "", "`name` of who wrote it")
	c.flags.StringVar(&m.Language, "language", "", "`language` of the text, such as de")
	c.flags.StringVar(&m.Translation, "translation", "", "the `words` in another language")
	c.flags.StringVar(&m.TransLang, "translation-language", "", "`language` of the translation")
	c.flags.StringVar(&m.Translator, "translator", "", "`name` of the person or service that translated it")
	c.flags.StringVar(&dispute, "dispute", "", "`id` of the dispute that it belongs to; without it to all of the order")
	return func(ctx context.Context) (*result, error) {
		if *number == "" || m.Text == "" || len(c.files) > 0 {
			return nil, misused("message add needs --order and --text")
		}
		direction, ok := directions[from]
		if !ok {
			return nil, misused("--from is buyer, seller or platform")
		}
		m.Direction = direction
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			order, err := find(ctx, d)
			if err != nil {
				return nil, err
			}
			m.OrderID = order.ID
			if m.SentAt, err = parseTime(at, order.Shop.Location()); err != nil {
				return nil, err
			}
			if m.DisputeID, err = disputeOfOrder(ctx, d, dispute, &order); err != nil {
				return nil, err
			}
			added, err := d.AddMessage(ctx, m)
			return named(added.UID, err)
		})
	}
}

var problemOtherOrder = data.DefineProblem("command_dispute_of_other_order", data.ErrConflict,
	"The dispute {dispute} is about another order than {number}.", "Check both.")

// disputeOfOrder gives the row id of an order's dispute; 0 for "".
func disputeOfOrder(ctx context.Context, d *desk.Desk, text string, order *data.Order) (int64, error) {
	if text == "" {
		return 0, nil
	}
	dispute, err := d.FindDispute(ctx, text)
	if err == nil && dispute.OrderID != order.ID {
		err = problemOtherOrder.New("dispute", text, "number", order.Number)
	}
	return dispute.ID, err
}

func shipmentAddCommand(c *call) func(context.Context) (*result, error) {
	var s data.Shipment
	var shipped string
	number, find := c.onOrder()
	c.flags.StringVar(&s.Tracking, "tracking", "", "tracking `number` of the parcel")
	c.flags.StringVar(&s.Carrier, "carrier", "", "`name` of the carrier")
	c.flags.StringVar(&s.Service, "service", "", "`name` of the carrier's service")
	c.flags.StringVar(&shipped, "shipped", "", "`time` or day when the carrier got it")
	c.flags.StringVar((*string)(&s.Kind), "kind", "", "`kind` of parcel: resend or return; without it what was ordered")
	sure := c.flags.Bool("sure", false, "add it although another order has the number")
	return func(ctx context.Context) (*result, error) {
		if *number == "" || s.Tracking == "" || len(c.files) > 0 {
			return nil, misused("shipment add needs --order and --tracking")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			order, err := find(ctx, d)
			if err != nil {
				return nil, err
			}
			if s.ShippedAt, err = parseTime(shipped, order.Shop.Location()); err != nil {
				return nil, err
			}
			return named(s.Tracking, d.AddShipment(ctx, order.ID, s, *sure))
		})
	}
}

// named says what was written down, where it was.
func named(id string, err error) (*result, error) {
	if err != nil {
		return nil, err
	}
	return &result{ID: id, words: id}, nil
}

func shipmentScanCommand(c *call) func(context.Context) (*result, error) {
	var e data.TrackingEvent
	var tracking, at string
	number, find := c.onOrder()
	c.flags.StringVar(&tracking, "tracking", "", "tracking `number` of the parcel")
	c.flags.StringVar(&at, "at", "", "`time` or day of the scan")
	c.flags.StringVar(&e.Text, "text", "", "the carrier's `words`")
	c.flags.StringVar(&e.Place, "place", "", "`place` of the scan")
	return func(ctx context.Context) (*result, error) {
		if *number == "" || tracking == "" || at == "" || e.Text == "" || len(c.files) > 0 {
			return nil, misused("shipment scan needs --order, --tracking, --at and --text")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			order, err := find(ctx, d)
			if err != nil {
				return nil, err
			}
			if e.At, err = parseTime(at, order.Shop.Location()); err != nil {
				return nil, err
			}
			return named(tracking, d.AddScan(ctx, order.ID, tracking, e))
		})
	}
}
