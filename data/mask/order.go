package mask

import (
	"maps"
	"slices"
	"strings"

	"casebinder/data"
)

// builder collects what is known from an order.
type builder struct {
	m *Masker
	o data.Order
}

// build reads the order: first what stays and what is common, then what goes.
func (b *builder) build(people []string) {
	b.goods()
	b.guards()
	names := append([]string{b.o.Buyer.Name, b.o.ShipTo.Name}, people...)
	lines := []string{b.o.ShipTo.Line1, b.o.ShipTo.Line2, b.o.ShipTo.Line3}
	phones := []string{b.o.Buyer.Phone, b.o.ShipTo.Phone}
	mails := []string{b.o.Buyer.Email, b.o.Payment.Email}
	names = append(names, b.o.Payment.Payer, b.o.Payment.Holder)
	for _, a := range b.paid() {
		names, phones = append(names, a.Name), append(phones, a.Phone)
		lines = append(lines, a.Line1, a.Line2, a.Line3)
	}
	for _, header := range slices.Sorted(maps.Keys(b.o.Extra)) {
		value := b.o.Extra[header]
		switch columnKind(header, value) {
		case data.MaskName:
			names = append(names, value)
		case data.MaskAddress:
			lines = append(lines, value)
		case data.MaskPhone:
			phones = append(phones, value)
		case data.MaskEmail:
			mails = append(mails, value)
		case data.MaskPayment:
		}
	}
	for _, name := range names {
		if !b.isShop(name) {
			b.name(name)
		}
	}
	b.handle(b.o.Buyer.Handle, names)
	for _, line := range lines {
		b.street(line)
	}
	b.postcode(b.o.ShipTo.Postcode)
	for _, a := range b.paid() {
		b.postcode(a.Postcode)
	}
	for _, phone := range phones {
		b.phone(phone)
	}
	for _, mail := range mails {
		b.mail(mail)
	}
}

// paid lists the addresses that the payment names.
func (b *builder) paid() []data.Address {
	return []data.Address{b.o.Payment.Address, b.o.Payment.Billing}
}

// isShop reports a writer who is no person: the shop, the platform, or a buyer
// known by a handle alone, which package doc speaks of.
func (b *builder) isShop(name string) bool {
	key := skeleton(name)
	return key == "" || key == skeleton(b.o.Shop.Name) || key == skeleton(string(b.o.Shop.Platform)) || key == skeleton(b.o.Shop.Platform.Title()) ||
		key == skeleton(b.o.Buyer.Handle) && key != skeleton(b.o.Buyer.Name)
}

// goods collects the words of the goods, the shop and the carriers.
func (b *builder) goods() {
	texts := []string{b.o.Shop.Name, b.o.Shop.Platform.Title()}
	for _, item := range b.o.Items {
		texts = append(texts, item.Title, item.Variation)
	}
	for _, s := range b.o.Shipments {
		texts = append(texts, s.Carrier, s.Service)
	}
	for _, text := range texts {
		for _, w := range wordsOf(text) {
			b.m.goods[w.fold] = true
		}
	}
	places := []string{b.o.Buyer.Country}
	for _, a := range append(b.paid(), b.o.ShipTo) {
		places = append(places, a.City, a.State, a.Postcode, a.Country)
	}
	for _, text := range places {
		if key := skeleton(text); key != "" {
			b.m.stays[key] = true
		}
	}
}

// guards collects the numbers of the order, which are no phones.
func (b *builder) guards() {
	numbers := []string{b.o.Number, b.o.PaymentRef}
	for _, item := range b.o.Items {
		numbers = append(numbers, item.ExternalID, item.SKU)
	}
	for _, s := range b.o.Shipments {
		numbers = append(numbers, s.Tracking)
	}
	for header, value := range b.o.Extra {
		if columnKind(header, value) == "" && hasAny(header, "id", "number", "reference", "tracking", "invoice", "transaction", "编号", "单号", "號") {
			numbers = append(numbers, value)
		}
	}
	for _, number := range numbers {
		if units := fold(number).units; len(units) >= 4 && digits(number) > 0 {
			b.m.known.add(units, pattern{role: guard})
		}
	}
}

// columnKind tells from a column's header whether it holds personal data; ""
// when not.
func columnKind(header, value string) data.MaskKind {
	h := strings.ToLower(header)
	switch {
	case strings.TrimSpace(value) == "", hasAny(h, "status", "product", "service", "shop", "store"):
		return ""
	case strings.Contains(value, "@"), hasAny(h, "email", "e-mail", "邮箱", "郵箱"):
		return data.MaskEmail
	case hasAny(h, "phone", "mobile", "telefon", "tel.", "手机", "手機", "电话", "電話"):
		return data.MaskPhone
	case hasAny(h, "address", "addr", "street", "地址", "住所") && !hasAny(h, "city", "state", "zip", "postal", "country", "type"):
		return data.MaskAddress
	case hasAny(h, "name", "收件人", "收货人", "收貨人", "姓名") &&
		hasAny(h, "buyer", "ship", "recipient", "bill", "customer", "receiver", "first", "last", "收", "姓名", "claimant") && !hasAny(h, "user", "company"):
		return data.MaskName
	}
	return ""
}

func hasAny(s string, all ...string) bool {
	for _, one := range all {
		if strings.Contains(strings.ToLower(s), one) {
			return true
		}
	}
	return false
}
