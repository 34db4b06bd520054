package buyer

import (
	"slices"
	"strings"
	"testing"

	"casebinder/data"
)

func TestTheListsAreWhole(t *testing.T) {
	r, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	if len(r.relays) == 0 || len(r.providers) == 0 || len(r.words) == 0 || len(r.unit) == 0 {
		t.Errorf("read %d relays, %d providers, %d words, %d units", len(r.relays), len(r.providers), len(r.words), len(r.unit))
	}
	for _, relay := range r.Relays {
		if relay.Source == "" || relay.Confidence == "" {
			t.Errorf("%v has no source", relay.Domains)
		}
	}
	for _, p := range r.Providers {
		if p.Source == "" || p.Confidence == "" {
			t.Errorf("%v has no source", p.Domains)
		}
	}
}

// one is an order with one thing by which its buyer may be known.
func one(kind data.MarkKind, value, country string) *data.Order {
	o := &data.Order{Buyer: data.Buyer{Handle: "h", Country: country}, ShipTo: data.Address{Country: country}}
	switch kind {
	case data.MarkEmail:
		o.Buyer.Email = value
	case data.MarkPhone:
		o.ShipTo.Phone = value
	case data.MarkPayer:
		o.Payment.Email = value
	case data.MarkIP:
		o.Payment.IP = value
	}
	return o
}

// place is an order to an address: "line 1; line 2 | postcode | city | country".
func place(text string) *data.Order {
	f := strings.Split(text, "|")
	lines := append(strings.Split(f[0], ";"), "", "")
	return &data.Order{ShipTo: data.Address{
		Name: "Somebody", Line1: strings.TrimSpace(lines[0]), Line2: strings.TrimSpace(lines[1]), Line3: strings.TrimSpace(lines[2]),
		Postcode: strings.TrimSpace(f[1]), City: strings.TrimSpace(f[2]), Country: strings.TrimSpace(f[3]),
	}}
}

func shares(a, b *data.Order) bool {
	other := MarksOf(b)
	return slices.ContainsFunc(MarksOf(a), func(m data.BuyerMark) bool { return slices.Contains(other, m) })
}

