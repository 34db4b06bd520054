package bundle

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/pdf"
)

// cover draws the first page, from which a reader decides: what the seller asks,
// why, and where the proof of it stands; what the buyer claims; then the facts.
func (r *renderer) cover() {
	c, w := r.c, r.w
	r.now = mark{plain: true}
	r.newPage()
	r.now = mark{}
	r.dest("cover", 0)
	r.bookmark(0, w.get("cover"))
	r.page.FillRect(0, 0, pdf.A4Width, 5*pdf.MM, accent)
	r.y = 16 * pdf.MM
	r.text(pdf.Plain(w.get("title"), style(11, true, muted)), marginX, bodyWidth)
	r.gap(1 * pdf.MM)
	r.text(pdf.Plain(r.subject(excerpt(c.Order.Number, 80)), style(22, true, accent)), marginX, bodyWidth)
	reason := r.gist()
	r.text(pdf.Plain(joinNonEmpty("  ·  ", c.Order.Shop.Platform.Title(), reason, c.Dispute.Amount.String()), style(12, false, ink)), marginX, bodyWidth)
	r.gap(3 * pdf.MM)
	r.page.Line(marginX, r.y, marginX+bodyWidth, r.y, pdf.Pt(1.2), accent)
	r.gap(5 * pdf.MM)
	r.asked()
	r.why()
	r.claimed(reason)
	if r.c.Feedback != nil {
		r.heading(w.get("facts.feedback"))
	} else {
		r.heading(w.get("facts"))
	}
	r.facts(r.caseFacts(), 3)
	r.outlined = r.contents(false)
	r.told = r.integrity(false)
}

// asked says what the seller asks for, before all else.
func (r *renderer) asked() {
	ask, language := r.env.ask()
	if ask == "" {
		return
	}
	r.boxed(pdf.Block{Leading: pdf.Pt(16), Language: language, Spans: []pdf.Span{
		{Text: r.w.get("ask") + "\n", Style: style(9, true, accent)}, {Text: ask, Style: style(12, true, ink)},
	}}, accent)
	r.gap(2 * pdf.MM)
}

// ask is what the seller asks for and in which language: in words of their own,
// at the end of the statement, or as the decision to fight says.
func (e *env) ask() (text, language string) {
	if ask := strings.TrimSpace(e.c.Ask); ask != "" {
		return ask, ""
	}
	claims := e.c.Statement.Claims
	if n := len(claims); n > 0 && len(claims[n-1].Cites) == 0 {
		return strings.TrimSpace(claims[n-1].Text), e.c.Statement.Language
	}
	if f := e.c.Feedback; f != nil {
		return e.w.get("ask.feedback", "ground", e.ground()), ""
	}
	if e.c.Dispute.Decision.Choice == "fight" {
		return e.w.get("ask.fight"), ""
	}
	return "", ""
}

// A reason is a line of the cover: what is so, and what shows it.
type reason struct {
	text, language string
	cites          []data.Cite
}

const (
	maxReasons  = 3
	maxGist     = 200 // letters of a reason
	maxShownBy  = 2   // citations of a reason
	reasonInset = 8 * pdf.MM
)

// why gives the reasons in three lines, each with its exhibit and page.
func (r *renderer) why() {
	reasons := r.env.reasons()
	if len(reasons) == 0 {
		return
	}
	r.heading(r.w.get("why"))
	for i, one := range reasons {
		text := r.layout(pdf.Block{Spans: []pdf.Span{{Text: one.text, Style: style(10.5, false, ink)}}, Language: one.language}, bodyWidth-reasonInset)
		r.need(text.Height() + pdf.Pt(18))
		r.page.DrawText(r.plain(itoa(i+1)+".", style(10.5, true, accent), reasonInset), marginX, r.y)
		r.flow(text, marginX+reasonInset, nil)
		r.cites(one.cites, reasonInset)
		r.gap(pdf.Pt(4))
	}
}

