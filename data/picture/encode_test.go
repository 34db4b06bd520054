package picture

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/png"
	"testing"

	"casebinder/data/bundle/fit"
)

// sumIs compares the first bytes of a SHA-256 with what it was on another machine.
func sumIs(t *testing.T, what string, p []byte, want string) {
	t.Helper()
	sum := sha256.Sum256(p)
	if got := hex.EncodeToString(sum[:6]); got != want {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}

func TestShrinkAverages(t *testing.T) {
	// 5 by 2 pixels into 2 by 1: each new pixel lies over two and a half old ones.
	img := image.NewGray(image.Rect(0, 0, 5, 2))
	copy(img.Pix, []byte{10, 20, 30, 40, 50, 110, 120, 130, 140, 150})
	got := Shrink(img, 2).(*image.Gray)
	// (10 + 20 + 30/2 + 110 + 120 + 130/2) / 5 = 68; (30/2 + 40 + 50 + 130/2 + 140 + 150) / 5 = 92
	if got.Rect != image.Rect(0, 0, 2, 1) || got.Pix[0] != 68 || got.Pix[1] != 92 {
		t.Errorf("got %v %v", got.Rect, got.Pix)
	}
	clear := image.NewNRGBA(image.Rect(0, 0, 2, 1))
	clear.SetNRGBA(0, 0, color.NRGBA{200, 100, 50, 255})
	clear.SetNRGBA(1, 0, color.NRGBA{0, 0, 0, 0})
	if c := Shrink(clear, 1).At(0, 0); c != (color.NRGBA{200, 100, 50, 128}) {
		t.Errorf("what is clear lends its color: %v", c)
	}
	if same := Shrink(img, 5); same.Bounds() != img.Bounds() {
		t.Errorf("a small picture became %v", same.Bounds())
	}
	if thin := Shrink(image.NewGray(image.Rect(0, 0, 5000, 1)), 100); thin.Bounds() != image.Rect(0, 0, 100, 1) {
		t.Errorf("a thin picture became %v", thin.Bounds())
	}
}

func TestThumb(t *testing.T) {
	for _, name := range []string{"prog.jpg", "quad.heic", "quad.avif", "lossy.webp", "cmyk.jpg", "rgb16.tiff"} {
		img, info, err := Thumb(context.Background(), bytes.NewReader(fixture(t, name)), 20)
		if err != nil {
			t.Fatal(err)
		}
		if img.Bounds() != image.Rect(0, 0, 20, 15) || info.Width != 64 {
			t.Errorf("%s: %v, %+v", name, img.Bounds(), info)
		}
		quarterColors(t, name, img, quarters, 14)
	}
}

func TestEncodeSteps(t *testing.T) {
	for name, c := range map[string]struct {
		step   fit.Step
		ending string
		parts  int
		edge   int
	}{
		"as it is":       {fit.Step{}, "jpg", 3, 300},
		"smaller":        {fit.Step{LongEdge: 100, Quality: 60}, "jpg", 3, 100},
		"gray":           {fit.Step{LongEdge: 150, Quality: 60, Tone: fit.ToneGray}, "jpg", 1, 150},
		"black":          {fit.Step{LongEdge: 200, Tone: fit.ToneBlack}, "png", 1, 200},
		"no enlargement": {fit.Step{LongEdge: 9999, Quality: 60, Tone: fit.ToneColor}, "jpg", 3, 300},
	} {
		var b bytes.Buffer
		ending, err := Encode(&b, busy(300, 200), c.step)
		if err != nil || ending != c.ending {
			t.Fatalf("%s: %s, %v", name, ending, err)
		}
		info, err := Inspect(bytes.NewReader(b.Bytes()))
		if err != nil || info.Components != c.parts || info.Width != c.edge {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
		if c.step.Tone == fit.ToneBlack && info.Bits != 1 {
			t.Errorf("%s has %d bits", name, info.Bits)
		}
		if err := onlyPixels(source{bytes.NewReader(b.Bytes()), int64(b.Len())}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Encode(&bytes.Buffer{}, busy(9, 9), fit.Step{Tone: "sepia"}); err == nil {
		t.Error("there is a tone sepia")
	}
}

func TestWhatIsDrawnStaysSharp(t *testing.T) {
	var b bytes.Buffer
	ending, err := Encode(&b, quartersAt(64, 48, stored[1]), fit.Step{})
	if err != nil || ending != "png" {
		t.Fatal(ending, err)
	}
	img, _ := decoded(t, b.Bytes())
	quarterColors(t, "screenshot", img, quarters, 0)
}

func TestClearBecomesPaper(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	for name, step := range map[string]fit.Step{"color": {Quality: 90}, "gray": {Quality: 90, Tone: fit.ToneGray}, "black": {Tone: fit.ToneBlack}} {
		var b bytes.Buffer
		if _, err := Encode(&b, img, step); err != nil {
			t.Fatal(err)
		}
		out, _ := decoded(t, b.Bytes())
		near(t, name, out.At(8, 8), color.NRGBA{255, 255, 255, 255}, 1)
	}
}

// Writing stays legible in a shadow: dark strokes on paper that grows darker to one
// side, where no single threshold serves.
func TestBlackAndWhiteInAShadow(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 400, 200))
	for y := range 200 {
		for x := range 400 {
			paper := 250 - x/4 // 250 to 150
			if x%20 < 4 && y > 20 && y < 180 {
				paper = paper * 6 / 10
			}
			img.Pix[y*img.Stride+x] = byte(paper)
		}
	}
	out := blackAndWhite(img)
	for x := range 400 {
		ink, want := out.Pix[100*out.Stride+x] == 0, x%20 < 4
		if ink != want {
			t.Errorf("at %d: black is %v", x, ink)
		}
	}
}

// A photo keeps its tones: as many dots in a hundred as it is light.
func TestPhotosBecomeDots(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 256, 128))
	for y := range 128 {
		for x := range 256 {
			img.Pix[y*img.Stride+x] = byte(x)
		}
	}
	out := dots(img)
	for x0 := 0; x0 < 256; x0 += 32 {
		light := 0
		for y := range 128 {
			for x := x0; x < x0+32; x++ {
				light += int(out.Pix[y*out.Stride+x])
			}
		}
		if want := (x0 + 16) * 128 * 32 / 255; light < want-150 || light > want+150 {
			t.Errorf("from %d: %d of %d dots are white, want %d", x0, light, 128*32, want)
		}
	}
}

