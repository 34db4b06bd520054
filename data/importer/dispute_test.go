package importer

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

func mustReadDisputes(t *testing.T, src *Source, preset string, opt Options) got {
	t.Helper()
	g, err := readAll(t, src, TargetDisputes, opt)
	if err != nil {
		t.Fatalf("reading %s: %v", src.Name, err)
	}
	if g.in.Preset == nil || g.in.Preset.ID != preset {
		t.Fatalf("preset of %s is %v, want %s", src.Name, g.in.Preset, preset)
	}
	return g
}

func (g got) dispute(t *testing.T, line int) *Dispute {
	t.Helper()
	for _, d := range g.disputes {
		if d.Where[len(d.Where)-1] == (data.Ref{Kind: "row", ID: strconv.Itoa(line)}) {
			return d
		}
	}
	t.Fatalf("no dispute from line %d; rejected: %s", line, show(g.rejected))
	return nil
}

// rejections lists line and code of what was not taken.
func (g got) rejections() map[int]string {
	all := map[int]string{}
	for _, r := range g.rejected {
		all[lineOf(r)] = code(r)
	}
	return all
}

func doubts(d *Dispute) []string {
	var all []string
	for _, one := range d.Doubts {
		all = append(all, code(one))
	}
	return all
}

func TestPayPalCases(t *testing.T) {
	g := mustReadDisputes(t, file(t, "paypal-cases.csv"), "paypal-cases",
		Options{Shop: shop(data.PayPal, "", ""), MinorUnits: MinorUnitsYes})
	opened, due := utc(2026, 3, 1, 5, 50, 9), utc(2026, 3, 11, 21, 59, 59)
	claim := "It is \"blue\",\nnot green"
	want(t, "a claim", g.dispute(t, 6), &Dispute{
		PaymentRef: "SAMPLETXN0000001",
		Dispute: data.Dispute{
			Reason: data.ReasonNotAsDescribed, Claim: claim, Amount: data.Money{Minor: 4599, Currency: "GBP"},
			CaseNumber: "PP-000-000-000-001", OpenedAt: opened, StatedDue: due,
			Events: []data.CaseEvent{{
				Kind: data.EventOpened, Actor: data.ActorBuyer, At: opened, Note: claim,
				Amount: data.Money{Minor: 4599, Currency: "GBP"}, Due: due,
			}},
		},
		Undated: []data.CaseEvent{{Kind: data.EventPlatformStepped, Actor: data.ActorPlatform}},
		Kind:    KindClaim, Awaits: data.ActorPlatform,
		KindWord: "Claim", ReasonWord: "Not as described", StatusWord: "Being Reviewed By PayPal", OutcomeWord: "None",
		Protection: "Ineligible", Buyer: data.Buyer{Platform: data.PayPal, Name: "Ann Sample", Email: "ann@example.com"},
		Where: []data.Ref{{Kind: "file", ID: "paypal-cases.csv"}, {Kind: "row", ID: "6"}},
		Extra: map[string]string{
			"CH": "SB", "Transaction date": "2026/02/01 10:00:00 +0200", "Money movement": "No Impact", "Payment Tracking ID": "track-1",
		},
	})

	inquiry := g.dispute(t, 8)
	want(t, "order", inquiry.OrderNumber, "INV-7")
	want(t, "kind", inquiry.Kind, KindInquiry)
	want(t, "opened 23:30 in -0500", inquiry.OpenedAt, utc(2026, 3, 3, 4, 30, 0))
	want(t, "no due date", inquiry.StatedDue, time.Time{})
	want(t, "reason", inquiry.Reason, data.ReasonNotReceived)
	want(t, "doubts", doubts(inquiry), []string(nil))

	strange := g.dispute(t, 9)
	want(t, "yen have no smaller coin", strange.Amount, yen(1200))
	want(t, "reason", strange.Reason, data.ReasonOther)
	want(t, "its word", strange.ReasonWord, "A new reason")
	want(t, "no event from a word that is not known", len(strange.Undated), 0)
	want(t, "doubts", doubts(strange), []string{"import_doubt_word", "import_doubt_reason"})

	ruled := g.dispute(t, 10)
	want(t, "reason from the kind", ruled.Reason, data.ReasonUnauthorized)
	want(t, "outcome", ruled.Outcome, OutcomeLost)
	want(t, "liable", ruled.Liable, data.ActorSeller)
	want(t, "forints without an amount", ruled.Amount, data.Money{})
	want(t, "doubts", doubts(ruled), []string{"import_doubt_minor"})
	want(t, "what has happened", ruled.Undated, []data.CaseEvent{
		{Kind: data.EventClosed, Actor: data.ActorPlatform}, {Kind: data.EventRuled, Actor: data.ActorPlatform},
	})

	want(t, "rejected", g.rejections(), map[int]string{
		11: "import_no_order", 12: "import_before_opening", 13: "import_case_twice", 14: "import_case_twice",
		16: "import_repeated", 17: "import_date",
	})
	want(t, "the other line", g.rejected[2].Why.Args["line"], "14")
	want(t, "and the first one", g.rejected[3].Why.Args["line"], "13")
	want(t, "what differs", g.rejected[2].Why.Args["header"], "Disputed amount")
	want(t, "summary", g.sum, Summary{Rows: 11, Taken: 5, Rejected: 6, LeftOut: 1, Footers: 5})
}

