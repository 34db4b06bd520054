package buyers

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// sale is an order of a buyer as a Shopify file tells it.
type sale struct {
	number, mail, name, phone, street, day, total string
	units                                         int
}

const head = "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total," +
	"Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price," +
	"Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Shipping Name,Shipping Address1,Shipping City,Shipping Zip,Shipping Country,Shipping Phone\n"

// sell imports sales and brings the buyers up to date.
func sell(t *testing.T, d *desk.Desk, all ...sale) {
	t.Helper()
	var text strings.Builder
	text.WriteString(head)
	for _, s := range all {
		if s.street == "" {
			s.street = "Rue Neuve " + strings.TrimLeft(s.number, "#")
		}
		fmt.Fprintf(&text, "%s,%s,paid,%s 10:00:00 +0000,fulfilled,%s 11:00:00 +0000,no,EUR,%s,0.00,0.00,%s,,0.00,Post,%s 09:00:00 +0000,%d,Paper lantern,1.00,,PL-1,true,true,fulfilled,%s,%s,%s,Lyon,'69001,FR,%s\n",
			s.number, s.mail, s.day, s.day, s.total, s.total, s.day, max(1, s.units), s.name, s.name, s.street, s.phone)
	}
	file := filepath.Join(t.TempDir(), "orders_export.csv")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := d.Import(t.Context(), desk.ImportRequest{Path: file, Shop: data.Shop{Platform: data.Shopify, Name: "Lantern"}}, nil)
	if err != nil || len(report.Rejected) > 0 {
		t.Fatal(err, report.Rejected)
	}
	if err := d.KeepBuyers(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// shop is a desk with two accounts of Ana, who is likely one person, and with Gil.
func shop(t *testing.T) (*guitest.Bench, *desk.Desk, *Tab) {
	b, d := guitest.Real(t)
	sell(t, d,
		sale{number: "#1", mail: "ana@example.com", name: "Ana Muestra", phone: "+33 6 12 34 56 77", day: "2026-08-10", total: "20.00", units: 12},
		sale{number: "#2", mail: "ana@example.com", name: "Ana Muestra", phone: "+33 6 12 34 56 77", day: "2026-09-09", total: "30.00"},
		sale{number: "#3", mail: "ana@example.com", name: "Ana Muestra", phone: "+33 6 12 34 56 77", day: "2026-10-09", total: "40.00"},
		sale{number: "#4", mail: "other@example.com", name: "Ana Muestra", phone: "0612345677", day: "2026-10-10", total: "10.00"},
		sale{number: "#5", mail: "gil@example.com", name: "Gil Sample", phone: "+33 6 98 76 54 31", day: "2026-11-01", total: "7.00"},
	)
	tab := New(b.Env, d)
	b.Show(tab)
	return b, d, tab
}

func find(t *testing.T, d *desk.Desk, name string) data.BuyerRow {
	t.Helper()
	rows, err := d.BuyerFirst(t.Context(), data.BuyerQuery{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Name == name || r.Handle == name {
			return r
		}
	}
	t.Fatalf("there is no %s among %+v", name, rows)
	return data.BuyerRow{}
}

// numbered is the row id of the order with a number.
func numbered(t *testing.T, d *desk.Desk, number string) int64 {
	t.Helper()
	rows, err := d.OrderFirst(t.Context(), data.OrderQuery{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Number == number {
			return r.ID
		}
	}
	t.Fatalf("there is no order %s among %+v", number, rows)
	return 0
}

// heard tells the tab of what changed, as the window does.
func heard(tab *Tab) {
	tab.Changed([]data.ChangeEvent{{Effect: data.EffectMany, Rows: []data.RowRef{{Entity: data.EntityBuyer}}}})
}

func button(t *testing.T, b *guitest.Bench, text string) {
	t.Helper()
	for _, one := range guitest.Find[*kit.Button](b) {
		if one.Text == text && one.Visible() {
			one.OnTapped()
			return
		}
	}
	t.Fatalf("there is no button %q among %v", text, b.Live())
}

// Who may be one person is asked, joined by a person's word alone, and parted again
// after new orders came; each is one undo step.
func TestOnePersonIsAPersonsWord(t *testing.T) {
	b, d, tab := shop(t)
	if tab.Rows() != 3 {
		t.Fatalf("%d rows: merged without a word", tab.Rows())
	}
	ana := find(t, d, "ana@example.com")
	tab.Open(ana.ID)
	b.Shows(t, "1 other account may be the same person", "Nearly sure: Shopify · Ana Muestra · other@example.com · 1 order",
		"Same phone, which ends in 77, and the same name.", "EUR 90.00", "Orders every 30 days or so.")
	tab.detail.parts.Select(tab.detail.partWho)
	button(t, b, "Same person")
	heard(tab)
	b.Shows(t, "Marked as one person", "EUR 100.00", "Paper lantern")
	b.Hides(t, "may be the same person")
	if tab.Rows() != 2 {
		t.Errorf("%d rows after they were joined", tab.Rows())
	}
	sell(t, d, sale{number: "#6", mail: "other@example.com", name: "Ana Muestra", phone: "0612345677", day: "2026-11-12", total: "5.00"})
	heard(tab)
	b.Shows(t, "EUR 105.00", "#6")
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	heard(tab)
	b.Shows(t, "EUR 90.00", "1 other account may be the same person")
	if other := find(t, d, "other@example.com"); other.Spent.Minor != 1500 {
		t.Errorf("the other account after the undo: %+v", other)
	}
	tab.detail.parts.Select(tab.detail.partWho)
	button(t, b, "Different people")
	heard(tab)
	b.Hides(t, "may be the same person")
	if rows, err := d.BuyerIDs(t.Context(), data.BuyerQuery{Kind: data.BuyersAlike}); err != nil || len(rows) != 0 {
		t.Errorf("asked again: %v, %v", rows, err)
	}
}

// Filters ask the desk for what they say; a place of the chart is one of them, is
// named, and is left by a press.
func TestFiltersAndPlacesOfTheChart(t *testing.T) {
	b, d, tab := shop(t)
	kind := guitest.Find[*kit.Choice[data.BuyerKind]](b)[0]
	for i, want := range []int{0, 1, 1, 0, 2, 0, 0} { // key, big, again, disputing, alike, joined, noted
		kind.SetSelectedIndex(i + 1)
		if tab.Rows() != want {
			t.Errorf("%s lists %d, want %d", data.BuyerKinds()[i], tab.Rows(), want)
		}
	}
	b.Shows(t, "No matching buyers")
	tab.Clear()
	b.Search(t, words.T("buyers.search"), "gil@example.com")
	if tab.Rows() != 1 {
		t.Errorf("a search by mail lists %d", tab.Rows())
	}
	tab.Clear()
	tab.chart()
	b.Shows(t, words.T("buyers.chart.axes"), "1 order", "EUR 90.00", "Left out: nobody.")
	chart := guitest.Find[*kit.Matrix](b)[0]
	table, err := d.BuyerTable(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range placesOf(table) {
		if p.OrdersFrom == 1 || p.Buyers == 0 {
			chart.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
			continue
		}
		chart.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if p.Buyers != 1 || tab.Rows() != 1 {
			t.Errorf("place %d lists %d, and holds %d", i, tab.Rows(), p.Buyers)
		}
		break
	}
	if !tab.place.Visible() || !strings.Contains(tab.place.Text, "orders or more") && !strings.Contains(tab.place.Text, "to") {
		t.Errorf("the place is called %q", tab.place.Text)
	}
	tab.place.OnTapped()
	if tab.Rows() != 3 || tab.place.Visible() {
		t.Errorf("%d rows, and the place is shown: %v", tab.Rows(), tab.place.Visible())
	}
}

// What is noted of a person is one step, and chooses wording and language of the
// reply to any of the orders.
func TestToneAndLanguageReachTheReply(t *testing.T) {
	b, d, tab := shop(t)
	ana := find(t, d, "ana@example.com")
	tab.Open(ana.ID)
	tab.TypedKey(fyne.KeyF2)
	entry := guitest.Find[*kit.Entry](b)
	entry[len(entry)-1].SetText("wholesale， gift")
	choices := guitest.Find[*kit.Choice[string]](b)
	choices[len(choices)-2].SetSelectedIndex(1) // short
	choices[len(choices)-1].SetSelectedIndex(4) // Spanish
	button(t, b, words.T("do.save"))
	heard(tab)
	b.Shows(t, "wholesale, gift", "Short", "Spanish (a colleague said so)")
	order := numbered(t, d, "#1")
	draft, err := d.Draft(t.Context(), desk.DraftRequest{Template: "delayed", OrderID: order})
	if err != nil || draft.Tone != data.ToneShort || draft.Language != "es" {
		t.Errorf("%q, %q: %v", draft.Tone, draft.Language, err)
	}
	if draft.Wording != data.ToneShort {
		t.Errorf("the wording is %q", draft.Wording)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if draft, err = d.Draft(t.Context(), desk.DraftRequest{Template: "delayed", OrderID: order}); err != nil || draft.Tone != "" || draft.Language == "es" {
		t.Errorf("after the undo: %q, %q: %v", draft.Tone, draft.Language, err)
	}
}

// From the person one comes to each order, dispute and answer, and from an order to
// the person.
func TestWaysToAndFro(t *testing.T) {
	b, d, tab := shop(t)
	ana := find(t, d, "ana@example.com")
	order := numbered(t, d, "#2")
	for range 2 {
		if _, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: order, Reason: data.ReasonNotReceived, OpenedAt: d.Now(), Sure: true}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.KeepBuyers(t.Context()); err != nil {
		t.Fatal(err)
	}
	tab.Person(0, order)
	if tab.detail.view.Row.ID != ana.ID {
		t.Fatalf("the order leads to %+v", tab.detail.view.Row)
	}
	b.Shows(t, "Disputes: 2, on 1 of 3 orders.", "not received: 2, of which 2 open")
	for _, link := range guitest.Find[*kit.WordLink](b) {
		if link.OnTapped != nil {
			link.OnTapped()
		}
	}
	var disputes, orders int
	for _, to := range b.Went {
		switch to.(type) {
		case route.Dispute:
			disputes++
		case route.Order:
			orders++
		}
	}
	if disputes == 0 && orders == 0 {
		t.Errorf("went to %+v", b.Went)
	}
	tab.detail.replyTo(ana.ID)
	if to, ok := b.Went[len(b.Went)-1].(route.Reply); !ok || to.Order.Number != "#3" {
		t.Errorf("the reply is about %+v", b.Went[len(b.Went)-1])
	}
	tab.Narrow(func(f *filter) { f.Kind = data.BuyersDisputing })
	if tab.Rows() != 1 {
		t.Errorf("%d with two disputes", tab.Rows())
	}
}

// An order that names nobody leads nowhere, and it is said.
func TestAnOrderOfNobody(t *testing.T) {
	b, d := guitest.Real(t)
	sell(t, d, sale{number: "#1", day: "2026-08-10", total: "20.00"})
	tab := New(b.Env, d)
	b.Show(tab)
	b.Shows(t, "No buyers yet")
	order := numbered(t, d, "#1")
	tab.Person(0, order)
	b.Shows(t, "Order #1 names no buyer.")
	tab.chart()
	b.Shows(t, "Nobody has ordered yet.", "1 order that names no buyer.")
}

func TestTheTabSpeaksEachLanguage(t *testing.T) {
	for language, want := range map[string]string{words.English: "Accounts", words.Simplified: "账号", words.Traditional: "帳號"} {
		b, d, _ := shop(t)
		words.Set(language)
		tab := New(b.Env, d)
		b.Show(tab)
		tab.Open(find(t, d, "ana@example.com").ID)
		b.Shows(t, want)
		tab.detail.edit()
		b.NoRawKeys(t)
		tab.chart()
		b.NoRawKeys(t)
	}
}

// At 1366 pixels the columns that are shown at first stand beside each other.
func TestColumnsFitASmallScreen(t *testing.T) {
	b, d := guitest.Real(t)
	width := float32(0)
	for _, c := range columns(&env{b.Env, d}) {
		if !c.Hidden {
			width += c.Width
		}
	}
	if room := float32(1366*0.57) - 20; width > room {
		t.Errorf("the columns take %v of %v", width, room)
	}
}
