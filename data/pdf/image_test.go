package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data"
)

// pixels decodes a picture that another program drew.
func pixels(t testing.TB, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// bluePixels counts what is clearly blue.
func bluePixels(t testing.TB, path string) (n int) {
	img := pixels(t, path)
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if r, g, b, _ := img.At(x, y).RGBA(); b > 0xC000 && r < 0x4000 && g < 0x4000 {
				n++
			}
		}
	}
	return n
}

// quarters is a picture whose corners are red, green, blue and white, from the
// upper left, clockwise.
func quarters(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{255, 0, 0, 255}
			switch right, low := x >= w/2, y >= h/2; {
			case right && low:
				c = color.NRGBA{0, 0, 255, 255}
			case right:
				c = color.NRGBA{0, 255, 0, 255}
			case low:
				c = color.NRGBA{255, 255, 255, 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func jpegBytes(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngBytes(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// place writes a document with one picture over the whole page.
func place(t testing.TB, b []byte) (*Image, []byte, string) {
	t.Helper()
	var img *Image
	raw, path := write(t, options(), func(d *Document) {
		var err error
		if img, err = d.AddImage(bytes.NewReader(b)); err != nil {
			t.Fatal(err)
		}
		d.AddPage().DrawImage(img, 0, 0, A4Width, A4Height)
	})
	return img, raw, path
}

// corners names the colors of a page's corners, from the upper left, clockwise.
func corners(t testing.TB, path string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "page")
	run(t, "pdftoppm", "-r", "20", "-png", path, out)
	img := pixels(t, out+"-1.png")
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	var names []byte
	for _, at := range [4]image.Point{{w / 8, h / 8}, {w * 7 / 8, h / 8}, {w * 7 / 8, h * 7 / 8}, {w / 8, h * 7 / 8}} {
		r, g, b, _ := img.At(at.X, at.Y).RGBA()
		name := byte('?')
		switch red, green, blue := r > 0x8000, g > 0x8000, b > 0x8000; {
		case red && green && blue:
			name = 'W'
		case red && !green && !blue:
			name = 'R'
		case green && !red && !blue:
			name = 'G'
		case blue && !red && !green:
			name = 'B'
		case !red && !green && !blue:
			name = 'K'
		}
		names = append(names, name)
	}
	return string(names)
}

func TestPhotoLosesItsMetadataButNoPixel(t *testing.T) {
	photo := save(t, "photo.jpg", jpegBytes(t, quarters(64, 48)))
	run(t, "exiftool", "-q", "-overwrite_original", "-GPSLatitude=59.5", "-GPSLongitude=30.2", "-GPSLatitudeRef=N", "-Artist=Nobody Known",
		"-XMP:City=Nowhere", "-IPTC:Keywords=secret", "-Comment=a note", "-Orientation#=6", photo)
	b, err := os.ReadFile(photo)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(run(t, "exiftool", "-a", photo), "GPS") {
		t.Fatal("the test's photo has no GPS position")
	}
	b = append(b, "GPS trailing data of a motion photo"...)
	img, raw, path := place(t, b)
	if img.Width != 48 || img.Height != 64 || img.Orientation != 6 {
		t.Errorf("a photo on its side is %+v", img.ImageInfo)
	}
	dir := t.TempDir()
	run(t, "pdfimages", "-all", path, filepath.Join(dir, "x"))
	files, _ := filepath.Glob(filepath.Join(dir, "*.jpg"))
	if len(files) != 1 {
		t.Fatalf("pictures in the PDF: %v", files)
	}
	told := run(t, "exiftool", "-a", "-ee", "-G1", files[0])
	for _, never := range []string{"GPS", "Artist", "City", "Keywords", "Comment", "Orientation", "Nobody", "secret"} {
		if strings.Contains(told, never) || bytes.Contains(raw, []byte(never)) {
			t.Errorf("the copy still has %s:\n%s", never, told)
		}
	}
	run(t, "qpdf", "--check", path)
	before, after := pixels(t, photo), pixels(t, files[0])
	for y := range 48 {
		for x := range 64 {
			if before.At(x, y) != after.At(x, y) {
				t.Fatalf("pixel %d,%d changed", x, y)
			}
		}
	}
}

// TestColorProfileIsKept gives two photos the same profile: it is in the document
// once, and both are drawn by it. A profile for other colors is not taken.
func TestColorProfileIsKept(t *testing.T) {
	profile := make([]byte, 132)
	binary.BigEndian.PutUint32(profile, uint32(len(profile)))
	copy(profile[16:], "RGB ")
	copy(profile[36:], "acsp")
	with := func(profile []byte) []byte {
		plain := jpegBytes(t, quarters(32, 32))
		b := []byte{0xFF, 0xD8, 0xFF, 0xE2, 0, byte(2 + 14 + len(profile))}
		b = append(append(append(b, "ICC_PROFILE\x00\x01\x01"...), profile...), plain[2:]...)
		return b
	}
	wrong := bytes.Clone(profile)
	copy(wrong[16:], "CMYK")
	raw, path := write(t, options(), func(d *Document) {
		for _, b := range [][]byte{with(profile), with(profile), with(wrong)} {
			img, err := d.AddImage(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			d.AddPage().DrawImage(img, 0, 0, A4Width, A4Height)
		}
	})
	if n := bytes.Count(raw, []byte("/Alternate/DeviceRGB")); n != 1 {
		t.Errorf("%d profiles are in the document, want 1", n)
	}
	if n := bytes.Count(raw, []byte("/ICCBased")); n != 2 {
		t.Errorf("%d photos are drawn by a profile, want 2", n)
	}
	run(t, "qpdf", "--check", path)
}

func TestOrientationIsObeyed(t *testing.T) {
	// What a viewer shows of red, green, blue, white for each EXIF orientation.
	for orientation, want := range map[int]string{
		1: "RGBW", 2: "GRWB", 3: "BWRG", 4: "WBGR", 5: "RWBG", 6: "WRGB", 7: "BGRW", 8: "GBWR",
	} {
		exif := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00")
		exif[25] = byte(orientation)
		plain := jpegBytes(t, quarters(64, 64))
		b := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(len(exif) + 2)}, exif...)
		b = append(b, plain[2:]...)
		img, _, path := place(t, b)
		if int(img.Orientation) != orientation {
			t.Errorf("orientation %d is read as %d", orientation, img.Orientation)
		}
		if got := corners(t, path); got != want {
			t.Errorf("orientation %d shows %s, want %s", orientation, got, want)
		}
	}
}

// TestPictureKinds places each kind of file and looks at the page.
func TestPictureKinds(t *testing.T) {
	src := save(t, "src.png", pngBytes(t, quarters(64, 64)))
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"baseline.jpg", nil, "RGBW"},
		{"progressive.jpg", []string{"-interlace", "Plane"}, "RGBW"},
		{"gray.jpg", []string{"-colorspace", "Gray"}, ""},
		{"cmyk.jpg", []string{"-colorspace", "CMYK"}, "RGBW"},
		{"rgb8.png", []string{"-define", "png:color-type=2"}, "RGBW"},
		{"rgb16.png", []string{"-define", "png:color-type=2", "-define", "png:bit-depth=16"}, "RGBW"},
		{"rgba8.png", []string{"-define", "png:color-type=6"}, "RGBW"},
		{"rgba16.png", []string{"-define", "png:color-type=6", "-define", "png:bit-depth=16"}, "RGBW"},
		{"gray1.png", []string{"-colorspace", "Gray", "-threshold", "60%", "-define", "png:color-type=0", "-define", "png:bit-depth=1"}, ""},
		{"palette.png", []string{"-define", "png:color-type=3"}, "RGBW"},
		{"interlaced.png", []string{"-interlace", "PNG", "-define", "png:color-type=2"}, "RGBW"},
		{"clear.png", []string{"-transparent", "blue", "-define", "png:color-type=6"}, "RGWW"},
		{"clearkey.png", []string{"-transparent", "blue", "-define", "png:color-type=2"}, ""},
		{"grayalpha.png", []string{"-colorspace", "Gray", "-define", "png:color-type=4"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), c.name)
			run(t, "convert", append(append([]string{src}, c.args...), file)...)
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			img, raw, path := place(t, b)
			if img.Width != 64 || img.Height != 64 {
				t.Errorf("it is %+v", img.ImageInfo)
			}
			if got := corners(t, path); c.want != "" && got != c.want {
				t.Errorf("it shows %s, want %s", got, c.want)
			}
			run(t, "qpdf", "--check", path)
			if _, again, _ := place(t, b); !bytes.Equal(raw, again) {
				t.Error("the second document has other bytes")
			}
		})
	}
}

