package pdf

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// drain writes the objects that were referred to, and what they refer to.
func (w *annexWriter) drain() error {
	for len(w.queue) > 0 {
		source := w.queue[0]
		w.queue = w.queue[1:]
		w.begin(w.numbers[source])
		o := w.get(*types.NewIndirectRef(source, 0))
		if sd, ok := o.(types.StreamDict); ok {
			if err := w.streamObject(&sd); err != nil {
				return err
			}
			continue
		}
		if err := w.value(o, 0); err != nil {
			return err
		}
		w.end()
	}
	return nil
}

// leftBehind are the entries of streams that lead out of what a page shows.
var leftBehind = map[string]bool{
	"F": true, "FFilter": true, "FDecodeParms": true, "Metadata": true, "PieceInfo": true, "StructParent": true,
	"StructParents": true, "OPI": true, "Ref": true, "Alternates": true, "AF": true, "Measure": true, "PtData": true,
	"LastModified": true, "PS": true, "Level1": true, "Length": true, "DL": true, "AA": true,
}

// streamObject copies a stream as it is packed.
func (w *annexWriter) streamObject(sd *types.StreamDict) error {
	if w.nameOf(sd.Dict["Subtype"]) == "Image" {
		width, _ := w.get(sd.Dict["Width"]).(types.Integer)
		height, _ := w.get(sd.Dict["Height"]).(types.Integer)
		if width > 0 && height.Value() > MaxPixels/width.Value() {
			return ProblemAnnexLimit.New("detail", fmt.Sprintf("a picture in it is %d by %d pixels", width, height))
		}
	}
	if err := w.measure(sd); err != nil {
		return err
	}
	if draws := w.nameOf(sd.Dict["Subtype"]) == "Form" || sd.Dict["PatternType"] != nil; draws && w.archive.found == "" {
		part := *sd
		if err := part.DecodeWithLimit(maxContent); err != nil {
			w.archive.find(archiveContent)
		}
		w.archive.content(part.Content)
	}
	w.inspect(sd.Dict)
	w.text("<<")
	if err := w.dictEntries(sd.Dict, 0); err != nil {
		return err
	}
	w.stream(sd.Raw)
	return nil
}

func (w *annexWriter) nameOf(o types.Object) string {
	n, _ := w.get(o).(types.Name)
	return n.Value()
}

// dictEntries writes the entries of a stream's dictionary, sorted.
func (w *annexWriter) dictEntries(d types.Dict, depth int) error {
	for _, key := range sortedKeys(d) {
		if leftBehind[key] {
			continue
		}
		w.text("/%s", types.EncodeName(key))
		if err := w.value(d[key], depth+1); err != nil {
			return err
		}
	}
	return nil
}

// inspect looks at a dictionary for what an archive PDF may not hold.
func (w *annexWriter) inspect(d types.Dict) {
	w.archive.dict(w.nameOf(d["Type"]), w.nameOf(d["Subtype"]), func(key string) bool { return w.get(d[key]) != nil })
}

func sortedKeys(d types.Dict) []string {
	return slices.Sorted(maps.Keys(d))
}

// value writes an object. What must not come along is written as null.
func (w *annexWriter) value(o types.Object, depth int) error {
	if depth > maxDepth {
		return damagedPDF(nil, "its objects are nested too deeply")
	}
	switch o := o.(type) {
	case types.Dict:
		if w.forbidden(o) {
			w.text(" null")
			return nil
		}
		w.inspect(o)
		w.text("<<")
		for _, key := range sortedKeys(o) {
			w.text("/%s", types.EncodeName(key))
			if err := w.value(o[key], depth+1); err != nil {
				return err
			}
		}
		w.text(">>")
	case types.Array:
		w.text("[")
		for _, v := range o {
			if err := w.value(v, depth+1); err != nil {
				return err
			}
		}
		w.text("]")
	case types.IndirectRef:
		w.reference(o)
	case types.Name:
		w.archive.name(o.Value())
		w.text("/%s", types.EncodeName(o.Value()))
	case types.Integer:
		w.text(" %d", o.Value())
	case types.Float:
		w.text(" %s", realText(o.Value()))
	case types.Boolean:
		w.text(" %t", o.Value())
	case types.StringLiteral, types.HexLiteral:
		w.text("%s", o.PDFString())
	default:
		w.text(" null")
	}
	if len(w.literal) > 64<<10 {
		w.flush()
	}
	return nil
}

// reference writes a reference and sees to it that its object comes along.
func (w *annexWriter) reference(ref types.IndirectRef) {
	source := ref.ObjectNumber.Value()
	n, known := w.numbers[source]
	if !known {
		o := w.get(ref)
		if d := w.dict(ref); o == nil || d != nil && w.forbidden(d) {
			w.text(" null")
			return
		}
		n = w.newNumber()
		w.numbers[source] = n
		w.queue = append(w.queue, source)
	}
	w.flush()
	w.text(" ")
	w.flush()
	w.record('R', n)
	w.text(" ")
}

var (
	forbiddenTypes = []string{
		"Action", "Annot", "Catalog", "EmbeddedFile", "Filespec", "F", "Page", "Pages", "StructElem", "StructTreeRoot",
		"Outlines", "Sig", "ObjStm", "XRef", "Metadata", "Template",
	}
	forbiddenActions = []string{
		"JavaScript", "Launch", "URI", "GoTo", "GoToR", "GoToE", "SubmitForm", "ResetForm", "ImportData", "Rendition",
		"Sound", "Movie", "Named", "SetOCGState", "Trans", "Thread", "Hide", "GoTo3DView", "RichMediaExecute",
	}
)

// forbidden tells of objects that do something, or that lead to other pages.
func (w *annexWriter) forbidden(d types.Dict) bool {
	return slices.Contains(forbiddenTypes, w.nameOf(d["Type"])) || slices.Contains(forbiddenActions, w.nameOf(d["S"])) ||
		w.nameOf(d["Subtype"]) == "PS" || d["JS"] != nil && w.nameOf(d["S"]) != ""
}

// layers writes the layers that pages use, and which of them are hidden.
func (w *annexWriter) layers(catalog types.Dict) {
	properties := w.dict(catalog["OCProperties"])
	config := w.dict(properties["D"])
	listed := func(o types.Object) map[int]bool {
		set := map[int]bool{}
		array, _ := w.get(o).(types.Array)
		for _, v := range array {
			if ref, ok := v.(types.IndirectRef); ok {
				set[ref.ObjectNumber.Value()] = true
			}
		}
		return set
	}
	on, off := listed(config["ON"]), listed(config["OFF"])
	array, _ := w.get(properties["OCGs"]).(types.Array)
	for _, v := range array {
		ref, ok := v.(types.IndirectRef)
		if !ok {
			continue
		}
		source := ref.ObjectNumber.Value()
		n, used := w.numbers[source]
		if !used {
			continue
		}
		hidden := 0
		if off[source] || w.nameOf(config["BaseState"]) == "OFF" && !on[source] {
			hidden = 1
		}
		w.record('L', n, hidden)
		delete(w.numbers, source) // listed twice is written once
	}
}
