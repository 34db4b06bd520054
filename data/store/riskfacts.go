package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"casebinder/data"
)

// mostPast is how many orders of one buyer are looked at; the newest count.
const mostPast = 20_000

// PastOrder is an order of a buyer as the review of another needs it.
type PastOrder struct {
	ID       int64
	Buyer    int64
	Number   string
	At       time.Time
	Total    data.Money
	Status   data.OrderStatus
	Reversed bool // its payment was taken back
	Disputes []PastDispute
}

// PastDispute is a dispute of such an order.
type PastDispute struct {
	Reason data.Reason
	Pack   string
}

// RiskFacts are orders with what their review asks of the desk beside them.
type RiskFacts struct {
	Orders   []data.Order
	Past     map[int64][]PastOrder // by buyer, oldest first; of a person all of the person's buyers
	Messages map[int64][]string    // by order: what the buyer wrote, newest first
	Shared   map[int64][]SharedBy  // by buyer
	Confirms map[int64]bool        // by order: the buyer confirmed it, by a person's word
	Sharers  map[int64]bool        // the buyers who share something, where all were asked at once; else nil
}

// SharedBy is something that other buyers have in common with one.
type SharedBy struct {
	Kind      string
	Buyers    int
	Reversals int
}

const riskOrderSelect = "SELECT o.id, s.id, s.platform, s.name, s.zone, o.number, o.buyer_id, o.buyer_handle, o.buyer_name, o.buyer_country, o.status, " +
	"o.total_minor, o.total_currency, o.shipping_minor, o.shipping_currency, o.payment_method, o.ordered_at, o.paid_at, o.ship_by, o.shipped_at, " +
	"o.ship_name, o.ship_line1, o.ship_line2, o.ship_line3, o.ship_city, o.ship_state, o.ship_postcode, o.ship_country, o.buyer_note, o.payment " +
	"FROM orders o JOIN shop s ON s.id = o.shop_id WHERE o.id IN ("

func scanRiskOrder(row scanner, o *data.Order) error {
	var payment string
	err := row.Scan(&o.ID, &o.Shop.ID, &o.Shop.Platform, &o.Shop.Name, &o.Shop.Zone, &o.Number, rowRef{&o.Buyer.ID}, &o.Buyer.Handle, &o.Buyer.Name, &o.Buyer.Country, &o.Status,
		&o.Total.Minor, &o.Total.Currency, &o.Shipping.Minor, &o.Shipping.Currency, &o.PaymentMethod, moment{&o.OrderedAt}, moment{&o.PaidAt}, moment{&o.ShipBy}, moment{&o.ShippedAt},
		&o.ShipTo.Name, &o.ShipTo.Line1, &o.ShipTo.Line2, &o.ShipTo.Line3, &o.ShipTo.City, &o.ShipTo.State, &o.ShipTo.Postcode, &o.ShipTo.Country, &o.BuyerNote, &payment)
	if err == nil && payment != "" {
		if err := json.Unmarshal([]byte(payment), &o.Payment); err != nil {
			return fmt.Errorf("order %s, payment: %w", o.Number, data.ErrDamaged)
		}
	}
	return err
}

// RiskFacts gathers orders for their review. before holds what is known of buyers
// from a part that went before, and may be nil.
func (r *Reader) RiskFacts(ctx context.Context, ids []int64, before *RiskFacts) (*RiskFacts, error) {
	f := &RiskFacts{
		Orders: make([]data.Order, 0, len(ids)), // an order is large, and copied by each growth
		Past:   map[int64][]PastOrder{}, Messages: map[int64][]string{}, Shared: map[int64][]SharedBy{}, Confirms: map[int64]bool{},
	}
	err := chunked(ids, func(marks string, args []any) error {
		before := len(f.Orders)
		_, err := all(ctx, r, riskOrderSelect+marks+")", args, func(row scanner) (struct{}, error) {
			f.Orders = append(f.Orders, data.Order{})
			return struct{}{}, scanRiskOrder(row, &f.Orders[len(f.Orders)-1])
		})
		if err != nil {
			return err
		}
		if err := r.riskItems(ctx, marks, args, f.Orders[before:]); err != nil {
			return err
		}
		confirmed, err := all(ctx, r, "SELECT order_id FROM order_event WHERE kind = '"+string(data.OrderConfirmed)+"' AND order_id IN ("+marks+")", args, scanOne[int64])
		if err != nil {
			return err
		}
		for _, id := range confirmed {
			f.Confirms[id] = true
		}
		return r.riskMessages(ctx, f, marks, args)
	})
	if err != nil {
		return nil, err
	}
	if before != nil {
		f.Sharers = before.Sharers
	}
	var buyers []int64
	for i := range f.Orders {
		id := f.Orders[i].Buyer.ID
		if id == 0 || slices.Contains(buyers[max(0, len(buyers)-1):], id) {
			continue
		}
		if before != nil && before.Past[id] != nil {
			f.Past[id], f.Shared[id] = before.Past[id], before.Shared[id]
			continue
		}
		buyers = append(buyers, id)
	}
	if err := r.riskBuyers(ctx, f, buyers); err != nil {
		return nil, err
	}
	if f.Sharers != nil {
		buyers = slices.DeleteFunc(buyers, func(id int64) bool { return !f.Sharers[id] })
	}
	return f, chunked(buyers, func(marks string, args []any) error { return r.riskShared(ctx, f, marks, args) })
}

