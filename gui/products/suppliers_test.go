package products

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// A supplier is written down, its claim is proposed and drafted in each language, and
// becomes a task.
func TestAClaimOnASupplierBecomesATask(t *testing.T) {
	b, d := guitest.Real(t)
	defer words.Set(words.English)
	file := filepath.Join(t.TempDir(), "orders.csv")
	if err := os.WriteFile(file, []byte("Number,Date,Item,SKU\n1-1,2026-11-10 10:00,Lamp,LAMP-1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	shops, err := d.Shops(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	request := desk.ImportRequest{Path: file, Shop: shops[0]}
	request.Custom, err = d.MappingPreset(t.Context(), "own", request, map[string]string{"Number": "number", "Date": "ordered_at", "Item": "item_title", "SKU": "item_sku"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Import(t.Context(), request, nil); err != nil {
		t.Fatal(err)
	}
	ids, err := d.OrdersByNumber(t.Context(), "1-1")
	if err != nil || len(ids) != 1 {
		t.Fatalf("%v, %v", ids, err)
	}
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: ids[0], Reason: data.ReasonQuality, OpenedAt: time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.PutProduct(t.Context(), data.Product{SKU: "LAMP-1", Title: "Lamp", Supplier: "Bright Works"}); err != nil {
		t.Fatal(err)
	}
	supplier, err := d.SupplierNamed(t.Context(), "Bright Works")
	if err != nil {
		t.Fatal(err)
	}
	supplier.Warranty = 3000
	if _, err := d.PutSupplier(t.Context(), supplier); err != nil {
		t.Fatal(err)
	}
	r := New(b.Env, d)
	for _, language := range words.Languages() {
		words.Set(language)
		r.Suppliers()
		b.Shows(t, "Bright Works", words.N("suppliers.days", 3000))
		r.supplierForm(supplier)
		b.Shows(t, words.T("suppliers.warranty.hint"))
		b.NoRawKeys(t)
		for b.UI.Escape() {
			continue
		}
	}
	words.Set(words.English)
	r.Claims(0)
	b.Press(t, words.T("suppliers.claims.write"))
	b.Press(t, words.T("suppliers.claim.do"))
	claims, err := d.SupplierClaims(t.Context(), dispute.OrderID)
	if err != nil || len(claims) != 1 || claims[0].Task == nil || claims[0].Task.Note == "" {
		t.Fatalf("%+v, %v", claims, err)
	}
	if _, err := d.PutRuling(t.Context(), dispute.ID, data.Ruling{Cause: "carrier"}); err != nil {
		t.Fatal(err)
	}
	if claims, err = d.SupplierClaims(t.Context(), 0); err != nil || len(claims) != 0 {
		t.Errorf("of another cause: %+v, %v", claims, err)
	}
}
