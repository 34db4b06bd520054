package bundle

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/mask"
	"casebinder/data/pdf"
)

var (
	// ProblemMaskCheck: masks were asked for, and nothing can read the finished
	// pages again to see that they hold.
	ProblemMaskCheck = data.DefineProblem("bundle_mask_check", data.ErrRefused,
		"Personal data cannot be masked: the finished pages could not be read again to check that nothing is left.",
		"Install the program again, or export without masks.")
	// ProblemWithheld: an exhibit is not shown, because it holds what is masked.
	ProblemWithheld = data.DefineProblem("bundle_withheld", data.ErrRefused,
		"{name} is left out: it contains personal data that must be masked, or cannot be searched for it.",
		"Add a copy of it without that data, or allow this kind of data.")
)

// Why an original is not in the bag, as the index says it.
const (
	withheldMasked     = "masked"     // it holds what is to be masked
	withheldUnsearched = "unsearched" // it is in a format that cannot be searched for it
)

// masked masks every text of the case. What the exhibits' texts tell is learned
// first, so that it is masked everywhere.
func (e *env) masked(ctx context.Context) error {
	if len(e.c.Mask) == 0 {
		return nil
	}
	var people []string
	for _, m := range e.c.Messages {
		if m.Direction == data.FromBuyer && m.Author != "" && !slices.Contains(people, m.Author) {
			people = append(people, m.Author)
		}
	}
	e.masker = mask.New(e.c.Order, people, e.c.Mask)
	texts := func(s *string) { e.masker.Learn(*s) }
	e.c.eachText(texts)
	for i := range e.c.Exhibits {
		if err := e.learn(ctx, &e.c.Exhibits[i]); err != nil {
			return err
		}
	}
	c := e.c.copied()
	c.eachText(func(s *string) { *s = e.masker.Text(*s) })
	e.c = &c
	return nil
}

// learn reads an exhibit that is text for what is to be masked.
func (e *env) learn(ctx context.Context, x *Exhibit) error {
	written := isLetter(*x)
	if mime, _, _ := strings.Cut(x.MIME, ";"); !written && (!isText(mime) || x.Size > maxPrinted) {
		return nil
	}
	f, _, err := e.open.OpenOriginal(ctx, x.SHA256)
	if err != nil {
		return originalProblem(&Placed{Exhibit: *x}, err)
	}
	defer func() { _ = f.Close() }()
	if written {
		l, err := e.letterOf(ctx, x, f)
		if _, told := data.AsProblem(err); err != nil && !told {
			return err
		}
		e.masker.Learn(letterTexts(l))
		return nil
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxPrinted))
	if err != nil {
		return fmt.Errorf("reading a text: %w", err)
	}
	if text, ok := decodeText(raw); ok {
		e.masker.Learn(text)
	}
	return nil
}

// copied is the case with all that eachText changes as its own.
func (c *Case) copied() Case {
	out := *c
	out.Order.Items, out.Order.Shipments = slices.Clone(c.Order.Items), slices.Clone(c.Order.Shipments)
	for i, s := range out.Order.Shipments {
		out.Order.Shipments[i].Events = slices.Clone(s.Events)
	}
	out.Dispute.Events = slices.Clone(c.Dispute.Events)
	out.Statement.Claims = slices.Clone(c.Statement.Claims)
	if c.Feedback != nil {
		f := *c.Feedback
		f.Changes = slices.Clone(f.Changes)
		out.Feedback = &f
	}
	out.Messages, out.Exhibits = slices.Clone(c.Messages), slices.Clone(c.Exhibits)
	return out
}

