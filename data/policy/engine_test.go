package policy_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/policy"
)

// randomCase makes events of a case as they might be written down: not always
// in the order in which they happened, some with a stated date, some taken
// back. The same seed makes the same case.
func randomCase(seed uint64, n int, corrections bool) []data.CaseEvent {
	rng := rand.New(rand.NewPCG(seed, 7))
	kinds := data.EventKinds()
	kinds = slices.DeleteFunc(slices.Clone(kinds), func(k data.EventKind) bool { return k == data.EventCorrection })
	actors := []data.Actor{buyer, seller, platform}
	start := at("2026-11-02T12:00:00Z")
	events := []data.CaseEvent{{UID: "00", Kind: data.EventOpened, Actor: buyer, At: start, RecordedAt: start}}
	for i := 1; i < n; i++ {
		recorded := start.Add(time.Duration(i) * 11 * time.Hour)
		e := data.CaseEvent{
			UID: fmt.Sprintf("%02d", i), Kind: kinds[rng.IntN(len(kinds))], Actor: actors[rng.IntN(3)],
			At: recorded.Add(-time.Duration(rng.IntN(30)) * time.Hour), RecordedAt: recorded,
		}
		if e.At.Before(start) {
			e.At = start
		}
		if rng.IntN(5) == 0 {
			e.Due = e.At.Add(time.Duration(rng.IntN(200)) * time.Hour)
		}
		if corrections && rng.IntN(4) == 0 {
			e.Kind, e.Actor, e.Due = data.EventCorrection, seller, time.Time{}
			e.Corrects = events[rng.IntN(len(events))].UID
		}
		events = append(events, e)
	}
	return events
}

// Whatever is written down later, what was known at a time gives the state
// that was shown then, down to each explanation.
func TestReplayingAPrefixGivesWhatWasShown(t *testing.T) {
	cals := policy.NewCalendars()
	for _, p := range packs(t) {
		for seed := range uint64(8) {
			events := randomCase(seed, 14, true)
			var shown []policy.View
			for i := range events {
				shown = append(shown, policy.Evaluate(p, cals, policy.Case{Zone: "America/Los_Angeles", Events: events[:i+1]}, events[i].RecordedAt))
			}
			shuffled := slices.Clone(events)
			rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			for i, e := range events {
				known := slices.DeleteFunc(slices.Clone(shuffled), func(other data.CaseEvent) bool { return other.RecordedAt.After(e.RecordedAt) })
				got := policy.Evaluate(p, cals, policy.Case{Zone: "America/Los_Angeles", Events: known}, e.RecordedAt)
				if !reflect.DeepEqual(got, shown[i]) {
					t.Fatalf("%s, seed %d, after %d events:\ngot  %+v\nthen %+v", p.ID, seed, i+1, got, shown[i])
				}
			}
		}
	}
}

// In the order of happening, each step is what the events up to it give: no
// later event reaches back.
func TestTraceLooksAtNothingAhead(t *testing.T) {
	cals := policy.NewCalendars()
	for _, p := range packs(t) {
		for seed := range uint64(8) {
			events := randomCase(seed, 14, false)
			policy.Sort(events)
			now := at("2027-01-01T00:00:00Z")
			whole := policy.Evaluate(p, cals, policy.Case{Events: events}, now)
			for i := range events {
				part := policy.Evaluate(p, cals, policy.Case{Events: events[:i+1]}, now)
				if !reflect.DeepEqual(part.Trace, whole.Trace[:i+1]) {
					t.Fatalf("%s, seed %d, after %d events: %v, in the whole %v", p.ID, seed, i+1, part.Trace, whole.Trace[:i+1])
				}
				if last := part.Trace[i]; last.To != part.At || last.Waiting != part.Waiting {
					t.Fatalf("%s, seed %d: the trace ends at %s %s, the case at %s %s", p.ID, seed, last.To, last.Waiting, part.At, part.Waiting)
				}
			}
		}
	}
}

