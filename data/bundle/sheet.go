package bundle

import (
	"context"

	"casebinder/data/pdf"
)

// The frame of every page.
const (
	marginX    = 20 * pdf.MM
	bodyWidth  = pdf.A4Width - 2*marginX
	bodyTop    = 27 * pdf.MM
	bodyBottom = pdf.A4Height - 24*pdf.MM
	bodyHeight = bodyBottom - bodyTop
)

// The colors: dark blue for what leads, grays for what explains.
var (
	ink    = pdf.Color{R: 0x1d, G: 0x23, B: 0x2b}
	accent = pdf.Color{R: 0x1f, G: 0x3d, B: 0x63}
	muted  = pdf.Color{R: 0x5c, G: 0x66, B: 0x72}
	rule   = pdf.Color{R: 0xc9, G: 0xd0, B: 0xd8}
	tint   = pdf.Color{R: 0xf3, G: 0xf5, B: 0xf8}
	tintBy = pdf.Color{R: 0xe9, G: 0xf0, B: 0xf8}
	alarm  = pdf.Color{R: 0x8a, G: 0x2b, B: 0x1d}
)

func style(size float64, bold bool, c pdf.Color) pdf.Style {
	return pdf.Style{Size: pdf.Pt(size), Bold: bold, Color: c}
}

var (
	styleBody   = style(9.5, false, ink)
	styleStrong = style(9.5, true, ink)
	styleSmall  = style(8, false, muted)
	styleLabel  = style(8, false, muted)
	styleHead   = style(8, true, muted)
	styleLink   = style(9.5, true, accent)
)

// A sheet writes text and tables from the top of a page to its bottom and on to
// the next. An error of typesetting sticks in err.
type sheet struct {
	doc    *pdf.Document
	ts     *pdf.Typesetter
	lang   string // of the bundle
	page   *pdf.Page
	y      pdf.Length
	marks  []mark
	laters map[int][]later // by page number
	first  int             // running number of the document's first page
	now    mark
	err    error
}

// newPage goes on at the top of a new page.
func (s *sheet) newPage() {
	s.page = s.doc.AddPage()
	s.marks = append(s.marks, s.now)
	s.y = bodyTop
}

// left is the height that is left on the page.
func (s *sheet) left() pdf.Length { return bodyBottom - s.y }

// need begins a new page unless h is left on this one.
func (s *sheet) need(h pdf.Length) {
	if s.left() < h && s.y > bodyTop {
		s.newPage()
	}
}

// layout lays out a block in the bundle's language.
func (s *sheet) layout(b pdf.Block, width pdf.Length) *pdf.Text {
	if b.Language == "" {
		b.Language = s.lang
	}
	t, err := s.ts.Layout(b, width)
	if err != nil {
		if s.err == nil {
			s.err = err
		}
		return &pdf.Text{}
	}
	return t
}

func (s *sheet) plain(text string, st pdf.Style, width pdf.Length) *pdf.Text {
	return s.layout(pdf.Plain(text, st), width)
}

// text writes a block, over as many pages as it needs.
func (s *sheet) text(b pdf.Block, x, width pdf.Length) {
	s.flow(s.layout(b, width), x, nil)
}

// flow draws a text over as many pages as it needs. Before each part that
// stands on one page, back is called with its height, to draw what lies behind.
func (s *sheet) flow(t *pdf.Text, x pdf.Length, back func(h pdf.Length)) {
	for from := 0; from < t.Lines(); {
		to := t.Fit(from, s.left())
		if to == from || (to-from == 1 && t.Lines()-from > 2 && s.y > bodyTop) {
			if s.y > bodyTop {
				s.newPage()
				continue
			}
			to = max(to, from+1) // a line that is taller than a page
		}
		h := t.HeightOf(from, to)
		if back != nil {
			back(h)
		}
		s.page.DrawLines(t, from, to, x, s.y)
		s.y += h
		from = to
	}
}

// drawFirst draws the first line alone, and gives its height.
func drawFirst(page *pdf.Page, t *pdf.Text, x, y pdf.Length) pdf.Length {
	return page.DrawLines(t, 0, min(1, t.Lines()), x, y)
}

func (s *sheet) gap(h pdf.Length) { s.y += h }

