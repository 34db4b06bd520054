package carriers

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// TestWhatCarriersDid: an empty desk says what to do; days stand where enough
// parcels tell them.
func TestWhatCarriersDid(t *testing.T) {
	b, d := guitest.Real(t)
	Open(b.Env, d)
	b.Shows(t, words.T("carriers.empty"))
	b.UI.Escape()
	var orders []string
	var table strings.Builder
	table.WriteString("Tracking Number,Order Number,Carrier,Shipped,Delivered\n")
	for i := range 12 {
		orders = append(orders, fmt.Sprintf("1-%d,2026-10-01 10:00,ann,45.99,USD", i))
		fmt.Fprintf(&table, "UR%d,1-%d,Yanwen,2026-10-02,2026-10-%d\n", i, i, 10+i)
	}
	fmt.Fprintf(&table, "AB1,1-1,Snail Mail,2026-10-02,2026-10-05\n")
	guitest.Orders(t, d, orders...)
	file := filepath.Join(t.TempDir(), "table.csv")
	if err := os.WriteFile(file, []byte(table.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Import(t.Context(), desk.ImportRequest{Path: file, Target: "shipments"}, nil); err != nil {
		t.Fatal(err)
	}
	Open(b.Env, d)
	// They took 8 to 19 days: half of twelve within 13, nine of ten, which are eleven, within 18.
	b.Shows(t, "Yanwen", words.N("carriers.days", 13), words.N("carriers.days", 18), "Snail Mail", words.T("carriers.few"))
}