// Each pair is one mailbox, number or place, written in two ways that platforms and
// people use.
func TestTheSameIsFound(t *testing.T) {
	const mail, phone, ip, payer = data.MarkEmail, data.MarkPhone, data.MarkIP, data.MarkPayer
	for _, c := range []struct {
		kind          data.MarkKind
		a, b, country string
	}{
		{mail, "Ana.Muestra@Example.com", "ana.muestra@example.COM ", "ES"},
		{mail, "ana.muestra@gmail.com", "anamuestra@googlemail.com", "ES"},
		{mail, "ana.muestra+etsy@gmail.com", "AnaMuestra@gmail.com", "ES"},
		{mail, "bo+shop@outlook.com", "bo@outlook.com", "SE"},
		{mail, "ivan.p@ya.ru", "ivan.p@yandex.ru", "RU"},
		{mail, "Ana Muestra <ana@example.com>", "mailto:ana@example.com", "ES"},
		{mail, "ａｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ana@example.com", "JP"},
		{mail, "почта@пример.рф", "ПОЧТА@ПРИМЕР.РФ", "RU"},
		{mail, "info@bücher.example", "info@xn--bcher-kva.example", "DE"},
		{phone, "+34 612 345 677", "612345677", "ES"},
		{phone, "0034 612-345-677", "(612) 34 56 77", "ES"},
		{phone, "+49 151 23456798", "0151 / 234 567 98", "DE"},
		{phone, "+1 (415) 555-2671", "1-415-555-2671", "US"},
		{phone, "4155552671", "011 1 415 555 2671", "US"},
		{phone, "8 (912) 345-67-80", "+7 912 345 67 80", "RU"},
		{phone, "07911 123456", "+44 7911 123456", "GB"},
		{phone, "090-1234-5679", "+81 90 1234 5679", "JP"},
		{phone, "+86 138 0013 8001", "13800138001", "CN"},
		{ip, "203.0.113.9", "::ffff:203.0.113.9", ""},
		{ip, "2001:db8:1:2::9", "2001:db8:1:2:aaaa::1", ""}, // one household's network
		{payer, "Pay.Er@gmail.com", "payer@gmail.com", ""},
	} {
		if a, b := one(c.kind, c.a, c.country), one(c.kind, c.b, c.country); !shares(a, b) {
			t.Errorf("%s: %q and %q are one: %v, %v", c.kind, c.a, c.b, MarksOf(a), MarksOf(b))
		}
	}
	for _, c := range [][2]string{
		{"12 Main Street; Apt 4 | 94105-1234 | San Francisco | US", "12 MAIN ST #4 | 94105 | San Francisco | US"},
		{"12 Main St., Unit 4B | 94105 | San Francisco | United States", "Apartment 4B; 12 Main Street | 94105 | SF | US"},
		{"P.O. Box 117 | 80202 | Denver | US", "PO BOX 117 | 80202 | Denver | US"},
		{"Calle Mayor 12, 3º B | 28013 | Madrid | ES", "C/ Mayor, nº 12; 3 B | 28013 | Madrid | Spain"},
		{"Avenida de América 5 | 28002 | Madrid | ES", "Avda. America 5; Madrid | 28002 | Madrid | ES"},
		{"Hauptstraße 5 a | 10115 | Berlin | DE", "Hauptstr. 5a | 10115 | Berlin | DE"},
		{"Müllerstrasse 9 | 13353 | Berlin | DE", "Muellerstr 9 | 13353 | Berlin | Germany"},
		{"12 rue de l'Église | 75015 | Paris | FR", "12, Rue de l’Eglise | 75015 | PARIS | FR"},
		{"4/12 High Street | 3000 | Melbourne | AU", "Unit 4, 12 High St | 3000 | Melbourne | AU"},
		{"ул. Ленина, д. 5, кв. 12 | 620014 | Екатеринбург | RU", "улица Ленина дом 5 квартира 12 | 620014 | Екатеринбург | RU"},
		{"建国路88号 2单元301室 | 100022 | 北京 | CN", "北京建国路８８号２单元３０１室 | 100022 | 北京 | CN"},
		{"神南1丁目2番3号 | 150-0041 | 渋谷区 | JP", "神南１－２－３ | 1500041 | 渋谷区 | JP"},
		{"Kungsgatan 8 | 111 43 | Stockholm | SE", "kungsgatan 8 | 11143 | STOCKHOLM | SE"},
	} {
		if a, b := place(c[0]), place(c[1]); !shares(a, b) {
			t.Errorf("one place: %q, %q: %v, %v", c[0], c[1], MarksOf(a), MarksOf(b))
		}
	}
}

