package report

import (
	"cmp"
	"slices"
	"testing"

	"casebinder/data"
)

// Where a table has a figure, its chart has one too, in the window and in each file.
func TestAChartShowsWhatItsTableHas(t *testing.T) {
	few, some := given(), given()
	for range 9 {
		some.Cases = append(some.Cases, some.Cases[1])
	}
	drawn := 0
	for name, r := range map[string]*Report{"few": made(t, few), "some": made(t, some), "sold": sold(t)} {
		for i := range r.Tables {
			table := &r.Tables[i]
			filled := false
			for k, c := range table.Columns {
				filled = filled || c.Unit != Words && table.tells(k)
			}
			if len(table.Drawn) == 0 || !filled {
				continue
			}
			drawn++
			if !slices.ContainsFunc(table.Drawn, table.tells) {
				t.Errorf("%s, %s: columns %v have nothing to draw", name, table.ID, table.Drawn)
			}
		}
	}
	if drawn < 20 {
		t.Errorf("%d charts were looked at", drawn)
	}
	// One won, one shared, one lost: too few for a rate, so the line shows how many.
	wins := made(t, few, KindWins).Table("wins.month")
	if !slices.Equal(wins.Drawn, []int{1, 2, 3}) {
		t.Errorf("the months of outcomes draw the columns %v", wins.Drawn)
	}
	// Ten won: the rate is told, and drawn.
	if reason := made(t, some, KindWins).Table("wins.reason"); !slices.Equal(reason.Drawn, []int{8}) || reason.FirstDrawn() != 0 {
		t.Errorf("the reasons draw %v", reason.Drawn)
	}
}

// Three posters of one title and two shops of one name are told apart in each table.
func TestRowsOfOneNameAreToldApart(t *testing.T) {
	in := given()
	in.Shops[2] = data.Shop{ID: 2, Platform: "etsy", Name: "Lark", Zone: "Asia/Shanghai"}
	in.Margins = &Margins{Book: costs(), Shops: in.Shops}
	for i, sku := range []string{"P-A2", "P-A3", "", "MUG"} {
		title := "Poster"
		if sku == "MUG" {
			title = "Mug"
		}
		s := sale("2026-11-03", usd(4000), data.Item{SKU: sku, Title: title, Quantity: 1})
		s.OrderID, s.ShopID = int64(10+i), int64(1+i%2)
		in.Margins.Add(s)
		in.Cases = append(in.Cases, data.ReportCase{
			Kind: data.CaseDispute, ID: int64(50 + i), OrderID: int64(10 + i), ShopID: s.ShopID, Reason: "damaged", At: at("2026-11-03T00:00:00Z"), Open: true, Amount: usd(100),
			Product: cmp.Or(sku, title), Title: title,
		})
	}
	r := made(t, in)
	for table, want := range map[string][]string{
		"margin.product": {"Mug", "Poster", "Poster (P-A2)", "Poster (P-A3)"}, "lessons.product": {"", data.Several, "CUP", "Mug", "Poster", "Poster (P-A2)", "Poster (P-A3)"},
		"margin.shop": {"Lark (Etsy)", "Lark (eBay)"}, "money.shop": {"Lark (Etsy)", "Lark (eBay)"},
	} {
		var got []string
		for _, row := range r.Table(table).Rows {
			got = append(got, row.Cells[0].Label.Value)
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s has %q, not %q", table, got, want)
		}
	}
}
