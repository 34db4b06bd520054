package store

import (
	"maps"
	"reflect"
	"slices"
	"time"

	"casebinder/data"
)

// known takes what the file tells, and keeps what it does not.
func known[T comparable](old, told T) T {
	var nothing T
	if told == nothing {
		return old
	}
	return told
}

// knownTime is known for times: a file that tells of the day alone takes nothing
// from a desk that knows the time of that day. Midnight is what a day was kept as
// before it had a form of its own, and gives way.
func knownTime(old, told time.Time) time.Time {
	within := !old.Before(data.Earliest(told)) && !old.After(data.Latest(told))
	if data.IsDay(told) && !old.IsZero() && !data.IsDay(old) && within && !old.Equal(data.Earliest(told)) {
		return old
	}
	return known(old, told)
}

func mergeBuyer(old, told data.Buyer) data.Buyer {
	return data.Buyer{
		ID: old.ID, Platform: known(old.Platform, told.Platform), Handle: known(old.Handle, told.Handle), Name: known(old.Name, told.Name),
		Email: known(old.Email, told.Email), Phone: known(old.Phone, told.Phone), Country: known(old.Country, told.Country),
		Language: known(old.Language, told.Language),
	}
}

// mergeOrder is the order after a file told of it: what the file does not know
// stays, the seller's note stays, items and parcels are matched.
func mergeOrder(old, told *data.Order) *data.Order {
	o := *old
	o.Buyer = mergeBuyer(old.Buyer, told.Buyer)
	if old.Buyer.Handle != "" && told.Buyer.Handle == told.MadeUpHandle() {
		o.Buyer.Handle = old.Buyer.Handle // a file that tells no handle makes no other buyer of this one
	}
	if told.Status != data.StatusUnknown && !behindStated(old, told) {
		o.Status = known(old.Status, told.Status)
	}
	o.PlatformStatus = known(old.PlatformStatus, told.PlatformStatus)
	o.Shipping = known(old.Shipping, told.Shipping)
	o.PaymentMethod = known(old.PaymentMethod, told.PaymentMethod)
	o.PaymentRef = known(old.PaymentRef, told.PaymentRef)
	o.OrderedAt = knownTime(old.OrderedAt, told.OrderedAt)
	o.PaidAt = knownTime(old.PaidAt, told.PaidAt)
	o.ShipBy = knownTime(old.ShipBy, told.ShipBy)
	o.ShippedAt = mergeStatedTime(old, data.StatedShipped, old.ShippedAt, told.ShippedAt)
	o.DeliveredAt = mergeStatedTime(old, data.StatedDelivered, old.DeliveredAt, told.DeliveredAt)
	o.DeliverBy = knownTime(old.DeliverBy, told.DeliverBy)
	o.Payment = old.Payment.Merged(told.Payment)
	o.Fate = old.Fate.Merged(told.Fate)
	o.ShipTo = mergeShipTo(old, told)
	o.BuyerNote = known(old.BuyerNote, told.BuyerNote)
	o.SellerNote = known(told.SellerNote, old.SellerNote)
	o.Items = mergeItems(old.Items, told.Items)
	o.Shipments = mergeShipments(old.Shipments, told.Shipments)
	mergeAmounts(&o, old, told)
	keepRefund(&o, old, told)
	if old.TellsSome(told) && !o.FullyRefunded() { // one unit's status is not the order's
		o.Status = o.UnitsStatus(told.Parts[0].Source)
	}
	if len(told.Extra) > 0 {
		o.Extra = maps.Clone(told.Extra)
		for name, value := range old.Extra {
			o.Extra[name] = known(value, o.Extra[name])
		}
	}
	if told.SourceTime.After(old.SourceTime) {
		o.SourceTime = told.SourceTime
	}
	o.Stated = settle(&o, old.Stated, told)
	return &o
}

// mergeUnder is the order after a file told of an older state of it: what is known
// stays, and what only the file knows is added.
func mergeUnder(known, told *data.Order) *data.Order {
	o := mergeOrder(mergeOrder(known, told), known)
	o.Stated = settle(o, known.Stated, told)
	return o
}

