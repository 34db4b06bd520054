package imports

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/gui/guitest"
)

func TestDisputesAreImportedFromATable(t *testing.T) {
	b, d, _ := guitest.RealCase(t)
	file := filepath.Join(t.TempDir(), "own.csv")
	text := "订单号,纠纷编号,纠纷原因,开启时间,截止时间,状态,纠纷金额,币种\n" +
		"12-10001-20002,K1,货不对板,2026-11-15 18:30,2026-11-25,等待卖家处理,12.50,USD\n" +
		"12-99999-99999,K2,未收到货,2026-11-15 18:30,,等待卖家处理,10,USD\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	New(b.Env, d).Files("disputes", []string{file})
	shown := strings.Join(b.Texts(), "\n")
	for _, want := range []string{"K1", "USD 12.50", "12-99999-99999"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the sheet does not show %q:\n%s", want, shown)
		}
	}
	b.NoKeysOf(t, "import", "notice", "do", "problem")
	b.UI.Save()
	orders, err := d.OrderFirst(context.Background(), data.OrderQuery{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	order, err := d.Order(context.Background(), orders[0].ID)
	if err != nil || !slices.ContainsFunc(order.Disputes, func(d data.DisputeRow) bool { return d.CaseNumber == "K1" }) {
		t.Errorf("the dispute was not imported: %+v, %v\n%s", order.Disputes, err, strings.Join(b.Texts(), "\n"))
	}
}
