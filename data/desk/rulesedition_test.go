package desk_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// A desk of an older program shows the dates that the rules of this one give, and
// tells which moved: the first schemas knew none. Opened on Fri 1 August 2025 in
// Los Angeles, three business days end on Wed 6.
func TestAnOlderDeskShowsTheDatesOfTheseRules(t *testing.T) {
	for _, file := range keptFiles(t, "desk") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			dir := unpacked(t, file)
			d, err := desk.Open(t.Context(), dir, options())
			if err != nil {
				t.Fatal(err)
			}
			dispute, err := d.FindDispute(t.Context(), "5012345678")
			if err != nil {
				t.Fatal(err)
			}
			view, err := d.Case(t.Context(), dispute.ID)
			if err != nil || !dispute.Due.Equal(view.View.Due) || dispute.DueSure != string(view.View.Sure) {
				t.Errorf("kept %v (%s), the rules give %v (%s); %v", dispute.Due, dispute.DueSure, view.View.Due, view.View.Sure, err)
			}
			undated := slices.ContainsFunc([]string{"1a", "1b", "1c", "1d"}, func(s string) bool { return strings.Contains(file, "schema-"+s+"-") })
			told := alarmed(d, "desk.moved")
			if undated && (!strings.Contains(told, "12-34567-00001: – → 2025-08-06 10:00 UTC") || !dispute.Due.Equal(time.Date(2025, 8, 6, 10, 0, 0, 0, time.UTC))) {
				t.Errorf("due %v, told %q", dispute.Due, told)
			}
			if !undated && told != "" {
				t.Errorf("told without need: %s", told)
			}
			if d = reopened(t, d); alarmed(d, "desk.moved") != "" {
				t.Error("told twice")
			}
			closed(t, d, nil)
		})
	}
}

func alarmed(d *desk.Desk, rule string) string {
	for _, f := range d.Alarms() {
		if f.Rule == rule {
			return f.Why.String()
		}
	}
	return ""
}

// A case that was closed of late gets the right that the rules of a newer version
// give, once, and a figure that the seller set stays in force.
func TestTheRulesOfAVersionAreTakenOnce(t *testing.T) {
	d, dispute := aliExpressCase(t)
	if _, err := d.Override(t.Context(), "aliexpress", "deadline.respond.within.days", "9", "told by support", nil); err != nil {
		t.Fatal(err)
	}
	d = reopened(t, d)
	dir := d.Dir()
	closed(t, d, nil)
	if n := counted(t, dir, "SELECT count(*) FROM journal WHERE action = 'policy.edition'"); n != 1 {
		t.Errorf("one version took its rules %d times", n)
	}
	statement(t, dir, "UPDATE dispute SET due = 1000, due_sure = 'confirmed'")
	newer := options()
	newer.Version = "9.9"
	d, err := desk.Open(t.Context(), dir, newer)
	must(t, err)
	stored, err := d.FindDispute(t.Context(), dispute.UID)
	if want := dispute.OpenedAt.AddDate(0, 0, 9); err != nil || !stored.Due.Equal(want) || stored.DueSure != string(data.Unconfirmed) {
		t.Errorf("due %v (%s), want %v; %v", stored.Due, stored.DueSure, want, err)
	}
	if told := alarmed(d, "desk.moved"); !strings.Contains(told, "1 due dates changed. 812345: 1970-01-01") {
		t.Errorf("told %q", told)
	}
	closed(t, d, nil)
}

// counted asks the database of a closed desk for a number.
func counted(t *testing.T, dir, query string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "casebinder.db"))
	if err == nil {
		err = db.QueryRow(query).Scan(&n)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return n
}
