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
)

const personalOrders = "Number;Handle;Buyer;Mail;Phone;Street;City;Zip;Country;Total;At;Status\n" +
	"812345;quillwort77;Zenobia Quillwort;zq@quillwort.example;+34612345677;Calle Zafiro 12;Madrid;28013;ES;45.99;2026-08-20 08:00;completed\n" +
	"812346;other88;Bertram Oddfellow;bo@oddfellow.example;+34612345999;Calle Topacio 3;Madrid;28014;ES;9.99;2026-08-21 08:00;completed\n"

// personalDesk gives a desk with an order of Zenobia Quillwort, a message, an event
// with her address and a file that shows her name; and the request that imported it.
func personalDesk(t *testing.T) (*desk.Desk, int64, desk.ImportRequest) {
	t.Helper()
	d := open(t)
	r := desk.ImportRequest{Path: write(t, "orders.csv", personalOrders), Shop: data.Shop{Platform: data.EBay, Name: "Lantern", Zone: "Asia/Shanghai", Currency: "USD"}}
	custom, err := d.MappingPreset(t.Context(), "plain", r, map[string]string{
		"Number": "number", "Handle": "buyer_handle", "Buyer": "buyer_name", "Mail": "buyer_email", "Phone": "buyer_phone", "Street": "ship_line1",
		"City": "ship_city", "Zip": "ship_postcode", "Country": "ship_country", "Total": "total", "At": "ordered_at", "Status": "status",
	})
	if err != nil {
		t.Fatal(err)
	}
	r.Custom = custom
	if _, err := d.Import(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	id := orderID(t, d, "812345")
	if _, err := d.AddMessage(t.Context(), data.Message{
		OrderID: id, Direction: data.FromBuyer, Author: "Zenobia Quillwort", SentAt: clock,
		Text: "Hello, this is Zenobia Quillwort of Calle Zafiro 12, write to zq@quillwort.example. The lantern is broken.",
	}); err != nil {
		t.Fatal(err)
	}
	if err := d.SetOrderNote(t.Context(), id, "called Zenobia Quillwort"); err != nil {
		t.Fatal(err)
	}
	return d, id, r
}

// personalBytes are what must not be in any file of the desk.
var personalBytes = []string{"Quillwort", "quillwort", "QUILLWORT", "Zenobia", "zenobia", "Zafiro", "zafiro", "612345677"}

func findPersonal(t *testing.T, dir string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		for _, word := range personalBytes {
			if bytes.Contains(content, []byte(word)) {
				found = append(found, filepath.Base(path)+": "+word)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func erased(t *testing.T, d *desk.Desk, r desk.ErasureRequest) data.Erasure {
	t.Helper()
	plan, err := d.PlanErasure(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	done, err := d.Erase(t.Context(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestNoByteIsLeft(t *testing.T) {
	d, id, r := personalDesk(t)
	if len(findPersonal(t, d.Dir())) == 0 {
		t.Fatal("nothing to be erased is in the files")
	}
	before, err := d.Order(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	done := erased(t, d, desk.ErasureRequest{Buyer: before.Order.Buyer.ID, Ground: data.GroundRequest, Note: "Zenobia Quillwort asked by mail"})
	if found := findPersonal(t, d.Dir()); len(found) > 0 {
		t.Errorf("still there: %v", found)
	}
	if len(done.Orders) != 1 || done.Orders[0] != "812345" || done.Done["message"] == 0 || done.Done["journal"] == 0 {
		t.Errorf("told %+v", done)
	}
	after, err := d.Order(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	o := after.Order
	if o.Buyer.Name != "" || o.ShipTo != (data.Address{Country: "ES"}) || !strings.HasPrefix(o.Buyer.Handle, "erased-") || !o.Erased() {
		t.Errorf("left: %+v %+v", o.Buyer, o.ShipTo)
	}
	if o.Total != before.Order.Total || !o.OrderedAt.Equal(before.Order.OrderedAt) || o.Number != "812345" {
		t.Errorf("the books changed: %+v", o)
	}
	if other, err := d.Order(t.Context(), orderID(t, d, "812346")); err != nil || other.Order.Buyer.Name != "Bertram Oddfellow" {
		t.Errorf("another buyer changed: %v %+v", err, other.Order.Buyer)
	}
	report, err := d.Check(t.Context(), true, nil)
	if err != nil || !report.Sound {
		t.Errorf("check: %v %+v", err, report.Findings)
	}
	if action, err := d.Undo(t.Context()); action != "" || err != nil {
		t.Errorf("undid %q, %v", action, err)
	}

	again, err := d.Import(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	told := false
	for _, f := range again.Doubts {
		told = told || f.Rule == "import_doubt_erased"
	}
	if !told {
		t.Errorf("the file's personal data is not told: %+v", again.Doubts)
	}
	if found := findPersonal(t, d.Dir()); len(found) > 0 {
		t.Errorf("back in the desk: %v", found)
	}
	if after, _ := d.Order(t.Context(), id); after.Order.Buyer.Name != "" || after.Order.ShipTo.Line1 != "" || !after.Order.Erased() {
		t.Errorf("a file brought it back: %+v %+v", after.Order.Buyer, after.Order.ShipTo)
	}
}

func TestOpenDisputeKeepsWhatItNeeds(t *testing.T) {
	d, id, _ := personalDesk(t)
	if _, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: id, Reason: data.ReasonNotReceived, OpenedAt: clock}); err != nil {
		t.Fatal(err)
	}
	plan, err := d.PlanErasure(t.Context(), desk.ErasureRequest{Orders: []int64{id}, Ground: data.GroundRequest})
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Orders) != 0 || len(plan.Kept) == 0 || plan.Kept[0].Reason != "open_dispute" {
		t.Errorf("planned %+v", plan)
	}
	if _, err := d.Erase(t.Context(), plan, nil); !errors.Is(err, data.ErrRefused) {
		t.Errorf("erased: %v", err)
	}
	if v, _ := d.Order(t.Context(), id); v.Order.Buyer.Name != "Zenobia Quillwort" {
		t.Errorf("left: %+v", v.Order.Buyer)
	}
}

func TestAPaymentThatCanBeDisputedSaysUntilWhen(t *testing.T) {
	until := time.Date(2027, 1, 28, 0, 0, 0, 0, time.UTC)
	if got := desk.KeptReason(data.ErasureKept{Reason: "chargeback", Until: until}).String(); got != "its payment can be disputed until 2027-01-28" {
		t.Error(got)
	}
	if got := desk.KeptReason(data.ErasureKept{Reason: "chargeback"}).String(); got != "its payment can still be disputed" {
		t.Error(got)
	}
}

func TestWrongErasuresAreRefused(t *testing.T) {
	d, id, _ := personalDesk(t)
	for _, r := range []desk.ErasureRequest{{}, {Orders: []int64{id}}, {Orders: []int64{id}, Ground: "whim"}, {Ground: data.GroundRequest}, {Ground: data.GroundRequest, Buyer: 999}} {
		if _, err := d.PlanErasure(t.Context(), r); err == nil {
			t.Errorf("%+v was planned", r)
		}
	}
}

// A file goes by a decision alone; one that shows nothing of it stays, with the reason.
func TestFilesAreDecidedOneByOne(t *testing.T) {
	d, id, _ := personalDesk(t)
	path := write(t, "label.txt", "To: Zenobia Quillwort, Calle Zafiro 12")
	added, err := d.AddOrderEvidence(t.Context(), id, []desk.EvidenceFile{{Path: path, Kind: data.KindOther}}, nil)
	if err != nil || len(added.Added) != 1 {
		t.Fatal(err, added)
	}
	file := added.Added[0]
	r := desk.ErasureRequest{Orders: []int64{id}, Ground: data.GroundRequest}
	plan, err := d.PlanErasure(t.Context(), r)
	if err != nil || len(plan.Files) != 1 || plan.Files[0].Does != desk.FileKeep || plan.Files[0].Reason != "not_looked_at" {
		t.Fatalf("planned %+v, %v", plan.Files, err)
	}
	if v, _ := d.Order(t.Context(), id); v.Order.Erased() || v.Order.Buyer.Name != "Zenobia Quillwort" {
		t.Fatal("a plan erased")
	}
	r.Files = map[string]string{file.UID: desk.FileCopy}
	if _, err := d.PlanErasure(t.Context(), r); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a copy that is not there stands for it: %v", err)
	}
	r.Files = map[string]string{file.UID: desk.FileDelete}
	done := erased(t, d, r)
	if len(done.Files) != 1 || done.Files[0].SHA256 != file.SHA256 {
		t.Errorf("told %+v", done.Files)
	}
	if found := findPersonal(t, d.Dir()); len(found) > 0 {
		t.Errorf("still there: %v", found)
	}
	if report, err := d.Check(t.Context(), true, nil); err != nil || !report.Sound {
		t.Errorf("check: %v %+v", err, report.Findings)
	}
}

// Accounts that a person said are one go together, with what was noted of them; a
// namesake's data stays.
func TestOnePersonGoesWhole(t *testing.T) {
	d := open(t)
	sell(t, d, "Lantern",
		sale{number: "#1", mail: "zq@quillwort.example", name: "Zenobia Quillwort", phone: "+33612345677", day: "2025-01-10", total: "5.00"},
		sale{number: "#2", mail: "second@quillwort.example", name: "Zenobia Quillwort", phone: "+33612345677", day: "2025-02-10", total: "6.00"},
		sale{number: "#3", mail: "gil@example.com", name: "Rose Lamp", phone: "+33698765431", day: "2025-02-11", total: "7.00"})
	one, two := named(t, d, "Zenobia Quillwort"), int64(0)
	v, err := d.Order(t.Context(), orderID(t, d, "#2"))
	if err != nil {
		t.Fatal(err)
	}
	if two = v.Order.Buyer.ID; two == one.ID {
		first, err := d.Order(t.Context(), orderID(t, d, "#1"))
		must(t, err)
		one.ID = first.Order.Buyer.ID
	}
	must(t, d.JoinBuyers(t.Context(), one.ID, two))
	must(t, d.SetBuyerCare(t.Context(), one.ID, desk.BuyerCare{Note: "Zenobia Quillwort likes blue"}))
	done := erased(t, d, desk.ErasureRequest{Buyer: one.ID, Ground: data.GroundRequest})
	if len(done.Orders) != 2 || done.Done["buyer"] != 2 {
		t.Errorf("told %+v", done)
	}
	if found := findPersonal(t, d.Dir()); len(found) > 0 {
		t.Errorf("still there: %v", found)
	}
	if v, err := d.Order(t.Context(), orderID(t, d, "#3")); err != nil || v.Order.Buyer.Name != "Rose Lamp" {
		t.Errorf("another buyer changed: %+v %v", v.Order.Buyer, err)
	}
	if report, err := d.Check(t.Context(), true, nil); err != nil || !report.Sound {
		t.Errorf("check: %v %+v", err, report.Findings)
	}
}

// A bundle that was exported outlives the file that it was made of: the plan says that
// it cannot be made again, making it again says why, and what was exported verifies.
func TestABundleOutlivesItsFile(t *testing.T) {
	d, id, _ := personalDesk(t)
	ctx := t.Context()
	dispute, err := d.OpenDispute(ctx, desk.NewDispute{OrderID: id, Reason: data.ReasonNotReceived, OpenedAt: time.Date(2026, 8, 25, 8, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	added, err := d.AddEvidence(ctx, dispute.ID, []desk.EvidenceFile{{Path: write(t, "label.txt", "To: Zenobia Quillwort"), Kind: data.KindOther}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	made := exported(t, d, desk.BundleRequest{DisputeID: dispute.ID})
	if _, err := d.AppendEvent(ctx, dispute.ID, desk.NewEvent{CaseEvent: data.CaseEvent{Kind: data.EventWithdrawn, Actor: data.ActorBuyer}}); err != nil {
		t.Fatal(err)
	}
	r := desk.ErasureRequest{Orders: []int64{id}, Ground: data.GroundRequest, Early: true, Files: map[string]string{added.Added[0].UID: desk.FileDelete}}
	whole := r
	whole.Files, whole.All = nil, true
	plan, err := d.PlanErasure(ctx, whole)
	if err != nil || plan.Files[0].Does != desk.FileKeep || plan.Files[0].Reason != "sent" {
		t.Fatalf("a file that a bundle was made of goes with all others: %v %+v", err, plan.Files)
	}
	plan, err = d.PlanErasure(ctx, r)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(plan.Kept, func(k data.ErasureKept) bool { return k.What == "submission" && k.Reason == "exported" }) {
		t.Fatalf("the plan keeps %+v of %v", plan.Kept, plan.Orders)
	}
	erased(t, d, r)
	_, err = d.Rebuild(ctx, made.Submission.UID, t.TempDir(), nil)
	if err == nil || !strings.Contains(err.Error(), "What version 1 was made from was erased") {
		t.Errorf("making it again: %v", err)
	}
	after := exported(t, d, desk.BundleRequest{DisputeID: dispute.ID})
	for _, path := range []string{made.BagPath, after.BagPath} {
		if found, err := d.Verify(ctx, path, nil); err != nil || !found.Intact {
			t.Errorf("%s: %v %+v", path, err, found)
		}
	}
}
