package rules

import (
	"context"
	"slices"
	"strings"
	"testing"

	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

func openRules(t *testing.T, e *Room, d *desk.Desk, pack string) *sheet {
	t.Helper()
	packs, err := d.Packs(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(packs, func(p desk.PackInfo) bool { return p.ID == pack })
	s := e.Policies()
	s.packs.Select(int64(i + 1))
	if s.chosen.ID != pack {
		t.Fatalf("chosen: %+v", s.chosen)
	}
	return s
}

func figure(t *testing.T, d *desk.Desk, pack, path string) policy.Figure {
	t.Helper()
	all, err := d.Figures(context.Background(), pack)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(f policy.Figure) bool { return f.Path == path })
	if i < 0 {
		t.Fatalf("no figure %s", path)
	}
	return all[i]
}

func TestFigureIsChangedAndGivenBack(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	e := New(b.Env, d)
	c, err := d.Case(context.Background(), dispute.ID)
	if err != nil {
		t.Fatal(err)
	}
	pack, before := c.Pack.ID, c.View.Due
	path := "deadline." + c.View.Rule + ".within.days"
	s := openRules(t, e, d, pack)
	f := figure(t, d, pack, path)
	s.changeFigure(figureRow{f, path}, "9", "seen on the case page", nil)
	b.UI.Save()
	if text := strings.Join(b.Texts(), "\n"); !strings.Contains(text, "1 open disputes checked, 1 deadlines changed") || !strings.Contains(text, "12-10001-20002") {
		t.Errorf("the report says:\n%s", text)
	}
	f = figure(t, d, pack, path)
	if f.Value != "9" || f.Override == nil || f.Override.Who != "Lin" || f.Override.Why != "seen on the case page" {
		t.Errorf("the figure is %+v", f)
	}
	if text := overriddenBy(f.Override); !strings.Contains(text, "Lin") || !strings.Contains(text, "seen on the case page") {
		t.Errorf("changed by: %q", text)
	}
	all, err := d.Figures(context.Background(), pack)
	if err != nil {
		t.Fatal(err)
	}
	s.figures.Restart()
	s.figures.Select(int64(1 + slices.IndexFunc(all, func(f policy.Figure) bool { return f.Path == path })))
	s.resetFigure()
	c, err = d.Case(context.Background(), dispute.ID)
	if err != nil || !c.View.Due.Equal(before) {
		t.Errorf("after the way back the date is %s, was %s (%v)", c.View.Due, before, err)
	}
}

func TestWrongFigureIsAskedAgain(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	e := New(b.Env, d)
	c, err := d.Case(context.Background(), dispute.ID)
	if err != nil {
		t.Fatal(err)
	}
	path := "deadline." + c.View.Rule + ".within.days"
	s := openRules(t, e, d, c.Pack.ID)
	s.changeFigure(figureRow{figure(t, d, c.Pack.ID, path), path}, "soon", "a guess", nil)
	b.UI.Save()
	if text := strings.Join(b.Texts(), "\n"); !strings.Contains(text, "soon") || !strings.Contains(text, "a guess") || !strings.Contains(text, "whole number") {
		t.Errorf("the sheet does not ask again with what was typed:\n%s", text)
	}
}

func TestFigureTitles(t *testing.T) {
	for path, want := range map[string]string{
		"deadline.respond.within.days":     "days · deadline: respond",
		"item.signature.from.amount":       "amount · proof: signature",
		"clock.zone":                       "time base: time zone",
		"market.DE.zone":                   "time zone · market: Germany",
		"upload.file_bytes":                "upload: largest file (bytes)",
		"fee.dispute_fee.amount":           "amount · fee: dispute fee",
		"deadline.respond.within.calendar": "kind of days · deadline: respond",
	} {
		if got := figureTitle(path, nil); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}

func TestFiguresHaveThePacksNames(t *testing.T) {
	names := map[string]string{"deadline.respond": "Answer the buyer"}
	if got := figureTitle("deadline.respond.within.days", names); got != "days · deadline: Answer the buyer" {
		t.Errorf("got %q", got)
	}
}

// keysOf are the words that the title of a figure is made of, beside the pack's own
// names of its rules.
func keysOf(path string) []string {
	parts := strings.Split(path, ".")
	keys := []string{"rules.kind." + parts[0]}
	switch parts[0] {
	case "clock":
		keys = append(keys, "rules.unit."+parts[1])
	case "upload":
		keys = append(keys, "rules.upload."+parts[1])
	}
	if len(parts) > 2 {
		keys = append(keys, "rules.unit."+parts[len(parts)-1])
	}
	return keys
}

func TestEveryFigureHasWords(t *testing.T) {
	packs, err := policy.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range words.Languages() {
		words.Set(language)
		for _, p := range packs {
			for _, f := range figureRows(p) {
				for _, key := range keysOf(f.Path) {
					if !words.Has(key) {
						t.Errorf("%s %s: no words for %s", language, f.Path, key)
					}
				}
			}
		}
	}
	words.Set(words.English)
}

func TestRuleSheetsSpeakEachLanguage(t *testing.T) {
	for _, language := range words.Languages() {
		b, d, _ := guitest.RealCase(t)
		words.Set(language)
		e := New(b.Env, d)
		s := openRules(t, e, d, "ebay-inr")
		b.NoKeysOf(t, "rules", "do", "problem")
		e.holidays(s)
		b.NoKeysOf(t, "rules", "do", "problem")
		e.moved(desk.RulesReport{Cases: 2})
		b.NoKeysOf(t, "rules", "do", "problem")
	}
}
