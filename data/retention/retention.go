// Package retention tells how long a shop keeps the personal data of its buyers.
//
// Its one rule: a clock says what it covers and where its days come from, and erases
// nothing.
package retention

import (
	"strings"
	"sync"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// From what day a clock runs.
const (
	AfterDelivery = "delivery"
	AfterCase     = "case" // the delivery, and the last that happened in a dispute
)

// Unsure is how long after the last day that is known of an order it is taken as
// delivered where nobody told so.
const Unsure = 60 * 24 * time.Hour

// A Clock is for how long personal data is kept.
type Clock struct {
	Platform data.Platform `toml:"platform"`
	Days     int           `toml:"days"`  // 0: no clock runs
	After    string        `toml:"after"` // AfterDelivery or AfterCase
	Covers   string        `toml:"covers"`
	Own      bool          `toml:"-"` // the shop's own days
	data.Origin
}

// A hold is for how long after an order a payment can be disputed.
type hold struct {
	Words []string `toml:"words"` // of a payment method or service, in small letters
	Days  int      `toml:"days"`
	data.Origin
}

type book struct {
	Clocks []Clock `toml:"clock"`
	Holds  []hold  `toml:"hold"`
}

var builtIn = sync.OnceValues(func() (book, error) {
	var b book
	err := pack.Read(assets.FS, "retention/clocks.toml", &b)
	return b, err
})

// ClockOf is the clock of a shop: the platform's, with the shop's own days where it
// set some. own is data.Service.KeepDays.
func ClockOf(platform data.Platform, own int) (Clock, error) {
	b, err := builtIn()
	var c Clock
	for _, one := range b.Clocks {
		if one.Platform == platform || one.Platform == "" && c.After == "" {
			c = one
		}
	}
	switch {
	case own > 0:
		c.Days, c.Own = own, true
	case own < 0:
		c.Days, c.Own = 0, true
	}
	return c, err
}

// Before is the time before which an order's day must lie to be over the clock; zero
// where none runs.
func (c Clock) Before(now time.Time) time.Time {
	if c.Days <= 0 {
		return time.Time{}
	}
	return now.AddDate(0, 0, -c.Days)
}

// Disputable is until when an order's payment can be disputed, by how it was paid; zero
// where that is not known, or is over.
func Disputable(o *data.Order, now time.Time) (time.Time, error) {
	b, err := builtIn()
	how := strings.ToLower(o.PaymentMethod)
	if how == "" || o.OrderedAt.IsZero() {
		return time.Time{}, err
	}
	var until time.Time
	for _, h := range b.Holds {
		for _, word := range h.Words {
			if at := o.OrderedAt.AddDate(0, 0, h.Days); strings.Contains(how, word) && at.After(until) {
				until = at
			}
		}
	}
	if !until.After(now) {
		return time.Time{}, err
	}
	return until, err
}
