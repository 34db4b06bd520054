package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/retention"
)

// retentionMost is how many orders over their date are looked at, at once: they are
// erased a part at a time.
const retentionMost = 200

// A ShopClock is for how long a shop keeps personal data.
type ShopClock struct {
	Shop  data.Shop
	Clock retention.Clock
	Over  int  // orders over the date, at most retentionMost
	More  bool // there are more
}

// An OverdueBuyer is a buyer with orders that are over their date.
type OverdueBuyer struct {
	Shop     data.Shop
	ID       int64 // 0: of an order that names no account
	Name     string
	Orders   []int64
	Numbers  []string
	Since    time.Time // of the oldest order
	Held     []int64   // of Orders, those of which the data is needed still
	Reason   data.Text // of the first of them
	Earliest int       // days of the clock
}

// Overdue is what is over the date for which personal data is kept.
type Overdue struct {
	Clocks []ShopClock
	Buyers []OverdueBuyer
}

// Erasable gives the orders that can go, with the rule by which they are over.
func (b *OverdueBuyer) Erasable() []int64 {
	return slices.DeleteFunc(slices.Clone(b.Orders), func(id int64) bool { return slices.Contains(b.Held, id) })
}

// RetentionCount tells how many orders are over their date, up to a bound, and whether
// there are more.
func (d *Desk) RetentionCount(ctx context.Context) (n int, more bool, err error) {
	clocks, _, err := d.shopClocks(ctx)
	for _, c := range clocks {
		n, more = n+c.Over, more || c.More
	}
	return n, more, err
}

// shopClocks gives the clock of each shop, with the orders that are over it.
func (d *Desk) shopClocks(ctx context.Context) (clocks []ShopClock, over [][]int64, err error) {
	shops, err := d.store.Shops(ctx)
	if err != nil {
		return nil, nil, err
	}
	services, err := d.store.ShopServices(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, shop := range shops {
		c := ShopClock{Shop: shop}
		if c.Clock, err = retention.ClockOf(shop.Platform, services[shop.ID].KeepDays); err != nil {
			return nil, nil, err
		}
		var ids []int64
		if before := c.Clock.Before(d.now()); !before.IsZero() {
			ids, err = d.store.OrdersPast(ctx, shop.ID, before, retention.Unsure, c.Clock.After == retention.AfterCase, retentionMost+1)
			if err != nil {
				return nil, nil, err
			}
		}
		if c.More = len(ids) > retentionMost; c.More {
			ids = ids[:retentionMost]
		}
		c.Over = len(ids)
		clocks, over = append(clocks, c), append(over, ids)
	}
	return clocks, over, nil
}

// Overdue lists the buyers whose personal data is over the shop's date, the longest
// first, and why some of it is needed still. Nothing is erased by itself.
func (d *Desk) Overdue(ctx context.Context) (Overdue, error) {
	clocks, over, err := d.shopClocks(ctx)
	if err != nil {
		return Overdue{}, err
	}
	out := Overdue{Clocks: clocks}
	for i, c := range clocks {
		at := map[int64]int{}
		for _, id := range over[i] {
			if err := d.addOverdue(ctx, &out, c, at, id); err != nil {
				return out, err
			}
		}
	}
	slices.SortStableFunc(out.Buyers, func(a, b OverdueBuyer) int { return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

func (d *Desk) addOverdue(ctx context.Context, out *Overdue, c ShopClock, at map[int64]int, id int64) error {
	o, err := d.store.Order(ctx, id)
	if err != nil {
		return err
	}
	i, known := at[o.Buyer.ID]
	if !known || o.Buyer.ID == 0 {
		i = len(out.Buyers)
		at[o.Buyer.ID] = i
		out.Buyers = append(out.Buyers, OverdueBuyer{
			Shop: c.Shop, ID: o.Buyer.ID, Name: cmp.Or(o.Buyer.Name, o.Buyer.Handle, o.ShipTo.Name), Since: o.OrderedAt, Earliest: c.Clock.Days,
		})
	}
	b := &out.Buyers[i]
	b.Orders, b.Numbers = append(b.Orders, id), append(b.Numbers, o.Number)
	why, err := d.heldBy(ctx, &d.store.Reader, o, false)
	if why.Reason != "" {
		b.Held = append(b.Held, id)
		if b.Reason.English == "" {
			b.Reason = KeptReason(why)
		}
	}
	return err
}

// SetKeepDays sets for how long a shop keeps personal data: 0 is the platform's figure,
// -1 without an end. It can be undone.
func (d *Desk) SetKeepDays(ctx context.Context, shopID int64, days int) error {
	s, err := d.store.ShopService(ctx, shopID)
	if err != nil {
		return err
	}
	s.KeepDays = days
	return d.SetShopService(ctx, shopID, s)
}
