package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"

	"casebinder/data"
	"casebinder/data/health"
	"casebinder/data/store"
)

// healthRead reads all rows of a shop: orders, then parcels, each in two halves at
// once.
func (d *Desk) healthRead(ctx context.Context, s *healthShop) error {
	from := s.since()
	r, err := d.healthReader(ctx, s.shop)
	if err != nil {
		return err
	}
	if r.pieces, err = d.healthPieces(ctx, s.shop, from); err != nil {
		return err
	}
	s.rows = health.Rows{Zone: s.shop.Location()}
	if s.rows.Orders, err = d.healthOrders(ctx, r, s.shop.ID, from); err != nil {
		return err
	}
	if r.scanned {
		if s.rows.Shipments, err = d.healthParcels(ctx, r, s.rows.Orders); err != nil {
			return err
		}
	}
	s.rows.Remember()
	return d.healthRest(ctx, r, s, from)
}

// A pile grows without moving what it holds.
type pile[T any] struct {
	full [][]T
	top  []T
}

// A pile takes room for few rows at first, and at once for no more than pileBlock.
const pileBlock = 1 << 13

func (p *pile[T]) add(row T) {
	if len(p.top) == cap(p.top) {
		if p.top != nil {
			p.full = append(p.full, p.top)
		}
		p.top = make([]T, 0, min(max(64, 2*len(p.top)), pileBlock))
	}
	p.top = append(p.top, row)
}

func (p *pile[T]) height() int {
	n := len(p.top)
	for _, block := range p.full {
		n += len(block)
	}
	return n
}

// copyTo copies the pile to where there is room for it.
func (p *pile[T]) copyTo(to []T) {
	for _, block := range append(p.full, p.top) {
		to = to[copy(to, block):]
	}
}

// inHalves reads a span of ids in two halves at once.
func inHalves[T any](low, high int64, read func(low, high int64, into *pile[T]) error) ([]T, error) {
	middle := low + (high-low)/2
	var halves [2]pile[T]
	var failed [2]error
	var both sync.WaitGroup
	for i, span := range [2][2]int64{{low, middle}, {middle + 1, high}} {
		both.Go(func() { failed[i] = read(span[0], span[1], &halves[i]) })
	}
	both.Wait()
	if err := errors.Join(failed[:]...); err != nil {
		return nil, err
	}
	first := halves[0].height()
	n := first + halves[1].height()
	rows := make([]T, n, n+n/64+64) // rows that come later find room: copying a million takes half a second
	both.Go(func() { halves[0].copyTo(rows[:first]) })
	both.Go(func() { halves[1].copyTo(rows[first:]) })
	both.Wait()
	return rows, nil
}

func (d *Desk) healthOrders(ctx context.Context, r *healthReader, shop, from int64) ([]health.Order, error) {
	low, high, err := d.store.HealthSpan(ctx, shop)
	if err != nil {
		return nil, err
	}
	orders, err := inHalves(low, high, func(low, high int64, into *pile[health.Order]) error {
		half := r.half()
		return d.store.HealthOrders(ctx, shop, from, low, high, func(o *store.HealthOrder) { into.add(half.order(o)) })
	})
	if err != nil {
		return nil, err
	}
	older, err := d.store.HealthOlder(ctx, shop, from)
	if err != nil || len(older) == 0 {
		return orders, err
	}
	err = d.store.HealthOrdersOf(ctx, older, func(o *store.HealthOrder) { orders = append(orders, r.order(o)) })
	slices.SortFunc(orders, func(a, b health.Order) int { return cmp.Compare(a.ID, b.ID) })
	return orders, err
}

// healthParcels reads the parcels of orders. Those of other shops are passed over.
func (d *Desk) healthParcels(ctx context.Context, r *healthReader, orders []health.Order) ([]health.Shipment, error) {
	low, high, err := d.store.HealthParcelSpan(ctx)
	if err != nil {
		return nil, err
	}
	parcels, err := inHalves(low, high, func(low, high int64, into *pile[health.Shipment]) error {
		return d.store.HealthParcels(ctx, low, high, func(p *store.HealthParcel) { into.add(r.parcel(p)) })
	})
	if err == nil {
		err = d.healthScans(ctx, r, parcels)
	}
	if err != nil {
		return nil, err
	}
	if byOrder := func(a, b health.Shipment) int { return cmp.Compare(a.Order, b.Order) }; !slices.IsSortedFunc(parcels, byOrder) {
		slices.SortStableFunc(parcels, byOrder)
	}
	return joined(orders, parcels), nil
}

// healthScans gives parcels their first scans, in two halves at once; the parcels are
// in the order of their ids.
func (d *Desk) healthScans(ctx context.Context, r *healthReader, parcels []health.Shipment) error {
	middle := len(parcels) / 2
	var failed [2]error
	var both sync.WaitGroup
	for i, some := range [2][]health.Shipment{parcels[:middle], parcels[middle:]} {
		if len(some) == 0 {
			continue
		}
		both.Go(func() {
			half, at := r.half(), 0
			failed[i] = d.store.HealthScans(ctx, some[0].ID, some[len(some)-1].ID, func(p, when int64, text string) {
				for at < len(some) && some[at].ID < p {
					at++
				}
				if at < len(some) && some[at].ID == p {
					half.scan(&some[at], when, text)
				}
			})
		})
	}
	both.Wait()
	return errors.Join(failed[:]...)
}

// healthRest reads what is few: disputes, ratings, threads, card items.
func (d *Desk) healthRest(ctx context.Context, r *healthReader, s *healthShop, from int64) error {
	disputes, err := d.store.HealthDisputes(ctx, s.shop.ID)
	if err != nil {
		return err
	}
	for i := range disputes {
		s.rows.Disputes = append(s.rows.Disputes, r.dispute(&disputes[i]))
	}
	refunds, err := d.store.HealthRefunds(ctx, s.shop.ID)
	if err != nil {
		return err
	}
	returned(&s.rows, refunds)
	ratings, err := d.store.HealthFeedbacks(ctx, s.shop.ID)
	if err != nil {
		return err
	}
	s.rows.Feedback = healthRatings(ratings)
	if r.talks {
		threads, err := d.store.HealthThreads(ctx, s.shop.ID, from)
		if err != nil {
			return err
		}
		s.rows.Threads = healthThreads(threads)
	}
	return d.healthCards(ctx, s, nil)
}

// healthPieces counts pieces where a number of the platform counts them.
func (d *Desk) healthPieces(ctx context.Context, shop data.Shop, from int64) (map[int64]int64, error) {
	if !countsPieces(shop) {
		return nil, nil
	}
	return d.store.HealthPieces(ctx, shop.ID, from)
}

func countsPieces(shop data.Shop) bool { return shop.Platform == "lazada" || shop.Platform == "amazon" }
