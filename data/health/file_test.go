package health

import (
	"errors"
	"os"
	"path/filepath"
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
