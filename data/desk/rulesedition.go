package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/policy"
	"casebinder/data/store"
)

// rulesSetting holds which edition of the rules the dates of the desk were last
// worked out by.
const rulesSetting = "policy.edition"

// atOnce is how many cases are worked out anew before the desk opens; of more,
// the first screen does not wait.
const atOnce = 2000

// movedNamed is how many moved dates an alarm names.
const movedNamed = 5

var (
	phraseMoved = data.DefinePhrase("desk.moved",
		"The rules of this version count differently from before: {count} due dates changed. {moves}")
	phraseMovedDo = data.DefinePhrase("desk.moved.do",
		"Check these disputes on Today; the reason is shown beside each date.")
)

// followRules works out every open case anew where this program carries other
// rules than the one that did so last. An override and a pack of the seller's
// own stay in force. now asks for it before the desk opens, however many there
// are.
func (d *Desk) followRules(ctx context.Context, now bool) error {
	edition, err := policy.Edition()
	if err != nil {
		return err
	}
	edition = strings.TrimSpace(edition + " " + d.version)
	var last string
	if _, err := d.Setting(ctx, rulesSetting, &last); err != nil || last == edition {
		return err
	}
	open, err := d.store.OpenDisputes(ctx)
	if err != nil {
		return err
	}
	if now || len(open) <= atOnce {
		return d.takeEdition(ctx, edition)
	}
	d.behind.Go(func() {
		if err := d.takeEdition(d.life, edition); err != nil && d.life.Err() == nil {
			slog.Warn("working out the dates under the rules of this version", "error", err) // the next start does it
		}
	})
	return nil
}

// takeEdition works out every open case and notes by which rules, as one action.
func (d *Desk) takeEdition(ctx context.Context, edition string) error {
	rules, err := d.Rules(ctx)
	if err != nil {
		return err
	}
	value, err := json.Marshal(edition)
	if err != nil {
		return fmt.Errorf("writing the edition of the rules: %w", err)
	}
	var report RulesReport
	err = d.record(ctx, func(ctx context.Context, tx *store.Tx) (did deed, err error) {
		if report, err = d.recompute(ctx, tx, rules, nil); err != nil {
			return deed{}, err
		}
		change := data.Change{Action: "policy.edition", Entity: data.EntityPolicy, Key: edition, After: map[string]int{
			"cases": report.Cases, "changed": report.Changed, "moved": len(report.Moved),
		}}
		return deed{Change: change, effect: data.EffectMany, rows: manyOf(data.EntityDispute)}, tx.PutSetting(rulesSetting, value)
	})
	if err == nil && len(report.Moved) > 0 {
		d.alarm(movedFinding(report.Moved))
	}
	return err
}

// movedFinding tells of due dates that other rules moved.
func movedFinding(moved []DateMove) data.Finding {
	f := data.Finding{Rule: "desk.moved", Severity: data.Warning, How: phraseMovedDo.With()}
	var moves []string
	for _, m := range moved {
		f.Where = append(f.Where, data.Ref{Kind: data.EntityDispute, ID: m.UID, Label: m.OrderNumber})
		if len(moves) < movedNamed {
			moves = append(moves, m.OrderNumber+": "+stampOrDash(m.From.Due)+" → "+stampOrDash(m.To.Due))
		}
	}
	if len(moved) > movedNamed {
		moves = append(moves, "…")
	}
	f.Why = phraseMoved.With("count", len(moved), "moves", strings.Join(moves, "; "))
	return f
}

func stampOrDash(t time.Time) string {
	switch {
	case t.IsZero():
		return "–"
	case data.IsDay(t):
		return data.Stamp(t, time.UTC)
	}
	return data.Stamp(t, time.UTC) + " UTC"
}
