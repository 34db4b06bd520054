package pdf

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// A jpegScan is what a walk over a JPEG file found.
type jpegScan struct {
	info  ImageInfo
	adobe bool       // an APP14 segment says so: CMYK is then stored inverted
	icc   []iccChunk // the color profile, in pieces
	keep  []byteRange
	size  int64 // of what is kept
}

type iccChunk struct {
	number, of byte
	data       []byte
}

// A byteRange is a part of the file that goes into the copy.
type byteRange struct{ from, to int64 }

// maxICC is the most bytes of a color profile that are looked at.
const maxICC = 4 << 20

var errJPEG = errors.New("no JPEG")

// A jpegWalker reads markers and segments, counting bytes.
type jpegWalker struct {
	r  *bufio.Reader
	at int64
}

func (w *jpegWalker) byte() (byte, error) {
	b, err := w.r.ReadByte()
	if err == nil {
		w.at++
	}
	return b, err
}

// marker reads the next marker; fill bytes before it are allowed.
func (w *jpegWalker) marker() (byte, error) {
	b, err := w.byte()
	if err != nil {
		return 0, err
	}
	if b != 0xFF {
		return 0, damaged("there is no marker where one must be")
	}
	for b == 0xFF {
		if b, err = w.byte(); err != nil {
			return 0, err
		}
	}
	return b, nil
}

// segment reads the body of a segment.
func (w *jpegWalker) segment() ([]byte, error) {
	var n [2]byte
	if _, err := io.ReadFull(w.r, n[:]); err != nil {
		return nil, err
	}
	size := int(binary.BigEndian.Uint16(n[:]))
	if size < 2 {
		return nil, damaged("a segment has no length")
	}
	body := make([]byte, size-2)
	if _, err := io.ReadFull(w.r, body); err != nil {
		return nil, err
	}
	w.at += int64(size)
	return body, nil
}

// entropy skips the coded data of a scan, to before the marker that ends it, and
// tells how much there was.
func (w *jpegWalker) entropy() (n int64, err error) {
	for {
		b, err := w.r.Peek(2)
		if err != nil {
			return n, err
		}
		if b[0] == 0xFF && b[1] != 0 && (b[1] < 0xD0 || b[1] > 0xD7) && b[1] != 0xFF {
			return n, nil
		}
		buffered, _ := w.r.Peek(w.r.Buffered())
		skip := 0
		switch i := bytes.IndexByte(buffered, 0xFF); {
		case i < 0:
			skip = len(buffered)
		case i > 0:
			skip = i
		case b[1] == 0xFF:
			skip = 1
		default:
			skip = 2
		}
		w.r.Discard(skip) // it is in the buffer
		w.at += int64(skip)
		n += int64(skip)
	}
}

// walkJPEG reads a JPEG from its start to its end.
func walkJPEG(r io.Reader) (*jpegScan, error) {
	w := &jpegWalker{r: bufio.NewReaderSize(r, 64<<10)}
	s := &jpegScan{info: ImageInfo{Format: "jpeg", Orientation: 1}}
	if m, err := w.marker(); err != nil || m != 0xD8 {
		return nil, errJPEG
	}
	s.keepFrom(0, w.at)
	scans := 0
	for {
		from := w.at
		m, err := w.marker()
		if err != nil {
			return nil, truncated(err)
		}
		if m == 0xD9 {
			if scans == 0 {
				return nil, damaged("it ends before the picture begins")
			}
			s.keepFrom(from, w.at)
			s.turn()
			return s, nil
		}
		if m == 0x01 || m >= 0xD0 && m <= 0xD7 {
			continue // without a body, and without a meaning here
		}
		body, err := w.segment()
		if err != nil {
			return nil, truncated(err)
		}
		if err := s.segment(m, body, from, w.at); err != nil {
			return nil, err
		}
		if m != 0xDA {
			continue
		}
		from = w.at
		n, err := w.entropy()
		if err != nil {
			return nil, truncated(err)
		}
		if n == 0 {
			return nil, damaged("a scan is empty")
		}
		s.keepFrom(from, w.at)
		scans++
	}
}

