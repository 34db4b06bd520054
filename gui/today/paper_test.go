package today

import (
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// The task that reminds of a product's paper leads to the product.
func TestATaskOfAPaperLeadsToItsProduct(t *testing.T) {
	b, d := guitest.Real(t)
	ctx := t.Context()
	p, err := d.PutProduct(ctx, data.Product{SKU: "LAMP-1", Title: "Lamp"})
	if err != nil {
		t.Fatal(err)
	}
	ends := data.Day{Year: 2026, Month: 12, Day: 1}.End(data.Shop{}.Location())
	if _, err := d.AddPaper(ctx, p.ID, desk.PaperFile{
		EvidenceFile: desk.EvidenceFile{Name: "ce.txt", Bytes: []byte("declaration")}, Paper: data.PaperCE, Expires: ends, Task: "CE of Lamp ends",
	}); err != nil {
		t.Fatal(err)
	}
	var opened []route.Route
	b.Env.Open = func(r route.Route) { opened = append(opened, r) }
	s := New(b.Env, d)
	b.Show(s)
	s.table.Select(todayID(data.TodayTask, onlyTask(t, d, false).ID))
	b.Press(t, words.T("row.open"))
	if len(opened) != 1 || opened[0] != (route.Products{Product: p.ID}) {
		t.Errorf("it leads to %+v", opened)
	}
}
