package desk_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

func codesOf(texts ...string) []data.ReadCode {
	var all []data.ReadCode
	for _, text := range texts {
		all = append(all, data.ReadCode{Format: "Code128", Text: text})
	}
	return all
}

func match(t *testing.T, d *desk.Desk, texts ...string) desk.LabelMatch {
	t.Helper()
	m, err := d.MatchCodes(t.Context(), codesOf(texts...))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func why(m desk.LabelMatch) (keys []string) {
	for _, w := range m.Unsure {
		keys = append(keys, w.Key)
	}
	return keys
}

// Check digits by hand: see the tests of package barcode.
func TestCodesAreMatched(t *testing.T) {
	d, first := imported(t)
	second := orderID(t, d, "#1002")
	if err := d.AddShipment(t.Context(), first, data.Shipment{Tracking: "RB123456785CN"}, true); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		codes   []string
		order   string // surely
		parcels int
		why     []string
	}{
		"by tracking":            {[]string{"RB123456785CN"}, "#1001", 1, nil},
		"by order":               {[]string{"#1002"}, "#1002", 1, nil},
		"both":                   {[]string{"RB123456785CN", "#1001"}, "#1001", 1, nil},
		"two orders":             {[]string{"RB123456785CN", "#1002"}, "", 2, []string{"label.several"}},
		"somebody else's beside": {[]string{"RB123456785CN", "RB000000500CN"}, "", 1, []string{"label.foreign"}},
		"somebody else's alone":  {[]string{"RB000000500CN"}, "", 0, []string{"label.foreign"}},
		"another number":         {[]string{"RB000000500CN #1001"}, "", 0, []string{"label.foreign"}},
		"a new number":           {[]string{"RB000000500CN", "#1002"}, "#1002", 1, nil},
		"not whole":              {[]string{"XRB123456785CN"}, "", 0, nil},
		"wrong check digit":      {[]string{"RB123456784CN"}, "", 0, nil},
		"nothing":                {nil, "", 0, nil},
	} {
		m := match(t, d, c.codes...)
		order := ""
		if p := m.Sure(); p != nil {
			order = p.Order
		}
		if order != c.order || len(m.Parcels) != c.parcels || !slices.Equal(why(m), c.why) {
			t.Errorf("%s: order %q of %d, unsure %v; want %q of %d, %v", name, order, len(m.Parcels), why(m), c.order, c.parcels, c.why)
		}
	}
	if f := match(t, d, "RB123456785CN").Findings; len(f) != 1 || f[0].Severity != data.Info || f[0].Why.Key != "label.equal" {
		t.Errorf("the order's own number: %+v", f)
	}
	if f := match(t, d, "RB000000500CN", "#1002").Findings; len(f) != 1 || f[0].Severity != data.Warning || f[0].Why.Key != "label.none" {
		t.Errorf("an order without a number: %+v", f)
	}
	// The number is used again: the order's own number on the label tells whose it is.
	if err := d.AddShipment(t.Context(), second, data.Shipment{Tracking: "RB123456785CN"}, true); err != nil {
		t.Fatal(err)
	}
	if m := match(t, d, "RB123456785CN"); m.Sure() != nil || !slices.Equal(why(m), []string{"label.shared"}) {
		t.Errorf("a number of two orders: %+v", m)
	}
	if m := match(t, d, "RB123456785CN", "#1002"); m.Sure() == nil || m.Sure().OrderID != second {
		t.Errorf("with the order's number beside it: %+v", m)
	}
}

func TestLabelsAreTaken(t *testing.T) {
	d, first := imported(t)
	if err := d.AddShipment(t.Context(), first, data.Shipment{Tracking: "RB123456785CN"}, true); err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(t.TempDir(), "bad.jpg")
	if err := os.WriteFile(bad, []byte("no picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	label := filepath.Join("..", "barcode", "testdata", "label.jpg")
	reads, err := d.ReadLabels(t.Context(), []string{bad, label}, nil)
	if err != nil || len(reads) != 2 || !errors.Is(reads[0].Err, data.ErrInvalid) {
		t.Fatalf("reads %+v, %v", reads, err)
	}
	report, err := d.TakeLabels(t.Context(), reads, "command")
	if err != nil || len(report.Added) != 1 {
		t.Fatalf("taken %+v, %v", report, err)
	}
	e := report.Added[0]
	if e.OrderID != first || e.Kind != data.KindPacking || e.Slot != data.SlotLabel || e.Tracking != "RB123456785CN" || len(e.Codes) != 3 {
		t.Errorf("evidence %+v", e)
	}
	view, err := d.Order(t.Context(), first)
	if err != nil || len(view.Evidence) != 1 || len(view.Evidence[0].Codes) != 3 || view.Evidence[0].Slot != data.SlotLabel {
		t.Errorf("kept %+v, %v", view.Evidence, err)
	}
	findings, err := d.EvidenceLabel(t.Context(), e.ID)
	if err != nil || len(findings) != 1 || findings[0].Why.Key != "label.equal" {
		t.Errorf("against the order: %+v, %v", findings, err)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if view, err = d.Order(t.Context(), first); err != nil || len(view.Evidence) != 0 {
		t.Errorf("after undo: %+v, %v", view.Evidence, err)
	}
}

// A picture is read once: what stands in it, or that nothing does, is kept.
func TestAPictureIsReadForCodesOnce(t *testing.T) {
	d, first := imported(t)
	label := filepath.Join("..", "barcode", "testdata", "label.jpg")
	plain := filepath.Join(t.TempDir(), "plain.png")
	if err := os.WriteFile(plain, shot(t, 200), 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := d.AddOrderEvidence(t.Context(), first, []desk.EvidenceFile{{Path: label, Kind: data.KindPacking}, {Path: plain, Kind: data.KindPacking}}, nil)
	if err != nil || len(report.Added) != 2 || report.Added[0].Codes != nil {
		t.Fatalf("added %+v, %v", report, err)
	}
	for i, want := range []int{1, 0} { // label.jpg holds one number of a parcel: RB123456785CN
		found, err := d.EvidenceLabel(t.Context(), report.Added[i].ID)
		if err != nil || len(found) != want {
			t.Fatalf("%s: %+v, %v", report.Added[i].Name, found, err)
		}
		if want == 1 && (found[0].Why.Key != "label.none" || found[0].Mend != (data.Mend{Deed: "shipment.add", Ref: data.Ref{Kind: "shipment", ID: "RB123456785CN"}})) {
			t.Errorf("what mends it: %+v", found[0])
		}
	}
	view, err := d.Order(t.Context(), first)
	if err != nil || len(view.Evidence) != 2 || len(view.Evidence[0].Codes) != 3 || view.Evidence[1].Codes == nil || len(view.Evidence[1].Codes) != 0 {
		t.Fatalf("kept %+v, %v", view.Evidence, err)
	}
	if err := d.AddShipment(t.Context(), first, data.Shipment{Tracking: "RB000000500CN"}, true); err != nil {
		t.Fatal(err)
	}
	found, err := d.EvidenceLabel(t.Context(), report.Added[0].ID)
	if err != nil || len(found) != 1 || found[0].Why.Key != "label.other" || found[0].Mend.Deed != "evidence.add" {
		t.Errorf("another number than the order's: %+v, %v", found, err)
	}
	if _, err := d.Undo(t.Context()); err != nil { // reading is no step of its own
		t.Fatal(err)
	}
	if view, err = d.Order(t.Context(), first); err != nil || view.Order.Shipments[0].Tracking != "" || len(view.Evidence) != 2 {
		t.Errorf("undo took back %+v, %v", view.Evidence, err)
	}
}
