package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"casebinder/data"
)

// orderColumns are the columns of an order that PutOrder writes, in the order
// of orderValues.
const orderColumns = "shop_id, number, buyer_id, buyer_handle, buyer_name, buyer_email, buyer_phone, buyer_country, buyer_language, " +
	"status, platform_status, total_minor, total_currency, shipping_minor, shipping_currency, refunded_minor, refunded_currency, " +
	"payment_method, payment_ref, ordered_at, paid_at, ship_by, shipped_at, delivered_at, " +
	"ship_name, ship_line1, ship_line2, ship_line3, ship_city, ship_state, ship_postcode, ship_country, ship_phone, " +
	"buyer_note, seller_note, extra, parts, payment, deliver_by, stated, source_time, country, tracking, item_title, " +
	"canceled_at, canceled_by, cancel_reason, confirmed_at, confirmed_how, fulfilled_by, tracking_told_at, return_reason"

func orderValues(o *data.Order, j orderJSON) []any {
	return []any{
		o.Shop.ID, o.Number, ref(o.Buyer.ID), o.Buyer.Handle, o.Buyer.Name, o.Buyer.Email, o.Buyer.Phone, o.Buyer.Country, o.Buyer.Language,
		string(o.Status), o.PlatformStatus, o.Total.Minor, o.Total.Currency, o.Shipping.Minor, o.Shipping.Currency, o.Refunded.Minor, o.Refunded.Currency,
		o.PaymentMethod, o.PaymentRef, ms(o.OrderedAt), ms(o.PaidAt), ms(o.ShipBy), ms(o.ShippedAt), ms(o.DeliveredAt),
		o.ShipTo.Name, o.ShipTo.Line1, o.ShipTo.Line2, o.ShipTo.Line3, o.ShipTo.City, o.ShipTo.State, o.ShipTo.Postcode, o.ShipTo.Country, o.ShipTo.Phone,
		o.BuyerNote, o.SellerNote, j.extra, j.parts, j.payment, ms(o.DeliverBy), j.stated, ms(o.SourceTime), orderCountry(o), orderTracking(o), orderTitle(o),
		ms(o.Fate.CanceledAt), string(o.Fate.CanceledBy), string(o.Fate.CancelReason), ms(o.Fate.ConfirmedAt), o.Fate.ConfirmedHow, o.Fate.FulfilledBy,
		ms(o.Fate.TrackingToldAt), string(o.Fate.ReturnReason),
	}
}

func orderCountry(o *data.Order) string {
	if o.ShipTo.Country != "" {
		return o.ShipTo.Country
	}
	return o.Buyer.Country
}

func orderTracking(o *data.Order) string {
	for _, s := range o.Shipments {
		if s.Tracking != "" && s.Kind != data.ShipmentReturn {
			return s.Tracking
		}
	}
	return ""
}

func orderTitle(o *data.Order) string {
	if len(o.Items) == 0 {
		return ""
	}
	return o.Items[0].Title
}

// orderJSON are the columns of an order that hold JSON; "" is nothing.
type orderJSON struct{ extra, parts, payment, stated string }

func jsonOf(o *data.Order) (j orderJSON, err error) {
	for _, c := range []struct {
		to    *string
		empty bool
		value any
	}{
		{&j.extra, len(o.Extra) == 0, o.Extra},
		{&j.parts, len(o.Parts) == 0, o.Parts},
		{&j.payment, o.Payment.IsZero(), o.Payment},
		{&j.stated, len(o.Stated) == 0, o.Stated},
	} {
		if c.empty {
			continue
		}
		b, err := json.Marshal(c.value) // sorts the keys of a map
		if err != nil {
			return j, fmt.Errorf("writing the order %s: %w", o.Number, err)
		}
		*c.to = string(b)
	}
	return j, nil
}

func (j orderJSON) into(o *data.Order) error {
	for _, c := range []struct {
		from string
		to   any
		what string
	}{
		{j.extra, &o.Extra, "further columns"},
		{j.parts, &o.Parts, "parts of its amounts"},
		{j.payment, &o.Payment, "payment"},
		{j.stated, &o.Stated, "what a person stated"},
	} {
		if c.from == "" {
			continue
		}
		if err := json.Unmarshal([]byte(c.from), c.to); err != nil {
			return fmt.Errorf("order %s, %s: %w", o.Number, c.what, data.ErrDamaged)
		}
	}
	return nil
}

