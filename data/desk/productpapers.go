package desk

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/letter"
	"casebinder/data/store"
	"casebinder/data/vault"
)

var sayPaperEnds = data.DefinePhrase("product_paper.task", "{kind} of {product} ends on {day}")

// PaperFile is a paper that comes in, with its file.
type PaperFile struct {
	EvidenceFile
	Paper   data.PaperKind
	Issued  time.Time // of a snapshot: when the page looked so; zero: as its file tells
	Expires time.Time // zero: it does not end
	Task    string    // title of the task that reminds of its end; "" is English
}

// PaperAdded is a paper that was taken in.
type PaperAdded struct {
	Paper data.ProductPaper
	Task  data.Task // reminds of its end; UID "" where it does not end
}

// AddPaper takes a paper of a product into the vault, and where it ends, puts it on
// Today some days before. It can be undone.
func (d *Desk) AddPaper(ctx context.Context, productID int64, f PaperFile) (PaperAdded, error) {
	paper := data.ProductPaper{ProductID: productID, Kind: f.Paper, ExpiresAt: f.Expires, IssuedAt: f.Issued, Note: strings.TrimSpace(f.Note)}
	if err := d.checkPaper(&paper); err != nil {
		return PaperAdded{}, err
	}
	product, err := d.store.Product(ctx, productID)
	if err != nil {
		return PaperAdded{}, err
	}
	f.Kind, f.CapturedAt = f.Paper.Evidence(), f.Issued
	stored, err := d.keep(ctx, f.EvidenceFile)
	if err != nil {
		return PaperAdded{}, err
	}
	papers, err := d.store.PapersOf(ctx, productID)
	if err != nil {
		return PaperAdded{}, err
	}
	if slices.ContainsFunc(papers, func(p data.ProductPaper) bool { return p.SHA256 == stored.SHA256 }) {
		return PaperAdded{}, problemPaperTwice.New("file", f.name())
	}
	evidence, err := d.describe(f.EvidenceFile, stored)
	if err != nil {
		return PaperAdded{}, err
	}
	if f.Paper == data.PaperSnapshot && evidence.Captured == data.CapturedNone {
		if err := d.readSaved(&evidence); err != nil {
			return PaperAdded{}, err
		}
	}
	if paper.IssuedAt.IsZero() && f.Paper == data.PaperSnapshot {
		paper.IssuedAt = evidence.CapturedAt
	}
	paper.Told = evidence.Captured
	if paper.UID, err = newUID(); err != nil {
		return PaperAdded{}, err
	}
	steps := []step{d.addingPaper(&product, &paper, &evidence)}
	task := d.paperTask(&product, &paper, f.Task)
	if task.Title != "" {
		made, err := d.addingTask(&task)
		if err != nil {
			return PaperAdded{}, err
		}
		steps = append(steps, made)
	}
	err = d.act(ctx, together(steps...))
	return PaperAdded{paper, task}, err
}

// addingPaper is the step that stores a paper with its file.
func (d *Desk) addingPaper(product *data.Product, paper *data.ProductPaper, evidence *data.Evidence) step {
	return func(_ context.Context, tx *store.Tx) (deed, error) {
		if err := tx.InsertEvidence(evidence); err != nil {
			return deed{}, err
		}
		if err := tx.SetProductOf(evidence.ID, product.ID); err != nil {
			return deed{}, err
		}
		paper.EvidenceID, paper.File, paper.SHA256 = evidence.ID, evidence.Name, evidence.SHA256
		if err := tx.PutPaper(paper); err != nil {
			return deed{}, err
		}
		rows := productPaperRows(paper)
		return deed{
			Change: data.Change{Action: "product_paper.add", Entity: data.EntityPaper, Key: paper.UID, After: *paper},
			also:   []data.Change{{Action: "evidence.add", Entity: data.EntityEvidence, Key: evidence.UID, After: *evidence}},
			effect: data.EffectAdded, rows: rows,
			back: together(binning(data.EntityPaper, paper.UID, true, rows...), binning(data.EntityEvidence, evidence.UID, true, evidenceRows(evidence)...)),
		}, nil
	}
}

