package pages

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"image"
	"image/color"
	"os"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

const (
	catalog = "<</Type/Catalog/Pages 2 0 R>>"
	onePage = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
)

// bomb is a stream of 200 MB of one line, deflated once or twice over.
func bomb(t testing.TB, dict, line string, times int) string {
	t.Helper()
	b := bytes.Repeat([]byte(line), 1<<20/len(line))
	repeat := 200
	filters := ""
	for range times {
		var packed bytes.Buffer
		z, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		for range repeat {
			z.Write(b)
		}
		z.Close()
		b, repeat = packed.Bytes(), 1
		filters += "/FlateDecode"
	}
	return stream(dict+"/Filter["+filters+"]", string(b))
}

// TestHostile asks of each file what a caller asks: it ends with an answer or a
// problem, soon, and the next file is read as if nothing had been.
func TestHostile(t *testing.T) {
	good := rawPDF(t, catalog, onePage, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R>>",
		stream("", "1 0 0 rg 0 0 100 100 re f"))
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	page := func(more string) string {
		return "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R" + more + ">>"
	}
	deep := strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)
	either := (*data.ProblemKind)(nil) // a picture or a problem
	for _, c := range []struct {
		name string
		path string
		kind *data.ProblemKind
	}{
		{"empty", save(t, "a.pdf", nil), ProblemDamaged},
		{"text", save(t, "a.pdf", []byte("Dear buyer, this is no PDF.")), ProblemDamaged},
		{"cut", save(t, "a.pdf", whole[:60]), ProblemDamaged},
		{"loop in the tree", rawPDF(t, catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"), either},
		{"no pages", rawPDF(t, catalog, "<</Type/Pages/Kids[]/Count 0>>"), ProblemDamaged},
		{"a million pages", rawPDF(t, catalog, "<</Type/Pages/Kids["+strings.Repeat("3 0 R ", 1_000_000)+"]/Count 1000000>>", page("")), ProblemLimit},
		{"a false count", rawPDF(t, catalog, "<</Type/Pages/Kids[3 0 R]/Count 1000000000>>", page(""), stream("", "")), either},
		{"a count below zero", rawPDF(t, catalog, "<</Type/Pages/Kids[3 0 R]/Count -5>>", page(""), stream("", "")), either},
		{"a form that draws itself", rawPDF(t, catalog, onePage, page("/Resources<</XObject<</X 5 0 R>>>>"), stream("", "/X Do"),
			stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>", "/X Do /X Do /X Do")), either},
		{"deep arrays", rawPDF(t, catalog, onePage, page("/X"+deep), stream("", deep)), either},
		{"bomb", rawPDF(t, catalog, onePage, page(""), bomb(t, "", "          ", 1)), either},
		{"bomb in a bomb", rawPDF(t, catalog, onePage, page(""), bomb(t, "", "q ", 2)), either},
		{"vast picture", rawPDF(t, catalog, onePage, page("/Resources<</XObject<</I 5 0 R>>>>"), stream("", "100 0 0 100 0 0 cm /I Do"),
			stream("/Type/XObject/Subtype/Image/Width 900000/Height 900000/ColorSpace/DeviceGray/BitsPerComponent 8", "x")), either},
		{"vast page", rawPDF(t, catalog, onePage, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 1 1000000]/Contents 4 0 R>>", stream("", "")), either},
		{"sizes that are none", rawPDF(t, catalog, onePage, "<</Type/Page/Parent 2 0 R/MediaBox[1e40 -1e40 nan 0]/Contents 4 0 R>>", stream("", "")), either},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := start(t, childOptions(t))
			err := useAll(v, c.path)
			_, problem := data.AsProblem(err)
			if c.kind == either && err != nil && !problem || c.kind != either && !isKind(err, c.kind) {
				t.Errorf("got %v", err)
			}
			if err := useAll(v, good); err != nil {
				t.Errorf("the next file: %v", err)
			}
		})
	}
}

// useAll opens a file and asks everything of its first page.
func useAll(v *Viewer, path string) error {
	ctx := context.Background()
	f, err := v.Open(ctx, path)
	if err != nil {
		return err
	}
	defer f.Close()
	img, err := f.Picture(ctx, 1, 200)
	if err != nil {
		return err
	}
	if w, h := f.PictureSize(1, 200); img.Bounds() != image.Rect(0, 0, w, h) {
		return fmt.Errorf("the picture is %v, not %d by %d", img.Bounds(), w, h)
	}
	if _, err := f.Text(ctx, 1); err != nil {
		return err
	}
	_, err = f.Links(ctx, 1)
	return err
}

// TestTimeout has a page that takes far longer than it may.
func TestTimeout(t *testing.T) {
	o := childOptions(t)
	o.Timeout = time.Second
	v := start(t, o)
	if err := useAll(v, endless(t)); !isKind(err, ProblemLimit) {
		t.Errorf("got %v", err)
	}
	if err := useAll(v, colored(t)); err != nil {
		t.Errorf("the next file: %v", err)
	}
}

// endless is a page whose forms draw each other, two to the power of 25 times.
func endless(t testing.TB) string {
	objects := []string{
		catalog, onePage, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
		stream("", "/X Do"),
	}
	const deep = 25
	for i := range deep {
		objects = append(objects, stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</XObject<</X %d 0 R>>>>", 6+i), "/X Do /X Do"))
	}
	objects = append(objects, stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]", "0 0 100 100 re f"))
	return rawPDF(t, objects...)
}

// TestFontsThatAreMissing draws nothing of the system's: a font that is not
// embedded is substituted, and what the substitute lacks stays empty.
func TestFontsThatAreMissing(t *testing.T) {
	f := open(t, start(t, childOptions(t)), rawPDF(
		t, catalog, onePage,
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</A 5 0 R/B 6 0 R>>>>>>",
		stream("", "BT /A 40 Tf 10 60 Td (HHHH) Tj ET BT /B 40 Tf 10 10 Td <4E2D56FD> Tj ET"),
		"<</Type/Font/Subtype/TrueType/BaseFont/NoSuchFontAnywhere>>",
		"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[7 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 8 0 R>>",
		"<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 900/Descent -100/CapHeight 700/StemV 80>>",
	))
	img, err := f.Picture(context.Background(), 1, 200)
	if err != nil {
		t.Fatal(err)
	}
	if n := inked(img, image.Rect(0, 0, 200, 50)); n < 100 {
		t.Errorf("letters in a substitute have %d dark pixels", n)
	}
	text, err := f.Text(context.Background(), 1)
	if err != nil || !strings.Contains(text, "HHHH") || !strings.Contains(text, "中国") {
		t.Errorf("text %q, error %v", text, err)
	}
}

func inked(img *image.RGBA, in image.Rectangle) (n int) {
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if c := img.RGBAAt(x, y); c.R < 128 && c.G < 128 && c.B < 128 {
				n++
			}
		}
	}
	return n
}

// TestAppearances draws a field, a stamp and a hidden note on a page that lies on
// its side and is cropped, and looks for the colors of what is shown.
func TestAppearances(t *testing.T) {
	box := func(color string) string {
		return stream("/Type/XObject/Subtype/Form/BBox[0 0 10 10]", color+" rg 0 0 10 10 re f")
	}
	f := open(t, start(t, childOptions(t)), rawPDF(
		t,
		"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]>>/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 400 300]/Rotate 90>>",
		"<</Type/Page/Parent 2 0 R/CropBox[100 100 300 200]/Contents 4 0 R/Annots[5 0 R 7 0 R 9 0 R 11 0 R]>>",
		stream("", ""),
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(b)/F 4/Rect[100 100 140 140]/AP<</N 6 0 R>>>>", box("0 1 0"),
		"<</Type/Annot/Subtype/Stamp/F 4/Rect[260 160 300 200]/AP<</N 8 0 R>>>>", box("0 0 1"),
		"<</Type/Annot/Subtype/Stamp/F 2/Rect[100 160 140 200]/AP<</N 10 0 R>>>>", box("1 0 0"),
		"<</Type/Annot/Subtype/Link/Rect[260 100 300 140]/Dest[3 0 R/Fit]>>",
	))
	if w, h := f.Size(1); w != 100 || h != 200 {
		t.Errorf("a page of 200 by 100 on its side is %v by %v", w, h)
	}
	img, err := f.Picture(context.Background(), 1, 100)
	if err != nil {
		t.Fatal(err)
	}
	// Turned clockwise, the lower left corner comes to the upper left.
	for _, c := range []struct {
		name string
		x, y int
		want color.RGBA
	}{
		{"field", 20, 20, color.RGBA{0, 255, 0, 255}},
		{"stamp", 80, 180, color.RGBA{0, 0, 255, 255}},
		{"hidden", 80, 20, color.RGBA{255, 255, 255, 255}},
	} {
		if got := img.RGBAAt(c.x, c.y); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	links, err := f.Links(context.Background(), 1)
	if err != nil || len(links) != 1 || links[0].Page != 1 {
		t.Fatalf("links %v, error %v", links, err)
	}
	if got := links[0].Rect.In(img.Bounds()); got != image.Rect(0, 160, 40, 200) {
		t.Errorf("the link lies at %v", got)
	}
}
