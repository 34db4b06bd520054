package desk_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

const listings = "Handle,Title,Body (HTML),Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Image Src\n" +
	"lamp,Lamp,<p>Bright.</p>,Example Works,Light,Color,Red,LAMP-9,https://cdn.example.test/1.jpg\n" +
	"lamp,,,,,,Blue,LAMP-10,https://cdn.example.test/2.jpg\n" +
	"mug,Mug,A mug,,,Title,Default Title,MUG,\n"

// A file of listings makes products: the rows of one are its variants, what a person
// wrote stays, the same file again changes nothing, and one step takes it back.
func TestImportProducts(t *testing.T) {
	ctx := t.Context()
	d, dispute := soldCase(t)
	shops, err := d.Shops(ctx)
	must(t, err)
	own, err := d.PutProduct(ctx, data.Product{SKU: "MUG", Title: "Our mug", Class: "household", Listing: data.Listing{Returns: "30 days"}})
	must(t, err)
	request := desk.ImportRequest{Path: write(t, "products.csv", listings), Target: "products", Shop: data.Shop{ID: shops[0].ID}}
	preview, err := d.WatchPreview(ctx, request, nil, nil)
	must(t, err)
	if preview.Preset != "shopify-products" || preview.Counts.Added != 1 || preview.Counts.Updated != 1 || len(preview.Products) != 2 {
		t.Fatalf("preview: %s %+v %d", preview.Preset, preview.Counts, len(preview.Products))
	}
	report, err := d.Import(ctx, request, nil)
	must(t, err)
	if report.Counts.Added != 1 || report.Counts.Updated != 1 || report.Counts.Rejected != 0 {
		t.Fatalf("%+v", report.Counts)
	}
	// By the SKU of a variant too, from the order that holds it.
	lamp, err := d.FindProduct(ctx, "LAMP-10")
	must(t, err)
	of, err := d.ProductsOfOrder(ctx, dispute.OrderID)
	must(t, err)
	if len(of) != 1 || of[0].ID != lamp.ID {
		t.Errorf("products of the order: %+v", of)
	}
	if want := []data.ProductSKU{{SKU: "LAMP-9", Name: "Red"}, {SKU: "LAMP-10", Name: "Blue"}}; !slices.Equal(lamp.Variants, want) || lamp.Listing.Description != "Bright." || lamp.Listing.Pictures != 2 || lamp.Extra["Type"] != "Light" || lamp.Extra["Vendor"] != "Example Works" || lamp.ShopID != shops[0].ID {
		t.Errorf("the lamp: %+v", lamp)
	}
	mug, err := d.FindProduct(ctx, "MUG")
	must(t, err)
	if mug.ID != own.ID || mug.Title != "Our mug" || mug.Listing.Title != "Mug" || mug.Listing.Returns != "30 days" || mug.Class != "household" || mug.ShopID != 0 || mug.Variants != nil {
		t.Errorf("the mug: %+v", mug)
	}
	again, err := d.Import(ctx, request, nil)
	must(t, err)
	if again.Counts.Added+again.Counts.Updated != 0 || again.Counts.Unchanged != 2 {
		t.Errorf("the same file again: %+v", again.Counts)
	}
	list, err := d.Products(ctx)
	must(t, err)
	if list.Sold != 1 || list.Described != 1 || len(list.Rows) != 2 || list.Rows[0].ID != lamp.ID || list.Rows[0].Orders != 1 {
		t.Errorf("sold %d, described %d: %+v", list.Sold, list.Described, list.Rows)
	}
	action, err := d.Undo(ctx)
	must(t, err)
	if _, err := d.FindProduct(ctx, "LAMP-9"); action != "products.import" || !errors.Is(err, data.ErrNotFound) {
		t.Errorf("undone (%s), the lamp: %v", action, err)
	}
	if mug, err = d.FindProduct(ctx, "MUG"); err != nil || mug.Listing.Title != "" {
		t.Errorf("undone, the mug: %+v, %v", mug, err)
	}
	_, err = d.Redo(ctx)
	must(t, err)
	if back, err := d.FindProduct(ctx, "LAMP-10"); err != nil || back.ID != lamp.ID {
		t.Errorf("done again, the lamp: %+v, %v", back, err)
	}
}

// Two listings of one SKU are told, and the first is taken; so are rows of a table
// that names no product.
func TestImportProductsThatCannotBeTaken(t *testing.T) {
	ctx := t.Context()
	d, _ := soldCase(t)
	shops, err := d.Shops(ctx)
	must(t, err)
	request := desk.ImportRequest{
		Path:   write(t, "p.csv", "SKU,Title,Colour\nA,Cap,red\nA,Another cap,blue\n,,green\n"),
		Target: "products", Shop: data.Shop{ID: shops[0].ID},
	}
	report, err := d.Import(ctx, request, nil)
	must(t, err)
	var rules []string
	for _, r := range report.Rejected {
		rules = append(rules, r.At("row").ID+" "+r.Rule)
	}
	slices.Sort(rules)
	if !slices.Equal(rules, []string{"3 import_product_again", "4 import_no_product"}) || report.Counts.Added != 1 {
		t.Errorf("%v %+v", rules, report.Counts)
	}
}

// The list of products counts an order once, however many variants it holds.
func TestAnOrderOfTwoVariantsIsOneOrder(t *testing.T) {
	ctx := t.Context()
	d := open(t)
	r := desk.ImportRequest{
		Path: write(t, "orders.csv", "Number;Item;Article;At\n1;Lamp;A;2026-10-20 08:00\n1;Lamp;B;2026-10-20 08:00\n2;Lamp;B;2026-10-21 08:00\n"),
		Shop: data.Shop{Platform: data.AliExpress, Name: "Lantern", Zone: "UTC", Currency: "USD"},
	}
	var err error
	r.Custom, err = d.MappingPreset(ctx, "plain", r, map[string]string{"Number": "number", "Item": "item_title", "Article": "item_sku", "At": "ordered_at"})
	must(t, err)
	_, err = d.Import(ctx, r, nil)
	must(t, err)
	_, err = d.PutProduct(ctx, data.Product{SKU: "A", Title: "Lamp", Variants: []data.ProductSKU{{SKU: "A"}, {SKU: "B"}}})
	must(t, err)
	list, err := d.Products(ctx)
	must(t, err)
	if len(list.Rows) != 1 || list.Rows[0].Orders != 2 || !list.Rows[0].LastSold.Equal(time.Date(2026, 10, 21, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", list.Rows)
	}
}
