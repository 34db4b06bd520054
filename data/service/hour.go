package service

import (
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/importer"
	"casebinder/data/policy"
)

// The hours, on the buyer's clock, in which a buyer is likely awake and does not
// mind a message; by general courtesy.
const (
	wakes  = 9
	sleeps = 21
)

// A Clock is what time it is for a buyer.
type Clock struct {
	Zone    string        // IANA name; "" where the address does not tell, and then nothing else is known
	Local   time.Time     // now, on the buyer's clock
	Awake   bool          // it is between nine in the morning and nine in the evening there
	Weekend bool          // it is a day of rest there
	Holiday Occasion      // that is kept there today; the zero Occasion is none
	Listed  bool          // public holidays of the country and year are known
	Ahead   time.Duration // of my clock; below zero: the buyer's clock is behind
	Next    time.Time     // the next moment at which the buyer is awake, on my clock; now, where the buyer is
	Workday time.Time     // the next such moment on a day that is neither of rest nor a holiday, on my clock
}

// Hour tells a buyer's clock by an address, with moments on the clock of mine.
func Hour(a data.Address, now time.Time, mine *time.Location) Clock {
	c := Clock{Zone: Zone(a)}
	zone, err := time.LoadLocation(c.Zone)
	if c.Zone == "" || err != nil {
		return Clock{}
	}
	country := Country(a.Country)
	c.Local = now.In(zone)
	day := data.OnDay(c.Local)
	c.Awake = awake(c.Local)
	c.Weekend = Rests(country, c.Local.Weekday())
	c.Holiday, c.Listed = HolidayOn(country, day)
	_, theirs := c.Local.Zone()
	_, own := now.In(mine).Zone()
	c.Ahead = time.Duration(theirs-own) * time.Second
	c.Next = nextAwake(c.Local, func(data.Day, time.Weekday) bool { return true }).In(mine)
	c.Workday = nextAwake(c.Local, func(d data.Day, w time.Weekday) bool {
		holiday, _ := HolidayOn(country, d)
		return !Rests(country, w) && !holiday.Off
	}).In(mine)
	return c
}

func awake(t time.Time) bool { return t.Hour() >= wakes && t.Hour() < sleeps }

// nextAwake is the next moment from t on, in its own zone, at which somebody is
// awake on a day that suits; the zero time where none of the next 60 days does.
func nextAwake(t time.Time, suits func(data.Day, time.Weekday) bool) time.Time {
	for i := range 60 {
		day := time.Date(t.Year(), t.Month(), t.Day()+i, wakes, 0, 0, 0, t.Location())
		if !suits(data.OnDay(day), day.Weekday()) {
			continue
		}
		switch {
		case i > 0, t.Hour() < wakes:
			return day
		case awake(t):
			return t
		}
	}
	return time.Time{}
}

// Rests reports whether a weekday is one of rest in a country.
func Rests(country string, day time.Weekday) bool {
	return slices.Contains(policy.WeekendOf(country), day)
}

// Zone gives the IANA time zone of an address as a platform wrote it; "" where it
// does not tell.
func Zone(a data.Address) string {
	a.Country = Country(a.Country)
	return data.BuyerZone(a)
}

// Country gives the ISO 3166-1 code of a country's code or name.
func Country(name string) string { return upper(importer.CountryCode(name)) }
