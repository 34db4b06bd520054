package importer

import (
	"reflect"
	"testing"

	"casebinder/data"
)

func eur(minor int64) data.Money { return data.Money{Minor: minor, Currency: "EUR"} }
func yen(minor int64) data.Money { return data.Money{Minor: minor, Currency: "JPY"} }

// want fails unless both print alike.
func want(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s is %s, want %s", what, show(got), show(want))
	}
}

func (g got) order(t *testing.T, number string) *data.Order {
	t.Helper()
	o := g.orders[number]
	if o == nil {
		t.Fatalf("no order %s; rejected: %s", number, show(g.rejected))
	}
	return o
}

func TestAmazonNewOrders(t *testing.T) {
	g := mustRead(t, file(t, "amazon-new.txt"), "amazon-new-orders", Options{Shop: shop(data.Amazon, "Europe/Berlin", "")})
	want(t, "encoding", g.in.Encoding, encLatin)
	want(t, "separator", g.in.Separator, '\t')
	o := g.order(t, "302-1111111-1111111")
	want(t, "items", o.Items, []data.Item{
		{ExternalID: "90000000000001", SKU: "K-1", Title: `Kaffeemühle 5" groß`, Quantity: 2, Price: eur(2990)},
		{ExternalID: "90000000000003", SKU: "K-3", Title: "Filter", Quantity: 1, Price: eur(500)},
	})
	want(t, "total", o.Total, eur(8094)) // 59.80 + 9.55 + 4.99 + 0.80 + 5.00 + 0.80
	want(t, "buyer", o.Buyer, data.Buyer{
		Platform: data.Amazon, Handle: "abc123@marketplace.example", Name: "Jörg Müller", Email: "abc123@marketplace.example", Country: "DE",
	})
	want(t, "city", o.ShipTo.City, "Köln")
	want(t, "ordered", o.OrderedAt, utc(2025, 7, 21, 10, 15, 0))
	want(t, "status", o.Status, data.StatusToShip)
	two := g.order(t, "302-2222222-2222222")
	want(t, "title", two.Items[0].Title, `"Groß" Löffel`)
	want(t, "price of a third of 10.00", two.Items[0].Price, data.Money{})
	want(t, "extra", two.Extra[`item-price ("Groß" Löffel)`], "10.00")
	want(t, "total", two.Total, eur(1000))
	want(t, "summary", g.sum, Summary{Rows: 3, Taken: 2, Items: 3, Doubts: 1})
	want(t, "gift wrap and promotions are not in it", g.doubts[0].Severity, data.Info)
}

func TestAmazonUnshipped(t *testing.T) {
	g := mustRead(t, file(t, "amazon-unshipped.txt"), "amazon-unshipped", Options{Shop: shop(data.Amazon, "", "")})
	o := g.order(t, "114-3333333-3333333")
	want(t, "ship by", o.ShipBy, utc(2025, 7, 24, 6, 59, 59))
	want(t, "ordered", o.OrderedAt, utc(2025, 7, 21, 10, 15, 0))
	want(t, "source time", o.SourceTime, utc(2025, 7, 22, 0, 0, 0))
	want(t, "total", o.Total, data.Money{})
	want(t, "items", o.Items, []data.Item{{ExternalID: "90000000000004", SKU: "S-9", Title: "Rope", Quantity: 4}})
	want(t, "status", o.Status, data.StatusToShip)
}

func TestAmazonAllOrders(t *testing.T) {
	g := mustRead(t, file(t, "amazon-all.txt"), "amazon-all-orders", Options{Shop: shop(data.Amazon, "Asia/Tokyo", "")})
	want(t, "encoding", g.in.Encoding, encSJIS)
	o := g.order(t, "250-4444444-4444444")
	want(t, "total", o.Total, yen(4630)) // 3960 + 360 + 410 - 100
	want(t, "items", o.Items, []data.Item{{SKU: "U-1", Title: "折りたたみ傘（黒）ワンタッチ", Quantity: 2, Price: yen(1980)}})
	want(t, "status", o.Status, data.StatusShipped)
	want(t, "platform status", o.PlatformStatus, "Shipped")
	want(t, "state", o.ShipTo.State, "東京都")
	none := g.order(t, "250-5555555-5555555")
	want(t, "status", none.Status, data.StatusCanceled)
	want(t, "items of a canceled order", len(none.Items), 0)
	want(t, "extra", none.Extra["product-name × 0"], "レインコート")
}

