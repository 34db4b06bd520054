package goods

import (
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

func rules(t *testing.T) *Rules {
	t.Helper()
	r, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// By hand, from the figures of rules.toml: 2 orders at least, a share from 20 orders
// on, 3 % to watch, 10 % and 3 orders to drop, 20 % late.
func TestWhatIsDroppedAndWatched(t *testing.T) {
	for name, c := range map[string]struct {
		t     data.GoodsTrouble
		want  Advice
		rules string
		says  string
	}{
		"nothing":             {data.GoodsTrouble{Orders: 500}, AdviceNone, "", ""},
		"one of three":        {data.GoodsTrouble{Orders: 3, Defects: 1}, AdviceNone, "", ""},
		"two of three":        {data.GoodsTrouble{Orders: 3, Defects: 2}, AdviceWatch, "goods.defect", "2 of 3 orders were reported defective."},
		"all of nineteen":     {data.GoodsTrouble{Orders: 19, Defects: 19}, AdviceWatch, "goods.defect", "19 of 19 orders were reported defective."},
		"2.9 % of 69":         {data.GoodsTrouble{Orders: 69, Defects: 2}, AdviceNone, "", ""},
		"3 % of 100":          {data.GoodsTrouble{Orders: 100, Defects: 3}, AdviceWatch, "goods.defect", "3 of 100 orders were reported defective (3.0 %)."},
		"10 % of 20, but two": {data.GoodsTrouble{Orders: 20, Defects: 2}, AdviceWatch, "goods.defect", "(10.0 %)"},
		"15 % of 20":          {data.GoodsTrouble{Orders: 20, Defects: 3}, AdviceDrop, "goods.defect", "(15.0 %)"},
		"damaged":             {data.GoodsTrouble{Orders: 40, Damages: 3}, AdviceWatch, "goods.damage", "3 of 40 orders arrived damaged (7.5 %)."},
		"both, worst first":   {data.GoodsTrouble{Orders: 40, Defects: 2, Damages: 4}, AdviceDrop, "goods.damage goods.defect", "4 of 40 orders arrived damaged (10.0 %)."},
		"late":                {data.GoodsTrouble{Orders: 40, Timed: 20, Late: 4}, AdviceWatch, "goods.late", "4 of 20 orders left more than a day after their date (20.0 %)."},
		"late of a few":       {data.GoodsTrouble{Orders: 40, Timed: 19, Late: 19}, AdviceNone, "", ""},
	} {
		c.t.SKU, c.t.Title = "LAMP-1", "Lamp"
		got, findings := rules(t).Judge(c.t)
		var names []string
		for _, f := range findings {
			names = append(names, f.Rule)
			if f.How.IsZero() || !strings.HasPrefix(f.Why.String(), "Lamp (LAMP-1): ") {
				t.Errorf("%s: %+v", name, f)
			}
		}
		if got != c.want || strings.Join(names, " ") != c.rules || c.says != "" && !strings.Contains(findings[0].Why.String(), c.says) {
			t.Errorf("%s: %q by %v, %v; want %q by %q", name, got, names, findings, c.want, c.rules)
		}
	}
}

func TestWhatWentWrong(t *testing.T) {
	for name, c := range map[string]struct {
		t    data.OrderTrouble
		want data.TroubleKind
	}{
		"quality":                   {data.OrderTrouble{Reason: data.ReasonQuality}, data.TroubleDefect},
		"damaged":                   {data.OrderTrouble{Reason: data.ReasonDamaged}, data.TroubleDamage},
		"not received":              {data.OrderTrouble{Reason: data.ReasonNotReceived}, ""},
		"a claim that was no fault": {data.OrderTrouble{Reason: data.ReasonQuality, Cause: "buyer"}, ""},
		"classed as the goods":      {data.OrderTrouble{Reason: data.ReasonDamaged, Cause: "product"}, data.TroubleDefect},
		"a complaint on packing":    {data.OrderTrouble{Cause: "packing"}, data.TroubleDamage},
		"not working":               {data.OrderTrouble{Words: "Lamp Not Working"}, data.TroubleDefect},
		"quality of the packing":    {data.OrderTrouble{Words: "quality of the packing"}, data.TroubleDamage},
		"质量":                        {data.OrderTrouble{Words: "质量不好"}, data.TroubleDefect},
		"包裝":                        {data.OrderTrouble{Words: "包裝太薄"}, data.TroubleDamage},
		"inside another word":       {data.OrderTrouble{Words: "unbrokenly reproductive"}, ""},
		"something else":            {data.OrderTrouble{Words: "slow post"}, ""},
	} {
		if got := rules(t).Kind(c.t); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAYearCounts(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	if got := rules(t).Since(now); !got.Equal(time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("since %v", got)
	}
}
