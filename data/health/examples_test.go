package health

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
)

// expected is what was worked out by hand of an example.
type expected struct {
	Value       *float64          `json:"value"`
	Numerator   any               `json:"numerator"`
	Denominator any               `json:"denominator"`
	Counted     []string          `json:"counted"`
	Hits        []string          `json:"in_numerator"`
	Left        map[string]string `json:"left_out"`
	Missed      map[string]string `json:"missed"` // nil: not asked for
	Level       *string           `json:"level"`
	Buyers      *int64            `json:"buyers"`
	Sales       *int64            `json:"sales"`
	ToWorse     *int64            `json:"to_worse"`
	ToBetter    *int64            `json:"to_better"`
	Usual       *int64            `json:"usual"` // minor units
}

func books(t testing.TB) []*Book {
	t.Helper()
	list, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// The examples of each number were worked out by hand from its formula.
func TestTheNumbersOfTheExamplesAreThoseWorkedOutByHand(t *testing.T) {
	for _, b := range books(t) {
		for i := range b.Metrics {
			m := &b.Metrics[i]
			t.Run(m.ID, func(t *testing.T) { metricExamples(t, m) })
		}
	}
}

func metricExamples(t *testing.T, m *Metric) {
	name := m.ID + ".json"
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	files, err := ReadFile(name, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var wants []struct {
		Expect expected `json:"expect"`
	}
	if err := json.Unmarshal(text, &wants); err != nil {
		t.Fatal(err)
	}
	if len(files) < 3 {
		t.Errorf("%d examples, want three and more", len(files))
	}
	empty := false
	for i, f := range files {
		t.Run(f.ID, func(t *testing.T) {
			if f.Metric != m.ID {
				t.Fatalf("is of %s", f.Metric)
			}
			if len(f.Unused) > 0 {
				t.Errorf("no formula reads %v", f.Unused)
			}
			n := m.Measure(&f.Rows, f.Ask)
			empty = empty || n.NA()
			compare(t, f, n, &wants[i].Expect)
		})
	}
	if !empty {
		t.Error("no example of nothing to divide by")
	}
}

func compare(t *testing.T, f *File, n *Number, want *expected) {
	t.Helper()
	switch {
	case want.Value == nil && !n.NA(), want.Value != nil && (n.NA() || math.Abs(n.Value()-*want.Value) > 5e-7):
		t.Errorf("value %v (n/a %v), want %v", n.Value(), n.NA(), want.Value)
	}
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"numerator", sum(n, n.Hits), want.Numerator},
		{"denominator", sum(n, n.Base), want.Denominator},
		{"counted", named(f, n.Rows.Base), want.Counted},
		{"in the numerator", named(f, n.Rows.Hits), want.Hits},
		{"left out", leftBy(f, n.Rows.Left), want.Left},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}
	if want.Missed != nil {
		missed := map[string]string{}
		for _, c := range n.Missed() {
			var why []string
			for _, w := range c.Why.Texts() {
				why = append(why, strings.TrimPrefix(w.Key, "health.cause."))
			}
			missed[f.Name(c.Ref)] = strings.Join(why, ", ")
		}
		if !reflect.DeepEqual(missed, want.Missed) {
			t.Errorf("missed: %v, want %v", missed, want.Missed)
		}
	}
	if want.Level != nil && levelID(n) != *want.Level {
		t.Errorf("level %q, want %q", levelID(n), *want.Level)
	}
	for _, c := range []struct {
		what string
		got  int64
		want *int64
	}{{"buyers", n.Buyers, want.Buyers}, {"sales", n.Sales, want.Sales}, {"to worse", n.ToWorse, want.ToWorse}, {"to better", n.ToBetter, want.ToBetter}, {"the usual case", n.Usual.Amount, want.Usual}} {
		if c.want != nil && c.got != *c.want {
			t.Errorf("%s: %d, want %d", c.what, c.got, *c.want)
		}
	}
}

func sum(n *Number, v int64) any {
	if !n.Metric.Amounts {
		return float64(v)
	}
	currency := n.Currency
	if currency == "" {
		currency = "USD"
	}
	return data.Money{Minor: v, Currency: currency}.Decimal()
}

func levelID(n *Number) string {
	if n.Level == nil {
		return ""
	}
	return n.Level.ID
}

func named(f *File, rows []Counted) []string {
	names := []string{}
	for _, r := range rows {
		names = append(names, f.Name(r.Ref))
	}
	slices.Sort(names)
	return names
}

func leftBy(f *File, rows []LeftOut) map[string]string {
	left := map[string]string{}
	for _, r := range rows {
		left[f.Name(r.Ref)] = strings.TrimPrefix(r.Why.Key, "health.why.")
	}
	return left
}
