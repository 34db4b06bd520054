package bundle

import (
	"fmt"

	"casebinder/data"
	"casebinder/data/pdf"
)

// contents lists the parts of the bundle with their pages.
func (r *renderer) contents() {
	r.heading(r.w.get("contents"))
	r.contentsLine("index", r.w.get("index"))
	for _, s := range data.Sections() {
		if !r.shown(s) {
			continue
		}
		title := r.w.section(s)
		if list := r.holds(s); len(list) == 1 {
			title = joinNonEmpty(" · ", title, r.w.get("exhibit", "n", itoa(list[0].Number)))
		} else if len(list) > 1 {
			title = joinNonEmpty(" · ", title, r.w.get("exhibits.from", "e", itoa(list[0].Number), "f", itoa(list[len(list)-1].Number)))
		}
		r.contentsLine(string(s), title)
	}
}

// contentsLine is one line with a row of dots to its page number.
func (r *renderer) contentsLine(dest, title string) {
	const numberWidth = 16 * pdf.MM
	t := r.plain(title, styleBody, bodyWidth-numberWidth)
	r.need(t.Height())
	r.page.DrawText(t, marginX, r.y)
	base := r.y + t.Height() - pdf.Pt(3.5)
	r.page.Line(marginX+t.Width()+2*pdf.MM, base, marginX+bodyWidth-10*pdf.MM, base, pdf.Pt(0.4), rule)
	r.pageNumber(marginX+bodyWidth-numberWidth, r.y, numberWidth, func() string { return itoa(r.pageOf(dest)) })
	r.link(marginX, r.y, bodyWidth, t.Height(), dest)
	r.y += t.Height() + pdf.Pt(1.5)
}

// pageNumber draws a number at the right when it is known.
func (s *sheet) pageNumber(x, y, width pdf.Length, text func() string) {
	s.later(later{x: x, y: y, width: width, style: styleLink, align: pdf.AlignRight, text: text})
}

// index lists the exhibits, each line a link.
func (r *renderer) index() {
	r.now = mark{}
	r.section(r.w.get("index"))
	r.dest("index", 0)
	r.bookmark(0, r.w.get("index"))
	if len(r.part.Exhibits) == 0 {
		r.text(pdf.Plain(r.w.get("exhibits.none"), styleBody), marginX, bodyWidth)
	} else {
		r.indexTable()
	}
	if !r.told {
		r.integrity(true)
	}
}

// indexTable lists the part's exhibits under the names of their sections.
func (r *renderer) indexTable() {
	const number, date, pages = 24 * pdf.MM, 40 * pdf.MM, 20 * pdf.MM
	t := r.table(
		column{r.w.get("number"), number, pdf.AlignStart}, column{r.w.get("exhibit.title"), bodyWidth - number - date - pages, pdf.AlignStart},
		column{r.w.get("date"), date, pdf.AlignStart}, column{r.w.get("pages"), pages, pdf.AlignRight},
	)
	for _, s := range data.Sections() {
		list := r.holds(s)
		if len(list) > 0 {
			t.group(r.w.section(s), string(s))
		}
		for _, p := range list {
			at := r.clock.full(p.Exhibit.CapturedAt)
			if at == "" {
				at = r.w.get("undated")
			}
			top := t.row(exhibitDest(p.Number), pdf.Plain(r.w.get("exhibit", "n", itoa(p.Number)), styleLink), r.indexTitle(p),
				pdf.Plain(at, styleBody), pdf.Plain("", styleBody))
			r.pageNumber(marginX+bodyWidth-pages, top, pages, func() string { return r.at.Exhibits[p.Number].String() })
		}
	}
}

// indexTitle says what an exhibit is, and what it proves or, where nobody said
// so, its kind and file; those stand on its page.
func (r *renderer) indexTitle(p *Placed) pdf.Block {
	b := pdf.Block{Spans: []pdf.Span{{Text: p.Title, Style: styleStrong}}}
	if proves := oneLine(p.Exhibit.Proves); proves != "" {
		b.Spans = append(b.Spans, pdf.Span{Text: "\n" + proves, Style: styleBody})
		return b
	}
	more := excerpt(p.Exhibit.Name, 80) // in full on its page
	if kind := r.w.kind(p.Exhibit.Kind); kind != p.Title {
		more = joinNonEmpty(" · ", kind, more)
	}
	b.Spans = append(b.Spans, pdf.Span{Text: "\n" + more, Style: styleSmall})
	return b
}

// String is the pages as an index prints them.
func (s span) String() string {
	if s.First == s.Last {
		return itoa(s.First)
	}
	return fmt.Sprintf("%d–%d", s.First, s.Last)
}
