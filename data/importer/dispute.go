package importer

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

// The kinds of cases that built-in presets tell apart, in Dispute.Kind: in the
// words of policy packs for the channel where they have one. A preset may name
// others in the same form.
const (
	KindInquiry        = "inquiry"         // between buyer and seller, or a bank asks; nobody decides yet
	KindReturn         = "return"          // a request to send goods back
	KindClaim          = "claim"           // the platform decides
	KindAToZ           = "a-to-z"          // a claim under Amazon's guarantee
	KindSafeT          = "safe-t"          // the seller's claim against Amazon
	KindPayment        = "payment dispute" // eBay's name for what a buyer opens with a bank or payment service
	KindChargeback     = "chargeback"      // the card's bank decides
	KindBankReversal   = "bank reversal"   // the bank of an account takes a debit back
	KindPreArbitration = "pre-arbitration" // first appeal
	KindArbitration    = "arbitration"     // last appeal
)

// Outcome is how a dispute ended, as the seller sees it.
type Outcome string

// The outcomes.
const (
	OutcomeWon       Outcome = "won"       // decided for the seller
	OutcomeLost      Outcome = "lost"      // decided for the buyer
	OutcomeSplit     Outcome = "split"     // each got a part, or the platform paid
	OutcomeAccepted  Outcome = "accepted"  // the seller gave what was asked for
	OutcomeWithdrawn Outcome = "withdrawn" // the buyer took it back
)

// Outcomes lists all outcomes.
func Outcomes() []Outcome {
	return []Outcome{OutcomeWon, OutcomeLost, OutcomeSplit, OutcomeAccepted, OutcomeWithdrawn}
}

// Dispute is a dispute as a file states it. What the file does not say is
// zero; nothing is concluded from what it does not say.
//
// Of the embedded dispute, UID, OrderID, Stage and Waiting are left to the
// desk. Events holds what happened at a time that the file states, oldest
// first, the opening among it; without UID, RecordedAt and Operator.
type Dispute struct {
	OrderNumber string // "" when the file names the payment alone; one of both is there
	PaymentRef  string // transaction or charge at the payment service
	OtherRef    string // another reference of the same payment
	data.Dispute

	// Undated holds what has happened by the file's words at a time that it does
	// not state, in the order in which it must have happened; At is zero.
	Undated []data.CaseEvent

	Kind    string     // KindInquiry ...; "": not said, or in a word that the preset does not know
	Awaits  data.Actor // who must act next, as the file says; "": not said
	Outcome Outcome    // "": none yet, or not said
	Liable  data.Actor // who was found liable; "": not said
	DueDay  bool       // the file gives a day alone as due

	// The platform's own words, as written.
	KindWord, ReasonWord, StatusWord, OutcomeWord, LiableWord, Ruling string

	Protection string     // what the file says of the platform's seller protection
	Buyer      data.Buyer // handle, name and e-mail, as far as the file has them
	SourceTime time.Time  // when the platform wrote this state
	ClosedAt   time.Time
	Line       int               // of the file
	Extra      map[string]string // columns that no field takes, by their header
	Doubts     []Doubt           // what could not be read for certain; a person should look at it
}

// Doubt is something in a row that is taken, but could not be read for certain.
// The row's own word is kept beside it.
type Doubt struct {
	Field   Field
	Problem *data.Problem // what it is, and what to do
}

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

// disputeReader turns rows into disputes.
type disputeReader struct {
	lineReader
	seen map[uint64]*caseRows
}

// caseRows is what the file says of one case in all of its rows.
type caseRows struct {
	line   int       // the row that counts
	source time.Time // when the platform wrote it
	facts  []uint32  // hashes of its cells
	clash  int       // another row that contradicts it; 0: none
	differ int       // the column in which they differ
}

// prepare looks at all rows before the first is given away: two that
// contradict each other are both refused.
func (r *disputeReader) prepare(ctx context.Context, src *Source, in *Inspection, opt Options) error {
	r.seen = map[uint64]*caseRows{}
	opt.Progress = nil
	return r.eachWhole(ctx, src, in, opt, 0, func(rec *record) {
		if is, _ := r.rule(rec); is == RowLeave {
			return
		}
		if d, bad := r.dispute(rec); bad == nil {
			r.note(rec, d)
		}
	})
}

