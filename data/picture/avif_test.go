package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"testing"

	"casebinder/data"
)

// everyPixel compares a picture of the four quarters with what was encoded, but for
// the pixels on either side of a border: subsampled colors run into each other.
func everyPixel(t *testing.T, name string, img image.Image, want [4]color.NRGBA, border, apart int) {
	t.Helper()
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	atBorder := func(v, size int) bool {
		first := (size + 1) / 2 // of the second half
		return v >= first-border && v < first+border
	}
	for y := range h {
		for x := range w {
			if atBorder(x, w) || atBorder(y, h) {
				continue
			}
			near(t, name, img.At(x, y), want[y*2/h*2+x*2/w], apart)
			if t.Failed() {
				t.Fatalf("%s: at %d, %d", name, x, y)
			}
		}
	}
}

// The fixtures are the quarters as avifenc 0.11 writes them, in all depths and ways
// to store colors.
func TestAVIF(t *testing.T) {
	half := quarters
	half[0].A, half[2].A = 128, 128
	gray := quarters
	for i, y := range []uint8{81, 107, 61, 240} { // by BT.601
		gray[i] = color.NRGBA{y, y, y, 255}
	}
	for name, c := range map[string]struct {
		info   Info
		want   [4]color.NRGBA
		border int
		apart  int
	}{
		"quad.avif":   {Info{Width: 64, Height: 48, Bits: 8, Components: 3}, quarters, 3, 8},
		"ten.avif":    {Info{Width: 64, Height: 48, Bits: 10, Components: 3}, quarters, 2, 4},
		"twelve.avif": {Info{Width: 64, Height: 48, Bits: 12, Components: 3}, quarters, 0, 4},
		"odd420.avif": {Info{Width: 37, Height: 29, Bits: 8, Components: 3}, quarters, 2, 6}, // the range of video
		"odd422.avif": {Info{Width: 37, Height: 29, Bits: 8, Components: 3}, quarters, 2, 6}, // BT.709
		"odd444.avif": {Info{Width: 37, Height: 29, Bits: 8, Components: 3}, quarters, 0, 0}, // without loss
		"gray.avif":   {Info{Width: 37, Height: 29, Bits: 8, Components: 1}, gray, 0, 3},
		"alpha.avif":  {Info{Width: 64, Height: 48, Bits: 8, Components: 3, Alpha: true}, half, 2, 4},
		"prem10.avif": {Info{Width: 64, Height: 48, Bits: 10, Components: 3, Alpha: true}, half, 2, 4},
		"grid.avif":   {Info{Width: 128, Height: 128, Bits: 8, Components: 3}, quarters, 0, 2},
		"anim.avif":   {Info{Width: 64, Height: 48, Bits: 8, Components: 3, Alpha: true, Frames: 3}, quarters, 2, 6},
	} {
		img, info := decoded(t, fixture(t, name))
		everyPixel(t, name, img, c.want, c.border, c.apart)
		if _, ok := img.(*image.Gray); ok != (name == "gray.avif") {
			t.Errorf("%s is a %T", name, img)
		}
		c.info.Format, c.info.MIME, c.info.Orientation, c.info.Frames = FormatAVIF, "image/avif", 1, max(1, c.info.Frames)
		info.perPixel10, info.coded, info.crop = 0, image.Point{}, image.Rectangle{}
		if info != c.info || info.Animated() != (name == "anim.avif") {
			t.Errorf("%s:\n got %+v\nwant %+v", name, info, c.info)
		}
	}
}

// patched sets the byte that lies some way behind a box's name.
func patched(t *testing.T, file []byte, kind string, behind int, v byte) []byte {
	t.Helper()
	at := bytes.Index(file, []byte(kind))
	if at < 0 {
		t.Fatalf("no %s", kind)
	}
	file = bytes.Clone(file)
	file[at+4+behind] = v
	return file
}

// All turns and mirrors; libheif 1.15 shows the same.
func TestAVIFComesUpright(t *testing.T) {
	turned, mirror := fixture(t, "turned.avif"), fixture(t, "mirrored.avif")
	for _, c := range []struct {
		left, axis byte // quarter turns; 0 top and bottom, 1 left and right, 2 none
		want       [4]int
	}{
		{0, 2, [4]int{0, 1, 2, 3}},
		{1, 2, [4]int{1, 3, 0, 2}},
		{2, 2, [4]int{3, 2, 1, 0}},
		{3, 2, [4]int{2, 0, 3, 1}},
		{0, 0, [4]int{2, 3, 0, 1}},
		{0, 1, [4]int{1, 0, 3, 2}},
		{1, 0, [4]int{0, 2, 1, 3}},
		{1, 1, [4]int{3, 1, 2, 0}},
		{2, 0, [4]int{1, 0, 3, 2}},
		{2, 1, [4]int{2, 3, 0, 1}},
		{3, 0, [4]int{3, 1, 2, 0}},
		{3, 1, [4]int{0, 2, 1, 3}},
	} {
		file := turned
		if c.axis < 2 {
			file = patched(t, mirror, "imir", 0, c.axis)
		}
		img, info := decoded(t, patched(t, file, "irot", 0, c.left))
		size := image.Rect(0, 0, 64, 48)
		if c.left%2 == 1 {
			size = image.Rect(0, 0, 48, 64)
		}
		if img.Bounds() != size || info.Width != size.Max.X || info.Height != size.Max.Y {
			t.Errorf("%d, %d: %v, %+v", c.left, c.axis, img.Bounds(), info)
		}
		var want [4]color.NRGBA
		for i, q := range c.want {
			want[i] = quarters[q]
		}
		quarterColors(t, "turned", img, want, 8)
	}
}

