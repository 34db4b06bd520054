package pdf

import (
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/zlib"
	"github.com/pdfcpu/pdfcpu/pkg/filter"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// content gives the content of a page as one stream: the entries that say how it
// is packed, its bytes, and the plain ones.
func (w *annexWriter) content(o types.Object) (dict types.Dict, packed, plain []byte, err error) {
	switch o := w.get(o).(type) {
	case nil:
		return nil, nil, nil, nil
	case types.StreamDict:
		return w.oneContent(&o)
	case types.Array:
		if len(o) == 1 {
			return w.content(o[0])
		}
		var all bytes.Buffer
		for _, part := range o {
			sd, ok := w.get(part).(types.StreamDict)
			if !ok {
				continue
			}
			plain, err := w.unpack(&sd)
			if err != nil {
				return nil, nil, nil, err
			}
			if all.Len()+len(plain) > maxContent {
				return nil, nil, nil, unfoldsTooFar(nil)
			}
			all.Write(plain)
			all.WriteByte('\n')
		}
		packed, err := deflated(all.Bytes())
		return types.Dict{"Filter": types.Name("FlateDecode")}, packed, all.Bytes(), err
	}
	return nil, nil, nil, damagedPDF(nil, "the content of a page is missing")
}

// oneContent keeps a stream as it is packed, once it was seen to be sound.
func (w *annexWriter) oneContent(sd *types.StreamDict) (dict types.Dict, packed, plain []byte, err error) {
	if plain, err = w.unpack(sd); err != nil {
		return nil, nil, nil, err
	}
	if len(sd.FilterPipeline) == 1 && sd.FilterPipeline[0].Name == filter.Flate && sd.FilterPipeline[0].DecodeParms == nil {
		return types.Dict{"Filter": types.Name(filter.Flate)}, sd.Raw, plain, nil
	}
	packed, err = deflated(plain)
	return types.Dict{"Filter": types.Name(filter.Flate)}, packed, plain, err
}

func deflated(b []byte) ([]byte, error) {
	var out bytes.Buffer
	z, err := zlib.NewWriterLevel(&out, deflateLevel)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(b); err != nil {
		return nil, err
	}
	err = z.Close()
	return out.Bytes(), err
}

// unpack gives the plain bytes of a content stream.
func (w *annexWriter) unpack(sd *types.StreamDict) ([]byte, error) {
	err := sd.DecodeWithLimit(maxContent)
	if errors.Is(err, filter.ErrDecodeLimitExceeded) || int64(len(sd.Content)) > maxContent {
		return nil, unfoldsTooFar(err)
	}
	if err != nil {
		return nil, damagedPDF(err, "the content of a page cannot be unpacked")
	}
	w.archive.content(sd.Content)
	return sd.Content, w.spend(int64(len(sd.Content)))
}

func unfoldsTooFar(err error) error {
	return ProblemAnnexLimit.Wrap(err, "detail", "it unfolds to far more than its size")
}

func (w *annexWriter) spend(n int64) error {
	if w.budget -= n; w.budget < 0 {
		return unfoldsTooFar(nil)
	}
	return nil
}

// measure makes sure that a stream which is copied as it is does not unfold to
// more than is allowed. Damage in it is left to the viewer.
func (w *annexWriter) measure(sd *types.StreamDict) error {
	for i, f := range sd.FilterPipeline {
		switch f.Name {
		case filter.DCT, filter.CCITTFax, filter.JBIG2, filter.JPX:
			if i == 0 {
				return w.spend(int64(len(sd.Raw)))
			}
		}
	}
	if len(sd.FilterPipeline) == 1 && sd.FilterPipeline[0].Name == filter.Flate {
		z, err := zlib.NewReader(bytes.NewReader(sd.Raw))
		if err != nil {
			return nil // nothing comes out of it
		}
		n, _ := io.Copy(io.Discard, io.LimitReader(z, w.budget+1))
		return w.spend(n)
	}
	part := *sd
	for i, f := range part.FilterPipeline {
		if f.Name == filter.DCT || f.Name == filter.CCITTFax || f.Name == filter.JBIG2 || f.Name == filter.JPX {
			part.FilterPipeline = part.FilterPipeline[:i]
			break
		}
	}
	if err := part.DecodeWithLimit(maxContent); errors.Is(err, filter.ErrDecodeLimitExceeded) {
		return unfoldsTooFar(err)
	}
	return w.spend(int64(len(part.Content)))
}

// maxDrawn is how many bytes of content a viewer may have to go through for one
// page, where forms are drawn within forms again and again: some seconds of work.
const maxDrawn = 200 << 20

// drawn gives how many bytes of content drawing some content goes through, forms
// counted as often as they are drawn; no more than a little over maxDrawn.
func (w *annexWriter) drawn(content []byte, resources types.Object, depth int) int64 {
	all := int64(len(content))
	if depth > maxDepth {
		return all
	}
	forms := w.dict(w.dict(resources)["XObject"])
	if len(forms) == 0 {
		return all
	}
	name := ""
	eachToken(content, func(token []byte) bool {
		if token[0] == '/' {
			name = string(token[1:])
			return true
		}
		if string(token) == "Do" && name != "" {
			all += w.formDrawn(forms[name], resources, depth+1)
		}
		return all <= maxDrawn
	})
	return all
}

// formDrawn is drawn of a form, worked out once.
func (w *annexWriter) formDrawn(o types.Object, outer types.Object, depth int) int64 {
	ref, ok := o.(types.IndirectRef)
	if !ok {
		return 0
	}
	n := ref.ObjectNumber.Value()
	if known, ok := w.work[n]; ok {
		return known
	}
	form, ok := w.get(ref).(types.StreamDict)
	if !ok || w.nameOf(form.Dict["Subtype"]) != "Form" {
		return 0
	}
	w.work[n] = 0 // drawn within itself it is not drawn
	if form.DecodeWithLimit(maxContent) != nil {
		return 0
	}
	resources := form.Dict["Resources"]
	if resources == nil {
		resources = outer
	}
	w.work[n] = w.drawn(form.Content, resources, depth)
	return w.work[n]
}

// eachToken goes through the names and operators of content until it is told to
// stop; strings, comments and numbers between are not looked into.
func eachToken(b []byte, do func(token []byte) bool) {
	for i := 0; i < len(b); {
		n := 1
		switch b[i] {
		case '%':
			n = lengthOf(b[i:], func(ch byte) bool { return ch != '\n' && ch != '\r' })
		case '(':
			n = stringLength(b[i:])
		case '/':
			n = 1 + lengthOf(b[i+1:], regular)
			if !do(b[i : i+n]) {
				return
			}
		default:
			if !regular(b[i]) {
				break
			}
			n = lengthOf(b[i:], regular)
			if !do(b[i : i+n]) {
				return
			}
		}
		i += max(n, 1)
	}
}
