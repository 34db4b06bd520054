package importer

import (
	"testing"

	"casebinder/data"
)

// Line 2 of each statement is a refund of line 3's payment; 4 was paid by the
// shop; 6 and 7 change money, 8 is a payout, 9 a hold that ends, 10 a type that
// nobody knows, 11 a refund of a payment that is in no file.
func TestPayPalStatements(t *testing.T) {
	for _, c := range []struct{ preset, sale, second string }{
		{"paypal-statement", "Express Checkout Payment", "Mobile Payment"},
		{"paypal-statement-de", "PayPal Express-Zahlung", "Handyzahlung"},
		{"paypal-statement-fr", "Paiement Express Checkout", "Paiement sur site marchand"},
		{"paypal-statement-es", "Pago con Pago exprés", "Pago con Pago de usuario de BillPay preaprobado"},
		{"paypal-statement-it", "Pagamento Express Checkout", "Pagamento da cellulare"},
	} {
		t.Run(c.preset, func(t *testing.T) {
			g := mustRead(t, file(t, c.preset+".csv"), c.preset, Options{Shop: shop(data.PayPal, "", "")})
			o := g.order(t, "P1")
			want(t, "total", o.Total, eur(123450))
			want(t, "shipping", o.Shipping, eur(450))
			want(t, "refunded", o.Refunded, eur(3450))
			want(t, "status", o.Status, data.StatusToShip)
			want(t, "payment", o.PaymentRef, "P1")
			want(t, "kind", o.PaymentMethod, c.sale)
			want(t, "buyer", o.Buyer, data.Buyer{Platform: data.PayPal, Handle: "ann@example.com", Name: "Ann Sample", Email: "ann@example.com"})
			want(t, "paid at 09:15:30 in Berlin's winter", o.OrderedAt, utc(2026, 3, 25, 8, 15, 30))
			two := g.order(t, "P2")
			want(t, "total", two.Total, usd(2000))
			want(t, "kind", two.PaymentMethod, c.second)
			want(t, "orders", len(g.orders), 2)
			left := "import_left_out"
			want(t, "no sales", g.rejections(), map[int]string{4: left, 6: left, 7: left, 8: left, 9: left, 10: "import_unknown_row", 11: "import_no_payment"})
		})
	}
}

// Line 2 is a refund of line 3's payment; 5 failed, 6 was paid by the shop, 7
// moves money, 8 is of a type that nobody knows, 9 has its payment in no file.
func TestPayPalActivityInOtherLanguages(t *testing.T) {
	for _, c := range []struct {
		preset string
		items  []data.Item // the French copies show no columns of items and addresses
		land   string
	}{
		{"paypal-activity-fr", nil, ""},
		{"paypal-activity-es", []data.Item{{Title: "Clock", Quantity: 2}}, "DE"},
		{"paypal-activity-it", []data.Item{{Title: "Clock", Quantity: 2}}, "DE"},
	} {
		t.Run(c.preset, func(t *testing.T) {
			g := mustRead(t, file(t, c.preset+".csv"), c.preset, Options{Shop: shop(data.PayPal, "", "")})
			o := g.order(t, "P1")
			want(t, "total", o.Total, eur(123450))
			want(t, "refunded", o.Refunded, eur(10000))
			want(t, "status", o.Status, data.StatusToShip)
			want(t, "paid at 08:30:15, two hours before Greenwich", o.OrderedAt, utc(2026, 7, 21, 6, 30, 15))
			want(t, "email", o.Buyer.Email, "ann@example.com")
			want(t, "items", o.Items, c.items)
			want(t, "country", o.Buyer.Country, c.land)
			two := g.order(t, "P2")
			want(t, "total", two.Total, eur(2000))
			want(t, "status", two.Status, data.StatusReview)
			want(t, "day first, as the others say", two.OrderedAt, utc(2026, 6, 5, 8, 0, 0))
			want(t, "orders", len(g.orders), 2)
			left := "import_left_out"
			want(t, "no sales", g.rejections(), map[int]string{5: left, 6: left, 7: left, 8: "import_unknown_row", 9: "import_no_payment"})
		})
	}
}
