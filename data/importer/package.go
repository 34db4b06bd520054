package importer

import (
	"archive/zip"
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"casebinder/data"
)

// Limits of what a spreadsheet in a ZIP unfolds to: bytes, and objects, since an
// empty string costs memory too.
const (
	maxUnfolded = 4 << 30   // bytes of one sheet
	maxStrings  = 512 << 20 // bytes of the part with the table of strings
	maxParts    = 16 << 20  // bytes of any other part
	maxTextSize = 160 << 20 // bytes of the table of strings, which is held in memory
	maxTexts    = 8 << 20   // strings in it
	maxSheets   = 1000
	maxStyles   = 65_536
	maxStrange  = 4096     // elements that are no rows, or in a cell
	bombSize    = 32 << 20 // beyond this, a part must not be
	bombRatio   = 250      // so many times larger than it is packed
)

// zipPackage is a spreadsheet that is a ZIP of XML.
type zipPackage struct {
	src *Source
	zip *zip.Reader
}

func openZip(src *Source) (*zipPackage, error) {
	z := &zipPackage{src: src}
	var err error
	if z.zip, err = zip.NewReader(src.r, src.Size); err != nil {
		return nil, z.damaged(err)
	}
	return z, nil
}

func (z *zipPackage) damaged(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := data.AsProblem(err); ok || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return problemSheetDamaged.Wrap(err, "file", z.src.Name, "detail", err)
}

func (z *zipPackage) find(name string) *zip.File {
	for _, f := range z.zip.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) {
			return f
		}
	}
	return nil
}

// part is an XML part that is being read, with its limits.
type part struct {
	*xmlScanner
	closer   io.Closer
	in       *meter
	unpacked uint64 // bytes, as the package says
	began    int64  // offset of the row that is read
	line     int    // its number; 0 before the first
}

func (p *part) close() error { return p.closer.Close() }

// meter counts what is unfolded, and ends it at a limit.
type meter struct {
	*bufio.Reader
	src    *Source
	read   int64
	limit  int64
	packed int64
}

func (m *meter) Read(b []byte) (int, error) {
	n, err := m.Reader.Read(b)
	m.read += int64(n)
	if m.read > m.limit || m.read > bombSize && m.read > m.packed*bombRatio {
		return n, problemUnfolds.New("file", m.src.Name, "limit", size(min(m.limit, max(bombSize, m.packed*bombRatio))))
	}
	return n, err
}

// open opens a part of the package.
func (z *zipPackage) open(name string, limit int64) (*part, error) {
	f := z.find(name)
	if f == nil {
		return nil, z.damaged(fmt.Errorf("no part %s", name))
	}
	r, err := f.Open()
	if err != nil {
		return nil, z.damaged(err)
	}
	m := &meter{Reader: bufio.NewReaderSize(r, 64<<10), src: z.src, limit: limit, packed: int64(f.CompressedSize64)}
	return &part{xmlScanner: newXMLScanner(m), closer: r, in: m, unpacked: f.UncompressedSize64}, nil
}

// row notes that a row begins here.
func (p *part) row(line int) { p.began, p.line = p.offset(), line }

// need is next within an element, where the document must not end.
func (p *part) need() (xmlToken, error) {
	token, err := p.next()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err == nil && p.line > 0 && p.offset()-p.began > MaxRecordSize {
		return 0, problemLongRecord.New("line", p.line, "limit", size(MaxRecordSize))
	}
	return token, err
}

// each calls a function for each element that begins.
func (p *part) each(do func() error) error {
	for {
		token, err := p.next()
		if errors.Is(err, io.EOF) {
			if p.depth > 0 {
				return io.ErrUnexpectedEOF
			}
			return nil
		}
		if err != nil {
			return err
		}
		if token == xmlStart {
			if err := do(); err != nil {
				return err
			}
		}
	}
}

// inner appends the characters up to the end of the element that has begun: of
// <t> within it, or of itself when it is <v> or <t>. Phonetic guides are left out.
func (p *part) inner(into []byte, until string) ([]byte, error) {
	in, skip, self := 0, 0, until == "v" || until == "t"
	for {
		token, err := p.need()
		if err != nil {
			return into, err
		}
		switch token {
		case xmlStart:
			switch {
			case p.is("rPh"):
				skip++
			case p.is("t"):
				in++
			}
		case xmlEnd:
			switch {
			case p.is(until):
				return into, nil
			case p.is("rPh"):
				skip--
			case p.is("t"):
				in--
			}
		case xmlText:
			if skip == 0 && (in > 0 || self) {
				if len(into)+len(p.text) > MaxRecordSize {
					return into, problemLongRecord.New("line", max(p.line, 1), "limit", size(MaxRecordSize))
				}
				into = append(into, p.text...)
			}
		}
	}
}

// report tells how much of the packed file was read, by the share of the sheet.
func (p *part) report(src *Source, progress func(done, total int64)) {
	if progress != nil && p.unpacked > 0 {
		progress(min(src.Size, int64(float64(src.Size)*float64(p.in.read)/float64(p.unpacked))), src.Size)
	}
}

// textTable holds many texts in few objects.
type textTable struct {
	all  []byte
	ends []uint32
}

func (t *textTable) len() int { return len(t.ends) }

// add reports false when the table is full.
func (t *textTable) add(text []byte) bool {
	if len(t.ends) >= maxTexts || len(t.all)+len(text) > maxTextSize {
		return false
	}
	t.all = append(t.all, text...)
	t.ends = append(t.ends, uint32(len(t.all)))
	return true
}

func (t *textTable) at(i int) string {
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return string(t.all[from:t.ends[i]])
}
