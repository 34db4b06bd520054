package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"casebinder/data/desk"
)

// numbered is how long the numbers of the shop took: the first time, with nothing
// new, and after one order more.
type numbered struct {
	Numbers, Counted   int
	First, Again, More float64
}

// measureHealth computes the numbers by which eBay judges the shop of a desk, all of
// them, then once more, then after one order more.
func measureHealth(ctx context.Context, args []string) error {
	if err := paths(args, 1); err != nil {
		return err
	}
	one := filepath.Join(filepath.Dir(args[0]), "one-order.csv")
	err := writeOrders(ctx, 1, one, func(_ int, set func(name, value string)) {
		set("Order Number", "99-99999-99999")
		set("Sale Date", lastSale.Format("Jan-02-06"))
	})
	if err != nil {
		return err
	}
	return with(ctx, args[0], func(d *desk.Desk) (err error) {
		var r numbered
		ask := desk.HealthAsk{AsOf: firstSale.AddDate(2, 0, 20)}
		compute := func(took *float64) error {
			began := time.Now()
			shops, err := d.Health(ctx, ask)
			*took = time.Since(began).Seconds()
			if err != nil || len(shops) != 1 {
				return fmt.Errorf("the numbers of %d shops: %w", len(shops), err)
			}
			before := r.Counted
			r.Numbers, r.Counted = len(shops[0].Numbers), 0
			for _, n := range shops[0].Numbers {
				r.Counted += int(n.Base)
			}
			if took == &r.More && r.Counted == before {
				return fmt.Errorf("the order that came is not counted")
			}
			return nil
		}
		if err := compute(&r.First); err != nil {
			return err
		}
		if err := compute(&r.Again); err != nil {
			return err
		}
		if _, err := d.Import(ctx, desk.ImportRequest{Path: one, Shop: benchShop}, nil); err != nil {
			return err
		}
		if err := compute(&r.More); err != nil {
			return err
		}
		return printJSON(r)
	})
}

// lastSale is a day that the numbers look at.
var lastSale = firstSale.AddDate(0, 0, 695)