func (s *sheet) line(y pdf.Length) {
	s.page.Line(marginX, y, marginX+bodyWidth, y, pdf.Pt(0.5), rule)
}

// running is the number that is printed on the page.
func (s *sheet) running() int { return s.page.Number() + s.first - 1 }

// section begins a part of the bundle on a new page, with its heading.
func (s *sheet) section(title string) {
	s.newPage()
	s.title(title)
}

// title is the heading of a part, with its rule.
func (s *sheet) title(title string) {
	s.flow(s.plain(title, style(19, true, accent), bodyWidth), marginX, nil)
	s.gap(2 * pdf.MM)
	s.page.Line(marginX, s.y, marginX+bodyWidth, s.y, pdf.Pt(1.2), accent)
	s.gap(6 * pdf.MM)
}

// heading is a smaller heading that stays with what follows it.
func (s *sheet) heading(title string) {
	t := s.plain(title, style(11.5, true, accent), bodyWidth)
	s.need(t.Height() + 22*pdf.MM)
	if s.y > bodyTop {
		s.gap(4 * pdf.MM)
	}
	s.flow(t, marginX, nil)
	s.gap(pdf.Pt(4))
}

// A fact is a label and its value.
type fact struct{ label, value string }

// facts writes label and value pairs in so many columns, those without a value
// left out.
func (s *sheet) facts(list []fact, columns int) {
	kept := list[:0:0]
	for _, f := range list {
		if f.value != "" {
			kept = append(kept, f)
		}
	}
	const gutter = 6 * pdf.MM
	width := (bodyWidth - pdf.Length(columns-1)*gutter) / pdf.Length(columns)
	rows := (len(kept) + columns - 1) / columns
	for r := range rows {
		var cells []*pdf.Text
		var tallest pdf.Length
		for c := range columns {
			// Down the first column, then the next.
			if i := c*rows + r; i < len(kept) {
				t := s.layout(factBlock(kept[i]), width)
				tallest = max(tallest, t.Height())
				cells = append(cells, t)
			}
		}
		s.need(min(tallest, bodyHeight))
		if tallest > bodyHeight { // a value of many thousand characters
			for _, t := range cells {
				s.flow(t, marginX, nil)
			}
			continue
		}
		for c, t := range cells {
			s.page.DrawText(t, marginX+pdf.Length(c)*(width+gutter), s.y)
		}
		s.y += tallest + pdf.Pt(5)
	}
}

func factBlock(f fact) pdf.Block {
	return pdf.Block{Leading: pdf.Pt(13), Spans: []pdf.Span{{Text: f.label + "\n", Style: styleLabel}, {Text: f.value, Style: styleBody}}}
}

// A column of a table.
type column struct {
	title string
	width pdf.Length
	align pdf.Align
}

// pad is the room between a column and the next. What is aligned to the right
// stands last, and ends where the rule below ends.
func (c column) pad() pdf.Length {
	if c.align == pdf.AlignRight {
		return 0
	}
	return 2 * pdf.MM
}

// A table writes rows with a head that is repeated on each page.
type table struct {
	*sheet
	columns []column
	begun   bool
	tight   bool // less room between rows
}

// gaps is the room between a row and the rule below it, and below that.
func (t *table) gaps() (above, below pdf.Length) {
	if t.tight {
		return pdf.Pt(2), pdf.Pt(3)
	}
	return pdf.Pt(4), pdf.Pt(5)
}

func (s *sheet) table(columns ...column) *table {
	return &table{sheet: s, columns: columns}
}

// head draws the titles of the columns.
func (t *table) head() {
	x := marginX
	var h pdf.Length
	for _, c := range t.columns {
		text := t.layout(pdf.Block{Spans: []pdf.Span{{Text: c.title, Style: styleHead}}, Align: c.align}, c.width-c.pad())
		t.page.DrawText(text, x, t.y)
		h = max(h, text.Height())
		x += c.width
	}
	t.y += h + pdf.Pt(2)
	t.page.Line(marginX, t.y, marginX+bodyWidth, t.y, pdf.Pt(0.8), muted)
	t.y += pdf.Pt(4)
}

