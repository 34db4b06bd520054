package paper

import (
	"strconv"

	"casebinder/data/pdf"
	"casebinder/data/reply"
)

var (
	ink    = pdf.Color{R: 0x1d, G: 0x23, B: 0x2b}
	accent = pdf.Color{R: 0x1f, G: 0x3d, B: 0x63}
	muted  = pdf.Color{R: 0x5c, G: 0x66, B: 0x72}
	rule   = pdf.Color{R: 0xb4, G: 0xbc, B: 0xc6}
)

// body is the width between the margins.
func (p *press) body() pdf.Length { return p.width - 2*p.margin }

// bottom is where the body of a page ends; its foot stands below.
func (p *press) bottom() pdf.Length { return p.height - p.margin - p.pt(1.9) }

// pt is a length in sizes of the text.
func (p *press) pt(ems float64) pdf.Length { return pdf.Pt(p.text * ems) }

// style is a style whose size is a share of the text's.
func (p *press) style(share float64, bold bool, c pdf.Color) pdf.Style {
	return pdf.Style{Size: pdf.Pt(p.text * share), Bold: bold, Color: c}
}

// rtl reports whether the paper at hand is written from right to left: its
// columns are mirrored then.
func (p *press) rtl() bool { return reply.RightToLeft(p.lang) }

// set lays out text in the language of the paper at hand. What no typeface has is
// noted.
func (p *press) set(b pdf.Block, width pdf.Length) *pdf.Text {
	for _, s := range b.Spans {
		b.Leading = max(b.Leading, s.Style.Size*132/100)
	}
	return p.airy(b, width)
}

// airy is set with more room between lines, as cards have it.
func (p *press) airy(b pdf.Block, width pdf.Length) *pdf.Text {
	if b.Language == "" {
		b.Language = p.lang
	}
	if b.Align == pdf.AlignStart {
		b.Align = pdf.AlignLeft
		if p.rtl() {
			b.Align = pdf.AlignRight
		}
	}
	t, err := p.ts.Layout(b, max(width, pdf.MM))
	if err != nil {
		if p.err == nil {
			p.err = err
		}
		return &pdf.Text{}
	}
	if coded := t.Coded(); len(coded) > 0 {
		p.notes.add(noteGlyph, p.order, "code", "U+"+hex(coded[0]))
	}
	return t
}

func hex(r rune) string {
	s := strconv.FormatInt(int64(r), 16)
	for len(s) < 4 {
		s = "0" + s
	}
	upper := []byte(s)
	for i, c := range upper {
		if c >= 'a' {
			upper[i] = c - 'a' + 'A'
		}
	}
	return string(upper)
}

// label is a word of the papers, with that of the second language behind it.
func (p *press) label(of func(*words) string) string {
	if also := p.also(); also != nil {
		if second := of(also); second != of(p.words) {
			return of(p.words) + " · " + second
		}
	}
	return of(p.words)
}

// also are the words of the second language; nil where there is none.
func (p *press) also() *words {
	if p.o.Also == "" {
		return nil
	}
	if w := wordsOf(p.o.Also); w != p.words {
		return w
	}
	return nil
}

// A cell is a text in a column.
type cell struct {
	text *pdf.Text
	x    pdf.Length // from the side on which lines begin
	w    pdf.Length
}

// A row is what stands side by side. One that is taller than a page goes on over
// the next.
type row struct {
	cells []cell
	least pdf.Length // its height at least
	after pdf.Length // room below it
	keep  pdf.Length // of what follows, what must stand on the same page
	line  bool       // a rule below
	draw  func(y pdf.Length)
}

// at mirrors a place in the body where lines begin on the right.
func (p *press) at(x, w pdf.Length) pdf.Length {
	if p.rtl() {
		return p.margin + p.body() - x - w
	}
	return p.margin + x
}

// begin begins a paper on a new page.
func (p *press) begin(footer string) {
	p.result.Papers++
	p.head = nil
	p.foot = &foot{first: p.doc.Pages(), text: footer, words: p.words, lang: p.lang}
	p.turn()
}

// turn goes on at the top of a new page.
func (p *press) turn() {
	p.page = p.doc.AddPage()
	p.feet = append(p.feet, p.foot)
	p.foot.pages++
	p.y, p.top = p.margin, p.margin
	if p.head != nil {
		p.head()
		p.top = p.y
	}
}

// left is the height that is left on the page.
func (p *press) left() pdf.Length { return p.bottom() - p.y }

// add draws a row, on the next page where it does not fit.
func (p *press) add(r row) {
	height := r.least
	for _, c := range r.cells {
		height = max(height, c.text.Height())
	}
	whole := p.bottom() - p.top
	if height+min(r.keep, whole/2) > p.left() && p.y > p.top && (height <= whole || p.left() < whole/4) {
		p.turn()
	}
	from := make([]int, len(r.cells))
	for first := true; ; first = false {
		drawn, more := p.part(r.cells, from)
		if first {
			if drawn = max(drawn, r.least); r.draw != nil {
				r.draw(p.y)
			}
		}
		p.y += drawn
		if !more {
			break
		}
		p.turn()
	}
	if r.line {
		p.y += p.pt(0.35)
		p.page.Line(p.margin, p.y, p.margin+p.body(), p.y, pdf.Pt(0.5), rule)
	}
	p.y += r.after
}

// part draws of each cell what fits on the page.
func (p *press) part(cells []cell, from []int) (height pdf.Length, more bool) {
	for i, c := range cells {
		to := c.text.Fit(from[i], p.left())
		if to == from[i] && to < c.text.Lines() && p.y <= p.top {
			to++ // one line that is taller than a page must not stop everything
		}
		height = max(height, p.page.DrawLines(c.text, from[i], to, p.at(c.x, c.w), p.y))
		from[i] = to
		more = more || to < c.text.Lines()
	}
	return height, more
}

// box draws a box to tick, its upper edge at y.
func (p *press) box(x, y pdf.Length) {
	side := p.pt(1)
	p.page.StrokeRect(p.at(x, side), y+p.pt(0.12), side, side, pdf.Pt(0.7), ink)
}

// stamp writes the foot of a page when all pages are known.
func (p *press) stamp(page *pdf.Page, _ int) {
	if page.Number() > len(p.feet) {
		return
	}
	f := p.feet[page.Number()-1]
	if f == nil {
		return
	}
	p.lang, p.words, p.page, p.order = f.lang, f.words, page, ""
	n := strconv.Itoa(page.Number() - f.first)
	small := p.style(0.85, false, muted)
	y := p.height - p.margin - p.pt(1.2)
	end := pdf.AlignRight
	if p.rtl() {
		end = pdf.AlignLeft
	}
	number := p.set(pdf.Block{Spans: []pdf.Span{{Text: counted(p.words.Page, n, strconv.Itoa(f.pages)), Style: small}}, Align: end}, p.body())
	page.DrawLines(number, 0, min(1, number.Lines()), p.margin, y)
	text := p.set(pdf.Plain(f.text, small), p.body()-number.Width()-p.pt(1))
	if text.Lines() > 1 { // a foot repeats what stands above: it is left out before it covers something
		return
	}
	page.DrawText(text, p.at(0, p.body()-number.Width()-p.pt(1)), y)
}
