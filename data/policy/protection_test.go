package policy_test

import (
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/policy"
)

// protected is a case that meets every condition of PayPal's: below the amount
// from which a signature is asked for, left a day after the payment.
func protected() *policy.CaseFacts {
	f := sound()
	f.Order.Total = usd(74_999)
	f.Exhibits = map[string][]string{"eligible": {"p"}}
	return f
}

func protection(t *testing.T, id string, f *policy.CaseFacts) []data.Finding {
	t.Helper()
	p := pack(t, id)
	return policy.ProtectionFindings(p, f, policy.Checklist(p, f, nil))
}

func TestConditionsOfSellerProtection(t *testing.T) {
	scan := func(f *policy.CaseFacts) *data.TrackingEvent { return &f.Order.Shipments[0].Events[1] }
	for _, c := range []struct {
		name, pack string
		change     func(f *policy.CaseFacts)
		rules      string
		says       string // of the first finding
	}{
		{"all met", "paypal", func(*policy.CaseFacts) {}, "protection.met", "meets the conditions of PayPal Seller Protection"},
		{"met by a claim", "paypal-claim", func(*policy.CaseFacts) {}, "protection.met", ""},
		{"met by a chargeback", "paypal-chargeback", func(*policy.CaseFacts) {}, "protection.met", ""},
		{
			"nobody looked whether it is eligible", "paypal", func(f *policy.CaseFacts) { f.Exhibits = nil }, "protection.open",
			"not shown yet: 1 of 7",
		},
		{
			"from 750 dollars without a signature", "paypal", func(f *policy.CaseFacts) { f.Order.Total = usd(75_000) }, "protection.signature protection.open",
			"asks for a signature from 750.00 USD: the order has USD 750.00",
		},
		{
			"from 750 dollars, signed for", "paypal",
			func(f *policy.CaseFacts) { f.Order.Total, scan(f).Text = usd(75_000), "Delivered, signed for by A" }, "protection.met", "",
		},
		{
			// Whether 700 euros are more than 750 dollars, no rate in the program says.
			"another currency", "paypal", func(f *policy.CaseFacts) { f.Order.Total = data.Money{Minor: 70_000, Currency: "EUR"} }, "protection.open", "1 of 8",
		},
		{
			"delivered elsewhere", "paypal", func(f *policy.CaseFacts) { scan(f).Place = "CHICAGO, IL 60601" }, "protection.postcode_match protection.open",
			"the delivery scan names “CHICAGO, IL 60601”, the order 62701-1234 Springfield",
		},
		{"delivered, and no place is named", "paypal", func(f *policy.CaseFacts) { scan(f).Place = "" }, "protection.open", "1 of 7"},
		{"not delivered", "paypal", func(f *policy.CaseFacts) { f.Order.Shipments[0].Events = nil }, "protection.open", "2 of 7"},
		{
			// Paid on 1 October: the seventh day after it is 8 October.
			"left on the ninth", "paypal", func(f *policy.CaseFacts) { leaves(f, "2026-10-09T00:30:00Z") }, "protection.in_time protection.open",
			"left at 2026-10-09 00:30 UTC, and had to by 2026-10-08",
		},
		{"left on the eighth", "paypal", func(f *policy.CaseFacts) { leaves(f, "2026-10-08T23:30:00Z") }, "protection.met", ""},
		{
			"left by the order's own date", "paypal", func(f *policy.CaseFacts) {
				leaves(f, "2026-10-20T10:00:00Z")
				f.Order.ShipBy = at("2026-10-20T12:00:00Z")
			},
			"protection.met", "",
		},
		{
			"left after the case was opened", "paypal",
			func(f *policy.CaseFacts) {
				leaves(f, "2026-11-03T10:00:00Z")
				f.Order.ShipBy = at("2026-11-05T12:00:00Z")
			},
			"protection.before_case protection.open", "left at 2026-11-03 10:00 UTC, and the case was opened at 2026-11-02 12:00 UTC",
		},
		{
			"delivered by the seller's word alone", "paypal", func(f *policy.CaseFacts) { scan(f).Told = data.TellerPerson },
			"protection.seller_word protection.met", "the delivery scan was entered by hand",
		},
		{
			"not as described is not covered", "paypal", func(f *policy.CaseFacts) { f.Dispute.Reason = data.ReasonNotAsDescribed }, "protection.uncovered",
			"PayPal Seller Protection does not cover this reason",
		},
		{"unauthorized, shipped to the address", "paypal-claim", func(f *policy.CaseFacts) { f.Dispute.Reason = data.ReasonUnauthorized }, "protection.met", ""},
		{
			"unauthorized, no place is known", "paypal-claim",
			func(f *policy.CaseFacts) {
				f.Dispute.Reason = data.ReasonUnauthorized
				f.Order.Shipments[0].Events = nil
			}, "protection.open", "1 of 6",
		},
		{
			"unauthorized, the label names the postcode", "paypal-claim", func(f *policy.CaseFacts) {
				f.Dispute.Reason = data.ReasonUnauthorized
				f.Order.Shipments[0].Events = nil
				f.Labels = []policy.LabelText{{Evidence: "p", Text: "Springfield IL 62701"}}
			}, "protection.met", "",
		},
		{"eBay", "ebay-inr", func(*policy.CaseFacts) {}, "protection.met", "eBay's protection of sellers"},
		{"a platform that promises nothing", "aliexpress", func(*policy.CaseFacts) {}, "", ""},
	} {
		f := protected()
		c.change(f)
		all := protection(t, c.pack, f)
		var rules []string
		for _, one := range all {
			rules = append(rules, one.Rule)
			if one.Why.IsZero() || one.How.IsZero() || one.Origin.Source == "" {
				t.Errorf("%s: %s does not say why, how and by which source: %+v", c.name, one.Rule, one)
			}
		}
		if got := strings.Join(rules, " "); got != c.rules {
			t.Errorf("%s: %q, want %q", c.name, got, c.rules)
		}
		if len(all) > 0 && !strings.Contains(all[0].Why.String(), c.says) {
			t.Errorf("%s: says %q, want %q", c.name, all[0].Why, c.says)
		}
	}
}

func leaves(f *policy.CaseFacts, when string) {
	f.Order.ShippedAt, f.Order.Shipments[0].ShippedAt = at(when), at(when)
}

// A file of the carrier's page that a person set down is better than a typed scan.
func TestTheCarriersPageBeatsATypedScan(t *testing.T) {
	f := protected()
	f.Order.Shipments[0].Events[1].Told = data.TellerPerson
	f.Evidence = append(f.Evidence, data.Evidence{UID: "page", Name: "page.pdf", Kind: data.KindDelivery})
	if all := protection(t, "paypal", f); slices.ContainsFunc(all, func(f data.Finding) bool { return f.Rule == "protection.seller_word" }) {
		t.Errorf("the page counts for nothing: %v", all)
	}
}

func TestAPackWithoutItsProtectionIsRefused(t *testing.T) {
	text, err := policy.Encode(pack(t, "paypal"))
	if err != nil {
		t.Fatal(err)
	}
	from := strings.Index(string(text), "[protection]")
	_, behind, _ := strings.Cut(string(text[from+1:]), "\n[")
	cut := string(text[:from])
	if behind != "" {
		cut += "[" + behind
	}
	if _, err := policy.Decode("mine.toml", []byte(cut)); err == nil || !strings.Contains(err.Error(), "belong together") {
		t.Errorf("taken: %v", err)
	}
	if _, err := policy.Decode("mine.toml", []byte(strings.Replace(string(text), "only = true", "only = false", 1))); err != nil {
		t.Error(err)
	}
}
