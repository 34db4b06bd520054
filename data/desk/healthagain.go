package desk

import (
	"context"
	"slices"

	"casebinder/data/health"
	"casebinder/data/store"
)

// healthAgain reads some orders of a shop again, with all that hangs on them: what
// healthRead would read of them.
func (d *Desk) healthAgain(ctx context.Context, s *healthShop, ids []int64, loose bool) error {
	r, err := d.healthReader(ctx, s.shop)
	if err != nil {
		return err
	}
	if loose {
		ratings, err := d.store.HealthFeedbackLoose(ctx, s.shop.ID)
		if err != nil {
			return err
		}
		// What is written of a feedback may find its order, which came after it.
		found, err := d.store.HealthFound(ctx, s.rows.ReplaceLoose(healthRatings(ratings)))
		if err != nil {
			return err
		}
		if len(found) > 0 {
			ids = slices.Concat(ids, found)
			slices.Sort(ids)
			ids = slices.Compact(ids)
		}
	}
	ours, err := d.store.OrdersOfShop(ctx, ids, s.shop.ID)
	if err != nil {
		return err
	}
	var rows health.Rows
	if err := d.healthOrdersAgain(ctx, r, s, ids, &rows); err != nil {
		return err
	}
	if err := d.healthHanging(ctx, r, s, ids, &rows); err != nil {
		return err
	}
	days := cardDays(ids, s.rows.Orders, rows.Orders)
	s.rows.Replace(ids, &rows, func(order int64) bool { return ours[order] })
	return d.healthCards(ctx, s, days)
}

// healthOrdersAgain reads orders, with their parcels.
func (d *Desk) healthOrdersAgain(ctx context.Context, r *healthReader, s *healthShop, ids []int64, rows *health.Rows) error {
	if countsPieces(s.shop) {
		pieces, err := d.store.HealthPiecesOf(ctx, ids, s.since())
		if err != nil {
			return err
		}
		r.pieces = pieces
	}
	err := d.store.HealthOrdersNow(ctx, s.shop.ID, s.since(), ids, func(o *store.HealthOrder) { rows.Orders = append(rows.Orders, r.order(o)) })
	if err != nil || !r.scanned {
		return err
	}
	if err := d.store.HealthParcelsOf(ctx, ids, func(p *store.HealthParcel) { rows.Shipments = append(rows.Shipments, r.parcel(p)) }); err != nil {
		return err
	}
	at := map[int64]*health.Shipment{}
	for i := range rows.Shipments {
		at[rows.Shipments[i].ID] = &rows.Shipments[i]
	}
	err = d.store.HealthScansOf(ctx, ids, func(p, when int64, text string) {
		if s := at[p]; s != nil {
			r.scan(s, when, text)
		}
	})
	rows.Shipments = joined(rows.Orders, rows.Shipments)
	return err
}

// healthHanging reads what hangs on orders: disputes, ratings, threads.
func (d *Desk) healthHanging(ctx context.Context, r *healthReader, s *healthShop, ids []int64, rows *health.Rows) error {
	disputes, err := d.store.HealthDisputesOf(ctx, ids)
	if err != nil {
		return err
	}
	for i := range disputes {
		rows.Disputes = append(rows.Disputes, r.dispute(&disputes[i]))
	}
	refunds, err := d.store.HealthRefundsOf(ctx, ids)
	if err != nil {
		return err
	}
	returned(rows, refunds)
	ratings, err := d.store.HealthFeedbackOf(ctx, ids)
	if err != nil {
		return err
	}
	rows.Feedback = healthRatings(ratings)
	if !r.talks {
		return nil
	}
	threads, err := d.store.HealthThreadsOf(ctx, ids, s.since())
	rows.Threads = healthThreads(threads)
	return err
}

func healthThreads(threads []store.HealthThread) []health.Thread {
	list := make([]health.Thread, len(threads))
	for i, t := range threads {
		list[i] = health.Thread{ID: t.Order, First: health.Moment(t.First), Answered: health.Moment(t.Answered)}
	}
	return list
}
