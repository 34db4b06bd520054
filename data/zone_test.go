package data

import (
	"testing"
	"time"
)

func TestBuyerZone(t *testing.T) {
	for _, c := range []struct{ country, state, want string }{
		{"ES", "", "Europe/Madrid"},
		{"es", "Madrid", "Europe/Madrid"},
		{"DE", "", "Europe/Berlin"},
		{"US", "CA", "America/Los_Angeles"},
		{"US", "new york", "America/New_York"},
		{"US", "", ""},
		{"RU", "", ""}, // eleven zones
		{"AU", "Western Australia", "Australia/Perth"},
		{"", "", ""},
	} {
		if got := BuyerZone(Address{Country: c.country, State: c.state}); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.country, c.state, got, c.want)
		}
	}
}

// Postcodes of well-known places, by the posts' own lists.
func TestBuyerZoneByPostcode(t *testing.T) {
	for _, c := range []struct{ country, state, postcode, want string }{
		{"US", "", "10001", "America/New_York"},
		{"US", "", "90210-1234", "America/Los_Angeles"},
		{"US", "FL", "32501", "America/Chicago"}, // Pensacola
		{"US", "TX", "79901", "America/Denver"},  // El Paso
		{"US", "TN", "37902", "America/New_York"},
		{"US", "CA", "10001", "America/Los_Angeles"}, // they contradict each other: the state counts
		{"US", "", "09012", ""},                      // armed forces in Europe
		{"US", "", "2139", ""},                       // lost its zero
		{"CA", "", "V6B 1A1", "America/Vancouver"},
		{"CA", "", "m5v3l9", "America/Toronto"},
		{"AU", "", "6000", "Australia/Perth"},
		{"AU", "", "2601", "Australia/Sydney"},
		{"AU", "NSW", "2880", "Australia/Broken_Hill"},
		{"RU", "", "690091", "Asia/Vladivostok"},
		{"RU", "", "620014", "Asia/Yekaterinburg"},
		{"RU", "", "119019", "Europe/Moscow"},
		{"RU", "", "236022", "Europe/Kaliningrad"},
		{"RU", "Приморский край", "", "Asia/Vladivostok"},
		{"BR", "", "01310-100", "America/Sao_Paulo"},
		{"BR", "", "69005-040", "America/Manaus"},
		{"BR", "AC", "", "America/Rio_Branco"},
		{"MX", "", "22000", "America/Tijuana"},
		{"MX", "", "06000", "America/Mexico_City"},
		{"MX", "Quintana Roo", "", "America/Cancun"},
		{"ID", "", "10110", "Asia/Jakarta"},
		{"ID", "", "80361", "Asia/Makassar"},
		{"ID", "", "99111", "Asia/Jayapura"},
		{"ES", "", "35001", "Atlantic/Canary"},
		{"PT", "", "9500-150", "Atlantic/Azores"},
		{"PT", "", "", "Europe/Lisbon"},
		{"DE", "", "10115", "Europe/Berlin"},
		{"BR", "", "", ""},
	} {
		if got := BuyerZone(Address{Country: c.country, State: c.state, Postcode: c.postcode}); got != c.want {
			t.Errorf("%s %s %s: %q, want %q", c.country, c.state, c.postcode, got, c.want)
		}
	}
}

func TestBuyerZonesExist(t *testing.T) {
	check := func(place, zone string) {
		if _, err := time.LoadLocation(zone); err != nil {
			t.Errorf("%s: %v", place, err)
		}
	}
	for country, zone := range countryZones {
		check(country, zone)
	}
	for country, list := range postZones {
		for _, r := range list {
			check(country+" "+r.from, r.zone)
			if len(r.from) != len(r.to) || r.from > r.to || len(r.from) > postLength[country] {
				t.Errorf("%s: the range %s-%s is none", country, r.from, r.to)
			}
		}
	}
	for country, states := range stateZones {
		for state, zone := range states {
			check(country+" "+state, zone)
		}
		for name, short := range stateNames[country] {
			if states[short] == "" {
				t.Errorf("%s: %s has no zone", country, name)
			}
		}
	}
}
