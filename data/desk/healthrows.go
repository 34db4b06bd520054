package desk

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"casebinder/data"
	"casebinder/data/health"
	"casebinder/data/parcel"
	"casebinder/data/policy"
	"casebinder/data/store"
)

// healthSlack is how long before the time that a number looks at an order may have
// come and still count in it: by its delivery, its confirmation, its dispute.
const healthSlack = 200 * 24 * time.Hour

// healthKept are the rows of shops as they were read last. A change of an order has
// that order read again; a change of many has all read anew.
type healthKept struct {
	mu    sync.Mutex
	shops map[int64]*healthShop

	changed sync.Mutex
	stale   map[int64]bool
	all     bool
}

type healthShop struct {
	shop data.Shop
	from time.Time
	rows health.Rows
}

// forget notes what a change may have made wrong.
func (k *healthKept) forget(e Event) {
	if e.Action == RiskEvent { // the review before shipping moves no number
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
			if k.stale == nil {
				k.stale = map[int64]bool{}
			}
			k.stale[r.ID] = true
			named = true
		case r.ID == 0 && (r.Entity == data.EntityOrder || r.Entity == data.EntityDispute || r.Entity == data.EntityFeedback):
			k.all = true
		}
	}
	if !named || e.Effect == data.EffectMany {
		k.all = true
	}
}

// taken gives what changed since it was asked last.
func (k *healthKept) taken() (stale []int64, all bool) {
	k.changed.Lock()
	defer k.changed.Unlock()
	for id := range k.stale {
		stale = append(stale, id)
	}
	all = k.all
	k.stale, k.all = nil, false
	slices.Sort(stale)
	return stale, all
}

// mostStale is how many changed orders are read one by one.
const mostStale = 5000

