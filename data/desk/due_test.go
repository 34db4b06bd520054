package desk_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/reply"
	"casebinder/data/service"
)

// Two orders were shipped on 3 November and the buyers heard nothing since.
func TestNoticesAreDueUntilSentOrSkipped(t *testing.T) {
	d, id := imported(t)
	due := func(want ...string) {
		t.Helper()
		got, err := d.DueNotices(t.Context(), "", 0)
		if err != nil {
			t.Fatal(err)
		}
		var orders []string
		for _, n := range got.List {
			orders = append(orders, n.Number+" "+n.Notice.Notice)
		}
		if len(orders) != len(want) || got.Total != len(want) || got.Capped {
			t.Fatalf("due are %v (%d), not %v", orders, got.Total, want)
		}
		for i := range want {
			if orders[i] != want[i] {
				t.Errorf("due are %v, not %v", orders, want)
			}
		}
	}
	due("#1001 in_transit", "#1002 in_transit")
	if counts, capped, err := d.NoticeCounts(t.Context()); err != nil || capped || len(counts) != 1 || counts[0] != (desk.NoticeCount{Notice: "in_transit", N: 2}) {
		t.Errorf("counted: %v, %v", counts, err)
	}
	if one, err := d.DueNotices(t.Context(), "in_transit", 1); err != nil || one.Total != 2 || len(one.List) != 1 {
		t.Errorf("one of two: %+v, %v", one, err)
	}
	if none, err := d.DueNotices(t.Context(), "delivered", 0); err != nil || none.Total != 0 {
		t.Errorf("delivered: %+v, %v", none, err)
	}
	if err := d.SkipNotice(t.Context(), id, "in_transit", true); err != nil {
		t.Fatal(err)
	}
	due("#1002 in_transit")
	if next, err := d.NextNotice(t.Context(), id); err != nil || next != nil {
		t.Errorf("next on a skipped one: %+v, %v", next, err)
	}
	if action, err := d.Undo(t.Context()); err != nil || action != "notice.skip" {
		t.Fatal(action, err)
	}
	due("#1001 in_transit", "#1002 in_transit")
	if _, err := d.AddMessage(t.Context(), data.Message{OrderID: id, Direction: data.ToBuyer, Text: "It is on its way.", Template: "in_transit", SentAt: clock.Add(-time.Hour)}); err != nil {
		t.Fatal(err)
	}
	due("#1002 in_transit")
	if err := d.SkipNotice(t.Context(), id, "shouted", true); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a notice that is none: %v", err)
	}
}

