package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// benchShop is the account that made-up orders belong to.
var benchShop = data.Shop{Platform: "ebay", Name: "bench-shop", Zone: "UTC", Currency: "USD"}

// messagePreset reads the CSV of makeMessages.
const messagePreset = `id = "own-bench-messages"
title = "Bench messages"
platform = "ebay"
target = "messages"
confidence = "own"
require = ["Message ID", "Order Number", "Sent", "Direction", "Text", "Language"]

[columns]
id = ["Message ID"]
number = ["Order Number"]
at = ["Sent"]
direction = ["Direction"]
text = ["Text"]
language = ["Language"]
`

// with opens a desk for one piece of work.
func with(ctx context.Context, dir string, work func(*desk.Desk) error) error {
	d, err := desk.Open(ctx, dir, desk.Options{Operator: "bench"})
	if err != nil {
		return err
	}
	return errors.Join(work(d), d.Close())
}

// newDesk makes an empty desk.
func newDesk(ctx context.Context, args []string) error {
	if err := paths(args, 1); err != nil {
		return err
	}
	return with(ctx, args[0], func(*desk.Desk) error { return nil })
}

// importOrders takes a CSV of orders into a desk, as the window does.
func importOrders(ctx context.Context, args []string) error {
	return take(ctx, args, desk.ImportRequest{Shop: benchShop})
}

// lookAtOrders times when the first rows of a CSV of orders are there to be shown.
func lookAtOrders(ctx context.Context, args []string) error {
	if err := paths(args, 2); err != nil {
		return err
	}
	return with(ctx, args[0], func(d *desk.Desk) error {
		ctx, end := context.WithCancel(ctx)
		defer end()
		var took time.Duration
		began := time.Now()
		_, err := d.WatchPreview(ctx, desk.ImportRequest{Path: args[1], Shop: benchShop}, nil, func(p desk.ImportPreview) {
			if took == 0 && len(p.Orders) > 0 {
				took = time.Since(began)
				end() // the rest of the file is not looked at
			}
		})
		if took == 0 {
			return fmt.Errorf("no rows were shown: %w", err)
		}
		return timed(took)
	})
}

// importMessages takes a CSV of messages into a desk.
func importMessages(ctx context.Context, args []string) error {
	return take(ctx, args, desk.ImportRequest{Shop: benchShop, Target: "messages", Custom: []byte(messagePreset)})
}

func take(ctx context.Context, args []string, r desk.ImportRequest) error {
	if err := paths(args, 2); err != nil {
		return err
	}
	r.Path = args[1]
	return with(ctx, args[0], func(d *desk.Desk) error {
		report, err := d.Import(ctx, r, nil)
		if err != nil {
			return err
		}
		if report.Counts.Added == 0 {
			return fmt.Errorf("%s brought nothing: %+v", r.Path, report.Counts)
		}
		for _, row := range report.Rejected {
			if len(row.Cells) > 3 { // footer lines are short
				return fmt.Errorf("line %s was left out: %s", row.At("row").ID, row.Why)
			}
		}
		return printJSON(report.Counts)
	})
}

// firstPage prints the newest orders, as the Orders tab shows them at first.
func firstPage(ctx context.Context, args []string) error {
	if err := paths(args, 1); err != nil {
		return err
	}
	return with(ctx, args[0], func(d *desk.Desk) error {
		rows, err := d.OrderFirst(ctx, data.OrderQuery{}, pageRows)
		if err != nil {
			return err
		}
		if len(rows) != pageRows {
			return fmt.Errorf("the first page has %d rows, not %d", len(rows), pageRows)
		}
		var b strings.Builder
		for _, r := range rows {
			writeRow(&b, r)
		}
		_, err = os.Stdout.WriteString(b.String())
		return err
	})
}

// writeRow prints a row as the SQLite shell does: its columns between bars.
func writeRow(b *strings.Builder, r data.OrderRow) {
	for _, text := range []string{
		strconv.FormatInt(r.ID, 10), r.Number, string(r.Platform), r.ShopName, r.Zone, r.BuyerName, r.BuyerHandle, r.Country, string(r.Status),
		r.PlatformStatus, strconv.FormatInt(r.Total.Minor, 10), r.Total.Currency,
	} {
		b.WriteString(text)
		b.WriteByte('|')
	}
	for _, at := range []time.Time{r.OrderedAt, r.ShipBy, r.ShippedAt} {
		if !at.IsZero() {
			b.WriteString(strconv.FormatInt(at.UnixMilli(), 10))
		}
		b.WriteByte('|')
	}
	b.WriteString(r.Tracking + "|" + r.ItemTitle + "|" + strconv.Itoa(r.Disputes) + "|" + strconv.Itoa(r.Evidence) + "\n")
}

// pageRows is how many rows a first screen has.
const pageRows = 100

// searched is what searchAsTyped measured, in seconds.
type searched struct {
	Seconds []float64 `json:"seconds"` // of each state of the search box
	Found   int       `json:"found"`   // messages found in all of them
}

// searchAsTyped types the recorded queries letter by letter into the search.
func searchAsTyped(ctx context.Context, args []string) error {
	if err := paths(args, 1); err != nil {
		return err
	}
	return with(ctx, args[0], func(d *desk.Desk) error {
		var s searched
		for _, text := range typed(recorded()) {
			began := time.Now()
			found, err := d.Search(ctx, text)
			if err != nil {
				return fmt.Errorf("searching %q: %w", text, err)
			}
			s.Seconds = append(s.Seconds, time.Since(began).Seconds())
			s.Found += len(found.Messages)
		}
		for _, query := range recorded() {
			found, err := d.Search(ctx, query)
			if err != nil {
				return fmt.Errorf("searching %q: %w", query, err)
			}
			if len(found.Messages) == 0 {
				return fmt.Errorf("%q is found in no message", query)
			}
		}
		return printJSON(s)
	})
}
