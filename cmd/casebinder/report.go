package main

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/report"
	"casebinder/gui/speak"
)

// reportTable is a table of the report as --json prints it.
type reportTable struct {
	Table   string         `json:"table"` // "money.shop"
	Title   string         `json:"title"`
	Columns []reportColumn `json:"columns"`
	Rows    []reportRow    `json:"rows"`
	Total   *reportRow     `json:"total,omitempty"`
	Lines   []reportLine   `json:"lines,omitempty"`
	Notes   []string       `json:"notes,omitempty"`
}

type reportColumn struct {
	ID    string      `json:"id"`
	Title string      `json:"title"`
	Unit  report.Unit `json:"unit"`
}

// reportRow has a figure for each column that holds figures: counts as numbers, money
// as text, shares from 0 to 1, spans in hours, null where nothing is told; and the
// words of the others.
type reportRow struct {
	Key     string         `json:"key"`
	Figures map[string]any `json:"figures"`
}

// reportLine is what a sum is made of.
type reportLine struct {
	Key      string         `json:"key"`
	Measure  report.Measure `json:"measure"`
	Rows     int            `json:"rows"`
	Amount   string         `json:"amount"`
	Currency string         `json:"currency"`
	Rate     string         `json:"rate,omitempty"`
	RateDay  string         `json:"rate_day,omitempty"`
	Worth    *string        `json:"worth"` // null: there is no rate, so that it is in no sum
}

// reportDetail is what the report is about.
type reportDetail struct {
	From     string      `json:"from"`
	To       string      `json:"to"`
	Zone     string      `json:"zone"`
	Currency string      `json:"currency"`
	Rates    []data.Rate `json:"rates"`
}

func reportCommand(c *call) func(context.Context) (*result, error) {
	var kinds, from, to, shop, currency, out, language string
	c.flags.StringVar(&kinds, "kind", "", "`chapters` with commas between them: money, margin, wins, answers, hours, lessons, replies; without it all")
	c.flags.StringVar(&from, "from", "", "the first `day`, such as 2026-11-01; without it the first of the month of the last one; on the first of a month, without both, the month before")
	c.flags.StringVar(&to, "to", "", "the last `day`; without it today")
	c.flags.StringVar(&shop, "shop", "", "`name` of one shop; without it all")
	c.flags.StringVar(&currency, "currency", "", "`currency` of all sums; without it the one that the desk has")
	c.flags.StringVar(&out, "out", "", "`file` to write: .xlsx with formulas and charts, .csv or .pdf")
	c.flags.StringVar(&language, "language", "", "`language` of the file: en, zh-CN or zh-TW; without it the window's")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("report takes no arguments")
		}
		if language != "" && !slices.Contains(speak.Languages(), language) {
			return nil, misused("--language is one of " + strings.Join(speak.Languages(), ", "))
		}
		var chapters []report.Kind
		for _, k := range strings.Split(kinds, ",") {
			if k = strings.TrimSpace(k); k == "" {
				continue
			}
			if !slices.Contains(report.Kinds(), report.Kind(k)) {
				return nil, misused("--kind is money, margin, wins, answers, hours, lessons or replies")
			}
			chapters = append(chapters, report.Kind(k))
		}
		if out != "" {
			if _, err := report.Writer(out); err != nil {
				return nil, err
			}
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			ask, err := reportAsk(ctx, d, shop, from, to, strings.ToUpper(currency))
			if err != nil {
				return nil, err
			}
			made, err := d.Report(ctx, ask, chapters...)
			if err != nil {
				return nil, err
			}
			res := reportResult(made)
			if from == "" && to == "" && data.OnDay(d.Now().In(ask.Zone)).Day == 1 {
				res.Notes = append(res.Notes, data.Finding{Rule: "report.usual", Severity: data.Info, Why: noteMonthBefore.With("from", ask.From, "to", ask.To)})
			}
			if out != "" {
				if res.Path, err = filepath.Abs(out); err != nil {
					return nil, err
				}
				if err := d.SaveReport(ctx, made, res.Path, speak.Speaker(language)); err != nil {
					return nil, err
				}
				res.words = res.Path + "\n"
			}
			return res, nil
		})
	}
}

// reportAsk makes of flags what the report is about.
func reportAsk(ctx context.Context, d *desk.Desk, shop, from, to, currency string) (ask report.Ask, err error) {
	of, err := shopNamed(ctx, d, shop, "")
	if err != nil {
		return ask, err
	}
	ask.ShopID = of.ID
	if ask.Zone, err = d.ReportZone(ctx, ask.ShopID); err != nil {
		return ask, err
	}
	if ask.Currency = currency; currency == "" {
		if ask.Currency, err = d.ReportCurrency(ctx); err != nil {
			return ask, err
		}
	}
	today := data.OnDay(d.Now().In(ask.Zone))
	switch ask.From, ask.To = report.Usual(today); {
	case to != "":
		if ask.To, err = flagDay("to", to); err != nil {
			return ask, err
		}
		ask.From = data.Day{Year: ask.To.Year, Month: ask.To.Month, Day: 1}
	case from != "":
		ask.To = today
	}
	if from != "" {
		ask.From, err = flagDay("from", from)
	}
	return ask, err
}

