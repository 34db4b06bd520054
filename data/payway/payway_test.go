package payway

import (
	"slices"
	"testing"
)

func ids(methods []Method) (list []string) {
	for _, m := range methods {
		list = append(list, m.ID)
	}
	return list
}

func TestWaysOfACountry(t *testing.T) {
	for country, want := range map[string][]string{
		"BR": {"pix", "boleto", "card", "paypal", "aliexpress-escrow", "cod"},
		"NL": {"ideal", "sepa-debit", "klarna", "card", "paypal", "aliexpress-escrow", "cod"},
		"PL": {"blik", "klarna", "card", "paypal", "aliexpress-escrow", "cod"},
		"JP": {"card", "paypal", "aliexpress-escrow", "cod"},
	} {
		got, err := For(country)
		if err != nil || !slices.Equal(ids(got), want) {
			t.Errorf("%s: %v, %v; want %v", country, ids(got), err, want)
		}
	}
	countries, err := Countries()
	if err != nil || !slices.Contains(countries, "MX") || slices.Contains(countries, "JP") {
		t.Errorf("countries: %v, %v", countries, err)
	}
}

func TestWhatAnOrdersPaymentMethodMeans(t *testing.T) {
	all, err := For("")
	if err != nil {
		t.Fatal(err)
	}
	for paid, want := range map[string]string{
		"Boleto bancário": "boleto", "PIX": "pix", "iDEAL": "ideal", "Credit Card": "card", "klarna": "klarna", "货到付款": "cod", "Bank transfer": "", "": "",
	} {
		got := ""
		if m := Of(paid, all); m != nil {
			got = m.ID
		}
		if got != want {
			t.Errorf("%q means %q, want %q", paid, got, want)
		}
	}
}
