package main

import (
	"encoding/json"
	"fmt"
)

// buyers measures how the matching of buyers grows: the processor time for each
// order of many against that of few. Comparing all pairs would make it as many times
// dearer as there are more orders.
func (b *bencher) buyers() error {
	few, many := b.size.windowOrders, b.size.pageOrders
	small, _, err := b.matching(few)
	if err != nil {
		return err
	}
	large, found, err := b.matching(many)
	if err != nil {
		return err
	}
	b.lines = append(b.lines, line{
		work:    fmt.Sprintf("match %s buyers of %s orders, for each order", thousands(found.Buyers), thousands(many)),
		against: fmt.Sprintf("the same of %s orders, in processor time", thousands(few)),
		ours:    micros(large.cpu / float64(many)), theirs: micros(small.cpu / float64(few)),
		value: large.cpu / float64(many) / (small.cpu / float64(few)), bar: 2, unit: "x",
	}, line{
		work: fmt.Sprintf("first rows of the list of %s buyers", thousands(found.Buyers)), against: "a limit; beside it the ids of all",
		ours: seconds(found.First), theirs: seconds(found.IDs), value: found.First, bar: 0.1, unit: "s",
	})
	return nil
}

// foundBuyers is what the measured side tells of the buyers of a desk.
type foundBuyers struct {
	Buyers, Alike   int
	First, IDs, One float64
}

// matching makes marks and sums of all buyers of a desk with n orders.
func (b *bencher) matching(n int) (c cost, found foundBuyers, err error) {
	dir, err := b.desk(n)
	if err != nil {
		return c, found, err
	}
	if c, err = b.ours("buyers", dir); err != nil {
		return c, found, err
	}
	if err := json.Unmarshal(c.out, &found); err != nil {
		return c, found, fmt.Errorf("reading what matching found: %w", err)
	}
	b.t.say("   %s orders: %s of processor time, %s in all; %s buyers, %d may be one with another; first rows %s, all ids %s, one page %s", thousands(n),
		seconds(c.cpu), seconds(c.seconds), thousands(found.Buyers), found.Alike, seconds(found.First), seconds(found.IDs), seconds(found.One))
	return c, found, nil
}

// micros prints a time in millionths of a second.
func micros(s float64) string { return fmt.Sprintf("%.0f µs", s*1e6) }
