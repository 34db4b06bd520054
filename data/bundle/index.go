package bundle

import (
	"fmt"

	"casebinder/data"
	"casebinder/data/pdf"
)

// contents lists the parts of the bundle with their pages, in two columns. Unless
// it must, it does not begin a page for that.
func (r *renderer) contents(must bool) bool {
	const gutter, head, line = 10 * pdf.MM, 16 * pdf.MM, 6 * pdf.MM
	lines := []contentsLine{{"index", r.w.get("index")}}
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
		lines = append(lines, contentsLine{string(s), title})
	}
	half := (len(lines) + 1) / 2
	if !must && r.left() < pdf.Length(half)*line+head {
		return false
	}
	r.heading(r.w.get("contents"))
	const width = (bodyWidth - gutter) / 2
	for i := range half {
		height := r.contentsLine(lines[i], marginX, width)
		if i+half < len(lines) {
			height = max(height, r.contentsLine(lines[i+half], marginX+width+gutter, width))
		}
		r.y += height + pdf.Pt(1.5)
	}
	return true
}

// A contentsLine is a part of the bundle and where it stands.
type contentsLine struct{ dest, title string }

// contentsLine is one line with a row of dots to its page number; it gives its
// height.
func (r *renderer) contentsLine(l contentsLine, x, width pdf.Length) pdf.Length {
	const numberWidth = 10 * pdf.MM
	t := r.plain(l.title, styleBody, width-numberWidth)
	r.page.DrawText(t, x, r.y)
	base := r.y + t.Height() - pdf.Pt(3.5)
	if from, to := x+t.Width()+2*pdf.MM, x+width-numberWidth; from < to {
		r.page.Line(from, base, to, base, pdf.Pt(0.4), rule)
	}
	r.pageNumber(x+width-numberWidth, r.y, numberWidth, func() string { return itoa(r.pageOf(l.dest)) })
	r.link(x, r.y, width, t.Height(), l.dest)
	return t.Height()
}

// pageNumber draws a number at the right when it is known.
func (s *sheet) pageNumber(x, y, width pdf.Length, text func() string) {
	s.later(later{x: x, y: y, width: width, style: styleLink, align: pdf.AlignRight, text: text})
}

// index lists the exhibits, each line a link.
func (r *renderer) index() {
	r.now = mark{}
	r.newPage()
	if !r.outlined {
		r.outlined = r.contents(true)
		r.gap(8 * pdf.MM)
	}
	if !r.told { // above the table, so that it never stands on a page alone
		r.told = r.integrity(true)
		r.gap(8 * pdf.MM)
	}
	r.title(r.w.get("index"))
	r.dest("index", 0)
	r.bookmark(0, r.w.get("index"))
	if len(r.part.Exhibits) == 0 {
		r.text(pdf.Plain(r.w.get("exhibits.none"), styleBody), marginX, bodyWidth)
	} else {
		r.indexTable()
	}
	r.erased()
}

// erased lists the files that were evidence until they were erased: which, when and
// why, and what stands for them.
func (r *renderer) erased() {
	if len(r.c.Erased) == 0 {
		return
	}
	r.gap(6 * pdf.MM)
	r.heading(r.w.get("erased"))
	r.text(pdf.Plain(r.w.get("erased.text"), styleSmall), marginX, bodyWidth)
	r.gap(2 * pdf.MM)
	for _, e := range r.c.Erased {
		line := joinNonEmpty(" · ", r.w.kind(e.Kind), r.w.get("erased.when", "time", r.clock.full(e.At)), r.w.named("erased.", string(e.Ground)), r.standsFor(e.ReplacedBy))
		r.text(pdf.Block{Spans: []pdf.Span{
			{Text: line, Style: styleBody}, {Text: "\n" + r.w.get("sha") + " " + e.SHA256, Style: styleSmall},
		}}, marginX, bodyWidth)
		r.gap(1 * pdf.MM)
	}
}

// standsFor names the exhibit that stands for a file that was erased; "" where none
// does.
func (r *renderer) standsFor(sha256 string) string {
	for _, p := range r.placed {
		if sha256 != "" && p.Exhibit.SHA256 == sha256 {
			return r.w.get("erased.copy", "n", itoa(p.Number))
		}
	}
	return ""
}

// indexTable lists the part's exhibits under the names of their sections.
func (r *renderer) indexTable() {
	const number, date, pages = 24 * pdf.MM, 40 * pdf.MM, 20 * pdf.MM
	t := r.table(
		column{r.w.get("number"), number, pdf.AlignStart}, column{r.w.get("exhibit.title"), bodyWidth - number - date - pages, pdf.AlignStart},
		column{r.w.get("date"), date, pdf.AlignStart}, column{r.w.get("pages"), pages, pdf.AlignRight},
	)
	t.tight = true
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
