package desk

import (
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/report"
	"casebinder/data/service"
)

// reportCurrency is the setting of the currency of all sums.
const reportCurrency = "report.currency"

var problemRateCurrency = data.DefineProblem("rate_currency", data.ErrInvalid,
	"There can be no rate from “{currency}” into “{target}”.", "Enter two different currencies with three letters each, such as EUR and USD.")

// ReportZone is the clock on which the days and months of a report are counted: that of
// the shop, or the one that all shops have, else this computer's.
func (d *Desk) ReportZone(ctx context.Context, shopID int64) (*time.Location, error) {
	shops, err := d.Shops(ctx)
	if err != nil {
		return nil, err
	}
	zones := map[string]*time.Location{}
	for _, s := range shops {
		if shopID == 0 || s.ID == shopID {
			zones[s.Location().String()] = s.Location()
		}
	}
	if len(zones) == 1 {
		for _, zone := range zones {
			return zone, nil
		}
	}
	return d.now().Location(), nil
}

// ReportCurrency is the currency in which sums are told: the one that was chosen last,
// else that of most shops, else US dollars.
func (d *Desk) ReportCurrency(ctx context.Context) (string, error) {
	var chosen string
	if ok, err := d.Setting(ctx, reportCurrency, &chosen); err != nil || ok && data.IsCurrency(chosen) {
		return chosen, err
	}
	shops, err := d.Shops(ctx)
	if err != nil {
		return "", err
	}
	n := map[string]int{}
	best := ""
	for _, s := range shops {
		if s.Currency != "" {
			n[s.Currency]++
			if n[s.Currency] > n[best] || n[s.Currency] == n[best] && s.Currency < best {
				best = s.Currency
			}
		}
	}
	return cmp.Or(best, "USD"), nil
}

// SetReportCurrency keeps the currency in which sums are told.
func (d *Desk) SetReportCurrency(ctx context.Context, currency string) error {
	if !data.IsCurrency(currency) {
		return problemRateCurrency.New("currency", currency, "target", currency)
	}
	return d.PutSetting(ctx, reportCurrency, currency)
}

// Currencies lists the currencies that the desk's orders and disputes have.
func (d *Desk) Currencies(ctx context.Context) ([]string, error) { return d.store.Currencies(ctx) }

// Report makes the tables of a period, with the chapters that are asked for; none: all.
// It may read every order of the period: ask for it beside the main goroutine.
func (d *Desk) Report(ctx context.Context, ask report.Ask, kinds ...report.Kind) (*report.Report, error) {
	if err := ask.Check(); err != nil {
		return nil, err
	}
	in, err := d.reportInput(ctx, ask, kinds)
	if err != nil {
		return nil, err
	}
	return report.Make(in, kinds...)
}

