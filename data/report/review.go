package report

import (
	"cmp"
	"slices"
	"strings"

	"casebinder/data"
)

// reviewMost is how many findings of one kind a review has: it is gone through in ten
// minutes.
const reviewMost = 3

// leastCases is how many cases of one kind in a month are worth a word.
const leastCases = 2

var (
	phraseReviewOpened   = data.DefinePhrase("review.opened", "What came up: disputes {disputes}, complaints {complaints}, bad ratings {feedback}; the month before {before} in all. Orders placed: {orders}.")
	phraseReviewCause    = data.DefinePhrase("review.cause", "Cause “{cause}”: cases {n}, the month before {before}.")
	phraseReviewCarrier  = data.DefinePhrase("review.carrier", "{carrier}: cases {n}, the month before {before}; orders sent with it: {orders}.")
	phraseReviewCountry  = data.DefinePhrase("review.country", "{country}: cases {n}, the month before {before}; orders: {orders}.")
	phraseReviewMoney    = data.DefinePhrase("review.money", "At risk {risk}, recovered {recovered}, refunded {refunded} ({refunded_before} the month before).")
	phraseReviewLeft     = data.DefinePhrase("review.left", "Amounts that are in no total: {n}. A rate or the amount is missing.")
	phraseReviewWins     = data.DefinePhrase("review.wins", "Decided disputes won: {won} of {fought}; accepted without contesting: {accepted}.")
	phraseReviewAnswers  = data.DefinePhrase("review.answers", "Answers within the target: {within} of {answers}.")
	phraseReviewTemplate = data.DefinePhrase("review.template", "Template “{template}”: matters that ended well after it: {settled} of {ended}.")
	phraseReviewUnknown  = data.DefinePhrase("review.unknown", "Cases without a cause so far: {n}.")

	phraseReviewOpenedDo   = data.DefinePhrase("review.opened.do", "Say in one sentence what was different this month.")
	phraseReviewCarrierDo  = data.DefinePhrase("review.carrier.do", "Compare its days and losses under Tools > Carriers, and send what is expensive or urgent with another one.")
	phraseReviewCountryDo  = data.DefinePhrase("review.country.do", "Write on the listing what buyers there must expect: days, duty, sizes. Or stop selling to that country.")
	phraseReviewMoneyDo    = data.DefinePhrase("review.money.do", "Check the open disputes with the largest sums first, and what was refunded without a return.")
	phraseReviewLeftDo     = data.DefinePhrase("review.left.do", "Enter the rate, or the amount in the dispute.")
	phraseReviewWinsDo     = data.DefinePhrase("review.wins.do", "Read the rulings of the lost ones: what proof was missing?")
	phraseReviewAnswersDo  = data.DefinePhrase("review.answers.do", "Check the busy hours in the report: who answers then?")
	phraseReviewTemplateDo = data.DefinePhrase("review.template.do", "Read what was written after it, and rewrite the template if it leaves questions.")
	phraseReviewUnknownDo  = data.DefinePhrase("review.unknown.do", "Set the cause of each with its outcome, when a complaint is closed, or in the feedback.")

	phraseCauseDo = phrasesOf("review.cause.do", map[string]string{
		"product":  "Check each piece before packing, show the supplier what came back, and stop selling what stays bad.",
		"packing":  "Pack it firmly: filler on every side, nothing that moves when shaken, a second box if it is heavy or breaks easily.",
		"carrier":  "Send what is expensive or urgent with another carrier, and state longer delivery times on the listing.",
		"customs":  "Say on the listing who pays duty, and check what is declared for these countries.",
		"listing":  "Correct title, pictures, sizes and what is not included, and check the listing once more.",
		"address":  "Ask before shipping where an address looks wrong; the review before shipping can hold such orders.",
		"service":  "Answer within the target, and check which template was sent.",
		"buyer":    "Note who it was; check whether accounts belong together.",
		"fraud":    "Tighten the rules of the review before shipping, and keep proof of delivery.",
		"missing":  "Check each parcel against its order before it is closed: scan each piece, or let a second person look.",
		"other":    "Find a better name for the cause.",
		"your_own": "Say who does what about it, and until when.",
	})
)

// alike are the causes of disputes and complaints whose advice holds for a cause of
// feedback too.
var alike = map[string]string{
	"communication": "service", "damaged": "packing", "delivery_time": "carrier", "extra_charge": "listing", "extra_duty": "customs",
	"picture": "listing", "quality": "product", "size": "listing", "wrong_item": "missing",
}

// causeText is a cause in words: one of the program's own, else as the team wrote it.
func causeText(cause string) data.Text {
	switch {
	case slices.Contains(data.Causes(), cause):
		return data.Text{Key: "cause." + cause, English: cause}
	case slices.Contains(data.FeedbackCauses(), cause):
		return data.Text{Key: "feedback_cause." + cause, English: strings.ReplaceAll(cause, "_", " ")}
	}
	return data.Text{English: cause}
}

// ReviewOf gives the findings of a month, beside the month before. advice is what stands
// against products.
func ReviewOf(now, before *Report, advice []data.Finding) []data.Finding {
	b := reviewer{now: now, before: before}
	b.opened()
	b.money()
	b.causes()
	b.all = append(b.all, advice[:min(len(advice), reviewMost)]...)
	b.keys("carrier", phraseReviewCarrier, phraseReviewCarrierDo, func(key string) any { return key })
	b.keys("country", phraseReviewCountry, phraseReviewCountryDo, func(key string) any { return key })
	b.wins()
	b.answers()
	b.templates()
	return b.all
}