var orderSelect = "SELECT o.id, s.platform, s.name, s.zone, s.currency, " + prefixed("o", orderColumns) +
	" FROM orders o JOIN shop s ON s.id = o.shop_id WHERE o.id = ?"

func scanOrder(row scanner) (*data.Order, error) {
	var o data.Order
	var j orderJSON
	var country, tracking, title string
	err := row.Scan(&o.ID, &o.Shop.Platform, &o.Shop.Name, &o.Shop.Zone, &o.Shop.Currency,
		&o.Shop.ID, &o.Number, rowRef{&o.Buyer.ID}, &o.Buyer.Handle, &o.Buyer.Name, &o.Buyer.Email, &o.Buyer.Phone, &o.Buyer.Country, &o.Buyer.Language,
		&o.Status, &o.PlatformStatus, &o.Total.Minor, &o.Total.Currency, &o.Shipping.Minor, &o.Shipping.Currency, &o.Refunded.Minor, &o.Refunded.Currency,
		&o.PaymentMethod, &o.PaymentRef, moment{&o.OrderedAt}, moment{&o.PaidAt}, moment{&o.ShipBy}, moment{&o.ShippedAt}, moment{&o.DeliveredAt},
		&o.ShipTo.Name, &o.ShipTo.Line1, &o.ShipTo.Line2, &o.ShipTo.Line3, &o.ShipTo.City, &o.ShipTo.State, &o.ShipTo.Postcode, &o.ShipTo.Country, &o.ShipTo.Phone,
		&o.BuyerNote, &o.SellerNote, &j.extra, &j.parts, &j.payment, moment{&o.DeliverBy}, &j.stated, moment{&o.SourceTime}, &country, &tracking, &title,
		moment{&o.Fate.CanceledAt}, &o.Fate.CanceledBy, &o.Fate.CancelReason, moment{&o.Fate.ConfirmedAt}, &o.Fate.ConfirmedHow, &o.Fate.FulfilledBy,
		moment{&o.Fate.TrackingToldAt}, &o.Fate.ReturnReason)
	if err != nil {
		return nil, err
	}
	o.Buyer.Platform = o.Shop.Platform
	return &o, j.into(&o)
}

// Order gives an order with its items, shipments and their scans.
func (r *Reader) Order(ctx context.Context, id int64) (*data.Order, error) {
	o, err := first(ctx, r, orderSelect, []any{id}, scanOrder)
	if err != nil {
		return nil, missing(err, "order", id)
	}
	if o.Items, err = r.items(ctx, id); err != nil {
		return nil, err
	}
	if o.Shipments, err = r.shipments(ctx, id); err != nil {
		return nil, err
	}
	return o, nil
}

func (r *Reader) items(ctx context.Context, orderID int64) ([]data.Item, error) {
	const query = "SELECT external_id, sku, title, variation, quantity, price_minor, price_currency FROM item WHERE order_id = ? ORDER BY position"
	return all(ctx, r, query, []any{orderID}, func(row scanner) (i data.Item, err error) {
		return i, row.Scan(&i.ExternalID, &i.SKU, &i.Title, &i.Variation, &i.Quantity, &i.Price.Minor, &i.Price.Currency)
	})
}