func TestAmazonFBAShipments(t *testing.T) {
	g := mustRead(t, file(t, "amazon-fba.txt"), "amazon-fba-shipments", Options{Shop: shop(data.Amazon, "", "")})
	want(t, "encoding", g.in.Encoding, encLE)
	o := g.order(t, "111-6666666-6666666")
	want(t, "one line shipped in two parcels", o.Items, []data.Item{
		{ExternalID: "90000000000006", SKU: "F-1", Title: "Mug", Quantity: 2, Price: usd(1250)},
	})
	want(t, "total", o.Total, usd(2500)) // 12.50 + 3.00 + 12.50 - 3.00
	want(t, "parcels", o.Shipments, []data.Shipment{
		{Carrier: "UPS", Service: "Expedited", Tracking: "1Z0000000000000001", ShippedAt: utc(2025, 7, 21, 5, 0, 0)},
		{Carrier: "UPS", Service: "Expedited", Tracking: "1Z0000000000000002"},
	})
	want(t, "status", o.Status, data.StatusShipped)
}

func TestEBayGermanAndBritish(t *testing.T) {
	g := mustRead(t, file(t, "ebay-de.csv"), "ebay-orders-de", Options{Shop: shop(data.EBay, "", "")})
	want(t, "encoding", g.in.Encoding, encLatin)
	want(t, "separator", g.in.Separator, ';')
	o := g.order(t, "12-34567-89012")
	want(t, "total", o.Total, eur(123955))
	want(t, "item", o.Items, []data.Item{{Title: "Tasse; groß", Quantity: 1, Price: eur(123456)}})
	want(t, "postcode", o.ShipTo.Postcode, "01067")
	want(t, "country", o.Buyer.Country, "DE")
	want(t, "ordered", o.OrderedAt, day(2025, 5, 21, 0))
	want(t, "paid", o.PaidAt, day(2025, 10, 22, 0))

	g = mustRead(t, file(t, "ebay-uk.csv"), "ebay-orders", Options{Shop: shop(data.EBay, "", "")})
	o = g.order(t, "44-44444-44444")
	want(t, "total", o.Total, data.Money{Minor: 4350, Currency: "GBP"})
	want(t, "item", o.Items, []data.Item{
		{ExternalID: "777", SKU: "KET", Title: "Kettle", Quantity: 2, Price: data.Money{Minor: 2000, Currency: "GBP"}},
	})
	want(t, "country", o.Buyer.Country, "GB")
	want(t, "ordered", o.OrderedAt, day(2025, 7, 21, 0))
	want(t, "status", o.Status, data.StatusToShip)
}

func TestEBayTransactions(t *testing.T) {
	g := mustRead(t, file(t, "ebay-transactions.csv"), "ebay-transactions", Options{Shop: shop(data.EBay, "UTC", "")})
	want(t, "header line", g.in.HeaderLine, 9)
	o := g.order(t, "66-66666-66666")
	want(t, "total", o.Total, usd(5000))
	want(t, "refunded", o.Refunded, usd(5000))
	want(t, "status", o.Status, data.StatusRefunded)
	want(t, "dashes for no SKU", o.Items[0].SKU, "")
	want(t, "ordered", o.OrderedAt, day(2026, 1, 5, 0))
	if len(g.rejected) != 1 || !isLeftOut(g.rejected[0]) || lineOf(g.rejected[0]) != 12 {
		t.Errorf("rejected %s", show(g.rejected))
	}
}

