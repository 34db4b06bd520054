package desk_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

func write1(t *testing.T, d *desk.Desk, id int64, w desk.OrderDeed) {
	t.Helper()
	must(t, d.WriteOrder(t.Context(), id, w))
}

func undo(t *testing.T, d *desk.Desk) {
	t.Helper()
	_, err := d.Undo(t.Context())
	must(t, err)
}

// deedDesk has the order 700 to ship, of EUR 40.00, with an address, as a file told
// it; again imports the file with another status and more.
func deedDesk(t *testing.T) (d *desk.Desk, id int64, again func(row string)) {
	t.Helper()
	d, _ = aliExpressCase(t)
	custom := ""
	again = func(row string) {
		t.Helper()
		path := write(t, "orders.csv", "Number;Buyer;Total;At;Status;Shipped;Refund;Street;City;Zip;Carrier\n"+row+"\n")
		r := desk.ImportRequest{Path: path, Shop: shopOf(t, d)}
		_ = custom
		c, err := d.MappingPreset(t.Context(), "deeds", r, map[string]string{
			"Number": "number", "Buyer": "buyer_name", "Total": "total", "At": "ordered_at", "Status": "status", "Shipped": "shipped_at",
			"Refund": "refunded", "Street": "ship_line1", "City": "ship_city", "Zip": "ship_postcode", "Carrier": "carrier",
		})
		must(t, err)
		r.Custom = c
		_, err = d.Import(t.Context(), r, nil)
		must(t, err)
	}
	again("700;Ana;45.99;2026-10-20 08:00;Awaiting shipment;;;Old Road 1;Madrid;28013;")
	return d, orderID(t, d, "700"), again
}

func TestMarkingShippedIsThePersonsWordUntilAFileTellsIt(t *testing.T) {
	d, id, again := deedDesk(t)
	before := orderNow(t, d, id)
	at := clock.Add(-2 * time.Hour)
	write1(t, d, id, desk.OrderDeed{Kind: data.OrderShipped, At: at, Tracking: "LX9", Carrier: "Post"})
	o := orderNow(t, d, id)
	if o.Status != data.StatusShipped || !o.ShippedAt.Equal(at) || !o.IsStated(data.StatedStatus) || !o.IsStated(data.StatedShipped) || len(o.Shipments) != 1 || o.Shipments[0].Told != data.TellerPerson {
		t.Fatalf("%+v", o)
	}
	again("700;Ana M.;45.99;2026-10-20 08:00;Awaiting shipment;;;Old Road 1;Madrid;28013;") // exported before
	if o = orderNow(t, d, id); o.Status != data.StatusShipped || !o.IsStated(data.StatedShipped) || o.Buyer.Name != "Ana M." {
		t.Errorf("a file that does not know it: %s, stated %v, %q", o.Status, o.Stated, o.Buyer.Name)
	}
	again("700;Ana M.;45.99;2026-10-20 08:00;shipped;2026-10-21 09:00;;Old Road 1;Madrid;28013;")
	o = orderNow(t, d, id)
	if o.IsStated(data.StatedShipped) || o.IsStated(data.StatedStatus) || o.ShippedAt.Equal(at) {
		t.Errorf("the file told it: %v at %v", o.Stated, o.ShippedAt)
	}
	undo(t, d)
	if o = orderNow(t, d, id); o.Status != data.StatusShipped || o.ShippedAt.IsZero() {
		t.Errorf("taken back, the file's word stays: %s at %v", o.Status, o.ShippedAt)
	}
	if before.Status != data.StatusToShip {
		t.Errorf("it was %s", before.Status)
	}
}

