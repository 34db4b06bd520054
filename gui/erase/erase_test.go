package erase

import (
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// The plan stands before anything goes, and a typed word stands before the deed.
func TestErasingAsksTwice(t *testing.T) {
	for _, language := range words.Languages() {
		b, d := guitest.Real(t)
		words.Set(language)
		orders := guitest.Orders(t, d, "12-1,2026-03-01 10:00,quillwort77,45.99,USD")
		done := false
		Open(b.Env, d, route.Erase{Orders: []int64{orders[0].ID}, Done: func() { done = true }})
		b.Shows(t, "12-1", "quillwort77", words.T("erase.stays"))
		b.NoRawKeys(t)
		b.Press(t, words.T("erase.do"))
		b.Shows(t, words.N("erase.orders", 1))
		b.Press(t, words.T("erase.do.now")) // the word is not typed yet
		if v, err := d.Order(t.Context(), orders[0].ID); err != nil || v.Order.Erased() || done {
			t.Fatalf("%s: erased without the word: %v", language, err)
		}
	}
}

// A shop's own days make an order over its date; what is needed still is not erasable.
func TestOverdueIsListed(t *testing.T) {
	b, d := guitest.Real(t)
	guitest.Orders(t, d, "12-1,2026-03-01 10:00,quillwort77,45.99,USD", "12-2,2026-11-10 10:00,ann,5.00,USD")
	if n, _, err := d.RetentionCount(t.Context()); n != 0 || err != nil {
		t.Fatalf("%d over a date that nobody set: %v", n, err)
	}
	shops, err := d.Shops(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.SetKeepDays(t.Context(), shops[0].ID, 90); err != nil {
		t.Fatal(err)
	}
	if n, more, err := d.RetentionCount(t.Context()); n != 1 || more || err != nil {
		t.Fatalf("%d over 90 days, %v, %v", n, more, err)
	}
	OpenOverdue(b.Env, d)
	b.Shows(t, "quillwort77", "12-1", "90 days")
	b.Hides(t, "12-2")
	b.NoRawKeys(t)
	list, err := d.Overdue(t.Context())
	if err != nil || len(list.Buyers) != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	over := list.Buyers[0].Erasable()
	held := len(list.Buyers[0].Held)
	if len(over)+held != 1 {
		t.Errorf("%d erasable, %d held", len(over), held)
	}
	if len(over) == 1 {
		plan, err := d.PlanErasure(t.Context(), desk.ErasureRequest{Orders: over, Ground: data.GroundRetention, Rule: "retention"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Erase(t.Context(), plan, nil); err != nil {
			t.Fatal(err)
		}
		if n, _, _ := d.RetentionCount(t.Context()); n != 0 {
			t.Errorf("%d over the date after it was erased", n)
		}
	}
}
