package policy_test

import (
	"fmt"
	"time"

	"casebinder/data"
	"casebinder/data/policy"
)

// Where a case on eBay stands the day after it was opened, until when the
// seller must answer, and why: three business days, and Thanksgiving and a
// weekend are none.
func Example() {
	packs, err := policy.BuiltIn()
	if err != nil {
		fmt.Println(err)
		return
	}
	rules, err := policy.NewRules(packs, nil, nil, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	opened := time.Date(2026, time.November, 24, 18, 0, 0, 0, time.UTC) // a Tuesday
	view := rules.Evaluate(policy.Case{
		Platform: data.EBay, Reason: data.ReasonNotReceived, Zone: "America/Los_Angeles", Market: "US",
		Events: []data.CaseEvent{{UID: "1", Kind: data.EventOpened, Actor: data.ActorBuyer, At: opened, RecordedAt: opened}},
	}, opened.AddDate(0, 0, 1))
	fmt.Println(view.Pack, view.Stage, "waits for the", view.Waiting)
	for _, d := range view.Deadlines {
		if d.ID != view.Rule {
			continue
		}
		fmt.Println(d.Title)
		fmt.Println("until", d.Due.Format(time.RFC3339), d.Sure)
		for _, line := range d.Why.Lines {
			fmt.Println("-", line)
		}
	}
	// Output:
	// ebay-inr negotiation waits for the seller
	// Answer: tracking, refund, replacement or message
	// until 2026-11-30T18:00:00Z unconfirmed
	// - Counted from the event “opened” at 2026-11-24 10:00 (America/Los_Angeles).
	// - 3 business days, to the time of day at which they began. The platform may give until the end of the last day.
	// - Holidays of US.
	// - 2026-11-25, Wednesday: day 1
	// - 2026-11-26, Thursday: Thanksgiving Day, not counted
	// - 2026-11-27, Friday: day 2
	// - 2026-11-28, Saturday: weekend, not counted
	// - 2026-11-29, Sunday: weekend, not counted
	// - 2026-11-30, Monday: day 3
	// - By the rule: 2026-11-30 10:00 (America/Los_Angeles).
	// - Source: ebay.com help 4116 (copy of 2020); ebay.co.uk help 4701; edition 2020.
	// - Confirmed on the platform's own page.
	// - In which time zone, and by whose holidays, the platform counts is UNCONFIRMED: America/Los_Angeles was used.
}