func TestPayPalAmountsAreAsked(t *testing.T) {
	src := file(t, "paypal-cases.csv")
	g, err := readAll(t, src, TargetDisputes, Options{})
	if err == nil || problemCode(t, err) != "import_ask_minor" || len(g.disputes) != 0 {
		t.Errorf("read without an answer: %v", err)
	}
	want(t, "questions", g.in.Questions, []Question{{AskMinorUnits, FieldAmount, "Disputed amount", "4599"}})

	g = mustReadDisputes(t, src, "paypal-cases", Options{MinorUnits: MinorUnitsNo})
	want(t, "whole pounds", g.dispute(t, 6).Amount, data.Money{Minor: 459900, Currency: "GBP"})
	want(t, "whole forints", g.dispute(t, 10).Amount, data.Money{Minor: 50000, Currency: "HUF"})
	left, err := Questions(context.Background(), src, g.in, Options{MinorUnits: MinorUnitsNo})
	if err != nil || len(left) != 0 {
		t.Errorf("still asked: %v, %v", left, err)
	}

	head := "CH,Case type,Case ID,Original transaction ID,Case filing date,Case status,Case reason,Disputed amount,Disputed currency\n"
	row := "SB,Claim,1,T1,2026/03/01 07:50:09 +0200,Open,Non-receipt,1250,EUR\n"
	other := "SB,Claim,2,T2,2026/03/01 07:50:09 +0200,Open,Non-receipt,12.50,EUR\n"
	g = mustReadDisputes(t, textSource("decimals.csv", head+row+other), "paypal-cases", Options{})
	want(t, "an amount with decimals answers for all", g.dispute(t, 2).Amount, eur(125000))
	g = mustReadDisputes(t, textSource("decimals.csv", head+row+other), "paypal-cases", Options{MinorUnits: MinorUnitsYes})
	want(t, "decimals where there must be none", g.rejections(), map[int]string{3: "import_amount"})
	yenRow := strings.Replace(row, "EUR", "JPY", 1)
	g = mustReadDisputes(t, textSource("yen.csv", head+yenRow+"SF,1\nFF,1\n"), "paypal-cases", Options{})
	want(t, "nothing to ask of yen", g.dispute(t, 2).Amount, yen(1250))
}

