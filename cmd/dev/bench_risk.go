package main

import (
	"encoding/json"
	"fmt"
)

// risk measures the review of orders before they ship, in processor time: it runs
// behind the window, on as many processors as there are. The bar is 5 s for 100,000.
func (b *bencher) risk() error {
	n := b.size.reviewOrders
	csv, dir := b.at("waiting.csv"), b.at("desk-waiting")
	if err := b.make(thousands(n)+" orders to be shipped", "make-waiting", fmt.Sprint(n), csv); err != nil {
		return err
	}
	if err := b.make("a desk with them", "import", dir, csv); err != nil {
		return err
	}
	if err := b.make("what their buyers share, which has a row of its own", "buyers", dir); err != nil {
		return err
	}
	c, err := b.ours("risk", dir)
	if err != nil {
		return err
	}
	var did struct {
		Orders, Risky  int
		Seconds, Again float64
	}
	if err := json.Unmarshal(c.out, &did); err != nil {
		return fmt.Errorf("reading what the review did: %w", err)
	}
	if did.Orders != n {
		return fmt.Errorf("%d orders were reviewed, not %d", did.Orders, n)
	}
	b.t.say("   %s orders, %s of them not clear: %s from start to end, %s to see that nothing changed; memory %.0f MB",
		thousands(n), thousands(did.Risky), seconds(did.Seconds), seconds(did.Again), c.peak)
	b.lines = append(b.lines, line{
		work: fmt.Sprintf("review %s orders before they ship, processor time", thousands(n)), against: "a limit; beside it a look with nothing new",
		ours: seconds(c.cpu), theirs: seconds(did.Again), value: c.cpu, bar: 5 * float64(n) / 100_000, unit: "s",
	})
	return b.remove("waiting.csv", "desk-waiting")
}