var noteMonthBefore = data.DefinePhrase("command.report_month_before",
	"Today is the first of a month, so the report is of the month before, {from} to {to}; --from and --to choose another period.")

func flagDay(name, text string) (data.Day, error) {
	day, err := data.ParseDay(text)
	if err != nil {
		return day, misused("--%s is a day, such as 2026-11-30", name)
	}
	return day, nil
}

// reportResult prints the tables. What is in no sum is left out: exit code 3.
func reportResult(r *report.Report) *result {
	out := &result{Detail: reportDetail{r.Ask.From.String(), r.Ask.To.String(), r.Ask.Zone.String(), r.Ask.Currency, r.Rates}}
	for _, left := range r.LeftOut() {
		out.Rejected = append(out.Rejected, data.Finding{Rule: "report.left", Severity: data.Warning, Why: left})
	}
	items := []reportTable{}
	var words strings.Builder
	told := r.Told() // as in each file; what is in no sum is told apart
	for _, t := range told[:len(told)-len(out.Rejected)] {
		fmt.Fprintln(&words, t)
	}
	words.WriteString("\n")
	for i := range r.Tables {
		items = append(items, tableItem(r, &r.Tables[i], &words))
	}
	out.Items, out.words = items, words.String()
	return out
}

func tableItem(r *report.Report, t *report.Table, words *strings.Builder) reportTable {
	item := reportTable{Table: t.ID, Title: t.Title.String(), Rows: []reportRow{}}
	titles := make([]string, len(t.Columns))
	for k, c := range t.Columns {
		titles[k] = c.Title.String()
		item.Columns = append(item.Columns, reportColumn{c.ID, titles[k], c.Unit})
	}
	fmt.Fprintf(words, "%s\n%s\n", t.Title, strings.Join(titles, "\t"))
	for i := range t.Rows {
		item.Rows = append(item.Rows, rowItem(r, t, &t.Rows[i], words))
	}
	if t.Total != nil {
		total := rowItem(r, t, t.Total, words)
		item.Total = &total
	}
	words.WriteString("\n")
	for _, l := range t.Lines {
		line := reportLine{Key: keyWord(l.Key), Measure: l.Measure, Rows: l.Rows, Amount: l.Amount.Decimal(), Currency: l.Amount.Currency, Rate: l.Rate.Value, RateDay: l.Rate.Day}
		if !l.Left {
			worth := l.Worth.Decimal()
			line.Worth = &worth
		}
		item.Lines = append(item.Lines, line)
	}
	for _, note := range t.Notes {
		item.Notes = append(item.Notes, note.String())
	}
	return item
}

// keyWord writes the key of what is several things as a word.
func keyWord(key string) string {
	if key == data.Several {
		return "(several)"
	}
	return key
}

func rowItem(r *report.Report, t *report.Table, row *report.Row, words *strings.Builder) reportRow {
	item := reportRow{Key: keyWord(row.Key), Figures: map[string]any{}}
	shown := make([]string, len(t.Columns))
	for k, c := range t.Columns {
		shown[k] = r.Show(report.English{}, t, row, k)
		value := t.Value(row, k)
		switch {
		case c.Unit == report.Words:
			if shown[k] != "" {
				item.Figures[c.ID] = shown[k]
			}
		case c.Unit == report.Money:
			item.Figures[c.ID] = data.Money{Minor: row.Cells[k].N, Currency: r.Ask.Currency}.Decimal()
		case math.IsNaN(value):
			item.Figures[c.ID] = nil
		default:
			item.Figures[c.ID] = value
		}
	}
	fmt.Fprintln(words, strings.Join(shown, "\t"))
	return item
}

func rateListCommand(c *call) func(context.Context) (*result, error) {
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("rate list takes no arguments")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			rates, err := d.Rates(ctx, "")
			if err != nil {
				return nil, err
			}
			var words strings.Builder
			for _, r := range rates {
				fmt.Fprintf(&words, "1 %s = %s %s\tfrom %s\n", r.Currency, r.Value, r.Target, r.Day)
			}
			return &result{Items: slices.Concat([]data.Rate{}, rates), words: words.String()}, nil
		})
	}
}

func rateSetCommand(c *call) func(context.Context) (*result, error) {
	var day string
	c.flags.StringVar(&day, "day", "", "the `day` from which it counts; without it the first of this year")
	sure := c.flags.Bool("sure", false, "keep it although it replaces the rate of its day, or is far off from the one before")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) != 3 {
			return nil, misused("rate set wants a currency, a target and what one unit is worth: rate set EUR USD 1.08")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			if day == "" {
				day = data.Day{Year: d.Now().Year(), Month: time.January, Day: 1}.String()
			}
			rate, err := d.SetRate(ctx, data.Rate{Currency: c.files[0], Target: c.files[1], Day: day, Value: c.files[2]}, *sure)
			if err != nil {
				return nil, err
			}
			words := fmt.Sprintf("1 %s = %s %s from %s on\n", rate.Currency, rate.Value, rate.Target, rate.Day)
			if rate.Value == "" {
				words = fmt.Sprintf("no rate from %s into %s counts from %s on\n", rate.Currency, rate.Target, rate.Day)
			}
			return &result{Detail: rate, words: words}, nil
		})
	}
}