// eachText gives every text of the case that a person wrote and a bundle shows,
// to read or to change. Numbers of orders, parcels and cases are none.
func (c *Case) eachText(do func(*string)) {
	o, d := &c.Order, &c.Dispute
	b, a := &o.Buyer, &o.ShipTo
	list := []*string{
		&c.Ask, &c.Prepared, &b.Handle, &b.Name, &b.Email, &b.Phone, &a.Name, &a.Line1, &a.Line2, &a.Line3, &a.City, &a.State, &a.Postcode, &a.Phone,
		&o.PaymentMethod, &o.PaymentRef, &o.BuyerNote, &o.SellerNote, &d.Claim, &d.Translated.Text, &d.Translated.By,
	}
	if f := c.Feedback; f != nil {
		list = append(list, &f.Text, &f.Translated.Text, &f.Translated.By, &f.Reply, &f.BuyerHandle)
		for i := range f.Changes {
			list = append(list, &f.Changes[i].Text)
		}
	}
	for i := range o.Items {
		list = append(list, &o.Items[i].Title, &o.Items[i].Variation)
	}
	for i := range o.Shipments {
		for j := range o.Shipments[i].Events {
			list = append(list, &o.Shipments[i].Events[j].Place, &o.Shipments[i].Events[j].Text)
		}
	}
	for i := range d.Events {
		list = append(list, &d.Events[i].Note, &d.Events[i].Operator)
	}
	for i := range c.Statement.Claims {
		list = append(list, &c.Statement.Claims[i].Text)
	}
	for i := range c.Messages {
		m := &c.Messages[i]
		list = append(list, &m.Author, &m.Text, &m.Translation, &m.Translator)
	}
	for i := range c.Exhibits {
		x := &c.Exhibits[i]
		list = append(list, &x.Title, &x.Proves, &x.Note, &x.Name, &x.Place, &x.Device, &x.Label, &x.AddedBy)
	}
	for _, s := range list {
		if *s != "" {
			do(s)
		}
	}
}

// withhold decides which originals do not leave, because they hold what is to
// be masked or cannot be searched for it.
func (e *env) withhold(ctx context.Context) error {
	if e.masker == nil {
		return nil
	}
	if e.opts.Viewer == nil {
		return ProblemMaskCheck.New()
	}
	known := map[string]string{}
	for i := range e.placed {
		p := &e.placed[i]
		why, done := known[p.Exhibit.SHA256]
		if !done {
			var err error
			if why, err = e.why(ctx, p); err != nil {
				return err
			}
			known[p.Exhibit.SHA256] = why
		}
		if p.Withheld = why; why != "" {
			p.File = ""
		}
	}
	return ctx.Err()
}

// why tells why an original is withheld; "" when it is not. What is shown and
// does not ship is hashed here, since the bag will not.
func (e *env) why(ctx context.Context, p *Placed) (why string, err error) {
	f, _, err := e.open.OpenOriginal(ctx, p.Exhibit.SHA256)
	if err != nil {
		return "", originalProblem(p, err)
	}
	defer func() { _ = f.Close() }()
	mime, _, _ := strings.Cut(p.Exhibit.MIME, ";")
	switch {
	case strings.HasPrefix(mime, "image/"), strings.HasPrefix(mime, "video/"), strings.HasPrefix(mime, "audio/"):
		var leaks []mask.Leak
		if leaks, err = e.searchEnds(p.Exhibit.Name, f, p.Exhibit.Size); len(leaks) > 0 {
			why = withheldMasked
		}
	case mime == "application/pdf":
		why, err = e.documentHolds(ctx, f)
	case strings.HasPrefix(mime, "text/") && isText(mime) && !isLetter(p.Exhibit) && p.Exhibit.Size <= maxPrinted:
		why, err = e.textHolds(f)
	default:
		why = withheldUnsearched
	}
	if err != nil || why == "" || e.preview {
		return why, err
	}
	return why, sameHash(p, f)
}

// sameHash reads a file to its end and compares its hash.
func sameHash(p *Placed, f io.ReadSeeker) error {
	h := sha256.New()
	_, err := f.Seek(0, io.SeekStart)
	if err == nil {
		_, err = io.Copy(h, f)
	}
	if err != nil {
		return originalProblem(p, err)
	}
	if sum := hex.EncodeToString(h.Sum(nil)); sum != p.Exhibit.SHA256 {
		return originalProblem(p, fmt.Errorf("its SHA-256 is %s", sum))
	}
	return nil
}

func (e *env) textHolds(f io.Reader) (string, error) {
	raw, err := io.ReadAll(io.LimitReader(f, maxPrinted))
	if err != nil {
		return "", fmt.Errorf("reading a text: %w", err)
	}
	text, ok := decodeText(raw)
	switch {
	case !ok:
		return withheldUnsearched, nil
	case len(e.masker.Find(text)) > 0:
		return withheldMasked, nil
	}
	leaks, err := e.masker.SearchBytes("", bytes.NewReader(raw)) // with its escapes undone
	if len(leaks) > 0 {
		return withheldMasked, err
	}
	return "", err
}

// documentHolds searches the text of a PDF's pages. A PDF that cannot be read,
// or a page without text, cannot be searched.
func (e *env) documentHolds(ctx context.Context, f io.Reader) (string, error) {
	path, remove, err := pathOf(f, e.opts.Annex.TempDir)
	if err != nil {
		return "", err
	}
	defer remove()
	why := ""
	err = e.pageTexts(ctx, path, func(_ int, text string) {
		switch {
		case len(e.masker.Find(text)) > 0:
			why = withheldMasked
		case strings.TrimSpace(text) == "" && why == "":
			why = withheldUnsearched
		}
	})
	if _, ok := data.AsProblem(err); ok && ctx.Err() == nil {
		return withheldUnsearched, nil
	}
	if err == nil && why == "" && e.unsearched(ctx, path) {
		why = withheldUnsearched
	}
	return why, err
}

