package bag

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
	"sort"

	"casebinder/data"
)

// Programs read a ZIP in two ways: by its directory at the end, or from the
// front, header by header. A ZIP can be made that shows each of them other
// files. So every entry's own header is held against the directory, and every
// byte must belong to something.

const (
	directoryEntryLen = 46
	endRecordLen      = 22
	locator64Len      = 20
	endRecord64Len    = 56
	maxComment        = math.MaxUint16
	flagDescriptor    = 8
	maxDescriptor     = 24 // bytes behind the content of a streamed entry
)

var (
	localSignature     = []byte("PK\x03\x04")
	directorySignature = []byte("PK\x01\x02")
	endSignature       = []byte("PK\x05\x06")
	locator64Signature = []byte("PK\x06\x07")
	end64Signature     = []byte("PK\x06\x06")
)

// A layout says where the parts of a ZIP lie, in bytes from its start.
type layout struct {
	directory int64   // start of the directory
	records   int64   // start of the end records, and end of the directory
	end       int64   // end of the last record with its comment
	locals    []int64 // of the entries' own headers, in the directory's order
}

// A layoutError says in what a ZIP's parts do not fit together.
type layoutError struct{ why data.Phrase }

func (e layoutError) Error() string { return e.why.English }

var errLayout = layoutError{sayEnds}

// readLayout finds the parts of a ZIP with so many entries.
func readLayout(ra io.ReaderAt, size int64, entries int) (layout, error) {
	tail := make([]byte, min(size, endRecordLen+maxComment))
	at := size - int64(len(tail))
	if _, err := ra.ReadAt(tail, at); err != nil && !errors.Is(err, io.EOF) {
		return layout{}, err
	}
	i := lastEndRecord(tail)
	if i < 0 {
		return layout{}, errLayout
	}
	record := tail[i:]
	l := layout{records: at + int64(i)}
	l.end = l.records + endRecordLen + int64(binary.LittleEndian.Uint16(record[20:]))
	length, offset := int64(binary.LittleEndian.Uint32(record[12:])), int64(binary.LittleEndian.Uint32(record[16:]))
	if binary.LittleEndian.Uint16(record[10:]) == math.MaxUint16 || length == math.MaxUint32 || offset == math.MaxUint32 {
		var err error
		if l.records, length, offset, err = readEnd64(ra, l.records); err != nil {
			return layout{}, err
		}
	}
	l.directory = l.records - length
	if length < 0 || offset < 0 || l.directory != offset {
		return layout{}, layoutError{sayBefore}
	}
	var err error
	l.locals, err = readLocals(io.NewSectionReader(ra, l.directory, length), entries)
	return l, err
}

// lastEndRecord finds the record that archive/zip takes too: the last one whose
// comment has room.
func lastEndRecord(tail []byte) int {
	for i := len(tail) - endRecordLen; i >= 0; i-- {
		if bytes.HasPrefix(tail[i:], endSignature) && i+endRecordLen+int(binary.LittleEndian.Uint16(tail[i+20:])) <= len(tail) {
			return i
		}
	}
	return -1
}

// readEnd64 reads the ZIP64 records before the end record.
func readEnd64(ra io.ReaderAt, end int64) (records, length, offset int64, err error) {
	var locator [locator64Len]byte
	if _, err := ra.ReadAt(locator[:], end-locator64Len); err != nil || !bytes.HasPrefix(locator[:], locator64Signature) {
		return 0, 0, 0, errLayout
	}
	records = int64(binary.LittleEndian.Uint64(locator[8:]))
	var record [endRecord64Len]byte
	if records < 0 || records > end {
		return 0, 0, 0, errLayout
	}
	if _, err := ra.ReadAt(record[:], records); err != nil || !bytes.HasPrefix(record[:], end64Signature) {
		return 0, 0, 0, errLayout
	}
	if records+12+int64(binary.LittleEndian.Uint64(record[4:])) != end-locator64Len {
		return 0, 0, 0, errLayout
	}
	return records, int64(binary.LittleEndian.Uint64(record[40:])), int64(binary.LittleEndian.Uint64(record[48:])), nil
}