func TestPayPal(t *testing.T) {
	g := mustRead(t, file(t, "paypal.csv"), "paypal-activity", Options{Shop: shop(data.PayPal, "", "")})
	o := g.order(t, "P1")
	want(t, "total", o.Total, eur(123450))
	want(t, "shipping", o.Shipping, eur(450))
	want(t, "refunded before it in the file", o.Refunded, eur(10000))
	want(t, "ordered, in PDT", o.OrderedAt, utc(2025, 7, 21, 15, 30, 15))
	want(t, "items", o.Items, []data.Item{{Title: "Clock", Quantity: 1}})
	want(t, "address status", o.Extra["Address Status"], "Confirmed")
	want(t, "country", o.Buyer.Country, "DE")
	p2 := g.order(t, "P2")
	want(t, "1.200 yen", p2.Total, yen(1200))
	want(t, "05/06 where others say that the day is first", p2.OrderedAt, utc(2025, 6, 5, 2, 0, 0))
	want(t, "status", p2.Status, data.StatusReview)
	want(t, "handle", p2.Buyer.Handle, "bo@example.com")
	var codes []string
	for _, r := range g.rejected {
		codes = append(codes, code(r))
	}
	want(t, "rejected", codes, []string{"import_left_out", "import_left_out", "import_no_payment"})
	want(t, "summary", g.sum, Summary{Rows: 6, Taken: 2, Items: 1, Rejected: 3, LeftOut: 2})
}

// What an Etsy file of sold orders does not say is paid and to be sent; a word
// that nobody knows is told and is never to be shipped.
func TestEtsyStates(t *testing.T) {
	const head = "Sale Date,Order ID,Full Name,Currency,Order Value,Order Total,Date Shipped,Status,Order Type\n"
	for row, want := range map[string]data.OrderStatus{
		"09/03/26,1,Jo,EUR,5.00,5.00,,,online":                   data.StatusToShip,
		"09/03/26,1,Jo,EUR,5.00,5.00,,Partially refunded,online": data.StatusToShip,
		"09/03/26,1,Jo,EUR,5.00,5.00,09/05/26,Paid,online":       data.StatusShipped,
		"09/03/26,1,Jo,EUR,5.00,5.00,09/05/26,,online":           data.StatusShipped,
		"09/03/26,1,Jo,EUR,5.00,5.00,09/05/26,Canceled,online":   data.StatusCanceled,
		"09/03/26,1,Jo,EUR,5.00,5.00,,,inperson":                 data.StatusCompleted,
		"09/03/26,1,Jo,EUR,5.00,5.00,,Im Gange,online":           data.StatusUnknown,
	} {
		g := mustRead(t, textSource("sold.csv", head+row+"\n"), "etsy-orders", Options{Shop: shop(data.Etsy, "", "")})
		if o := g.order(t, "1"); o.Status != want {
			t.Errorf("%s: %s, want %s", row, o.Status, want)
		}
	}
}

// What is left of an Etsy order's total after a refund tells the refund: of 23.50,
// 16.00 are left, so 7.50 went back. A 0 stands there when nothing did.
func TestEtsyTellsARefundByWhatIsLeft(t *testing.T) {
	const head = "Sale Date,Order ID,Full Name,Currency,Order Value,Order Total,Date Shipped,Status,Adjusted Order Total\n"
	for row, want := range map[string]int64{
		"09/03/26,1,Jo,GBP,20.00,23.50,09/05/26,,16.00": 750,
		"09/03/26,1,Jo,GBP,20.00,23.50,09/05/26,,0":     0,
		"09/03/26,1,Jo,GBP,20.00,23.50,09/05/26,,":      0,
		"09/03/26,1,Jo,GBP,20.00,23.50,09/05/26,,23.50": 0,
	} {
		g := mustRead(t, textSource("sold.csv", head+row+"\n"), "etsy-orders", Options{Shop: shop(data.Etsy, "", "")})
		if o := g.order(t, "1"); o.Refunded.Minor != want || o.Total.Minor != 2350 {
			t.Errorf("%s: refunded %s of %s, want %d", row, o.Refunded, o.Total, want)
		}
	}
}

