package desk_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/buyer"
	"casebinder/data/desk"
)

// sale is an order of a buyer as a Shopify file tells it.
type sale struct {
	number, mail, name, phone, day, total, currency, status string
	units                                                   int
}

const shopifyPhones = "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total," +
	"Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price," +
	"Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Shipping Name,Shipping Address1,Shipping City,Shipping Zip,Shipping Country,Shipping Phone\n"

func (s sale) row() string {
	currency, status, units := s.currency, s.status, max(1, s.units)
	if currency == "" {
		currency = "EUR"
	}
	if status == "" {
		status = "paid"
	}
	return fmt.Sprintf("%s,%s,%s,%s 10:00:00 +0000,fulfilled,%s 11:00:00 +0000,no,%s,%s,0.00,0.00,%s,,0.00,Post,%s 09:00:00 +0000,%d,Paper lantern,1.00,,PL-1,true,true,fulfilled,%s,%s,Rue Neuve 12,Lyon,'69001,FR,%s\n",
		s.number, s.mail, status, s.day, s.day, currency, s.total, s.total, s.day, units, s.name, s.name, s.phone)
}

// sell imports sales into a shop and brings the buyers up to date.
func sell(t *testing.T, d *desk.Desk, shop string, all ...sale) {
	t.Helper()
	var text strings.Builder
	text.WriteString(shopifyPhones)
	for _, s := range all {
		text.WriteString(s.row())
	}
	report, err := d.Import(t.Context(), desk.ImportRequest{Path: write(t, "orders_export.csv", text.String()), Shop: data.Shop{Platform: data.Shopify, Name: shop}}, nil)
	if err != nil || len(report.Rejected) > 0 {
		t.Fatal(err, report.Rejected)
	}
	must(t, d.KeepBuyers(t.Context()))
}

func buyers(t *testing.T, d *desk.Desk, q data.BuyerQuery) []data.BuyerRow {
	t.Helper()
	rows, err := d.BuyerFirst(t.Context(), q, 1000)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := d.BuyerIDs(t.Context(), q)
	if err != nil || len(ids) != len(rows) {
		t.Fatalf("%d ids for %d rows: %v", len(ids), len(rows), err)
	}
	return rows
}

func names(rows []data.BuyerRow) string {
	var all []string
	for _, r := range rows {
		all = append(all, r.Name)
	}
	return strings.Join(all, ", ")
}

func named(t *testing.T, d *desk.Desk, name string) data.BuyerRow {
	t.Helper()
	for _, r := range buyers(t, d, data.BuyerQuery{}) {
		if r.Name == name {
			return r
		}
	}
	t.Fatalf("there is no buyer %s among %s", name, names(buyers(t, d, data.BuyerQuery{})))
	return data.BuyerRow{}
}

