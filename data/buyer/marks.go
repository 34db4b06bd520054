package buyer

import (
	"net/netip"
	"slices"
	"strings"

	"casebinder/data"
)

// MarksOf gives the marks of the buyer of an order. What a platform or a
// forwarder gives out, and what is typed in place of a fact, gives none.
func MarksOf(o *data.Order) []data.BuyerMark {
	var marks []data.BuyerMark
	add := func(kind data.MarkKind, value string) {
		m := data.BuyerMark{Kind: kind, Value: value}
		if value != "" && !slices.Contains(marks, m) {
			marks = append(marks, m)
		}
	}
	country := o.ShipTo.Country
	if country == "" {
		country = o.Buyer.Country
	}
	add(data.MarkEmail, Mailbox(o.Buyer.Email))
	if strings.Contains(o.Buyer.Handle, "@") { // where a platform has no handle, the mail stands for one
		add(data.MarkEmail, Mailbox(o.Buyer.Handle))
	}
	add(data.MarkPhone, Phone(o.Buyer.Phone, country))
	add(data.MarkPhone, Phone(o.ShipTo.Phone, country))
	to := o.ShipTo
	if to.Country == "" {
		to.Country = country
	}
	add(data.MarkAddress, Place(to))
	add(data.MarkPayer, Mailbox(o.Payment.Email))
	add(data.MarkIP, Address(o.Payment.IP))
	return marks
}

// Address is an IP address in the form in which it is compared; of version 6 the
// network of a household. "" where it is none that can be told from others.
func Address(ip string) string {
	a, err := netip.ParseAddr(strings.TrimSpace(ip))
	if err != nil {
		return ""
	}
	a = a.Unmap().WithZone("")
	shared := netip.MustParsePrefix("100.64.0.0/10") // by many households at once, RFC 6598
	if !a.IsGlobalUnicast() || a.IsPrivate() || shared.Contains(a) {
		return ""
	}
	if a.Is6() {
		net, err := a.Prefix(64)
		if err != nil {
			return ""
		}
		return net.String()
	}
	return a.String()
}
