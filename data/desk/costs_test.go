package desk_test

import (
	"errors"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/report"
)

// An order of 45.99 USD whose lamp costs 70 yuan, with 3.20 USD of postage and 10 % of
// fees, rounded up: 45.99 - 9.80 - 3.20 - 4.60.
func TestAnOrderTellsItsMargin(t *testing.T) {
	ctx := t.Context()
	d, dispute := soldCase(t)
	margin := func() desk.OrderMargin {
		t.Helper()
		m, err := d.OrderMargin(ctx, dispute.OrderID)
		must(t, err)
		return m
	}
	if m := margin(); m.Whole || m.Sum.Minor != 4599 || len(m.Lines) != 4 {
		t.Errorf("with nothing known: %+v", m)
	}
	_, err := d.SetGoodsCost(ctx, "LAMP-9", "", "70 CNY")
	must(t, err)
	shops, err := d.Shops(ctx)
	must(t, err)
	must(t, d.SetShopService(ctx, shops[0].ID, data.Service{Costs: data.CostFigures{data.CostFees: {Share: 10_00}}}))
	must(t, d.SetOrderCosts(ctx, dispute.OrderID, map[data.Cost]string{data.CostPostage: "3.20"}))
	if m := margin(); m.Whole {
		t.Errorf("without a rate of the yuan: %+v", m)
	}
	_, err = d.SetRate(ctx, data.Rate{Currency: "CNY", Target: "USD", Day: "2026-10-01", Value: "0.14"}, false)
	must(t, err)
	if m := margin(); !m.Whole || m.Sum != (data.Money{Minor: 2839, Currency: "USD"}) {
		t.Errorf("with all known: %+v", m)
	}
	for range 3 {
		_, err = d.Undo(ctx) // rate, postage, figures
		must(t, err)
	}
	if m := margin(); m.Whole || len(m.Sale.Own) != 0 {
		t.Errorf("after undo: %+v", m)
	}
	// A rate the other way: the margin is told in the currency of the reports.
	must(t, d.SetReportCurrency(ctx, "CNY"))
	_, err = d.SetRate(ctx, data.Rate{Currency: "USD", Target: "CNY", Day: "2026-10-01", Value: "7"}, false)
	must(t, err)
	must(t, d.SetOrderCosts(ctx, dispute.OrderID, map[data.Cost]string{data.CostPostage: "1"}))
	must(t, d.SetOrderCosts(ctx, dispute.OrderID, map[data.Cost]string{data.CostFees: "2"}))
	if m := margin(); !m.Whole || m.Sum != (data.Money{Minor: 32193 - 7000 - 700 - 1400, Currency: "CNY"}) {
		t.Errorf("in yuan: %+v", m)
	}
	for _, wrong := range []func() error{
		func() error { _, err := d.SetGoodsCost(ctx, " ", "", "1"); return err },
		func() error { _, err := d.SetGoodsCost(ctx, "A", "1.1.2026", "1"); return err },
		func() error { _, err := d.SetGoodsCost(ctx, "A", "", "30 %"); return err },
		func() error { _, err := d.SetGoodsCost(ctx, "A", "", "-1"); return err },
		func() error { return d.SetOrderCosts(ctx, dispute.OrderID, map[data.Cost]string{data.CostRepair: "1"}) },
	} {
		if err := wrong(); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("taken: %v", err)
		}
	}
}

