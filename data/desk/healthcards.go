package desk

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"casebinder/data/health"
)

// The networks whose programs are computed, by the words that ways of payment and
// packs name them with.
var cardNetworks = []string{"visa", "mastercard"}

const dayMillis = int64(24 * time.Hour / time.Millisecond)

// mostCardDays is how many days of sales are counted one by one.
const mostCardDays = 60

// healthCards makes card items of a shop: its sales that name a network, a day at a
// time, and its chargebacks. Reports of fraud that became no chargeback no file
// tells; the number says so by its rows. Of its days those in again are counted; nil
// is all.
func (d *Desk) healthCards(ctx context.Context, s *healthShop, again map[int64]bool) error {
	books, err := health.BuiltIn()
	if err != nil || len(health.Of(books, s.shop.Platform)) > 0 {
		return err // a platform with numbers of its own takes the cards itself
	}
	from, all := s.since(), again == nil || len(again) > mostCardDays
	s.rows.CardItems = slices.DeleteFunc(s.rows.CardItems, func(c health.CardItem) bool { return all || c.ID >= 0 || again[cardDay(c.ID)] })
	if all {
		err = d.healthSales(ctx, s, from, math.MaxInt64)
	}
	for day := range again {
		if !all && err == nil {
			err = d.healthSales(ctx, s, max(from, day*dayMillis), (day+1)*dayMillis)
		}
	}
	slices.SortFunc(s.rows.CardItems, func(a, b health.CardItem) int { return cmp.Compare(a.ID, b.ID) })
	s.chargebacks()
	return err
}

// healthSales makes card items of the sales of a time.
func (d *Desk) healthSales(ctx context.Context, s *healthShop, from, to int64) error {
	for i, network := range cardNetworks {
		days, err := d.store.HealthCards(ctx, s.shop.ID, from, to, network)
		if err != nil {
			return err
		}
		for at, n := range days {
			id := -(at*int64(len(cardNetworks)) + int64(i)) // a day's sales have no id of their own
			s.rows.CardItems = append(s.rows.CardItems, health.CardItem{ID: id, Times: n, Kind: health.CardAbsent, At: health.Moment(at*dayMillis + 1), Card: network})
		}
	}
	return nil
}

// cardDay is the day, since 1970, of the sales that were made one item.
func cardDay(id int64) int64 { return -id / int64(len(cardNetworks)) }

// cardDays are the days on which some orders were, or are, placed.
func cardDays(ids []int64, before, now []health.Order) map[int64]bool {
	days := map[int64]bool{}
	for _, id := range ids {
		for _, orders := range [][]health.Order{before, now} {
			at, found := slices.BinarySearchFunc(orders, id, func(o health.Order, id int64) int { return cmp.Compare(o.ID, id) })
			if found && orders[at].OrderedAt != 0 {
				days[int64(orders[at].OrderedAt)/dayMillis] = true
			}
		}
	}
	return days
}

// chargebacks makes card items of the shop's chargebacks, after its sales.
func (s *healthShop) chargebacks() {
	for i := range s.rows.Disputes {
		d := &s.rows.Disputes[i]
		if d.Way == health.WayChargeback && len(d.Events) > 0 {
			s.rows.CardItems = append(s.rows.CardItems, health.CardItem{ID: d.ID, Times: 1, Kind: health.CardDispute, At: d.Events[0].At, Card: cmp.Or(d.Card, health.UnknownCard)})
		}
	}
}
