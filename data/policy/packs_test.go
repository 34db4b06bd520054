package policy_test

import (
	"testing"

	"casebinder/data"
	"casebinder/data/policy"
)

func packs(t testing.TB) []*policy.Pack {
	t.Helper()
	all, err := policy.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func pack(t testing.TB, id string) *policy.Pack {
	t.Helper()
	for _, p := range packs(t) {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("there is no pack %s", id)
	return nil
}

// Whoever reads a figure must be able to tell how well it is known.
func TestFiguresCountByConfidence(t *testing.T) {
	for _, p := range packs(t) {
		count := map[data.Confidence]int{}
		for _, f := range policy.Figures(p) {
			count[f.Confidence]++
			if f.Source == "" {
				t.Errorf("%s: %s has no source", p.ID, f.Path)
			}
			if f.Value == "" && f.Confidence != data.Unconfirmed {
				t.Errorf("%s: %s has no value, yet is %s", p.ID, f.Path, f.Confidence)
			}
		}
		t.Logf("%-22s %d confirmed, %d third-party, %d unconfirmed", p.ID, count[data.Confirmed], count[data.ThirdParty], count[data.Unconfirmed])
	}
}
