package health

import (
	"fmt"
	"time"

	"casebinder/data"
)

// Window says which time a number looks at.
type Window struct {
	Kind      string `toml:"kind"`                // "days", "span", "months", "full_months", "lookback" or "all"
	Days      int    `toml:"days,omitempty"`      // days: so many whole days, the last of which is yesterday
	Lag       int    `toml:"lag,omitempty"`       // days: so many days before that are left out
	From      int    `toml:"from,omitempty"`      // span: first day, in days before the day of the number
	To        int    `toml:"to,omitempty"`        // span: last day
	Months    int    `toml:"months,omitempty"`    // months: back from the day; full_months: whole ones before that of the day
	Zone      string `toml:"zone,omitempty"`      // IANA; "": the shop's
	Evaluated string `toml:"evaluated,omitempty"` // "monday", "1" or "20": the day of the number is the last of these; "": each day
}

// Span is a time: From is in it, To is not. Day is the day of the number.
type Span struct {
	From, To time.Time
	Day      time.Time
}

func (w *Window) check() error {
	switch w.Kind {
	case "days":
		if w.Days < 1 {
			return fmt.Errorf("a window of days needs days")
		}
	case "span":
		if w.From <= w.To || w.To < 0 {
			return fmt.Errorf("a span needs from and to, in days before")
		}
	case "months", "full_months":
		if w.Months < 1 {
			return fmt.Errorf("a window of months needs months")
		}
	case "lookback", "all":
	default:
		return fmt.Errorf("“%s” is no kind of window", w.Kind)
	}
	if w.Evaluated != "" && w.Evaluated != "monday" && w.Evaluated != "1" && w.Evaluated != "20" {
		return fmt.Errorf("“%s” is no day of evaluation; write monday, 1 or 20", w.Evaluated)
	}
	_, err := time.LoadLocation(w.Zone)
	return err
}

// zone is the zone whose days count.
func (w *Window) zone(shop *time.Location) *time.Location {
	if w.Zone == "" {
		if shop == nil {
			return time.UTC
		}
		return shop
	}
	zone, err := time.LoadLocation(w.Zone)
	if err != nil { // checked as the book was read
		return time.UTC
	}
	return zone
}

// day is the midnight with which the day of the number begins.
func (w *Window) day(asOf time.Time, zone *time.Location) time.Time {
	asOf = asOf.In(zone)
	day := midnight(asOf.Year(), asOf.Month(), asOf.Day(), zone)
	switch w.Evaluated {
	case "monday":
		back := (int(day.Weekday()) + 6) % 7
		return midnight(day.Year(), day.Month(), day.Day()-back, zone)
	case "1":
		return midnight(day.Year(), day.Month(), 1, zone)
	case "20":
		if day.Day() < 20 {
			return midnight(day.Year(), day.Month()-1, 20, zone)
		}
		return midnight(day.Year(), day.Month(), 20, zone)
	}
	return day
}

// midnight is the first moment of a day.
func midnight(year int, month time.Month, day int, zone *time.Location) time.Time {
	at, _ := data.LocalTime(time.Date(year, month, day, 0, 0, 0, 0, time.UTC), zone)
	return at.In(zone)
}

// span gives the time that a number looks at. A look-back has its months from
// the settings, or from how much was sold.
func (w *Window) span(asOf time.Time, zone *time.Location, s Settings) Span {
	day := w.day(asOf, zone)
	at := func(days int) time.Time { return midnight(day.Year(), day.Month(), day.Day()+days, zone) }
	switch w.Kind {
	case "span":
		return Span{at(-s.number("from_days_ago", w.From)), at(-s.number("to_days_ago", w.To) + 1), day}
	case "months":
		return Span{monthsBefore(day, s.number("months", w.Months), zone), day, day}
	case "full_months", "lookback":
		first := midnight(day.Year(), day.Month(), 1, zone)
		months := max(s.number("months", 0), s.number("lookback_months", 0))
		if months == 0 {
			months = w.Months
		}
		return Span{midnight(first.Year(), first.Month()-time.Month(months), 1, zone), first, day}
	case "all":
		return Span{time.Time{}, at(1), day}
	}
	lag := s.number("lag_days", w.Lag)
	return Span{at(-lag - s.number("days", w.Days)), at(-lag), day}
}

// monthsBefore goes back by calendar months: 31 March less one is 28 February.
func monthsBefore(day time.Time, months int, zone *time.Location) time.Time {
	d := data.OnDay(day).AddMonths(-months)
	return midnight(d.Year, d.Month, d.Day, zone)
}
