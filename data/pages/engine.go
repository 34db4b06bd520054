package pages

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// An engine is PDFium and the files that are open in it. It is used by one
// goroutine.
type engine struct {
	pool  pdfium.Pool
	in    pdfium.Pdfium
	docs  map[uint32]*document
	limit int64 // of PDFium's memory, in bytes
	links int   // handed out: their handles are held as long as PDFium runs
	spent bool  // it should be replaced
}

type document struct {
	file  *os.File
	ref   references.FPDF_DOCUMENT
	sizes []size
	form  bool // it has fields
}

// inMemory keeps the compiled module for all engines of a process that have no
// directory for it.
var inMemory = sync.OnceValue(wazero.NewCompilationCache)

// newEngine compiles PDFium, or takes what was compiled before, and starts it.
func newEngine(cacheDir string, memory int64) (*engine, error) {
	if cacheDir != "" {
		// Without a directory that can be written, or when what lies in it is damaged,
		// the start takes longer, no more.
		if cache, err := wazero.NewCompilationCacheWithDir(cacheDir); err == nil {
			if e, err := startPDFium(cache, memory); err == nil {
				return e, nil
			}
		}
	}
	return startPDFium(inMemory(), memory)
}

const wasmPage = 64 << 10

func startPDFium(cache wazero.CompilationCache, memory int64) (*engine, error) {
	// While memory grows, the old and the new are held side by side.
	limit := min(memory/3, 2<<30)
	config := wazero.NewRuntimeConfig().WithCompilationCache(cache).
		WithMemoryLimitPages(uint32(limit / wasmPage))
	pool, err := webassembly.Init(webassembly.Config{
		MaxTotal: 1, MaxIdle: 1, RuntimeConfig: config, FSConfig: wazero.NewFSConfig(),
		Stdout: io.Discard, Stderr: io.Discard, RandomSource: rand.NewChaCha8([32]byte{}),
	})
	if err != nil {
		return nil, fmt.Errorf("starting PDFium: %w", err)
	}
	in, err := pool.GetInstance(time.Minute)
	if err != nil {
		return nil, fmt.Errorf("starting PDFium: %w", errors.Join(err, pool.Close()))
	}
	return &engine{pool: pool, in: in, docs: map[uint32]*document{}, limit: limit}, nil
}

// close frees everything.
func (e *engine) close() {
	for _, d := range e.docs {
		d.file.Close()
	}
	e.pool.Close()
}

// do answers a request.
func (e *engine) do(q request) (body []byte, err error) {
	if q.op == opOpen {
		return e.open(q)
	}
	d := e.docs[q.doc]
	if d == nil || q.op != opClose && int(q.page) >= len(d.sizes) {
		return nil, errWire
	}
	switch q.op {
	case opClose:
		delete(e.docs, q.doc)
		_, err = e.in.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: d.ref})
		return nil, errors.Join(err, d.file.Close())
	case opPicture:
		return e.picture(d, int(q.page), int(q.width), int(q.height))
	case opText:
		return e.text(d, int(q.page))
	case opLinks:
		return e.linksOf(d, int(q.page))
	}
	return nil, errWire
}

// A wholeReader reads as much as is asked, as PDFium wants it.
type wholeReader struct{ *os.File }

func (r wholeReader) Read(p []byte) (int, error) {
	n, err := io.ReadFull(r.File, p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return n, err
}

func (e *engine) open(q request) ([]byte, error) {
	if e.docs[q.doc] != nil {
		return nil, errWire
	}
	f, err := os.Open(q.path)
	if err != nil {
		return nil, err
	}
	d, err := e.load(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	e.docs[q.doc] = d
	return appendSizes(nil, d.sizes), nil
}

// load opens a document and measures its pages.
func (e *engine) load(f *os.File) (*document, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() == 0 {
		return nil, damaged(nil, "it is empty")
	}
	if info.Size() > maxFile {
		return nil, overLimit(nil, fmt.Sprintf("it has more than %d MB", maxFile>>20))
	}
	opened, err := e.in.OpenDocument(&requests.OpenDocument{FileReader: wholeReader{f}, FileReaderSize: info.Size()})
	if err != nil {
		return nil, e.refused(err, "its structure is broken")
	}
	d := &document{file: f, ref: opened.Document}
	if err := e.measure(d); err != nil {
		e.in.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: d.ref}) // the first error is told
		return nil, err
	}
	return d, nil
}

// letter is the size of a page that does not say, or not soundly, how large it
// is.
var letter = size{612, 792}

func (e *engine) measure(d *document) error {
	count, err := e.in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.ref})
	switch {
	case err != nil:
		return e.refused(err, "its pages cannot be counted")
	case count.PageCount <= 0:
		return damaged(nil, "it has no pages")
	case count.PageCount > MaxPages:
		return overLimit(nil, fmt.Sprintf("it has more than %d pages", MaxPages))
	}
	d.sizes = make([]size, count.PageCount)
	for i := range d.sizes {
		d.sizes[i] = letter
		s, err := e.in.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: d.ref, Index: i})
		if err != nil {
			if e.refused(err, ""); e.spent {
				return damaged(err, "its structure is broken")
			}
			continue // the page's picture will be a problem
		}
		if s := (size{float64(float32(s.Width)), float64(float32(s.Height))}); soundSize(s) {
			d.sizes[i] = s
		}
	}
	form, err := e.in.FPDF_GetFormType(&requests.FPDF_GetFormType{Document: d.ref})
	if err != nil {
		return e.refused(err, "its structure is broken")
	}
	d.form = form.FormType != enums.FPDF_FORMTYPE_NONE
	return nil
}

