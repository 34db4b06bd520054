package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"casebinder/data/desk"
)

// makeCases writes a CSV of one open dispute on each of the first n made-up
// orders.
func makeCases(ctx context.Context, n int, path string) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	buffer := bufio.NewWriterSize(f, 1<<20)
	w := csv.NewWriter(buffer)
	if err := w.Write([]string{"Case Number", "Order Number", "Opened", "Reason", "Amount", "Currency"}); err != nil {
		return err
	}
	opened := time.Now().UTC().Add(-48 * time.Hour).Truncate(time.Hour)
	for i := range n {
		row := []string{
			strconv.Itoa(5_000_000_000 + i), orderNumber(i), opened.Add(time.Duration(i%48) * time.Hour).Format(time.RFC3339),
			"Item not received", "20.00", "USD",
		}
		if err := w.Write(row); err != nil {
			return err
		}
		if i%10_000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	w.Flush()
	return errors.Join(w.Error(), buffer.Flush())
}

// importCases takes a CSV of disputes into a desk.
func importCases(ctx context.Context, args []string) error {
	return take(ctx, args, desk.ImportRequest{Shop: benchShop, Target: "disputes", Preset: "disputes"})
}

// recomputed is what recompute measured.
type recomputed struct {
	Seconds float64 `json:"seconds"`
	Cases   int     `json:"cases"`
	Moved   int     `json:"moved"`
}

// recompute changes a figure of the rules, which computes every open case anew
// and stores each date that moves, and takes the change back.
func recompute(ctx context.Context, args []string) error {
	if err := paths(args, 1); err != nil {
		return err
	}
	return with(ctx, args[0], func(d *desk.Desk) error {
		if _, err := d.Rules(ctx); err != nil {
			return err
		}
		began := time.Now()
		report, err := d.Override(ctx, "ebay-inr", "deadline.respond.within.days", "4", "bench", nil)
		if err != nil {
			return err
		}
		took := time.Since(began).Seconds()
		if _, err := d.ResetFigure(ctx, "ebay-inr", "deadline.respond.within.days", nil); err != nil {
			return err
		}
		if len(report.Moved) == 0 {
			return fmt.Errorf("no date of %d cases moved", report.Cases)
		}
		return printJSON(recomputed{Seconds: took, Cases: report.Cases, Moved: len(report.Moved)})
	})
}