func TestStripeDisputes(t *testing.T) {
	g := mustReadDisputes(t, file(t, "stripe-payments.csv"), "stripe-disputes", Options{Shop: shop(data.Shopify, "Asia/Shanghai", "")})
	one := g.dispute(t, 2)
	want(t, "order", one.OrderNumber, "1001")
	want(t, "payment", one.PaymentRef+" "+one.OtherRef, "ch_sample1 pi_sample1")
	want(t, "amount", one.Amount, usd(4599))
	want(t, "opened, in UTC whatever the shop's zone", one.OpenedAt, utc(2026, 2, 1, 10, 0, 0))
	want(t, "due", one.StatedDue, utc(2026, 2, 8, 23, 59, 0))
	want(t, "awaits", one.Awaits, data.ActorSeller)
	want(t, "kind", one.Kind, KindChargeback)
	want(t, "doubts", doubts(one), []string(nil))

	lost := g.dispute(t, 4)
	want(t, "order", lost.OrderNumber, "")
	want(t, "outcome", lost.Outcome, OutcomeLost)
	want(t, "undated", lost.Undated, []data.CaseEvent{{Kind: data.EventRuled, Actor: data.ActorPlatform}})
	want(t, "euros or dollars", doubts(lost), []string{"import_doubt_currency"})

	warning := g.dispute(t, 5)
	want(t, "kind", warning.Kind, KindInquiry)
	want(t, "amount", warning.Amount, yen(1200))
	want(t, "reason that says other", warning.Reason, data.ReasonOther)
	want(t, "undated", warning.Undated, []data.CaseEvent{{Kind: data.EventEvidenceSent, Actor: data.ActorSeller}})
	want(t, "doubts", doubts(warning), []string(nil))

	strange := g.dispute(t, 6)
	want(t, "words", strange.StatusWord+" "+strange.ReasonWord, "mended product_lost")
	want(t, "doubts", doubts(strange), []string{"import_doubt_word", "import_doubt_reason"})

	want(t, "rejected", g.rejections(), map[int]string{3: "import_no_case", 7: "import_before_opening"})
	if !isLeftOut(g.rejected[0]) || isLeftOut(g.rejected[1]) {
		t.Error("a payment without a dispute is left out; a due date before the opening is a fault")
	}
	want(t, "summary", g.sum, Summary{Rows: 6, Taken: 4, Rejected: 2, LeftOut: 1})
}

func TestOwnTableOfDisputes(t *testing.T) {
	text := "订单号,纠纷编号,纠纷原因,开启时间,截止时间,状态,纠纷金额,币种,结果,责任方,裁决原因,结束时间,备注\n" +
		"8001,K1,货不对板,2026-03-01 18:30,2026-03-06,等待卖家处理,12.50,USD,,,,,请尽快\n" +
		"8002,K2,未收到货,2026-03-01 18:30,,已结束,10,USD,败诉,卖家责任,无妥投证明,2026-03-20 09:00,\n" +
		"8003,K3,质量问题,2026-03-01 18:30,,已结束,10,USD,胜诉,,,2026-03-01,\n" +
		"8004,K4,not_received,2026-03-01 18:30,2026-03-01,开启,10,USD,,,,,\n" +
		"8005,K5,货物破损,2026-03-02 18:30,2026-03-01,开启,10,USD,,,,,\n" +
		"8006,K6,货物破损,2026-03-02 18:30,,已结束,10,USD,,,,2026-02-28,\n" +
		"8007,K7,,,,开启,10,USD,,,,,\n" +
		"8008,1.23457E+17,短装,2026-03-02 18:30,,开启,10,USD,,,,,\n" +
		"8009,K9,短装,2026-03-02 18:30,,开启,-10,USD,,,,,\n" +
		"8010,K10,,2026-03-02 18:30,,开启,,,,,,,\n"
	g := mustReadDisputes(t, textSource("own.csv", text), "disputes", Options{Shop: shop(data.AliExpress, "Asia/Shanghai", "USD")})
	one := g.dispute(t, 2)
	want(t, "reason", one.Reason, data.ReasonNotAsDescribed)
	want(t, "opened", one.OpenedAt, utc(2026, 3, 1, 10, 30, 0))
	want(t, "due by the end of the day in Shanghai", one.StatedDue, dueDay(2026, 3, 5, 16))
	want(t, "which is said", one.DueDay, true)
	want(t, "awaits", one.Awaits, data.ActorSeller)
	want(t, "extra", one.Extra, map[string]string{"备注": "请尽快"})

	two := g.dispute(t, 3)
	closed := utc(2026, 3, 20, 1, 0, 0)
	want(t, "events", two.Events[1:], []data.CaseEvent{
		{Kind: data.EventClosed, Actor: data.ActorPlatform, At: closed}, {Kind: data.EventRuled, Actor: data.ActorPlatform, At: closed},
	})
	want(t, "ruling", two.Ruling, "无妥投证明")
	want(t, "liable", two.Liable, data.ActorSeller)
	want(t, "undated", len(two.Undated), 0)
	want(t, "closed on the day of the opening", g.dispute(t, 4).ClosedAt, utc(2026, 3, 1, 10, 30, 0))
	want(t, "the program's own word", g.dispute(t, 5).Reason, data.ReasonNotReceived)
	want(t, "due on the day of the opening", g.dispute(t, 5).StatedDue, dueDay(2026, 2, 28, 16))
	none := g.dispute(t, 11)
	want(t, "no reason", doubts(none), []string{"import_doubt_no_reason"})
	want(t, "no amount", none.Amount, data.Money{})
	want(t, "rejected", g.rejections(), map[int]string{
		6: "import_before_opening", 7: "import_before_opening", 8: "import_no_opening", 9: "import_case_number", 10: "import_negative",
	})
	for _, r := range g.rejected {
		if strings.ContainsAny(r.Why.String()+r.How.String(), "{}") {
			t.Errorf("a gap in %q", r.Why)
		}
	}
}

