package desk_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

func theDraft(t *testing.T, d *desk.Desk, about data.ReplyAbout) data.ReplyDraft {
	t.Helper()
	draft, err := d.DraftOf(t.Context(), about)
	must(t, err)
	return draft
}

func sentTo(t *testing.T, d *desk.Desk, orderID int64) []data.Message {
	t.Helper()
	view, err := d.Order(t.Context(), orderID)
	must(t, err)
	var sent []data.Message
	for _, m := range view.Timeline {
		if m.Message != nil && m.Message.Direction == data.ToBuyer {
			sent = append(sent, *m.Message)
		}
	}
	return sent
}

// Copied is not sent: only what is said to be sent stands in the record, once,
// with what it was made of, and Undo makes a draft of it again.
func TestACopiedReplyIsSentByASecondStep(t *testing.T) {
	d, dispute := aliExpressCase(t)
	ctx := t.Context()
	about := data.ReplyAbout{OrderID: dispute.OrderID, DisputeID: dispute.ID}
	draft := data.ReplyDraft{
		ReplyAbout: about, Template: "not_received", Variant: "not_received.es", Text: "Hola", Fields: map[string]string{"delivery.eta": "2026-12-01"},
		Passed: []data.PassedFinding{{Rule: "gate.length", Key: "gate.length", Severity: data.Blocking, Reason: "it fits", By: "Lin"}},
	}
	must(t, d.SaveDraft(ctx, draft))
	if _, err := d.SendDraft(ctx, about, ""); !errors.Is(err, data.ErrConflict) {
		t.Errorf("a reply that was never copied is sent: %v", err)
	}
	_, err := d.CopyDraft(ctx, draft, "es", "Hola Ana")
	must(t, err)
	if n := len(sentTo(t, d, dispute.OrderID)); n != 0 {
		t.Fatalf("%d messages stand in the record after a copy", n)
	}
	draft.Text = "typed after the copy"
	must(t, d.SaveDraft(ctx, draft))
	m, err := d.SendDraft(ctx, about, "")
	must(t, err)
	sent := sentTo(t, d, dispute.OrderID)
	if len(sent) != 1 || sent[0].Text != "Hola Ana" || sent[0].Language != "es" || sent[0].Template != "not_received" || sent[0].Variant != "not_received.es" ||
		sent[0].Source != data.SourceReply || len(sent[0].Passed) != 1 || sent[0].Passed[0].Reason != "it fits" || sent[0].UID != m.UID {
		t.Errorf("in the record stands %+v", sent)
	}
	if left := theDraft(t, d, about); !left.IsEmpty() {
		t.Errorf("a draft is left: %+v", left)
	}
	_, err = d.Undo(ctx)
	must(t, err)
	if left := theDraft(t, d, about); left.CopiedText != "Hola Ana" || left.Text != "typed after the copy" || len(sentTo(t, d, dispute.OrderID)) != 0 {
		t.Errorf("taken back: the draft is %+v", left)
	}
	_, err = d.Redo(ctx)
	must(t, err)
	if len(sentTo(t, d, dispute.OrderID)) != 1 || !func() bool { left := theDraft(t, d, about); return left.IsEmpty() }() {
		t.Error("done again, it is not sent")
	}
}

