package main

import (
	"encoding/json"
	"fmt"
)

// health computes all numbers of an account: the first time, and after one more
// order.
func (b *bencher) health() error {
	n := b.size.pageOrders
	dir, err := b.desk(n)
	if err != nil {
		return err
	}
	c, err := b.ours("numbers", dir)
	if err != nil {
		return err
	}
	var did struct {
		Numbers, Counted   int
		First, Again, More float64
	}
	if err := json.Unmarshal(c.out, &did); err != nil {
		return fmt.Errorf("reading what the numbers took: %w", err)
	}
	b.t.say("   %d numbers of a shop with %s orders, %s rows counted: %s the first time, %s with nothing new, %s after one more order; memory %.0f MB",
		did.Numbers, thousands(n), thousands(did.Counted), seconds(did.First), seconds(did.Again), seconds(did.More), c.peak)
	b.lines = append(b.lines, line{
		work: fmt.Sprintf("all numbers of a shop with %s orders, the first time", thousands(n)), against: "a limit; beside it once more",
		ours: seconds(did.First), theirs: seconds(did.Again), value: did.First, bar: 3, unit: "s",
	}, line{
		work: fmt.Sprintf("all numbers of a shop with %s orders, after one more", thousands(n)), against: "a limit; beside it the first time",
		ours: seconds(did.More), theirs: seconds(did.First), value: did.More, bar: 0.1, unit: "s",
	})
	return nil
}
