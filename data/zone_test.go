package data

import (
	"testing"
	"time"
	_ "time/tzdata"
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

func TestBuyerZonesExist(t *testing.T) {
	check := func(place, zone string) {
		if _, err := time.LoadLocation(zone); err != nil {
			t.Errorf("%s: %v", place, err)
		}
	}
	for country, zone := range countryZones {
		check(country, zone)
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
