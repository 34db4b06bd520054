package riskrules

import (
	"context"
	"errors"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/risk"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// tried is a desk that remembers what was tried and what was changed.
type tried struct {
	rules          []risk.RuleInfo
	trial          desk.RiskTrial
	fails          error
	tries, changes []desk.RiskChange
	days           int
}

func (d *tried) RiskRules(context.Context) ([]risk.RuleInfo, error) { return d.rules, nil }
func (d *tried) RiskOwn(context.Context) (string, error)            { return "format = 1\n", nil }

func (d *tried) ChangeRisk(_ context.Context, c desk.RiskChange) error {
	d.changes = append(d.changes, c)
	return nil
}

func (d *tried) TryRisk(_ context.Context, c desk.RiskChange, days int, p desk.Progress) (desk.RiskTrial, error) {
	d.tries, d.days = append(d.tries, c), days
	p(3, 3, "")
	return d.trial, d.fails
}

// open opens the sheet with the first rule chosen.
func (d *tried) open(t *testing.T, language string) *guitest.Bench {
	t.Helper()
	rules, err := risk.New(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.rules = rules.List()
	b := guitest.New(t, language)
	b.Blank()
	Open(b.Env, d)
	guitest.Find[*kit.Table[row]](b)[0].Select(1)
	return b
}

// A change is tried on the orders of the past year: the report says how many would
// stand otherwise and which, and nothing is changed.
func TestADryRunChangesNothing(t *testing.T) {
	for _, language := range words.Languages() {
		d := &tried{trial: desk.RiskTrial{
			Orders: 3, Before: map[data.RiskLevel]int{data.RiskHold: 2, data.RiskClear: 1}, After: map[data.RiskLevel]int{data.RiskClear: 3},
			Moves: []desk.RiskMove{{OrderID: 1, Number: "A-1", From: data.RiskHold, To: data.RiskClear}, {OrderID: 2, Number: "A-2", From: data.RiskHold, To: data.RiskClear}}, More: 4,
		}}
		b := d.open(t, language)
		b.Press(t, words.T("riskrules.try"))
		if len(d.tries) != 1 || d.tries[0].Rule != d.rules[0].ID || d.tries[0].On || d.days != 365 {
			t.Fatalf("tried: %+v over %d days", d.tries, d.days)
		}
		level := func(l data.RiskLevel, before, after string) string {
			return words.T("riskrules.level", "level", words.Of("risk.level", string(l)), "before", before, "after", after)
		}
		b.Shows(t, words.N("riskrules.report", 3), level(data.RiskHold, "2", "0"), level(data.RiskClear, "1", "3"), "A-1", "A-2", words.N("findings.more", 4))
		b.NoRawKeys(t)
		if len(d.changes) != 0 {
			t.Errorf("%s: a dry run changed %+v", language, d.changes)
		}
	}
}

func TestADryRunThatMovesNothingSaysSo(t *testing.T) {
	d := &tried{trial: desk.RiskTrial{Orders: 1}}
	b := d.open(t, words.English)
	b.Press(t, words.T("riskrules.try"))
	b.Shows(t, "1 order of the past year", words.T("riskrules.none"))
}

// What stopped a dry run is said in the sheet, and one that a person stopped is no
// failure.
func TestADryRunThatFails(t *testing.T) {
	d := &tried{fails: kit.ProblemRequired.New("field", "level")}
	b := d.open(t, words.English)
	b.Press(t, words.T("riskrules.try"))
	what, _ := words.Problem(d.fails)
	b.Shows(t, what)
	stopped := &tried{fails: errors.Join(context.Canceled)}
	b = stopped.open(t, words.English)
	b.Press(t, words.T("riskrules.try"))
	b.Hides(t, words.T("riskrules.report.title"))
}

// Own rules are tried as they stand in the field, before they are kept.
func TestOwnRulesAreTriedBeforeTheyAreKept(t *testing.T) {
	d := &tried{}
	b := d.open(t, words.English)
	b.Press(t, words.T("riskrules.own"))
	fields := guitest.Find[*kit.Entry](b)
	fields[len(fields)-1].SetText("format = 1\n# mine\n")
	b.Press(t, words.T("riskrules.try"))
	if len(d.tries) != 1 || d.tries[0].Own == nil || *d.tries[0].Own != "format = 1\n# mine\n" || len(d.changes) != 0 {
		t.Errorf("tried %+v, changed %+v", d.tries, d.changes)
	}
}

// A rule is switched off with a reason, and not without.
func TestARuleIsSwitchedOffWithAReason(t *testing.T) {
	d := &tried{}
	b := d.open(t, words.English)
	b.Press(t, words.T("gaterules.switch_off"))
	b.UI.Save()
	if len(d.changes) != 0 {
		t.Fatal("it was switched off without a reason")
	}
	fields := guitest.Find[*kit.Entry](b)
	fields[len(fields)-1].SetText("not for us")
	b.UI.Save()
	if len(d.changes) != 1 || d.changes[0].Reason != "not for us" || d.changes[0].Rule != d.rules[0].ID || d.changes[0].On {
		t.Errorf("changed %+v", d.changes)
	}
}
