package policy

import (
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/pack"
)

var (
	sayUncovered   = define("protection.uncovered", "{title} does not cover this reason.")
	mendUncovered  = define("protection.uncovered.mend", "Answer the case on its merits. If the platform names another reason, correct it here.")
	sayProtected   = define("protection.met", "What the desk knows meets the conditions of {title}. The platform decides.")
	mendProtected  = define("protection.met.mend", "Say so in the answer, and send the proof that the checklist names.")
	sayOpen        = define("protection.open", "Conditions of {title} not shown yet: {missing} of {all}.")
	mendOpen       = define("protection.open.mend", "The checklist names each, and how to show it.")
	sayLate        = define("protection.late", "{title} requires shipping in time: the goods left at {shipped}, and had to by {limit}.")
	sayAfter       = define("protection.after", "{title} requires shipping before the case: the goods left at {shipped}, and the case was opened at {opened}.")
	sayElsewhere   = define("protection.elsewhere", "{title} requires delivery to the address of the transaction: the delivery scan names “{place}”, the order {wanted}.")
	sayUnsigned    = define("protection.unsigned", "{title} asks for a signature from {from}: the order has {total}, and no scan says that it was signed for.")
	sayOnlySeller  = define("protection.seller_word", "{title} asks for the carrier's record: the delivery scan was entered by hand.")
	mendOnlySeller = define("protection.seller_word.mend", "Save the carrier's page as a file, and choose it for the delivery scan.")
)

// ProtectionFindings tells how a case stands to the protection that its platform
// promises sellers: whether it covers the reason, what contradicts a condition,
// and how many are not shown yet. Items are those of Checklist.
func ProtectionFindings(p *Pack, f *CaseFacts, items []ItemView) []data.Finding {
	if p.Protection == nil {
		return nil
	}
	title := pack.Text(p.Protection.Title)
	if !slices.Contains(p.Protection.Reasons, f.Dispute.Reason) {
		if !p.Protection.Only {
			return nil
		}
		return []data.Finding{{
			Rule: "protection.uncovered", Severity: data.Info, Why: sayUncovered.With("title", title), How: mendUncovered.With(), Origin: p.Protection.Origin.Origin,
		}}
	}
	var out []data.Finding
	all, missing := 0, 0
	for i := range p.Items {
		item := &p.Items[i]
		at := slices.IndexFunc(items, func(v ItemView) bool { return v.ID == item.ID })
		if !item.Protect || at < 0 || items[at].State == NotApplicable {
			continue
		}
		all++
		if items[at].State == Satisfied {
			out = append(out, sellersWord(title, item, f, &items[at])...)
			continue
		}
		missing++
		out = append(out, against(title, item, f)...)
	}
	whole := data.Finding{Rule: "protection.met", Severity: data.Info, Why: sayProtected.With("title", title), How: mendProtected.With(), Origin: p.Protection.Origin.Origin}
	if missing > 0 {
		whole.Rule, whole.Severity, whole.How = "protection.open", data.Warning, mendOpen.With()
		whole.Why = sayOpen.With("title", title, "missing", missing, "all", all)
	}
	return append(out, whole)
}

// against tells of a condition that is not only not shown: something speaks
// against it.
func against(title data.Text, item *Item, f *CaseFacts) []data.Finding {
	shipped := shippedAt(&f.Order)
	odd := data.Finding{
		Rule: "protection." + item.ID, Severity: data.Serious, Where: []data.Ref{orderRef(&f.Order)}, How: pack.Text(item.Get), Origin: item.Origin.Origin,
		Mend: data.Mend{Deed: "proof.show", Ref: data.Ref{Kind: "proof", ID: item.ID}},
	}
	for _, fact := range item.Facts {
		switch fact {
		case FactShippedInTime:
			if limit := shipLimit(f, item); !shipped.IsZero() && !limit.IsZero() {
				odd.Why = sayLate.With("title", title, "shipped", utc(shipped), "limit", utc(limit))
			}
		case FactShippedBefore:
			if !shipped.IsZero() && data.Before(f.Dispute.OpenedAt, shipped) {
				odd.Why = sayAfter.With("title", title, "shipped", utc(shipped), "opened", utc(f.Dispute.OpenedAt))
			}
		case FactPostcodeMatch:
			odd.Why = elsewhere(title, f, &odd)
		case FactSignature:
			if _, state := underThreshold(item.From, f.Order.Total); item.From != nil && state == Missing && f.Order.Total.Currency == item.From.Currency {
				odd.Why = sayUnsigned.With("title", title, "from", item.From.Amount+" "+item.From.Currency, "total", f.Order.Total)
			}
		}
	}
	if odd.Why.IsZero() {
		return nil
	}
	return []data.Finding{odd}
}

// elsewhere tells of a delivery scan that names a place, and not the order's.
func elsewhere(title data.Text, f *CaseFacts, odd *data.Finding) data.Text {
	paid := f.Order.PaidAddress()
	for _, s := range outbound(&f.Order) {
		scan := deliveryScan(s)
		if scan == nil || placeMatches(scan, paid) || strings.TrimSpace(scan.Place) == "" || len(scanAddress(f, s, scan, plainPlace(shortCode(paid)))) == 0 {
			continue
		}
		odd.Where = append(odd.Where, shipmentRef(s))
		wanted := strings.TrimSpace(paid.Postcode + " " + paid.City)
		return sayElsewhere.With("title", title, "place", scan.Place, "wanted", wanted)
	}
	return data.Text{}
}

// sellersWord tells of a delivery that is shown by the seller's own word alone.
func sellersWord(title data.Text, item *Item, f *CaseFacts, v *ItemView) []data.Finding {
	if !slices.Contains(item.Facts, FactDeliveryScan) || slices.ContainsFunc(v.By, func(r data.Ref) bool { return r.Kind == "evidence" }) {
		return nil
	}
	var where []data.Ref
	for _, s := range outbound(&f.Order) {
		scan := deliveryScan(s)
		if scan != nil && scan.Told != data.TellerPerson {
			return nil
		}
		if scan != nil {
			where = append(where, shipmentRef(s))
		}
	}
	return []data.Finding{{
		Rule: "protection.seller_word", Severity: data.Warning, Where: where, Why: sayOnlySeller.With("title", title), How: mendOnlySeller.With(),
		Origin: item.Origin.Origin, Mend: data.Mend{Deed: "proof.show", Ref: data.Ref{Kind: "proof", ID: item.ID}},
	}}
}
