package gui

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// saveCalendar writes what is due as a calendar file for a phone.
func (a *app) saveCalendar() {
	a.dialogs.save(words.T("menu.calendar"), "casebinder.ics", func(path string) {
		kit.Do(func(ctx context.Context) (struct{}, error) {
			var b bytes.Buffer
			if err := a.desk.WriteCalendar(ctx, &b, calendarTitle); err != nil {
				return struct{}{}, err
			}
			if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
				return struct{}{}, fmt.Errorf("writing the calendar file: %w", err)
			}
			return struct{}{}, nil
		}, func(_ struct{}, err error) {
			if err != nil {
				a.ui.Problem(err)
				return
			}
			a.ui.Toast(words.T("calendar.saved", "path", path), nil)
		})
	})
}

// calendarTitle names an entry. A calendar leaves the computer, so that
// neither buyers nor their words stand in it: kind, platform and order number.
func calendarTitle(r data.TodayRow) string {
	if r.Kind == data.TodayTask {
		return r.Text
	}
	return join(" · ", words.Of("today.kind", r.Kind), r.Platform.Title(), r.OrderNumber)
}
