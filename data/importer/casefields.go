package importer

import (
	"strings"

	"casebinder/data"
)

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
			r.doubtCase(d, problemDoubtMinor.New("value", a.text, "currency", currency))
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
		r.doubtCase(d, problemDoubtCurrency.New("value", a.text, "one", currency, "other", other))
	}
	return nil
}

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
		r.doubtCase(d, problemNoReason.New())
		return
	}
	r.doubtCase(d, problemDoubtReason.New("value", shorten(d.ReasonWord), "header", r.name(r.cases.reason)))
}

func orElseMinor(answer, preset MinorUnits) MinorUnits {
	if preset == MinorUnitsAsk && (answer == MinorUnitsYes || answer == MinorUnitsNo) {
		return answer
	}
	return preset
}