func TestScansMakeNotices(t *testing.T) {
	d, id := imported(t)
	if err := d.AddShipment(t.Context(), id, data.Shipment{Tracking: "LX1"}, false); err != nil {
		t.Fatal(err)
	}
	scan := func(text string, before time.Duration) {
		t.Helper()
		if err := d.AddScan(t.Context(), id, "LX1", data.TrackingEvent{At: clock.Add(-before), Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	next := func(want string) {
		t.Helper()
		n, err := d.NextNotice(t.Context(), id)
		if err != nil || n == nil || n.Notice.Notice != want {
			t.Errorf("the next notice is %+v, not %s, %v", n, want, err)
		}
	}
	scan("Item presented to import Customs", 90*time.Hour)
	next("customs")
	scan("Released from customs", 60*time.Hour)
	next("in_transit")
	scan("Disponible au point de retrait", 20*time.Hour)
	next("pickup")
	scan("Livré", 2*time.Hour)
	next("delivered")
}

func TestAnswersAndTheirTimes(t *testing.T) {
	d, id := imported(t)
	say := func(direction data.Direction, ago time.Duration) data.Message {
		t.Helper()
		m, err := d.AddMessage(t.Context(), data.Message{OrderID: id, Direction: direction, Text: "words", Channel: "email", SentAt: clock.Add(-ago)})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	say(data.FromBuyer, 50*time.Hour)
	say(data.ToBuyer, 47*time.Hour)
	say(data.FromBuyer, 30*time.Hour)
	list, total, err := d.Answers(t.Context(), 10)
	if err != nil || total != 1 || len(list) != 1 || list[0].First || !list[0].Overdue || !list[0].Until.Equal(clock.Add(-6*time.Hour)) {
		t.Fatalf("waiting: %+v of %d, %v", list, total, err)
	}
	if one, err := d.AnswerOn(t.Context(), id); err != nil || one == nil || one.Number != "#1001" || one.Text != "words" {
		t.Errorf("on the order: %+v, %v", one, err)
	}
	say(data.ToBuyer, 0)
	times, err := d.ReplyTimes(t.Context(), clock.AddDate(0, -1, 0), clock.AddDate(0, 0, 1))
	if err != nil || len(times) != 1 || times[0].First.Median != 3*time.Hour || times[0].Later.Median != 30*time.Hour ||
		times[0].First.Within != 1 || times[0].Later.Within != 0 || times[0].Month != "2026-11" {
		t.Errorf("measured: %+v, %v", times, err)
	}
	if list, _, err := d.Answers(t.Context(), 0); err != nil || len(list) != 0 {
		t.Errorf("after the answer: %+v, %v", list, err)
	}
}

func TestPromisesAreKeptOrOverdue(t *testing.T) {
	d, id := imported(t)
	made, err := d.EnsureTask(t.Context(), data.Task{
		Title: "Send the refund", OrderID: id, Due: clock.Add(-time.Hour), Origin: data.TaskOrigin{Kind: desk.OriginPromise, Key: "m1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	list, err := d.Promises(t.Context(), false, -1)
	if err != nil || len(list) != 1 || !list[0].Overdue || list[0].Order != "#1001" {
		t.Fatalf("promised: %+v, %v", list, err)
	}
	if err := d.FinishTask(t.Context(), made.ID); err != nil {
		t.Fatal(err)
	}
	open, err1 := d.Promises(t.Context(), false, -1)
	kept, err2 := d.Promises(t.Context(), true, -1)
	if err := errors.Join(err1, err2); err != nil || len(open) != 0 || len(kept) != 1 || kept[0].Overdue {
		t.Errorf("open %+v, kept %+v, %v", open, kept, err)
	}
}

// What was solved eight days ago is asked after; a buyer's own rhythm and a
// holiday are moments to write.
func TestFollowUpsAndMoments(t *testing.T) {
	now := clock
	o := options()
	o.Now = func() time.Time { return now }
	d, err := desk.Open(t.Context(), filepath.Join(t.TempDir(), "desk"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	path := write(t, "orders_export.csv", shopify+shopifyRow("#1001", "Chloe")+shopifyRow("#1002", "Bob"))
	if _, err := d.Import(t.Context(), desk.ImportRequest{Path: path, Shop: data.Shop{Name: "Lantern"}}, nil); err != nil {
		t.Fatal(err)
	}
	c, err := d.OpenComplaint(t.Context(), data.Complaint{OrderID: orderID(t, d, "#1001"), Happened: "late"})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.CloseComplaint(t.Context(), c.UID, "carrier", "partly_refunded"); err != nil {
		t.Fatal(err)
	}
	if list, err := d.FollowUps(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("at once: %+v, %v", list, err)
	}
	now = now.AddDate(0, 0, 8)
	if list, err := d.FollowUps(t.Context()); err != nil || len(list) != 1 || list[0].Order != "#1001" || list[0].Kind != service.FollowSolution {
		t.Errorf("after 8 days: %+v, %v", list, err)
	}
	now = time.Date(2026, 12, 20, 12, 0, 0, 0, time.UTC)
	found, err := d.Moments(t.Context())
	if err != nil || len(found.List) != 1 || found.List[0].Occasion.ID != "christmas" || found.List[0].Country != "FR" || found.List[0].Buyers != 2 {
		t.Errorf("before Christmas: %+v, %v", found, err)
	}
}

// lines are the lines of a Shopify order, the first with the order's own columns.
func lines(number, name, day string, items ...string) string {
	var text strings.Builder
	for i, item := range items {
		units, rest, _ := strings.Cut(item, " ")
		title, sku, _ := strings.Cut(rest, "/")
		head := number + "," + strings.ToLower(name) + "@example.com,,,,,,,,,,,,,,"
		if i == 0 {
			head = number + "," + strings.ToLower(name) + "@example.com,paid," + day + " 10:00:00 +0000,fulfilled," + day + " 11:00:00 +0000,no,EUR,40.00,5.99,0.00,45.99,,0.00,Post,"
		}
		text.WriteString(head + day + " 09:58:00 +0000," + units + "," + title + ",1.00,," + sku + ",true,true,fulfilled," + name + "," + name + ",Lyon,'69001,FR\n")
	}
	return text.String()
}

// A restock is offered of the lines that were bought for resale, with their own
// pieces: 45 days after the order that took ten or more, whatever stands first in it.
// The buyers who are due are a list of their own.
func TestResellersAreDueByTheirLines(t *testing.T) {
	o := options()
	o.Now = func() time.Time { return time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC) }
	d, err := desk.Open(t.Context(), filepath.Join(t.TempDir(), "desk"), o)
	must(t, err)
	t.Cleanup(func() { must(t, d.Close()) })
	path := write(t, "orders_export.csv", shopify+
		lines("#1", "Ana", "2026-10-15", "1 Paper lantern/PL-1", "40 Cups/C-1", "2 Ribbon/R-1")+
		lines("#2", "Bob", "2026-10-16", "12 Cups/C-1", "3 Ribbon/R-1", "10 Bowls/")+
		lines("#3", "Cid", "2026-10-15", "9 Cups/C-1", "9 Ribbon/R-1")+
		lines("#4", "Dan", "2026-10-10", "15 Cups/C-1")+lines("#5", "Dan", "2026-11-10", "2 Cups/C-1")+
		lines("#6", "Eve", "2026-10-20", "50 Cups/C-1")) // 45 days are on 4 December
	_, err = d.Import(t.Context(), desk.ImportRequest{Path: path, Shop: data.Shop{Platform: data.Shopify, Name: "Lantern"}}, nil)
	must(t, err)
	must(t, d.KeepBuyers(t.Context()))
	found, err := d.Resellers(t.Context())
	must(t, err)
	var got []string
	for _, f := range found.List {
		if f.Kind != service.FollowReseller || f.Template != "restock" {
			t.Errorf("%+v", f)
		}
		got = append(got, f.Order+" "+f.Since.Format(time.DateOnly)+" "+f.Why.Args["units"]+" "+f.Why.Args["item"]+" "+f.Why.Args["date"])
	}
	want := []string{"#4 2026-11-24 15 Cups 2026-10-10", "#1 2026-11-29 40 Cups 2026-10-15", "#2 2026-11-30 10 Bowls 2026-10-16", "#2 2026-11-30 12 Cups 2026-10-16"}
	if !slices.Equal(got, want) {
		t.Errorf("due are\n%q, want\n%q", got, want)
	}
	var names []string
	for _, b := range buyers(t, d, data.BuyerQuery{Kind: data.BuyersRestock, Sort: data.BuyerByName, Ascending: true}) {
		names = append(names, b.Name)
	}
	if want := []string{"Ana", "Bob", "Dan"}; !slices.Equal(names, want) {
		t.Errorf("the filter lists %q, want %q", names, want)
	}
	for number, want := range map[string]string{
		"#1": "How is “Cups” selling? Your last order with us was on October 15, 2026 (pieces: 40)",
		"#2": "How is “12 × Cups, 10 × Bowls” selling? Your last order with us was on October 16, 2026, so",
		"#3": "How is “Cups” selling? Your last order with us was on October 15, 2026 (pieces: 9)",
	} {
		draft, err := d.Draft(t.Context(), desk.DraftRequest{Template: "restock", Language: "en", OrderID: orderID(t, d, number)})
		must(t, err)
		if text := strings.Join(strings.Fields(draft.Text), " "); !strings.Contains(text, want) && !strings.Contains(text, strings.NewReplacer("October 15", "15 October", "October 16", "16 October", ", 2026", " 2026").Replace(want)) {
			t.Errorf("%s: %s", number, draft.Text)
		}
	}
}

// Each notice has a template that says it, wherever it may be sent.
func TestEachNoticeHasATemplate(t *testing.T) {
	entries, err := reply.Entries()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range service.Notices() {
		for _, platform := range data.Platforms() {
			if slices.Contains(n.Never, platform) {
				continue
			}
			if !slices.ContainsFunc(entries, func(e reply.Entry) bool { return e.Notice == n.ID && e.For(platform) }) {
				t.Errorf("no template says %s on %s", n.ID, platform)
			}
		}
	}
	for _, e := range entries {
		if e.Notice != "" && !slices.ContainsFunc(service.Notices(), func(n service.NoticeRule) bool { return n.ID == e.Notice }) {
			t.Errorf("the template %s says %s, which is no notice", e.UID, e.Notice)
		}
		for _, n := range service.Notices() {
			if n.ID == e.Notice && slices.ContainsFunc(e.NoticeNot, func(p data.Platform) bool { return !slices.Contains(n.Never, p) }) {
				t.Errorf("%s is never sent on %v, its template %s not on %v", n.ID, n.Never, e.UID, e.NoticeNot)
			}
		}
	}
	for _, uid := range []string{service.TemplateComplaint, "follow_up", "restock", "holiday"} {
		if _, ok := reply.EntryOf(uid); !ok {
			t.Errorf("there is no template %s", uid)
		}
	}
}
