package service_test

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/service"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	got, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestHourOfABuyer(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		address               data.Address
		now                   string
		awake, weekend        bool
		next, workday         string // on my clock
		holiday, local, ahead string
	}{
		// Monday, 30 November 2026, 10:00 in Shanghai: 03:00 in Madrid.
		"Spain asleep": {data.Address{Country: "ES"}, "2026-11-30T10:00:00+08:00", false, false, "2026-11-30 16:00", "2026-11-30 16:00", "", "2026-11-30 03:00", "-7h0m0s"},
		// 21:00 in Shanghai: 16:00 in Riyadh on a Friday, a day of rest; Sunday is worked.
		"Friday in Riyadh":   {data.Address{Country: "SA"}, "2026-11-27T21:00:00+08:00", true, true, "2026-11-27 21:00", "2026-11-29 14:00", "", "2026-11-27 16:00", "-5h0m0s"},
		"Saturday in Dubai":  {data.Address{Country: "AE"}, "2026-11-28T14:00:00+08:00", true, true, "2026-11-28 14:00", "2026-11-30 13:00", "", "2026-11-28 10:00", "-4h0m0s"},
		"Sunday in Tel Aviv": {data.Address{Country: "IL"}, "2026-11-29T18:00:00+08:00", true, false, "2026-11-29 18:00", "2026-11-29 18:00", "", "2026-11-29 12:00", "-6h0m0s"},
		// Christmas is a Friday in 2026: written to on Monday.
		"Christmas in Munich":   {data.Address{Country: "DE"}, "2026-12-25T20:00:00+08:00", true, false, "2026-12-25 20:00", "2026-12-28 16:00", "x", "2026-12-25 13:00", "-7h0m0s"},
		"a country by its name": {data.Address{Country: "Spanien"}, "2026-11-30T10:00:00+08:00", false, false, "2026-11-30 16:00", "2026-11-30 16:00", "", "2026-11-30 03:00", "-7h0m0s"},
		"by postcode":           {data.Address{Country: "US", Postcode: "96813"}, "2026-11-30T10:00:00+08:00", true, true, "2026-11-30 10:00", "2026-12-01 03:00", "", "2026-11-29 16:00", "-18h0m0s"},
	} {
		got := service.Hour(c.address, at(t, c.now), shanghai)
		const form = "2006-01-02 15:04"
		if got.Awake != c.awake || got.Weekend != c.weekend || got.Next.Format(form) != c.next || got.Workday.Format(form) != c.workday ||
			got.Holiday.IsZero() != (c.holiday == "") || got.Local.Format(form) != c.local || got.Ahead.String() != c.ahead {
			t.Errorf("%s: %+v", name, got)
		}
		if !got.Listed {
			t.Errorf("%s: its holidays are not known", name)
		}
	}
	if got := service.Hour(data.Address{Country: "US"}, at(t, "2026-11-30T10:00:00Z"), shanghai); got.Zone != "" || got.Listed {
		t.Errorf("a zone that nothing tells: %+v", got)
	}
}

func TestHolidaysBeyondTheLibrary(t *testing.T) {
	for _, c := range []struct {
		country, day string
		off, moves   bool
		known        bool
	}{
		{"CN", "2026-02-16", true, false, true}, // the eve
		{"CN", "2026-02-24", false, false, true},
		{"CN", "2026-10-07", true, false, true},
		{"KR", "2026-09-24", true, false, true}, // the day before Chuseok
		{"HK", "2026-09-26", true, false, true}, // the day after Mid-Autumn
		{"SA", "2026-03-21", true, true, true},
		{"IL", "2026-09-13", true, false, true},
		{"RU", "2026-01-05", true, false, true},
		{"CN", "2035-02-10", false, false, false},
		{"US", "2026-11-26", true, false, true},
		{"ZZ", "2026-01-01", false, false, false},
	} {
		day, err := data.ParseDay(c.day)
		if err != nil {
			t.Fatal(err)
		}
		got, known := service.HolidayOn(c.country, day)
		if got.Off != c.off || got.Moves != c.moves || known != c.known {
			t.Errorf("%s %s: %+v, known %t", c.country, c.day, got, known)
		}
	}
}

func TestGreetings(t *testing.T) {
	got := service.Greetings("US", data.Day{Year: 2026, Month: 12, Day: 20}, 21)
	if len(got) != 2 || got[0].ID != "christmas" || got[1].ID != "new_year" || got[1].Day.String() != "2027-01-01" {
		t.Errorf("got %+v", got)
	}
	if got := service.Greetings("SA", data.Day{Year: 2026, Month: 12, Day: 20}, 21); len(got) != 0 {
		t.Errorf("Christmas in Riyadh: %+v", got)
	}
}
