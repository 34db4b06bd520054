package desk_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// seen is all that the screens show of a desk, but for the events of disputes:
// a case's events are never taken out, so that undoing leaves a trace there.
func seen(t *testing.T, d *desk.Desk, order, dispute int64) string {
	t.Helper()
	ctx := t.Context()
	var all []any
	add := func(v any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	o, err := d.Order(ctx, order)
	o.Timeline = nil
	add(o, err)
	c, err := d.Case(ctx, dispute)
	add([]any{c.Dispute.Reason, c.Dispute.Amount, c.Dispute.Claim, c.Dispute.CaseNumber, c.Dispute.Pack, c.Dispute.Wish, c.Dispute.Decision, c.Dispute.Ruling}, err)
	add([]any{c.Row.Stage, c.Row.Waiting, c.Row.Due, c.Row.DueRule, c.Row.Evidence, c.Dispute.BinnedAt}, nil)
	add([]any{c.Proof, c.Findings, c.Evidence}, nil)
	add(today(t, d), nil)
	add(putOff(t, d), nil)
	add(d.FeedbackFirst(ctx, data.FeedbackQuery{}, 50))
	add(d.DisputeFirst(ctx, data.DisputeQuery{}, 50))
	add(d.Templates(ctx))
	add(d.Shops(ctx))
	add(d.Figures(ctx, "aliexpress"))
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Everything that a person does is one event, can be taken back and done again.
func TestEveryActionIsOneEventAndCanBeUndone(t *testing.T) {
	d, dispute := aliExpressCase(t)
	ctx := t.Context()
	order := dispute.OrderID
	shop := shopOf(t, d)
	task, err := d.PutTask(ctx, data.Task{Title: "call the carrier", Due: clock.Add(time.Hour)})
	must(t, err)
	feedback, err := d.PutFeedback(ctx, data.Feedback{Shop: shop, OrderNumber: "812345", Stars: 1, Text: "late"})
	must(t, err)
	template, err := d.PutTemplate(ctx, data.Template{Scenario: "other", Name: "Mine", Variants: []data.Variant{{Language: "en", Body: "Hello"}}})
	must(t, err)
	report, err := d.AddEvidence(ctx, dispute.ID, []desk.EvidenceFile{{Name: "a.txt", Bytes: []byte("a"), Kind: data.KindMessage}}, nil)
	must(t, err)
	done, err := d.PutTask(ctx, data.Task{Title: "weigh the parcel"})
	must(t, err)
	must(t, d.FinishTask(ctx, done.ID))
	binned, err := d.PutFeedback(ctx, data.Feedback{Shop: shop, Stars: 3, Text: "so so"})
	must(t, err)
	must(t, d.BinFeedback(ctx, binned.ID))
	evidence := report.Added[0]

	for _, action := range []struct {
		name, entity string
		do           func() error
	}{
		{"order.note", data.EntityOrder, func() error { return d.SetOrderNote(ctx, order, "careful") }},
		{"dispute.event", data.EntityDispute, func() error {
			_, err := d.AppendEvent(ctx, dispute.ID, desk.NewEvent{CaseEvent: data.CaseEvent{Kind: data.EventEscalated, Actor: data.ActorBuyer}})
			return err
		}},
		{"dispute.edit", data.EntityDispute, func() error {
			_, err := d.EditDispute(ctx, dispute.ID, desk.DisputeEdit{Reason: data.ReasonDamaged, Amount: data.Money{Minor: 100, Currency: "USD"}, CaseNumber: "AE-2", StatedDue: clock.Add(50 * time.Hour)})
			return err
		}},
		{"dispute.decide", data.EntityDispute, func() error { _, err := d.Decide(ctx, dispute.ID, "fight", "it was sent"); return err }},
		{"dispute.wish", data.EntityDispute, func() error { _, err := d.PutWish(ctx, dispute.ID, "refund"); return err }},
		{"dispute.ruling", data.EntityDispute, func() error {
			_, err := d.PutRuling(ctx, dispute.ID, data.Ruling{Outcome: "won"})
			return err
		}},
		{"dispute.pack", data.EntityDispute, func() error { _, err := d.ChoosePack(ctx, dispute.ID, "paypal"); return err }},
		{"dispute.bin", data.EntityDispute, func() error { return d.BinDispute(ctx, dispute.ID) }},
		{"checklist.put", data.EntityDispute, func() error { return d.MarkItem(ctx, dispute.ID, "shipping_notice", "sent by hand") }},
		{"evidence.add", data.EntityEvidence, func() error {
			_, err := d.AddEvidence(ctx, dispute.ID, []desk.EvidenceFile{{Name: "b.txt", Bytes: []byte("b"), Kind: data.KindOther}}, nil)
			return err
		}},
		{"evidence.edit", data.EntityEvidence, func() error {
			_, err := d.EditEvidence(ctx, evidence.ID, desk.EvidenceEdit{Kind: data.KindDelivery, Note: "signed", CapturedAt: clock.Add(-time.Hour)})
			return err
		}},
		{"evidence.bin", data.EntityEvidence, func() error { return d.BinEvidence(ctx, evidence.ID) }},
		{"feedback.edit", data.EntityFeedback, func() error {
			f := feedback
			f.Stars, f.OrderNumber = 5, ""
			_, err := d.PutFeedback(ctx, f)
			return err
		}},
		{"feedback.add", data.EntityFeedback, func() error {
			_, err := d.PutFeedback(ctx, data.Feedback{Shop: shop, Stars: 2, Text: "thin"})
			return err
		}},
		{"feedback.bin", data.EntityFeedback, func() error { return d.BinFeedback(ctx, feedback.ID) }},
		{"feedback.reply", data.EntityFeedback, func() error {
			_, err := d.WriteFeedback(ctx, feedback.ID, desk.FeedbackDeed{Kind: desk.FeedbackReply, Text: "We are sorry."})
			return err
		}},
		{"feedback.settle", data.EntityFeedback, func() error {
			_, err := d.WriteFeedback(ctx, feedback.ID, desk.FeedbackDeed{Kind: desk.FeedbackSettle})
			return err
		}},
		{"feedback.revise", data.EntityFeedback, func() error {
			_, err := d.WriteFeedback(ctx, feedback.ID, desk.FeedbackDeed{Kind: desk.FeedbackRevise, Stars: 5})
			return err
		}},
		{"feedback.complain", data.EntityFeedback, func() error {
			_, err := d.WriteFeedback(ctx, feedback.ID, desk.FeedbackDeed{Kind: desk.FeedbackComplain, Ground: data.GroundIrrelevant})
			return err
		}},
		{"template.put", data.EntityTemplate, func() error {
			edited := template
			edited.Name = "Other"
			_, err := d.PutTemplate(ctx, edited)
			return err
		}},
		{"template.bin", data.EntityTemplate, func() error { return d.BinTemplate(ctx, template.UID) }},
		{"task.add", data.EntityTask, func() error { _, err := d.PutTask(ctx, data.Task{Title: "pack", OrderID: order}); return err }},
		{"task.edit", data.EntityTask, func() error {
			edited := task
			edited.Title, edited.Note, edited.Due, edited.OrderID = "write to the carrier", "by mail", clock.Add(3*time.Hour), order
			_, err := d.PutTask(ctx, edited)
			return err
		}},
		{"task.finish", data.EntityTask, func() error { return d.FinishTask(ctx, task.ID) }},
		{"task.reopen", data.EntityTask, func() error { return d.ReopenTask(ctx, done.ID) }},
		{"task.bin", data.EntityTask, func() error { return d.BinTask(ctx, task.ID) }},
		{"feedback.restore", data.EntityFeedback, func() error { return d.BringBack(ctx, data.EntityFeedback, binned.ID) }},
		{"today.snooze", data.EntitySnooze, func() error {
			return d.Snooze(ctx, data.TodayTask, task.ID, clock.Add(30*time.Hour), "away")
		}},
		{"policy.override", data.EntityPolicy, func() error {
			_, err := d.Override(ctx, "aliexpress", "deadline.respond.within.days", "3", "page of today", nil)
			return err
		}},
		{"shop.put", data.EntityShop, func() error {
			edited := shop
			edited.Currency = "EUR"
			_, err := d.PutShop(ctx, edited)
			return err
		}},
		{"shop.put", data.EntityShop, func() error {
			_, err := d.PutShop(ctx, data.Shop{Platform: data.EBay, Name: "Second"})
			return err
		}},
	} {
		t.Run(action.name, func(t *testing.T) {
			var events []desk.Event
			var undo, redo data.Text // as they are when the event is heard
			cancel := d.Subscribe(func(e desk.Event) {
				events = append(events, e)
				undo, redo = d.Undoable()
			})
			defer cancel()
			one := func(name string) {
				t.Helper()
				if len(events) != 1 || events[0].Action != name || events[0].Entity != action.entity || len(events[0].Rows) == 0 {
					t.Errorf("%s gave the events %+v", name, events)
				}
				events = nil
			}
			before := seen(t, d, order, dispute.ID)
			must(t, action.do())
			one(action.name)
			if undo.Key != "did."+action.name || !redo.IsZero() {
				t.Errorf("done, undo says %q and redo %q", undo.Key, redo.Key)
			}
			after := seen(t, d, order, dispute.ID)
			if before == after {
				t.Fatal("nothing of it is seen")
			}
			if name, err := d.Undo(ctx); err != nil || name != action.name {
				t.Fatalf("undid %q: %v", name, err)
			}
			one("undo." + action.name)
			if redo.Key != "did."+action.name {
				t.Errorf("undone, redo says %q", redo.Key)
			}
			if got := seen(t, d, order, dispute.ID); got != before {
				t.Errorf("undone, it shows\n%s\nbefore it was\n%s", got, before)
			}
			if name, err := d.Redo(ctx); err != nil || name != action.name {
				t.Fatalf("did %q again: %v", name, err)
			}
			one("redo." + action.name)
			if got := seen(t, d, order, dispute.ID); got != after && action.name != "shop.put" { // a new row may have a new id
				t.Errorf("done again, it shows\n%s\nafter it was\n%s", got, after)
			}
			if name, err := d.Undo(ctx); err != nil || name != action.name {
				t.Fatalf("undid %q again: %v", name, err)
			}
			if got := seen(t, d, order, dispute.ID); got != before {
				t.Errorf("undone twice, it shows\n%s\nbefore it was\n%s", got, before)
			}
		})
	}
}

func TestAWokenRowIsPutOffAgainByUndo(t *testing.T) {
	d := open(t)
	task, err := d.PutTask(t.Context(), data.Task{Title: "call"})
	must(t, err)
	must(t, d.Snooze(t.Context(), data.TodayTask, task.ID, clock.Add(time.Hour), "lunch"))
	must(t, d.Snooze(t.Context(), data.TodayTask, task.ID, time.Time{}, ""))
	if action, err := d.Undo(t.Context()); err != nil || action != "today.wake" {
		t.Fatal(action, err)
	}
	off := putOff(t, d)
	if len(off) != 1 || off[0].Reason != "lunch" || !off[0].Until.Equal(clock.Add(time.Hour)) {
		t.Errorf("put off: %+v", off)
	}
}

func TestAnImportIsOneEvent(t *testing.T) {
	d := open(t)
	var events []desk.Event
	defer d.Subscribe(func(e desk.Event) { events = append(events, e) })()
	path := write(t, "orders_export.csv", shopify+shopifyRow("#1001", "Chloe")+shopifyRow("#1002", "Bob"))
	_, err := d.Import(t.Context(), desk.ImportRequest{Path: path, Shop: data.Shop{Name: "Lantern"}}, nil)
	must(t, err)
	if len(events) != 1 {
		t.Fatalf("%d events: %+v", len(events), events)
	}
	e := events[0]
	if e.Action != "orders.import" || e.Effect != data.EffectMany || !e.Of(data.EntityOrder) || !e.Of(data.EntityShop) || e.Of(data.EntityFeedback) ||
		!e.Shows(data.EntityOrder, 1) {
		t.Errorf("%+v", e)
	}
	events = nil
	_, err = d.Import(t.Context(), desk.ImportRequest{Path: path, Shop: data.Shop{Name: "Lantern"}}, nil)
	must(t, err)
	if len(events) != 1 || events[0].Of(data.EntityOrder) {
		t.Errorf("the same file again changes no order: %+v", events)
	}
}

func TestAnEventNamesTheRowsThatShowIt(t *testing.T) {
	d, dispute := aliExpressCase(t)
	var events []desk.Event
	defer d.Subscribe(func(e desk.Event) { events = append(events, e) })()
	_, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{{Name: "a.txt", Bytes: []byte("a"), Kind: data.KindOther}}, nil)
	must(t, err)
	if len(events) != 1 {
		t.Fatalf("%+v", events)
	}
	e := events[0]
	if !e.Shows(data.EntityDispute, dispute.ID) || !e.Shows(data.EntityOrder, dispute.OrderID) || e.Shows(data.EntityDispute, dispute.ID+1) || e.Of(data.EntityTask) {
		t.Errorf("%+v", e)
	}
	events = nil
	must(t, d.PutSetting(t.Context(), "window.kept", 7))
	if len(events) != 1 || events[0].Entity != data.EntitySetting || events[0].Key != "window.kept" || events[0].Of(data.EntityOrder) {
		t.Errorf("%+v", events)
	}
}

// A step that can never succeed does not keep older ones from being undone.
func TestUndoPassesWhatCannotBeUndone(t *testing.T) {
	d, order := imported(t)
	must(t, d.SetOrderNote(t.Context(), order, "careful"))
	shop, err := d.PutShop(t.Context(), data.Shop{Platform: data.Shopify, Name: "Second", Currency: "EUR"})
	must(t, err)
	_, err = d.Import(t.Context(), desk.ImportRequest{Path: write(t, "orders_export.csv", shopify+shopifyRow("#1003", "Eve")), Shop: shop}, nil)
	must(t, err)
	if _, err := d.Undo(t.Context()); err == nil {
		t.Error("a shop with orders went away")
	}
	if action, err := d.Undo(t.Context()); err != nil || action != "order.note" {
		t.Errorf("undid %q, %v", action, err)
	}
}

func shopOf(t *testing.T, d *desk.Desk) data.Shop {
	t.Helper()
	shops, err := d.Shops(t.Context())
	if err != nil || len(shops) != 1 {
		t.Fatal(shops, err)
	}
	return shops[0]
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// twoOrdersOneParcel gives a case that contradicts itself: its tracking number
// is that of another order too.
func twoOrdersOneParcel(t *testing.T) (*desk.Desk, data.Dispute) {
	t.Helper()
	d := open(t)
	path := write(t, "orders.csv", "Number;Buyer;Total;At;Parcel\n1001;Ana;45.99;2026-10-20 08:00;LX123456789CN\n1002;Bo;9.00;2026-10-21 08:00;LX123456789CN\n")
	r := desk.ImportRequest{Path: path, Shop: data.Shop{Platform: data.AliExpress, Name: "Lantern", Zone: "Asia/Shanghai", Currency: "USD"}}
	custom, err := d.MappingPreset(t.Context(), "plain", r, map[string]string{
		"Number": "number", "Buyer": "buyer_name", "Total": "total", "At": "ordered_at", "Parcel": "tracking",
	})
	must(t, err)
	r.Custom = custom
	_, err = d.Import(t.Context(), r, nil)
	must(t, err)
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: orderID(t, d, "1001"), Reason: data.ReasonNotReceived})
	must(t, err)
	return d, dispute
}

