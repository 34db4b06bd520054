package report

import (
	"fmt"
	"time"

	"casebinder/data"
	"casebinder/data/service"
)

// Kind is a chapter of the report.
type Kind string

// The chapters.
const (
	KindMoney   Kind = "money"   // at risk, recovered, refunded
	KindAnswers Kind = "answers" // response times against targets
	KindWins    Kind = "wins"    // how disputes ended
	KindHours   Kind = "hours"   // when buyers write
	KindLessons Kind = "lessons" // what goes wrong with what
	KindReplies Kind = "replies" // which templates stood before a good end
	KindMargin  Kind = "margin"  // what sales left after their costs
)

// Kinds lists the chapters in their order.
func Kinds() []Kind {
	return []Kind{KindMoney, KindMargin, KindWins, KindAnswers, KindHours, KindLessons, KindReplies}
}

// Ask is what a report is about.
type Ask struct {
	From, To data.Day // the first and the last day
	Zone     *time.Location
	ShopID   int64  // 0: all
	Currency string // of all sums
}

var problemPeriod = data.DefineProblem("report_period", data.ErrInvalid,
	"The period from {from} to {to} has no day in it, or more than ten years.", "Choose a last day that is not before the first.")

var problemCurrency = data.DefineProblem("report_currency", data.ErrInvalid,
	"“{currency}” is not a currency.", "Write three letters, such as USD.")

// Check refuses what no report can be made of.
func (a *Ask) Check() error {
	if !data.IsCurrency(a.Currency) {
		return problemCurrency.New("currency", a.Currency)
	}
	if !a.Start().Before(a.End()) || a.End().Sub(a.Start()) > 3660*24*time.Hour {
		return problemPeriod.New("from", a.From, "to", a.To)
	}
	return nil
}

// Start is the first moment of the period.
func (a *Ask) Start() time.Time {
	return time.Date(a.From.Year, a.From.Month, a.From.Day, 0, 0, 0, 0, a.Zone)
}

// End is the first moment after the period. A day is as long as the clocks make it.
func (a *Ask) End() time.Time {
	return time.Date(a.To.Year, a.To.Month, a.To.Day+1, 0, 0, 0, 0, a.Zone)
}

// Holds reports whether a time is in the period. A day counts by its date.
func (a *Ask) Holds(t time.Time) bool {
	t = a.moment(t)
	return !t.IsZero() && !t.Before(a.Start()) && t.Before(a.End())
}

// openAtEnd reports whether a dispute is open at the end of the period, whenever it was
// opened and whatever became of it since.
func (a *Ask) openAtEnd(c *data.ReportCase) bool {
	if !a.moment(c.At).Before(a.End()) {
		return false
	}
	return c.Open || !c.EndedAt.IsZero() && !a.moment(c.EndedAt).Before(a.End())
}

// Usual is the period of a report of which nobody says when it begins: the month of its
// last day, up to it. Today's on the first of a month would be one day: it is the month
// before.
func Usual(today data.Day) (from, to data.Day) {
	first := data.Day{Year: today.Year, Month: today.Month, Day: 1}
	if today != first {
		return first, today
	}
	last := time.Date(today.Year, today.Month, 0, 0, 0, 0, 0, time.UTC)
	return data.Day{Year: last.Year(), Month: last.Month(), Day: 1}, data.OnDay(last)
}

// moment is a time on the report's clock: a day begins there where its date begins,
// whatever zone it was told in.
func (a *Ask) moment(t time.Time) time.Time {
	if day, ok := data.DayOf(t); ok {
		return time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, a.Zone)
	}
	return t
}

// MonthSpan is a month, or the part of it that is in the period.
type MonthSpan struct {
	Month    string // 2026-11
	From, To time.Time
}

// Months lists the months of the period.
func (a *Ask) Months() []MonthSpan {
	var list []MonthSpan
	for from := a.Start(); from.Before(a.End()); {
		next := time.Date(from.Year(), from.Month()+1, 1, 0, 0, 0, 0, a.Zone)
		if next.After(a.End()) {
			next = a.End()
		}
		list = append(list, MonthSpan{from.Format("2006-01"), from, next})
		from = next
	}
	return list
}

// MonthOf is the month of a time in the report's zone.
func (a *Ask) MonthOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return a.moment(t).In(a.Zone).Format("2006-01")
}

// DayOf is the day of a time in the report's zone.
func (a *Ask) DayOf(t time.Time) string { return data.OnDay(a.moment(t).In(a.Zone)).String() }

// Month asks for one month.
func Month(month string, zone *time.Location, shopID int64, currency string) (Ask, error) {
	from, err := time.Parse("2006-01", month)
	if err != nil {
		return Ask{}, problemMonth.New("month", month)
	}
	return Ask{From: data.OnDay(from), To: data.OnDay(from.AddDate(0, 1, -1)), Zone: zone, ShopID: shopID, Currency: currency}, nil
}

// Before is the period of as many months before one of whole months.
func (a *Ask) Before() Ask {
	b := *a
	n := len(a.Months())
	from := a.Start().AddDate(0, -n, 0)
	b.From, b.To = data.OnDay(from), data.OnDay(a.Start().AddDate(0, 0, -1))
	return b
}

var problemMonth = data.DefineProblem("report_month", data.ErrInvalid, "“{month}” is not a month.", "Write it as 2026-11.")

// Input is all that a report is made of.
type Input struct {
	Ask       Ask
	Cases     []data.ReportCase
	Orders    map[string]map[string]int64 // orders placed in the period, by dimension and key
	Rates     []data.Rate
	Shops     map[int64]data.Shop
	Claimable map[data.CaseID]bool // cases for which a supplier can be held today
	Suppliers map[string]string    // by SKU; data.Several where there are several
	Templates map[string]string    // id by uid, to name them
	Answers   []service.Measured
	Asked     []data.AskedCount
	Margins   *Margins // of the sales of the period; nil: none
}

// Report is all tables of a period.
type Report struct {
	Ask    Ask
	Tables []Table
	Rates  []data.Rate // that were used
	Left   []Left      // what has no rate, or no amount
}

// Left is what is in no sum.
type Left struct {
	Measure Measure
	Amount  data.Money // zero: no amount is known
	Rows    int
	Day     string // the last day without a rate
}

// Table gives a table by its ID; nil where the report has none such.
func (r *Report) Table(id string) *Table {
	for i := range r.Tables {
		if r.Tables[i].ID == id {
			return &r.Tables[i]
		}
	}
	return nil
}

// Make makes the report, with the chapters that are asked for; none: all.
func Make(in *Input, kinds ...Kind) (*Report, error) {
	if err := in.Ask.Check(); err != nil {
		return nil, fmt.Errorf("making the report: %w", err)
	}
	if len(kinds) == 0 {
		kinds = Kinds()
	}
	r := &Report{Ask: in.Ask}
	for _, k := range kinds {
		switch k {
		case KindMoney:
			in.money(r)
		case KindMargin:
			in.margins(r)
		case KindAnswers:
			r.Tables = append(r.Tables, in.answers())
		case KindWins:
			r.Tables = append(r.Tables, in.wins()...)
		case KindHours:
			r.Tables = append(r.Tables, in.hours())
		case KindLessons:
			r.Tables = append(r.Tables, in.lessons()...)
		case KindReplies:
			r.Tables = append(r.Tables, in.replies())
		}
	}
	for i := range r.Tables {
		r.Tables[i].tellApart()
		r.Tables[i].settle()
	}
	return r, nil
}
