package risk

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func builtInRules(t testing.TB) *Rules {
	t.Helper()
	r, err := New(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func usd(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }

var madrid = data.Address{Name: "Ana Pruebas", Line1: "Calle de Ejemplo 5", City: "Madrid", Postcode: "28013", Country: "ES", Phone: "600"}

// calm is an order of a known buyer in which nothing is odd.
func calm() Facts {
	return Facts{
		Now: noon,
		Order: data.Order{
			Number: "1", Status: data.StatusToShip, Total: usd(2500), PaidAt: noon, OrderedAt: noon, ShipTo: madrid,
			Shop:    data.Shop{Platform: "ebay", Zone: "UTC"},
			Buyer:   data.Buyer{Handle: "ana", Name: "Ana Pruebas", Country: "ES"},
			Items:   []data.Item{{Title: "Ceramic mug", Quantity: 2, Price: usd(1250)}},
			Payment: data.Payment{State: data.PaymentCleared},
		},
		Buyer: History{Known: true, Earlier: 3, Good: 3},
	}
}

func TestOrdersWorkedByHand(t *testing.T) {
	at := func(h int) time.Time { return noon.Add(time.Duration(h) * time.Hour) }
	first := func(f *Facts) { f.Buyer = History{Known: true} }
	large := func(f *Facts) { f.Order.Total, f.Order.Items[0].Price = usd(30_000), usd(15_000) }
	big := madrid
	big.Line1, big.City, big.Postcode = "Rua Inventada 9", "Sevilla", "41001"
	for _, c := range []struct {
		name  string
		set   func(f *Facts)
		level data.RiskLevel
		rules string // that stand and are more than told, sorted
		from  time.Time
	}{
		{"nothing odd", func(*Facts) {}, "clear", "", time.Time{}},
		{"under review at the service", func(f *Facts) { f.Order.Payment.State = data.PaymentReview }, "stop", "payment.review", time.Time{}},
		{"under review by its status alone", func(f *Facts) { f.Order.Status = data.StatusReview; f.Order.Payment = data.Payment{} }, "stop", "payment.review", time.Time{}},
		{"an eCheck on its way", func(f *Facts) { f.Order.Payment = data.Payment{State: data.PaymentPending, ECheck: true} }, "stop", "payment.echeck", time.Time{}},
		{"an eCheck that cleared", func(f *Facts) { f.Order.Payment = data.Payment{State: data.PaymentCleared, ECheck: true} }, "clear", "", time.Time{}},
		{"pending", func(f *Facts) { f.Order.Payment.State = data.PaymentPending }, "stop", "payment.pending", time.Time{}},
		{"held back", func(f *Facts) { f.Order.Payment.State = data.PaymentHeld }, "look", "payment.held", time.Time{}},
		{"reversed", func(f *Facts) { f.Order.Payment.State = data.PaymentReversed }, "stop", "payment.reversed", time.Time{}},
		{"denied", func(f *Facts) { f.Order.Payment.State = data.PaymentFailed }, "stop", "payment.failed", time.Time{}},
		{"not paid", func(f *Facts) { f.Order.Status = data.StatusUnpaid; f.Order.Payment = data.Payment{} }, "stop", "order.unpaid", time.Time{}},
		{"a small first order", first, "clear", "", time.Time{}},
		{"a large first order", func(f *Facts) { first(f); large(f) }, "look", "first.large", time.Time{}},
		{"a cent below large", func(f *Facts) { first(f); f.Order.Total = usd(29_999) }, "clear", "", time.Time{}},
		{"large, of a known buyer", large, "look", "amount.large", time.Time{}},
		{"a large first order of electronics", func(f *Facts) { first(f); large(f); f.Order.Items[0].Title = "Used iPhone 15, 128 GB" }, "hold", "first.careful first.large", at(72)},
		{"electronics of middle price, first order", func(f *Facts) {
			first(f)
			f.Order.Total, f.Order.Items[0].Title = usd(12_000), "小米充电宝 20000mAh"
		}, "look", "first.goods", time.Time{}},
		{"electronics by the product's class", func(f *Facts) { first(f); large(f); f.Classes = []string{"electronics"} }, "hold", "first.careful first.large", at(72)},
		{"a charger cable is no phone", func(f *Facts) { first(f); large(f); f.Order.Items[0].Title = "Telephony poster" }, "look", "first.large", time.Time{}},
		{"yen that are not much", func(f *Facts) { first(f); f.Order.Total = data.Money{Minor: 14_999, Currency: "JPY"} }, "look", "order.currencies", time.Time{}},
		{"a currency without limits", func(f *Facts) {
			first(f)
			f.Order.Total = data.Money{Minor: 99_999_999, Currency: "XAF"}
			f.Order.Items[0].Price = data.Money{}
		}, "clear", "", time.Time{}},
		{"another paid, and much", func(f *Facts) {
			large(f)
			f.Order.Payment.Payer, f.Order.Payment.Holder = "Boris Muster", "Ana Pruebas"
		}, "hold", "amount.large payer.other", at(72)},
		{"another paid, and little", func(f *Facts) { f.Order.Payment.Payer, f.Order.Payment.Holder = "Boris Muster", "Ana Pruebas" }, "clear", "", time.Time{}},
		{"the same name turned round", func(f *Facts) { large(f); f.Order.Payment.Payer = "PRUEBAS, Ána" }, "look", "amount.large", time.Time{}},
		{"the same name in Cyrillic", func(f *Facts) {
			large(f)
			f.Order.Buyer.Name, f.Order.Payment.Payer = "Ivan Petrov", "Иван Петров"
		}, "look", "amount.large", time.Time{}},
		{"a card without an account, much", func(f *Facts) { large(f); f.Order.Payment.Account = data.PayerUnregistered }, "look", "amount.large payer.unregistered", time.Time{}},
		{"a card without an account, little", func(f *Facts) { f.Order.Payment.Account = data.PayerUnregistered }, "clear", "", time.Time{}},
		{"shipped to another town", func(f *Facts) { f.Order.Payment.Address = big }, "hold", "address.big", at(72)},
		{"shipped to another country", func(f *Facts) { f.Order.Payment.Address = madrid; f.Order.ShipTo.Country = "NG" }, "hold", "address.big", at(72)},
		{"another postcode in the same street", func(f *Facts) {
			f.Order.Payment.Address = madrid
			f.Order.ShipTo.Postcode = "28031"
		}, "look", "address.small", time.Time{}},
		{"an address with abbreviations and other capitals", func(f *Facts) {
			f.Order.ShipTo = data.Address{Name: "A. Tester", Line1: "12 NORTH MAIN ST., Apt 4", City: "SPRINGFIELD", State: "Illinois", Postcode: "62701-1234", Country: "US"}
			f.Order.Payment.Address = data.Address{Name: "Alice Tester", Line1: "12 N Main Street", Line2: "Unit 4", City: "Springfield", State: "IL", Postcode: "62701", Country: "us"}
		}, "clear", "", time.Time{}},
		{"a payment that tells the town alone", func(f *Facts) { f.Order.Payment.Address = data.Address{City: "Madrid", Country: "ES"} }, "clear", "", time.Time{}},
		{"an unconfirmed address, much", func(f *Facts) { large(f); f.Order.Payment.AddressStatus = data.AddressUnconfirmed }, "look", "address.unconfirmed amount.large", time.Time{}},
		{"no street", func(f *Facts) { f.Order.ShipTo.Line1 = "" }, "look", "address.parts", time.Time{}},
		{"orders in a row with a rush", func(f *Facts) {
			f.Buyer.Row = []Past{{Number: "2", Total: usd(14_000)}, {Number: "3", Total: usd(14_000)}}
			f.Order.BuyerNote = "Please ship ASAP!!"
		}, "hold", "row.rush", at(72)},
		{"orders in a row without a rush", func(f *Facts) { f.Buyer.Row = []Past{{Number: "2", Total: usd(28_000)}} }, "look", "row.large", time.Time{}},
		{"small orders in a row with a rush", func(f *Facts) {
			f.Buyer.Row = []Past{{Number: "2", Total: usd(900)}}
			f.Messages = []string{"срочно нужно"}
		}, "clear", "", time.Time{}},
		{"an earlier reversal", func(f *Facts) { f.Buyer.Reversals = []Past{{Number: "9"}} }, "hold", "buyer.reversals", at(72)},
		{"two disputes before", func(f *Facts) { f.Buyer.Disputes = 2 }, "look", "buyer.disputes", time.Time{}},
		{"another buyer on the same IP reversed", func(f *Facts) { f.Shared = []Shared{{Kind: "ip", Buyers: 2, Reversals: 1}} }, "hold", "shared.reversals", at(72)},
		{"ordered from another country than the account's", func(f *Facts) { f.Order.Payment.IPCountry, f.Order.Payment.AccountCountry = "BR", "ES" }, "look", "country.ip_account", time.Time{}},
		{"the platform sees a high risk", func(f *Facts) { f.Order.Payment.Risk = data.JudgedHigh }, "hold", "platform.high", at(72)},
		{"a negative quantity", func(f *Facts) { f.Order.Items[0].Quantity = -1 }, "look", "order.quantity", time.Time{}},
		{"two currencies", func(f *Facts) { f.Order.Items[0].Price = data.Money{Minor: 100, Currency: "EUR"} }, "look", "order.currencies", time.Time{}},
		{"2,000 items", func(f *Facts) { f.Order.Items = slices.Repeat(f.Order.Items, 2000) }, "look", "order.units", time.Time{}},
		{"nothing of the payment is known", func(f *Facts) { f.Order.Payment = data.Payment{} }, "clear", "", time.Time{}},
		{"three small doubts", func(f *Facts) {
			large(f)
			f.Order.Payment.Account, f.Order.Payment.AddressStatus = data.PayerUnregistered, data.AddressUnconfirmed
		}, "hold", "address.unconfirmed amount.large payer.unregistered uncertain", at(72)},
		{"a hold that fits before the date to ship by only in its shorter form", func(f *Facts) {
			f.Buyer.Reversals = []Past{{Number: "9"}}
			f.Order.ShipBy = at(60)
		}, "hold", "buyer.reversals", at(48)},
		{"a hold that outlasts the date to ship by", func(f *Facts) {
			f.Buyer.Reversals = []Past{{Number: "9"}}
			f.Order.ShipBy = at(24)
		}, "hold", "buyer.reversals risk.ship_by", at(48)},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := calm()
			c.set(&f)
			v := builtInRules(t).Review(&f, nil)
			var rules []string
			for _, one := range v.Standing() {
				rules = append(rules, one.Rule)
			}
			slices.Sort(rules)
			if got := strings.Join(rules, " "); v.Level != c.level || got != c.rules || !v.ShipFrom.Equal(c.from) {
				t.Errorf("%s by %q from %v; want %s by %q from %v", v.Level, got, v.ShipFrom, c.level, c.rules, c.from)
			}
			for _, one := range v.Findings {
				if text := one.Why.String() + one.How.String(); strings.ContainsAny(text, "{}") {
					t.Errorf("%s: a value lacks in %q", one.Rule, text)
				}
			}
		})
	}
}

