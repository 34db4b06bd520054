package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"casebinder/data"
	"casebinder/data/health"
	"casebinder/data/parcel"
	"casebinder/data/policy"
	"casebinder/data/service"
	"casebinder/data/store"
)

// healthSlack is how long before the time that a number looks at an order may have
// come and still count in it: by its delivery, its confirmation, its dispute.
const healthSlack = 200 * 24 * time.Hour

// healthKept are the rows of shops as they were read last. A change of orders has
// those orders read again; one that does not name them has all read anew.
type healthKept struct {
	mu    sync.Mutex
	shops map[int64]*healthShop

	changed sync.Mutex
	stale   healthStale
}

// healthStale is what changed since the rows were read.
type healthStale struct {
	orders map[int64]bool
	loose  bool // feedback that hangs on no order
	all    bool
}

type healthShop struct {
	shop data.Shop
	from time.Time
	rows health.Rows
}

// since is from which time on orders are read, in UTC milliseconds.
func (s *healthShop) since() int64 { return s.from.Add(-healthSlack).UnixMilli() }

// forget notes what a change may have made wrong.
func (k *healthKept) forget(e Event) {
	if e.Action == RiskEvent || e.Of(data.EntityProduct) { // these move no number
		return
	}
	if !e.Of(data.EntityOrder) && !e.Of(data.EntityDispute) && !e.Of(data.EntityFeedback) && !e.Of(data.EntityMessage) && !e.Of(data.EntityShop) {
		return
	}
	k.changed.Lock()
	defer k.changed.Unlock()
	named := false
	for _, r := range e.Rows {
		switch {
		case r.Entity == data.EntityOrder && r.ID != 0:
			if k.stale.orders == nil {
				k.stale.orders = map[int64]bool{}
			}
			k.stale.orders[r.ID], named = true, true
		case r.Entity == data.EntityFeedback && r.ID != 0: // it may have hung on no order, or do so now
			k.stale.loose, named = true, true
		case r.Entity == data.EntityMessage && r.ID != 0: // without an order it counts nowhere
			named = true
		case r.ID == 0 && (r.Entity == data.EntityOrder || r.Entity == data.EntityDispute || r.Entity == data.EntityFeedback):
			k.stale.all = true
		}
	}
	k.stale.all = k.stale.all || !named
}

// taken gives what changed since it was asked last.
func (k *healthKept) taken() healthStale {
	k.changed.Lock()
	defer k.changed.Unlock()
	now := k.stale
	k.stale = healthStale{}
	return now
}

// mostStale is how many changed orders are read one by one.
const mostStale = 2 * mostToldRows

// healthRows gives the rows of a shop, up to date; the caller holds d.health.mu.
func (d *Desk) healthRows(ctx context.Context, shop data.Shop, from time.Time) (*health.Rows, error) {
	k := &d.health
	if stale := k.taken(); stale.all || len(stale.orders) > mostStale {
		k.shops = nil
	} else if len(stale.orders) > 0 || stale.loose {
		ids := slices.Sorted(maps.Keys(stale.orders))
		for _, s := range k.shops {
			if err := d.healthAgain(ctx, s, ids, stale.loose); err != nil {
				k.shops = nil // all are read anew the next time
				return nil, err
			}
		}
	}
	if s := k.shops[shop.ID]; s != nil && !s.from.After(from) {
		return &s.rows, nil
	}
	s := &healthShop{shop: shop, from: from}
	if err := d.healthRead(ctx, s); err != nil {
		return nil, err
	}
	if k.shops == nil {
		k.shops = map[int64]*healthShop{}
	}
	k.shops[shop.ID] = s
	return &s.rows, nil
}

// healthReader makes rows of what the desk keeps.
type healthReader struct {
	platform data.Platform
	packs    []*policy.Pack
	byID     map[string]*policy.Pack
	pieces   map[int64]int64
	advice   map[string]bool        // words of scans that are no scan yet
	lands    map[string]health.Code // of what exports write of a country
	scanned  bool                   // scans count in a number of the platform
	talks    bool                   // so do answers
}

func (d *Desk) healthReader(ctx context.Context, shop data.Shop) (*healthReader, error) {
	rules, err := d.Rules(ctx)
	if err != nil {
		return nil, err
	}
	r := &healthReader{platform: shop.Platform, packs: rules.Packs, byID: map[string]*policy.Pack{}, advice: map[string]bool{}, lands: map[string]health.Code{}}
	for _, p := range r.packs {
		r.byID[p.ID] = p
	}
	r.scanned = slices.Contains([]data.Platform{"ebay", "amazon", "etsy", "walmart", "tiktok", "lazada"}, shop.Platform)
	r.talks = shop.Platform == "etsy" || shop.Platform == "walmart"
	return r, nil
}

