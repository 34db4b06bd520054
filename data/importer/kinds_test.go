package importer

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// wanted is what an order must be after a file, worked out by hand.
type wanted struct {
	status          data.OrderStatus
	total, refunded string // with currency; "" for not known
	items           string // "2 Mug 19.99; 1 Plate 19.99"
}

// kindCase is one file of a kind.
type kindCase struct {
	name, file string
	shop       data.Shop
	orders     map[string]wanted
	rejected   string // "line:code", sorted
	doubts     string // codes, sorted; columns that are missing do not count
}

func (c kindCase) run(t *testing.T) {
	t.Helper()
	g, err := readAll(t, textSource("a.csv", c.file), TargetOrders, Options{Shop: c.shop})
	if err != nil || g.in.Preset == nil {
		t.Fatalf("%v, preset %v", err, g.in.Preset)
	}
	for number, want := range c.orders {
		o := g.orders[number]
		if o == nil {
			t.Errorf("%s is missing", number)
			continue
		}
		got := wanted{o.Status, o.Total.String(), o.Refunded.String(), itemList(o)}
		if want.items == "" {
			got.items = ""
		}
		if got != want {
			t.Errorf("%s is %+v, want %+v", number, got, want)
		}
	}
	if len(g.orders) != len(c.orders) {
		t.Errorf("%d orders, want %d: %s", len(g.orders), len(c.orders), show(g.orders))
	}
	var rejected, doubts []string
	for _, r := range g.rejected {
		rejected = append(rejected, strconv.Itoa(lineOf(r))+":"+strings.TrimPrefix(code(r), "import_"))
	}
	for _, r := range g.doubts {
		if d := strings.TrimPrefix(code(r), "import_doubt_"); d != "columns" {
			doubts = append(doubts, d)
		}
	}
	slices.Sort(rejected)
	slices.Sort(doubts)
	if got := strings.Join(rejected, " "); got != c.rejected {
		t.Errorf("rejected %s, want %s", got, c.rejected)
	}
	if got := strings.Join(doubts, " "); got != c.doubts {
		t.Errorf("doubts %s, want %s", got, c.doubts)
	}
}

func itemList(o *data.Order) string {
	var all []string
	for _, i := range o.Items {
		all = append(all, strconv.Itoa(int(i.Quantity))+" "+i.Title+" "+i.Price.Decimal())
	}
	return strings.Join(all, "; ")
}

const payPalHead = `"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","From Email Address","Transaction ID","Item Title","Reference Txn ID","Quantity","Balance Impact"` + "\n"

func payPalRow(kind, status, gross, id, title, ref, quantity, impact string) string {
	return `"13/02/2026","10:00:00","PST","Lark","` + strings.Join([]string{kind, status, "EUR", gross, "lb@example.com", id, title, ref, quantity, impact}, `","`) + `"` + "\n"
}

