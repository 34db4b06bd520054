package store

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"testing"

	"casebinder/data"
)

func threeEntries(t *testing.T) *Store {
	t.Helper()
	s := openNew(t)
	for _, name := range []string{"a", "b", "c"} {
		err := s.Update(context.Background(), func(tx *Tx) error {
			shop := data.Shop{Platform: data.EBay, Name: name}
			if err := tx.PutShop(&shop); err != nil {
				return err
			}
			return tx.Record(data.Change{Action: "shop.add", Entity: "shop", Key: ShopKey(shop), After: shop})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestJournalChain(t *testing.T) {
	ctx := context.Background()
	s := threeEntries(t)
	list, err := s.Journal(ctx, 0, 10)
	if err != nil || len(list) != 3 {
		t.Fatal(list, err)
	}
	if e := list[1]; e.Seq != 2 || e.Operator != "tester" || e.Key != "ebay/b" || e.Previous != list[0].Hash || !e.At.Equal(testNow) ||
		e.After != `{"platform":"ebay","name":"b","zone":"","currency":""}` || e.Before != "" {
		t.Errorf("%+v", e)
	}
	if bad, why, err := s.VerifyJournal(ctx); bad != nil || err != nil {
		t.Error(why, err)
	}
	if of, err := s.JournalOf(ctx, "shop", "ebay/c"); err != nil || len(of) != 1 || of[0].Seq != 3 {
		t.Error(of, err)
	}
}

// A stranger computes the first hash from the description in the schema.
func TestJournalHashByHand(t *testing.T) {
	s := threeEntries(t)
	program, err := exec.LookPath("sha256sum")
	if err != nil {
		program = needProgram(t, "sha256sum")
	}
	zeros := strings.Repeat("0", 64)
	after := `{"platform":"ebay","name":"a","zone":"","currency":""}`
	// 2026-03-01 12:00 UTC is 1772366400 seconds after 1970.
	text := "64:" + zeros + "\n1:1\n13:1772366400000\n6:tester\n8:shop.add\n4:shop\n6:ebay/a\n0:\n54:" + after + "\n"
	cmd := exec.Command(program)
	cmd.Stdin = strings.NewReader(text)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := shell(t, s.Path(), "SELECT hash FROM journal WHERE seq = 1"); !strings.HasPrefix(string(out), got) || len(got) != 64 {
		t.Errorf("the store says %s, sha256sum %s", got, out)
	}
}

func TestTamperedJournalIsNamed(t *testing.T) {
	for _, c := range []struct {
		name, sql, why string
		seq            int64
	}{
		{"text altered", "UPDATE journal SET after = replace(after, 'b', 'x') WHERE seq = 2", "altered", 2},
		{"operator altered", "UPDATE journal SET operator = 'nobody' WHERE seq = 1", "altered", 1},
		{"one taken out", "DELETE FROM journal WHERE seq = 2", "taken out", 2},
		{"first taken out", "DELETE FROM journal WHERE seq = 1", "taken out", 1},
		{"last taken out", "DELETE FROM journal WHERE seq = 3", "taken out", 3},
		{"hash replaced", "UPDATE journal SET hash = lower(hex(zeroblob(32))) WHERE seq = 3", "altered", 3},
		{"moved up", "DELETE FROM journal WHERE seq = 2; UPDATE journal SET seq = 2 WHERE seq = 3", "does not follow", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := threeEntries(t)
			shell(t, s.Path(), c.sql)
			bad, why, err := s.VerifyJournal(context.Background())
			if err != nil || bad == nil || bad.Seq != c.seq || !strings.Contains(why, c.why) {
				t.Errorf("got %+v, %q, %v", bad, why, err)
			}
		})
	}
}

func TestWritingWithoutRecordingFails(t *testing.T) {
	s := openNew(t)
	ctx := context.Background()
	err := s.Update(ctx, func(tx *Tx) error { return tx.PutShop(&data.Shop{Platform: data.EBay, Name: "a"}) })
	if !errors.Is(err, ErrUnrecorded) {
		t.Errorf("got %v", err)
	}
	mine := errors.New("mine")
	err = s.Update(ctx, func(tx *Tx) error {
		if err := tx.PutShop(&data.Shop{Platform: data.EBay, Name: "b"}); err != nil {
			return err
		}
		return errors.Join(tx.Record(data.Change{Action: "a", Entity: "b"}), mine)
	})
	if !errors.Is(err, mine) {
		t.Errorf("got %v", err)
	}
	canceled, cancel := context.WithCancel(ctx)
	err = s.Update(canceled, func(tx *Tx) error {
		err := errors.Join(tx.PutShop(&data.Shop{Platform: data.EBay, Name: "c"}), tx.Record(data.Change{Action: "a", Entity: "b"}))
		cancel()
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = s.Update(ctx, func(tx *Tx) error {
			_ = tx.PutShop(&data.Shop{Platform: data.EBay, Name: "d"})
			panic("a mistake")
		})
	}()
	shops, err := s.Shops(ctx)
	if err != nil || len(shops) != 0 {
		t.Errorf("kept: %v %v", shops, err)
	}
	if list, _ := s.Journal(ctx, 0, 10); len(list) != 0 {
		t.Errorf("journal: %v", list)
	}
	newShop(t, s, data.EBay, "after all that")
}
