package desk

import (
	"context"
	"time"

	"casebinder/data"
)

// ShippedOn gives the orders that were shipped on a day, each as its shop's clock
// counts days, the first to leave first; shop narrows to the shop of that name.
func (d *Desk) ShippedOn(ctx context.Context, day time.Time, shop string) ([]int64, error) {
	wanted, ok := data.DayOf(day)
	if !ok {
		wanted = data.OnDay(day)
	}
	near, err := d.store.OrderIDs(ctx, data.OrderQuery{Shipped: wanted.Begin(time.UTC), Sort: data.OrderByShipped, Ascending: true})
	if err != nil {
		return nil, err
	}
	var ids []int64
	for len(near) > 0 {
		n := min(shippedBatch, len(near))
		rows, err := d.store.OrderRows(ctx, near[:n])
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			zone := data.Shop{Zone: r.Zone}.Location()
			left, is := data.DayOf(r.ShippedAt)
			if !is {
				left = data.OnDay(r.ShippedAt.In(zone))
			}
			if left == wanted && (shop == "" || r.ShopName == shop) {
				ids = append(ids, r.ID)
			}
		}
		near = near[n:]
	}
	return ids, nil
}

// shippedBatch is how many orders are read at once to tell their day.
const shippedBatch = 500
