package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/health"
)

// healthItem is a number of an account as --json prints it.
type healthItem struct {
	ID          string           `json:"id,omitempty"` // of a computation in a file of rows
	Shop        string           `json:"shop,omitempty"`
	Platform    data.Platform    `json:"platform"`
	Metric      string           `json:"metric"`
	Title       string           `json:"title"`
	AsOf        string           `json:"as_of"`
	Window      healthWindow     `json:"window"`
	Value       *float64         `json:"value"` // six decimals; null where nothing was counted
	NA          bool             `json:"na"`
	Numerator   any              `json:"numerator"`   // a count, or an amount as text
	Denominator any              `json:"denominator"` //
	Currency    string           `json:"currency,omitempty"`
	Level       string           `json:"level,omitempty"`
	Meets       *bool            `json:"meets_target,omitempty"`
	ToWorse     int64            `json:"cases_to_worse,omitempty"`
	ToBetter    int64            `json:"cases_to_better,omitempty"`
	Usual       *healthUsual     `json:"usual_case,omitempty"` // of a number of amounts: what its cases are counted with
	Buyers      int64            `json:"unique_buyers"`
	Sales       int64            `json:"sales"`
	Settings    health.Settings  `json:"settings,omitempty"`
	Counted     []string         `json:"counted"`
	Hits        []string         `json:"in_numerator"`
	Missed      []healthLeft     `json:"missed,omitzero"` // where more is better: counted, and not in the numerator
	Left        []healthLeft     `json:"left_out"`
	CountedOn   []string         `json:"counted_on,omitempty"`       // the day by which each of Counted is in the window
	HitsOn      []string         `json:"in_numerator_on,omitempty"`  // the same of Hits
	HitsWhy     []string         `json:"in_numerator_why,omitempty"` // and what makes it a case
	Untold      int64            `json:"untold,omitempty"`           // rows left out because something that decides was not told
	Assumed     int64            `json:"assumed,omitempty"`          // rows that count by a date that was assumed
	Tomorrow    *healthNext      `json:"tomorrow,omitempty"`
	Told        *data.HealthTold `json:"told,omitempty"`       // what the platform showed, as the seller read it
	Difference  []string         `json:"difference,omitempty"` // why that is another number, as far as rows tell
	Unused      []string         `json:"unused,omitempty"`     // fields of a file of rows that no formula asks for
	data.Origin
}

// healthUsual is the size of case that the cases to a limit are counted with.
type healthUsual struct {
	Amount   string `json:"amount"`
	Of       string `json:"median_of"`           // "cases"; "sales" where no case counts yet
	ToWorse  string `json:"to_worse,omitempty"`  // the amount up to the next worse level
	ToBetter string `json:"to_better,omitempty"` // and down to the next better one
}

// healthNext is the number once today is over, as the rows stand now.
type healthNext struct {
	Value       *float64 `json:"value"`
	Numerator   any      `json:"numerator"` // as that of the item
	Denominator any      `json:"denominator"`
	Level       string   `json:"level,omitempty"`
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
	var rows, only, shop, at string
	list := false
	c.flags.StringVar(&rows, "rows", "", "`file` of rows (.json) to compute from instead of a desk, to check a formula by hand")
	c.flags.StringVar(&only, "metric", "", "`id` of one number")
	c.flags.StringVar(&shop, "shop", "", "`name` of one shop")
	c.flags.StringVar(&at, "at", "", "`time` or day of the numbers, by the shop's clock; without it now")
	c.flags.BoolVar(&list, "list", false, "list the numbers that there are, with formula and source")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("health takes no arguments")
		}
		books, err := health.BuiltIn()
		switch {
		case err != nil:
			return nil, err
		case list:
			return listMetrics(books), nil
		case rows != "":
			return healthOfRows(books, rows, only)
		}
		if _, err := parseTime(at, time.UTC); err != nil {
			return nil, err
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			return healthOfDesk(ctx, d, desk.HealthAsk{Metric: only, List: true}, shop, at)
		})
	}
}

