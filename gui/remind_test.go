package gui

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/agenda"
	"casebinder/data/desk"
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
	withOrder(t, a)
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

// withOrder imports one order into the window's desk.
func withOrder(t *testing.T, a *app) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "orders_export.csv")
	text := "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Shipping Name,Shipping Country\n" +
		"#1001,chloe@example.com,paid,2026-11-02 10:00:00 +0000,unfulfilled,EUR,45.99,2026-11-02 09:58:00 +0000,1,Paper lantern,40.00,Chloe,Chloe,FR\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := a.desk.(quietDesk).Import(t.Context(), desk.ImportRequest{Path: path, Shop: data.Shop{Name: "Lantern", Platform: data.Shopify}}, nil)
	if err != nil || report.Counts.Added != 1 {
		t.Fatalf("%+v %v", report.Counts, err)
	}
}
