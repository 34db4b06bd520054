package retention_test

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/retention"
)

var now = time.Date(2026, 9, 30, 12, 0, 0, 0, time.UTC)

func TestClocks(t *testing.T) {
	for _, c := range []struct {
		platform  data.Platform
		own, days int
		after     string
		before    string
	}{
		{data.Amazon, 0, 30, retention.AfterDelivery, "2026-08-31"},
		{data.Amazon, 90, 90, retention.AfterDelivery, "2026-07-02"},
		{data.Amazon, -1, 0, retention.AfterDelivery, ""},
		{data.EBay, 0, 0, retention.AfterCase, ""},
		{data.EBay, 365, 365, retention.AfterCase, "2025-09-30"},
		{"a new one", 0, 0, retention.AfterCase, ""},
	} {
		clock, err := retention.ClockOf(c.platform, c.own)
		if err != nil || clock.Days != c.days || clock.After != c.after || clock.Own != (c.own != 0) {
			t.Errorf("%s, own %d: %+v, %v", c.platform, c.own, clock, err)
		}
		if clock.Source == "" || clock.Covers == "" || clock.Confidence == "" {
			t.Errorf("%s says not whence its days come", c.platform)
		}
		before := ""
		if at := clock.Before(now); !at.IsZero() {
			before = at.Format(time.DateOnly)
		}
		if before != c.before {
			t.Errorf("%s, own %d: over before %q, want %q", c.platform, c.own, before, c.before)
		}
	}
}

func TestDisputable(t *testing.T) {
	for _, c := range []struct{ how, ordered, until string }{
		{"PayPal", "2026-08-01", "2027-01-28"},
		{"PayPal", "2026-04-03", ""}, // 180 days: 2026-09-30, at midnight
		{"PayPal", "2026-04-04", "2026-10-01"},
		{"Visa card", "2026-06-10", "2026-10-08"},
		{"Shopify Payments", "2026-01-01", ""},
		{"cash", "2026-09-29", ""},
		{"", "2026-09-29", ""},
	} {
		at, err := time.Parse(time.DateOnly, c.ordered)
		if err != nil {
			t.Fatal(err)
		}
		until, err := retention.Disputable(&data.Order{PaymentMethod: c.how, OrderedAt: at}, now)
		got := ""
		if !until.IsZero() {
			got = until.Format(time.DateOnly)
		}
		if err != nil || got != c.until {
			t.Errorf("%s of %s: until %q, want %q (%v)", c.how, c.ordered, got, c.until, err)
		}
	}
}
