package riskrules

import (
	"slices"
	"strings"
	"testing"

	"casebinder/data/risk"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

func TestWhereARuleCountsIsSaidInWords(t *testing.T) {
	three := int64(3)
	c := risk.Condition{
		All: []risk.Condition{{Fact: "payment_state", Is: "pending"}, {Fact: "orders_in_a_row", AtLeast: &three}},
		Any: []risk.Condition{{Fact: "rush", Is: "yes"}, {Fact: "goods", Unknown: true}},
	}
	for language, want := range map[string]string{
		words.English:     "state of the payment: pending, orders in a row: ≥ 3, one of (whether the buyer presses: yes; class of goods: not known)",
		words.Simplified:  "付款状态：待处理，连续下单：≥ 3，满足其一（买家是否催促：是；商品类别：未知）",
		words.Traditional: "付款狀態：待處理，連續下單：≥ 3，符合其一（買家是否催促：是；商品類別：未知）",
	} {
		guitest.New(t, language)
		if got := whenWords(c); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}

// Each condition of the built-in rules has its words in each language.
func TestBuiltInConditionsHaveWords(t *testing.T) {
	rules, err := risk.New(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range words.Languages() {
		guitest.New(t, language)
		for _, r := range rules.List() {
			said := whenWords(r.When)
			if said == "" || strings.Contains(said, "_") || slices.Contains(strings.Fields(said), "yes") && language != words.English {
				t.Errorf("%s: %s counts where %q", language, r.ID, said)
			}
		}
	}
}
