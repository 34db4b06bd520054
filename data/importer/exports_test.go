package importer

import (
	"testing"

	"casebinder/data"
)

func brl(minor int64) data.Money { return data.Money{Minor: minor, Currency: "BRL"} }
func krw(minor int64) data.Money { return data.Money{Minor: minor, Currency: "KRW"} }

// One order of two lines, whose second row holds its item alone; one canceled.
func TestSquarespaceOrders(t *testing.T) {
	g := mustRead(t, file(t, "squarespace.csv"), "squarespace-orders", Options{Shop: shop(data.OtherSite, "America/New_York", "")})
	o := g.order(t, "00012")
	want(t, "total", o.Total, usd(5500))
	want(t, "shipping", o.Shipping, usd(500))
	want(t, "status", o.Status, data.StatusToShip)
	want(t, "ordered at 10:00 in New York's summer", o.OrderedAt, utc(2026, 5, 1, 14, 0, 0))
	want(t, "paid", o.PaidAt, utc(2026, 5, 1, 14, 0, 5))
	want(t, "reference", o.PaymentRef, "ch_sample7")
	want(t, "items", len(o.Items), 2)
	want(t, "first", o.Items[0], data.Item{SKU: "SH-M", Title: "Shirt", Variation: "M", Quantity: 1, Price: usd(2000)})
	want(t, "second", o.Items[1], data.Item{SKU: "SO", Title: "Socks", Quantity: 2, Price: usd(1500)})
	want(t, "to", o.ShipTo, data.Address{Name: "Eve Sample", Line1: "1 Main St", City: "Salem", State: "MA", Postcode: "01970", Country: "United States"})
	want(t, "payment", o.Payment, data.Payment{
		State: data.PaymentCleared, Payer: "Eve Payer",
		Billing: data.Address{Name: "Eve Payer", Line1: "2 Side St", City: "Reno", State: "NV", Postcode: "89501", Country: "United States"},
	})
	want(t, "canceled", g.order(t, "00013").Status, data.StatusCanceled)
	want(t, "doubts", len(g.doubts), 0)
}

// The billing columns bear the names of the delivery's, which stand first.
func TestWixOrders(t *testing.T) {
	g := mustRead(t, file(t, "wix.csv"), "wix-orders", Options{Shop: shop(data.OtherSite, "Europe/Berlin", "")})
	o := g.order(t, "10021")
	want(t, "total", o.Total, eur(3990))
	want(t, "shipping", o.Shipping, eur(490))
	want(t, "status", o.Status, data.StatusToShip)
	want(t, "ordered at 09:15:51 in Berlin's winter", o.OrderedAt, utc(2026, 12, 8, 8, 15, 51))
	want(t, "to", o.ShipTo, data.Address{Name: "Ann Sample", Line1: "Weg 1", City: "Berlin", State: "Berlin", Postcode: "10115", Country: "DEU", Phone: "0152 1"})
	want(t, "buyer's country", o.Buyer.Country, "DE")
	want(t, "items", o.Items, []data.Item{
		{SKU: "MUG-B", Title: "Mug", Variation: "Blue", Quantity: 2, Price: eur(1250)}, {SKU: "TIN", Title: "Tin", Quantity: 1, Price: eur(1000)},
	})
	want(t, "note", o.BuyerNote, "Ring twice")
	want(t, "payment", o.Payment, data.Payment{State: data.PaymentCleared, Payer: "Ann Payer"})
	want(t, "billing city stays beside", o.Extra["Delivery city (2)"], "")
	back := g.order(t, "10022")
	want(t, "status", back.Status, data.StatusRefunded)
	want(t, "refunded", back.Refunded, eur(1000))
	want(t, "ordered at 13:05", back.OrderedAt, utc(2026, 12, 9, 12, 5, 0))
	want(t, "not paid", g.order(t, "10023").Status, data.StatusUnpaid)
	want(t, "not paid", g.order(t, "10023").Payment.State, data.PaymentPending)
}

