package vault

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"time"
)

// pdfEnds is how many bytes of a PDF are read from either end: programs write what
// they tell of a file there.
const pdfEnds = 256 << 10

var (
	pdfCreated = regexp.MustCompile(`/CreationDate\s*\(D:(\d{14})(?:(Z)|([+-])(\d{2})'?(\d{2})?'?)?`)
	xmpCreated = regexp.MustCompile(`<xmp:CreateDate>\s*(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))\s*</xmp:CreateDate>`)
)

// PDFCreated is when a PDF was made, as it tells itself (ISO 32000-1, 14.3.3). It is
// zero where the file does not say, says it where it is packed or encrypted, without
// a zone, or says two things.
func PDFCreated(r io.ReaderAt, size int64) (time.Time, error) {
	head, err := section(r, 0, min(size, pdfEnds))
	if err != nil {
		return time.Time{}, err
	}
	text := head
	if size > pdfEnds {
		tail, err := section(r, max(pdfEnds, size-pdfEnds), min(pdfEnds, size-pdfEnds))
		if err != nil {
			return time.Time{}, err
		}
		text = append(append(head, '\n'), tail...)
	}
	if !bytes.HasPrefix(text, []byte("%PDF-")) || bytes.Contains(text, []byte("/Encrypt")) {
		return time.Time{}, nil
	}
	at, sure := toldTime(text)
	if at.IsZero() && sure {
		if m := xmpCreated.FindSubmatch(text); m != nil {
			if t, err := time.Parse(time.RFC3339, string(m[1])); err == nil {
				at = t.UTC()
			}
		}
	}
	if at.Year() < 1993 || at.Year() > 2200 {
		return time.Time{}, nil
	}
	return at, nil
}

// toldTime is the one time that a PDF's description tells; not sure where it tells
// two, or one that is none.
func toldTime(text []byte) (at time.Time, sure bool) {
	for _, m := range pdfCreated.FindAllSubmatch(text, 100) {
		zone := string(m[2])
		switch {
		case len(m[3]) > 0 && len(m[5]) > 0:
			zone = string(m[3]) + string(m[4]) + string(m[5])
		case len(m[3]) > 0:
			zone = string(m[3]) + string(m[4]) + "00"
		}
		t, err := time.Parse("20060102150405Z0700", string(m[1])+zone)
		if err != nil || !at.IsZero() && !at.Equal(t) {
			return time.Time{}, false
		}
		at = t.UTC()
	}
	return at, true
}

func section(r io.ReaderAt, from, n int64) ([]byte, error) {
	b := make([]byte, n)
	got, err := r.ReadAt(b, from)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading a PDF: %w", err)
	}
	return b[:got], nil
}
