package desk

import (
	"fmt"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/report"
)

// One export writes the country's code, another its name: one line holds both.
func TestACountryIsOneLineHoweverItIsWritten(t *testing.T) {
	now := time.Date(2026, 9, 24, 20, 0, 0, 0, time.UTC)
	d := healthDesk(t, &now)
	var orders []data.Order
	for i, country := range []string{"US", "United States", "united  states"} {
		o := riskOrder(fmt.Sprint("2-", i), fmt.Sprint("other", i), 1000)
		o.OrderedAt, o.ShipTo.Country, o.Buyer.Country = time.Date(2026, 8, 20, 12, 0, 0, 0, time.UTC), country, country
		orders = append(orders, o)
	}
	putOrders(t, d, orders...)
	day, err := data.ParseDay("2026-08-20")
	if err != nil {
		t.Fatal(err)
	}
	in := &report.Input{Ask: report.Ask{From: day, To: day, Zone: time.UTC}, Orders: map[string]map[string]int64{}}
	if err := d.placed(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	if got := in.Orders["country"]; len(got) != 1 || got["US"] != 3 {
		t.Errorf("orders by country: %v", got)
	}
}