// TestClearPalette has one color of a palette see through, at each depth.
func TestClearPalette(t *testing.T) {
	for _, colors := range []int{4, 16, 200} {
		palette := color.Palette{color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}, color.NRGBA{0, 0, 255, 0}, color.NRGBA{255, 255, 255, 255}}
		for len(palette) < colors {
			palette = append(palette, color.NRGBA{uint8(len(palette)), 1, 2, 255})
		}
		img := image.NewPaletted(image.Rect(0, 0, 63, 63), palette)
		for i := range img.Pix {
			right, low := i%63 > 31, i/63 > 31
			img.Pix[i] = map[[2]bool]uint8{{false, false}: 0, {true, false}: 1, {true, true}: 2, {false, true}: 3}[[2]bool{right, low}]
		}
		_, _, path := place(t, pngBytes(t, img))
		if got := corners(t, path); got != "RGWW" {
			t.Errorf("%d colors show %s", colors, got)
		}
		run(t, "qpdf", "--check", path)
	}
}

func TestPixelsKeepTransparency(t *testing.T) {
	img := quarters(40, 40)
	for y := 20; y < 40; y++ {
		for x := 20; x < 40; x++ {
			img.SetNRGBA(x, y, color.NRGBA{0, 0, 255, 0})
		}
	}
	_, path := write(t, options(), func(d *Document) {
		p := d.AddPage()
		p.FillRect(0, 0, A4Width, A4Height, Color{0, 255, 0})
		added, err := d.AddPixels(img)
		if err != nil {
			t.Fatal(err)
		}
		p.DrawImage(added, 0, 0, A4Width, A4Height)
	})
	if got := corners(t, path); got != "RGGW" {
		t.Errorf("it shows %s", got)
	}
	run(t, "qpdf", "--check", path)
}

