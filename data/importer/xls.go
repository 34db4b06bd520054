package importer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"
)

// Why BIFF8 is read here and not through a library: the libraries to be had
// garble a string whose width changes where its record is continued (Chinese
// ones do), drop the results of formulas, and panic or spin on a file that is
// cut off.

// Record types of BIFF8. (Microsoft, [MS-XLS] 2.3.)
const (
	biffFormula    = 0x0006
	biffEOF        = 0x000A
	biff1904       = 0x0022
	biffFilePass   = 0x002F
	biffContinue   = 0x003C
	biffBoundSheet = 0x0085
	biffXF         = 0x00E0
	biffFormat     = 0x041E
	biffMulRK      = 0x00BD
	biffRString    = 0x00D6
	biffSST        = 0x00FC
	biffLabelSST   = 0x00FD
	biffNumber     = 0x0203
	biffLabel      = 0x0204
	biffBoolErr    = 0x0205
	biffString     = 0x0207
	biffRK         = 0x027E
	biffBOF        = 0x0809
)

// xlsBook is an opened .xls.
type xlsBook struct {
	src     *Source
	stream  []byte
	sheets  []xlsSheet
	strings *textTable
	formats []numberFormat       // by style of a cell
	own     map[int]numberFormat // by number of a format
	date04  bool
}

type xlsSheet struct {
	name   string
	at     int
	hidden bool
}

func (b *xlsBook) damaged(detail string) error {
	return problemSheetDamaged.New("file", b.src.Name, "detail", detail)
}

// openBook reads the workbook of an .xls into memory, once for a source.
func openBook(src *Source) (*xlsBook, error) {
	src.mu.Lock()
	defer src.mu.Unlock()
	if src.xls != nil {
		return src.xls, nil
	}
	b, err := newBook(src)
	if err == nil {
		src.xls = b
	}
	return b, err
}

func newBook(src *Source) (book *xlsBook, err error) {
	b := &xlsBook{src: src, strings: &textTable{}, own: map[int]numberFormat{}}
	defer func() { // mscfb is not made for hostile files
		if r := recover(); r != nil {
			book, err = nil, b.damaged(fmt.Sprint(r))
		}
	}()
	if err := b.checkHeader(); err != nil {
		return nil, err
	}
	doc, err := mscfb.New(src.r)
	if err != nil {
		return nil, problemSheetDamaged.Wrap(err, "file", src.Name, "detail", err)
	}
	var found *mscfb.File
	old := false
	for _, f := range doc.File {
		switch f.Name {
		case "EncryptedPackage", "EncryptionInfo":
			return nil, problemPassword.New("file", src.Name)
		case "Workbook":
			found = f
		case "Book":
			old = true
		}
	}
	switch {
	case found == nil && old:
		return nil, problemOldSheet.New("file", src.Name, "detail", "Excel 5 or older")
	case found == nil:
		return nil, problemOldSheet.New("file", src.Name, "detail", "no workbook")
	case found.Size <= 0 || found.Size > src.Size:
		return nil, b.damaged("cut off")
	}
	if err := b.load(found); err != nil {
		return nil, err
	}
	if err := b.globals(); err != nil {
		return nil, err
	}
	return b, nil
}

// checkHeader refuses a compound file whose tables would be larger than itself.
// ([MS-CFB] 2.2.)
func (b *xlsBook) checkHeader() error {
	h := make([]byte, 512)
	if _, err := b.src.r.ReadAt(h, 0); err != nil {
		return b.damaged("cut off")
	}
	sector := int64(1) << (binary.LittleEndian.Uint16(h[30:]) & 15)
	for _, at := range []int{40, 44, 64, 72} { // directory, FAT, mini FAT and DIFAT sectors
		if int64(binary.LittleEndian.Uint32(h[at:]))*sector > b.src.Size {
			return b.damaged("wrong tables")
		}
	}
	return nil
}

func (b *xlsBook) load(f *mscfb.File) error {
	b.stream = make([]byte, 0, f.Size)
	buf := make([]byte, 32<<10)
	for int64(len(b.stream)) < f.Size {
		n, err := f.Read(buf)
		b.stream = append(b.stream, buf[:n]...)
		if err != nil && !errors.Is(err, io.EOF) {
			return problemSheetDamaged.Wrap(err, "file", b.src.Name, "detail", err)
		}
		if n == 0 {
			return b.damaged("cut off")
		}
	}
	return nil
}

// at gives the record at an offset and where the next one is; ok is false
// beyond the end.
func (b *xlsBook) at(offset int) (kind int, body []byte, next int, ok bool) {
	if offset < 0 || offset+4 > len(b.stream) {
		return 0, nil, 0, false
	}
	kind = int(binary.LittleEndian.Uint16(b.stream[offset:]))
	next = offset + 4 + int(binary.LittleEndian.Uint16(b.stream[offset+2:]))
	if next > len(b.stream) {
		return 0, nil, 0, false
	}
	return kind, b.stream[offset+4 : next], next, true
}

