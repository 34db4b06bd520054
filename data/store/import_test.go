package store

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

func day(n int) time.Time { return time.Date(2026, 1, n, 8, 30, 0, 0, time.UTC) }

func usd(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }

func fullOrder() data.Order {
	return data.Order{
		Number: "1001", Buyer: data.Buyer{Handle: "h1", Name: "Ann Example", Email: "ann@example.com", Phone: "1", Country: "US", Language: "en"},
		Status: data.StatusShipped, PlatformStatus: "SHIPPED", Total: usd(4599), Shipping: usd(199), Refunded: usd(1),
		PaymentMethod: "card", PaymentRef: "T1", OrderedAt: day(1), PaidAt: day(2), ShipBy: day(5), ShippedAt: day(4), DeliveredAt: day(9),
		ShipTo:    data.Address{Name: "Ann E.", Line1: "1 Road", Line2: "Flat 2", Line3: "x", City: "Town", State: "ST", Postcode: "00123", Country: "US", Phone: "2"},
		BuyerNote: "ring twice", SellerNote: "careful",
		Items: []data.Item{
			{ExternalID: "i1", SKU: "S1", Title: "Red shoe", Variation: "40", Quantity: 1, Price: usd(2000)},
			{ExternalID: "i2", SKU: "S2", Title: "Blue shoe", Variation: "41", Quantity: 2, Price: usd(1300)},
		},
		Shipments: []data.Shipment{{
			Carrier: "Post", Service: "Air", Tracking: "LP1", ShippedAt: day(4), DeliveredAt: day(9),
			Events: []data.TrackingEvent{{At: day(4), Place: "Hub", Text: "Accepted"}, {At: day(9), Place: "Town", Text: "Delivered"}},
		}},
		Extra: map[string]string{"Voucher": "X1"}, SourceTime: day(10),
	}
}