func TestRowsThatAreNoSale(t *testing.T) {
	etsy := "Sale Date,Order ID,Full Name,Currency,Order Value,Order Total,Status\n"
	for _, c := range []kindCase{
		{
			name: "a cart above and below its payment",
			file: payPalHead +
				payPalRow("Shopping Cart Item", "Completed", "39.98", "A-1", "Mug", "A", "2", "") +
				payPalRow("Express Checkout Payment", "Completed", "59.97", "A", "Two things", "", "", "Credit") +
				payPalRow("Shopping Cart Item", "Completed", "19.99", "A-2", "Plate", "A", "1", ""),
			orders: map[string]wanted{"A": {data.StatusToShip, "EUR 59.97", "", "2 Mug 19.99; 1 Plate 19.99"}},
		},
		{
			name: "a cart without its payment",
			file: payPalHead + payPalRow("Website Payment", "Completed", "5.00", "A", "Cup", "", "1", "Credit") +
				payPalRow("Shopping Cart Item", "Completed", "39.98", "B-1", "Mug", "B", "2", ""),
			orders:   map[string]wanted{"A": {data.StatusToShip, "EUR 5.00", "", "1 Cup 0.00"}},
			rejected: "3:no_payment",
		},
		{
			name: "money that moves otherwise, and a type that nobody knows",
			file: payPalHead + payPalRow("Website Payment", "Completed", "5.00", "A", "", "", "", "Credit") +
				payPalRow("General Currency Conversion", "Completed", "5.00", "C", "", "", "", "Credit") +
				payPalRow("Hold on Balance for Dispute Investigation", "Completed", "5.00", "D", "", "A", "", "Credit") +
				payPalRow("Account Correction", "Completed", "1.00", "E", "", "", "", "Credit") +
				payPalRow("Mass Pay Payout", "Completed", "1.00", "F", "", "", "", "Credit") +
				payPalRow("Settlement", "Completed", "1.00", "G", "", "", "", "Credit") +
				payPalRow("Moon Dust", "Completed", "1.00", "H", "", "", "", "Credit"),
			orders:   map[string]wanted{"A": {data.StatusToShip, "EUR 5.00", "", ""}},
			rejected: "3:left_out 4:left_out 5:left_out 6:left_out 7:left_out 8:unknown_row",
		},
		{
			name:     "sums named in the number, in German, with a count, and before a blank number",
			file:     etsy + "09/03/26,1,Jo,EUR,5.00,5.00,\n,Total,,EUR,5.00,5.00,\n,Gesamtsumme:,,EUR,5.00,5.00,\n,Total (1 order),,EUR,5.00,5.00,\nSumme,,,EUR,5.00,5.00,\n,合计,,EUR,5.00,5.00,\n,Σ,,EUR,5.00,5.00,\n,Iš viso:,,EUR,5.00,5.00,\n,Grand Total: 2 orders,,EUR,5.00,5.00,\n",
			orders:   map[string]wanted{"1": {data.StatusUnknown, "EUR 5.00", "", ""}},
			rejected: "10:sum_row 3:sum_row 4:sum_row 5:sum_row 6:sum_row 7:sum_row 8:sum_row 9:sum_row",
		},
		{
			name:   "an order whose number only begins like a sum",
			file:   etsy + "09/03/26,TOTAL-77,Jo,EUR,5.00,5.00,\n",
			orders: map[string]wanted{"TOTAL-77": {data.StatusUnknown, "EUR 5.00", "", ""}},
		},
		{
			name:   "eBay's footer whose comma is no separator of thousands",
			file:   "Order Number,Item Title,Sale Date,Buyer Username,Total Price,Paid On Date\n11-1-1,Cup,Jul-21-25,b,$5.00,Jul-21-25\n2,record(s) downloaded,from Jul-01-25,to Jul-31-25,,\nSeller ID : me,,,,,\n",
			orders: map[string]wanted{"11-1-1": {data.StatusToShip, "USD 5.00", "", ""}},
		},
		{
			name: "eBay's transactions of other kinds",
			file: "Transaction creation date,Type,Order number,Gross transaction amount,Transaction currency,Transaction ID\n" +
				"\"Jan 5, 2026\",Order,1-1,10.00,USD,T1\n\"Jan 6, 2026\",Refund,1-1,-4.00,USD,T2\n\"Jan 7, 2026\",Payout,--,-6.00,USD,T3\n" +
				"\"Jan 7, 2026\",Other fee,1-1,-1.00,USD,T4\n\"Jan 8, 2026\",Stardust,1-1,3.00,USD,T5\n",
			orders:   map[string]wanted{"1-1": {data.StatusUnknown, "USD 10.00", "USD 4.00", ""}},
			rejected: "4:left_out 5:left_out 6:unknown_row",
		},
	} {
		c.shop = shop("", "UTC", "")
		t.Run(c.name, c.run)
	}
}

