package desk_test

import (
	"errors"
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
		preview, err := d.WatchPreview(t.Context(), r, nil, nil)
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

const (
	feedbackHead = "Order Number,Feedback ID,Stars,Text,Date,Reply\n"
	messageHead  = "Order Number,Message ID,Text,Date,Direction\n"
	disputeHead  = "Case Number,Order Number,Opened,Reason,Amount,Currency,Claim\n"
)

// TestPreviewOfOtherKindsSaysWhatTheImportDoes compares both on files of feedback,
// messages and disputes, and writes into the desk while each is looked at.
func TestPreviewOfOtherKindsSaysWhatTheImportDoes(t *testing.T) {
	d, _ := aliExpressCase(t)
	for _, c := range []struct {
		name, target, text string
		want               data.ImportCounts
	}{
		{
			"new feedback, one told twice", "feedback", feedbackHead +
				"812345,f1,5,Fine,2026-11-01,\n812345,f2,3,So so,2026-11-02,\n812345,f1,5,Fine,2026-11-01,\n",
			data.ImportCounts{Added: 2, Unchanged: 1},
		},
		{
			"known feedback changes, and a row goes back to what it was before", "feedback", feedbackHead +
				"812345,f1,4,Fine,2026-11-01,\n812345,f1,4,Fine,2026-11-01,\n812345,f1,5,Fine,2026-11-01,\n812345,f3,1,Bad,2026-11-03,\n",
			data.ImportCounts{Added: 1, Updated: 1, Unchanged: 1, Older: 1},
		},
		{
			"an answer stays where a row has none", "feedback", feedbackHead +
				"812345,f2,3,So so,2026-11-02,Sorry\n812345,f2,3,So so,2026-11-02,\n",
			data.ImportCounts{Updated: 1, Unchanged: 1},
		},
		{
			"new messages, one told twice, one without an id", "messages", messageHead +
				"812345,m1,Where is it?,2026-11-01 10:00,in\n812345,m1,Where is it?,2026-11-01 10:00,in\n812345,,Hello,2026-11-01 11:00,in\n",
			data.ImportCounts{Added: 2, Unchanged: 1},
		},
		{
			"a known message of another order, and back", "messages", messageHead +
				"999,m1,Where is it?,2026-11-01 10:00,in\n812345,m1,Where is it?,2026-11-01 10:00,in\n812345,m1,Where is it?,2026-11-01 10:00,in\n",
			data.ImportCounts{Updated: 2, Unchanged: 1},
		},
		{
			"new disputes, one told twice, which is refused, one without its order", "disputes", disputeHead +
				"AE-2,812345,2026-11-10T10:00:00Z,Item not received,20.00,USD,\nAE-3,999,2026-11-10T10:00:00Z,Item not received,20.00,USD,\n" +
				"AE-2,812345,2026-11-10T10:00:00Z,Item not received,20.00,USD,\n",
			data.ImportCounts{Added: 1, Rejected: 2},
		},
		{
			"a known dispute says more, and a new one gets its number in a later row", "disputes", disputeHead +
				"AE-2,812345,2026-11-10T10:00:00Z,Item not received,20.00,USD,It never came\n" +
				",812345,2026-11-12T10:00:00Z,Item not received,20.00,USD,\nAE-4,812345,2026-11-12T10:00:00Z,Item not received,20.00,USD,\n",
			data.ImportCounts{Added: 1, Updated: 2},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := desk.ImportRequest{
				Path: write(t, "table.csv", c.text), Target: c.target, Shop: data.Shop{Platform: data.AliExpress, Name: "Lantern"},
			}
			wrote := 0
			preview, err := d.WatchPreview(t.Context(), r, func(int64, int64, string) {
				if err := d.PutSetting(t.Context(), "test.while", wrote); err != nil {
					t.Errorf("nobody can write while a file is looked at: %v", err)
				}
				wrote++
			}, nil)
			if err != nil || preview.Counts != c.want || wrote == 0 {
				t.Errorf("the preview says %+v, %v; wrote %d times", preview.Counts, err, wrote)
			}
			report, err := d.Import(t.Context(), r, nil)
			if err != nil || report.Counts != c.want {
				t.Errorf("the import says %+v, %v", report.Counts, err)
			}
		})
	}
}

// TestPreviewRefusesWhatTheImportRefuses looks at a message whose text changed.
func TestPreviewRefusesWhatTheImportRefuses(t *testing.T) {
	d, _ := aliExpressCase(t)
	r := desk.ImportRequest{Target: "messages", Shop: data.Shop{Platform: data.AliExpress, Name: "Lantern"}, Path: write(t, "table.csv", messageHead+
		"812345,m1,Where is it?,2026-11-01 10:00,in\n812345,m1,It is here,2026-11-01 10:00,in\n")}
	_, previewed := d.WatchPreview(t.Context(), r, nil, nil)
	_, imported := d.Import(t.Context(), r, nil)
	if !errors.Is(previewed, data.ErrConflict) || !errors.Is(imported, data.ErrConflict) {
		t.Errorf("the preview says %v, the import %v", previewed, imported)
	}
}

// TestPreviewAsksAtOnce looks at a file whose dates can be read in two ways: what
// is asked, and the columns, are there before the whole file was read.
func TestPreviewAsksAtOnce(t *testing.T) {
	d, _ := aliExpressCase(t)
	r := desk.ImportRequest{Target: "feedback", Shop: data.Shop{Platform: data.AliExpress, Name: "Lantern"}, Path: write(t, "table.csv", feedbackHead+
		"812345,f1,5,Fine,03/04/2026,\n")}
	var first desk.ImportPreview
	_, err := d.WatchPreview(t.Context(), r, nil, func(p desk.ImportPreview) {
		if first.File == "" {
			first = p
		}
	})
	if !errors.Is(err, data.ErrInvalid) || !first.Partial || len(first.Columns) != 6 || len(first.Questions) != 1 || first.Questions[0].Kind != "day_first" {
		t.Errorf("first %+v, in the end %v", first, err)
	}
}