func TestAFindingIsPassedTakenBackAndUndone(t *testing.T) {
	d, dispute := twoOrdersOneParcel(t)
	ctx := t.Context()
	view, err := d.Case(ctx, dispute.ID)
	must(t, err)
	if len(view.Findings) == 0 {
		t.Fatal("the shared tracking number is not found")
	}
	finding := view.Findings[0]
	key := finding.Key()
	passed := func() *data.Pass {
		t.Helper()
		view, err := d.Case(ctx, dispute.ID)
		must(t, err)
		for _, f := range view.Findings {
			if f.Key() == key {
				return f.Passed
			}
		}
		t.Fatal("the finding is gone")
		return nil
	}
	if err := d.PassFinding(ctx, data.EntityDispute, dispute.ID, "no_such_rule", "why not"); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a finding that nothing finds was passed: %v", err)
	}
	if err := d.PassFinding(ctx, data.EntityDispute, dispute.ID, key, " "); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("it was passed without a reason: %v", err)
	}
	if err := d.TakeBackPass(ctx, data.EntityDispute, dispute.ID, key); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("what was never passed was taken back: %v", err)
	}
	must(t, d.PassFinding(ctx, data.EntityDispute, dispute.ID, key, "both went in one parcel"))
	if p := passed(); p == nil || p.By != "Tester" || p.Reason != "both went in one parcel" || p.Severity != finding.Severity || !p.At.Equal(clock) {
		t.Errorf("passed: %+v, the finding is %s", p, finding.Severity)
	}
	must(t, d.TakeBackPass(ctx, data.EntityDispute, dispute.ID, key))
	if passed() != nil {
		t.Error("it was taken back and is passed still")
	}
	for i, want := range []bool{true, false} { // the taking back is undone, then the passing
		if _, err := d.Undo(ctx); err != nil || (passed() != nil) != want {
			t.Errorf("undo %d: passed %+v, %v", i+1, passed(), err)
		}
	}
}

