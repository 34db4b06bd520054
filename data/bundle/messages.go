package bundle

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebinder/data"
	"casebinder/data/pdf"
)

// author is who wrote a message.
func (e *env) author(m data.Message) string {
	if a := oneLine(m.Author); a != "" {
		return excerpt(a, 80)
	}
	switch m.Direction {
	case data.FromBuyer:
		return e.w.get("actor.buyer")
	case data.FromPlatform:
		return e.w.get("actor.platform")
	case data.ToBuyer:
	}
	return e.w.get("actor.seller")
}

// chat draws the messages, in full or those that are cited with their neighbors.
func (r *renderer) chat(ctx context.Context) error {
	shown := r.chosen()
	note := r.w.get("messages.note", "n", itoa(len(r.messages)))
	if len(shown) < len(r.messages) {
		note = r.w.get("messages.some", "n", itoa(len(shown)), "total", itoa(len(r.messages)))
	}
	r.text(pdf.Plain(note, styleSmall), marginX, bodyWidth)
	r.gap(3 * pdf.MM)
	last, day := -1, ""
	for _, i := range shown {
		m := r.messages[i]
		if i > last+1 {
			r.leftOut(i - last - 1)
		}
		if at := r.clock.day(m.SentAt); at != day || last < 0 {
			if day = at; at == "" {
				at = r.w.get("undated")
			}
			r.day = r.plain(at, styleHead, bodyWidth)
		}
		last = i
		r.message(i, m)
		if err := r.step(ctx); err != nil {
			return err
		}
	}
	if n := len(r.messages) - 1 - last; n > 0 {
		r.leftOut(n)
	}
	return nil
}

// chosen lists the messages that this step of the ladder keeps.
func (r *renderer) chosen() []int {
	var list []int
	cited := map[string]bool{}
	for _, claim := range r.c.Statement.Claims {
		for _, c := range claim.Cites {
			cited[c.Message] = c.Message != ""
		}
	}
	is := func(i int) bool { return i >= 0 && i < len(r.messages) && cited[r.messages[i].UID] }
	for i := range r.messages {
		if !r.part.Step.Cited || is(i-1) || is(i) || is(i+1) {
			list = append(list, i)
		}
	}
	return list
}

// leftOut says that messages are not shown here.
func (r *renderer) leftOut(n int) {
	r.need(12 * pdf.MM)
	t := r.plain(r.w.get("messages.left.out", "n", itoa(n)), styleSmall, bodyWidth)
	r.page.DrawText(t, marginX+(bodyWidth-t.Width())/2, r.y)
	r.y += t.Height() + 3*pdf.MM
}

// dayLine parts the messages of one day from those of the next.
func (r *renderer) dayLine(t *pdf.Text) {
	x, y := marginX+(bodyWidth-t.Width())/2, r.y+t.Height()/2
	r.page.Line(marginX, y, x-3*pdf.MM, y, pdf.Pt(0.5), rule)
	r.page.Line(x+t.Width()+3*pdf.MM, y, marginX+bodyWidth, y, pdf.Pt(0.5), rule)
	r.page.DrawText(t, x, r.y)
	r.y += t.Height() + dayGap
}

const dayGap = 3 * pdf.MM

// A bubble is the place and color of one message, as in a chat: the buyer at the
// left, the seller at the right, the platform between.
type bubble struct {
	x, width pdf.Length
	fill     pdf.Color
	edge     pdf.Color
}

const bubblePad = 3 * pdf.MM

func bubbleOf(d data.Direction) bubble {
	const indent = 16 * pdf.MM
	switch d {
	case data.ToBuyer:
		return bubble{marginX + indent, bodyWidth - indent, tintBy, accent}
	case data.FromPlatform:
		return bubble{marginX + indent/2, bodyWidth - indent, pdf.Color{R: 0xf8, G: 0xf4, B: 0xe8}, pdf.Color{R: 0x9a, G: 0x7b, B: 0x2c}}
	case data.FromBuyer:
	}
	return bubble{marginX, bodyWidth - indent, tint, muted}
}

