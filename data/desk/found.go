package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"casebinder/data"
	"casebinder/data/picture"
	"casebinder/data/store"
)

// FoundFiles gives the files that wait for a person's word, those that were found
// last first; at most limit.
func (d *Desk) FoundFiles(ctx context.Context, limit int) ([]data.FoundFile, error) {
	return d.store.FoundIn(ctx, data.FoundWaiting, limit)
}

// FoundNew gives the paths of the pictures and videos that wait and that nobody has
// looked at; at most limit.
func (d *Desk) FoundNew(ctx context.Context, limit int) ([]string, error) {
	return d.store.FoundNew(ctx, limit)
}

// FoundCount counts the files that wait.
func (d *Desk) FoundCount(ctx context.Context) (data.FoundCount, error) {
	return d.store.CountFound(ctx)
}

// FoundPicture decodes a found picture, at most limit pixels wide and high.
func (d *Desk) FoundPicture(ctx context.Context, id int64, limit int) (Picture, error) {
	f, err := d.store.FoundByID(ctx, id)
	if err != nil {
		return Picture{}, err
	}
	if f.Kind != data.FoundPicture {
		return Picture{}, problemNoPicture.New("file", filepath.Base(f.Path))
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return Picture{}, problemEvidenceOpen.Wrap(err, "file", filepath.Base(f.Path))
	}
	defer file.Close()
	small, info, err := picture.Thumb(ctx, file, limit)
	if err != nil {
		return Picture{}, problemNoPicture.Wrap(err, "file", filepath.Base(f.Path))
	}
	return Picture{Image: small, Width: info.Width, Height: info.Height}, nil
}

// FoundTake says which file is taken for which order.
type FoundTake struct {
	ID       int64 // of the found file
	OrderID  int64
	Slot     string          // of packing; "": the label's where the picture was known by its label, else none
	Tracking string          // of the parcel, where the order has several; "": as it was read
	Codes    []data.ReadCode // that stand in it, where somebody read them; nil: as it was read when it was found
}

// SureFound gives the files that surely belong to an order, as they would be taken.
func SureFound(files []data.FoundFile) []FoundTake {
	var all []FoundTake
	for _, f := range files {
		if f.State == data.FoundWaiting && f.Guess.Sure && f.SHA256 != "" && len(f.Guess.Orders) > 0 {
			all = append(all, FoundTake{ID: f.ID, OrderID: f.Guess.Orders[0].OrderID})
		}
	}
	return all
}

var (
	problemFoundDecided = data.DefineProblem("found_decided", data.ErrConflict,
		"{file} has already been dealt with.", "Look at the list again.")
	problemFoundNoPicture = data.DefineProblem("found_no_picture", data.ErrInvalid,
		"{file} is not a picture or a video.", "Import it, or read it as an e-mail.")
)

// TakeFound takes pictures and videos as evidence of packing of orders. Each file that
// cannot be taken is listed and does not keep the others out. All of it is one step,
// and can be undone.
func (d *Desk) TakeFound(ctx context.Context, takes []FoundTake, p Progress) (EvidenceReport, error) {
	var report EvidenceReport
	var batch []takenFound
	for i, t := range takes {
		p.tell(int64(i), int64(len(takes)), "progress.hashing")
		one, name, err := d.keepFound(ctx, t)
		switch problem, ok := data.AsProblem(data.Plain(err)); {
		case err == nil:
			batch = append(batch, one)
		case ctx.Err() != nil:
			return report, ctx.Err()
		case ok && !errors.Is(err, data.ErrFull) && !errors.Is(err, data.ErrReadOnly):
			report.Rejected = append(report.Rejected, RejectedFile{Name: name, Reason: problem})
		default:
			return report, fmt.Errorf("taking %s: %w", name, err)
		}
	}
	if len(batch) == 0 {
		return report, nil
	}
	err := d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		report.Added = nil
		return takeFound(ctx, tx, batch, &report)
	})
	p.tell(int64(len(takes)), int64(len(takes)), "progress.hashing")
	return report, err
}

// takenFound is a found file with the evidence that it becomes.
type takenFound struct {
	found    data.FoundFile
	evidence data.Evidence
}

// keepFound stores the content of a found file that is as it was found.
func (d *Desk) keepFound(ctx context.Context, t FoundTake) (takenFound, string, error) {
	f, err := d.store.FoundByID(ctx, t.ID)
	if err != nil {
		return takenFound{}, "", err
	}
	name := filepath.Base(f.Path)
	if _, err := d.store.Order(ctx, t.OrderID); err != nil {
		return takenFound{}, name, err
	}
	switch {
	case f.State != data.FoundWaiting:
		return takenFound{}, name, problemFoundDecided.New("file", name)
	case f.Kind != data.FoundPicture && f.Kind != data.FoundVideo:
		return takenFound{}, name, problemFoundNoPicture.New("file", name)
	}
	if err := unchanged(&f); err != nil {
		return takenFound{}, name, err
	}
	if t.Codes != nil {
		f.Codes = t.Codes
	}
	kind := data.KindPacking
	if t.Slot != "" {
		kind = data.KindOfSlot(t.Slot)
	}
	file := EvidenceFile{Path: f.Path, Kind: kind, Slot: t.Slot, Tracking: t.Tracking, Codes: f.Codes, Source: "watched"}
	for _, o := range f.Guess.Orders {
		if o.OrderID != t.OrderID {
			continue
		}
		if file.Tracking == "" {
			file.Tracking = o.Tracking
		}
		if file.Slot == "" && o.Ground == data.GroundLabel {
			file.Slot = data.SlotLabel
		}
	}
	stored, err := d.keep(ctx, file)
	if err != nil {
		return takenFound{}, name, err
	}
	if f.SHA256 != "" && stored.SHA256 != f.SHA256 {
		return takenFound{}, name, problemFoundChanged.New("file", name)
	}
	f.SHA256 = stored.SHA256
	evidence, err := d.describe(file, stored)
	evidence.OrderID = t.OrderID
	return takenFound{found: f, evidence: evidence}, name, err
}