func TestEtsy(t *testing.T) {
	g := mustRead(t, file(t, "etsy-orders.csv"), "etsy-orders", Options{Shop: shop(data.Etsy, "", "")})
	o := g.order(t, "3300000001")
	want(t, "total", o.Total, usd(2850))
	want(t, "ordered", o.OrderedAt, day(2026, 9, 25, 0))
	want(t, "postcode", o.ShipTo.Postcode, "01970")
	want(t, "status", o.Status, data.StatusShipped)

	g = mustRead(t, file(t, "etsy-items.csv"), "etsy-order-items", Options{Shop: shop(data.Etsy, "", "")})
	o = g.order(t, "3300000001")
	want(t, "items", o.Items, []data.Item{
		{ExternalID: "4400000001", Title: "Candle", Variation: "Scent: Fig", Quantity: 2, Price: usd(1200)},
	})
	want(t, "total", o.Total, data.Money{})
}

func TestShopify(t *testing.T) {
	g := mustRead(t, file(t, "shopify.csv"), "shopify-orders", Options{Shop: shop(data.Shopify, "", "")})
	o := g.order(t, "#1001")
	want(t, "total", o.Total, usd(8000))
	want(t, "items", o.Items, []data.Item{
		{SKU: "SH-M", Title: "Shirt - M", Quantity: 1, Price: usd(2500)}, {SKU: "SO", Title: "Socks", Quantity: 2, Price: usd(2500)},
	})
	want(t, "address", o.ShipTo, data.Address{
		Name: "Eve Sample", Line1: "1 Main St", Line2: "Apt 2", City: "Los Angeles", State: "CA", Postcode: "90210", Country: "US",
	})
	want(t, "ordered", o.OrderedAt, utc(2024, 5, 1, 10, 0, 0))
	want(t, "paid", o.PaidAt, utc(2024, 5, 1, 10, 0, 5))
	want(t, "note", o.BuyerNote, "Ring \"twice\",\nplease")
	want(t, "status", o.Status, data.StatusToShip)
	want(t, "status", g.order(t, "#1002").Status, data.StatusRefunded)
	want(t, "refunded", g.order(t, "#1002").Refunded, yen(1200))
	want(t, "summary", g.sum, Summary{Rows: 3, Taken: 2, Items: 3})
}

func TestAliExpressSheets(t *testing.T) {
	for _, name := range []string{"aliexpress.xlsx", "aliexpress.xls"} {
		t.Run(name, func(t *testing.T) {
			g := mustRead(t, file(t, name), "aliexpress-orders", Options{Shop: shop(data.AliExpress, "Asia/Shanghai", "USD")})
			want(t, "sheet", g.in.Sheet, "订单")
			o := g.order(t, "8001234567890123")
			want(t, "total", o.Total, usd(3150))
			want(t, "shipping", o.Shipping, usd(250))
			want(t, "items", o.Items, []data.Item{
				{SKU: "CASE-R", Title: "Phone case (soft)", Variation: "Color:Red", Quantity: 2},
				{SKU: "CABLE-1", Title: "数据线 1m", Variation: "长度:1m", Quantity: 1},
			})
			want(t, "ordered", o.OrderedAt, utc(2019, 3, 1, 0, 30, 0))
			want(t, "parcels", o.Shipments, []data.Shipment{
				{
					Carrier: "EMS", Tracking: "LX000000001CN", ShippedAt: utc(2019, 3, 3, 2, 0, 0),
					DeliveredAt: utc(2019, 3, 31, 16, 10, 0),
				},
				{Carrier: "SF Express", Tracking: "SF0000000002"},
			})
			want(t, "status", o.Status, data.StatusCompleted)
			want(t, "country", o.Buyer.Country, "RU")
			two := g.order(t, "8001234567890124")
			want(t, "a number in the shop's currency", two.Total, usd(1990))
			want(t, "status", two.Status, data.StatusToShip)
			want(t, "title", two.Items, []data.Item{{SKU: "MUG", Title: "Mug", Quantity: 1}})
			if len(g.rejected) != 1 || code(g.rejected[0]) != "import_rounded" || lineOf(g.rejected[0]) != 4 {
				t.Errorf("rejected %s", show(g.rejected))
			}
		})
	}
}

