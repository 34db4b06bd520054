package pdf

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"

	"casebinder/data"
	"casebinder/data/internal/child"

	"github.com/klauspost/compress/zlib"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/filter"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// annexLimits are the limits of one conversion.
type annexLimits struct {
	memory, output, unfolded int64
	pages                    int
}

func (l annexLimits) args(in, out string) []string {
	return []string{in, out, strconv.FormatInt(l.memory, 10), strconv.FormatInt(l.output, 10), strconv.FormatInt(l.unfolded, 10), strconv.Itoa(l.pages)}
}

// AnnexMain is the whole of the child process that [ReadAnnex] starts. The
// arguments are those after [AnnexOptions].Command. It gives the exit code.
func AnnexMain(args []string) int {
	if len(args) != 6 {
		fmt.Fprintln(os.Stderr, "an internal command: it takes what ReadAnnex gives it")
		return 2
	}
	var v [4]int64
	for i := range v {
		n, err := strconv.ParseInt(args[2+i], 10, 64)
		if err != nil || n <= 0 {
			fmt.Fprintln(os.Stderr, "an internal command: a limit is no number")
			return 2
		}
		v[i] = n
	}
	child.Limit(v[0])
	convertAnnex(args[0], args[1], annexLimits{v[0], v[1], v[2], int(v[3])})
	return 0
}

// annexReport is a problem on its way to the parent process.
type annexReport struct {
	Code string            `json:"code"`
	Args map[string]string `json:"args"`
}

// convertAnnex writes the intermediate file, or what is wrong, to out.
func convertAnnex(in, out string, limits annexLimits) {
	err := tryConvertAnnex(in, out, limits)
	if err == nil {
		return
	}
	report := annexReport{Code: err.Error()}
	if p, ok := data.AsProblem(err); ok {
		report = annexReport{p.Kind.Code, p.Args}
	}
	text, err := json.Marshal(report)
	if err != nil {
		return // a file without a magic line is an error too
	}
	b := binary.AppendVarint([]byte(annexMagic+"X"), int64(len(text)))
	if err := os.WriteFile(out, append(b, text...), 0o600); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// tryConvertAnnex does the work. A reader of hostile files may panic: that is a
// damaged file.
func tryConvertAnnex(in, out string, limits annexLimits) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = ProblemAnnexDamaged.New("detail", "its structure is broken")
		}
	}()
	src, err := os.Open(in)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.Create(out)
	if err != nil {
		return err
	}
	defer dst.Close()
	w := &annexWriter{
		limits: limits, numbers: map[int]int{}, budget: limits.unfolded,
		out: bufio.NewWriterSize(&limitedWriter{dst, limits.output}, 256<<10),
	}
	if w.ctx, err = readPDF(src, limits); err != nil {
		return err
	}
	if err := w.convert(); err != nil {
		return err
	}
	if err := w.out.Flush(); err != nil {
		return err
	}
	return dst.Close()
}

// A limitedWriter refuses to write more than a limit.
type limitedWriter struct {
	w    io.Writer
	left int64
}

func (l *limitedWriter) Write(p []byte) (int, error) {
	if l.left -= int64(len(p)); l.left < 0 {
		return 0, ProblemAnnexLimit.New("detail", "what its pages use is too large")
	}
	return l.w.Write(p)
}

// readPDF reads a file's objects; streams stay packed.
func readPDF(src io.ReadSeeker, limits annexLimits) (*model.Context, error) {
	api.DisableConfigDir()
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationRelaxed
	conf.DecodeAllStreams = false
	conf.Optimize = false
	conf.Offline = true
	conf.Limits = model.DefaultResourceLimits()
	conf.Limits.MaxDecodeBytes = maxContent
	ctx, err := api.ReadContext(src, conf)
	switch {
	case err == nil:
		return ctx, nil
	case errors.Is(err, pdfcpu.ErrWrongPassword), errors.Is(err, pdfcpu.ErrOwnerPasswordRequired), errors.Is(err, pdfcpu.ErrEncrypted):
		return nil, ProblemAnnexPassword.Wrap(err)
	case errors.Is(err, filter.ErrDecodeLimitExceeded):
		return nil, ProblemAnnexLimit.Wrap(err, "detail", "it unfolds to far more than its size")
	}
	return nil, ProblemAnnexDamaged.Wrap(err, "detail", "its structure is broken")
}

// maxContent is the most bytes that the content of a page, or a stream that is
// not plainly deflated, may unfold to; maxDepth how deep objects may nest and
// pages may lie in their tree.
const (
	maxContent = 64 << 20
	maxDepth   = 100
)

// An annexWriter writes the intermediate file.
type annexWriter struct {
	ctx     *model.Context
	limits  annexLimits
	out     *bufio.Writer
	literal []byte // of the object in hand, not yet written
	numbers map[int]int
	queue   []int // objects of the source, numbered but not yet written
	last    int   // highest number
	budget  int64 // what streams may still unfold to
	pages   []foundPage
	visited map[int]bool
	archive archiveCheck
}

// A foundPage is a page with what it inherits.
type foundPage struct {
	dict      types.Dict
	resources types.Object
	media     types.Object
	crop      types.Object
	rotate    types.Object
}

func (w *annexWriter) convert() error {
	w.out.WriteString(annexMagic)
	w.visited = map[int]bool{}
	catalog, err := w.ctx.Catalog()
	if err != nil {
		return damagedPDF(err, "it has no catalog")
	}
	if err := w.findPages(catalog["Pages"], foundPage{}, 0); err != nil {
		return err
	}
	if len(w.pages) == 0 {
		return damagedPDF(nil, "it has no pages")
	}
	for i := range w.pages {
		if err := w.page(&w.pages[i]); err != nil {
			return err
		}
		if err := w.drain(); err != nil {
			return err
		}
	}
	w.layers(catalog)
	if why := w.archive.found; why != "" {
		w.record('N', len(why))
		w.out.WriteString(why)
	}
	w.record('Z', w.last)
	return nil
}