// takeFound is the step that makes evidence of found files.
func takeFound(ctx context.Context, tx *store.Tx, batch []takenFound, report *EvidenceReport) (deed, error) {
	did := deed{
		Change: data.Change{Action: "found.take", Entity: data.EntityFound}, effect: data.EffectMany,
		rows: manyOf(data.EntityFound, data.EntityEvidence),
	}
	var done []takenFound
	for _, one := range batch {
		now, err := tx.FoundByID(ctx, one.found.ID)
		if err == nil && now.State != data.FoundWaiting {
			err = problemFoundDecided.New("file", one.evidence.Name)
		}
		if err == nil {
			err = refuseTwice(ctx, tx, &one.evidence)
		}
		if problem, ok := data.AsProblem(err); ok {
			report.Rejected = append(report.Rejected, RejectedFile{Name: one.evidence.Name, Reason: problem})
			continue
		}
		if err != nil {
			return deed{}, err
		}
		if err := tx.InsertEvidence(&one.evidence); err != nil {
			return deed{}, err
		}
		one.found = now
		one.found.SHA256 = one.evidence.SHA256
		report.Added = append(report.Added, one.evidence)
		done = append(done, one)
		did.also = append(did.also, data.Change{Action: "evidence.add", Entity: data.EntityEvidence, Key: one.evidence.UID, After: one.evidence})
		did.rows = append(did.rows, evidenceRows(&one.evidence)...)
	}
	did.After = map[string]int{"files": len(done), "refused": len(report.Rejected)}
	if len(done) == 0 {
		return did, nil // what was refused is written down, and there is nothing to take back
	}
	did.back = turnFound(done, false, did.rows)
	return did, markFound(tx, done, true)
}

// markFound writes whether found files are taken.
func markFound(tx *store.Tx, batch []takenFound, taken bool) error {
	for _, one := range batch {
		f := one.found
		if taken {
			f.State, f.TakenAs, f.DecidedAt, f.DecidedBy = data.FoundTaken, one.evidence.UID, tx.Now(), tx.Operator()
		}
		if err := tx.PutFound(&f); err != nil {
			return err
		}
	}
	return nil
}

// turnFound is the step that puts the evidence of found files into the bin and offers
// them again, or the other way around.
func turnFound(batch []takenFound, taken bool, rows []data.RowRef) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		did := deed{
			Change: data.Change{Action: "found.take", Entity: data.EntityFound, After: map[string]any{"files": len(batch), "taken": taken}},
			effect: data.EffectMany, rows: rows, back: turnFound(batch, !taken, rows),
		}
		for _, one := range batch {
			part, err := binning(data.EntityEvidence, one.evidence.UID, !taken, evidenceRows(&one.evidence)...)(ctx, tx)
			if err != nil {
				return deed{}, err
			}
			did.also = append(did.also, part.Change)
		}
		return did, markFound(tx, batch, taken)
	}
}

// LeaveFound offers files no longer. It can be undone; the files stay where they are.
func (d *Desk) LeaveFound(ctx context.Context, ids []int64) error {
	return d.decideFound(ctx, "found.leave", ids, data.FoundLeft)
}

// OpenedFound notes that found mails were opened to be read. It can be undone.
func (d *Desk) OpenedFound(ctx context.Context, ids []int64) error {
	return d.decideFound(ctx, "found.open", ids, data.FoundTaken)
}

func (d *Desk) decideFound(ctx context.Context, action string, ids []int64, to data.FoundState) error {
	var before, after []data.FoundFile
	for _, id := range ids {
		f, err := d.store.FoundByID(ctx, id)
		if err != nil {
			return err
		}
		if f.State != data.FoundWaiting {
			continue // decided meanwhile
		}
		before = append(before, f)
		f.State, f.DecidedAt, f.DecidedBy = to, d.now().UTC(), d.Operator()
		after = append(after, f)
	}
	if len(after) == 0 {
		return nil
	}
	return d.act(ctx, swapFound(action, before, after))
}

func swapFound(action string, from, to []data.FoundFile) step {
	return func(_ context.Context, tx *store.Tx) (deed, error) {
		did := foundDeed(action, "", map[string]any{"files": len(to), "state": to[0].State})
		did.back = swapFound(action, to, from)
		for _, f := range to {
			if err := tx.PutFound(&f); err != nil {
				return deed{}, err
			}
		}
		return did, nil
	}
}
