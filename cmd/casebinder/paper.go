package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/paper"
)

var problemLeaflet = data.DefineProblem("command_leaflet_file", data.ErrNotFound,
	"The text of the leaflet cannot be read from {file}.", "Check the path: it is a plain text in UTF-8.")

// paperDetail is what was printed, as --json prints it.
type paperDetail struct {
	Orders  int `json:"orders"`
	Papers  int `json:"papers"`
	Parcels int `json:"parcels,omitempty"`
	Pages   int `json:"pages"`
	Kept    int `json:"kept,omitempty"`
}

// paperAsk is what the flags of paper ask for.
type paperAsk struct {
	desk.PaperRequest
	numbers            []string
	shop, day, leaflet string
}

func paperCommand(c *call) func(context.Context) (*result, error) {
	var a paperAsk
	kind, size := "", string(paper.A4)
	c.flags.StringVar(&kind, "kind", "", "`kind` of paper: parcel-list, hand-over or thank-you")
	c.flags.StringVar(&size, "size", size, "`size` of the paper: a4, a6 or 100x150")
	c.flags.StringVar(&a.Path, "out", "", "PDF `file`; what is there is replaced")
	c.flags.Func("order", "`number` of an order; may be given often, and further numbers follow without a flag", func(n string) error {
		a.numbers = append(a.numbers, n)
		return nil
	})
	c.flags.StringVar(&a.shop, "shop", "", "`name` of the orders' shop, where several have a number; with --day that shop's alone")
	c.flags.StringVar(&a.day, "day", "", "`day` such as 2026-11-30: the orders that were shipped on it; of a hand-over note its parcels alone")
	c.flags.StringVar(&a.Language, "language", "", "`language` of the papers, such as es or zh-CN; without it the buyer's, of a hand-over note English")
	c.flags.StringVar(&a.Also, "also", "", "a second `language` beneath, for whoever packs or carries")
	c.flags.BoolVar(&a.Prices, "prices", false, "a parcel list shows the price of each item")
	c.flags.BoolVar(&a.Address, "address", false, "a parcel list shows who gets it, and where")
	c.flags.BoolVar(&a.Four, "four", false, "four thank-you cards on an A4 sheet, with marks to cut along")
	c.flags.StringVar(&a.leaflet, "leaflet", "", "text `file` that is printed behind each thank-you card, such as news of the shop")
	c.flags.BoolVar(&a.Keep, "keep", false, "keep each order's parcel list as evidence of the order")
	c.flags.BoolVar(&a.Sure, "sure", false, "print a card although the check of its words blocks it")
	return func(ctx context.Context) (*result, error) {
		a.Kind, a.Size = paper.Kind(kind), paper.Size(size)
		a.numbers = append(a.numbers, c.files...)
		if kind == "" || a.Path == "" || (len(a.numbers) == 0) == (a.day == "") && a.Kind != paper.HandOver || len(a.numbers) == 0 && a.day == "" {
			return nil, misused("paper needs --kind, --out, and --order or --day")
		}
		if a.leaflet != "" {
			text, err := readFile(a.leaflet)
			if err != nil {
				return nil, unread(err, problemLeaflet, "file", a.leaflet)
			}
			a.News = strings.ToValidUTF8(string(text), "�")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) { return printPapers(ctx, d, a) })
	}
}

func printPapers(ctx context.Context, d *desk.Desk, a paperAsk) (*result, error) {
	var err error
	if a.Day, err = parseTime(a.day, time.UTC); err != nil {
		return nil, err
	}
	if a.OrderIDs, err = paperOrders(ctx, d, a); err != nil {
		return nil, err
	}
	report, err := d.PrintPapers(ctx, a.PaperRequest, nil)
	if err != nil {
		return nil, err
	}
	out := &result{Path: report.Path, Detail: paperDetail{report.Orders, report.Papers, report.Parcels, report.Pages, report.Kept}}
	for _, f := range report.Findings {
		if f.Severity == data.Info {
			out.Notes = append(out.Notes, f)
		} else {
			out.Doubts = append(out.Doubts, f)
		}
	}
	out.words = fmt.Sprintf("%s: %d orders, %d papers, %d pages", report.Path, report.Orders, report.Papers, report.Pages)
	return out, nil
}

// paperOrders finds the orders by their numbers, or by the day on which they were
// shipped.
func paperOrders(ctx context.Context, d *desk.Desk, a paperAsk) ([]int64, error) {
	var ids []int64
	for _, number := range a.numbers {
		order, err := findOrder(ctx, d, number, a.shop)
		if err != nil {
			return nil, err
		}
		ids = append(ids, order.ID)
	}
	if len(ids) > 0 {
		return ids, nil
	}
	return d.ShippedOn(ctx, a.Day, a.shop)
}