// A reply goes into the record by the channel that was chosen, else by that of the
// newest message between the two: not by that of a call, of a notice of the platform
// or of something that was pasted.
func TestASentReplyKeepsItsChannel(t *testing.T) {
	d, dispute := aliExpressCase(t)
	ctx := t.Context()
	about := data.ReplyAbout{OrderID: dispute.OrderID, DisputeID: dispute.ID}
	send := func(channel string) string {
		t.Helper()
		_, err := d.CopyDraft(ctx, data.ReplyDraft{ReplyAbout: about, Template: "not_received"}, "es", "Hola Ana, by “"+channel+"”")
		must(t, err)
		m, err := d.SendDraft(ctx, about, channel)
		must(t, err)
		sent := sentTo(t, d, dispute.OrderID)
		if last := sent[len(sent)-1]; last.UID != m.UID || last.Channel != m.Channel {
			t.Errorf("%+v stands in the record as %+v", m, last)
		}
		return m.Channel
	}
	add := func(m data.Message) {
		t.Helper()
		m.OrderID, m.SentAt = dispute.OrderID, time.Date(2025, 8, 1, 10, 0, 0, 0, time.UTC)
		_, err := d.AddMessage(ctx, m)
		must(t, err)
	}
	if got := send(""); got != "aliexpress" {
		t.Errorf("with no channel told yet it went by %q", got)
	}
	if got := send("wangwang"); got != "wangwang" {
		t.Errorf("chosen was wangwang, kept is %q", got)
	}
	if got := send(""); got != "wangwang" {
		t.Errorf("the conversation went on by wangwang, kept is %q", got)
	}
	_, err := d.CopyDraft(ctx, data.ReplyDraft{ReplyAbout: about}, "es", "Hola")
	must(t, err)
	if _, err := d.SendDraft(ctx, about, "pigeon"); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a channel that nobody knows is taken: %v", err)
	}
	// One that was told by hand is offered beside the others.
	add(data.Message{Direction: data.FromBuyer, Channel: "viber", Text: "viber?", Source: data.SourceTyped})
	ways, err := d.ReplyChannels(ctx, about)
	must(t, err)
	want := []string{"aliexpress", "wangwang", "note", "email", "whatsapp", "wechat", "telegram", "line", "messenger", "sms", "viber"}
	if !slices.Equal(ways.All, want) || ways.Usual != "wangwang" { // the message of August is older
		t.Errorf("offered: %+v", ways)
	}
	none, err := d.ReplyChannels(ctx, data.ReplyAbout{OrderID: dispute.OrderID, FeedbackID: 1})
	must(t, err)
	if len(none.All) != 0 {
		t.Errorf("a public answer is offered %v", none.All)
	}
}

// The newest message names the channel by which it came, where one can write by it.
func TestTheUsualChannelIsThatOfTheNewestMessage(t *testing.T) {
	d, dispute := aliExpressCase(t)
	ctx := t.Context()
	for i, one := range []struct {
		m    data.Message
		want string
	}{
		{data.Message{Direction: data.FromBuyer, Channel: "email", Source: data.SourceMail}, "email"},
		{data.Message{Direction: data.FromPlatform, Channel: "aliexpress"}, "email"},
		{data.Message{Direction: data.FromBuyer, Channel: "phone", Source: data.SourceCall}, "email"},
		{data.Message{Direction: data.FromBuyer, Channel: "phone", Source: data.SourceTyped}, "email"},
		{data.Message{Direction: data.FromBuyer, Channel: "", Source: data.SourcePaste}, "email"},
		{data.Message{Direction: data.FromBuyer, Channel: "whatsapp", Source: data.SourceFile}, "whatsapp"},
	} {
		one.m.OrderID, one.m.Text, one.m.SentAt = dispute.OrderID, strconv.Itoa(i), time.Date(2025, 9, 1+i, 10, 0, 0, 0, time.UTC)
		_, err := d.AddMessage(ctx, one.m)
		must(t, err)
		ways, err := d.ReplyChannels(ctx, data.ReplyAbout{OrderID: dispute.OrderID})
		must(t, err)
		if ways.Usual != one.want {
			t.Errorf("after message %d the usual channel is %q, want %q", i, ways.Usual, one.want)
		}
	}
}

// What was typed for one buyer is no other buyer's draft, also after the desk was
// closed.
func TestADraftIsOfOneBuyer(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "desk")
	d, err := desk.Open(t.Context(), dir, options())
	must(t, err)
	ctx := t.Context()
	one, other := data.ReplyAbout{OrderID: 1}, data.ReplyAbout{OrderID: 2}
	must(t, d.SaveDraft(ctx, data.ReplyDraft{ReplyAbout: one, Template: "late", Text: "for one", Fields: map[string]string{"issue.text": "torn"}}))
	must(t, d.SaveDraft(ctx, data.ReplyDraft{Template: "pre_sale_answer", Text: "for nobody yet"}))
	must(t, d.Close())
	d, err = desk.Open(t.Context(), dir, options())
	must(t, err)
	defer func() { must(t, d.Close()) }()
	if got := theDraft(t, d, one); got.Text != "for one" || got.Fields["issue.text"] != "torn" {
		t.Errorf("the draft became %+v", got)
	}
	if got := theDraft(t, d, other); !got.IsEmpty() {
		t.Errorf("another buyer's draft is %+v", got)
	}
	must(t, d.SaveDraft(ctx, data.ReplyDraft{ReplyAbout: one}))
	list, err := d.Drafts(ctx)
	must(t, err)
	if len(list) != 1 || list[0].Text != "for nobody yet" {
		t.Errorf("the drafts are %+v", list)
	}
	must(t, d.DropDraft(ctx, data.ReplyAbout{}))
	if _, err := d.Undo(ctx); err != nil {
		t.Error(err)
	}
	if got := theDraft(t, d, data.ReplyAbout{}); got.Text != "for nobody yet" {
		t.Errorf("brought back: %+v", got)
	}
}

