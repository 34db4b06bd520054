package desk

import (
	"context"

	"casebinder/data"
	"casebinder/data/store"
)

// undoDepth is how many changes of a session can be taken back.
const undoDepth = 100

// undoStep takes back one change. It is a change itself, with its own entry in
// the journal.
type undoStep struct {
	action string
	back   func(ctx context.Context, tx *store.Tx) (data.Change, error)
}

func (d *Desk) canUndo(action string, back func(context.Context, *store.Tx) (data.Change, error)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.undo = append(d.undo, undoStep{action, back})
	if len(d.undo) > undoDepth {
		d.undo = d.undo[1:]
	}
}

// Undo takes back the last change of this session that can be taken back, and
// says which ("evidence.add"). It gives "" when there is none.
func (d *Desk) Undo(ctx context.Context) (action string, err error) {
	d.mu.Lock()
	if len(d.undo) == 0 {
		d.mu.Unlock()
		return "", nil
	}
	step := d.undo[len(d.undo)-1]
	d.undo = d.undo[:len(d.undo)-1]
	d.mu.Unlock()
	err = d.change(ctx, func(tx *store.Tx) (data.Change, error) {
		change, err := step.back(ctx, tx)
		change.Action = "undo." + step.action
		return change, err
	})
	if err != nil {
		d.canUndo(step.action, step.back) // it can be tried again
		return "", err
	}
	return step.action, nil
}
