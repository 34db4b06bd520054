package desk

import (
	"context"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/store"
)

var problemNoOperator = data.DefineProblem("operator_missing", data.ErrInvalid,
	"The operator's name is missing.", "Enter a name: it appears in the journal and in bundles.")

// Operator is who works at this desk.
func (d *Desk) Operator() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.operator
}

// Operators names everybody who was said to work at this desk, and who works
// now, by the alphabet.
func (d *Desk) Operators(ctx context.Context) ([]string, error) {
	names, err := d.store.Operators(ctx)
	if now := d.Operator(); !slices.Contains(names, now) {
		names = append(names, now)
		slices.Sort(names)
	}
	return names, err
}

// SetOperator says who works from here on: in the journal, and in bundles. Who
// leaves is remembered with who comes, so that a desk that people share by turns
// offers both. As the settings, it is nothing that Undo takes back.
func (d *Desk) SetOperator(ctx context.Context, name string) error {
	if name = strings.TrimSpace(name); name == "" {
		return problemNoOperator.New()
	}
	known, err := d.store.Operators(ctx)
	if err != nil {
		return err
	}
	fresh := slices.DeleteFunc(slices.Compact([]string{d.Operator(), name}), func(n string) bool { return slices.Contains(known, n) })
	if len(fresh) > 0 && !d.readOnly {
		if err := d.record(ctx, operatorStep(fresh)); err != nil {
			return err
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.operator = name
	d.store.SetOperator(name)
	return nil
}

// operatorStep is the step that remembers who works.
func operatorStep(names []string) step {
	return func(_ context.Context, tx *store.Tx) (deed, error) {
		for _, name := range names {
			if err := tx.PutOperator(name); err != nil {
				return deed{}, err
			}
		}
		return deed{
			Change: data.Change{Action: "operator.add", Entity: data.EntityOperator, Key: strings.Join(names, ", "), After: names},
			effect: data.EffectAdded, rows: manyOf(data.EntityOperator),
		}, nil
	}
}
