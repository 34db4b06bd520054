package today

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// SaveCalendar writes what is due as a calendar file for a phone.
func SaveCalendar(shared *show.Env, d Desk) {
	e := &env{shared, d}
	e.SaveFile(words.T("menu.calendar"), "casebinder.ics", func(path string) {
		kit.Do(func(ctx context.Context) (struct{}, error) {
			var b bytes.Buffer
			if err := e.desk.WriteCalendar(ctx, &b, CalendarTitle); err != nil {
				return struct{}{}, err
			}
			if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
				return struct{}{}, fmt.Errorf("writing the calendar file: %w", err)
			}
			return struct{}{}, nil
		}, func(_ struct{}, err error) {
			if err != nil {
				e.UI.Problem(err)
				return
			}
			e.UI.Toast(words.T("calendar.saved", "path", path), nil)
		})
	})
}

// CalendarTitle names an entry. A calendar leaves the computer, so that
// neither buyers nor their words stand in it: kind, platform and order number.
func CalendarTitle(r data.TodayRow) string {
	if r.Kind == data.TodayTask {
		return r.Text
	}
	return words.Join(" · ", words.Of("today.kind", r.Kind), r.Platform.Title(), r.OrderNumber)
}
