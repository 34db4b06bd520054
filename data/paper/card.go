package paper

import (
	"strings"
	"unicode/utf8"

	"casebinder/data/pdf"
	"casebinder/data/reply"
)

// A place is where a card is drawn.
type place struct{ x, y, w, h pdf.Length }

// card prints the card of an order, and the leaflet behind it.
func (p *press) card(o *Order) {
	p.speak(o.Language)
	p.result.Papers++
	text := strings.TrimSpace(o.Card)
	if hello := strings.TrimSpace(reply.SalutationOf(o.Order, p.lang)); hello != "" && !strings.HasPrefix(text, hello) {
		text = hello + "\n\n" + text
	}
	p.printed(o, o.Shop.Name, text, true)
	if news := strings.TrimSpace(p.o.News); news != "" {
		p.printed(o, joined(" · ", p.words.News, o.Shop.Name), news, false)
	}
}

// printed prints a text on a card: as large as fits between the usual size and the
// smallest, else on as many cards as it takes.
func (p *press) printed(o *Order, head, text string, numbered bool) {
	at := p.place(false)
	foot := ""
	if numbered {
		foot = o.Number
	}
	frame := p.framed(at, head, foot)
	size := p.card4()
	var body *pdf.Text
	for {
		body = p.airy(pdf.Block{Spans: display(text, size)}, frame.w)
		if body.Height() <= frame.h || size <= p.least {
			break
		}
		size = max(size-0.5, p.least)
	}
	if size < p.card4() {
		p.notes.add(noteSmaller, o.Number, "points", trimmed(size))
	}
	for from := 0; from < body.Lines(); {
		to := max(body.Fit(from, frame.h), from+1)
		if from > 0 || to < body.Lines() {
			p.notes.add(noteSplit, o.Number)
		}
		at = p.place(true)
		p.ornament(at, head, foot)
		y := frame.y
		if from == 0 && to == body.Lines() { // a short text stands a little above the middle
			y += (frame.h - body.Height()) * 2 / 5
		}
		p.page.DrawLines(body, from, to, at.x+frame.x, at.y+y)
		from = to
	}
}

// card4 is the usual size of a card's text: four to a sheet have that of A6.
func (p *press) card4() float64 {
	if p.quarters() {
		return sheets[A6].card
	}
	return p.sheet.card
}

func (p *press) quarters() bool { return p.o.Four && p.o.Size == A4 }

// place gives the place of the next card; with take it is begun there.
func (p *press) place(take bool) place {
	if !p.quarters() {
		if take {
			p.page = p.doc.AddPage()
			p.feet = append(p.feet, nil)
		}
		return place{0, 0, p.width, p.height}
	}
	w, h := p.width/2, p.height/2
	at := place{pdf.Length(p.slot%2) * w, pdf.Length(p.slot/2) * h, w, h}
	if take {
		if p.slot == 0 {
			p.page = p.doc.AddPage()
			p.feet = append(p.feet, nil)
			p.marks()
		}
		p.slot = (p.slot + 1) % 4
	}
	return at
}

// marks are where a sheet of four is cut.
func (p *press) marks() {
	const long, gap = 6 * pdf.MM, 2 * pdf.MM
	x, y := p.width/2, p.height/2
	for _, l := range [][4]pdf.Length{
		{x, gap, x, gap + long},
		{x, p.height - gap - long, x, p.height - gap},
		{gap, y, gap + long, y},
		{p.width - gap - long, y, p.width - gap, y},
		{x - long/2, y, x + long/2, y},
		{x, y - long/2, x, y + long/2},
	} {
		p.page.Line(l[0], l[1], l[2], l[3], pdf.Pt(0.4), muted)
	}
}

// inner is the margin of a card.
func (p *press) inner() pdf.Length {
	if p.o.Size == A4 && !p.quarters() {
		return 25 * pdf.MM
	}
	return 10 * pdf.MM
}

// head and foot of a card, laid out once for its room and again to be drawn.
func (p *press) cardEnds(at place, head, foot string) (top, low *pdf.Text) {
	width := at.w - 2*p.inner()
	size := p.card4()
	top = p.set(pdf.Block{Spans: []pdf.Span{{Text: head, Style: pdf.Style{Size: pdf.Pt(size * 0.8), Bold: true, Color: accent}}}, Align: pdf.AlignCenter}, width)
	low = p.set(pdf.Block{Spans: []pdf.Span{{Text: foot, Style: pdf.Style{Size: pdf.Pt(size * 0.6), Color: muted}}}, Align: pdf.AlignCenter}, width)
	return top, low
}

// framed gives the room for a card's text, from the card's corner.
func (p *press) framed(at place, head, foot string) place {
	top, low := p.cardEnds(at, head, foot)
	in := p.inner()
	y := in + top.Height() + 6*pdf.MM
	return place{in, y, at.w - 2*in, max(at.h-y-in-low.Height()-2*pdf.MM, 20*pdf.MM)}
}

// ornament draws what stands around a card's text.
func (p *press) ornament(at place, head, foot string) {
	top, low := p.cardEnds(at, head, foot)
	in := p.inner()
	p.page.DrawText(top, at.x+in, at.y+in)
	middle := at.x + at.w/2
	y := at.y + in + top.Height() + 2*pdf.MM
	p.page.Line(middle-9*pdf.MM, y, middle+9*pdf.MM, y, pdf.Pt(1), accent)
	p.page.DrawText(low, at.x+in, at.y+at.h-in-low.Height())
}

// shownLarge is how long a paragraph is that stands out, in characters.
const shownLarge = 60

// display sets the first short sentence of a card, the one that thanks, larger: it
// is the second paragraph where the first one greets.
func display(text string, size float64) []pdf.Span {
	usual := pdf.Style{Size: pdf.Pt(size), Color: ink}
	large := pdf.Style{Size: pdf.Pt(size * 1.3), Bold: true, Color: accent}
	parts := strings.SplitAfter(text, "\n\n")
	chosen := -1
	if len(parts) > 2 && utf8.RuneCountInString(parts[1]) <= shownLarge {
		chosen = 1
	}
	var spans []pdf.Span
	for i, part := range parts {
		s := usual
		if i == chosen {
			s = large
		}
		spans = append(spans, pdf.Span{Text: part, Style: s})
	}
	return spans
}
