package gui

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
)

func TestDisputesAreImportedFromATable(t *testing.T) {
	a, _ := caseDesk(t)
	shops, err := a.desk.Shops(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	a.shops = shops
	file := filepath.Join(t.TempDir(), "own.csv")
	text := "订单号,纠纷编号,纠纷原因,开启时间,截止时间,状态,纠纷金额,币种\n" +
		"12-10001-20002,K1,货不对板,2026-11-15 18:30,2026-11-25,等待卖家处理,12.50,USD\n" +
		"12-99999-99999,K2,未收到货,2026-11-15 18:30,,等待卖家处理,10,USD\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	a.importFiles("disputes", []string{file})
	shown := onWindow(a)
	for _, want := range []string{"K1", "USD 12.50", "12-99999-99999"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the sheet does not show %q:\n%s", want, shown)
		}
	}
	if key := ownKeys.FindString(shown); key != "" || strings.Contains(shown, "import.col.") {
		t.Errorf("an untranslated key is on the screen: %s", key)
	}
	a.ui.Save()
	orders, err := a.desk.OrderFirst(context.Background(), data.OrderQuery{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	order, err := a.desk.Order(context.Background(), orders[0].ID)
	if err != nil || !slices.ContainsFunc(order.Disputes, func(d data.DisputeRow) bool { return d.CaseNumber == "K1" }) {
		t.Errorf("the dispute was not imported: %+v, %v\n%s", order.Disputes, err, onWindow(a))
	}
}