// mergeAmounts gives an order its total and what was refunded. Where files tell
// them row by row, they are the sums over all rows that any file told, so that
// the order of the files does not matter; else the file's word counts.
func mergeAmounts(o, old, told *data.Order) {
	if len(old.Parts)+len(told.Parts) == 0 {
		o.Total, o.Refunded = known(old.Total, told.Total), known(old.Refunded, told.Refunded)
		return
	}
	o.Parts = slices.Clone(old.Parts)
	for _, p := range told.Parts {
		o.AddPart(p)
	}
	o.Total = stated(old, told, (*data.Order).PartsTotal, func(x *data.Order) data.Money { return x.Total })
	if o.Total.IsZero() {
		o.Total = o.PartsTotal()
	}
	o.Refunded = stated(old, told, (*data.Order).PartsRefunded, func(x *data.Order) data.Money { return x.Refunded })
	if sum := o.PartsRefunded(); o.Refunded.IsZero() || sum.Currency == o.Refunded.Currency && sum.Minor > o.Refunded.Minor {
		o.Refunded = sum
	}
	if o.FullyRefunded() && o.Status != data.StatusCanceled {
		o.Status = data.StatusRefunded
	} else if old.FullyRefunded() && o.Status == data.StatusRefunded && told.Status != data.StatusRefunded {
		o.Status = o.StatusByDates() // what was refunded came back
	}
	o.Items = countItems(o)
}

// stated is an amount that a file or a person stated as a whole, the newer one;
// zero where the rows alone say it.
func stated(old, told *data.Order, sum, amount func(*data.Order) data.Money) data.Money {
	for _, o := range []*data.Order{told, old} {
		if m := amount(o); !m.IsZero() && m != sum(o) {
			return m
		}
	}
	return data.Money{}
}

// countItems counts the units of items by the rows that told of them: one item may
// have been sent in parts, each in a file of its own. An item of which no unit is
// left goes.
func countItems(o *data.Order) []data.Item {
	units, told, off := map[string]map[string]int64{}, map[string]bool{}, o.OffParts()
	for _, p := range o.Parts {
		if p.Refund || p.Item == "" {
			continue
		}
		if units[p.Item] == nil {
			units[p.Item] = map[string]int64{}
		}
		if !off(p) {
			units[p.Item][p.Source] += p.Quantity
		}
		told[p.Item] = true
	}
	var items []data.Item
	for _, it := range o.Items {
		if told[it.ExternalID] {
			var most int64
			for _, n := range units[it.ExternalID] {
				most = max(most, n)
			}
			if it.Quantity = most; most == 0 {
				continue
			}
		}
		items = append(items, it)
	}
	return items
}

// unsure reports whether an order's total cannot be known: two kinds of files add
// up to two totals, or their rows to another one than was stated.
func unsure(o *data.Order) bool {
	sum := o.PartsTotal()
	return o.PartsDiffer() || !sum.IsZero() && sum != o.Total
}

// mergeAddress takes the lines of a new street together: a second line of the
// old street would lead astray.
func mergeAddress(old, told data.Address) data.Address {
	a := data.Address{
		Name: known(old.Name, told.Name), Line1: told.Line1, Line2: told.Line2, Line3: told.Line3,
		City: known(old.City, told.City), State: known(old.State, told.State), Postcode: known(old.Postcode, told.Postcode),
		Country: known(old.Country, told.Country), Phone: known(old.Phone, told.Phone),
	}
	if told.Line1 == "" || told.Line1 == old.Line1 {
		a.Line1 = known(old.Line1, told.Line1)
		a.Line2 = known(old.Line2, told.Line2)
		a.Line3 = known(old.Line3, told.Line3)
	}
	return a
}