func TestATaskOfAnOriginIsMadeOnce(t *testing.T) {
	d, order := imported(t)
	ctx := t.Context()
	promise := data.Task{Title: "Refund until Friday", Due: clock.Add(time.Hour), OrderID: order, Origin: data.TaskOrigin{Kind: "promise", Key: "m1"}}
	made, err := d.EnsureTask(ctx, promise)
	must(t, err)
	promise.Due = clock.Add(2 * time.Hour)
	again, err := d.EnsureTask(ctx, promise)
	if err != nil || again.UID != made.UID || !again.Due.Equal(promise.Due) {
		t.Errorf("the date of an open task does not follow: %+v, %v", again, err)
	}
	view, err := d.Order(ctx, order)
	if err != nil || len(view.Tasks) != 1 || view.Tasks[0].Origin != promise.Origin {
		t.Errorf("the order has the tasks %+v, %v", view.Tasks, err)
	}
	must(t, d.BinTask(ctx, made.ID))
	if _, err := d.EnsureTask(ctx, promise); err != nil {
		t.Fatal(err)
	}
	if rows := today(t, d); len(rows) != 0 {
		t.Errorf("a task that was put into the bin came back: %+v", rows)
	}
	must(t, d.BringBack(ctx, data.EntityTask, made.ID))
	if rows := today(t, d); len(rows) != 1 {
		t.Errorf("it did not come back: %+v", rows)
	}
	if err := d.FinishTask(ctx, 999); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a task that is not there was finished: %v", err)
	}
}

