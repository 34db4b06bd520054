package desk_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

func checkedReply(t *testing.T, d *desk.Desk, about data.ReplyAbout, text string) desk.ReplyChecked {
	t.Helper()
	out, err := d.CheckReply(t.Context(), desk.ReplyCheck{ReplyAbout: about, Language: "en", Text: text})
	must(t, err)
	return out
}

func hasRule(out desk.ReplyChecked, rule string) bool {
	return slices.ContainsFunc(out.Findings, func(f data.FindingView) bool { return f.Rule == rule && f.Passed == nil })
}

// twoBuyers is a desk with an order of Emily Carter, and those of others.
func twoBuyers(t *testing.T) (d *desk.Desk, emily int64) {
	t.Helper()
	d = open(t)
	path := write(t, "orders.csv", "Number;Buyer;Total;At;Status\n812345678;Emily Carter;45.99;2026-10-20 08:00;shipped\n"+
		"812349999;Michael Reed;45.99;2026-10-21 08:00;shipped\n812340000;Oliver Grant;45.99;2026-10-22 08:00;shipped\n")
	r := desk.ImportRequest{Path: path, Shop: data.Shop{Platform: data.AliExpress, Name: "Lantern", Zone: "Asia/Shanghai", Currency: "USD"}}
	custom, err := d.MappingPreset(t.Context(), "plain", r, map[string]string{"Number": "number", "Buyer": "buyer_name", "Total": "total", "At": "ordered_at"})
	must(t, err)
	r.Custom = custom
	_, err = d.Import(t.Context(), r, nil)
	must(t, err)
	return d, orderID(t, d, "812345678")
}

// The desk knows what a text alone does not tell: who the others are, what was
// said, and how the matter stands.
func TestAReplyIsCheckedAgainstTheDesk(t *testing.T) {
	d, order := twoBuyers(t)
	about := data.ReplyAbout{OrderID: order}
	for text, want := range map[string]bool{
		"Dear Michael, your parcel has left.":        true,
		"Your order 812349999 has left.":             true,
		"The parcel was given to Oliver Grant.":      true,
		"Dear Emily, your order 812345678 has left.": false,
		"We grant you a full refund.":                false,
		"Dear Ms Carter, it is on its way.":          false,
	} {
		if got := hasRule(checkedReply(t, d, about, text), "other_buyer"); got != want {
			t.Errorf("%q: another buyer is found: %t", text, got)
		}
	}
	ask := "We would love your honest feedback on this order, please leave a review."
	if out := checkedReply(t, d, about, ask); hasRule(out, "second_request") || hasRule(out, "feedback_before_solution") {
		t.Errorf("the first request: %v", out.Findings)
	}
	for _, m := range []data.Message{
		{Direction: data.ToBuyer, Text: ask, SentAt: clock.Add(-3 * time.Hour)},
		{Direction: data.ToBuyer, Text: "Which color did you receive?", SentAt: clock.Add(-2 * time.Hour)},
		{Direction: data.FromBuyer, Text: "The blue one, as I wrote you. When will I get my refund?", SentAt: clock.Add(-time.Hour)},
	} {
		m.OrderID = order
		_, err := d.AddMessage(t.Context(), m)
		must(t, err)
	}
	for text, rule := range map[string]string{
		ask: "second_request", "Which color did you get?": "repeated_question", "Thank you for your purchase!": "ignored_question",
	} {
		if out := checkedReply(t, d, about, text); !hasRule(out, rule) {
			t.Errorf("%q: %s is not found: %v", text, rule, out.Findings)
		}
	}
	_, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: order, Reason: data.ReasonNotReceived, CaseNumber: "AE-9", OpenedAt: clock.Add(-48 * time.Hour)})
	must(t, err)
	if out := checkedReply(t, d, about, ask); !hasRule(out, "feedback_before_solution") || !out.Blocked {
		t.Errorf("a dispute is open: %v", out.Findings)
	}
	german, err := d.CheckReply(t.Context(), desk.ReplyCheck{ReplyAbout: about, Text: "Guten Tag, Ihre Bestellung wurde heute versandt und ist auf dem Weg zu Ihnen."})
	must(t, err)
	if german.Language != "de" || !hasRule(german, "wrong_language") {
		t.Errorf("German for a buyer who writes English: %q %v", german.Language, german.Findings)
	}
}

