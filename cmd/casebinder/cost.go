package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/report"
)

func productCostCommand(c *call) func(context.Context) (*result, error) {
	var day string
	c.flags.StringVar(&day, "day", "", "the `day` from which it counts; without it it always counted")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 2 {
			return nil, misused("product cost takes a SKU and a sum: product cost MUG-1 \"4.50 CNY\"")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			article := ""
			if len(c.files) > 0 {
				article = c.files[0]
			}
			if len(c.files) == 2 {
				if _, err := d.SetGoodsCost(ctx, article, day, c.files[1]); err != nil {
					return nil, err
				}
			}
			costs, err := d.GoodsCosts(ctx, article)
			if err != nil {
				return nil, err
			}
			var words strings.Builder
			for _, v := range costs {
				since := ""
				if v.Day != "" {
					since = "\tfrom " + v.Day
				}
				fmt.Fprintf(&words, "%s\t%s%s\n", v.Article, v.Amount, since)
			}
			return &result{Items: slices.Concat([]data.GoodsCost{}, costs), words: words.String()}, nil
		})
	}
}

// marginItem is a part of an order's margin, as --json prints it.
type marginItem struct {
	Part    report.Measure `json:"part"`
	Article string         `json:"article,omitempty"`
	Amount  string         `json:"amount,omitempty"` // as it was told
	Worth   *string        `json:"worth"`            // in the margin's currency; null: not known
	Why     string         `json:"why"`
}

// marginDetail is what an order left.
type marginDetail struct {
	Order    string `json:"order"`
	Margin   string `json:"margin"` // of what is known
	Currency string `json:"currency"`
	Whole    bool   `json:"whole"`           // everything is known
	Void     bool   `json:"void,omitempty"`  // it was called off or never paid
	Apart    int    `json:"apart,omitempty"` // parcels sent again or coming back, in no sum
}

func orderMarginCommand(c *call) func(context.Context) (*result, error) {
	var number, shop string
	texts := map[data.Cost]*string{}
	c.flags.StringVar(&number, "order", "", "`number` of the order")
	c.flags.StringVar(&shop, "shop", "", "`name` of its shop, where several have the number")
	for _, cost := range data.SaleCosts() {
		texts[cost] = c.flags.String(string(cost), "", "what this cost for the order, a `sum` or a share such as 12 %; - takes it away")
	}
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 || number == "" {
			return nil, misused("order margin wants --order NUMBER")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			order, err := findOrder(ctx, d, number, shop)
			if err != nil {
				return nil, err
			}
			told := map[data.Cost]string{}
			for cost, text := range texts {
				switch *text {
				case "": // nothing is said
				case "-":
					told[cost] = ""
				default:
					told[cost] = *text
				}
			}
			if err := d.SetOrderCosts(ctx, order.ID, told); err != nil {
				return nil, err
			}
			m, err := d.OrderMargin(ctx, order.ID)
			if err != nil {
				return nil, err
			}
			return marginResult(order.Number, &m), nil
		})
	}
}

// marginResult tells what an order left; what is not known makes the exit code 3.
func marginResult(number string, m *desk.OrderMargin) *result {
	out := &result{Detail: marginDetail{number, m.Sum.Decimal(), m.Sum.Currency, m.Whole, m.Void, m.Sale.Apart}}
	items, words := []marginItem{}, strings.Builder{}
	for _, l := range m.Lines {
		item := marginItem{Part: l.Measure, Article: l.Article, Why: l.Why.String()}
		if l.Amount.Currency != "" {
			item.Amount = l.Amount.String()
		}
		sum := "not known"
		if l.Known {
			worth := l.Worth.Decimal()
			item.Worth, sum = &worth, l.Worth.String()
		} else {
			out.Rejected = append(out.Rejected, data.Finding{
				Rule: "margin.unknown", Severity: data.Warning, Where: []data.Ref{{Kind: "field", ID: string(l.Measure)}}, Why: l.Why,
			})
		}
		items = append(items, item)
		fmt.Fprintf(&words, "%s\t%s\t%s\n", l.Measure, sum, l.Why)
	}
	known := "margin"
	if !m.Whole {
		known = "of what is known"
	}
	fmt.Fprintf(&words, "%s\t%s\n", known, m.Sum)
	out.Items, out.words = items, words.String()
	return out
}
