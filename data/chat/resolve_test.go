package chat

import "testing"

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
