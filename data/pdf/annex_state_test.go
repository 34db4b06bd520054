package pdf

import (
	"context"
	"image/color"
	"testing"
)

// TestAnnexBeginsAsAPageDoes draws a page that sets no color, width, dash or text
// state, below what sets them: it must look as it does alone.
func TestAnnexBeginsAsAPageDoes(t *testing.T) {
	in := rawPDF(
		t, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
		streamText("", "100 700 100 50 re f 300 700 100 50 re S BT /F 40 Tf 100 600 Td (Black) Tj ET"),
	)
	a, err := ReadAnnex(context.Background(), in, AnnexOptions{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	ts := NewTypesetter(testFonts)
	_, out := write(t, options(), func(d *Document) {
		added, err := d.AddAnnex(a)
		if err != nil {
			t.Fatal(err)
		}
		p := d.AddPage()
		gray := Color{R: 0xc9, G: 0xd0, B: 0xd8}
		text, err := ts.Layout(Plain("caption", Style{Size: 8 * Point, Bold: true, Color: gray}), 100*MM)
		if err != nil {
			t.Fatal(err)
		}
		p.DrawText(text, 0, 0)
		p.Line(0, A4Height, 1, A4Height, 9*MM, gray)
		p.DrawAnnex(added, 0, 0, 0, A4Width, A4Height)
	})
	alone, bound := look(t, in, 1), look(t, out, 1)
	for _, at := range []struct{ x, y int }{{150, 117}, {350, 117}, {300, 142}} { // the box, inside of the frame, the frame
		if want, got := alone.RGBAAt(at.x, at.y), bound.RGBAAt(at.x, at.y); !near(want, got, 60) {
			t.Errorf("at %v the page is %v, in the document %v", at, want, got)
		}
	}
	if c := bound.RGBAAt(150, 117); c != (color.RGBA{A: 255}) {
		t.Errorf("the box is %v, not black", c)
	}
	dark := 0
	for y := 200; y < 245; y++ {
		for x := 100; x < 220; x++ {
			if bound.RGBAAt(x, y).R < 40 {
				dark++
			}
		}
	}
	if dark < 300 {
		t.Errorf("the word is pale: %d dark pixels", dark)
	}
}
