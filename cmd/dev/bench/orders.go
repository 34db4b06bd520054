package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"
)

// ebayHeader is the header of eBay's orders report, whose rows are made up.
const ebayHeader = `Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,Buyer Address 1,Buyer Address 2,Buyer City,Buyer State,Buyer Zip,Buyer Country,Buyer Tax Identifier Name,Buyer Tax Identifier Value,Ship To Name,Ship To Phone,Ship To Address 1,Ship To Address 2,Ship To City,Ship To State,Ship To Zip,Ship To Country,Item Number,Item Title,Custom Label,Sold Via Promoted Listings,Quantity,Sold For,Shipping And Handling,Item Location,Item Zip Code,Item Country,eBay Collect And Remit Tax Rate,eBay Collect And Remit Tax Type,eBay Reference Name,eBay Reference Value,Tax Status,Seller Collected Tax,eBay Collected Tax,Electronic Waste Recycling Fee,Mattress Recycling Fee,Battery Recycling Fee,White Goods Disposal Tax,Tire Recycling Fee,Additional Fee,Lumber Fee,Prepaid Wireless Fee,Road Improvement And Food Delivery Fee,eBay Collected Charges,Total Price,eBay Collected Tax and Fees Included in Total,Payment Method,Sale Date,Paid On Date,Ship By Date,Minimum Estimated Delivery Date,Maximum Estimated Delivery Date,Shipped On Date,Feedback Left,Feedback Received,My Item Note,PayPal Transaction ID,Shipping Service,Tracking Number,Transaction ID,Variation Details,Global Shipping Program,Global Shipping Reference ID,Click And Collect,Click And Collect Reference Number,eBay Plus,Authenticity Verification Program,Authenticity Verification Status,Authenticity Verification Outcome Reason,PSA Vault Program,Vault Fulfillment Type,eBay Fulfillment Program,Tax City,Tax State,Tax Zip,Tax Country,eBay International Shipping`

// firstSale is the day of the first made-up order.
var firstSale = time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC)

// orderNumber is the number of the i-th order: "12-34567-89012".
func orderNumber(i int) string {
	scrambled := (uint64(i)*2_654_435_761 + 12_345) % 10_000_000_000 // odd and not a multiple of 5: no number comes twice
	return fmt.Sprintf("%02d-%05d-%05d", 10+i%17, scrambled/100_000, scrambled%100_000)
}

// makeOrders writes a CSV of n orders as eBay exports them, with its quirks: a
// blank row below the header, footer lines, prices with their sign.
func makeOrders(ctx context.Context, n int, path string) (err error) {
	return writeOrders(ctx, n, path, func(int, func(name, value string)) {})
}

// makeWaiting writes a CSV of n orders that are all still to be shipped.
func makeWaiting(ctx context.Context, n int, path string) error {
	return writeOrders(ctx, n, path, func(_ int, set func(name, value string)) {
		set("Shipped On Date", "")
		set("Tracking Number", "")
	})
}

// makeParcels writes a CSV of n orders whose parcels bear the numbers of makeLabels.
func makeParcels(ctx context.Context, n int, path string) error {
	return writeOrders(ctx, n, path, func(i int, set func(name, value string)) {
		set("Shipped On Date", firstSale.AddDate(2, 0, 0).Format("Jan-02-06"))
		set("Tracking Number", labelNumber(i))
	})
}

func writeOrders(ctx context.Context, n int, path string, change func(i int, set func(name, value string))) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	buffer := bufio.NewWriterSize(f, 1<<20)
	w := csv.NewWriter(buffer)
	header := strings.Split(ebayHeader, ",")
	if err := w.Write(header); err != nil {
		return err
	}
	if err := w.Write(make([]string, len(header))); err != nil {
		return err
	}
	at := map[string]int{}
	for i, name := range header {
		at[name] = i
	}
	random := rand.New(rand.NewPCG(7, 2026))
	row := make([]string, len(header))
	for i := range n {
		clear(row)
		set := func(name, value string) { row[at[name]] = value }
		fillOrder(random, i, n, set)
		change(i, set)
		if err := w.Write(row); err != nil {
			return err
		}
		if i%10_000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	w.Flush()
	fmt.Fprintf(buffer, "\n%d record(s) downloaded\nSeller ID : bench-shop\n", n)
	return errors.Join(w.Error(), buffer.Flush())
}

// fillOrder makes up the i-th of n orders, spread over about two years.
func fillOrder(random *rand.Rand, i, n int, set func(name, value string)) {
	c := countries[random.IntN(len(countries))]
	first, last := pick(random, c.first), pick(random, c.last)
	name := first + " " + last
	sold := firstSale.AddDate(0, 0, i*700/n)
	cents, quantity := 300+random.IntN(9000), 1+random.IntN(3)/2
	day := func(t time.Time) string { return t.Format("Jan-02-06") }
	handle := fmt.Sprintf("%s_%s%d", strings.ToLower(first[:1]), pick(random, handles), random.IntN(n/2+1))

	set("Sales Record Number", fmt.Sprint(1000+i))
	set("Order Number", orderNumber(i))
	set("Buyer Username", handle)
	set("Buyer Name", name)
	set("Buyer Email", handle+"@members.example.com")
	if random.IntN(12) == 0 {
		set("Buyer Note", sentence(random, languages[random.IntN(len(languages))]))
	}
	for _, side := range []string{"Buyer ", "Ship To "} {
		set(side+"City", c.city)
		set(side+"Zip", fmt.Sprintf("%05d", 1000+random.IntN(90000)))
		set(side+"Country", c.name)
		set(side+"Address 1", fmt.Sprintf("%d %s", 1+random.IntN(300), c.street))
	}
	set("Ship To Name", name)
	set("Ship To Phone", fmt.Sprintf("+%d 555 %07d", 1+random.IntN(90), random.IntN(10_000_000)))
	set("Item Number", fmt.Sprint(110_000_000_000+random.IntN(5000)))
	set("Item Title", title(random))
	set("Custom Label", fmt.Sprintf("SKU-%04d-%s", random.IntN(5000), pick(random, colors)))
	set("Quantity", fmt.Sprint(quantity))
	set("Sold For", dollars(cents))
	set("Shipping And Handling", dollars(499))
	set("Total Price", dollars(cents*quantity+499))
	set("Payment Method", "eBay")
	set("Sale Date", day(sold))
	set("Paid On Date", day(sold))
	set("Ship By Date", day(sold.AddDate(0, 0, 3)))
	if random.IntN(20) != 0 {
		set("Shipped On Date", day(sold.AddDate(0, 0, 1+random.IntN(3))))
		set("Tracking Number", fmt.Sprintf("LX%09dCN", random.IntN(1_000_000_000)))
	}
	set("Shipping Service", "Standard International Shipping")
	set("Transaction ID", fmt.Sprint(2_000_000_000_000+i))
	set("Variation Details", "[Color:"+pick(random, colors)+"]")
}

func dollars(cents int) string { return fmt.Sprintf("$%d.%02d", cents/100, cents%100) }

func pick[T any](random *rand.Rand, from []T) T { return from[random.IntN(len(from))] }
