package desk

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/store"
)

// An OrderDoubt is the cause of a refusal to write down of an order what is odd. A
// person is asked whether it is so all the same.
type OrderDoubt struct{ Findings []data.Finding }

// Error says in English what is odd.
func (d *OrderDoubt) Error() string { return d.Why().String() }

// Why says in one text what is odd.
func (d *OrderDoubt) Why() data.Text {
	if len(d.Findings) == 1 {
		return d.Findings[0].Why
	}
	return sayBoth.With("one", d.Findings[0].Why, "other", (&OrderDoubt{d.Findings[1:]}).Why())
}

// AsOrderDoubt tells whether an error asks whether something odd of an order is so
// all the same, and what is odd.
func AsOrderDoubt(err error) (data.Text, bool) {
	var doubt *OrderDoubt
	if !errors.As(err, &doubt) {
		return data.Text{}, false
	}
	return doubt.Why(), true
}

var (
	sayBoth           = data.DefinePhrase("order_doubt.both", "{one} {other}")
	problemOrderDoubt = data.DefineProblem("order_doubt", data.ErrRefused,
		"Order {number}: this is doubtful. {why}", "Look again. If it is so, say that you are sure.")
)

// orderFacts is what a person may change of an order by a deed, for the journal and
// for the way back.
type orderFacts struct {
	By          data.Actor             `json:"by"` // whose word it is: no file of the platform's
	Status      data.OrderStatus       `json:"status"`
	ShippedAt   time.Time              `json:"shipped_at,omitzero"`
	DeliveredAt time.Time              `json:"delivered_at,omitzero"`
	Refunded    data.Money             `json:"refunded,omitzero"`
	ShipTo      *data.Address          `json:"ship_to,omitempty"` // where the deed changes it
	Stated      map[string]data.Stated `json:"stated,omitempty"`
	Shipments   []data.Shipment        `json:"shipments,omitempty"`
	Fate        data.Fate              `json:"fate,omitzero"`
	Event       *data.OrderEvent       `json:"event,omitempty"`
}

func factsOf(o *data.Order) orderFacts {
	to := o.ShipTo
	return orderFacts{
		By: data.ActorSeller, Status: o.Status, ShippedAt: o.ShippedAt, DeliveredAt: o.DeliveredAt, Refunded: o.Refunded,
		ShipTo: &to, Stated: maps.Clone(o.Stated), Shipments: slices.Clone(o.Shipments), Fate: o.Fate,
	}
}

// orderPlan is what a deed makes of an order while it is worked out.
type orderPlan struct {
	order   *data.Order
	now     time.Time
	by      string
	doubts  []data.Finding
	parcels []parcelEdit // that take back what was done to its parcels, the last first
	event   *data.OrderEvent
	taken   func(tracking string) ([]string, error) // numbers of other orders that have a tracking number
}

func (p *orderPlan) state(name string, was data.Address) {
	if p.order.Stated == nil {
		p.order.Stated = map[string]data.Stated{}
	}
	p.order.Stated[name] = data.Stated{At: p.now, By: p.by, Was: was}
}

func (p *orderPlan) setStatus(s data.OrderStatus) {
	if p.order.Status != s {
		p.order.Status = s
		p.state(data.StatedStatus, data.Address{})
	}
}

func (p *orderPlan) setShipped(at time.Time) {
	p.order.ShippedAt = at
	p.state(data.StatedShipped, data.Address{})
}

// edit changes the parcels and keeps the way back.
func (p *orderPlan) edit(e parcelEdit) error {
	back, err := e(p.order)
	if err == nil {
		p.parcels = append([]parcelEdit{back}, p.parcels...)
	}
	return err
}

// parcel adds a parcel, or numbers the one that goes the same way and has no
// number yet. With known, one that has the number already gets the date that it
// lacks; without, it is refused.
func (p *orderPlan) parcel(s data.Shipment, known bool) error {
	if s.Tracking != "" {
		others, err := p.taken(s.Tracking)
		if err != nil {
			return err
		}
		if len(others) > 0 {
			p.doubt("order_doubt.tracking", sayTaken.With("tracking", s.Tracking, "orders", strings.Join(others, ", ")), mendTaken.With(), data.Ref{Kind: "shipment", ID: s.Tracking, Label: s.Tracking})
		}
		if at := parcelOf(p.order, s.Tracking); at >= 0 {
			return p.dated(at, s, known)
		}
	}
	at := slices.IndexFunc(p.order.Shipments, func(o data.Shipment) bool { return o.Tracking == "" && o.Kind == s.Kind })
	if at < 0 || s.Tracking == "" {
		return p.edit(swapParcel(nil, &s))
	}
	was := p.order.Shipments[at]
	numbered := was
	numbered.Tracking = s.Tracking
	if numbered.Carrier == "" {
		numbered.Carrier = s.Carrier
	}
	if numbered.Service == "" {
		numbered.Service = s.Service
	}
	if numbered.ShippedAt.IsZero() {
		numbered.ShippedAt = s.ShippedAt
	}
	numbered.Told = data.TellerPerson
	return p.edit(swapParcel(&was, &numbered))
}

// dated gives a parcel that is there the date on which it left.
func (p *orderPlan) dated(at int, s data.Shipment, known bool) error {
	was := p.order.Shipments[at]
	if !known || was.Kind != s.Kind {
		return problemShipmentTwice.New("number", p.order.Number, "tracking", s.Tracking)
	}
	if !was.ShippedAt.IsZero() || s.ShippedAt.IsZero() {
		return nil
	}
	left := was
	left.ShippedAt, left.Told = s.ShippedAt, data.TellerPerson
	return p.edit(swapParcel(&was, &left))
}

