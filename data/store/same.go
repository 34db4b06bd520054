package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"casebinder/data"
)

// A PriorOrder is an earlier order of the same buyer, with what tells that it is
// the same one.
type PriorOrder struct {
	ID          int64
	Number      string
	OrderedAt   time.Time
	PaidAt      time.Time
	ShipTo      data.Address
	SameAccount bool // of the same buyer on the same platform
	SameEmail   bool
	Disputed    bool // there is or was a dispute on it
}

const (
	priorColumns = "SELECT o.id, o.number, o.ordered_at, o.paid_at, o.ship_name, o.ship_line1, o.ship_line2, o.ship_line3, o.ship_city, o.ship_state, " +
		"o.ship_postcode, o.ship_country, o.ship_phone, coalesce(o.buyer_id = ?1, 0), ?2 <> '' AND lower(o.buyer_email) = lower(?2), " +
		"EXISTS (SELECT 1 FROM dispute d WHERE d.order_id = o.id AND d.binned_at IS NULL) FROM orders o WHERE "
	priorSQL = priorColumns + "o.buyer_id = ?1 AND o.ordered_at < ?3 AND o.id <> ?4 UNION " +
		priorColumns + "lower(o.buyer_email) = lower(?2) AND o.buyer_email <> '' AND o.ordered_at < ?3 AND o.id <> ?4 ORDER BY 3, 1"
)

// PriorOrders gives every earlier order of an order's buyer, oldest first: by
// account, and by e-mail over all shops and platforms.
func (r *Reader) PriorOrders(ctx context.Context, o *data.Order) ([]PriorOrder, error) {
	if o.OrderedAt.IsZero() || o.Buyer.ID == 0 && o.Buyer.Email == "" {
		return nil, nil
	}
	args := []any{ref(o.Buyer.ID), o.Buyer.Email, ms(o.OrderedAt), o.ID}
	return all(ctx, r, priorSQL, args, func(row scanner) (p PriorOrder, err error) {
		a := &p.ShipTo
		return p, row.Scan(&p.ID, &p.Number, moment{&p.OrderedAt}, moment{&p.PaidAt}, &a.Name, &a.Line1, &a.Line2, &a.Line3, &a.City, &a.State,
			&a.Postcode, &a.Country, &a.Phone, &p.SameAccount, &p.SameEmail, &p.Disputed)
	})
}

const sameTrackingSQL = "SELECT DISTINCT s.tracking, o.number FROM shipment s JOIN orders o ON o.id = s.order_id " +
	"WHERE s.tracking IN (SELECT value FROM json_each(?1)) AND s.tracking <> '' AND s.order_id <> ?2 ORDER BY s.tracking, o.number"

// SameTracking gives for each tracking number of an order's parcels the numbers
// of all other orders with a parcel of that number.
func (r *Reader) SameTracking(ctx context.Context, o *data.Order) (map[string][]string, error) {
	numbers := []string{}
	for _, s := range o.Shipments {
		if s.Tracking != "" {
			numbers = append(numbers, s.Tracking)
		}
	}
	if len(numbers) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(numbers)
	if err != nil {
		return nil, fmt.Errorf("listing tracking numbers: %w", err)
	}
	found := map[string][]string{}
	_, err = all(ctx, r, sameTrackingSQL, []any{string(list), o.ID}, func(row scanner) (struct{}, error) {
		var tracking, number string
		err := row.Scan(&tracking, &number)
		found[tracking] = append(found[tracking], number)
		return struct{}{}, err
	})
	return found, err
}
