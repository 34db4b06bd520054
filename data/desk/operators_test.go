package desk_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
)

// Who worked here is offered to who comes next, and each entry of the journal
// says who it was then.
func TestOperatorsAreRememberedAndStandInTheJournal(t *testing.T) {
	if _, err := exec.LookPath("sqlite3"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("sqlite3 is not installed")
		}
		t.Skip("NOT CHECKED: sqlite3 is not installed")
	}
	d := open(t)
	ctx := t.Context()
	offered := func(want ...string) {
		t.Helper()
		if names, err := d.Operators(ctx); err != nil || !slices.Equal(names, want) {
			t.Errorf("offered are %q, want %q, %v", names, want, err)
		}
	}
	offered("Tester")
	must(t, d.SetOperator(ctx, " Wei "))
	made, err := d.PutTask(ctx, data.Task{Title: "weigh the parcel"})
	must(t, err)
	must(t, d.SetOperator(ctx, "Lin"))
	must(t, d.FinishTask(ctx, made.ID))
	must(t, d.SetOperator(ctx, "Wei"))
	offered("Lin", "Tester", "Wei")
	if made.Operator != "Wei" || d.Operator() != "Wei" {
		t.Errorf("the task is of %q, at work is %q", made.Operator, d.Operator())
	}
	if err := d.SetOperator(ctx, "  "); !errors.Is(err, data.ErrInvalid) || d.Operator() != "Wei" {
		t.Errorf("no name: %v, at work is %q", err, d.Operator())
	}
	const query = "SELECT action || ' ' || operator FROM journal WHERE entity IN ('task', 'operator') ORDER BY seq"
	out, err := exec.Command("sqlite3", "-readonly", filepath.Join(d.Dir(), "casebinder.db"), query).Output()
	if got := strings.TrimSpace(string(out)); err != nil || got != "operator.add Tester\ntask.add Wei\noperator.add Wei\ntask.finish Lin" {
		t.Errorf("the journal says %q, %v", got, err)
	}
}
