package desk_test

import (
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// orders gives every order of a few files.
func orders[T any](of []T) [][]T {
	if len(of) < 2 {
		return [][]T{slices.Clone(of)}
	}
	var all [][]T
	for i := range of {
		rest := slices.Concat(of[:i:i], of[i+1:])
		for _, tail := range orders(rest) {
			all = append(all, append([]T{of[i]}, tail...))
		}
	}
	return all
}

// tsv makes a tab-separated file of one of commas.
func tsv(text string) string { return strings.ReplaceAll(text, ",", "\t") }

// Several files of one platform make one order, the same in whatever order they
// come.
func TestFilesOfOnePlatformMakeOneOrder(t *testing.T) {
	for name, c := range map[string]struct {
		number string
		files  []string
		check  func(o data.Order) bool
	}{
		"eBay: orders, transactions, earnings": {
			number: "11-1", files: []string{
				"Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Address 1,Buyer City,Buyer Country,Ship To Name,Ship To Address 1,Ship To City,Ship To Zip,Ship To Country,Item Number,Item Title,Custom Label,Quantity,Sold For,Shipping And Handling,Total Price,Sale Date,Paid On Date,Ship By Date,Maximum Estimated Delivery Date,Shipped On Date,Tracking Number,Transaction ID\n" +
					"1,11-1,ty_b,Ty Payer,2 Side St,Reno,United States,Ty Sample,1 Main St,Salem,97301,United States,31,Belt,BELT,1,$45.00,$5.00,$50.00,Jan-05-26,Jan-05-26,Jan-08-26,Jan-20-26,Jan-06-26,9400000000001,9001\n",
				"Transaction creation date,Type,Order number,Buyer username,Buyer name,Ship to city,Ship to zip,Ship to country,Net amount,Item ID,Transaction ID,Item title,Custom label,Quantity,Item subtotal,Shipping and handling,Gross transaction amount,Transaction currency,Reference ID\n" +
					"\"Jan 5, 2026\",Order,11-1,ty_b,Ty Payer,Salem,97301,United States,40.00,31,9001,Belt,BELT,1,45.00,5.00,50.00,USD,\n" +
					"\"Jan 25, 2026\",Refund,11-1,ty_b,,,,,,,,,,,,,-10.00,USD,R1\n",
				"Order creation date,Order number,Item ID,Item title,Buyer name,Ship to city,Ship to province/region/state,Ship to zip,Ship to country,Transaction currency,Quantity,Item subtotal,Payout currency,Gross amount,Refunds,Order earnings\n" +
					"\"Jan 5, 2026\",11-1,31,Belt,Ty Sample,Salem,OR,97301,United States,USD,1,45.00,USD,50.00,-10.00,28.40\n",
			},
			check: func(o data.Order) bool {
				return o.Total == (data.Money{Minor: 5000, Currency: "USD"}) && o.Refunded == (data.Money{Minor: 1000, Currency: "USD"}) && len(o.Items) == 1 && o.Items[0].Quantity == 1 &&
					o.Items[0].ExternalID == "9001" && o.Buyer.Handle == "ty_b" && o.ShipTo.Line1 == "1 Main St" && o.ShipTo.State == "OR" && len(o.Shipments) == 1 &&
					o.Payment.State == data.PaymentCleared && o.Payment.Billing.Line1 == "2 Side St" && !o.DeliverBy.IsZero()
			},
		},
		"Amazon: all orders, FBA shipments": {
			number: "111-1", files: []string{
				tsv("amazon-order-id,merchant-order-id,purchase-date,last-updated-date,order-status,fulfillment-channel,sales-channel,ship-service-level,product-name,sku,asin,item-status,quantity,currency,item-price,item-tax,shipping-price,shipping-tax,gift-wrap-price,gift-wrap-tax,item-promotion-discount,ship-promotion-discount,ship-city,ship-state,ship-postal-code,ship-country\n" +
					"111-1,,2026-07-20T01:00:00+00:00,2026-07-21T10:00:00+00:00,Shipped,Amazon,Amazon.com,Expedited,Mug,F-1,B0,Shipped,2,USD,25.00,0,3.00,0,,,,,Austin,TX,73301,US\n"),
				tsv("amazon-order-id,shipment-id,shipment-item-id,amazon-order-item-id,purchase-date,payments-date,shipment-date,reporting-date,buyer-email,buyer-name,sku,product-name,quantity-shipped,currency,item-price,item-tax,shipping-price,shipping-tax,gift-wrap-price,gift-wrap-tax,ship-service-level,recipient-name,ship-address-1,ship-city,ship-state,ship-postal-code,ship-country,item-promotion-discount,ship-promotion-discount,carrier,tracking-number,estimated-arrival-date\n" +
					"111-1,S1,I1,9001,2026-07-20T01:00:00+00:00,2026-07-20T01:30:00+00:00,2026-07-21T05:00:00+00:00,2026-07-21T09:00:00+00:00,y@m.example,Bo,F-1,Mug,2,USD,25.00,0,3.00,0,,,Expedited,Bo Sample,2 Oak Ave,Austin,TX,73301,US,,,UPS,1Z1,2026-07-25T20:00:00+00:00\n"),
			},
			check: func(o data.Order) bool {
				return o.Total == (data.Money{Minor: 2800, Currency: "USD"}) && len(o.Items) == 1 && o.Items[0].Quantity == 2 && o.Items[0].ExternalID == "9001" && o.Status == data.StatusShipped &&
					o.ShipTo.Line1 == "2 Oak Ave" && len(o.Shipments) == 1 && o.Shipments[0].Tracking == "1Z1" && !o.Shipments[0].PromisedAt.IsZero() && !o.DeliverBy.IsZero()
			},
		},
		"Etsy: orders, items, payments": {
			number: "3300000001", files: []string{
				"Sale Date,Order ID,Buyer User ID,Full Name,Number of Items,Payment Method,Date Shipped,Street 1,Ship City,Ship State,Ship Zipcode,Ship Country,Currency,Order Value,Shipping,Order Total,Status,Adjusted Order Total\n" +
					"09/25/26,3300000001,di_s,Di Sample,2,Credit card,09/27/26,5 Elm St,Salem,MA,01970,United States,USD,24.00,4.50,28.50,Shipped,\n",
				"Sale Date,Item Name,Buyer,Quantity,Price,Order Shipping,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship City,Ship Country,Order ID,Variations,SKU\n" +
					"09/25/26,Candle,di_s,2,12.00,4.50,24.00,USD,4400000001,55,09/25/26,09/27/26,Di Sample,Salem,United States,3300000001,Scent: Fig,CAN\n",
				"Payment ID,Buyer Username,Buyer Name,Order ID,Gross Amount,Fees,Net Amount,Currency,Status,Order Date,Payment Type,Refund Amount\n" +
					"5500000001,di_s,Di Sample,3300000001,28.50,1.72,26.78,USD,SETTLED,09/25/2026,online_cc,0\n",
			},
			check: func(o data.Order) bool {
				return o.Total == (data.Money{Minor: 2850, Currency: "USD"}) && len(o.Items) == 1 && o.Items[0].ExternalID == "4400000001" && o.Items[0].Quantity == 2 && o.ShipTo.Line1 == "5 Elm St" &&
					o.PaymentRef == "5500000001" && o.Payment.State == data.PaymentCleared && !o.ShippedAt.IsZero() && o.Buyer.Handle == "di_s"
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, files := range orders(c.files) {
				d := open(t)
				for _, text := range files {
					if report, _ := take(t, d, text, func(r *desk.ImportRequest) { r.Shop.Zone = "UTC" }); report.Counts.Rejected > 0 {
						t.Fatalf("rejected %+v", report.Rejected)
					}
				}
				if o := order(t, d, c.number); !c.check(o) {
					t.Errorf("after %.40q first: %+v", files[0], o)
				}
			}
		})
	}
}

// Amounts of two currencies are neither added nor set beside each other in
// silence; a negative quantity is refused with its line; an order of 2,000 items is
// one order.
func TestHardOrders(t *testing.T) {
	d := open(t)
	const head = "Payment ID,Buyer Username,Buyer Name,Order ID,Gross Amount,Fees,Net Amount,Currency,Status,Order Date,Payment Type,Refund Amount\n"
	report, _ := take(t, d, head+"0,b,B,8,10.00,0,10.00,USD,SETTLED,09/25/2026,x,0\n1,a,A,9,10.00,0,10.00,USD,SETTLED,09/25/2026,x,0\n2,a,A,9,9.00,0,9.00,EUR,SETTLED,09/25/2026,x,0\n", nil)
	if report.Counts.Added != 1 || report.Counts.Rejected != 2 {
		t.Errorf("two currencies: %+v", report.Counts)
	}
	const sale = "Name,Financial Status,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price\n"
	report, _ = take(t, d, sale+"#4,paid,unfulfilled,EUR,30.00,2026-06-12 09:59:00 +0200,2,A,15.00\n#5,paid,unfulfilled,EUR,30.00,2026-06-12 09:59:00 +0200,-2,A,15.00\n", nil)
	if report.Counts.Added != 1 || report.Counts.Rejected != 1 {
		t.Errorf("a negative quantity: %+v", report.Counts)
	}
	var b strings.Builder
	b.WriteString(sale)
	for i := range 2000 {
		if b.WriteString("#6,"); i == 0 {
			b.WriteString("paid,unfulfilled,EUR,2000.00,2026-06-12 09:59:00 +0200")
		} else {
			b.WriteString(",,,,")
		}
		b.WriteString(",1,Item " + string(rune('A'+i%26)) + strings.Repeat("i", i/26) + ",1.00\n")
	}
	take(t, d, b.String(), nil)
	if o := order(t, d, "#6"); len(o.Items) != 2000 || o.Total != (data.Money{Minor: 200000, Currency: "EUR"}) {
		t.Errorf("%d items, %s", len(o.Items), o.Total)
	}
}

// One number in two shops is two orders.
func TestOneNumberInTwoShops(t *testing.T) {
	d := open(t)
	for _, shop := range []string{"One", "Two"} {
		take(t, d, sales("paid,unfulfilled,", "0.00"), func(r *desk.ImportRequest) { r.Shop.Name = shop })
	}
	rows, err := d.OrderIDs(t.Context(), data.OrderQuery{Search: "#1"})
	if err != nil || len(rows) != 2 {
		t.Errorf("%d orders, %v", len(rows), err)
	}
}