func (r *disputeReader) note(rec *record, d *Dispute) {
	facts, key := r.facts(rec, d)
	have, ok := r.seen[key]
	if !ok {
		r.seen[key] = &caseRows{line: rec.line, source: d.SourceTime, facts: facts}
		return
	}
	if !d.SourceTime.Equal(have.source) && !d.SourceTime.IsZero() && !have.source.IsZero() {
		if d.SourceTime.After(have.source) {
			*have = caseRows{line: rec.line, source: d.SourceTime, facts: facts}
		}
		return
	}
	for i, f := range facts {
		if f != have.facts[i] && have.clash == 0 {
			have.clash, have.differ = rec.line, r.cases.facts[i]
		}
	}
}

// facts hashes the cells that two rows of one case must agree on, and what
// makes them rows of one case: its number, or all of them where there is none.
func (r *disputeReader) facts(rec *record, d *Dispute) (facts []uint32, key uint64) {
	var all maphash.Hash
	all.SetSeed(r.seed)
	for _, i := range r.cases.facts {
		h := maphash.String(r.seed, clean(rec.cell(i), false))
		facts = append(facts, uint32(h))
		maphash.WriteComparable(&all, h)
	}
	if d.CaseNumber != "" {
		return facts, maphash.String(r.seed, d.CaseNumber)
	}
	return facts, all.Sum64()
}

func (r *disputeReader) row(rec *record) error {
	if is, by := r.rule(rec); is == RowLeave {
		return r.reject(rec.line, rec.text, problemNoCase.New("header", r.name(by), "value", clean(rec.cell(by), false)))
	}
	d, bad := r.dispute(rec)
	if bad == nil {
		bad = r.among(rec, d)
	}
	if bad != nil {
		return r.reject(rec.line, rec.text, bad)
	}
	r.sum.Taken++
	if r.sink.Dispute == nil {
		return nil
	}
	return r.sink.Dispute(d)
}

// among says what is wrong with a row beside the others of its case.
func (r *disputeReader) among(rec *record, d *Dispute) *data.Problem {
	_, key := r.facts(rec, d)
	have := r.seen[key]
	switch {
	case have == nil:
		return nil
	case !d.SourceTime.Equal(have.source) && !d.SourceTime.IsZero() && !have.source.IsZero():
		return problemOlderRow.New("line", have.line, "case", d.CaseNumber)
	case have.clash != 0:
		line := have.clash
		if rec.line != have.line {
			line = have.line
		}
		return problemCaseTwice.New("case", d.CaseNumber, "line", line, "header", r.name(have.differ))
	case rec.line != have.line:
		return problemRepeated.New("line", have.line)
	}
	return nil
}

// dispute reads one row.
func (r *disputeReader) dispute(rec *record) (*Dispute, *data.Problem) {
	d := &Dispute{Line: rec.line}
	if bad := r.keys(d, rec); bad != nil {
		return nil, bad
	}
	for _, t := range r.cases.texts {
		*t.set(d) = value(rec.cell(t.i), false)
	}
	d.Buyer.Platform = r.shop.Platform
	if bad := r.caseDates(d, rec); bad != nil {
		return nil, bad
	}
	if bad := r.caseAmount(d, rec); bad != nil {
		return nil, bad
	}
	r.kindOf(d)
	d.Events = []data.CaseEvent{{
		Kind: data.EventOpened, Actor: data.ActorBuyer, At: d.OpenedAt, Note: d.Claim, Amount: d.Amount, Due: d.StatedDue,
	}}
	for _, f := range []Field{FieldKind, FieldStatus, FieldOutcome, FieldLiable} {
		r.applyRules(d, f)
	}
	r.reasonOf(d)
	for _, e := range r.extras {
		if text := strings.TrimSpace(rec.cell(e.i)); text != "" {
			if d.Extra == nil {
				d.Extra = map[string]string{}
			}
			d.Extra[e.name] = text
		}
	}
	return d, nil
}

// keys reads the numbers of a dispute.
func (r *disputeReader) keys(d *Dispute, rec *record) (bad *data.Problem) {
	if d.OrderNumber, bad = r.orderNumber(rec, r.number); bad != nil {
		return bad
	}
	for _, k := range []struct {
		i  int
		to *string
	}{{r.cases.number, &d.CaseNumber}, {r.cases.payment, &d.PaymentRef}, {r.cases.otherRef, &d.OtherRef}} {
		text := value(rec.cell(k.i), true)
		if rec.kind(k.i) == kindLossy || scientific(text) || len(text) > 120 || strings.ContainsAny(text, "\n\r\t") {
			return problemBadKey.New("value", shorten(text), "header", r.name(k.i), "limit", 120)
		}
		*k.to = text
	}
	if nothing(d.OrderNumber) {
		d.OrderNumber = ""
	}
	if d.OrderNumber == "" && d.PaymentRef == "" {
		return problemNoOrder.New("case", d.CaseNumber)
	}
	return nil
}