// mergeItems puts each told item in the place of the known one that it is: by
// the platform's id, else by SKU, by title, or by position when one side has
// no id. What is not matched is added; nothing is taken away, because a file
// may list a part of an order.
func mergeItems(old, told []data.Item) []data.Item {
	if len(told) == 0 {
		return old
	}
	items := append([]data.Item(nil), old...)
	taken := make([]bool, len(old))
	for i, it := range told {
		at := matchItem(old, taken, it, i)
		if at < 0 {
			items = append(items, it)
			continue
		}
		taken[at] = true
		o := old[at]
		items[at] = data.Item{
			ExternalID: known(o.ExternalID, it.ExternalID), SKU: known(o.SKU, it.SKU), Title: known(o.Title, it.Title),
			Variation: known(o.Variation, it.Variation), Quantity: known(o.Quantity, it.Quantity), Price: known(o.Price, it.Price),
		}
	}
	return items
}

// matchItem finds the stored item that an item of an import is, by the surest
// sign that one has; -1 for none.
func matchItem(old []data.Item, taken []bool, it data.Item, position int) int {
	for _, same := range []func(o, it data.Item) bool{sameExternalID, sameSKU, sameTitle} {
		for i, o := range old {
			if !taken[i] && same(o, it) {
				return i
			}
		}
	}
	if position < len(old) && !taken[position] && oneWithoutID(old[position], it) && !apart(old[position], it) {
		return position
	}
	return -1
}

func oneWithoutID(o, it data.Item) bool { return o.ExternalID == "" || it.ExternalID == "" }

func sameExternalID(o, it data.Item) bool {
	return it.ExternalID != "" && o.ExternalID == it.ExternalID
}

func sameSKU(o, it data.Item) bool {
	return it.SKU != "" && oneWithoutID(o, it) && o.SKU == it.SKU && (o.Variation == it.Variation || o.Variation == "" || it.Variation == "")
}

func sameTitle(o, it data.Item) bool {
	return oneWithoutID(o, it) && o.Title == it.Title && (o.SKU == "" || it.SKU == "") && o.Variation == it.Variation
}

// apart reports whether two items cannot be one: they have two SKUs, or nothing
// but two titles.
func apart(a, b data.Item) bool {
	differ := func(x, y string) bool { return x != "" && y != "" && x != y }
	return differ(a.SKU, b.SKU) || a.SKU+b.SKU+a.ExternalID+b.ExternalID == "" && differ(a.Title, b.Title)
}

// mergeShipments matches parcels by tracking number. A parcel that one side
// knows without its number is the one that the other side knows with it, where
// both go the same way: what is sent again or back is not what was ordered.
func mergeShipments(old, told []data.Shipment) []data.Shipment {
	if len(told) == 0 {
		return old
	}
	list := append([]data.Shipment(nil), old...)
	taken := make([]bool, len(old))
	for _, s := range told {
		at := -1
		for i, o := range list[:len(old)] {
			if !taken[i] && o.Tracking == s.Tracking && (s.Tracking != "" || o.Kind == s.Kind) {
				at = i
				break
			}
		}
		for i, o := range list[:len(old)] {
			if at < 0 && !taken[i] && o.Kind == s.Kind && (o.Tracking == "" || s.Tracking == "") {
				at = i
			}
		}
		if at < 0 {
			list = append(list, s)
			continue
		}
		taken[at] = true
		o := list[at]
		list[at] = data.Shipment{
			ID: o.ID, Carrier: known(o.Carrier, s.Carrier), Service: known(o.Service, s.Service), Tracking: known(o.Tracking, s.Tracking),
			ShippedAt: knownTime(o.ShippedAt, s.ShippedAt), DeliveredAt: knownTime(o.DeliveredAt, s.DeliveredAt), Events: mergeEvents(o.Events, s.Events),
			Told: mergeTold(&o, &s), Kind: known(o.Kind, s.Kind), PromisedAt: knownTime(o.PromisedAt, s.PromisedAt), Weight: known(o.Weight, s.Weight),
			Postcode: known(o.Postcode, s.Postcode), SignedBy: known(o.SignedBy, s.SignedBy), LostAt: knownTime(o.LostAt, s.LostAt),
		}
	}
	return list
}

// mergeTold is who told of a parcel: the file that does, but for one whose
// shipping the seller alone dates.
func mergeTold(old, told *data.Shipment) data.Teller {
	if old.Told == data.TellerPerson && !old.ShippedAt.IsZero() && told.ShippedAt.IsZero() {
		return old.Told
	}
	return known(old.Told, told.Told)
}