// The status of the second tells until when a return may be asked for; none was.
// The word of the fourth is nobody's.
func TestShopeeBrazil(t *testing.T) {
	g := mustRead(t, file(t, "shopee-br.csv"), "shopee-orders-br", Options{Shop: shop(data.Shopee, "America/Sao_Paulo", "BRL")})
	o := g.order(t, "2608250ABCDE1")
	want(t, "total", o.Total, brl(6290))
	want(t, "shipping", o.Shipping, brl(1290))
	want(t, "status", o.Status, data.StatusToShip)
	want(t, "ordered at 10:30, three hours behind Greenwich", o.OrderedAt, utc(2026, 8, 25, 13, 30, 0))
	want(t, "ship by", o.ShipBy, utc(2026, 8, 29, 2, 59, 0))
	want(t, "items", o.Items, []data.Item{{SKU: "CAN-AZ", Title: "Caneca", Variation: "Azul", Quantity: 2, Price: brl(2500)}})
	want(t, "to", o.ShipTo, data.Address{Name: "Ana Exemplo", Line1: "Rua Modelo, 1", Line2: "Centro", City: "Curitiba", State: "PR", Postcode: "80010000", Country: "BR"})
	sent := g.order(t, "2608250ABCDE2")
	want(t, "status", sent.Status, data.StatusDelivered)
	want(t, "the platform's words", sent.PlatformStatus, "O comprador pode pedir uma devolução até 2026-09-10")
	want(t, "tracking", sent.Shipments[0].Tracking, "BR0001")
	want(t, "canceled", g.order(t, "2608250ABCDE3").Status, data.StatusCanceled)
	want(t, "unknown word", g.order(t, "2608250ABCDE4").Status, data.StatusUnknown)
	want(t, "doubts", len(g.doubts), 1)
	want(t, "doubt", code(g.doubts[0]), "import_doubt_status")
}

// 25,000 + 2,500 + 9,000 = 36,500 won; the other 9,000 + 3,000 = 12,000.
func TestCoupangOrders(t *testing.T) {
	g := mustRead(t, file(t, "coupang.csv"), "coupang-orders", Options{Shop: shop(data.OtherSite, "Asia/Seoul", "")})
	o := g.order(t, "1000000000001")
	want(t, "total", o.Total, krw(36500))
	want(t, "status", o.Status, data.StatusToShip)
	want(t, "ordered at 10:30 in Seoul", o.OrderedAt, utc(2026, 9, 25, 1, 30, 0))
	want(t, "ship by the end of the 28th in Seoul", o.ShipBy, dueDay(2026, 9, 27, 15))
	want(t, "items", o.Items, []data.Item{
		{ExternalID: "8000001", SKU: "MUG-B", Title: "머그컵", Variation: "파랑", Quantity: 2, Price: krw(12500)},
		{ExternalID: "8000002", SKU: "TIN", Title: "양철통", Quantity: 1, Price: krw(9000)},
	})
	want(t, "postcode", o.ShipTo.Postcode, "04524")
	want(t, "note", o.BuyerNote, "문 앞")
	sent := g.order(t, "1000000000002")
	want(t, "total", sent.Total, krw(12000))
	want(t, "status", sent.Status, data.StatusDelivered)
	want(t, "delivered", sent.DeliveredAt, utc(2026, 9, 24, 3, 0, 0))
	want(t, "parcel", sent.Shipments[0].Tracking, "600000000001")
}

// The grid has four decimals, and names no currency: the shop's is taken.
func TestMagentoOrders(t *testing.T) {
	g := mustRead(t, file(t, "magento.csv"), "magento-orders", Options{Shop: shop(data.OtherSite, "UTC", "EUR")})
	o := g.order(t, "000000012")
	want(t, "total", o.Total, eur(3990))
	want(t, "shipping", o.Shipping, eur(490))
	want(t, "status", o.Status, data.StatusToShip)
	want(t, "ordered", o.OrderedAt, utc(2026, 9, 25, 10, 30, 0))
	want(t, "payment", o.Payment, data.Payment{State: data.PaymentCleared, Payer: "Ann Payer", Billing: data.Address{Name: "Ann Payer", Line1: "Gasse 2,Munich,Bavaria,80331"}})
	want(t, "looked at", g.order(t, "000000013").Status, data.StatusReview)
	want(t, "looked at", g.order(t, "000000013").Payment.State, data.PaymentReview)
	want(t, "refunded", g.order(t, "000000014").Refunded, eur(1000))
	want(t, "refunded", g.order(t, "000000014").Status, data.StatusRefunded)
}

