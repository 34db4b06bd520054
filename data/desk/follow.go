package desk

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/reply"
	"casebinder/data/service"
	"casebinder/data/store"
)

// How far orders are looked at for moments to write again.
const (
	rhythmYears = 2
	greetDays   = 365
	momentCap   = 20_000 // items that were ordered again
)

// FollowUps lists the buyers who are to be asked how a solution was, the longest
// due first.
func (d *Desk) FollowUps(ctx context.Context) ([]service.FollowUp, error) {
	now := d.now()
	const longest = 400 * 24 * time.Hour // the most days that a shop can set, and the time that the moment lasts
	solved, err := d.store.SolvedBetween(ctx, now.Add(-longest), now)
	if err != nil || len(solved) == 0 {
		return nil, err
	}
	services, err := d.store.ShopServices(ctx)
	if err != nil {
		return nil, err
	}
	at := map[int64]time.Time{}
	var ids []int32
	for _, s := range solved {
		at[s.OrderID] = s.At
		ids = append(ids, int32(s.OrderID))
	}
	orders, err := d.contacts(ctx, ids)
	if err != nil {
		return nil, err
	}
	var list []service.FollowUp
	for _, o := range orders {
		if f, due := service.FollowsSolution(o, at[o.OrderID], services[o.Shop.ID], now); due {
			list = append(list, f)
		}
	}
	sortFollowUps(list)
	return list, nil
}

// MomentList is what Moments finds.
type MomentList struct {
	List   []service.FollowUp
	Doubts []data.Finding // not all was looked at
	Notes  []data.Finding // platforms that forbid messages which advertise
}

var (
	sayMomentsCapped = data.DefinePhrase("service.due.moments_capped",
		"More than 20,000 items were ordered again: only those ordered last were checked.")
	sayNoMarketing = data.DefinePhrase("service.due.no_marketing",
		"No good times to write are suggested for {platform}: advertising messages are forbidden there.")
)

// Moments lists the moments to write to buyers unasked: a holiday where they
// live, goods that are likely used up or sold on. Shops on platforms that forbid
// messages which advertise have none. It reads the orders of two years.
func (d *Desk) Moments(ctx context.Context) (MomentList, error) {
	var out MomentList
	shops, forbidden, err := d.marketingShops(ctx)
	for _, p := range forbidden {
		out.Notes = append(out.Notes, data.Finding{Rule: "due_no_marketing", Severity: data.Info, Why: sayNoMarketing.With("platform", p.Title())})
	}
	if err != nil || len(shops) == 0 {
		return out, err
	}
	again, capped, err := d.orderedAgain(ctx, shops)
	if err != nil {
		return out, err
	}
	if capped {
		out.Doubts = append(out.Doubts, data.Finding{Rule: "due_moments_capped", Severity: data.Warning, Why: sayMomentsCapped.With()})
	}
	holidays, err := d.holidays(ctx, shops)
	out.List = append(again, holidays...)
	sortFollowUps(out.List)
	return out, err
}

// orderedAgain gives the moments of buyers who order the same again, and of
// resellers.
func (d *Desk) orderedAgain(ctx context.Context, shops []int64) (list []service.FollowUp, capped bool, err error) {
	now := d.now()
	services, err := d.store.ShopServices(ctx)
	if err != nil {
		return nil, false, err
	}
	least := data.DefaultRestock
	for _, s := range services {
		least = min(least, s.RestockUnits())
	}
	repeated, err := d.store.RepeatedSince(ctx, now.AddDate(-rhythmYears, 0, 0), now.AddDate(0, 0, -7), 3, int64(least), momentCap)
	if err != nil {
		return nil, false, err
	}
	lots := make([]store.Lot, len(repeated)) // by which each is judged
	ids := make([]int32, len(repeated))
	for i := range repeated {
		units := int64(least)
		if _, rhythm := service.Rhythm(datesOf(repeated[i].Lots)); rhythm {
			units = math.MaxInt64 // told by the newest, however many it was
		}
		lots[i] = judgedBy(repeated[i].Lots, units)
		ids[i] = int32(lots[i].OrderID)
	}
	orders, err := d.contacts(ctx, ids)
	if err != nil {
		return nil, false, err
	}
	of := make(map[int64]data.Standing, len(orders))
	for _, o := range orders {
		of[o.OrderID] = o
	}
	for i, p := range repeated {
		o := of[lots[i].OrderID]
		if !slices.Contains(shops, o.Shop.ID) {
			continue
		}
		again := service.Again{Last: o, Item: p.Item, Dates: datesOf(p.Lots), Units: lots[i].Units, At: lots[i].At}
		if f, due := service.OrdersAgain(again, services[o.Shop.ID], now); due {
			list = append(list, f)
		}
	}
	return list, len(repeated) == momentCap, nil
}

func datesOf(lots []store.Lot) []time.Time {
	dates := make([]time.Time, len(lots))
	for i, lot := range lots {
		dates[i] = lot.At
	}
	return dates
}

// judgedBy is the newest line of so many pieces, else the newest of all.
func judgedBy(lots []store.Lot, units int64) store.Lot {
	return slices.MaxFunc(lots, func(a, b store.Lot) int {
		many := func(l store.Lot) int {
			if l.Units >= units {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(many(a), many(b)), a.At.Compare(b.At), cmp.Compare(a.OrderID, b.OrderID))
	})
}

// Resellers lists the buyers who are due for a restock offer, the longest due first:
// one for each item that was bought for resale.
func (d *Desk) Resellers(ctx context.Context) (MomentList, error) {
	found, err := d.Moments(ctx)
	found.List = slices.DeleteFunc(found.List, func(f service.FollowUp) bool { return f.Kind != service.FollowReseller })
	return found, err
}

// marketingShops gives the shops on platforms that let a seller advertise.
func (d *Desk) marketingShops(ctx context.Context) (ids []int64, forbidden []data.Platform, err error) {
	shops, err := d.store.Shops(ctx)
	for _, s := range shops {
		switch channel, _ := reply.ChannelOf(string(s.Platform)); {
		case !channel.NoMarketing:
			ids = append(ids, s.ID)
		case !slices.Contains(forbidden, s.Platform):
			forbidden = append(forbidden, s.Platform)
		}
	}
	return ids, forbidden, err
}

// contacts gives where orders stand, with what was said on them.
func (d *Desk) contacts(ctx context.Context, ids []int32) ([]data.Standing, error) {
	orders, err := d.store.StandingsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	return orders, d.store.AddContact(ctx, orders)
}

// holidays gives the holidays that come in the countries of buyers.
func (d *Desk) holidays(ctx context.Context, shops []int64) ([]service.FollowUp, error) {
	now := d.now()
	buyers, err := d.store.BuyersIn(ctx, now.AddDate(0, 0, -greetDays), shops)
	if err != nil {
		return nil, err
	}
	of := map[string]int{}
	for country, n := range buyers { // a platform may write a country's name
		of[service.Country(country)] += n
	}
	var list []service.FollowUp
	for country, n := range of {
		for _, o := range service.Greetings(country, data.OnDay(now), service.HolidayAhead) {
			list = append(list, service.FollowsHoliday(o, country, n))
		}
	}
	return list, nil
}

func sortFollowUps(list []service.FollowUp) {
	slices.SortFunc(list, func(a, b service.FollowUp) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Country, b.Country), cmp.Compare(a.OrderID, b.OrderID), cmp.Compare(a.Why.Args["item"], b.Why.Args["item"]))
	})
}