func TestAVIFIsCropped(t *testing.T) {
	// 40 x 30 pixels, the middle 2 to the right and 3 up: from 14, 6. Then a quarter
	// turn to the left: the border between the quarters, at 18 from the left and 18
	// from the top, comes to 18 from the left and 22 from the top.
	img, info := decoded(t, fixture(t, "clap.avif"))
	if info.Width != 30 || info.Height != 40 || img.Bounds() != image.Rect(0, 0, 30, 40) {
		t.Fatalf("%v, %+v", img.Bounds(), info)
	}
	for _, c := range []struct {
		x, y int
		want color.NRGBA
	}{{14, 18, quarters[1]}, {21, 18, quarters[3]}, {14, 25, quarters[0]}, {21, 25, quarters[2]}, {0, 39, quarters[0]}, {29, 0, quarters[3]}} {
		near(t, "cropped and turned", img.At(c.x, c.y), c.want, 8)
	}
	// What leaves the picture crops nothing.
	_, info = decoded(t, patched(t, fixture(t, "clap.avif"), "clap", 3, 65))
	if info.Width != 48 || info.Height != 64 {
		t.Errorf("a crop beyond the picture: %+v", info)
	}
}

func TestHostileAVIF(t *testing.T) {
	quad := fixture(t, "quad.avif")
	renamed := func(from, to string) []byte { return bytes.Replace(quad, []byte(from), []byte(to), 1) }
	sized := func(w, h uint32) []byte {
		file := bytes.Clone(quad)
		at := bytes.Index(file, []byte("ispe"))
		binary.BigEndian.PutUint32(file[at+8:], w)
		binary.BigEndian.PutUint32(file[at+12:], h)
		return file
	}
	still := fixture(t, "anim.avif")
	for name, c := range map[string]struct {
		file []byte
		want *data.ProblemKind
	}{
		"no size":              {renamed("ispe", "free"), ProblemDamaged},
		"a size of nothing":    {sized(0, 48), ProblemDamaged},
		"a size of 4 giga":     {sized(1<<32-1, 1<<32-1), ProblemDamaged},
		"100 megapixels":       {sized(10000, 10000), ProblemLimit},
		"a long line":          {sized(40000, 1), ProblemFormat},
		"no configuration":     {renamed("av1C", "free"), ProblemDamaged},
		"another version":      {patched(t, quad, "av1C", 0, 0x82), ProblemDamaged},
		"two depths":           {patched(t, quad, "av1C", 2, 0x4C), ProblemDamaged},
		"nothing but brands":   {quad[:32], ProblemDamaged},
		"frames without still": {bytes.Replace(still, []byte("meta"), []byte("free"), 1), ProblemFormat},
		"no pixels":            {append(bytes.Clone(quad[:len(quad)-60]), make([]byte, 60)...), ProblemDamaged},
	} {
		_, _, err := Decode(context.Background(), bytes.NewReader(c.file))
		if p, ok := data.AsProblem(err); !ok || p.Kind != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAVIFIsRedacted(t *testing.T) {
	// On the picture as it is seen: upright, green stands in the upper left.
	box := data.Edit{Kind: data.EditBox, X: 4, Y: 6, W: 16, H: 20}
	var out bytes.Buffer
	ending, mime, err := Redact(context.Background(), bytes.NewReader(fixture(t, "turned.avif")), []data.Edit{box}, &out)
	if err != nil || ending != "jpg" || mime != "image/jpeg" {
		t.Fatal(ending, mime, err)
	}
	img, info := decoded(t, out.Bytes())
	if info.Width != 48 || info.Height != 64 {
		t.Errorf("got %+v", info)
	}
	near(t, "below the box", img.At(12, 16), color.NRGBA{0, 0, 0, 255}, 4)
	near(t, "beside it", img.At(12, 29), quarters[1], 8)
}

// A file that takes more memory than its header explains ends; the next is decoded.
func TestCodecMemoryIsBounded(t *testing.T) {
	m := &codecMemory{first: 1 << 20, most: 3 << 20}
	p := m.Reallocate(64 << 10)
	p[0], p[len(p)-1] = 7, 9
	if same := m.Reallocate(1 << 20); &same[0] != &p[0] {
		t.Error("what a picture will take was not taken at once")
	}
	p = m.Reallocate(2 << 20)
	if len(p) != 2<<20 || p[0] != 7 || p[64<<10-1] != 9 || p[64<<10] != 0 {
		t.Error("growing lost what was there")
	}
	if m.Reallocate(3<<20+1) != nil {
		t.Error("it grew beyond its bound")
	}
	file := fixture(t, "quad.avif")
	info, err := Inspect(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	work := func(c *codecCall, file []byte) (image.Image, error) {
		if _, err := c.alloc(200 << 20); err == nil {
			t.Error("200 MB for a small picture")
		}
		return c.avif(file, info)
	}
	if _, err := avifDecoder.run(bytes.Clone(file), 1<<20, work); err != nil {
		t.Error(err)
	}
}
