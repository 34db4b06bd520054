package desk

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"casebinder/data"
	"casebinder/data/store"
)

// Erase carries a plan out: personal data goes, and what stands in the desk instead
// says so. It cannot be undone, and what could be undone until now cannot be any more,
// since that would bring the data back. What is needed by then after all is kept.
func (d *Desk) Erase(ctx context.Context, plan ErasurePlan, p Progress) (data.Erasure, error) {
	var done data.Erasure
	p.tell(0, 0, "progress.erasing")
	looked, err := d.planErasure(ctx, &d.store.Reader, plan.Request)
	if err == nil && !looked.nothing() { // it takes its time, and others can write meanwhile
		err = looked.planNames(ctx, &d.store.Reader, nil)
	}
	if err != nil {
		return done, err
	}
	err = d.record(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		now, err := d.planErasure(ctx, &tx.Reader, plan.Request)
		if err != nil {
			return deed{}, err
		}
		if now.nothing() {
			var kept data.ErasureKept
			if len(now.Kept) > 0 {
				kept = now.Kept[0]
			}
			return deed{}, problemEraseHeld.New("reason", KeptReason(kept))
		}
		if err := now.planNames(ctx, &tx.Reader, looked.names); err != nil {
			return deed{}, err
		}
		e := newEraser(d, tx, &now)
		if done, err = e.run(ctx); err != nil {
			return deed{}, err
		}
		return deed{
			Change: data.Change{Action: data.EraseAction, Entity: "erasure", Key: done.UID, After: map[string]any{"erasure": done, "entries": e.entries}},
			effect: data.EffectMany, rows: manyOf(data.EntityOrder, data.EntityMessage, data.EntityDispute, data.EntityEvidence, data.EntityFeedback, data.EntityBuyer),
			also: e.custody(),
			committed: func() {
				d.mu.Lock()
				d.undo, d.redo = nil, nil
				d.mu.Unlock()
			},
		}, nil
	})
	if err != nil {
		return done, err
	}
	p.tell(0, 0, "progress.wiping")
	return done, d.wipe(context.WithoutCancel(ctx))
}

// BuyersByHandle gives the buyers with a handle, on any platform.
func (d *Desk) BuyersByHandle(ctx context.Context, handle string) ([]int64, error) {
	return d.store.BuyersByHandle(ctx, handle)
}

// eraser carries out a plan within a transaction.
type eraser struct {
	desk    *Desk
	tx      *store.Tx
	plan    *ErasurePlan
	done    map[string]int
	salt    string
	stands  map[int64]data.Buyer // for a buyer
	own     map[store.JournalName]*scrub
	keep    map[store.JournalName]bool
	entries []data.ErasedEntry
	gone    []string
	all     scrubs
}

func newEraser(d *Desk, tx *store.Tx, p *ErasurePlan) *eraser {
	return &eraser{
		desk: d, tx: tx, plan: p, done: map[string]int{}, stands: map[int64]data.Buyer{},
		own: map[store.JournalName]*scrub{}, keep: map[store.JournalName]bool{},
	}
}

func (e *eraser) run(ctx context.Context) (data.Erasure, error) {
	r := e.plan.Request
	told := data.Erasure{UID: uuid.Must(uuid.NewV7()).String(), BuyerID: r.Buyer, Ground: r.Ground, Rule: r.Rule, Orders: e.plan.Orders}
	e.salt = told.UID
	if salt, err := e.tx.ErasureSalt(ctx); err != nil || salt != "" {
		e.salt = salt
		if err != nil {
			return told, err
		}
	}
	if err := e.rows(ctx); err != nil {
		return told, err
	}
	if err := e.journal(ctx); err != nil {
		return told, err
	}
	told.Done, told.Kept, told.Files, told.Gone, told.Note = e.done, e.keptNames(), e.erasedFiles(), e.gone, e.all.text(r.Note)
	return told, e.tx.AddErasure(&told)
}

