package importer

import (
	"context"
	"strings"
	"testing"

	"casebinder/data"
)

func gbp(minor int64) data.Money { return data.Money{Minor: minor, Currency: "GBP"} }

func TestAmazonTransactions(t *testing.T) {
	g := mustRead(t, file(t, "amazon-transactions.csv"), "amazon-transactions", Options{Shop: shop(data.Amazon, "America/Los_Angeles", "USD")})
	want(t, "header line", g.in.HeaderLine, 8)
	o := g.order(t, "111-1111111-1111111")
	want(t, "total", o.Total, usd(109348))     // 76.00 + 6.08 + 5.00 + 0.40 - 4.00, and 1010.00
	want(t, "refunded", o.Refunded, usd(3904)) // 38.00 + 3.04 - 2.00
	want(t, "status", o.Status, data.StatusShipped)
	want(t, "charged at 01:05:07 PDT", o.PaidAt, utc(2026, 9, 4, 8, 5, 7))
	want(t, "items", o.Items, []data.Item{
		{SKU: "MUG-1", Title: "Mug, speckled", Quantity: 2, Price: usd(3800)}, {SKU: "TIN-1", Title: "Tin", Quantity: 1, Price: usd(101000)},
	})
	want(t, "postcode", o.ShipTo.Postcode, "00123")
	want(t, "orders", len(g.orders), 1)
	left := "import_left_out"
	want(t, "no sales", g.rejections(), map[int]string{12: left, 13: left, 14: left, 15: "import_unknown_row", 16: "import_no_payment"})
}

// A discount is taken off, whether a report writes it with a minus or without.
func TestDiscountsWithAndWithoutAMinus(t *testing.T) {
	const head = "amazon-order-id\tshipment-id\tshipment-item-id\tamazon-order-item-id\tpurchase-date\tshipment-date\tsku\tquantity-shipped\tcurrency\t" +
		"item-price\titem-tax\tshipping-price\titem-promotion-discount\tship-promotion-discount\n"
	row := func(order, item, ship string) string {
		return order + "\tD1\ts" + order + "\ti1\t2026-11-01T10:00:00Z\t2026-11-02T10:00:00Z\tA\t1\tGBP\t10.00\t1.00\t5.00\t" + item + "\t" + ship + "\n"
	}
	g := mustRead(t, textSource("a.txt", head+row("1-1", "-2.00", "-5.00")+row("1-2", "2.00", "5.00")+row("1-3", "0.00", "")),
		"amazon-fba-shipments", Options{Shop: shop(data.Amazon, "UTC", "GBP")})
	for number, total := range map[string]data.Money{"1-1": gbp(900), "1-2": gbp(900), "1-3": gbp(1600)} {
		want(t, number, g.order(t, number).Total, total)
	}
}

// The British report calls the shipping postage. A part of the total that a file
// lacks is told: without it the total is too small.
func TestAmazonTransactionsOfOtherSitesAndYears(t *testing.T) {
	const head = "date/time,settlement id,type,order id,sku,description,quantity,product sales,"
	const cells = "\"2 Nov 2026 10:00:00 UTC\",1,Order,203-1,S,Cup,1,10.00,"
	for name, c := range map[string]struct{ header, cells, total, told string }{
		"British": {
			"product sales tax,postage credits,shipping credits tax,gift wrap credits,giftwrap credits tax,promotional rebates,promotional rebates tax,total",
			"2.00,5.00,1.00,0,0,-1.00,-0.20,14.00", "GBP 16.80", "",
		},
		"American, older": {
			"shipping credits,gift wrap credits,promotional rebates,sales tax collected,total", "4.00,0,-1.00,1.50,14.50", "GBP 14.50",
			"note: shipping credits tax, giftwrap credits tax, promotional rebates tax",
		},
		"with shipping under a name that nobody knows": {
			"product sales tax,carriage credits,shipping credits tax,gift wrap credits,giftwrap credits tax,promotional rebates,promotional rebates tax,total",
			"2.00,5.00,1.00,0,0,-1.00,-0.20,14.00", "GBP 11.80", "doubt: shipping credits",
		},
	} {
		g := mustRead(t, textSource("a.csv", head+c.header+"\n"+cells+c.cells+"\n"), "amazon-transactions", Options{Shop: shop(data.Amazon, "UTC", "GBP")})
		want(t, name, g.order(t, "203-1").Total.String(), c.total)
		var told []string
		for _, d := range g.doubts {
			if list := d.Why.Args["headers"]; strings.Contains(list, "credits") || strings.Contains(list, "rebates") {
				kind, _, _ := strings.Cut(strings.TrimPrefix(code(d), "import_"), "_")
				_, sums, _ := strings.Cut(list, "shipping credits")
				told = append(told, kind+": shipping credits"+sums)
			}
		}
		want(t, name+": what is told", strings.Join(told, "; "), c.told)
	}
}

