package pdf

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"
	"unicode/utf16"

	"github.com/klauspost/compress/zlib"
)

// Options are what a document is made with.
type Options struct {
	Title    string
	Author   string
	Creator  string    // the program
	Language string    // BCP 47 of most of the text
	Created  time.Time // printed as the time of creation and of change, in UTC
	Fonts    *Fonts

	Width, Height Length // of every page; 0 means A4 upright

	// Gray draws text, lines and areas in gray, Black in black or white with nothing
	// between. Pictures and annexes stay as they are: the caller hands in pictures
	// that were converted, and pictures of the pages of an annex.
	Gray, Black bool

	// FirstPage is the number that viewers show for the first page, for a document
	// that goes on where another ended; 0 means 1.
	FirstPage int

	// PDFA writes the document as PDF/A-2b (ISO 19005-2): it says so, and what its
	// colors mean. What would break the promise is refused: see [ProblemImageColor]
	// and [Annex.Archivable].
	//
	// That promise was checked rule by rule against what qpdf reads back, but not by
	// a validator of PDF/A, of which none was at hand.
	PDFA bool

	// Stamp, when set, is called by Close once for each page in order, when the
	// number of pages is known: for "page 3 of 40". What it draws lies above the
	// page's content.
	Stamp func(page *Page, total int)
}

// A Document is a PDF that is being written. It is used from one goroutine. An
// error of the writer underneath sticks: later calls do nothing and Close
// returns it.
type Document struct {
	opts    Options
	width   Length
	height  Length
	out     *bufio.Writer
	sum     hash.Hash // of everything but the bytes of images, which are in it by their CRC
	offset  int64
	offsets []int64 // by object number; 0 means not written
	err     error
	closed  bool

	deflate  *zlib.Writer
	squeezed bytes.Buffer // result of the last deflate
	scratch  []byte

	copyBuffer []byte

	pages     []*Page
	open      *Page
	pagesObj  int
	fonts     *fontTable
	dests     map[string]dest
	wanted    map[string]bool // names that links point to
	bookmarks []bookmark
	layers    []layer
	profiles  map[[32]byte]int // ICC profiles already written
}

// A dest is a place in the document.
type dest struct {
	page int // from 0
	y    Length
}

type bookmark struct {
	level int
	title string
	at    dest
}

