package policy

import (
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/pack"
)

// ItemState says whether proof that a platform wants is there.
type ItemState string

// The states of an item.
const (
	Satisfied     ItemState = "satisfied"
	NotApplicable ItemState = "not_applicable"
	Missing       ItemState = "missing"
)

// ItemView is an item of the checklist of a case.
type ItemView struct {
	ID     string
	Title  data.Text
	State  ItemState
	By     []data.Ref // what satisfies it
	Why    data.Text  // why it does not apply, or what is not known
	Get    data.Text  // how to get it
	Until  time.Time  // of a missing item: until when; zero when no date is known
	Origin Origin
	Kinds  []data.EvidenceKind // files of these stand for it; none: only facts do
}

var (
	sayBelow        = define("item.below", "The order's total {total} is less than {from}.")
	sayPerson       = define("item.person", "Marked as not applicable: {reason}")
	sayOtherMoney   = define("item.other_currency", "The rule counts from {from}; the order is in {currency}. Check the platform's own threshold there.")
	sayNoTotal      = define("item.no_total", "The rule counts from {from}; the order's total is not known.")
	sayUnsaid       = define("item.unsaid", "Files for which nobody has said what they show: {n}. They do not count until somebody does.")
	sayPriorMissing = define("item.prior", "{found} of {wanted} earlier orders fit: without a dispute, same card, {min} to {max} days older, {matches} identifiers in common.")
)

// Checklist tells of each piece of proof that a pack wants for the reason of a
// case whether it is there. Deadlines are those of the case's view, for the
// dates; nil gives none. What concerns other reasons is not listed.
func Checklist(p *Pack, f *CaseFacts, deadlines []DeadlineView) []ItemView {
	var all []ItemView
	for i := range p.Items {
		item := &p.Items[i]
		if len(item.Reasons) > 0 && !slices.Contains(item.Reasons, f.Dispute.Reason) {
			continue
		}
		all = append(all, checkItem(p, item, f, deadlines))
	}
	return all
}

func checkItem(p *Pack, item *Item, f *CaseFacts, deadlines []DeadlineView) ItemView {
	v := ItemView{
		ID: item.ID, Title: pack.Text(item.Title), Get: pack.Text(item.Get), State: Missing, Origin: item.Origin, Kinds: item.Kinds,
	}
	if v.By = satisfied(item, f); len(v.By) > 0 {
		v.State = Satisfied
		return v
	}
	if reason, marked := f.NotApplicable[item.ID]; marked {
		v.State, v.Why = NotApplicable, sayPerson.With("reason", reason)
		return v
	}
	if item.From != nil {
		if v.Why, v.State = underThreshold(item.From, f.Order.Total); v.State == NotApplicable {
			return v
		}
	}
	if q := item.Prior; q != nil {
		v.Why = sayPriorMissing.With("found", len(q.Fitting(f)), "wanted", q.Orders, "min", q.MinDays, "max", q.MaxDays, "matches", q.Matches)
	}
	if n := unsaid(f); n > 0 && v.Why.IsZero() && len(item.Kinds) > 0 {
		v.Why = sayUnsaid.With("n", n)
	}
	v.Until = until(item, deadlines)
	return v
}

// unsaid counts the files of which nobody said what they show, so that any of
// them might stand for an item.
func unsaid(f *CaseFacts) int {
	n := 0
	for i := range f.Evidence {
		if e := &f.Evidence[i]; e.BinnedAt.IsZero() && e.Unsaid() {
			n++
		}
	}
	return n
}

// satisfied finds what stands for an item: what a person set down for it, what
// a person said to be of its kind, and facts. A file of which nobody said what it
// shows stands for nothing.
func satisfied(item *Item, f *CaseFacts) []data.Ref {
	var by []data.Ref
	chosen := f.Exhibits[item.ID]
	for i := range f.Evidence {
		e := &f.Evidence[i]
		if e.BinnedAt.IsZero() && (slices.Contains(chosen, e.UID) || stands(item, e)) {
			by = append(by, evidenceRef(e))
		}
	}
	for _, fact := range item.Facts {
		if ref, holds := factTests[fact](f, item); holds {
			by = append(by, ref)
		}
	}
	return by
}

// stands reports whether a piece of evidence is for an item by itself: by the slot of
// packing that it fills, or by its kind.
func stands(item *Item, e *data.Evidence) bool {
	if slices.Contains(item.Slots, e.PackingSlot()) {
		return true
	}
	if e.Unsaid() || !slices.Contains(item.Kinds, e.Kind) {
		return false
	}
	return e.Kind != data.KindPacking || e.ShowsPacking()
}

// underThreshold tells whether an order is too small for an item. Amounts in
// different currencies are not compared: that is for a person to look up.
func underThreshold(from *Threshold, total data.Money) (data.Text, ItemState) {
	limit, err := data.ParseDecimal(from.Amount, from.Currency)
	switch {
	case err != nil:
		return data.Text{}, Missing
	case total.IsZero():
		return sayNoTotal.With("from", limit), Missing
	case total.Currency != limit.Currency:
		return sayOtherMoney.With("from", limit, "currency", total.Currency), Missing
	case total.Minor < limit.Minor:
		return sayBelow.With("total", total, "from", limit), NotApplicable
	}
	return data.Text{}, Missing
}

// until is the date before which a missing item must be there: that of its own
// deadline, else the seller's next.
func until(item *Item, deadlines []DeadlineView) time.Time {
	var next time.Time
	for _, d := range deadlines {
		if d.EndedBy != "" || d.Due.IsZero() || d.Optional {
			continue
		}
		if item.Until != "" && d.ID == item.Until {
			return d.Due
		}
		if (d.Who == data.ActorSeller || d.Who == Both) && (next.IsZero() || d.Due.Before(next)) {
			next = d.Due
		}
	}
	return next
}

// Readiness counts the items of a checklist.
type Readiness struct {
	Satisfied, Missing, NotApplicable int
}

// Count tells how many items are there, missing and not applicable.
func Count(items []ItemView) Readiness {
	var r Readiness
	for _, i := range items {
		switch i.State {
		case Satisfied:
			r.Satisfied++
		case Missing:
			r.Missing++
		case NotApplicable:
			r.NotApplicable++
		}
	}
	return r
}