// What nobody told is named, and counts neither for nor against.
func TestWhatIsNotKnownIsNamed(t *testing.T) {
	f := calm()
	f.Order.Payment, f.Buyer, f.Order.Total = data.Payment{}, History{}, usd(30_000)
	v := builtInRules(t).Review(&f, nil)
	for _, want := range []string{"payment_state", "first_purchase", "payer_unregistered", "address", "ip_other_account", "reversals"} {
		if !slices.Contains(v.Unknown, want) {
			t.Errorf("%s is not named among %v", want, v.Unknown)
		}
	}
	f = calm()
	f.Order.Total.Currency, f.Order.Items[0].Price = "XAF", data.Money{}
	v = builtInRules(t).Review(&f, nil)
	if i := slices.IndexFunc(v.Findings, func(one Found) bool { return one.Rule == "amount.no_limit" }); i < 0 || !strings.Contains(v.Findings[i].Why.String(), "XAF") {
		t.Errorf("no limit for XAF is not told: %+v", v.Findings)
	}
}

func TestAnAddressInFourScripts(t *testing.T) {
	f := calm()
	f.Order.ShipTo = data.Address{Name: "王小明", Line1: "улица Ленина 5", Line2: "شارع 7", City: "Москва", Postcode: "101000", Country: "RU"}
	f.Order.Payment.Address = data.Address{Name: "Wang Xiaoming", Line1: "ulitsa Lenina 5, 7", City: "Moskva", Postcode: "101000", Country: "RU"}
	v := builtInRules(t).Review(&f, nil)
	if v.Level != data.RiskClear || len(v.Findings) != 1 || v.Findings[0].Rule != "address.script" || !strings.Contains(v.Findings[0].Why.String(), "王小明 / Wang Xiaoming") {
		t.Errorf("%s: %+v", v.Level, v.Findings)
	}
}

