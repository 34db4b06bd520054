package store

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

var testNow = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func testOptions() Options {
	return Options{Operator: "tester", Now: func() time.Time { return testNow }, busy: 50}
}

func openNew(t testing.TB) *Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "desk.db"), testOptions())
}

func openAt(t testing.TB, path string, o Options) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// update runs fn and records one change for it.
func update(t testing.TB, s *Store, fn func(*Tx) error) {
	t.Helper()
	err := s.Update(context.Background(), func(tx *Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return tx.Record(data.Change{Action: "test.write", Entity: "test", Key: "k", After: 1})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func newShop(t testing.TB, s *Store, platform data.Platform, name string) data.Shop {
	t.Helper()
	shop := data.Shop{Platform: platform, Name: name, Zone: "Asia/Shanghai", Currency: "USD"}
	update(t, s, func(tx *Tx) error { return tx.PutShop(&shop) })
	return shop
}

func importAll(t testing.TB, s *Store, shop data.Shop, orders ...data.Order) data.ImportCounts {
	t.Helper()
	var counts data.ImportCounts
	err := s.Update(context.Background(), func(tx *Tx) error {
		m, err := tx.ImportOrders(&Import{Shop: shop, File: "orders.csv", SHA256: strings.Repeat("ab", 32), Preset: "test"})
		if err != nil {
			return err
		}
		for i := range orders {
			o := orders[i]
			o.Items = append([]data.Item(nil), o.Items...)
			o.Shipments = append([]data.Shipment(nil), o.Shipments...)
			if _, err := m.Add(&o); err != nil {
				return err
			}
		}
		counts, err = m.Finish(0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

// shell runs the sqlite3 program on a file. It must be there where tests are
// run by machines.
func shell(t testing.TB, path string, lines ...string) string {
	t.Helper()
	program := needProgram(t, "sqlite3")
	out, err := exec.Command(program, append([]string{path}, lines...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("sqlite3 %q: %v\n%s", lines, err, out)
	}
	return strings.TrimSpace(string(out))
}