// Each pair looks alike and is two, or is nobody's own.
func TestTheAlikeIsNotTheSame(t *testing.T) {
	const mail, phone, ip = data.MarkEmail, data.MarkPhone, data.MarkIP
	for _, c := range []struct {
		kind          data.MarkKind
		a, b, country string
	}{
		{mail, "ana.muestra@example.com", "anamuestra@example.com", "ES"},      // points count there
		{mail, "ana+a@example.com", "ana@example.com", "ES"},                   // and so may a plus
		{mail, "ana.muestra@outlook.com", "anamuestra@outlook.com", "ES"},      // points count there too
		{mail, "ana@gmail.com", "ana@gmail.co", "ES"},                          //
		{mail, "ana@example.com", "аna@example.com", "ES"},                     // a Cyrillic а
		{mail, "x1y2@marketplace.amazon.de", "x1y2@marketplace.amazon.de", ""}, // relays
		{mail, "x1@members.ebay.com", "x1@members.ebay.com", ""},
		{mail, "q@privaterelay.appleid.com", "q@privaterelay.appleid.com", ""},
		{mail, "a@chat-seller-us.tiktok.com", "a@chat-seller-us.tiktok.com", ""},
		{mail, "noreply@example.com", "noreply@example.com", ""},
		{mail, "ana at example.com", "ana at example.com", ""},
		{mail, "@example.com", "@example.com", ""},
		{phone, "612345677", "612345678", "ES"},
		{phone, "+34 612345677", "+351 612345677", "ES"},
		{phone, "0000000000", "0000000000", "US"},
		{phone, "1234567890", "1234567890", "US"},
		{phone, "+1 999 999 9999", "9999999999", "US"},
		{phone, "+1 207-835-4259 ext. 10433", "+1 207-835-4259 ext. 10433", "US"},
		{phone, "+1 207-835-4259", "+1 207-835-4259", "US"},
		{phone, "12345", "12345", "DE"},
		{phone, "612345677", "612345677", ""}, // of no country: digits alone are no number
		{phone, "see note", "see note", "US"},
		{phone, strings.Repeat("6", 200), strings.Repeat("6", 200), "ES"},
		{ip, "192.168.1.2", "192.168.1.2", ""},
		{ip, "10.0.0.1", "10.0.0.1", ""},
		{ip, "100.64.0.9", "100.64.0.9", ""},
		{ip, "2001:db8:1:2::9", "2001:db8:1:3::9", ""},
		{ip, "300.1.1.1", "300.1.1.1", ""},
	} {
		if a, b := one(c.kind, c.a, c.country), one(c.kind, c.b, c.country); shares(a, b) {
			t.Errorf("%s: %q and %q are not one: %v, %v", c.kind, c.a, c.b, MarksOf(a), MarksOf(b))
		}
	}
	for _, c := range [][2]string{
		{"12 Main Street; Apt 4 | 94105 | San Francisco | US", "12 Main Street; Apt 5 | 94105 | San Francisco | US"},
		{"12 Main Street; Apt 4 | 94105 | San Francisco | US", "4 Main Street; Apt 12 | 94105 | San Francisco | US"},
		{"12 Main Street; Apt 4 | 94105 | San Francisco | US", "12 Main Street | 94105 | San Francisco | US"},
		{"12 Main Street | 94105 | San Francisco | US", "112 Main Street | 94105 | San Francisco | US"},
		{"12 Main Street | 94105 | San Francisco | US", "12 Main Street | 94106 | San Francisco | US"},
		{"12 Main Street | 94105 | San Francisco | US", "12 Main Road | 94105 | San Francisco | US"},
		{"12 Main Street N | 94105 | San Francisco | US", "12 Main Street S | 94105 | San Francisco | US"},
		{"P.O. Box 117 | 80202 | Denver | US", "P.O. Box 118 | 80202 | Denver | US"},
		{"Hauptstraße 5 | 10115 | Berlin | DE", "Hauptstraße 5a | 10115 | Berlin | DE"},
		{"Calle Mayor 12 | 28013 | Madrid | ES", "Calle Mayor 12 | 28013 | Madrid | MX"},
		{"ул. Ленина, д. 5, кв. 12 | 620014 | Екатеринбург | RU", "ул. Ленина, д. 12, кв. 5 | 620014 | Екатеринбург | RU"},
		{"建国路88号2单元301室 | 100022 | 北京 | CN", "建国路88号2单元302室 | 100022 | 北京 | CN"},
		{"神南1-2-3 | 150-0041 | 渋谷区 | JP", "神南12-3 | 150-0041 | 渋谷区 | JP"},
		{"神南1-23 | 150-0041 | 渋谷区 | JP", "神南12-3 | 150-0041 | 渋谷区 | JP"},
		{" | | Madrid | ES", " | | Madrid | ES"}, // no street
		{"Madrid | 28013 | Madrid | ES", "Madrid | 28013 | Madrid | ES"},
		{"Calle Mayor 12 | | | ES", "Calle Mayor 12 | | | ES"}, // each town has one
		{"Calle Mayor 12 | 00000 | | ES", "Calle Mayor 12 | 00000 | | ES"},
	} {
		if a, b := place(c[0]), place(c[1]); shares(a, b) {
			t.Errorf("two places: %q, %q: %v", c[0], c[1], MarksOf(a))
		}
	}
}

func TestNamesOfOnePerson(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Ana García", "GARCIA, ANA", true},
		{"Ana García", "A. Garcia", true},
		{"Mr. Bo Sample", "Bo Sample", true},
		{"王小明", "王 小明", true},
		{"Ａｎａ Muestra", "ana muestra", true},
		{"Jörg Müßig", "Jorg Mussig", true},
		{"Ana García", "Eva García", false},
		{"Ana García", "Ana López", false},
		{"A. G.", "Ana García", false}, // initials alone are nobody's
		{"Ana", "Ana García", false},
		{"", "", false},
		{"王小明", "王大明", false},
	} {
		if SameName(c.a, c.b) != c.same || SameName(c.b, c.a) != c.same {
			t.Errorf("%q and %q: same %v wanted", c.a, c.b, c.same)
		}
	}
}

