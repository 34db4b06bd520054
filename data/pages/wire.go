package pages

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"casebinder/data"
)

// Limits of what is asked and answered.
const (
	MaxPages  = 5000       // of a file
	MaxWidth  = 5000       // of a picture, in pixels
	MaxPixels = 36_000_000 // of a picture: an A4 page of the greatest width
	MaxText   = 16 << 20   // of a page, in bytes
	MaxLinks  = 5000       // of a page

	maxHeight = 20_000  // of a picture
	maxFile   = 1 << 30 // bytes
	maxPath   = 128 << 10
	maxReport = 4 << 10
	maxPoints = 1e6 // width or height of a page
)

// hello is what a child says when it is ready. It changes with the protocol, so
// that a child of another build is not taken for one's own.
const hello = "casebinder pages 1\n"

// An op is what is asked of a child.
type op byte

const (
	opOpen    op = 'O' // doc, path: sizes of all pages
	opClose   op = 'C' // doc: nothing
	opPicture op = 'P' // doc, page, width, height: pixels
	opText    op = 'T' // doc, page: text
	opLinks   op = 'L' // doc, page: links
)

// A request goes to the child: op, four numbers of 32 bits, the length of the
// path, the path. All numbers on the wire are big endian.
type request struct {
	op            op
	doc           uint32 // chosen by the parent
	page          uint32 // from 0
	width, height uint32 // of a picture
	path          string // of a file to open
}

const requestHead = 1 + 5*4

var errWire = errors.New("the words between the program and its reader of PDF pages are garbled")

func (q request) writeTo(w io.Writer) error {
	b := []byte{byte(q.op)}
	for _, v := range [5]uint32{q.doc, q.page, q.width, q.height, uint32(len(q.path))} {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	_, err := w.Write(append(b, q.path...))
	return err
}

// readRequest reads a request. io.EOF says that the parent is done.
func readRequest(r io.Reader) (q request, err error) {
	var head [requestHead]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return q, err
	}
	n := func(i int) uint32 { return binary.BigEndian.Uint32(head[1+4*i:]) }
	q = request{op: op(head[0]), doc: n(0), page: n(1), width: n(2), height: n(3)}
	if n(4) > maxPath {
		return q, errWire
	}
	path := make([]byte, n(4))
	if _, err := io.ReadFull(r, path); err != nil {
		return q, errWire
	}
	q.path = string(path)
	switch q.op {
	case opOpen, opClose, opText, opLinks:
	case opPicture:
		if q.width == 0 || q.height == 0 || q.width > MaxWidth || q.height > maxHeight || q.width*q.height > MaxPixels {
			return q, errWire
		}
	default:
		return q, errWire
	}
	if q.page >= MaxPages {
		return q, errWire
	}
	return q, nil
}

// What a reply is. It is one byte of status, the length of what follows in 32
// bits, and that.
const (
	replyGood    byte = 'K'
	replyProblem byte = 'X' // JSON of a report
	replySpent   byte = 0x80
)

// replySpent is set beside a status when the child should be replaced before
// anything else is asked of it: it holds much memory, or PDFium broke off.

// A report is a problem on its way to the parent.
type report struct {
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
}

// writeReply answers with what is in body.
func writeReply(w io.Writer, status byte, body []byte) error {
	head := binary.BigEndian.AppendUint32([]byte{status}, uint32(len(body)))
	if _, err := w.Write(head); err != nil {
		return err
	}
	if len(body) == 0 {
		return nil // an io.Pipe waits for a reader even of nothing
	}
	_, err := w.Write(body)
	return err
}

// reportOf gives the body of a reply that is a problem.
func reportOf(err error) []byte {
	r := report{Code: err.Error()}
	if p, ok := data.AsProblem(err); ok {
		r = report{p.Kind.Code, p.Args}
	}
	r.Code = r.Code[:min(len(r.Code), 1000)]
	b, err := json.Marshal(r)
	if err != nil || len(b) > maxReport {
		return []byte(`{"code":"a problem that cannot be told"}`)
	}
	return b
}

