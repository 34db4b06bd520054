package store

import (
	"context"
	"time"
)

// Trip is a parcel to a buyer, as far as its carrier's record is concerned.
type Trip struct {
	Carrier, Tracking, Country string // Tracking where no carrier is named
	Shipped, Delivered         time.Time
	Promised, Lost             time.Time
}

// tripsSQL goes once through the parcels, each with its order, as both lie on the
// disk. Delivered is the parcel's, or the order's where it has but one.
const tripsSQL = "SELECT s.carrier, CASE WHEN s.carrier = '' THEN s.tracking ELSE '' END, o.country, s.shipped_at, " +
	"coalesce(s.delivered_at, CASE WHEN s.kind = '' THEN o.delivered_at END), coalesce(s.promised_at, CASE WHEN s.kind = '' THEN o.deliver_by END), s.lost_at " +
	"FROM shipment s JOIN orders o ON o.id = s.order_id WHERE s.kind <> 'return' AND s.shipped_at IS NOT NULL"

// EachTrip gives every parcel to a buyer of which it is known when it was shipped. The
// trip holds until the next.
func (r *Reader) EachTrip(ctx context.Context, take func(*Trip)) error {
	rows, err := r.q.QueryContext(ctx, tripsSQL)
	if err != nil {
		return readError(ctx, err, r.path)
	}
	defer rows.Close() //nolint:errcheck // rows.Err below tells what matters
	var t Trip
	for rows.Next() {
		if err := rows.Scan(&t.Carrier, &t.Tracking, &t.Country, moment{&t.Shipped}, moment{&t.Delivered}, moment{&t.Promised}, moment{&t.Lost}); err != nil {
			return readError(ctx, err, r.path)
		}
		take(&t)
	}
	if err := rows.Err(); err != nil {
		return readError(ctx, err, r.path)
	}
	return nil
}
