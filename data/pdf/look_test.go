package pdf

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"casebinder/data/pages"
)

// viewer serves all tests, in this process.
var viewer = sync.OnceValues(func() (*pages.Viewer, error) { return pages.Start(context.Background(), pages.Options{}) })

// look gives the picture of a page as PDFium draws it, 595 pixels wide: a pixel is
// a point.
func look(t testing.TB, path string, page int) *image.RGBA {
	t.Helper()
	v, err := viewer()
	if err != nil {
		t.Fatal(err)
	}
	f, err := v.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := f.Picture(context.Background(), page, 595)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// near tells whether colors differ by no more than what JPEG and color engines
// make of them.
func near(a, b color.RGBA, by int) bool {
	return abs(int(a.R)-int(b.R)) <= by && abs(int(a.G)-int(b.G)) <= by && abs(int(a.B)-int(b.B)) <= by
}

// TestPicturesLookRight draws quarters in four colors from files of every kind,
// and looks at the middle of each quarter.
func TestPicturesLookRight(t *testing.T) {
	need(t, "convert")
	dir := t.TempDir()
	source := filepath.Join(dir, "source.png")
	if err := os.WriteFile(source, pngBytes(t, quarters(80, 60)), 0o600); err != nil {
		t.Fatal(err)
	}
	src := quarters(80, 60)
	for _, c := range []struct {
		name, file string
		args       []string
		by         int
	}{
		{"png of 16 bits", "a.png", []string{"-depth", "16", "-define", "png:bit-depth=16"}, 2},
		{"png interlaced", "a.png", []string{"-interlace", "PNG"}, 0},
		{"png with palette", "a.png", []string{"-type", "Palette"}, 0},
		{"jpeg", "a.jpg", []string{"-quality", "95"}, 8},
		{"jpeg progressive", "a.jpg", []string{"-quality", "95", "-interlace", "JPEG"}, 8},
		{"jpeg without subsampling", "a.jpg", []string{"-quality", "95", "-sampling-factor", "1x1"}, 8},
		{"jpeg of inks, inverted", "a.jpg", []string{"-colorspace", "CMYK", "-quality", "95"}, 110}, // inks are duller: green is 0 165 80
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.file)
			args := append(append([]string{source}, c.args...), path)
			if out, err := exec.Command("convert", args...).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, doc := write(t, options(), func(d *Document) {
				img, err := d.AddImage(bytes.NewReader(b))
				if err != nil {
					t.Fatal(err)
				}
				d.AddPage().DrawImage(img, 100*Point, 100*Point, 400*Point, 300*Point)
			})
			seen := look(t, doc, 1)
			for _, q := range [4][2]int{{1, 1}, {3, 1}, {1, 3}, {3, 3}} {
				want := color.RGBAModel.Convert(src.At(20*q[0], 15*q[1])).(color.RGBA)
				if got := seen.RGBAAt(100+100*q[0], 100+75*q[1]); !near(got, want, c.by) {
					t.Errorf("quarter %v is %v, want %v", q, got, want)
				}
			}
		})
	}
}

// TestTurnedPictureLooksUpright has the eight orientations of EXIF.
func TestTurnedPictureLooksUpright(t *testing.T) {
	// Where the upper left quarter of the file is seen, by orientation.
	at := [9][2]int{1: {1, 1}, 2: {3, 1}, 3: {3, 3}, 4: {1, 3}, 5: {1, 1}, 6: {3, 1}, 7: {3, 3}, 8: {1, 3}}
	plain := jpegBytes(t, quarters(80, 80))
	want := color.RGBAModel.Convert(quarters(80, 80).At(20, 20)).(color.RGBA)
	_, doc := write(t, options(), func(d *Document) {
		for o := 1; o <= 8; o++ {
			exif := append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), byte(o), 0, 0, 0, 0, 0, 0)
			b := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(len(exif) + 2)}, exif...)
			img, err := d.AddImage(bytes.NewReader(append(b, plain[2:]...)))
			if err != nil {
				t.Fatal(err)
			}
			d.AddPage().DrawImage(img, 100*Point, 100*Point, 400*Point, 400*Point)
		}
	})
	for o := 1; o <= 8; o++ {
		if got := look(t, doc, o).RGBAAt(100+100*at[o][0], 100+100*at[o][1]); !near(got, want, 12) {
			t.Errorf("orientation %d: the quarter is %v, want %v", o, got, want)
		}
	}
}