func TestPayPalInGerman(t *testing.T) {
	text := "Datum,Uhrzeit,Zeitzone,Name,Typ,Status,Währung,Brutto,Absender E-Mail-Adresse,Transaktionscode,Artikelbezeichnung," +
		"Zugehöriger Transaktionscode,Adresszeile 1,Ort,PLZ,Land,Ländervorwahl,Auswirkung auf Guthaben\n" +
		"07.09.2026,10:12:00,Europe/Berlin,Ann Muster,PayPal Express-Zahlung,Abgeschlossen,EUR,\"1.024,90\",ann@example.com,T1,Tasse,,Weg 1,Bonn,53111,Deutschland,DE,Haben\n" +
		"08.09.2026,10:12:00,Europe/Berlin,Ann Muster,Rückzahlung,Abgeschlossen,EUR,\"-24,90\",,T2,,T1,,,,,,Soll\n" +
		"08.09.2026,10:13:00,Europe/Berlin,,Allgemeine Währungsumrechnung,Abgeschlossen,EUR,\"24,90\",,T3,,T1,,,,,,Haben\n" +
		"09.09.2026,10:13:00,Europe/Berlin,Bo Muster,Website-Zahlung,Ausstehend,EUR,\"5,00\",bo@example.com,T4,,,,,,,,Haben\n"
	g := mustRead(t, textSource("Download.CSV", text), "paypal-activity-de", Options{Shop: shop(data.PayPal, "", "")})
	o := g.order(t, "T1")
	want(t, "payment", o.PaymentRef, "T1")
	want(t, "total", o.Total, eur(102490))
	want(t, "refunded", o.Refunded, eur(2490))
	want(t, "ordered", o.OrderedAt, utc(2026, 9, 7, 8, 12, 0))
	want(t, "country", o.Buyer.Country, "DE")
	want(t, "status", g.order(t, "T4").Status, data.StatusReview)
	if len(g.rejected) != 1 || !isLeftOut(g.rejected[0]) || lineOf(g.rejected[0]) != 4 {
		t.Errorf("rejected %s", show(g.rejected))
	}
}

func TestEtsyStatement(t *testing.T) {
	cad := func(minor int64) data.Money { return data.Money{Minor: minor, Currency: "CAD"} }
	g := mustRead(t, file(t, "etsy-statement.csv"), "etsy-statement", Options{Shop: shop(data.Etsy, "", "USD")})
	o := g.order(t, "3300000001")
	want(t, "total", o.Total, cad(107600))
	want(t, "refunded", o.Refunded, cad(1200))
	want(t, "ordered", o.OrderedAt, day(2026, 9, 25, 0))
	want(t, "status", o.Status, data.StatusToShip)
	want(t, "total", g.order(t, "3300000002").Total, cad(3030))
	want(t, "orders", len(g.orders), 2)
	left := "import_left_out"
	want(t, "no sales", g.rejections(), map[int]string{4: left, 5: left, 6: left, 7: left, 8: left, 9: "import_unknown_row", 10: "import_no_payment"})
}

func TestEtsyPayments(t *testing.T) {
	g := mustRead(t, file(t, "etsy-payments.csv"), "etsy-payments", Options{Shop: shop(data.Etsy, "", "")})
	o := g.order(t, "3300000001")
	want(t, "total", o.Total, eur(3255))
	want(t, "refunded", o.Refunded, eur(255))
	want(t, "ordered, month first", o.OrderedAt, day(2026, 2, 3, 0))
	want(t, "payment", o.PaymentRef, "5500000001")
	want(t, "status", o.Status, data.StatusToShip)
	want(t, "buyer", o.Buyer.Handle, "ann_s")
	want(t, "total", g.order(t, "3300000002").Total, eur(120000))
	want(t, "refunded", g.order(t, "3300000002").Refunded, eur(0))
}

