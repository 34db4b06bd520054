package bundle

import (
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/pdf"
)

// A bundle that complains about a feedback has the parts of one about a dispute; what
// differs is here.

func (c *Case) feedbackUID() string {
	if c.Feedback == nil {
		return ""
	}
	return c.Feedback.UID
}

// subject says what the bundle is about.
func (e *env) subject(number string) string {
	switch {
	case e.c.Feedback == nil:
		return e.w.get("title.order", "number", number)
	case number == "":
		return e.w.get("title.feedback.alone")
	}
	return e.w.get("title.feedback", "number", number)
}

// about is the key of a text that names what the bundle is about: a dispute, or a
// complaint about a feedback.
func (e *env) about(key string) string {
	if e.c.Feedback != nil {
		return key + ".feedback"
	}
	return key
}

// gist is the reason of a dispute, or the stars of a feedback.
func (e *env) gist() string {
	if f := e.c.Feedback; f != nil {
		return e.w.get("feedback.of", "stars", itoa(f.Stars))
	}
	return e.w.named("reason.", string(e.c.Dispute.Reason))
}

// ground is for what the feedback is reported.
func (e *env) ground() string {
	ground := e.c.Feedback.Complained.Ground
	if ground == data.GroundOther && len(e.placed) == 0 {
		return e.w.get("ground.other.facts")
	}
	return e.w.named("ground.", string(ground))
}

// groundReason says what is wrong with the feedback by its ground, and what shows it.
func (e *env) groundReason() []reason {
	f := e.c.Feedback
	if f == nil || f.Complained.Ground == data.GroundOther || f.Complained.Ground == "" {
		return nil
	}
	one := reason{text: e.w.named("why.ground.", string(f.Complained.Ground))}
	if f.Complained.Ground == data.GroundExtortion && len(e.messages) > 0 {
		one.cites = []data.Cite{{Part: data.SectionCommunication}}
	}
	return []reason{one}
}

// lifeReasons adds what is known of the life of the feedback's order, while there is
// room for reasons.
func (e *env) lifeReasons(list []reason) []reason {
	f := e.c.Feedback
	if f == nil {
		return list
	}
	for _, known := range []struct {
		key  string
		at   time.Time
		part data.Section
	}{
		{"why.settled", f.SettledAt, data.SectionTimeline}, {"why.delivered", e.c.Order.DeliveredAt, data.SectionShipping}, {"why.replied", f.RepliedAt, data.SectionTimeline},
	} {
		if known.at.IsZero() || len(list) == maxReasons {
			continue
		}
		one := reason{text: e.w.get(known.key, "day", e.clock.day(known.at))}
		if e.composed(known.part) {
			one.cites = []data.Cite{{Part: known.part}}
		}
		list = append(list, one)
	}
	return list
}

// feedbackWords gives what the buyer wrote, and its translation.
func (r *renderer) feedbackWords() {
	f := r.c.Feedback
	r.heading(r.w.get("feedback.words"))
	text := strings.TrimSpace(f.Text)
	if text == "" {
		r.text(pdf.Plain(r.w.get("feedback.none", "stars", itoa(f.Stars)), styleBody), marginX, bodyWidth)
		return
	}
	r.text(pdf.Block{Spans: []pdf.Span{{Text: text, Style: styleBody}}, Language: f.Language}, marginX, bodyWidth)
	if strings.TrimSpace(f.Translated.Text) == "" {
		return
	}
	said := data.Message{Text: text, Translation: f.Translated.Text, Translator: f.Translated.By}
	r.gap(pdf.Pt(3))
	r.text(pdf.Plain(r.translationLabel(said), styleLabel), marginX, bodyWidth)
	r.text(translated(said), marginX, bodyWidth)
}

func (r *renderer) feedbackFacts() []fact {
	c, f, w, t := r.c, r.c.Feedback, r.w, r.clock.full
	buyer := r.buyerName()
	if buyer == "" {
		buyer = oneLine(f.BuyerHandle)
	}
	return []fact{
		{w.get("shop"), oneLine(c.Order.Shop.Name)},
		{w.get("buyer"), buyer},
		{w.get("feedback.stars"), w.get("feedback.of", "stars", itoa(f.Stars))},
		{w.get("feedback.ground"), r.ground()},
		{w.get("feedback.left"), t(f.LeftAt)},
		{w.get("feedback.replied"), t(f.RepliedAt)},
		{w.get("total"), c.Order.Total.String()},
		{w.get("ordered"), t(c.Order.OrderedAt)},
		{w.get("shipped"), t(c.Order.ShippedAt)},
		{w.get("delivered"), t(c.Order.DeliveredAt)},
		{w.get("prepared"), oneLine(c.Prepared)},
		{w.get("masked"), r.maskNames()},
	}
}

// feedbackMoments is the life of a feedback.
func (r *renderer) feedbackMoments() []moment {
	f := r.c.Feedback
	if f == nil {
		return nil
	}
	var list []moment
	add := func(at time.Time, who data.Actor, key, more string) {
		if at.IsZero() {
			return
		}
		spans := []pdf.Span{{Text: r.w.named("feedback.event.", key), Style: styleStrong}}
		if more != "" {
			spans = append(spans, pdf.Span{Text: "  " + more, Style: styleBody})
		}
		list = append(list, moment{at: at, who: r.w.named("actor.", string(who)), what: spans})
	}
	said := func(stars int, text string) string {
		return joinNonEmpty(" · ", r.w.get("feedback.of", "stars", itoa(stars)), excerpt(text, 300))
	}
	stars, text := f.Stars, f.Text
	if len(f.Changes) > 0 {
		stars, text = f.Changes[0].Stars, f.Changes[0].Text
	}
	add(f.LeftAt, data.ActorBuyer, "left", said(stars, text))
	for _, c := range f.Changes {
		add(c.At, data.ActorBuyer, "was", said(c.Stars, c.Text))
	}
	add(f.RepliedAt, data.ActorSeller, "replied", excerpt(f.Reply, 300))
	add(f.SettledAt, data.ActorSeller, "settled", "")
	add(f.RevisionAt, data.ActorSeller, "asked", "")
	add(f.Complained.At, data.ActorSeller, "reported", r.w.named("ground.", string(f.Complained.Ground)))
	add(f.RemovedAt, data.ActorPlatform, "removed", "")
	return list
}