// refused is the problem that an error of PDFium is. An error that PDFium does
// not know is one that it did not survive.
func (e *engine) refused(err error, detail string) error {
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return ProblemPassword.Wrap(err)
	case errors.Is(err, pdfiumerrors.ErrSuccess), errors.Is(err, pdfiumerrors.ErrUnknown), errors.Is(err, pdfiumerrors.ErrFile),
		errors.Is(err, pdfiumerrors.ErrFormat), errors.Is(err, pdfiumerrors.ErrPage), errors.Is(err, pdfiumerrors.ErrUnexpected):
		return damaged(err, detail)
	}
	if err.Error() != "could not load page size by index" {
		e.spent = true
	}
	if e.memory() > e.limit/4*3 {
		return overLimit(err, "it takes too much memory")
	}
	return damaged(err, detail)
}

// memory gives how much PDFium holds, in bytes. The library keeps its module in a
// type that has no name outside; without it the answer is 0, and only the
// process's own limit counts.
func (e *engine) memory() int64 {
	impl, ok := e.in.(interface{ GetImplementation() any })
	if !ok {
		return 0
	}
	v := reflect.Indirect(reflect.ValueOf(impl.GetImplementation()))
	if v.Kind() != reflect.Struct {
		return 0
	}
	field := v.FieldByName("Module")
	if !field.IsValid() || !field.CanInterface() {
		return 0
	}
	module, ok := field.Interface().(api.Module)
	if !ok || module == nil {
		return 0
	}
	return int64(module.Memory().Size())
}

// swollen tells that a fresh start would free much memory: PDFium's never
// shrinks.
func (e *engine) swollen() bool { return e.memory() > e.limit/2 || e.links > 200_000 }

func (d *document) page(i int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: i}}
}

// picture draws a page on white, with its annotations and fields. The pixels are
// a view of PDFium's memory: they are written out before it is asked again.
func (e *engine) picture(d *document, page, width, height int) ([]byte, error) {
	bitmap, err := e.in.FPDFBitmap_Create(&requests.FPDFBitmap_Create{Width: width, Height: height})
	if err != nil {
		return nil, e.refused(err, "a page cannot be drawn")
	}
	// The bitmap's memory is free for the next one; its content stays until then.
	defer e.in.FPDFBitmap_Destroy(&requests.FPDFBitmap_Destroy{Bitmap: bitmap.Bitmap})
	_, err = e.in.FPDFBitmap_FillRect(&requests.FPDFBitmap_FillRect{Bitmap: bitmap.Bitmap, Width: width, Height: height, Color: 0xFFFFFFFF})
	if err != nil {
		return nil, e.refused(err, "a page cannot be drawn")
	}
	flags := enums.FPDF_RENDER_FLAG_ANNOT | enums.FPDF_RENDER_FLAG_REVERSE_BYTE_ORDER | enums.FPDF_RENDER_FLAG_RENDER_LIMITEDIMAGECACHE
	_, err = e.in.FPDF_RenderPageBitmap(&requests.FPDF_RenderPageBitmap{
		Bitmap: bitmap.Bitmap, Page: d.page(page), SizeX: width, SizeY: height, Flags: flags,
	})
	if err == nil && d.form {
		err = e.fields(d, page, requests.FPDF_FFLDraw{Bitmap: bitmap.Bitmap, SizeX: width, SizeY: height, Flags: flags})
	}
	if err != nil {
		return nil, e.refused(err, "a page cannot be drawn")
	}
	buffer, err := e.in.FPDFBitmap_GetBuffer(&requests.FPDFBitmap_GetBuffer{Bitmap: bitmap.Bitmap})
	if err != nil {
		return nil, e.refused(err, "a page cannot be drawn")
	}
	return append(make([]byte, 0, len(buffer.Buffer)), buffer.Buffer...), nil
}