// Each deed taken back gives the order as it was, and done again as it became.
func TestDeedsAreTakenBackAndDoneAgain(t *testing.T) {
	d, id, _ := deedDesk(t)
	for _, w := range []desk.OrderDeed{
		{Kind: data.OrderShipped, Tracking: "LX9"},
		{Kind: data.OrderDelivered},
		{Kind: data.OrderRefund, Amount: data.Money{Minor: 1200, Currency: "USD"}},
		{Kind: data.OrderRefund},
		{Kind: data.OrderReturnAsked, Note: "too small"},
		{Kind: data.OrderReturnSent, Tracking: "RX1"},
		{Kind: data.OrderReturnReceived},
		{Kind: data.OrderResent, Tracking: "LX10"},
		{Kind: data.OrderAddressChange, To: data.Address{Line1: "New Road 2", City: "Madrid", Postcode: "28014"}, Sure: true},
		{Kind: data.OrderCanceled, Sure: true},
	} {
		before := view(t, d, id)
		write1(t, d, id, w)
		after := view(t, d, id)
		if len(after.Events) != len(before.Events)+1 || after.Events[len(after.Events)-1].Operator != d.Operator() {
			t.Errorf("%s: events %+v", w.Kind, after.Events)
		}
		undo(t, d)
		same(t, string(w.Kind)+" taken back", view(t, d, id), before)
		_, err := d.Redo(t.Context())
		must(t, err)
		same(t, string(w.Kind)+" done again", view(t, d, id), after)
	}
	o := orderNow(t, d, id)
	if len(o.Shipments) != 3 || o.Shipments[1].Kind != data.ShipmentReturn || o.Shipments[1].DeliveredAt.IsZero() || o.Shipments[2].Kind != data.ShipmentResend {
		t.Errorf("parcels %+v", o.Shipments)
	}
	if o.Refunded.Minor != 4599 || o.PaidAddress().Line1 != "Old Road 1" || o.ShipTo.Line1 != "New Road 2" {
		t.Errorf("refunded %v, %q, %q", o.Refunded, o.PaidAddress().Line1, o.ShipTo.Line1)
	}
}

func view(t *testing.T, d *desk.Desk, id int64) desk.OrderView {
	t.Helper()
	v, err := d.Order(t.Context(), id)
	must(t, err)
	for i := range v.Order.Shipments {
		v.Order.Shipments[i].ID = 0
	}
	for i := range v.Events {
		v.Events[i].ID = 0
	}
	return v
}

func same(t *testing.T, what string, got, want desk.OrderView) {
	t.Helper()
	if !reflect.DeepEqual(got.Order, want.Order) || !reflect.DeepEqual(got.Events, want.Events) {
		t.Errorf("%s:\n%+v\n%+v\nwant\n%+v\n%+v", what, got.Order, got.Events, want.Order, want.Events)
	}
}

func TestAFileWithTheOldAddressDoesNotRevertAChange(t *testing.T) {
	d, id, again := deedDesk(t)
	to := data.Address{Name: "Ana", Line1: "New Road 2", City: "Madrid", Postcode: "28014"}
	write1(t, d, id, desk.OrderDeed{Kind: data.OrderAddressChange, To: to})
	again("700;Ana X.;45.99;2026-10-20 08:00;Awaiting shipment;;;OLD ROAD 1;Madrid;28013;")
	if o := orderNow(t, d, id); o.ShipTo.Line1 != "New Road 2" || o.PaidAddress().Line1 != "Old Road 1" {
		t.Errorf("after the old file: %+v, paid %+v", o.ShipTo, o.PaidAddress())
	}
	again("700;Ana Y.;45.99;2026-10-20 08:00;Awaiting shipment;;;new road 2;Madrid;28014;")
	if o := orderNow(t, d, id); o.IsStated(data.StatedShipTo) || o.PaidAddress().Postcode != "28014" {
		t.Errorf("the file has it now: %+v", o.Stated)
	}
}

// A row without a tracking number tells of what was ordered, never of what came
// back.
func TestAReturnIsNotMergedWithTheGoods(t *testing.T) {
	d, id, again := deedDesk(t)
	write1(t, d, id, desk.OrderDeed{Kind: data.OrderReturnSent, Tracking: "RX1", Sure: true})
	again("700;Ana;45.99;2026-10-20 08:00;shipped;2026-10-21 09:00;;Old Road 1;Madrid;28013;Correos")
	o := orderNow(t, d, id)
	if len(o.Shipments) != 2 || o.Shipments[0].Kind != data.ShipmentReturn || o.Shipments[0].Carrier != "" || o.Shipments[1].Carrier != "Correos" {
		t.Errorf("parcels %+v", o.Shipments)
	}
}