// The quick way and the way with all explanations must never part.
func TestBriefIsTheViewsHead(t *testing.T) {
	cals := policy.NewCalendars()
	for _, p := range packs(t) {
		for seed := range uint64(40) {
			c := policy.Case{Zone: "Asia/Shanghai", Events: randomCase(seed, 12, true)}
			view := policy.Evaluate(p, cals, c, at("2026-12-01T00:00:00Z"))
			if got := policy.Brief(p, cals, c); !reflect.DeepEqual(got, view.Shown) {
				t.Fatalf("%s, seed %d: %+v, the view says %+v", p.ID, seed, got, view.Shown)
			}
			if !view.Due.IsZero() && !slices.ContainsFunc(view.Deadlines, func(d policy.DeadlineView) bool { return d.ID == view.Rule && d.Due.Equal(view.Due) }) {
				t.Fatalf("%s, seed %d: no deadline explains %v", p.ID, seed, view.Due)
			}
		}
	}
}

func TestCorrectionsTakeBackAndGiveBack(t *testing.T) {
	p, cals := pack(t, "aliexpress"), policy.NewCalendars()
	opened, changed := did(buyer, data.EventOpened, "2026-11-02T12:00:00Z"), did(buyer, data.EventClaimChanged, "2026-11-05T12:00:00Z")
	first := did(seller, data.EventCorrection, "2026-11-06T12:00:00Z")
	first.Corrects = changed.UID
	second := did(seller, data.EventCorrection, "2026-11-06T13:00:00Z")
	second.Corrects = first.UID
	for i, want := range []string{"2026-11-10T12:00:00Z", "2026-11-07T12:00:00Z", "2026-11-10T12:00:00Z"} {
		events := []data.CaseEvent{opened, changed, first, second}[:2+i]
		if got := policy.Brief(p, cals, policy.Case{Events: events}).Due; !got.Equal(at(want)) {
			t.Errorf("after %d events: due %v, want %s", 2+i, got, want)
		}
	}
	// A correction cannot take back what is written down after it.
	first.RecordedAt, first.At = at("2026-11-03T12:00:00Z"), at("2026-11-03T12:00:00Z")
	view := policy.Evaluate(p, cals, policy.Case{Events: []data.CaseEvent{opened, first, changed}}, at("2026-11-07T00:00:00Z"))
	if !view.Due.Equal(at("2026-11-10T12:00:00Z")) || !found(view.Findings, "correction_without_event") {
		t.Errorf("due %v, findings %v", view.Due, view.Findings)
	}
}

func found(all []data.Finding, rule string) bool {
	return slices.ContainsFunc(all, func(f data.Finding) bool { return f.Rule == rule })
}

// Bad events are findings: the case is shown all the same.
func TestEventFindings(t *testing.T) {
	opened := did(buyer, data.EventOpened, "2026-11-05T12:00:00Z")
	now := "2026-11-10T12:00:00Z"
	for _, c := range []struct {
		name, rule string
		events     []data.CaseEvent
		zone       string
	}{
		{"an answer before the opening", "before_opening", []data.CaseEvent{did(seller, data.EventRejected, "2026-11-04T12:00:00Z"), opened}, ""},
		{"no opening", "no_opening", []data.CaseEvent{did(seller, data.EventRejected, "2026-11-06T12:00:00Z")}, ""},
		{"in the future", "event_in_future", []data.CaseEvent{opened, did(seller, data.EventRejected, "2026-11-11T12:00:00Z")}, ""},
		{"a due date before the opening", "due_before_event", []data.CaseEvent{stating(opened, "2026-11-04T12:00:00Z")}, ""},
		{"accepted and rejected", "events_contradict", []data.CaseEvent{opened, did(seller, data.EventRejected, "2026-11-06T12:00:00Z"), did(seller, data.EventAccepted, "2026-11-06T13:00:00Z")}, ""},
		{"ruled twice", "events_contradict", []data.CaseEvent{opened, did(buyer, data.EventEscalated, "2026-11-06T12:00:00Z"), did(platform, data.EventRuled, "2026-11-07T12:00:00Z"), did(platform, data.EventRuled, "2026-11-08T12:00:00Z")}, ""},
		{"refunded after it was withdrawn", "events_contradict", []data.CaseEvent{opened, did(buyer, data.EventWithdrawn, "2026-11-06T12:00:00Z"), did(seller, data.EventRefundIssued, "2026-11-07T12:00:00Z")}, ""},
		{"received what was not sent", "step_implied", []data.CaseEvent{opened, did(seller, data.EventReturnReceived, "2026-11-06T12:00:00Z")}, ""},
		{"written twice", "written_twice", []data.CaseEvent{opened, did(seller, data.EventMessage, "2026-11-06T12:00:00Z"), did(seller, data.EventMessage, "2026-11-06T12:00:00Z")}, ""},
		{"a time zone that does not exist", "zone_unknown", []data.CaseEvent{opened}, "Mars/Olympus"},
		{"the zone of this machine", "zone_unknown", []data.CaseEvent{opened}, "Local"},
	} {
		view := policy.Evaluate(pack(t, "aliexpress"), policy.NewCalendars(), policy.Case{Zone: c.zone, Events: c.events}, at(now))
		if !found(view.Findings, c.rule) {
			t.Errorf("%s: no finding %s in %v", c.name, c.rule, view.Findings)
		}
		for _, f := range view.Findings {
			if f.Why.IsZero() || f.How.IsZero() || f.Severity == "" {
				t.Errorf("%s: a finding without its words: %+v", c.name, f)
			}
		}
		if view.At == "" {
			t.Errorf("%s: the case stands nowhere", c.name)
		}
	}
}

