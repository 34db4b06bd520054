package orders

import (
	"slices"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/risk"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// held is an order that waits, with a hold of the review until a time.
func held(t *testing.T, language string, change func(*desk.RiskView)) (*guitest.Bench, *Tab) {
	t.Helper()
	b := guitest.New(t, language)
	v := b.Fake.Orders[11]
	v.Risk = desk.RiskView{
		OrderID: 11, Waits: true, Now: data.RiskHold, From: guitest.Now.Add(24 * time.Hour),
		Review: risk.Review{Level: data.RiskHold, Unknown: []string{"payer_name", "payment_state"}, Findings: []risk.Found{{
			Rule: "rush", Level: data.RiskHold, Title: data.Text{English: "In a rush"},
			FindingView: data.FindingView{Finding: data.Finding{
				Rule: "rush", Severity: data.Warning, Why: data.Text{English: "The buyer presses."}, How: data.Text{English: "Wait a day."}, Mend: data.Mend{Deed: "risk.task"},
			}},
		}}},
	}
	if change != nil {
		change(&v.Risk)
	}
	b.Fake.Orders[11] = v
	o := New(b.Env, b.Fake)
	b.Show(o)
	o.Open(11)
	return b, o
}

// What holds an order back stands over its facts: the level in words, the reasons,
// from when on it may ship, and what is not known.
func TestTheReviewStandsOverTheFacts(t *testing.T) {
	for _, language := range words.Languages() {
		b, _ := held(t, language, nil)
		b.Shows(t, words.Of("risk.level", "hold"), "In a rush", words.T("risk.from", "at", words.Time(guitest.Now.Add(24*time.Hour), b.Fake.Orders[11].Order.Shop.Zone, guitest.Now)),
			"The buyer presses.", words.List(words.Of("risk.fact", "payer_name"), words.Of("risk.fact", "payment_state")))
		b.NoRawKeys(t)
	}
}

// What may ship says nothing over the facts.
func TestWhatMayShipHasNoLine(t *testing.T) {
	b, _ := held(t, words.English, func(v *desk.RiskView) {
		v.Now, v.Level, v.Findings, v.From = data.RiskClear, data.RiskClear, nil, time.Time{}
	})
	b.Hides(t, words.T("risk.ship"), words.T("risk.hold"))
}

// A decision asks for its reason, and is kept with it.
func TestADecisionAsksForItsReason(t *testing.T) {
	for press, want := range map[string]string{"risk.ship": "ship: known from the fair", "risk.cancel": "cancel: known from the fair"} {
		b, _ := held(t, words.English, nil)
		b.Press(t, words.T(press))
		b.UI.Save()
		if len(b.Fake.Passed) != 0 {
			t.Fatalf("%s without a reason: %v", press, b.Fake.Passed)
		}
		fields := guitest.Find[*kit.Entry](b)
		fields[len(fields)-1].SetText("known from the fair")
		b.UI.Save()
		if !slices.Equal(b.Fake.Passed, []string{want}) {
			t.Errorf("%s keeps %v, want %s", press, b.Fake.Passed, want)
		}
	}
}

// A person's decision is told with its reason, and can be taken back.
func TestADecisionIsTakenBack(t *testing.T) {
	b, _ := held(t, words.English, func(v *desk.RiskView) {
		v.Decision, v.DecidedBy, v.Reason = data.RiskWait, "Lin", "asked the buyer"
	})
	b.Shows(t, "Lin", "asked the buyer")
	b.Hides(t, words.T("risk.ship"))
	b.Press(t, words.T("risk.back"))
	if !slices.Equal(b.Fake.Passed, []string{": "}) {
		t.Errorf("taken back it keeps %q", b.Fake.Passed)
	}
}

// A task about a hold is due when the order may ship.
func TestATaskAboutAHoldHasItsDate(t *testing.T) {
	b, _ := held(t, words.English, nil)
	b.Press(t, words.T("risk.mend.task"))
	want := guitest.Now.Add(24 * time.Hour).In(time.Local).Format("2006-01-02 15:04")
	for _, e := range guitest.Find[*kit.Entry](b) {
		if e.Text == want {
			return
		}
	}
	t.Errorf("no field of the task holds %s", want)
}