// A row that the platform wrote later counts, wherever it stands; rows without a
// case number are never taken for one case.
func TestRowsOfOneCase(t *testing.T) {
	head := "Order ID,Case ID,Reason,Opened,Status,Updated\n"
	g := mustReadDisputes(t, textSource("own.csv", head+
		"1,K1,INR,2026-03-01,Closed,2026-03-09 10:00\n"+
		"1,K1,INR,2026-03-01,Open,2026-03-02 10:00\n"+
		"2,,INR,2026-03-01,Open,\n"+
		"2,,SNAD,2026-03-01,Open,\n"+
		"2,,SNAD,2026-03-01,Open,\n"+
		"3,K3,INR,2026-03-01,Open,\n"+
		"4,K3,INR,2026-03-01,Open,\n"+
		"5,K5,INR,2026-03-01,Open,\n"+
		"5,K5,INR,2026-02-31,Open,\n"), "disputes", Options{})
	want(t, "rejected", g.rejections(), map[int]string{
		3: "import_older_row", 6: "import_repeated", 7: "import_case_twice", 8: "import_case_twice", 10: "import_date",
	})
	want(t, "the later row", g.dispute(t, 2).StatusWord, "Closed")
	want(t, "what differs", g.rejected[2].Why.Args["header"], "Order ID")
	want(t, "summary", g.sum, Summary{Rows: 9, Taken: 4, Rejected: 5, LeftOut: 2})
}

func TestMappingToDisputes(t *testing.T) {
	columns := []Column{
		{Header: "Ref", Field: FieldPaymentRef},
		{Header: "When", Field: FieldOpenedAt},
		{Header: "Why", Field: FieldReason},
		{Header: "How", Field: FieldStatus},
	}
	p, err := Mapping("own", "Own", TargetDisputes, columns)
	if err != nil {
		t.Fatal(err)
	}
	text, err := EncodePreset(p)
	if err != nil {
		t.Fatal(err)
	}
	if p, err = DecodePreset("own", text); err != nil {
		t.Fatal(err)
	}
	g, err := readAll(t, textSource("own.csv", "Ref,When,Why,How\nT1,2026-03-01 10:00,fraudulent,Needs response\n"), TargetDisputes,
		Options{Preset: p})
	if err != nil {
		t.Fatal(err)
	}
	d := g.dispute(t, 2)
	want(t, "the mapping knows the plain words", string(d.Reason)+" "+string(d.Awaits), "unauthorized seller")

	if _, err = Mapping("own", "Own", TargetDisputes, columns[1:]); err == nil || problemCode(t, err) != "pack_content" {
		t.Errorf("a mapping without order and payment: %v", err)
	}
	if _, err = Mapping("own", "Own", TargetDisputes, columns[:1]); err == nil || problemCode(t, err) != "pack_content" {
		t.Errorf("a mapping without opening: %v", err)
	}
	_, err = readAll(t, textSource("own.csv", "Order ID,Opened,Reason\n"), TargetDisputes, Options{})
	if err == nil || problemCode(t, err) != "import_no_rows" {
		t.Errorf("a header without rows: %v", err)
	}
}

func TestFaultyDisputePresets(t *testing.T) {
	good := "id = \"x\"\ntitle = \"X\"\ntarget = \"disputes\"\nrequire = [\"A\", \"B\"]\n[columns]\nnumber = [\"A\"]\nopened_at = [\"B\"]\n"
	if _, err := DecodePreset("x.toml", []byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ more, field string }{
		{"[reasons]\nlost_in_space = [\"x\"]\n", "reasons.lost_in_space"},
		{"[reasons]\nother = [\"--\"]\n", "reasons.other"},
		{"[kinds]\n\"A B\" = [\"x\"]\n", "kinds.A B"},
		{"[[cases]]\nfield = \"claim\"\nfilled = true\n", "cases.1.field"},
		{"[[cases]]\nfield = \"status\"\n", "cases.1.words"},
		{"[[cases]]\nfield = \"status\"\nfilled = true\nevent = \"opened\"\n", "cases.1.event"},
		{"[[cases]]\nfield = \"status\"\nfilled = true\nat = \"due\"\n", "cases.1.at"},
		{"[[cases]]\nfield = \"status\"\nfilled = true\nawaits = \"god\"\n", "cases.1.awaits"},
		{"[[cases]]\nfield = \"status\"\nfilled = true\noutcome = \"draw\"\n", "cases.1.outcome"},
	} {
		_, err := DecodePreset("x.toml", []byte(good+c.more))
		if err == nil || problemCode(t, err) != "pack_line" || !strings.Contains(err.Error(), c.field+": ") {
			t.Errorf("%q: %v", c.more, err)
		}
	}
}