// half is a reader for a goroutine of its own.
func (r *healthReader) half() *healthReader {
	one := *r
	one.advice, one.lands = map[string]bool{}, map[string]health.Code{}
	return &one
}

// scan keeps the first scan of a parcel that is one: that a label was made is none.
func (r *healthReader) scan(p *health.Shipment, at int64, text string) {
	if p.FirstScan != 0 {
		return
	}
	advice, known := r.advice[text]
	if !known {
		advice = parcel.Advice(text)
		r.advice[text] = advice
	}
	if !advice {
		p.FirstScan = health.Moment(at)
	}
}

// joined gives orders and parcels what the other tells: the promise, the scans. It
// keeps the parcels whose order is there.
func joined(orders []health.Order, parcels []health.Shipment) []health.Shipment {
	kept, at := parcels[:0], 0
	for _, s := range parcels {
		for at < len(orders) && orders[at].ID < s.Order {
			at++
		}
		if at == len(orders) || orders[at].ID != s.Order {
			continue
		}
		joinOne(&orders[at], &s)
		kept = append(kept, s)
	}
	return kept
}

func joinOne(o *health.Order, s *health.Shipment) {
	s.ShippedAt, s.DeliverBy = cmp.Or(s.ShippedAt, o.ShippedAt), cmp.Or(s.DeliverBy, o.DeliverBy)
	s.DeliveredAt = cmp.Or(s.DeliveredAt, o.DeliveredAt)
	s.Confirmed, s.Elsewhere, s.Units = s.ShippedAt != 0, o.Elsewhere, max(1, int64(o.Items))
	s.Untold = s.Tracked && s.FirstScan == 0 && s.DeliveredAt == 0
	if s.FirstScan != 0 && (o.FirstScan == 0 || s.FirstScan < o.FirstScan) {
		o.FirstScan = s.FirstScan
	}
	switch {
	case s.FirstScan != 0 || s.DeliveredAt != 0:
		o.Valid = health.Yes
	case s.Tracked && o.Valid != health.Yes:
		o.Valid = health.Untold
	}
}

// country gives the code of a country, which an export may write as a name: eBay's
// says "United States".
func (r *healthReader) country(text string) health.Code {
	code, known := r.lands[text]
	if !known {
		code = health.CodeOf(service.Country(text))
		r.lands[text] = code
	}
	return code
}

func (r *healthReader) order(o *store.HealthOrder) health.Order {
	h := health.Order{
		ID: o.ID, OrderedAt: health.Moment(o.OrderedAt), PaidAt: health.Moment(o.PaidAt), ShipBy: health.Moment(o.ShipBy), ShippedAt: health.Moment(o.ShippedAt),
		DeliverBy: health.Moment(o.DeliverBy), DeliveredAt: health.Moment(o.DeliveredAt), CanceledAt: health.Moment(o.CanceledAt),
		Uploaded: health.Moment(o.TrackingToldAt), Total: o.Total, Currency: health.CodeOf(o.Currency), Country: r.country(o.Country), Buyer: o.Buyer,
		State: health.StateOf(data.OrderStatus(o.Status)), Party: health.PartyOf(o.CanceledBy), Cause: health.CancelFault(data.CancelReason(o.CancelReason)),
		Returned: health.ReturnFault(data.Reason(o.ReturnReason)), Elsewhere: health.Elsewhere(o.FulfilledBy), Items: int32(r.pieces[o.ID]), Valid: health.No,
	}
	if o.Currency == "" {
		h.Total = -1
	}
	if h.State != health.StateCanceled && h.State != health.StateRefunded {
		h.CanceledAt, h.Party = 0, health.PartyUnknown // it stands again
	}
	if h.Uploaded == 0 && o.Tracked {
		h.Uploaded = h.ShippedAt // platforms call an order shipped once they have its number
	}
	if o.ConfirmedAt == 0 && o.DeliveredAt != 0 && h.State == health.StateCompleted {
		h.ConfirmedAt, h.Assumed = h.DeliveredAt, true
		return h
	}
	if o.ConfirmedHow == data.ConfirmedByTimeout {
		h.TimedOutAt = health.Moment(o.ConfirmedAt)
	} else {
		h.ConfirmedAt = health.Moment(o.ConfirmedAt)
	}
	return h
}

func (r *healthReader) parcel(p *store.HealthParcel) health.Shipment {
	return health.Shipment{
		ID: p.ID, Order: p.Order, Tracked: p.Tracking, Carrier: p.Carrier, ShippedAt: health.Moment(p.ShippedAt),
		DeliverBy: health.Moment(p.PromisedAt), DeliveredAt: health.Moment(p.DeliveredAt),
	}
}