// New begins a document. Nothing of w is read, and w is not closed.
func New(w io.Writer, o Options) *Document {
	d := &Document{
		opts:     o,
		out:      bufio.NewWriterSize(w, 256<<10),
		sum:      sha256.New(),
		offsets:  make([]int64, 1, 256),
		dests:    map[string]dest{},
		wanted:   map[string]bool{},
		profiles: map[[32]byte]int{},
	}
	d.width, d.height = cmp.Or(o.Width, A4Width), cmp.Or(o.Height, A4Height)
	d.fonts = newFontTable(o.Fonts)
	d.deflate, _ = zlib.NewWriterLevel(&d.squeezed, deflateLevel)
	d.write([]byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"))
	d.pagesObj = d.newObject()
	return d
}

// deflateLevel is fixed, with the compressor, so that the bytes are.
const deflateLevel = 6

// AddPage finishes the page before and begins the next.
func (d *Document) AddPage() *Page {
	d.flushPage()
	p := &Page{doc: d, index: len(d.pages), object: d.newObject()}
	d.pages = append(d.pages, p)
	d.open = p
	return p
}

// Pages gives the number of pages begun so far.
func (d *Document) Pages() int { return len(d.pages) }

// Bookmark adds an entry to the outline, in the order of calls. Level 0 is the
// top; an entry of level n belongs to the last one of level n-1. It points to a
// height on a page that was begun, counted from 0.
func (d *Document) Bookmark(level int, title string, page int, y Length) {
	d.bookmarks = append(d.bookmarks, bookmark{max(level, 0), title, dest{page, y}})
}

// Close stamps the pages, writes what the document needs beside them, and
// returns the first error of the whole document. A link to a name that no
// destination has is an error.
func (d *Document) Close() error {
	if d.closed {
		return errors.New("pdf: closed twice")
	}
	d.closed = true
	if len(d.pages) == 0 {
		return errors.New("pdf: a document needs a page")
	}
	d.flushPage()
	d.stampPages()
	d.checkLinks()
	d.fonts.write(d)
	names := d.writeDests()
	outlines := d.writeOutlines()
	d.writePages()
	d.writeTrailer(names, outlines)
	if d.err == nil {
		d.err = d.out.Flush()
	}
	return d.err
}

// checkLinks makes sure that each link leads somewhere.
func (d *Document) checkLinks() {
	for _, name := range slices.Sorted(maps.Keys(d.wanted)) {
		if _, ok := d.dests[name]; !ok && d.err == nil {
			d.err = fmt.Errorf("pdf: a link points to %q, which is nowhere", name)
		}
	}
}

func (d *Document) stampPages() {
	if d.opts.Stamp == nil {
		return
	}
	for _, p := range d.pages {
		d.open = p
		d.opts.Stamp(p, len(d.pages))
		d.flushPage()
	}
}

// flushPage writes the content of the open page.
func (d *Document) flushPage() {
	p := d.open
	d.open = nil
	if p == nil || len(p.content) == 0 {
		return
	}
	p.contents = append(p.contents, d.stream("", p.content))
	d.scratch = p.content[:0] // the buffer serves the next page
	p.content = nil
}

// newObject reserves an object number.
func (d *Document) newObject() int {
	d.offsets = append(d.offsets, 0)
	return len(d.offsets) - 1
}

// write puts bytes out.
func (d *Document) write(b []byte) {
	if d.err != nil {
		return
	}
	d.sum.Write(b)
	d.offset += int64(len(b))
	_, d.err = d.out.Write(b)
}

func (d *Document) printf(format string, args ...any) {
	d.write(fmt.Appendf(nil, format, args...))
}

// begin starts an object.
func (d *Document) begin(object int) {
	d.offsets[object] = d.offset
	d.printf("%d 0 obj\n", object)
}

// object writes a whole object that is not a stream.
func (d *Document) object(object int, format string, args ...any) {
	d.begin(object)
	d.printf(format, args...)
	d.write([]byte("\nendobj\n"))
}

// stream deflates data into a stream object; dict holds its further entries.
func (d *Document) stream(dict string, data []byte) int {
	object := d.newObject()
	d.streamAs(object, dict, data)
	return object
}

func (d *Document) streamAs(object int, dict string, data []byte) {
	d.squeezed.Reset()
	d.deflate.Reset(&d.squeezed)
	if _, err := d.deflate.Write(data); err != nil && d.err == nil {
		d.err = err
	}
	if err := d.deflate.Close(); err != nil && d.err == nil {
		d.err = err
	}
	d.begin(object)
	d.printf("<</Length %d/Filter/FlateDecode%s>>\nstream\n", d.squeezed.Len(), dict)
	d.write(d.squeezed.Bytes())
	d.write([]byte("\nendstream\nendobj\n"))
}

// A bodyWriter copies the bytes of an image: into the file, and by their CRC
// into the document's ID.
type bodyWriter struct {
	d   *Document
	crc uint32
	n   int64
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (b *bodyWriter) Write(p []byte) (int, error) {
	if b.d.err != nil {
		return 0, b.d.err
	}
	b.crc = crc32.Update(b.crc, castagnoli, p)
	b.n += int64(len(p))
	b.d.offset += int64(len(p))
	_, b.d.err = b.d.out.Write(p)
	return len(p), b.d.err
}

// end puts the CRC into the document's ID.
func (b *bodyWriter) end() {
	binary.Write(b.d.sum, binary.BigEndian, b.crc) // a hash never fails
}

// textString is a text as PDF keeps it outside of pages: UTF-16 in hex.
func textString(s string) string {
	if isPlainASCII(s) {
		return "(" + s + ")"
	}
	b := []byte("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		b = appendHex16(b, u)
	}
	return string(append(b, '>'))
}

func isPlainASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '(' || c == ')' || c == '\\' {
			return false
		}
	}
	return true
}

func hexString(s string) string { return "<" + hex.EncodeToString([]byte(s)) + ">" }

func appendHex16(b []byte, v uint16) []byte {
	const digits = "0123456789ABCDEF"
	return append(b, digits[v>>12], digits[v>>8&15], digits[v>>4&15], digits[v&15])
}

func appendInt(b []byte, v int) []byte { return strconv.AppendInt(b, int64(v), 10) }
