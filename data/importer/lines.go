package importer

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

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
type feedbackReader struct {
	lineReader
	details []starsColumn
}

// starsColumn is the column of a detailed rating.
type starsColumn struct {
	name string // one of data.DetailNames
	at   int
}

func newFeedbackReader(r lineReader) *feedbackReader {
	f := &feedbackReader{lineReader: r}
	for name, field := range map[string]Field{
		"description": FieldStarsDescription, "communication": FieldStarsCommunication,
		"shipping_time": FieldStarsShippingTime, "shipping_cost": FieldStarsShippingCost,
	} {
		if i := r.column(field); i >= 0 {
			f.details = append(f.details, starsColumn{name, i})
		}
	}
	slices.SortFunc(f.details, func(a, b starsColumn) int { return strings.Compare(a.name, b.name) })
	return f
}

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
	number, bad := r.orderNumber(rec, r.number)
	if bad != nil {
		return nil, bad
	}
	text := func(i int) string { return clean(rec.cell(i), false) }
	words := func(i int) string {
		if nothing(text(i)) { // "-" and the like: nobody answered
			return ""
		}
		return text(i)
	}
	f := &data.Feedback{
		UID: clean(rec.cell(r.id), true), Shop: r.shop, OrderNumber: number, BuyerHandle: clean(rec.cell(r.handle), true),
		Text: text(r.text), Language: text(r.language), State: data.FeedbackNew, Reply: words(r.reply),
		Product: text(r.column(FieldProduct)), Translated: data.Translation{Text: words(r.translation), By: text(r.translator)},
	}
	if number == "" && f.UID == "" && f.BuyerHandle == "" && f.Text == "" { // a line of sums, and no feedback of an order that nobody knows
		return nil, problemNoNumber.New("header", r.name(r.number))
	}
	if bad := firstProblem(r.rated(rec, f), r.side(rec, f)); bad != nil {
		return nil, bad
	}
	for _, d := range []struct {
		at   int
		into *time.Time
	}{{r.at, &f.LeftAt}, {r.column(FieldRepliedAt), &f.RepliedAt}, {r.column(FieldRemovedAt), &f.RemovedAt}} {
		if d.at < 0 {
			continue
		}
		if *d.into, bad = r.date(rec, d.at, r.newDates(), text(d.at)); bad != nil {
			return nil, bad
		}
	}
	switch {
	case !f.RemovedAt.IsZero():
		f.State = data.FeedbackRemoved
	case f.Given: // nothing waits
		f.State = data.FeedbackDone
	case f.Reply != "":
		f.State = data.FeedbackReplied
	}
	return f, nil
}

// Who left a feedback.
const (
	received = "received"
	given    = "given"
)

// side reads whether a buyer left it, or the shop for a buyer; without a column a
// buyer did.
func (r *feedbackReader) side(rec *record, f *data.Feedback) *data.Problem {
	at := r.column(FieldSide)
	word := clean(rec.cell(at), false)
	if at < 0 || word == "" {
		return nil
	}
	for w, side := range r.preset.Sides {
		if strings.EqualFold(w, word) {
			f.Given = side == given
			return nil
		}
	}
	switch strings.ToLower(word) {
	case received, "in", "from buyer", "left by buyer", "buyer to seller", "收到", "收到的评价", "收到的評價", "买家评价", "買家評價", "买家给卖家", "買家給賣家":
	case given, "left", "out", "sent", "to buyer", "left for buyer", "left for others", "seller to buyer", "发出", "發出", "给出的评价", "給出的評價", "卖家评价", "賣家評價", "卖家给买家", "賣家給買家":
		f.Given = true
	default:
		return problemBadSide.New("value", word, "header", r.name(at))
	}
	return nil
}

func firstProblem(all ...*data.Problem) *data.Problem {
	for _, bad := range all {
		if bad != nil {
			return bad
		}
	}
	return nil
}

// rated reads the stars, and those of the detailed ratings that are there.
func (r *feedbackReader) rated(rec *record, f *data.Feedback) *data.Problem {
	text := clean(rec.cell(r.stars), false)
	stars, ok := r.starsOf(text)
	if !ok {
		return problemBadStars.New("value", text, "header", r.name(r.stars))
	}
	f.Stars = stars
	for _, d := range r.details {
		text := clean(rec.cell(d.at), false)
		if text == "" || text == "-" || text == "0" {
			continue
		}
		if stars, ok = r.starsOf(text); !ok {
			return problemBadStars.New("value", text, "header", r.name(d.at))
		}
		if f.Details == nil {
			f.Details = map[string]int{}
		}
		f.Details[d.name] = stars
	}
	return nil
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
	text = data.Typed(text)
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
