package desk

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/report"
	"casebinder/data/store"
)

var (
	problemCostArticle = data.DefineProblem("cost_article", data.ErrInvalid,
		"It is not said which product costs that.", "Name its SKU, or the title where it has none.")
	problemCostSum = data.DefineProblem("cost_sum", data.ErrInvalid,
		"“{text}” is not what one unit costs.", "Write a sum, such as 4.50 or 4.50 CNY.")
	problemCostDay = data.DefineProblem("cost_day", data.ErrInvalid,
		"“{day}” is no day.", "Write it as 2026-11-30: the cost counts from that day on. Leave it empty if it always counted.")
	problemOrderCost = data.DefineProblem("order_cost", data.ErrInvalid,
		"“{cost}” is no cost of an order.", "Choose one of: {costs}.")
)

// GoodsCosts gives what units of an article cost, the oldest day first; of all with "".
func (d *Desk) GoodsCosts(ctx context.Context, article string) ([]data.GoodsCost, error) {
	return d.store.GoodsCosts(ctx, strings.TrimSpace(article))
}

// SetGoodsCost keeps what one unit of an article costs from a day on, as a person typed
// it; no text takes it away. A sum without a currency is in the desk's. It can be undone.
func (d *Desk) SetGoodsCost(ctx context.Context, article, day, text string) (data.GoodsCost, error) {
	c := data.GoodsCost{Article: strings.TrimSpace(article), Day: strings.TrimSpace(day)}
	if c.Article == "" {
		return c, problemCostArticle.New()
	}
	if c.Day != "" {
		on, err := data.ParseDay(c.Day)
		if err != nil {
			return c, problemCostDay.New("day", day)
		}
		c.Day = on.String()
	}
	currency, err := d.ReportCurrency(ctx)
	if err != nil {
		return c, err
	}
	if c.Amount, err = costSum(text, currency); err != nil {
		return c, err
	}
	s, err := d.settingGoodsCost(ctx, &d.store.Reader, c)
	if err != nil || s == nil {
		return c, err
	}
	return c, d.act(ctx, s)
}

// costSum reads a sum; nothing where there is no text. A share is none.
func costSum(text, currency string) (data.Money, error) {
	if strings.TrimSpace(text) == "" {
		return data.Money{}, nil
	}
	figure, err := data.ParseCostFigure(text, currency)
	if err != nil || figure.Share > 0 {
		return data.Money{}, problemCostSum.New("text", text)
	}
	return figure.Amount, nil
}

// settingGoodsCost is the step that keeps a cost; nil where it is so already.
func (d *Desk) settingGoodsCost(ctx context.Context, from costDesk, c data.GoodsCost) (step, error) {
	known, err := from.GoodsCosts(ctx, c.Article)
	if err != nil {
		return nil, err
	}
	before := data.GoodsCost{Article: c.Article, Day: c.Day}
	for _, k := range known {
		if k.Day == c.Day {
			before = k
		}
	}
	if before == c {
		return nil, nil
	}
	of := about{"cost.set", data.EntityCost, c.Article + "/" + c.Day, manyOf(data.EntityCost)}
	return swap(of, before, c, func(_ context.Context, tx *store.Tx, v data.GoodsCost) error { return tx.PutGoodsCost(v) }), nil
}

// costDesk is where costs are looked up: the desk, or a transaction.
type costDesk interface {
	GoodsCosts(ctx context.Context, article string) ([]data.GoodsCost, error)
	OrderCosts(ctx context.Context, orderID int64) ([]data.OrderCost, error)
	OrdersByNumber(ctx context.Context, number string) ([]int64, error)
	Order(ctx context.Context, id int64) (*data.Order, error)
}

// SetOrderCosts keeps what an order itself cost, as a person typed it: "4.50", "4.50
// EUR", or "12 %" of what was paid; no text takes a cost away. It can be undone.
func (d *Desk) SetOrderCosts(ctx context.Context, orderID int64, texts map[data.Cost]string) error {
	order, err := d.store.Order(ctx, orderID)
	if err != nil {
		return err
	}
	var steps []step
	for _, cost := range slices.Sorted(maps.Keys(texts)) {
		c := data.OrderCost{OrderID: orderID, Cost: cost}
		if text := texts[cost]; strings.TrimSpace(text) != "" {
			figure, err := data.ParseCostFigure(text, order.Total.Currency)
			if err != nil {
				return err
			}
			amount, known := figure.Of(order.Total)
			if !known {
				return problemCostShare.New("share", figure)
			}
			c.Amount = amount
		}
		s, err := d.settingOrderCost(ctx, &d.store.Reader, c)
		if err != nil {
			return err
		}
		if s != nil {
			steps = append(steps, s)
		}
	}
	if len(steps) == 0 {
		return nil
	}
	return d.act(ctx, together(steps...))
}