func (r *renderer) message(i int, m data.Message) {
	b := bubbleOf(m.Direction)
	head := r.layout(pdf.Block{Spans: []pdf.Span{
		{Text: r.author(m), Style: style(9, true, ink)}, {Text: "   " + r.messageLine(m), Style: styleSmall},
	}}, b.width)
	text := m.Text
	if strings.TrimSpace(text) == "" {
		text = r.w.get("message.empty")
	}
	original := pdf.Block{Spans: []pdf.Span{{Text: text, Style: styleBody}}, Language: m.Language}
	if r.columns(i, b, head, m, original) {
		return
	}
	first := true
	for piece := range pieces(text) {
		original.Spans[0].Text = piece
		body := r.layout(original, b.width-2*bubblePad)
		if first {
			r.messageHead(i, b, head, body.HeightOf(0, min(3, body.Lines())))
			first = false
		}
		r.flow(body, b.x+bubblePad, func(h pdf.Length) { r.behind(b, h) })
	}
	r.translation(b, m)
	r.bar(b, bubblePad*2/3)
	r.gap(4 * pdf.MM)
}

// messageHead draws who wrote when above a bubble, on the page on which the
// bubble begins with so much of its text, and above it the day where it is the
// first of a day.
func (r *renderer) messageHead(i int, b bubble, head *pdf.Text, text pdf.Length) {
	var day pdf.Length
	if r.day != nil {
		day = r.day.Height() + dayGap
	}
	r.need(day + head.Height() + text + 2*bubblePad)
	if r.day != nil {
		r.dayLine(r.day)
		r.day = nil
	}
	r.dest(messageDest(i), r.y-pdf.Pt(4))
	r.page.DrawText(head, b.x, r.y)
	r.y += head.Height() + pdf.Pt(2)
	r.bar(b, bubblePad/2)
}

// columns draws a message and its translation side by side where both are short
// enough to stand on one page so; if not, it draws nothing.
func (r *renderer) columns(i int, b bubble, head *pdf.Text, m data.Message, original pdf.Block) bool {
	const most, gutter = 900, 6 * pdf.MM
	if strings.TrimSpace(m.Translation) == "" || len(m.Text) > 3*most || len(m.Translation) > 3*most ||
		utf8.RuneCountInString(m.Text) > most || utf8.RuneCountInString(m.Translation) > most {
		return false
	}
	width := (b.width - 2*bubblePad - gutter) / 2
	left, right := r.layout(original, width), r.layout(translated(m), width)
	label, by := r.plain(r.originalLabel(m), styleLabel, width), r.plain(r.translationLabel(m), styleLabel, width)
	top := max(label.Height(), by.Height()) + pdf.Pt(1)
	h := top + max(left.Height(), right.Height())
	if h > 90*pdf.MM {
		return false
	}
	r.messageHead(i, b, head, h)
	r.behind(b, h)
	x := b.x + bubblePad + width + gutter
	r.page.Line(x-gutter/2, r.y, x-gutter/2, r.y+h, pdf.Pt(0.5), rule)
	r.page.DrawText(label, b.x+bubblePad, r.y)
	r.page.DrawText(left, b.x+bubblePad, r.y+top)
	r.page.DrawText(by, x, r.y)
	r.page.DrawText(right, x, r.y+top)
	r.y += h
	r.bar(b, bubblePad*2/3)
	r.gap(4 * pdf.MM)
	return true
}

func translated(m data.Message) pdf.Block {
	return pdf.Block{Spans: []pdf.Span{{Text: m.Translation, Style: styleBody}}, Language: m.TransLang}
}

// originalLabel names the language of the original.
func (r *renderer) originalLabel(m data.Message) string {
	if name := r.w.languageName(m.Language); name != "" {
		return r.w.get("original.in", "language", name)
	}
	return r.w.get("original.words")
}

