package importer

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

func presets(t testing.TB) []*Preset {
	t.Helper()
	all, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func textSource(name, text string) *Source {
	return NewSource(name, strings.NewReader(text), int64(len(text)))
}

// got is what a file gave.
type got struct {
	in       *Inspection
	sum      Summary
	orders   map[string]*data.Order
	feedback []*data.Feedback
	messages []*Message
	disputes []*Dispute
	rejected []data.Rejection
	doubts   []data.Finding
}

func readAll(t testing.TB, src *Source, target Target, opt Options) (got, error) {
	t.Helper()
	g := got{orders: map[string]*data.Order{}}
	in, err := InspectAs(context.Background(), src, presets(t), Layout{}, target)
	if err != nil {
		return g, err
	}
	g.in = in
	g.sum, err = Read(context.Background(), src, in, opt, Sink{
		Order: func(o *data.Order) error {
			if g.orders[o.Number] != nil {
				t.Errorf("order %s came twice", o.Number)
			}
			g.orders[o.Number] = o
			return nil
		},
		Feedback: func(f *data.Feedback) error { g.feedback = append(g.feedback, f); return nil },
		Message:  func(m *Message) error { g.messages = append(g.messages, m); return nil },
		Dispute:  func(d *Dispute) error { g.disputes = append(g.disputes, d); return nil },
		Reject:   func(r data.Rejection) error { g.rejected = append(g.rejected, r); return nil },
		Doubt:    func(f data.Finding) error { g.doubts = append(g.doubts, f); return nil },
	})
	return g, err
}

func mustRead(t testing.TB, src *Source, preset string, opt Options) got {
	t.Helper()
	g, err := readAll(t, src, TargetOrders, opt)
	if err != nil {
		t.Fatalf("reading %s: %v", src.Name, err)
	}
	if g.in.Preset == nil || g.in.Preset.ID != preset {
		t.Fatalf("preset of %s is %v, want %s", src.Name, g.in.Preset, preset)
	}
	return g
}

func file(t testing.TB, name string) *Source {
	t.Helper()
	src, err := Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { src.Close() })
	return src
}

func shop(platform data.Platform, zone, currency string) data.Shop {
	return data.Shop{Platform: platform, Name: "Test shop", Zone: zone, Currency: currency}
}

func show(v any) string {
	b, _ := json.MarshalIndent(v, "", " ")
	return string(b)
}

func usd(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }

func utc(y int, m time.Month, d, h, min, s int) time.Time {
	return time.Date(y, m, d, h, min, s, 0, time.UTC)
}

// day and dueDay are dates without a time, as what happened on them and as what is
// due on them, in the zone in which midnight is at this hour of UTC.
func day(y int, m time.Month, d, utcHour int) time.Time {
	return time.Date(y, m, d, utcHour, 0, 0, int(time.Millisecond), time.UTC)
}

func dueDay(y int, m time.Month, d, utcHour int) time.Time {
	return time.Date(y, m, d+1, utcHour, 0, 0, -int(time.Millisecond), time.UTC)
}

// said is a finding, or a row that was left out for one.
type said interface {
	Key() string
	At(kind string) data.Ref
	Table() string
}

// code is the rule of what is said.
func code(s said) string {
	rule, _, _ := strings.Cut(s.Key(), "|")
	return rule
}

// lineOf is the row that it is said of; 0 is the file as a whole.
func lineOf(s said) int {
	n, _ := strconv.Atoi(s.At("row").ID)
	return n
}

// isLeftOut reports whether a row is nothing that is taken, rather than faulty.
func isLeftOut(r data.Rejection) bool { return r.Severity == data.Info }
