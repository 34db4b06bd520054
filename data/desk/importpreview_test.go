package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// TestPreviewTellsFirstRowsAtOnce reads a file of many orders and writes into the
// desk from within the preview, which holds no lock.
func TestPreviewTellsFirstRowsAtOnce(t *testing.T) {
	d := open(t)
	var rows strings.Builder
	rows.WriteString(shopify)
	for i := range 3000 {
		rows.WriteString(shopifyRow(fmt.Sprintf("#%d", 5000+i), "Chloe"))
	}
	r := desk.ImportRequest{Path: write(t, "orders_export.csv", rows.String()), Shop: data.Shop{Name: "Lantern"}}
	seen := 0
	preview, err := d.WatchPreview(t.Context(), r, nil, func(p desk.ImportPreview) {
		if seen++; seen > 1 {
			return
		}
		if !p.Partial || len(p.Orders) != 10 || p.Orders[9].Number != "#5009" || p.Preset != "shopify-orders" || p.Counts.Added != 0 {
			t.Errorf("the first look is %d orders, %+v", len(p.Orders), p.Counts)
		}
		if err := d.PutSetting(t.Context(), "test.while", true); err != nil {
			t.Errorf("nobody can write while a file is looked at: %v", err)
		}
	})
	if err != nil || preview.Partial || preview.Counts.Added != 3000 || len(preview.Orders) != 10 || seen == 0 {
		t.Errorf("told %d times; in the end %+v, %v", seen, preview.Counts, err)
	}
}

// TestPreviewSaysWhatTheImportDoes compares both on files that tell of orders that
// are new, known, changed, and told twice.
func TestPreviewSaysWhatTheImportDoes(t *testing.T) {
	d := open(t)
	shop := data.Shop{Name: "Lantern"}
	first := shopify + shopifyRow("#1", "Chloe") + shopifyRow("#2", "Ann") + shopifyRow("#3", "Bob")
	for _, c := range []struct{ name, text string }{
		{"new", first},
		{"the same", first},
		{"one more", first + shopifyRow("#4", "Dan")},
		{"a change", strings.Replace(first, "Chloe", "Cleo", 1)},
	} {
		name, text := c.name, c.text
		r := desk.ImportRequest{Path: write(t, "orders_export.csv", text), Shop: shop}
		preview, err := d.PreviewImport(t.Context(), r, nil)
		if err != nil {
			t.Fatal(err)
		}
		report, err := d.Import(t.Context(), r, nil)
		if err != nil {
			t.Fatal(err)
		}
		if preview.Counts != report.Counts {
			t.Errorf("%s: the preview says %+v, the import %+v", name, preview.Counts, report.Counts)
		}
	}
}
