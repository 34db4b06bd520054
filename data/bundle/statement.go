package bundle

import (
	"strings"

	"casebinder/data"
	"casebinder/data/bundle/statement"
	"casebinder/data/pdf"
)

// A target is what a citation leads to.
type target struct {
	label string // "Exhibit 3", to which the page is added
	dest  string
}

// target finds what a citation points at; false when there is no such thing in
// the case.
func (e *env) target(c data.Cite) (target, bool) {
	switch {
	case c.Evidence != "":
		n, ok := e.byUID[c.Evidence]
		t := target{e.w.get("exhibit", "n", itoa(n)), exhibitDest(n)}
		if c.Page > 0 {
			t.dest = annexDest(n, c.Page)
		}
		return t, ok
	case c.Message != "":
		for i, m := range e.messages {
			if m.UID == c.Message {
				at := e.w.get("undated")
				if !m.SentAt.IsZero() {
					at = data.Stamp(m.SentAt, e.clock.zone)
				}
				return target{e.w.get("cite.message", "time", at), messageDest(i)}, true
			}
		}
	case c.Part != "":
		return target{e.w.section(c.Part), string(c.Part)}, e.composed(c.Part)
	}
	return target{}, false
}

// statement draws the claims, numbered, each with what shows it.
func (r *renderer) statement() {
	const indent = 10 * pdf.MM
	for i, claim := range r.c.Statement.Claims {
		body := r.layout(pdf.Block{
			Spans: []pdf.Span{{Text: strings.TrimSpace(claim.Text), Style: style(10.5, false, ink)}}, Language: r.c.Statement.Language,
		}, bodyWidth-indent)
		number := r.plain(itoa(i+1)+".", style(10.5, true, accent), indent)
		r.need(body.HeightOf(0, min(3, body.Lines())) + pdf.Pt(16))
		r.dest("claim-"+itoa(i+1), r.y)
		drawn := false
		r.flow(body, marginX+indent, func(pdf.Length) {
			if !drawn {
				r.page.DrawText(number, marginX, r.y)
			}
			drawn = true
		})
		r.gap(pdf.Pt(1.5))
		r.cites(claim.Cites, indent)
		r.gap(5 * pdf.MM)
	}
	if ask := strings.TrimSpace(r.c.Ask); ask != "" {
		r.heading(r.w.get("ask"))
		r.text(pdf.Plain(ask, style(10.5, false, ink)), marginX, bodyWidth)
	}
	r.signedBy()
}

// signedBy ends a statement with the name, role and date of who makes it.
func (r *renderer) signedBy() {
	s, shop := r.c.Statement, oneLine(r.c.Order.Shop.Name)
	name, at := oneLine(s.UpdatedBy), s.UpdatedAt
	if name == "" {
		name = oneLine(r.c.Prepared)
	}
	if at.IsZero() {
		at = r.c.Generated
	}
	role := r.w.get("role.seller")
	if shop != "" && shop != name {
		role = r.w.get("role.for", "shop", shop)
	}
	if name == "" {
		name = shop
	}
	text := r.layout(pdf.Block{Spans: []pdf.Span{
		{Text: name + "\n", Style: style(10.5, true, ink)}, {Text: joinNonEmpty(" · ", role, r.clock.day(at)), Style: styleBody},
	}}, bodyWidth)
	r.gap(4 * pdf.MM)
	r.need(text.Height() + 6*pdf.MM)
	r.page.Line(marginX, r.y, marginX+60*pdf.MM, r.y, pdf.Pt(0.5), muted)
	r.gap(3 * pdf.MM)
	r.page.DrawText(text, marginX, r.y)
	r.y += text.Height()
}

// cites draws what a claim points at, as links in rows. The page numbers are
// known late: each has the room of the longest.
func (r *renderer) cites(list []data.Cite, indent pdf.Length) {
	const between = 4 * pdf.MM
	var x, height pdf.Length
	for _, c := range list {
		t, ok := r.target(c)
		st := styleLink
		if !ok {
			t.label, st = r.w.get("cite.none"), style(9.5, true, alarm)
		}
		room := r.plain(r.w.get("cite", "what", t.label, "n", "00000"), st, bodyWidth-indent)
		if x > 0 && x+room.Width() > bodyWidth-indent {
			x, r.y = 0, r.y+height
		}
		if x == 0 {
			height = room.Height() + pdf.Pt(2)
			r.need(height)
		}
		r.later(later{
			x: marginX + indent + x, y: r.y + pdf.Pt(1), width: bodyWidth - indent - x, style: st,
			link: func() string { return r.landing(t.dest, r.at) }, text: func() string { return r.cited(t) },
		})
		x += room.Width() + between
	}
	r.y += height
}

// cited prints a citation when all pages are known.
func (r *renderer) cited(t target) string {
	if n := r.pageOf(r.landing(t.dest, r.at)); n > 0 {
		return r.w.get("cite", "what", t.label, "n", itoa(n))
	}
	return t.label
}

// unused lists the exhibits that no claim points at. Where there is no
// statement, there are none.
func (e *env) unused() []Placed {
	if len(e.c.Statement.Claims) == 0 {
		return nil
	}
	var list []Placed
	for _, uid := range statement.Check(e.c.Statement, e.known()).Unused {
		if n := e.byUID[uid]; n > 0 {
			list = append(list, e.placed[n-1])
		}
	}
	return list
}

// checkPages refuses a statement that points at a page that a document does not
// have. Of a document that could not be shown all pages count as the exhibit's.
func (e *env) checkPages(at pageMap) error {
	for i, claim := range e.c.Statement.Claims {
		for _, c := range claim.Cites {
			if t, _ := e.target(c); at.Dests[e.landing(t.dest, at)] == 0 {
				return statement.ProblemCitation.New("claim", i+1, "target", e.citeName(c))
			}
		}
	}
	return nil
}

// landing is where a citation leads: the exhibit as a whole where its pages are
// not shown.
func (e *env) landing(dest string, at pageMap) string {
	for _, x := range at.Rejected {
		if strings.HasPrefix(dest, exhibitDest(x.Number)+"-page-") {
			return exhibitDest(x.Number)
		}
	}
	return dest
}

// citeName tells what a citation points at, for a person who is to mend it.
func (e *env) citeName(c data.Cite) string {
	switch {
	case c.Evidence != "" && c.Page > 0:
		name := c.Evidence
		if n := e.byUID[c.Evidence]; n > 0 {
			name = e.placed[n-1].Title
		}
		return name + ", " + itoa(c.Page)
	case c.Evidence != "":
		return c.Evidence
	case c.Message != "":
		return c.Message
	}
	return string(c.Part)
}
