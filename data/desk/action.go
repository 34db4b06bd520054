package desk

import (
	"context"
	"errors"
	"time"

	"casebinder/data"
	"casebinder/data/store"
)

// undoDepth is how many actions of a session can be taken back.
const undoDepth = 100

// A step is one action inside a transaction. It reads what it needs there,
// writes, and says what it did; run makes the entry in the journal, the undo
// step and the change event of that. It is the only way in which the desk
// changes something.
type step func(ctx context.Context, tx *store.Tx) (deed, error)

// A deed is what a step did.
type deed struct {
	data.Change
	effect data.Effect
	rows   []data.RowRef // that show something else now, the entity's own first
	back   step          // takes it back; nil: it cannot be taken back
	also   []data.Change // further entries in the journal

	committed func() // called once the step is committed; nil: nothing
}

// taken is an action since the desk was opened, with the step that takes it back, or does
// it again.
type taken struct {
	action string
	step   step
}

// act carries out what a person does: one transaction, one entry in the
// journal, one undo step, one change event.
func (d *Desk) act(ctx context.Context, s step) error {
	return d.run(ctx, s, "", func(did deed) {
		if did.back != nil {
			d.undo, d.redo = pushed(d.undo, taken{did.Action, did.back}), nil
		}
	})
}

// record carries out what no undo should take back: what the program does by
// itself.
func (d *Desk) record(ctx context.Context, s step) error {
	return d.run(ctx, s, "", func(deed) {})
}

// run carries out a step under the name of an action; "" is the step's own. then
// is called with the lock held, before anybody hears of it.
func (d *Desk) run(ctx context.Context, s step, action string, then func(deed)) error {
	var did deed
	err := d.store.Update(ctx, func(tx *store.Tx) (err error) {
		if did, err = s(ctx, tx); err != nil {
			return err
		}
		if action != "" {
			did.Action = action
		}
		for _, entry := range append([]data.Change{did.Change}, did.also...) {
			if err := tx.Record(entry); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if did.committed != nil {
		did.committed()
	}
	d.mu.Lock()
	then(did)
	d.mu.Unlock()
	d.publish(data.ChangeEvent{Action: did.Action, Entity: did.Entity, Key: did.Key, Effect: did.effect, Rows: did.rows})
	return nil
}

func pushed(stack []taken, t taken) []taken {
	stack = append(stack, t)
	return stack[max(0, len(stack)-undoDepth):]
}

// Undo takes back the last action since the desk was opened that can be taken back, and
// says which ("evidence.add"). It gives "" when there is none.
func (d *Desk) Undo(ctx context.Context) (action string, err error) {
	return d.again(ctx, &d.undo, &d.redo, "undo.")
}

// Redo does again what Undo took back last, and says what. It gives "" when
// there is nothing, or something else was done since.
func (d *Desk) Redo(ctx context.Context) (action string, err error) {
	return d.again(ctx, &d.redo, &d.undo, "redo.")
}

// again carries out the newest of a stack and puts its way back onto the other.
// What failed for a reason that passes can be tried again; what can never
// succeed does not stand in the way of what lies below it.
func (d *Desk) again(ctx context.Context, from, to *[]taken, prefix string) (string, error) {
	d.mu.Lock()
	n := len(*from)
	if n == 0 {
		d.mu.Unlock()
		return "", nil
	}
	next := (*from)[n-1]
	*from = (*from)[:n-1]
	d.mu.Unlock()
	err := d.run(ctx, next.step, prefix+next.action, func(did deed) {
		if did.back != nil {
			*to = pushed(*to, taken{next.action, did.back})
		}
	})
	if err == nil {
		return next.action, nil
	}
	if !forever(err) {
		d.mu.Lock()
		*from = append(*from, next)
		d.mu.Unlock()
	}
	return "", err
}

// forever reports whether a step that failed would fail each time.
func forever(err error) bool {
	return errors.Is(err, data.ErrNotFound) || errors.Is(err, data.ErrConflict) || errors.Is(err, data.ErrInvalid) || errors.Is(err, data.ErrRefused)
}

// together makes one action of several steps: it has the name of the first, and
// is taken back as one.
func together(steps ...step) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		var whole deed
		var backs []step
		for i, s := range steps {
			did, err := s(ctx, tx)
			if err != nil {
				return deed{}, err
			}
			if i == 0 {
				whole = did
			} else {
				whole.also = append(append(whole.also, did.Change), did.also...)
				whole.rows = append(whole.rows, did.rows...)
			}
			if did.back != nil {
				backs = append([]step{did.back}, backs...)
			}
		}
		whole.back = nil
		if len(backs) == len(steps) {
			whole.back = together(backs...)
		}
		return whole, nil
	}
}

// about says which entity an edit is of, and what shows it.
type about struct {
	action, entity, key string
	rows                []data.RowRef
}

// swap is the step that makes one state of an entity of another. Taken back, it
// makes the other of the one.
func swap[T any](of about, from, to T, write func(context.Context, *store.Tx, T) error) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		if err := write(ctx, tx, to); err != nil {
			return deed{}, err
		}
		return deed{
			Change: data.Change{Action: of.action, Entity: of.entity, Key: of.key, Before: from, After: to},
			effect: data.EffectChanged, rows: of.rows, back: swap(of, to, from, write),
		}, nil
	}
}