// Ana bought twice, once canceled, and in two currencies; what was refunded is no
// spending. All by hand: 20 + 30 EUR, 5 USD apart.
func TestSumsOfABuyer(t *testing.T) {
	d := open(t)
	sell(t, d, "Lantern",
		sale{number: "#1", mail: "ana@example.com", name: "Ana", day: "2026-01-10", total: "20.00", units: 2},
		sale{number: "#2", mail: "ana@example.com", name: "Ana", day: "2026-02-09", total: "30.00", units: 12},
		sale{number: "#3", mail: "ana@example.com", name: "Ana", day: "2026-03-11", total: "5.00", currency: "USD"},
		sale{number: "#4", mail: "ana@example.com", name: "Ana", day: "2026-03-12", total: "99.00", status: "voided"},
		sale{number: "#5", mail: "bo@example.com", name: "Bo", day: "2026-03-13", total: "7.00"},
	)
	ana := named(t, d, "Ana")
	if ana.Orders != 3 || ana.CalledOff != 1 || ana.Spent != (data.Money{Minor: 5000, Currency: "EUR"}) ||
		len(ana.Other) != 1 || ana.Other[0] != (data.Money{Minor: 500, Currency: "USD"}) || ana.Units != 15 || ana.MostUnits != 12 {
		t.Errorf("Ana: %+v", ana)
	}
	if ana.Every != 30*24*time.Hour || !ana.Next.Equal(time.Date(2026, 4, 11, 9, 0, 0, 0, time.UTC)) && ana.Next.Before(time.Date(2026, 4, 9, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("her rhythm: every %v, next %v", ana.Every, ana.Next)
	}
	if got := names(buyers(t, d, data.BuyerQuery{})); got != "Bo, Ana" {
		t.Errorf("who ordered last comes first: %s", got)
	}
	if got := names(buyers(t, d, data.BuyerQuery{Sort: data.BuyerBySpent})); got != "Ana, Bo" {
		t.Errorf("by spending: %s", got)
	}
	if got := names(buyers(t, d, data.BuyerQuery{Kind: data.BuyersBig})); got != "Ana" {
		t.Errorf("who takes ten or more: %s", got)
	}
	for _, search := range []string{"ana", "lantern ana", "#2", "ana@example.com"} {
		if got := names(buyers(t, d, data.BuyerQuery{Search: search})); got != "Ana" {
			t.Errorf("%q finds %s", search, got)
		}
	}
	if n, err := d.BuyersBehind(t.Context()); n != 0 || err != nil {
		t.Errorf("%d orders behind, %v", n, err)
	}

	order := orderID(t, d, "#1")
	_, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: order, Reason: data.ReasonNotReceived, OpenedAt: clock, Sure: true})
	must(t, err)
	must(t, d.KeepBuyers(t.Context()))
	if ana = named(t, d, "Ana"); ana.Disputes != 1 || ana.Orders != 3 || ana.Spent.Minor != 5000 {
		t.Errorf("after a dispute: %+v", ana)
	}
	_, err = d.Undo(t.Context())
	must(t, err)
	must(t, d.KeepBuyers(t.Context()))
	if ana = named(t, d, "Ana"); ana.Disputes != 0 || ana.Orders != 3 {
		t.Errorf("after the dispute was taken back: %+v", ana)
	}
	sell(t, d, "Lantern", sale{number: "#1", mail: "ana@example.com", name: "Ana", day: "2026-01-10", total: "20.00", units: 2, status: "refunded"})
	if ana = named(t, d, "Ana"); ana.Spent.Minor != 3000 {
		t.Errorf("after a refund: %+v", ana)
	}
}

