package store

import (
	"context"
	"time"

	"casebinder/data"
)

// OnWay lists the orders that were shipped and have not arrived, those shipped
// last first; at most limit. It goes by the partial index orders_on_way.
func (r *Reader) OnWay(ctx context.Context, limit int) ([]int32, error) {
	return all(ctx, r, onWaySQL, []any{limit}, scanOne[int32])
}

const onWaySQL = "SELECT id FROM orders WHERE status = 'shipped' AND delivered_at IS NULL ORDER BY shipped_at DESC LIMIT ?"

// ArrivedSince lists the orders of a status that were ordered since a time and
// arrived since another, the newest first; at most limit.
func (r *Reader) ArrivedSince(ctx context.Context, status data.OrderStatus, ordered, delivered time.Time, limit int) ([]int32, error) {
	const query = "SELECT id FROM orders WHERE status = ? AND ordered_at >= ? AND delivered_at >= ? ORDER BY ordered_at DESC LIMIT ?"
	return all(ctx, r, query, []any{string(status), ms(ordered), ms(delivered), limit}, scanOne[int32])
}

// ApartParcels lists the orders with a parcel that was sent again or comes back,
// the newest first; at most limit.
func (r *Reader) ApartParcels(ctx context.Context, limit int) ([]int32, error) {
	return all(ctx, r, apartSQL, []any{limit}, scanOne[int32])
}

const apartSQL = "SELECT DISTINCT order_id FROM shipment WHERE kind <> '' ORDER BY order_id DESC LIMIT ?"

// ParcelOrder is an order as far as its parcels are concerned.
type ParcelOrder struct {
	data.Order        // without items, payment and what no field takes
	Disputed   bool   // a case on it is open
	Item       string // title of the first item
	passes     []data.Pass
}

// Passed reports whether a person let a finding stand.
func (o *ParcelOrder) Passed(key string) bool {
	for i := range o.passes {
		if o.passes[i].Key == key {
			return true
		}
	}
	return false
}

// ParcelOrders gives orders with their parcels and scans, in no order.
func (r *Reader) ParcelOrders(ctx context.Context, ids []int32) ([]*ParcelOrder, error) {
	list := make([]*ParcelOrder, 0, len(ids))
	err := chunks(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, parcelOrderSelect+marks+")", args, scanParcelOrder)
		if err != nil {
			return err
		}
		of := make(map[int64]*ParcelOrder, len(some))
		for _, o := range some {
			of[o.ID] = o
		}
		list = append(list, some...)
		if err := r.parcelsOf(ctx, of, marks, args); err != nil {
			return err
		}
		_, err = all(ctx, r, "SELECT entity_id, key FROM pass WHERE entity = 'order' AND entity_id IN ("+marks+")", args,
			func(row scanner) (none struct{}, err error) {
				var id int64
				var p data.Pass
				if err := row.Scan(&id, &p.Key); err != nil {
					return none, err
				}
				of[id].passes = append(of[id].passes, p)
				return none, nil
			})
		return err
	})
	return list, err
}

const parcelOrderSelect = "SELECT o.id, " + orderShop + ", o.number, o.buyer_name, o.buyer_handle, o.status, o.ordered_at, o.shipped_at, o.delivered_at, o.deliver_by, " +
	"o.refunded_minor, o.refunded_currency, o.ship_city, o.ship_state, o.ship_postcode, o.country, o.item_title, o.payment_ref, " +
	"EXISTS (SELECT 1 FROM dispute d WHERE d.order_id = o.id AND d.binned_at IS NULL AND d.stage <> 'closed') " +
	"FROM orders o JOIN shop s ON s.id = o.shop_id WHERE o.id IN ("

