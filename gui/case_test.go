package gui

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/gui/words"
)

// fakeCases notes what was asked of the cases of a fake desk.
type fakeCases struct {
	weighings []desk.Weighing
	decided   []string
	rulings   []data.Ruling
	wishes    []string
	packs     []string
	marked    []string
	assigned  map[string][]string
	passed    []string
}

// checked fills in the checklist and the contradictions of a case.
func (f *fakeDesk) checked(v *desk.CaseView) {
	facts := &policy.CaseFacts{Order: v.Order, Dispute: v.Dispute, Evidence: v.Evidence, NotApplicable: map[string]string{}}
	facts.OtherTracking = map[string]string{"LX1CN": "8123000000000002"}
	for _, mark := range f.marked {
		item, reason, _ := strings.Cut(mark, ": ")
		facts.NotApplicable[item] = reason
	}
	v.Proof = policy.Checklist(v.Pack, facts, v.View.Deadlines)
	v.Ready = policy.Count(v.Proof)
	var passes []data.Pass
	for _, p := range f.passed {
		key, reason, _ := strings.Cut(p, ": ")
		passes = append(passes, data.Pass{Key: key, By: "Lin", Reason: reason})
	}
	v.Findings = data.WithPasses(slices.Concat(policy.Contradictions(facts), v.View.Findings), passes)
}

func (f *fakeDesk) Weigh(ctx context.Context, id int64, w desk.Weighing) (policy.Card, error) {
	f.weighings = append(f.weighings, w)
	v, err := f.Case(ctx, id)
	return policy.Weigh(v.Pack, &v.View, policy.Stakes{
		Amount: v.Dispute.Amount, Work: w.Work, HourCost: w.HourCost, ReturnCost: w.ReturnCost, Record: policy.Record{Won: 2, Lost: 1},
	}), err
}

func (f *fakeDesk) Decide(_ context.Context, _ int64, choice, reason string) (data.Dispute, error) {
	f.decided = append(f.decided, choice+": "+reason)
	return data.Dispute{}, nil
}

func (f *fakeDesk) PutRuling(_ context.Context, _ int64, r data.Ruling) (data.Dispute, error) {
	f.rulings = append(f.rulings, r)
	return data.Dispute{}, nil
}

func (f *fakeDesk) PutWish(_ context.Context, _ int64, wish string) (data.Dispute, error) {
	f.wishes = append(f.wishes, wish)
	return data.Dispute{}, nil
}

func (f *fakeDesk) ChoosePack(_ context.Context, _ int64, pack string) (data.Dispute, error) {
	f.packs = append(f.packs, pack)
	return data.Dispute{}, nil
}

func (f *fakeDesk) MarkItem(_ context.Context, _ int64, item, reason string) error {
	f.marked = append(f.marked, item+": "+reason)
	return nil
}

func (f *fakeDesk) AssignItem(_ context.Context, _ int64, item string, evidence []string) error {
	if f.assigned == nil {
		f.assigned = map[string][]string{}
	}
	f.assigned[item] = evidence
	return nil
}

func (f *fakeDesk) PassFinding(_ context.Context, _ string, _ int64, key, reason string) error {
	f.passed = append(f.passed, key+": "+reason)
	return nil
}

func (f *fakeDesk) TakeBackPass(_ context.Context, _ string, _ int64, key string) error {
	f.passed = slices.DeleteFunc(f.passed, func(p string) bool { return strings.HasPrefix(p, key+": ") })
	return nil
}

func (f *fakeDesk) Packs(context.Context) ([]desk.PackInfo, error) {
	return []desk.PackInfo{{ID: "generic", Title: "Other platforms", Edition: "2026-11"}}, nil
}

// openCase shows the fake dispute.
func openCase(t *testing.T, language string) (*bench, *disputeDetail) {
	t.Helper()
	b := newBench(t, language)
	s := newDisputes(b.env)
	b.show(s)
	s.Open(21)
	return b, s.detail
}