func (r *Reader) riskItems(ctx context.Context, marks string, args []any, into []data.Order) error {
	at := make(map[int64]int, len(into))
	for i := range into {
		at[into[i].ID] = i
	}
	const query = "SELECT order_id, sku, title, quantity, price_minor, price_currency FROM item WHERE order_id IN ("
	_, err := all(ctx, r, query+marks+") ORDER BY order_id, position", args, func(row scanner) (struct{}, error) {
		var order int64
		var it data.Item
		err := row.Scan(&order, &it.SKU, &it.Title, &it.Quantity, &it.Price.Minor, &it.Price.Currency)
		if i, ok := at[order]; ok {
			into[i].Items = append(into[i].Items, it)
		}
		return struct{}{}, err
	})
	return err
}

// mostHeard is how many of a buyer's messages about an order are given.
const mostHeard = 20

func (r *Reader) riskMessages(ctx context.Context, f *RiskFacts, marks string, args []any) error {
	const query = "SELECT order_id, substr(text, 1, 2000) FROM message WHERE direction = 'in' AND order_id IN ("
	_, err := all(ctx, r, query+marks+") ORDER BY order_id, sent_at DESC", args, func(row scanner) (struct{}, error) {
		var order int64
		var text string
		err := row.Scan(&order, &text)
		if len(f.Messages[order]) < mostHeard {
			f.Messages[order] = append(f.Messages[order], text)
		}
		return struct{}{}, err
	})
	return err
}

// riskBuyers gathers what is known of buyers.
func (r *Reader) riskBuyers(ctx context.Context, f *RiskFacts, buyers []int64) error {
	return chunked(buyers, func(marks string, args []any) error {
		persons, err := r.persons(ctx, marks, args)
		if err != nil {
			return err
		}
		for _, a := range args {
			id := int64(a.(int32))
			f.Past[id] = []PastOrder{}
		}
		const query = "SELECT o.id, o.buyer_id, o.number, o.ordered_at, o.total_minor, o.total_currency, o.status, o.payment <> '' AND o.payment LIKE '%\"state\":\"reversed\"%' " +
			"FROM orders o WHERE o.buyer_id IN ("
		wanted := slices.Clone(args)
		for buyer := range persons {
			wanted = append(wanted, buyer)
		}
		past, err := all(ctx, r, query+marksFor(wanted)+") ORDER BY o.buyer_id, o.ordered_at, o.id", wanted, func(row scanner) (p PastOrder, err error) {
			return p, row.Scan(&p.ID, &p.Buyer, &p.Number, moment{&p.At}, &p.Total.Minor, &p.Total.Currency, &p.Status, &p.Reversed)
		})
		if err != nil {
			return err
		}
		if err := r.riskDisputes(ctx, past, wanted); err != nil {
			return err
		}
		for _, p := range past {
			for _, id := range append(persons[p.Buyer], p.Buyer) {
				if _, asked := f.Past[id]; asked {
					f.Past[id] = append(f.Past[id], p)
				}
			}
		}
		for id, list := range f.Past {
			if len(persons) > 0 {
				slices.SortStableFunc(list, func(a, b PastOrder) int { return a.At.Compare(b.At) })
			}
			f.Past[id] = list[max(0, len(list)-mostPast):]
		}
		return nil
	})
}

// Sharers tells which buyers share a mark with another one, by one way through all
// marks.
func (r *Reader) Sharers(ctx context.Context) (map[int64]bool, error) {
	found := map[int64]bool{}
	_, err := all(ctx, r, "SELECT m.buyer_id FROM (SELECT kind, mark FROM buyer_mark GROUP BY kind, mark HAVING count(*) > 1) g CROSS JOIN buyer_mark m ON m.kind = g.kind AND m.mark = g.mark", nil, func(row scanner) (none struct{}, err error) {
		var id int64
		err = row.Scan(&id)
		found[id] = true
		return none, err
	})
	return found, err
}

