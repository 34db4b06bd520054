package policy_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/policy"
)

const chinese = `# sample list
country CN China
weekend saturday sunday
defaults no
2026-10-01..2026-10-07 National Day   # a week
work 2026-10-10 makes up for 7 October
`

func TestHolidayListCountsInDates(t *testing.T) {
	list, err := policy.ParseHolidays("cn.txt", strings.NewReader(chinese))
	if err != nil {
		t.Fatal(err)
	}
	c := policy.Case{
		Zone: "Asia/Shanghai", Market: "CN",
		Events: []data.CaseEvent{did(buyer, data.EventOpened, "2026-09-30T02:00:00Z")},
	}
	// Tue 29 Sep in Los Angeles; Wed 30; holidays to 7 Oct; Thu 8, Fri 9: three business days, at 19:00 there.
	got := policy.Brief(pack(t, "ebay-inr"), policy.NewCalendars(list), c).Due
	if want := at("2026-10-10T02:00:00Z"); !got.Equal(want) {
		t.Errorf("with the list: %v, want %v", got, want)
	}
	// Wed 30, Thu 1, Fri 2. Without it only weekends are left out, and the reason says so.
	view := policy.Evaluate(pack(t, "ebay-inr"), policy.NewCalendars(), c, at("2026-10-01T00:00:00Z"))
	if want := at("2026-10-03T02:00:00Z"); !view.Due.Equal(want) {
		t.Errorf("without it: %v, want %v", view.Due, want)
	}
	if lines := deadline(t, view, "respond").Why.Lines; !strings.Contains(lines[2].String(), "No holidays are known for CN") {
		t.Errorf("the reason hides it: %s", lines[2])
	}
	back, err := policy.ParseHolidays("back.txt", strings.NewReader(string(policy.EncodeHolidays(list))))
	if err != nil || !reflect.DeepEqual(back, list) {
		t.Errorf("written and read: %+v, %v", back, err)
	}
}

// The user's list stands over the built-in holidays.
func TestHolidayListOverDefaults(t *testing.T) {
	list, err := policy.ParseHolidays("us.txt", strings.NewReader("country US\n2026-11-27 Day after Thanksgiving\nwork 2026-11-26 we work\n"))
	if err != nil {
		t.Fatal(err)
	}
	cal := policy.NewCalendars(list).For("US")
	for day, want := range map[policy.Date]bool{
		{Year: 2026, Month: time.November, Day: 26}: false, {Year: 2026, Month: time.November, Day: 27}: true,
		{Year: 2026, Month: time.December, Day: 25}: true, {Year: 2026, Month: time.November, Day: 28}: true,
		{Year: 2026, Month: time.July, Day: 3}: false, // Independence Day on a Saturday: some rest on the Friday, and it is counted
	} {
		if off, _ := cal.Off(day); off != want {
			t.Errorf("%s: off %v, want %v", day, off, want)
		}
	}
}

func TestBuiltInHolidays(t *testing.T) {
	for _, c := range []struct {
		country string
		day     policy.Date
	}{
		{"US", policy.Date{Year: 2026, Month: time.November, Day: 26}},
		{"US", policy.Date{Year: 2027, Month: time.July, Day: 5}},      // Independence Day on a Sunday
		{"GB", policy.Date{Year: 2026, Month: time.December, Day: 28}}, // Boxing Day on a Saturday
		{"DE", policy.Date{Year: 2026, Month: time.October, Day: 3}},
		{"AU", policy.Date{Year: 2026, Month: time.January, Day: 26}},
		{"JP", policy.Date{Year: 2026, Month: time.November, Day: 3}},
	} {
		if _, ok := policy.BuiltInHolidays(c.country, c.day.Year)[c.day]; !ok {
			t.Errorf("%s: %s is no holiday; there are %v", c.country, c.day, policy.BuiltInHolidays(c.country, c.day.Year))
		}
	}
	for _, country := range policy.HolidayCountries() {
		if n := len(policy.BuiltInHolidays(country, 2026)); n < 5 || n > 25 {
			t.Errorf("%s has %d holidays", country, n)
		}
	}
}