// translationLabel names the language of a translation, and who made it.
func (r *renderer) translationLabel(m data.Message) string {
	into, who := r.w.languageName(m.TransLang), oneLine(m.Translator)
	switch {
	case into != "" && who != "":
		return r.w.get("translation.into.by", "language", into, "who", who)
	case into != "":
		return r.w.get("translation.into", "language", into)
	case who != "":
		return r.w.get("translation.by", "who", who)
	}
	return r.w.get("translation")
}

// messageLine says from where to where a message went, and when, in the
// seller's and in the buyer's time.
func (r *renderer) messageLine(m data.Message) string {
	way := r.w.get("message.to")
	switch m.Direction {
	case data.FromBuyer:
		way = r.w.get("message.from")
	case data.FromPlatform:
		way = r.w.get("message.platform")
	case data.ToBuyer:
	}
	if oneLine(m.Author) == "" && m.Direction != data.ToBuyer {
		way = "" // the name says it already
	}
	if m.SentAt.IsZero() {
		return joinNonEmpty(" · ", way, r.w.get("undated"), m.Channel)
	}
	return joinNonEmpty(" · ", way, r.clock.full(m.SentAt), r.buyersTime(m), m.Channel)
}

// buyersTime is a message's time where the buyer is, when that is another one.
func (r *renderer) buyersTime(m data.Message) string {
	if data.IsDay(m.SentAt) || r.buyer.zone == nil || r.buyer.offset(m.SentAt) == r.clock.offset(m.SentAt) {
		return ""
	}
	at := r.buyer.full(m.SentAt)
	if r.buyer.day(m.SentAt) == r.clock.day(m.SentAt) {
		at = r.buyer.hour(m.SentAt)
	}
	return r.w.get("time.buyer", "time", at)
}

// behind fills the bubble behind a piece of text.
func (r *renderer) behind(b bubble, h pdf.Length) {
	r.page.FillRect(b.x, r.y, b.width, h, b.fill)
	r.page.FillRect(b.x, r.y, pdf.Pt(2), h, b.edge)
}

// bar is a strip of the bubble without text.
func (r *renderer) bar(b bubble, h pdf.Length) {
	h = min(h, r.left())
	if h <= 0 {
		return
	}
	r.behind(b, h)
	r.y += h
}

// translation stands below the original, with its translator.
func (r *renderer) translation(b bubble, m data.Message) {
	if strings.TrimSpace(m.Translation) == "" {
		return
	}
	head := r.plain(r.translationLabel(m), styleSmall, b.width-2*bubblePad)
	block, first := translated(m), true
	for piece := range pieces(m.Translation) {
		block.Spans[0].Text = piece
		body := r.layout(block, b.width-2*bubblePad)
		if first {
			r.need(head.Height() + body.HeightOf(0, min(2, body.Lines())) + 2*bubblePad)
			r.bar(b, bubblePad)
			r.page.Line(b.x+bubblePad, r.y-bubblePad/2, b.x+b.width-bubblePad, r.y-bubblePad/2, pdf.Pt(0.5), rule)
			r.flow(head, b.x+bubblePad, func(h pdf.Length) { r.behind(b, h) })
			first = false
		}
		r.flow(body, b.x+bubblePad, func(h pdf.Length) { r.behind(b, h) })
	}
}

// maxPiece bounds, in bytes, what is laid out at a time.
const maxPiece = 24 << 10

// pieces cuts a long text into parts that are laid out one by one: behind a line
// break or a space where there is one near, else between two characters.
func pieces(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for len(text) > maxPiece {
			cut := maxPiece
			for cut > 0 && !utf8.RuneStart(text[cut]) {
				cut--
			}
			near := text[:cut]
			if i := strings.LastIndexByte(near, '\n'); i > cut/2 {
				near, cut = near[:i], i+1
			} else if i := strings.LastIndexFunc(near[cut-min(cut, 2000):], unicode.IsSpace); i > 0 {
				cut -= min(cut, 2000) - i
				near = near[:cut]
			}
			if !yield(near) {
				return
			}
			text = text[cut:]
		}
		yield(text)
	}
}
