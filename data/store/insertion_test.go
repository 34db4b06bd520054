package store

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"casebinder/data"
)

// An insertion leaves empty texts and NULLs to the defaults: they must be the same.
func TestDefaultsOfInsertionsAreEmpty(t *testing.T) {
	s := openNew(t)
	type column struct {
		name, kind string
		must       bool
		usual      *string
	}
	told := map[string][]string{"orders": {"shop_id", "number", "status"}, "item": {"order_id", "position", "quantity"}, "shipment": {"order_id"}} // never empty
	for _, n := range []*insertion{orderInsertion, itemInsertion, shipmentInsertion} {
		if len(n.columns) > 64 {
			t.Errorf("%s has more columns than a mask has bits", n.table)
		}
		columns, err := all(context.Background(), &s.Reader, "SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info(?)", []any{n.table}, func(row scanner) (c column, err error) {
			return c, row.Scan(&c.name, &c.kind, &c.must, &c.usual)
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range columns {
			empty := c.usual == nil && !c.must || c.usual != nil && c.kind == "TEXT" && *c.usual == "''" || c.usual != nil && c.kind == "INTEGER" && *c.usual == "0"
			if slices.Contains(n.columns, c.name) && !empty && !slices.Contains(told[n.table], c.name) {
				t.Errorf("%s.%s, when it is left out, is not empty", n.table, c.name)
			}
		}
	}
}

// Rows that fill different columns, more ways than statements are kept for, are each
// stored whole.
func TestRowsOfManyShapes(t *testing.T) {
	s := openNew(t)
	shop := newShop(t, s, "ebay", "s")
	update(t, s, func(tx *Tx) error {
		for i := range 3 * maxShapes {
			o := data.Order{Shop: shop, Number: fmt.Sprint(i), Status: data.StatusToShip}
			for bit, field := range []*string{&o.ShipTo.Name, &o.ShipTo.Line1, &o.ShipTo.Line2, &o.ShipTo.Line3, &o.ShipTo.City, &o.ShipTo.State, &o.BuyerNote, &o.SellerNote, &o.PaymentRef} {
				if i>>bit&1 != 0 {
					*field = fmt.Sprintf("%d-%d", i, bit)
				}
			}
			o.Items = []data.Item{{Title: o.BuyerNote, Quantity: int64(i % 2)}}
			if err := tx.PutOrder(&o); err != nil {
				return err
			}
		}
		return tx.Record(data.Change{Action: "test", Entity: "order", Key: "many"})
	})
	for i := range 3 * maxShapes {
		o, err := s.OrderByKey(context.Background(), shop.ID, fmt.Sprint(i))
		if err != nil {
			t.Fatal(err)
		}
		for bit, got := range []string{o.ShipTo.Name, o.ShipTo.Line1, o.ShipTo.Line2, o.ShipTo.Line3, o.ShipTo.City, o.ShipTo.State, o.BuyerNote, o.SellerNote, o.PaymentRef} {
			want := ""
			if i>>bit&1 != 0 {
				want = fmt.Sprintf("%d-%d", i, bit)
			}
			if got != want {
				t.Errorf("order %d, text %d: %q, not %q", i, bit, got, want)
			}
		}
		if len(o.Items) != 1 || o.Items[0].Quantity != int64(i%2) {
			t.Errorf("order %d: items %+v", i, o.Items)
		}
	}
}