func TestACaseShowsBothDates(t *testing.T) {
	b, d := openCase(t, words.English)
	one := d.view.View.Deadlines[0]
	if !one.Differs {
		t.Fatalf("the fake case has a stated date that the rule does not give: %+v", one)
	}
	b.shows(t, "The platform's own date: "+words.TimeFull(one.Stated, "Asia/Shanghai"), words.TimeFull(one.Computed, "Asia/Shanghai"),
		"Asia/Shanghai (UTC+08:00)", "Policy pack: AliExpress dispute")
}

func TestADateOpensIntoItsReason(t *testing.T) {
	b, d := openCase(t, words.English)
	whySheet(b.env, d.view.View.Deadlines[0])
	want := []string{"Counted from the event “dispute opened” at 2025-11-18 09:30", "Wednesday: day 1", "The two dates differ by 2 d"}
	for _, line := range d.view.View.Deadlines[0].Why.Lines {
		want = append(want, words.Text(line))
	}
	b.shows(t, want...)
}

func TestTheReasonOfADateIsTranslated(t *testing.T) {
	b, d := openCase(t, words.Simplified)
	whySheet(b.env, d.view.View.Deadlines[0])
	b.shows(t, "纠纷开启", "周三", "来源：")
}

func TestStepsOpenTheEventSheetPrefilled(t *testing.T) {
	b, d := openCase(t, words.English)
	d.tabs.Select(d.partNext)
	mine, others := stepsBySide(d.view.View.Next)
	if len(mine) == 0 || len(others) == 0 {
		t.Fatalf("steps: %d of the seller, %d of others", len(mine), len(others))
	}
	b.shows(t, "What we can do", "Reject with proof…", "If nobody acts:", "What the platform accepts as a solution", "● negotiation")
	addStepSheet(b.env, d.view.DisputeView, data.CaseEvent{Kind: data.EventRejected, Actor: data.ActorPlatform, Note: "as offered"})
	b.ui.Save()
	if len(b.fake.events) != 1 {
		t.Fatalf("events: %+v", b.fake.events)
	}
	if e := b.fake.events[0]; e.Kind != data.EventRejected || e.Actor != data.ActorPlatform || e.Note != "as offered" {
		t.Errorf("the event is %+v", e)
	}
}

func TestWhatIsMissingCanBeMarkedWithAReason(t *testing.T) {
	b, d := openCase(t, words.English)
	var missing policy.ItemView
	for _, item := range d.view.Proof {
		if item.State == policy.Missing {
			missing = item
		}
	}
	d.tabs.Select(d.partProof)
	b.shows(t, "[ ] "+missing.Title.String()+" · missing", readiness(d.view.Ready), missing.Get.String())
	notApplicableSheet(b.env, 21, missing)
	b.ui.Save()
	if len(b.fake.marked) != 0 {
		t.Fatal("marked without a reason")
	}
	b.shows(t, "Reason is empty.")
	notApplicableSheet(b.env, 21, missing)
	typeReason(t, b, "sent by letter")
	if want := []string{missing.ID + ": sent by letter"}; !slices.Equal(b.fake.marked, want) {
		t.Errorf("marked %q, want %q", b.fake.marked, want)
	}
	d.show(21)
	b.shows(t, "[–] "+missing.Title.String(), "Marked as not applicable: sent by letter")
}

// typeReason writes a reason into the sheet that is open, and saves.
func typeReason(t *testing.T, b *bench, reason string) {
	t.Helper()
	focus := b.window.Canvas().Focused()
	if focus == nil {
		t.Fatal("nothing has the keys")
	}
	test.Type(focus, reason)
	b.ui.Save()
}

func TestAContradictionIsPassedWithAReason(t *testing.T) {
	b, d := openCase(t, words.English)
	d.tabs.Select(d.partProof)
	b.shows(t, "The tracking number LX1CN belongs to order 8123000000000002 too.", "! serious", "How to mend:")
	passSheet(b.env, 21, d.view.Findings[0])
	typeReason(t, b, "one parcel")
	if want := []string{d.view.Findings[0].Key() + ": one parcel"}; !slices.Equal(b.fake.passed, want) {
		t.Errorf("passed %q, want %q", b.fake.passed, want)
	}
	d.show(21)
	b.shows(t, "All that did not fit together was let pass", "Take back", "Let pass by Lin: one parcel")
}

