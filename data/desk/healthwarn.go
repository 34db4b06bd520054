package desk

import (
	"context"

	"casebinder/data"
	"casebinder/data/health"
	"casebinder/data/pack"
)

// HealthWarning is a number of a shop that a person should look at.
type HealthWarning struct {
	Shop   data.Shop
	Number HealthNumber
}

var (
	warnBad   = data.DefinePhrase("today.health.bad", "{number} of {shop} is {value}: {level}.")
	warnClose = data.DefinePhrase("today.health.close", "{number} of {shop} is {value}: one more case, and it no longer meets what the platform asks.")
	warnNext  = data.DefinePhrase("today.health.next", "{number} of {shop} is {value} today and {next} from tomorrow on: {level}.")
	warnFirst = data.DefinePhrase("today.health.first", "{number} of {shop} counts nothing today and is {next} from tomorrow on: {level}.")
	warnLevel = data.DefinePhrase("today.health.level", "{number} of {shop} is {value}: one more case, and its level is “{level}”.")
)

// Why says what of the number is to be looked at.
func (w *HealthWarning) Why() data.Text {
	n := w.Number
	why, args := warnClose, []any{"number", pack.Text(n.Metric.Title), "shop", w.Shop.Name, "value", health.Share(n.Value())}
	good, known := n.Good()
	next, told := n.Next.Good()
	switch {
	case known && !good:
		why, args = warnBad, append(args, "level", pack.Text(n.Level.Title))
	case told && !next:
		if why = warnNext; n.NA() {
			why = warnFirst
		}
		args = append(args, "next", health.Share(n.Next.Value()), "level", pack.Text(n.Next.Level.Title))
	case n.ToWorse == 1 && n.Worse != nil && n.Worse.Good:
		why, args = warnLevel, append(args, "level", pack.Text(n.Worse.Title))
	}
	return why.With(args...)
}

// HealthWarnings gives the numbers that do not meet what their platform asks for,
// then those that one more case, or the end of today, would make so, then those that
// one more case would bring to a worse level.
func (d *Desk) HealthWarnings(ctx context.Context, shopID int64) ([]HealthWarning, error) {
	list, err := d.Health(ctx, HealthAsk{ShopID: shopID})
	if err != nil {
		return nil, err
	}
	var bad, near, lower []HealthWarning
	for _, shop := range list {
		for _, n := range shop.Numbers {
			good, known := n.Good()
			next, told := n.Next.Good()
			one := n.ToWorse == 1 && n.Worse != nil
			switch {
			case known && !good:
				bad = append(bad, HealthWarning{shop.Shop, n})
			// Also of one that counts nothing today. That such a number will be good tomorrow and
			// a case away from bad is no warning: it is the state of each shop with few orders on
			// its first day, and from tomorrow on the line says it.
			case one && !n.Worse.Good || told && !next:
				near = append(near, HealthWarning{shop.Shop, n})
			case one:
				lower = append(lower, HealthWarning{shop.Shop, n})
			}
		}
	}
	return append(append(bad, near...), lower...), nil
}