func (p *orderPlan) doubt(rule string, why, how data.Text, where ...data.Ref) {
	where = append([]data.Ref{{Kind: "order", ID: p.order.Number, Label: p.order.Number}}, where...)
	p.doubts = append(p.doubts, data.Finding{Rule: rule, Severity: data.Warning, Where: where, Why: why, How: how})
}

// changing is the step that makes of an order what plan works out. What is doubtful
// is refused unless a person is sure.
func (d *Desk) changing(action string, orderID int64, sure bool, plan func(*orderPlan) error) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		order, err := tx.Order(ctx, orderID)
		if err != nil {
			return deed{}, err
		}
		before := factsOf(order)
		p := &orderPlan{order: order, now: data.Instant(d.now()).UTC(), by: d.Operator(), taken: func(tracking string) ([]string, error) {
			found, err := tx.SameTracking(ctx, &data.Order{ID: orderID, Shipments: []data.Shipment{{Tracking: tracking}}})
			return found[tracking], err
		}}
		if err := plan(p); err != nil {
			return deed{}, err
		}
		if len(p.doubts) > 0 && !sure {
			doubt := &OrderDoubt{p.doubts}
			return deed{}, problemOrderDoubt.Wrap(doubt, "number", order.Number, "why", doubt.Why())
		}
		if p.event != nil {
			if err := tx.AddOrderEvent(p.event); err != nil {
				return deed{}, err
			}
		}
		t := turn{action: action, order: orderID, from: before, to: factsOf(order), parcels: p.parcels, event: p.event}
		return t.deed(order, t.reversed()), tx.PutOrder(order)
	}
}

// A turn leads an order from some facts to others, or back.
type turn struct {
	action   string
	order    int64
	from, to orderFacts
	parcels  []parcelEdit // of the way back
	event    *data.OrderEvent
	gone     bool // the event is taken away by it
}

func (t turn) reversed() turn {
	t.from, t.to, t.gone = t.to, t.from, !t.gone
	return t
}

// deed is what the turn did, and the step that goes the other way.
func (t turn) deed(o *data.Order, back turn) deed {
	before, after := t.from, t.to
	if *before.ShipTo == *after.ShipTo {
		before.ShipTo, after.ShipTo = nil, nil
	}
	if len(t.parcels) == 0 {
		before.Shipments, after.Shipments = nil, nil
	}
	if t.gone {
		before.Event = t.event
	} else {
		after.Event = t.event
	}
	return deed{
		Change: data.Change{Action: t.action, Entity: data.EntityOrder, Key: store.OrderKey(o.Shop, o.Number), Before: before, After: after},
		effect: data.EffectChanged, rows: rowsOf(data.EntityOrder, t.order, 0, 0), back: back.step(),
	}
}

// step goes the turn's way, as far as nothing else was told of the order since.
func (t turn) step() step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		order, err := tx.Order(ctx, t.order)
		if err != nil {
			return deed{}, err
		}
		before := factsOf(order)
		restore(order, &t.from, &t.to)
		var parcels []parcelEdit
		for _, e := range t.parcels {
			back, err := e(order)
			if err != nil {
				return deed{}, err
			}
			parcels = append([]parcelEdit{back}, parcels...)
		}
		if t.event != nil {
			if err := t.write(tx); err != nil {
				return deed{}, err
			}
		}
		done := turn{action: t.action, order: t.order, from: before, to: factsOf(order), parcels: parcels, event: t.event, gone: t.gone}
		return done.deed(order, done.reversed()), tx.PutOrder(order)
	}
}

func (t turn) write(tx *store.Tx) error {
	if t.gone {
		return tx.DropOrderEvent(t.event.UID)
	}
	return tx.AddOrderEvent(t.event)
}

// restore gives an order the facts of to where it still has those of from.
func restore(o *data.Order, from, to *orderFacts) {
	has := factsOf(o)
	one := func(name string, still bool, set func()) {
		now, known := has.Stated[name]
		then, stated := from.Stated[name]
		if !still || known != stated || !now.Same(then) {
			return // a file, or somebody, told it since
		}
		set()
		if mine, stated := to.Stated[name]; stated {
			if o.Stated == nil {
				o.Stated = map[string]data.Stated{}
			}
			o.Stated[name] = mine
		} else {
			delete(o.Stated, name)
		}
	}
	one(data.StatedStatus, has.Status == from.Status, func() { o.Status = to.Status })
	one(data.StatedShipped, has.ShippedAt.Equal(from.ShippedAt), func() { o.ShippedAt = to.ShippedAt })
	one(data.StatedDelivered, has.DeliveredAt.Equal(from.DeliveredAt), func() { o.DeliveredAt = to.DeliveredAt })
	one(data.StatedRefunded, has.Refunded == from.Refunded, func() { o.Refunded = to.Refunded })
	one(data.StatedShipTo, *has.ShipTo == *from.ShipTo, func() { o.ShipTo = *to.ShipTo })
	one(data.StatedCanceled, canceledSame(has.Fate, from.Fate), func() {
		o.Fate.CanceledAt, o.Fate.CanceledBy, o.Fate.CancelReason = to.Fate.CanceledAt, to.Fate.CanceledBy, to.Fate.CancelReason
	})
	one(data.StatedReceipt, has.Fate.ConfirmedAt.Equal(from.Fate.ConfirmedAt) && has.Fate.ConfirmedHow == from.Fate.ConfirmedHow, func() {
		o.Fate.ConfirmedAt, o.Fate.ConfirmedHow = to.Fate.ConfirmedAt, to.Fate.ConfirmedHow
	})
	if len(o.Stated) == 0 {
		o.Stated = nil
	}
}

func canceledSame(a, b data.Fate) bool {
	return a.CanceledAt.Equal(b.CanceledAt) && a.CanceledBy == b.CanceledBy && a.CancelReason == b.CancelReason
}