// healthOfDesk computes the numbers of the desk's shops. It ends with exit code 3
// where one does not meet what its platform asks for.
func healthOfDesk(ctx context.Context, d *desk.Desk, ask desk.HealthAsk, name, at string) (*result, error) {
	shop, err := shopNamed(ctx, d, name, "")
	if err != nil {
		return nil, err
	}
	list, err := healthAt(ctx, d, ask, shop, at)
	if err != nil {
		return nil, err
	}
	out := &result{}
	items, words := []healthItem{}, &strings.Builder{}
	for _, shop := range list {
		for _, n := range shop.Numbers {
			names, err := d.HealthNames(ctx, refsOf(n.Rows))
			if err != nil {
				return nil, err
			}
			item := healthItemOf(n.Number, func(r health.Ref) string { return names[r] })
			item.Shop, item.Told = shop.Shop.Name, n.Told
			if item.Difference, err = differenceOf(ctx, d, n.Told); err != nil {
				return nil, err
			}
			item.Tomorrow = &healthNext{Value: rounded(n.Next), Numerator: healthSum(n.Next, n.Next.Hits), Denominator: healthSum(n.Next, n.Next.Base)}
			if n.Next.Level != nil {
				item.Tomorrow.Level = n.Next.Level.ID
			}
			item.say(words)
			if ask.Metric != "" {
				item.sayMissed(words)
			}
			out.stands = out.stands || item.Meets != nil && !*item.Meets
			items = append(items, item)
		}
	}
	out.Items, out.words = items, words.String()
	return out, nil
}