func damagedPDF(err error, detail string) error {
	return ProblemAnnexDamaged.Wrap(err, "detail", detail)
}

// get resolves references.
func (w *annexWriter) get(o types.Object) types.Object {
	for range maxDepth {
		ref, ok := o.(types.IndirectRef)
		if !ok {
			break
		}
		found, err := w.ctx.Dereference(ref)
		if err != nil {
			return nil
		}
		o = found
	}
	if _, ok := o.(types.IndirectRef); ok {
		return nil
	}
	return o
}

func (w *annexWriter) dict(o types.Object) types.Dict {
	switch o := w.get(o).(type) {
	case types.Dict:
		return o
	case types.StreamDict:
		return o.Dict
	}
	return nil
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

// page writes a page as a form, its annotations drawn on it.
func (w *annexWriter) page(p *foundPage) error {
	box := w.shown(p)
	form, err := w.pageForm(p, box)
	if err != nil {
		return err
	}
	if form, err = w.withAnnotations(p, form, box); err != nil {
		return err
	}
	rotate := 0
	if v, ok := w.get(p.rotate).(types.Integer); ok {
		rotate = (v.Value()%360 + 360) % 360
	}
	turn := map[int]int{0: 1, 90: 6, 180: 3, 270: 8}[rotate]
	unit := 1000
	switch v := w.get(p.dict["UserUnit"]).(type) {
	case types.Integer:
		unit = 1000 * min(max(v.Value(), 1), 1000)
	case types.Float:
		unit = int(1000 * min(max(v.Value(), 0.001), 1000))
	}
	w.record('P', form, thousandths(box[0]), thousandths(box[1]), thousandths(box[2]), thousandths(box[3]), max(turn, 1), unit)
	return nil
}

func thousandths(v float64) int { return int(math.Round(v * 1000)) }

func (w *annexWriter) record(kind byte, values ...int) {
	w.out.WriteByte(kind)
	for _, v := range values {
		w.out.Write(binary.AppendVarint(nil, int64(v)))
	}
}

// pageForm writes the content of a page.
func (w *annexWriter) pageForm(p *foundPage, box [4]float64) (int, error) {
	dict, content, err := w.content(p.dict["Contents"])
	if err != nil {
		return 0, err
	}
	form := w.newNumber()
	w.begin(form)
	w.text("<</Type/XObject/Subtype/Form/BBox[%s]/Resources", boxText(box))
	if err := w.value(types.Dict(w.dict(p.resources)), 0); err != nil {
		return 0, err
	}
	if group := w.dict(p.dict["Group"]); group != nil {
		w.text("/Group")
		if err := w.value(group, 0); err != nil {
			return 0, err
		}
	}
	if err := w.dictEntries(dict, 0); err != nil {
		return 0, err
	}
	w.stream(content)
	return form, nil
}

// content gives the content of a page as one stream: the entries that say how it
// is packed, and its bytes.
func (w *annexWriter) content(o types.Object) (types.Dict, []byte, error) {
	switch o := w.get(o).(type) {
	case nil:
		return nil, nil, nil
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
				return nil, nil, err
			}
			if all.Len()+len(plain) > maxContent {
				return nil, nil, unfoldsTooFar(nil)
			}
			all.Write(plain)
			all.WriteByte('\n')
		}
		packed, err := deflated(all.Bytes())
		return types.Dict{"Filter": types.Name("FlateDecode")}, packed, err
	}
	return nil, nil, damagedPDF(nil, "the content of a page is missing")
}

// oneContent keeps a stream as it is packed, once it was seen to be sound.
func (w *annexWriter) oneContent(sd *types.StreamDict) (types.Dict, []byte, error) {
	plain, err := w.unpack(sd)
	if err != nil {
		return nil, nil, err
	}
	if len(sd.FilterPipeline) == 1 && sd.FilterPipeline[0].Name == filter.Flate && sd.FilterPipeline[0].DecodeParms == nil {
		return types.Dict{"Filter": types.Name(filter.Flate)}, sd.Raw, nil
	}
	packed, err := deflated(plain)
	return types.Dict{"Filter": types.Name(filter.Flate)}, packed, err
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

// boxText prints a box.
func boxText(b [4]float64) string {
	return fmt.Sprintf("%s %s %s %s", realText(b[0]), realText(b[1]), realText(b[2]), realText(b[3]))
}

func realText(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// newNumber numbers an object that is not in the source.
func (w *annexWriter) newNumber() int {
	w.last++
	return w.last
}

func (w *annexWriter) begin(n int) { w.record('O', n) }

func (w *annexWriter) text(format string, args ...any) {
	w.literal = fmt.Appendf(w.literal, format, args...)
}

// flush writes the literal bytes of the object in hand.
func (w *annexWriter) flush() {
	if len(w.literal) > 0 {
		w.record('B', len(w.literal))
		w.out.Write(w.literal)
		w.literal = w.literal[:0]
	}
}

// stream ends a dictionary and an object with its bytes.
func (w *annexWriter) stream(b []byte) {
	w.text("/Length %d>>\nstream\n", len(b))
	w.flush()
	if len(b) > 0 {
		w.record('B', len(b))
		w.out.Write(b)
	}
	w.text("\nendstream")
	w.end()
}

func (w *annexWriter) end() {
	w.flush()
	w.out.WriteByte('E')
}

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