// The public answer to a feedback is the feedback's reply once it is sent.
func TestASentAnswerToAFeedbackIsItsReply(t *testing.T) {
	d, dispute := aliExpressCase(t)
	ctx := t.Context()
	order, err := d.Order(ctx, dispute.OrderID)
	must(t, err)
	f, err := d.PutFeedback(ctx, data.Feedback{Shop: order.Order.Shop, OrderNumber: order.Order.Number, Stars: 2, Text: "slow"})
	must(t, err)
	about := data.ReplyAbout{OrderID: dispute.OrderID, FeedbackID: f.ID}
	_, err = d.CopyDraft(ctx, data.ReplyDraft{ReplyAbout: about, Template: "feedback_negative"}, "en", "We are sorry.")
	must(t, err)
	_, err = d.SendDraft(ctx, about, "")
	must(t, err)
	rows, err := d.FeedbackRows(ctx, []int32{int32(f.ID)})
	must(t, err)
	if rows[0].Reply != "We are sorry." || rows[0].State != data.FeedbackReplied || rows[0].RepliedAt.IsZero() || len(sentTo(t, d, dispute.OrderID)) != 0 {
		t.Errorf("the feedback is %+v", rows[0])
	}
}

// What is taken back lies in the bin with its draft: what comes next is another
// buyer's, and finds nothing.
func TestADraftIsNotFoundByTheNextBuyer(t *testing.T) {
	d, dispute := aliExpressCase(t)
	ctx := t.Context()
	order, err := d.Order(ctx, dispute.OrderID)
	must(t, err)
	first, err := d.PutFeedback(ctx, data.Feedback{Shop: order.Order.Shop, BuyerHandle: "first", Stars: 2, Text: "slow"})
	must(t, err)
	about := data.ReplyAbout{FeedbackID: first.ID}
	must(t, d.SaveDraft(ctx, data.ReplyDraft{ReplyAbout: about, Template: "feedback_negative", Fields: map[string]string{"buyer.name": "Ana"}}))
	_, err = d.Undo(ctx)
	must(t, err)
	second, err := d.PutFeedback(ctx, data.Feedback{Shop: order.Order.Shop, BuyerHandle: "second", Stars: 1, Text: "broken"})
	must(t, err)
	if left := theDraft(t, d, data.ReplyAbout{FeedbackID: second.ID}); !left.IsEmpty() {
		t.Errorf("another buyer's feedback finds %+v", left)
	}
	if left := theDraft(t, d, about); left.Fields["buyer.name"] != "Ana" {
		t.Errorf("with the feedback waits %+v", left)
	}
}

func TestADraftWithoutAnOrderKeepsNoValues(t *testing.T) {
	d, _ := aliExpressCase(t)
	ctx := t.Context()
	draft := data.ReplyDraft{Template: "delay", Fields: map[string]string{"buyer.name": "Ana"}}
	must(t, d.SaveDraft(ctx, draft))
	if kept := theDraft(t, d, data.ReplyAbout{}); kept.Template != "delay" || len(kept.Fields) != 0 {
		t.Errorf("kept: %+v", kept)
	}
	copied, err := d.CopyDraft(ctx, draft, "en", "Dear Ana, it is late.")
	must(t, err)
	if kept := theDraft(t, d, data.ReplyAbout{}); len(kept.Fields) != 0 || kept.CopiedText != copied.CopiedText {
		t.Errorf("copied: %+v", kept)
	}
	must(t, d.SaveDraft(ctx, data.ReplyDraft{ReplyAbout: data.ReplyAbout{FeedbackID: 7}, Fields: map[string]string{"buyer.name": "Ana"}}))
	if kept := theDraft(t, d, data.ReplyAbout{FeedbackID: 7}); kept.Fields["buyer.name"] != "Ana" {
		t.Errorf("of a feedback: %+v", kept)
	}
}