// readLocals reads from the directory where the entries' own headers lie.
func readLocals(directory io.Reader, entries int) ([]int64, error) {
	r := bufio.NewReaderSize(directory, 64<<10)
	locals := make([]int64, 0, entries)
	var h [directoryEntryLen]byte
	var rest []byte
	for range entries {
		if _, err := io.ReadFull(r, h[:]); err != nil || !bytes.HasPrefix(h[:], directorySignature) {
			return nil, errLayout
		}
		name, extra, comment := int(binary.LittleEndian.Uint16(h[28:])), int(binary.LittleEndian.Uint16(h[30:])), int(binary.LittleEndian.Uint16(h[32:]))
		if cap(rest) < name+extra+comment {
			rest = make([]byte, name+extra+comment)
		}
		rest = rest[:name+extra+comment]
		if _, err := io.ReadFull(r, rest); err != nil {
			return nil, errLayout
		}
		offset := int64(binary.LittleEndian.Uint32(h[42:]))
		if offset == math.MaxUint32 {
			offset = offset64(h[:], rest[name:name+extra])
		}
		locals = append(locals, offset)
	}
	if _, err := r.ReadByte(); !errors.Is(err, io.EOF) {
		return nil, layoutError{sayDirMore}
	}
	return locals, nil
}

// offset64 takes the place of a header out of a directory entry's ZIP64 field;
// -1 where there is none.
func offset64(h, extra []byte) int64 {
	field := extraField(extra, zip64ExtraID)
	for _, at := range []int{24, 20} { // the full size and the compressed one come first where they are there
		if binary.LittleEndian.Uint32(h[at:]) == math.MaxUint32 {
			if len(field) < 8 {
				return -1
			}
			field = field[8:]
		}
	}
	if len(field) < 8 {
		return -1
	}
	return int64(binary.LittleEndian.Uint64(field))
}

// extraField finds a field by its number; nil where it is not there.
func extraField(extra []byte, id uint16) []byte {
	for len(extra) >= 4 {
		n := int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra)-4 {
			return nil
		}
		if binary.LittleEndian.Uint16(extra) == id {
			return extra[4 : 4+n]
		}
		extra = extra[4+n:]
	}
	return nil
}

// A stretch is where an entry lies, with its header.
type stretch struct {
	from, to   int64
	name       string
	descriptor bool
	extra      int // bytes of the header's own extra fields that are not known
}

// checkLayout refuses a ZIP that shows different files to different programs,
// and names bytes that belong to no file.
func checkLayout(ra io.ReaderAt, size int64, zr *zip.Reader, r *Report) {
	l, err := readLayout(ra, size, len(zr.File))
	if err != nil {
		r.fail("", KindUnsafe, sayTwoFaces, "reason", err)
		return
	}
	stretches := make([]stretch, 0, len(zr.File))
	for i, f := range zr.File {
		s, why := readStretch(ra, l, l.locals[i], f)
		if why.Key != "" {
			r.fail(printable(f.Name), KindUnsafe, sayOtherFile, "reason", why.English)
			return
		}
		if n := unknownExtra(f.Extra) + s.extra; n > 0 {
			r.warn(printable(f.Name), KindComment, sayExtra, "n", n)
		}
		stretches = append(stretches, s)
	}
	sort.Slice(stretches, func(i, j int) bool { return stretches[i].from < stretches[j].from })
	checkGaps(stretches, l, size, r)
	checkBehind(ra, l, size, r)
}

// readStretch reads an entry's own header and holds it against the directory.
func readStretch(ra io.ReaderAt, l layout, at int64, f *zip.File) (stretch, data.Phrase) {
	head := make([]byte, localHeaderLen+len(f.Name))
	if at < 0 || at > l.directory-localHeaderLen {
		return stretch{}, sayHeaderPlace
	}
	n, err := ra.ReadAt(head, at)
	if (err != nil && !errors.Is(err, io.EOF)) || n < len(head) || !bytes.HasPrefix(head, localSignature) {
		return stretch{}, sayHeaderNone
	}
	flags := binary.LittleEndian.Uint16(head[6:])
	nameLen, extraLen := int64(binary.LittleEndian.Uint16(head[26:])), int64(binary.LittleEndian.Uint16(head[28:]))
	if why := headerDiffers(head, f); why.Key != "" {
		return stretch{}, why
	}
	extra := make([]byte, extraLen)
	if _, err := ra.ReadAt(extra, at+localHeaderLen+nameLen); err != nil && !errors.Is(err, io.EOF) {
		return stretch{}, sayHeaderNone
	}
	content := at + localHeaderLen + nameLen + extraLen
	return stretch{at, content + int64(f.CompressedSize64), f.Name, flags&flagDescriptor != 0, unknownExtra(extra)}, data.Phrase{}
}

