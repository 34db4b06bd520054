package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"

	"casebinder/data/internal/child"
)

// AnnexOptions say how another PDF file is read, and within which limits. The
// zero value reads in this process with the default limits; a program gives
// Command.
type AnnexOptions struct {
	// Command starts a child process that calls [AnnexMain]; usually the program
	// itself with a hidden word: {os.Executable(), "__annex"}. When it is empty the
	// file is read in this process, without limits on memory and time: for tests.
	Command []string

	TempDir  string        // where the intermediate file lies; "" for the system's
	Memory   int64         // of the child, in bytes; 0 for 1 GB
	Output   int64         // largest intermediate file, in bytes; 0 for 512 MB
	Unfolded int64         // all streams decompressed, in bytes; 0 for 1 GB
	Pages    int           // 0 for 2,000
	Timeout  time.Duration // of the child; 0 for 60 seconds
}

// withDefaults fills in what is zero.
func (o AnnexOptions) withDefaults() AnnexOptions {
	for _, v := range []struct {
		at     *int64
		normal int64
	}{{&o.Memory, 1 << 30}, {&o.Output, 512 << 20}, {&o.Unfolded, 1 << 30}} {
		if *v.at <= 0 {
			*v.at = v.normal
		}
	}
	if o.Pages <= 0 {
		o.Pages = 2000
	}
	if o.Timeout <= 0 {
		o.Timeout = time.Minute
	}
	return o
}

// An Annex is another PDF file, read, freed of everything but what its pages
// show, and kept in an intermediate file until Close.
type Annex struct {
	file    string
	pages   []AnnexPage
	objects int
	unfit   string // why it cannot be in an archive PDF
}

// An AnnexPage is a page as a viewer shows it: cropped and upright.
type AnnexPage struct {
	Width, Height Length
	form          int       // number of its form in the intermediate file
	box           [4]Length // what is shown of the form: left, bottom, right, top
	turn          Orientation

	// Unpainted tells that fields or notes on it are without an appearance of their
	// own, which viewers make up: a picture of the page by one shows them.
	Unpainted bool
	// Missing counts the notes and drawings without an appearance for which no viewer
	// that is used here makes one up.
	Missing int
}

// Pages lists the pages; there is at least one.
func (a *Annex) Pages() []AnnexPage { return a.pages }

// Archivable tells whether the pages can be placed in an archive PDF
// ([Options.PDFA]), and if not, why: as the detail of a [ProblemAnnexArchive],
// which [Document.AddAnnex] gives. What the file's fonts hold is not looked into.
func (a *Annex) Archivable() (ok bool, why string) { return a.unfit == "", a.unfit }

// Close removes the intermediate file.
func (a *Annex) Close() error { return os.Remove(a.file) }

// An AddedAnnex is an annex whose objects were copied into a document.
type AddedAnnex struct {
	pages []AnnexPage
	first int // what to add to a number of the annex to get the document's
}

// ReadAnnex reads the PDF file at a path. The problems are
// [ProblemAnnexPassword], [ProblemAnnexDamaged] and [ProblemAnnexLimit]; the
// caller prints a page that says so and ships the file as it is.
//
// Scripts, actions, links, attachments, and the logic of forms are left behind;
// what fields, stamps and highlights look like is kept, text stays text, and
// hidden layers stay hidden. A field that its file gives no appearance, because a
// viewer is meant to make one up, stays empty: see [AnnexPage.Unpainted]. A file without a password to open
// it is read even if its owner restricted what may be done with it.
//
// A page's content may unfold to 64 MB, a picture may have [MaxPixels].
func ReadAnnex(ctx context.Context, path string, o AnnexOptions) (a *Annex, err error) {
	o = o.withDefaults()
	file, err := os.CreateTemp(o.TempDir, "annex-*.tmp")
	if err != nil {
		return nil, fmt.Errorf("reading an annexed PDF: %w", err)
	}
	defer func() {
		if err != nil {
			os.Remove(file.Name())
		}
	}()
	if err := file.Close(); err != nil {
		return nil, fmt.Errorf("reading an annexed PDF: %w", err)
	}
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("reading an annexed PDF: %w", err)
	}
	limits := annexLimits{o.Memory, o.Output, o.Unfolded, o.Pages}
	if len(o.Command) == 0 {
		convertAnnex(path, file.Name(), limits)
	} else if err := runAnnexChild(ctx, o, path, file.Name(), limits); err != nil {
		return nil, err
	}
	return indexAnnex(file.Name())
}

// runAnnexChild converts in a child process, which has no more than its memory
// and time.
func runAnnexChild(ctx context.Context, o AnnexOptions, in, out string, limits annexLimits) error {
	timed, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	args := append(append([]string{}, o.Command[1:]...), limits.args(in, out)...)
	cmd := exec.CommandContext(timed, o.Command[0], args...)
	cmd.WaitDelay = time.Second
	complaint := &child.Head{Limit: 2 << 10}
	cmd.Stderr = complaint
	err := cmd.Run()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case timed.Err() != nil:
		return ProblemAnnexLimit.New("detail", fmt.Sprintf("it was not read within %v", o.Timeout))
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return fmt.Errorf("starting the reader of annexed PDFs: %w", err)
	}
	cause := fmt.Errorf("%w: %s", err, complaint)
	if child.TookTooMuch(err, complaint) {
		return ProblemAnnexLimit.Wrap(cause, "detail", fmt.Sprintf("it takes more than %d MB of memory", o.Memory>>20))
	}
	return ProblemAnnexDamaged.Wrap(cause, "detail", "its reader broke off")
}