func TestSignsOfRefunds(t *testing.T) {
	paid := payPalRow("Website Payment", "Completed", "59.97", "A", "", "", "", "Credit")
	for _, c := range []kindCase{
		{
			name: "a chargeback that was reversed, the reversal above",
			file: payPalHead + payPalRow("Chargeback Reversal", "Completed", "59.97", "C", "", "A", "", "Credit") + paid +
				payPalRow("Chargeback", "Completed", "-59.97", "B", "", "A", "", "Debit"),
			orders: map[string]wanted{"A": {data.StatusToShip, "EUR 59.97", "EUR 0.00", ""}},
		},
		{
			name: "two partial refunds, one told twice",
			file: payPalHead + paid + payPalRow("Payment Refund", "Completed", "-10.00", "R1", "", "A", "", "Debit") +
				payPalRow("Payment Refund", "Completed", "-10.00", "R1", "", "A", "", "Debit") +
				payPalRow("Payment Refund", "Completed", "-49.97", "R2", "", "A", "", "Debit"),
			orders: map[string]wanted{"A": {data.StatusRefunded, "EUR 59.97", "EUR 59.97", ""}},
		},
		{
			name:   "more refunded than paid",
			file:   payPalHead + paid + payPalRow("Payment Refund", "Completed", "-60.00", "R1", "", "A", "", "Debit"),
			orders: map[string]wanted{"A": {data.StatusRefunded, "EUR 59.97", "EUR 60.00", ""}},
			doubts: "refunded",
		},
		{
			name: "more refunded than paid, in a column",
			file: "Name,Financial Status,Fulfillment Status,Currency,Total,Created at,Lineitem name,Refunded Amount\n" +
				"#1,partially_refunded,fulfilled,EUR,30.00,2026-06-12 09:59:00 +0200,A,30.01\n",
			orders: map[string]wanted{"#1": {data.StatusShipped, "EUR 30.00", "EUR 30.01", ""}},
			doubts: "refunded",
		},
		{
			name:   "called refunded, but the refunds are less",
			file:   payPalHead + payPalRow("Website Payment", "Refunded", "59.97", "A", "", "", "", "Credit") + payPalRow("Payment Refund", "Completed", "-10.00", "R1", "", "A", "", "Debit"),
			orders: map[string]wanted{"A": {data.StatusRefunded, "EUR 59.97", "EUR 10.00", ""}},
			doubts: "refunded_word",
		},
		{
			name:     "a refund that was denied, and one without its payment",
			file:     payPalHead + paid + payPalRow("Payment Refund", "Denied", "-10.00", "R1", "", "A", "", "Debit") + payPalRow("Payment Refund", "Completed", "-7.00", "R9", "", "OLD", "", "Debit"),
			orders:   map[string]wanted{"A": {data.StatusToShip, "EUR 59.97", "", ""}},
			rejected: "3:left_out 4:no_payment",
		},
	} {
		c.shop = shop("", "UTC", "")
		t.Run(c.name, c.run)
	}
}