// The same phone on two mails is likely one person, and nobody but a person says so.
// What was said outlives an import, and is taken back step by step.
func TestJoinPartAndUndo(t *testing.T) {
	d := open(t)
	sell(t, d, "Lantern",
		sale{number: "#1", mail: "ana@example.com", name: "Ana Muestra", phone: "+33 6 12 34 56 77", day: "2026-01-10", total: "20.00"},
		sale{number: "#2", mail: "other@example.com", name: "Ana Muestra", phone: "0612345677", day: "2026-02-10", total: "10.00"},
		sale{number: "#3", mail: "gil@example.com", name: "Gil", phone: "+33 6 98 76 54 31", day: "2026-02-11", total: "1.00"},
	)
	ana, other, gil := buyerOf(t, d, "#1"), buyerOf(t, d, "#2"), buyerOf(t, d, "#3")
	matches, err := d.BuyerMatches(t.Context(), ana)
	must(t, err)
	if len(matches.List) != 2 || matches.List[0].Account.ID != other || matches.List[0].Strength != buyer.Sure ||
		!strings.Contains(matches.List[0].Grounds[0].Why.String(), "ends in 77") || matches.List[1].Strength != buyer.Weak {
		t.Fatalf("matches: %+v", matches.List)
	}
	if rows := buyers(t, d, data.BuyerQuery{}); len(rows) != 3 {
		t.Fatalf("merged without a word: %s", names(rows))
	}
	if rows := buyers(t, d, data.BuyerQuery{Kind: data.BuyersAlike}); len(rows) != 2 {
		t.Errorf("alike: %s", names(rows))
	}
	must(t, d.SetBuyerCare(t.Context(), other, desk.BuyerCare{Note: "calls at noon", Tags: []string{" regular ", "regular"}, Tone: "short"}))

	must(t, d.JoinBuyers(t.Context(), other, ana))
	want := func(when string, orders int, minor int64, accounts int) {
		t.Helper()
		v, err := d.Buyer(t.Context(), other)
		must(t, err)
		if v.Row.Orders != orders || v.Row.Spent.Minor != minor || len(v.Accounts) != accounts || len(v.Orders) != orders {
			t.Errorf("%s: %+v, %d accounts, %d orders", when, v.Row, len(v.Accounts), len(v.Orders))
		}
		if !slices.Contains(v.Row.Tags, "regular") || v.Row.Tone != "short" || v.Row.Note != "calls at noon" {
			t.Errorf("%s: the note is lost: %+v", when, v.Row)
		}
	}
	want("joined", 2, 3000, 2)
	if v, err := d.Buyer(t.Context(), ana); err != nil || len(v.Accounts[0].Grounds) == 0 || !strings.Contains(v.Accounts[0].Grounds[0].Why.String(), "77") {
		t.Errorf("why they are one: %+v, %v", v.Accounts, err)
	}
	if err := d.JoinBuyers(t.Context(), ana, other); err == nil {
		t.Error("who is one is joined again")
	}
	if err := d.JoinBuyers(t.Context(), ana, ana); err == nil {
		t.Error("joined with itself")
	}
	if rows := buyers(t, d, data.BuyerQuery{Kind: data.BuyersAlike}); len(rows) != 0 {
		t.Errorf("still asked: %s", names(rows))
	}
	if rows := buyers(t, d, data.BuyerQuery{Search: "other@example.com"}); len(rows) != 1 || rows[0].ID != ana {
		t.Errorf("a search by the second account: %+v", rows)
	}

	sell(t, d, "Lantern", sale{number: "#4", mail: "other@example.com", name: "Ana Muestra", phone: "0612345677", day: "2026-03-10", total: "5.00"})
	want("after an import", 3, 3500, 2)
	_, err = d.Undo(t.Context()) // the import is none of them
	must(t, err)
	want("taken back after the import", 2, 1500, 1)
	if rows := buyers(t, d, data.BuyerQuery{}); len(rows) != 3 {
		t.Errorf("taken back: %s", names(rows))
	}
	_, err = d.Redo(t.Context())
	must(t, err)
	want("done again", 3, 3500, 2)

	must(t, d.JoinBuyers(t.Context(), gil, ana))
	if err := d.JoinBuyers(t.Context(), other, gil); err == nil {
		t.Error("a circle is joined again")
	}
	want("three", 4, 3600, 3)
	must(t, d.PartBuyers(t.Context(), ana, gil))
	want("parted", 3, 3500, 2)
	must(t, d.PartBuyers(t.Context(), ana, other))
	want("all parted", 2, 1500, 1)
	if matches, err = d.BuyerMatches(t.Context(), ana); err != nil || len(matches.List) != 0 {
		t.Errorf("who was said to be two is asked again: %+v, %v", matches.List, err)
	}
	sell(t, d, "Lantern", sale{number: "#5", mail: "ana@example.com", name: "Ana Muestra", phone: "0612345677", day: "2026-03-11", total: "5.00"})
	if matches, err = d.BuyerMatches(t.Context(), ana); err != nil || len(matches.List) != 0 {
		t.Errorf("an import asks again: %+v, %v", matches.List, err)
	}
	must(t, d.JoinBuyers(t.Context(), ana, other)) // the last word counts
	want("joined at last", 4, 4000, 2)
	for range 4 {
		_, err = d.Undo(t.Context())
		must(t, err)
	}
	want("back to where they were joined first", 4, 4000, 2)
}

