package pdf

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"

	"casebinder/data"
	"casebinder/data/internal/child"

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
		limits: limits, numbers: map[int]int{}, work: map[int]int64{}, budget: limits.unfolded,
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
	work    map[int]int64 // by form of the source: bytes of content that drawing it goes through
	remade  bool          // viewers make up all fields anew
}

func (w *annexWriter) convert() error {
	w.out.WriteString(annexMagic)
	w.visited = map[int]bool{}
	catalog, err := w.ctx.Catalog()
	if err != nil {
		return damagedPDF(err, "it has no catalog")
	}
	w.remade, _ = w.boolean(w.dict(catalog["AcroForm"])["NeedAppearances"])
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

func (w *annexWriter) boolean(o types.Object) (value, ok bool) {
	v, ok := w.get(o).(types.Boolean)
	return v.Value(), ok
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
	w.record('P', form, thousandths(box[0]), thousandths(box[1]), thousandths(box[2]), thousandths(box[3]), max(turn, 1), unit, p.unpainted, p.missing)
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
	dict, content, plain, err := w.content(p.dict["Contents"])
	if err != nil {
		return 0, err
	}
	if w.drawn(plain, p.resources, 0) > maxDrawn {
		return 0, ProblemAnnexLimit.New("detail", "a page draws the same things within each other too often")
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