// reasons are the first claims of the statement, each of which brings something
// new that shows it. Without a statement they are what the exhibits show; a complaint
// about a feedback says its ground first, and what happened where exhibits leave room.
func (e *env) reasons() []reason {
	var list []reason
	shown := map[data.Cite]bool{}
	for _, claim := range e.c.Statement.Claims {
		cites := exhibitsFirst(claim.Cites)
		fresh := slices.ContainsFunc(cites, func(c data.Cite) bool { return !shown[c] })
		if !fresh || len(list) == maxReasons {
			continue
		}
		for _, c := range cites {
			shown[c] = true
		}
		list = append(list, reason{gist(claim.Text, maxGist), e.c.Statement.Language, cites[:min(len(cites), maxShownBy)]})
	}
	if len(list) > 0 {
		return list
	}
	list = e.groundReason()
	for _, p := range e.placed {
		if proves := oneLine(p.Exhibit.Proves); proves != "" && p.Exhibit.UID != "" && len(list) < maxReasons {
			list = append(list, reason{text: gist(proves, maxGist), cites: []data.Cite{{Evidence: p.Exhibit.UID}}})
		}
	}
	return e.lifeReasons(list)
}

// exhibitsFirst puts exhibits before messages and parts.
func exhibitsFirst(cites []data.Cite) []data.Cite {
	sorted := slices.Clone(cites)
	slices.SortStableFunc(sorted, func(a, b data.Cite) int { return strings.Compare(kindOf(a), kindOf(b)) })
	return sorted
}

func kindOf(c data.Cite) string {
	switch {
	case c.Evidence != "":
		return "1 exhibit"
	case c.Message != "":
		return "2 message"
	}
	return "3 part"
}

// gist is as many whole sentences of a text as have room, at least the first.
// What is left out is marked.
func gist(text string, most int) string {
	text = oneLine(text)
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	end := 0
	for _, at := range sentenceEnd.FindAllStringIndex(text, -1) {
		if utf8.RuneCountInString(text[:at[0]])+1 > most && end > 0 {
			break
		}
		end = at[0] + len(strings.TrimRight(text[at[0]:at[1]], " "))
	}
	if end == 0 || utf8.RuneCountInString(text[:end]) > 2*most {
		return excerpt(text, most)
	}
	if end == len(text) {
		return text
	}
	return text[:end] + " …"
}

// sentenceEnd finds the ends of sentences: a full stop behind a word or number of
// at least two letters that a space follows, or a mark of Chinese.
var sentenceEnd = regexp.MustCompile(`(?:[\pL\pN)]{2}[.!?][”"»)]? |[。！？][”」』）]?)`)

// claimed gives what the buyer claims, in their words and translated: by whom the
// dispute says, else as the message with the same words was.
func (r *renderer) claimed(reason string) {
	if r.c.Feedback != nil {
		r.feedbackWords()
		return
	}
	claim := strings.TrimSpace(r.c.Dispute.Claim)
	if claim == "" && reason != "" {
		claim = r.w.get("claim.none", "reason", reason)
	}
	if claim == "" {
		return
	}
	r.heading(r.w.get("claim"))
	said := r.saidSo(claim)
	if to := r.c.Dispute.Translated; strings.TrimSpace(to.Text) != "" {
		said.Translation, said.Translator, said.TransLang = to.Text, to.By, ""
	}
	r.text(pdf.Block{Spans: []pdf.Span{{Text: claim, Style: styleBody}}, Language: said.Language}, marginX, bodyWidth)
	if strings.TrimSpace(said.Translation) == "" {
		return
	}
	r.gap(pdf.Pt(3))
	r.text(pdf.Plain(r.translationLabel(said), styleLabel), marginX, bodyWidth)
	r.text(translated(said), marginX, bodyWidth)
}

// saidSo finds the message in which the buyer wrote the claim, which may have been
// translated; the zero message where there is none.
func (e *env) saidSo(claim string) data.Message {
	claim = oneLine(claim)
	var found data.Message
	for _, m := range e.messages {
		if m.Direction == data.FromBuyer && oneLine(m.Text) == claim && (found.Translation == "" || m.TransLang == e.w.language) {
			found = m
		}
	}
	return found
}

