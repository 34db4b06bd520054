package account

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// TestANumberWithItsRows: an eBay shop of five sales, one of which eBay closed for the
// buyer, stands at 20 %; the page lists that one, opens it, and says what an appeal
// that is won would do.
func TestANumberWithItsRows(t *testing.T) {
	b, d := guitest.Real(t)
	orders := guitest.Orders(t, d, "1-1,2026-09-01 10:00,ann,45.99,USD", "1-2,2026-09-02 10:00,ben,45.99,USD", "1-3,2026-09-03 10:00,cid,45.99,USD",
		"1-4,2026-09-04 10:00,dan,45.99,USD", "1-5,2026-09-05 10:00,eve,45.99,USD")
	opened := time.Date(2026, 9, 20, 18, 0, 0, 0, time.UTC)
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: orders[2].ID, Reason: data.ReasonNotReceived, OpenedAt: opened})
	if err != nil {
		t.Fatal(err)
	}
	for i, kind := range []data.EventKind{data.EventEscalated, data.EventRuled} {
		if _, err := d.AppendEvent(t.Context(), dispute.ID, desk.NewEvent{CaseEvent: data.CaseEvent{Kind: kind, Actor: data.ActorPlatform, At: opened.AddDate(0, 0, 5+i)}}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.PutRuling(t.Context(), dispute.ID, data.Ruling{Outcome: "lost", Liable: "seller"}); err != nil {
		t.Fatal(err)
	}
	tab := New(b.Env, d)
	b.Show(tab)
	b.Shows(t, "Transaction defect rate", "20.00 %", "1 of 5")
	tab.table.Select(1)
	l := tab.page.lists[0]
	rows, err := l.source().Rows(t.Context(), []int32{1})
	if err != nil || len(l.counted) != 1 || rows[0].name != orders[2].Number {
		t.Fatal(err, l.counted, rows)
	}
	var at route.Route
	b.Open = func(r route.Route) { at = r }
	l.open(rows[0])
	if at != (route.Order{ID: orders[2].ID}) {
		t.Errorf("%#v", at)
	}
	l.won(orders[2].ID)
	b.Shows(t, "0 of 5")
	// Up to four buyers with a defect are forgiven: there is nothing to warn of.
	b.Shows(t, "Above Standard")
	if list, err := d.HealthWarnings(t.Context(), 0); err != nil || len(list) != 0 {
		t.Error(err, list)
	}
}

// TestAShopWithoutOrders: a shop without orders has numbers without a value.
func TestAShopWithoutOrders(t *testing.T) {
	b, d := guitest.Real(t)
	tab := New(b.Env, d)
	b.Show(tab)
	b.Shows(t, "Transaction defect rate", words.T("account.na"))
	b.NoRawKeys(t)
}