func TestOddDeedsAreRefusedOrAskedAbout(t *testing.T) {
	d, id, _ := deedDesk(t)
	other := orderID(t, d, "812345")
	must(t, d.AddShipment(t.Context(), other, data.Shipment{Tracking: "LX1"}, false))
	eur := data.Money{Minor: 100, Currency: "EUR"}
	usd := func(n int64) data.Money { return data.Money{Minor: n, Currency: "USD"} }
	road := data.Address{Line1: "улица 1 شارع 道", City: "Ville", Country: "ES"}
	for _, c := range []struct {
		name string
		w    desk.OrderDeed
		want error // data.ErrRefused: it asks
	}{
		{"no such deed", desk.OrderDeed{Kind: "eaten"}, data.ErrInvalid},
		{"shipped in the future", desk.OrderDeed{Kind: data.OrderShipped, At: clock.Add(time.Hour)}, data.ErrInvalid},
		{"shipped before it was ordered", desk.OrderDeed{Kind: data.OrderShipped, At: clock.AddDate(-1, 0, 0)}, data.ErrRefused},
		{"delivered before it was shipped", desk.OrderDeed{Kind: data.OrderDelivered}, data.ErrRefused},
		{"a number of another order", desk.OrderDeed{Kind: data.OrderShipped, Tracking: "LX1"}, data.ErrRefused},
		{"a refund of less than nothing", desk.OrderDeed{Kind: data.OrderRefund, Amount: usd(-5)}, data.ErrInvalid},
		{"a refund of nothing", desk.OrderDeed{Kind: data.OrderRefund, Amount: usd(0)}, data.ErrInvalid},
		{"a refund in another currency", desk.OrderDeed{Kind: data.OrderRefund, Amount: eur}, data.ErrInvalid},
		{"a refund above the total", desk.OrderDeed{Kind: data.OrderRefund, Amount: usd(4600)}, data.ErrRefused},
		{"no address", desk.OrderDeed{Kind: data.OrderAddressChange, To: data.Address{Line1: " ", City: "X"}}, data.ErrInvalid},
		{"no place", desk.OrderDeed{Kind: data.OrderAddressChange, To: data.Address{Line1: "X"}}, data.ErrInvalid},
		{"four scripts", desk.OrderDeed{Kind: data.OrderAddressChange, To: road}, data.ErrRefused},
		{"delivery of a parcel that is not there", desk.OrderDeed{Kind: data.OrderDelivered, Tracking: "nope", Sure: true}, data.ErrNotFound},
	} {
		before := view(t, d, id)
		err := d.WriteOrder(t.Context(), id, c.w)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
		if _, asks := desk.AsOrderDoubt(err); asks != (c.want == data.ErrRefused) {
			t.Errorf("%s asks: %v", c.name, asks)
		}
		same(t, c.name, view(t, d, id), before)
		if c.want == data.ErrRefused {
			c.w.Sure = true
			write1(t, d, id, c.w)
			undo(t, d)
			same(t, c.name+", sure and taken back", view(t, d, id), before)
		}
	}
	write1(t, d, id, desk.OrderDeed{Kind: data.OrderShipped})
	write1(t, d, id, desk.OrderDeed{Kind: data.OrderDelivered})
	if err := d.WriteOrder(t.Context(), id, desk.OrderDeed{Kind: data.OrderCanceled}); !errors.Is(err, data.ErrRefused) {
		t.Errorf("canceling what was delivered: %v", err)
	}
}

// Several orders are one step; those that do not go are told and left.
func TestSeveralOrdersAreOneStep(t *testing.T) {
	d, id, again := deedDesk(t)
	again("701;Bo;5.00;2026-10-20 08:00;Awaiting shipment;;;Road 9;Madrid;28013;")
	again("702;Cy;5.00;2026-10-20 08:00;shipped;2026-10-21 09:00;;Road 9;Madrid;28013;")
	ids := []int64{id, orderID(t, d, "701"), orderID(t, d, "702")}
	out, err := d.WriteOrders(t.Context(), ids, desk.OrderDeed{Kind: data.OrderShipped})
	must(t, err)
	if out.Done != 2 || len(out.Left) != 1 {
		t.Errorf("%+v", out)
	}
	undo(t, d)
	for _, one := range ids[:2] {
		if o := orderNow(t, d, one); o.Status != data.StatusToShip || !o.ShippedAt.IsZero() || o.Stated != nil {
			t.Errorf("%s: %+v", o.Number, o)
		}
	}
	if out, err = d.WriteOrders(t.Context(), ids[2:], desk.OrderDeed{Kind: data.OrderShipped}); err != nil || out.Done != 0 || len(out.Left) != 1 {
		t.Errorf("%+v, %v", out, err)
	}
}