func buyerOf(t *testing.T, d *desk.Desk, number string) int64 {
	t.Helper()
	v, err := d.Order(t.Context(), orderID(t, d, number))
	must(t, err)
	return v.Order.Buyer.ID
}

// A phone and an address of a warehouse make nobody one person, and it is said. Very many orders of
// one buyer are one row.
func TestAWarehouseIsNobody(t *testing.T) {
	d := open(t)
	var all []sale
	for i := range 300 {
		all = append(all, sale{number: fmt.Sprintf("#w%d", i), mail: fmt.Sprintf("w%d@example.com", i), name: fmt.Sprintf("Name %d", i), phone: "+33 6 12 34 56 77", day: "2026-01-10", total: "1.00"})
	}
	for i := range 1000 {
		all = append(all, sale{number: fmt.Sprintf("#m%d", i), mail: "many@example.com", name: "Many Orders", day: "2026-01-11", total: "2.00"})
	}
	sell(t, d, "Lantern", all...)
	rows, err := d.BuyerFirst(t.Context(), data.BuyerQuery{Sort: data.BuyerByOrders}, 1)
	must(t, err)
	if rows[0].Name != "Many Orders" || rows[0].Orders != 1000 || rows[0].Spent.Minor != 200_000 {
		t.Errorf("%+v", rows[0])
	}
	matches, err := d.BuyerMatches(t.Context(), buyerOf(t, d, "#w7"))
	must(t, err)
	if len(matches.List) != 0 || len(matches.Notes) != 2 || !strings.Contains(matches.Notes[0].Why.String(), "50 accounts") {
		t.Errorf("%d matches, %+v", len(matches.List), matches.Notes)
	}
	if ids, err := d.BuyerIDs(t.Context(), data.BuyerQuery{Kind: data.BuyersAlike}); err != nil || len(ids) != 0 {
		t.Errorf("%d alike, %v", len(ids), err)
	}
	v, err := d.Buyer(t.Context(), rows[0].ID)
	must(t, err)
	if len(v.Orders)+v.More != 1000 || len(v.Orders) > 500 {
		t.Errorf("%d orders and %d more", len(v.Orders), v.More)
	}
}

// Two buyers of one name are two; a buyer without a handle is nobody, and takes
// nothing with it.
func TestOneNameIsTwoBuyers(t *testing.T) {
	d := open(t)
	sell(t, d, "Lantern",
		sale{number: "#1", mail: "a@example.com", name: "John Example", day: "2026-01-10", total: "1.00"},
		sale{number: "#2", mail: "почта@пример.рф", name: "Иван Пример", day: "2026-01-10", total: "1.00"},
		sale{number: "#3", mail: "邮箱@例子.中国", name: "王小明", day: "2026-01-10", total: "1.00"},
		sale{number: "#4", mail: "بريد@مثال.example", name: "مثال", day: "2026-01-10", total: "1.00"},
	)
	sell(t, d, "Second", sale{number: "#5", mail: "b@example.com", name: "John Example", day: "2026-01-10", total: "1.00"})
	if rows := buyers(t, d, data.BuyerQuery{}); len(rows) != 5 {
		t.Errorf("buyers: %s", names(rows))
	}
	second := buyerOf(t, d, "#5")
	v, err := d.Buyer(t.Context(), second)
	must(t, err)
	if len(v.Row.Shops) != 1 || v.Row.Shops[0] != "Second" {
		t.Errorf("shops: %v", v.Row.Shops)
	}
	if _, err := d.Buyer(t.Context(), 99_999); err == nil {
		t.Error("nobody has a page")
	}
}

