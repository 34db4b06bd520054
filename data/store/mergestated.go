package store

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"casebinder/data"
)

// What a person wrote down of an order gives way to a file that tells it, but not
// to one that does not know it yet: an export from before still says “to ship”,
// and a platform goes on telling the address of the transaction.

// mergeStatedTime is a time after a file told of it: a person's gives way to any
// that a file tells, also to a day.
func mergeStatedTime(old *data.Order, name string, was, told time.Time) time.Time {
	if old.IsStated(name) {
		return known(was, told)
	}
	return knownTime(was, told)
}

// behindStated reports whether a file tells a status that lies before the one that
// a person wrote down.
func behindStated(old, told *data.Order) bool {
	return old.IsStated(data.StatedStatus) && old.Status.GoesBack(told.Status)
}

// keepRefund leaves the refund that a person wrote down where a file tells of less.
func keepRefund(o, old, told *data.Order) {
	if old.IsStated(data.StatedRefunded) && !told.Refunded.IsZero() && o.Refunded.Currency == old.Refunded.Currency && o.Refunded.Minor < old.Refunded.Minor {
		o.Refunded = old.Refunded
	}
}

// mergeShipTo is the address after a file told of it. One that a person changed
// stays, unless the file tells the same, or is newer and tells a third one.
func mergeShipTo(old, told *data.Order) data.Address {
	mine, stated := old.Stated[data.StatedShipTo]
	switch {
	case !stated, sameAddress(old.ShipTo, told.ShipTo):
		return mergeAddress(old.ShipTo, told.ShipTo)
	case told.SourceTime.After(mine.At) && !sameAddress(mine.Was, told.ShipTo):
		return mergeAddress(old.ShipTo, told.ShipTo)
	}
	return old.ShipTo
}

// sameAddress reports whether an address that a file tells, perhaps in part, is a
// known one, however it is written.
func sameAddress(known, told data.Address) bool {
	same := func(a, b string) bool { return b == "" || unmarked(a) == unmarked(b) }
	return same(known.Line1+known.Line2+known.Line3, told.Line1+told.Line2+told.Line3) &&
		same(known.Postcode, told.Postcode) && same(known.City, told.City) && same(known.Country, told.Country) && same(known.Name, told.Name)
}

// unmarked keeps letters and digits alone, in lower case.
func unmarked(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// settle gives what is a person's word still, of what was before a file told of the
// order: what the file tells as well is the file's.
func settle(o *data.Order, stated map[string]data.Stated, told *data.Order) map[string]data.Stated {
	if len(stated) == 0 {
		return nil
	}
	rest := maps.Clone(stated)
	for name, mine := range stated {
		switch {
		case tells(o, told, name):
			delete(rest, name)
		case name == data.StatedShipTo && mine.Was == data.Address{} && told.ShipTo != data.Address{}:
			mine.Was = told.ShipTo // the transaction's, which no file had told
			rest[name] = mine
		}
	}
	if len(rest) == 0 {
		return nil
	}
	return rest
}

// tells reports whether a file tells a fact as the order has it now.
func tells(o, told *data.Order, name string) bool {
	switch name {
	case data.StatedStatus:
		return told.Status == o.Status && told.Status != data.StatusUnknown ||
			o.Status == data.StatusShipped && !told.ShippedAt.IsZero() || o.Status == data.StatusDelivered && !told.DeliveredAt.IsZero()
	case data.StatedShipped:
		return !told.ShippedAt.IsZero() && told.ShippedAt.Equal(o.ShippedAt)
	case data.StatedDelivered:
		return !told.DeliveredAt.IsZero() && told.DeliveredAt.Equal(o.DeliveredAt)
	case data.StatedRefunded:
		return !told.Refunded.IsZero() && (told.Refunded == o.Refunded || len(told.Parts) > 0 && o.PartsRefunded() == o.Refunded)
	case data.StatedShipTo:
		return told.ShipTo.Line1 != "" && sameAddress(o.ShipTo, told.ShipTo)
	case data.StatedPayment:
		return !told.Payment.IsZero()
	case data.StatedCanceled:
		return !told.Fate.CanceledAt.IsZero() || told.Fate.CanceledBy != ""
	case data.StatedReceipt:
		return !told.Fate.ConfirmedAt.IsZero()
	}
	return false
}

// keptAgainst names what of an order stays a person's word although a file tells
// other.
func keptAgainst(o, told *data.Order) []string {
	var names []string
	for name, mine := range o.Stated {
		against := false
		switch name {
		case data.StatedStatus:
			against = told.Status != data.StatusUnknown && told.Status != "" && told.Status != o.Status
		case data.StatedRefunded:
			against = !told.Refunded.IsZero() && told.Refunded != o.Refunded
		case data.StatedShipTo:
			against = told.ShipTo.Line1 != "" && (sameAddress(mine.Was, told.ShipTo) || !sameAddress(o.ShipTo, told.ShipTo))
		}
		if against {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