func TestAmazonSettlement(t *testing.T) {
	g := mustRead(t, file(t, "amazon-settlement.txt"), "amazon-settlement", Options{Shop: shop(data.Amazon, "Europe/London", "EUR")})
	o := g.order(t, "206-1111111-1111111")
	want(t, "total", o.Total, gbp(103000)) // 29.99 + 3.99 - 3.99 + 1000.01
	want(t, "refunded", o.Refunded, gbp(2999))
	want(t, "status", o.Status, data.StatusShipped)
	want(t, "charged", o.PaidAt, utc(2026, 3, 2, 14, 23, 0))
	want(t, "total", g.order(t, "206-2222222-2222222").Total, gbp(2000))
	want(t, "orders", len(g.orders), 2)
	left, unknown := "import_left_out", "import_unknown_row"
	want(t, "no sales", g.rejections(), map[int]string{
		2: left, 5: left, 8: left, 10: left, 12: unknown, 13: left, 14: left, 15: left, 16: unknown, 17: "import_no_payment",
	})
}

// One order shipped in two settlements is in two files.
func TestAmazonSettlementPartsHaveKeysOfTheirOwn(t *testing.T) {
	g := mustRead(t, file(t, "amazon-settlement.txt"), "amazon-settlement", Options{Shop: shop(data.Amazon, "Europe/London", "EUR")})
	keys := map[string]int64{}
	for _, p := range g.order(t, "206-1111111-1111111").Parts {
		if !p.Refund {
			keys[p.Key] = p.Amount.Minor
		}
	}
	want(t, "parts", keys, map[string]int64{"SH1": 2999, "SH1\x1f2": 399, "SH1\x1f3": -399, "SH2": 100001})
}

// A refund of an earlier file's order is given on with the number that the order
// has, and with what the row adds up to.
func TestRefundsOfEarlierFilesAreGivenOn(t *testing.T) {
	for _, c := range []struct {
		name, number, platform, currency string
		amount                           data.Money
	}{
		{"etsy-statement.csv", "3300000004", "etsy", "CAD", data.Money{Minor: 900, Currency: "CAD"}},
		{"amazon-transactions.csv", "111-9999999-9999999", "amazon", "USD", usd(900)},
		{"amazon-settlement.txt", "206-9999999-9999999", "amazon", "EUR", gbp(500)},
		{"ebay-transactions-de.csv", "08-99999-99999", "ebay", "EUR", eur(500)},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := file(t, c.name)
			in, err := InspectAs(context.Background(), src, presets(t), Layout{}, TargetOrders)
			if err != nil {
				t.Fatal(err)
			}
			var given []*Refund
			sum, err := Read(context.Background(), src, in, Options{Shop: shop(data.Platform(c.platform), "UTC", c.currency)},
				Sink{Refund: func(r *Refund) error { given = append(given, r); return nil }})
			if err != nil || len(given) != 1 || sum.Refunds != 1 {
				t.Fatalf("%v, given %s", err, show(given))
			}
			want(t, "number", given[0].Number, c.number)
			want(t, "amount", given[0].Part.Amount, c.amount)
		})
	}
}
