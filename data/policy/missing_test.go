package policy_test

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/policy"
)

func TestMissingProofIsFoundAndWhatIsThereIsNot(t *testing.T) {
	text := func(s string) data.Text { return data.Text{English: s} }
	until := time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)
	items := []policy.ItemView{
		{ID: "tracking", Title: text("Tracking number"), State: policy.Missing, Get: text("Ask the carrier."), Until: until, Origin: policy.Origin{Origin: data.Origin{Source: "help.example", Confidence: data.Unconfirmed}}},
		{ID: "photo", Title: text("Photo of the parcel"), State: policy.Satisfied},
		{ID: "invoice", Title: text("Invoice"), State: policy.Missing},
	}
	got := policy.MissingProof(items)
	if len(got) != 2 {
		t.Fatalf("found %+v", got)
	}
	first := got[0]
	if first.Key() != "proof.missing|proof:tracking" || first.Severity != data.Warning || first.How.English != "Ask the carrier." || first.Origin.Confidence != data.Unconfirmed ||
		first.Mend != (data.Mend{Deed: "proof.show", Ref: data.Ref{Kind: "proof", ID: "tracking"}}) {
		t.Errorf("the first is %+v", first)
	}
	for i, want := range []string{"Missing: Tracking number. It can be had until 2026-03-04 09:30 UTC.", "Missing: Invoice."} {
		if why := got[i].Why.String(); why != want {
			t.Errorf("it says %q, want %q", why, want)
		}
	}
}
