package picture

import (
	"image"
	"image/color"
	"testing"

	"casebinder/data"
)

// speckled is an opaque picture in which no two neighbors are alike.
func speckled(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{byte(x * 7), byte(y * 5), byte(x*y + 40), 255})
		}
	}
	return img
}

func TestSquaresAreThoseThatAreBurnedIn(t *testing.T) {
	img := speckled(230, 170)
	e := data.Edit{Kind: data.EditPixels, X: 21, Y: 33, W: 150, H: 120}
	burned, err := Apply(img, []data.Edit{e})
	if err != nil {
		t.Fatal(err)
	}
	squares := Squares(img, image.Pt(230, 170), e)
	if len(squares) < 20 {
		t.Fatalf("%d squares", len(squares))
	}
	for _, s := range squares {
		for _, at := range []image.Point{s.Min, s.Max.Sub(image.Pt(1, 1))} {
			if got := burned.NRGBAAt(at.X, at.Y); got != s.Color {
				t.Fatalf("at %v is %v, told was %v", at, got, s.Color)
			}
		}
	}
}

func TestSquaresOfASmallerPictureLieOnTheSameGrid(t *testing.T) {
	e := data.Edit{Kind: data.EditPixels, X: 100, Y: 90, W: 333, H: 210}
	size := image.Pt(920, 680)
	large, small := Squares(speckled(920, 680), size, e), Squares(speckled(230, 170), size, e)
	if len(large) != len(small) {
		t.Fatalf("%d squares, of the smaller picture %d", len(large), len(small))
	}
	for i := range large {
		if large[i].Rectangle != small[i].Rectangle {
			t.Fatalf("square %d: %v and %v", i, large[i].Rectangle, small[i].Rectangle)
		}
	}
	if got := Squares(speckled(4, 4), size, data.Edit{Kind: data.EditPixels, X: 2000, Y: 0, W: 9, H: 9}); got != nil {
		t.Errorf("outside of the picture: %v", got)
	}
}

func TestSketchedMarksAreThoseThatAreBurnedIn(t *testing.T) {
	for _, e := range []data.Edit{
		{Kind: data.EditArrow, X: 20, Y: 150, W: 90, H: -100},
		{Kind: data.EditFrame, X: 60, Y: 40, W: 100, H: 70},
		{Kind: data.EditNumber, X: 120, Y: 90, Number: 17},
	} {
		burned, err := Apply(speckled(230, 170), []data.Edit{e})
		if err != nil {
			t.Fatal(err)
		}
		view := speckled(230, 170)
		if err := SketchMark(view, image.Pt(230, 170), e, 1, 0, 0); err != nil {
			t.Fatal(err)
		}
		for i := range view.Pix {
			if view.Pix[i] != burned.Pix[i] {
				t.Fatalf("%s: byte %d is %d, burned in is %d", e.Kind, i, view.Pix[i], burned.Pix[i])
			}
		}
	}
}

// A view at half the scale that begins at 40, 20 shows at 35, 30 what the
// original has at 110, 80.
func TestSketchedMarksFollowTheView(t *testing.T) {
	view := image.NewRGBA(image.Rect(0, 0, 80, 70))
	for i := 3; i < len(view.Pix); i += 4 {
		view.Pix[i] = 255
	}
	e := data.Edit{Kind: data.EditNumber, X: 110, Y: 80, Number: 8}
	if err := SketchMark(view, image.Pt(230, 170), e, 0.5, 40, 20); err != nil {
		t.Fatal(err)
	}
	marked := image.Rectangle{}
	for y := range 70 {
		for x := range 80 {
			if view.RGBAAt(x, y) != (color.RGBA{A: 255}) {
				marked = marked.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if c := marked.Min.Add(marked.Max).Div(2); c.Sub(image.Pt(35, 30)).X > 1 || c.Sub(image.Pt(35, 30)).Y > 1 || marked.Dx() < 14 || marked.Dx() > 20 {
		t.Errorf("the number covers %v", marked)
	}
	if err := SketchMark(view, image.Pt(230, 170), data.Edit{Kind: data.EditArrow, X: 3, Y: 3}, 1, 0, 0); err != nil {
		t.Errorf("an arrow without length: %v", err)
	}
}
