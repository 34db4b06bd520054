package bundle

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
)

// handPDF writes a PDF by hand: object i+1 is objects[i], object 1 the catalog.
// A table of objects is left out: readers mend that.
func handPDF(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\n%%%%EOF\n", len(objects)+1)
	return b.Bytes()
}

func handStream(dict, body string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(body), body)
}

// exportOf exports a case of one exhibit, with what draws pages.
func exportOf(t *testing.T, name, mime string, content []byte) (Result, error) {
	t.Helper()
	c, m := sampleCase(t, "en")
	c.Exhibits, c.Statement = []Exhibit{{Evidence: m.add(name, mime, data.KindOther, content)}}, data.Statement{}
	return Export(t.Context(), c, m, t.TempDir(), Options{Viewer: childViewer(t)})
}

// told lists the codes of what a result says is not shown or not whole.
func told(res Result) (codes []string) {
	for _, r := range append(slices.Clone(res.Rejected), res.Missing...) {
		p, ok := data.AsProblem(r.Reason)
		if !ok {
			return []string{r.Reason.Error()}
		}
		codes = append(codes, p.Kind.Code)
	}
	return codes
}

// picturesOn counts the pictures on pages.
func picturesOn(t *testing.T, path string, first, last int) int {
	t.Helper()
	list := run(t, ".", "pdfimages", "-list", "-f", itoa(first), "-l", itoa(last), path)
	return strings.Count(strings.TrimSpace(list), "\n") - 1
}

// darkest gives how dark the darkest pixels of a page are, drawn by poppler in
// gray, in the part of it where exhibits stand.
func darkest(t *testing.T, path string, page int) uint8 {
	t.Helper()
	out := filepath.Join(t.TempDir(), "page")
	run(t, ".", "pdftoppm", "-gray", "-r", "60", "-f", itoa(page), "-l", itoa(page), "-singlefile", "-png", path, out)
	f, err := os.Open(out + ".png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	least := uint8(255)
	for y := 100; y < img.Bounds().Dy()-60; y++ {
		for x := range img.Bounds().Dx() {
			least = min(least, color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y)
		}
	}
	return least
}

func TestFieldsWithoutAppearanceAreDrawn(t *testing.T) {
	form := handPDF(
		"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/DR<</Font<</Helv 5 0 R>>>>/DA(/Helv 24 Tf 0 g)>>>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[4 0 R]>>",
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(DELIVERED)/DA(/Helv 24 Tf 0 g)/Rect[60 500 400 540]/F 4/P 3 0 R>>",
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	)
	res, err := exportOf(t, "form.pdf", "application/pdf", form)
	if err != nil {
		t.Fatal(err)
	}
	last := res.Exhibits[0].Last
	if codes := told(res); len(codes) > 0 || picturesOn(t, res.PDF, last, last) != 1 {
		t.Errorf("told %v, %d pictures", codes, picturesOn(t, res.PDF, last, last))
	}
	if text := pageText(t, res.PDF, last, last); !strings.Contains(text, "shown as a picture of the page") {
		t.Errorf("the page says %s", text)
	}
	if d := darkest(t, res.PDF, last); d > 60 {
		t.Errorf("the field's value is not there: nothing is darker than %d", d)
	}
}

func TestNotesWithoutAppearanceAreTold(t *testing.T) {
	noted := handPDF(
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[4 0 R]>>",
		"<</Type/Annot/Subtype/FreeText/Contents(Signed at the door)/DA(/Helv 24 Tf 0 g)/Rect[60 500 400 540]/F 4>>",
	)
	res, err := exportOf(t, "noted.pdf", "application/pdf", noted)
	if err != nil {
		t.Fatal(err)
	}
	if codes := told(res); !slices.Equal(codes, []string{"bundle_unpainted"}) {
		t.Errorf("told %v", codes)
	}
	if text := pageText(t, res.PDF, res.Exhibits[0].Last, res.Exhibits[0].Last); !strings.Contains(text, "without an appearance") &&
		!strings.Contains(text, "gives no appearance") {
		t.Errorf("the page says %s", text)
	}
}

// nested has forms in forms, 8 to the 9th rectangles of them.
func nested() []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
		handStream("", "0.5 g /X Do"),
	}
	for i := range 9 {
		body := strings.Repeat("/X Do ", 8)
		if i == 8 {
			body = strings.Repeat("100 100 200 200 re f ", 8)
		}
		objects = append(objects, handStream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>", 6+i), body))
	}
	return handPDF(objects...)
}

// TestPagesThatTakeTooLong are not bound in: nobody who decides a case would see
// them, and their viewer might not come back.
func TestPagesThatTakeTooLong(t *testing.T) {
	dashes := handPDF(
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
		handStream("", "[0.02 0.02] 0 d "+strings.Repeat("0 0 m 595 842 l S ", 5000)),
	)
	for code, c := range map[string]struct {
		content []byte
		says    string
	}{
		"pages_slow":      {dashes, "take too long to draw"},
		"pdf_annex_limit": {nested(), "too large to be placed"},
	} {
		res, err := exportOf(t, "slow.pdf", "application/pdf", c.content)
		if err != nil {
			t.Fatal(err)
		}
		if codes := told(res); !slices.Equal(codes, []string{code}) {
			t.Fatalf("told %v, not %s", codes, code)
		}
		if text := pageText(t, res.PDF, res.Exhibits[0].First, res.Exhibits[0].Last); !strings.Contains(text, c.says) {
			t.Errorf("the page says %s", text)
		}
	}
}

