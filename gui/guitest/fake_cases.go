package guitest

import (
	"context"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
)

// Case works the fake dispute out under the rules that are built in.
func (f *Fake) Case(_ context.Context, id int64) (desk.CaseView, error) {
	if f.OnCase != nil {
		f.OnCase(id)
	}
	view := desk.CaseView{DisputeView: f.Disputes[id]}
	packs, err := policy.BuiltIn()
	if err != nil {
		return view, err
	}
	rules, err := policy.NewRules(packs, nil, nil, nil)
	if err != nil {
		return view, err
	}
	c := policy.CaseOf(&view.Dispute, view.Order.Shop)
	view.Pack = rules.PackOf(&c)
	view.View = rules.Evaluate(c, Now)
	view.Offers = policy.Weigh(view.Pack, &view.View, policy.Stakes{Wish: policy.Offer(view.Dispute.Wish)}).Offers
	f.checked(&view)
	return view, nil
}

// fakeCases notes what was asked of the cases of a fake desk.
type fakeCases struct {
	Weighings []desk.Weighing
	Decided   []string
	Rulings   []data.Ruling
	wishes    []string
	packs     []string
	Marked    []string
	assigned  map[string][]string
	Passed    []string
}

// checked fills in the checklist and the contradictions of a case.
func (f *Fake) checked(v *desk.CaseView) {
	facts := &policy.CaseFacts{Order: v.Order, Dispute: v.Dispute, Evidence: v.Evidence, NotApplicable: map[string]string{}}
	facts.OtherTracking = map[string]string{"LX1CN": "8123000000000002"}
	for _, mark := range f.Marked {
		item, reason, _ := strings.Cut(mark, ": ")
		facts.NotApplicable[item] = reason
	}
	v.Proof = policy.Checklist(v.Pack, facts, v.View.Deadlines)
	v.Ready = policy.Count(v.Proof)
	var passes []data.Pass
	for _, p := range f.Passed {
		key, reason, _ := strings.Cut(p, ": ")
		passes = append(passes, data.Pass{Key: key, By: "Lin", Reason: reason})
	}
	v.Findings = data.WithPasses(slices.Concat(policy.Contradictions(facts), v.View.Findings), passes)
}

func (f *Fake) Weigh(ctx context.Context, id int64, w desk.Weighing) (policy.Card, error) {
	f.Weighings = append(f.Weighings, w)
	v, err := f.Case(ctx, id)
	return policy.Weigh(v.Pack, &v.View, policy.Stakes{
		Amount: v.Dispute.Amount, Work: w.Work, HourCost: w.HourCost, ReturnCost: w.ReturnCost, Record: policy.Record{Won: 2, Lost: 1},
	}), err
}

func (f *Fake) Decide(_ context.Context, _ int64, choice, reason string) (data.Dispute, error) {
	f.Decided = append(f.Decided, choice+": "+reason)
	return data.Dispute{}, nil
}

func (f *Fake) PutRuling(_ context.Context, _ int64, r data.Ruling) (data.Dispute, error) {
	f.Rulings = append(f.Rulings, r)
	return data.Dispute{}, nil
}

func (f *Fake) PutWish(_ context.Context, _ int64, wish string) (data.Dispute, error) {
	f.wishes = append(f.wishes, wish)
	return data.Dispute{}, nil
}

func (f *Fake) ChoosePack(_ context.Context, _ int64, pack string) (data.Dispute, error) {
	f.packs = append(f.packs, pack)
	return data.Dispute{}, nil
}

func (f *Fake) MarkItem(_ context.Context, _ int64, item, reason string) error {
	f.Marked = append(f.Marked, item+": "+reason)
	return nil
}

func (f *Fake) AssignItem(_ context.Context, _ int64, item string, evidence []string) error {
	if f.assigned == nil {
		f.assigned = map[string][]string{}
	}
	f.assigned[item] = evidence
	return nil
}

func (f *Fake) PassFinding(_ context.Context, _ string, _ int64, key, reason string) error {
	f.Passed = append(f.Passed, key+": "+reason)
	return nil
}

func (f *Fake) TakeBackPass(_ context.Context, _ string, _ int64, key string) error {
	f.Passed = slices.DeleteFunc(f.Passed, func(p string) bool { return strings.HasPrefix(p, key+": ") })
	return nil
}

// DecideRisk keeps what was decided.
func (f *Fake) DecideRisk(_ context.Context, _ int64, r desk.RiskDeed) error {
	f.Passed = append(f.Passed, string(r.Decision)+": "+r.Reason)
	return nil
}

func (f *Fake) Packs(context.Context) ([]desk.PackInfo, error) {
	return []desk.PackInfo{{ID: "generic", Title: "Other platforms", Edition: "2026-11"}}, nil
}

// Parcel is a picture of the fake dispute that can be marked.
func Parcel() data.Evidence {
	return data.Evidence{ID: 31, UID: "p31", Name: "parcel.png", MIME: "image/png"}
}
