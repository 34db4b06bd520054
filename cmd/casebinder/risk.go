package main

import (
	"context"
	"fmt"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
)

// riskItem is the review of an order as --json prints it.
type riskItem struct {
	Order    string             `json:"order"`
	Shop     string             `json:"shop"`
	Level    data.RiskLevel     `json:"level"`
	Findings []riskFinding      `json:"findings,omitempty"`
	ShipFrom string             `json:"ship_from,omitempty"` // RFC 3339
	NotKnown []string           `json:"not_known,omitempty"` // facts that a rule asked for and no file told
	Covers   []data.FindingView `json:"protection,omitempty"`
	Decision data.RiskDecision  `json:"decision,omitempty"`
	Reason   string             `json:"decision_reason,omitempty"`
}

// riskFinding is what a rule found.
type riskFinding struct {
	data.FindingView
	Level data.RiskLevel `json:"level"`
}

func riskCommand(c *call) func(context.Context) (*result, error) {
	var number, shop string
	limit := 100
	c.flags.StringVar(&number, "order", "", "`number` of one order; without it those that are not clear are listed, the worst first")
	c.flags.StringVar(&shop, "shop", "", "`name` of its shop, where several have the number")
	c.flags.IntVar(&limit, "limit", limit, "how many at most; 0 is all")
	return func(ctx context.Context) (*result, error) {
		switch {
		case len(c.files) > 0:
			return nil, misused("risk takes no arguments; name an order with --order")
		case limit < 0:
			return nil, misused("--limit is 0 or more")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			if number != "" {
				order, err := findOrder(ctx, d, number, shop)
				if err != nil {
					return nil, err
				}
				if err := d.KeepBuyers(ctx); err != nil { // what buyers share is asked by their marks
					return nil, err
				}
				return listRisks(ctx, d, []int64{order.ID}, 1)
			}
			rows, err := d.Risks(ctx, nil)
			if err != nil {
				return nil, err
			}
			all := len(rows)
			if limit > 0 {
				rows = rows[:min(limit, all)]
			}
			ids := make([]int64, len(rows))
			for i := range rows {
				ids[i] = rows[i].ID
			}
			return listRisks(ctx, d, ids, all)
		})
	}
}

// listRisks prints the reviews of orders, of all that there are. It ends with exit
// code 3 where something holds or stops one.
func listRisks(ctx context.Context, d *desk.Desk, ids []int64, all int) (*result, error) {
	out := &result{}
	items, words := make([]riskItem, 0, len(ids)), strings.Builder{}
	for _, id := range ids {
		v, err := d.Order(ctx, id)
		if err != nil {
			return nil, err
		}
		item := riskItem{
			Order: v.Order.Number, Shop: v.Order.Shop.Name, Level: v.Risk.Now, ShipFrom: data.JSONTime(v.Risk.From), NotKnown: v.Risk.Unknown,
			Covers: data.WithPasses(v.Covers, nil), Decision: v.Risk.Decision, Reason: v.Risk.Reason,
		}
		for _, f := range v.Risk.Findings {
			item.Findings = append(item.Findings, riskFinding{f.FindingView, f.Level})
		}
		if !v.Risk.Waits {
			item.Level, item.Findings, item.ShipFrom, item.NotKnown = data.RiskNone, nil, "", nil
		}
		item.say(&words)
		out.stands = out.stands || item.Level.Rank() >= data.RiskHold.Rank()
		items = append(items, item)
	}
	if all > len(ids) {
		fmt.Fprintf(&words, "%d of %d listed; --limit 0 lists all\n", len(ids), all)
	}
	out.Items, out.words, out.Detail = items, words.String(), map[string]int{"all": all}
	return out, nil
}

// say writes a review for people.
func (i *riskItem) say(w *strings.Builder) {
	level := string(i.Level)
	if i.Level == data.RiskNone {
		level = "no longer waits to be shipped"
	}
	fmt.Fprintf(w, "%s\t%s\t%s", i.Order, i.Shop, level)
	if i.ShipFrom != "" {
		fmt.Fprintf(w, "\tnot before %s", i.ShipFrom)
	}
	w.WriteString("\n")
	for _, f := range i.Findings {
		if f.Passed != nil {
			fmt.Fprintf(w, "  passed by %s (%s): %s\n", f.Passed.By, f.Passed.Reason, f.Why)
			continue
		}
		fmt.Fprintf(w, "  %s: %s %s\n", f.Level, f.Why, f.How)
	}
	for _, f := range i.Covers {
		if f.Severity != data.Info {
			fmt.Fprintf(w, "  protection: %s %s\n", f.Why, f.How)
		}
	}
	if len(i.NotKnown) > 0 {
		fmt.Fprintf(w, "  not known: %s\n", strings.Join(i.NotKnown, ", "))
	}
}
