package desk_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// clock is the time of all tests: a Friday.
var clock = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func options() desk.Options {
	return desk.Options{Operator: "Tester", Now: func() time.Time { return clock }, Version: "test"}
}

func open(t *testing.T) *desk.Desk {
	t.Helper()
	d, err := desk.Open(t.Context(), filepath.Join(t.TempDir(), "desk"), options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

const shopify = "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total," +
	"Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price," +
	"Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Shipping Name,Shipping City,Shipping Zip,Shipping Country\n"

func shopifyRow(number, name string) string {
	return number + "," + strings.ToLower(name) + "@example.com,paid,2026-11-02 10:00:00 +0000,fulfilled,2026-11-03 09:00:00 +0000,no,EUR,40.00,5.99,0.00,45.99," +
		",0.00,Post,2026-11-02 09:58:00 +0000,1,Paper lantern,40.00,,PL-1,true,true,fulfilled," + name + "," + name + ",Lyon,'69001,FR\n"
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// imported gives a desk with two orders, and the row id of the first.
func imported(t *testing.T) (*desk.Desk, int64) {
	t.Helper()
	d := open(t)
	path := write(t, "orders_export.csv", shopify+shopifyRow("#1001", "Chloe")+shopifyRow("#1002", "Bob"))
	report, err := d.Import(t.Context(), desk.ImportRequest{Path: path, Shop: data.Shop{Name: "Lantern"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Counts.Added != 2 || report.Counts.Rejected != 0 {
		t.Fatalf("imported %+v, rejected %v", report.Counts, report.Rejected)
	}
	return d, orderID(t, d, "#1001")
}

func orderID(t *testing.T, d *desk.Desk, number string) int64 {
	t.Helper()
	ids, err := d.OrdersByNumber(t.Context(), number)
	if err != nil || len(ids) != 1 {
		t.Fatalf("order %s: %v, %v", number, ids, err)
	}
	return ids[0]
}

func TestSecondInstanceIsToldWhoHasTheDesk(t *testing.T) {
	d := open(t)
	_, err := desk.Open(t.Context(), d.Dir(), desk.Options{Operator: "Second"})
	if !errors.Is(err, data.ErrBusy) {
		t.Fatalf("a second instance opened the desk: %v", err)
	}
	if !strings.Contains(err.Error(), "Tester") {
		t.Errorf("it is not told who has it: %v", err)
	}
}

func TestPreviewWritesNothing(t *testing.T) {
	d := open(t)
	path := write(t, "orders_export.csv", shopify+shopifyRow("#1001", "Chloe"))
	preview, err := d.WatchPreview(t.Context(), desk.ImportRequest{Path: path, Shop: data.Shop{Name: "Lantern"}}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if preview.Counts.Added != 1 || len(preview.Orders) != 1 || preview.Orders[0].Number != "#1001" {
		t.Errorf("preview %+v", preview)
	}
	if preview.Orders[0].Total != (data.Money{Minor: 4599, Currency: "EUR"}) {
		t.Errorf("total %v", preview.Orders[0].Total)
	}
	stats, err := d.Stats(t.Context())
	if err != nil || stats.Orders != 0 || stats.Shops != 0 {
		t.Errorf("the preview left %+v, %v", stats, err)
	}
}

func TestPreviewNeedsNoShopYet(t *testing.T) {
	d := open(t)
	r := desk.ImportRequest{Path: write(t, "orders_export.csv", shopify+shopifyRow("#1001", "Chloe"))}
	preview, err := d.WatchPreview(t.Context(), r, nil, nil)
	if err != nil || preview.Counts.Added != 1 {
		t.Errorf("%+v, %v", preview.Counts, err)
	}
	if _, err := d.Import(t.Context(), r, nil); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("an import into no shop: %v", err)
	}
	if shops, err := d.Shops(t.Context()); err != nil || len(shops) != 0 {
		t.Errorf("the preview left %v, %v", shops, err)
	}
}

func TestCanceledImportLeavesNothing(t *testing.T) {
	d := open(t)
	var rows strings.Builder
	rows.WriteString(shopify)
	for range 20_000 {
		rows.WriteString(shopifyRow("#"+strings.Repeat("1", 3)+string(rune('0'+rows.Len()%10))+time.Duration(rows.Len()).String(), "Chloe"))
	}
	path := write(t, "orders_export.csv", rows.String())
	ctx, cancel := context.WithCancel(t.Context())
	_, err := d.Import(ctx, desk.ImportRequest{Path: path, Shop: data.Shop{Name: "Lantern"}}, func(done, _ int64, _ string) {
		if done > 0 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	stats, err := d.Stats(t.Context())
	if err != nil || stats.Orders != 0 || stats.Shops != 0 {
		t.Errorf("it left %+v, %v", stats, err)
	}
}

func TestMappingBecomesAPreset(t *testing.T) {
	d := open(t)
	path := write(t, "shop.csv", "Ref;Kunde;Summe;Am\nA-1;Bob;45,99;2026-11-02\nA-2;Ann;7,00;2026-11-03\n")
	r := desk.ImportRequest{Path: path, Shop: data.Shop{Platform: data.OtherSite, Name: "Laden", Currency: "EUR"}}
	preview, err := d.WatchPreview(t.Context(), r, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if preview.Preset != "" || len(preview.Columns) != 4 {
		t.Fatalf("preset %q, columns %+v", preview.Preset, preview.Columns)
	}
	r.Custom, err = d.MappingPreset(t.Context(), "Laden", r, map[string]string{
		"Ref": "number", "Kunde": "buyer_name", "Summe": "total", "Am": "ordered_at",
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.SavePreset(t.Context(), r.Custom); err != nil {
		t.Fatal(err)
	}
	r.Custom = nil
	report, err := d.Import(t.Context(), r, nil)
	if err != nil || report.Counts.Added != 2 {
		t.Fatalf("%+v, %v, %v", report.Counts, err, report.Rejected)
	}
	view, err := d.Order(t.Context(), orderID(t, d, "A-1"))
	if err != nil || view.Order.Total != (data.Money{Minor: 4599, Currency: "EUR"}) || view.Order.Buyer.Name != "Bob" {
		t.Errorf("%+v, %v", view.Order, err)
	}
}

func TestDisputeRoad(t *testing.T) {
	d, order := imported(t)
	due := clock.Add(5 * 24 * time.Hour)
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{
		OrderID: order, Reason: data.ReasonNotReceived, CaseNumber: "C-1", Claim: "Rien reçu", StatedDue: due,
	})
	if err != nil {
		t.Fatal(err)
	}
	// On Shopify a dispute begins with the bank: there is no negotiation before.
	if dispute.Amount.Minor != 4599 || dispute.Stage != data.StagePlatform || dispute.Waiting != data.ActorSeller || !dispute.StatedDue.Equal(due) {
		t.Errorf("opened as %+v", dispute)
	}
	dispute, err = d.AppendEvent(t.Context(), dispute.ID, desk.NewEvent{CaseEvent: data.CaseEvent{Kind: data.EventEvidenceSent, Actor: data.ActorSeller}})
	if err != nil || dispute.Waiting != data.ActorPlatform || !dispute.Due.IsZero() {
		t.Fatalf("answered: %+v, %v", dispute, err)
	}
	// A second dispute on the same order is ordinary; its case number on another order is not.
	if _, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: order, Reason: data.ReasonDamaged, CaseNumber: "C-2"}); err != nil {
		t.Errorf("a second dispute: %v", err)
	}
	other := orderID(t, d, "#1002")
	_, err = d.OpenDispute(t.Context(), desk.NewDispute{OrderID: other, Reason: data.ReasonDamaged, CaseNumber: "C-1"})
	if !errors.Is(err, data.ErrConflict) {
		t.Errorf("a case number of another order: %v", err)
	}
	_, err = d.OpenDispute(t.Context(), desk.NewDispute{OrderID: other, Reason: data.ReasonDamaged, StatedDue: clock.Add(-time.Hour)})
	if _, odd := desk.AsDueDoubt(err); !odd {
		t.Errorf("due before opening: %v", err)
	}
}

func TestEvidenceIsKeptOnceAndAsItWas(t *testing.T) {
	d, order := imported(t)
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: order, Reason: data.ReasonNotReceived})
	if err != nil {
		t.Fatal(err)
	}
	good := write(t, "scans.txt", "delivered\n")
	fake := write(t, "photo.jpg", "no photo")
	empty := write(t, "empty.png", "")
	report, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{
		{Path: good, Kind: data.KindTracking, Note: "Scans"},
		{Path: good},
		{Path: fake},
		{Path: empty},
		{Path: filepath.Join(t.TempDir(), "nowhere.png")},
		{Name: "../../CON", Bytes: []byte("pasted"), Source: "paste"},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Added) != 2 || len(report.Rejected) != 4 {
		t.Fatalf("added %d, rejected %v", len(report.Added), report.Rejected)
	}
	if name := report.Added[1].Name; name != "CON" {
		t.Errorf("a name with a path came in as %q", name)
	}
	// As sha256sum prints it for "delivered" and a line feed.
	if want := "c00f126946018c4244ea7766b1087b63bd73085dc482e645981911efec70612a"; report.Added[0].SHA256 != want {
		t.Errorf("hash %s, want %s", report.Added[0].SHA256, want)
	}
	copied, err := d.EvidenceCopy(t.Context(), report.Added[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(filepath.Dir(copied))
	text, err := os.ReadFile(copied)
	if err != nil || string(text) != "delivered\n" || filepath.Base(copied) != "scans.txt" {
		t.Errorf("copy %s: %q, %v", copied, text, err)
	}
}

func TestUndoTakesBackStepByStep(t *testing.T) {
	d, order := imported(t)
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: order, Reason: data.ReasonNotReceived})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.AppendEvent(t.Context(), dispute.ID, desk.NewEvent{CaseEvent: data.CaseEvent{Kind: data.EventClosed, Actor: data.ActorPlatform}}); err != nil {
		t.Fatal(err)
	}
	if err := d.SetOrderNote(t.Context(), order, "careful"); err != nil {
		t.Fatal(err)
	}
	undo := func(want string) {
		t.Helper()
		got, err := d.Undo(t.Context())
		if err != nil || got != want {
			t.Fatalf("undid %q, %v, want %q", got, err, want)
		}
	}
	undo("order.note")
	if view, err := d.Order(t.Context(), order); err != nil || view.Order.SellerNote != "" {
		t.Errorf("note %q, %v", view.Order.SellerNote, err)
	}
	undo("dispute.event")
	view, err := d.Dispute(t.Context(), dispute.ID)
	if err != nil || view.Dispute.Stage != dispute.Stage || len(view.Dispute.Events) != 3 {
		t.Errorf("stage %s with %d events, %v", view.Dispute.Stage, len(view.Dispute.Events), err)
	}
	undo("dispute.open")
	rows, err := d.DisputeFirst(t.Context(), data.DisputeQuery{}, 10)
	if err != nil || len(rows) != 0 {
		t.Errorf("%d disputes are left, %v", len(rows), err)
	}
	undo("")
}

func TestReplyIsBlockedByAMissingVariable(t *testing.T) {
	d, order := imported(t)
	template, err := d.PutTemplate(t.Context(), data.Template{
		Scenario: "shipping", Name: "On its way",
		Variants: []data.Variant{{Language: "en", Body: "Hello {{ buyer.first_name }}, your parcel {{ tracking.number }} for {{ order.number }} left."}},
	})
	if err != nil {
		t.Fatal(err)
	}
	r := desk.DraftRequest{Template: template.UID, Language: "fr", OrderID: order}
	draft, err := d.Draft(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if len(draft.Missing) != 1 || draft.Missing[0] != "tracking.number" || draft.Exact {
		t.Errorf("draft %+v", draft)
	}
	r.Extra = map[string]string{"tracking.number": "LX1"}
	draft, err = d.Draft(t.Context(), r)
	if err != nil || len(draft.Missing) != 0 || draft.Text != "Hello Chloe, your parcel LX1 for #1001 left." {
		t.Errorf("draft %+v, %v", draft, err)
	}
	if _, err := d.PutTemplate(t.Context(), data.Template{Name: "Broken", Variants: []data.Variant{{Language: "en", Body: "{% if %}"}}}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a broken template was kept: %v", err)
	}
}

func TestFeedbackFindsItsOrder(t *testing.T) {
	d, order := imported(t)
	shops, err := d.Shops(t.Context())
	if err != nil || len(shops) != 1 {
		t.Fatalf("%v, %v", shops, err)
	}
	f, err := d.PutFeedback(t.Context(), data.Feedback{Shop: shops[0], OrderNumber: " #1001 ", Stars: 2, Text: "Trop tard"})
	if err != nil || f.OrderID != order || f.State != data.FeedbackNew {
		t.Fatalf("%+v, %v", f, err)
	}
	if _, err := d.PutFeedback(t.Context(), data.Feedback{Shop: shops[0], Stars: 6}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("six stars: %v", err)
	}
	f.Reply = "Pardon"
	if f, err = d.PutFeedback(t.Context(), f); err != nil || !f.RepliedAt.Equal(clock) {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestBackupRestores(t *testing.T) {
	d, order := imported(t)
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: order, Reason: data.ReasonNotReceived})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{{Name: "a.txt", Bytes: []byte("proof")}}, nil); err != nil {
		t.Fatal(err)
	}
	file, err := d.Backup(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "restored")
	if err := desk.Restore(t.Context(), dir, file, nil); err != nil {
		t.Fatal(err)
	}
	again, err := desk.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	found, err := again.FindDispute(t.Context(), dispute.UID[:8])
	if err != nil || found.UID != dispute.UID {
		t.Fatalf("%+v, %v", found, err)
	}
	view, err := again.Dispute(t.Context(), found.ID)
	if err != nil || len(view.Evidence) != 1 {
		t.Fatalf("%d pieces of evidence, %v", len(view.Evidence), err)
	}
	copied, err := again.EvidenceCopy(t.Context(), view.Evidence[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(filepath.Dir(copied))
	if text, err := os.ReadFile(copied); err != nil || string(text) != "proof" {
		t.Errorf("evidence came back as %q, %v", text, err)
	}
	if err := desk.Restore(t.Context(), dir, file, nil); !errors.Is(err, data.ErrConflict) {
		t.Errorf("restoring over a desk: %v", err)
	}
}

func TestDamagedBackupIsRefused(t *testing.T) {
	d, _ := imported(t)
	file, err := d.Backup(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 0xff
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "restored")
	if err := desk.Restore(t.Context(), dir, file, nil); !errors.Is(err, data.ErrDamaged) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was left at %s: %v", dir, err)
	}
}
