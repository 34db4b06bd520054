package desk

import (
	"context"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/importer"
)

// place finds the order of a row: by the numbers of orders that it names, in the
// shop that was chosen if there is one, else by the tracking numbers that the
// desk knows. number is the parcel's at that order.
func (j *parcelJob) place(ctx context.Context, p *importer.Parcel) (*data.Order, string, *data.Problem, error) {
	named, err := j.lookUp(ctx, p.Orders, j.from.OrdersByNumber)
	if err != nil {
		return nil, "", nil, err
	}
	known, err := j.lookUp(ctx, p.Numbers, j.from.OrdersByTracking)
	if err != nil {
		return nil, "", nil, err
	}
	own := p.Numbers[0]
	both := slices.DeleteFunc(slices.Clone(named), func(o *data.Order) bool {
		return !slices.ContainsFunc(known, func(k *data.Order) bool { return k.ID == o.ID })
	})
	switch {
	case len(both) == 1:
		return both[0], numberAt(both[0], p), nil, nil
	case len(named) == 1 && len(known) > 0:
		if j.request.AcceptReused {
			return named[0], own, nil, nil
		}
		return nil, "", problemParcelReused.New("tracking", own, "number", named[0].Number, "other", orderNumbers(known)), nil
	case len(named) == 1:
		return named[0], own, nil, nil
	case len(named) == 0 && len(known) == 1:
		return known[0], numberAt(known[0], p), nil, nil
	case len(named)+len(known) > 0:
		return nil, "", problemParcelOrders.New("tracking", own, "orders", orderNumbers(append(named, known...))), nil
	case len(p.Orders) == 0:
		return nil, "", problemParcelUnnamed.New("tracking", own), nil
	}
	return nil, "", problemParcelOrder.New("tracking", own, "order", strings.Join(p.Orders, " / ")), nil
}

// lookUp gives the orders that a number of a row stands for: the first number
// that is known counts.
func (j *parcelJob) lookUp(ctx context.Context, numbers []string, by func(context.Context, string) ([]int64, error)) ([]*data.Order, error) {
	for _, n := range numbers {
		ids, err := by(ctx, n)
		if len(ids) == 0 && err == nil && strings.HasPrefix(n, "#") { // shops write it, carriers' pages do not take it
			ids, err = by(ctx, n[1:])
		} else if len(ids) == 0 && err == nil {
			ids, err = by(ctx, "#"+n)
		}
		if err != nil {
			return nil, err
		}
		var list []*data.Order
		for _, id := range ids[:min(len(ids), 20)] {
			o, err := j.orderAt(ctx, id)
			if err != nil {
				return nil, err
			}
			if shop := j.request.Shop.ID; shop == 0 || o.Shop.ID == shop {
				list = append(list, o)
			}
		}
		if len(list) > 0 {
			return list, nil
		}
	}
	return nil, nil
}

// orderAt gives an order as it is with the rows until now.
func (j *parcelJob) orderAt(ctx context.Context, id int64) (*data.Order, error) {
	if o := j.orders[id]; o != nil {
		return o, nil
	}
	o, err := j.from.Order(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(j.orders) >= keptParcelOrders && j.tx != nil { // a preview has what the rows change here alone
		clear(j.orders)
	}
	j.orders[id] = o
	return o, nil
}

// numberAt is the number under which an order has the parcel of a row.
func numberAt(o *data.Order, p *importer.Parcel) string {
	for _, n := range p.Numbers {
		for _, s := range o.Shipments {
			if s.Tracking != "" && plainNumber(s.Tracking) == plainNumber(n) {
				return s.Tracking
			}
		}
	}
	return p.Numbers[0]
}

func orderNumbers(orders []*data.Order) string {
	var list []string
	for _, o := range orders {
		if !slices.Contains(list, o.Number) && len(list) < 5 {
			list = append(list, o.Number)
		}
	}
	return strings.Join(list, ", ")
}
