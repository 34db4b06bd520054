package show

import (
	"time"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// FateFacts say what became of an order, as platforms count it: who canceled it and
// why, when receipt was confirmed, who ships it, why it came back.
func FateFacts(o *data.Order, now time.Time) []kit.Fact {
	f, zone := &o.Fate, o.Shop.Zone
	fact := func(key string, at time.Time, parts ...string) kit.Fact {
		value := words.Join(" · ", append([]string{words.Time(at, zone, now)}, parts...)...)
		return kit.Fact{Label: words.T(key), Value: value, Tip: words.TimeFull(at, zone)}
	}
	of := func(group, word string) string {
		if word == "" {
			return ""
		}
		return words.T(group + "." + word)
	}
	var list []kit.Fact
	add := func(told bool, one kit.Fact) {
		if told {
			list = append(list, one)
		}
	}
	add(!f.CanceledAt.IsZero() || f.CanceledBy != "" || f.CancelReason != "",
		fact("order.fact.canceled", f.CanceledAt, of("actor", string(f.CanceledBy)), of("cancel_reason", string(f.CancelReason))))
	add(!f.ConfirmedAt.IsZero(), fact("order.fact.confirmed", f.ConfirmedAt, of("confirmed_how", f.ConfirmedHow)))
	add(f.FulfilledBy != "", fact("order.fact.fulfilled", time.Time{}, of("fulfilled", f.FulfilledBy)))
	add(f.ReturnReason != "", fact("order.fact.returned", time.Time{}, of("reason", string(f.ReturnReason))))
	return list
}

// CancelFields are the fields of who canceled an order and why, to be read into by
// and reason.
func CancelFields(by *data.Actor, reason *data.CancelReason) (fields []*kit.Field, first *kit.Choice[data.Actor], read func()) {
	whom := []kit.Option[data.Actor]{{Text: words.T("order.write.unknown")}}
	for _, a := range []data.Actor{data.ActorBuyer, data.ActorSeller, data.ActorPlatform} {
		whom = append(whom, kit.Option[data.Actor]{Value: a, Text: words.Of("actor", a)})
	}
	why := []kit.Option[data.CancelReason]{{Text: words.T("order.write.unknown")}}
	for _, r := range data.CancelReasons()[1:] {
		why = append(why, kit.Option[data.CancelReason]{Value: r, Text: words.Of("cancel_reason", r)})
	}
	who, what := kit.NewChoice(whom, *by, nil), kit.NewChoice(why, *reason, nil)
	fields = []*kit.Field{{Label: words.T("order.write.by"), Object: who, Hint: words.T("order.write.by.hint")}, {Label: words.T("order.write.reason"), Object: what}}
	return fields, who, func() { *by, *reason = who.Value(), what.Value() }
}