// TestTones draws colors in gray, and in black and white.
func TestTones(t *testing.T) {
	ts := NewTypesetter(testFonts)
	for _, c := range []struct {
		name        string
		set         func(*Options)
		red, yellow color.RGBA
	}{
		{"color", func(*Options) {}, color.RGBA{255, 0, 0, 255}, color.RGBA{255, 250, 200, 255}},
		{"gray", func(o *Options) { o.Gray = true }, color.RGBA{76, 76, 76, 255}, color.RGBA{246, 246, 246, 255}},
		{"black", func(o *Options) { o.Black = true }, color.RGBA{0, 0, 0, 255}, color.RGBA{255, 255, 255, 255}},
	} {
		o := options()
		c.set(&o)
		_, path := write(t, o, func(d *Document) {
			p := d.AddPage()
			p.FillRect(100*Point, 100*Point, 100*Point, 100*Point, Color{R: 255})
			p.FillRect(300*Point, 100*Point, 100*Point, 100*Point, Color{255, 250, 200})
			text, err := ts.Layout(Plain("███", Style{Size: 60 * Point, Color: Color{0, 0, 255}, Bold: true}), 170*MM)
			if err != nil {
				t.Fatal(err)
			}
			p.DrawText(text, 100*Point, 300*Point)
			p.Line(100*Point, 500*Point, 400*Point, 500*Point, 10*Point, Color{0, 255, 0})
			p.StrokeRect(100*Point, 600*Point, 100*Point, 50*Point, 5*Point, Color{0, 255, 0})
		})
		img := look(t, path, 1)
		if got := img.RGBAAt(150, 150); !near(got, c.red, 1) {
			t.Errorf("%s: red is %v", c.name, got)
		}
		if got := img.RGBAAt(350, 150); !near(got, c.yellow, 1) {
			t.Errorf("%s: yellow is %v", c.name, got)
		}
		if c.name == "color" {
			continue
		}
		for i := 0; i < len(img.Pix); i += 4 {
			if img.Pix[i] != img.Pix[i+1] || img.Pix[i] != img.Pix[i+2] {
				t.Fatalf("%s: there is a color, %v", c.name, img.Pix[i:i+4])
			}
		}
	}
}

// TestLinksAndBookmarksPageByPage writes an index of five exhibits of three pages
// each, and has qpdf tell where every link and bookmark leads.
func TestLinksAndBookmarksPageByPage(t *testing.T) {
	ts := NewTypesetter(testFonts)
	const exhibits, each, first = 5, 3, 13
	o := options()
	o.FirstPage = first
	_, path := write(t, o, func(d *Document) {
		index := d.AddPage()
		d.Bookmark(0, fmt.Sprintf("Index (%d)", first), 0, 0)
		for e := range exhibits {
			text, err := ts.Layout(Block{Spans: []Span{{Text: fmt.Sprintf("Exhibit %d", e+1), Link: fmt.Sprintf("exhibit-%d", e+1)}}}, 100*MM)
			if err != nil {
				t.Fatal(err)
			}
			index.DrawText(text, 20*MM, Length(20+10*e)*MM)
		}
		for e := range exhibits {
			for i := range each {
				p := d.AddPage()
				p.Link(150*MM, 10*MM, 40*MM, 8*MM, "index")
				if i == 0 {
					p.Dest(fmt.Sprintf("exhibit-%d", e+1), 20*MM)
					d.Bookmark(0, fmt.Sprintf("Exhibit %d (%d)", e+1, first+1+e*each), p.Number()-1, 20*MM)
				} else {
					d.Bookmark(1, fmt.Sprintf("Page %d", i+1), p.Number()-1, 0)
				}
			}
		}
		index.Dest("index", 0)
	})
	checkOutline(t, path, exhibits, each, first)
	checkLinksOfPages(t, path, exhibits, each)
}