func marksFor(args []any) string { return marks(len(args)) }

// persons gives, for the buyers that are one person with some, with which of them.
func (r *Reader) persons(ctx context.Context, marks string, args []any) (map[int64][]int64, error) {
	others := map[int64][]int64{}
	const query = "SELECT s.id, b.id FROM buyer b JOIN buyer s ON s.person_id = b.person_id AND s.id <> b.id WHERE b.person_id IS NOT NULL AND b.id IN ("
	_, err := all(ctx, r, query+marks+")", args, func(row scanner) (struct{}, error) {
		var other, id int64
		err := row.Scan(&other, &id)
		others[other] = append(others[other], id)
		return struct{}{}, err
	})
	return others, err
}

func (r *Reader) riskDisputes(ctx context.Context, past []PastOrder, buyers []any) error {
	const query = "SELECT d.order_id, d.reason, d.pack FROM orders o JOIN dispute d ON d.order_id = o.id WHERE d.binned_at IS NULL AND o.buyer_id IN ("
	disputes := map[int64][]PastDispute{}
	_, err := all(ctx, r, query+marksFor(buyers)+")", buyers, func(row scanner) (struct{}, error) {
		var order int64
		var d PastDispute
		err := row.Scan(&order, &d.Reason, &d.Pack)
		disputes[order] = append(disputes[order], d)
		return struct{}{}, err
	})
	if len(disputes) > 0 {
		for i := range past {
			past[i].Disputes = disputes[past[i].ID]
		}
	}
	return err
}

// crowd is how many buyers may share a mark before it says nothing of anybody:
// a warehouse, a forwarder.
const crowd = 50

// riskShared gives what other buyers have in common with some. Those who are one
// person by a person's word, or two, do not count.
func (r *Reader) riskShared(ctx context.Context, f *RiskFacts, marks string, args []any) error {
	const others = "FROM buyer_mark b JOIN buyer x ON x.id = b.buyer_id WHERE b.kind = a.kind AND b.mark = a.mark AND b.buyer_id <> a.buyer_id " +
		"AND (x.person_id IS NULL OR x.person_id IS NOT (SELECT person_id FROM buyer WHERE id = a.buyer_id)) " +
		"AND NOT EXISTS (SELECT 1 FROM buyer_apart p WHERE p.a = min(a.buyer_id, b.buyer_id) AND p.b = max(a.buyer_id, b.buyer_id))"
	query := "SELECT a.buyer_id, a.kind, (SELECT count(*) FROM (SELECT 1 " + others + fmt.Sprintf(" LIMIT %d)) AS n, ", crowd+1) +
		"(SELECT count(*) FROM dispute d JOIN orders o ON o.id = d.order_id WHERE d.binned_at IS NULL AND d.reason = 'unauthorized' AND o.buyer_id IN (SELECT b.buyer_id " + others + fmt.Sprintf(" LIMIT %d)) ", crowd) +
		"FROM buyer_mark a WHERE a.buyer_id IN (" + marks + ") AND EXISTS (SELECT 1 FROM buyer_mark c WHERE c.kind = a.kind AND c.mark = a.mark AND c.buyer_id <> a.buyer_id)"
	_, err := all(ctx, r, query, args, func(row scanner) (struct{}, error) {
		var buyer int64
		var s SharedBy
		err := row.Scan(&buyer, &s.Kind, &s.Buyers, &s.Reversals)
		if err == nil && s.Buyers > 0 && s.Buyers <= crowd {
			f.Shared[buyer] = append(f.Shared[buyer], s)
		}
		return struct{}{}, err
	})
	return err
}

// ProductClasses gives the class of goods of the products that have one, by SKU;
// of one SKU in several shops the riskier is not known here, and each is given.
func (r *Reader) ProductClasses(ctx context.Context) (map[string][]string, error) {
	classes := map[string][]string{}
	_, err := all(ctx, r, "SELECT sku, class FROM product WHERE class <> '' AND sku <> '' AND binned_at IS NULL "+
		"UNION SELECT v.sku, p.class FROM product p JOIN product_variant v ON v.product_id = p.id WHERE p.class <> '' AND v.sku <> '' AND p.binned_at IS NULL", nil, func(row scanner) (struct{}, error) {
		var sku, class string
		err := row.Scan(&sku, &class)
		classes[sku] = append(classes[sku], class)
		return struct{}{}, err
	})
	return classes, err
}