// healthRows gives the rows of a shop, up to date; the caller holds d.health.mu.
func (d *Desk) healthRows(ctx context.Context, shop data.Shop, from time.Time) (*health.Rows, error) {
	k := &d.health
	if stale, all := k.taken(); all || len(stale) > mostStale {
		k.shops = nil
	} else if len(stale) > 0 {
		for _, s := range k.shops {
			if err := d.healthAgain(ctx, s, stale); err != nil {
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
	advice   map[string]bool // words of scans that are no scan yet
	scanned  bool            // scans count in a number of the platform
	talks    bool            // so do answers
}

func (d *Desk) healthReader(ctx context.Context, shop data.Shop) (*healthReader, error) {
	rules, err := d.Rules(ctx)
	if err != nil {
		return nil, err
	}
	r := &healthReader{platform: shop.Platform, packs: rules.Packs, byID: map[string]*policy.Pack{}, advice: map[string]bool{}}
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
	one.advice = map[string]bool{}
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

func (r *healthReader) order(o *store.HealthOrder) health.Order {
	h := health.Order{
		ID: o.ID, OrderedAt: health.Moment(o.OrderedAt), PaidAt: health.Moment(o.PaidAt), ShipBy: health.Moment(o.ShipBy), ShippedAt: health.Moment(o.ShippedAt),
		DeliverBy: health.Moment(o.DeliverBy), DeliveredAt: health.Moment(o.DeliveredAt), CanceledAt: health.Moment(o.CanceledAt),
		Uploaded: health.Moment(o.TrackingToldAt), Total: o.Total, Currency: health.CodeOf(o.Currency), Country: health.CodeOf(o.Country), Buyer: o.Buyer,
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

// healthAgain reads some orders of a shop again, with all that hangs on them.
func (d *Desk) healthAgain(ctx context.Context, s *healthShop, ids []int64) error {
	r, err := d.healthReader(ctx, s.shop)
	if err != nil {
		return err
	}
	var rows health.Rows
	if err := d.store.HealthOrdersOf(ctx, ids, func(o *store.HealthOrder) { rows.Orders = append(rows.Orders, r.order(o)) }); err != nil {
		return err
	}
	ours, err := d.store.OrdersOfShop(ctx, ids, s.shop.ID)
	if err != nil {
		return err
	}
	rows.Orders = slices.DeleteFunc(rows.Orders, func(o health.Order) bool { return !ours[o.ID] })
	if r.scanned {
		if err := d.store.HealthParcelsOf(ctx, ids, func(p *store.HealthParcel) { rows.Shipments = append(rows.Shipments, r.parcel(p)) }); err != nil {
			return err
		}
		at := map[int64]*health.Shipment{}
		for i := range rows.Shipments {
			at[rows.Shipments[i].ID] = &rows.Shipments[i]
		}
		if err := d.store.HealthScansOf(ctx, ids, func(p, when int64, text string) {
			if s := at[p]; s != nil {
				r.scan(s, when, text)
			}
		}); err != nil {
			return err
		}
		rows.Shipments = joined(rows.Orders, rows.Shipments)
	}
	disputes, err := d.store.HealthDisputesOf(ctx, ids)
	if err != nil {
		return err
	}
	for i := range disputes {
		rows.Disputes = append(rows.Disputes, r.dispute(&disputes[i]))
	}
	returned(&rows)
	ratings, err := d.store.HealthFeedbackOf(ctx, ids)
	if err != nil {
		return err
	}
	for i := range ratings {
		rows.Feedback = append(rows.Feedback, healthRating(&ratings[i]))
	}
	if r.talks {
		threads, err := d.store.HealthThreadsOf(ctx, ids)
		if err != nil {
			return err
		}
		rows.Threads = healthThreads(threads)
	}
	s.rows.Replace(ids, &rows, func(order int64) bool { return ours[order] })
	s.chargebacks()
	return nil
}

func healthThreads(threads []store.HealthThread) []health.Thread {
	list := make([]health.Thread, len(threads))
	for i, t := range threads {
		list[i] = health.Thread{ID: t.Order, First: health.Moment(t.First), Answered: health.Moment(t.Answered)}
	}
	return list
}

// The networks whose programs are computed, by the words that ways of payment and
// packs name them with.
var cardNetworks = []string{"visa", "mastercard"}

// healthCards makes card items of a shop: its sales that name a network, a day at a
// time, and its chargebacks. Reports of fraud that became no chargeback no file
// tells; the number says so by its rows.
func (d *Desk) healthCards(ctx context.Context, s *healthShop, from int64) error {
	const day = int64(24 * time.Hour / time.Millisecond)
	s.rows.CardItems = nil
	books, err := health.BuiltIn()
	if err != nil || len(health.Of(books, s.shop.Platform)) > 0 {
		return err // a platform with numbers of its own takes the cards itself
	}
	for i, network := range cardNetworks {
		days, err := d.store.HealthCards(ctx, s.shop.ID, from, network)
		if err != nil {
			return err
		}
		for at, n := range days {
			id := -(at*int64(len(cardNetworks)) + int64(i)) // a day's sales have no id of their own
			s.rows.CardItems = append(s.rows.CardItems, health.CardItem{ID: id, Times: n, Kind: health.CardAbsent, At: health.Moment(at*day + 1), Card: network})
		}
	}
	slices.SortFunc(s.rows.CardItems, func(a, b health.CardItem) int { return cmp.Compare(a.ID, b.ID) })
	s.chargebacks()
	return nil
}

// chargebacks makes card items of the shop's chargebacks.
func (s *healthShop) chargebacks() {
	s.rows.CardItems = slices.DeleteFunc(s.rows.CardItems, func(c health.CardItem) bool { return c.Kind == health.CardDispute })
	for i := range s.rows.Disputes {
		d := &s.rows.Disputes[i]
		if d.Way == health.WayChargeback && len(d.Events) > 0 {
			s.rows.CardItems = append(s.rows.CardItems, health.CardItem{ID: d.ID, Times: 1, Kind: health.CardDispute, At: d.Events[0].At, Card: cmp.Or(d.Card, health.UnknownCard)})
		}
	}
}
