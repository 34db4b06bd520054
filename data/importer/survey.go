package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"casebinder/data"
)

// survey is what the columns of a file say together about how they are read.
type survey struct {
	days          [3]bool // by dateOrder: a date that can be read in this order alone
	dateExample   string
	dateColumn    int
	points        bool // an amount with a decimal point for certain
	commas        bool
	amountExample string
	amountColumn  int
	currency      bool // an amount has a currency of its own
	bareExample   string
	bareColumn    int
	wholeExample  string // an amount without a decimal sign, in a currency that has decimals
	wholeColumn   int
	decimals      bool // an amount with a sign for decimals or groups
}

// look takes one row into the survey.
func (s *survey) look(l *plan, rec *record) {
	l.noteCurrency(rec)
	for i := range l.dates {
		if !l.dates[i].loose {
			s.date(l, rec, l.dates[i].i)
		}
	}
	for _, c := range l.cases.dates {
		s.date(l, rec, c.i)
	}
	if (len(l.dates) == 0 || l.preset.Target == TargetShipments) && l.at >= 0 {
		s.date(l, rec, l.at)
	}
	for i := range l.amounts {
		s.amount(l, rec, l.amounts[i].i)
	}
	for _, c := range l.sums {
		s.amount(l, rec, c.i)
	}
	s.amount(l, rec, l.price)
	s.amount(l, rec, l.cases.amount)
	for _, i := range l.costs {
		s.amount(l, rec, i)
	}
}

func (s *survey) date(l *plan, rec *record, i int) {
	text := clean(rec.cell(i), false)
	if nothing(text) || rec.kind(i) != kindText {
		return
	}
	d := newScan(text, l.months, orderUnknown)
	if !d.date() {
		return
	}
	if d.ambiguous {
		if s.dateExample == "" {
			s.dateExample, s.dateColumn = text, i
		}
		return
	}
	byDay := newScan(text, l.months, dayFirst).date()
	byMonth := newScan(text, l.months, monthFirst).date()
	if byDay != byMonth {
		s.days[dayFirst] = s.days[dayFirst] || byDay
		s.days[monthFirst] = s.days[monthFirst] || byMonth
	}
}

func (s *survey) amount(l *plan, rec *record, i int) {
	text := clean(rec.cell(i), false)
	if i < 0 || nothing(text) {
		return
	}
	a, ok := splitAmount(text)
	if !ok {
		return
	}
	if a.unit != "" || l.currencyCell(rec) != "" {
		s.currency = true
	} else if s.bareExample == "" {
		s.bareExample, s.bareColumn = text, i
	}
	form := a.written()
	if form != formPlain {
		s.decimals = true
	} else if s.wholeExample == "" && strings.Trim(a.digits, "0") != "" && !l.wholeUnits(rec, a) {
		s.wholeExample, s.wholeColumn = text, i
	}
	if rec.kind(i) != kindText {
		return
	}
	switch form {
	case formPoint:
		s.points = true
	case formComma:
		s.commas = true
	case formAmbiguous:
		if s.amountExample == "" && !l.wholeUnits(rec, a) {
			s.amountExample, s.amountColumn = text, i
		}
	}
}

// wholeUnits reports whether an amount is in a currency without decimals, so
// that a sign in it can but group.
func (l *plan) wholeUnits(rec *record, a amount) bool {
	row := strings.ToUpper(l.currencyCell(rec))
	code := orElse(row, orElse(l.preset.Currency, l.shop.Currency))
	if a.unit != "" {
		code, _ = l.symbol(a.unit, row)
	}
	return code != "" && data.CurrencyExponent(code) == 0
}

