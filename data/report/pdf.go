package report

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"casebinder/assets"
	"casebinder/data/pdf"
)

// Geometry of the PDF.
const (
	margin   = 16 * pdf.MM
	bodySize = 8.5
)

var (
	ink   = pdf.Color{R: 0x1d, G: 0x23, B: 0x2b}
	soft  = pdf.Color{R: 0x5c, G: 0x66, B: 0x72}
	rule  = pdf.Color{R: 0xb4, G: 0xbc, B: 0xc6}
	tones = []pdf.Color{{R: 0x1f, G: 0x3d, B: 0x63}, {R: 0x6f, G: 0x8f, B: 0xb8}, {R: 0xb9, G: 0xc8, B: 0xdb}}
)

// press sets a report onto pages.
type press struct {
	*Report
	say  Speaker
	doc  *pdf.Document
	ts   *pdf.Typesetter
	page *pdf.Page
	y    pdf.Length
	err  error
}

func writePDF(ctx context.Context, w io.Writer, r *Report, p Paper) error {
	fonts := pdf.SharedNotoFonts(assets.FS)
	title := p.Say.Text(phraseReport.With())
	b := &press{Report: r, say: p.Say, ts: pdf.NewTypesetter(fonts)}
	b.doc = pdf.New(w, pdf.Options{Title: title, Creator: p.Program, Language: p.Say.Language(), Created: p.Made, Fonts: fonts, Stamp: b.stamp})
	b.turn()
	b.line(title, 15, true, ink)
	for _, told := range r.Told() {
		b.line(p.Say.Text(told), bodySize, false, soft)
	}
	for i := range r.Tables {
		if err := ctx.Err(); err != nil {
			return err
		}
		b.table(&r.Tables[i])
	}
	if b.err != nil {
		return fmt.Errorf("setting the report: %w", b.err)
	}
	if err := b.doc.Close(); err != nil {
		return fmt.Errorf("writing the PDF: %w", err)
	}
	return nil
}

func (b *press) body() pdf.Length { return pdf.A4Width - 2*margin }

func (b *press) turn() {
	b.page = b.doc.AddPage()
	b.y = margin
}

// room turns the page where less than a height is left.
func (b *press) room(height pdf.Length) bool {
	if b.y+height <= pdf.A4Height-margin-6*pdf.MM {
		return false
	}
	b.turn()
	return true
}

func (b *press) set(text string, size float64, bold bool, c pdf.Color, align pdf.Align, width pdf.Length) *pdf.Text {
	t, err := b.ts.Layout(pdf.Block{
		Spans: []pdf.Span{{Text: text, Style: pdf.Style{Size: pdf.Pt(size), Bold: bold, Color: c}}},
		Align: align, Leading: pdf.Pt(size * 1.32), Language: b.say.Language(),
	}, max(width, pdf.MM))
	if err != nil {
		if b.err == nil {
			b.err = err
		}
		return &pdf.Text{}
	}
	return t
}

// line sets a paragraph over the whole width.
func (b *press) line(text string, size float64, bold bool, c pdf.Color) {
	t := b.set(text, size, bold, c, pdf.AlignLeft, b.body())
	b.room(t.Height())
	b.page.DrawText(t, margin, b.y)
	b.y += t.Height() + pdf.Pt(size*0.35)
}

// texts are what stands in a table, a row of totals last.
func (b *press) texts(t *Table) (head []string, rows [][]string) {
	head = make([]string, len(t.Columns))
	for k, c := range t.Columns {
		head[k] = b.say.Text(c.Title)
	}
	cells := func(r *Row) []string {
		texts := make([]string, len(t.Columns))
		for k, c := range t.Columns {
			texts[k] = b.Show(b.say, t, r, k)
			if c.Unit == Count && len(t.Columns) > 12 && r.Cells[k].N == 0 {
				texts[k] = "·"
			}
		}
		return texts
	}
	rows = make([][]string, 0, len(t.Rows)+1)
	for i := range t.Rows {
		rows = append(rows, cells(&t.Rows[i]))
	}
	if t.Total != nil && len(t.Rows) > 0 {
		rows = append(rows, cells(t.Total))
	}
	return head, rows
}

func (b *press) table(t *Table) {
	b.y += 4 * pdf.MM
	b.room(40 * pdf.MM) // a title stands with some rows
	b.doc.Bookmark(1, b.say.Text(t.Title), b.page.Number(), b.y)
	b.line(b.say.Text(t.Title), 11.5, true, ink)
	head, rows := b.texts(t)
	widths, size := b.columns(t, head, rows)
	b.row(t, head, widths, size, true)
	for i, row := range rows {
		if i < len(t.Rows) && b.room(pdf.Pt(size*1.9)) {
			b.row(t, head, widths, size, true)
		}
		b.row(t, row, widths, size, i == len(t.Rows))
	}
	if len(t.Rows) == 0 {
		b.line(b.say.Text(phraseNothing.With()), bodySize, false, soft)
	}
	for _, note := range t.Notes {
		b.line(b.say.Text(note), 7.5, false, soft)
	}
	b.bars(t)
}

// row sets what stands side by side, and a rule below.
func (b *press) row(t *Table, texts []string, widths []pdf.Length, size float64, bold bool) {
	gap := gapOf(t)
	set := make([]*pdf.Text, len(texts))
	height := pdf.Length(0)
	for k, text := range texts {
		align := pdf.AlignRight
		if t.Columns[k].Unit == Words {
			align = pdf.AlignLeft
		}
		set[k] = b.set(text, size, bold, ink, align, widths[k]-gap)
		height = max(height, set[k].Height())
	}
	b.room(height + pdf.Pt(2))
	x := margin
	for k, text := range set {
		b.page.DrawText(text, x, b.y)
		x += widths[k]
	}
	b.y += height + pdf.Pt(1.5)
	b.page.Line(margin, b.y, margin+b.body(), b.y, pdf.Pt(0.4), rule)
	b.y += pdf.Pt(2)
}

// stamp writes the number of a page when all are known.
func (b *press) stamp(page *pdf.Page, pages int) {
	b.page = page
	t := b.set(strconv.Itoa(page.Number())+" / "+strconv.Itoa(pages), 7.5, false, soft, pdf.AlignRight, b.body())
	page.DrawText(t, margin, pdf.A4Height-margin-pdf.Pt(4))
}
