package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// messageTextsForTest are messages in the languages of the trade.
var messageTextsForTest = []string{
	"我没有收到货，请尽快处理",
	"收到货了，谢谢",
	"没收到有货物", // holds the pairs of 没有收到 in no such order
	"包裹丢失，要求退款退货",
	"請問什麼時候發貨？訂單編號 8123456789012345",
	"Where is my parcel? It was not delivered",
	"The parcel arrived broken, I want a refund",
	"Größe passt nicht, Rückgabe bitte",
	"Ma commande n’est pas arrivée à l'école",
	"Товар не пришёл, верните деньги",
	"Посылка пришла повреждённой",
	"Size ＸＬ please",
	"退",
	"tracking LP00123456789CN or ref #AB-778_9",
	"日本語のメッセージ、届いていません",
	"100% \"quoted\" * AND OR NOT (near) -minus",
}

func deskWithMessages(t *testing.T) (*Store, data.Shop) {
	t.Helper()
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	var orders []data.Order
	for i := range messageTextsForTest {
		o := data.Order{Number: fmt.Sprint(5000 + i), OrderedAt: day(1 + i), Status: data.StatusShipped}
		orders = append(orders, o)
	}
	importAll(t, s, shop, orders...)
	update(t, s, func(tx *Tx) error {
		for i, text := range messageTextsForTest {
			m := data.Message{UID: fmt.Sprint("m", i), OrderID: int64(i + 1), Direction: data.FromBuyer, SentAt: day(1), Text: text}
			if err := tx.PutMessage(&m); err != nil {
				return err
			}
		}
		return nil
	})
	return s, shop
}

// What is found must be what LIKE finds, for each query that LIKE can answer.
func TestSearchRecallsWhatLikeFinds(t *testing.T) {
	s, _ := deskWithMessages(t)
	ctx := context.Background()
	for _, q := range []string{
		"收", "退", "收到", "没有", "退款", "没有收到", "没有收到货", "要求退款", "尽快处理", "什麼時候", "届いて", "メッセージ", "不存在的字",
		"parcel", "par", "p", "refund", "Rückgabe", "товар", "посылка", "пос", "п", "LP0012", "8123456789012345", "8123",
	} {
		var want []int32
		for i, text := range messageTextsForTest {
			if likeFinds(text, q) {
				want = append(want, int32(i+1))
			}
		}
		got, err := s.OrderIDs(ctx, data.OrderQuery{Search: q, Sort: data.OrderByOrdered, Ascending: true})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v, %v", q, got, want, err)
		}
		found, err := s.SearchAll(ctx, q, 50)
		if err != nil {
			t.Fatal(err)
		}
		var hits []int32
		for _, h := range found.Messages {
			hits = append(hits, int32(h.MessageID))
		}
		slices.Sort(hits)
		if !slices.Equal(hits, want) {
			t.Errorf("everything %q: got %v, want %v", q, hits, want)
		}
	}
}

// likeFinds is LIKE '%q%' for scripts without spaces, and LIKE 'q%' at the
// beginning of a word for the others.
func likeFinds(text, q string) bool {
	text, q = strings.ToLower(text), strings.ToLower(q)
	if paired([]rune(q)[0]) {
		return strings.Contains(text, q)
	}
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !inToken(r) || paired(r) }) {
		if strings.HasPrefix(w, q) {
			return true
		}
	}
	return false
}

