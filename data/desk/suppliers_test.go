package desk_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/report"
)

// The order of 20 October was put down to faulty goods; the supplier's 60 days run to 19
// December. A claim is proposed, becomes one task, and is counted among the lessons.
func TestFaultyGoodsAreClaimedOnTheirSupplier(t *testing.T) {
	ctx := t.Context()
	d, dispute := soldCase(t)
	p, err := d.PutProduct(ctx, data.Product{SKU: "LAMP-9", Title: "Lamp", Supplier: "Bright Works"})
	must(t, err)
	supplier, err := d.SupplierNamed(ctx, "bright works") // made by the product that names it
	must(t, err)
	claims := func() []data.SupplierClaim {
		t.Helper()
		list, err := d.SupplierClaims(ctx, 0)
		must(t, err)
		return list
	}
	if supplier.Products != 1 || len(claims()) != 0 {
		t.Fatalf("%+v, %v", supplier, claims())
	}
	supplier.Warranty, supplier.Defects = 60, data.SupplierPays
	supplier, err = d.PutSupplier(ctx, supplier)
	must(t, err)
	if list := claims(); len(list) != 0 { // a parcel that did not arrive is no fault of the goods
		t.Fatalf("claimed: %+v", list)
	}
	_, err = d.PutRuling(ctx, dispute.ID, data.Ruling{Cause: "product"})
	must(t, err)
	list := claims()
	if len(list) != 1 || list[0].Until.String() != "2026-12-19" || list[0].Number != "812345" || list[0].Task != nil {
		t.Fatalf("claims: %+v", list)
	}
	text, err := d.ClaimText(ctx, &list[0], "en")
	must(t, err)
	if !strings.Contains(text, "Lamp (LAMP-9)") || !strings.Contains(text, "faulty quality") || !strings.Contains(text, "credit") {
		t.Errorf("the letter: %s", text)
	}
	task, err := d.TakeOnClaim(ctx, list[0].OrderID, list[0].Key, "Claim on Bright Works", text)
	must(t, err)
	again, err := d.TakeOnClaim(ctx, list[0].OrderID, list[0].Key, "Claim on Bright Works", text)
	must(t, err)
	if again.UID != task.UID || task.Due.Before(clock.Add(6*24*time.Hour)) || task.Due.After(clock.Add(9*24*time.Hour)) {
		t.Errorf("tasks %+v and %+v", task, again)
	}
	if list = claims(); list[0].Task == nil {
		t.Errorf("the claim knows not its task")
	}
	lessons := reported(t, d, report.KindLessons).Table("lessons.supplier")
	if last := len(lessons.Columns) - 1; lessons.Columns[last].ID != "claimable" || lessons.Rows[0].Cells[last].N != 1 || lessons.Total.Cells[last].N != 1 {
		t.Errorf("lessons: %+v", lessons.Rows)
	}
	// After the warranty, where the shop pays, or without the supplier there is none.
	for _, edit := range []func(*data.Supplier){
		func(s *data.Supplier) { s.Warranty = 30 },
		func(s *data.Supplier) { s.Warranty = 0 },
		func(s *data.Supplier) { s.Defects = data.ShopPays },
	} {
		changed := supplier
		edit(&changed)
		_, err = d.PutSupplier(ctx, changed)
		must(t, err)
		if list := claims(); len(list) != 0 {
			t.Errorf("with %+v: %+v", changed, list)
		}
		_, err = d.Undo(ctx)
		must(t, err)
	}
	must(t, d.BinSupplier(ctx, supplier.ID))
	if list := claims(); len(list) != 0 {
		t.Errorf("of a supplier in the bin: %+v", list)
	}
	_, err = d.Undo(ctx)
	must(t, err)
	if len(claims()) != 1 {
		t.Error("out of the bin there is no claim")
	}
	// A new name is the product's too; taking it back is as well.
	supplier.Name = "Brighter Works"
	_, err = d.PutSupplier(ctx, supplier)
	must(t, err)
	if v, err := d.Product(ctx, p.ID); err != nil || v.Product.Supplier != "Brighter Works" {
		t.Errorf("the product's supplier: %+v, %v", v.Product.Supplier, err)
	}
	for _, wrong := range []data.Supplier{{}, {Name: "A", Warranty: -1}, {Name: "A", Defects: "nobody"}} {
		if _, err := d.PutSupplier(ctx, wrong); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	if _, err := d.PutSupplier(ctx, data.Supplier{Name: "BRIGHTER works"}); !errors.Is(err, data.ErrConflict) {
		t.Errorf("the same name twice: %v", err)
	}
	if _, err := d.TakeOnClaim(ctx, list[0].OrderID, "none", "x", ""); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a claim that is none: %v", err)
	}
}

// A product that names a supplier which is not there adds it, and one undo takes both
// back; who is there, in whatever case, is not added again.
func TestANewSupplierGoesBackWithTheProductThatNamedIt(t *testing.T) {
	ctx := t.Context()
	d, _ := soldCase(t)
	p, err := d.PutProduct(ctx, data.Product{SKU: "LAMP-9", Title: "Lamp", Supplier: "Bright Works"})
	must(t, err)
	holds := func(when, of string, names ...string) {
		t.Helper()
		list, err := d.SupplierList(ctx)
		must(t, err)
		var got []string
		for _, s := range list {
			got = append(got, s.Name)
		}
		if !slices.Equal(got, names) {
			t.Errorf("%s: suppliers %q, want %q", when, got, names)
		}
		if v, err := d.Product(ctx, p.ID); err != nil || v.Product.Supplier != of {
			t.Errorf("%s: the product is of %q, want %q (%v)", when, v.Product.Supplier, of, err)
		}
	}
	turn := func(do func(context.Context) (string, error), want string) {
		t.Helper()
		if action, err := do(ctx); err != nil || action != want {
			t.Fatalf("%q, %v; want %q", action, err, want)
		}
	}
	p.Supplier = "Brihgt Works"
	p, err = d.PutProduct(ctx, p)
	must(t, err)
	holds("mistyped", "Brihgt Works", "Bright Works", "Brihgt Works")
	turn(d.Undo, "product.edit")
	holds("undone", "Bright Works", "Bright Works")
	turn(d.Redo, "product.edit")
	holds("done again", "Brihgt Works", "Bright Works", "Brihgt Works")
	turn(d.Undo, "product.edit")
	p.Supplier = "BRIGHT works"
	p, err = d.PutProduct(ctx, p)
	must(t, err)
	holds("in another case", "Bright Works", "Bright Works")
	turn(d.Undo, "product.edit")
	turn(d.Undo, "product.add")
	if list, err := d.SupplierList(ctx); err != nil || len(list) != 0 {
		t.Errorf("the product is gone, and its supplier stays: %+v, %v", list, err)
	}
}