func TestTheMailCheckWaitsForTheFirstOrder(t *testing.T) {
	d := open(t)
	must(t, d.EnsureMailCheck(t.Context(), "Read the mail"))
	if rows := today(t, d); len(rows) != 0 {
		t.Errorf("a desk without orders already asks for something: %+v", rows)
	}
}

// A desk that is filled in the evening does not begin with something overdue.
func TestTheFirstMailCheckIsNotOverdue(t *testing.T) {
	evening := time.Date(2026, 11, 20, 21, 30, 0, 0, time.Local)
	o := options()
	o.Now = func() time.Time { return evening }
	d, err := desk.Open(t.Context(), filepath.Join(t.TempDir(), "desk"), o)
	must(t, err)
	defer func() { must(t, d.Close()) }()
	path := write(t, "orders_export.csv", shopify+shopifyRow("#1001", "Chloe"))
	_, err = d.Import(t.Context(), desk.ImportRequest{Path: path, Shop: data.Shop{Name: "Lantern"}}, nil)
	must(t, err)
	must(t, d.EnsureMailCheck(t.Context(), "Read the mail"))
	rows := today(t, d)
	if len(rows) != 1 || !rows[0].Due.After(evening) || rows[0].Due.Local().Day() != 20 {
		t.Errorf("%+v", rows)
	}
}

