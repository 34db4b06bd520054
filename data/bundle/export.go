package bundle

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/bundle/fit"
	"casebinder/data/seal"
)

// Export writes the bundle of a case into a folder: NAME.pdf and NAME.zip. Both
// get their names only when the ZIP was read back and found intact; on an error
// or when ctx is done nothing is left behind.
//
// Errors are of ErrInvalid (no bundle can be made of the case), ErrDamaged (an
// original is not what was taken in; it is named), ErrConflict (a bundle of this
// name exists), ErrFull and ErrReadOnly. Files that could not be shown are no
// error: they are in Result.Rejected.
func Export(ctx context.Context, c Case, open Opener, dir string, opts Options) (Result, error) {
	if err := c.check(); err != nil {
		return Result{}, err
	}
	c, err := c.frozen()
	if err != nil {
		return Result{}, err
	}
	name := c.name()
	res := opts.place(dir, name)
	if !opts.Replace {
		if err := res.free(); err != nil {
			return Result{}, err
		}
	}
	if err := opts.note(filepath.Join(dir, "."+name+"-"), nil); err != nil {
		return Result{}, err
	}
	work, err := os.MkdirTemp(dir, "."+name+"-*.part")
	if err != nil {
		return Result{}, fmt.Errorf("exporting a bundle: %w", bag.WriteProblem(err, dir))
	}
	defer func() { _ = os.RemoveAll(work) }()
	if opts.Annex.TempDir == "" {
		opts.Annex.TempDir = work
	}
	e, err := newEnv(ctx, &c, open, opts)
	if err != nil {
		return Result{}, err
	}
	if err := e.checkCites(); err != nil {
		return Result{}, err
	}
	if err := res.write(ctx, e, work); err != nil {
		return Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	if opts.Expect != "" && res.ZIPSHA256 != opts.Expect {
		return Result{}, ProblemUnexpected.New("want", opts.Expect, "now", res.ZIPSHA256)
	}
	if err := opts.note(work, &res); err != nil {
		return Result{}, err
	}
	if err := res.publish(work); err != nil {
		return Result{}, fmt.Errorf("exporting a bundle: %w", bag.WriteProblem(err, dir))
	}
	return res, nil
}

// place says what the files of a bundle are to be called.
func (o *Options) place(dir, name string) Result {
	res := Result{Name: name, PDF: filepath.Join(dir, name+".pdf"), ZIP: filepath.Join(dir, name+".zip")}
	if o.makesForm() {
		res.Form.Dir = filepath.Join(dir, formFolder(name, o.Profile.ID))
	}
	if o.TimeStamp {
		res.TimeStamp = filepath.Join(dir, name+".tsq")
	}
	return res
}

func (o *Options) note(work string, done *Result) error {
	if o.Note == nil {
		return nil
	}
	return o.Note(work, done)
}

// bound is a bundle whose PDF is written.
type bound struct {
	*env
	at pageMap
}

// write makes all files in the work folder.
func (res *Result) write(ctx context.Context, e *env, work string) error {
	if err := e.withhold(ctx); err != nil {
		return fmt.Errorf("exporting a bundle: %w", err)
	}
	pdfPath := filepath.Join(work, res.Name+".pdf")
	b, err := res.writePDF(ctx, pdfPath, e)
	if err != nil {
		return fmt.Errorf("exporting a bundle: %w", bag.WriteProblem(err, res.PDF))
	}
	if err := res.writeForm(ctx, e, work); err != nil {
		return fmt.Errorf("exporting a bundle: %w", bag.WriteProblem(err, res.Form.Dir))
	}
	files, err := res.bag(ctx, b, pdfPath, work)
	if err == nil {
		files, err = b.sealed(files)
	}
	if err != nil {
		return fmt.Errorf("exporting a bundle: %w", err)
	}
	if err := e.searchAll(ctx, pdfPath, files); err != nil {
		return fmt.Errorf("exporting a bundle: %w", err)
	}
	options := bag.WriteOptions{}
	if e.opts.Progress != nil {
		options.Progress = func(done, total int64) { e.opts.Progress(Progress{StepBag, done, total}) }
	}
	written, err := bag.WriteZip(ctx, filepath.Join(work, res.Name+".zip"), files, options)
	if err != nil {
		return fmt.Errorf("exporting a bundle: %w", named(err, e.placed))
	}
	res.ZIPSize, res.ZIPSHA256, res.Report = written.Size, written.SHA256, written.Report
	res.Masked = e.masker.Removed()
	if e.opts.Key != nil {
		res.Signer = e.opts.Key.Fingerprint()
	}
	return res.request(work)
}

// makesForm reports whether the profile asks for files of its own.
func (o *Options) makesForm() bool { return o.Profile != nil && o.Profile.Form != fit.FormBundle }

// writeForm makes the files for a platform's form, in the work folder.
func (res *Result) writeForm(ctx context.Context, e *env, work string) error {
	if !e.opts.makesForm() {
		return nil
	}
	final := res.Form.Dir
	made, err := e.makeForm(ctx, res.Name, work)
	if err != nil {
		return err
	}
	res.Form, res.Form.Dir = made, final
	return nil
}

// listForm puts the list of the files for a form into the bag, so that each
// is traced to it.
func (res *Result) listForm(b *bag.Bag, work string) error {
	if res.Form.Dir == "" {
		return nil
	}
	list, err := os.ReadFile(filepath.Join(work, filepath.Base(res.Form.Dir), formListName))
	if err != nil {
		return fmt.Errorf("listing the files for the form: %w", err)
	}
	b.Payload = append(b.Payload, bag.FromBytes(formListName, list))
	return nil
}

// request writes the request for a time stamp of the ZIP.
func (res *Result) request(work string) error {
	if res.TimeStamp == "" {
		return nil
	}
	sum, err := hex.DecodeString(res.ZIPSHA256)
	if err != nil {
		return fmt.Errorf("asking for a time stamp: %w", err)
	}
	der, err := seal.TimeStampRequest(sum)
	if err == nil {
		err = os.WriteFile(filepath.Join(work, res.Name+".tsq"), der, 0o600)
	}
	if err != nil {
		return fmt.Errorf("asking for a time stamp: %w", bag.WriteProblem(err, res.TimeStamp))
	}
	return nil
}

// writePDF writes the bundle itself, and keeps where everything stands.
func (res *Result) writePDF(ctx context.Context, path string, e *env) (*bound, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(f, h), 256<<10)
	at, err := composePart(ctx, out, e, e.whole())
	if err == nil {
		err = errors.Join(out.Flush(), e.checkPages(at))
	}
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	res.PDFSize, res.PDFSHA256 = info.Size(), hex.EncodeToString(h.Sum(nil))
	e.keepPages(at)
	res.Pages, res.Exhibits, res.Sections = at.Pages, e.placed, at.Sections
	res.Rejected, res.Missing = at.Rejected, at.Missing
	res.Unused = e.unused()
	return &bound{e, at}, nil
}