// healthAt computes the numbers of a shop, or of all, at a time that is in each
// shop's own zone where it names none.
func healthAt(ctx context.Context, d *desk.Desk, ask desk.HealthAsk, shop data.Shop, at string) ([]desk.HealthShop, error) {
	ask.ShopID = shop.ID
	if at == "" {
		return d.Health(ctx, ask)
	}
	shops := []data.Shop{shop}
	if shop.ID == 0 {
		var err error
		if shops, err = d.Shops(ctx); err != nil {
			return nil, err
		}
	}
	var list []desk.HealthShop
	for _, s := range shops {
		var err error
		if ask.AsOf, err = parseTime(at, s.Location()); err != nil {
			return nil, err
		}
		ask.ShopID = s.ID
		some, err := d.Health(ctx, ask)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

// differenceOf says why the platform shows another number than the desk; nothing
// where nobody told what it shows.
func differenceOf(ctx context.Context, d *desk.Desk, told *data.HealthTold) ([]string, error) {
	if told == nil {
		return nil, nil
	}
	why, err := d.ExplainHealth(ctx, *told)
	if err != nil {
		return nil, err
	}
	lines := make([]string, len(why))
	for i, w := range why {
		lines[i] = w.String()
	}
	return lines, nil
}

func refsOf(l *health.Listing) []health.Ref {
	refs := make([]health.Ref, 0, len(l.Base)+len(l.Hits)+len(l.Left))
	for _, c := range slices.Concat(l.Base, l.Hits) {
		refs = append(refs, c.Ref)
	}
	for _, c := range l.Left {
		refs = append(refs, c.Ref)
	}
	return refs
}

// metricItem is a number that there is, as --json prints it.
type metricItem struct {
	Metric   string           `json:"metric"`
	Platform data.Platform    `json:"platform"`
	Title    string           `json:"title"`
	Formula  string           `json:"formula"`
	Settings []health.Setting `json:"settings,omitempty"`
	Differs  string           `json:"differs,omitempty"`
	data.Origin
}

func listMetrics(books []*health.Book) *result {
	items, words := []metricItem{}, &strings.Builder{}
	for _, b := range books {
		for _, m := range b.Metrics {
			items = append(items, metricItem{m.ID, b.Platform, m.Title, m.Formula, m.Settings, m.Differs, m.Origin})
			fmt.Fprintf(words, "%s\t%s\n\t%s\n", m.ID, m.Title, m.Formula)
		}
	}
	return &result{Items: items, words: words.String()}
}

// healthOfRows computes what a file of rows asks for.
func healthOfRows(books []*health.Book, path, only string) (*result, error) {
	file, err := openFile(path)
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

// healthSum is what a number adds up: how many, or an amount.
func healthSum(n *health.Number, sum int64) any {
	if !n.Metric.Amounts {
		return sum
	}
	return data.Money{Minor: sum, Currency: amountsIn(n)}.Decimal()
}

// amountsIn is the currency of a number of amounts; of nothing any with two digits.
func amountsIn(n *health.Number) string { return cmp.Or(n.Currency, "USD") }

func healthItemOf(n *health.Number, name func(health.Ref) string) healthItem {
	m := n.Metric
	item := healthItem{
		Platform: m.Platform, Metric: m.ID, Title: m.Title, AsOf: data.JSONTime(n.AsOf), NA: n.NA(),
		Window:    healthWindow{From: zoned(n.Span.From), To: zoned(n.Span.To)},
		Numerator: healthSum(n, n.Hits), Denominator: healthSum(n, n.Base), Currency: n.Currency, ToWorse: n.ToWorse, ToBetter: n.ToBetter,
		Buyers: n.Buyers, Sales: n.Sales, Untold: n.Untold, Assumed: n.Assumed, Settings: n.Settings, Counted: []string{}, Hits: []string{}, Left: []healthLeft{}, Origin: m.Origin,
	}
	if m.Amounts {
		item.Usual = usualOf(&n.Usual, amountsIn(n))
	}
	item.Value = rounded(n)
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
		item.Counted, item.CountedOn = append(item.Counted, name(r.Ref)), append(item.CountedOn, n.Day(r).String())
	}
	for _, r := range n.Rows.Hits {
		item.Hits, item.HitsOn = append(item.Hits, name(r.Ref)), append(item.HitsOn, n.Day(r).String())
		item.HitsWhy = append(item.HitsWhy, causeWords(r.Why))
	}
	if n.MoreIsBetter() {
		item.Missed = []healthLeft{}
	}
	for _, r := range n.Missed() {
		item.Missed = append(item.Missed, healthLeft{name(r.Ref), causeWords(r.Why)})
	}
	for _, r := range n.Rows.Left {
		item.Left = append(item.Left, healthLeft{name(r.Ref), r.Why.String()})
	}
	return item
}

// causeWords says what makes a row a case, or keeps it out of the numerator.
func causeWords(c health.Causes) string {
	var why []string
	for _, t := range c.Texts() {
		why = append(why, t.String())
	}
	return strings.Join(why, "; ")
}

func usualOf(u *health.Usual, currency string) *healthUsual {
	if u.Amount == 0 {
		return nil
	}
	amount := func(minor int64) string {
		if minor == 0 {
			return ""
		}
		return data.Money{Minor: minor, Currency: currency}.Decimal()
	}
	out := &healthUsual{Amount: amount(u.Amount), Of: "cases", ToWorse: amount(u.ToWorse), ToBetter: amount(u.ToBetter)}
	if u.Sales {
		out.Of = "sales"
	}
	return out
}

// rounded is a value with six decimals; nil where nothing was counted.
func rounded(n *health.Number) *float64 {
	if n.NA() {
		return nil
	}
	value := math.Round(n.Value()*1e6) / 1e6
	return &value
}

func zoned(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// mostMissed is how many rows that miss are named.
const mostMissed = 20

// sayMissed names for people the rows that are missing from the numerator.
func (i *healthItem) sayMissed(w *strings.Builder) {
	for _, m := range i.Missed[:min(mostMissed, len(i.Missed))] {
		fmt.Fprintf(w, "\tmissed: %s: %s\n", m.Row, m.Why)
	}
	if more := len(i.Missed) - mostMissed; more > 0 {
		fmt.Fprintf(w, "\tmissed: %d more; --json names them all\n", more)
	}
}

// say writes a number for people.
func (i *healthItem) say(w *strings.Builder) {
	value, base := "n/a", any("n/a") // there is no rate of nothing
	if !i.NA {
		base = i.Denominator
	}
	if i.Value != nil {
		value = fmt.Sprintf("%.2f %%", *i.Value*100)
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t%v of %v\t%s\n", orDash(i.Shop), i.Metric, value, i.Numerator, base, orDash(i.Level))
	if i.Untold > 0 {
		fmt.Fprintf(w, "\tleft out because something that decides was not told: %d\n", i.Untold)
	}
	if i.Told != nil {
		fmt.Fprintf(w, "\tthe platform showed %s on %s\n", health.ShownShare(i.Told.Value), i.Told.Day)
	}
	for _, line := range i.Difference {
		fmt.Fprintf(w, "\t%s\n", line)
	}
	if i.Assumed > 0 {
		fmt.Fprintf(w, "\tcounted by a date that was assumed, of delivery or of the order: %d\n", i.Assumed)
	}
}
