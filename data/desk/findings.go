package desk

import (
	"context"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/store"
)

var (
	problemWhy = data.DefineProblem("reason_missing", data.ErrInvalid,
		"The reason is missing.", "Write why, in a few words, so that others understand it later.")
	problemFinding = data.DefineProblem("finding_gone", data.ErrNotFound,
		"This finding no longer exists.", "Look again at what it was about.")
)

// PassFinding lets a finding on an entity stand, with the reason. It must be one
// that a check gives now. A finding that changes stands again. It can be undone.
func (d *Desk) PassFinding(ctx context.Context, entity string, id int64, key, reason string) error {
	if reason = strings.TrimSpace(reason); reason == "" {
		return problemWhy.New()
	}
	found, err := d.findings(ctx, entity, id)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(found.all, func(f data.FindingView) bool { return f.Key() == key })
	if i < 0 {
		return problemFinding.New()
	}
	uid, err := newUID()
	if err != nil {
		return err
	}
	return d.act(ctx, found.passing("finding.pass", &data.Pass{
		UID: uid, Entity: entity, EntityID: id, Key: key, Severity: found.all[i].Severity, At: d.now().UTC(), By: d.Operator(), Reason: reason,
	}, key))
}

// TakeBackPass lets a finding that was passed stand against the entity again.
// It can be undone.
func (d *Desk) TakeBackPass(ctx context.Context, entity string, id int64, key string) error {
	found, err := d.findings(ctx, entity, id)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(found.all, func(f data.FindingView) bool { return f.Key() == key && f.Passed != nil }) {
		return problemFinding.New()
	}
	return d.act(ctx, found.passing("finding.take_back", nil, key))
}

// checked is an entity with what its checks find now.
type checked struct {
	entity string
	id     int64
	key    string // in the journal
	rows   []data.RowRef
	all    []data.FindingView
}

// findings carries the checks of an entity out. Here a new kind of check comes
// in.
func (d *Desk) findings(ctx context.Context, entity string, id int64) (checked, error) {
	switch entity {
	case data.EntityDispute:
		v, err := d.Case(ctx, id)
		return checked{entity: entity, id: id, key: v.Dispute.UID, rows: disputeRows(&v.Dispute), all: v.Findings}, err
	case data.EntityOrder:
		return d.orderFindings(ctx, id)
	}
	return checked{}, problemFinding.New()
}

// passing is the step that stores what is said of a finding; nil takes it away.
// Taken back, what was said before counts.
func (c checked) passing(action string, p *data.Pass, key string) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		passes, err := tx.Passes(ctx, c.entity, c.id)
		if err != nil {
			return deed{}, err
		}
		did := deed{
			Change: data.Change{Action: action, Entity: c.entity, Key: c.key}, effect: data.EffectChanged,
			rows: append(slices.Clone(c.rows), data.RowRef{Entity: data.EntityFinding}),
		}
		var before *data.Pass
		if i := slices.IndexFunc(passes, func(p data.Pass) bool { return p.Key == key }); i >= 0 {
			before = &passes[i]
			did.Before = before
		}
		did.back = c.passing(action, before, key)
		if c.entity == data.EntityOrder { // its review counts without what was passed
			if err := tx.StaleOrder(c.id); err != nil {
				return deed{}, err
			}
		}
		if p == nil {
			return did, tx.DeletePass(c.entity, c.id, key)
		}
		did.After = p
		return did, tx.PutPass(p)
	}
}
