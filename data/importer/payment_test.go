package importer

import (
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

const paypalHead = "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,To Email Address,Transaction ID,Address Status," +
	"Address Line 1,Town/City,Zip/Postal Code,Country,Country Code,Balance Impact\n"

// Each row is a payment, with what PayPal tells of it.
func TestPaymentsOfPayPal(t *testing.T) {
	row := func(id, kind, status, address, street, country string) string {
		return "07/21/2026,08:30:15,PDT,Ann Sample," + kind + "," + status + ",USD,12.00,,,ann@example.com,," + id + "," + address + "," + street + ",Bonn,53111,Germany," + country + ",Credit\n"
	}
	g := mustRead(t, textSource("Download.CSV", paypalHead+
		row("P1", "Express Checkout Payment", "Completed", "Confirmed", "Weg 1", "DE")+
		row("P2", "Express Checkout Payment", "Under Review", "Non-Confirmed", "Weg 1", "NG")+
		row("P3", "eCheck Payment", "Uncleared", "", "", "")+
		row("P4", "Direct Credit Card Payment", "Pending", "", "", "")+
		row("P5", "Website Payment", "Cleared", "", "", "")+
		row("P6", "Website Payment", "Held", "", "", "")+
		row("P7", "Website Payment", "Reversed", "", "", "")+
		row("P8", "Website Payment", "Waiting for the moon", "", "", "")),
		"paypal-activity", Options{Shop: shop(data.PayPal, "America/Los_Angeles", "USD")})
	known := data.Payment{Holder: "Ann Sample", Email: "ann@example.com"}
	with := func(change func(*data.Payment)) data.Payment { p := known; change(&p); return p }
	home := data.Address{Line1: "Weg 1", City: "Bonn", Postcode: "53111", Country: "Germany"}
	away := data.Address{City: "Bonn", Postcode: "53111", Country: "Germany"}
	for number, w := range map[string]data.Payment{
		"P1": with(func(p *data.Payment) {
			p.State, p.AddressStatus, p.Address, p.AccountCountry = data.PaymentCleared, data.AddressConfirmed, home, "DE"
		}),
		"P2": with(func(p *data.Payment) {
			p.State, p.AddressStatus, p.Address, p.AccountCountry = data.PaymentReview, data.AddressUnconfirmed, home, "NG"
		}),
		"P4": with(func(p *data.Payment) {
			p.State, p.Account, p.Address = data.PaymentPending, data.PayerUnregistered, away
		}),
		"P5": with(func(p *data.Payment) { p.State, p.ECheck, p.Address = data.PaymentCleared, true, away }),
		"P6": with(func(p *data.Payment) { p.State, p.Address = data.PaymentHeld, away }),
		"P7": with(func(p *data.Payment) { p.State, p.Address = data.PaymentReversed, away }),
		"P8": with(func(p *data.Payment) { p.Address = away }),
	} {
		if o := g.orders[number]; o == nil || o.Payment != w {
			t.Errorf("%s: payment %s, want %s", number, show(o), show(w))
		}
	}
	if g.orders["P3"] != nil {
		t.Error("a type that no rule knows was taken for a sale")
	}
}

// What platforms tell of payments and of promised delivery, each in the form of
// its own file.
func TestPaymentsOfPlatforms(t *testing.T) {
	head := func(name string) string {
		text := readText(t, name)
		return text[:strings.IndexByte(text, '\n')+1]
	}
	for _, c := range []struct {
		preset, text string
		shop         data.Shop
		number       string
		payment      data.Payment
		deliverBy    time.Time
	}{
		{
			preset: "shopify-orders", shop: shop(data.Shopify, "UTC", ""), number: "#7",
			text: fill(head("shopify.csv"), map[string]string{
				"Name": "#7", "Email": "eve@example.com", "Financial Status": "authorized", "Currency": "USD", "Total": "8.00", "Created at": "2026-05-01 10:00:05 +0000",
				"Lineitem quantity": "1", "Lineitem name": "Cup", "Billing Name": "Eve Payer", "Billing Street": "2 Side St, Flat 3", "Billing Address1": "2 Side St", "Billing Address2": "Flat 3",
				"Billing City": "Reno", "Billing Zip": "'89501", "Billing Country": "US", "Shipping Name": "Eve Sample", "Shipping Address1": "1 Main St", "Risk Level": "High",
			}),
			payment: data.Payment{
				State: data.PaymentPending, Payer: "Eve Payer", Risk: data.JudgedHigh,
				Billing: data.Address{Name: "Eve Payer", Line1: "2 Side St", Line2: "Flat 3", City: "Reno", Postcode: "89501", Country: "US"},
			},
		},
		{
			preset: "stripe-payments", shop: shop("stripe", "UTC", ""), number: "ch_sample9",
			text: fill("id,Description,Created (UTC),Amount,Amount Refunded,Currency,Status,Customer Email,Card Name,Card Address Line1,Card Address City,Card Address Zip,Card Address Country,"+
				"Card Issue Country,Shipping Name,Shipping Address Line1,Shipping Address City,Shipping Address Country,Shipping Address Postal Code,Payment Source Type\n", map[string]string{
				"id": "ch_sample9", "Description": "Cup", "Created (UTC)": "2026-01-02 03:04:05", "Amount": "8.00", "Amount Refunded": "0.00", "Currency": "usd", "Status": "Paid",
				"Customer Email": "eve@example.com", "Card Name": "Eve Payer", "Card Address Line1": "2 Side St", "Card Address City": "Reno", "Card Address Zip": "89501",
				"Card Address Country": "US", "Card Issue Country": "BR", "Shipping Name": "Eve Sample", "Shipping Address Line1": "1 Main St", "Shipping Address City": "Salem",
				"Shipping Address Country": "US", "Shipping Address Postal Code": "97301", "Payment Source Type": "card",
			}),
			payment: data.Payment{
				State: data.PaymentCleared, Payer: "Eve Payer", AccountCountry: "BR",
				Address: data.Address{Name: "Eve Sample", Line1: "1 Main St", City: "Salem", Postcode: "97301", Country: "US"},
				Billing: data.Address{Name: "Eve Payer", Line1: "2 Side St", City: "Reno", Postcode: "89501", Country: "US"},
			},
		},
		{
			preset: "ebay-orders", shop: shop(data.EBay, "America/Los_Angeles", "USD"), number: "11-11111-11111",
			text: fill("Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Address 1,Buyer City,Buyer Zip,Buyer Country,Ship To Name,Ship To Address 1,Ship To City,Ship To Zip,"+
				"Ship To Country,Item Number,Item Title,Quantity,Sold For,Shipping And Handling,Total Price,Sale Date,Paid On Date,Ship By Date,Minimum Estimated Delivery Date,Maximum Estimated Delivery Date,Shipped On Date\n", map[string]string{
				"Order Number": "11-11111-11111", "Buyer Username": "eve_b", "Buyer Name": "Eve Payer", "Buyer Address 1": "2 Side St", "Buyer City": "Reno", "Buyer Zip": "89501",
				"Buyer Country": "United States", "Ship To Name": "Eve Sample", "Ship To Address 1": "1 Main St", "Ship To City": "Salem", "Ship To Country": "United States",
				"Item Title": "Cup", "Quantity": "1", "Sold For": "$8.00", "Shipping And Handling": "$0.00", "Total Price": "$8.00", "Sale Date": "Jul-21-25",
				"Minimum Estimated Delivery Date": "Jul-28-25", "Maximum Estimated Delivery Date": "Aug-01-25",
			}),
			payment: data.Payment{
				State:   data.PaymentPending, // the column of payment is there, and empty
				Billing: data.Address{Name: "Eve Payer", Line1: "2 Side St", City: "Reno", Postcode: "89501", Country: "United States"},
			},
			deliverBy: dueDay(2025, 8, 1, 7), // 1 August in Los Angeles, to its end
		},
		{
			preset: "walmart-orders", shop: shop(data.Walmart, "America/Los_Angeles", "USD"), number: "108000000000009",
			text: fill(head("walmart.csv"), map[string]string{
				"PO#": "108000000000009", "Order#": "1", "Order Date": "2026-09-25", "Ship By": "2026-09-28", "Delivery Date": "2026-10-02", "Customer Name": "Ann Sample",
				"Item Description": "Mug", "Qty": "1", "SKU": "MUG", "Status": "Acknowledged",
			}),
			deliverBy: dueDay(2026, 10, 2, 7),
		},
		{
			preset: "temu-orders", shop: shop(data.Temu, "UTC", "USD"), number: "PO-211-1",
			text: fill("order id,order status,Order item ID,order item status,product name,sku id,quantity purchased,recipient name,ship address 1,ship city,ship postal code,ship country,purchase date,latest shipping time,latest delivery time,base price total\n", map[string]string{
				"order id": "PO-211-1", "order status": "Unshipped", "Order item ID": "211-1-D01", "quantity purchased": "1", "product name": "Mug", "purchase date": "2026-09-25 10:00",
				"latest shipping time": "2026-09-27 10:00", "latest delivery time": "2026-10-05 18:00", "base price total": "5.00",
			}),
			deliverBy: utc(2026, 10, 5, 18, 0, 0),
		},
	} {
		t.Run(c.preset, func(t *testing.T) {
			o := mustRead(t, textSource(c.preset+".csv", c.text), c.preset, Options{Shop: c.shop}).orders[c.number]
			if o == nil || o.Payment != c.payment || !o.DeliverBy.Equal(c.deliverBy) {
				t.Errorf("got %s\nwant %s, delivery by %v", show(o), show(c.payment), c.deliverBy)
			}
		})
	}
}

// Two parcels of one order have two promised days, and the order the later one.
func TestPromiseOfEachParcel(t *testing.T) {
	head := "amazon-order-id\tshipment-id\tshipment-item-id\tamazon-order-item-id\tpurchase-date\tpayments-date\tshipment-date\treporting-date\tbuyer-email\tbuyer-name\tsku\tproduct-name\t" +
		"quantity-shipped\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\tship-service-level\trecipient-name\tship-address-1\tship-city\tship-postal-code\t" +
		"ship-country\tbill-address-1\tbill-city\titem-promotion-discount\tship-promotion-discount\tcarrier\ttracking-number\testimated-arrival-date\n"
	row := func(shipment, item, tracking, arrival string) string {
		return "111-1\tS" + shipment + "\tI" + shipment + "\t" + item + "\t2026-07-20T01:00:00+00:00\t2026-07-20T01:30:00+00:00\t2026-07-21T05:00:00+00:00\t2026-07-21T09:00:00+00:00\ty@m.example\tBo\tA\tMug\t" +
			"1\tUSD\t5.00\t\t\t\t\t\tStandard\tBo\t2 Oak Ave\tAustin\t73301\tUS\t9 Hill Rd\tDallas\t\t\tUPS\t" + tracking + "\t" + arrival + "\n"
	}
	o := mustRead(t, textSource("fba.txt", head+row("1", "9001", "T1", "2026-07-28T20:00:00+00:00")+row("2", "9002", "T2", "2026-07-25T20:00:00+00:00")),
		"amazon-fba-shipments", Options{Shop: shop(data.Amazon, "UTC", "USD")}).orders["111-1"]
	late, soon := utc(2026, 7, 28, 20, 0, 0), utc(2026, 7, 25, 20, 0, 0)
	if o == nil || len(o.Shipments) != 2 || !o.Shipments[0].PromisedAt.Equal(late) || !o.Shipments[1].PromisedAt.Equal(soon) || !o.DeliverBy.Equal(late) {
		t.Fatalf("got %s", show(o))
	}
	if o.Payment.State != data.PaymentCleared || o.Payment.Billing.Line1 != "9 Hill Rd" {
		t.Errorf("payment %s", show(o.Payment))
	}
}

// A rule that says nothing that there is, or asks for nothing, is refused by name.
func TestBadPaymentRules(t *testing.T) {
	for bad, rule := range map[string]string{
		"payment.1.state":      "header = \"S\"\nwords = [\"x\"]\nstate = \"rich\"",
		"payment.1.words":      "header = \"S\"\nstate = \"cleared\"",
		"payment.1.header":     "header = \" \"\nwords = [\"x\"]",
		"payment.1.account":    "header = \"S\"\nfilled = true\naccount = \"friend\"",
		"payment.1.address":    "header = \"S\"\nfilled = true\naddress = \"nice\"",
		"payment.1.risk":       "header = \"S\"\nfilled = true\nrisk = \"huge\"",
		"payment.1.protection": "header = \"S\"\nfilled = true\nprotection = \"maybe\"",
	} {
		text := "id = \"x\"\ntitle = \"X\"\ntarget = \"orders\"\nrequire = [\"N\"]\n[columns]\nnumber = [\"N\"]\n[[payment]]\n" + rule + "\n"
		if _, err := DecodePreset("x.toml", []byte(text)); err == nil || !strings.Contains(err.Error(), strings.TrimPrefix(bad, "payment.1.")) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