func TestPackOfACase(t *testing.T) {
	rules := inForce(t)
	for _, c := range []struct {
		platform data.Platform
		reason   data.Reason
		chosen   string
		want     string
	}{
		{data.AliExpress, data.ReasonNotReceived, "", "aliexpress"},
		{data.EBay, data.ReasonNotReceived, "", "ebay-inr"},
		{data.EBay, data.ReasonDamaged, "", "ebay-return"},
		{data.EBay, data.ReasonUnauthorized, "", "ebay-payment-dispute"},
		{data.EBay, data.ReasonNotReceived, "ebay-payment-dispute", "ebay-payment-dispute"},
		{data.Amazon, data.ReasonNotAsDescribed, "", "amazon-atoz"},
		{data.Amazon, data.ReasonUnauthorized, "", "amazon-chargeback"},
		{data.PayPal, data.ReasonNotReceived, "", "paypal"},
		{data.PayPal, data.ReasonUnauthorized, "", "paypal-claim"},
		{data.Shopify, data.ReasonNotReceived, "", "shopify-payments"},
		{data.TikTokShop, data.ReasonQuality, "", "tiktok"},
		{"stripe", data.ReasonDuplicate, "", "stripe"},
		{"visa", data.ReasonUnauthorized, "", "visa"},
		{data.OtherSite, data.ReasonOther, "", "generic"},
		{"my-own-site", data.ReasonOther, "gone", "generic"},
	} {
		if got := rules.PackOf(&policy.Case{Platform: c.platform, Reason: c.reason, Pack: c.chosen}); got.ID != c.want {
			t.Errorf("%s, %s: got %s, want %s", c.platform, c.reason, got.ID, c.want)
		}
	}
	if got := policy.ForCase(rules.Packs, data.Amazon, data.ReasonOther, "safe-t"); got.ID != "amazon-safe-t" {
		t.Errorf("by channel: got %s", got.ID)
	}
	for _, platform := range data.Platforms() {
		for _, reason := range data.Reasons() {
			if rules.PackOf(&policy.Case{Platform: platform, Reason: reason}) == nil {
				t.Errorf("no pack for %s, %s", platform, reason)
			}
		}
	}
}

