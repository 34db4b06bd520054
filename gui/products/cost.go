package products

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// costs is the sheet of what an article costs the shop. Each deed is written at once and
// can be undone.
type costs struct {
	room    *Room
	sheet   *kit.OpenSheet
	article *kit.Choice[string]
	sum     *kit.Entry
	day     *kit.Day
	rows    *fyne.Container
	asker   kit.Loader
}

// articlesOf are the names under which the costs of a product are kept.
func articlesOf(p *data.Product) []string {
	if all := p.SKUs(); len(all) > 0 {
		return all
	}
	return []string{p.Title}
}

// Costs opens the sheet of what a unit of one of the articles costs.
func (r *Room) Costs(name string, articles []string) {
	c := &costs{room: r, rows: kit.Stacked(0)}
	options := make([]kit.Option[string], len(articles))
	for i, a := range articles {
		options[i] = kit.Option[string]{Value: a, Text: words.Shorten(a, 60)}
	}
	c.article = kit.NewChoice(options, articles[0], func(string) { c.load() })
	c.sum, c.day = kit.TextField(r.UI, "", 1), kit.NewDay(r.UI, "product.cost.day", "", func(string) {})
	kit.Trace("product.cost.article", c.article)
	kit.Trace("product.cost.sum", c.sum)
	form := kit.NewForm(
		&kit.Field{Label: words.T("products.col.sku"), Object: c.article},
		&kit.Field{Label: words.T("products.cost.sum"), Object: c.sum, Hint: words.T("products.cost.sum.hint"), Check: func() error {
			_, err := data.ParseCostFigure(c.sum.Text, "USD")
			return err
		}},
		&kit.Field{Label: words.T("products.cost.day"), Object: c.day.Object, Hint: words.T("products.cost.day.hint")})
	c.sheet = r.UI.Open(kit.Sheet{
		Name: "product.cost", Title: words.T("products.cost.title", "name", words.Shorten(name, 60)), Width: 620, Height: 480, Cancel: words.T("do.close"), FocusedAt: c.sum,
		Body: container.NewBorder(nil, form.Object, nil, nil, container.NewVScroll(kit.Inset(look.Tight, c.rows))),
		Do:   words.T("products.cost.keep"), OnDo: func() {
			if form.Check() {
				c.keep(c.day.Value(), c.sum.Text, func() { c.sum.SetText("") })
			}
		},
	})
	r.costs = c
	c.load()
}

func (c *costs) load() {
	article := c.article.Value()
	kit.Load(&c.asker, func(ctx context.Context) ([]data.GoodsCost, error) { return c.room.desk.GoodsCosts(ctx, article) }, func(all []data.GoodsCost, err error) {
		if err != nil {
			c.sheet.Problem(err)
			return
		}
		c.rows.RemoveAll()
		if len(all) == 0 {
			c.rows.Add(kit.Soft(words.T("products.cost.none")))
		}
		for i, cost := range all {
			drop := low(kit.NewButton(kit.RowName("product.costs", i, "drop"), words.T("products.cost.drop"), func() { c.keep(cost.Day, "", func() {}) }))
			c.rows.Add(container.NewBorder(nil, nil, nil, drop, lowered(kit.Prose(costLine(cost)))))
		}
		kit.Dense(c.rows)
		c.rows.Refresh()
	})
}

func costLine(c data.GoodsCost) string {
	if c.Day == "" {
		return words.T("products.cost.always", "sum", words.Money(c.Amount))
	}
	return words.T("products.cost.since", "sum", words.Money(c.Amount), "day", c.Day)
}

// keep writes a cost; no text takes it away.
func (c *costs) keep(day, text string, then func()) {
	article := c.article.Value()
	c.room.DeedThen(words.T("products.cost.kept"), func(ctx context.Context) error {
		_, err := c.room.desk.SetGoodsCost(ctx, article, day, text)
		return err
	}, then)
}

// drawCosts shows what each article of the product costs.
func (p *page) drawCosts() {
	p.section(words.T("products.cost"))
	for _, c := range p.costs {
		p.body.Add(kit.Soft(words.Join(" · ", c.Article, costLine(c))))
	}
	if len(p.costs) == 0 {
		p.body.Add(kit.Soft(words.T("products.cost.none")))
	}
}