func oneOrder(t *testing.T, s *Store, number string) *data.Order {
	t.Helper()
	ids, err := s.OrdersByNumber(context.Background(), number)
	if err != nil || len(ids) != 1 {
		t.Fatalf("orders %s: %v %v", number, ids, err)
	}
	o, err := s.Order(context.Background(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// bare takes the row ids out of an order, to compare what it says.
func bare(o *data.Order) data.Order {
	c := *o
	c.ID, c.Buyer.ID, c.Shop = 0, 0, data.Shop{}
	c.Buyer.Platform = ""
	c.Shipments = append([]data.Shipment(nil), o.Shipments...)
	for i := range c.Shipments {
		c.Shipments[i].ID = 0
		c.Shipments[i].Events = append([]data.TrackingEvent(nil), c.Shipments[i].Events...)
		for k := range c.Shipments[i].Events {
			c.Shipments[i].Events[k].ID = 0
		}
	}
	return c
}

func TestOrderComesBackWhole(t *testing.T) {
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	want := fullOrder()
	importAll(t, s, shop, want)
	toldByFile(&want)
	got := oneOrder(t, s, "1001")
	if !reflect.DeepEqual(bare(got), want) {
		t.Errorf("imported:\n%+v\nwant\n%+v", bare(got), want)
	}
	if got.Shop != shop {
		t.Errorf("shop %+v", got.Shop)
	}
	// Undo restores an order from its JSON: every field must survive it.
	text, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	update(t, s, func(tx *Tx) error {
		return tx.PutOrder(&data.Order{Shop: shop, Number: "1001", Status: data.StatusCanceled})
	})
	if o := oneOrder(t, s, "1001"); o.Status != data.StatusCanceled || len(o.Items) != 0 || o.ID != got.ID {
		t.Errorf("PutOrder must write what it is given: %+v", o)
	}
	var back data.Order
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	update(t, s, func(tx *Tx) error { return tx.PutOrder(&back) })
	if o := oneOrder(t, s, "1001"); !reflect.DeepEqual(bare(o), want) {
		t.Errorf("restored:\n%+v", bare(o))
	}
}

func TestImportTwiceChangesNothing(t *testing.T) {
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	// Two orders of one buyer who wrote the name in two ways.
	a, b := fullOrder(), fullOrder()
	b.Number, b.Buyer.Name = "1002", "Ann Ex."
	if c := importAll(t, s, shop, a, b, a); c != (data.ImportCounts{Added: 2, Unchanged: 1}) {
		t.Errorf("first: %+v", c)
	}
	before := shell(t, s.Path(), ".dump orders", ".dump item", ".dump shipment", ".dump buyer")
	if c := importAll(t, s, shop, a, b); c != (data.ImportCounts{Unchanged: 2}) {
		t.Errorf("second: %+v", c)
	}
	if after := shell(t, s.Path(), ".dump orders", ".dump item", ".dump shipment", ".dump buyer"); after != before {
		t.Error("the second import wrote something")
	}
	if got := oneOrder(t, s, "1001").Buyer.Name; got != "Ann Example" {
		t.Errorf("the order's own buyer: %q", got)
	}
}

func TestUpdateRules(t *testing.T) {
	for _, c := range []struct {
		name string
		told func(*data.Order)
		want data.ImportCounts
		then func(*data.Order) // what the first order becomes
	}{
		{
			"empty fields erase nothing",
			func(o *data.Order) { *o = data.Order{Number: "1001", Status: data.StatusUnknown} },
			data.ImportCounts{Unchanged: 1},
			func(*data.Order) {},
		},
		{
			"a newer status",
			func(o *data.Order) {
				*o = data.Order{Number: "1001", Status: data.StatusDelivered, SourceTime: day(11)}
			},
			data.ImportCounts{Updated: 1},
			func(o *data.Order) { o.Status, o.SourceTime = data.StatusDelivered, day(11) },
		},
		{
			"an older file",
			func(o *data.Order) { o.Status, o.SourceTime = data.StatusToShip, day(3) },
			data.ImportCounts{Older: 1},
			func(*data.Order) {},
		},
		{
			"the seller's note stays",
			func(o *data.Order) { o.SellerNote, o.BuyerNote = "from the file", "new" },
			data.ImportCounts{Updated: 1},
			func(o *data.Order) { o.BuyerNote = "new" },
		},
		{
			"an item by its id, another added",
			func(o *data.Order) {
				o.Items = []data.Item{
					{ExternalID: "i2", Title: "Blue shoe, new name", Quantity: 3},
					{ExternalID: "i3", SKU: "S3", Title: "Laces", Quantity: 1},
				}
			},
			data.ImportCounts{Updated: 1},
			func(o *data.Order) {
				o.Items = []data.Item{
					o.Items[0],
					{ExternalID: "i2", SKU: "S2", Title: "Blue shoe, new name", Variation: "41", Quantity: 3, Price: usd(1300)},
					{ExternalID: "i3", SKU: "S3", Title: "Laces", Quantity: 1},
				}
			},
		},
		{
			"items without ids by SKU, then position",
			func(o *data.Order) {
				o.Items = []data.Item{{SKU: "S2", Title: "Blue", Quantity: 2}, {Title: "Crimson shoe", Quantity: 1}}
			},
			data.ImportCounts{Updated: 1},
			func(o *data.Order) {
				o.Items[1].Title = "Blue"
				o.Items = append(o.Items, data.Item{Title: "Crimson shoe", Quantity: 1})
			},
		},
		{
			"parcels by tracking number",
			func(o *data.Order) {
				o.Shipments = []data.Shipment{
					{Tracking: "LP2", Carrier: "Post"},
					{Tracking: "LP1", Events: []data.TrackingEvent{{At: day(6), Place: "Sea", Text: "On board"}, {At: day(4), Place: "Hub", Text: "Accepted"}}},
				}
			},
			data.ImportCounts{Updated: 1},
			func(o *data.Order) {
				e := o.Shipments[0].Events
				o.Shipments[0].Events = []data.TrackingEvent{e[0], {At: day(6), Place: "Sea", Text: "On board"}, e[1]}
				o.Shipments = append(o.Shipments, data.Shipment{Tracking: "LP2", Carrier: "Post"})
			},
		},
		{
			"a parcel without its number is the one that is known",
			func(o *data.Order) { o.Shipments = []data.Shipment{{Carrier: "Post B"}} },
			data.ImportCounts{Updated: 1},
			func(o *data.Order) { o.Shipments[0].Carrier = "Post B" },
		},
		{
			"a new street takes its lines along",
			func(o *data.Order) { o.ShipTo = data.Address{Line1: "9 Lane"} },
			data.ImportCounts{Updated: 1},
			func(o *data.Order) { o.ShipTo.Line1, o.ShipTo.Line2, o.ShipTo.Line3 = "9 Lane", "", "" },
		},
		{
			"further columns are joined",
			func(o *data.Order) { o.Extra = map[string]string{"Gift": "yes", "Voucher": ""} },
			data.ImportCounts{Updated: 1},
			func(o *data.Order) { o.Extra = map[string]string{"Gift": "yes", "Voucher": "X1"} },
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := openNew(t)
			shop := newShop(t, s, data.EBay, "a")
			importAll(t, s, shop, fullOrder())
			told, want := fullOrder(), fullOrder()
			c.told(&told)
			c.then(&want)
			toldByFile(&want)
			if got := importAll(t, s, shop, told); got != c.want {
				t.Errorf("counts %+v, want %+v", got, c.want)
			}
			if got := bare(oneOrder(t, s, "1001")); !reflect.DeepEqual(got, want) {
				t.Errorf("\ngot  %+v\nwant %+v", got, want)
			}
			entries, err := s.JournalOf(context.Background(), "order", OrderKey(shop, "1001"))
			if err != nil || len(entries) != c.want.Updated {
				t.Fatalf("%d entries, %v", len(entries), err)
			}
			for _, e := range entries {
				if e.Before == "" || e.After == "" || e.Before == e.After {
					t.Errorf("%+v", e)
				}
			}
		})
	}
}

// A newer file that still says the same protects against one in between.
func TestConfirmedStateIsNotUndone(t *testing.T) {
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	at := func(n int, status data.OrderStatus) data.Order {
		o := fullOrder()
		o.SourceTime, o.Status = day(n), status
		return o
	}
	importAll(t, s, shop, at(10, data.StatusDelivered))
	importAll(t, s, shop, at(20, data.StatusDelivered))
	if c := importAll(t, s, shop, at(15, data.StatusShipped)); c.Older != 1 {
		t.Errorf("%+v", c)
	}
}

func TestImportIsRecorded(t *testing.T) {
	ctx := context.Background()
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	importAll(t, s, shop, benchOrder(1), benchOrder(2))
	o := oneOrder(t, s, benchOrder(1).Number)
	list, err := s.ImportsOfOrder(ctx, o.ID)
	if err != nil || len(list) != 1 || list[0].Counts.Added != 2 || list[0].Shop != shop || list[0].Operator != "tester" {
		t.Fatalf("%+v %v", list, err)
	}
	entries, err := s.JournalOf(ctx, "import", list[0].UID)
	if err != nil || len(entries) != 2 {
		t.Fatal(entries, err)
	}
	if n := benchOrder(2).Number; !strings.Contains(entries[0].After, n) || !strings.Contains(entries[1].After, `"added":2`) {
		t.Errorf("%+v", entries)
	}
}

// Filling an empty desk works without indexes; afterwards all are there again.
func TestBulkImportRestoresIndexes(t *testing.T) {
	s := openNew(t)
	const query = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name IN ('orders', 'buyer') ORDER BY name"
	before := shell(t, s.Path(), query)
	shop := newShop(t, s, data.EBay, "a")
	var orders []data.Order
	for i := range 300 {
		orders = append(orders, benchOrder(i), benchOrder(i)) // each twice
	}
	if c := importAll(t, s, shop, orders...); c.Added != 300 || c.Unchanged != 300 {
		t.Errorf("%+v", c)
	}
	if after := shell(t, s.Path(), query); after != before || !strings.Contains(after, "orders_status") {
		t.Errorf("indexes differ:\n%s\n---\n%s", before, after)
	}
	if got := shell(t, s.Path(), "PRAGMA integrity_check"); strings.Contains(got, "missing") || strings.Contains(got, "wrong") {
		t.Error(got)
	}
	more := benchOrder(1000)
	if c := importAll(t, s, shop, more, benchOrder(5)); c.Added != 1 || c.Unchanged != 1 {
		t.Errorf("%+v", c)
	}
}

// A file with more orders and buyers than an import remembers gives the same
// desk as one with fewer.
func TestLongImport(t *testing.T) {
	defer func(buyers, seen int) { maxBuyers, maxSeen = buyers, seen }(maxBuyers, maxSeen)
	var orders []data.Order
	for i := range 60 {
		orders = append(orders, benchOrder(i), benchOrder(i/2)) // the second is known
	}
	dump := func(buyers, seen int) string {
		maxBuyers, maxSeen = buyers, seen
		s := openNew(t)
		if c := importAll(t, s, newShop(t, s, data.EBay, "a"), orders...); c.Added != 60 || c.Unchanged != 60 {
			t.Errorf("%d buyers, %d numbers: %+v", buyers, seen, c)
		}
		if _, err := s.write.Exec("INSERT INTO order_search (order_search) VALUES ('integrity-check')"); err != nil {
			t.Error(err)
		}
		if ids, err := s.OrderIDs(context.Background(), data.OrderQuery{Search: "耳机"}); err != nil || len(ids) != 12 {
			t.Error(ids, err)
		}
		return shell(t, s.Path(), ".dump orders", ".dump buyer", ".dump item")
	}
	want := dump(1000, 1000)
	for _, c := range [][2]int{{7, 1000}, {1000, 7}, {7, 13}, {13, 7}, {1, 1}} {
		if got := dump(c[0], c[1]); got != want {
			t.Errorf("%v: the desks differ", c)
		}
	}
}

func TestUnfinishedImportFails(t *testing.T) {
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	err := s.Update(context.Background(), func(tx *Tx) error {
		m, err := tx.ImportOrders(&Import{Shop: shop})
		if err != nil {
			return err
		}
		o := benchOrder(1)
		_, err = m.Add(&o)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "not finished") {
		t.Error(err)
	}
	if stats, _ := s.Stats(context.Background()); stats.Orders != 0 {
		t.Errorf("%+v", stats)
	}
}

// Two shops may use one number.
func TestSameNumberInTwoShops(t *testing.T) {
	s := openNew(t)
	a, b := newShop(t, s, data.EBay, "a"), newShop(t, s, data.Amazon, "b")
	importAll(t, s, a, benchOrder(1))
	importAll(t, s, b, benchOrder(1))
	ids, err := s.OrdersByNumber(context.Background(), " "+benchOrder(1).Number+" ")
	if err != nil || len(ids) != 2 {
		t.Error(ids, err)
	}
	if o, err := s.OrderByKey(context.Background(), b.ID, benchOrder(1).Number); err != nil || o.Shop != b {
		t.Error(o, err)
	}
}

// An import that is given up leaves no trace: not of orders, not of the
// preparations for many.
func TestGivenUpImport(t *testing.T) {
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	const schema = "SELECT sql FROM sqlite_schema ORDER BY name"
	before := shell(t, s.Path(), schema)
	ctx, cancel := context.WithCancel(context.Background())
	err := s.Update(ctx, func(tx *Tx) error {
		m, err := tx.ImportOrders(&Import{Shop: shop})
		if err != nil {
			return err
		}
		for i := range 2000 {
			if i == 1500 {
				cancel()
			}
			o := benchOrder(i)
			if _, err := m.Add(&o); err != nil {
				return err
			}
		}
		_, err = m.Finish(0)
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if after := shell(t, s.Path(), schema); after != before {
		t.Errorf("the schema changed:\n%s", after)
	}
	var cache int
	if err := s.write.QueryRow("PRAGMA cache_size").Scan(&cache); err != nil || cache != -usualCache {
		t.Errorf("the page cache is %d, %v", cache, err)
	}
	importAll(t, s, shop, benchOrder(1))
	if n, err := s.OrderIDs(context.Background(), data.OrderQuery{Search: "耳机"}); err != nil || len(n) != 1 {
		t.Error(n, err)
	}
	if got := shell(t, s.Path(), "SELECT count(*) FROM orders", "SELECT count(*) FROM import"); got != "1\n1" {
		t.Error(got)
	}
	if got := shell(t, s.Path(), "SELECT count(*) FROM order_search_config WHERE k <> 'version'"); got != "0" {
		t.Error("the search index is tuned for an import still")
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(s.Path()), fillName)); err != nil || len(left) != 0 {
		t.Error("left behind:", left, err)
	}
}

// An import of numbers that come once remembers none: one that comes twice all the
// same fails it as a whole.
func TestNumbersThatComeOnce(t *testing.T) {
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	const schema = "SELECT sql FROM sqlite_schema ORDER BY name"
	before := shell(t, s.Path(), schema)
	once := func(orders ...int) error {
		return s.Update(context.Background(), func(tx *Tx) error {
			m, err := tx.ImportOrders(&Import{Shop: shop})
			if err != nil {
				return err
			}
			m.Once = true
			for _, i := range orders {
				o := benchOrder(i)
				if _, err := m.Add(&o); err != nil {
					return err
				}
			}
			_, err = m.Finish(0)
			return err
		})
	}
	if err := once(1, 2, 1); err == nil {
		t.Error("a number came twice, and nobody said so")
	}
	if got := shell(t, s.Path(), "SELECT count(*) FROM orders", "SELECT count(*) FROM buyer"); got != "0\n0" {
		t.Errorf("left behind: %s", got)
	}
	if err := once(1, 2); err != nil {
		t.Fatal(err)
	}
	if got := shell(t, s.Path(), "SELECT count(*) FROM orders", "SELECT count(*) FROM journal WHERE action = 'order.add'"); got != "2\n1" {
		t.Error(got)
	}
	if after := shell(t, s.Path(), schema); after != before {
		t.Errorf("the schema changed:\n%s", after)
	}
}
