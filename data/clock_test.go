package data_test

import (
	"errors"
	"testing"
	"time"

	"casebinder/data"
)

func zoneNamed(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// What a person types is a moment by the clocks of a zone, a moment with its own
// offset, or a day. A time that the clocks never showed, or showed twice, is refused
// with what to write instead.
func TestTypedTimesAcrossATurnOfClocks(t *testing.T) {
	for _, c := range []struct{ text, zone, want, what, do string }{
		{"2026-11-16T14:02:00+08:00", "UTC", "2026-11-16T06:02:00Z", "", ""},
		{"2026-11-16 14:02 +08:00", "UTC", "2026-11-16T06:02:00Z", "", ""},
		{" 2026-11-16 14:02 ", "Asia/Shanghai", "2026-11-16T06:02:00Z", "", ""},
		{"２０２６-11-16　14：02", "Asia/Shanghai", "2026-11-16T06:02:00Z", "", ""}, // by an input method
		{"2026/11/6 14:02", "Asia/Shanghai", "2026-11-06T06:02:00Z", "", ""},
		{"2026-11-16T14:02:07", "Asia/Shanghai", "2026-11-16T06:02:07Z", "", ""},
		{"2026-11-16", "Asia/Shanghai", "2026-11-15T16:00:00.001Z", "", ""},
		{"2026-03-08 01:59", "America/New_York", "2026-03-08T06:59:00Z", "", ""},
		{"2026-03-08 03:00", "America/New_York", "2026-03-08T07:00:00Z", "", ""},
		{
			"2026-03-08 02:30", "America/New_York", "",
			"By the clocks of America/New_York there was no 2026-03-08 02:30: they were put forward over it.", "Write 2026-03-08 01:30 or 2026-03-08 03:30.",
		},
		{
			"2026-11-01 01:30", "America/New_York", "",
			"By the clocks of America/New_York it was 2026-11-01 01:30 twice: they were put back.",
			"Write 2026-11-01 01:30 -04:00 for the first, or 2026-11-01 01:30 -05:00 for the second.",
		},
		{"2026-11-01 01:30 -04:00", "America/New_York", "2026-11-01T05:30:00Z", "", ""},
		{"2026-11-01 01:30 -05:00", "America/New_York", "2026-11-01T06:30:00Z", "", ""},
		{"2026-11-01 00:59", "America/New_York", "2026-11-01T04:59:00Z", "", ""},
		{"2026-11-01 02:00", "America/New_York", "2026-11-01T07:00:00Z", "", ""},
		{ // half an hour alone
			"2026-10-04 02:15", "Australia/Lord_Howe", "",
			"By the clocks of Australia/Lord_Howe there was no 2026-10-04 02:15: they were put forward over it.", "Write 2026-10-04 01:45 or 2026-10-04 02:45.",
		},
		// In Cairo clocks are put forward at midnight: that day begins at one.
		{"2026-04-24", "Africa/Cairo", "2026-04-23T22:00:00.001Z", "", ""},
	} {
		at, known, err := data.ParseTyped(c.text, zoneNamed(t, c.zone))
		if !known {
			t.Errorf("%q is not read", c.text)
			continue
		}
		if c.what == "" {
			if err != nil || at.Format(time.RFC3339Nano) != c.want {
				t.Errorf("%q in %s: %s %v, want %s", c.text, c.zone, at.Format(time.RFC3339Nano), err, c.want)
			}
			continue
		}
		p, ok := data.AsProblem(err)
		if !ok || !errors.Is(err, data.ErrInvalid) || p.What() != c.what || p.Do() != c.do {
			t.Errorf("%q in %s: %v, want %s %s", c.text, c.zone, err, c.what, c.do)
		}
	}
	for _, text := range []string{"", "yesterday", "2026-02-30", "2026-11-16 25:00", "14:02"} {
		if at, known, err := data.ParseTyped(text, time.UTC); known || err != nil || !at.IsZero() {
			t.Errorf("%q: %v %v %v", text, at, known, err)
		}
	}
}

// A day whose midnight clocks went over keeps its name, and begins and ends where its
// neighbors end and begin.
func TestADayWithoutMidnight(t *testing.T) {
	cairo := zoneNamed(t, "Africa/Cairo")
	before, day := data.Day{Year: 2026, Month: 4, Day: 23}, data.Day{Year: 2026, Month: 4, Day: 24}
	if got := before.End(cairo).Format(time.RFC3339Nano); got != "2026-04-23T21:59:59.999Z" {
		t.Errorf("the day before ends %s", got)
	}
	for _, at := range []time.Time{day.Begin(cairo), day.End(cairo)} {
		if got, ok := data.DayOf(at); !ok || got != day {
			t.Errorf("%s stands for %v %v", at, got, ok)
		}
	}
}

// What ClockText writes ParseTyped reads as the same moment, to the minute.
func FuzzTyped(f *testing.F) {
	for _, at := range []int64{1793511000, 1793514600, 1772953200, 0, -1, 253402300799} {
		f.Add(at, 0)
		f.Add(at, 3)
	}
	zones := []string{"America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Shanghai"}
	f.Fuzz(func(t *testing.T, seconds int64, n int) {
		at := time.Unix(seconds-seconds%60, 0).UTC()
		if at.Year() < 1990 || at.Year() > 2100 || n < 0 {
			return
		}
		zone := zoneNamed(t, zones[n%len(zones)])
		text := data.ClockText(at, zone)
		if got, known, err := data.ParseTyped(text, zone); !known || err != nil || !got.Equal(at) {
			t.Errorf("%s in %s is written %q and read %s %v %v", at, zone, text, got, known, err)
		}
	})
}