func (e *eraser) count(what string, n int) {
	if n > 0 {
		e.done[what] += n
	}
}

// rows takes personal data out of all rows but those of the journal.
func (e *eraser) rows(ctx context.Context) error {
	for _, step := range []func(context.Context) error{e.orders, e.intakes, e.files, e.submissions, e.buyers, e.loose} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// keptNames is what is kept, without the names that go.
func (e *eraser) keptNames() []data.ErasureKept {
	list := slices.Clone(e.plan.Kept)
	for i := range list {
		if list[i].What != "buyer" { // whose name stays
			list[i].Name = e.all.text(list[i].Name)
		}
	}
	return list
}

func (e *eraser) erasedFiles() (list []data.ErasedFile) {
	for _, f := range e.plan.Files {
		if f.Does == FileKeep {
			continue
		}
		gone := data.ErasedFile{UID: f.UID, SHA256: f.SHA256}
		if f.Does == FileCopy {
			gone.ReplacedBy = f.copy.UID
		}
		list = append(list, gone)
	}
	return list
}

func (e *eraser) orders(ctx context.Context) error {
	for _, o := range e.plan.held {
		list, err := e.tx.JournalNames(ctx, o)
		if err != nil {
			return err
		}
		for _, name := range list {
			e.keep[name] = true
		}
	}
	for _, o := range e.plan.orders {
		if err := e.order(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

func (e *eraser) order(ctx context.Context, o *data.Order) error {
	messages, err := e.tx.Messages(ctx, o.ID)
	if err != nil {
		return err
	}
	var people, texts []string
	for i := range messages {
		m := &messages[i]
		texts = append(texts, m.Text, m.Translation)
		if m.Direction == data.FromBuyer && m.Author != "" {
			people = append(people, m.Author)
		}
	}
	stands, err := e.standsFor(ctx, o)
	if err != nil {
		return err
	}
	s := newScrub(o, people, stands.Handle, e.plan.names.shared)
	s.masker.Learn(texts...)
	e.all = append(e.all, s)
	list, err := e.tx.JournalNames(ctx, o)
	if err != nil {
		return err
	}
	for _, name := range list {
		e.own[name] = s
	}
	less := *o
	less.WithoutPersonal(stands.Handle, s.text)
	less.Buyer.ID = stands.ID
	return e.tx.EraseOrder(&less, scrubs{s}.scrubber(), e.done)
}

// standsFor is the nameless buyer that stands for the one of an order.
func (e *eraser) standsFor(ctx context.Context, o *data.Order) (data.Buyer, error) {
	b, known := e.stands[o.Buyer.ID]
	if known {
		return b, nil
	}
	b = data.Buyer{ID: o.Buyer.ID, Platform: o.Shop.Platform, Country: o.Buyer.Country, Language: o.Buyer.Language}
	wanted := data.ErasedHandle(e.salt, o.Shop.Platform, o.Buyer.Handle)
	if b.ID == 0 {
		b.Handle = wanted
		return b, nil
	}
	whole := slices.ContainsFunc(e.plan.whole, func(w data.Buyer) bool { return w.ID == b.ID })
	old := b.ID
	if !whole {
		b.ID = 0
	}
	var err error
	if b.Handle, err = e.tx.FreeHandle(ctx, b.Platform, wanted, b.ID); err != nil {
		return b, err
	}
	if !whole {
		err = e.tx.ErasedBuyer(&b)
	}
	e.stands[old] = b
	return b, err
}

// intakes goes when it is known which orders are erased.
func (e *eraser) intakes(context.Context) error {
	for i, o := range e.plan.orders {
		gone, shared, err := e.tx.EraseIntakes(o.ID, scrubs{e.all[i]}.scrubber(), e.done)
		if err != nil {
			return err
		}
		e.gone = append(e.gone, gone...)
		for _, name := range shared {
			e.plan.keep("intake", o, name, "tells_of_others")
		}
	}
	return nil
}

func (e *eraser) files(context.Context) error {
	for _, f := range e.plan.Files {
		if f.Does == FileKeep {
			continue
		}
		var stands *data.Evidence
		if f.Does == FileCopy {
			stands = f.copy
		}
		if err := e.tx.EraseFile(&f.evidence, stands); err != nil {
			return err
		}
		e.gone = append(e.gone, f.SHA256)
		e.done["file"]++
	}
	return nil
}

// submissions goes what bundles were made of that cannot be made again.
func (e *eraser) submissions(context.Context) error {
	for _, id := range e.plan.unmade {
		if err := e.tx.EraseSubmissionInput(id); err != nil {
			return err
		}
		e.done["submission"]++
	}
	return nil
}

// buyers takes the personal data out of the rows of those who have no other orders.
func (e *eraser) buyers(ctx context.Context) error {
	var ids []int64
	for _, b := range e.plan.whole {
		handle := e.stands[b.ID].Handle
		if handle == "" {
			var err error
			if handle, err = e.tx.FreeHandle(ctx, b.Platform, data.ErasedHandle(e.salt, b.Platform, b.Handle), b.ID); err != nil {
				return err
			}
		}
		s := newScrub(&data.Order{Buyer: b}, nil, handle, e.plan.names.shared)
		e.all = append(e.all, s)
		e.own[store.JournalName{Entity: data.EntityBuyer, Key: string(b.Platform) + "/" + b.Handle}] = s
		if err := e.tx.EraseBuyer(b, handle); err != nil {
			return err
		}
		ids = append(ids, b.ID)
		e.done["buyer"]++
	}
	for id := range e.stands {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return e.tx.RemakeSums(ids)
}

// loose goes through what belongs to no order.
func (e *eraser) loose(context.Context) error {
	f := newFinder(e.all)
	return e.tx.ScrubLoose(store.Scrubber{
		Text: func(text string) string { return f.in(text).alone().text(text) },
		JSON: func(text string, own bool) string { return f.in(text).alone().json(text, own) },
	}, e.done)
}

// journal takes personal data out of the journal.
func (e *eraser) journal(ctx context.Context) error {
	less, err := e.scrubbedJournal(ctx, &e.tx.Reader)
	if err != nil {
		return err
	}
	e.count("journal", len(less))
	e.entries, err = e.tx.EraseJournal(less)
	return err
}

// scrubbedJournal takes out of the entries about the buyer's orders all that is
// personal, and out of those about nothing that stands in the desk what is the buyer's
// alone.
func (e *eraser) scrubbedJournal(ctx context.Context, from *store.Reader) ([]data.JournalEntry, error) {
	f := newFinder(e.all)
	var failed error
	less, err := from.ScrubbedJournal(ctx, func(entry *data.JournalEntry) (key, before, after string) {
		name := store.JournalName{Entity: entry.Entity, Key: entry.Key}
		key, before, after = entry.Key, entry.Before, entry.After
		if e.keep[name] || failed != nil {
			return key, before, after
		}
		found := f.in(key, before, after).alone()
		s, own := e.own[name]
		switch {
		case own:
			mine := scrubs{s}
			before, after = mine.json(before, true), mine.json(after, true)
		case len(found) == 0:
			return key, before, after
		default:
			stands, err := from.Stands(ctx, entry.Entity, entry.Key)
			if failed = err; stands || err != nil { // of somebody else
				return key, before, after
			}
		}
		if entry.Entity == data.EntityBuyer {
			key = found.text(key)
		}
		return key, found.json(before, false), found.json(after, false)
	})
	return less, firstOf(err, failed)
}

// custody are the entries that the custody log of a case shows of erased files.
func (e *eraser) custody() (list []data.Change) {
	for _, f := range e.erasedFiles() {
		list = append(list, data.Change{
			Action: "evidence.erase", Entity: data.EntityEvidence, Key: f.UID,
			After: map[string]string{"sha256": f.SHA256, "replaced_by": f.ReplacedBy, "ground": string(e.plan.Request.Ground)},
		})
	}
	return list
}
