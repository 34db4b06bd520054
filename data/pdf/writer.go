package pdf

import (
	"bufio"
	"bytes"
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

// writeDests writes the names of destinations as one sorted node.
func (d *Document) writeDests() (object int) {
	if len(d.dests) == 0 {
		return 0
	}
	names := slices.Sorted(maps.Keys(d.dests))
	var b bytes.Buffer
	b.WriteString("<</Names[")
	for _, name := range names {
		fmt.Fprintf(&b, "%s%s\n", hexString(name), d.place(d.dests[name]))
	}
	b.WriteString("]>>")
	object = d.newObject()
	d.object(object, "%s", b.Bytes())
	return object
}

// place is the array that points to a destination, at the zoom that is set.
func (d *Document) place(at dest) string {
	page := min(max(at.page, 0), len(d.pages)-1)
	return fmt.Sprintf("[%d 0 R/XYZ 0 %s null]", d.pages[page].object, appendLength(nil, A4Height-at.y))
}

// writeOutlines writes the bookmarks as a tree, all open at the top level.
func (d *Document) writeOutlines() (root int) {
	if len(d.bookmarks) == 0 {
		return 0
	}
	type node struct{ parent, prev, next, first, last, count int }
	n := len(d.bookmarks)
	nodes := make([]node, n+1) // 0 is the root; entry i is at i+1
	stack := []int{0}
	for i, b := range d.bookmarks {
		stack = stack[:min(len(stack), b.level+1)]
		parent := stack[len(stack)-1]
		nodes[i+1].parent = parent
		if last := nodes[parent].last; last != 0 {
			nodes[i+1].prev, nodes[last].next = last, i+1
		} else {
			nodes[parent].first = i + 1
		}
		nodes[parent].last = i + 1
		nodes[parent].count++
		stack = append(stack, i+1)
	}
	root = d.newObject()
	for range n {
		d.newObject()
	}
	ref := func(key string, i int) string {
		if i == 0 {
			return ""
		}
		return fmt.Sprintf("/%s %d 0 R", key, root+i)
	}
	d.object(root, "<</Type/Outlines%s%s/Count %d>>", ref("First", nodes[0].first), ref("Last", nodes[0].last), nodes[0].count)
	for i, b := range d.bookmarks {
		e := nodes[i+1]
		count := ""
		if e.count > 0 {
			count = fmt.Sprintf("/Count %d", -e.count) // closed
		}
		d.object(root+i+1, "<</Title%s/Parent %d 0 R%s%s%s%s%s/Dest%s>>", textString(b.title), root+e.parent,
			ref("Prev", e.prev), ref("Next", e.next), ref("First", e.first), ref("Last", e.last), count, d.place(b.at))
	}
	return root
}

// writePages writes the pages and the tree above them, in nodes of pageFan.
func (d *Document) writePages() {
	const pageFan = 50
	var nodes bytes.Buffer
	for from := 0; from < len(d.pages); from += pageFan {
		group := d.pages[from:min(from+pageFan, len(d.pages))]
		node := d.newObject()
		var kids bytes.Buffer
		for _, p := range group {
			p.write(node)
			fmt.Fprintf(&kids, "%d 0 R ", p.object)
		}
		d.object(node, "<</Type/Pages/Parent %d 0 R/Kids[%s]/Count %d>>", d.pagesObj, kids.Bytes(), len(group))
		fmt.Fprintf(&nodes, "%d 0 R ", node)
	}
	d.object(d.pagesObj, "<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 %s %s]>>", nodes.Bytes(), len(d.pages),
		appendLength(nil, A4Width), appendLength(nil, A4Height))
}

// writeTrailer writes the catalog, what describes the document, and the table of
// its objects.
func (d *Document) writeTrailer(names, outlines int) {
	created := d.opts.Created.UTC()
	date := created.Format("D:20060102150405Z")
	info := d.newObject()
	d.object(info, "<</Title%s/Author%s/Creator%s/Producer%s/CreationDate(%s)/ModDate(%s)>>",
		textString(d.opts.Title), textString(d.opts.Author), textString(d.opts.Creator), textString(d.opts.Creator), date, date)
	meta := d.newObject()
	d.writeXMP(meta, created)

	intent := d.outputIntent()
	catalog := d.newObject()
	var b bytes.Buffer
	fmt.Fprintf(&b, "<</Type/Catalog/Version/1.7/Pages %d 0 R/Metadata %d 0 R/OpenAction[%d 0 R/XYZ null null 1]", d.pagesObj, meta, d.pages[0].object)
	b.WriteString("/ViewerPreferences<</DisplayDocTitle true>>")
	if d.opts.Language != "" {
		fmt.Fprintf(&b, "/Lang%s", textString(d.opts.Language))
	}
	if names != 0 {
		fmt.Fprintf(&b, "/Names<</Dests %d 0 R>>", names)
	}
	if outlines != 0 {
		fmt.Fprintf(&b, "/Outlines %d 0 R/PageMode/UseOutlines", outlines)
	}
	b.WriteString(d.layerConfig() + d.pageLabels() + intent + ">>")
	d.object(catalog, "%s", b.Bytes())

	id := hex.EncodeToString(d.sum.Sum(nil)[:16])
	start := d.offset
	d.printf("xref\n0 %d\n0000000000 65535 f \n", len(d.offsets))
	line := make([]byte, 0, 20)
	for i, at := range d.offsets[1:] {
		if at == 0 && d.err == nil {
			d.err = fmt.Errorf("pdf: object %d was never written", i+1)
		}
		line = fmt.Appendf(line[:0], "%010d 00000 n \n", at)
		d.write(line)
	}
	d.printf("trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(d.offsets), catalog, info, id, id, start)
}

func (d *Document) writeXMP(object int, created time.Time) {
	date := created.Format("2006-01-02T15:04:05Z")
	archive := ""
	if d.opts.PDFA {
		archive = `<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">` +
			`<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>`
	}
	xmp := fmt.Sprintf(`<?xpacket begin="`+"\uFEFF"+`" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate>
<xmp:CreatorTool>%s</xmp:CreatorTool><pdf:Producer>%s</pdf:Producer>
</rdf:Description>%s</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`, xmlText(d.opts.Title), xmlText(d.opts.Author), date, date, xmlText(d.opts.Creator), xmlText(d.opts.Creator), archive)
	d.begin(object)
	d.printf("<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream\nendobj\n", len(xmp), xmp)
}

// xmlText escapes a text for XML and drops what XML cannot hold.
func xmlText(s string) string {
	var b bytes.Buffer
	for _, r := range s {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
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