// savedHead is how much of a saved page is read for the day on which it was saved.
const savedHead = 32 << 10

// readSaved fills in when a page was saved, where its file tells. What lies in the
// future was told by a clock that is wrong, and is left out.
func (d *Desk) readSaved(e *data.Evidence) error {
	kind := letter.KindOf(e.MIME, e.Name)
	if kind != letter.Archive && kind != letter.Page && e.MIME != "application/pdf" {
		return nil
	}
	file, size, err := d.vault.Open(e.SHA256)
	if err != nil {
		return err
	}
	defer file.Close()
	var at time.Time
	if e.MIME == "application/pdf" {
		at, err = vault.PDFCreated(file, size)
	} else {
		var head bytes.Buffer
		if _, err = io.CopyN(&head, file, savedHead); errors.Is(err, io.EOF) {
			err = nil
		}
		at = letter.SavedAt(kind, head.Bytes())
	}
	if err != nil {
		return err
	}
	if !at.IsZero() && !at.After(d.now()) {
		e.CapturedAt, e.Captured = data.Instant(at), data.CapturedFile
	}
	return nil
}

func (d *Desk) checkPaper(p *data.ProductPaper) error {
	switch {
	case !slices.Contains(data.PaperKinds(), p.Kind):
		return problemPaperKind.New("kind", p.Kind, "kinds", joinAll(data.PaperKinds()))
	case !p.IssuedAt.IsZero() && data.Earliest(p.IssuedAt).After(d.now()):
		return problemPaperFuture.New()
	case !p.IssuedAt.IsZero() && !p.ExpiresAt.IsZero() && data.Before(p.ExpiresAt, p.IssuedAt):
		return problemPaperDates.New()
	}
	return nil
}

// productPaperRows names what a paper changes: a snapshot is proof of each order and
// dispute of its product.
func productPaperRows(p *data.ProductPaper) []data.RowRef {
	rows := append(rowsOf(data.EntityPaper, p.ID, 0, 0), data.RowRef{Entity: data.EntityProduct, ID: p.ProductID})
	return append(rows, manyOf(data.EntityOrder, data.EntityDispute)...)
}

// paperTask is the task that reminds of the end of a paper: some days before it, or
// on its day where that is nearer. Its title is empty where the paper does not end.
func (d *Desk) paperTask(product *data.Product, p *data.ProductPaper, title string) data.Task {
	if p.ExpiresAt.IsZero() {
		return data.Task{}
	}
	end := p.ExpiresAt
	day, ok := data.DayOf(end)
	if !ok {
		day = data.OnDay(end.UTC())
	}
	due := data.Day{Year: day.Year, Month: day.Month, Day: day.Day - data.PaperNotice}.End(time.UTC)
	if due.Before(d.now()) {
		due = end
	}
	if title = strings.TrimSpace(title); title == "" {
		title = sayPaperEnds.With("kind", p.Kind, "product", product.Name(), "day", day.String()).String()
	}
	return data.Task{Title: title, Due: due, Origin: data.TaskOrigin{Kind: data.OriginPaper, Key: p.UID}}
}

// EditPaper writes the kind, dates and note of a paper anew; the task that reminds of
// its end follows. title is that task's, "" is English. It can be undone.
func (d *Desk) EditPaper(ctx context.Context, p data.ProductPaper, title string) error {
	before, err := d.store.ProductPaper(ctx, p.ID)
	if err != nil {
		return err
	}
	after := before
	after.Kind, after.IssuedAt, after.ExpiresAt, after.Note = p.Kind, p.IssuedAt, p.ExpiresAt, strings.TrimSpace(p.Note)
	if err := d.checkPaper(&after); err != nil {
		return err
	}
	product, err := d.store.Product(ctx, before.ProductID)
	if err != nil {
		return err
	}
	of := about{"product_paper.edit", data.EntityPaper, before.UID, productPaperRows(&before)}
	steps := []step{swap(of, before, after, func(_ context.Context, tx *store.Tx, to data.ProductPaper) error { return tx.PutPaper(&to) })}
	described, err := d.describePaper(ctx, &before, &after)
	if err != nil {
		return err
	}
	reminding, err := d.remindPaper(ctx, d.paperTask(&product, &after, title), before.UID, !after.ExpiresAt.Equal(before.ExpiresAt))
	if err != nil {
		return err
	}
	return d.act(ctx, together(slices.Concat(steps, described, reminding)...))
}

