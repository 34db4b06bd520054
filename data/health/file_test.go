package health

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"casebinder/data"
)

func TestAFileThatIsWrongSaysWhere(t *testing.T) {
	for _, c := range []struct{ text, says string }{
		{`{`, "JSON"},
		{`{"metric": "ebay.late_shipment_rate"}`, "as_of"},
		{`{"as_of": "2026-01-01T00:00:00Z", "zone": "Mars/Olympus"}`, "Mars/Olympus"},
		{`[{"id": "x1", "as_of": "2026-01-01T00:00:00Z", "rows": {"orders": [{"id": "A", "ordered_at": "yesterday"}]}}]`, "ordered_at"},
		{`{"as_of": "2026-01-01T00:00:00Z", "rows": {"orders": [{"id": "A", "ship_by": "2026-01-05"}]}}`, "ship_by"},
		{`{"as_of": "2026-01-01T00:00:00Z", "rows": {"orders": [{"id": "A", "times": "many"}]}}`, "times"},
		{`{"as_of": "2026-01-01T00:00:00Z", "rows": {"orders": [{"id": "A", "times": -1}]}}`, "times"},
		{`{"as_of": "2026-01-01T00:00:00Z", "rows": {"orders": [{"id": "A", "times": 1.5}]}}`, "times"},
		{`{"as_of": "2026-01-01T00:00:00Z", "rows": {"orders": [{"id": "A", "items": 5000000000}]}}`, "items"},
		{`{"as_of": "2026-01-01T00:00:00Z", "rows": {"orders": [{"id": "A", "total": "much", "currency": "USD"}]}}`, "total"},
		{`{"as_of": "2026-01-01T00:00:00Z", "rows": {"feedback": [{"id": "F", "stars": 6}]}}`, "stars"},
		{`{"as_of": "2026-01-01T00:00:00Z", "rows": {"feedback": [{"id": "F", "stars": 4.5}]}}`, "stars"},
		{`{"as_of": "2026-01-01T00:00:00Z", "rows": {"disputes": [{"id": "D", "times": 2}]}}`, "times"},
		{`{"as_of": "2026-01-01T00:00:00Z", "rows": {"disputes": [{"id": "D", "events": ["opened"]}]}}`, "events"},
		{`{"as_of": "2026-01-01T00:00:00Z", "settings": {"window": {"from": "May", "to": "June"}}}`, "window.from"},
	} {
		_, err := ReadFile("rows.json", strings.NewReader(c.text))
		if err == nil || !errors.Is(err, data.ErrInvalid) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "rows.json") {
			t.Errorf("%s\n%v, want a problem that names %s", c.text, err, c.says)
		}
	}
}

func TestFieldsThatNoFormulaReadsAreNamed(t *testing.T) {
	list, err := ReadFile("rows.json", strings.NewReader(`{"as_of": "2026-01-01T00:00:00Z", "rows": {"orders": [{"id": "A", "color": "red"}], "card_items": [{"id": "C", "weight": 1}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(list[0].Unused, " "); got != "card_item.weight order.color" {
		t.Error(got)
	}
}

// A file may spell its fields and words otherwise, and write times without a zone.
func TestOddSpellingsAreRead(t *testing.T) {
	plain := `{"metric": "ebay.transaction_defect_rate", "as_of": "2026-11-20T00:00:00-08:00", "zone": "America/Los_Angeles", "rows": {"orders": [
		{"id": "A", "times": 3, "ordered_at": "2026-10-25T01:30:00-07:00"},
		{"id": "B", "ordered_at": "2026-10-31T23:59:59-07:00", "status": "canceled", "canceled_by": "seller", "cancel_reason": "out_of_stock", "canceled_at": "2026-11-01T10:00:00-08:00"}],
		"disputes": [{"id": "D", "order": "A", "reason": "not_received", "outcome": "lost", "liable": "seller", "closed_without_seller_resolution": true, "events": [{"kind": "opened", "at": "2026-10-28T10:00:00-07:00"}]}]}}`
	odd := `{"metric": "ebay.transaction_defect_rate", "as_of": "2026-11-20T00:00:00-08:00", "zone": "America/Los_Angeles", "rows": {"orders": [
		{"id": "A", "times": "3", "ordered_at": "2026-10-25 01:30"},
		{"id": "B", "ordered_at": "2026-10-31T23:59:59", "status": "Cancelled", "cancelled_by": "Seller", "cancel_reason": "Out of stock", "cancelled_at": "2026-11-01 10:00:00"}],
		"disputes": [{"id": "D", "order": "A", "reason": "NOT-RECEIVED", "outcome": " Lost ", "liable": "SELLER", "closed_without_seller_resolution": "yes", "events": [{"kind": "Opened", "at": "2026-10-28T10:00"}]}]}}`
	var rows [2]Rows
	for i, text := range []string{plain, odd} {
		list, err := ReadFile("rows.json", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if len(list[0].Unused) > 0 {
			t.Errorf("nothing reads %v", list[0].Unused)
		}
		rows[i] = list[0].Rows
		m, _ := Find(books(t), list[0].Metric)
		if n := m.Measure(&list[0].Rows, list[0].Ask); n.Hits != 4 || n.Base != 4 {
			t.Errorf("%d of %d, want both orders: one stands for three", n.Hits, n.Base)
		}
	}
	if !reflect.DeepEqual(rows[0], rows[1]) {
		t.Errorf("%+v\n%+v", rows[0], rows[1])
	}
}

func FuzzReadFile(f *testing.F) {
	examples, err := filepath.Glob("testdata/*.json")
	if err != nil || len(examples) == 0 {
		f.Fatal(err)
	}
	for _, path := range examples {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	list := books(f)
	f.Fuzz(func(t *testing.T, text string) {
		files, err := ReadFile("rows.json", strings.NewReader(text))
		if err != nil {
			if !errors.Is(err, data.ErrInvalid) {
				t.Fatalf("%v is no problem", err)
			}
			return
		}
		for _, one := range files {
			m, ok := Find(list, one.Metric)
			if !ok {
				m = &list[0].Metrics[0]
			}
			n := m.Measure(&one.Rows, one.Ask)
			var hits, base int64
			for _, c := range n.Rows.Hits {
				hits += c.Weight
			}
			for _, c := range n.Rows.Base {
				base += c.Weight
			}
			if hits != n.Hits || base != n.Base {
				t.Fatalf("rows add up to %d of %d, the number is %d of %d", hits, base, n.Hits, n.Base)
			}
		}
	})
}

func FuzzParseShare(f *testing.F) {
	for _, s := range []string{"7.25 %", "7,25", "0.0725", "1e9", "％", "99.99"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		share, digits, err := ParseShare(text)
		if err == nil && (share < 0 || share > 10 || digits < 0) {
			t.Fatalf("%q is %v with %d digits", text, share, digits)
		}
	})
}

func FuzzCondition(f *testing.F) {
	for _, s := range []string{"value <= 0.02", "hits > 3", "base >= 300", "sales < 100", "value<1"} {
		f.Add(s, int64(3), int64(150))
	}
	f.Fuzz(func(t *testing.T, text string, hits, base int64) {
		c, err := parseCondition(text)
		if err != nil {
			return
		}
		s := Sums{Hits: hits, Base: base, Buyers: hits, Sales: base}
		opposite := map[string]string{"<=": ">", "<": ">=", ">=": "<", ">": "<="}
		other := c
		other.op = opposite[c.op]
		if c.holds(s) && other.holds(s) || (c.what != "value" || base != 0) && !c.holds(s) && !other.holds(s) {
			t.Fatalf("%s and its opposite agree on %+v", text, s)
		}
	})
}
