package service

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// FollowKind is why it is a good moment to write to a buyer once more.
type FollowKind string

// The kinds of moments.
const (
	FollowSolution FollowKind = "solution" // some days after something was solved: is it well?
	FollowUsedUp   FollowKind = "used_up"  // goods are likely used up, by this buyer's own rhythm
	FollowReseller FollowKind = "reseller" // one who sells on has likely sold them
	FollowHoliday  FollowKind = "holiday"  // a time for good wishes where the buyer lives
)

// FollowUp is a moment to write to a buyer once more.
type FollowUp struct {
	Kind     FollowKind
	OrderID  int64 // the last one; 0 for a holiday
	Order    string
	Shop     data.Shop
	Buyer    string
	Country  string
	Since    time.Time // when it came
	Template string
	Why      data.Text
	Buyers   int      // of a holiday: to how many it applies
	Occasion Occasion // of a holiday
}

// The templates of moments.
const (
	templateFollowUp = "follow_up"
	TemplateRestock  = "restock"
	templateHoliday  = "holiday"
)

var (
	whySolved   = data.DefinePhrase("service.why.solved", "It was solved {days} days ago.")
	whyUsedUp   = data.DefinePhrase("service.why.used_up", "This buyer ordered “{item}” {times} times, about every {days} days; the last time on {date}.")
	whyReseller = data.DefinePhrase("service.why.reseller", "This buyer took {units} of “{item}” on {date}. The program guesses that a reseller needs more after {days} days.")
	whyHoliday  = data.DefinePhrase("service.why.holiday", "{date} is a good time for greetings there.")
)

// How long a moment lasts, and what is guessed, by the program's own judgment.
const (
	momentLasts  = 14 * day // a moment passes
	betweenMails = 30 * day // a buyer is not written to again unasked before
	resellDays   = 45       // after which a reseller is taken to need more, where no rhythm tells
	leastOrders  = 3        // from which on a buyer has a rhythm
	shortest     = 7 * day  // a shorter interval is no rhythm: orders that belong together
	HolidayAhead = 10       // days before a holiday from which on it is told
)

// FollowsSolution gives the moment to ask how a solution was: some days after it,
// unless the buyer was asked since, or waits.
func FollowsSolution(o data.Standing, solved time.Time, s data.Service, now time.Time) (FollowUp, bool) {
	since := data.Earliest(solved).Add(time.Duration(s.FollowUpDays()) * day)
	if now.Before(since) || now.After(since.Add(momentLasts)) || o.Disputed || o.Complained || o.Waits || o.Sent[templateFollowUp].After(solved) {
		return FollowUp{}, false
	}
	return follow(FollowSolution, o, since, templateFollowUp, whySolved.With("days", strconv.Itoa(int(now.Sub(data.Earliest(solved))/day)))), true
}

func follow(kind FollowKind, o data.Standing, since time.Time, template string, why data.Text) FollowUp {
	return FollowUp{
		Kind: kind, OrderID: o.OrderID, Order: o.Number, Shop: o.Shop, Buyer: o.Buyer, Country: o.ShipTo.Country, Since: since, Template: template, Why: why,
	}
}

// Again is what a buyer ordered of one item.
type Again struct {
	Last  data.Standing // the last such order
	Item  string
	Dates []time.Time // of the orders, in any order
	Units int64       // of the line that was bought for resale, as far as one was
	At    time.Time   // when that was; zero: with the last order
}

// OrdersAgain gives the moment at which a buyer likely needs an item again: by
// the median interval of the buyer's own orders, or, of one who takes as many as
// a reseller, after a guess. Not while something is open, nor soon after the
// buyer was written to unasked.
func OrdersAgain(a Again, s data.Service, now time.Time) (FollowUp, bool) {
	o := a.Last
	if o.Disputed || o.Complained || o.Waits || o.Refunded || len(a.Dates) == 0 {
		return FollowUp{}, false
	}
	for _, uid := range []string{TemplateRestock, templateHoliday, "promo", "new_product", "loyalty"} {
		if now.Sub(o.Sent[uid]) < betweenMails {
			return FollowUp{}, false
		}
	}
	last := slices.MaxFunc(a.Dates, time.Time.Compare)
	interval, ok := Rhythm(a.Dates)
	kind, why := FollowUsedUp, whyUsedUp
	if !ok {
		if a.Units < int64(s.RestockUnits()) {
			return FollowUp{}, false
		}
		kind, why, interval = FollowReseller, whyReseller, resellDays*day
		if !a.At.IsZero() {
			last = a.At
		}
	}
	since := last.Add(interval)
	if now.Before(since) || now.After(since.Add(momentLasts)) {
		return FollowUp{}, false
	}
	text := why.With("item", a.Item, "times", strconv.Itoa(len(a.Dates)), "days", strconv.Itoa(int((interval+day/2)/day)),
		"date", data.FormatTime(last, s.Location(o.Shop), time.DateOnly, time.DateOnly), "units", strconv.FormatInt(a.Units, 10))
	return follow(kind, o, since, TemplateRestock, text), true
}

// Resold are the lines of an order that were likely bought for resale: those of so
// many pieces, else the largest one. Where several are, they are one, by whose title
// each stands with its pieces.
func Resold(items []data.Item, units int) []data.Item {
	lots := slices.DeleteFunc(slices.Clone(items), func(i data.Item) bool { return i.Quantity < int64(units) })
	switch {
	case len(items) == 0 || len(lots) == 1:
		return lots
	case len(lots) == 0:
		return []data.Item{slices.MaxFunc(items, func(a, b data.Item) int { return cmp.Compare(a.Quantity, b.Quantity) })}
	}
	names := make([]string, len(lots))
	for i, lot := range lots {
		names[i] = strconv.FormatInt(lot.Quantity, 10) + " × " + lot.Title
	}
	return []data.Item{{Title: strings.Join(names, ", ")}}
}

// Rhythm is the median interval between a buyer's orders; false where there are
// fewer than three that lie a week or more apart.
func Rhythm(dates []time.Time) (time.Duration, bool) {
	sorted := slices.SortedFunc(slices.Values(dates), time.Time.Compare)
	var gaps []time.Duration
	for i := 1; i < len(sorted); i++ {
		if gap := sorted[i].Sub(sorted[i-1]); gap >= shortest {
			gaps = append(gaps, gap)
		}
	}
	if len(gaps) < leastOrders-1 {
		return 0, false
	}
	slices.Sort(gaps)
	median := gaps[len(gaps)/2]
	if len(gaps)%2 == 0 {
		median = (gaps[len(gaps)/2-1] + median) / 2
	}
	return median, true
}

// FollowsHoliday gives the moment of a holiday in a country, for some buyers.
func FollowsHoliday(o Occasion, country string, buyers int) FollowUp {
	return FollowUp{
		Kind: FollowHoliday, Country: country, Occasion: o, Since: o.Day.Begin(time.UTC), Template: templateHoliday, Buyers: buyers,
		Why: whyHoliday.With("date", o.Day.String()),
	}
}