// row writes one row; link, when set, is where a click on it leads. A row that
// is taller than a page goes on over the next ones. It gives the height where the
// row begins on the page where it begins.
func (t *table) row(link string, cells ...pdf.Block) (top pdf.Length) {
	texts := make([]*pdf.Text, len(cells))
	var tallest pdf.Length
	for i, c := range cells {
		if t.columns[i].align != pdf.AlignStart {
			c.Align = t.columns[i].align
		}
		texts[i] = t.layout(c, t.columns[i].width-t.columns[i].pad())
		tallest = max(tallest, texts[i].Height())
	}
	const headHeight = 8 * pdf.MM
	fits := tallest+headHeight <= bodyHeight
	switch {
	case !t.begun:
		t.need(min(tallest, bodyHeight/2) + headHeight)
		if fits {
			t.need(tallest + headHeight)
		}
		t.head()
	case fits && tallest > t.left():
		t.newPage()
		t.head()
	}
	t.begun = true
	top = t.y
	from := make([]int, len(cells))
	for {
		h, more := t.part(texts, from)
		if h > 0 && link != "" {
			t.link(marginX, t.y, bodyWidth, h, link)
		}
		t.y += h
		if !more {
			break
		}
		t.newPage()
		t.head()
	}
	above, below := t.gaps()
	t.y += above
	t.line(t.y)
	t.y += below
	return top
}

// A tableRow is a row that is drawn later; link is where a click on it leads.
type tableRow struct {
	link  string
	cells []pdf.Block
}

// leastRows is how many rows stand on the last page of a table at least.
const leastRows = 4

// rows writes rows of which all are known, so that the last page does not hold
// two of them alone: they move closer together, or more of them go there.
func (t *table) rows(ctx context.Context, rows []tableRow) error {
	heights := make([]pdf.Length, len(rows))
	for i, row := range rows {
		if i%200 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for c, cell := range row.cells {
			heights[i] = max(heights[i], t.layout(cell, t.columns[c].width-t.columns[c].pad()).Height())
		}
	}
	split := t.plan(heights)
	for i, row := range rows {
		if i%200 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if i == split && t.begun && t.y > bodyTop {
			t.newPage()
			t.head()
		}
		t.row(row.link, row.cells...)
	}
	return ctx.Err()
}

// plan says before which row a page is to begin early; -1 for none. It also says
// whether the rows stand closer.
func (t *table) plan(heights []pdf.Length) int {
	pages, last := t.paged(heights)
	if pages == 1 || last >= leastRows {
		return -1
	}
	t.tight = true
	closer, rest := t.paged(heights)
	if closer < pages || rest >= leastRows {
		return -1
	}
	t.tight = false
	return len(heights) - leastRows
}

// paged counts the pages that rows take from here on, and the rows on the last.
func (t *table) paged(heights []pdf.Length) (pages, last int) {
	const headHeight = 8 * pdf.MM
	above, below := t.gaps()
	pages = 1
	y := t.y + headHeight
	for _, h := range heights {
		if h > bodyBottom-y {
			y = bodyTop + headHeight
			pages, last = pages+1, 0
		}
		y += h + above + below
		last++
	}
	return pages, last
}

// part draws of each cell what fits on the page.
func (t *table) part(texts []*pdf.Text, from []int) (height pdf.Length, more bool) {
	x := marginX
	for i, text := range texts {
		to := text.Fit(from[i], t.left())
		if to == from[i] && to < text.Lines() && t.left() > bodyHeight/2 {
			to++ // one line that is taller than a page must not stop everything
		}
		height = max(height, t.page.DrawLines(text, from[i], to, x, t.y))
		from[i] = to
		more = more || to < text.Lines()
		x += t.columns[i].width
	}
	return height, more
}

// group puts a line between rows that says what the next ones belong to.
func (t *table) group(title, link string) {
	text := t.layout(pdf.Plain(title, styleHead), bodyWidth)
	const headHeight, rowHeight = 8 * pdf.MM, 16 * pdf.MM
	t.need(text.Height() + headHeight + rowHeight)
	if !t.begun || t.y == bodyTop {
		t.head()
	}
	t.begun = true
	t.page.FillRect(marginX, t.y-pdf.Pt(2), bodyWidth, text.Height()+pdf.Pt(4), tint)
	t.page.DrawText(text, marginX+pdf.Pt(4), t.y)
	t.link(marginX, t.y, bodyWidth, text.Height(), link)
	t.y += text.Height() + pdf.Pt(7)
}