// keepFrom adds a range to the copy.
func (s *jpegScan) keepFrom(from, to int64) {
	s.size += to - from
	if n := len(s.keep); n > 0 && s.keep[n-1].to == from {
		s.keep[n-1].to = to
		return
	}
	s.keep = append(s.keep, byteRange{from, to})
}

// segment looks at one segment and decides whether the copy has it.
func (s *jpegScan) segment(marker byte, body []byte, from, to int64) error {
	switch {
	case startsFrame(marker):
		if err := s.frame(marker, body); err != nil {
			return err
		}
	case marker == 0xDA && s.info.Width == 0:
		return damaged("the picture begins before its size is known")
	case marker >= 0xE0 && !s.extra(marker, body):
		return nil
	}
	s.keepFrom(from, to)
	return nil
}

// startsFrame tells a start of frame from the three tables among their markers.
func startsFrame(marker byte) bool {
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
}

// extra looks at what a program put in beside the picture, of which the copy has
// what a viewer needs to show the colors.
func (s *jpegScan) extra(marker byte, body []byte) (keep bool) {
	switch marker {
	case 0xE0:
		return len(body) == 14 && string(body[:5]) == "JFIF\x00" // a longer one has a thumbnail
	case 0xE1:
		if o := exifOrientation(body); o != 0 && s.info.Orientation == 1 {
			s.info.Orientation = o
		}
	case 0xE2:
		if len(body) < 14 || string(body[:12]) != "ICC_PROFILE\x00" {
			return false
		}
		s.icc = append(s.icc, iccChunk{body[12], body[13], body[14:]})
		return true
	case 0xEE:
		if len(body) < 12 || string(body[:5]) != "Adobe" {
			return false
		}
		s.adobe = true
		return true
	}
	return false
}

// frame reads a start of frame.
func (s *jpegScan) frame(marker byte, body []byte) error {
	if marker > 0xC2 {
		return ProblemImageFormat.New("format", "JPEG, a lossless or arithmetic kind")
	}
	if len(body) < 6 || s.info.Width != 0 {
		return damaged("its size is given wrongly")
	}
	n := int(body[5])
	if len(body) != 6+3*n {
		return damaged("its size is given wrongly")
	}
	if body[0] != 8 {
		return ProblemImageFormat.New("format", "JPEG with more than 8 bits")
	}
	if n != 1 && n != 3 && n != 4 {
		return ProblemImageFormat.New("format", "JPEG with other than 1, 3 or 4 colors")
	}
	s.info.Height, s.info.Width = int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
	s.info.Components = n
	if s.info.Width == 0 || s.info.Height == 0 {
		return damaged("it has no width or height")
	}
	return nil
}

// turn swaps width and height where the orientation lies on its side.
func (s *jpegScan) turn() {
	if s.info.Orientation >= 5 {
		s.info.Width, s.info.Height = s.info.Height, s.info.Width
	}
}

// profile gives the color profile if it is whole and fits the components.
func (s *jpegScan) profile() []byte {
	var all []byte
	for i, c := range s.icc {
		if int(c.number) != i+1 || int(c.of) != len(s.icc) || len(all)+len(c.data) > maxICC {
			return nil
		}
		all = append(all, c.data...)
	}
	space := map[int]string{1: "GRAY", 3: "RGB ", 4: "CMYK"}[s.info.Components]
	if len(all) < 128 || string(all[36:40]) != "acsp" || string(all[16:20]) != space ||
		int(binary.BigEndian.Uint32(all)) != len(all) {
		return nil
	}
	return all
}

// exifOrientation finds the orientation in an APP1 segment; 0 when there is none.
func exifOrientation(body []byte) Orientation {
	if len(body) < 14 || string(body[:6]) != "Exif\x00\x00" {
		return 0
	}
	tiff := body[6:]
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 0
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 0
		}
		const orientation, short = 0x0112, 3
		if order.Uint16(entries) == orientation && order.Uint16(entries[2:]) == short {
			if o := Orientation(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 0
		}
		entries = entries[12:]
	}
	return 0
}

func damaged(detail string) error { return ProblemImageDamaged.New("detail", detail) }

// truncated names the end of a file before its time; other errors pass.
func truncated(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return ProblemImageDamaged.Wrap(err, "detail", "the file ends too early")
	}
	return err
}
