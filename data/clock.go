package data

import (
	"strings"
	"time"
)

// A ClockTurn says what the clocks of a zone did at a time that was written without
// its offset.
type ClockTurn uint8

// What clocks do.
const (
	TurnNone  ClockTurn = iota
	TurnGap             // clocks went over this time: it never was
	TurnTwice           // clocks went back: it was twice
)

// LocalTime gives the moment of a clock's time in a zone, whatever zone wall itself
// bears. Of two it gives the first; for one that never was, what a clock that was not
// turned shows.
func LocalTime(wall time.Time, zone *time.Location) (time.Time, ClockTurn) {
	early, late, turn := clockTimes(wall, zone)
	if turn == TurnNone && early.IsZero() {
		return late, turn
	}
	return early, turn
}

// clockTimes gives a clock's time by the offset before and by the one after a turn;
// where there is one moment alone, one of them is the zero time.
func clockTimes(wall time.Time, zone *time.Location) (early, late time.Time, turn ClockTurn) {
	y, m, d := wall.Date()
	at := time.Date(y, m, d, wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), zone)
	const reach = 4 * time.Hour // no zone turns its clocks twice within
	_, before := at.Add(-reach).Zone()
	_, after := at.Add(reach).Zone()
	if before == after {
		return at.UTC(), time.Time{}, TurnNone
	}
	utc := time.Date(y, m, d, wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), time.UTC)
	early, late = utc.Add(-time.Duration(before)*time.Second), utc.Add(-time.Duration(after)*time.Second)
	_, atEarly := early.In(zone).Zone()
	_, atLate := late.In(zone).Zone()
	switch {
	case atEarly == before && atLate == after:
		return early, late, TurnTwice
	case atEarly == before:
		return early, time.Time{}, TurnNone
	case atLate == after:
		return time.Time{}, late, TurnNone
	}
	return early, late, TurnGap
}

var (
	problemClockGap = DefineProblem("clock_gap", ErrInvalid,
		"By the clocks of {zone} there was no {text}: they were put forward over it.", "Write {before} or {after}.")
	problemClockTwice = DefineProblem("clock_twice", ErrInvalid,
		"By the clocks of {zone} it was {text} twice: they were put back.", "Write {first} for the first, or {second} for the second.")
)

// withOffset is the form in which a moment is written where clocks alone do not tell it.
const withOffset = "2006-01-02 15:04 -07:00"

// typedForms are the forms in which a moment may be typed, those with an offset first.
var typedForms = []string{
	time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04Z07:00", "2006-01-02 15:04:05 -07:00", withOffset,
	"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02T15:04:05", "2006/1/2 15:04", "2006/1/2 15:04:05",
}

// TypedDay reads a day that a person typed; false where it is none.
func TypedDay(text string) (Day, bool) {
	for _, form := range []string{time.DateOnly, "2006/1/2"} {
		if t, err := time.Parse(form, Typed(text)); err == nil {
			return OnDay(t), true
		}
	}
	return Day{}, false
}

// ParseTyped reads what a person typed: a moment with its offset, or without one by
// the clocks of a zone, or a day alone, which it gives as its Begin. It is false for
// what is none of them, and refuses with a Problem a time that those clocks never
// showed, or showed twice.
func ParseTyped(text string, zone *time.Location) (at time.Time, known bool, err error) {
	text = Typed(text)
	if day, ok := TypedDay(text); ok {
		return day.Begin(zone), true, nil
	}
	for _, form := range typedForms {
		t, err := time.Parse(form, text)
		if err != nil {
			continue
		}
		if strings.Contains(form, "07:00") {
			return t.UTC(), true, nil
		}
		at, err := onClock(t, text, zone)
		return at, true, err
	}
	return time.Time{}, false, nil
}

func onClock(wall time.Time, text string, zone *time.Location) (time.Time, error) {
	early, late, turn := clockTimes(wall, zone)
	name := zone.String()
	if name == time.Local.String() { // this computer's, which bears no name
		name, _ = early.In(zone).Zone()
	}
	switch turn {
	case TurnGap: // by the offset before it comes after the turn, and the other way round
		const form = "2006-01-02 15:04"
		return time.Time{}, problemClockGap.New("zone", name, "text", text, "before", late.In(zone).Format(form), "after", early.In(zone).Format(form))
	case TurnTwice:
		return time.Time{}, problemClockTwice.New("zone", name, "text", text, "first", early.In(zone).Format(withOffset), "second", late.In(zone).Format(withOffset))
	}
	if early.IsZero() {
		return late, nil
	}
	return early, nil
}

// ClockText writes a time so that ParseTyped reads it: as Stamp does, and with its offset
// where clocks showed it twice.
func ClockText(t time.Time, zone *time.Location) string {
	if t.IsZero() || IsDay(t) {
		return Stamp(t, zone)
	}
	if _, turn := LocalTime(t.In(zone), zone); turn == TurnTwice {
		return t.In(zone).Format(withOffset)
	}
	return Stamp(t, zone)
}