// decideForms decides what the file has to say as a whole before its rows can be
// read: the order of day and month, the decimal sign; and collects refunds,
// which may stand before or far behind their payment. What stays open is a
// Problem.
func decideForms(ctx context.Context, src *Source, in *Inspection, opt Options, l *plan, refunds map[string][]*record) error {
	withRefunds := slices.ContainsFunc(l.rules, func(r rowRule) bool { return r.Do == RowRefund })
	if l.days != orderUnknown && l.decimal != formAmbiguous && !withRefunds && l.minor != MinorUnitsAsk {
		return nil
	}
	opt.Progress = nil
	s, err := l.survey(ctx, src, in, opt, 0, func(rec *record) {
		if is, _ := l.rule(rec); withRefunds && is == RowRefund {
			number := l.referenceOf(rec)
			refunds[number] = append(refunds[number], rec.keep())
		}
	})
	if err != nil {
		return err
	}
	return l.decide(s)
}

// decide takes from what was seen in the rows how days, decimals and minor units
// are written.
func (l *plan) decide(s *survey) error {
	if l.days == orderUnknown {
		switch {
		case s.days[dayFirst] != s.days[monthFirst]:
			l.days = monthFirst
			if s.days[dayFirst] {
				l.days = dayFirst
			}
		case s.dateExample != "":
			return problemAskDates.New("header", l.name(s.dateColumn), "value", s.dateExample)
		}
	}
	if l.decimal == formAmbiguous && s.amountExample != "" && s.points != s.commas {
		l.decimal, l.assumed = formComma, false
		if s.points {
			l.decimal = formPoint
		}
	}
	if l.minor == MinorUnitsAsk {
		if s.wholeExample != "" && !s.decimals {
			return problemAskMinor.New("header", l.name(s.wholeColumn), "value", s.wholeExample)
		}
		l.minor = MinorUnitsNo
	}
	return nil
}

// survey looks at the rows of a file, at most n of them when n is not 0.
func (l *plan) survey(ctx context.Context, src *Source, in *Inspection, opt Options, n int, each func(*record)) (*survey, error) {
	var s survey
	err := l.eachWhole(ctx, src, in, opt, n, func(rec *record) {
		s.look(l, rec)
		each(rec)
	})
	if err != nil {
		return nil, err
	}
	return &s, nil
}

// eachWhole reads the rows of a file that are whole, among the first n when n
// is not 0.
func (l *plan) eachWhole(ctx context.Context, src *Source, in *Inspection, opt Options, n int, each func(*record)) error {
	t, err := openTable(ctx, src, in, opt)
	if err != nil {
		return err
	}
	defer t.close()
	for row := 0; n == 0 || row < n; row++ {
		if row%512 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		rec, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", src.Name, err)
		}
		if rec.bad == nil && !rec.blank() && l.ragged(rec) == nil {
			each(rec)
		}
	}
	return nil
}

// Questions says what the first thousand rows of a file leave open under a
// preset and the options given. What it asks, Read would refuse.
func Questions(ctx context.Context, src *Source, in *Inspection, opt Options) ([]Question, error) {
	opt.Progress = nil
	src = in.source(src)
	t, err := openTable(ctx, src, in, opt)
	if err != nil {
		return nil, err
	}
	t.close()
	l := t.plan
	s, err := l.survey(ctx, src, in, opt, sampleRows, func(*record) {})
	if err != nil {
		return nil, err
	}
	var asked []Question
	ask := func(kind QuestionKind, column int, example string) {
		asked = append(asked, Question{kind, l.fieldOf(column), l.name(column), example})
	}
	if l.days == orderUnknown && s.dateExample != "" && s.days[dayFirst] == s.days[monthFirst] {
		ask(AskDayFirst, s.dateColumn, s.dateExample)
	}
	if l.decimal == formAmbiguous && s.amountExample != "" && s.points == s.commas {
		ask(AskDecimal, s.amountColumn, s.amountExample)
	}
	if !s.currency && s.bareExample != "" && l.preset.Currency == "" && l.shop.Currency == "" {
		ask(AskCurrency, s.bareColumn, s.bareExample)
	}
	if l.minor == MinorUnitsAsk && s.wholeExample != "" && !s.decimals {
		ask(AskMinorUnits, s.wholeColumn, s.wholeExample)
	}
	return asked, nil
}

// fieldOf is the field that a column feeds.
func (l *plan) fieldOf(column int) Field {
	for _, f := range targetFields[l.preset.Target] {
		if l.column(f) == column {
			return f
		}
	}
	return ""
}
