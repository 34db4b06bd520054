package main

import (
	"context"
	"fmt"
	"time"

	"casebinder/data/desk"
)

// reviewed is what reviewOrders did, and how long the window's next look takes, with
// nothing new.
type reviewed struct {
	Orders, Risky  int
	Seconds, Again float64
}

// reviewOrders reviews all orders of a desk that are still to be shipped, then looks
// again.
func reviewOrders(ctx context.Context, args []string) error {
	if err := paths(args, 1); err != nil {
		return err
	}
	return with(ctx, args[0], func(d *desk.Desk) (err error) {
		var r reviewed
		began := time.Now()
		if r.Orders, err = d.KeepRisk(ctx, nil); err != nil {
			return err
		}
		r.Seconds = time.Since(began).Seconds()
		began = time.Now()
		again, err := d.KeepRisk(ctx, nil)
		if err != nil {
			return err
		}
		if r.Again = time.Since(began).Seconds(); again != 0 {
			return fmt.Errorf("%d orders were reviewed twice", again)
		}
		rows, err := d.Risks(ctx, nil)
		if err != nil {
			return err
		}
		r.Risky = len(rows)
		return printJSON(r)
	})
}
