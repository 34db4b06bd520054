package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/health"
)

// healthItem is a number of an account as --json prints it.
type healthItem struct {
	ID          string          `json:"id,omitempty"` // of a computation in a file of rows
	Shop        string          `json:"shop,omitempty"`
	Platform    data.Platform   `json:"platform"`
	Metric      string          `json:"metric"`
	Title       string          `json:"title"`
	AsOf        string          `json:"as_of"`
	Window      healthWindow    `json:"window"`
	Value       *float64        `json:"value"` // six decimals; null where nothing was counted
	NA          bool            `json:"na"`
	Numerator   any             `json:"numerator"`   // a count, or an amount as text
	Denominator any             `json:"denominator"` //
	Currency    string          `json:"currency,omitempty"`
	Level       string          `json:"level,omitempty"`
	Meets       *bool           `json:"meets_target,omitempty"`
	ToWorse     int64           `json:"cases_to_worse,omitempty"`
	ToBetter    int64           `json:"cases_to_better,omitempty"`
	Buyers      int64           `json:"unique_buyers"`
	Sales       int64           `json:"sales,omitempty"`
	Settings    health.Settings `json:"settings,omitempty"`
	Counted     []string        `json:"counted"`
	Hits        []string        `json:"in_numerator"`
	Left        []healthLeft    `json:"left_out"`
	Unused      []string        `json:"unused,omitempty"` // fields of a file of rows that no formula asks for
	data.Origin
}

type healthWindow struct {
	From string `json:"from,omitempty"` // in it; RFC 3339
	To   string `json:"to"`             // not in it
}

type healthLeft struct {
	Row string `json:"row"`
	Why string `json:"why"`
}

func healthCommand(c *call) func(context.Context) (*result, error) {
	var rows, only string
	c.flags.StringVar(&rows, "rows", "", "`file` of rows (.json) to compute from instead of a desk, to check a formula by hand")
	c.flags.StringVar(&only, "metric", "", "`id` of one number")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("health takes no arguments")
		}
		books, err := health.BuiltIn()
		if err != nil {
			return nil, err
		}
		if rows != "" {
			return healthOfRows(books, rows, only)
		}
		return nil, misused("health needs --rows")
	}
}

// healthOfRows computes what a file of rows asks for.
func healthOfRows(books []*health.Book, path, only string) (*result, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	list, err := health.ReadFile(filepath.Base(path), file)
	if err != nil {
		return nil, err
	}
	out := &result{}
	items, words := make([]healthItem, 0, len(list)), &strings.Builder{}
	for _, f := range list {
		id := f.Metric
		if only != "" {
			id = only
		}
		m, ok := health.Find(books, id)
		if !ok {
			return nil, health.UnknownMetric(id)
		}
		item := healthItemOf(m.Measure(&f.Rows, f.Ask), f.Name)
		item.ID, item.Unused = f.ID, f.Unused
		item.say(words)
		items = append(items, item)
	}
	out.Items, out.words = items, words.String()
	return out, nil
}

func healthItemOf(n *health.Number, name func(health.Ref) string) healthItem {
	m := n.Metric
	item := healthItem{
		Platform: m.Platform, Metric: m.ID, Title: m.Title, AsOf: data.JSONTime(n.AsOf), NA: n.NA(),
		Window:    healthWindow{From: zoned(n.Span.From), To: zoned(n.Span.To)},
		Numerator: n.Hits, Denominator: n.Base, Currency: n.Currency, ToWorse: n.ToWorse, ToBetter: n.ToBetter,
		Buyers: n.Buyers, Sales: n.Sales, Settings: n.Settings, Counted: []string{}, Hits: []string{}, Left: []healthLeft{}, Origin: m.Origin,
	}
	if m.Amounts {
		currency := cmp.Or(n.Currency, "USD") // of nothing: any with two digits
		item.Numerator = data.Money{Minor: n.Hits, Currency: currency}.Decimal()
		item.Denominator = data.Money{Minor: n.Base, Currency: currency}.Decimal()
	}
	if !n.NA() {
		value := math.Round(n.Value()*1e6) / 1e6
		item.Value = &value
	}
	if n.Level != nil {
		item.Level = n.Level.ID
	}
	if good, known := n.Good(); known {
		item.Meets = &good
	}
	if n.Rows == nil {
		return item
	}
	for _, r := range n.Rows.Base {
		item.Counted = append(item.Counted, name(r.Ref))
	}
	for _, r := range n.Rows.Hits {
		item.Hits = append(item.Hits, name(r.Ref))
	}
	for _, r := range n.Rows.Left {
		item.Left = append(item.Left, healthLeft{name(r.Ref), r.Why.String()})
	}
	return item
}

func zoned(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// say writes a number for people.
func (i *healthItem) say(w *strings.Builder) {
	value := "n/a"
	if i.Value != nil {
		value = fmt.Sprintf("%.2f %%", *i.Value*100)
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t%v of %v\t%s\n", orDash(i.Shop), i.Metric, value, i.Numerator, i.Denominator, orDash(i.Level))
}