func scanParcelOrder(row scanner) (*ParcelOrder, error) {
	o := &ParcelOrder{}
	s := &o.Shop
	return o, row.Scan(&o.ID, &s.ID, &s.Platform, &s.Name, &s.Zone, &s.Currency, &s.Site, &o.Number, &o.Buyer.Name, &o.Buyer.Handle, &o.Status,
		moment{&o.OrderedAt}, moment{&o.ShippedAt}, moment{&o.DeliveredAt}, moment{&o.DeliverBy}, &o.Refunded.Minor, &o.Refunded.Currency,
		&o.ShipTo.City, &o.ShipTo.State, &o.ShipTo.Postcode, &o.ShipTo.Country, &o.Item, &o.PaymentRef, &o.Disputed)
}

// parcelsOf fills in the parcels of some orders, with their scans.
func (r *Reader) parcelsOf(ctx context.Context, of map[int64]*ParcelOrder, marks string, args []any) error {
	type place struct {
		order int64
		index int
	}
	at := map[int64]place{}
	_, err := all(ctx, r, "SELECT order_id, id, "+shipmentColumns+" FROM shipment WHERE order_id IN ("+marks+") ORDER BY id", args,
		func(row scanner) (none struct{}, err error) {
			var order int64
			var s data.Shipment
			if err := row.Scan(&order, &s.ID, &s.Carrier, &s.Service, &s.Tracking, moment{&s.ShippedAt}, moment{&s.DeliveredAt}, &s.Told,
				&s.Kind, moment{&s.PromisedAt}, &s.Weight, &s.Postcode, &s.SignedBy, moment{&s.LostAt}); err != nil {
				return none, err
			}
			at[s.ID] = place{order, len(of[order].Shipments)}
			of[order].Shipments = append(of[order].Shipments, s)
			return none, nil
		})
	if err != nil {
		return err
	}
	_, err = all(ctx, r, "SELECT e.shipment_id, e.at, e.place, e.text, e.told FROM shipment p JOIN tracking_event e ON e.shipment_id = p.id "+
		"WHERE p.order_id IN ("+marks+") ORDER BY e.at, e.id", args, func(row scanner) (none struct{}, err error) {
		var id int64
		var e data.TrackingEvent
		if err := row.Scan(&id, moment{&e.At}, &e.Place, &e.Text, &e.Told); err != nil {
			return none, err
		}
		s := &of[at[id].order].Shipments[at[id].index]
		s.Events = append(s.Events, e)
		return none, nil
	})
	return err
}

// SharedTracking gives, of the tracking numbers on some orders, those that stand
// on others too, with the numbers of these; at most 5 of each.
func (r *Reader) SharedTracking(ctx context.Context, ids []int32) (map[int64]map[string][]string, error) {
	found := map[int64]map[string][]string{}
	err := chunks(ids, func(marks string, args []any) error {
		_, err := all(ctx, r, "SELECT a.order_id, a.tracking, o.number FROM shipment a JOIN shipment b ON b.tracking = a.tracking AND b.tracking <> '' AND b.order_id <> a.order_id "+
			"JOIN orders o ON o.id = b.order_id WHERE a.tracking <> '' AND a.order_id IN ("+marks+") ORDER BY o.id", args, func(row scanner) (none struct{}, err error) {
			var id int64
			var tracking, number string
			if err := row.Scan(&id, &tracking, &number); err != nil {
				return none, err
			}
			if found[id] == nil {
				found[id] = map[string][]string{}
			}
			if len(found[id][tracking]) < 5 {
				found[id][tracking] = append(found[id][tracking], number)
			}
			return none, nil
		})
		return err
	})
	return found, err
}

// TaskKeys gives the keys of the tasks that something of a kind made, also of those
// that are done; not of those in the bin.
func (r *Reader) TaskKeys(ctx context.Context, origin string) (map[string]bool, error) {
	keys := map[string]bool{}
	_, err := all(ctx, r, "SELECT origin_key FROM task WHERE origin = ? AND origin <> '' AND binned_at IS NULL", []any{origin}, func(row scanner) (none struct{}, err error) {
		var key string
		if err := row.Scan(&key); err != nil {
			return none, err
		}
		keys[key] = true
		return none, nil
	})
	return keys, err
}