func TestWhatAPersonPassedCountsNoMore(t *testing.T) {
	f := calm()
	f.Buyer.Reversals = []Past{{Number: "9"}}
	r := builtInRules(t)
	key := r.Review(&f, nil).Findings[0].Key()
	passes := []data.Pass{{Key: key, Reason: "known customer"}}
	if v := r.Review(&f, passes); v.Level != data.RiskClear || v.Findings[0].Passed == nil {
		t.Errorf("%s: %+v", v.Level, v.Findings)
	}
	f.Buyer.Reversals = append(f.Buyer.Reversals, Past{Number: "10"})
	if v := r.Review(&f, passes); v.Level != data.RiskHold {
		t.Errorf("a second reversal is another matter: %s", v.Level)
	}
}

func TestAHoldThatIsOverAsksForALastLook(t *testing.T) {
	f := calm()
	f.Buyer.Reversals = []Past{{Number: "9"}}
	v := builtInRules(t).Review(&f, nil)
	if at := v.At(noon.Add(71 * time.Hour)); at != data.RiskHold {
		t.Errorf("an hour before: %s", at)
	}
	if at := v.At(noon.Add(72 * time.Hour)); at != data.RiskLook {
		t.Errorf("when it is over: %s", at)
	}
}

func TestTheShopsOwnRules(t *testing.T) {
	own, err := Decode("own.toml", []byte(`format = 1
id = "own"
[[amount]]
currency = "USD"
medium = "10"
large = "20"
[[country]]
code = "ES"
why = "three parcels lost"
[[rule]]
id = "amount.large"
title = "large for us"
level = "stop"
any = [ { fact = "amount", is = "large" }, { all = [ { fact = "units", at_least = 9 }, { fact = "good_orders", below = 1 } ] } ]
text = "It is {total}."
do = "Ask."
`))
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(own, map[string]string{"country.listed": "we know"})
	if err != nil {
		t.Fatal(err)
	}
	f := calm()
	v := r.Review(&f, nil)
	if v.Level != data.RiskStop || len(v.Findings) != 1 || v.Findings[0].Why.String() != "It is USD 25.00." {
		t.Errorf("%s: %+v", v.Level, v.Findings)
	}
	base := builtInRules(t)
	if r.Edition == base.Edition {
		t.Error("the edition does not tell the shop's own rules")
	}
	for _, one := range r.List() {
		if one.Own != (one.ID == "amount.large") || (one.Off != "") != (one.ID == "country.listed") {
			t.Errorf("%+v", one)
		}
	}
}

