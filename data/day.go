package data

import (
	"fmt"
	"time"
)

// A Day is a date without a time of day: what a platform or a person means by
// "30 November". It is not an instant. Where one is due, it ends when the day
// ends in the platform's zone, and it is printed without an hour.
//
// Entities hold days in the same fields as instants, a time.Time, and the store
// keeps both as UTC milliseconds. Two milliseconds of each day are set aside for
// it: Begin, the one after midnight, for what happened on the day, so that it
// sorts and counts from the day's first moment; and End, the last one before the
// next midnight, for what is due on it, so that it passes when the day has
// passed. Offsets of zones are whole quarters of an hour, so DayOf can tell such
// a millisecond, and the date it stands for, from the time alone, whatever
// zone it was brought into since. A clock's reading that is to be kept as an
// instant goes through Instant.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

const (
	quarterHour = 15 * 60 * 1000
	dayLength   = 24 * 60 * 60 * 1000
	// farthestWest is the zone farthest behind UTC in which a day is told: that of
	// Hawaii. The farthest ahead is +13:45, the summer of the Chatham Islands.
	farthestWest = 10 * 60 * 60 * 1000
)

// OnDay is the date that a time has in its own zone.
func OnDay(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

// AddMonths goes on by months of the calendar, or back: from the 31st it goes to the
// last day of a shorter month.
func (d Day) AddMonths(n int) Day {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := time.Date(first.Year(), first.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return Day{Year: first.Year(), Month: first.Month(), Day: min(d.Day, last)}
}

// MonthsBefore is the same time of day so many months of the calendar earlier.
func MonthsBefore(t time.Time, n int) time.Time {
	d := OnDay(t).AddMonths(-n)
	return time.Date(d.Year, d.Month, d.Day, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
}

// ParseDay reads a day as String writes it.
func ParseDay(text string) (Day, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Day{}, fmt.Errorf("reading the day %q: %w", text, err)
	}
	return OnDay(t), nil
}

// Begin holds the day as the time at which something happened.
func (d Day) Begin(zone *time.Location) time.Time {
	return d.midnight(zone).Add(time.Millisecond)
}

// End holds the day as the time until which something is due.
func (d Day) End(zone *time.Location) time.Time {
	return Day{d.Year, d.Month, d.Day + 1}.midnight(zone).Add(-time.Millisecond)
}

// midnight is the first moment of the day, which is a later one where clocks went over
// midnight.
func (d Day) midnight(zone *time.Location) time.Time {
	at, _ := LocalTime(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC), zone)
	return at
}

// String writes the day as 2026-11-30.
func (d Day) String() string {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// Format writes the day in a layout of package time that has no hour.
func (d Day) Format(layout string) string {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Format(layout)
}

// DayOf gives the day that a time stands for; false when it is an instant.
func DayOf(t time.Time) (Day, bool) {
	d, _, ok := dayMark(t)
	return d, ok
}

// IsDay reports whether a time stands for a day.
func IsDay(t time.Time) bool {
	_, ok := DayOf(t)
	return ok
}

// dayMark reads a time that stands for a day, and whether by its end.
func dayMark(t time.Time) (d Day, end, ok bool) {
	if t.IsZero() || t.Nanosecond()%int(time.Millisecond) != 0 {
		return Day{}, false, false
	}
	ms := t.UnixMilli()
	switch mod(ms, quarterHour) {
	case 1:
		ms--
	case quarterHour - 1:
		ms++
		end = true
	default:
		return Day{}, false, false
	}
	offset := -mod(ms, dayLength) // of the zone in which it is midnight
	if offset < -farthestWest {
		offset += dayLength
	}
	local := time.UnixMilli(ms + offset).UTC()
	if end {
		local = local.AddDate(0, 0, -1)
	}
	return OnDay(local), end, true
}

func mod(a, b int64) int64 { return (a%b + b) % b }

// Instant gives a reading of a clock as a time that stands for no day: one that
// falls onto a millisecond set aside is moved by one.
func Instant(t time.Time) time.Time {
	t = t.Truncate(time.Millisecond)
	switch _, end, day := dayMark(t); {
	case day && end:
		return t.Add(-time.Millisecond)
	case day:
		return t.Add(time.Millisecond)
	}
	return t
}

// longestDay is a day on which clocks are set back.
const longestDay = 25 * time.Hour

// Earliest is the first moment that a time can mean: of what happened on a day,
// its midnight. Of a day that something is due on it may be an hour too early,
// where clocks change within a day.
func Earliest(t time.Time) time.Time {
	switch _, end, day := dayMark(t); {
	case !day:
		return t
	case end:
		return t.Add(time.Millisecond - longestDay)
	}
	return t.Add(-time.Millisecond)
}

// Latest is the last moment that a time can mean: of what is due on a day, its
// end. Of a day on which something happened it may be an hour too late.
func Latest(t time.Time) time.Time {
	if _, end, day := dayMark(t); day && !end {
		return t.Add(longestDay - 2*time.Millisecond)
	}
	return t
}

// Before reports whether a time surely comes before another: a day comes before
// a later day, but not before an instant within it, nor after one.
func Before(a, b time.Time) bool {
	x, first := DayOf(a)
	y, second := DayOf(b)
	if first && second {
		return x.String() < y.String()
	}
	return Latest(a).Before(Earliest(b))
}

// Due holds a day in a zone until its end; an instant stays as it is.
func Due(t time.Time, zone *time.Location) time.Time {
	if d, ok := DayOf(t); ok {
		return d.End(zone)
	}
	return t
}

// Stamp writes a time for a person who reads English or digits: a day as
// 2026-11-30, an instant as 2026-11-30 14:05 in a zone.
func Stamp(t time.Time, zone *time.Location) string {
	return FormatTime(t, zone, time.DateOnly, "2006-01-02 15:04")
}

// FormatTime writes a day in one layout, which has no hour, and an instant in
// another, in a zone. The zero time is "".
func FormatTime(t time.Time, zone *time.Location, day, instant string) string {
	if t.IsZero() {
		return ""
	}
	if d, ok := DayOf(t); ok {
		return d.Format(day)
	}
	return t.In(zone).Format(instant)
}

// JSONTime writes a time for a program: a day as 2026-11-30, an instant in the
// form of RFC 3339 in UTC. The zero time is "".
func JSONTime(t time.Time) string {
	return FormatTime(t, time.UTC, time.DateOnly, time.RFC3339)
}
