package importer

import (
	"slices"
	"strings"

	"casebinder/data"
)

// caseDate is a date of a dispute.
type caseDate struct {
	i     int
	field Field
	read  *dateReader
}

// casePlan is what a plan knows of disputes.
type casePlan struct {
	dates    []caseDate
	amount   int
	other    int // column of Preset.DoubtCurrency
	texts    []caseText
	reasons  map[string]data.Reason
	kinds    map[string]string
	rules    map[Field][]caseRule
	reason   int
	number   int
	payment  int
	otherRef int
	facts    []int // columns that are compared between two rows of one case
}

type caseText struct {
	i   int
	set func(*Dispute) *string
}

type caseRule struct {
	*CaseRule
	words map[string]bool
}

var caseTexts = []struct {
	field Field
	set   func(*Dispute) *string
}{
	{FieldClaim, func(d *Dispute) *string { return &d.Claim }},
	{FieldKind, func(d *Dispute) *string { return &d.KindWord }},
	{FieldReason, func(d *Dispute) *string { return &d.ReasonWord }},
	{FieldStatus, func(d *Dispute) *string { return &d.StatusWord }},
	{FieldOutcome, func(d *Dispute) *string { return &d.OutcomeWord }},
	{FieldLiable, func(d *Dispute) *string { return &d.LiableWord }},
	{FieldRuling, func(d *Dispute) *string { return &d.Ruling }},
	{FieldProtection, func(d *Dispute) *string { return &d.Protection }},
	{FieldBuyerHandle, func(d *Dispute) *string { return &d.Buyer.Handle }},
	{FieldBuyerName, func(d *Dispute) *string { return &d.Buyer.Name }},
	{FieldBuyerEmail, func(d *Dispute) *string { return &d.Buyer.Email }},
}

// setCaseColumns finds the columns of disputes. For other targets they are -1.
func (l *plan) setCaseColumns() {
	c := &l.cases
	*c = casePlan{amount: -1, other: -1, reason: -1, number: -1, payment: -1, otherRef: -1}
	p := l.preset
	if p.Target != TargetDisputes {
		return
	}
	c.amount, c.reason, c.number = l.column(FieldAmount), l.column(FieldReason), l.column(FieldCaseNumber)
	c.payment, c.otherRef = l.column(FieldPaymentRef), l.column(FieldOtherRef)
	if p.DoubtCurrency != "" {
		c.other = l.head.find(p.DoubtCurrency)
	}
	for _, f := range []Field{FieldOpenedAt, FieldDue, FieldClosedAt, FieldSourceTime} {
		if i := l.column(f); i >= 0 {
			c.dates = append(c.dates, caseDate{i, f, l.newDates()})
		}
	}
	l.dates = nil // those of orders
	for _, t := range caseTexts {
		if i := l.column(t.field); i >= 0 {
			c.texts = append(c.texts, caseText{i, t.set})
		}
	}
	for _, f := range targetFields[TargetDisputes] {
		if i := l.column(f); i >= 0 && f != FieldSourceTime {
			c.facts = append(c.facts, i)
		}
	}
	l.setCaseWords()
}

// setCaseWords makes the words of the preset ready to be looked up.
func (l *plan) setCaseWords() {
	c, p := &l.cases, l.preset
	c.reasons, c.kinds, c.rules = map[string]data.Reason{}, map[string]string{}, map[Field][]caseRule{}
	for _, r := range data.Reasons() {
		c.reasons[wordKey(string(r))] = r
	}
	for r, words := range p.Reasons {
		for _, w := range words {
			c.reasons[wordKey(w)] = r
		}
	}
	for k, words := range p.Kinds {
		c.kinds[wordKey(k)] = k
		for _, w := range words {
			c.kinds[wordKey(w)] = k
		}
	}
	for i := range p.Cases {
		r := caseRule{&p.Cases[i], map[string]bool{}}
		for _, w := range r.Words {
			r.words[wordKey(w)] = true
		}
		c.rules[r.Field] = append(c.rules[r.Field], r)
	}
}

// applyRules takes what the word of a field says. A word that no rule knows is a
// doubt, and nothing is concluded from it.
func (r *disputeReader) applyRules(d *Dispute, f Field) {
	word := map[Field]string{
		FieldKind: d.KindWord, FieldStatus: d.StatusWord, FieldOutcome: d.OutcomeWord, FieldLiable: d.LiableWord,
	}[f]
	if word == "" {
		return
	}
	key := wordKey(word)
	for _, rule := range r.cases.rules[f] {
		if rule.Filled || rule.words[key] {
			rule.apply(d)
			return
		}
	}
	if f == FieldKind && d.Kind != "" {
		return
	}
	r.doubtCase(d, problemDoubtWord.New("value", shorten(word), "header", r.name(r.column(f))))
}

// apply adds what a rule says to what is known; an earlier rule wins.
func (c caseRule) apply(d *Dispute) {
	d.Kind = orElse(d.Kind, c.Kind)
	if d.Reason == "" {
		d.Reason = c.Reason
	}
	if d.Awaits == "" {
		d.Awaits = c.Awaits
	}
	if d.Outcome == "" {
		d.Outcome = c.Outcome
	}
	if d.Liable == "" {
		d.Liable = c.Liable
	}
	if c.Event == "" {
		return
	}
	e := data.CaseEvent{Kind: c.Event, Actor: c.By}
	for _, have := range slices.Concat(d.Events, d.Undated) {
		if have.Kind == e.Kind {
			return
		}
	}
	if e.Actor == "" {
		e.Actor = data.ActorPlatform
	}
	if c.At == FieldClosedAt && !d.ClosedAt.IsZero() {
		e.At = d.ClosedAt
		d.Events = append(d.Events, e)
		return
	}
	d.Undated = append(d.Undated, e)
}

// wordKey is a word as it is compared: letters and digits, without case.
func wordKey(text string) string {
	return strings.Map(func(r rune) rune {
		if isWordRune(r) {
			return r
		}
		return -1
	}, strings.ToLower(normal(text)))
}
