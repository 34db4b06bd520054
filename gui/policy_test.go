package gui

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/gui/words"
)

// onWindow lists every text on the window and what lies over it.
func onWindow(a *app) string {
	b := &bench{env: a.env, window: a.window}
	return strings.Join(b.texts(), "\n")
}

// caseDesk is a window on a real desk with one eBay order and an open dispute.
func caseDesk(t *testing.T) (*app, data.Dispute) {
	t.Helper()
	a := newDesk(t)
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "orders.csv")
	text := "Order Number,Order Date,Buyer,Total,Currency\n12-10001-20002,2026-11-10 10:00,sample,45.99,USD\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	shops, err := a.desk.Shops(ctx)
	if err != nil {
		t.Fatal(err)
	}
	request := desk.ImportRequest{Path: file, Target: "orders", Shop: shops[0]}
	preset, err := a.desk.MappingPreset(ctx, "sample", request, map[string]string{
		"Order Number": "number", "Order Date": "ordered_at", "Buyer": "buyer_handle", "Total": "total", "Currency": "currency",
	})
	if err != nil {
		t.Fatal(err)
	}
	request.Custom = preset
	if _, err := a.desk.Import(ctx, request, nil); err != nil {
		t.Fatal(err)
	}
	orders, err := a.desk.OrderFirst(ctx, data.OrderQuery{}, 1)
	if err != nil || len(orders) != 1 {
		t.Fatalf("orders: %v, %v", orders, err)
	}
	d, err := a.desk.OpenDispute(ctx, desk.NewDispute{
		OrderID: orders[0].ID, Reason: data.ReasonNotReceived, Amount: data.Money{Minor: 4599, Currency: "USD"},
		CaseNumber: "5000000001", OpenedAt: time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return a, d
}

func openRules(t *testing.T, a *app, pack string) *rulesSheet {
	t.Helper()
	packs, err := a.desk.Packs(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(packs, func(p desk.PackInfo) bool { return p.ID == pack })
	s := a.policies()
	s.packs.Select(int64(i + 1))
	if s.chosen.ID != pack {
		t.Fatalf("chosen: %+v", s.chosen)
	}
	return s
}

func figure(t *testing.T, a *app, pack, path string) policy.Figure {
	t.Helper()
	all, err := a.desk.Figures(context.Background(), pack)
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
	a, d := caseDesk(t)
	c, err := a.desk.Case(context.Background(), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	pack, before := c.Pack.ID, c.View.Due
	path := "deadline." + c.View.Rule + ".within.days"
	s := openRules(t, a, pack)
	f := figure(t, a, pack, path)
	s.changeFigure(figureRow{f, path}, "9", "seen on the case page", nil)
	a.ui.Save()
	if text := onWindow(a); !strings.Contains(text, "1 open cases looked at, 1 dates moved") || !strings.Contains(text, "12-10001-20002") {
		t.Errorf("the report says:\n%s", text)
	}
	f = figure(t, a, pack, path)
	if f.Value != "9" || f.Override == nil || f.Override.Who != "Lin" || f.Override.Why != "seen on the case page" {
		t.Errorf("the figure is %+v", f)
	}
	if text := overriddenBy(f.Override); !strings.Contains(text, "Lin") || !strings.Contains(text, "seen on the case page") {
		t.Errorf("changed by: %q", text)
	}
	all, err := a.desk.Figures(context.Background(), pack)
	if err != nil {
		t.Fatal(err)
	}
	s.figures.Restart()
	s.figures.Select(int64(1 + slices.IndexFunc(all, func(f policy.Figure) bool { return f.Path == path })))
	s.resetFigure()
	c, err = a.desk.Case(context.Background(), d.ID)
	if err != nil || !c.View.Due.Equal(before) {
		t.Errorf("after the way back the date is %s, was %s (%v)", c.View.Due, before, err)
	}
}

func TestWrongFigureIsAskedAgain(t *testing.T) {
	a, d := caseDesk(t)
	c, err := a.desk.Case(context.Background(), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	path := "deadline." + c.View.Rule + ".within.days"
	s := openRules(t, a, c.Pack.ID)
	s.changeFigure(figureRow{figure(t, a, c.Pack.ID, path), path}, "soon", "a guess", nil)
	a.ui.Save()
	if text := onWindow(a); !strings.Contains(text, "soon") || !strings.Contains(text, "a guess") || !strings.Contains(text, "whole number") {
		t.Errorf("the sheet does not ask again with what was typed:\n%s", text)
	}
}

func TestFigureTitles(t *testing.T) {
	for path, want := range map[string]string{
		"deadline.respond.within.days":     "days · deadline: respond",
		"item.signature.from.amount":       "amount · proof: signature",
		"clock.zone":                       "clock: time zone",
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

func TestEveryFigureHasWords(t *testing.T) {
	packs, err := policy.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range words.Languages() {
		words.Set(language)
		for _, p := range packs {
			for _, f := range figureRows(p) {
				if text := f.title + figureValue(f.Figure) + words.Of("confidence", f.Confidence); strings.Contains(text, "rules.") {
					t.Errorf("%s %s: %q", language, f.Path, text)
				}
			}
		}
	}
	words.Set(words.English)
}

const sampleNotice = `From: eBay <ebay@ebay.com>
To: seller@example.com
Subject: A buyer opened a case for order 12-10001-20002: item not received
Date: Fri, 20 Nov 2026 10:00:00 -0800
Message-ID: <sample-1@ebay.com>
Content-Type: text/plain; charset=utf-8

Your buyer opened a case because the item was not received.
Order number: 12-10001-20002
Case ID: 5000000009
`

func TestNoticeIsShownAndTaken(t *testing.T) {
	a, _ := caseDesk(t)
	file := filepath.Join(t.TempDir(), "notice.eml")
	if err := os.WriteFile(file, []byte(sampleNotice), 0o600); err != nil {
		t.Fatal(err)
	}
	a.take([]string{file})
	text := onWindow(a)
	for _, want := range []string{"12-10001-20002", "anybody can write any sender"} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet does not show %q:\n%s", want, text)
		}
	}
	views, err := a.desk.ReadNotices(context.Background(), file, nil)
	if err != nil || len(views) != 1 || views[0].Order.Number != "12-10001-20002" {
		t.Fatalf("read: %+v, %v", views, err)
	}
	s := a.showNotices("notice.eml", views)
	s.form.dispute.Set(0)
	s.form.kind.Set(data.EventOpened)
	s.form.reason.Set(data.ReasonNotReceived)
	s.form.caseNo.SetText("5000000009")
	s.take()
	order, err := a.desk.Order(context.Background(), views[0].Order.ID)
	if err != nil || !slices.ContainsFunc(order.Disputes, func(d data.DisputeRow) bool { return d.CaseNumber == "5000000009" && d.Evidence == 1 }) {
		t.Errorf("the dispute with its mail as evidence is not there: %+v, %v\n%s", order.Disputes, err, onWindow(a))
	}
	if a.current != "disputes" {
		t.Errorf("after the notice was taken %s is in view", a.current)
	}
}

// ownKeys are the keys of the sheets of rules and notices.
var ownKeys = regexp.MustCompile(`\b(rules|notice|today|menu|do|problem)\.[a-z_]+(\.[a-z_]+)*\b`)

func noOwnKeys(t *testing.T, a *app) {
	t.Helper()
	if key := ownKeys.FindString(onWindow(a)); key != "" {
		t.Errorf("an untranslated key is on the screen: %s", key)
	}
}

func TestNoticeThatNobodyKnowsSaysSo(t *testing.T) {
	a, d := caseDesk(t)
	view, err := a.desk.PasteNotice(context.Background(), "Hello, please look at the parcel.")
	if err != nil {
		t.Fatal(err)
	}
	a.showNotices("x", []desk.NoticeView{view})
	if text := onWindow(a); !strings.Contains(text, "not recognized") || !strings.Contains(text, "not found in the mail") {
		t.Errorf("the sheet says:\n%s", text)
	}
	a.ui.Save()
	c, err := a.desk.Case(context.Background(), d.ID)
	if err != nil || len(c.Dispute.Events) != 1 {
		t.Errorf("something was taken without an order and a kind: %+v, %v", c.Dispute.Events, err)
	}
}

func TestMailsAreRoutedToNotices(t *testing.T) {
	for path, want := range map[string]bool{"a.eml": true, "B.MBOX": true, "c.csv": false, "eml": false} {
		if isMail(path) != want {
			t.Errorf("%s: %v", path, isMail(path))
		}
	}
}

func TestRuleAndNoticeSheetsSpeakEachLanguage(t *testing.T) {
	for _, language := range words.Languages() {
		a, _ := caseDesk(t)
		setLanguage(language)
		s := openRules(t, a, "ebay-inr")
		noOwnKeys(t, a)
		a.holidays(s)
		noOwnKeys(t, a)
		a.moved(desk.RulesReport{Cases: 2})
		noOwnKeys(t, a)
		view, err := a.desk.PasteNotice(context.Background(), sampleNotice)
		if err != nil {
			t.Fatal(err)
		}
		a.showNotices("x", []desk.NoticeView{view})
		a.pasteNotice()
		noOwnKeys(t, a)
	}
}