func inForce(t testing.TB, overrides ...policy.Override) *policy.Rules {
	t.Helper()
	rules, err := policy.NewRules(packs(t), nil, overrides, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// cases gives some cases as a desk would.
func cases(rules *policy.Rules, n int) []policy.Case {
	all := make([]policy.Case, n)
	for i := range all {
		c := policy.Case{ID: int64(i + 1), UID: fmt.Sprint(i), Zone: "America/Los_Angeles", Platform: data.Platforms()[i%11], Reason: data.Reasons()[i%13]}
		c.Events = randomCase(uint64(i%50), 6, i%3 == 0)
		c.Shown = rules.Brief(c)
		all[i] = c
	}
	return all
}

func each(all []policy.Case) iter.Seq2[policy.Case, error] {
	return func(yield func(policy.Case, error) bool) {
		for _, c := range all {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func TestRecomputeTellsWhichDatesMoved(t *testing.T) {
	before := inForce(t)
	opened := did(buyer, data.EventOpened, "2026-11-02T12:00:00Z")
	ali := policy.Case{ID: 1, UID: "ali", Platform: data.AliExpress, Reason: data.ReasonQuality, Events: []data.CaseEvent{opened}}
	stated := policy.Case{ID: 2, UID: "stated", Platform: data.AliExpress, Reason: data.ReasonQuality, Events: []data.CaseEvent{stating(opened, "2026-11-06T12:00:00Z")}}
	etsy := policy.Case{ID: 3, UID: "etsy", Platform: data.Etsy, Reason: data.ReasonQuality, Events: []data.CaseEvent{opened}}
	all := []policy.Case{ali, stated, etsy}
	for i := range all {
		all[i].Shown = before.Brief(all[i])
	}
	after := inForce(t, policy.Override{Pack: "aliexpress", Path: "deadline.respond.within.days", Value: "3", Who: "Lin", When: at("2026-11-03T00:00:00Z"), Why: "new rule"})
	var saved []string
	report, err := after.Recompute(context.Background(), each(all), func(c policy.Case, s policy.Shown) error {
		saved = append(saved, c.UID)
		return nil
	})
	if err != nil || report.Cases != 3 || report.Changed != 1 || len(report.Moved) != 1 || !slices.Equal(saved, []string{"ali"}) {
		t.Fatalf("%+v, saved %v, %v", report, saved, err)
	}
	m := report.Moved[0]
	if got := m.Text(time.UTC).String(); got != "Due date moved from 2026-11-07 12:00 to 2026-11-05 12:00 (rule: respond)." {
		t.Error(got)
	}
	if m.UID != "ali" || !m.Dates || !m.From.Due.Equal(at("2026-11-07T12:00:00Z")) || !m.To.Due.Equal(at("2026-11-05T12:00:00Z")) {
		t.Errorf("%+v", m)
	}
}

func TestRecomputeStops(t *testing.T) {
	rules := inForce(t)
	ctx, cancel := context.WithCancel(context.Background())
	all := cases(rules, 2000)
	n := 0
	source := func(yield func(policy.Case, error) bool) {
		for _, c := range all {
			if n++; n == 600 {
				cancel()
			}
			if !yield(c, nil) {
				return
			}
		}
	}
	report, err := rules.Recompute(ctx, source, nil)
	if !errors.Is(err, context.Canceled) || report.Cases >= 2000 || report.Cases < 599 {
		t.Errorf("stopped after %d: %v", report.Cases, err)
	}
	broken := errors.New("disk is full")
	all[0].Shown = policy.Shown{}
	if _, err := rules.Recompute(context.Background(), each(all), func(policy.Case, policy.Shown) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("saving failed: %v", err)
	}
	reading := func(yield func(policy.Case, error) bool) { yield(policy.Case{}, broken) }
	if _, err := rules.Recompute(context.Background(), reading, nil); !errors.Is(err, broken) {
		t.Errorf("reading failed: %v", err)
	}
}

// The bar is 50,000 cases in 2 s on one core: 25,000 cases a second.
func BenchmarkRecompute50000(b *testing.B) {
	rules := inForce(b)
	all := cases(rules, 50_000)
	b.ResetTimer()
	for b.Loop() {
		if report, err := rules.Recompute(context.Background(), each(all), nil); err != nil || report.Cases != 50_000 {
			b.Fatal(report, err)
		}
	}
	b.ReportMetric(float64(50_000*b.N)/b.Elapsed().Seconds(), "cases/s")
}

// A pack that knows no appeal must not lose one: the case is open again, and
// what is asked for then has its date.
func TestNothingIsLostWhatNoPackForesees(t *testing.T) {
	for _, p := range packs(t) {
		events := []data.CaseEvent{
			did(buyer, data.EventOpened, "2026-11-02T12:00:00Z"), did(platform, data.EventRuled, "2026-11-03T12:00:00Z"),
			did(seller, data.EventAppealed, "2026-11-04T12:00:00Z"),
			stating(did(platform, data.EventEvidenceRequested, "2026-11-05T12:00:00Z"), "2026-11-09T12:00:00Z"),
		}
		view := policy.Evaluate(p, policy.NewCalendars(), policy.Case{Events: events}, at("2026-11-06T00:00:00Z"))
		if view.Stage == data.StageClosed || view.Waiting != seller || !view.Due.Equal(at("2026-11-09T12:00:00Z")) {
			t.Errorf("%s: at %s, waits for %q until %v", p.ID, view.At, view.Waiting, view.Due)
		}
		// A return is agreed on where the pack knows of none: the clock of the answer goes on.
		events = append(events[:1:1], did(seller, data.EventReturnAgreed, "2026-11-02T13:00:00Z"))
		view = policy.Evaluate(p, policy.NewCalendars(), policy.Case{Events: events}, at("2026-11-02T14:00:00Z"))
		if view.Stage == data.StageClosed || view.Waiting == "" {
			t.Errorf("%s: a return leads to %s, waits for %q", p.ID, view.At, view.Waiting)
		}
	}
}

// Every word that a view shows must have its values.
func TestWordsAreFilled(t *testing.T) {
	cals := policy.NewCalendars()
	for _, p := range packs(t) {
		for seed := range uint64(10) {
			c := policy.Case{Zone: "Mars/Olympus", Events: randomCase(seed, 12, true)}
			view := policy.Evaluate(p, cals, c, at("2026-11-20T00:00:00Z"))
			var all []data.Text
			for _, f := range view.Findings {
				all = append(all, f.Why, f.How)
			}
			for _, d := range view.Deadlines {
				all = append(append(all, d.Title, d.Timeout), d.Why.Lines...)
			}
			for _, n := range view.Next {
				all = append(all, n.Title)
			}
			for _, text := range append(all, view.Title, view.Ladder.How) {
				if text.String() == "" || strings.ContainsAny(text.String(), "{}") {
					t.Fatalf("%s, seed %d: %+v", p.ID, seed, text)
				}
			}
		}
	}
}

// A date that has gone by is told, with what the rule says of it; a date that is
// stated with a ruling is of the appeal that it opens.
func TestPassedDatesAndDatesOfAppeals(t *testing.T) {
	p, cals := pack(t, "aliexpress"), policy.NewCalendars()
	c := policy.Case{Events: []data.CaseEvent{did(buyer, data.EventOpened, "2026-11-02T12:00:00Z")}}
	view := policy.Evaluate(p, cals, c, at("2026-11-08T00:00:00Z"))
	if !found(view.Findings, "deadline_passed") || view.Sure != data.Unconfirmed {
		t.Errorf("sure %s, findings %v", view.Sure, view.Findings)
	}
	c.Events = append(c.Events, did(buyer, data.EventEscalated, "2026-11-03T12:00:00Z"), stating(did(platform, data.EventRuled, "2026-11-05T12:00:00Z"), "2026-11-20T12:00:00Z"))
	view = policy.Evaluate(p, cals, c, at("2026-11-08T00:00:00Z"))
	d := deadline(t, view, "appeal")
	if !d.Due.Equal(at("2026-11-20T12:00:00Z")) || !d.Computed.Equal(at("2026-11-12T12:00:00Z")) || !d.Differs || !d.Optional {
		t.Errorf("%+v", d)
	}
	if !view.Due.IsZero() || view.Waiting != "" || found(view.Findings, "deadline_passed") {
		t.Errorf("a right is shown as a duty: due %v, %v", view.Due, view.Findings)
	}
}

func TestViewSaysWhatComesNext(t *testing.T) {
	c := policy.Case{Events: []data.CaseEvent{did(buyer, data.EventOpened, "2026-11-02T12:00:00Z")}}
	view := policy.Evaluate(pack(t, "aliexpress"), policy.NewCalendars(), c, at("2026-11-03T00:00:00Z"))
	if view.Silence.String() != "The order is executed as the buyer asked." || view.SilenceTo != "closed" {
		t.Errorf("silence: %s to %s", view.Silence, view.SilenceTo)
	}
	if view.Ladder.Now != policy.RungNegotiation || view.Ladder.Next != policy.RungPlatform {
		t.Errorf("ladder: %+v", view.Ladder)
	}
	reject := slices.IndexFunc(view.Next, func(n policy.NextStep) bool { return n.Event == data.EventRejected })
	if reject < 0 || view.Next[reject].To != "negotiate" || view.Next[reject].Title.String() != "Buyer and seller look for a solution" {
		t.Errorf("next: %+v", view.Next)
	}
	if !slices.Contains(view.Next[0].By, seller) {
		t.Errorf("the seller's steps do not come first: %+v", view.Next[0])
	}
	// Past the platform come mediation, arbitration and court.
	c.Events = append(c.Events, did(buyer, data.EventEscalated, "2026-11-03T12:00:00Z"))
	view = policy.Evaluate(pack(t, "aliexpress"), policy.NewCalendars(), c, at("2026-11-04T00:00:00Z"))
	if view.Ladder.Next != policy.RungMediation {
		t.Errorf("ladder after the platform: %+v", view.Ladder)
	}
}
