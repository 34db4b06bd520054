package desk

import (
	"context"
	"slices"

	"casebinder/data"
	"casebinder/data/policy"
	"casebinder/data/store"
)

// DateMove is a due date that a change of the rules moved.
type DateMove struct {
	DisputeID               int64
	UID                     string // of the dispute
	OrderNumber, CaseNumber string
	From, To                policy.Shown
}

// RulesReport says what a change of the rules did to the open cases.
type RulesReport struct {
	Cases   int // looked at
	Changed int
	Moved   []DateMove // due dates, from what to what
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// changeRules changes what the rules are made of, proves that they still are
// rules, and recomputes every open case, all in one transaction. It can be
// undone, which recomputes again.
func (d *Desk) changeRules(ctx context.Context, p Progress, change step) (RulesReport, error) {
	var report RulesReport
	if err := d.act(ctx, d.underNewRules(change, p, &report)); err != nil {
		return RulesReport{}, err
	}
	return report, nil
}

func (d *Desk) underNewRules(change step, p Progress, report *RulesReport) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		did, err := change(ctx, tx)
		if err != nil {
			return deed{}, err
		}
		rules, err := readRules(ctx, &tx.Reader)
		if err != nil {
			return deed{}, err
		}
		if *report, err = d.recompute(ctx, tx, rules, p); err != nil {
			return deed{}, err
		}
		did.rows = manyOf(data.EntityPolicy, data.EntityDispute)
		did.back = d.underNewRules(did.back, nil, &RulesReport{})
		did.committed = func() {
			d.rulesMu.Lock()
			defer d.rulesMu.Unlock()
			d.rules = rules
		}
		return did, nil
	}
}

// Recompute works every open case out anew under the rules in force.
func (d *Desk) Recompute(ctx context.Context, p Progress) (RulesReport, error) {
	var report RulesReport
	rules, err := d.Rules(ctx)
	if err != nil {
		return report, err
	}
	err = d.record(ctx, func(ctx context.Context, tx *store.Tx) (did deed, err error) {
		report, err = d.recompute(ctx, tx, rules, p)
		change := data.Change{Action: "policy.recompute", Entity: data.EntityPolicy, Key: "all", After: map[string]int{
			"cases": report.Cases, "changed": report.Changed,
		}}
		return deed{Change: change, effect: data.EffectMany, rows: manyOf(data.EntityDispute)}, err
	})
	return report, err
}

func (d *Desk) recompute(ctx context.Context, tx *store.Tx, rules *policy.Rules, p Progress) (RulesReport, error) {
	var report RulesReport
	rights, err := tx.AllRights(ctx)
	if err != nil {
		return report, err
	}
	err = tx.Cases(ctx, d.now(), func(c store.Case) error {
		if report.Cases%1000 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			p.tell(int64(report.Cases), 0, "progress.recomputing")
		}
		report.Cases++
		c.Dispute.Rights = rights[c.Dispute.ID]
		return recomputeOne(tx, rules, c, &report)
	})
	return report, err
}

func recomputeOne(tx *store.Tx, rules *policy.Rules, c store.Case, report *RulesReport) error {
	before := shownOf(&c.Dispute)
	after := rules.Brief(caseOf(&c.Dispute, c.Shop))
	if before.Due.Equal(after.Due) && before.Rule == after.Rule && before.Stage == after.Stage &&
		before.Waiting == after.Waiting && before.Sure == after.Sure && slices.EqualFunc(before.Rights, after.Rights, sameRight) {
		return nil
	}
	report.Changed++
	if !before.Due.Equal(after.Due) {
		report.Moved = append(report.Moved, DateMove{
			DisputeID: c.Dispute.ID, UID: c.Dispute.UID, OrderNumber: c.OrderNumber, CaseNumber: c.Dispute.CaseNumber, From: before, To: after,
		})
	}
	if before.Stage == after.Stage && before.Waiting == after.Waiting {
		return tx.SetDue(c.Dispute.ID, cacheOf(after))
	}
	return tx.SetDisputeCache(c.Dispute.ID, cacheOf(after))
}

func sameRight(a, b data.Right) bool {
	return a.Rule == b.Rule && a.Sure == b.Sure && a.Due.Equal(b.Due)
}
