package bundle

import (
	"context"
	"strings"

	"casebinder/data"
	"casebinder/data/bundle/pdf"
)

// author is who wrote a message.
func (r *renderer) author(m data.Message) string {
	if a := oneLine(m.Author); a != "" {
		return a
	}
	switch m.Direction {
	case data.FromBuyer:
		return r.w.get("actor.buyer")
	case data.FromPlatform:
		return r.w.get("actor.platform")
	case data.ToBuyer:
	}
	return r.w.get("actor.seller")
}

// chat draws the messages in full.
func (r *renderer) chat(ctx context.Context) error {
	r.text(pdf.Plain(r.w.get("messages.note", "n", itoa(len(r.messages))), styleSmall), marginX, bodyWidth)
	r.gap(4 * pdf.MM)
	for i, m := range r.messages {
		r.message(i, m)
		if err := r.step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// bubble is the place and color of one message, as in a chat: the buyer at the
// left, the seller at the right, the platform between.
type bubble struct {
	x, width pdf.Length
	fill     pdf.Color
	edge     pdf.Color
}

func bubbleOf(d data.Direction) bubble {
	const indent = 22 * pdf.MM
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
	const pad = 3 * pdf.MM
	head := r.layout(pdf.Block{Spans: []pdf.Span{
		{Text: r.author(m), Style: style(9, true, ink)}, {Text: "   " + r.messageLine(m), Style: styleSmall},
	}}, b.width)
	text := m.Text
	if strings.TrimSpace(text) == "" {
		text = r.w.get("message.empty")
	}
	body := r.layout(pdf.Block{Spans: []pdf.Span{{Text: text, Style: styleBody}}, Language: m.Language}, b.width-2*pad)
	first := body.HeightOf(0, min(2, body.Lines()))
	r.need(head.Height() + first + 3*pad)
	r.dest(messageDest(i), r.y-pdf.Pt(4))
	r.page.DrawText(head, b.x, r.y)
	r.y += head.Height() + pdf.Pt(2)
	r.bar(b, pad/2)
	r.flow(body, b.x+pad, func(h pdf.Length) { r.behind(b, h) })
	r.translation(b, m, pad)
	r.bar(b, pad/2)
	r.gap(5 * pdf.MM)
}

// messageLine says from where to where a message went, and when.
func (r *renderer) messageLine(m data.Message) string {
	way := r.w.get("message.to")
	switch m.Direction {
	case data.FromBuyer:
		way = r.w.get("message.from")
	case data.FromPlatform:
		way = r.w.get("message.platform")
	case data.ToBuyer:
	}
	at := r.clock.full(m.SentAt)
	if at == "" {
		at = r.w.get("undated")
	}
	if oneLine(m.Author) == "" && m.Direction != data.ToBuyer {
		way = "" // the name says it already
	}
	return joinNonEmpty(" · ", way, at, m.Channel)
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
func (r *renderer) translation(b bubble, m data.Message, pad pdf.Length) {
	if strings.TrimSpace(m.Translation) == "" {
		return
	}
	into, who := r.w.languageName(m.TransLang), oneLine(m.Translator)
	label := r.w.get("translation")
	switch {
	case into != "" && who != "":
		label = r.w.get("translation.into.by", "language", into, "who", who)
	case into != "":
		label = r.w.get("translation.into", "language", into)
	case who != "":
		label = r.w.get("translation.by", "who", who)
	}
	head := r.plain(label, styleSmall, b.width-2*pad)
	body := r.layout(pdf.Block{Spans: []pdf.Span{{Text: m.Translation, Style: style(9.5, false, muted)}}, Language: m.TransLang}, b.width-2*pad)
	r.need(head.Height() + body.HeightOf(0, min(1, body.Lines())) + 2*pad)
	r.bar(b, pad)
	r.page.Line(b.x+pad, r.y-pad/2, b.x+b.width-pad, r.y-pad/2, pdf.Pt(0.5), rule)
	r.flow(head, b.x+pad, func(h pdf.Length) { r.behind(b, h) })
	r.flow(body, b.x+pad, func(h pdf.Length) { r.behind(b, h) })
}
