package chat

import (
	"slices"
	"testing"
	"time"

	"casebinder/data"
)

// Where nothing says what day is today, dates without a year lie some two thousand
// years before those with one, which is longer than a duration can be.
func TestYearlessBesideYears(t *testing.T) {
	c := Split("11/3, 14:05 - Ines: is it there?\n11/3, 14:07 - Atlas: yes\n11/4/2026, 14:09 - Ines: fine\n11/5/2026, 14:09 - Ines: thanks\n11/5, 14:10 - Atlas: good\n", Hints{})
	times := 0
	for _, m := range c.Messages {
		if !m.At.IsZero() {
			times++
		}
	}
	if len(c.Messages) != 5 || times != 2 {
		t.Errorf("%d messages, of which %d have a time; 5 and 2 are right", len(c.Messages), times)
	}
}

// Clocks in Berlin went over half past two on 29 March 2026, and showed it twice on 25
// October: both are told, and of two moments the first is taken.
func TestATimeThatClocksSkippedOrShowedTwiceIsTold(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]struct {
		at   string // by UTC
		told bool
	}{
		"29.03.2026": {"2026-03-29T01:30:00Z", true},
		"25.10.2026": {"2026-10-25T00:30:00Z", true},
		"26.10.2026": {"2026-10-26T01:30:00Z", false},
	} {
		c := Split(day+", 02:30 - Ines: is it there?\n"+day+", 14:07 - Atlas: yes\n", Hints{Zone: berlin})
		told := slices.ContainsFunc(c.Findings, func(f data.Finding) bool { return f.Rule == foundZone.rule })
		if len(c.Messages) != 2 || c.Messages[0].At.UTC().Format(time.RFC3339) != want.at || told != want.told {
			t.Errorf("%s: %+v, told: %t, want %s", day, c.Messages, told, want.at)
		}
	}
}