func TestStatusesOfUnits(t *testing.T) {
	lazada := "orderItemId,orderNumber,createTime,paidPrice,shippingFee,unitPrice,itemName,status\n"
	unit := func(id, price, status string) string {
		return id + ",7,12 Jun 2026 07:47," + price + ",0.00," + price + ",Cup " + id + "," + status + "\n"
	}
	tiktok := "Order ID,Order Status,SKU ID,Order Amount,Created Time,Paid Time,Cancelled Time,Product Name,Quantity\n"
	for _, c := range []kindCase{
		{
			name: "the canceled unit first", file: lazada + unit("1", "18.50", "canceled") + unit("2", "18.50", "delivered"),
			orders: map[string]wanted{"7": {data.StatusDelivered, "MYR 18.50", "", "1 Cup 2 18.50"}},
		},
		{
			name: "the canceled unit last", file: lazada + unit("2", "18.50", "delivered") + unit("1", "18.50", "canceled"),
			orders: map[string]wanted{"7": {data.StatusDelivered, "MYR 18.50", "", "1 Cup 2 18.50"}},
		},
		{
			name: "all canceled", file: lazada + unit("2", "18.50", "canceled") + unit("1", "10.00", "Cancelled"),
			orders: map[string]wanted{"7": {data.StatusCanceled, "MYR 28.50", "", "1 Cup 2 18.50; 1 Cup 1 10.00"}},
		},
		{
			name: "one is still to be sent", file: lazada + unit("1", "10.00", "delivered") + unit("2", "10.00", "pending"),
			orders: map[string]wanted{"7": {data.StatusToShip, "MYR 20.00", "", ""}},
		},
		{
			name: "one came back", file: lazada + unit("1", "10.00", "returned") + unit("2", "10.00", "delivered") + unit("3", "4.00", "canceled"),
			orders: map[string]wanted{"7": {data.StatusDelivered, "MYR 20.00", "", "1 Cup 1 10.00; 1 Cup 2 10.00"}}, doubts: "refunded_unit",
		},
		{
			name: "all came back", file: lazada + unit("1", "10.00", "returned") + unit("3", "4.00", "canceled"),
			orders: map[string]wanted{"7": {data.StatusRefunded, "MYR 10.00", "", "1 Cup 1 10.00"}},
		},
		{
			name: "a word that nobody knows", file: lazada + unit("1", "10.00", "teleported"),
			orders: map[string]wanted{"7": {data.StatusUnknown, "MYR 10.00", "", ""}}, doubts: "status",
		},
		{
			name: "words of other languages, an unknown one although paid, and a filled time of canceling",
			file: tiktok + "1,Perlu dikirim,S,10000,13/08/2026 11:27,13/08/2026 11:30,,Cup,1\n2,Đã hủy,S,10000,13/08/2026 11:27,13/08/2026 11:30,,Cup,1\n3,จัดส่งแล้ว,S,10000,13/08/2026 11:27,13/08/2026 11:30,,Cup,1\n4,Ujsxd,S,10000,13/08/2026 11:27,13/08/2026 11:30,,Cup,1\n5,Ujsxd,S,10000,13/08/2026 11:27,13/08/2026 11:30,14/08/2026 10:00,Cup,1\n",
			orders: map[string]wanted{
				"1": {data.StatusToShip, "MYR 10000.00", "", ""}, "2": {data.StatusCanceled, "MYR 10000.00", "", ""}, "3": {data.StatusShipped, "MYR 10000.00", "", ""},
				"4": {data.StatusUnknown, "MYR 10000.00", "", ""}, "5": {data.StatusCanceled, "MYR 10000.00", "", ""},
			},
			doubts: "status",
		},
		{
			name:   "a canceled unit of an order whose total is stated",
			file:   tiktok + "1,Shipped,S1,30.00,13/08/2026 11:27,13/08/2026 11:30,,Cup,1\n1,Canceled,S2,30.00,13/08/2026 11:27,13/08/2026 11:30,13/08/2026 12:00,Plate,1\n",
			orders: map[string]wanted{"1": {data.StatusShipped, "MYR 30.00", "", "1 Cup 0.00"}},
			doubts: "canceled_unit",
		},
		{
			name:   "two rows that state two totals, the smaller one first",
			file:   tiktok + "1,Shipped,S1,20.00,13/08/2026 11:27,13/08/2026 11:30,,Cup,1\n1,Shipped,S2,30.00,13/08/2026 11:27,13/08/2026 11:30,,Plate,1\n",
			orders: map[string]wanted{"1": {data.StatusShipped, "MYR 30.00", "", ""}},
			doubts: "two_amounts",
		},
	} {
		c.shop = shop(data.Lazada, "Asia/Kuala_Lumpur", "MYR")
		t.Run(c.name, c.run)
	}
}

func TestColumnsThatAPresetDidNotFind(t *testing.T) {
	all := Options{Shop: shop(data.EBay, "UTC", "")}
	for name, c := range map[string]struct{ file, missing, preset string }{
		"a German report without any amount": {
			"Verkaufsprotokollnummer;Bestellnummer;Verkauft am;Nutzername des Käufers;Summe der Dinge\n1;2-2;10-Dez-25;k;5,00 €\n", "Gesamtpreis", "",
		},
		"an Amazon report without any of the amounts that add up": {
			"amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\titem-status\tprice\n1-1\t2026-01-01T00:00:00Z\t2026-01-01T00:00:00Z\tShipped\tShipped\t5.00\n", "item-price", "",
		},
		"a German report in the older wording, without an address": {
			"Verkaufsprotokollnummer;Mitgliedsname;Bestellnummer;Artikelbezeichnung;Stückzahl;Verkaufspreis;Gesamtpreis;Verkaufsdatum\n1;k;2-2;Lampe;1;5,00;5,00;10-Dez-25\n", "Adresse 1 des Empfängers", "ebay-orders-de",
		},
		"an Etsy file in another wording": {
			"Sale Date,Order ID,Full Name,Currency,Order Value,Order Total,Town,Postcode\n09/03/26,1,Jo,EUR,5.00,5.00,Ulm,89073\n", "Ship City", "etsy-orders",
		},
	} {
		g, err := readAll(t, textSource("a.csv", c.file), TargetOrders, all)
		switch {
		case c.preset == "":
			if g.in.Near == nil || g.in.Near.Kind.Code != "import_no_money" || !strings.Contains(g.in.Near.What(), c.missing) {
				t.Errorf("%s: %v, %+v", name, err, g.in.Near)
			}
		case err != nil || g.in.Preset.ID != c.preset || len(g.doubts) == 0 || code(g.doubts[0]) != "import_doubt_columns" ||
			!strings.Contains(g.doubts[0].Why.String(), c.missing):
			t.Errorf("%s: %v, %s", name, err, show(g.doubts))
		}
	}
}

