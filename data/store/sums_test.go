package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
)

// crc32c is the CRC-32C as RFC 3720 has it, bit by bit.
func crc32c(bytes []byte) uint32 {
	crc := ^uint32(0)
	for _, b := range bytes {
		crc ^= uint32(b)
		for range 8 {
			crc = crc>>1 ^ 0x82f63b78*(crc&1)
		}
	}
	return ^crc
}

// closedStore makes a desk of some orders that nobody has open.
func closedStore(t *testing.T, n int) *Store {
	t.Helper()
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	var orders []data.Order
	for i := range n {
		orders = append(orders, benchOrder(i))
	}
	importAll(t, s, shop, orders...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestPagesHaveSums reads the file as its format says, without the program.
func TestPagesHaveSums(t *testing.T) {
	if got := crc32c([]byte("123456789")); got != 0xe3069283 { // the check value of RFC 3720
		t.Fatalf("%x", got)
	}
	s := closedStore(t, 500)
	file, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	if file[20] != 8 || len(file) < 40*4096 {
		t.Fatalf("%d bytes are reserved in %d", file[20], len(file))
	}
	for at := 0; at < len(file); at += 4096 {
		page, sum := file[at:at+4088], file[at+4088:at+4096]
		number := binary.BigEndian.AppendUint32(nil, uint32(at/4096+1))
		if !bytes.Equal(sum[4:], number) || binary.BigEndian.Uint32(sum) != crc32c(append(slices.Clone(page), number...)) {
			t.Errorf("page %d has the sum %x", at/4096+1, sum)
		}
	}
	if got := shell(t, s.Path(), "SELECT count(*) FROM orders", "PRAGMA integrity_check"); got != "500\nok" {
		t.Errorf("another program reads %q", got)
	}
}

// overwrite changes bytes of a closed desk where a text stands, and gives the
// number of the page.
func overwrite(t *testing.T, path, text, with string) uint32 {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(file, []byte(text))
	if at < 0 {
		t.Fatalf("%q is not in the file", text)
	}
	copy(file[at:], with)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return uint32(at/4096 + 1)
}

func TestAlteredPagesAreTold(t *testing.T) {
	ctx := context.Background()
	s := closedStore(t, 500)
	s = openAt(t, s.Path(), testOptions())
	if faults, err := s.CheckAll(ctx); err != nil || len(faults) > 0 || len(s.Altered()) > 0 {
		t.Fatalf("a sound desk: %v, %v, %v", faults, s.Altered(), err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	page := overwrite(t, s.Path(), benchOrder(7).Items[0].Title, strings.Repeat("\x00", 5))
	s = openAt(t, s.Path(), testOptions())
	if got := s.Altered(); !slices.Equal(got, []uint32{page}) {
		t.Errorf("pages %v, want %d", got, page)
	}
	faults, err := s.CheckAll(ctx)
	if err != nil || len(faults) == 0 || faults[0].Kind != FaultSums || !strings.HasSuffix(faults[0].Detail, fmt.Sprintf(" (1: %d)", page)) || faults[0].Detail[0] == '?' {
		t.Errorf("%v, %v", faults, err)
	}
}

// TestPageInAnotherPlaceIsTold puts one page in the place of another: each has a
// sum that is right where it belongs.
func TestPageInAnotherPlaceIsTold(t *testing.T) {
	s := closedStore(t, 500)
	file, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	first, second := bytes.Index(file, []byte(benchOrder(3).Number))/4096, bytes.Index(file, []byte(benchOrder(490).Number))/4096
	if first == second {
		t.Fatal("both stand on one page")
	}
	copy(file[first*4096:], file[second*4096:][:4096])
	if err := os.WriteFile(s.Path(), file, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err = Open(context.Background(), s.Path(), testOptions())
	if errors.Is(err, data.ErrDamaged) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // it was only read
	if !slices.Contains(s.Altered(), uint32(first+1)) {
		t.Errorf("pages %v", s.Altered())
	}
}

// TestLostRoomIsDamage lets the head say that there are no sums.
func TestLostRoomIsDamage(t *testing.T) {
	s := closedStore(t, 3)
	file, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	file[20] = 0
	if err := os.WriteFile(s.Path(), file, 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := Open(context.Background(), s.Path(), testOptions()); !errors.Is(err, data.ErrDamaged) {
		t.Errorf("%v, %v", s, err)
	}
}

// TestCopiesHaveSums asks of a backup what is asked of a desk.
func TestCopiesHaveSums(t *testing.T) {
	s := openAt(t, closedStore(t, 500).Path(), testOptions())
	target := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(context.Background(), target); err != nil {
		t.Fatal(err)
	}
	if len(s.Altered()) > 0 {
		t.Errorf("copying finds pages %v", s.Altered())
	}
	copied := openAt(t, target, testOptions())
	if faults, err := copied.CheckAll(context.Background()); err != nil || len(faults) > 0 {
		t.Errorf("%v, %v", faults, err)
	}
}
