package bundle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // GIF exhibits are shown as a PNG copy
	"image/png"
	"io"
	"os"
	"regexp"
	"strings"
	"unicode/utf8"

	_ "golang.org/x/image/bmp"  // as GIF
	_ "golang.org/x/image/tiff" // as GIF
	_ "golang.org/x/image/webp" // as GIF
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"casebinder/data"
	"casebinder/data/bundle/bag"
	"casebinder/data/bundle/pdf"
)

const (
	maxPrinted   = 1 << 20    // bytes of a text file that is printed, about 400 pages
	maxConverted = 60_000_000 // pixels of a picture that is shown as a copy
)

// exhibits draws exhibits, each on pages of its own. With follow the first one
// stands below the heading of its section.
func (r *renderer) exhibits(ctx context.Context, list []*Placed, follow bool) error {
	for i, p := range list {
		r.now = mark{}
		r.now.holds(p.Number)
		if follow && i == 0 {
			r.marks[len(r.marks)-1] = r.now
		} else {
			r.newPage()
		}
		first := r.running()
		r.dest(exhibitDest(p.Number), r.y-14*pdf.MM)
		r.bookmark(1, joinNonEmpty(" - ", r.w.get("exhibit", "n", itoa(p.Number)), p.Title))
		r.band(p)
		if err := r.show(ctx, p); err != nil {
			return err
		}
		r.at.Exhibits[p.Number] = span{first, r.running()}
		if err := r.step(ctx); err != nil {
			return err
		}
	}
	r.now = mark{}
	return nil
}

// band is the head of an exhibit: number, title, and what is known of the file.
func (r *renderer) band(p *Placed) {
	e, w := p.Exhibit, r.w
	r.text(pdf.Plain(w.get("exhibit", "n", itoa(p.Number)), style(19, true, accent)), marginX, bodyWidth)
	r.text(pdf.Plain(p.Title, style(12, true, ink)), marginX, bodyWidth)
	r.gap(2 * pdf.MM)
	r.page.Line(marginX, r.y, marginX+bodyWidth, r.y, pdf.Pt(1.2), accent)
	r.gap(4 * pdf.MM)
	added := r.clock.full(e.AddedAt)
	if e.AddedBy != "" && added != "" {
		added = w.get("added.by", "time", added, "who", oneLine(e.AddedBy))
	}
	place := oneLine(e.Place)
	if coordinates.MatchString(place) {
		place = "" // where a seller lives or works is not for the other side; the original keeps it
	}
	r.facts([]fact{
		{w.get("kind"), w.kind(e.Kind)},
		{w.get("captured"), r.captured(e.Evidence)},
		{w.get("place"), place},
		{w.get("device"), oneLine(e.Device)},
		{w.get("added"), added},
		{w.get("file"), oneLine(e.Name)},
		{w.get("type"), e.MIME + " · " + byteSize(e.Size)},
		{w.get("sha"), w.get("sha.short", "start", e.SHA256[:16])},
		{w.get("original"), "data/" + p.File},
	}, 2)
	if note := strings.TrimSpace(e.Note); note != "" && oneLine(note) != p.Title {
		r.text(pdf.Block{Spans: []pdf.Span{{Text: w.get("note") + "\n", Style: styleLabel}, {Text: note, Style: styleBody}}}, marginX, bodyWidth)
		r.gap(2 * pdf.MM)
	}
	r.gap(2 * pdf.MM)
}

var coordinates = regexp.MustCompile(`^[-+]?\d{1,3}(\.\d+)?\s*°?\s*[NSns]?\s*[,;/ ]\s*[-+]?\d{1,3}(\.\d+)?\s*°?\s*[EWew]?$`)

func (r *renderer) captured(e data.Evidence) string {
	if e.CapturedAt.IsZero() {
		return r.w.get("captured.none")
	}
	at := r.clock.full(e.CapturedAt)
	if e.Captured == data.CapturedNone {
		return at
	}
	return r.w.get("captured.how", "time", at, "how", r.w.named("captured.", string(e.Captured)))
}

