package store

import (
	"maps"
	"reflect"
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
	if told.Status != data.StatusUnknown {
		o.Status = known(old.Status, told.Status)
	}
	o.PlatformStatus = known(old.PlatformStatus, told.PlatformStatus)
	o.Total = known(old.Total, told.Total)
	o.Shipping = known(old.Shipping, told.Shipping)
	o.Refunded = known(old.Refunded, told.Refunded)
	o.PaymentMethod = known(old.PaymentMethod, told.PaymentMethod)
	o.PaymentRef = known(old.PaymentRef, told.PaymentRef)
	o.OrderedAt = known(old.OrderedAt, told.OrderedAt)
	o.PaidAt = known(old.PaidAt, told.PaidAt)
	o.ShipBy = known(old.ShipBy, told.ShipBy)
	o.ShippedAt = known(old.ShippedAt, told.ShippedAt)
	o.DeliveredAt = known(old.DeliveredAt, told.DeliveredAt)
	o.ShipTo = mergeAddress(old.ShipTo, told.ShipTo)
	o.BuyerNote = known(old.BuyerNote, told.BuyerNote)
	o.SellerNote = known(told.SellerNote, old.SellerNote)
	o.Items = mergeItems(old.Items, told.Items)
	o.Shipments = mergeShipments(old.Shipments, told.Shipments)
	if len(told.Extra) > 0 {
		o.Extra = maps.Clone(told.Extra)
		for name, value := range old.Extra {
			o.Extra[name] = known(value, o.Extra[name])
		}
	}
	if told.SourceTime.After(old.SourceTime) {
		o.SourceTime = told.SourceTime
	}
	return &o
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

func matchItem(old []data.Item, taken []bool, it data.Item, position int) int {
	find := func(same func(data.Item) bool) int {
		for i, o := range old {
			if !taken[i] && same(o) {
				return i
			}
		}
		return -1
	}
	oneWithoutID := func(o data.Item) bool { return o.ExternalID == "" || it.ExternalID == "" }
	if it.ExternalID != "" {
		if at := find(func(o data.Item) bool { return o.ExternalID == it.ExternalID }); at >= 0 {
			return at
		}
	}
	if it.SKU != "" {
		same := func(o data.Item) bool {
			return oneWithoutID(o) && o.SKU == it.SKU && (o.Variation == it.Variation || o.Variation == "" || it.Variation == "")
		}
		if at := find(same); at >= 0 {
			return at
		}
	}
	if at := find(func(o data.Item) bool {
		return oneWithoutID(o) && o.Title == it.Title && (o.SKU == "" || it.SKU == "") && o.Variation == it.Variation
	}); at >= 0 {
		return at
	}
	if position < len(old) && !taken[position] && oneWithoutID(old[position]) {
		return position
	}
	return -1
}

// mergeShipments matches parcels by tracking number. A parcel that one side
// knows without its number is the one that the other side knows with it.
func mergeShipments(old, told []data.Shipment) []data.Shipment {
	if len(told) == 0 {
		return old
	}
	list := append([]data.Shipment(nil), old...)
	taken := make([]bool, len(old))
	for _, s := range told {
		at := -1
		for i, o := range list[:len(old)] {
			if !taken[i] && o.Tracking == s.Tracking {
				at = i
				break
			}
		}
		for i, o := range list[:len(old)] {
			if at < 0 && !taken[i] && (o.Tracking == "" || s.Tracking == "") {
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
			ShippedAt: known(o.ShippedAt, s.ShippedAt), DeliveredAt: known(o.DeliveredAt, s.DeliveredAt), Events: mergeEvents(o.Events, s.Events),
		}
	}
	return list
}

func mergeEvents(old, told []data.TrackingEvent) []data.TrackingEvent {
	events := old
	for _, e := range told {
		seen := false
		for _, o := range old {
			seen = seen || o.At.Equal(e.At) && o.Place == e.Place && o.Text == e.Text
		}
		if !seen {
			events = append(events[:len(events):len(events)], e)
		}
	}
	return events
}

// stored brings an order into the form that it has after it was stored: times
// in UTC and milliseconds, parcels with one tracking number as one.
func stored(o *data.Order) {
	for _, at := range []*time.Time{&o.OrderedAt, &o.PaidAt, &o.ShipBy, &o.ShippedAt, &o.DeliveredAt, &o.SourceTime} {
		*at = storedTime(*at)
	}
	o.Shipments = oneEach(o.Shipments)
	for i := range o.Shipments {
		s := &o.Shipments[i]
		s.ShippedAt, s.DeliveredAt = storedTime(s.ShippedAt), storedTime(s.DeliveredAt)
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
			if kept[k].Tracking == s.Tracking {
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
		if a.Events[i].Place != b.Events[i].Place || a.Events[i].Text != b.Events[i].Text || !a.Events[i].At.Equal(b.Events[i].At) {
			return false
		}
	}
	return a.Carrier == b.Carrier && a.Service == b.Service && a.Tracking == b.Tracking &&
		a.ShippedAt.Equal(b.ShippedAt) && a.DeliveredAt.Equal(b.DeliveredAt)
}
