package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// Seven orders of lamps left; two buyers said that theirs failed, one of them in a
// complaint too; one order of lamps still waits, and a year ago three failed.
func TestGoodsThatFailedAreCheckedBeforePacking(t *testing.T) {
	d := open(t)
	ctx := t.Context()
	rows := shopify
	add := func(number, day, state string) {
		row := strings.ReplaceAll(shopifyRow(number, "Chloe"), "2026-11-0", day)
		if state != "" {
			row = strings.Replace(row, "fulfilled,"+day+"3 09:00:00 +0000", state+",", 1)
		}
		rows += row
	}
	for i := range 7 {
		add(fmt.Sprintf("#%d", 1+i), "2026-11-0", "")
	}
	for i := range 3 {
		add(fmt.Sprintf("#%d", 50+i), "2025-11-0", "")
	}
	add("#99", "2026-11-0", "unfulfilled")
	_, err := d.Import(ctx, desk.ImportRequest{Path: write(t, "orders_export.csv", rows), Shop: data.Shop{Name: "Lantern"}}, nil)
	must(t, err)
	waits := orderID(t, d, "#99")
	fail := func(number string) data.Dispute {
		x, err := d.OpenDispute(ctx, desk.NewDispute{OrderID: orderID(t, d, number), Reason: data.ReasonQuality, OpenedAt: clock.Add(-1), CaseNumber: "C" + number})
		must(t, err)
		return x
	}
	for i := range 3 {
		fail(fmt.Sprintf("#%d", 50+i)) // placed more than 365 days before the clock's 20 November 2026
	}
	fail("#1")
	if got := lacks(t, d, waits); len(got) != 0 {
		t.Fatalf("after one: %v", got)
	}
	second := fail("#2")
	_, err = d.OpenComplaint(ctx, data.Complaint{OrderID: orderID(t, d, "#2"), Cause: "product", Happened: "It is dark."})
	must(t, err)
	v, err := d.Packing(ctx, waits)
	must(t, err)
	if len(v.Lacks) != 1 || v.Lacks[0].Rule != "packing.qc" ||
		v.Lacks[0].Why.String() != "Check before packing, as 2 of 7 orders of “Paper lantern (PL-1)” were reported defective: no record of an inspection." {
		t.Fatalf("after two: %+v", v.Lacks)
	}
	before, err := d.ShipFindings(ctx, waits)
	must(t, err)
	if !slices.ContainsFunc(before, func(f data.Finding) bool { return f.Rule == "packing.qc" }) {
		t.Errorf("before it is marked as shipped: %+v", before)
	}
	watched, err := d.GoodsToWatch(ctx)
	must(t, err)
	if len(watched) != 1 || watched[0].Advice != "watch" || watched[0].SKU != "PL-1" || watched[0].Orders != 7 || watched[0].Defects != 2 ||
		watched[0].Findings[0].Why.String() != "Paper lantern (PL-1): 2 of 7 orders were reported defective." {
		t.Errorf("to watch: %+v", watched)
	}
	// The second was the buyer's doing, and the complaint about it is gone.
	_, err = d.PutRuling(ctx, second.ID, data.Ruling{Outcome: "won", Cause: "buyer"})
	must(t, err)
	complaints, err := d.ComplaintsOf(ctx, orderID(t, d, "#2"))
	must(t, err)
	if got := lacks(t, d, waits); !slices.Equal(got, []string{"packing.qc"}) {
		t.Errorf("the complaint stands: %v", got)
	}
	must(t, d.BinComplaint(ctx, complaints[0].ID))
	if got := lacks(t, d, waits); len(got) != 0 {
		t.Errorf("one is left: %v", got)
	}
}

// What was photographed while packing is the proof of a dispute that comes later, and
// says in the bundle what it shows.
func TestPackingIsTheProofOfALaterDispute(t *testing.T) {
	ctx := t.Context()
	d := open(t)
	r := desk.ImportRequest{
		Path: write(t, "orders.csv", "Number;Buyer;Total;At;Item\n812345;Ana;45.99;2026-10-20 08:00;Lamp\n"),
		Shop: data.Shop{Platform: data.AliExpress, Name: "Lantern", Zone: "Asia/Shanghai", Currency: "USD"},
	}
	var err error
	r.Custom, err = d.MappingPreset(ctx, "plain", r, map[string]string{"Number": "number", "Buyer": "buyer_name", "Total": "total", "At": "ordered_at", "Item": "item_title"})
	must(t, err)
	_, err = d.Import(ctx, r, nil)
	must(t, err)
	id := orderID(t, d, "812345")
	names := map[string]string{}
	for i, slot := range []string{data.SlotWeighing, data.SlotPacking, data.SlotParcelList} {
		report, err := d.AddPacking(ctx, id, slot, []desk.EvidenceFile{{Name: slot + ".png", Bytes: shot(t, uint8(i+1)), Source: "paste"}}, nil)
		must(t, err)
		names[slot] = report.Added[0].UID
	}
	dispute, err := d.OpenDispute(ctx, desk.NewDispute{OrderID: id, Reason: data.ReasonWrongItem, CaseNumber: "AE-1", OpenedAt: clock.Add(-1)})
	must(t, err)
	v, err := d.Case(ctx, dispute.ID)
	must(t, err)
	filled := map[string]string{} // by item
	for _, item := range v.Proof {
		for _, ref := range item.By {
			if ref.Kind == "evidence" {
				filled[item.ID] = ref.ID
			}
		}
	}
	for item, slot := range map[string]string{"weight": data.SlotWeighing, "packing": data.SlotPacking, "packing_list": data.SlotParcelList} {
		if filled[item] != names[slot] {
			t.Errorf("%s is filled by %q, want the photo of %s", item, filled[item], slot)
		}
	}
	b, err := d.Bundle(ctx, dispute.ID)
	must(t, err)
	var slots []string
	for _, x := range b.Exhibits {
		if x.Included {
			slots = append(slots, x.Evidence.Slot)
		}
	}
	slices.Sort(slots)
	if !slices.Equal(slots, []string{data.SlotPacking, data.SlotParcelList, data.SlotWeighing}) {
		t.Errorf("exhibits of %v", slots)
	}
}
