package picture

import (
	"image"
	"image/color"
	"math"

	"casebinder/data"
)

// Square is one square of pixelation: its place on the original, and its color.
type Square struct {
	image.Rectangle
	Color color.NRGBA
}

// Squares tells how [Apply] pixelates an area of an original, with the colors
// taken from a picture of it that may be smaller. Where an area lies outside of
// the original there are none.
func Squares(small *image.RGBA, original image.Point, e data.Edit) []Square {
	bounds := image.Rectangle{Max: original}
	r := area(e).Intersect(bounds)
	if r.Empty() || small.Rect.Empty() {
		return nil
	}
	wide, high := small.Rect.Dx(), small.Rect.Dy()
	var all []Square
	for _, cell := range cells(r) {
		at := image.Rect(cell.Min.X*wide/original.X, cell.Min.Y*high/original.Y,
			(cell.Max.X*wide+original.X-1)/original.X, (cell.Max.Y*high+original.Y-1)/original.Y).Intersect(small.Rect)
		all = append(all, Square{cell, average(small, at)})
	}
	return all
}

// average is the color of an area of an opaque picture, as flatten gives it.
func average(img *image.RGBA, r image.Rectangle) color.NRGBA {
	var sum [3]uint64
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := img.Pix[img.PixOffset(r.Min.X, y) : img.PixOffset(r.Max.X-1, y)+4]
		for i := 0; i < len(row); i += 4 {
			for j := range 3 {
				sum[j] += uint64(row[i+j])
			}
		}
	}
	n := max(uint64(r.Dx())*uint64(r.Dy()), 1)
	return color.NRGBA{R: byte((sum[0] + n/2) / n), G: byte((sum[1] + n/2) / n), B: byte((sum[2] + n/2) / n), A: 255}
}

// SketchMark draws an arrow, a frame or a number into a view of an original, as
// [Apply] burns it into the original: scale is how many pixels of the view stand
// for one of the original, and from the place on the original, in its pixels, of
// the view's upper left corner. The view must be opaque.
func SketchMark(view *image.RGBA, original image.Point, e data.Edit, scale, fromX, fromY float64) error {
	bounds := image.Rectangle{Max: original}
	if undrawable(e, bounds) != "" {
		return nil
	}
	layers, err := marks(e, bounds)
	if err != nil {
		return err
	}
	place := func(at int, from float64) int { return int(math.Round((float64(at) - from*unit) * scale)) }
	for _, l := range layers {
		var s shape
		for _, p := range l.shape {
			scaled := make(polygon, len(p))
			for i, at := range p {
				scaled[i] = point{place(at.x, fromX), place(at.y, fromY)}
			}
			s = append(s, scaled)
		}
		s.rows(view.Rect, func(y, x int, cover []int) { blend(view.Pix[view.PixOffset(x, y):], cover, l.color) })
	}
	return nil
}
