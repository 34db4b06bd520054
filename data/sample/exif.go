package sample

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"image/png"
	"time"
)

// jpegOf encodes a photo; with a time, its EXIF says when and in which zone it
// was taken.
func jpegOf(picture image.Image, taken time.Time) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: 86}); err != nil {
		return nil, err
	}
	if taken.IsZero() {
		return out.Bytes(), nil
	}
	app1 := exifSegment(taken)
	whole := make([]byte, 0, out.Len()+len(app1))
	whole = append(whole, out.Bytes()[:2]...) // SOI
	whole = append(whole, app1...)
	return append(whole, out.Bytes()[2:]...), nil
}

func pngOf(picture image.Image) ([]byte, error) {
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Tags of EXIF 2.32.
const (
	tagMake           = 0x010F
	tagModel          = 0x0110
	tagOrientation    = 0x0112
	tagDateTime       = 0x0132
	tagExifIFD        = 0x8769
	tagExifVersion    = 0x9000
	tagDateOriginal   = 0x9003
	tagOffsetOriginal = 0x9011
)

type exifEntry struct {
	tag, kind uint16
	count     uint32
	value     []byte
}

// exifSegment writes a JPEG's APP1 by hand: a little-endian TIFF with a first
// directory (camera) and an EXIF directory (when it was taken).
func exifSegment(taken time.Time) []byte {
	ascii := func(tag uint16, text string) exifEntry {
		return exifEntry{tag, 2, uint32(len(text) + 1), append([]byte(text), 0)}
	}
	camera := []exifEntry{
		ascii(tagMake, "Casebinder"), ascii(tagModel, "Sample Camera"),
		{tagOrientation, 3, 1, []byte{1, 0}},
		ascii(tagDateTime, taken.Format("2006:01:02 15:04:05")),
	}
	exif := []exifEntry{
		{tagExifVersion, 7, 4, []byte("0232")},
		ascii(tagDateOriginal, taken.Format("2006:01:02 15:04:05")), ascii(tagOffsetOriginal, taken.Format("-07:00")),
	}
	const first = 8
	pointer := exifEntry{tagExifIFD, 4, 1, make([]byte, 4)}
	size := directorySize(append(camera, pointer))
	binary.LittleEndian.PutUint32(pointer.value, uint32(first+size))
	tiff := []byte{'I', 'I', 42, 0, first, 0, 0, 0}
	tiff = append(tiff, directory(append(camera, pointer), first)...)
	tiff = append(tiff, directory(exif, first+size)...)
	body := append([]byte("Exif\x00\x00"), tiff...)
	head := []byte{0xFF, 0xE1, 0, 0}
	binary.BigEndian.PutUint16(head[2:], uint16(len(body)+2))
	return append(head, body...)
}

func directorySize(entries []exifEntry) int {
	size := 2 + 12*len(entries) + 4
	for _, e := range entries {
		if len(e.value) > 4 {
			size += len(e.value) + len(e.value)%2
		}
	}
	return size
}

// directory lays out one IFD at an offset: entries, the end mark, then the
// values that do not fit into their entries.
func directory(entries []exifEntry, offset int) []byte {
	out := binary.LittleEndian.AppendUint16(nil, uint16(len(entries)))
	var tail []byte
	for _, e := range entries {
		out = binary.LittleEndian.AppendUint16(out, e.tag)
		out = binary.LittleEndian.AppendUint16(out, e.kind)
		out = binary.LittleEndian.AppendUint32(out, e.count)
		if len(e.value) <= 4 {
			out = append(out, append(bytes.Clone(e.value), 0, 0, 0, 0)[:4]...)
			continue
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(offset+2+12*len(entries)+4+len(tail)))
		tail = append(tail, e.value...)
		if len(e.value)%2 == 1 {
			tail = append(tail, 0)
		}
	}
	out = append(out, 0, 0, 0, 0)
	return append(out, tail...)
}
