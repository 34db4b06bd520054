package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"casebinder/data"
)

// scriptTexts are sentences in scripts whose letters carry marks, or that are
// written without spaces, each with words that must find it and words that must
// not.
var scriptTexts = []struct {
	text      string
	finds     string // words, separated by spaces, that find it
	findsNone string
}{
	{"สวัสดีครับ ยังไม่ได้รับสินค้า", "ส สวัสดี ครับ สินค้า รับสินค้า ค้า", "สินคา สวัสดิ์ครู"},
	{"นำ้ยาชำรุด", "ชำรุด ชำ ช", "ชารุด"},
	{"मुझे सामान नहीं मिला", "मु मुझे स सामान नहीं मिला मि", "मिली साामान"},
	{"שָׁלוֹם, הַחֲבִילָה לֹא הִגִּיעָה", "ש שלום שָׁלוֹם החבילה הגיעה לא", "שלוה"},
	{"לא קיבלתי את החבילה", "הַחֲבִילָה החבילה קיבלתי", "חבילות"},
	{"لَمْ تَصِلِ البِضَاعَةُ", "لم البضاعة البِضَاعَة ا", "بضائع"},
	{"لم يصل الطرد", "الطَّرْد يصل", "طرود"},
	{"আমি পার্সেল পাইনি", "পার্সেল আ পা", "পার্সলে"},
	{"எனக்கு பொருள் வரவில்லை", "பொருள் எ வரவில்லை", "பொருளை"},
	{"មិនបានទទួលទំនិញ", "ម ទំនិញ ទទួល", "ទំនាញ"},
	{"ပစ္စည်းမရသေးပါ", "ပ ပစ္စည်း", "ပစ္စညး်"},
	{"ບໍ່ໄດ້ຮັບສິນຄ້າ", "ສິນຄ້າ ບໍ່", "ສິນຄາ"},
	{"የእኔ እቃ አልደረሰም", "እቃ የእኔ አ", "እቆ"},
	{"ჩემი ამანათი", "ამანათი ჩ", "ამანათს"},
	{"Իմ ծանրոցը", "ծանրոցը Ի ի", "ծանրոցի"},
	{"가방이 없어요", "가 가방 없어요", "방가"},
	{"ᎣᏏᏲ ᏙᎯᏧ", "ᎣᏏᏲ Ꭳ", "ᏲᏏᎣ"},
	{"𞤀𞤣𞤤𞤢𞤥 bag", "𞤀𞤣𞤤𞤢𞤥 𞤀 bag", "𞤢𞤥𞤀"},
}

func deskWithScripts(t *testing.T) *Store {
	t.Helper()
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	var orders []data.Order
	for i, one := range scriptTexts {
		orders = append(orders, data.Order{
			Number: fmt.Sprint("A", i), OrderedAt: day(1 + i), Status: data.StatusShipped, Items: []data.Item{{Title: one.text, Quantity: 1}},
		})
	}
	importAll(t, s, shop, orders...)
	update(t, s, func(tx *Tx) error {
		for i, one := range scriptTexts {
			m := data.Message{UID: fmt.Sprint("m", i), OrderID: int64(i + 1), Direction: data.FromBuyer, SentAt: day(1), Text: one.text}
			if err := tx.PutMessage(&m); err != nil {
				return err
			}
		}
		return nil
	})
	return s
}

func TestEveryScriptIsFound(t *testing.T) { wantScripts(t, deskWithScripts(t)) }

func wantScripts(t *testing.T, s *Store) {
	t.Helper()
	for i, one := range scriptTexts {
		for _, q := range strings.Fields(one.finds) {
			if inOrders, inMessages := scriptHits(t, s, q, i); !inOrders || !inMessages {
				t.Errorf("%q in %q: order found %v, message found %v", q, one.text, inOrders, inMessages)
			}
		}
		for _, q := range strings.Fields(one.findsNone) {
			if inOrders, inMessages := scriptHits(t, s, q, i); inOrders || inMessages {
				t.Errorf("%q in %q: order found %v, message found %v", q, one.text, inOrders, inMessages)
			}
		}
	}
}

// scriptHits reports whether a query finds the order and the message of a text.
func scriptHits(t *testing.T, s *Store, q string, i int) (order, message bool) {
	t.Helper()
	ids, err := s.OrderIDs(context.Background(), data.OrderQuery{Search: q})
	if err != nil {
		t.Fatalf("%q: %v", q, err)
	}
	found, err := s.SearchAll(context.Background(), q, 50)
	if err != nil {
		t.Fatalf("%q: %v", q, err)
	}
	return slices.Contains(ids, int32(i+1)), slices.ContainsFunc(found.Messages, func(h data.MessageHit) bool { return h.MessageID == int64(i+1) })
}

// A desk whose indexes were written before is brought up to date at the start.
func TestOldIndexesAreReformed(t *testing.T) {
	s := deskWithScripts(t)
	for i, one := range scriptTexts {
		if !strings.ContainsFunc(one.text, reformed) {
			continue
		}
		for _, table := range []string{"order_search", "message_search"} {
			if _, err := s.write.Exec("INSERT OR REPLACE INTO "+table+" (rowid, text) VALUES (?, ?)", i+1, one.text); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := s.write.Exec("UPDATE search_form SET form = 1"); err != nil {
		t.Fatal(err)
	}
	if order, message := scriptHits(t, s, "สินค้า", 0); order || message {
		t.Fatal("the old index finds it: the test tests nothing")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	wantScripts(t, openAt(t, s.path, testOptions()))
}

// No letter, mark or sign of any script makes a query that the index refuses.
func TestNoRuneBreaksASearch(t *testing.T) {
	s := openNew(t)
	for _, table := range []*unicode.RangeTable{unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.C, unicode.Z} {
		step := 0
		visit(table, func(r rune) {
			if step++; r > 0x3000 && step%97 != 0 { // of the thousands of ideographs and private runes a few
				return
			}
			q := "x" + string(r) + "x" + string(r)
			list := terms(q)
			if len(list) == 0 {
				return
			}
			if _, err := all(context.Background(), &s.Reader, "SELECT rowid FROM order_search WHERE order_search MATCH ?", []any{matchAll(list)}, scanOne[int64]); err != nil {
				t.Errorf("%U: %v", r, err)
			}
		})
	}
}

func visit(table *unicode.RangeTable, f func(rune)) {
	for _, x := range table.R16 {
		for r := rune(x.Lo); r <= rune(x.Hi); r += rune(x.Stride) {
			f(r)
		}
	}
	for _, x := range table.R32 {
		for r := rune(x.Lo); r <= rune(x.Hi); r += rune(x.Stride) {
			f(r)
		}
	}
}