// Ship-by columns that hold a date or something else.
func TestLooseDates(t *testing.T) {
	text := "订单号,订单状态,下单时间,产品信息,订单金额,发货期限\n" +
		"1,等待您发货,2026-03-01 10:00,【1】Cup,US $5.00,2026-03-08 10:00\n" +
		"2,等待您发货,2026-03-01 10:00,【1】Cup,US $5.00,5天12小时\n" +
		"3,等待您发货,2026-03-01 10:00,【1】Cup,US $5.00,2026-03-08\n" +
		"4,等待您发货,2026-03-01 10:00,【1】Cup,US $5.00,03/04/2026 10:00\n"
	g := mustRead(t, textSource("ali.csv", text), "aliexpress-orders", Options{Shop: shop(data.AliExpress, "Asia/Shanghai", "")})
	want(t, "ship by", g.order(t, "1").ShipBy, utc(2026, 3, 8, 2, 0, 0))
	for number, cell := range map[string]string{"2": "5天12小时", "3": "2026-03-08", "4": "03/04/2026 10:00"} {
		o := g.order(t, number)
		want(t, "no date of order "+number, o.ShipBy, time.Time{})
		want(t, "extra of order "+number, o.Extra["发货期限"], cell)
	}
	want(t, "rejected", len(g.rejected), 0)
}

// What kind a case is, in the words of an own table, and what a word tells that
// stands in two columns.
func TestKindsOfCases(t *testing.T) {
	head := "Order ID,Case ID,Reason,Opened,Kind,Status,Result\n"
	words := []string{
		"Inquiry", KindInquiry, "return", KindReturn, "退货", KindReturn, "A-to-z", KindAToZ, "A-to-z Guarantee claim", KindAToZ,
		"Payment dispute", KindPayment, "payment_dispute", KindPayment, "拒付", KindChargeback, "Pre arbitration", KindPreArbitration,
		"仲裁", KindClaim, "SAFE-T", KindSafeT,
	}
	text := head
	for i := 0; i < len(words); i += 2 {
		text += "1,K" + itoa(i) + ",INR,2026-03-01," + words[i] + ",Lost,Lost\n"
	}
	g := mustReadDisputes(t, textSource("own.csv", text+"1,K99,INR,2026-03-01,Quarrel,,\n"), "disputes", Options{})
	for i := 0; i < len(words); i += 2 {
		d := g.dispute(t, i/2+2)
		want(t, words[i], d.Kind, words[i+1])
		want(t, "word", d.KindWord, words[i])
		want(t, "ruled, once", d.Undated, []data.CaseEvent{{Kind: data.EventRuled, Actor: data.ActorPlatform}})
		want(t, "doubts", doubts(d), []string(nil))
	}
	unknown := g.dispute(t, len(words)/2+2)
	want(t, "kind", unknown.Kind+" "+unknown.KindWord, " Quarrel")
	want(t, "doubts", doubts(unknown), []string{"import_doubt_word"})
}

// Three rows of one case, two of them alike: none is right for certain.
func TestCaseToldThrice(t *testing.T) {
	g := mustReadDisputes(t, textSource("own.csv", "Order ID,Case ID,Reason,Opened\n"+
		"1,K1,INR,2026-03-01\n1,K1,INR,2026-03-01\n1,K1,SNAD,2026-03-01\n2,K2,INR,2026-03-01\n"), "disputes", Options{})
	want(t, "rejected", g.rejections(), map[int]string{2: "import_case_twice", 3: "import_case_twice", 4: "import_case_twice"})
	want(t, "taken", g.sum.Taken, 1)
}