// reportInput reads what chapters are made of.
func (d *Desk) reportInput(ctx context.Context, ask report.Ask, kinds []report.Kind) (*report.Input, error) {
	wants := func(all ...report.Kind) bool {
		return len(kinds) == 0 || slices.ContainsFunc(all, func(k report.Kind) bool { return slices.Contains(kinds, k) })
	}
	in := &report.Input{Ask: ask, Shops: map[int64]data.Shop{}, Orders: map[string]map[string]int64{}}
	shops, err := d.Shops(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range shops {
		in.Shops[s.ID] = s
	}
	from, to := ask.Start(), ask.End()
	if wants(report.KindMoney, report.KindWins, report.KindLessons, report.KindReplies) {
		if in.Cases, err = d.store.ReportCases(ctx, ask.ShopID, from, to); err != nil {
			return nil, err
		}
		for i := range in.Cases {
			in.Cases[i].Country = service.Country(in.Cases[i].Country)
		}
	}
	if wants(report.KindMargin) {
		if in.Margins, err = d.margins(ctx, &ask, in.Shops); err != nil {
			return nil, err
		}
	}
	if wants(report.KindMoney) {
		if in.Rates, err = d.store.Rates(ctx, ask.Currency); err != nil {
			return nil, err
		}
	}
	if wants(report.KindLessons) {
		if err := d.placed(ctx, in); err != nil {
			return nil, err
		}
	}
	if wants(report.KindAnswers) {
		if in.Answers, err = d.ReplyTimes(ctx, from, to); err != nil {
			return nil, err
		}
	}
	if wants(report.KindHours) {
		if in.Asked, err = d.store.AskedByQuarter(ctx, ask.ShopID, from, to); err != nil {
			return nil, err
		}
	}
	if wants(report.KindReplies) {
		in.Templates, err = d.templateNames(ctx)
	}
	return in, err
}

// placed counts the orders beside which cases stand.
func (d *Desk) placed(ctx context.Context, in *report.Input) (err error) {
	ask := &in.Ask
	for _, by := range []string{"country", "product", "carrier"} {
		if in.Orders[by], err = d.store.PlacedOrders(ctx, by, ask.ShopID, ask.Start(), ask.End()); err != nil {
			return err
		}
	}
	countries := map[string]int64{} // exports write one by its code, another by its name
	for name, n := range in.Orders["country"] {
		countries[service.Country(name)] += n
	}
	in.Orders["country"] = countries
	in.Orders["month"] = map[string]int64{}
	for _, m := range ask.Months() {
		if in.Orders["month"][m.Month], err = d.store.OrdersPlaced(ctx, ask.ShopID, m.From, m.To); err != nil {
			return err
		}
	}
	if in.Suppliers, err = d.store.Suppliers(ctx); err != nil {
		return err
	}
	return d.claimable(ctx, in)
}

// templateNames gives by uid what names a template: the uid of one of the program's
// own, whose name the window translates, and the name of the seller's.
func (d *Desk) templateNames(ctx context.Context) (map[string]string, error) {
	list, err := d.store.Templates(ctx)
	names := make(map[string]string, len(list))
	for _, t := range list {
		if names[t.UID] = t.Name; t.BuiltIn {
			names[t.UID] = t.UID
		}
	}
	return names, err
}

// SaveReport writes a report into a file whose ending, .xlsx, .csv or .pdf, says how;
// the file is there whole or not at all.
func (d *Desk) SaveReport(ctx context.Context, r *report.Report, path string, say report.Speaker) error {
	write, err := report.Writer(path)
	if err != nil {
		return err
	}
	if err := madeToLast(filepath.Dir(path)); err != nil {
		return err
	}
	err = streamWhole(path, true, func(w io.Writer) error {
		return write(ctx, w, r, report.Paper{Say: say, Made: d.now(), Program: "Casebinder " + d.version})
	})
	if err != nil {
		return bag.WriteProblem(err, path)
	}
	return nil
}

// ReviewSheet is the review of a month: what is to be gone through, what was decided,
// and what became of the decisions of the month before.
type ReviewSheet struct {
	Month    string
	Currency string
	Findings []data.Finding
	Review   data.Review // zero but for the month where nobody began it
	Gone     []string    // keys of notes whose finding is there no longer, sorted
	Tasks    map[string]data.Task
	Earlier  []Decided     // of the month before
	Lessons  *report.Table // that were written down
}

// Decided is a decision with what became of it.
type Decided struct {
	Key  string
	Note data.ReviewNote
	Task *data.Task // nil: it became none
}

// State says what became of a decision: "done", "overdue", "open", "dropped", or
// "noted" where it became no task.
func (v Decided) State(now time.Time) string { return taskState(v.Task, now) }

func taskState(t *data.Task, now time.Time) string {
	switch {
	case t == nil:
		return "noted"
	case !t.BinnedAt.IsZero():
		return "dropped"
	case !t.DoneAt.IsZero():
		return "done"
	case !t.Due.IsZero() && t.Due.Before(now):
		return "overdue"
	}
	return "open"
}

// MonthlyReview makes the review of a month. What stands against products is as it is
// now, over the days that the rules of products count.
func (d *Desk) MonthlyReview(ctx context.Context, month string) (*ReviewSheet, error) {
	zone, err := d.ReportZone(ctx, 0)
	if err != nil {
		return nil, err
	}
	currency, err := d.ReportCurrency(ctx)
	if err != nil {
		return nil, err
	}
	ask, err := report.Month(month, zone, 0, currency)
	if err != nil {
		return nil, err
	}
	now, err := d.Report(ctx, ask)
	if err != nil {
		return nil, err
	}
	before, err := d.Report(ctx, ask.Before(), report.KindMoney, report.KindLessons)
	if err != nil {
		return nil, err
	}
	advice, err := d.GoodsToWatch(ctx)
	if err != nil {
		return nil, err
	}
	s := &ReviewSheet{Month: month, Currency: currency, Tasks: map[string]data.Task{}}
	s.Findings, s.Lessons = report.ReviewOf(now, before, worstOf(advice)), now.Table("lessons.written")
	return s, d.reviewed(ctx, s, before.Ask.From.Format("2006-01"))
}

// worstOf gives of each product the gravest that stands against it.
func worstOf(advice []GoodsAdvice) []data.Finding {
	var list []data.Finding
	for _, a := range advice {
		if len(a.Findings) > 0 {
			list = append(list, a.Findings[0])
		}
	}
	return list
}

// reviewed adds what was decided.
func (d *Desk) reviewed(ctx context.Context, s *ReviewSheet, before string) (err error) {
	if s.Review, err = d.review(ctx, &d.store.Reader, s.Month); err != nil {
		return err
	}
	found := map[string]bool{}
	for _, f := range s.Findings {
		found[f.Key()] = true
	}
	for _, key := range slices.Sorted(maps.Keys(s.Review.Notes)) {
		if !found[key] {
			s.Gone = append(s.Gone, key)
		}
		task, err := d.taskOf(ctx, s.Review.Notes[key])
		if err != nil {
			return err
		}
		if task != nil {
			s.Tasks[key] = *task
		}
	}
	last, err := d.review(ctx, &d.store.Reader, before)
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(last.Notes)) {
		v := Decided{Key: key, Note: last.Notes[key]}
		if v.Task, err = d.taskOf(ctx, v.Note); err != nil {
			return err
		}
		s.Earlier = append(s.Earlier, v)
	}
	return nil
}

// taskOf is the task that a decision became; nil where there is none.
func (d *Desk) taskOf(ctx context.Context, note data.ReviewNote) (*data.Task, error) {
	if note.Task == "" {
		return nil, nil
	}
	task, err := d.store.TaskByUID(ctx, note.Task)
	if errors.Is(err, data.ErrNotFound) {
		return nil, nil
	}
	return &task, err
}