// describePaper has the file of a paper say what the paper does.
func (d *Desk) describePaper(ctx context.Context, before, after *data.ProductPaper) ([]step, error) {
	if before.EvidenceID == 0 || before.Kind == after.Kind && before.IssuedAt.Equal(after.IssuedAt) && before.Note == after.Note {
		return nil, nil
	}
	file, err := d.store.Evidence(ctx, before.EvidenceID)
	if err != nil {
		return nil, err
	}
	to := file
	to.Kind, to.Note = after.Kind.Evidence(), after.Note
	if !before.IssuedAt.Equal(after.IssuedAt) {
		to.CapturedAt, to.Captured = after.IssuedAt, data.CapturedStated
		if after.IssuedAt.IsZero() {
			to.Captured = data.CapturedNone
		}
	}
	of := about{"evidence.edit", data.EntityEvidence, file.UID, evidenceRows(&file)}
	return []step{swap(of, file, to, func(_ context.Context, tx *store.Tx, to data.Evidence) error { return tx.EditEvidence(&to) })}, nil
}

// remindPaper brings the task of a paper in line with its end.
func (d *Desk) remindPaper(ctx context.Context, want data.Task, paperUID string, moved bool) ([]step, error) {
	if !moved {
		return nil, nil
	}
	known, err := d.store.TaskOfOrigin(ctx, data.TaskOrigin{Kind: data.OriginPaper, Key: paperUID})
	switch {
	case err != nil && !errors.Is(err, data.ErrNotFound):
		return nil, err
	case err != nil && want.Title == "":
		return nil, nil
	case err != nil:
		made, err := d.addingTask(&want)
		return []step{made}, err
	case want.Title == "" && known.BinnedAt.IsZero():
		return []step{binning(data.EntityTask, known.UID, true, taskRows(&known)...)}, nil
	case want.Title == "":
		return nil, nil
	}
	steps := []step{d.editingTask(known.UID, "task.edit", func(t *data.Task) { t.Title, t.Due, t.DoneAt = want.Title, want.Due, time.Time{} })}
	if !known.BinnedAt.IsZero() {
		steps = append(steps, binning(data.EntityTask, known.UID, false, taskRows(&known)...))
	}
	return steps, nil
}

// BinPaper puts a paper into the bin, with its file and the task that reminds of its
// end. It can be undone.
func (d *Desk) BinPaper(ctx context.Context, id int64) error {
	p, err := d.store.ProductPaper(ctx, id)
	if err != nil {
		return err
	}
	with, err := d.withPaper(ctx, id, true)
	if err != nil {
		return err
	}
	return d.act(ctx, together(append([]step{binning(data.EntityPaper, p.UID, true, productPaperRows(&p)...)}, with...)...))
}

// withPaper are the steps that bin what goes with a paper, or take it out of the bin:
// its file, and the task that reminds of its end.
func (d *Desk) withPaper(ctx context.Context, id int64, bin bool) ([]step, error) {
	p, err := d.store.ProductPaper(ctx, id)
	if err != nil {
		return nil, err
	}
	var steps []step
	if p.EvidenceID != 0 {
		file, err := d.store.Evidence(ctx, p.EvidenceID)
		if err != nil {
			return nil, err
		}
		if file.BinnedAt.IsZero() == bin {
			steps = append(steps, binning(data.EntityEvidence, file.UID, bin, evidenceRows(&file)...))
		}
	}
	task, err := d.store.TaskOfOrigin(ctx, data.TaskOrigin{Kind: data.OriginPaper, Key: p.UID})
	switch {
	case err != nil && !errors.Is(err, data.ErrNotFound):
		return nil, err
	case err == nil && task.BinnedAt.IsZero() == bin:
		steps = append(steps, binning(data.EntityTask, task.UID, bin, taskRows(&task)...))
	}
	return steps, nil
}