// unsearched reports whether a PDF has fields or notes that its pages' text does
// not hold, and that a picture of a page would show.
func (e *env) unsearched(ctx context.Context, path string) bool {
	a, err := pdf.ReadAnnex(ctx, path, e.opts.Annex)
	if err != nil {
		return true
	}
	defer func() { _ = a.Close() }()
	return slices.ContainsFunc(a.Pages(), func(p pdf.AnnexPage) bool { return p.Unpainted })
}

// pageTexts reads the text of each page of a PDF.
func (e *env) pageTexts(ctx context.Context, path string, each func(page int, text string)) error {
	doc, err := e.opts.Viewer.Open(ctx, path)
	if err != nil {
		return err
	}
	defer func() { _ = doc.Close() }()
	for n := 1; n <= doc.Pages(); n++ {
		text, err := doc.Text(ctx, n)
		if err != nil {
			return err
		}
		each(n, text)
	}
	return nil
}

// searchEnds searches the beginning and the end of a file that is not text,
// where such files keep what they say of themselves, in UTF-8 or in UTF-16.
func (e *env) searchEnds(name string, f io.ReadSeeker, size int64) ([]mask.Leak, error) {
	const end = 256 << 10
	var leaks []mask.Leak
	for _, from := range []int64{0, max(size-end, end)} {
		if from >= size && from > 0 {
			break
		}
		if _, err := f.Seek(from, io.SeekStart); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		found, err := e.masker.SearchBytes(name, io.LimitReader(f, end))
		if err != nil {
			return nil, err
		}
		leaks = append(leaks, found...)
	}
	return leaks, nil
}

// searchAll searches what was written for what should be gone: the pages of the
// PDF, and every file that the program composed. Found means refused.
func (e *env) searchAll(ctx context.Context, pdfPath string, files bag.Bag) error {
	if e.masker == nil {
		return nil
	}
	if err := e.searchPDF(ctx, pdfPath); err != nil {
		return err
	}
	var leaks []mask.Leak
	for _, info := range files.Info {
		leaks = append(leaks, e.masker.Search("bag-info.txt", info.Value)...)
	}
	for _, f := range append(slices.Clone(files.Payload), files.Tags...) {
		leaks = append(leaks, e.masker.Search(f.Name, f.Name)...)
		if !f.Text {
			continue // an original, searched before, or the PDF
		}
		r, err := f.Open()
		if err != nil {
			return fmt.Errorf("searching %s: %w", f.Name, err)
		}
		found, err := e.masker.SearchBytes(f.Name, r)
		_ = r.Close()
		if err != nil {
			return err
		}
		leaks = append(leaks, found...)
	}
	return mask.Refuse(leaks)
}

// searchPDF searches the pages of a PDF that was composed.
func (e *env) searchPDF(ctx context.Context, path string) error {
	var leaks []mask.Leak
	err := e.pageTexts(ctx, path, func(page int, text string) {
		leaks = append(leaks, e.masker.Search(filepath.Base(path)+", "+itoa(page), text)...)
	})
	if err != nil {
		return fmt.Errorf("searching the pages for what is masked: %w", err)
	}
	return mask.Refuse(leaks)
}

// searchFolder searches files that were made for a platform's form.
func (e *env) searchFolder(ctx context.Context, dir string) error {
	if e.masker == nil {
		return nil
	}
	list, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("searching the files for the form: %w", err)
	}
	for _, entry := range list {
		if err := e.searchFile(ctx, filepath.Join(dir, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

func (e *env) searchFile(ctx context.Context, path string) error {
	name := filepath.Base(path)
	if err := mask.Refuse(e.masker.Search(name, name)); err != nil {
		return err
	}
	kind := ending(name)
	if kind == "pdf" {
		return e.searchPDF(ctx, path)
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("searching the files for the form: %w", err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("searching the files for the form: %w", err)
	}
	var leaks []mask.Leak
	switch kind {
	case "txt", "csv", "json":
		leaks, err = e.masker.SearchBytes(name, f)
	default:
		leaks, err = e.searchEnds(name, f, info.Size())
	}
	if err != nil {
		return err
	}
	return mask.Refuse(leaks)
}