// What a part of a country alone keeps is counted, so that a date is the earlier
// one, and the reason names it.
func TestHolidaysOfAPartOfACountryAreCountedAndNamed(t *testing.T) {
	for _, c := range []struct {
		site, opened, due, named string
	}{
		// St Andrew's Day 2026 is a Monday: Mon 30 Nov, Tue, Wed.
		{"GB", "2026-11-27T10:00:00Z", "2026-12-02T10:00:00Z", "St Andrew's Day (Scotland)"},
		// 2 January 2026 is a Friday: Wed 31 Dec, not New Year's Day, Fri 2, Mon 5.
		{"GB", "2025-12-30T10:00:00Z", "2026-01-05T10:00:00Z", "2 January (Scotland)"},
		// 12 July 2026 is a Sunday, kept on Mon 13: Mon, Tue, Wed.
		{"GB", "2026-07-10T10:00:00Z", "2026-07-15T09:00:00Z", "Battle of the Boyne"},
		// Mon 3 Aug is the summer's bank holiday in Scotland, Mon 31 that of the others.
		{"GB", "2026-07-31T10:00:00Z", "2026-08-05T10:00:00Z", "Summer Bank Holiday"},
		{"GB", "2026-08-28T10:00:00Z", "2026-09-02T10:00:00Z", "Summer Bank Holiday"},
		// The third Monday of February 2026 is the 16th.
		{"CA", "2026-02-13T18:00:00Z", "2026-02-18T18:00:00Z", "Family Day"},
		// Corpus Christi 2026 is Thu 4 June: Wed 3, Thu 4, Fri 5.
		{"DE", "2026-06-02T10:00:00Z", "2026-06-05T10:00:00Z", "Corpus Christi"},
	} {
		at0 := policy.Case{Market: c.site, Events: []data.CaseEvent{did(buyer, data.EventOpened, c.opened)}}
		view := policy.Evaluate(pack(t, "ebay-inr"), policy.NewCalendars(), at0, at(c.opened))
		if got := view.Due.Format(time.RFC3339); got[:10] != c.due[:10] {
			t.Errorf("%s from %s: due %s, want the day of %s", c.site, c.opened, got, c.due)
		}
		var lines []string
		for _, line := range deadline(t, view, "respond").Why.Lines {
			lines = append(lines, line.String())
		}
		if text := strings.Join(lines, "\n"); !strings.Contains(text, c.named) {
			t.Errorf("%s from %s: %q is not named in\n%s", c.site, c.opened, c.named, text)
		}
	}
}

// Each bad line is told with its number, and then nothing of the list is used.
func TestHolidayListErrorsByLine(t *testing.T) {
	const text = "country USA\nweekend caturday\ndefaults maybe\n2026-13-01 nonsense\n2026-12-25 Christmas\n2026-12-25 again\nwork 2026-12-25 both\n2026-12-31..2026-12-01 backwards\n2026-01-01..2026-12-31 a year\nwork\n"
	list, err := policy.ParseHolidays("us.txt", strings.NewReader(text))
	if !errors.Is(err, data.ErrInvalid) || list.Country != "" {
		t.Fatalf("got %+v, %v", list, err)
	}
	for _, want := range []string{
		"line 1: “USA” is no country", "line 2: “caturday” is no day", "line 3: “maybe” is neither", "line 4: “2026-13-01” is no date",
		"line 6: 2026-12-25 is named a second time", "line 7: 2026-12-25 is both", "line 8: “2026-12-31..2026-12-01” ends before",
		"line 9: ", "line 10: “” is no date",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("“%s” is missing in %v", want, err)
		}
	}
	if strings.Contains(err.Error(), "line 5") {
		t.Errorf("line 5 is fine: %v", err)
	}
}

func TestHolidayListBounds(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":        "",
		"a long line":    "country US\n2026-12-25 " + strings.Repeat("x", 2000),
		"too many lines": "country US\n" + strings.Repeat("# remark\n", 20_001),
		"no text":        "country US\n\xff\xfe\n",
		"two countries":  "country US\ncountry DE\n",
	} {
		if _, err := policy.ParseHolidays("x.txt", strings.NewReader(text)); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := policy.ParseHolidays("x.txt", strings.NewReader("country US\n"+strings.Repeat("nonsense\n", 100)))
	if err == nil || !strings.Contains(err.Error(), "has 80 more lines") || strings.Count(err.Error(), "\n") > 25 {
		t.Errorf("many errors: %v", err)
	}
}

func FuzzParseHolidays(f *testing.F) {
	f.Add(chinese)
	f.Add("country us\r\n2026-12-25\r\n")
	f.Add("\ufeffcountry DE Deutschland\nweekend fri,sat\n")
	f.Add("work 2026-02-30 no\n..\n2026-01-01..\n")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := policy.ParseHolidays("x.txt", strings.NewReader(text))
		if err != nil {
			if _, ok := data.AsProblem(err); !ok {
				t.Fatalf("no problem: %v", err)
			}
			return
		}
		back, err := policy.ParseHolidays("y.txt", strings.NewReader(string(policy.EncodeHolidays(list))))
		if err != nil || len(back.Days) != len(list.Days) || len(back.Work) != len(list.Work) || back.Country != list.Country {
			t.Fatalf("%v: %+v, was %+v", err, back, list)
		}
		policy.NewCalendars(list).For(list.Country)
	})
}
