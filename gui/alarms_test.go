package gui

import (
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// alarmedDesk is a real desk that noticed something, and that can be read alone.
type alarmedDesk struct {
	Desk
	alarms []data.Finding
}

func (d *alarmedDesk) Alarms() []data.Finding { return d.alarms }
func (d *alarmedDesk) ReadOnly() bool         { return true }

func TestAlarmsStandUntilTheyAreRead(t *testing.T) {
	a := newDesk(t)
	fake := &alarmedDesk{Desk: a.desk}
	a.desk = fake
	heard := func() string {
		a.hear([]data.ChangeEvent{{Action: desk.AlarmEvent, Entity: "desk"}})
		return written(a.window.Content())
	}
	fake.alarms = []data.Finding{{Rule: "journal.rollback", Severity: data.Serious, Why: data.Text{English: "It was rolled back."}, How: data.Text{English: "Find out who did."}}}
	if text := heard(); !strings.Contains(text, "! It was rolled back.") || !strings.Contains(text, "Find out who did.") {
		t.Fatalf("the alarm is not told:\n%s", text)
	}
	for range 4 {
		a.ui.Problem(data.ErrNotFound) // errors come and go
	}
	a.rebuild()
	if text := heard(); strings.Count(text, "It was rolled back.") != 1 {
		t.Errorf("the alarm does not stay, once:\n%s", text)
	}
	press(t, a.alarms.object, "Check this desk…")
	if text := written(a.overlay(t)); !strings.Contains(text, "Check now") {
		t.Errorf("the sheet shows:\n%s", text)
	}
	press(t, a.overlay(t), "Close")
	press(t, a.alarms.object, "Close")
	fake.alarms = append(fake.alarms, data.Finding{Rule: "check.weekly", Severity: data.Serious, Why: data.Text{English: "It found 2 faults."}})
	if text := heard(); strings.Contains(text, "It was rolled back.") || !strings.Contains(text, "It found 2 faults.") {
		t.Errorf("what was read is told again, or what is new is not:\n%s", text)
	}
	a.status.draw()
	if a.status.lock.Text != "! read only: nothing can be changed" {
		t.Errorf("the status line says %q", a.status.lock.Text)
	}
}

func TestADeskIsRepairedIntoANewOne(t *testing.T) {
	a := newDesk(t)
	if a.status.lock.Text != "" {
		t.Errorf("a desk that can be written says %q", a.status.lock.Text)
	}
	s, to := a.starter, filepath.Join(t.TempDir(), "saved")
	a.repairInto(to)
	if text := written(s.window.Content()); !strings.Contains(text, "In the new desk are: rows") || !strings.Contains(text, to) {
		t.Fatalf("the window shows:\n%s", text)
	}
	press(t, s.window.Content(), "Open the new desk")
	if s.app == nil || s.app.desk.Dir() != to {
		t.Fatalf("the new desk is not open:\n%s", written(s.window.Content()))
	}
	shops, err := s.app.desk.Shops(t.Context())
	if err != nil || len(shops) != 1 || shops[0].Name != "Sample parts" {
		t.Errorf("shops: %+v, %v", shops, err)
	}
}
