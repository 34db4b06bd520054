package desk_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/data/sample"
)

// aliExpressOrder gives a desk with the order 812345 on AliExpress.
func aliExpressOrder(t *testing.T) *desk.Desk {
	t.Helper()
	d := open(t)
	path := write(t, "orders.csv", "Number;Buyer;Total;At;Status;Zip\n812345;Ana;45.99;2026-10-20 08:00;shipped;28013\n")
	r := desk.ImportRequest{Path: path, Shop: data.Shop{Platform: data.AliExpress, Name: "Lantern", Zone: "Asia/Shanghai", Currency: "USD"}}
	custom, err := d.MappingPreset(t.Context(), "plain", r, map[string]string{
		"Number": "number", "Buyer": "buyer_name", "Total": "total", "At": "ordered_at", "Zip": "ship_postcode",
	})
	if err != nil {
		t.Fatal(err)
	}
	r.Custom = custom
	if _, err := d.Import(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	return d
}

// aliExpressCase gives a desk with a dispute on AliExpress that was opened two
// days ago, without a date stated by the platform.
func aliExpressCase(t *testing.T) (*desk.Desk, data.Dispute) {
	t.Helper()
	d := aliExpressOrder(t)
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{
		OrderID: orderID(t, d, "812345"), Reason: data.ReasonNotReceived, CaseNumber: "AE-1", OpenedAt: clock.Add(-48 * time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	return d, dispute
}

// The AliExpress rule: 5 natural days to accept or reject, beginning anew with
// each change of the claim. Opened on 18 November, 20:00 in Beijing.
func TestRulesGiveTheDate(t *testing.T) {
	d, dispute := aliExpressCase(t)
	due := func() time.Time {
		t.Helper()
		view, err := d.Case(t.Context(), dispute.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !view.Row.Due.Equal(view.Dispute.Due) || view.Row.DueRule != "respond" {
			t.Errorf("the list shows %v by %q, the case %v", view.Row.Due, view.Row.DueRule, view.Dispute.Due)
		}
		return view.Dispute.Due
	}
	first := due()
	if got, want := first.Sub(dispute.OpenedAt), 5*24*time.Hour; got != want {
		t.Errorf("due %v, %v after the opening, want %v", first, got, want)
	}
	if _, err := d.AppendEvent(t.Context(), dispute.ID, desk.NewEvent{CaseEvent: data.CaseEvent{
		Kind: data.EventClaimChanged, Actor: data.ActorBuyer, At: clock.Add(-time.Hour),
	}}); err != nil {
		t.Fatal(err)
	}
	if moved := due().Sub(first); moved != 47*time.Hour { // 47 hours lie between the opening and the change
		t.Errorf("the changed claim moved the date by %v", moved)
	}
}

func TestAnOverrideMovesDatesAndSaysSo(t *testing.T) {
	d, dispute := aliExpressCase(t)
	before, err := d.Case(t.Context(), dispute.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Override(t.Context(), "aliexpress", "deadline.respond.within.days", "three", "", nil); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a value that is no number: %v", err)
	}
	report, err := d.Override(t.Context(), "aliexpress", "deadline.respond.within.days", "3", "Our account manager wrote so", nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Cases != 1 || len(report.Moved) != 1 || report.Moved[0].To.Due.Sub(report.Moved[0].From.Due) != -48*time.Hour || report.Moved[0].OrderNumber != "812345" {
		t.Errorf("%+v", report)
	}
	figures, err := d.Figures(t.Context(), "aliexpress")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range figures {
		if f.Path == "deadline.respond.within.days" && (f.Value != "3" || f.Was != "5" || f.Override == nil || f.Override.Who != "Tester") {
			t.Errorf("%+v", f)
		}
	}
	if _, err := d.ResetFigure(t.Context(), "aliexpress", "deadline.respond.within.days", nil); err != nil {
		t.Fatal(err)
	}
	after, err := d.Case(t.Context(), dispute.ID)
	if err != nil || !after.Dispute.Due.Equal(before.Dispute.Due) {
		t.Errorf("%v after the reset, %v before, %v", after.Dispute.Due, before.Dispute.Due, err)
	}
}

func TestChecklistAndContradictions(t *testing.T) {
	d, dispute := aliExpressCase(t)
	view, err := d.Case(t.Context(), dispute.ID)
	if err != nil || len(view.Proof) == 0 {
		t.Fatalf("%d items, %v", len(view.Proof), err)
	}
	item := view.Proof[0].ID
	if view.Proof[0].State != policy.Missing {
		t.Fatalf("%+v", view.Proof[0])
	}
	if err := d.MarkItem(t.Context(), dispute.ID, item, "digital goods"); err != nil {
		t.Fatal(err)
	}
	if view, err = d.Case(t.Context(), dispute.ID); err != nil || view.Proof[0].State != policy.NotApplicable {
		t.Errorf("%+v, %v", view.Proof[0], err)
	}
	if action, err := d.Undo(t.Context()); err != nil || action != "checklist.put" {
		t.Errorf("%s, %v", action, err)
	}
}

// rules lists the rules of the contradictions that stand.
func rules(t *testing.T, d *desk.Desk, id int64) []string {
	t.Helper()
	view, err := d.Case(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range view.Findings {
		if f.Passed == nil {
			all = append(all, f.Rule)
		}
	}
	return all
}

func TestLabelIsComparedWithTheOrder(t *testing.T) {
	d, dispute := aliExpressCase(t)
	report, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{{Name: "label.txt", Bytes: []byte("scan of the label"), Kind: data.KindPacking}}, nil)
	if err != nil || len(report.Added) != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	label := func(text string) {
		t.Helper()
		if _, err := d.EditEvidence(t.Context(), report.Added[0].ID, desk.EvidenceEdit{Kind: data.KindPacking, Label: text}); err != nil {
			t.Fatal(err)
		}
	}
	label("Ana, Calle 1, 28013 Madrid")
	if found := rules(t, d, dispute.ID); slices.Contains(found, "label_address") {
		t.Errorf("the right postcode is found wrong: %v", found)
	}
	label("Ana, Calle 1, 28031 Madrid")
	if found := rules(t, d, dispute.ID); !slices.Contains(found, "label_address") {
		t.Errorf("the wrong postcode is not found: %v", found)
	}
	view, err := d.Case(t.Context(), dispute.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range view.Findings {
		if f.Rule == "label_address" {
			if err := d.PassFinding(t.Context(), data.EntityDispute, dispute.ID, f.Key(), "A typing error of ours"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if found := rules(t, d, dispute.ID); slices.Contains(found, "label_address") {
		t.Errorf("what was let pass still stands: %v", found)
	}
}

// A picture of the sample desk bears its capture time in EXIF; somebody states
// another one.
func TestStatedTimeIsComparedWithExif(t *testing.T) {
	d, dispute := aliExpressCase(t)
	drawn, err := sample.Desk(clock, sample.English)
	if err != nil {
		t.Fatal(err)
	}
	var photo sample.File
	for _, f := range drawn.Files {
		if strings.HasPrefix(f.Name, "0") && strings.HasSuffix(f.Name, ".jpg") && f.Kind == data.KindPacking && photo.Name == "" {
			photo = f
		}
	}
	report, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{
		{Name: photo.Name, Bytes: photo.Bytes, Kind: data.KindPacking, CapturedAt: clock.AddDate(0, -6, 0)},
	}, nil)
	if err != nil || len(report.Added) != 1 {
		t.Fatalf("%s: %+v, %v", photo.Name, report, err)
	}
	if found := rules(t, d, dispute.ID); !slices.Contains(found, "photo_exif_differs") {
		t.Errorf("half a year between EXIF and what was stated is not found: %v", found)
	}
}

// A case with tracking is weighed against earlier cases that had tracking too.
func TestTheRecordIsOfCasesWithTheSameProof(t *testing.T) {
	d, dispute := aliExpressCase(t)
	for i, proof := range []data.EvidenceKind{data.KindTracking, data.KindPhoto} {
		earlier, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: dispute.OrderID, Reason: dispute.Reason})
		if err != nil {
			t.Fatal(err)
		}
		file := desk.EvidenceFile{Name: "proof.txt", Bytes: []byte{'p', byte('0' + i)}, Kind: proof}
		if _, err := d.AddEvidence(t.Context(), earlier.ID, []desk.EvidenceFile{file}, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := d.PutRuling(t.Context(), earlier.ID, data.Ruling{Outcome: []string{"won", "lost"}[i]}); err != nil {
			t.Fatal(err)
		}
	}
	record := func() policy.Record {
		t.Helper()
		card, err := d.Weigh(t.Context(), dispute.ID, desk.Weighing{})
		if err != nil {
			t.Fatal(err)
		}
		return card.Record.Record
	}
	if got := record(); got != (policy.Record{Won: 1, Lost: 1}) {
		t.Errorf("without proof: %+v", got)
	}
	file := desk.EvidenceFile{Name: "scans.txt", Bytes: []byte("scans"), Kind: data.KindTracking}
	if _, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{file}, nil); err != nil {
		t.Fatal(err)
	}
	if got := record(); got != (policy.Record{Won: 1}) {
		t.Errorf("with tracking: %+v", got)
	}
}

func TestDecisionAndRulingAreKept(t *testing.T) {
	d, dispute := aliExpressCase(t)
	if _, err := d.Decide(t.Context(), dispute.ID, "fight", " "); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a decision without a reason: %v", err)
	}
	decided, err := d.Decide(t.Context(), dispute.ID, "fight", "We have the signature")
	if err != nil || decided.Decision.By != "Tester" {
		t.Fatalf("%+v, %v", decided.Decision, err)
	}
	if _, err := d.PutRuling(t.Context(), dispute.ID, data.Ruling{Outcome: "won", Liable: "buyer", Cause: "buyer"}); err != nil {
		t.Fatal(err)
	}
	card, err := d.Weigh(t.Context(), dispute.ID, desk.Weighing{Work: time.Hour, HourCost: data.Money{Minor: 1500, Currency: "USD"}})
	if err != nil || card.Record.Won != 1 || card.Work.Minor != 1500 {
		t.Errorf("%+v, %v", card, err)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	view, err := d.Case(t.Context(), dispute.ID)
	if err != nil || view.Dispute.Ruling.Outcome != "" || view.Dispute.Decision.Choice != "fight" {
		t.Errorf("%+v %+v, %v", view.Dispute.Ruling, view.Dispute.Decision, err)
	}
}

func TestSnoozeTakesARowOffToday(t *testing.T) {
	d, dispute := aliExpressCase(t)
	if rows := today(t, d); len(rows) != 1 || rows[0].ID != dispute.ID {
		t.Fatalf("%+v", rows)
	}
	if err := d.Snooze(t.Context(), data.TodayDispute, dispute.ID, clock.Add(24*time.Hour), ""); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("without a reason: %v", err)
	}
	if err := d.Snooze(t.Context(), data.TodayDispute, dispute.ID, clock.Add(24*time.Hour), "The carrier answers tomorrow"); err != nil {
		t.Fatal(err)
	}
	if rows := today(t, d); len(rows) != 0 {
		t.Errorf("%+v", rows)
	}
	if off := putOff(t, d); len(off) != 1 || off[0].Reason != "The carrier answers tomorrow" {
		t.Errorf("%+v", off)
	}
}

func TestCalendarHoldsTheDates(t *testing.T) {
	d, dispute := aliExpressCase(t)
	var b bytes.Buffer
	if err := d.WriteCalendar(t.Context(), &b, func(r data.TodayRow) string { return "Respond: " + r.OrderNumber }); err != nil {
		t.Fatal(err)
	}
	end := "DTEND:" + dispute.Due.UTC().Format("20060102T150405Z")
	if text := b.String(); !strings.Contains(text, "SUMMARY:Respond: 812345") || !strings.Contains(text, end) {
		t.Errorf("%s is not in\n%s", end, text)
	}
	reminders, err := d.Reminders(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if again, err := d.Reminders(t.Context()); err != nil || len(again) != 0 {
		t.Errorf("said again: %+v after %+v, %v", again, reminders, err)
	}
}

func TestDisputesAreImportedOnce(t *testing.T) {
	d, _ := aliExpressCase(t)
	text := "Case Number,Order Number,Opened,Reason,Amount,Currency,Due Date\n" +
		"AE-2,812345,2026-11-10T10:00:00Z,Item not received,20.00,USD,2026-11-25T10:00:00Z\n" +
		"AE-3,999,2026-11-10T10:00:00Z,Item not received,20.00,USD,\n"
	r := desk.ImportRequest{Path: write(t, "disputes.csv", text), Target: "disputes", Shop: data.Shop{Platform: data.AliExpress, Name: "Lantern"}}
	report, err := d.Import(t.Context(), r, nil)
	if err != nil || report.Counts.Added != 1 || report.Counts.Rejected != 1 || report.Rejected[0].At("row").ID != "3" {
		t.Fatalf("%+v, %v, %+v", report.Counts, err, report.Rejected)
	}
	found, err := d.FindDispute(t.Context(), "AE-2")
	if err != nil || found.Reason != data.ReasonNotReceived || found.Amount.Minor != 2000 || !found.StatedDue.Equal(time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v, %v", found, err)
	}
	if report, err = d.Import(t.Context(), r, nil); err != nil || report.Counts.Unchanged != 1 {
		t.Errorf("again: %+v, %v", report.Counts, err)
	}
}

const mail = "From: \"eBay\" <ebay@ebay.com>\r\nTo: seller@example.com\r\n" +
	"Subject: A buyer opened an item not received request, order 812345\r\n" +
	"Date: Thu, 19 Nov 2026 10:15:00 -0700\r\nMessage-ID: <1@invented.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
	"Request ID: 5012345678\r\nOrder number: 812345\r\nAmount requested: US $45.99\r\nReason: The buyer did not receive the item\r\n"

func TestTheKindOfANoticeIsKeptForANewDispute(t *testing.T) {
	d, _ := aliExpressCase(t)
	v, err := d.PasteNotice(t.Context(), "From: Amazon <atoz-guarantee-no-reply@amazon.com>\nSubject: Claim decision on order 812345\n\nWe have granted the claim.")
	if err != nil {
		t.Fatal(err)
	}
	dispute, err := d.TakeNotice(t.Context(), v, desk.NoticeChoice{
		OrderID: orderID(t, d, "812345"), Kind: data.EventRuled, Reason: data.ReasonNotReceived, At: clock.Add(-time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	var kinds []data.EventKind
	for _, e := range dispute.Events {
		kinds = append(kinds, e.Kind)
	}
	if !slices.Equal(kinds, []data.EventKind{data.EventOpened, data.EventRuled}) || !dispute.StatedDue.IsZero() {
		t.Errorf("events %v, stated %v", kinds, dispute.StatedDue)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if rows, err := d.DisputeFirst(t.Context(), data.DisputeQuery{}, 10); err != nil || len(rows) != 1 {
		t.Errorf("one step back leaves %d disputes, %v", len(rows), err)
	}
}

func TestAChargebackIsNoInquiry(t *testing.T) {
	d, _ := aliExpressCase(t)
	v, err := d.PasteNotice(t.Context(), "From: Amazon <donotreply@amazon.com>\nSubject: Chargeback notification for order 812345\n\nReason: item not received")
	if err != nil {
		t.Fatal(err)
	}
	dispute, err := d.TakeNotice(t.Context(), v, desk.NoticeChoice{
		OrderID: orderID(t, d, "812345"), Kind: data.EventOpened, Reason: data.ReasonNotReceived, At: clock.Add(-time.Hour),
	})
	if err != nil || dispute.Pack != "amazon-chargeback" {
		t.Errorf("pack %q, %v", dispute.Pack, err)
	}
}

func TestNoticeBecomesAnEventAfterConfirmation(t *testing.T) {
	d, _ := aliExpressCase(t)
	path := filepath.Join(t.TempDir(), "notice.eml")
	if err := os.WriteFile(path, []byte(mail), 0o644); err != nil {
		t.Fatal(err)
	}
	views, err := d.ReadNotices(t.Context(), path, nil)
	if err != nil || len(views) != 1 {
		t.Fatalf("%d mails, %v", len(views), err)
	}
	v := views[0]
	if !v.Notice.Recognized() || v.Notice.Kind != data.EventOpened || !v.TakenAt.IsZero() {
		t.Errorf("%+v", v.Notice)
	}
	if rows, err := d.DisputeFirst(t.Context(), data.DisputeQuery{}, 10); err != nil || len(rows) != 1 {
		t.Fatalf("reading alone left %d disputes, %v", len(rows), err)
	}
	dispute, err := d.TakeNotice(t.Context(), v, desk.NoticeChoice{
		OrderID: orderID(t, d, "812345"), Kind: data.EventOpened, Reason: data.ReasonNotReceived, CaseNumber: "5012345678",
		At: clock.Add(-time.Hour), KeepMail: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	view, err := d.Dispute(t.Context(), dispute.ID)
	if err != nil || len(view.Evidence) != 1 || view.Evidence[0].MIME != "message/rfc822" {
		t.Errorf("%+v, %v", view.Evidence, err)
	}
	if views, err = d.ReadNotices(t.Context(), path, nil); err != nil || views[0].TakenAt.IsZero() || views[0].Dispute.UID != dispute.UID {
		t.Errorf("%+v, %v", views[0], err)
	}
}

// A task about an order says on Today which one, and whose.
func TestTodayNamesTheOrderOfATask(t *testing.T) {
	d, dispute := aliExpressCase(t)
	_, err := d.PutTask(t.Context(), data.Task{Title: "call the carrier", OrderID: dispute.OrderID})
	must(t, err)
	_, err = d.PutTask(t.Context(), data.Task{Title: "buy tape"})
	must(t, err)
	want := map[string]string{"call the carrier": "aliexpress 812345 Ana", "buy tape": ""}
	for _, row := range today(t, d) {
		if row.Kind != data.TodayTask {
			continue
		}
		got := strings.TrimSpace(string(row.Platform) + " " + row.OrderNumber + " " + row.BuyerName)
		if got != want[row.Text] {
			t.Errorf("%s is about %q, want %q", row.Text, got, want[row.Text])
		}
		delete(want, row.Text)
	}
	if len(want) > 0 {
		t.Errorf("not on Today: %v", want)
	}
}