// What a kind of file never has is worth knowing; what it has else is doubted.
func TestColumnsThatSomeFilesNeverHave(t *testing.T) {
	const head = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\titem-status\tsku\tquantity\titem-price\titem-tax\tshipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\t" +
		"item-promotion-discount\tship-promotion-discount\tship-city\tship-postal-code\tship-country"
	row := "\n1-1\t2026-01-01T00:00:00Z\t2026-01-01T00:00:00Z\tShipped\tShipped\tS\t1\t5.00\t0.00\t0.00\t0.00\t\t\t\t\tUlm\t89073\tDE"
	g := mustRead(t, textSource("a.txt", head+"\tcurrency"+row+"\tEUR\n"), "amazon-all-orders", Options{Shop: shop(data.Amazon, "UTC", "EUR")})
	if len(g.doubts) != 1 || code(g.doubts[0]) != "import_note_columns" || g.doubts[0].Severity != data.Info || g.doubts[0].Mend.Deed != "" ||
		!strings.Contains(g.doubts[0].Why.String(), "payments-date, buyer-name, ship-address-1") {
		t.Errorf("all that it can have: %s", show(g.doubts))
	}
	g = mustRead(t, textSource("a.txt", head+row+"\n"), "amazon-all-orders", Options{Shop: shop(data.Amazon, "UTC", "EUR")})
	if len(g.doubts) != 2 || code(g.doubts[0]) != "import_doubt_columns" || g.doubts[0].Severity != data.Warning || g.doubts[0].Mend.Deed != DeedMap ||
		!strings.HasSuffix(g.doubts[0].Why.String(), ": currency.") || code(g.doubts[1]) != "import_note_columns" {
		t.Errorf("without the currency: %s", show(g.doubts))
	}
}

func TestBritishAndGermanWordings(t *testing.T) {
	g := mustRead(t, textSource("a.csv", "Verkaufsprotokollnummer;Bestellnummer;Nutzername des Käufers;Name des Empfängers;Adresse 1 des Empfängers;Versand nach - Ort;Versand nach - PLZ;"+
		"Versand nach - Land;Angebotstitel;Anzahl;Verkauft für;Verpackung und Versand;Gesamtbetrag;Verkauft am;Zahlungsdatum;Versand bis - Datum;Verschickt am - Datum\n"+
		"1;2-2;k;Petra Muster;Weg 1;Ulm;89073;Deutschland;Lampe;2;50,00 €;4,90 €;104,90 €;04-Mrz-26;04-Mrz-26;06-Mrz-26;05-Mär-26\n"), "ebay-orders-de", Options{Shop: shop(data.EBay, "Europe/Berlin", "")})
	o := g.orders["2-2"]
	if o.Total.String() != "EUR 104.90" || o.Shipping.String() != "EUR 4.90" || o.ShipTo.City != "Ulm" || o.ShipTo.Postcode != "89073" || o.ShipTo.Line1 != "Weg 1" ||
		o.Status != data.StatusShipped || itemList(o) != "2 Lampe 50.00" || o.ShipBy.IsZero() || len(g.doubts) != 0 {
		t.Errorf("%s, doubts %v", show(o), g.doubts)
	}
	g = mustRead(t, textSource("a.csv", "Order Number,Item Title,Sale Date,Buyer Username,Post To Name,Post To Address 1,Post To City,Post To County,Post To Postcode,Post To Country,Quantity,"+
		"Sold For,Postage And Packaging,Total Price,Paid On Date,Post By Date,Dispatched On Date\n3-3,Cup,21-Jul-25,b,Jo,1 High St,York,,YO1 7HH,United Kingdom,1,£5.00,£2.00,£7.00,21-Jul-25,23-Jul-25,22-Jul-25\n"),
		"ebay-orders", Options{Shop: shop(data.EBay, "Europe/London", "")})
	if o := g.orders["3-3"]; o.Total.String() != "GBP 7.00" || o.ShipTo.City != "York" || o.Status != data.StatusShipped || o.Shipping.String() != "GBP 2.00" || len(g.doubts) != 0 {
		t.Errorf("%s, doubts %v", show(o), g.doubts)
	}
}