type reviewer struct {
	now, before *Report
	all         []data.Finding
}

func (b *reviewer) add(rule, kind, id string, severity data.Severity, why, how data.Text) {
	f := data.Finding{Rule: "review." + rule, Severity: severity, Why: why, How: how}
	if id != "" {
		f.Where = []data.Ref{{Kind: kind, ID: id, Label: id}}
	}
	b.all = append(b.all, f)
}

// cases is how many cases a row of lessons has.
func cases(r *Row) int64 { return r.Cells[1].N + r.Cells[2].N + r.Cells[3].N }

// earlier is how many cases a key had the month before.
func (b *reviewer) earlier(table, key string) int64 {
	for i := range b.before.Table(table).Rows {
		if r := &b.before.Table(table).Rows[i]; r.Key == key {
			return cases(r)
		}
	}
	return 0
}

func (b *reviewer) opened() {
	total, last := b.now.Table("lessons.month").Total, b.before.Table("lessons.month").Total
	b.add("opened", "", "", data.Info, phraseReviewOpened.With("disputes", total.Cells[1].N, "complaints", total.Cells[2].N, "feedback", total.Cells[3].N,
		"before", cases(last), "orders", total.Cells[5].N), phraseReviewOpenedDo.With())
}

func (b *reviewer) money() {
	total, last := b.now.Table("money.month").Total.Cells, b.before.Table("money.month").Total.Cells
	amount := func(n int64) string { return data.Money{Minor: n, Currency: b.now.Ask.Currency}.String() }
	b.add("money", "", "", data.Info, phraseReviewMoney.With("risk", amount(total[1].N), "recovered", amount(total[2].N), "refunded", amount(total[3].N),
		"refunded_before", amount(last[3].N)), phraseReviewMoneyDo.With())
	left := 0
	for _, l := range b.now.Left {
		left += l.Rows
	}
	if left > 0 {
		b.add("left", "", "", data.Warning, phraseReviewLeft.With("n", left), phraseReviewLeftDo.With())
	}
}

func (b *reviewer) causes() {
	told := 0
	for i := range b.now.Table("lessons.cause").Rows {
		r := &b.now.Table("lessons.cause").Rows[i]
		n, before := cases(r), b.earlier("lessons.cause", r.Key)
		switch {
		case r.Key == "":
			b.add("unknown", "", "", data.Info, phraseReviewUnknown.With("n", n), phraseReviewUnknownDo.With())
			continue
		case n < leastCases || told == reviewMost:
			continue
		}
		told++
		how, ok := phraseCauseDo[cmp.Or(alike[r.Key], r.Key)]
		if !ok {
			how = phraseCauseDo["your_own"]
		}
		b.add("cause", "cause", r.Key, rising(n, before), phraseReviewCause.With("cause", causeText(r.Key), "n", n, "before", before), how.With())
	}
}

// rising is graver where there are more than the month before.
func rising(n, before int64) data.Severity {
	if n > before {
		return data.Warning
	}
	return data.Info
}

func (b *reviewer) keys(dimension string, why, how data.Phrase, named func(string) any) {
	told := 0
	table := b.now.Table("lessons." + dimension)
	for i := range table.Rows {
		r := &table.Rows[i]
		n := cases(r)
		if r.Key == "" || r.Key == data.Several || n < leastCases || told == reviewMost-1 {
			continue
		}
		told++
		before := b.earlier(table.ID, r.Key)
		b.add(dimension, dimension, r.Key, rising(n, before), why.With(dimension, named(r.Key), "n", n, "before", before, "orders", r.Cells[5].N), how.With())
	}
}

func (b *reviewer) wins() {
	total := b.now.Table("wins.month").Total.Cells
	if total[7].N+total[4].N == 0 {
		return
	}
	severity := data.Info
	if total[2].N > total[1].N {
		severity = data.Warning
	}
	b.add("wins", "", "", severity, phraseReviewWins.With("won", total[1].N, "fought", total[7].N, "accepted", total[4].N), phraseReviewWinsDo.With())
}

func (b *reviewer) answers() {
	total := b.now.Table("answers.month").Total.Cells
	if total[5].N == 0 {
		return
	}
	severity := data.Info
	if total[6].N*10 < total[5].N*9 {
		severity = data.Warning
	}
	b.add("answers", "", "", severity, phraseReviewAnswers.With("within", total[6].N, "answers", total[5].N), phraseReviewAnswersDo.With())
}

// templates tells of the template after which most matters did not end well.
func (b *reviewer) templates() {
	var worst *Row
	table := b.now.Table("replies.template")
	for i := range table.Rows {
		r := &table.Rows[i]
		bad := r.Cells[1].N - r.Cells[2].N
		if bad >= leastCases && (worst == nil || bad > worst.Cells[1].N-worst.Cells[2].N) {
			worst = r
		}
	}
	if worst != nil {
		name := worst.Cells[0].Label.Value
		b.add("template", "template", worst.Key, data.Info, phraseReviewTemplate.With("template", data.Text{Key: "template." + name, English: name},
			"settled", worst.Cells[2].N, "ended", worst.Cells[1].N), phraseReviewTemplateDo.With())
	}
}