// settingOrderCost is the step that keeps what an order cost; nil where it is so already.
func (d *Desk) settingOrderCost(ctx context.Context, from costDesk, c data.OrderCost) (step, error) {
	if !slices.Contains(data.SaleCosts(), c.Cost) {
		return nil, problemOrderCost.New("cost", c.Cost, "costs", data.SaleCosts())
	}
	order, err := from.Order(ctx, c.OrderID)
	if err != nil {
		return nil, err
	}
	known, err := from.OrderCosts(ctx, c.OrderID)
	if err != nil {
		return nil, err
	}
	before := data.OrderCost{OrderID: c.OrderID, Cost: c.Cost}
	for _, k := range known {
		if k.Cost == c.Cost {
			before = k
		}
	}
	if before == c {
		return nil, nil
	}
	rows := append(manyOf(data.EntityCost), rowsOf(data.EntityOrder, c.OrderID, c.OrderID, 0)...)
	of := about{"order.cost", data.EntityOrder, store.ShopKey(order.Shop) + "/" + order.Number, rows}
	return swap(of, before, c, func(_ context.Context, tx *store.Tx, v data.OrderCost) error { return tx.PutOrderCost(v) }), nil
}

// costBook gathers what is known of what articles, or "" all, cost, for sums in a
// currency.
func (d *Desk) costBook(ctx context.Context, currency string, shops map[int64]data.Shop, articles ...string) (*report.CostBook, error) {
	b := &report.CostBook{Currency: currency, Goods: map[string][]data.GoodsCost{}, Shops: map[int64]data.CostFigures{}}
	for _, a := range articles {
		costs, err := d.store.GoodsCosts(ctx, a)
		if err != nil {
			return nil, err
		}
		for _, c := range costs {
			b.Goods[c.Article] = append(b.Goods[c.Article], c)
		}
	}
	for id := range shops {
		set, err := d.store.ShopService(ctx, id)
		if err != nil {
			return nil, err
		}
		b.Shops[id] = set.Costs
	}
	var err error
	b.Rates, err = d.store.Rates(ctx, currency)
	return b, err
}

// margins adds up what the sales of a period left.
func (d *Desk) margins(ctx context.Context, ask *report.Ask, shops map[int64]data.Shop) (*report.Margins, error) {
	book, err := d.costBook(ctx, ask.Currency, shops, "")
	if err != nil {
		return nil, err
	}
	m := &report.Margins{Book: book, Shops: shops}
	if !book.Any() { // a desk that keeps no costs need not have all its sales read
		own, err := d.store.AnyOrderCost(ctx, data.CostGoods)
		if err != nil {
			return nil, err
		}
		if !own {
			m.Uncounted, err = d.store.SalesCounted(ctx, ask.ShopID, ask.Start(), ask.End())
			return m, err
		}
	}
	err = d.store.Sales(ctx, ask.ShopID, ask.Start(), ask.End(), func(s *data.Sale, at time.Time) error {
		if ask.Holds(at) {
			s.Day, s.Month = ask.DayOf(at), ask.MonthOf(at)
			m.Add(s)
		}
		return ctx.Err()
	})
	return m, err
}

// OrderMargin is what an order left the shop.
type OrderMargin struct {
	report.Margin
	Sale data.Sale
	Void bool // it was called off or never paid: there is no margin
}

// OrderMargin works out what an order left: in its own currency where everything is
// told in it or a rate leads into it, else in that of the reports.
func (d *Desk) OrderMargin(ctx context.Context, orderID int64) (OrderMargin, error) {
	o, err := d.store.Order(ctx, orderID)
	if err != nil {
		return OrderMargin{}, err
	}
	m := OrderMargin{Sale: saleOf(o), Void: o.Status == data.StatusUnpaid || o.Status == data.StatusCanceled}
	own, err := d.store.OrderCosts(ctx, orderID)
	if err != nil {
		return m, err
	}
	for _, c := range own {
		m.Sale.Own[c.Cost] = c.Amount
	}
	currency, err := d.ReportCurrency(ctx)
	if err != nil {
		return m, err
	}
	shops := map[int64]data.Shop{o.Shop.ID: o.Shop}
	var articles []string
	for i := range o.Items {
		if a := o.Items[i].Article(); a != "" && !slices.Contains(articles, a) {
			articles = append(articles, a)
		}
	}
	for _, c := range slices.Compact([]string{o.Total.Currency, currency}) {
		if c == "" {
			continue
		}
		book, err := d.costBook(ctx, c, shops, articles...)
		if err != nil {
			return m, err
		}
		if made := book.Of(&m.Sale); len(m.Lines) == 0 || made.Unknown() < m.Unknown() {
			m.Margin = made
		}
	}
	return m, nil
}

// saleOf is an order as its margin sees it, its day on the clock of its shop.
func saleOf(o *data.Order) data.Sale {
	s := data.Sale{OrderID: o.ID, ShopID: o.Shop.ID, Number: o.Number, Total: o.Total, Refunded: o.Refunded, Items: o.Items, Own: map[data.Cost]data.Money{}}
	if !o.OrderedAt.IsZero() {
		ask := report.Ask{Zone: o.Shop.Location()}
		s.Day, s.Month = ask.DayOf(o.OrderedAt), ask.MonthOf(o.OrderedAt)
	}
	for _, p := range o.Shipments {
		if p.Kind != data.ShipmentGoods {
			s.Apart++
		}
	}
	return s
}

// costsNow gives what a unit of each article costs today.
func (d *Desk) costsNow(ctx context.Context) (map[string]data.Money, error) {
	costs, err := d.store.GoodsCosts(ctx, "")
	today := data.OnDay(d.now()).String()
	now := map[string]data.Money{}
	for _, c := range costs {
		if c.Day <= today {
			now[c.Article] = c.Amount
		}
	}
	return now, err
}
