package main

import (
	"context"
	"fmt"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// trackingDetail is what stands in a tracking file, as --json prints it.
type trackingDetail struct {
	Orders int `json:"orders"`
	Rows   int `json:"rows"`
}

func trackingExportCommand(c *call) func(context.Context) (*result, error) {
	var a paperAsk
	var r desk.TrackingFileRequest
	c.flags.StringVar(&r.Form, "form", "plain", "`form` of the file: amazon, ebay, paypal or plain")
	c.flags.StringVar(&r.Path, "out", "", "`file`: .txt for amazon, .csv for ebay and paypal, .csv or .xlsx for plain; what is there is replaced")
	c.flags.Func("order", "`number` of an order; may be given often, and further numbers follow without a flag", func(n string) error {
		a.numbers = append(a.numbers, n)
		return nil
	})
	c.flags.StringVar(&a.shop, "shop", "", "`name` of the orders' shop, where several have a number; with --day that shop's alone")
	c.flags.StringVar(&a.day, "day", "", "`day` such as 2026-11-30: the orders that were shipped on it")
	return func(ctx context.Context) (*result, error) {
		a.numbers = append(a.numbers, c.files...)
		if r.Path == "" || (len(a.numbers) == 0) == (a.day == "") {
			return nil, misused("tracking export needs --out, and --order or --day")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			var err error
			if a.Day, err = parseTime(a.day, time.UTC); err != nil {
				return nil, err
			}
			if r.OrderIDs, err = paperOrders(ctx, d, a); err != nil {
				return nil, err
			}
			report, err := d.ExportTracking(ctx, r)
			if err != nil {
				return nil, err
			}
			out := &result{Path: report.Path, Detail: trackingDetail{report.Orders, report.Rows}}
			for _, f := range report.Findings {
				if f.Severity == data.Info {
					out.Notes = append(out.Notes, f)
				} else {
					out.Doubts = append(out.Doubts, f)
				}
			}
			out.words = fmt.Sprintf("%s: %d orders, %d parcels", report.Path, report.Orders, report.Rows)
			return out, nil
		})
	}
}
