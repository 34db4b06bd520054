package policy

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

var zones sync.Map // IANA name -> *time.Location

// A Date is a day of the calendar without a time zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day of a moment in its own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// String writes the day as 2026-11-26.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// Add gives the day n days later.
func (d Date) Add(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

// A Calendar tells business days from others in one country.
type Calendar struct {
	Country  string // ISO 3166-1; "" when only weekends count
	Title    string
	Weekend  []time.Weekday
	Holidays map[Date]string // by the day on which they are observed
	Work     map[Date]string // days that are worked although weekend or holiday
	Doubt    map[Date]string // days that some keep as a holiday: they are counted, so that a date is the earlier one
	Known    bool            // holidays of the country are known at all
	Edited   bool            // the user's own list is in it
}

// Off says whether a day is no business day, and why: the name of a holiday, or
// "" for a weekend.
func (c *Calendar) Off(d Date) (off bool, holiday string) {
	if _, works := c.Work[d]; works {
		return false, ""
	}
	if name, ok := c.Holidays[d]; ok {
		return true, name
	}
	return slices.Contains(c.Weekend, d.Weekday()), ""
}

// Day is one day of a count.
type Day struct {
	Date    Date
	N       int    // the number that it got; 0 when it does not count
	Holiday string // why it does not count, or, with a number, may not count; "" with N == 0 means a weekend
}

// WallTime is the moment at which clocks in a zone show a date and the time of
// day of clock. A time that a change of clocks skips is the moment of the
// change; of a time that comes twice it is the first: a deadline is never taken
// as later than it may be.
func WallTime(d Date, clock time.Time, loc *time.Location) time.Time {
	h, m, s := clock.Clock()
	want := time.Date(d.Year, d.Month, d.Day, h, m, s, clock.Nanosecond(), time.UTC)
	_, before := want.Add(-36 * time.Hour).In(loc).Zone()
	_, after := want.Add(36 * time.Hour).In(loc).Zone()
	if before == after {
		return time.Date(d.Year, d.Month, d.Day, h, m, s, clock.Nanosecond(), loc)
	}
	var best time.Time
	for _, offset := range []int{before, after} {
		t := want.Add(-time.Duration(offset) * time.Second).In(loc)
		if _, got := t.Zone(); got == offset && (best.IsZero() || t.Before(best)) {
			best = t
		}
	}
	if !best.IsZero() {
		return best
	}
	start, _ := want.Add(-time.Duration(before) * time.Second).In(loc).ZoneBounds()
	return start
}

// count gives the end of a span that starts at a moment, in a zone. Hours and
// minutes are elapsed time; days end at the time of day at which they began,
// which is the earliest reading: a platform may give until the end of the day.
// Each day that is looked at goes into days, when it is not nil.
func count(start time.Time, w Within, loc *time.Location, cal *Calendar, days *[]Day) time.Time {
	if w.Days == 0 {
		return start.Add(time.Duration(w.Hours)*time.Hour + time.Duration(w.Minutes)*time.Minute)
	}
	local := start.In(loc)
	date := DateOf(local)
	if w.Calendar == NaturalDays && days == nil {
		return WallTime(date.Add(w.Days), local, loc)
	}
	for n, looked := 0, 0; n < w.Days && looked < 5*maxDays; looked++ {
		date = date.Add(1)
		day := Day{Date: date}
		off := false
		if w.Calendar == BusinessDays {
			if off, day.Holiday = cal.Off(date); !off {
				day.Holiday = cal.Doubt[date]
			}
		}
		if !off {
			n++
			day.N = n
		}
		if days != nil {
			*days = append(*days, day)
		}
	}
	return WallTime(date, local, loc)
}
