package desk

import (
	"testing"
	"time"

	"casebinder/data"
)

// A hold that is over stands in the list of those, and a confirmation written down
// makes the review look again.
func TestHoldsThatAreOver(t *testing.T) {
	now := riskNoon
	o := data.Order{
		Number: "1", Status: data.StatusToShip, Total: data.Money{Minor: 30_000, Currency: "USD"}, PaidAt: riskNoon, OrderedAt: riskNoon,
		Buyer: data.Buyer{Handle: "ana", Name: "Ana Pruebas"}, Payment: data.Payment{State: data.PaymentCleared, Payer: "Boris Muster", Holder: "Ana Pruebas"},
	}
	d := riskDesk(t, o)
	held := func(at time.Time) int {
		t.Helper()
		if _, err := d.KeepRisk(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		ids, err := d.OrderIDs(t.Context(), data.OrderQuery{HeldOver: true, Now: at})
		if err != nil {
			t.Fatal(err)
		}
		return len(ids)
	}
	if n := held(now.Add(71 * time.Hour)); n != 0 { // another paid: 72 hours
		t.Errorf("%d holds are over an hour early", n)
	}
	if n := held(now.Add(72 * time.Hour)); n != 1 {
		t.Errorf("%d holds are over at their end, not 1", n)
	}
	if err := d.WriteOrder(t.Context(), 1, OrderDeed{Kind: data.OrderConfirmed, At: now}); err != nil {
		t.Fatal(err)
	}
	if n := held(now.Add(72 * time.Hour)); n != 0 {
		t.Errorf("%d holds are left after the buyer confirmed", n)
	}
	if v, err := d.Risk(t.Context(), 1); err != nil || v.Level != data.RiskLook {
		t.Errorf("%s, %v", v.Level, err)
	}
}