func TestDoubtsAboutTurnedClocks(t *testing.T) {
	g := mustRead(t, textSource("a.csv", "order id,order status,Order item ID,quantity purchased,base price total,purchase date\n"+
		"1,Shipped,a,1,€5.00,2026-03-29 02:30\n2,Shipped,b,1,€5.00,2026-10-25 02:30\n3,Shipped,c,1,€5.00,2026-10-25 03:30\n"), "temu-orders", Options{Shop: shop(data.Temu, "Europe/Berlin", "")})
	var said []string
	for _, d := range g.doubts {
		said = append(said, strconv.Itoa(lineOf(d))+":"+code(d))
	}
	if got := strings.Join(said[1:], " "); got != "2:import_doubt_clock_gap 3:import_doubt_clock_twice" {
		t.Error(said)
	}
	if at := g.orders["2"].OrderedAt; !at.Equal(time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC)) {
		t.Error(at)
	}
}

func TestStatusWordsOfATableThatNoPresetKnows(t *testing.T) {
	p, err := Mapping("own", "Own", TargetOrders, []Column{
		{Header: "Nr", Field: FieldNumber}, {Header: "Stand", Field: FieldStatus}, {Header: "Bezahlt", Field: FieldPaidAt}, {Header: "Summe", Field: FieldTotal},
	})
	if err != nil {
		t.Fatal(err)
	}
	file := "Nr;Stand;Bezahlt;Summe;Storniert am\n1;Zugestellt;2026-06-12;5,00;\n2;Qwx;2026-06-12;5,00;\n3;;2026-06-12;5,00;\n4;Zu versenden;2026-06-12;5,00;2026-06-13\n"
	in, err := InspectAs(t.Context(), textSource("a.csv", file), []*Preset{p}, Layout{}, TargetOrders)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]data.OrderStatus{}
	sum, err := Read(t.Context(), textSource("a.csv", file), in, Options{Preset: p, Shop: shop("", "UTC", "EUR")}, Sink{
		Order: func(o *data.Order) error { got[o.Number] = o.Status; return nil },
	})
	want := map[string]data.OrderStatus{"1": data.StatusDelivered, "2": data.StatusUnknown, "3": data.StatusToShip, "4": data.StatusCanceled}
	if err != nil || sum.Doubts != 1 || show(got) != show(want) {
		t.Errorf("%v, %+v, %s", err, sum, show(got))
	}
}

func TestPayPalStatementInGerman(t *testing.T) {
	head := `"Datum","Uhrzeit","Zeitzone","Beschreibung","Währung","Brutto","Entgelt","Netto","Guthaben","Transaktionscode","Absender E-Mail-Adresse","Name","Zugehöriger Transaktionscode"` + "\n"
	row := func(what, gross, id, ref string) string {
		return `"10.07.2026","12:09:12","Europe/Berlin","` + what + `","EUR","` + gross + `","0,00","` + gross + `","732,06","` + id + `","k@example.com","Karl","` + ref + `"` + "\n"
	}
	c := kindCase{
		file: head + row("Handyzahlung", "3,50", "A", "") + row("Rückzahlung", "-1,50", "R", "A") + row("Bankgutschrift auf PayPal-Konto", "20,00", "B", "") +
			row("PayPal-Gebühr", "-0,35", "F", "A") + row("Sternenstaub", "1,00", "S", ""),
		shop:     shop(data.PayPal, "Europe/Berlin", ""),
		orders:   map[string]wanted{"A": {data.StatusToShip, "EUR 3.50", "EUR 1.50", ""}},
		rejected: "4:left_out 5:left_out 6:unknown_row",
	}
	c.run(t)
}