// TestBadPictures are refused with a problem, and the document goes on.
func TestBadPictures(t *testing.T) {
	good, goodPNG := jpegBytes(t, quarters(64, 64)), pngBytes(t, quarters(64, 64))
	vast := bytes.Clone(goodPNG)
	binary.BigEndian.PutUint32(vast[16:], 1<<20)
	binary.BigEndian.PutUint32(vast[20:], 1<<20)
	wide := bytes.Clone(goodPNG)
	binary.BigEndian.PutUint32(wide[16:], 100_000_000)
	binary.BigEndian.PutUint32(wide[20:], 1)
	binary.BigEndian.PutUint32(wide[29:], crc32.ChecksumIEEE(wide[12:29]))
	held := bytes.Clone(goodPNG)
	binary.BigEndian.PutUint32(held[16:], 10_000)
	binary.BigEndian.PutUint32(held[20:], 10_000)
	held[28] = 1
	binary.BigEndian.PutUint32(held[29:], crc32.ChecksumIEEE(held[12:29]))
	flipped := bytes.Clone(goodPNG)
	flipped[len(flipped)/2] ^= 1
	cases := []struct {
		name string
		b    []byte
		kind *data.ProblemKind
	}{
		{"empty", nil, ProblemImageDamaged},
		{"text", []byte("not a picture"), ProblemImageFormat},
		{"html named jpg", []byte("<html><body>404</body></html>"), ProblemImageFormat},
		{"gif", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), ProblemImageFormat},
		{"jpeg head only", good[:20], ProblemImageDamaged},
		{"jpeg cut", good[:len(good)-2], ProblemImageDamaged},
		{"jpeg without picture", []byte("\xFF\xD8\xFF\xD9"), ProblemImageDamaged},
		{"png cut", goodPNG[:len(goodPNG)-20], ProblemImageDamaged},
		{"png head only", goodPNG[:10], ProblemImageDamaged},
		{"png changed", flipped, ProblemImageDamaged},
		{"png vast", vast, ProblemImageTooLarge},
		{"png wide", wide, ProblemImageTooLarge},
		{"png interlaced and large", held, ProblemImageTooLarge},
	}
	var clean, dirty bytes.Buffer
	for _, out := range []*bytes.Buffer{&clean, &dirty} {
		d := New(out, options())
		d.AddPage()
		if out == &dirty {
			for _, c := range cases {
				if _, err := d.AddImage(bytes.NewReader(c.b)); !isKind(err, c.kind) {
					t.Errorf("%s: got %v, want %s", c.name, err, c.kind.Code)
				}
			}
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(clean.Bytes(), dirty.Bytes()) {
		t.Error("a refused picture left something in the document")
	}
}

func FuzzAddImage(f *testing.F) {
	f.Add(jpegBytes(f, quarters(16, 16)))
	f.Add(pngBytes(f, quarters(16, 16)))
	f.Add(pngBytes(f, image.NewGray16(image.Rect(0, 0, 9, 7))))
	f.Add(pngBytes(f, image.NewPaletted(image.Rect(0, 0, 9, 7), color.Palette{color.Black, color.Transparent, color.White})))
	f.Add([]byte("\xFF\xD8\xFF\xE1\x00\x10Exif\x00\x00II*\x00\xFF\xFF\xFF\xFF"))
	f.Add([]byte("\xFF\xD8\xFF\xFF\xFF\xDA\x00\x02\xFF"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d := New(io.Discard, options())
		img, err := d.AddImage(bytes.NewReader(b))
		if err != nil {
			if _, ok := data.AsProblem(err); !ok && d.err != nil {
				t.Fatalf("the document broke: %v", err)
			}
			return
		}
		d.AddPage().DrawImage(img, 0, 0, A4Width, A4Height)
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

// BenchmarkPhotos binds 20 photos of 12 megapixels, of invented noise.
func BenchmarkPhotos(b *testing.B) {
	img := image.NewYCbCr(image.Rect(0, 0, 4000, 3000), image.YCbCrSubsampleRatio420)
	seed := uint32(1)
	for i := range img.Y {
		seed = seed*1664525 + 1013904223
		img.Y[i] = uint8(seed >> 28 << 3)
	}
	photo := jpegBytes(b, img)
	b.SetBytes(int64(20 * len(photo)))
	for b.Loop() {
		d := New(io.Discard, options())
		for i := range 20 {
			added, err := d.AddImage(bytes.NewReader(photo))
			if err != nil {
				b.Fatal(err)
			}
			w, h := Fit(added.Width, added.Height, 170*MM, 257*MM)
			d.AddPage().DrawImage(added, 20*MM, 20*MM, w, h)
			d.Bookmark(0, fmt.Sprint("photo ", i+1), i, 0)
		}
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