func TestTheMailCheckComesOnceADay(t *testing.T) {
	d, _ := imported(t)
	for range 2 {
		must(t, d.EnsureMailCheck(t.Context(), "Read the mail"))
	}
	rows := today(t, d)
	if len(rows) != 1 {
		t.Fatalf("%+v", rows)
	}
	must(t, d.FinishTask(t.Context(), rows[0].ID))
	must(t, d.EnsureMailCheck(t.Context(), "Read the mail"))
	if rows := today(t, d); len(rows) != 0 {
		t.Errorf("it was done, and stands there again: %+v", rows)
	}
}

// today gives all that waits, with its rows.
func today(t *testing.T, d *desk.Desk) []desk.WaitingRow {
	t.Helper()
	refs, err := d.TodayRefs(t.Context(), 0, false)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := d.TodayRows(t.Context(), refs)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// putOff gives what was put off.
func putOff(t *testing.T, d *desk.Desk) []desk.WaitingRow {
	t.Helper()
	refs, err := d.TodayRefs(t.Context(), 0, true)
	must(t, err)
	rows, err := d.TodayRows(t.Context(), refs)
	must(t, err)
	return rows
}

// Nothing of what waits is left out, however much there is: not on the screen,
// nor in its count, the reminders and the calendar.
func TestTodayHoldsAll(t *testing.T) {
	d := open(t)
	const many = 1203
	for i := range many {
		_, err := d.PutTask(t.Context(), data.Task{Title: fmt.Sprint("parcel ", i), Due: clock.Add(time.Duration(i+1) * time.Minute)})
		must(t, err)
	}
	must(t, d.Snooze(t.Context(), data.TodayTask, 7, clock.Add(time.Hour), "later"))
	refs, err := d.TodayRefs(t.Context(), 0, false)
	if err != nil || len(refs) != many-1 {
		t.Fatalf("%d wait, %v", len(refs), err)
	}
	if n, err := d.TodayCount(t.Context(), 0); err != nil || n != many-1 {
		t.Errorf("%d are counted, %v", n, err)
	}
	rows, err := d.TodayRows(t.Context(), refs[many-4:])
	if err != nil || len(rows) != 3 || rows[2].Text != fmt.Sprint("parcel ", many-1) || !rows[2].Until.IsZero() {
		t.Errorf("the last rows are %+v, %v", rows, err)
	}
	var calendar strings.Builder
	must(t, d.WriteCalendar(t.Context(), &calendar, func(r data.TodayRow) string { return r.Text }))
	if n := strings.Count(calendar.String(), "BEGIN:VEVENT"); n != many-1 {
		t.Errorf("the calendar has %d entries", n)
	}
	told, err := d.Reminders(t.Context())
	must(t, err)
	sum := 0
	for _, r := range told {
		sum += r.Count
	}
	if sum != many-1 {
		t.Errorf("%d are reminded of", sum)
	}
}
