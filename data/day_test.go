package data

import (
	"testing"
	"time"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// A day stays that day in each zone on earth, on days on which clocks change,
// and in whatever zone it is read later.
func TestADayStaysThatDay(t *testing.T) {
	for _, name := range []string{
		"Asia/Shanghai", "America/Los_Angeles", "Pacific/Honolulu", "Pacific/Auckland", "Pacific/Chatham", "Asia/Kathmandu", "Asia/Kolkata",
		"America/St_Johns", "Pacific/Marquesas", "Europe/London", "UTC", "Asia/Beirut", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia",
	} {
		loc := zone(t, name)
		for at := time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC); at.Year() < 2027; at = at.AddDate(0, 0, 1) {
			day := OnDay(at)
			for kind, held := range map[string]time.Time{"begin": day.Begin(loc), "end": day.End(loc)} {
				stored := time.UnixMilli(held.UnixMilli()).In(zone(t, "America/New_York")) // as the store gives it, in some other zone
				if got, ok := DayOf(stored); !ok || got != day {
					t.Fatalf("%s of %s in %s is read as %s, %t", kind, day, name, got, ok)
				}
			}
		}
	}
}

func TestADayEndsInItsZone(t *testing.T) {
	day := Day{2026, 11, 30}
	// 30 November in Los Angeles ends at 08:00 UTC on 1 December.
	if got, want := day.End(zone(t, "America/Los_Angeles")), time.Date(2026, 12, 1, 7, 59, 59, 999e6, time.UTC); !got.Equal(want) {
		t.Errorf("it ends at %v, want %v", got, want)
	}
	// In Beijing it begins at 16:00 UTC the day before.
	if got, want := day.Begin(zone(t, "Asia/Shanghai")), time.Date(2026, 11, 29, 16, 0, 0, 1e6, time.UTC); !got.Equal(want) {
		t.Errorf("it begins at %v, want %v", got, want)
	}
	// 1 November 2026 has 25 hours in Los Angeles.
	if got, want := (Day{2026, 11, 1}).End(zone(t, "America/Los_Angeles")), time.Date(2026, 11, 2, 7, 59, 59, 999e6, time.UTC); !got.Equal(want) {
		t.Errorf("the long day ends at %v, want %v", got, want)
	}
	if got := Due(day.Begin(zone(t, "Asia/Shanghai")), zone(t, "Asia/Shanghai")); !got.Equal(day.End(zone(t, "Asia/Shanghai"))) {
		t.Errorf("due %v", got)
	}
}

func TestInstantsAreNoDays(t *testing.T) {
	la := zone(t, "America/Los_Angeles")
	for _, at := range []time.Time{
		{},
		time.Date(2026, 11, 30, 0, 0, 0, 0, la), time.Date(2026, 11, 30, 23, 59, 59, 0, time.UTC), time.Date(2026, 11, 30, 14, 5, 0, 0, la),
		time.Date(2026, 11, 30, 0, 0, 0, 2e6, la), time.Date(2026, 11, 30, 0, 0, 0, 1e6+5, la),
	} {
		if d, ok := DayOf(at); ok {
			t.Errorf("%v is read as the day %s", at, d)
		}
	}
	for _, reading := range []time.Time{(Day{2026, 11, 30}).Begin(la), (Day{2026, 11, 30}).End(la), time.Date(2026, 11, 30, 14, 15, 0, 1e6+7, time.UTC)} {
		if at := Instant(reading); IsDay(at) || reading.Sub(at).Abs() > 2*time.Millisecond {
			t.Errorf("%v is kept as %v", reading, at)
		}
	}
}

func TestWhatSurelyComesFirst(t *testing.T) {
	utc := time.UTC
	day := Day{2026, 11, 30}
	noon, nextNoon := time.Date(2026, 11, 30, 12, 0, 0, 0, utc), time.Date(2026, 12, 1, 12, 0, 0, 0, utc)
	for _, c := range []struct {
		a, b time.Time
		want bool
	}{
		{day.Begin(utc), noon, false},
		{noon, day.Begin(utc), false},
		{day.End(utc), noon, false},
		{noon, day.End(utc), false},
		{day.Begin(utc), nextNoon, true},
		{nextNoon, day.Begin(utc), false},
		{day.Begin(utc), day.End(utc), false},
		{day.End(utc), day.Begin(utc), false},
		{day.Begin(utc), (Day{2026, 12, 1}).Begin(utc), true},
		{noon, nextNoon, true},
		{noon, noon, false},
	} {
		if got := Before(c.a, c.b); got != c.want {
			t.Errorf("Before(%v, %v) is %t", c.a, c.b, got)
		}
	}
}

func TestTimesArePrinted(t *testing.T) {
	shanghai, la := zone(t, "Asia/Shanghai"), zone(t, "America/Los_Angeles")
	at := time.Date(2026, 11, 30, 14, 5, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{Stamp(at, shanghai), "2026-11-30 22:05"},
		{Stamp((Day{2026, 11, 30}).Begin(la), shanghai), "2026-11-30"},
		{Stamp((Day{2026, 11, 30}).End(la), shanghai), "2026-11-30"},
		{Stamp(time.Time{}, la), ""},
		{JSONTime(at.In(la)), "2026-11-30T14:05:00Z"},
		{JSONTime((Day{2026, 11, 30}).End(la)), "2026-11-30"},
	} {
		if c.got != c.want {
			t.Errorf("printed %q, want %q", c.got, c.want)
		}
	}
	if d, err := ParseDay("2028-02-29"); err != nil || d != (Day{2028, 2, 29}) {
		t.Error(d, err)
	}
	if _, err := ParseDay("2026-02-29"); err == nil {
		t.Error("a day that does not exist was read")
	}
}

// Months differ in length, and so do hours of the day when clocks change.
func TestMonthsOfTheCalendar(t *testing.T) {
	for _, c := range []struct {
		day  string
		n    int
		want string
	}{
		{"2026-03-31", -1, "2026-02-28"},
		{"2028-03-31", -1, "2028-02-29"},
		{"2026-05-31", -3, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-12-31", -12, "2025-12-31"},
		{"2028-02-29", -12, "2027-02-28"},
		{"2026-01-31", 1, "2026-02-28"},
		{"2026-11-30", 3, "2027-02-28"},
	} {
		day, err := ParseDay(c.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := day.AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s and %d months: %s, want %s", c.day, c.n, got, c.want)
		}
	}
	berlin := zone(t, "Europe/Berlin")
	got := MonthsBefore(time.Date(2026, 4, 29, 9, 30, 0, 0, berlin), 1) // the clocks went forward on 29 March
	if want := time.Date(2026, 3, 29, 9, 30, 0, 0, berlin); !got.Equal(want) {
		t.Errorf("a month before: %v, want %v", got, want)
	}
}