func TestEBayOrderEarnings(t *testing.T) {
	g := mustRead(t, file(t, "ebay-order-earnings.csv"), "ebay-order-earnings", Options{Shop: shop(data.EBay, "UTC", "")})
	want(t, "header line", g.in.HeaderLine, 11)
	o := g.order(t, "66-66666-66666")
	want(t, "total", o.Total, usd(7000)) // 50.00 + 20.00
	want(t, "refunded", o.Refunded, usd(1000))
	want(t, "items", o.Items, []data.Item{{Title: "Belt", Quantity: 1}, {Title: "Hat", Quantity: 2}})
	want(t, "ordered", o.OrderedAt, day(2026, 1, 5, 0))
	want(t, "postcode", o.ShipTo.Postcode, "01970")
	want(t, "total", g.order(t, "77-77777-77777").Total, usd(100000))
	want(t, "rejected", len(g.rejected), 0)
}

func TestEBayTransactionsInGerman(t *testing.T) {
	g := mustRead(t, file(t, "ebay-transactions-de.csv"), "ebay-transactions-de", Options{Shop: shop(data.EBay, "UTC", "EUR")})
	o := g.order(t, "08-11111-11111")
	want(t, "total", o.Total, eur(102609))
	want(t, "shipping", o.Shipping, eur(619))
	want(t, "refunded", o.Refunded, eur(2000))
	want(t, "ordered", o.OrderedAt, day(2025, 12, 29, 0))
	want(t, "items", o.Items, []data.Item{{SKU: "SKU-1", Title: "Tasse", Quantity: 2}})
	want(t, "postcode", o.ShipTo.Postcode, "01067")
	want(t, "orders", len(g.orders), 1)
	left := "import_left_out"
	want(t, "no sales", g.rejections(), map[int]string{6: left, 8: left, 9: left, 10: "import_unknown_row", 11: "import_no_payment"})
}

func TestWooCommerce(t *testing.T) {
	g := mustRead(t, file(t, "woocommerce.csv"), "woocommerce-orders", Options{Shop: shop(data.OtherSite, "UTC", "EUR")})
	o := g.order(t, "7001")
	want(t, "total", o.Total, eur(3990))
	want(t, "shipping", o.Shipping, eur(490))
	want(t, "items", o.Items, []data.Item{
		{SKU: "MUG", Title: "Mug", Variation: "Blue", Quantity: 2, Price: eur(1250)}, {SKU: "TIN", Title: "Tin", Quantity: 1, Price: eur(1000)},
	})
	want(t, "buyer", o.Buyer.Name, "Ann Sample")
	want(t, "ordered", o.OrderedAt, utc(2026, 9, 25, 10, 30, 0))
	want(t, "postcode", o.ShipTo.Postcode, "01067")
	want(t, "status", o.Status, data.StatusToShip)
	want(t, "all went back", g.order(t, "7002").Refunded, eur(1000))
	want(t, "status", g.order(t, "7002").Status, data.StatusCompleted)
	want(t, "status", g.order(t, "7003").Status, data.StatusCanceled)
	want(t, "a status that nobody knows", g.order(t, "7004").Status, data.StatusUnknown)
}

func TestStripePayments(t *testing.T) {
	g := mustRead(t, file(t, "stripe-charges.csv"), "stripe-payments", Options{Shop: shop(data.Shopify, "Asia/Shanghai", "")})
	o := g.order(t, "ch_sample1")
	want(t, "total", o.Total, usd(104599))
	want(t, "refunded", o.Refunded, usd(4599))
	want(t, "status", o.Status, data.StatusToShip)
	want(t, "paid, in UTC", o.PaidAt, utc(2026, 1, 2, 3, 4, 5))
	want(t, "payment", o.PaymentRef, "ch_sample1")
	want(t, "other names of the payment", o.Extra["PaymentIntent ID"], "pi_sample1")
	want(t, "yen", g.order(t, "ch_sample2").Total, yen(1200))
	want(t, "status", g.order(t, "ch_sample2").Status, data.StatusRefunded)
	want(t, "no sales", g.rejections(), map[int]string{4: "import_left_out", 5: "import_unknown_row"})
}

