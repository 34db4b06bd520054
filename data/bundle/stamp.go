package bundle

import "casebinder/data/pdf"

// A mark is what is stamped on a page beside its number.
type mark struct {
	first, last int  // exhibits that stand on it; 0: none
	plain       bool // without the order's line
}

// holds marks a page as one of an exhibit.
func (m *mark) holds(n int) {
	if m.first == 0 {
		m.first = n
	}
	m.last = max(m.last, n)
}

// A later is a text that is known only when all pages are, such as a page
// number, or a link of which it is known only then whether it leads anywhere.
type later struct {
	x, y, width, height pdf.Length
	style               pdf.Style
	align               pdf.Align
	text                func() string // nil: a link alone
	link                func() string // destination; nil for none
}

// later puts a text onto this page when all pages are drawn.
func (s *sheet) later(l later) {
	n := s.page.Number()
	s.laters[n] = append(s.laters[n], l)
}

// link makes an area of this page lead to a destination, if the document has it.
func (s *sheet) link(x, y, w, h pdf.Length, dest string) {
	s.later(later{x: x, y: y, width: w, height: h, link: func() string { return dest }})
}

// drawLaters draws what was not known when the page was drawn.
func (r *renderer) drawLaters(page *pdf.Page) {
	for _, l := range r.laters[page.Number()] {
		if l.text != nil {
			t := r.layout(pdf.Block{Spans: []pdf.Span{{Text: l.text(), Style: l.style}}, Align: l.align}, l.width)
			drawFirst(page, t, l.x, l.y)
			if l.height == 0 {
				l.width, l.height = min(l.width, t.Width()), t.Height()
			}
		}
		if l.link == nil {
			continue
		}
		if dest := l.link(); r.at.Dests[dest] > 0 {
			page.Link(l.x, l.y, l.width, l.height, dest)
		}
	}
	delete(r.laters, page.Number())
}

// stamp draws what stands on every page: whose case it is, which exhibit, which page.
func (r *renderer) stamp(page *pdf.Page, total int) {
	r.drawLaters(page)
	m := r.marks[page.Number()-1]
	if r.part.Total > 0 {
		total = r.part.Total
	}
	n, of := itoa(page.Number()+r.first-1), itoa(total)
	const top, bottom = 12 * pdf.MM, pdf.A4Height - 16*pdf.MM
	small := style(8, false, muted)
	if !m.plain {
		name := r.w.get("stamp.order", "platform", r.c.Order.Shop.Platform.Title(), "number", excerpt(r.c.Order.Number, 60))
		drawFirst(page, r.plain(name, small, 100*pdf.MM), marginX, top)
		y := bodyTop - 6*pdf.MM
		page.Line(marginX, y, marginX+bodyWidth, y, pdf.Pt(0.5), rule)
	}
	if m.first > 0 {
		r.stampExhibit(page, m, n, of)
	}
	page.Line(marginX, bottom-pdf.Pt(5), marginX+bodyWidth, bottom-pdf.Pt(5), pdf.Pt(0.5), rule)
	drawFirst(page, r.plain(joinNonEmpty(" · ", r.clock.full(r.c.Generated), r.c.Program), small, 110*pdf.MM), marginX, bottom)
	number := r.layout(pdf.Block{
		Spans: []pdf.Span{{Text: r.w.get("stamp.page", "n", n, "total", of), Style: style(8.5, true, ink)}}, Align: pdf.AlignRight,
	}, 60*pdf.MM)
	page.DrawText(number, marginX+bodyWidth-60*pdf.MM, bottom)
}

// stampExhibit draws the label of the exhibit, or exhibits, of a page.
func (r *renderer) stampExhibit(page *pdf.Page, m mark, n, of string) {
	const top = 12 * pdf.MM
	text := r.w.get("stamp.exhibit", "e", itoa(m.first), "n", n, "total", of)
	if m.last > m.first {
		text = r.w.get("stamp.exhibits", "e", itoa(m.first), "f", itoa(m.last), "n", n, "total", of)
	}
	label := r.plain(text, style(8.5, true, pdf.White), 80*pdf.MM)
	width := label.Width() + 6*pdf.MM
	x := marginX + bodyWidth - width
	page.FillRect(x, top-pdf.Pt(3.5), width, label.Height()+pdf.Pt(7), accent)
	page.DrawText(label, x+3*pdf.MM, top)
}
