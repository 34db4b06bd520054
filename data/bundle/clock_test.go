package bundle

import (
	"testing"
	"time"

	"casebinder/data"
)

// What is a day alone is printed without an hour, and stays that day whatever
// zone a clock is in.
func TestADayIsPrintedWithoutAnHour(t *testing.T) {
	shanghai := time.FixedZone("UTC+8", 8*3600)
	day := data.Day{Year: 2026, Month: 11, Day: 3}
	for _, zone := range []*time.Location{shanghai, time.UTC, time.FixedZone("UTC-8", -8*3600)} {
		c := clock{zone}
		for _, at := range []time.Time{day.Begin(shanghai), day.End(shanghai)} {
			if full, date, hour := c.full(at), c.day(at), c.hour(at); full != "2026-11-03" || date != "2026-11-03" || hour != "" {
				t.Errorf("in %s it is printed %q, %q, %q", zone, full, date, hour)
			}
		}
	}
	if got := (clock{shanghai}).full(time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC)); got != "2026-11-03 08:00 UTC+8" {
		t.Errorf("an instant is printed %q", got)
	}
}