func TestSearchForms(t *testing.T) {
	s, _ := deskWithMessages(t)
	for _, c := range []struct {
		query string
		want  []int32
	}{
		{"ruckgabe", []int32{8}},             // without its accent
		{"ecole", []int32{9}},                // after an apostrophe
		{"пришел", []int32{10}},              // yo as ye
		{"ПОВРЕЖДЕННОЙ", []int32{11}},        // capitals
		{"xl", []int32{12}},                  // full-width letters
		{"parcel broken", []int32{7}},        // all words
		{"broken parcel", []int32{7}},        // in any order
		{"parc broken", nil},                 // only the last is a prefix
		{"parcel bro", []int32{7}},           //
		{"5006 refund", []int32{7}},          // one word in the order, one in its message
		{"AB-778", []int32{14}},              // signs within
		{"退款 refund", nil},                   //
		{`"quoted" * AND`, []int32{16}},      // operators are words
		{"100%", []int32{16}},                //
		{"-minus OR", []int32{16}},           //
		{"NEAR(parcel, 2)", nil},             //
		{"收到 谢谢", []int32{2}},                //
		{"500", slices.Collect(ints(1, 10))}, // numbers by their beginning
	} {
		got, err := s.OrderIDs(context.Background(), data.OrderQuery{Search: c.query, Sort: data.OrderByOrdered, Ascending: true})
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%q: got %v, want %v, %v", c.query, got, c.want, err)
		}
	}
	// Nothing that can be searched is no filter.
	if n, err := s.OrderIDs(context.Background(), data.OrderQuery{Search: " *\"( "}); err != nil || len(n) != len(messageTextsForTest) {
		t.Error(n, err)
	}
}

func ints(from, to int32) func(func(int32) bool) {
	return func(yield func(int32) bool) {
		for i := from; i <= to && yield(i); i++ {
		}
	}
}

func TestSearchFollowsChanges(t *testing.T) {
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	importAll(t, s, shop, fullOrder())
	ctx := context.Background()
	count := func(q string) int {
		ids, err := s.OrderIDs(ctx, data.OrderQuery{Search: q})
		if err != nil {
			t.Fatal(err)
		}
		return len(ids)
	}
	for _, q := range []string{"1001", "ann", "ann@example.com", "lp1", "shoe", "T1", "S2", "00123", "careful"} {
		if count(q) != 1 {
			t.Errorf("%q is not found", q)
		}
	}
	o := oneOrder(t, s, "1001")
	o.Buyer.Name, o.ShipTo.Name, o.Items = "王小明", "王小明", o.Items[:1]
	update(t, s, func(tx *Tx) error { return tx.PutOrder(o) })
	if count("小明") != 1 || count("王小明") != 1 || count("小明王") != 0 || count("S2") != 0 {
		t.Error("the index did not follow an edit")
	}
	id := o.ID
	update(t, s, func(tx *Tx) error { return tx.Delete("order", id) })
	if count("小明") != 0 {
		t.Error("the index did not follow a deletion")
	}
}

func TestSearchAllGroups(t *testing.T) {
	s, shop := deskWithMessages(t)
	ctx := context.Background()
	update(t, s, func(tx *Tx) error {
		d := data.Dispute{OrderID: 3, Reason: data.ReasonNotReceived, Claim: "买家说没有收到包裹", CaseNumber: "C-77", OpenedAt: day(2)}
		f := data.Feedback{Shop: shop, OrderNumber: "5002", Stars: 1, Text: "没有收到！", LeftAt: day(3)}
		return firstError(tx.InsertDispute(&d), tx.PutFeedback(&f))
	})
	found, err := s.SearchAll(ctx, "没有收到", 10)
	if err != nil || len(found.Disputes) != 1 || len(found.Feedback) != 1 || len(found.Messages) != 1 || len(found.Orders) != 0 {
		t.Errorf("%+v %v", found, err)
	}
	if h := found.Messages[0]; h.OrderNumber != "5000" || !strings.Contains(h.Snippet, "没有收到") || h.ShopName != "a" {
		t.Errorf("%+v", h)
	}
	if found, err = s.SearchAll(ctx, "c-77", 10); err != nil || len(found.Disputes) != 1 || found.Disputes[0].OrderNumber != "5002" {
		t.Errorf("%+v %v", found, err)
	}
	if found, err = s.SearchAll(ctx, "5", 3); err != nil || len(found.Orders) != 3 || !found.More.Orders {
		t.Errorf("%+v %v", found, err)
	}
	if n, err := s.DisputeIDs(ctx, data.DisputeQuery{Search: "没有收到"}); err != nil || len(n) != 1 {
		t.Error(n, err)
	}
	if ids, err := s.FeedbackIDs(ctx, data.FeedbackQuery{Search: "没有收到"}); err != nil || len(ids) != 1 {
		t.Error(ids, err)
	}
	if ids, err := s.FeedbackIDs(ctx, data.FeedbackQuery{Search: "到收有没"}); err != nil || len(ids) != 0 {
		t.Error(ids, err)
	}
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.SearchAll(canceled, "5", 3); err != context.Canceled { //nolint:errorlint // exactly this
		t.Error(err)
	}
	for range 100 { // ends
		if more, err := s.MergeSearch(ctx); err != nil || !more {
			return
		}
	}
	t.Error("merging does not end")
}