// TestLongScreenshotIsCut prints a chat of 20 screens, with a mark at each tenth
// of it, over pages on which a line is as high as it was on the telephone.
func TestLongScreenshotIsCut(t *testing.T) {
	nothingAtOnce(t)
	img := image.NewRGBA(image.Rect(0, 0, 720, 12_000))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for y := 0; y < 12_000; y += 40 { // a line of text each 40 pixels
		draw.Draw(img, image.Rect(40, y, 680, y+20), image.Black, image.Point{}, draw.Src)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	res, err := exportOf(t, "chat.png", "image/png", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	// 720 pixels are 100 mm wide, so all is 1,667 mm high: seven pages of 246 mm, and
	// what is lost to the heading and where two parts overlap.
	x := res.Exhibits[0]
	if n := x.Last - x.First + 1; n < 7 || n > 9 {
		t.Errorf("it takes %d pages", n)
	}
	for page := x.First; page <= x.Last; page++ {
		if d := darkest(t, res.PDF, page); d > 60 {
			t.Errorf("nothing of it is on page %d", page)
		}
	}
	if n := strings.Count(run(t, ".", "pdfimages", "-list", res.PDF), " 12000 "); n != x.Last-x.First+1 {
		t.Errorf("%d pages show it", n)
	}
	if sums := run(t, ".", "pdfimages", "-list", "-f", itoa(x.First), "-l", itoa(x.Last), res.PDF); len(b.Bytes()) > int(res.PDFSize) {
		t.Errorf("it is in the file more than once: %s", sums)
	}
	if codes := told(res); len(codes) > 0 {
		t.Errorf("told %v", codes)
	}
}

func TestEveryPageOfATIFFIsPrinted(t *testing.T) {
	dir := t.TempDir()
	for i, c := range []string{"red", "lime", "blue"} {
		run(t, dir, "convert", "-size", fmt.Sprintf("%dx200", 150+50*i), "xc:"+c, "p"+itoa(i)+".tif")
	}
	run(t, dir, "tiffcp", "-c", "lzw", "p0.tif", "p1.tif", "p2.tif", "all.tif")
	raw, err := os.ReadFile(filepath.Join(dir, "all.tif"))
	if err != nil {
		t.Fatal(err)
	}
	res, err := exportOf(t, "all.tif", "image/tiff", raw)
	if err != nil {
		t.Fatal(err)
	}
	x := res.Exhibits[0]
	if codes := told(res); len(codes) > 0 || x.Last-x.First != 2 { // the first below the head of the exhibit
		t.Errorf("pages %d to %d, told %v", x.First, x.Last, codes)
	}
	if n := picturesOn(t, res.PDF, x.First, x.Last); n != 3 {
		t.Errorf("%d pictures", n)
	}
	for i, c := range []color.RGBA{{R: 255, A: 255}, {G: 255, A: 255}, {B: 255, A: 255}} {
		out := filepath.Join(dir, "out")
		run(t, dir, "pdftoppm", "-r", "30", "-f", itoa(x.First+i), "-singlefile", "-png", res.PDF, out)
		f, err := os.Open(out + ".png")
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		if got := color.RGBAModel.Convert(img.At(img.Bounds().Dx()/2, img.Bounds().Dy()/2)); got != c {
			t.Errorf("page %d is %v, not %v", i+1, got, c)
		}
	}
}

// TestMailIsShownDecoded prints what a reader of a mail sees, and tells what of it
// is not there.
func TestMailIsShownDecoded(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, drawn(120, 80)); err != nil {
		t.Fatal(err)
	}
	mail := "From: carrier@example.test\r\nTo: shop@example.test\r\nSubject: =?UTF-8?B?5bey6YCB6L6+?=\r\nDate: Mon, 02 Mar 2026 10:00:00 +0800\r\n" +
		"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n" +
		"Content-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte("Signed for by the neighbor.")) + "\r\n" +
		"--x\r\nContent-Type: image/png; name=scan.png\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString(b.Bytes()) + "\r\n" +
		"--x\r\nContent-Type: application/pdf; name=label.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--x--\r\n"
	res, err := exportOf(t, "scan.eml", "message/rfc822", []byte(mail))
	if err != nil {
		t.Fatal(err)
	}
	x := res.Exhibits[0]
	text := pageText(t, res.PDF, x.First, x.Last)
	for _, want := range []string{"carrier@example.test", "已送达", "Signed for by the neighbor.", "label.pdf"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the page:\n%s", want, text)
		}
	}
	if strings.Contains(text, "multipart") || picturesOn(t, res.PDF, x.First, x.Last) == 0 {
		t.Errorf("%d pictures:\n%s", picturesOn(t, res.PDF, x.First, x.Last), text)
	}
	if codes := told(res); !slices.Equal(codes, []string{"bundle_attachments"}) {
		t.Errorf("told %v", codes)
	}
}
