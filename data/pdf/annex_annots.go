package pdf

import (
	"bytes"
	"fmt"
	"math"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Flags of an annotation.
const (
	annotHidden = 1 << 1
	annotNoView = 1 << 5
)

// An appearance is what an annotation looks like, and where.
type appearance struct {
	ref    types.IndirectRef
	matrix [6]float64
}

// withAnnotations gives a form that draws a page and then the normal appearances
// of its annotations; the page's own form when there are none.
func (w *annexWriter) withAnnotations(p *foundPage, page int, box [4]float64) (int, error) {
	var all []appearance
	annots, _ := w.get(p.dict["Annots"]).(types.Array)
	for _, o := range annots {
		annot := w.dict(o)
		if !w.visible(annot) {
			continue
		}
		a, ok := w.appearance(annot)
		if ok {
			all = append(all, a)
		}
		w.count(p, annot, ok)
	}
	if len(all) == 0 {
		return page, nil
	}
	form := w.newNumber()
	w.begin(form)
	w.text("<</Type/XObject/Subtype/Form/BBox[%s]/Resources<</XObject<</P ", boxText(box))
	w.flush()
	w.record('R', page)
	content := bytes.NewBufferString("/P Do\n")
	for i, a := range all {
		w.text("/A%d", i)
		w.reference(a.ref)
		content.WriteString("q")
		for _, v := range a.matrix {
			content.WriteString(" " + realText(math.Round(v*1e6)/1e6))
		}
		fmt.Fprintf(content, " cm /A%d Do Q\n", i)
	}
	w.text(">>>>")
	w.stream(content.Bytes())
	return form, nil
}

// visible tells whether a viewer shows an annotation.
func (w *annexWriter) visible(annot types.Dict) bool {
	if annot == nil || w.nameOf(annot["Subtype"]) == "Popup" {
		return false
	}
	flags, ok := w.get(annot["F"]).(types.Integer)
	return !ok || flags.Value()&(annotHidden|annotNoView) == 0
}

// count counts an annotation that is not, or not rightly, drawn by an appearance.
func (w *annexWriter) count(p *foundPage, annot types.Dict, painted bool) {
	if _, ok := w.box(annot["Rect"]); !ok {
		return // nothing of it can be seen
	}
	subtype := w.nameOf(annot["Subtype"])
	switch {
	case subtype == "Widget":
		if w.needsPainting(annot, painted) {
			p.unpainted++
		}
	case painted:
	case slices.Contains(madeUp, subtype):
		p.unpainted++
	case slices.Contains(neverMadeUp, subtype):
		p.missing++
	}
}

// The kinds of annotations for which PDFium makes up an appearance where there is
// none, and those for which it does not.
var (
	madeUp      = []string{"Circle", "Highlight", "Ink", "Square", "Squiggly", "StrikeOut", "Underline", "Text"}
	neverMadeUp = []string{"FreeText", "Line", "Polygon", "PolyLine", "Stamp", "Caret", "FileAttachment", "Redact", "Sound", "Movie", "3D", "RichMedia"}
)

// needsPainting tells whether a viewer makes up what a field looks like: where it
// has a value or a frame and no appearance, or where the file asks for it.
func (w *annexWriter) needsPainting(field types.Dict, painted bool) bool {
	kind := w.nameOf(w.inherited(field, "FT"))
	switch {
	case kind == "Sig":
		return false
	case painted:
		return w.remade && kind != "Btn"
	}
	switch v := w.get(w.inherited(field, "V")).(type) {
	case nil:
	case types.Name:
		if v != "" && v != "Off" {
			return true
		}
	case types.StringLiteral:
		if v != "" {
			return true
		}
	case types.HexLiteral:
		if v != "" {
			return true
		}
	default:
		return true
	}
	looks := w.dict(field["MK"])
	return looks["BC"] != nil || looks["BG"] != nil || looks["CA"] != nil
}

// inherited gives an entry of a field, or of what it is a part of.
func (w *annexWriter) inherited(field types.Dict, key string) types.Object {
	for range maxDepth {
		if v, ok := field[key]; ok && v != nil {
			return v
		}
		if field = w.dict(field["Parent"]); field == nil {
			break
		}
	}
	return nil
}

// appearance finds the normal appearance of an annotation.
func (w *annexWriter) appearance(annot types.Dict) (a appearance, ok bool) {
	normal := w.dict(annot["AP"])["N"]
	if states, ok := w.get(normal).(types.Dict); ok { // one of several, such as a box's check mark
		normal = states[w.nameOf(annot["AS"])]
	}
	ref, ok := normal.(types.IndirectRef)
	if !ok {
		return a, false
	}
	form, ok := w.get(ref).(types.StreamDict)
	if !ok {
		return a, false
	}
	rect, ok := w.box(annot["Rect"])
	if !ok {
		return a, false
	}
	bbox, ok := w.box(form.Dict["BBox"])
	if !ok {
		return a, false
	}
	m, ok := w.numbersOf(form.Dict["Matrix"], 6)
	if !ok {
		m = []float64{1, 0, 0, 1, 0, 0}
	}
	a.ref = ref
	a.matrix, ok = placeAppearance(bbox, m, rect)
	return a, ok
}

// placeAppearance gives the matrix that puts an appearance into its annotation's
// rectangle: the box around its transformed bounds is stretched over it
// (ISO 32000-1, 12.5.5).
func placeAppearance(bbox [4]float64, m []float64, rect [4]float64) (out [6]float64, ok bool) {
	var around [4]float64
	for i, corner := range [4][2]float64{{bbox[0], bbox[1]}, {bbox[2], bbox[1]}, {bbox[0], bbox[3]}, {bbox[2], bbox[3]}} {
		x := float64(m[0]*corner[0]) + float64(m[2]*corner[1]) + m[4]
		y := float64(m[1]*corner[0]) + float64(m[3]*corner[1]) + m[5]
		if i == 0 {
			around = [4]float64{x, y, x, y}
			continue
		}
		around = [4]float64{min(around[0], x), min(around[1], y), max(around[2], x), max(around[3], y)}
	}
	w, h := around[2]-around[0], around[3]-around[1]
	if w < 1e-6 || h < 1e-6 {
		return out, false
	}
	sx, sy := (rect[2]-rect[0])/w, (rect[3]-rect[1])/h
	return [6]float64{sx, 0, 0, sy, rect[0] - float64(sx*around[0]), rect[1] - float64(sy*around[1])}, true
}