// AddAnnex copies an annex into the document, once for all its pages. An error
// ends the document, but for [ProblemAnnexArchive]: nothing was written then.
func (d *Document) AddAnnex(a *Annex) (*AddedAnnex, error) {
	if d.opts.PDFA && a.unfit != "" {
		return nil, ProblemAnnexArchive.New("detail", a.unfit)
	}
	f, r, err := openAnnex(a.file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	added := &AddedAnnex{pages: a.pages, first: len(d.offsets) - 1}
	for range a.objects {
		d.newObject()
	}
	for {
		kind, err := r.r.ReadByte()
		if err != nil {
			return nil, d.broken(errAnnexFormat)
		}
		switch kind {
		case 'O':
			err = d.annexObject(r, added.first, a.objects)
		case 'L':
			err = d.annexLayer(r, added.first)
		case 'P':
			_, err = r.page()
		case 'N':
			_, err = r.text()
		case 'Z':
			return added, d.err
		default:
			err = errAnnexFormat
		}
		if err != nil {
			return nil, d.broken(err)
		}
	}
}

// annexObject copies one object, its references moved by first.
func (d *Document) annexObject(r *annexReader, first, count int) error {
	n, err := r.number()
	if err != nil || n < 1 || n > count {
		return errAnnexFormat
	}
	d.begin(first + n)
	body := &bodyWriter{d: d}
	err = r.object(func(n int) error {
		_, err := io.CopyN(onlyWriter{body}, r.r, int64(n))
		return err
	}, func(n int) error {
		_, err := fmt.Fprintf(body, "%d 0 R", first+n)
		return err
	})
	body.end()
	d.write([]byte("\nendobj\n"))
	return err
}

func (d *Document) annexLayer(r *annexReader, first int) error {
	l, err := r.layer()
	if err != nil {
		return err
	}
	l.object += first
	d.layers = append(d.layers, l)
	return nil
}

// A layer is an optional content group of an annex.
type layer struct {
	object int
	hidden bool
}

// layerConfig is the catalog's entry for layers.
func (d *Document) layerConfig() string {
	if len(d.layers) == 0 {
		return ""
	}
	var all, off bytes.Buffer
	for _, l := range d.layers {
		fmt.Fprintf(&all, "%d 0 R ", l.object)
		if l.hidden {
			fmt.Fprintf(&off, "%d 0 R ", l.object)
		}
	}
	return fmt.Sprintf("/OCProperties<</OCGs[%s]/D<</OFF[%s]>>>>", all.Bytes(), off.Bytes())
}

// initialState sets the graphics state to what it is at the beginning of a page
// (ISO 32000-1, 8.4.1 and 9.3.1), for a form begins with that of the page on which
// it is drawn. The parameters that have no operator stand in initialParameters.
const initialState = "/I gs 0 g 0 G 1 w 0 J 0 j 10 M [] 0 d /RelativeColorimetric ri 0 i 0 Tc 0 Tw 100 Tz 0 TL 0 Tr 0 Ts "

const initialParameters = "<</Type/ExtGState/BM/Normal/SMask/None/CA 1/ca 1/AIS false/TK true/SA false/OP false/op false/OPM 0>>"

// DrawAnnex draws page i (from 0) of an annex into a box; x, y is the box's upper
// left corner. The caller keeps the proportions, see [Fit].
func (p *Page) DrawAnnex(a *AddedAnnex, i int, x, y, w, h Length) {
	if !p.begun() {
		return
	}
	page := &a.pages[i]
	width, height := page.box[2]-page.box[0], page.box[3]-page.box[1]
	p.content = append(p.content, "q "+initialState...)
	p.initial = true
	p.numbers("cm ", p.turned(page.turn, x, y, w, h)...)
	for _, v := range [6][2]Length{{1000, width}, {0, 1}, {0, 1}, {1000, height}, {-page.box[0], width}, {-page.box[1], height}} {
		p.content = append(appendRatio(p.content, v[0], v[1]), ' ')
	}
	p.content = append(p.content, "cm /X"...)
	p.content = append(appendInt(p.content, a.first+page.form), " Do Q\n"...)
	p.useXObject(a.first + page.form)
}

// appendRatio writes a / b with twelve digits behind the point.
func appendRatio(out []byte, a, b Length) []byte {
	if a < 0 {
		out, a = append(out, '-'), -a
	}
	out = strconv.AppendInt(out, int64(a/b), 10)
	out = append(out, '.')
	for range 12 {
		a = a % b * 10
		out = append(out, byte('0'+a/b))
	}
	return out
}