func TestWritingAndPhotos(t *testing.T) {
	page := image.NewGray(image.Rect(0, 0, 400, 300))
	for i := range page.Pix {
		page.Pix[i] = 230
		if x, y := i%400, i/400; y%20 < 8 && x%7 < 2 {
			page.Pix[i] = 40
		}
	}
	if !written(page) {
		t.Error("a page of writing is taken for a photo")
	}
	if written(grayOf(busy(400, 300))) {
		t.Error("a busy photo is taken for writing")
	}
	// A thing on white paper, as sellers take it: a photo.
	for y := 80; y < 220; y++ {
		for x := 100; x < 300; x++ {
			page.Pix[y*400+x] = byte(x / 3)
		}
	}
	if written(page) {
		t.Error("a dark thing on white paper is taken for writing")
	}
}

// TestGoodsOnAWhiteTableAreDots: a brown carton on a white table is light and
// smooth, as paper is, but it is no writing.
func TestGoodsOnAWhiteTableAreDots(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for y := range 300 {
		for x := range 400 {
			c := color.RGBA{245, 244, 240, 255}
			if x > 90 && x < 310 && y > 60 && y < 250 {
				c = color.RGBA{uint8(175 + x%7 - y/12), uint8(140 - y/12), uint8(100 - y/12), 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if _, err := Encode(&b, plain(img), fit.Step{Tone: fit.ToneBlack}); err != nil {
		t.Fatal(err)
	}
	got, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	black := 0
	for y := 100; y < 200; y++ {
		for x := 150; x < 250; x++ {
			if v := color.GrayModel.Convert(got.At(x, y)).(color.Gray).Y; v == 0 {
				black++
			}
		}
	}
	if black < 3000 || black > 7000 { // of 10,000; the carton is 54 to 56 % light
		t.Errorf("of 10,000 pixels of the carton %d are black", black)
	}
}