// What speaks for one person says how much, and shows the value.
func TestGroundsTellHowMuchTheySay(t *testing.T) {
	ana, gil := []string{"Ana Muestra"}, []string{"Gil Otro"}
	mark := func(kind data.MarkKind, value string, count int) []Shared {
		return []Shared{{BuyerMark: data.BuyerMark{Kind: kind, Value: value}, Count: count}}
	}
	for _, c := range []struct {
		what   string
		other  []string
		shared []Shared
		want   Strength
		says   string
	}{
		{"one mailbox", gil, mark(data.MarkEmail, "ana@example.com", 2), Sure, "Same e-mail: ana@example.com."},
		{"a mailbox of an office", gil, mark(data.MarkEmail, "ana@example.com", 8), Likely, "ana@example.com"},
		{"a mailbox of many", gil, mark(data.MarkEmail, "ana@example.com", 30), Weak, "30 accounts share ana@example.com"},
		{"a phone under one name", ana, mark(data.MarkPhone, "+34612345677", 2), Sure, "which ends in 77, and the same name"},
		{"a family's phone", gil, mark(data.MarkPhone, "+34612345677", 2), Likely, "which ends in 77, under other names"},
		{"an office's phone", ana, mark(data.MarkPhone, "+34612345677", 9), Weak, "9 accounts"},
		{"a home", ana, mark(data.MarkAddress, "12 c mayor|28013|ES", 2), Likely, "12 c mayor, 28013, ES"},
		{"a house", gil, mark(data.MarkAddress, "12 c mayor|28013|ES", 2), Weak, "under other names"},
		{"a locker", ana, mark(data.MarkAddress, "145 packstation|10115|DE", 2), Weak, "strangers share"},
		{"a shop where parcels are fetched", ana, mark(data.MarkAddress, "11 菜鸟驿站人民路|100022|CN", 2), Weak, "strangers share"},
		{"who pays", ana, mark(data.MarkPayer, "p@example.com", 2), Weak, "Paid from the account of p@example.com"},
		{"an IP address", ana, mark(data.MarkIP, "203.0.113.9", 2), Weak, "203.0.113.9"},
		{"who paid for another", gil, []Shared{{BuyerMark: data.BuyerMark{Kind: data.MarkEmail, Value: "p@example.com"}, As: data.MarkPayer, Count: 1}}, Weak, "p@example.com paid for one"},
		{"a warehouse", ana, mark(data.MarkAddress, "1 dock|97230|US", data.MarkCrowd+1), "", ""},
		{"a warehouse's phone", ana, mark(data.MarkPhone, "+15035550123", 5000), "", ""},
	} {
		got := Grounds(ana, c.other, c.shared)
		if Best(got) != c.want || c.want != "" && !strings.Contains(got[0].Why.String(), c.says) {
			t.Errorf("%s: %v", c.what, got)
		}
	}
	all := Grounds(ana, ana, append(mark(data.MarkIP, "203.0.113.9", 2), mark(data.MarkEmail, "ana@example.com", 2)...))
	if len(all) != 2 || all[0].Kind != data.MarkEmail {
		t.Errorf("the strongest comes first: %v", all)
	}
	if found := Crowded([]data.SharedMark{{BuyerMark: data.BuyerMark{Kind: data.MarkPhone, Value: "+15035550123"}, Others: 51, Crowd: true}}); len(found) != 1 ||
		!strings.Contains(found[0].Why.String(), "+15035550123") {
		t.Errorf("a crowd is told: %v", found)
	}
}

// Whatever a file holds, marks come out short, whole, and the same again.
func FuzzMarks(f *testing.F) {
	f.Add("ana@example.com", "+34 612 345 677", "12 Main St #4", "94105", "US")
	f.Add("почта@пример.рф", "090-1234-5679", "神南1丁目2番3号", "150-0041", "JP")
	f.Add("<<@>>", "００", "/ / #", "", "de")
	f.Fuzz(func(t *testing.T, mail, phone, line, code, country string) {
		o := &data.Order{Buyer: data.Buyer{Email: mail, Phone: phone, Country: country}, ShipTo: data.Address{Line1: line, Postcode: code, City: "X", Country: country}}
		for _, m := range MarksOf(o) {
			if m.Value == "" || strings.TrimSpace(m.Value) == "" {
				t.Errorf("an empty mark: %+v", m)
			}
			if len(m.Value) > 6000 {
				t.Errorf("a mark of %d bytes", len(m.Value))
			}
			if again := Mailbox(m.Value); m.Kind == data.MarkEmail && again != m.Value && again != "" {
				t.Errorf("%q becomes %q", m.Value, again)
			}
		}
	})
}