// keepPages keeps the pages of the exhibits.
func (e *env) keepPages(at pageMap) {
	for i := range e.placed {
		where := at.Exhibits[e.placed[i].Number]
		e.placed[i].First, e.placed[i].Last = where.First, where.Last
	}
}

// bag lists what goes into the ZIP.
func (res *Result) bag(ctx context.Context, r *bound, pdfPath, work string) (bag.Bag, error) {
	index, err := r.indexJSON(res.Name)
	if err != nil {
		return bag.Bag{}, err
	}
	o, d := r.c.Order, r.c.Dispute
	b := bag.Bag{
		Name: res.Name, Time: r.c.Generated,
		Info: []bag.InfoField{
			{Label: "Source-Organization", Value: o.Shop.Name},
			{Label: "External-Identifier", Value: o.Number},
			{Label: "External-Description", Value: r.w.get("title") + ": " + r.subject(o.Number)},
			{Label: "Internal-Sender-Identifier", Value: cmp.Or(d.UID, r.c.feedbackUID())},
			{Label: "Bag-Software-Agent", Value: r.c.Program},
		},
		Payload: []bag.File{
			{Name: res.Name + ".pdf", Size: res.PDFSize, SHA256: res.PDFSHA256, Open: func() (io.ReadCloser, error) { return os.Open(pdfPath) }},
			bag.FromBytes("index.csv", r.indexCSV()), bag.FromBytes("index.json", index),
		},
		Tags: []bag.File{bag.FromBytes("README-VERIFY.txt", readme(res.Name))},
	}
	if err := res.listForm(&b, work); err != nil {
		return b, err
	}
	taken := map[string]bool{}
	for _, p := range r.placed {
		if p.File == "" || taken[p.File] {
			continue // withheld, or a second exhibit of one file
		}
		taken[p.File] = true
		sum := p.Exhibit.SHA256
		b.Payload = append(b.Payload, bag.File{
			Name: p.File, Size: p.Exhibit.Size, SHA256: sum,
			Open: func() (io.ReadCloser, error) {
				f, _, err := r.open.OpenOriginal(ctx, sum)
				if err != nil {
					return nil, originalProblem(&p, err)
				}
				return f, nil
			},
		})
	}
	return b, nil
}

// named says of a changed file which exhibit it is.
func named(err error, placed []Placed) error {
	known, ok := data.AsProblem(err)
	if !ok || !(errors.Is(err, data.ErrDamaged) || errors.Is(err, data.ErrNotFound)) {
		return err
	}
	for i, p := range placed {
		if known.Args["name"] == p.File {
			return ProblemOriginal.Wrap(err, "number", p.Number, "name", placed[i].Exhibit.Name, "reason", known.Args["reason"])
		}
	}
	return err
}
