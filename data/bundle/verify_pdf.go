package bundle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/pages"
)

// keyForm is how a page names a key.
var keyForm = regexp.MustCompile(`SHA256:[A-Za-z0-9+/]{43}`)

// checkPDF holds the pages that a person reads against the index and the
// signature: it is no other case's document, and it was not left as it was when
// a file was changed.
func (x *crossing) checkPDF(ctx context.Context, name string, o VerifyOptions) error {
	path := inData + x.index.PDF
	is, there := x.Payload[path]
	if !there || strings.Contains(x.index.PDF, "/") {
		x.fail(inData+indexName, KindContradic, sayPDFName, "says", bag.Shortened(x.index.PDF))
		return nil
	}
	if o.Viewer == nil {
		x.warn(path, KindPages, sayPDFUnread)
		return nil
	}
	err := x.readPDF(ctx, name, path, is.SHA256, o.Viewer)
	switch {
	case err == nil || ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, data.ErrDamaged) || errors.Is(err, data.ErrInvalid):
		x.failProblem(path, KindContradic, err)
	default:
		x.fail(path, bag.KindUnchecked, sayPDFFailed, "reason", err)
	}
	return nil
}

// readPDF takes the document out of the bag, since its reader wants a file, and
// compares its pages.
func (x *crossing) readPDF(ctx context.Context, name, path, sum string, viewer *pages.Viewer) (err error) {
	dir, err := os.MkdirTemp("", "casebinder-verify-*")
	if err != nil {
		return fmt.Errorf("taking the PDF out of the bag: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	taken := filepath.Join(dir, "document.pdf")
	if err := takeOut(ctx, name, path, taken, sum); err != nil {
		return err
	}
	doc, err := viewer.Open(ctx, taken)
	if err != nil {
		return err
	}
	defer func() { _ = doc.Close() }()
	if doc.Pages() != x.index.Pages {
		x.fail(path, KindContradic, sayPDFPages, "is", doc.Pages(), "says", x.index.Pages)
		return nil
	}
	if err := x.comparePages(ctx, path, doc); err != nil {
		return err
	}
	x.Pages = doc.Pages()
	return nil
}

// takeOut copies a file of the bag, which must be what was hashed.
func takeOut(ctx context.Context, name, path, target, sum string) error {
	f, err := os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("taking the PDF out of the bag: %w", err)
	}
	h := sha256.New()
	err = bag.Copy(ctx, name, path, io.MultiWriter(f, h))
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("taking the PDF out of the bag: %w", bag.WriteProblem(err, target))
	}
	if hex.EncodeToString(h.Sum(nil)) != sum {
		return errors.New("it changed while it was read")
	}
	return nil
}

// comparePages reads the pages before the first section, and those of each
// exhibit until its fingerprint was found.
func (x *crossing) comparePages(ctx context.Context, path string, doc *pages.File) error {
	front := x.index.Pages
	for _, page := range x.index.Sections {
		front = min(front, max(page-1, 1))
	}
	var key, cover string
	for n := 1; n <= front; n++ {
		text, err := solidText(ctx, doc, n)
		if err != nil {
			return err
		}
		cover += text
		if keys := keyForm.FindAllString(text, -1); len(keys) > 0 && (key == "" || slices.Contains(keys, x.Fingerprint)) {
			key = keys[len(keys)-1]
			if slices.Contains(keys, x.Fingerprint) {
				key = x.Fingerprint
			}
		}
	}
	x.compareCover(path, cover)
	x.compareLog(path, cover)
	x.compareKey(path, key)
	for _, e := range x.index.Exhibits {
		if err := x.comparePagesOf(ctx, path, doc, e); err != nil {
			return err
		}
	}
	return nil
}

// compareCover looks on the first pages for what the index says of the case.
func (x *crossing) compareCover(path, text string) {
	i := &x.index
	facts := []string{excerpt(i.Order, 80), i.Case, i.Program}
	if amount, err := data.ParseDecimal(i.Amount, i.Currency); err == nil {
		facts = append(facts, amount.String())
	}
	for _, fact := range facts {
		// Of other scripts a page may give the letters in another order.
		if want := solid(fact); isASCII(want) && !strings.Contains(text, want) {
			x.fail(path, KindContradic, sayPDFCover, "fact", bag.Shortened(fact))
		}
	}
}

// logForm is how a page tells how the custody log ends.
var logForm = regexp.MustCompile(`\b[0-9]+:[0-9a-f]{64}`)

// compareLog holds the end of the custody log that the pages name against the
// log. Bundles that were made before it was named have none, also in their index.
func (x *crossing) compareLog(path, text string) {
	is, ends := logEnd(x.end), logForm.FindAllString(text, -1)
	switch {
	case !x.intact || slices.Contains(ends, is):
	case len(ends) > 0:
		x.fail(path, KindContradic, sayCustodyEnd, "is", is, "path", x.index.PDF, "says", ends[0])
	case x.index.Custody != "":
		x.fail(path, KindContradic, sayPDFCover, "fact", is)
	}
}

// compareKey holds the key that the pages name against the one that signed.
func (x *crossing) compareKey(path, key string) {
	switch {
	case key == x.Fingerprint:
	case key == "" && x.Signature != SignatureBroken:
		x.fail(path, KindContradic, sayPDFNoKey, "is", x.Fingerprint)
	case x.Signature == SignatureNone:
		x.fail(path, KindContradic, sayPDFUnsigned, "says", key)
	case x.Fingerprint != "":
		x.fail(path, KindContradic, sayPDFKey, "says", key, "is", x.Fingerprint)
	}
}

// comparePagesOf looks for the beginning of an exhibit's fingerprint, which its
// pages bear.
func (x *crossing) comparePagesOf(ctx context.Context, path string, doc *pages.File, e indexEntry) error {
	const shown = 16
	if len(e.SHA256) < shown {
		return nil // told of the index
	}
	for n := max(e.FirstPage, 1); n <= min(e.LastPage, doc.Pages()); n++ {
		text, err := solidText(ctx, doc, n)
		if err != nil {
			return err
		}
		if strings.Contains(text, e.SHA256[:shown]) {
			return nil
		}
	}
	x.fail(path, KindContradic, sayPDFExhibit, "first", e.FirstPage, "last", e.LastPage, "n", e.Number, "sum", e.SHA256)
	return nil
}

// solidText is the text of a page without its spaces: a line may break anywhere.
func solidText(ctx context.Context, doc *pages.File, n int) (string, error) {
	text, err := doc.Text(ctx, n)
	return solid(text), err
}

func solid(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
}

// isASCII reports a text of ASCII alone.
func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}