// One file of the orders of two shops on two platforms: taken, and told.
func TestDianxiaomiOrders(t *testing.T) {
	g := mustRead(t, file(t, "dianxiaomi.csv"), "dianxiaomi-orders", Options{Shop: shop(data.EBay, "Asia/Shanghai", "USD")})
	o := g.order(t, "11-11111-11111")
	want(t, "total", o.Total, usd(2999))
	want(t, "shipping", o.Shipping, usd(499))
	want(t, "status", o.Status, data.StatusToShip)
	want(t, "ordered at 10:30 in Shanghai", o.OrderedAt, utc(2026, 9, 25, 2, 30, 0))
	want(t, "items", o.Items, []data.Item{{SKU: "MUG-B", Title: "Mug", Variation: "Blue", Quantity: 2, Price: usd(1250)}})
	want(t, "to", o.ShipTo, data.Address{Name: "Ann Sample", Line1: "1 Main St", Line2: "Apt 2", City: "Salem", State: "MA", Postcode: "01970", Country: "US", Phone: "5550100"})
	want(t, "parcel", o.Shipments[0], data.Shipment{Carrier: "燕文", Service: "Standard Shipping", Tracking: "UM000000001YP"})
	want(t, "what is not a field stays", o.Extra["店铺账号"], "shop_one")
	want(t, "another currency", g.order(t, "3300000001").Total, data.Money{Minor: 1000, Currency: "GBP"})
	want(t, "shipped", g.order(t, "3300000001").Status, data.StatusShipped)
	want(t, "looked at", g.order(t, "22-22222-22222").Payment.State, data.PaymentReview)
	want(t, "doubts", len(g.doubts), 1)
	want(t, "doubt", code(g.doubts[0]), "import_doubt_shops")
	want(t, "shops", g.doubts[0].Why.Args["shops"], "shop_one, shop_two")
}

// Line 4's reason is nobody's word; line 5 does not say when it was asked for.
func TestAmazonReturns(t *testing.T) {
	g, err := readAll(t, file(t, "amazon-returns.txt"), TargetDisputes, Options{Shop: shop(data.Amazon, "America/Los_Angeles", "USD")})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "preset", g.in.Preset.ID, "amazon-returns")
	want(t, "returns", len(g.disputes), 3)
	d := g.disputes[0]
	want(t, "order", d.OrderNumber, "114-1111111-1111111")
	want(t, "case", d.CaseNumber, "DSample01RRMA")
	want(t, "kind", d.Kind, KindReturn)
	want(t, "reason", d.Reason, data.ReasonQuality)
	want(t, "awaits", d.Awaits, data.ActorBuyer)
	want(t, "asked for on 14 August in Los Angeles", d.OpenedAt, day(2026, 8, 14, 7))
	want(t, "a claim", g.disputes[1].Kind, KindAToZ)
	want(t, "wrong item", g.disputes[1].Reason, data.ReasonWrongItem)
	want(t, "unknown reason", g.disputes[2].Reason, data.ReasonOther)
	want(t, "doubted", len(g.disputes[2].Doubts), 1)
	want(t, "rejected", g.rejections(), map[int]string{5: "import_no_opening"})
}

func TestStripeDisputeList(t *testing.T) {
	g, err := readAll(t, file(t, "stripe-dispute-list.csv"), TargetDisputes, Options{Shop: shop("", "UTC", "")})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "preset", g.in.Preset.ID, "stripe-dispute-list")
	d := g.disputes[0]
	want(t, "case", d.CaseNumber, "dp_sample1")
	want(t, "charge", d.PaymentRef, "ch_sample1")
	want(t, "intent", d.OtherRef, "pi_sample1")
	want(t, "amount", d.Amount, usd(4599))
	want(t, "reason", d.Reason, data.ReasonNotReceived)
	want(t, "due", d.StatedDue, utc(2026, 2, 8, 23, 59, 0))
	want(t, "awaits", d.Awaits, data.ActorSeller)
	want(t, "yen have no decimals", g.disputes[1].Amount, data.Money{Minor: 1200, Currency: "JPY"})
	want(t, "outcome", g.disputes[1].Outcome, OutcomeLost)
}