// shorten keeps a message readable.
func shorten(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return text
}

// caseDates reads the dates of a dispute and holds them against each other.
func (r *disputeReader) caseDates(d *Dispute, rec *record) *data.Problem {
	var closed parsedDate
	for _, c := range r.cases.dates {
		p, bad := r.when(rec, c.i, c.read, clean(rec.cell(c.i), false))
		if bad != nil {
			return bad
		}
		switch c.field {
		case FieldOpenedAt:
			d.OpenedAt = p.time()
		case FieldSourceTime:
			d.SourceTime = p.time()
		case FieldClosedAt:
			closed, d.ClosedAt = p, p.time()
		case FieldDue:
			d.StatedDue, d.DueDay = p.due(), !p.at.IsZero() && !p.timed
		}
	}
	switch {
	case d.OpenedAt.IsZero():
		return problemNoOpening.New("header", r.name(r.column(FieldOpenedAt)))
	case !d.StatedDue.IsZero() && d.StatedDue.Before(d.OpenedAt):
		return r.outOfOrder(rec, FieldDue)
	case d.ClosedAt.IsZero() || !d.ClosedAt.Before(d.OpenedAt):
		return nil
	case !closed.timed && !closed.due().Before(d.OpenedAt):
		d.ClosedAt = d.OpenedAt // on the same day, at a time that is not said
		return nil
	}
	return r.outOfOrder(rec, FieldClosedAt)
}

func (r *disputeReader) outOfOrder(rec *record, f Field) *data.Problem {
	i, opened := r.column(f), r.column(FieldOpenedAt)
	return problemBeforeOpening.New("value", clean(rec.cell(i), false), "header", r.name(i), "opened", clean(rec.cell(opened), false))
}

// caseAmount reads what is disputed.
func (r *disputeReader) caseAmount(d *Dispute, rec *record) *data.Problem {
	a, ok, bad := r.amountAt(rec, r.cases.amount)
	if bad != nil || !ok {
		return bad
	}
	row, bad := r.rowCurrency(rec, "", []rowAmount{a})
	if bad != nil {
		return bad
	}
	currency, bad := r.currencyOf(a, row)
	if bad != nil {
		return bad
	}
	if currency == "" {
		if strings.Trim(a.digits, "0.,") == "" {
			return nil // nothing, in whatever currency
		}
		return problemNoCurrency.New("value", a.text, "header", r.name(a.i))
	}
	for _, c := range r.preset.DoubtMinor {
		if c == currency && r.minor == MinorUnitsYes {
			d.doubt(FieldAmount, problemDoubtMinor.New("value", a.text, "currency", currency))
			return nil
		}
	}
	m, bad := r.money(a, currency)
	if bad != nil {
		return bad
	}
	if m.Minor < 0 {
		return problemNegative.New("value", a.text, "header", r.name(a.i))
	}
	d.Amount = m
	other := strings.ToUpper(value(rec.cell(r.cases.other), false))
	if r.cases.other >= 0 && other != "" && other != currency {
		d.doubt(FieldAmount, problemDoubtCurrency.New("value", a.text, "one", currency, "other", other))
	}
	return nil
}

func (d *Dispute) doubt(f Field, why *data.Problem) { d.Doubts = append(d.Doubts, Doubt{f, why}) }

// kindOf and reasonOf read words that stand for one thing each.
func (r *disputeReader) kindOf(d *Dispute) {
	if d.KindWord != "" {
		d.Kind = r.cases.kinds[wordKey(d.KindWord)]
	}
}

func (r *disputeReader) reasonOf(d *Dispute) {
	if reason, ok := r.cases.reasons[wordKey(d.ReasonWord)]; ok && d.ReasonWord != "" {
		d.Reason = reason
		return
	}
	if d.Reason != "" && d.ReasonWord == "" {
		return // the kind of the case says it
	}
	if d.Reason == "" {
		d.Reason = data.ReasonOther
	}
	if d.ReasonWord == "" {
		d.doubt(FieldReason, problemNoReason.New())
		return
	}
	d.doubt(FieldReason, problemDoubtReason.New("value", shorten(d.ReasonWord), "header", r.name(r.cases.reason)))
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
	d.doubt(f, problemDoubtWord.New("value", shorten(word), "header", r.name(r.column(f))))
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

func orElseMinor(answer, preset MinorUnits) MinorUnits {
	if preset == MinorUnitsAsk && (answer == MinorUnitsYes || answer == MinorUnitsNo) {
		return answer
	}
	return preset
}