func TestBadRulesAreRefusedWithTheirLine(t *testing.T) {
	const head = "format = 1\nid = \"own\"\n[[rule]]\nid = \"x\"\ntitle = \"t\"\nlevel = \"look\"\ntext = \"t\"\ndo = \"d\"\n"
	for _, c := range []struct{ name, text, line, reason string }{
		{"a fact that there is not", head + `all = [ { fact = "mood", is = "yes" } ]`, "9", "there is no fact “mood”"},
		{"a number asked as a word", head + `all = [ { fact = "units", is = "5" } ]`, "9", "at_least and below"},
		{"a word that it never is", head + `all = [ { fact = "amount", is = "huge" } ]`, "9", "never “huge”"},
		{"two questions in one", head + `all = [ { fact = "units", at_least = 5, unknown = true } ]`, "9", "must ask one thing"},
		{"no condition", head, "3", "has no condition"},
		{"a hold without hours", strings.Replace(head, "look", "hold", 1) + `all = [ { fact = "rush", is = "yes" } ]`, "3", "for how many hours"},
		{"too deep", head + `all = [ { all = [ { all = [ { all = [ { all = [ { fact = "rush", is = "yes" } ] } ] } ] } ] } ]`, "9", "more than 4 deep"},
		{"no money", "format = 1\nid = \"own\"\n[[amount]]\ncurrency = \"USD\"\nmedium = \"ten\"\nlarge = \"20\"\n", "4", "are no amounts"},
		{"large below medium", "format = 1\nid = \"own\"\n[[amount]]\ncurrency = \"USD\"\nmedium = \"30\"\nlarge = \"20\"\n", "6", "not below medium"},
		{"a country in words", "format = 1\nid = \"own\"\n[[country]]\ncode = \"Spain\"\nwhy = \"x\"\n", "4", "two capital letters"},
	} {
		_, err := Decode("own.toml", []byte(c.text))
		if p, ok := data.AsProblem(err); !ok || p.Args["line"] != c.line || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func FuzzReview(f *testing.F) {
	f.Add("Calle 5", "улица", "28013", "asap 尽快发货", int64(-5), "XXX")
	r, err := New(nil, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, a, b, code, text string, n int64, currency string) {
		o := data.Order{Total: data.Money{Minor: n, Currency: currency}, BuyerNote: text, Items: []data.Item{{Title: text, Quantity: n}}}
		o.ShipTo = data.Address{Name: b, Line1: a, City: b, Postcode: code, Country: currency}
		o.Payment = data.Payment{Payer: a, Address: data.Address{Name: a, Line1: b, City: a, Postcode: text}}
		facts := Facts{Order: o, Buyer: History{Known: true, Row: []Past{{Total: o.Total}}}, Messages: []string{a}}
		if v := r.Review(&facts, nil); v.Level.Rank() < 0 {
			t.Errorf("level %q", v.Level)
		}
	})
}
