package policy

import "casebinder/data"

var (
	sayMissing      = define("item.missing", "Missing: {item}.")
	sayMissingUntil = define("item.missing_until", "Missing: {item}. It can be had until {until}.")
)

// MissingProof tells of each piece of proof that is asked for and not there, as
// Checklist found it.
func MissingProof(items []ItemView) []data.Finding {
	var all []data.Finding
	for i := range items {
		item := &items[i]
		if item.State != Missing {
			continue
		}
		at := data.Ref{Kind: "proof", ID: item.ID}
		why := sayMissing.With("item", item.Title)
		if !item.Until.IsZero() {
			why = sayMissingUntil.With("item", item.Title, "until", utc(item.Until))
		}
		all = append(all, data.Finding{
			Rule: "proof.missing", Severity: data.Warning, Where: []data.Ref{at}, Why: why, How: item.Get,
			Mend: data.Mend{Deed: "proof.show", Ref: at}, Origin: item.Origin.Origin,
		})
	}
	return all
}