// caseFacts are the facts of the cover, beside those of its title.
func (r *renderer) caseFacts() []fact {
	c, w, t := r.c, r.w, r.clock.full
	o, d := c.Order, c.Dispute
	a := o.ShipTo
	to := joinNonEmpty(", ", a.City, a.State, a.Postcode, a.Country)
	if c.Feedback != nil {
		return r.feedbackFacts()
	}
	return []fact{
		{w.get("shop"), oneLine(o.Shop.Name)},
		{w.get("case"), oneLine(d.CaseNumber)},
		{w.get("buyer"), r.buyerName()},
		{w.get("destination"), to},
		{w.get("total"), o.Total.String()},
		{w.get("refunded"), o.Refunded.String()},
		{w.get("payment"), oneLine(o.PaymentMethod)},
		{w.get("ordered"), t(o.OrderedAt)},
		{w.get("paid"), t(o.PaidAt)},
		{w.get("shipped"), t(o.ShippedAt)},
		{w.get("delivered"), t(o.DeliveredAt)},
		{w.get("opened"), t(d.OpenedAt)},
		{w.get("due"), t(d.StatedDue)},
		{w.get("prepared"), oneLine(c.Prepared)},
		{w.get("version"), itoa(max(c.Version, 1))},
		{w.get("profile"), r.profileName()},
		{w.get("masked"), r.maskNames()},
	}
}

func joinNonEmpty(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p = oneLine(p); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// integrity says in a box what a fingerprint shows, and what not. Unless it must,
// it does not begin a page for that.
func (r *renderer) integrity(must bool) bool {
	const in = 4 * pdf.MM
	spans := []pdf.Span{
		{Text: r.w.get("integrity") + "\n", Style: style(9, true, accent)},
		{Text: r.w.get(r.about("integrity.text"), "time", r.clock.full(r.c.Generated)), Style: style(8.5, false, ink)},
		{Text: "\n" + r.w.get("custody.end", "file", custodyName) + " ", Style: style(8.5, false, ink)},
		{Text: logEnd(r.end), Style: style(8.5, true, ink)},
	}
	if key := r.opts.Key; key != nil && !key.IsZero() {
		spans = append(spans, pdf.Span{Text: "\n" + r.w.get("signer") + " ", Style: style(8.5, false, ink)}, pdf.Span{Text: key.Fingerprint(), Style: style(8.5, true, ink)})
	}
	text := r.layout(pdf.Block{Leading: pdf.Pt(12), Spans: spans}, bodyWidth-2*in)
	h := text.Height() + 2*in
	if !must && r.left() < h+5*pdf.MM {
		return false
	}
	r.need(h + 5*pdf.MM)
	r.gap(5 * pdf.MM)
	r.page.FillRect(marginX, r.y, bodyWidth, h, tint)
	r.page.FillRect(marginX, r.y, pdf.Pt(2.5), h, accent)
	r.page.DrawText(text, marginX+in, r.y+in)
	r.y += h
	return true
}

// buyerName is what the buyer is called, and the account's name beside it.
func (r *renderer) buyerName() string {
	b := r.c.Order.Buyer
	name := oneLine(b.Name)
	if name == "" && data.IsErasedHandle(b.Handle) {
		name = r.w.get("erased.buyer")
	}
	if h := oneLine(data.ToldHandle(b.Handle, b.Name)); h != "" && h != name && !strings.Contains(h, "@") {
		name = strings.TrimSpace(name + " (" + h + ")")
	}
	return name
}

// letterhead begins a part without a cover: what the case is, in a few lines.
func (r *renderer) letterhead(title string) {
	r.now = mark{}
	r.newPage()
	r.dest("cover", 0)
	r.text(pdf.Plain(title, style(15, true, accent)), marginX, bodyWidth)
	r.gap(1 * pdf.MM)
	o, d := r.c.Order, r.c.Dispute
	r.text(pdf.Plain(joinNonEmpty("  ·  ", o.Shop.Platform.Title(), r.subject(excerpt(o.Number, 80)), d.CaseNumber,
		r.gist(), d.Amount.String()), styleBody), marginX, bodyWidth)
	r.gap(2 * pdf.MM)
	r.page.Line(marginX, r.y, marginX+bodyWidth, r.y, pdf.Pt(1.2), accent)
	r.gap(4 * pdf.MM)
	if len(r.part.Exhibits) > 0 {
		r.indexTable()
	}
}

// profileName is the platform's form that the bundle was made for; "" for none.
func (r *renderer) profileName() string {
	if p := r.opts.Profile; p != nil && p.ID != fit.Plain {
		return oneLine(p.Name)
	}
	return ""
}

// maskNames says which personal data is masked.
func (r *renderer) maskNames() string {
	var list []string
	for _, k := range data.MaskKinds() {
		if slices.Contains(r.c.Mask, k) {
			list = append(list, r.w.named("mask.", string(k)))
		}
	}
	return strings.Join(list, ", ")
}