func checkOutline(t *testing.T, path string, exhibits, each, first int) {
	t.Helper()
	type entry struct {
		Title            string
		Destpageposfrom1 int
		Kids             []entry
	}
	var read struct {
		Outlines   []entry
		Pagelabels []struct {
			Index int
			Label map[string]any
		}
	}
	out := run(t, "qpdf", "--json", "--json-key=outlines", "--json-key=pagelabels", path)
	if err := json.Unmarshal([]byte(out), &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Outlines) != exhibits+1 {
		t.Fatalf("%d bookmarks, want %d", len(read.Outlines), exhibits+1)
	}
	for e, o := range read.Outlines[1:] {
		at := 2 + e*each
		if want := fmt.Sprintf("Exhibit %d (%d)", e+1, at+first-1); o.Title != want || o.Destpageposfrom1 != at || len(o.Kids) != each-1 {
			t.Errorf("bookmark %q leads to page %d, with %d below; want %q, page %d", o.Title, o.Destpageposfrom1, len(o.Kids), want, at)
		}
		for i, kid := range o.Kids {
			if kid.Destpageposfrom1 != at+i+1 {
				t.Errorf("bookmark %q leads to page %d, want %d", kid.Title, kid.Destpageposfrom1, at+i+1)
			}
		}
	}
	if l := read.Pagelabels; len(l) != 1 || l[0].Index != 0 || l[0].Label["/St"] != float64(first) || l[0].Label["/S"] != "/D" {
		t.Errorf("the page labels are %v", l)
	}
	if catalog := run(t, "mutool", "show", path, "trailer/Root/OpenAction"); !strings.Contains(catalog, "/XYZ null null 1") {
		t.Errorf("the document opens at %s", catalog)
	}
}

// checkLinksOfPages resolves each page's links by name through the names that
// qpdf reads.
func checkLinksOfPages(t *testing.T, path string, exhibits, each int) {
	t.Helper()
	objects := objectsOf(t, path)
	var read struct {
		Pages []struct{ Object string }
	}
	if err := json.Unmarshal([]byte(run(t, "qpdf", "--json", "--json-key=pages", path)), &read); err != nil {
		t.Fatal(err)
	}
	pageOf := map[string]int{} // by object
	for i, p := range read.Pages {
		pageOf[p.Object] = i + 1
	}
	leads := map[string]int{} // by name
	for _, o := range objects {
		var dict struct {
			Value struct {
				Names []any `json:"/Names"`
			}
		}
		if json.Unmarshal(o, &dict) != nil {
			continue
		}
		for i := 0; i+1 < len(dict.Value.Names); i += 2 {
			leads[dict.Value.Names[i].(string)] = pageOf[dict.Value.Names[i+1].([]any)[0].(string)]
		}
	}
	for i, p := range read.Pages {
		var page struct {
			Value struct {
				Annots []struct {
					Subtype string    `json:"/Subtype"`
					Dest    string    `json:"/Dest"`
					Rect    []float64 `json:"/Rect"`
				} `json:"/Annots"`
			}
		}
		if err := json.Unmarshal(objects["obj:"+p.Object], &page); err != nil {
			t.Fatal(err)
		}
		var to []int
		for _, a := range page.Value.Annots {
			if a.Subtype != "/Link" || a.Rect[0] >= a.Rect[2] || a.Rect[1] >= a.Rect[3] {
				t.Errorf("page %d: %+v", i+1, a)
			}
			to = append(to, leads[a.Dest])
		}
		want := []int{1}
		if i == 0 {
			want = nil
			for e := range exhibits {
				want = append(want, 2+e*each)
			}
		}
		if fmt.Sprint(to) != fmt.Sprint(want) {
			t.Errorf("the links of page %d lead to %v, want %v", i+1, to, want)
		}
	}
}
