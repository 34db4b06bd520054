package gui

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"casebinder/data/agenda"
	"casebinder/gui/today"
	"casebinder/gui/words"
)

func TestRemindersSayNumbersAlone(t *testing.T) {
	for _, language := range words.Languages() {
		words.Set(language)
		for step := agenda.Step72h; step <= agenda.StepOverdue72h; step++ {
			for _, n := range []int{1, 4} {
				text := reminderText(agenda.Reminder{Step: step, Word: step.Word(), Count: n, Hours: 17})
				if !strings.Contains(text, "17") || strings.ContainsAny(text, "{}\"") || strings.HasPrefix(text, "reminder.") {
					t.Errorf("%s %d: %q", language, step, text)
				}
			}
		}
	}
	words.Set(words.English)
}

func TestWindowMakesTheMailCheckOnce(t *testing.T) {
	a := newDesk(t)
	a.tell()
	refs, err := a.desk.TodayRefs(context.Background(), 0, false)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := a.desk.TodayRows(context.Background(), refs)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0].Text != words.T("task.mail_check") {
		t.Errorf("rows: %+v", rows)
	}
	var ics bytes.Buffer
	if err := a.desk.WriteCalendar(context.Background(), &ics, today.CalendarTitle); err != nil || !strings.Contains(ics.String(), "BEGIN:VCALENDAR") {
		t.Errorf("calendar: %v\n%s", err, ics.String())
	}
}