// An amount that the file has a place for and does not say is told: it is not 0.
func TestAmountsThatAreNotSaid(t *testing.T) {
	shopify := "Name,Financial Status,Fulfillment Status,Currency,Total,Created at,Lineitem name,Lineitem quantity,Refunded Amount,Cancelled at\n"
	sale := func(n, financial, total, refunded string) string {
		return n + "," + financial + ",fulfilled,USD,\"" + total + "\",2026-06-12 09:59:00 +0200,A,1," + refunded + ",\n"
	}
	for _, c := range []kindCase{
		{
			name: "totals that are empty, a dash, and no number", file: shopify + sale("#1", "paid", "5.00", "0.00") + sale("#2", "paid", "", "0.00") + sale("#3", "paid", "-", "0.00") + sale("#4", "paid", "N/A", "0.00"),
			orders: map[string]wanted{
				"#1": {data.StatusShipped, "USD 5.00", "USD 0.00", ""}, "#2": {data.StatusShipped, "", "USD 0.00", ""}, "#3": {data.StatusShipped, "", "USD 0.00", ""}, "#4": {data.StatusShipped, "", "USD 0.00", ""},
			},
			doubts: "no_total",
		},
		{
			name: "an order for nothing, and an item in a row of its own", file: shopify + sale("#1", "paid", "0.00", "0.00") + "#1,,,,,,B,2,,\n",
			orders: map[string]wanted{"#1": {data.StatusShipped, "USD 0.00", "USD 0.00", "1 A 0.00; 2 B 0.00"}},
		},
		{
			name: "an order that was not paid yet, and one that was canceled", file: shopify + "#1,pending,,USD,,2026-06-12 09:59:00 +0200,A,1,,\n#2,paid,,USD,,2026-06-12 09:59:00 +0200,A,1,,2026-06-13 09:59:00 +0200\n",
			orders: map[string]wanted{"#1": {data.StatusUnpaid, "", "", ""}, "#2": {data.StatusCanceled, "", "", ""}},
		},
		{
			name: "called refunded, and nothing, a part or all of it was", file: shopify + sale("#1", "refunded", "5.00", "0.00") + sale("#2", "refunded", "5.00", "2.00") + sale("#3", "refunded", "5.00", "5.00"),
			orders: map[string]wanted{
				"#1": {data.StatusRefunded, "USD 5.00", "USD 0.00", ""}, "#2": {data.StatusRefunded, "USD 5.00", "USD 2.00", ""}, "#3": {data.StatusRefunded, "USD 5.00", "USD 5.00", ""},
			},
			doubts: "refunded_word refunded_word",
		},
		{
			name:   "a payment called refunded whose refund is in another file",
			file:   payPalHead + payPalRow("Website Payment", "Refunded", "25.00", "A", "Cup", "", "1", "Credit"),
			orders: map[string]wanted{"A": {data.StatusRefunded, "EUR 25.00", "", ""}},
			doubts: "refunded_word",
		},
		{
			name:     "groups of thousands where the preset knows decimals alone",
			file:     strings.ReplaceAll(shopify, "Currency,", "") + "#1,paid,,45.000 USD,2026-06-12 09:59:00 +0200,A,1,,\n#2,paid,,₫45.000,2026-06-12 09:59:00 +0200,A,1,,\n#3,paid,,45.00 USD,2026-06-12 09:59:00 +0200,A,1,,\n#4,paid,,45.500 KWD,2026-06-12 09:59:00 +0200,A,1,,\n",
			orders:   map[string]wanted{"#2": {data.StatusToShip, "VND 45000", "", ""}, "#3": {data.StatusToShip, "USD 45.00", "", ""}, "#4": {data.StatusToShip, "KWD 45.500", "", ""}},
			rejected: "2:amount",
		},
	} {
		c.shop = shop("", "UTC", "")
		t.Run(c.name, c.run)
	}
	g, err := readAll(t, textSource("a.csv", shopify+sale("#1", "paid", "45.000", "")), TargetOrders, Options{Shop: shop("", "UTC", ""), Decimal: DecimalPoint})
	if err != nil || g.orders["#1"] == nil || g.orders["#1"].Total.String() != "USD 45.00" {
		t.Errorf("a person says that the point stands before decimals: %s, %v", show(g.orders), err)
	}
}
