package gate

import (
	"testing"
	"time"

	"casebinder/data"
)

// Days that are promised, counted by hand from Thursday, 3 December 2026, 22:00.
func TestDueDaysAreCounted(t *testing.T) {
	at := time.Date(2026, 12, 3, 22, 0, 0, 0, time.UTC)
	for _, c := range []struct{ language, text, due string }{
		{"en", "We will answer you within 24 hours.", "2026-12-04"},
		{"en", "We will answer you within 3 hours.", "2026-12-04"},
		{"en", "We will refund you within two working days.", "2026-12-08"}, // Friday is a holiday of the shop
		{"en", "We will refund you within 2 days.", "2026-12-05"},
		{"en", "We will ship it on Thursday.", "2026-12-10"}, // today is one
		{"en", "We will ship it by the end of the month.", "2026-12-31"},
		{"en", "We will ship it until the 2nd.", "2027-01-02"},
		{"en", "We will ship it on 2026-12-30.", "2026-12-30"},
		{"en", "We will ship it on January 5.", "2027-01-05"},
		{"en", "We will ship it in two weeks.", "2026-12-17"},
		{"en", "We will ship it between 7 and 9 December.", "2026-12-09"},
		{"zh-CN", "我们下周三给您补发。", "2026-12-09"},
		{"zh-TW", "我們會在1月5日寄出。", "2027-01-05"},
	} {
		promises, err := rules(t).Promises(c.text, Context{
			Language: c.language, Written: at, Holiday: func(d data.Day) bool { return d == data.Day{Year: 2026, Month: 12, Day: 4} },
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(promises) != 1 || promises[0].Due.String() != c.due {
			t.Errorf("%q: %v, not %s", c.text, promises, c.due)
		}
	}
}

func TestPolicyInChinese(t *testing.T) {
	c := Context{Language: "zh-CN", Policy: Policy{ReturnDays: 30, WarrantyMonths: 24, ReturnPaidBy: "seller"}}
	for text, want := range map[string]bool{
		"不满意可以在14天内退货。": true, "不满意可以在30天内退货。": false, "保修一年。": true, "质保24个月。": false,
		"退货运费由您承担。": true, "退货运费由我们承担。": false, "收到退货后5天内退款。": false,
	} {
		found := false
		for _, f := range check(t, text, c).Findings {
			found = found || f.Rule == "policy_differs"
		}
		if found != want {
			t.Errorf("%q: found %t", text, found)
		}
	}
}
