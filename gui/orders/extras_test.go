package orders

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// What no field takes is folded, found by name and by value, and copied whole by a
// click; what a file tells of the payment stands among the facts.
func TestMoreFromTheFile(t *testing.T) {
	for _, language := range words.Languages() {
		b := guitest.New(t, language)
		view := b.Fake.Orders[11]
		view.Order.Extra = map[string]string{}
		for i := range 12 {
			view.Order.Extra[fmt.Sprintf("Column %c of the report", 'A'+i)] = fmt.Sprintf("value\nno. %d", i)
		}
		view.Order.Payment = data.Payment{
			State: data.PaymentReview, Payer: "Eve Payer", AddressStatus: data.AddressUnconfirmed, Risk: data.JudgedHigh,
			Billing: data.Address{Name: "Eve Payer", Line1: "2 Side St", City: "Reno"},
		}
		b.Fake.Orders[11] = view
		o := New(b.Env, b.Fake)
		b.Show(o)
		o.Open(11)
		x := o.detail.extras
		b.Shows(t, words.N("order.extra.show", 12), words.Of("payment.state", data.PaymentReview), "Eve Payer", words.Of("payment.risk", data.JudgedHigh))
		if len(x.facts.Object.Objects) != 0 {
			t.Error("it is not folded")
		}
		x.fold.OnTapped()
		if n := len(x.facts.Object.Objects); n != 12 {
			t.Fatalf("%d columns are shown, want 12", n)
		}
		b.Search(t, words.T("order.extra.search"), "no. 7")
		if n := len(x.facts.Object.Objects); n != 1 {
			t.Fatalf("%d columns hold “no. 7”, want 1", n)
		}
		x.facts.Object.Objects[0].(fyne.Tappable).Tapped(nil)
		if got := fyne.CurrentApp().Clipboard().Content(); got != "value\nno. 7" {
			t.Errorf("copied %q", got)
		}
		b.Search(t, words.T("order.extra.search"), "nowhere")
		b.Shows(t, words.T("order.extra.none"))
		x.fold.OnTapped()
		b.Hides(t, words.T("order.extra.none"))
		b.NoRawKeys(t)
	}
}

// An order with nothing beyond its fields offers nothing to unfold.
func TestNothingMoreFromTheFile(t *testing.T) {
	b := guitest.New(t, words.English)
	view := b.Fake.Orders[11]
	view.Order.Extra = nil
	b.Fake.Orders[11] = view
	o := New(b.Env, b.Fake)
	b.Show(o)
	o.Open(11)
	b.Hides(t, words.N("order.extra.show", 0))
}

// Of very many columns some are drawn, and the others are said and found.
func TestVeryManyColumns(t *testing.T) {
	b := guitest.New(t, words.English)
	x := newExtras(b.Env.UI)
	of := map[string]string{}
	for i := range 5000 {
		of[fmt.Sprintf("c%04d", i)] = fmt.Sprint(i)
	}
	x.set(of, true)
	x.fold.OnTapped()
	if n := len(x.facts.Object.Objects); n != mostExtras || len(x.rest.Objects) != 1 {
		t.Errorf("%d are drawn, want %d and a word on the others", n, mostExtras)
	}
	x.search.SetText("c4321")
	x.search.Flush()
	if n := len(x.facts.Object.Objects); n != 1 || len(x.rest.Objects) != 0 {
		t.Errorf("%d are found, want 1", n)
	}
}