// fields draws the fields of a form on a page. What a form would do is answered
// with nothing.
func (e *engine) fields(d *document, page int, draw requests.FPDF_FFLDraw) error {
	form, err := e.in.FPDFDOC_InitFormFillEnvironment(&requests.FPDFDOC_InitFormFillEnvironment{
		Document: d.ref,
		FormFillInfo: structs.FPDF_FORMFILLINFO{
			FFI_Invalidate:         func(references.FPDF_PAGE, float64, float64, float64, float64) {},
			FFI_SetCursor:          func(enums.FXCT) {},
			FFI_SetTimer:           func(int, func(int)) int { return 0 },
			FFI_KillTimer:          func(int) {},
			FFI_GetLocalTime:       func() structs.FPDF_SYSTEMTIME { return structs.FPDF_SYSTEMTIME{} },
			FFI_GetPage:            func(references.FPDF_DOCUMENT, int) *references.FPDF_PAGE { return nil },
			FFI_GetRotation:        func(references.FPDF_PAGE) enums.FPDF_PAGE_ROTATION { return 0 },
			FFI_ExecuteNamedAction: func(string) {},
		},
	})
	if err != nil {
		return err
	}
	draw.FormHandle, draw.Page = form.FormHandle, d.page(page)
	_, err = e.in.FPDF_FFLDraw(&draw)
	_, exit := e.in.FPDFDOC_ExitFormFillEnvironment(&requests.FPDFDOC_ExitFormFillEnvironment{FormHandle: form.FormHandle})
	return errors.Join(err, exit)
}

// text gives the text of a page.
func (e *engine) text(d *document, page int) ([]byte, error) {
	loaded, err := e.in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: d.page(page)})
	if err != nil {
		return nil, e.refused(err, "the text of a page cannot be read")
	}
	defer e.in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage})
	count, err := e.in.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: loaded.TextPage})
	if err != nil {
		return nil, e.refused(err, "the text of a page cannot be read")
	}
	if count.Count > MaxText/4 {
		return nil, overLimit(nil, fmt.Sprintf("a page has %d characters", count.Count))
	}
	if count.Count <= 0 {
		return nil, nil
	}
	text, err := e.in.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: loaded.TextPage, Count: count.Count})
	if err != nil {
		return nil, e.refused(err, "the text of a page cannot be read")
	}
	if len(text.Text) > MaxText {
		return nil, overLimit(nil, fmt.Sprintf("a page has %d bytes of text", len(text.Text)))
	}
	return []byte(text.Text), nil
}

// linksOf gives the links of a page that lead to pages.
func (e *engine) linksOf(d *document, page int) ([]byte, error) {
	var links []Link
	for at := 0; len(links) < MaxLinks; {
		next, err := e.in.FPDFLink_Enumerate(&requests.FPDFLink_Enumerate{Page: d.page(page), StartPos: at})
		if err != nil {
			return nil, e.refused(err, "the links of a page cannot be read")
		}
		e.links++
		if next.Link == nil || next.NextStartPos == nil || *next.NextStartPos <= at {
			break
		}
		at = *next.NextStartPos
		l, ok, err := e.link(d, page, *next.Link)
		if err != nil {
			return nil, e.refused(err, "the links of a page cannot be read")
		}
		if ok {
			links = append(links, l)
		}
	}
	return appendLinks(nil, links), nil
}

// link tells where a link lies and leads.
func (e *engine) link(d *document, page int, ref references.FPDF_LINK) (l Link, ok bool, err error) {
	dest, err := e.in.FPDFLink_GetDest(&requests.FPDFLink_GetDest{Document: d.ref, Link: ref})
	if err != nil || dest.Dest == nil {
		return l, false, err
	}
	to, err := e.in.FPDFDest_GetDestPageIndex(&requests.FPDFDest_GetDestPageIndex{Document: d.ref, Dest: *dest.Dest})
	if err != nil || to.Index < 0 || to.Index >= len(d.sizes) {
		return l, false, err
	}
	rect, err := e.in.FPDFLink_GetAnnotRect(&requests.FPDFLink_GetAnnotRect{Link: ref})
	if err != nil || rect.Rect == nil {
		return l, false, err
	}
	x1, y1, err := e.onPage(d, page, rect.Rect.Left, rect.Rect.Top)
	if err != nil {
		return l, false, err
	}
	x2, y2, err := e.onPage(d, page, rect.Rect.Right, rect.Rect.Bottom)
	if err != nil {
		return l, false, err
	}
	r := Rect{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)}
	return Link{r, to.Index + 1}, r.Left < r.Right && r.Top < r.Bottom, nil
}

// onPage turns a point of a page's own coordinates into fractions of the page as
// it is shown.
func (e *engine) onPage(d *document, page int, x, y float32) (float64, float64, error) {
	const fine = 1 << 20
	at, err := e.in.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: d.page(page), SizeX: fine, SizeY: fine, PageX: float64(x), PageY: float64(y)})
	if err != nil {
		return 0, 0, err
	}
	part := func(v int) float64 { return math.Min(math.Max(float64(int32(v))/fine, 0), 1) }
	return part(at.DeviceX), part(at.DeviceY), nil
}

// serve answers requests until there are no more.
func serve(ctx context.Context, in io.Reader, out io.Writer, cacheDir string, memory int64) error {
	e, err := newEngine(cacheDir, memory)
	if err != nil {
		return err
	}
	defer e.close()
	if _, err := io.WriteString(out, hello); err != nil {
		return err
	}
	for ctx.Err() == nil {
		q, err := readRequest(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		status := replyGood
		body, err := e.do(q)
		if err != nil {
			status, body = replyProblem, reportOf(err)
		}
		if e.spent || e.swollen() {
			status |= replySpent
		}
		if err := writeReply(out, status, body); err != nil {
			return err
		}
	}
	return ctx.Err()
}
