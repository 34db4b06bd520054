package service

import (
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// What is expected was worked out by hand from the rules: the value of the goods, in
// the limit's money, against the limit.
func TestDutyIsExpected(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	rates := []data.Rate{
		{Currency: "EUR", Target: "USD", Day: "2026-01-01", Value: "1.10"},
		{Currency: "EUR", Target: "USD", Day: "2026-12-01", Value: "9"}, // not in force yet
		{Currency: "GBP", Target: "CNY", Day: "2026-01-01", Value: "9.50"},
		{Currency: "USD", Target: "CNY", Day: "2026-01-01", Value: "7"},
	}
	money := func(minor int64, currency string) data.Money { return data.Money{Minor: minor, Currency: currency} }
	for _, c := range []struct {
		name     string
		platform data.Platform
		to       string
		total    data.Money
		from     string // the shop's country
		rates    []data.Rate
		want     string // how the first reason begins; "" nothing is expected
		sure     bool
	}{
		{"the United States ask for every parcel", data.EBay, "US", money(599, "USD"), "CN", nil, "US charges duty or tax on every parcel", true},
		{"also where the country is a name", data.EBay, "United States", money(599, "USD"), "CN", nil, "US charges duty or tax on every parcel", true},
		{"not within a country", data.EBay, "US", money(599, "USD"), "US", nil, "", false},
		{"EUR 150 is not above the limit", data.AliExpress, "DE", money(15000, "EUR"), "CN", nil, "", false},
		{"a cent above is", data.AliExpress, "DE", money(15001, "EUR"), "CN", nil, "DE charges duty and tax on arrival for goods worth more than EUR 150.00; these are worth EUR 150.01", true},
		{"the union is one customs area", data.EBay, "DE", money(15001, "EUR"), "FR", nil, "", false},
		{"USD 165.00 is EUR 150", data.AliExpress, "DE", money(16500, "USD"), "CN", rates, "", false},
		{"USD 165.01 is more", data.AliExpress, "DE", money(16501, "USD"), "CN", rates, "DE charges duty and tax on arrival for goods", true},
		{"USD 183.21 is less than GBP 135, by CNY 1282.50", data.AliExpress, "GB", money(18321, "USD"), "CN", rates, "", false},
		{"USD 183.22 is CNY 1282.54", data.AliExpress, "GB", money(18322, "USD"), "CN", rates, "GB charges duty and tax on arrival for goods worth more than GBP 135.00; these are worth USD 183.22", true},
		{"without a rate nobody knows", data.AliExpress, "GB", money(4500, "USD"), "CN", nil, "GB charges duty and tax on arrival for goods worth more than GBP 135.00. These are worth USD 45.00; without", false},
		{"but 44.99 of no currency are GBP 135", data.AliExpress, "GB", money(4499, "USD"), "CN", nil, "", false},
		{"nor 44 yen", data.AliExpress, "GB", money(44, "JPY"), "CN", nil, "", false},
		{"a shop of its own collects the tax, or the buyer pays", data.Shopify, "FR", money(2000, "EUR"), "CN", nil, "Up to EUR 150.00, marketplaces collect", true},
		{"no rule is known", data.AliExpress, "BR", money(90000, "USD"), "CN", nil, "", false},
		{"no amount is known", data.AliExpress, "DE", data.Money{}, "CN", nil, "", false},
	} {
		o := data.Order{Status: data.StatusToShip, Shop: data.Shop{Platform: c.platform}, Total: c.total, ShipTo: data.Address{Country: c.to}}
		d, expected := DutyExpected(&o, data.Service{Country: c.from}, c.rates, now)
		if c.want == "" {
			if expected {
				t.Errorf("%s: %v is expected", c.name, d.Why)
			}
			continue
		}
		if !expected || d.Sure != c.sure || !strings.HasPrefix(d.Why[0].String(), c.want) {
			t.Errorf("%s: %v %+v", c.name, expected, d)
			continue
		}
		if last := d.Why[len(d.Why)-1].String(); !strings.HasPrefix(last, "Source: ") {
			t.Errorf("%s: no source is named, but %q", c.name, last)
		}
	}
}

func TestDutyIsOfAParcelThatHasNotLeft(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	base := data.Order{Status: data.StatusToShip, Shop: data.Shop{Platform: data.EBay}, Total: data.Money{Minor: 100, Currency: "USD"}, ShipTo: data.Address{Country: "US"}}
	if d, ok := DutyExpected(&base, data.Service{}, nil, now); !ok || !strings.Contains(d.Why[1].String(), "country is not set") {
		t.Errorf("a shop without a country: %v %+v", ok, d)
	}
	for name, change := range map[string]func(o *data.Order){
		"shipped":              func(o *data.Order) { o.ShippedAt = now },
		"status shipped":       func(o *data.Order) { o.Status = data.StatusShipped },
		"unpaid":               func(o *data.Order) { o.Status = data.StatusUnpaid },
		"canceled":             func(o *data.Order) { o.Status = data.StatusCanceled },
		"from their warehouse": func(o *data.Order) { o.Fate.FulfilledBy = data.FulfilledByPlatform },
	} {
		o := base
		change(&o)
		if d, ok := DutyExpected(&o, data.Service{Country: "CN"}, nil, now); ok {
			t.Errorf("%s: %+v", name, d)
		}
	}
	if _, ok := DutyExpected(&base, data.Service{Country: "CN"}, nil, time.Date(2025, 8, 28, 12, 0, 0, 0, time.UTC)); ok {
		t.Error("the rule of the United States holds before its day")
	}
}

// The limit is on the goods: three of EUR 45.00 are EUR 135.00, whatever the total is.
func TestGoodsAreWorthTheirPrices(t *testing.T) {
	eur := func(minor int64) data.Money { return data.Money{Minor: minor, Currency: "EUR"} }
	for _, c := range []struct {
		name string
		o    data.Order
		want data.Money
	}{
		{"prices", data.Order{Total: eur(20000), Items: []data.Item{{Quantity: 3, Price: eur(4500)}}}, eur(13500)},
		{"a price is not known", data.Order{Total: eur(20000), Shipping: eur(1000), Items: []data.Item{{Quantity: 3, Price: eur(4500)}, {Quantity: 1}}}, eur(19000)},
		{"prices in two currencies", data.Order{Total: eur(20000), Items: []data.Item{{Quantity: 1, Price: eur(4500)}, {Quantity: 1, Price: data.Money{Minor: 1, Currency: "USD"}}}}, eur(20000)},
		{"the total alone", data.Order{Total: eur(20000)}, eur(20000)},
	} {
		if got := GoodsValue(&c.o); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestTheRulesOfDutyAreRead(t *testing.T) {
	f, err := duties()
	if err != nil || len(f.Duties) == 0 {
		t.Fatal(err)
	}
}
