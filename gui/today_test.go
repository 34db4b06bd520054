package gui

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/agenda"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// press taps the visible button with a text, wherever on the window it is.
func (b *bench) press(t *testing.T, text string) {
	t.Helper()
	objects := test.LaidOutObjects(b.window.Content())
	for _, o := range b.window.Canvas().Overlays().List() {
		objects = append(objects, test.LaidOutObjects(o)...)
	}
	for i := len(objects) - 1; i >= 0; i-- {
		if button, ok := objects[i].(*widget.Button); ok && button.Visible() && button.Text == text {
			test.Tap(button)
			return
		}
	}
	t.Fatalf("there is no button %q", text)
}

func row(kind data.TodayKind, id int64, platform data.Platform, operator string, due time.Time) desk.SnoozedRow {
	return desk.SnoozedRow{TodayRow: data.TodayRow{Kind: kind, ID: id, Platform: platform, Operator: operator, Due: due}}
}

func TestTodayFilters(t *testing.T) {
	now := time.Date(2025, 11, 20, 10, 0, 0, 0, time.Local)
	rows := []desk.SnoozedRow{
		row(data.TodayDispute, 1, data.EBay, "", now.Add(-time.Hour)),
		row(data.TodayShip, 2, data.AliExpress, "", now.Add(30*time.Hour)),
		row(data.TodayTask, 3, "", "Lin", now.Add(2*time.Hour)),
		row(data.TodayTask, 4, "", "Wei", time.Time{}),
	}
	for name, c := range map[string]struct {
		filter todayFilter
		want   []int64
	}{
		"all":      {todayFilter{}, []int64{1, 2, 3, 4}},
		"overdue":  {todayFilter{group: data.UrgencyOverdue}, []int64{1}},
		"no date":  {todayFilter{group: data.UrgencyNone}, []int64{4}},
		"platform": {todayFilter{platform: data.AliExpress}, []int64{2}},
		"mine":     {todayFilter{mine: "Lin"}, []int64{3}},
		"today":    {todayFilter{day: midnight(now)}, []int64{1, 3}},
		"tomorrow": {todayFilter{day: midnight(now).AddDate(0, 0, 1)}, []int64{2}},
		"both":     {todayFilter{platform: data.EBay, group: data.UrgencyLastDay}, nil},
	} {
		var got []int64
		for _, r := range c.filter.rows(rows, now) {
			got = append(got, r.ID)
		}
		if len(got) != len(c.want) || !equalIDs(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
	counts := todayFilter{platform: data.EBay, group: data.UrgencyNone}.counts(rows, now)
	if counts[data.UrgencyOverdue] != 1 || counts[data.UrgencyNone] != 0 {
		t.Errorf("the groups count what the other filters let through: %v", counts)
	}
}

func equalIDs(a, b []int64) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestSnoozedUntil(t *testing.T) {
	now := time.Date(2025, 11, 20, 23, 59, 0, 0, time.Local)
	typed := time.Date(2026, 1, 2, 3, 4, 0, 0, time.UTC)
	for choice, want := range map[string]time.Time{
		untilTomorrow: time.Date(2025, 11, 21, 9, 0, 0, 0, time.Local),
		untilDays:     time.Date(2025, 11, 23, 9, 0, 0, 0, time.Local),
		untilTime:     typed,
	} {
		if got := snoozedUntil(choice, now, typed); !got.Equal(want) {
			t.Errorf("%s: got %s, want %s", choice, got, want)
		}
	}
}

func TestPutOffAndBringBack(t *testing.T) {
	b := newBench(t, words.English)
	s := newToday(b.env)
	b.show(s)
	b.shows(t, words.Of("reason", data.ReasonNotReceived))
	s.table.Select(todayID(data.TodayRow{Kind: data.TodayShip, ID: 21}))
	b.press(t, words.T("today.snooze"))
	b.press(t, words.T("snooze.do"))
	if len(b.fake.snoozed) != 0 {
		t.Fatal("a row was put off without a reason")
	}
	for _, o := range test.LaidOutObjects(b.window.Canvas().Overlays().Top()) {
		if e, ok := o.(*kit.Entry); ok && e.PlaceHolder == words.T("snooze.reason.hint") {
			e.SetText("the carrier answers tomorrow")
		}
	}
	b.ui.Save()
	if len(b.fake.snoozed) != 1 || b.fake.snoozed[0].Reason != "the carrier answers tomorrow" || !b.fake.snoozed[0].Until.After(fakeNow) {
		t.Fatalf("put off: %+v", b.fake.snoozed)
	}
	b.shows(t, "put off (1)")
	b.press(t, "put off (1)")
	b.shows(t, "the carrier answers tomorrow (Lin)")
	s.table.Select(rowID(b.fake.snoozed[0]))
	b.press(t, words.T("today.back"))
	if len(b.fake.snoozed) != 0 {
		t.Error("the row was not brought back")
	}
}

func TestDisputeSaysItsRule(t *testing.T) {
	for language, want := range map[string]string{words.English: "The platform states", words.Simplified: "AliExpress"} {
		b := newBench(t, language)
		s := newToday(b.env)
		b.show(s)
		s.table.Select(todayID(data.TodayRow{Kind: data.TodayDispute, ID: 21}))
		if language == words.English && !strings.Contains(s.why.Text, want) && !strings.Contains(s.why.Text, "By the rule") {
			t.Errorf("the date is explained by: %q", s.why.Text)
		}
		if strings.Contains(s.why.Text, "policy.") {
			t.Errorf("an untranslated key: %q", s.why.Text)
		}
	}
}

func TestNewTaskAndDone(t *testing.T) {
	b := newBench(t, words.English)
	s := newToday(b.env)
	b.show(s)
	taskSheet(b.env)
	b.ui.Save()
	if len(b.fake.tasks) != 0 {
		t.Fatal("a task without words was taken")
	}
	entry := b.window.Canvas().Focused().(*kit.Entry)
	entry.SetText("call the carrier")
	b.ui.Save()
	if len(b.fake.tasks) != 1 || b.fake.tasks[0].Title != "call the carrier" || !b.fake.tasks[0].Due.IsZero() {
		t.Errorf("tasks: %+v", b.fake.tasks)
	}
	s.finish(row(data.TodayTask, 7, "", "Lin", time.Time{}))
	if len(b.fake.finished) != 1 || b.fake.finished[0] != 7 {
		t.Errorf("finished: %v", b.fake.finished)
	}
}

func TestCalendarNamesNoBuyer(t *testing.T) {
	words.Set(words.Simplified)
	defer words.Set(words.English)
	got := calendarTitle(data.TodayRow{Kind: data.TodayDispute, Platform: data.EBay, OrderNumber: "12-1", BuyerName: "Ana Muestra", Text: "where is it"})
	if got != "回应纠纷 · eBay · 12-1" {
		t.Errorf("got %q", got)
	}
}

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
	rows, err := a.desk.Today(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0].Text != words.T("task.mail_check") {
		t.Errorf("rows: %+v", rows)
	}
	var ics bytes.Buffer
	if err := a.desk.WriteCalendar(context.Background(), &ics, calendarTitle); err != nil || !strings.Contains(ics.String(), "BEGIN:VCALENDAR") {
		t.Errorf("calendar: %v\n%s", err, ics.String())
	}
}
