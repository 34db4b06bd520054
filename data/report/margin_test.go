package report

import (
	"bytes"
	"math"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebinder/data"
)

func cny(minor int64) data.Money { return data.Money{Minor: minor, Currency: "CNY"} }

// book knows a mug by a dated cost, a lamp in yuan, and the shop's figures.
func costs() *CostBook {
	return &CostBook{
		Currency: "USD",
		Rates:    []data.Rate{{Currency: "CNY", Target: "USD", Day: "2026-10-01", Value: "0.14"}, {Currency: "EUR", Target: "USD", Day: "2026-10-01", Value: "1.1"}},
		Goods: map[string][]data.GoodsCost{
			"MUG":  {{Article: "MUG", Amount: usd(300)}, {Article: "MUG", Day: "2026-11-01", Amount: usd(350)}},
			"LAMP": {{Article: "LAMP", Amount: cny(5000)}},
		},
		Shops: map[int64]data.CostFigures{1: {data.CostPostage: {Amount: usd(200)}, data.CostFees: {Share: 10_00}, data.CostFeeBack: {Share: 8_00}}},
	}
}

func sale(day string, total data.Money, items ...data.Item) *data.Sale {
	return &data.Sale{OrderID: 1, ShopID: 1, Number: "1-1", Day: day, Month: day[:7], Total: total, Items: items}
}

func TestAMarginIsWhatIsLeftOfWhatWasPaid(t *testing.T) {
	mug := data.Item{SKU: "MUG", Title: "Mug", Quantity: 2, Price: usd(1000)}
	lamp := data.Item{SKU: "LAMP", Title: "Lamp", Quantity: 1, Price: usd(3000)}
	other := data.Item{SKU: "BOX", Title: "Box", Quantity: 1, Price: usd(500)}
	for _, c := range []struct {
		name  string
		sale  *data.Sale
		edit  func(*CostBook, *data.Sale)
		want  int64
		whole bool
	}{
		{"20.00, less 2 x 3.00, 2.00 postage, 2.00 fees", sale("2026-10-31", usd(2000), mug), nil, 1000, true},
		{"the cost of November", sale("2026-11-01", usd(2000), mug), nil, 900, true},
		{"50 yuan are 7.00", sale("2026-10-31", usd(3000), lamp), nil, 3000 - 700 - 200 - 300, true},
		{"no rate on the day before the first", sale("2026-09-30", usd(3000), lamp), nil, 3000 - 200 - 300, false},
		{"a box without a cost", sale("2026-10-31", usd(2500), mug, other), nil, 2500 - 600 - 200 - 250, false},
		{"a third of the box's price by the shop's figure: 1.67", sale("2026-10-31", usd(2500), mug, other), func(b *CostBook, _ *data.Sale) {
			b.Shops[1][data.CostGoods] = data.CostFigure{Share: 33_33}
		}, 2500 - 600 - 167 - 200 - 250, true},
		{"a sum for an order says nothing of one article", sale("2026-10-31", usd(2500), mug, other), func(b *CostBook, _ *data.Sale) {
			b.Shops[1][data.CostGoods] = data.CostFigure{Amount: usd(400)}
		}, 2500 - 600 - 200 - 250, false},
		{"but of an order whose articles have none", sale("2026-10-31", usd(500), other), func(b *CostBook, _ *data.Sale) {
			b.Shops[1][data.CostGoods] = data.CostFigure{Amount: usd(400)}
		}, 500 - 400 - 200 - 50, true},
		{"what was entered for the order comes first", sale("2026-10-31", usd(2000), mug), func(_ *CostBook, s *data.Sale) {
			s.Own = map[data.Cost]data.Money{data.CostGoods: usd(100), data.CostPostage: usd(0), data.CostFees: usd(1)}
		}, 2000 - 100 - 1, true},
		{"a part refund", sale("2026-10-31", usd(2000), mug), func(_ *CostBook, s *data.Sale) { s.Refunded = usd(500) }, 500, true},
		{"all refunded: 8 % of 20.00 come back", sale("2026-10-31", usd(2000), mug), func(_ *CostBook, s *data.Sale) { s.Refunded = usd(2000) }, -600 - 200 - 200 + 160, true},
		{"nobody told what was paid", sale("2026-10-31", data.Money{}, mug), nil, -600 - 200, false},
		{"a shop without figures", sale("2026-10-31", usd(2000), mug), func(_ *CostBook, s *data.Sale) { s.ShopID = 2 }, 1400, false},
	} {
		book := costs()
		if c.edit != nil {
			c.edit(book, c.sale)
		}
		m := book.Of(c.sale)
		if m.Sum != usd(c.want) || m.Whole != c.whole {
			t.Errorf("%s: %v, whole %v; want %v, %v: %+v", c.name, m.Sum, m.Whole, usd(c.want), c.whole, m.Lines)
		}
		for _, l := range m.Lines {
			if l.Why.IsZero() {
				t.Errorf("%s: a line says not what it stands on: %+v", c.name, l)
			}
		}
	}
}