// errOf is the error that a report tells of.
func errOf(b []byte) error {
	var r report
	if err := json.Unmarshal(b, &r); err != nil {
		return errWire
	}
	for _, kind := range []*data.ProblemKind{ProblemPassword, ProblemDamaged, ProblemLimit} {
		if kind.Code == r.Code {
			return &data.Problem{Kind: kind, Args: r.Args}
		}
	}
	return fmt.Errorf("reading pages of a PDF: %s", r.Code)
}

// readReply reads a reply whose body has at most limit bytes, and exactly
// len(into) when into is not nil. Whatever a child says, no more is read than
// that. A told error is in told; err is for a child that cannot be understood.
func readReply(r io.Reader, limit int, into []byte) (body []byte, spent bool, told, err error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, false, nil, err
	}
	n := binary.BigEndian.Uint32(head[1:])
	status := head[0] &^ replySpent
	spent = head[0]&replySpent != 0
	if status == replyProblem {
		limit, into = maxReport, nil
	}
	switch {
	case status != replyGood && status != replyProblem:
		return nil, spent, nil, errWire
	case into != nil && int64(n) != int64(len(into)), into == nil && int64(n) > int64(limit):
		return nil, spent, nil, errWire
	}
	if into == nil {
		into = make([]byte, n)
	}
	if _, err := io.ReadFull(r, into); err != nil {
		return nil, spent, nil, err
	}
	if status == replyProblem {
		return nil, spent, errOf(into), nil
	}
	return into, spent, nil, nil
}

// A size is that of a page in points, upright.
type size struct{ w, h float64 }

func appendSizes(b []byte, sizes []size) []byte {
	for _, s := range sizes {
		b = appendFloat(appendFloat(b, s.w), s.h)
	}
	return b
}

func parseSizes(b []byte) ([]size, error) {
	if len(b) == 0 || len(b)%8 != 0 || len(b) > 8*MaxPages {
		return nil, errWire
	}
	sizes := make([]size, len(b)/8)
	for i := range sizes {
		s := size{floatAt(b, 2*i), floatAt(b, 2*i+1)}
		if !soundSize(s) {
			return nil, errWire
		}
		sizes[i] = s
	}
	return sizes, nil
}

// soundSize tells whether a page has a size that a picture can be made of.
func soundSize(s size) bool {
	return s.w > 0 && s.h > 0 && s.w <= maxPoints && s.h <= maxPoints
}

func appendLinks(b []byte, links []Link) []byte {
	for _, l := range links {
		for _, v := range [4]float64{l.Rect.Left, l.Rect.Top, l.Rect.Right, l.Rect.Bottom} {
			b = appendFloat(b, v)
		}
		b = binary.BigEndian.AppendUint32(b, uint32(l.Page))
	}
	return b
}

const linkBytes = 5 * 4

// parseLinks reads links of a file with so many pages.
func parseLinks(b []byte, pages int) ([]Link, error) {
	if len(b)%linkBytes != 0 || len(b) > MaxLinks*linkBytes {
		return nil, errWire
	}
	links := make([]Link, len(b)/linkBytes)
	for i := range links {
		r := Rect{floatAt(b, 5*i), floatAt(b, 5*i+1), floatAt(b, 5*i+2), floatAt(b, 5*i+3)}
		page := binary.BigEndian.Uint32(b[linkBytes*i+16:])
		if !(0 <= r.Left && r.Left <= r.Right && r.Right <= 1 && 0 <= r.Top && r.Top <= r.Bottom && r.Bottom <= 1) {
			return nil, errWire
		}
		if page < 1 || int64(page) > int64(pages) {
			return nil, errWire
		}
		links[i] = Link{r, int(page)}
	}
	return links, nil
}

func appendFloat(b []byte, v float64) []byte {
	return binary.BigEndian.AppendUint32(b, math.Float32bits(float32(v)))
}

func floatAt(b []byte, i int) float64 {
	return float64(math.Float32frombits(binary.BigEndian.Uint32(b[4*i:])))
}
