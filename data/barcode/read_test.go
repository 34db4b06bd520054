package barcode

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/picture"
)

const codesWord = "__codes"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == codesWord {
		os.Exit(Main(os.Args[2:]))
	}
	os.Exit(m.Run())
}

// inChild reads as the program does.
func inChild(t *testing.T, o Options) *Reader {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o.Command, o.CacheDir = []string{self, codesWord}, t.TempDir()
	r := New(o)
	t.Cleanup(r.Close)
	return r
}

// The pictures were made with zint and ImageMagick: what was given to zint stands
// here.
func TestRead(t *testing.T) {
	r := inChild(t, Options{})
	for name, want := range map[string][]data.ReadCode{
		"label.jpg":  {{Format: "Code128", Text: "RB123456785CN"}, {Format: "QRCode", Text: "11-22222-33333"}, {Format: "EAN13", Text: "4006381333931"}},
		"turned.jpg": {{Format: "PDF417", Text: "MRDX|798369477725|8230523880924618|24500|0.42KG|1/1"}, {Format: "ITF", Text: "80000000000006"}},
		"usps.png": {
			{Format: "Aztec", Text: "RB000000500CN;8244000000000065;50265"},
			{Format: "Code128", Text: "42012345\x1d9200000000000000000001"},
			{Format: "DataMatrix", Text: "123450000000127-62519-37653"},
		},
	} {
		codes, err := r.Read(t.Context(), filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(name, err)
		}
		byText := func(a, b data.ReadCode) int { return bytes.Compare([]byte(a.Format), []byte(b.Format)) }
		slices.SortFunc(codes, byText)
		slices.SortFunc(want, byText)
		if !slices.Equal(codes, want) {
			t.Errorf("%s: codes %q, want %q", name, codes, want)
		}
	}
}

// blank writes a picture in which there is nothing.
func blank(t *testing.T, w, h int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), fmt.Sprintf("%dx%d.png", w, h))
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestHostilePictures(t *testing.T) {
	r := inChild(t, Options{})
	cut := filepath.Join(t.TempDir(), "cut.jpg")
	whole, err := os.ReadFile("testdata/label.jpg")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(cut, whole[:len(whole)/3], 0o600); err != nil {
		t.Fatal(err)
	}
	words := filepath.Join(t.TempDir(), "words.jpg")
	if err := os.WriteFile(words, []byte("this is no picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, kind := range map[string]*data.ProblemKind{
		filepath.Join(t.TempDir(), "none.jpg"): ProblemUnreadable,
		t.TempDir():                            ProblemUnreadable,
		cut:                                    picture.ProblemDamaged,
		words:                                  picture.ProblemFormat,
		blank(t, 9000, 8000):                   ProblemLimit,
	} {
		codes, err := r.Read(t.Context(), path)
		if p, ok := data.AsProblem(err); !ok || p.Kind != kind {
			t.Errorf("%s: codes %q, error %v, want the problem %s", path, codes, err, kind.Code)
		}
	}
	for _, size := range []image.Point{{1, 1}, {1, 3000}, {3000, 1}, {17, 23}} {
		if codes, err := r.Read(t.Context(), blank(t, size.X, size.Y)); err != nil || len(codes) > 0 {
			t.Errorf("a blank picture of %v: codes %q, error %v", size, codes, err)
		}
	}
	if codes, err := r.Read(t.Context(), "testdata/label.jpg"); err != nil || len(codes) != 3 {
		t.Errorf("after all of them: codes %q, error %v", codes, err)
	}
}

func TestTooMuchMemoryAndTime(t *testing.T) {
	r := inChild(t, Options{Timeout: time.Millisecond})
	_, err := r.Read(t.Context(), blank(t, 4000, 3000))
	if !errors.Is(err, data.ErrLimit) {
		t.Errorf("out of time: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Read(ctx, "testdata/label.jpg"); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	r.Close()
	if _, err := r.Read(t.Context(), "testdata/label.jpg"); !errors.Is(err, errClosed) {
		t.Errorf("closed: %v", err)
	}
}

func TestGraySmaller(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 8, 4))
	for i := range img.Pix {
		img.Pix[i] = byte(i % 8 / 4 * 200) // black on the left, light on the right
	}
	g := grayOf(img, 4)
	if g.w != 4 || g.h != 2 || !bytes.Equal(g.pix, []byte{0, 0, 200, 200, 0, 0, 200, 200}) {
		t.Errorf("half the size: %+v", g)
	}
	clear := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	if g := grayOf(clear, 10); g.pix[0] != 255 {
		t.Errorf("what is transparent is %d, want white", g.pix[0])
	}
	if g := (gray{[]byte{10, 10, 10, 90, 10, 10, 10, 10, 10}, 3, 3}).sharper(1, 1); g.pix[3] <= 90 || g.pix[8] != 10 {
		t.Errorf("sharper: %v", g.pix)
	}
}

// An ITF that is the middle of a longer one is none of its own.
func TestJoined(t *testing.T) {
	itf := func(text string) data.ReadCode { return data.ReadCode{Format: "ITF", Text: text} }
	got := joined([]data.ReadCode{itf("80346560895769")}, []data.ReadCode{itf("60895769"), itf("346560895769"), {Format: "Code128", Text: "60895769"}})
	if len(got) != 2 || got[0].Text != "80346560895769" || got[1].Format != "Code128" {
		t.Errorf("joined: %q", got)
	}
	if got := joined([]data.ReadCode{itf("346560895769")}, []data.ReadCode{itf("80346560895769")}); len(got) != 1 || got[0].Text != "80346560895769" {
		t.Errorf("the longer one comes later: %q", got)
	}
}

// What the reader gets is pixels of any kind; it never does more than find nothing
// or codes.
func FuzzGray(f *testing.F) {
	m, err := start(context.Background(), f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(m.close)
	f.Add([]byte{0, 255, 0, 255, 0, 0, 255, 0}, uint8(4))
	f.Fuzz(func(t *testing.T, row []byte, width uint8) {
		w := int(width)
		if w == 0 || len(row) < w {
			return
		}
		g := gray{w: w, h: len(row) / w}
		g.pix = row[:g.w*g.h]
		g = g.turned(3, 0)
		if g.w == 0 || g.h == 0 {
			return
		}
		if codes, err := m.readGray(g, whole); err != nil || len(codes) > maxCodes {
			t.Fatalf("codes %q, error %v", codes, err)
		}
	})
}
