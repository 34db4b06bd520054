// Package agenda writes deadlines as a calendar file that phones understand,
// and decides which reminders are due.
//
// Its one rule: it knows no clock and no words of its own. Now is an argument,
// the texts of a calendar come from the caller, and a reminder is a fixed word
// key with numbers, so that nobody's words reach a notification.
package agenda

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"casebinder/data"
)

// Span is how long an entry stands in the calendar: it ends at the due time
// and begins this much earlier. An event without length is drawn by some
// phones as a line that nobody sees.
const Span = 15 * time.Minute

// Limits of a calendar. Phones refuse or choke on more.
const (
	MaxEntries = 20_000
	MaxAlarms  = 8      // of one entry
	MaxText    = 20_000 // bytes of a description
	MaxTitle   = 500    // bytes of a title, a name or a UID
	maxAlarm   = 8784   // hours before the due time: a year
	product    = "-//Casebinder//Deadlines//EN"
	second     = time.Second
	stampForm  = "20060102T150405Z"
	wholeYears = 9999
)

var (
	problemEntry = data.DefineProblem("agenda_entry", data.ErrInvalid,
		"The deadline “{title}” cannot go into a calendar file: {reason}.",
		"Correct the deadline in its case and export the calendar again.")
	problemMany = data.DefineProblem("agenda_many", data.ErrLimit,
		"{count} deadlines are too many for one calendar file; the limit is {limit}.",
		"Choose a shop, a platform or a shorter period, and export one file for each.")
)

// A Calendar is what goes into one file.
type Calendar struct {
	Name    string // as the phone shows it
	Entries []Entry
}

// An Entry is one deadline.
type Entry struct {
	UID         string          // stable: the same deadline has the same UID in each file, so that a phone replaces and does not double it
	Due         time.Time       // the last moment
	Title       string          // one line
	Description string          // may have several lines
	Alarms      []time.Duration // before Due: 24 h, 3 h; 0 is at Due
	Sequence    int             // one more with each change of Due, Title or Canceled
	Updated     time.Time       // when it was changed last; zero when not known
	Canceled    bool            // the deadline is met or gone; a phone that has it strikes it out
}

// Write writes the calendar as an iCalendar file (RFC 5545, METHOD:PUBLISH):
// one event an entry, times in UTC, by due time and UID. The same calendar and
// now give the same bytes. An entry that cannot be written is a Problem that
// names it, and then nothing is written.
func Write(w io.Writer, c Calendar, now time.Time) error {
	if len(c.Entries) > MaxEntries {
		return problemMany.New("count", len(c.Entries), "limit", MaxEntries)
	}
	entries := slices.Clone(c.Entries)
	slices.SortStableFunc(entries, func(a, b Entry) int {
		if d := a.Due.Compare(b.Due); d != 0 {
			return d
		}
		return strings.Compare(a.UID, b.UID)
	})
	out := ics.NewCalendar()
	out.CalendarProperties = nil
	out.SetVersion("2.0")
	out.SetProductId(product)
	out.SetCalscale("GREGORIAN")
	out.SetMethod(ics.MethodPublish)
	if name := line(c.Name); name != "" {
		out.SetXWRCalName(name)
	}
	seen := make(map[string]bool, len(entries))
	for _, e := range entries {
		if reason := e.fault(seen); reason != "" {
			return problemEntry.New("title", line(e.Title), "reason", reason)
		}
		seen[e.UID] = true
		out.AddVEvent(e.event(now))
	}
	var b bytes.Buffer
	if err := out.SerializeTo(&b, ics.WithNewLine("\r\n"), ics.WithLineLength(75)); err != nil {
		return fmt.Errorf("making the calendar: %w", err)
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("writing the calendar: %w", err)
	}
	return nil
}

// fault says what is wrong with an entry, or "".
func (e Entry) fault(seen map[string]bool) string {
	switch {
	case e.UID == "" || len(e.UID) > MaxTitle || strings.ContainsFunc(e.UID, unicode.IsControl):
		return "its identifier is empty, too long or no text"
	case seen[e.UID]:
		return "another deadline has the same identifier"
	case e.Due.IsZero() || e.Due.UTC().Year() < 1970 || e.Due.UTC().Year() > wholeYears:
		return "it has no due date that a calendar can show"
	case line(e.Title) == "" || len(e.Title) > MaxTitle:
		return fmt.Sprintf("its title is empty or longer than %d bytes", MaxTitle)
	case len(e.Description) > MaxText:
		return fmt.Sprintf("its description is longer than %d bytes", MaxText)
	case e.Sequence < 0:
		return "its version is below zero"
	case len(e.Alarms) > MaxAlarms:
		return fmt.Sprintf("it has more than %d alarms", MaxAlarms)
	}
	for _, a := range e.Alarms {
		if a < 0 || a > maxAlarm*time.Hour {
			return "an alarm is after the due date or more than a year before it"
		}
	}
	return ""
}

func (e Entry) event(now time.Time) *ics.VEvent {
	v := ics.NewEvent(text(e.UID))
	v.SetDtStampTime(now)
	span := Span
	if day, ok := data.DayOf(e.Due); ok { // the whole day, in whatever zone the phone is
		begin := time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC)
		v.SetAllDayStartAt(begin)
		v.SetAllDayEndAt(begin.AddDate(0, 0, 1))
		span = 24 * time.Hour
	} else {
		end := e.Due.UTC().Truncate(second)
		v.SetStartAt(end.Add(-Span))
		v.SetEndAt(end)
	}
	v.SetSummary(line(e.Title))
	if d := text(e.Description); d != "" {
		v.SetDescription(d)
	}
	v.SetSequence(e.Sequence)
	if !e.Updated.IsZero() {
		v.SetModifiedAt(e.Updated)
	}
	v.SetTimeTransparency(ics.TransparencyTransparent) // a deadline does not make anybody busy
	v.SetClass(ics.ClassificationPrivate)
	if e.Canceled {
		v.SetStatus(ics.ObjectStatusCancelled)
		return v
	}
	v.SetStatus(ics.ObjectStatusConfirmed)
	alarms := slices.Clone(e.Alarms)
	slices.SortFunc(alarms, func(a, b time.Duration) int { return int((b - a) / second) })
	for _, before := range slices.Compact(alarms) {
		a := v.AddAlarm()
		a.SetAction(ics.ActionDisplay)
		a.SetTrigger(trigger(span - before))
		a.SetProperty(ics.ComponentPropertyDescription, line(e.Title)) // RFC 5545 3.6.6 wants one
	}
	return v
}

// trigger writes a duration from the start of an event: "-PT71H45M". Triggers
// from the end (RELATED=END) are passed over by some phones.
func trigger(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	out := sign + "PT"
	hours, minutes, seconds := int(d/time.Hour), int(d/time.Minute)%60, int(d/second)%60
	if hours > 0 {
		out += fmt.Sprintf("%dH", hours)
	}
	if minutes > 0 || hours > 0 && seconds > 0 {
		out += fmt.Sprintf("%dM", minutes)
	}
	if seconds > 0 || hours == 0 && minutes == 0 {
		out += fmt.Sprintf("%dS", seconds)
	}
	return out
}

// text makes a text that a calendar may hold: valid UTF-8, "\n" as the only
// line break and the only control character besides the tab.
func text(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

// line makes a text of one line.
func line(s string) string { return strings.Join(strings.Fields(text(s)), " ") }
