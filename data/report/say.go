package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// A Speaker puts what stands in a report into words: those of the window's language,
// or plain English.
type Speaker interface {
	Language() string // BCP 47
	Text(t data.Text) string
	Label(l Label) string
	Money(m data.Money) string
	Number(n int64) string
	Percent(share float64) string // one decimal
	Span(d time.Duration) string
}

// English speaks as files and commands do.
type English struct{}

// Language implements Speaker.
func (English) Language() string { return "en" }

// Text implements Speaker.
func (English) Text(t data.Text) string { return t.String() }

// named are the kinds whose values are what somebody wrote, not words of the program.
var named = []string{"shop", "product", "supplier", "carrier", "country", "operator", "order", "lesson", "month"}

// Label implements Speaker.
func (English) Label(l Label) string {
	switch {
	case l.Value == data.Several:
		return phraseSeveral.English
	case l.Value == "":
		return phraseUnknown.English
	case l.Kind == "month" && l.Value == Earlier:
		return phraseEarlier.English
	case l.Kind == "weekday":
		if n, err := strconv.Atoi(l.Value); err == nil {
			return time.Weekday(n % 7).String()
		}
	case l.Kind == "platform" || l.Kind == "channel":
		return cmp.Or(data.Platform(l.Value).Title(), l.Value)
	case slices.Contains(named, l.Kind):
		return l.Value
	}
	return strings.ReplaceAll(l.Value, "_", " ")
}

// Money implements Speaker.
func (English) Money(m data.Money) string { return m.String() }

// Number implements Speaker.
func (English) Number(n int64) string { return strconv.FormatInt(n, 10) }

// Percent implements Speaker.
func (English) Percent(share float64) string {
	return strconv.FormatFloat(100*share, 'f', 1, 64) + " %"
}

// Span implements Speaker.
func (English) Span(d time.Duration) string {
	return fmt.Sprintf("%d:%02d h", int(d.Hours()), int(d.Minutes())%60)
}

var (
	phraseSeveral = data.DefinePhrase("report.several", "several")
	phraseUnknown = data.DefinePhrase("report.unknown", "not known")
	phraseEarlier = data.DefinePhrase("report.earlier", "earlier")
	phraseFew     = data.DefinePhrase("report.few", "{n} of {of}, too few for a share")
	phraseFewer   = data.DefinePhrase("report.fewer", "too few orders")
	phraseShare   = data.DefinePhrase("report.share", "{share} ({n} of {of}; between {low} and {high})")
	phraseNone    = data.DefinePhrase("report.none", "n/a")
)

// Show writes a cell in words: the same on the screen, in the PDF and in the command.
func (r *Report) Show(say Speaker, t *Table, row *Row, column int) string {
	c, cell := t.Columns[column], row.Cells[column]
	switch c.Unit {
	case Count:
		return say.Number(cell.N)
	case Money:
		return say.Money(data.Money{Minor: cell.N, Currency: r.Ask.Currency})
	case Span:
		if cell.Known {
			return say.Span(cell.Span)
		}
		return say.Text(phraseNone.With())
	case Ratio:
		if cell.Known {
			return say.Percent(t.Value(row, column))
		}
		return say.Text(phraseNone.With())
	case Share:
		return showShare(say, cell, row.Cells[c.Num].N, row.Cells[c.Den].N)
	case Index:
		switch {
		case cell.Known:
			return strconv.FormatFloat(t.Value(row, column), 'f', 1, 64)
		case cell.Few:
			return say.Text(phraseFewer.With())
		}
		return say.Text(phraseNone.With())
	case Words:
	}
	switch {
	case !cell.Text.IsZero():
		return say.Text(cell.Text)
	case cell.Label.Kind == "": // beside a total
		return ""
	}
	return say.Label(cell.Label)
}

func showShare(say Speaker, cell Cell, n, of int64) string {
	switch {
	case cell.Known:
		low, high := Wilson(n, of)
		return say.Text(phraseShare.With("share", say.Percent(float64(n)/float64(of)), "n", say.Number(n), "of", say.Number(of), "low", say.Percent(low), "high", say.Percent(high)))
	case cell.Few:
		return say.Text(phraseFew.With("n", say.Number(n), "of", say.Number(of)))
	}
	return say.Text(phraseNone.With())
}

var (
	phraseReport   = data.DefinePhrase("report.title", "After-sales report")
	phrasePeriod   = data.DefinePhrase("report.period", "{from} to {to}, days on the clock of {zone}; sums in {currency}.")
	phraseHere     = data.DefinePhrase("report.period.here", "{from} to {to}, days on this computer's clock; sums in {currency}.")
	phraseRate     = data.DefinePhrase("report.rate", "1 {currency} = {value} {target} from {day} on.")
	phraseLeftRate = data.DefinePhrase("report.left.rate", "In no sum ({measure}): {sum}. No rate into {currency} is entered for {day} or before. Rows: {n}.")
	phraseLeftSum  = data.DefinePhrase("report.left.amount", "In no sum ({measure}): amounts that nobody wrote down, {n} in number.")
	phraseMoneyDef = data.DefinePhrase("report.money.note", "At risk: claimed in disputes that are open at the end of the period, under the month in which they were opened, which may be an earlier one. Recovered: claimed in disputes that ended in the period and not paid back. "+
		"Refunded: paid back for orders placed in the period, under the month of the order: files tell no other day. Each sum is converted by the rate of its day and rounded, then added.")
)

// Told are the sentences above a report: its period, its rates, and what is in no sum.
func (r *Report) Told() []data.Text {
	told := []data.Text{phrasePeriod.With("from", r.Ask.From, "to", r.Ask.To, "zone", r.Ask.Zone, "currency", r.Ask.Currency)}
	if r.Ask.Zone == time.Local { // it has no name
		told[0] = phraseHere.With("from", r.Ask.From, "to", r.Ask.To, "currency", r.Ask.Currency)
	}
	if r.Table("money.shop") != nil {
		told = append(told, phraseMoneyDef.With())
	}
	for _, v := range r.Rates {
		told = append(told, phraseRate.With("currency", v.Currency, "value", v.Value, "target", v.Target, "day", v.Day))
	}
	return append(told, r.LeftOut()...)
}

// LeftOut tells what is in no sum.
func (r *Report) LeftOut() []data.Text {
	var told []data.Text
	for _, l := range r.Left {
		measure := phraseMeasure[l.Measure].With()
		if l.Amount.IsZero() {
			told = append(told, phraseLeftSum.With("measure", measure, "n", l.Rows))
			continue
		}
		told = append(told, phraseLeftRate.With("measure", measure, "n", l.Rows, "sum", l.Amount, "currency", r.Ask.Currency, "day", l.Day))
	}
	return told
}