// headerDiffers tells what an entry's own header says otherwise than the directory;
// no words when they agree.
func headerDiffers(head []byte, f *zip.File) data.Phrase {
	flags := binary.LittleEndian.Uint16(head[6:])
	switch {
	case int(binary.LittleEndian.Uint16(head[26:])) != len(f.Name) || string(head[localHeaderLen:]) != f.Name:
		return sayHeaderName
	case binary.LittleEndian.Uint16(head[8:]) != f.Method:
		return sayHeaderMethod
	case flags&1 != f.Flags&1:
		return sayHeaderCipher
	case flags&flagDescriptor == 0 && binary.LittleEndian.Uint32(head[14:]) != f.CRC32:
		return sayHeaderSum
	case flags&flagDescriptor == 0 && (differs(head[18:], f.CompressedSize64) || differs(head[22:], f.UncompressedSize64)):
		return sayHeaderSize
	}
	return data.Phrase{}
}

// extraKinds are the fields that programs write by themselves: sizes, times,
// owners, a name in UTF-8, a mark of Java's. (APPNOTE 4.5 and 4.6.)
var extraKinds = []uint16{zip64ExtraID, unicodePathID, 0x000a, 0x000d, 0x5455, 0x5855, 0x7855, 0x7875, 0xcafe}

// unknownExtra counts the bytes of extra fields of other kinds.
func unknownExtra(extra []byte) int {
	unknown := 0
	for len(extra) >= 4 {
		n := 4 + int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra) {
			break
		}
		if !slices.Contains(extraKinds, binary.LittleEndian.Uint16(extra)) {
			unknown += n
		}
		extra = extra[n:]
	}
	return unknown + len(extra)
}

// differs compares a size of a header, which may point to its ZIP64 field.
func differs(field []byte, size uint64) bool {
	n := binary.LittleEndian.Uint32(field)
	return n != math.MaxUint32 && uint64(n) != size
}

// checkGaps refuses entries that share bytes, and counts those of none.
func checkGaps(stretches []stretch, l layout, size int64, r *Report) {
	var at, stray int64
	for i, s := range stretches {
		room := int64(0)
		if i > 0 && stretches[i-1].descriptor {
			room = maxDescriptor
		}
		switch {
		case s.from < at:
			r.fail(printable(s.name), KindBomb, sayShares, "path", printable(stretches[i-1].name))
			return
		case s.to > l.directory || s.to > size:
			r.fail(printable(s.name), KindTruncated, sayIntoIndex)
			return
		}
		stray += max(s.from-at-room, 0)
		at = s.to
	}
	room := int64(0)
	if len(stretches) > 0 && stretches[len(stretches)-1].descriptor {
		room = maxDescriptor
	}
	if stray += max(l.directory-at-room, 0); stray > 0 {
		r.warn("", KindOutside, sayStray, "n", stray)
	}
}

// secondEnd reports whether what lies behind the directory holds a second end
// record, at which another program might begin.
func secondEnd(ra io.ReaderAt, l layout, size int64) bool {
	const chunk = 64 << 10
	buf := make([]byte, chunk)
	found := 0
	for at := l.records; at < size; at += chunk - 3 {
		n, err := ra.ReadAt(buf[:min(chunk, size-at)], at)
		if found += bytes.Count(buf[:n], endSignature); found > 1 {
			return true
		}
		if err != nil {
			break
		}
	}
	return false
}

// checkBehind says what stands behind the end of a ZIP.
func checkBehind(ra io.ReaderAt, l layout, size int64, r *Report) {
	if secondEnd(ra, l, size) {
		r.fail("", KindUnsafe, sayTwoFaces, "reason", sayTwoEnds.English)
		return
	}
	if l.end < size {
		r.fail("", KindOutside, sayBehind, "n", size-l.end)
	}
}