// A finding that blocks is let stand with a reason, which stays with the draft
// though other words of it change.
func TestAFindingOfAReplyIsPassedWithItsReason(t *testing.T) {
	d, order := twoBuyers(t)
	about := data.ReplyAbout{OrderID: order}
	text := "Dear Michael, your parcel has left."
	out := checkedReply(t, d, about, text)
	if !out.Blocked {
		t.Fatalf("it does not block: %v", out.Findings)
	}
	f := out.Findings[0].Finding
	if err := d.PassReplyFinding(t.Context(), about, f, " "); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("without a reason: %v", err)
	}
	must(t, d.PassReplyFinding(t.Context(), about, f, "her husband writes"))
	out = checkedReply(t, d, about, "Good day! "+text)
	if out.Blocked || len(out.Findings) != 1 || out.Findings[0].Passed == nil || out.Findings[0].Passed.Reason != "her husband writes" {
		t.Errorf("let stand: %v", out)
	}
	must(t, d.TakeBackReplyPass(t.Context(), about, f))
	if !checkedReply(t, d, about, text).Blocked {
		t.Error("taken back, it does not block")
	}
}

// What a sent reply promises until a day is a task, and one undo takes both back.
func TestAPromiseBecomesATask(t *testing.T) {
	d, order := twoBuyers(t)
	about := data.ReplyAbout{OrderID: order}
	_, err := d.CopyDraft(t.Context(), data.ReplyDraft{ReplyAbout: about}, "en", "Dear Emily, we will send a new one within 3 working days. We will answer you tomorrow.")
	must(t, err)
	m, err := d.SendDraft(t.Context(), about, "")
	must(t, err)
	promises, err := d.Promises(t.Context(), false, 10)
	must(t, err)
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	must(t, err)
	today := data.OnDay(clock.In(shanghai))
	tomorrow := data.OnDay(time.Date(today.Year, today.Month, today.Day+1, 0, 0, 0, 0, time.UTC))
	if len(promises) != 2 || promises[0].Task.OrderID != order || !strings.HasPrefix(promises[1].Task.Origin.Key, m.UID) {
		t.Fatalf("promised: %+v", promises)
	}
	if due, ok := data.DayOf(promises[0].Task.Due); !ok || due != tomorrow {
		t.Errorf("the answer is due on %s, not on %s", due, tomorrow)
	}
	_, err = d.Undo(t.Context())
	must(t, err)
	if promises, err = d.Promises(t.Context(), false, 10); err != nil || len(promises) != 0 {
		t.Errorf("taken back: %v, %v", promises, err)
	}
}

func TestAShopSwitchesARuleOffAndAddsWords(t *testing.T) {
	d, order := twoBuyers(t)
	about, text := data.ReplyAbout{OrderID: order}, "Please give us 5 stars!"
	if !hasRule(checkedReply(t, d, about, text), "stars_asked") {
		t.Fatal("stars are not found")
	}
	if err := d.SwitchGateRule(t.Context(), "stars_asked", false, ""); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("without a reason: %v", err)
	}
	if err := d.SwitchGateRule(t.Context(), "no_rule", false, "because"); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a rule that there is not: %v", err)
	}
	must(t, d.SwitchGateRule(t.Context(), "stars_asked", false, "our own site"))
	if hasRule(checkedReply(t, d, about, text), "stars_asked") {
		t.Error("it is off, and finds")
	}
	undone, err := d.Undo(t.Context())
	must(t, err)
	if undone != "gate.put" || !hasRule(checkedReply(t, d, about, text), "stars_asked") {
		t.Error("undone, it does not find")
	}
	own := "format = 1\nlanguage = \"en\"\n[concepts]\nOFFENDING = [\"pettifogger\"]\n"
	took, err := d.ImportGateWords(t.Context(), "own.toml", []byte(own))
	must(t, err)
	if took.Language != "en" || took.Added != 1 || !took.Own {
		t.Errorf("taken: %+v", took)
	}
	if back, err := d.ExportGateWords(t.Context(), "en"); err != nil || string(back) != own {
		t.Errorf("given back: %q, %v", back, err)
	}
	if !hasRule(checkedReply(t, d, about, "You pettifogger."), "offending") {
		t.Error("the shop's own word is not found")
	}
	must(t, d.ResetGateWords(t.Context(), "en"))
	if hasRule(checkedReply(t, d, about, "You pettifogger."), "offending") {
		t.Error("the shop's own word is found though it is gone")
	}
	words, err := d.GateWords(t.Context())
	must(t, err)
	if i := slices.IndexFunc(words, func(w desk.GateWords) bool { return w.Language == "en" }); i < 0 || words[i].Own || words[i].BuiltIn < 100 {
		t.Errorf("words: %+v", words)
	}
	if start, err := d.ExportGateWords(t.Context(), "en"); err != nil || !strings.Contains(string(start), "# OFFENDING = [") {
		t.Errorf("a start: %s, %v", start, err)
	}
	if _, err := d.ImportGateWords(t.Context(), "own.toml", []byte("language = \"en\"\nnonsense = 1\n")); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a file with an unknown field: %v", err)
	}
	rules, err := d.GateRules(t.Context())
	must(t, err)
	if len(rules) < 22 || fmt.Sprint(rules[0].Why) == "" {
		t.Errorf("%d rules", len(rules))
	}
}
