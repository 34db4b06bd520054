package desk_test

import (
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// take imports a file and gives the codes of the doubts about it; columns that a
// short table lacks do not count.
func take(t *testing.T, d *desk.Desk, text string, more func(*desk.ImportRequest)) (desk.ImportReport, []string) {
	t.Helper()
	r := desk.ImportRequest{Path: write(t, "orders.csv", text), Shop: data.Shop{Name: "S"}}
	if more != nil {
		more(&r)
	}
	report, err := d.Import(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	var doubts []string
	for _, doubt := range report.Doubts {
		if code := strings.TrimPrefix(doubt.Rule, "import_doubt_"); code != "columns" {
			doubts = append(doubts, code)
		}
	}
	return report, doubts
}

func order(t *testing.T, d *desk.Desk, number string) data.Order {
	t.Helper()
	view, err := d.Order(t.Context(), orderID(t, d, number))
	if err != nil {
		t.Fatal(err)
	}
	return view.Order
}

func sales(status, refunded string) string {
	const head = "Name,Financial Status,Fulfillment Status,Fulfilled at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Refunded Amount\n"
	return head + "#1," + status + ",EUR,30.00,2026-06-12 09:59:00 +0200,1,A,25.00," + refunded + "\n"
}

func TestNoStateGoesBackWithoutAsking(t *testing.T) {
	canceled := "Name,Financial Status,Fulfillment Status,Currency,Total,Created at,Cancelled at,Lineitem name,Refunded Amount\n" +
		"#1,refunded,unfulfilled,EUR,30.00,2026-06-12 09:59:00 +0200,2026-06-14 10:00:00 +0200,A,30.00\n"
	paid := strings.ReplaceAll(strings.Replace(canceled, "refunded,unful", "paid,unful", 1), "2026-06-14 10:00:00 +0200,A,30.00", ",A,0.00")
	shipped, toShip := sales("paid,fulfilled,2026-06-13 10:00:00 +0200", "0.00"), sales("paid,unfulfilled,", "0.00")
	dated := func(status, at string) string {
		return "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\titem-status\tsku\tproduct-name\tquantity\tcurrency\titem-price\n" +
			"#1\t2026-06-01T10:00:00Z\t" + at + "\t" + status + "\t" + status + "\tS\tA\t1\tEUR\t30.00\n"
	}
	for name, c := range map[string]struct {
		newer, older string
		stays, back  data.OrderStatus
	}{
		"canceled and refunded":               {canceled, paid, data.StatusCanceled, data.StatusToShip},
		"shipped":                             {shipped, toShip, data.StatusShipped, data.StatusToShip},
		"shipped, though the file is younger": {dated("Shipped", "2026-06-02T10:00:00Z"), dated("Pending", "2026-06-03T10:00:00Z"), data.StatusShipped, data.StatusUnpaid},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			take(t, d, c.newer, nil)
			before := order(t, d, "#1")
			report, doubts := take(t, d, c.older, nil)
			if after := order(t, d, "#1"); after.Status != c.stays || after.Refunded != before.Refunded || !slices.Equal(doubts, []string{"back"}) || report.Backward != 1 {
				t.Errorf("%s, refunded %s, doubts %v, %d backward", after.Status, after.Refunded, doubts, report.Backward)
			}
			if _, doubts = take(t, d, c.newer, nil); len(doubts) > 0 {
				t.Errorf("the newer file once more: %v", doubts)
			}
			_, doubts = take(t, d, c.older, func(r *desk.ImportRequest) { r.AcceptOlder = true })
			if after := order(t, d, "#1"); after.Status != c.back || after.Refunded.Minor != 0 || !slices.Equal(doubts, []string{"back_taken"}) {
				t.Errorf("accepted: %s, refunded %s, doubts %v", after.Status, after.Refunded, doubts)
			}
		})
	}
}

