package pages

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"testing"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pdf"
)

// pagesWord makes the test program the child process that reads pages.
const pagesWord = "__pages"

// cacheDir keeps the compiled module for all tests of a run.
var cacheDir string

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == pagesWord {
		os.Exit(Main(os.Args[2:]))
	}
	dir, err := os.MkdirTemp("", "pages-test-")
	if err != nil {
		panic(err)
	}
	cacheDir = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

func childOptions(t testing.TB) Options {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Options{Command: []string{self, pagesWord}, CacheDir: cacheDir}
}

func start(t testing.TB, o Options) *Viewer {
	t.Helper()
	v, err := Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}

func open(t testing.TB, v *Viewer, path string) *File {
	t.Helper()
	f, err := v.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

var fonts = pdf.NotoFonts(assets.FS)

// written writes a PDF with our own writer.
func written(t testing.TB, draw func(*pdf.Document)) string {
	t.Helper()
	var b bytes.Buffer
	d := pdf.New(&b, pdf.Options{Title: "Test", Created: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), Fonts: fonts})
	draw(d)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return save(t, "doc.pdf", b.Bytes())
}

func save(t testing.TB, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// rawPDF writes a PDF by hand: object i+1 is objects[i], object 1 the catalog.
func rawPDF(t testing.TB, objects ...string) string {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, at)
	return save(t, "raw.pdf", b.Bytes())
}

func stream(dict, body string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(body), body)
}

func isKind(err error, kind *data.ProblemKind) bool {
	p, ok := data.AsProblem(err)
	return ok && p.Kind == kind
}

// colored is a page with a red rectangle from 100 to 200 points, and a link.
func colored(t testing.TB) string {
	return written(t, func(d *pdf.Document) {
		p := d.AddPage()
		p.FillRect(100*pdf.Point, 100*pdf.Point, 100*pdf.Point, 100*pdf.Point, pdf.Color{R: 255})
		p.Link(100*pdf.Point, 100*pdf.Point, 100*pdf.Point, 50*pdf.Point, "second")
		d.AddPage().Dest("second", 0)
	})
}

func TestPicture(t *testing.T) {
	f := open(t, start(t, childOptions(t)), colored(t))
	if f.Pages() != 2 {
		t.Fatalf("%d pages, want 2", f.Pages())
	}
	if w, h := f.Size(1); w < 595 || w > 596 || h < 841 || h > 842 {
		t.Errorf("an A4 page is %v by %v points", w, h)
	}
	img, err := f.Picture(context.Background(), 1, 595)
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds().Size(); got.X != 595 || got.Y != 842 && got.Y != 841 {
		t.Errorf("the picture is %v", got)
	}
	for _, c := range []struct {
		x, y int
		want color.RGBA
	}{
		{150, 150, color.RGBA{255, 0, 0, 255}},
		{103, 103, color.RGBA{255, 0, 0, 255}},
		{197, 197, color.RGBA{255, 0, 0, 255}},
		{97, 150, color.RGBA{255, 255, 255, 255}},
		{150, 203, color.RGBA{255, 255, 255, 255}},
		{594, 840, color.RGBA{255, 255, 255, 255}},
	} {
		if got := img.RGBAAt(c.x, c.y); got != c.want {
			t.Errorf("pixel %d,%d is %v, want %v", c.x, c.y, got, c.want)
		}
	}
	links, err := f.Links(context.Background(), 1)
	if err != nil || len(links) != 1 || links[0].Page != 2 {
		t.Fatalf("links %v, error %v", links, err)
	}
	if r := links[0].Rect.In(img.Bounds()); r.Min.X != 100 || r.Min.Y != 100 || r.Max.X != 200 || r.Max.Y != 150 {
		t.Errorf("the link lies at %v", r)
	}
}
