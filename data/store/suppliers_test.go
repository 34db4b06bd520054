package store

import (
	"path/filepath"
	"testing"
)

// The suppliers that products of an older desk name become records, one for each name in
// whatever case, and the products keep them.
func TestSuppliersOfAnOlderDeskBecomeRecords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	all, err := embeddedMigrations()
	if err != nil {
		t.Fatal(err)
	}
	o := testOptions()
	o.migrations = all[:14]
	s := openAt(t, path, o)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	shell(t, path, "INSERT INTO product (uid, sku, title, supplier, updated_at) VALUES ('a', 'A', 'Cup', 'Bright Works', 5), ('b', 'B', 'Mug', 'bright works', 7), "+
		"('c', 'C', 'Pot', 'Other', 1), ('d', 'D', 'Pan', '', 1)")
	s = openAt(t, path, testOptions())
	list, err := s.SupplierList(t.Context())
	if err != nil || len(list) != 2 || list[0].Name != "Bright Works" || list[0].Products != 2 || len(list[0].UID) != 36 || list[1].Name != "Other" {
		t.Fatalf("%+v, %v", list, err)
	}
	for uid, want := range map[string]string{"a": "Bright Works", "b": "Bright Works", "c": "Other", "d": ""} {
		p, err := s.ProductByUID(t.Context(), uid)
		if err != nil || p.Supplier != want || (p.SupplierID != 0) != (want != "") {
			t.Errorf("%s: %q, %d, %v", uid, p.Supplier, p.SupplierID, err)
		}
	}
	of, err := s.SupplierOfArticle(t.Context())
	if err != nil || len(of) != 3 || of["A"] != of["B"] {
		t.Errorf("by article: %v, %v", of, err)
	}
}