// What is noted is kept, bounded and taken back.
func TestCareOfABuyer(t *testing.T) {
	d := open(t)
	sell(t, d, "Lantern", sale{number: "#1", mail: "a@example.com", name: "Ana", day: "2026-01-10", total: "1.00"})
	ana := buyerOf(t, d, "#1")
	for _, bad := range []desk.BuyerCare{
		{Tone: "rude"}, {Note: strings.Repeat("n", 20_001)}, {Tags: []string{strings.Repeat("t", 41)}},
	} {
		if err := d.SetBuyerCare(t.Context(), ana, bad); err == nil {
			t.Errorf("taken: %.60v", bad)
		}
	}
	must(t, d.SetBuyerCare(t.Context(), ana, desk.BuyerCare{Note: "likes red", Tags: []string{"wholesale"}}))
	for _, q := range []data.BuyerQuery{{Search: "red"}, {Search: "whole"}, {Tag: "wholesale"}, {Kind: data.BuyersNoted}} {
		if got := names(buyers(t, d, q)); got != "Ana" {
			t.Errorf("%+v finds %q", q, got)
		}
	}
	tags, err := d.BuyerTags(t.Context())
	if err != nil || !slices.Equal(tags, []string{"wholesale"}) {
		t.Errorf("tags: %v, %v", tags, err)
	}
	must(t, d.SetBuyerCare(t.Context(), ana, desk.BuyerCare{Note: "likes red", Language: "pt-br"}))
	if r := named(t, d, "Ana"); r.Language != "pt-BR" || r.Note != "likes red" || len(r.Tags) != 0 {
		t.Errorf("language: %+v", r)
	}
	for range 2 {
		_, err = d.Undo(t.Context())
		must(t, err)
	}
	if r := named(t, d, "Ana"); r.Note != "" || len(r.Tags) != 0 || r.Language != "" {
		t.Errorf("taken back: %+v", r)
	}
}

// The table of how often by how lately holds everybody once.
func TestBuyerTableHoldsEverybody(t *testing.T) {
	d := open(t)
	var all []sale
	for i := range 20 {
		for k := range i%3 + 1 {
			all = append(all, sale{number: fmt.Sprintf("#%d-%d", i, k), mail: fmt.Sprintf("b%d@example.com", i), name: fmt.Sprintf("Buyer %02d", i), day: fmt.Sprintf("2026-01-%02d", i+1), total: fmt.Sprintf("%d.00", i+1)})
		}
	}
	sell(t, d, "Lantern", all...)
	table, err := d.BuyerTable(context.Background(), 0)
	must(t, err)
	sum := 0
	for _, c := range table.Cells {
		sum += c.Buyers
	}
	if sum != 20 {
		t.Errorf("%d of 20", sum)
	}
	// The tenth that spends most: sums are 1, 4, 9, 4, 10, 18, ... the two highest are 18*3=54 and 17*... by hand: buyers 17 (54) and 14 (45).
	key := buyers(t, d, data.BuyerQuery{Kind: data.BuyersKey})
	if len(key) != table.Key || names(key) != "Buyer 17, Buyer 14" {
		t.Errorf("key buyers: %s, %d told", names(key), table.Key)
	}
}