// mergeEvents adds the scans that are not known. One that a person wrote down is
// the file's once a file tells it too.
func mergeEvents(old, told []data.TrackingEvent) []data.TrackingEvent {
	events := slices.Clone(old)
	for _, e := range told {
		at := slices.IndexFunc(old, func(o data.TrackingEvent) bool { return o.At.Equal(e.At) && o.Place == e.Place && o.Text == e.Text })
		switch {
		case at < 0:
			events = append(events, e)
		case e.Told == data.TellerFile:
			events[at].Told = e.Told
		}
	}
	return events
}

// toldByFile says of the parcels and scans of an order that a file told them.
func toldByFile(o *data.Order) {
	for i := range o.Shipments {
		s := &o.Shipments[i]
		s.Told = data.TellerFile
		for k := range s.Events {
			s.Events[k].Told = data.TellerFile
		}
	}
}

// stored brings an order into the form that it has after it was stored: times
// in UTC and milliseconds, parcels with one tracking number as one.
func stored(o *data.Order) {
	for _, at := range []*time.Time{&o.OrderedAt, &o.PaidAt, &o.ShipBy, &o.ShippedAt, &o.DeliveredAt, &o.DeliverBy, &o.SourceTime, &o.Payment.Seen, &o.Fate.CanceledAt, &o.Fate.ConfirmedAt, &o.Fate.TrackingToldAt} {
		*at = storedTime(*at)
	}
	o.Shipments = oneEach(o.Shipments)
	for i := range o.Shipments {
		s := &o.Shipments[i]
		for _, at := range []*time.Time{&s.ShippedAt, &s.DeliveredAt, &s.PromisedAt, &s.LostAt} {
			*at = storedTime(*at)
		}
		for k := range s.Events {
			s.Events[k].At = storedTime(s.Events[k].At)
		}
	}
}

// oneEach folds parcels that a file lists twice.
func oneEach(list []data.Shipment) []data.Shipment {
	var kept []data.Shipment
	for i, s := range list {
		twin := false
		for k := range kept {
			if kept[k].Tracking == s.Tracking && (s.Tracking != "" || kept[k].Kind == s.Kind) {
				kept[k], twin = mergeShipments(kept[k:k+1], list[i:i+1])[0], true
			}
		}
		if !twin {
			kept = append(kept, s)
		}
	}
	return kept
}

func storedTime(at time.Time) time.Time {
	if at.IsZero() {
		return time.Time{}
	}
	return time.UnixMilli(at.UnixMilli()).UTC()
}

// sameOrder compares what two orders say, apart from when they were told and
// from row ids.
func sameOrder(a, b *data.Order) bool {
	if len(a.Items) != len(b.Items) || len(a.Shipments) != len(b.Shipments) || !maps.Equal(a.Extra, b.Extra) {
		return false
	}
	for i := range a.Items {
		if a.Items[i] != b.Items[i] {
			return false
		}
	}
	for i := range a.Shipments {
		if !sameShipment(a.Shipments[i], b.Shipments[i]) {
			return false
		}
	}
	x, y := *a, *b
	for _, o := range []*data.Order{&x, &y} {
		o.Items, o.Shipments, o.Extra, o.SourceTime = nil, nil, nil, time.Time{}
		o.ID, o.Buyer.ID, o.Shop = 0, 0, data.Shop{}
	}
	return reflect.DeepEqual(x, y)
}

func sameShipment(a, b data.Shipment) bool {
	if len(a.Events) != len(b.Events) {
		return false
	}
	for i := range a.Events {
		if a.Events[i].Place != b.Events[i].Place || a.Events[i].Text != b.Events[i].Text || !a.Events[i].At.Equal(b.Events[i].At) || a.Events[i].Told != b.Events[i].Told {
			return false
		}
	}
	a.ID, a.Events, b.ID, b.Events = 0, nil, 0, nil
	return reflect.DeepEqual(a, b)
}
