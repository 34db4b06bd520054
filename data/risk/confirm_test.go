package risk

import (
	"slices"
	"strings"
	"testing"

	"casebinder/data"
)

// What a rule asks the buyer for eases it once it is there; what nobody can confirm
// away stays.
func TestTheBuyersConfirmationEases(t *testing.T) {
	r := builtInRules(t)
	another := func(f *Facts) {
		f.Order.Total, f.Order.Items[0].Price = usd(30_000), usd(15_000)
		f.Order.Payment.Payer, f.Order.Payment.Holder = "Boris Muster", "Ana Pruebas"
	}
	for _, c := range []struct {
		name          string
		set           func(*Facts)
		rule          string
		before, after data.RiskLevel
	}{
		{"another paid", another, "payer.other", data.RiskHold, data.RiskLook},
		{"a postcode differs", func(f *Facts) { f.Order.Payment.Address = madrid; f.Order.ShipTo.Postcode = "28031" }, "address.small", data.RiskLook, data.RiskClear},
		{"another town", func(f *Facts) {
			f.Order.Payment.Address = data.Address{Line1: "Rua Inventada 9", City: "Sevilla", Postcode: "41001", Country: "ES"}
		}, "address.big", data.RiskHold, data.RiskHold},
		{"under review", func(f *Facts) { f.Order.Payment.State = data.PaymentReview }, "payment.review", data.RiskStop, data.RiskStop},
	} {
		f := calm()
		c.set(&f)
		for _, confirmed := range []bool{false, true} {
			f.Confirms = confirmed
			v := r.Review(&f, nil)
			want := c.before
			if confirmed {
				want = c.after
			}
			i := slices.IndexFunc(v.Findings, func(one Found) bool { return one.Rule == c.rule })
			if i < 0 || v.Findings[i].Level != want || v.Level != want {
				t.Errorf("%s, confirmed %v: %s, not %s; %+v", c.name, confirmed, v.Level, want, v.Findings)
			}
			told := slices.ContainsFunc(v.Findings, func(one Found) bool { return one.Rule == "confirmed" && one.Level == data.RiskClear })
			if told != confirmed {
				t.Errorf("%s: the confirmation is told: %v", c.name, told)
			}
			if confirmed && want != c.before && (v.Findings[i].Mend.Deed != "" || !v.ShipFrom.IsZero()) {
				t.Errorf("%s: it still asks or waits: %+v until %v", c.name, v.Findings[i].Mend, v.ShipFrom)
			}
		}
	}
}

func TestARuleThatAConfirmationMakesWorse(t *testing.T) {
	const book = `format = 1
id = "own"
edition = "1"
[[rule]]
id = "mine"
title = "mine"
level = "look"
all = [{ fact = "units", at_least = 1 }]
text = "text"
do = "do"
confirmed = "stop"
`
	if _, err := Decode("own", []byte(book)); err == nil || !strings.Contains(err.Error(), "does not ease") {
		t.Errorf("it is taken: %v", err)
	}
}
