package policy_test

import (
	"errors"
	"testing"

	"casebinder/data"
	"casebinder/data/policy"
)

func override(pack, path, value string) policy.Override {
	return policy.Override{Pack: pack, Path: path, Value: value, Who: "Lin", When: at("2026-11-01T00:00:00Z"), Why: "told by the platform"}
}

func figure(t *testing.T, p *policy.Pack, path string) policy.Figure {
	t.Helper()
	for _, f := range policy.Figures(p) {
		if f.Path == path {
			return f
		}
	}
	t.Fatalf("%s has no figure %s", p.ID, path)
	return policy.Figure{}
}

func named(t *testing.T, all []*policy.Pack, id string) *policy.Pack {
	t.Helper()
	for _, p := range all {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("no pack %s", id)
	return nil
}

func TestOverridesAreKnownByTheirFigures(t *testing.T) {
	all, err := policy.Apply(packs(t), []policy.Override{
		override("aliexpress", "deadline.respond.within.days", "4"), override("aliexpress", "deadline.respond.within.days", "6"),
		override("aliexpress", "upload.types", "JPG, .webp"), override("etsy", "deadline.case.within.hours", "72"),
		override("ebay-inr", "item.signature.from.amount", "500"), override("aliexpress", "clock.zone", "Asia/Shanghai"),
	})
	if err != nil {
		t.Fatal(err)
	}
	ali := named(t, all, "aliexpress")
	f := figure(t, ali, "deadline.respond.within.days")
	if f.Value != "6" || f.Was != "5" || f.Override == nil || f.Override.Who != "Lin" || f.Confidence != data.ThirdParty {
		t.Errorf("%+v", f)
	}
	if f := figure(t, ali, "upload.types"); f.Value != "jpg webp" || f.Was != "jpg png pdf" {
		t.Errorf("%+v", f)
	}
	if f := figure(t, ali, "deadline.negotiate.within.days"); f.Override != nil || f.Value != "7" {
		t.Errorf("not overridden: %+v", f)
	}
	if f := figure(t, named(t, all, "etsy"), "deadline.case.within.hours"); f.Value != "72" || f.Was != "" {
		t.Errorf("a figure that was not known: %+v", f)
	}
	// The override shows in the reason of each date.
	c := policy.Case{Events: []data.CaseEvent{did(buyer, data.EventOpened, "2026-11-02T12:00:00Z")}}
	view := policy.Evaluate(ali, policy.NewCalendars(), c, at("2026-11-03T00:00:00Z"))
	d := deadline(t, view, "respond")
	if !d.Due.Equal(at("2026-11-08T12:00:00Z")) || len(d.Why.Origin.Overrides) != 2 || d.Why.Zone != "Asia/Shanghai" {
		t.Errorf("due %v, overrides %v, zone %s", d.Due, d.Why.Origin.Overrides, d.Why.Zone)
	}
	// The packs that are built in stay as they are: leaving an override out is the way back.
	if f := figure(t, pack(t, "aliexpress"), "deadline.respond.within.days"); f.Value != "5" || f.Override != nil {
		t.Errorf("the built-in pack was changed: %+v", f)
	}
	// Exported, the pack has the figures in force.
	text, err := policy.Encode(ali)
	if err != nil {
		t.Fatal(err)
	}
	back, err := policy.Decode("aliexpress.toml", text)
	if err != nil || figure(t, back, "deadline.respond.within.days").Value != "6" {
		t.Errorf("exported: %v", err)
	}
}

// A span that is set in another unit takes the place of the first.
func TestOverrideOfAUnit(t *testing.T) {
	all, err := policy.Apply(packs(t), []policy.Override{override("tiktok", "deadline.respond.within.hours", "48")})
	if err != nil {
		t.Fatal(err)
	}
	c := policy.Case{Events: []data.CaseEvent{did(buyer, data.EventOpened, "2026-11-06T04:00:00Z")}}
	if got := policy.Brief(named(t, all, "tiktok"), policy.NewCalendars(), c).Due; !got.Equal(at("2026-11-08T04:00:00Z")) {
		t.Errorf("due %v", got)
	}
	// A figure can be taken away: then only the platform's own date counts.
	all, err = policy.Apply(packs(t), []policy.Override{override("amazon-atoz", "deadline.respond.within.hours", "")})
	if err != nil {
		t.Fatal(err)
	}
	if got := policy.Brief(named(t, all, "amazon-atoz"), policy.NewCalendars(), c); !got.Due.IsZero() || got.Rule != "respond" {
		t.Errorf("%+v", got)
	}
}

func TestBadOverridesAreRefused(t *testing.T) {
	noReason := override("aliexpress", "deadline.respond.within.days", "4")
	noReason.Why = ""
	for _, c := range []struct {
		name string
		o    policy.Override
		is   error
	}{
		{"a pack that is not there", override("nowhere", "deadline.respond.within.days", "4"), data.ErrNotFound},
		{"a figure that is not there", override("aliexpress", "deadline.sleep.within.days", "4"), data.ErrNotFound},
		{"no number", override("aliexpress", "deadline.respond.within.days", "soon"), data.ErrInvalid},
		{"less than nothing", override("aliexpress", "deadline.respond.within.days", "-1"), data.ErrInvalid},
		{"a hundred years", override("aliexpress", "deadline.respond.within.days", "36500"), data.ErrInvalid},
		{"a calendar", override("aliexpress", "deadline.respond.within.calendar", "lunar"), data.ErrInvalid},
		{"a zone", override("aliexpress", "clock.zone", "Mars/Olympus"), data.ErrInvalid},
		{"an amount", override("ebay-payment-dispute", "fee.dispute_fee.amount", "twenty"), data.ErrInvalid},
		{"without a reason", noReason, data.ErrInvalid},
	} {
		_, err := policy.Apply(packs(t), []policy.Override{c.o})
		if _, ok := data.AsProblem(err); !ok || !errors.Is(err, c.is) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestRulesNeedTheGenericPack(t *testing.T) {
	if _, err := policy.NewRules([]*policy.Pack{pack(t, "aliexpress")}, nil, nil, nil); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	mine := *pack(t, "aliexpress")
	mine.Title = "My AliExpress"
	rules, err := policy.NewRules(packs(t), []*policy.Pack{&mine}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := rules.Pack("aliexpress"); got.Title != "My AliExpress" || len(rules.Packs) != len(packs(t)) {
		t.Errorf("the user's pack does not take the place of the built-in one: %s", got.Title)
	}
}
