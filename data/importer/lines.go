package importer

import (
	"context"
	"math"
	"strconv"
	"strings"

	"casebinder/data"
)

// lineReader is for targets of which each row is one.
type lineReader struct{ *orderReader }

func (lineReader) end(context.Context) error { return nil }

// common reads what feedback and messages share.
func (r *lineReader) common(rec *record) (number string, bad *data.Problem) {
	number, bad = r.orderNumber(rec, r.number)
	if bad == nil && number == "" {
		bad = problemNoNumber.New("header", r.name(r.number))
	}
	return number, bad
}

// feedbackReader turns rows into feedback.
type feedbackReader struct{ lineReader }

func (r *feedbackReader) row(rec *record) error {
	f, bad := r.feedback(rec)
	if bad != nil {
		return r.reject(rec.line, rec.text, bad)
	}
	r.sum.Taken++
	if r.sink.Feedback == nil {
		return nil
	}
	return r.sink.Feedback(f)
}

func (r *feedbackReader) feedback(rec *record) (*data.Feedback, *data.Problem) {
	number, bad := r.common(rec)
	if bad != nil {
		return nil, bad
	}
	f := &data.Feedback{
		UID: clean(rec.cell(r.id), true), Shop: r.shop, OrderNumber: number, BuyerHandle: clean(rec.cell(r.handle), true),
		Text: clean(rec.cell(r.text), false), Language: clean(rec.cell(r.language), false), State: data.FeedbackNew,
		Reply: clean(rec.cell(r.reply), false),
	}
	text := clean(rec.cell(r.stars), false)
	stars, ok := r.starsOf(text)
	if !ok {
		return nil, problemBadStars.New("value", text, "header", r.name(r.stars))
	}
	f.Stars = stars
	if r.at >= 0 {
		if f.LeftAt, bad = r.date(rec, r.at, r.newDates(), clean(rec.cell(r.at), false)); bad != nil {
			return nil, bad
		}
	}
	if i := r.column(FieldRepliedAt); i >= 0 {
		if f.RepliedAt, bad = r.date(rec, i, r.newDates(), clean(rec.cell(i), false)); bad != nil {
			return nil, bad
		}
	}
	if f.Reply != "" {
		f.State = data.FeedbackReplied
	}
	return f, nil
}

// starsOf reads "5", "5.0", "4 stars", "★★★" or a word of the preset.
func (r *lineReader) starsOf(text string) (int, bool) {
	for word, n := range r.preset.Stars {
		if strings.EqualFold(word, text) {
			return n, true
		}
	}
	if n := strings.Count(text, "★"); n > 0 && strings.Trim(text, "★☆ ") == "" {
		return n, n <= 5
	}
	number, _, _ := strings.Cut(text, "/")
	number = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(number)), "stars"), "star"))
	v, err := strconv.ParseFloat(strings.Replace(number, ",", ".", 1), 64)
	if err != nil || v != math.Trunc(v) || v < 1 || v > 5 {
		return 0, false
	}
	if _, of, cut := strings.Cut(text, "/"); cut && strings.TrimSpace(of) != "5" {
		return 0, false
	}
	return int(v), true
}

// messageReader turns rows into messages.
type messageReader struct{ lineReader }

func (r *messageReader) row(rec *record) error {
	m, bad := r.message(rec)
	if bad != nil {
		return r.reject(rec.line, rec.text, bad)
	}
	r.sum.Taken++
	if r.sink.Message == nil {
		return nil
	}
	return r.sink.Message(m)
}

func (r *messageReader) message(rec *record) (*Message, *data.Problem) {
	number, bad := r.common(rec)
	if bad != nil {
		return nil, bad
	}
	m := &Message{OrderNumber: number}
	m.UID, m.Text = clean(rec.cell(r.id), true), clean(rec.cell(r.text), false)
	m.Author, m.Channel = clean(rec.cell(r.author), false), clean(rec.cell(r.channel), false)
	m.Language = clean(rec.cell(r.language), false)
	m.Translation = clean(rec.cell(r.translation), false)
	if m.Translation != "" {
		m.TransLang, m.Translator = clean(rec.cell(r.transLang), false), clean(rec.cell(r.translator), false)
	}
	m.Direction = data.FromBuyer
	if word := clean(rec.cell(r.direction), false); r.direction >= 0 {
		var ok bool
		if m.Direction, ok = r.directionOf(word); !ok {
			return nil, problemBadDirection.New("value", word, "header", r.name(r.direction))
		}
	}
	if m.SentAt, bad = r.date(rec, r.at, r.newDates(), clean(rec.cell(r.at), false)); bad != nil {
		return nil, bad
	}
	if m.Text == "" || m.SentAt.IsZero() {
		return nil, problemNoText.New()
	}
	return m, nil
}

func (r *lineReader) directionOf(word string) (data.Direction, bool) {
	for w, d := range r.preset.Directions {
		if strings.EqualFold(w, word) {
			return d, true
		}
	}
	switch strings.ToLower(word) {
	case "in", "received", "buyer", "from buyer", "customer", "收到", "买家", "買家":
		return data.FromBuyer, true
	case "out", "sent", "seller", "to buyer", "shop", "发出", "卖家", "賣家":
		return data.ToBuyer, true
	case "platform", "notice", "system", "平台", "系统":
		return data.FromPlatform, true
	}
	return "", false
}