func TestFightOrAccept(t *testing.T) {
	b, d := openCase(t, words.English)
	s := openWeighSheet(b.env, d.view)
	s.hour.Entry.SetText("20")
	s.hours.SetText("1,5")
	last := b.fake.weighings[len(b.fake.weighings)-1]
	if last.Work != 90*time.Minute || last.HourCost != (data.Money{Minor: 2000, Currency: "USD"}) {
		t.Errorf("weighed %+v", last)
	}
	b.shows(t, "2 of 3 decided cases won", "Accepting costs USD 45.99.", "Fighting and winning costs USD 30.00.")
	asked := len(b.fake.weighings)
	s.hours.SetText("many")
	if len(b.fake.weighings) != asked {
		t.Error("weighed with hours that are no number")
	}
	b.shows(t, "“many” is not a number of hours.")
	s.decide(chooseFight)
	if len(b.fake.decided) != 0 {
		t.Fatal("decided without a reason")
	}
	s.reason.SetText("delivered, with scan")
	s.decide(chooseFight)
	if want := []string{"fight: delivered, with scan"}; !slices.Equal(b.fake.decided, want) || !s.open.Closed() {
		t.Errorf("decided %q, want %q", b.fake.decided, want)
	}
	var kept data.Money
	if b.ui.Kept(hourCostKept, &kept); kept.Minor != 2000 {
		t.Errorf("the cost of an hour that is remembered is %+v", kept)
	}
}

func TestAClosedCaseAsksForItsRuling(t *testing.T) {
	b, d := openCase(t, words.English)
	v := b.fake.disputes[21]
	v.Dispute.Stage = data.StageClosed
	b.fake.disputes[21] = v
	d.show(21)
	b.shows(t, "Write down the ruling…")
	rulingSheet(b.env, d.view)
	b.ui.Save()
	if len(b.fake.rulings) != 0 {
		t.Fatal("a ruling without an outcome was kept")
	}
	v.Dispute.Ruling = data.Ruling{Outcome: "lost", Liable: "carrier", Why: "late", Cause: "carrier", Lessons: "insure"}
	b.fake.disputes[21] = v
	d.show(21)
	b.shows(t, "Found liable", "insure", "Correct the ruling…")
	rulingSheet(b.env, d.view)
	b.ui.Save()
	if len(b.fake.rulings) != 1 || b.fake.rulings[0] != v.Dispute.Ruling {
		t.Errorf("kept %+v, want %+v unchanged", b.fake.rulings, v.Dispute.Ruling)
	}
}

func TestRefsLeadToTheirRows(t *testing.T) {
	_, d := openCase(t, words.English)
	for kind, want := range map[string]any{"evidence": d.partProof, "event": d.partTimeline, "message": d.partTimeline, "dispute": d.partCase} {
		d.reveal(data.Ref{Kind: kind, ID: "e1"})
		if d.tabs.Selected() != want {
			t.Errorf("%s leads to the part %q", kind, d.tabs.Selected().Text)
		}
	}
	opened := int64(0)
	d.env.openOrder = func(id int64) { opened = id }
	d.reveal(data.Ref{Kind: "order", ID: "8123000000000002"})
	if opened != 12 {
		t.Errorf("another order leads to %d, want 12", opened)
	}
}

func TestSheetsOfACaseSpeakEachLanguage(t *testing.T) {
	for _, language := range words.Languages() {
		b, d := openCase(t, language)
		for _, open := range []func(){
			func() { whySheet(b.env, d.view.View.Deadlines[0]) },
			func() { packSheet(b.env, d.view) },
			func() { openWeighSheet(b.env, d.view) },
			func() { rulingSheet(b.env, d.view) },
			func() { assignSheet(b.env, d.view, d.view.Proof[0]) },
			func() { notApplicableSheet(b.env, 21, d.view.Proof[0]) },
			func() { passSheet(b.env, 21, d.view.Findings[0]) },
		} {
			open()
			b.noRawKeys(t)
		}
	}
}