// sold is a report of three whole sales in two months and two that lack something.
func sold(t *testing.T) *Report {
	t.Helper()
	in := given()
	in.Margins = &Margins{Book: costs(), Shops: in.Shops}
	mug := func(n int64) data.Item { return data.Item{SKU: "MUG", Title: "Mug", Quantity: n} }
	lamp := data.Item{SKU: "LAMP", Title: "Lamp", Quantity: 1}
	eur := sale("2026-11-02", eur(1000), mug(1)) // 11.00; 3.50; 2.00; fees 1.00 EUR are 1.10
	eur.Number = "2-1"
	for _, s := range []*data.Sale{
		sale("2026-10-31", usd(2000), mug(2)), eur, sale("2026-11-03", usd(4000), mug(1), lamp),
		{OrderID: 4, ShopID: 1, Number: "4-1", Day: "2026-11-04", Month: "2026-11", Total: usd(900), Items: []data.Item{{SKU: "BOX", Title: "=Box", Quantity: 1}}},
		{OrderID: 5, ShopID: 1, Number: "5-1", Day: "2026-11-05", Month: "2026-11", Total: data.Money{Minor: 9, Currency: "GBP"}, Items: []data.Item{mug(1)}},
	} {
		in.Margins.Add(s)
	}
	return made(t, in, KindMargin)
}

func TestMarginsAreAddedByShopProductAndMonth(t *testing.T) {
	r := sold(t)
	// October: 20.00 - 6.00 - 2.00 - 2.00 = 10.00. November: 11.00 + 40.00, less 3.50 + 3.50 + 7.00, 4.00, 1.10 + 4.00.
	for _, c := range []struct {
		table, key string
		want       []int64 // orders, sales, refunded, goods, postage, fees, margin
		unknown    int64
	}{
		{"margin.month", "2026-10", []int64{1, 2000, 0, 600, 200, 200, 1000}, 0},
		{"margin.month", "2026-11", []int64{2, 5100, 0, 1400, 400, 510, 2790}, 2},
		{"margin.shop", "ebay/Lark", []int64{3, 7100, 0, 2000, 600, 710, 3790}, 2},
		{"margin.product", "MUG", []int64{2, 3100, 0, 950, 400, 310, 1440}, 1},
		{"margin.product", data.Several, []int64{1, 4000, 0, 1050, 200, 400, 2350}, 0},
		{"margin.product", "BOX", []int64{0, 0, 0, 0, 0, 0, 0}, 1},
	} {
		got := row(t, r, c.table, c.key)
		for i, want := range c.want {
			if got.Cells[1+i].N != want {
				t.Errorf("%s %s: %s is %d, want %d", c.table, c.key, r.Table(c.table).Columns[1+i].ID, got.Cells[1+i].N, want)
			}
		}
		if got.Cells[9].N != c.unknown {
			t.Errorf("%s %s: %d not known, want %d", c.table, c.key, got.Cells[9].N, c.unknown)
		}
	}
	month := r.Table("margin.month")
	if got := month.Value(month.Total, 8); math.Abs(got-3790.0/7100) > 1e-12 {
		t.Errorf("the margin of all is %v of sales", got)
	}
	if got := month.Value(row(t, r, "margin.product", "BOX"), 8); !math.IsNaN(got) {
		t.Errorf("of no sales the margin is %v", got)
	}
	lacking := r.Table("margin.unknown")
	said := map[string]string{}
	for i := range lacking.Rows {
		said[r.Show(English{}, lacking, &lacking.Rows[i], 2)] = r.Show(English{}, lacking, &lacking.Rows[i], 4)
	}
	if said["the cost of =Box is not known"] != "4-1" || said["no rate from GBP into USD is entered for these days"] != "5-1" {
		t.Errorf("lacking: %v", said)
	}
}

func TestTheWorkbookComputesMarginsAnew(t *testing.T) {
	r := sold(t)
	f, err := excelize.OpenReader(bytes.NewReader(written(t, r, ".xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	formulas := 0
	for i := range r.Tables {
		table := &r.Tables[i]
		rows := table.Rows
		if table.Total != nil {
			rows = append(rows[:len(rows):len(rows)], *table.Total)
		}
		for n := range rows {
			for k, c := range table.Columns {
				if c.Unit != Money && c.Unit != Ratio {
					continue
				}
				want := table.Value(&rows[n], k)
				if c.Unit == Money {
					want /= 100
				}
				cell := at2(1+k, firstRow+n)
				formula, err := f.GetCellFormula(table.Title.String(), cell)
				if err != nil {
					t.Fatal(err)
				}
				if formula == "" {
					continue
				}
				formulas++
				computed, err := f.CalcCellValue(table.Title.String(), cell, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatalf("%s!%s =%s: %v", table.Title, cell, formula, err)
				}
				same(t, table.Title.String(), cell+" ="+formula, computed, want)
			}
		}
	}
	if formulas < 40 {
		t.Errorf("the workbook has %d formulas alone", formulas)
	}
	for _, ending := range []string{".csv", ".pdf"} {
		if len(written(t, r, ending)) == 0 {
			t.Errorf("%s is empty", ending)
		}
	}
}

func TestWithoutAnyCostTheSalesAreCountedAlone(t *testing.T) {
	in := given()
	in.Margins = &Margins{Book: &CostBook{}, Uncounted: 7}
	r := made(t, in, KindMargin)
	if note := r.Table("margin.month").Notes; len(note) != 1 || note[0].Args["n"] != "7" {
		t.Errorf("the note is %v", note)
	}
}