// A mailbox that a marketplace gives out makes nobody one person, and neither does one
// house under two names; an account with nothing but a handle has a page all the same.
func TestWhoIsNotHeldToBeOnePerson(t *testing.T) {
	d := open(t)
	sell(t, d, "Lantern",
		sale{number: "#1", mail: "abc123@marketplace.amazon.com", name: "Ana Muestra", day: "2026-01-10", total: "1.00"},
		sale{number: "#2", mail: "bo@example.com", name: "Bo Sample", day: "2026-01-11", total: "1.00"},
	)
	sell(t, d, "Second", sale{number: "#3", mail: "abc123@marketplace.amazon.com", name: "Carla Primer", day: "2026-01-12", total: "1.00"})
	for _, kind := range []data.BuyerKind{data.BuyersAlike, data.BuyersJoined} {
		if ids, err := d.BuyerIDs(t.Context(), data.BuyerQuery{Kind: kind}); err != nil || len(ids) != 0 {
			t.Errorf("%s: %v, %v", kind, ids, err)
		}
	}
	matches, err := d.BuyerMatches(t.Context(), buyerOf(t, d, "#2"))
	must(t, err)
	for _, m := range matches.List { // they live in one house
		for _, g := range m.Grounds {
			if g.Kind == data.MarkEmail || g.Strength != buyer.Weak {
				t.Errorf("%s by %+v", m.Account.Name, g)
			}
		}
	}
	v, err := d.Buyer(t.Context(), buyerOf(t, d, "#2"))
	must(t, err)
	if v.Row.Orders != 1 || v.Row.Every != 0 || len(v.Facts) != 0 || v.Stars != 0 {
		t.Errorf("a buyer of whom little is known: %+v", v.Row)
	}
}

// A search over everything finds persons by what they are called, once each, and not
// by what they bought.
func TestSearchFindsBuyers(t *testing.T) {
	d := open(t)
	sell(t, d, "Lantern",
		sale{number: "#1", mail: "ana@example.com", name: "Ana Muestra", phone: "0612345677", day: "2026-01-10", total: "1.00"},
		sale{number: "#2", mail: "ana@example.com", name: "Ana Muestra", phone: "0612345677", day: "2026-01-11", total: "1.00"},
		sale{number: "#3", mail: "second@example.com", name: "Ana Muestra", phone: "0612345677", day: "2026-01-11", total: "1.00"},
	)
	must(t, d.JoinBuyers(t.Context(), buyerOf(t, d, "#1"), buyerOf(t, d, "#3")))
	for text, want := range map[string]int{"muestra": 1, "second@example.com": 1, "ana muestra": 1, "lantern": 0, "nobody": 0} {
		found, err := d.Search(t.Context(), text)
		must(t, err)
		if len(found.Buyers) != want {
			t.Errorf("%q finds %s", text, names(found.Buyers))
		}
	}
}

// A tone that is noted chooses the wording of each reply to the person, of all
// accounts; who asks for a wording gets that one.
func TestToneChoosesTheWording(t *testing.T) {
	d := open(t)
	sell(t, d, "Lantern",
		sale{number: "#1", mail: "ana@example.com", name: "Ana Muestra", phone: "0612345677", day: "2026-01-10", total: "1.00"},
		sale{number: "#2", mail: "second@example.com", name: "Ana Muestra", phone: "0612345677", day: "2026-01-11", total: "1.00"},
	)
	must(t, d.JoinBuyers(t.Context(), buyerOf(t, d, "#1"), buyerOf(t, d, "#2")))
	must(t, d.SetBuyerCare(t.Context(), buyerOf(t, d, "#1"), desk.BuyerCare{Tone: data.ToneWarm, Language: "de"}))
	for asked, want := range map[string][3]string{"": {"warm", "warm", "de"}, "short": {"", "short", "de"}} {
		draft, err := d.Draft(t.Context(), desk.DraftRequest{Template: "delayed", Wording: asked, OrderID: orderID(t, d, "#2")})
		must(t, err)
		if got := [3]string{draft.Tone, draft.Wording, draft.Language}; got != want {
			t.Errorf("asked for %q: %v, want %v", asked, got, want)
		}
	}
	must(t, d.SetBuyerCare(t.Context(), buyerOf(t, d, "#2"), desk.BuyerCare{Tone: data.ToneFormal}))
	draft, err := d.Draft(t.Context(), desk.DraftRequest{Template: "delayed", OrderID: orderID(t, d, "#2")})
	must(t, err)
	if draft.Tone != data.ToneFormal || draft.Wording != "" || draft.Language == "de" {
		t.Errorf("formal is plain, and the language was taken back: %q, %q, %q", draft.Tone, draft.Wording, draft.Language)
	}
}