func (r *Reader) shipments(ctx context.Context, orderID int64) ([]data.Shipment, error) {
	const query = "SELECT id, " + shipmentColumns + " FROM shipment WHERE order_id = ? ORDER BY id"
	list, err := all(ctx, r, query, []any{orderID}, func(row scanner) (s data.Shipment, err error) {
		return s, row.Scan(&s.ID, &s.Carrier, &s.Service, &s.Tracking, moment{&s.ShippedAt}, moment{&s.DeliveredAt}, &s.Told,
			&s.Kind, moment{&s.PromisedAt}, &s.Weight, &s.Postcode, &s.SignedBy, moment{&s.LostAt})
	})
	if err != nil {
		return nil, err
	}
	for i := range list {
		const query = "SELECT id, at, place, text, told, intake_id FROM tracking_event WHERE shipment_id = ? ORDER BY at, id"
		list[i].Events, err = all(ctx, r, query, []any{list[i].ID}, func(row scanner) (e data.TrackingEvent, err error) {
			return e, row.Scan(&e.ID, moment{&e.At}, &e.Place, &e.Text, &e.Told, rowRef{&e.IntakeID})
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// OrderByKey gives the order with the natural key.
func (r *Reader) OrderByKey(ctx context.Context, shopID int64, number string) (*data.Order, error) {
	id, err := r.OrderID(ctx, shopID, number)
	if err != nil {
		return nil, err
	}
	return r.Order(ctx, id)
}

// OrderID gives the id of the order with the natural key.
func (r *Reader) OrderID(ctx context.Context, shopID int64, number string) (int64, error) {
	id, err := first(ctx, r, "SELECT id FROM orders WHERE shop_id = ? AND number = ?", []any{shopID, number}, scanOne[int64])
	return id, missing(err, "order", number)
}

// OrdersByPayment gives the ids of the orders with a reference at the payment
// service, over all shops.
func (r *Reader) OrdersByPayment(ctx context.Context, ref string) ([]int64, error) {
	const query = "SELECT id FROM orders WHERE payment_ref = ? AND payment_ref <> '' ORDER BY id"
	return all(ctx, r, query, []any{strings.TrimSpace(ref)}, scanOne[int64])
}

// OrdersByNumber gives the ids of the orders with a number, over all shops.
func (r *Reader) OrdersByNumber(ctx context.Context, number string) ([]int64, error) {
	return all(ctx, r, "SELECT id FROM orders WHERE number = ? ORDER BY id", []any{strings.TrimSpace(number)}, scanOne[int64])
}

// PutOrder writes every field of an order as it is given: the one with its ID,
// else the one with its natural key, else a new one. Items and shipments are
// replaced. It sets the ID and the buyer's ID. The shop must be in the desk;
// its ID may be 0.
func (t *Tx) PutOrder(o *data.Order) error {
	if o.Number == "" {
		return problemIncomplete.New("entity", "order", "field", "number")
	}
	if o.Shop.ID == 0 {
		shop, err := t.ShopByKey(t.ctx, o.Shop.Platform, o.Shop.Name)
		if err != nil {
			return err
		}
		o.Shop = shop
	}
	if o.Status == "" {
		o.Status = data.StatusUnknown
	}
	if o.ID == 0 {
		known, err := first(t.ctx, &t.Reader, "SELECT id FROM orders WHERE shop_id = ? AND number = ?", []any{o.Shop.ID, o.Number}, scanOne[int64])
		if err == nil {
			o.ID = known
		} else if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	stored(o)
	if err := t.putBuyer(o); err != nil {
		return err
	}
	return t.writeOrder(o, orderTrace{})
}

// orderTrace says which import an order comes from.
type orderTrace struct {
	first, last int64 // imports; 0: unchanged or none
	hash        string
}

var (
	orderInsertion = insertionOf("orders", orderColumns+", import_id, import_last, import_hash")
	orderUpdateSQL = strings.Replace(updateSQL("orders", orderColumns), " WHERE",
		", import_last = coalesce(?, import_last), import_hash = ? WHERE", 1)
)

// writeOrder writes an order whose buyer is known, with all that belongs to it.
func (t *Tx) writeOrder(o *data.Order, trace orderTrace) error {
	if o.Erased() { // whoever writes it: what was erased does not come back
		o.WithoutPersonal(o.Buyer.Handle, func(text string) string { return text })
	}
	columns, err := jsonOf(o)
	if err != nil {
		return err
	}
	values := orderValues(o, columns)
	fresh := o.ID == 0
	if fresh {
		if o.ID, err = t.put(orderInsertion, append(values, ref(trace.first), ref(trace.last), trace.hash)...); err != nil {
			return conflicting(err, "order")
		}
	} else {
		if err := t.touchBuyer(o.ID); err != nil {
			return err
		}
		t.staleBuyer(o.Buyer.ID)
		if err := t.change("order", o.Number, orderUpdateSQL, append(values, ref(trace.last), trace.hash, o.ID)...); err != nil {
			return err
		}
		for _, table := range []string{"item", "shipment"} {
			if _, err := t.exec("DELETE FROM "+table+" WHERE order_id = ?", o.ID); err != nil {
				return err
			}
		}
	}
	if err := t.writeParts(o); err != nil {
		return err
	}
	if !fresh {
		if err := t.touchRisk(o.ID); err != nil {
			return err
		}
	}
	return t.index("order_search", o.ID, fresh, orderText(o))
}

const shipmentColumns = "carrier, service, tracking, shipped_at, delivered_at, told, kind, promised_at, weight_g, postcode, signed_by, lost_at"

var (
	itemInsertion = insertionOf("item",
		"order_id, position, external_id, sku, title, variation, quantity, price_minor, price_currency")
	shipmentInsertion = insertionOf("shipment", "order_id, "+shipmentColumns)
	scanInsertSQL     = strings.Replace(insertSQL("tracking_event", "shipment_id, at, place, text, told, intake_id"), "INSERT", "INSERT OR IGNORE", 1)
)

func (t *Tx) writeParts(o *data.Order) error {
	for i, it := range o.Items {
		_, err := t.put(itemInsertion, o.ID, i+1, it.ExternalID, it.SKU, it.Title, it.Variation, it.Quantity, it.Price.Minor, it.Price.Currency)
		if err != nil {
			return conflicting(err, "item")
		}
	}
	for i := range o.Shipments {
		s := &o.Shipments[i]
		id, err := t.put(shipmentInsertion, o.ID, s.Carrier, s.Service, s.Tracking, ms(s.ShippedAt), ms(s.DeliveredAt), string(s.Told),
			string(s.Kind), ms(s.PromisedAt), s.Weight, s.Postcode, s.SignedBy, ms(s.LostAt))
		if err != nil {
			return conflicting(err, "shipment")
		}
		s.ID = id
		for _, e := range s.Events {
			if _, err := t.exec(scanInsertSQL, id, e.At.UnixMilli(), e.Place, e.Text, string(e.Told), ref(e.IntakeID)); err != nil {
				return err
			}
		}
	}
	return nil
}

const buyerColumns = "platform, handle, name, email, phone, country, language"

func scanBuyer(row scanner) (b data.Buyer, err error) {
	return b, row.Scan(&b.ID, &b.Platform, &b.Handle, &b.Name, &b.Email, &b.Phone, &b.Country, &b.Language)
}

// Buyer gives a buyer as last seen.
func (r *Reader) Buyer(ctx context.Context, id int64) (data.Buyer, error) {
	b, err := first(ctx, r, "SELECT id, "+buyerColumns+" FROM buyer WHERE id = ?", []any{id}, scanBuyer)
	return b, missing(err, "buyer", id)
}

// putBuyer finds or makes the row of an order's buyer and sets its ID. What
// the order does not tell of the buyer stays as it was. An order without any
// handle has no buyer row.
func (t *Tx) putBuyer(o *data.Order) error {
	o.Buyer.Platform = o.Shop.Platform
	if o.Buyer.Handle == "" {
		o.Buyer.ID = 0
		return nil
	}
	known, err := first(t.ctx, &t.Reader, "SELECT id, "+buyerColumns+" FROM buyer WHERE platform = ? AND handle = ?",
		[]any{string(o.Shop.Platform), o.Buyer.Handle}, scanBuyer)
	if err != nil {
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		return t.insertBuyer(&o.Buyer)
	}
	o.Buyer.ID = known.ID
	return t.updateBuyer(known, o.Buyer)
}

func (t *Tx) insertBuyer(b *data.Buyer) (err error) {
	b.ID, err = t.insert(insertSQL("buyer", buyerColumns), string(b.Platform), b.Handle, b.Name, b.Email, b.Phone, b.Country, b.Language)
	return err
}

func (t *Tx) updateBuyer(known, told data.Buyer) error {
	merged := mergeBuyer(known, told)
	if merged == known {
		return nil
	}
	return t.change("buyer", known.Handle, updateSQL("buyer", buyerColumns), string(merged.Platform), merged.Handle,
		merged.Name, merged.Email, merged.Phone, merged.Country, merged.Language, known.ID)
}

// orderText is what a search over orders looks at.
func orderText(o *data.Order) []string {
	text := make([]string, 0, 16+3*len(o.Items)+len(o.Shipments))
	text = append(text, o.Number, o.Buyer.Name, o.Buyer.Handle)
	for _, v := range []string{o.Buyer.Email, o.Buyer.Phone} {
		if v != o.Buyer.Handle {
			text = append(text, v)
		}
	}
	if o.ShipTo.Name != o.Buyer.Name {
		text = append(text, o.ShipTo.Name)
	}
	text = append(text, o.ShipTo.Postcode, o.PaymentRef, o.BuyerNote, o.SellerNote)
	for _, it := range o.Items {
		text = append(text, it.Title, it.SKU)
	}
	for _, s := range o.Shipments {
		text = append(text, s.Tracking)
	}
	return text
}