// A long beginning of a word is looked for through its first letters: what is
// found, and whether there is more, must be as if it were not.
func TestLongBeginnings(t *testing.T) {
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	words := []string{"refund", "refund", "Refunds", "refund", "reform", "refund", "возврат", "возвращение", "Éclairage", "eclair", "refund", "ΛΟΓΟΣ", "λογος", "пришёл"}
	var orders []data.Order
	var texts []string
	for i := range 300 {
		word := words[i*i*7%293%len(words)]
		if i == 3 {
			word = "refurbished" // the only one, and old
		}
		text := fmt.Sprintf("about %s, no. %d", word, i)
		texts = append(texts, text)
		orders = append(orders, data.Order{Number: fmt.Sprintf("N%04d", i), Status: data.StatusShipped, BuyerNote: text})
	}
	importAll(t, s, shop, orders...)
	update(t, s, func(tx *Tx) error {
		for i, text := range texts {
			m := data.Message{UID: fmt.Sprint("m", i), OrderID: int64(i + 1), Direction: data.FromBuyer, SentAt: day(1), Text: text}
			if err := tx.PutMessage(&m); err != nil {
				return err
			}
		}
		return nil
	})
	for query, match := range map[string]string{
		"refun": "refund", "refund": "refund", "refunds": "refunds", "refor": "reform", "refurb": "refurbished", "возвра": "возвра",
		"возвращ": "возвращение", "eclair": "eclair", "ÉCLAIR": "eclair", "eclaira": "eclairage", "about refun": "refund", "refundx": "refundx",
		"λογοσ": "λογος", "пришел": "пришел",
	} {
		for _, limit := range []int{1, 8, 50, 400} {
			var want []int64
			for i := len(texts) - 1; i >= 0; i-- {
				plainText := strings.NewReplacer("é", "e", "ё", "е", "ς", "σ").Replace(strings.ToLower(texts[i]))
				if strings.Contains(plainText, strings.ReplaceAll(match, "ς", "σ")) {
					want = append(want, int64(i+1))
				}
			}
			more := len(want) > limit
			want = want[:min(limit, len(want))]
			found, err := s.SearchAll(context.Background(), query, limit)
			if err != nil {
				t.Fatal(err)
			}
			var inOrders, inMessages []int64
			for _, o := range found.Orders {
				inOrders = append(inOrders, o.ID)
			}
			for _, m := range found.Messages {
				inMessages = append(inMessages, m.MessageID)
			}
			if !slices.Equal(inOrders, want) || !slices.Equal(inMessages, want) || found.More.Orders != more || found.More.Messages != more {
				t.Errorf("%q, %d: orders %v %v, messages %v %v; want %v %v", query, limit, inOrders, found.More.Orders, inMessages, found.More.Messages, want, more)
			}
		}
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func FuzzTerms(f *testing.F) {
	for _, s := range messageTextsForTest {
		f.Add(s)
	}
	f.Add("\x00\xff\"*")
	s := openNew(f)
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := s.SearchAll(context.Background(), text, 5); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if _, err := s.OrderFirst(context.Background(), data.OrderQuery{Search: text}, 5); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}

// TestMergeWhole brings an index of many pieces into one, after which all is found
// as before.
func TestMergeWhole(t *testing.T) {
	ctx := t.Context()
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	order := data.Order{Shop: shop, Number: "N1", Status: data.StatusShipped}
	if err := s.Update(ctx, func(tx *Tx) error {
		if err := tx.PutOrder(&order); err != nil {
			return err
		}
		return tx.Record(data.Change{Action: "test", Entity: "order", Key: "N1"})
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.write.ExecContext(ctx, "INSERT INTO message_search (message_search, rank) VALUES ('automerge', 0)"); err != nil {
		t.Fatal(err)
	}
	for i := range fewPieces + 3 {
		if err := s.Update(ctx, func(tx *Tx) error {
			m := data.Message{OrderID: order.ID, Direction: data.FromBuyer, Text: fmt.Sprintf("lantern no%d 没有收到", i), SentAt: time.UnixMilli(int64(i + 1))}
			if err := tx.PutMessage(&m); err != nil {
				return err
			}
			return tx.Record(data.Change{Action: "test", Entity: "message", Key: m.UID})
		}); err != nil {
			t.Fatal(err)
		}
	}
	pieces := func() int {
		n, err := first(ctx, &s.Reader, "SELECT count(DISTINCT segid) FROM message_search_idx", nil, scanOne[int])
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := pieces(); n <= fewPieces {
		t.Fatalf("only %d pieces to begin with", n)
	}
	if err := s.MergeWhole(ctx, time.Minute); err != nil {
		t.Fatal(err)
	}
	if n := pieces(); n != 1 {
		t.Errorf("%d pieces are left", n)
	}
	for _, text := range []string{"l", "收", "lantern no3"} {
		found, err := s.SearchAll(ctx, text, 20)
		want := fewPieces + 3
		if text == "lantern no3" {
			want = 1
		}
		if err != nil || len(found.Messages) != want {
			t.Errorf("%q: %d found, %v", text, len(found.Messages), err)
		}
	}
}

func TestASearchCountsItsGroupsAndGoesOn(t *testing.T) {
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	ctx := context.Background()
	var orders []data.Order
	for i := range 1003 {
		o := data.Order{Number: fmt.Sprintf("77-%05d", i), OrderedAt: day(1), Status: data.StatusShipped}
		o.Buyer = data.Buyer{Name: "Ana", Handle: fmt.Sprintf("ana%d", i%5)}
		orders = append(orders, o)
	}
	importAll(t, s, shop, orders...)
	update(t, s, func(tx *Tx) error {
		d := data.Dispute{OrderID: 3, Reason: data.ReasonNotReceived, Claim: "77 is late", CaseNumber: "C-77", OpenedAt: day(2)}
		return tx.InsertDispute(&d)
	})
	totals, err := s.SearchTotals(ctx, "77")
	if err != nil || totals[data.FoundOrders] != (data.FoundTotal{N: 1000, More: true}) || totals[data.FoundDisputes] != (data.FoundTotal{N: 1}) ||
		totals[data.FoundMessages] != (data.FoundTotal{}) || totals[data.FoundBuyers] != (data.FoundTotal{}) {
		t.Errorf("%+v %v", totals, err)
	}
	if totals, err = s.SearchTotals(ctx, "ana"); err != nil || totals[data.FoundBuyers] != (data.FoundTotal{N: 5, More: true}) {
		t.Errorf("%+v %v", totals, err)
	}
	for _, group := range data.FoundGroups() {
		found, err := s.SearchGroup(ctx, "77", group, 1002)
		want := map[data.FoundGroup][2]int{data.FoundOrders: {1002, 0}, data.FoundDisputes: {0, 1}}[group]
		if err != nil || len(found.Orders) != want[0] || len(found.Disputes) != want[1] || len(found.Buyers)+len(found.Messages)+len(found.Feedback) != 0 {
			t.Errorf("%s: %d orders, %d disputes: %v", group, len(found.Orders), len(found.Disputes), err)
		}
		if found.More.Orders != (group == data.FoundOrders) {
			t.Errorf("%s: more orders: %v", group, found.More.Orders)
		}
	}
}
