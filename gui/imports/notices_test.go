package imports

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

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
	b, d, _ := guitest.RealCase(t)
	file := filepath.Join(t.TempDir(), "notice.eml")
	if err := os.WriteFile(file, []byte(sampleNotice), 0o600); err != nil {
		t.Fatal(err)
	}
	e := New(b.Env, d)
	e.ReadNotices([]string{file})
	text := strings.Join(b.Texts(), "\n")
	for _, want := range []string{"12-10001-20002", "anybody can write any sender"} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet does not show %q:\n%s", want, text)
		}
	}
	views, err := d.ReadNotices(context.Background(), file, nil)
	if err != nil || len(views) != 1 || views[0].Order.Number != "12-10001-20002" {
		t.Fatalf("read: %+v, %v", views, err)
	}
	s := e.showNotices("notice.eml", views)
	s.form.dispute.Set(0)
	s.form.kind.Set(data.EventOpened)
	s.form.reason.Set(data.ReasonNotReceived)
	s.form.caseNo.SetText("5000000009")
	s.take()
	order, err := d.Order(context.Background(), views[0].Order.ID)
	if err != nil || !slices.ContainsFunc(order.Disputes, func(d data.DisputeRow) bool { return d.CaseNumber == "5000000009" && d.Evidence == 1 }) {
		t.Errorf("the dispute with its mail as evidence is not there: %+v, %v\n%s", order.Disputes, err, strings.Join(b.Texts(), "\n"))
	}
	if len(order.Disputes) == 0 || !slices.ContainsFunc(order.Disputes, func(d data.DisputeRow) bool { return slices.Contains(b.Went, route.Route(route.Dispute{ID: d.ID})) }) {
		t.Errorf("after the notice was taken the window went to %+v", b.Went)
	}
}

func TestNoticeThatNobodyKnowsSaysSo(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	view, err := d.PasteNotice(context.Background(), "Hello, please look at the parcel.")
	if err != nil {
		t.Fatal(err)
	}
	New(b.Env, d).showNotices("x", []desk.NoticeView{view})
	if text := strings.Join(b.Texts(), "\n"); !strings.Contains(text, "not recognized") || !strings.Contains(text, "not found in the e-mail") {
		t.Errorf("the sheet says:\n%s", text)
	}
	b.UI.Save()
	c, err := d.Case(context.Background(), dispute.ID)
	if err != nil || len(c.Dispute.Events) != 1 {
		t.Errorf("something was taken without an order and a kind: %+v, %v", c.Dispute.Events, err)
	}
}

func TestMailsAreRoutedToNotices(t *testing.T) {
	for path, want := range map[string]bool{"a.eml": true, "B.MBOX": true, "c.csv": false, "eml": false} {
		if IsMail(path) != want {
			t.Errorf("%s: %v", path, IsMail(path))
		}
	}
}

func TestNoticeSheetsSpeakEachLanguage(t *testing.T) {
	for _, language := range words.Languages() {
		b, d, _ := guitest.RealCase(t)
		words.Set(language)
		view, err := d.PasteNotice(context.Background(), sampleNotice)
		if err != nil {
			t.Fatal(err)
		}
		e := New(b.Env, d)
		e.showNotices("x", []desk.NoticeView{view})
		e.PasteNotice()
		b.NoKeysOf(t, "notice", "do", "problem", "event")
	}
}
