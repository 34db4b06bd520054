package desk_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"slices"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// shot makes a picture that differs by its shade.
func shot(t *testing.T, shade uint8) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 8, 8))
	for i := range img.Pix {
		img.Pix[i] = color.Gray{Y: shade}.Y
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func lacks(t *testing.T, d *desk.Desk, id int64) (rules []string) {
	t.Helper()
	v, err := d.Packing(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range v.Lacks {
		if f.Passed == nil {
			rules = append(rules, f.Rule)
		}
	}
	return rules
}

func TestProofOfPackingIsTakenAndPassed(t *testing.T) {
	ctx := t.Context()
	d, id, _ := deedDesk(t)
	view, err := d.Order(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	set, err := d.ShopService(ctx, view.Order.Shop.ID)
	if err != nil {
		t.Fatal(err)
	}
	set.Packing = data.Packing{Dear: data.Money{Minor: 1, Currency: view.Order.Total.Currency}, Units: 1000, Words: []string{" "}}
	if err := d.SetShopService(ctx, view.Order.Shop.ID, set); err != nil {
		t.Fatal(err)
	}
	all := []string{"packing.goods", "packing.packing", "packing.weighing", "packing.label"}
	if got := lacks(t, d, id); !slices.Equal(got, all) {
		t.Fatalf("lacks %v", got)
	}
	report, err := d.AddPacking(ctx, id, data.SlotPacking, []desk.EvidenceFile{{Name: "a.png", Bytes: shot(t, 1), Source: "paste"}}, nil)
	if err != nil || len(report.Added) != 1 || report.Added[0].Kind != data.KindPacking || report.Added[0].Slot != data.SlotPacking {
		t.Fatalf("added %+v, %v", report, err)
	}
	if err := d.WeighParcel(ctx, id, "", 850); err != nil {
		t.Fatal(err)
	}
	if got := lacks(t, d, id); !slices.Equal(got, []string{"packing.goods", "packing.label"}) {
		t.Errorf("with a photo and a weight it lacks %v", got)
	}
	// One whose slot nobody said goes where something lacks.
	if report, err = d.AddPacking(ctx, id, "", []desk.EvidenceFile{{Name: "b.png", Bytes: shot(t, 2), Source: "drop"}}, nil); err != nil || report.Added[0].Slot != data.SlotGoods {
		t.Errorf("guessed %+v, %v", report, err)
	}
	if _, err := d.AddPacking(ctx, id, "lunch", nil, nil); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a slot that is none: %v", err)
	}
	if err := d.ShipPacked(ctx, id, desk.OrderDeed{Sure: true}, " "); !errors.Is(err, data.ErrRefused) {
		t.Errorf("shipped without a reason: %v", err)
	}
	if err := d.ShipPacked(ctx, id, desk.OrderDeed{Sure: true}, "handed over at the counter"); err != nil {
		t.Fatal(err)
	}
	if v, err := d.Packing(ctx, id); err != nil || v.Waits || v.Order.ShippedAt.IsZero() || len(lacks(t, d, id)) != 0 {
		t.Errorf("shipped %+v, %v", v.Order.Status, err)
	}
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if v, err := d.Packing(ctx, id); err != nil || !v.Waits || len(lacks(t, d, id)) != 1 {
		t.Errorf("one undo takes back the shipping and what was let pass: %+v, %v", v.Order.Status, err)
	}
}

func TestAWeightIsTakenBack(t *testing.T) {
	ctx := t.Context()
	d, id := imported(t)
	weight := func() (n int, grams int64) {
		v, err := d.Order(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range v.Order.Shipments {
			n, grams = n+1, grams+s.Weight
		}
		return n, grams
	}
	// The file told a parcel without its number: it gets this one.
	if err := d.AddShipment(ctx, id, data.Shipment{Tracking: "RB123456785CN"}, false); err != nil {
		t.Fatal(err)
	}
	for _, w := range []int64{0, -1, 1_000_001} {
		if err := d.WeighParcel(ctx, id, "RB123456785CN", w); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%d g: %v", w, err)
		}
	}
	if err := d.WeighParcel(ctx, id, "RB000000500CN", 10); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a parcel that is not there: %v", err)
	}
	if err := d.WeighParcel(ctx, id, "RB123456785CN", 850); err != nil {
		t.Fatal(err)
	}
	if n, grams := weight(); n != 1 || grams != 850 {
		t.Errorf("%d parcels, %d g", n, grams)
	}
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if n, grams := weight(); n != 1 || grams != 0 {
		t.Errorf("after undo %d parcels, %d g", n, grams)
	}
}

func TestAScanFindsItsOrder(t *testing.T) {
	ctx := t.Context()
	d, id := imported(t)
	if err := d.AddShipment(ctx, id, data.Shipment{Tracking: "RB123456785CN"}, false); err != nil {
		t.Fatal(err)
	}
	for scanned, want := range map[string]struct {
		n       int
		foreign string
	}{
		"#1001": {1, ""}, "1001": {1, ""}, " #1001\r\n": {1, ""}, "rb123456785cn": {1, ""}, "RB 1234 5678 5CN": {1, ""},
		"RB000000500CN": {0, "RB000000500CN"}, "lunch": {0, ""}, "": {0, ""},
	} {
		f, err := d.FindPacking(ctx, scanned)
		if err != nil || len(f.OrderIDs) != want.n || f.Foreign != want.foreign || want.n == 1 && f.OrderIDs[0] != id {
			t.Errorf("%q: %+v, %v", scanned, f, err)
		}
	}
}