// show draws the file itself. What cannot be shown gets a box that says why;
// only what stops the export is an error.
func (r *renderer) show(ctx context.Context, p *Placed) error {
	f, size, err := r.open.OpenOriginal(ctx, p.Exhibit.SHA256)
	if err != nil {
		return originalProblem(p, err)
	}
	defer func() { _ = f.Close() }()
	if size != p.Exhibit.Size && !r.preview {
		return originalProblem(p, fmt.Errorf("it has %d bytes and should have %d", size, p.Exhibit.Size))
	}
	mime, _, _ := strings.Cut(p.Exhibit.MIME, ";")
	switch {
	case strings.HasPrefix(mime, "image/"):
		err = r.photo(p, f, mime)
	case mime == "application/pdf":
		err = r.annex(ctx, p, f)
	case isText(mime):
		err = r.printed(ctx, f, size)
	default:
		r.text(pdf.Plain(r.w.get("listed"), styleBody), marginX, bodyWidth)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err == nil {
		return nil
	}
	if full := bag.WriteProblem(err, r.opts.Annex.TempDir); errors.Is(full, data.ErrFull) {
		return full // that says nothing about the exhibit
	}
	r.unshown(p, err)
	return nil
}

// originalProblem says which exhibit's file is not what it was.
func originalProblem(p *Placed, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if known, ok := data.AsProblem(err); ok && !errors.Is(err, data.ErrDamaged) && !errors.Is(err, data.ErrNotFound) {
		return known
	}
	return ProblemOriginal.Wrap(err, "number", p.Number, "name", p.Exhibit.Name, "reason", err)
}

func isText(mime string) bool {
	return strings.HasPrefix(mime, "text/") && mime != "text/html" || mime == "message/rfc822" || mime == "application/json"
}

// unshown draws the box of what could not be shown.
func (r *renderer) unshown(p *Placed, err error) {
	r.at.Rejected = append(r.at.Rejected, Rejected{Number: p.Number, Name: p.Exhibit.Name, Reason: err})
	const in = 4 * pdf.MM
	text := r.layout(pdf.Block{Spans: []pdf.Span{
		{Text: r.w.get("unshown") + "\n", Style: style(11, true, alarm)},
		{Text: r.w.get("unshown.reason", "reason", r.reason(err)) + "\n", Style: styleBody},
		{Text: r.w.get("unshown.ships"), Style: styleBody},
	}}, bodyWidth-2*in)
	r.need(text.Height() + 2*in)
	r.page.FillRect(marginX, r.y, bodyWidth, text.Height()+2*in, tint)
	r.page.FillRect(marginX, r.y, pdf.Pt(2.5), text.Height()+2*in, alarm)
	r.page.DrawText(text, marginX+in, r.y+in)
	r.y += text.Height() + 2*in
}

// reason tells in the bundle's language why a file is not shown.
func (r *renderer) reason(err error) string {
	known, ok := data.AsProblem(err)
	if !ok {
		return r.w.get("why.other")
	}
	switch known.Kind {
	case pdf.ProblemImageFormat:
		return r.w.get("why.format")
	case pdf.ProblemAnnexPassword:
		return r.w.get("why.password")
	case ProblemText:
		return r.w.get("why.encoding")
	}
	switch known.Kind.Is {
	case data.ErrDamaged:
		return r.w.get("why.damaged")
	case data.ErrLimit:
		return r.w.get("why.limit")
	}
	return r.w.get("why.other")
}

// photo draws a picture as large as the page allows.
func (r *renderer) photo(p *Placed, f io.ReadSeeker, mime string) error {
	img, err := r.doc.AddImage(f)
	if known, ok := data.AsProblem(err); ok && known.Kind == pdf.ProblemImageFormat {
		copied, convErr := convert(f)
		if convErr != nil {
			return err
		}
		if img, err = r.doc.AddImage(bytes.NewReader(copied)); err == nil {
			r.text(pdf.Plain(r.w.get("converted", "format", mime), styleSmall), marginX, bodyWidth)
			r.gap(2 * pdf.MM)
		}
	}
	if err != nil {
		return err
	}
	w, h := pdf.Fit(img.Width, img.Height, bodyWidth, r.left())
	if fullW, fullH := pdf.Fit(img.Width, img.Height, bodyWidth, bodyHeight); h < fullH*3/5 {
		r.newPage() // it would be too small to see anything below the text
		w, h = fullW, fullH
	}
	// No photo is blown up beyond 72 pixels an inch.
	if maxW := pdf.Length(img.Width) * pdf.Point; w > maxW {
		w, h = maxW, pdf.Length(img.Height)*pdf.Point
	}
	x := marginX + (bodyWidth-w)/2
	r.page.DrawImage(img, x, r.y, w, h)
	r.page.StrokeRect(x, r.y, w, h, pdf.Pt(0.5), rule)
	r.y += h
	return nil
}

// convert makes a PNG of a picture in another format that Go can read.
func convert(f io.ReadSeeker) ([]byte, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	conf, _, err := image.DecodeConfig(f)
	if err != nil {
		return nil, err
	}
	if conf.Width <= 0 || conf.Height <= 0 || conf.Width > maxConverted/conf.Height {
		return nil, errors.New("too large to convert")
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	img, _, err := image.Decode(f)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = png.Encode(&out, img)
	return out.Bytes(), err
}

// annex draws the pages of a PDF, one on each page.
func (r *renderer) annex(ctx context.Context, p *Placed, f io.Reader) error {
	path, remove, err := pathOf(f, r.opts.Annex.TempDir)
	if err != nil {
		return err
	}
	defer remove()
	a, err := pdf.ReadAnnex(ctx, path, r.opts.Annex)
	if err != nil {
		return err
	}
	added, err := r.doc.AddAnnex(a)
	if err != nil {
		return err
	}
	pages := a.Pages()
	r.text(pdf.Plain(r.w.get("pages.n", "n", itoa(len(pages))), styleSmall), marginX, bodyWidth)
	for i, page := range pages {
		r.newPage()
		r.dest(annexDest(p.Number, i+1), 0)
		caption := r.plain(excerpt(p.Exhibit.Name, 60)+" · "+r.w.get("page.own", "n", itoa(i+1), "total", itoa(len(pages))), styleSmall, bodyWidth)
		r.y += drawFirst(r.page, caption, marginX, r.y-pdf.Pt(4))
		w, h := pdf.Fit(int(page.Width), int(page.Height), bodyWidth, r.left())
		x := marginX + (bodyWidth-w)/2
		r.page.DrawAnnex(added, i, x, r.y, w, h)
		r.page.StrokeRect(x, r.y, w, h, pdf.Pt(0.5), rule)
		r.y += h
	}
	return nil
}

// pathOf gives a path to what a reader reads: its own, or that of a copy.
func pathOf(f io.Reader, tempDir string) (path string, remove func(), err error) {
	if file, ok := f.(*os.File); ok {
		return file.Name(), func() {}, nil
	}
	tmp, err := os.CreateTemp(tempDir, "annex-*.pdf")
	if err != nil {
		return "", nil, fmt.Errorf("copying a PDF: %w", err)
	}
	remove = func() { _ = os.Remove(tmp.Name()) }
	_, err = io.Copy(tmp, f)
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		remove()
		return "", nil, fmt.Errorf("copying a PDF: %w", err)
	}
	return tmp.Name(), remove, nil
}

// printed prints a text file.
func (r *renderer) printed(ctx context.Context, f io.Reader, size int64) error {
	if size > maxPrinted {
		return ProblemLongText.New("size", byteSize(size), "limit", byteSize(maxPrinted))
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxPrinted+1))
	if err != nil {
		return fmt.Errorf("reading a text: %w", err)
	}
	text, ok := decodeText(raw)
	if !ok {
		return ProblemText.New()
	}
	r.line(r.y)
	r.gap(3 * pdf.MM)
	// In pieces of lines, so that canceling works within a long text.
	for len(text) > 0 && ctx.Err() == nil {
		piece := text
		if i := strings.LastIndexByte(cutRunes(text, 20_000), '\n'); i >= 0 && len(text) > 20_000 {
			piece = text[:i]
		}
		r.text(pdf.Plain(strings.ReplaceAll(piece, "\t", "    "), style(8.5, false, ink)), marginX, bodyWidth)
		text = strings.TrimPrefix(text[len(piece):], "\n")
	}
	return ctx.Err()
}

// decodeText decodes UTF-8, UTF-16 with its mark, and GB18030.
func decodeText(raw []byte) (string, bool) {
	if bytes.HasPrefix(raw, []byte{0xff, 0xfe}) || bytes.HasPrefix(raw, []byte{0xfe, 0xff}) {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(raw)
		return cleanText(string(out)), err == nil
	}
	if utf8.Valid(raw) {
		return cleanText(string(raw)), true
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", false
	}
	return cleanText(string(out)), true
}

func cleanText(s string) string {
	s = strings.TrimPrefix(s, "\ufeff")
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