// globals reads the list of sheets and the table of strings.
func (b *xlsBook) globals() error {
	kind, body, next, ok := b.at(0)
	if !ok || kind != biffBOF || len(body) < 4 {
		return b.damaged("no workbook")
	}
	if binary.LittleEndian.Uint16(body) != 0x0600 {
		return problemOldSheet.New("file", b.src.Name, "detail", "Excel 5 or older")
	}
	for {
		if kind, body, next, ok = b.at(next); !ok {
			return b.damaged("cut off")
		}
		var err error
		switch kind {
		case biffFilePass:
			err = problemPassword.New("file", b.src.Name)
		case biff1904:
			b.date04 = len(body) >= 2 && body[0] == 1
		case biffBoundSheet:
			err = b.boundSheet(body)
		case biffFormat:
			b.format(body)
		case biffXF:
			b.cellFormat(body)
		case biffSST:
			err = b.table(body, &next)
		case biffEOF:
			if len(b.sheets) == 0 {
				return b.damaged("no sheet")
			}
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// boundSheet reads the name and place of a sheet; charts and macros are no tables.
func (b *xlsBook) boundSheet(body []byte) error {
	if len(body) < 8 || body[5] != 0 {
		return nil
	}
	if len(b.sheets) >= maxSheets {
		return problemManySheets.New("file", b.src.Name, "limit", maxSheets)
	}
	r := biffText{parts: [][]byte{body[6:]}}
	n := int(r.byte())
	b.sheets = append(b.sheets, xlsSheet{r.chars(n, r.byte()), int(binary.LittleEndian.Uint32(body)), body[4]&3 != 0})
	return nil
}

// format reads a format of numbers of the book's own.
func (b *xlsBook) format(body []byte) {
	if len(body) >= 5 && len(b.own) < maxStyles {
		r := biffText{parts: [][]byte{body[2:]}}
		n := r.uint16()
		b.own[int(binary.LittleEndian.Uint16(body))] = parseFormat(r.chars(n, r.byte()))
	}
}

// cellFormat reads which format of numbers the next style of cells has.
func (b *xlsBook) cellFormat(body []byte) {
	if len(body) < 4 || len(b.formats) >= maxStyles {
		return
	}
	id := int(binary.LittleEndian.Uint16(body[2:]))
	f, known := b.own[id]
	if !known {
		f = builtInFormat(id)
	}
	b.formats = append(b.formats, f)
}

// table reads the strings of all cells, and moves next behind the records that
// continue them.
func (b *xlsBook) table(body []byte, next *int) error {
	if len(body) < 8 {
		return b.damaged("strings")
	}
	count := int(binary.LittleEndian.Uint32(body[4:]))
	r := biffText{parts: [][]byte{body[8:]}}
	for {
		kind, more, behind, ok := b.at(*next)
		if !ok || kind != biffContinue {
			break
		}
		r.parts = append(r.parts, more)
		*next = behind
	}
	for range count {
		if r.empty() {
			return b.damaged("strings")
		}
		if !b.strings.add([]byte(r.rich())) {
			return problemManyTexts.New("file", b.src.Name, "limit", maxTexts)
		}
	}
	if r.short {
		return b.damaged("strings")
	}
	return nil
}

// biffText reads strings over the parts of a continued record.
type biffText struct {
	parts [][]byte
	short bool // it ended before what was asked for
}

func (r *biffText) empty() bool {
	for len(r.parts) > 0 && len(r.parts[0]) == 0 {
		r.parts = r.parts[1:]
	}
	return len(r.parts) == 0
}

func (r *biffText) byte() byte {
	if r.empty() {
		r.short = true
		return 0
	}
	c := r.parts[0][0]
	r.parts[0] = r.parts[0][1:]
	return c
}

func (r *biffText) uint16() int { return int(r.byte()) | int(r.byte())<<8 }
func (r *biffText) uint32() int { return r.uint16() | r.uint16()<<16 }

func (r *biffText) skip(n int) {
	for n > 0 && !r.empty() {
		k := min(n, len(r.parts[0]))
		r.parts[0] = r.parts[0][k:]
		n -= k
	}
	r.short = r.short || n > 0
}

// rich reads a string with its formatting and phonetic runs, which are left
// out. ([MS-XLS] 2.5.293.)
func (r *biffText) rich() string {
	n, flags, runs, extra := r.uint16(), r.byte(), 0, 0
	if flags&8 != 0 {
		runs = r.uint16()
	}
	if flags&4 != 0 {
		extra = r.uint32()
	}
	text := r.chars(n, flags)
	r.skip(4*runs + extra)
	return text
}

// chars reads n characters of one or two bytes. Where a record is continued in
// between, a byte says the width anew.
func (r *biffText) chars(n int, flags byte) string {
	units := make([]uint16, 0, n)
	for len(units) < n {
		if len(r.parts) > 0 && len(r.parts[0]) == 0 {
			if r.empty() {
				break
			}
			flags = r.byte()
		}
		if r.empty() {
			break
		}
		if flags&1 == 0 {
			units = append(units, uint16(r.byte()))
		} else {
			units = append(units, uint16(r.uint16()))
		}
	}
	r.short = r.short || len(units) < n
	return string(utf16.Decode(units))
}