func TestShopeeInOtherLanguages(t *testing.T) {
	for _, c := range []struct {
		name, preset, zone, title, city string
		total, price, shipping          data.Money
	}{
		{"shopee-tw.csv", "shopee-orders-tw", "Asia/Taipei", "馬克杯", "台北市", data.Money{Minor: 131000, Currency: "TWD"}, data.Money{Minor: 50000, Currency: "TWD"}, data.Money{Minor: 6000, Currency: "TWD"}},
		{"shopee-vn.csv", "shopee-orders-vn", "Asia/Ho_Chi_Minh", "Cốc sứ", "Ba Đình", data.Money{Minor: 74000, Currency: "VND"}, data.Money{Minor: 17000, Currency: "VND"}, data.Money{Minor: 15000, Currency: "VND"}},
		{"shopee-th.csv", "shopee-orders-th", "Asia/Bangkok", "แก้ว", "เกาะลันตา", data.Money{Minor: 106000, Currency: "THB"}, data.Money{Minor: 50000, Currency: "THB"}, data.Money{Minor: 6000, Currency: "THB"}},
	} {
		t.Run(c.preset, func(t *testing.T) {
			own := shop(data.Shopee, c.zone, "")
			g := mustRead(t, file(t, c.name), c.preset, Options{Shop: own})
			o := g.order(t, "2609250ABCDE1")
			want(t, "total", o.Total, c.total)
			want(t, "shipping", o.Shipping, c.shipping)
			want(t, "status", o.Status, data.StatusToShip)
			want(t, "city", o.ShipTo.City, c.city)
			want(t, "title", o.Items[0].Title, c.title)
			want(t, "price", o.Items[0].Price, c.price)
			want(t, "quantity", o.Items[0].Quantity, int64(2))
			want(t, "SKU", o.Items[0].SKU, "MUG-B")
			_, offset := o.OrderedAt.In(own.Location()).Zone()
			want(t, "ordered at 10:30 there", o.OrderedAt, utc(2026, 9, 25, 10, 30, -offset))
			want(t, "status", g.order(t, "2609260ABCDE2").Status, data.StatusCanceled)
			want(t, "rejected", len(g.rejected), 0)
		})
	}
}

func TestAmazonFBAReturns(t *testing.T) {
	g := mustReadDisputes(t, file(t, "amazon-fba-returns.txt"), "amazon-fba-returns", Options{Shop: shop(data.Amazon, "", "")})
	d := g.dispute(t, 2)
	want(t, "order", d.OrderNumber, "114-1111111-1111111")
	want(t, "unit", d.CaseNumber, "LPNSAMPLE0001")
	want(t, "reason", d.Reason, data.ReasonQuality)
	want(t, "claim", d.Dispute.Claim, "The handle broke")
	want(t, "opened", d.OpenedAt, utc(2026, 7, 3, 15, 31, 40))
	want(t, "kind", d.Kind, "return")
	want(t, "reason", g.dispute(t, 3).Reason, data.ReasonChangedMind)
	if got := doubts(g.dispute(t, 4)); len(got) < 2 {
		t.Errorf("a reason and a status that nobody knows raise %v", got)
	}
}

func TestWalmart(t *testing.T) {
	g := mustRead(t, file(t, "walmart.csv"), "walmart-orders", Options{Shop: shop(data.Walmart, "America/Los_Angeles", "USD")})
	o := g.order(t, "108000000000001")
	want(t, "the buyer's number", o.Extra["Order#"], "200000000000001")
	want(t, "status, of what is left", o.Status, data.StatusToShip)
	want(t, "items", o.Items, []data.Item{{ExternalID: "1", SKU: "MUG", Title: "Mug", Quantity: 2}})
	want(t, "ordered", o.OrderedAt, day(2026, 9, 25, 7))
	want(t, "ship by, to the end of the day in Los Angeles", o.ShipBy, dueDay(2026, 9, 28, 7))
	want(t, "postcode", o.ShipTo.Postcode, "01970")
	want(t, "no total, since a price may be of a unit or a line", o.Total, data.Money{})
	want(t, "the price as written", o.Extra["Item Cost"], "12.50")
	two := g.order(t, "108000000000002")
	want(t, "status", two.Status, data.StatusShipped)
	want(t, "tracking", two.Shipments[0].Tracking, "881122334455")
	want(t, "rejected", len(g.rejected), 0)
}
