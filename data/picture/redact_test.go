package picture

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/bundle/fit"
)

// busy is a picture with something in each pixel: a gradient, stripes and noise
// that is the same each time.
func busy(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	seed := uint32(1)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			v := byte(seed >> 26)
			img.SetNRGBA(x, y, color.NRGBA{byte(x*255/w) ^ v, byte(y*255/h) ^ v, byte((x+y)/8%2*120) + v, 255})
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func redacted(t testing.TB, file []byte, edits ...data.Edit) ([]byte, string) {
	t.Helper()
	var out bytes.Buffer
	ending, mime, err := Redact(context.Background(), bytes.NewReader(file), edits, &out)
	if err != nil {
		t.Fatal(err)
	}
	if want := map[string]string{"jpg": "image/jpeg", "png": "image/png"}[ending]; mime != want {
		t.Errorf("%s is said to be %s", ending, mime)
	}
	return out.Bytes(), ending
}

// Two pictures that differ in the hidden area alone give copies that are the same
// there, byte for byte where nothing is lost.
func TestABoxHidesEverything(t *testing.T) {
	edit := data.Edit{Kind: data.EditBox, X: 37, Y: 21, W: 90, H: 41}
	one := busy(200, 120)
	other := busy(200, 120)
	for y := 21; y < 62; y++ {
		for x := 37; x < 127; x++ {
			other.SetNRGBA(x, y, color.NRGBA{255, 255, 255, 255})
		}
	}
	a, ending := redacted(t, encodedPNG(t, one), edit)
	b, _ := redacted(t, encodedPNG(t, other), edit)
	if ending != "png" || !bytes.Equal(a, b) {
		t.Errorf("the %s tells what was hidden", ending)
	}
	img, _ := decoded(t, a)
	for y := range 120 {
		for x := range 200 {
			in := image.Pt(x, y).In(image.Rect(37, 21, 127, 62))
			switch c := img.At(x, y).(color.NRGBA); {
			case in && c != color.NRGBA{A: 255}:
				t.Fatalf("%d, %d shows %v", x, y, c)
			case !in && c != one.NRGBAAt(x, y):
				t.Fatalf("%d, %d was changed", x, y)
			}
		}
	}
}

func TestSquaresAreCoarse(t *testing.T) {
	for _, area := range []image.Rectangle{
		image.Rect(0, 0, 12, 12), image.Rect(3, 5, 18, 17), image.Rect(5, 5, 9, 7), image.Rect(7, 9, 107, 300), image.Rect(0, 0, 4000, 3000),
	} {
		least := max(12, (min(area.Dx(), area.Dy())+11)/12)
		covered := 0
		for _, c := range cells(area) {
			if !c.In(area) {
				t.Errorf("%v: square %v sticks out", area, c)
			}
			covered += c.Dx() * c.Dy()
			if c.Dx() < min(least, area.Dx()) || c.Dy() < min(least, area.Dy()) {
				t.Errorf("%v: square %v is smaller than %d", area, c, least)
			}
		}
		if covered != area.Dx()*area.Dy() {
			t.Errorf("%v: squares cover %d pixels", area, covered)
		}
	}
	img := busy(100, 100)
	out, err := Apply(img, []data.Edit{{Kind: data.EditPixels, X: 16, Y: 16, W: 32, H: 32}})
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for y := 16; y < 32; y++ {
		for x := 16; x < 32; x++ {
			sum += int(img.NRGBAAt(x, y).R)
		}
	}
	for _, at := range []image.Point{{16, 16}, {31, 31}} {
		if got := out.NRGBAAt(at.X, at.Y).R; int(got) != (sum+128)/256 {
			t.Errorf("the square is %d at %v, its average is %d", got, at, sum/256)
		}
	}
	if out.NRGBAAt(15, 15) != img.NRGBAAt(15, 15) || out.NRGBAAt(48, 48) != img.NRGBAAt(48, 48) {
		t.Error("pixels outside were changed")
	}
}

func TestRedactedJPEGIsProved(t *testing.T) {
	file := jpegOf(t, busy(401, 299))
	edits := []data.Edit{
		{Kind: data.EditBox, X: 33, Y: 21, W: 90, H: 41},
		{Kind: data.EditBox, X: 390, Y: 290, W: 50, H: 50}, // cut off by the picture
		{Kind: data.EditPixels, X: 150, Y: 30, W: 133, H: 97},
		{Kind: data.EditPixels, X: 140, Y: 90, W: 60, H: 60}, // over the one before
		{Kind: data.EditBox, X: 160, Y: 50, W: 20, H: 20},
		{Kind: data.EditArrow, X: 20, Y: 200, W: 90, H: -150},
		{Kind: data.EditNumber, X: 200, Y: 80, Number: 7},
		{Kind: data.EditFrame, X: 30, Y: 20, W: 100, H: 45},
	}
	out, ending := redacted(t, file, edits...)
	if ending != "jpg" {
		t.Errorf("a JPEG became a %s", ending)
	}
	img, _ := decoded(t, out)
	for _, at := range []image.Point{{100, 50}, {398, 297}} {
		near(t, "in a box", img.At(at.X, at.Y), color.NRGBA{A: 255}, 8)
	}
	info, err := Inspect(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	// Any box that was not burned in is found, whatever lies under it.
	for _, missing := range []data.Edit{
		{Kind: data.EditBox, X: 300, Y: 200, W: 40, H: 40},
		{Kind: data.EditBox, X: 303, Y: 203, W: 9, H: 9},
		{Kind: data.EditPixels, X: 300, Y: 200, W: 40, H: 40},
		{Kind: data.EditBox, X: 30, Y: 18, W: 96, H: 47},
	} {
		err := Proof(context.Background(), bytes.NewReader(out), append(edits[:len(edits):len(edits)], missing), info)
		if p, ok := data.AsProblem(err); !ok || p.Kind != ProblemRedaction {
			t.Errorf("%+v: %v", missing, err)
		}
	}
}

func TestProofOfPNGIsExact(t *testing.T) {
	file := encodedPNG(t, busy(120, 90))
	info, err := Inspect(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	edits := []data.Edit{{Kind: data.EditBox, X: 10, Y: 10, W: 40, H: 30}, {Kind: data.EditPixels, X: 60, Y: 10, W: 40, H: 30}}
	marked, err := Apply(busy(120, 90), edits)
	if err != nil {
		t.Fatal(err)
	}
	prove := func() error {
		return Proof(context.Background(), bytes.NewReader(encodedPNG(t, marked)), edits, info)
	}
	if err := prove(); err != nil {
		t.Fatal(err)
	}
	for _, at := range []image.Point{{10, 10}, {49, 39}, {60, 10}, {99, 39}} {
		kept := marked.NRGBAAt(at.X, at.Y)
		marked.SetNRGBA(at.X, at.Y, color.NRGBA{kept.R, kept.G ^ 1, kept.B, 255})
		if err := prove(); !isKind(err, ProblemRedaction) {
			t.Errorf("one step at %v: %v", at, err)
		}
		marked.SetNRGBA(at.X, at.Y, kept)
	}
}

func isKind(err error, kind *data.ProblemKind) bool {
	p, ok := data.AsProblem(err)
	return ok && p.Kind == kind
}

func TestProofFindsWhatIsNoPixel(t *testing.T) {
	png, _ := redacted(t, encodedPNG(t, busy(64, 48)))
	jpg, _ := redacted(t, jpegOf(t, busy(64, 48)))
	other, _ := redacted(t, jpegOf(t, busy(64, 50)))
	original := Info{Width: 64, Height: 48}
	segment := func(marker byte, body string) []byte {
		return append([]byte{0xFF, marker, 0, byte(len(body) + 2)}, body...)
	}
	for name, file := range map[string][]byte{
		"EXIF":                  withEXIF(jpg, 1),
		"XMP":                   insert(jpg, 2, segment(0xE1, "http://ns.adobe.com/xap/1.0/\x00<x/>")),
		"ICC":                   insert(jpg, 2, segment(0xE2, "ICC_PROFILE\x00")),
		"JFIF":                  insert(jpg, 2, segment(0xE0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")),
		"a comment":             insert(jpg, 2, segment(0xFE, "who")),
		"a picture behind":      append(bytes.Clone(jpg), jpg...),
		"a byte behind":         append(bytes.Clone(png), 0),
		"text in a PNG":         insert(png, 33, pngChunk("tEXt", []byte("Author\x00who"))),
		"EXIF in a PNG":         insert(png, 33, pngChunk("eXIf", exif(1))),
		"a time in a PNG":       insert(png, 33, pngChunk("tIME", make([]byte, 7))),
		"frames in a PNG":       insert(png, 33, pngChunk("acTL", make([]byte, 8))),
		"another size":          other,
		"half a JPEG":           jpg[:len(jpg)/2],
		"half a PNG":            png[:len(png)/2],
		"a GIF":                 []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
		"nothing":               nil,
		"what is more in IDAT":  insert(png, len(png)-12, pngChunk("IDAT", []byte("more"))),
		"a second set of sizes": insert(jpg, 2, headerJPEG(0xC0, 8, 8)[2:21]),
	} {
		err := Proof(context.Background(), bytes.NewReader(file), nil, original)
		if !isKind(err, ProblemRedaction) || !errors.Is(err, data.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, file := range map[string][]byte{"png": png, "jpg": jpg} {
		if err := Proof(context.Background(), bytes.NewReader(file), nil, original); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// exiftool must find nothing but what the pixels are.
func TestCopiesHaveNoMetadata(t *testing.T) {
	tool, err := exec.LookPath("exiftool")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("exiftool is needed")
		}
		t.Skip("EXIFTOOL IS MISSING: metadata of copies was not looked for")
	}
	dir := t.TempDir()
	source := filepath.Join(dir, "in.jpg")
	if err := os.WriteFile(source, jpegOf(t, busy(64, 48)), 0o600); err != nil {
		t.Fatal(err)
	}
	thumb := filepath.Join(dir, "thumb.jpg")
	if err := os.WriteFile(thumb, jpegOf(t, busy(16, 12)), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-q", "-overwrite_original", "-Artist=who", "-GPSLatitude=10", "-GPSLatitudeRef=N", "-GPSLongitude=20",
		"-Comment=who", "-XMP:Creator=who", "-IPTC:By-line=who", "-ThumbnailImage<="+thumb, "-Orientation#=6", source).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	file, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	png := insert(encodedPNG(t, busy(64, 48)), 33, pngChunk("tEXt", []byte("Author\x00who")))
	for _, original := range [][]byte{file, png} {
		written, ending := redacted(t, original, data.Edit{Kind: data.EditBox, X: 4, Y: 4, W: 20, H: 20})
		path := filepath.Join(dir, "out."+ending)
		if err := os.WriteFile(path, written, 0o600); err != nil {
			t.Fatal(err)
		}
		tags, err := exec.Command(tool, "-a", "-G1", "-s", "-b", path).Output()
		if err != nil {
			t.Fatal(err)
		}
		all, err := exec.Command(tool, "-a", "-G1", "-s", path).Output()
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(all)) {
			group, _, _ := strings.Cut(strings.TrimPrefix(line, "["), "]")
			switch group {
			case "ExifTool", "System", "File", "Composite", "PNG":
			default:
				t.Errorf("%s: %s", path, line)
			}
		}
		if bytes.Contains(tags, []byte("who")) || bytes.Contains(all, []byte("omment")) || bytes.Contains(written, []byte("who")) {
			t.Errorf("%s names somebody:\n%s", path, all)
		}
	}
}

func TestMarksThatCannotBeDrawn(t *testing.T) {
	img := busy(60, 40)
	for name, e := range map[string]data.Edit{
		"empty box":        {Kind: data.EditBox, X: 5, Y: 5},
		"flat squares":     {Kind: data.EditPixels, X: 5, Y: 5, W: 9},
		"box outside":      {Kind: data.EditBox, X: 60, Y: 0, W: 10, H: 10},
		"box before":       {Kind: data.EditBox, X: -10, Y: 0, W: 10, H: 10},
		"frame around":     {Kind: data.EditFrame, X: -500, Y: -500, W: 2000, H: 2000},
		"arrow to nowhere": {Kind: data.EditArrow, X: 5, Y: 5},
		"arrow outside":    {Kind: data.EditArrow, X: 500, Y: 5, W: 50, H: 50},
		"number 0":         {Kind: data.EditNumber, X: 5, Y: 5},
		"number 100":       {Kind: data.EditNumber, X: 5, Y: 5, Number: 100},
		"number outside":   {Kind: data.EditNumber, X: 500, Y: 500, Number: 1},
		"too far":          {Kind: data.EditBox, X: -1 << 40, Y: 0, W: 1 << 41, H: 10},
		"another kind":     {Kind: "blur", X: 1, Y: 1, W: 9, H: 9},
	} {
		if _, err := Apply(img, []data.Edit{e}); !isKind(err, ProblemEdit) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What sticks out is cut off, and a box may be drawn from any corner.
	out, err := Apply(img, []data.Edit{{Kind: data.EditBox, X: 10, Y: 10, W: -100, H: -100}, {Kind: data.EditArrow, X: -50, Y: 20, W: 80, H: 3}})
	if err != nil {
		t.Fatal(err)
	}
	if out.NRGBAAt(9, 9) != (color.NRGBA{A: 255}) || out.NRGBAAt(10, 10) != img.NRGBAAt(10, 10) {
		t.Error("the box from its lower right corner is not where it should be")
	}
	if img.NRGBAAt(0, 0) == (color.NRGBA{A: 255}) {
		t.Error("the picture itself was changed")
	}
}

func TestPointersAreSeenOnAnything(t *testing.T) {
	edits := []data.Edit{
		{Kind: data.EditArrow, X: 40, Y: 260, W: 200, H: -120}, {Kind: data.EditFrame, X: 60, Y: 30, W: 120, H: 60}, {Kind: data.EditNumber, X: 320, Y: 60, Number: 12},
	}
	for name, ground := range map[string]color.NRGBA{"white": {255, 255, 255, 255}, "black": {0, 0, 0, 255}, "red": {214, 20, 20, 255}, "clear": {}} {
		img := image.NewNRGBA(image.Rect(0, 0, 400, 300))
		paint(img, img.Rect, [4]byte{ground.R, ground.G, ground.B, ground.A})
		out, err := Apply(img, edits)
		if err != nil {
			t.Fatal(err)
		}
		red, white := color.NRGBA{214, 20, 20, 255}, color.NRGBA{255, 255, 255, 255}
		near(t, name+": the arrow's shaft", out.At(140, 200), red, 0)
		near(t, name+": the frame's line", out.At(120, 30), red, 0)
		near(t, name+": the number's disk", out.At(320, 49), red, 0)
		for _, at := range []image.Point{{120, 27}, {120, 32}} {
			near(t, name+": the frame's rim", out.At(at.X, at.Y), white, 0)
		}
		digits := 0
		for y := 50; y < 70; y++ {
			for x := 308; x < 332; x++ {
				if out.NRGBAAt(x, y) == white {
					digits++
				}
			}
		}
		if digits < 40 {
			t.Errorf("%s: the number has %d pixels", name, digits)
		}
	}
}

// The bytes of a copy are known: they must be the same on every machine.
func TestMarksAreTheSameEverywhere(t *testing.T) {
	edits := []data.Edit{
		{Kind: data.EditPixels, X: 10, Y: 10, W: 77, H: 51},
		{Kind: data.EditArrow, X: 300, Y: 20, W: -150, H: 111},
		{Kind: data.EditFrame, X: 31, Y: 101, W: 90, H: 55},
		{Kind: data.EditNumber, X: 222, Y: 140, Number: 42},
	}
	out, err := Apply(busy(320, 200), edits)
	if err != nil {
		t.Fatal(err)
	}
	sumIs(t, "marks", out.Pix, "edbbf1c32624")
	for name, step := range map[string]fit.Step{
		"color": {LongEdge: 111, Quality: 70}, "gray": {LongEdge: 97, Quality: 50, Tone: fit.ToneGray}, "black": {Tone: fit.ToneBlack},
	} {
		var first, second bytes.Buffer
		for _, w := range []*bytes.Buffer{&first, &second} {
			if _, err := Encode(w, out, step); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s differs from run to run", name)
		}
	}
	small := Shrink(busy(320, 200), 97).(*image.NRGBA)
	sumIs(t, "shrunk", small.Pix, "41f87088658b")
	img, _ := decoded(t, fixture(t, "quad.heic"))
	ycc := img.(*image.YCbCr)
	sumIs(t, "HEIC", append(append(bytes.Clone(ycc.Y), ycc.Cb...), ycc.Cr...), "28435847fe97")
	for name, want := range map[string]string{"odd420.avif": "844b1ff093da", "ten.avif": "e0bbd72f4e48", "prem10.avif": "3c8d29f5d56c"} {
		img, _ := decoded(t, fixture(t, name))
		sumIs(t, name, img.(*image.NRGBA).Pix, want)
	}
}

func FuzzProof(f *testing.F) {
	edit := data.Edit{Kind: data.EditPixels, X: 4, Y: 4, W: 20, H: 20}
	png, _ := redacted(f, encodedPNG(f, busy(64, 48)), edit)
	jpg, _ := redacted(f, jpegOf(f, busy(64, 48)), edit)
	f.Add(png, 4, 4, 20, 20)
	f.Add(jpg, 4, 4, 20, 20)
	f.Add(jpg, -9, 60, 1000, -100)
	f.Add(jpg[:300], 0, 0, 1, 1)
	f.Add(withEXIF(jpg, 6), 0, 0, 5, 5)
	f.Fuzz(func(t *testing.T, file []byte, x, y, w, h int) {
		edits := []data.Edit{
			{Kind: data.EditBox, X: x, Y: y, W: w, H: h}, {Kind: data.EditPixels, X: y, Y: x, W: w, H: h}, {Kind: data.EditArrow, X: x, Y: y, W: w, H: h},
		}
		if info, err := Inspect(bytes.NewReader(file)); err != nil || info.Width*info.Height > 1<<18 {
			return
		}
		err := Proof(context.Background(), bytes.NewReader(file), edits, Info{Width: 64, Height: 48})
		if err != nil && !isKind(err, ProblemRedaction) && !isKind(err, ProblemEdit) {
			t.Fatal(err)
		}
	})
}