// A list of costs: dated costs of goods, fees of an order in two rows, rows that are
// left out with their reasons; the same list again changes nothing, and one step takes
// it back.
func TestImportCosts(t *testing.T) {
	ctx := t.Context()
	d, dispute := soldCase(t)
	shops, err := d.Shops(ctx)
	must(t, err)
	const list = "SKU,Cost,Currency,Since,Order Number,Fees,Postage cost\n" +
		"LAMP-9,7.00,USD,,,,\n" +
		"LAMP-9,8.50,USD,2026-11-01,,,\n" +
		"BOX,12,CNY,,,,\n" +
		",,USD,,812345,-1.10,3.00\n" +
		",,USD,,812345,-0.40,\n" +
		",,USD,,999,1.00,\n" + // no such order
		"LAMP-9,9.00,USD,,,,\n" + // twice
		"MUG,abc,USD,,,,\n" +
		"MUG,,USD,,,,\n"
	request := desk.ImportRequest{Path: write(t, "costs.csv", list), Target: "costs", Shop: data.Shop{ID: shops[0].ID}}
	preview, err := d.WatchPreview(ctx, request, nil, nil)
	must(t, err)
	if preview.Preset != "costs" || preview.Counts.Added != 5 || preview.Counts.Rejected != 4 || len(preview.Costs) != 7 {
		t.Fatalf("preview: %s %+v %d %+v", preview.Preset, preview.Counts, len(preview.Costs), preview)
	}
	done, err := d.Import(ctx, request, nil)
	must(t, err)
	if done.Counts.Added != 5 || done.Counts.Rejected != 4 {
		t.Fatalf("%+v: %+v", done.Counts, done.Rejected)
	}
	m, err := d.OrderMargin(ctx, dispute.OrderID)
	must(t, err)
	if want := int64(4599 - 700 - 300 - 150); !m.Whole || m.Sum.Minor != want {
		t.Errorf("the margin is %+v, want %d", m, want)
	}
	again, err := d.Import(ctx, request, nil)
	must(t, err)
	if again.Counts.Added+again.Counts.Updated != 0 || again.Counts.Unchanged != 5 {
		t.Errorf("the same list again: %+v", again.Counts)
	}
	_, err = d.Undo(ctx)
	must(t, err)
	if costs, err := d.GoodsCosts(ctx, ""); err != nil || len(costs) != 0 {
		t.Errorf("after undo: %v, %v", costs, err)
	}
	// A mapping that names neither what costs something nor a sum is refused.
	if _, err := d.MappingPreset(ctx, "own", request, map[string]string{"SKU": "sku"}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a mapping without a sum: %v", err)
	}
	if _, err := d.MappingPreset(ctx, "own", request, map[string]string{"Order Number": "number", "Fees": "fees"}); err != nil {
		t.Errorf("a mapping of fees: %v", err)
	}
}

// The sums of the report are those that SQL gives over the desk's rows, and what has
// been called off is in none.
func TestMarginsOfAPeriod(t *testing.T) {
	ctx := t.Context()
	d, dispute := soldCase(t)
	r := reported(t, d, report.KindMargin)
	if notes := r.Table("margin.month").Notes; len(notes) != 1 {
		t.Errorf("without any cost: %v", notes)
	}
	_, err := d.SetGoodsCost(ctx, "LAMP-9", "", "70 CNY")
	must(t, err)
	_, err = d.SetRate(ctx, data.Rate{Currency: "USD", Target: "CNY", Day: "2026-01-01", Value: "7"}, false)
	must(t, err)
	must(t, d.SetOrderCosts(ctx, dispute.OrderID, map[data.Cost]string{data.CostPostage: "1"}))
	must(t, d.SetOrderCosts(ctx, dispute.OrderID, map[data.Cost]string{data.CostFees: "2"}))
	total := reported(t, d, report.KindMargin).Table("margin.month").Total.Cells
	for i, want := range []int64{1, 32193, 0, 7000, 700, 1400, 23093} {
		if total[1+i].N != want {
			t.Errorf("column %d is %d, want %d", 1+i, total[1+i].N, want)
		}
	}
	must(t, d.WriteOrder(ctx, dispute.OrderID, desk.OrderDeed{Kind: data.OrderCanceled, At: clock.Add(-time.Hour), Sure: true}))
	if total = reported(t, d, report.KindMargin).Table("margin.month").Total.Cells; total[1].N != 0 || total[9].N != 0 {
		t.Errorf("a canceled order counts: %+v", total)
	}
}