// access says how a kind of entity without a bin is found and written, and what
// it is called.
type access[T any] struct {
	put  func(tx *store.Tx, v *T) error                      // stores it; a new one gets its row id
	find func(ctx context.Context, tx *store.Tx, v *T) error // sets its row id; data.ErrNotFound
	name func(v *T) (key string, rows []data.RowRef)         //
}

// adding is the step that stores a new entity; taken back, the entity is gone.
func adding[T any](action, entity string, v *T, how access[T]) step {
	return func(_ context.Context, tx *store.Tx) (deed, error) {
		if err := how.put(tx, v); err != nil {
			return deed{}, err
		}
		key, rows := how.name(v)
		return deed{
			Change: data.Change{Action: action, Entity: entity, Key: key, After: *v},
			effect: data.EffectAdded, rows: rows, back: removing(action, entity, v, how),
		}, nil
	}
}

// removing is the step that takes an entity away for good; taken back, it is
// there again.
func removing[T any](action, entity string, v *T, how access[T]) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		if err := how.find(ctx, tx, v); err != nil {
			return deed{}, err
		}
		key, rows := how.name(v)
		return deed{
			Change: data.Change{Action: action, Entity: entity, Key: key, Before: *v},
			effect: data.EffectRemoved, rows: rows, back: adding(action, entity, v, how),
		}, tx.Delete(entity, rows[0].ID)
	}
}

// binning is the step that puts an entity into the bin, or brings it back.
func binning(entity, key string, binned bool, rows ...data.RowRef) step {
	return func(_ context.Context, tx *store.Tx) (deed, error) {
		did := deed{
			Change: data.Change{Action: entity + ".restore", Entity: entity, Key: key, Before: lies(!binned), After: lies(binned)},
			effect: data.EffectAdded, rows: rows, back: binning(entity, key, !binned, rows...),
		}
		var at time.Time
		if binned {
			did.Action, did.effect, at = entity+".bin", data.EffectRemoved, tx.Now()
		}
		return did, tx.SetBinned(entity, rows[0].ID, at)
	}
}

func lies(inBin bool) map[string]bool { return map[string]bool{"binned": inBin} }

// rowsOf names the rows that show an entity: the entity's own, and those of the
// order and dispute that it hangs on, where it does.
func rowsOf(entity string, id, orderID, disputeID int64) []data.RowRef {
	rows := []data.RowRef{{Entity: entity, ID: id}}
	if disputeID != 0 && entity != data.EntityDispute {
		rows = append(rows, data.RowRef{Entity: data.EntityDispute, ID: disputeID})
	}
	if orderID != 0 && entity != data.EntityOrder {
		rows = append(rows, data.RowRef{Entity: data.EntityOrder, ID: orderID})
	}
	return rows
}

// manyOf names any row of entities.
func manyOf(entities ...string) []data.RowRef {
	rows := make([]data.RowRef, len(entities))
	for i, e := range entities {
		rows[i].Entity = e
	}
	return rows
}