// A state that goes back is told in words that each language has, with the order,
// and with what accepts it.
func TestWhatGoesBackIsToldInWords(t *testing.T) {
	sales := func(financial, fulfillment, refunded string) string {
		return "Name,Financial Status,Fulfillment Status,Currency,Total,Created at,Lineitem name,Refunded Amount\n" +
			"#1," + financial + "," + fulfillment + ",EUR,30.00,2026-06-12 09:59:00 +0200,A," + refunded + "\n"
	}
	for name, c := range map[string]struct{ newer, older, why, key string }{
		"the state": {
			sales("paid", "fulfilled", "0.00"), sales("paid", "unfulfilled", "0.00"),
			"The file takes the order #1 back from “shipped” to “to ship”; it stays as it is.", "problem.import_doubt_back.what",
		},
		"the refund": {
			sales("partially_refunded", "fulfilled", "5.00"), sales("paid", "fulfilled", "0.00"),
			"The file takes the order #1 back from “shipped” with EUR 5.00 refunded to “shipped” with EUR 0.00; it stays as it is.", "problem.import_doubt_back_refund.what",
		},
	} {
		d := open(t)
		take(t, d, c.newer, nil)
		report, _ := take(t, d, c.older, nil)
		i := slices.IndexFunc(report.Doubts, func(f data.Finding) bool { return f.Rule == "import_doubt_back" })
		if i < 0 {
			t.Errorf("%s: %+v", name, report.Doubts)
			continue
		}
		f := report.Doubts[i]
		if f.Why.String() != c.why || f.Why.Key != c.key || f.Severity != data.Warning || f.Mend.Deed != desk.DeedOlder ||
			f.Table() != "orders.csv" || f.At("order").ID != "#1" {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

const fbaHead = "amazon-order-id\tshipment-id\tshipment-item-id\tamazon-order-item-id\tpurchase-date\tpayments-date\tshipment-date\treporting-date\tsku\tproduct-name\t" +
	"quantity-shipped\tcurrency\titem-price\titem-tax\tship-city\n"

func fbaRow(shipment, item, day, title, quantity, price, tax string) string {
	return "1-1\tD" + shipment + "\tD" + shipment + "i\t" + item + "\t2026-09-29T02:30:00+00:00\t2026-09-29T03:30:00+00:00\t" + day + "T10:00:00+00:00\t" + day +
		"T10:00:00+00:00\tSKU-" + item + "\t" + title + "\t" + quantity + "\tUSD\t" + price + "\t" + tax + "\tPhoenix\n"
}

// The total of an order is the same whichever of its files comes first, and when
// one comes twice.
func TestTotalOverFilesInAnyOrder(t *testing.T) {
	september := fbaHead + fbaRow("1", "901", "2026-09-30", "Shirt", "2", "53.98", "4.32")
	october := fbaHead + fbaRow("2", "902", "2026-10-01", "Cap", "1", "10.00", "0.80") + fbaRow("3", "901", "2026-10-02", "Shirt", "1", "26.99", "2.16")
	november := fbaHead + fbaRow("3", "901", "2026-10-02", "Shirt", "1", "26.99", "2.16") // tells again
	for name, files := range map[string][]string{
		"forward": {september, october, november}, "backward": {november, october, september}, "twice": {october, september, october, september},
	} {
		d := open(t)
		for _, f := range files {
			if _, doubts := take(t, d, f, nil); len(doubts) > 0 {
				t.Errorf("%s: doubts %v", name, doubts)
			}
		}
		o := order(t, d, "1-1") // 58.30 + 10.80 + 29.15
		units := map[string]int64{}
		for _, i := range o.Items {
			units[i.Title] += i.Quantity
		}
		if o.Total.String() != "USD 98.25" || len(o.Items) != 2 || units["Shirt"] != 3 || units["Cap"] != 1 {
			t.Errorf("%s: %s, %+v", name, o.Total, o.Items)
		}
	}
}

const activityHead = `"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Transaction ID","Reference Txn ID"` + "\n"

func activity(kind, gross, id, ref string) string {
	return `"13/02/2026","10:00:00","PST","Lark","` + kind + `","Completed","EUR","` + gross + `","` + id + `","` + ref + "\"\n"
}

func TestRefundsInFilesOfTheirOwn(t *testing.T) {
	d := open(t)
	paid, back := activityHead+activity("Website Payment", "59.97", "A", ""), activityHead+activity("Chargeback", "-59.97", "B", "A")
	if report, _ := take(t, d, paid+activity("Payment Refund", "-1.00", "X", "NOBODY"), nil); report.Counts.Rejected != 1 {
		t.Errorf("a refund without any payment: %+v", report.Counts)
	}
	for range 2 { // the second time says nothing new
		take(t, d, back, nil)
		if o := order(t, d, "A"); o.Refunded.String() != "EUR 59.97" || o.Status != data.StatusRefunded {
			t.Errorf("after the chargeback: %s, %s", o.Refunded, o.Status)
		}
	}
	if _, doubts := take(t, d, paid, nil); len(doubts) > 0 || order(t, d, "A").Status != data.StatusRefunded {
		t.Errorf("the payment once more: %v, %s", doubts, order(t, d, "A").Status)
	}
	take(t, d, activityHead+activity("Chargeback Reversal", "59.97", "C", "A"), nil)
	if o := order(t, d, "A"); o.Refunded.String() != "EUR 0.00" || o.Status != data.StatusToShip {
		t.Errorf("after the reversal: %s, %s", o.Refunded, o.Status)
	}
	if _, doubts := take(t, d, activityHead+activity("Payment Refund", "-60.00", "D", "A"), nil); !slices.Equal(doubts, []string{"refunded"}) {
		t.Errorf("more refunded than paid: %v", doubts)
	}
}

func TestZoneAndCurrencyOfOneFile(t *testing.T) {
	d := open(t)
	table := func(number string) string {
		return "order id,order status,Order item ID,quantity purchased,base price total,purchase date\n" + number + ",Shipped,a,1,5.00,2026-06-12 07:00\n"
	}
	take(t, d, table("1"), func(r *desk.ImportRequest) { r.Shop.Zone, r.Shop.Currency = "Asia/Shanghai", "USD" })
	take(t, d, table("2"), func(r *desk.ImportRequest) { r.Shop.Zone, r.Shop.Currency = "Europe/Berlin", "EUR" })
	take(t, d, table("3"), nil)
	for number, want := range map[string]string{"1": "2026-06-11T23:00:00Z USD 5.00", "2": "2026-06-12T05:00:00Z EUR 5.00", "3": "2026-06-11T23:00:00Z USD 5.00"} {
		o := order(t, d, number)
		if got := data.JSONTime(o.OrderedAt) + " " + o.Total.String(); got != want || o.Shop.Zone != "Asia/Shanghai" {
			t.Errorf("%s is %s in a shop in %s, want %s", number, got, o.Shop.Zone, want)
		}
	}
	r := desk.ImportRequest{Path: write(t, "a.csv", table("4")), Shop: data.Shop{Name: "S", Zone: "Mars/Base"}}
	if _, err := d.Import(t.Context(), r, nil); err == nil {
		t.Error("a zone that does not exist was taken")
	}
}

// A unit's status is the unit's, and its price leaves the total when it alone was
// canceled, whichever files tell of the units and in whatever order. The order
// stands where the unit does that is least far.
func TestUnitsOverFilesInAnyOrder(t *testing.T) {
	unit := func(id, price, status string) string {
		return "orderItemId,orderNumber,createTime,paidPrice,shippingFee,unitPrice,itemName,status\n" +
			id + ",7,12 Jun 2026 07:47," + price + ",0.00," + price + ",Cup " + id + "," + status + "\n"
	}
	canceled, pending, sent, arrived := unit("1", "18.50", "canceled"), unit("2", "10.00", "pending"), unit("3", "5.00", "shipped"), unit("3", "5.00", "delivered")
	for name, c := range map[string]struct {
		files []string
		is    data.OrderStatus
		total string
		items string
	}{
		"canceled first":          {[]string{canceled, pending}, data.StatusToShip, "PHP 10.00", "Cup 2"},
		"canceled last":           {[]string{pending, canceled}, data.StatusToShip, "PHP 10.00", "Cup 2"},
		"sent first":              {[]string{sent, pending}, data.StatusToShip, "PHP 15.00", "Cup 2,Cup 3"},
		"sent last":               {[]string{pending, sent}, data.StatusToShip, "PHP 15.00", "Cup 2,Cup 3"},
		"one goes on":             {[]string{pending, sent, arrived, canceled}, data.StatusToShip, "PHP 15.00", "Cup 2,Cup 3"},
		"both go on":              {[]string{pending, sent, arrived, unit("2", "10.00", "shipped")}, data.StatusShipped, "PHP 15.00", "Cup 2,Cup 3"},
		"all canceled in the end": {[]string{canceled, unit("2", "10.00", "canceled")}, data.StatusCanceled, "PHP 28.50", "Cup 1,Cup 2"},
	} {
		d := open(t)
		for i, f := range c.files {
			if _, doubts := take(t, d, f, func(r *desk.ImportRequest) { r.Shop.Currency = "PHP" }); len(doubts) > 0 {
				t.Errorf("%s, file %d: doubts %v", name, i, doubts)
			}
		}
		o := order(t, d, "7")
		var items []string
		for _, it := range o.Items {
			items = append(items, it.Title)
		}
		slices.Sort(items)
		if o.Status != c.is || o.Total.String() != c.total || strings.Join(items, ",") != c.items {
			t.Errorf("%s: %s, %s, %v", name, o.Status, o.Total, items)
		}
	}
	d := open(t)
	in := func(r *desk.ImportRequest) { r.Shop.Currency = "PHP" }
	take(t, d, pending, in)
	take(t, d, arrived, in)
	if _, doubts := take(t, d, sent, in); !slices.Equal(doubts, []string{"back"}) || order(t, d, "7").Status != data.StatusToShip {
		t.Errorf("a unit that goes back: %v, %s", doubts, order(t, d, "7").Status)
	}
}

// Two goods of one order in two files are two items, also where neither the
// platform numbers them.
func TestItemsWithoutNumbersOverFiles(t *testing.T) {
	row := func(sku, title, price string) string {
		return "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\titem-status\tsku\tproduct-name\tquantity\tcurrency\titem-price\n" +
			"#1\t2026-06-01T10:00:00Z\t2026-06-02T10:00:00Z\tShipped\tShipped\t" + sku + "\t" + title + "\t1\tEUR\t" + price + "\n"
	}
	for _, files := range [][]string{{row("A", "Cup", "30.00"), row("B", "Plate", "12.50")}, {row("B", "Plate", "12.50"), row("A", "Cup", "30.00")}} {
		d := open(t)
		for _, f := range files {
			take(t, d, f, nil)
		}
		o := order(t, d, "#1")
		if len(o.Items) != 2 || o.Items[0].SKU == o.Items[1].SKU || o.Total.String() != "EUR 42.50" {
			t.Errorf("%s, %+v", o.Total, o.Items)
		}
	}
}
