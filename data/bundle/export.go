package bundle

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"casebinder/data"
	"casebinder/data/bundle/bag"
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
	w, err := loadWords(c.Language)
	if err != nil {
		return Result{}, err
	}
	name := c.name()
	res := Result{Name: name, PDF: filepath.Join(dir, name+".pdf"), ZIP: filepath.Join(dir, name+".zip")}
	if !opts.Replace {
		for _, target := range []string{res.PDF, res.ZIP} {
			if _, err := os.Lstat(target); err == nil {
				return Result{}, bag.ProblemExists.New("path", target)
			}
		}
	}
	work, err := os.MkdirTemp(dir, "."+name+"-*.part")
	if err != nil {
		return Result{}, fmt.Errorf("exporting a bundle: %w", bag.WriteProblem(err, dir))
	}
	defer func() { _ = os.RemoveAll(work) }()
	if opts.Annex.TempDir == "" {
		opts.Annex.TempDir = work
	}
	if err := res.write(ctx, &c, w, open, work, opts); err != nil {
		return Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	if err := res.publish(work); err != nil {
		return Result{}, fmt.Errorf("exporting a bundle: %w", bag.WriteProblem(err, dir))
	}
	return res, nil
}

// write makes both files in the work folder.
func (res *Result) write(ctx context.Context, c *Case, w *words, open Opener, work string, opts Options) error {
	pdfPath := filepath.Join(work, res.Name+".pdf")
	r, err := res.writePDF(ctx, pdfPath, c, w, c.plan(w), open, opts)
	if err != nil {
		return fmt.Errorf("exporting a bundle: %w", bag.WriteProblem(err, res.PDF))
	}
	b, err := res.bag(ctx, r, pdfPath)
	if err != nil {
		return fmt.Errorf("exporting a bundle: %w", err)
	}
	options := bag.WriteOptions{}
	if opts.Progress != nil {
		options.Progress = func(done, total int64) { opts.Progress(Progress{StepBag, done, total}) }
	}
	written, err := bag.WriteZip(ctx, filepath.Join(work, res.Name+".zip"), b, options)
	if err != nil {
		return fmt.Errorf("exporting a bundle: %w", named(err, r.placed))
	}
	res.ZIPSize, res.ZIPSHA256, res.Report = written.Size, written.SHA256, written.Report
	res.Pages, res.Exhibits, res.Rejected = len(r.marks), r.placed, r.rejected
	return nil
}

func (res *Result) writePDF(ctx context.Context, path string, c *Case, w *words, placed []Placed, open Opener, opts Options) (*renderer, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(f, h), 256<<10)
	r, err := render(ctx, out, c, w, placed, open, opts)
	if err == nil {
		err = out.Flush()
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
	return r, nil
}

// bag lists what goes into the ZIP.
func (res *Result) bag(ctx context.Context, r *renderer, pdfPath string) (bag.Bag, error) {
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
			{Label: "External-Description", Value: r.w.get("title") + ": " + r.w.get("title.order", "number", o.Number)},
			{Label: "Internal-Sender-Identifier", Value: d.UID},
			{Label: "Bag-Software-Agent", Value: r.c.Program},
		},
		Payload: []bag.File{
			{Name: res.Name + ".pdf", Size: res.PDFSize, SHA256: res.PDFSHA256, Open: func() (io.ReadCloser, error) { return os.Open(pdfPath) }},
			bag.FromBytes("index.csv", r.indexCSV()), bag.FromBytes("index.json", index), bag.FromBytes("custody.csv", r.custodyCSV()),
		},
		Tags: []bag.File{bag.FromBytes("README-VERIFY.txt", readme(res.Name))},
	}
	taken := map[string]bool{}
	for _, p := range r.placed {
		if taken[p.File] {
			continue // two exhibits of one file
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

// publish gives both files their names, or neither.
func (res *Result) publish(work string) error {
	if err := os.Rename(filepath.Join(work, res.Name+".zip"), res.ZIP); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(work, res.Name+".pdf"), res.PDF); err != nil {
		return errors.Join(err, os.Remove(res.ZIP))
	}
	return bag.SyncDir(filepath.Dir(res.ZIP))
}
