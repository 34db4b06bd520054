package orders

import (
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// The pane says what is lacking of a margin; what is typed for the order makes it whole,
// and undo takes it back.
func TestThePaneTellsTheMargin(t *testing.T) {
	b, d := guitest.Real(t)
	guitest.Orders(t, d, "1-1,2026-11-02 10:00,ann,50.00,USD")
	ids, err := d.OrdersByNumber(t.Context(), "1-1")
	if err != nil {
		t.Fatal(err)
	}
	o := New(b.Env, d)
	b.Show(o)
	pane := o.detail
	pane.Show(ids[0])
	if pane.margin.Whole || !strings.Contains(marginWords(&pane.margin), "Goods, Postage") {
		t.Fatalf("with nothing known: %q", marginWords(&pane.margin))
	}
	pane.marginSheet()
	b.Shows(t, "Of what is known")
	var fields []*kit.Entry
	for _, e := range guitest.Find[*kit.Entry](b) {
		if e.PlaceHolder == words.T("order.margin.as_known") {
			fields = append(fields, e)
		}
	}
	if len(fields) != 3 {
		t.Fatalf("%d fields", len(fields))
	}
	for i, text := range []string{"20", "4.50", "10 %"} {
		fields[i].SetText(text)
	}
	b.Press(t, "Save")
	pane.Show(ids[0])
	if got := marginWords(&pane.margin); !strings.Contains(got, "20.50") || !strings.Contains(got, "41.0 %") {
		t.Errorf("the margin is %q", got)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if m, err := d.OrderMargin(t.Context(), ids[0]); err != nil || m.Whole || m.Sale.Own[data.CostGoods] != (data.Money{}) {
		t.Errorf("after undo: %+v, %v", m, err)
	}
}
