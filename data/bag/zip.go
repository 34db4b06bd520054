package bag

//lint:file-ignore SA1019 zip.Writer.CreateRaw writes these older fields of a header, and no others.

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/klauspost/compress/flate"
)

const (
	zipFlagUTF8    = 0x800
	zipUnix        = 3 << 8
	zipVersion     = 20
	zipVersion64   = 45
	zip64ExtraID   = 1
	patchOffset    = 14 // of CRC-32, compressed and full size in a local header
	localHeaderLen = 30
)

// zip64From is the size in bytes from which a file gets ZIP64 headers; deflating
// may add a little to a smaller one.
var zip64From int64 = math.MaxUint32 - 16<<20

// zipSink writes the bag's files into a ZIP. Each local header is patched when
// its entry is complete, so the file must allow WriteAt.
type zipSink struct {
	f     tempFile
	count *countWriter
	zw    *zip.Writer
	top   string
	date  uint16
	clock uint16
	comp  *flate.Writer
	empty bool
}

func newZipSink(f tempFile, b Bag) *zipSink {
	c := &countWriter{w: f}
	s := &zipSink{f: f, count: c, zw: zip.NewWriter(c), top: b.Name + "/", empty: len(b.Payload) == 0}
	s.date, s.clock = dosTime(b.Time.UTC())
	return s
}

// dosTime is a time in MS-DOS form, to two seconds, from 1980 to 2107.
func dosTime(t time.Time) (date, clock uint16) {
	if t.Year() < 1980 || t.Year() > 2107 {
		return 1<<5 | 1, 0
	}
	return uint16(t.Day() | int(t.Month())<<5 | (t.Year()-1980)<<9),
		uint16(t.Second()/2 | t.Minute()<<5 | t.Hour()<<11)
}

func (s *zipSink) add(ctx context.Context, name string, f File, progress *meter) (string, error) {
	big := f.Size >= zip64From
	if big {
		f.Text = false // a stored size is known; a deflated one might or might not need ZIP64
	}
	h := &zip.FileHeader{
		Name: s.top + name, Flags: zipFlagUTF8, CreatorVersion: zipUnix | zipVersion, ReaderVersion: zipVersion,
		ModifiedDate: s.date, ModifiedTime: s.clock, ExternalAttrs: 0o100644 << 16, Method: zip.Store,
	}
	if f.Text {
		h.Method = zip.Deflate
	}
	if big {
		h.ReaderVersion, h.CreatorVersion = zipVersion64, zipUnix|zipVersion64
		h.Extra = zip64Extra(f.Size)
		h.CompressedSize64, h.UncompressedSize64 = uint64(f.Size), uint64(f.Size)
	}
	if err := s.zw.Flush(); err != nil {
		return "", err
	}
	start := s.count.n
	w, err := s.zw.CreateRaw(h)
	if err != nil {
		return "", fmt.Errorf("entry %s: %w", name, err)
	}
	h.Extra = nil // see patch
	c, err := s.content(ctx, w, f, progress)
	if err != nil {
		return "", err
	}
	if err := s.zw.Flush(); err != nil {
		return "", err
	}
	if big {
		return c.sum, s.patchBig(h, start, c)
	}
	return c.sum, s.patch(h, start, c, s.count.n-start-localHeaderLen-int64(len(h.Name)))
}

// content copies the file, deflated or as it is.
func (s *zipSink) content(ctx context.Context, w io.Writer, f File, progress *meter) (copied, error) {
	if !f.Text {
		return copyFile(ctx, w, f, progress)
	}
	if s.comp == nil {
		comp, err := flate.NewWriter(w, flate.DefaultCompression)
		if err != nil {
			return copied{}, err
		}
		s.comp = comp
	} else {
		s.comp.Reset(w)
	}
	c, err := copyFile(ctx, s.comp, f, progress)
	if err != nil {
		return c, err
	}
	return c, s.comp.Close()
}

// patch fills in what was not known when the entry's header was written.
func (s *zipSink) patch(h *zip.FileHeader, start int64, c copied, written int64) error {
	h.CRC32 = c.crc
	h.CompressedSize64, h.UncompressedSize64 = uint64(written), uint64(c.n)
	h.CompressedSize, h.UncompressedSize = uint32(written), uint32(c.n)
	return s.patchHeader(h, start)
}

// patchBig does so for an entry with ZIP64 sizes. archive/zip would repeat the
// offset in the directory's ZIP64 field also where it is small, which 7-Zip
// warns of; there the field is made here, and holds the sizes alone.
func (s *zipSink) patchBig(h *zip.FileHeader, start int64, c copied) error {
	h.CRC32 = c.crc
	h.CompressedSize, h.UncompressedSize = math.MaxUint32, math.MaxUint32
	if start < math.MaxUint32 {
		h.Extra = zip64Extra(c.n)
		h.CompressedSize64, h.UncompressedSize64 = 0, 0
	}
	return s.patchHeader(h, start)
}

func (s *zipSink) patchHeader(h *zip.FileHeader, start int64) error {
	var b [12]byte
	binary.LittleEndian.PutUint32(b[0:], h.CRC32)
	binary.LittleEndian.PutUint32(b[4:], h.CompressedSize)
	binary.LittleEndian.PutUint32(b[8:], h.UncompressedSize)
	_, err := s.f.WriteAt(b[:], start+patchOffset)
	return err
}

// zip64Extra holds the sizes of a stored file for its local header.
func zip64Extra(size int64) []byte {
	var b bytes.Buffer
	for _, v := range []any{uint16(zip64ExtraID), uint16(16), uint64(size), uint64(size)} {
		_ = binary.Write(&b, binary.LittleEndian, v) // into memory: cannot fail
	}
	return b.Bytes()
}

// finish writes the central directory. A bag without payload still needs its
// data folder. (RFC 8493 section 2.1.2.)
func (s *zipSink) finish() error {
	if s.empty {
		h := &zip.FileHeader{
			Name: s.top + "data/", Flags: zipFlagUTF8, CreatorVersion: zipUnix | zipVersion, ReaderVersion: zipVersion,
			ModifiedDate: s.date, ModifiedTime: s.clock, ExternalAttrs: 0o40755<<16 | 0x10,
		}
		if _, err := s.zw.CreateRaw(h); err != nil {
			return err
		}
	}
	return s.zw.Close()
}

// countWriter knows how far a file has been written.
type countWriter struct {
	w io.Writer
	n int64
}

func (c *countWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
