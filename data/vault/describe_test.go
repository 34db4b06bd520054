package vault

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"casebinder/data"
)

// photo makes a JPEG with an EXIF block written by hand, after the EXIF 2.32
// standard, so that the reader is not tested against itself.
func photo(t testing.TB, withZone bool) []byte {
	t.Helper()
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, image.NewGray(image.Rect(0, 0, 40, 30)), nil); err != nil {
		t.Fatal(err)
	}
	exif := exifBlock(withZone)
	segment := append([]byte{0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))...)
	segment = append(segment, exif...)
	b := plain.Bytes()
	return append(append(append([]byte(nil), b[:2]...), segment...), b[2:]...)
}

// entry is one field of an image file directory.
type entry struct {
	tag, kind uint16
	count     uint32
	value     []byte
}

func ascii(tag uint16, s string) entry {
	return entry{tag, 2, uint32(len(s) + 1), append([]byte(s), 0)}
}

func short(tag, v uint16) entry {
	return entry{tag, 3, 1, binary.LittleEndian.AppendUint16(nil, v)}
}

func long(tag uint16, v uint32) entry {
	return entry{tag, 4, 1, binary.LittleEndian.AppendUint32(nil, v)}
}

func degrees(tag uint16, d, m, s uint32) entry {
	var b []byte
	for _, v := range []uint32{d, 1, m, 1, s, 1} {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return entry{tag, 5, 3, b}
}

// directory writes entries at an offset, long values behind them.
func directory(at int, list []entry) []byte {
	b := binary.LittleEndian.AppendUint16(nil, uint16(len(list)))
	rest := at + 2 + 12*len(list) + 4
	var tail []byte
	for _, e := range list {
		b = binary.LittleEndian.AppendUint16(b, e.tag)
		b = binary.LittleEndian.AppendUint16(b, e.kind)
		b = binary.LittleEndian.AppendUint32(b, e.count)
		if len(e.value) <= 4 {
			b = append(b, append(e.value, make([]byte, 4-len(e.value))...)...)
			continue
		}
		b = binary.LittleEndian.AppendUint32(b, uint32(rest+len(tail)))
		tail = append(tail, e.value...)
	}
	return append(append(b, 0, 0, 0, 0), tail...)
}

func exifBlock(withZone bool) []byte {
	sub := []entry{ascii(0x9003, "2026:02:03 04:05:06")}
	if withZone {
		sub = append(sub, ascii(0x9011, "+08:00"))
	}
	gps := []entry{ascii(1, "S"), degrees(2, 23, 30, 0), ascii(3, "W"), degrees(4, 46, 15, 0)}
	root := func(subAt, gpsAt uint32) []entry {
		return []entry{ascii(0x010f, "Sample"), ascii(0x0110, "Camera 7"), short(0x0112, 6), long(0x8769, subAt), long(0x8825, gpsAt)}
	}
	subAt := 8 + len(directory(8, root(0, 0)))
	subBytes := directory(subAt, sub)
	gpsAt := subAt + len(subBytes)
	b := append([]byte("Exif\x00\x00II*\x00\x08\x00\x00\x00"), directory(8, root(uint32(subAt), uint32(gpsAt)))...)
	return append(append(b, subBytes...), directory(gpsAt, gps)...)
}

func TestDescribePhoto(t *testing.T) {
	m, err := Describe(bytes.NewReader(photo(t, true)), "image/jpeg")
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 2, 2, 20, 5, 6, 0, time.UTC); !m.CapturedAt.Equal(want) || !m.HasZone {
		t.Errorf("captured %v, zone %v; want %v", m.CapturedAt, m.HasZone, want)
	}
	if m.Device != "Sample Camera 7" || m.Orientation != 6 || m.Width != 40 || m.Height != 30 {
		t.Errorf("got %+v", m)
	}
	if !m.HasPlace || math.Abs(m.Lat+23.5) > 1e-9 || math.Abs(m.Lon+46.25) > 1e-9 {
		t.Errorf("place %v %v %v", m.HasPlace, m.Lat, m.Lon)
	}
	m, err = Describe(bytes.NewReader(photo(t, false)), "image/jpeg")
	if want := time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC); err != nil || !m.CapturedAt.Equal(want) || m.HasZone {
		t.Errorf("without a zone: %v, zone %v, %v", m.CapturedAt, m.HasZone, err)
	}
}

// The block written by hand must be one that another program reads the same.
func TestExiftoolAgrees(t *testing.T) {
	program, err := exec.LookPath("exiftool")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("exiftool is missing")
		}
		t.Skip("SKIPPED: no exiftool; the EXIF fixture was NOT read by another program")
	}
	path := filepath.Join(t.TempDir(), "a.jpg")
	if err := os.WriteFile(path, photo(t, true), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, "-n", "-s3", "-DateTimeOriginal", "-OffsetTimeOriginal", "-GPSLatitude", "-GPSLongitude", "-Orientation", path).Output()
	if want := "2026:02:03 04:05:06\n+08:00\n-23.5\n-46.25\n6\n"; err != nil || string(out) != want {
		t.Errorf("exiftool reads %q, %v; want %q", out, err, want)
	}
}

func TestDescribeOthers(t *testing.T) {
	picture := image.NewGray(image.Rect(0, 0, 7, 5))
	var asPNG, asGIF bytes.Buffer
	if err := errors.Join(png.Encode(&asPNG, picture), gif.Encode(&asGIF, picture, nil)); err != nil {
		t.Fatal(err)
	}
	for mime, b := range map[string][]byte{"image/png": asPNG.Bytes(), "image/gif": asGIF.Bytes()} {
		m, err := Describe(bytes.NewReader(b), mime)
		if err != nil || m.Width != 7 || m.Height != 5 || !m.CapturedAt.IsZero() || m.HasPlace || m.Device != "" {
			t.Errorf("%s: %+v, %v", mime, m, err)
		}
	}
	if m, err := Describe(bytes.NewReader([]byte("%PDF-1.7")), "application/pdf"); err != nil || m != (Meta{}) {
		t.Errorf("a PDF: %+v, %v", m, err)
	}
	if _, err := Describe(bytes.NewReader([]byte("<html>not a photo</html>")), "image/jpeg"); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a page posing as a photo: %v", err)
	}
}

func FuzzDescribe(f *testing.F) {
	p := photo(f, true)
	f.Add(p, uint8(0))
	f.Add(p[:len(p)/3], uint8(0))
	f.Add([]byte("II*\x00\x08\x00\x00\x00\xff\xff"), uint8(2))
	f.Add([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic\xff\xff\xff\xffmeta"), uint8(3))
	f.Add([]byte("RIFF\xff\xff\xff\xffWEBPVP8X\x0a\x00\x00\x00"), uint8(4))
	f.Add([]byte("\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR"), uint8(1))
	types := []string{"image/jpeg", "image/png", "image/tiff", "image/heic", "image/webp", "image/avif", "image/bmp", "image/gif"}
	f.Fuzz(func(t *testing.T, b []byte, kind uint8) {
		m, err := Describe(bytes.NewReader(b), types[int(kind)%len(types)])
		if err != nil && !errors.Is(err, data.ErrInvalid) && !errors.Is(err, io.EOF) {
			t.Errorf("no problem: %v", err)
		}
		if m.Width < 0 || m.Width >= maxSide || m.Orientation < 0 || m.Orientation > 8 || math.IsNaN(m.Lat) || math.IsNaN(m.Lon) || len(m.Device) > 900 {
			t.Errorf("out of bounds: %+v", m)
		}
	})
}
