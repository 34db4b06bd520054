package pdf

import (
	"fmt"
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// A foundPage is a page with what it inherits.
type foundPage struct {
	dict      types.Dict
	resources types.Object
	media     types.Object
	crop      types.Object
	rotate    types.Object

	unpainted, missing int // annotations: that viewers make up, and that none does
}

// findPages walks the tree of pages.
func (w *annexWriter) findPages(o types.Object, inherited foundPage, depth int) error {
	if ref, ok := o.(types.IndirectRef); ok {
		n := ref.ObjectNumber.Value()
		if w.visited[n] {
			return damagedPDF(nil, "its pages refer back to themselves")
		}
		w.visited[n] = true
	}
	if depth > maxDepth {
		return damagedPDF(nil, "its pages are nested too deeply")
	}
	d := w.dict(o)
	if d == nil {
		return damagedPDF(nil, "a page is missing")
	}
	p := inherited
	p.dict = d
	for key, at := range map[string]*types.Object{"Resources": &p.resources, "MediaBox": &p.media, "CropBox": &p.crop, "Rotate": &p.rotate} {
		if v, ok := d[key]; ok && v != nil {
			*at = v
		}
	}
	kids, ok := w.get(d["Kids"]).(types.Array)
	if !ok {
		if len(w.pages) == w.limits.pages {
			return ProblemAnnexLimit.New("detail", fmt.Sprintf("it has more than %d pages", w.limits.pages))
		}
		w.pages = append(w.pages, p)
		return nil
	}
	for _, kid := range kids {
		if err := w.findPages(kid, p, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// numbersOf reads an array of n numbers.
func (w *annexWriter) numbersOf(o types.Object, n int) ([]float64, bool) {
	array, ok := w.get(o).(types.Array)
	if !ok || len(array) != n {
		return nil, false
	}
	out := make([]float64, n)
	for i, v := range array {
		switch v := w.get(v).(type) {
		case types.Integer:
			out[i] = float64(v.Value())
		case types.Float:
			out[i] = v.Value()
		default:
			return nil, false
		}
		if math.IsNaN(out[i]) || math.Abs(out[i]) > 1e6 {
			return nil, false
		}
	}
	return out, true
}

// box reads a rectangle, its corners in order.
func (w *annexWriter) box(o types.Object) (b [4]float64, ok bool) {
	v, ok := w.numbersOf(o, 4)
	if !ok {
		return b, false
	}
	b = [4]float64{min(v[0], v[2]), min(v[1], v[3]), max(v[0], v[2]), max(v[1], v[3])}
	return b, b[2]-b[0] >= 1 && b[3]-b[1] >= 1
}

// shown gives what a viewer shows of a page.
func (w *annexWriter) shown(p *foundPage) [4]float64 {
	media, ok := w.box(p.media)
	if !ok {
		media = [4]float64{0, 0, 612, 792} // what viewers take
	}
	crop, ok := w.box(p.crop)
	if !ok {
		return media
	}
	crop = [4]float64{max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3])}
	if crop[2]-crop[0] < 1 || crop[3]-crop[1] < 1 {
		return media
	}
	return crop
}
