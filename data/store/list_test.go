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

// noSorting fails when SQLite would sort, or read a whole table where an index
// is meant to serve.
func noSorting(t *testing.T, s *Store, name, query string, args []any) string {
	t.Helper()
	text := planOf(t, s, query, args...)
	if strings.Contains(text, "TEMP B-TREE") {
		t.Errorf("%s sorts:\n%s\n%s", name, query, text)
	}
	return text
}

// planOf is how SQLite would answer a query.
func planOf(t *testing.T, s *Store, query string, args ...any) string {
	t.Helper()
	plan, err := all(context.Background(), &s.Reader, "EXPLAIN QUERY PLAN "+query, args, func(row scanner) (string, error) {
		var a, b, c int
		var detail string
		return detail, row.Scan(&a, &b, &c, &detail)
	})
	if err != nil {
		t.Fatal(query, err)
	}
	return strings.Join(plan, "\n")
}

func checkListing(t *testing.T, s *Store, name string, l *listing, id string) {
	t.Helper()
	for _, segment := range l.segments {
		query, args := l.sql(id, segment)
		plan := noSorting(t, s, name, query, args)
		if !strings.Contains(plan, "INDEX") && !strings.Contains(plan, "PRIMARY KEY") {
			t.Errorf("%s uses no index:\n%s\n%s", name, query, plan)
		}
	}
}

func TestEachColumnSortsByItsIndex(t *testing.T) {
	s := openNew(t)
	newShop(t, s, data.EBay, "a")
	ctx := context.Background()
	for _, ascending := range []bool{true, false} {
		for _, sort := range []data.OrderSort{
			"", data.OrderByOrdered, data.OrderByNumber, data.OrderByShop, data.OrderByBuyer, data.OrderByCountry, data.OrderByStatus,
			data.OrderByTotal, data.OrderByShipBy, data.OrderByShipped,
		} {
			l, err := s.orderListing(ctx, data.OrderQuery{Sort: sort, Ascending: ascending})
			if err != nil {
				t.Fatal(err)
			}
			checkListing(t, s, fmt.Sprint("orders by ", sort, ascending), l, "o.id")
		}
		for _, sort := range []data.DisputeSort{
			"", data.DisputeByDue, data.DisputeByOpened, data.DisputeByOrder, data.DisputeByShop, data.DisputeByReason, data.DisputeByAmount,
			data.DisputeByStage,
		} {
			l, err := s.disputeListing(ctx, data.DisputeQuery{Sort: sort, Ascending: ascending})
			if err != nil {
				t.Fatal(err)
			}
			checkListing(t, s, fmt.Sprint("disputes by ", sort, ascending), l, "d.id")
		}
		for _, sort := range []data.FeedbackSort{
			"", data.FeedbackByLeft, data.FeedbackByStars, data.FeedbackByState, data.FeedbackByShop, data.FeedbackByOrder,
		} {
			l, err := s.feedbackListing(ctx, data.FeedbackQuery{Sort: sort, Ascending: ascending})
			if err != nil {
				t.Fatal(err)
			}
			checkListing(t, s, fmt.Sprint("feedback by ", sort, ascending), l, "f.id")
		}
	}
	for name, q := range map[string]data.OrderQuery{
		"late": {Late: true, Now: testNow, Sort: data.OrderByShipBy, Ascending: true}, "no tracking": {NoTracking: true},
		"one shop": {ShopID: 1}, "one status": {Statuses: []data.OrderStatus{data.StatusShipped}}, "one country": {Country: "US"},
		"some days": {From: day(1), To: day(9)}, "shipped on a day": {Shipped: day(1), Sort: data.OrderByShipped, Ascending: true},
	} {
		l, err := s.orderListing(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		checkListing(t, s, name, l, "o.id")
	}
	for _, l := range todayListings(TodayQuery{Now: testNow}) { // what was put off is little, and may be sorted
		checkListing(t, s, "today's "+string(l.kind), l.listing, l.id)
	}
	for _, l := range waitingFeedbackListings(TodayQuery{Now: testNow}) {
		checkListing(t, s, "today's feedback", l, "f.id")
	}
	plan := noSorting(t, s, "stats", statsSQL, nil)
	for _, line := range strings.Split(plan, "\n") {
		if strings.Contains(line, "SCAN") && !strings.Contains(line, "INDEX") && !strings.Contains(line, "CONSTANT") {
			t.Errorf("stats read a table: %s", line)
		}
	}
	for name, query := range map[string]string{"order rows": orderRowSelect + "1,2)", "dispute rows": disputeRowSelect + "1,2)"} {
		plan := noSorting(t, s, name, query, nil)
		if strings.Contains(plan, "SCAN") {
			t.Errorf("%s: %s", name, plan)
		}
	}
}

func numbers(t *testing.T, s *Store, q data.OrderQuery) []string {
	t.Helper()
	ctx := context.Background()
	ids, err := s.OrderIDs(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := s.OrderRows(ctx, ids)
	if err != nil {
		t.Fatal(err)
	}
	list := make([]string, len(rows))
	for i, r := range rows {
		list[i] = r.Number
	}
	firstRows, err := s.OrderFirst(ctx, q, 2)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range firstRows {
		if r.Number != list[i] {
			t.Errorf("%+v: the first page has %s at %d, the ids %s", q, r.Number, i, list[i])
		}
	}
	if len(firstRows) != min(2, len(ids)) {
		t.Errorf("%+v: the first page has %d of %d", q, len(firstRows), len(ids))
	}
	return list
}

func TestOrderLists(t *testing.T) {
	s := openNew(t)
	zeta, alpha := newShop(t, s, data.EBay, "Zeta"), newShop(t, s, data.Amazon, "alpha")
	a := data.Order{Number: "A", Buyer: data.Buyer{Handle: "1", Name: "Bob", Country: "DE"}, Status: data.StatusToShip, Total: usd(500), OrderedAt: day(3), ShipBy: day(5)}
	b := data.Order{Number: "B", Buyer: data.Buyer{Handle: "2", Name: "Ada"}, Status: data.StatusShipped, Total: usd(9000), OrderedAt: day(1), ShippedAt: day(2), ShipTo: data.Address{Country: "FR"}}
	c := data.Order{Number: "C", Status: data.StatusShipped, Total: data.Money{Minor: 700, Currency: "JPY"}, OrderedAt: day(2), Shipments: []data.Shipment{{Tracking: "X"}}}
	d := data.Order{Number: "D", Status: data.StatusToShip, ShipBy: day(20)} // ordered when? nobody knows
	importAll(t, s, zeta, a, b)
	importAll(t, s, alpha, c, d)
	now := day(10)
	for _, x := range []struct {
		q    data.OrderQuery
		want string
	}{
		{data.OrderQuery{}, "A C B D"},
		{data.OrderQuery{Ascending: true}, "B C A D"},
		{data.OrderQuery{Sort: data.OrderByNumber}, "D C B A"},
		{data.OrderQuery{Sort: data.OrderByShop, Ascending: true}, "D C B A"},
		{data.OrderQuery{Sort: data.OrderByShop}, "A B C D"},
		{data.OrderQuery{Sort: data.OrderByBuyer, Ascending: true}, "B A D C"},
		{data.OrderQuery{Sort: data.OrderByCountry, Ascending: true}, "A B D C"},
		{data.OrderQuery{Sort: data.OrderByTotal}, "B A C D"},
		{data.OrderQuery{Sort: data.OrderByShipBy, Ascending: true}, "A D B C"},
		{data.OrderQuery{Sort: data.OrderByShipped}, "B D C A"},
		{data.OrderQuery{ShopID: zeta.ID}, "A B"},
		{data.OrderQuery{Platform: data.Amazon}, "C D"},
		{data.OrderQuery{Country: "DE"}, "A"},
		{data.OrderQuery{Statuses: []data.OrderStatus{data.StatusShipped, data.StatusCanceled}}, "C B"},
		{data.OrderQuery{From: day(2), To: day(3)}, "C"},
		{data.OrderQuery{From: day(2)}, "A C"},
		{data.OrderQuery{NoTracking: true}, "B"},
		{data.OrderQuery{Late: true, Now: now}, "A"},
		{data.OrderQuery{Late: true, Now: day(30)}, "A D"},
	} {
		if got := strings.Join(numbers(t, s, x.q), " "); got != x.want {
			t.Errorf("%+v: got %s, want %s", x.q, got, x.want)
		}
	}
	if rows, err := s.OrderRows(context.Background(), []int32{4, 99, 1}); err != nil || len(rows) != 2 || rows[0].Number != "D" || rows[1].Country != "DE" {
		t.Errorf("%+v %v", rows, err)
	}
}

func TestTodayAndStats(t *testing.T) {
	ctx := context.Background()
	s := openNew(t)
	shop, other := newShop(t, s, data.EBay, "a"), newShop(t, s, data.EBay, "b")
	now := day(10)
	order := func(number string, status data.OrderStatus, by time.Time) data.Order {
		return data.Order{Number: number, Status: status, ShipBy: by, Total: usd(100)}
	}
	importAll(t, s, shop, order("past", data.StatusToShip, day(9)), order("near", data.StatusToShip, day(12)),
		order("far", data.StatusToShip, day(20)), order("gone", data.StatusShipped, day(9)), order("dead", data.StatusToShip, day(9).Add(-data.LongPast)))
	update(t, s, func(tx *Tx) error {
		for i, d := range []DisputeCache{
			{Stage: data.StageNegotiation, Waiting: data.ActorSeller, Due: day(11)},
			{Stage: data.StageNegotiation, Waiting: data.ActorSeller},
			{Stage: data.StageReturn, Waiting: data.ActorBuyer},
			{Stage: data.StageClosed, Due: day(8)},
		} {
			x := data.Dispute{OrderID: int64(i + 1), Reason: data.ReasonOther, OpenedAt: day(1)}
			if err := firstError(tx.InsertDispute(&x), tx.SetDisputeCache(x.ID, d)); err != nil {
				return err
			}
		}
		for i, stars := range []int{1, 3, 5} {
			if err := tx.PutFeedback(&data.Feedback{Shop: other, Stars: stars, LeftAt: day(i + 1), Text: "x"}); err != nil {
				return err
			}
		}
		return firstError(tx.PutTask(&data.Task{Title: "call", Due: day(7)}), tx.PutTask(&data.Task{Title: "sometime"}),
			tx.PutTask(&data.Task{Title: "done", Due: day(6), DoneAt: day(6)}))
	})
	next := func(*data.Feedback) (time.Time, bool) { return time.Time{}, true }
	refs, err := s.TodayRefs(ctx, TodayQuery{Now: now, Next: next})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := s.TodayRows(ctx, refs)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		switch r.Kind {
		case data.TodayDispute:
			got = append(got, "dispute "+r.OrderNumber)
		case data.TodayShip:
			got = append(got, "ship "+r.OrderNumber)
		case data.TodayFeedback:
			got = append(got, fmt.Sprint("stars ", r.Stars))
		case data.TodayTask:
			got = append(got, "task "+r.Text)
		}
	}
	want := []string{"task call", "ship past", "dispute past", "ship near", "dispute near", "stars 3", "stars 1", "task sometime", "ship dead"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if n, err := s.TodayCount(ctx, TodayQuery{Now: now, Next: next}); err != nil || n != len(want)-1 { // without what is long past
		t.Errorf("counted %d, %v", n, err)
	}
	if refs, err = s.TodayRefs(ctx, TodayQuery{Now: now, Next: next, ShopID: other.ID}); err != nil || len(refs) != 4 || refs[0].Kind != data.TodayTask {
		t.Errorf("%+v %v", refs, err)
	}
	stats, err := s.Stats(ctx)
	if err != nil || stats != (data.Stats{Shops: 2, Orders: 5, OpenDisputes: 3, NewFeedback: 3, LastImport: testNow}) {
		t.Errorf("%+v %v", stats, err)
	}
}

// The orders of a buyer and of a tracking number are found by indexes, however
// many orders the desk holds.
func TestSameBuyerAndParcelAreFoundByIndexes(t *testing.T) {
	s := deskWithOrder(t)
	for _, c := range []struct {
		query string
		args  []any
		want  []string
	}{
		{priorSQL, []any{1, "a@example.com", 1, 2}, []string{"orders_buyer", "orders_email"}},
		{sameTrackingSQL, []any{`["LX1"]`, 1}, []string{"shipment_tracking"}},
	} {
		plan := planOf(t, s, c.query, c.args...)
		for _, index := range c.want {
			if !strings.Contains(plan, "USING INDEX "+index) {
				t.Errorf("%s does not use %s:\n%s", c.query, index, plan)
			}
		}
		if strings.Contains(plan, "SCAN o") || strings.Contains(plan, "SCAN s\n") {
			t.Errorf("it reads a whole table:\n%s", plan)
		}
	}
}

// All parcels of an order count, not the first alone, and all orders, not the
// first few.
func TestSameBuyerAndParcelsAreFoundAll(t *testing.T) {
	s := openNew(t)
	shop, other := newShop(t, s, data.EBay, "a"), newShop(t, s, data.Shopify, "b")
	buyer := data.Buyer{Handle: "ann", Email: "Ann@Example.com"}
	want := 40
	var mine data.Order
	update(t, s, func(tx *Tx) error {
		for i := range want {
			o := data.Order{Shop: shop, Number: fmt.Sprintf("p%02d", i), Buyer: buyer, OrderedAt: day(1).Add(time.Duration(i) * time.Minute), Shipments: []data.Shipment{
				{Tracking: fmt.Sprintf("X%d", i)}, {Tracking: "TWICE"},
			}}
			if err := tx.PutOrder(&o); err != nil {
				return err
			}
		}
		elsewhere := data.Order{Shop: other, Number: "#9", Buyer: data.Buyer{Handle: "ann.example", Email: "ann@example.com"}, OrderedAt: day(2)}
		later := data.Order{Shop: shop, Number: "later", Buyer: buyer, OrderedAt: day(20)}
		stranger := data.Order{Shop: shop, Number: "bob", Buyer: data.Buyer{Handle: "ann-2"}, OrderedAt: day(2)}
		mine = data.Order{Shop: shop, Number: "mine", Buyer: buyer, OrderedAt: day(10), Shipments: []data.Shipment{{Tracking: "ONE"}, {Tracking: "TWICE"}, {Tracking: "X7"}}}
		return firstError(tx.PutOrder(&elsewhere), tx.PutOrder(&later), tx.PutOrder(&stranger), tx.PutOrder(&mine))
	})
	prior, err := s.PriorOrders(t.Context(), &mine)
	if err != nil || len(prior) != want+1 {
		t.Fatalf("%d earlier orders, %v", len(prior), err)
	}
	last := prior[want]
	if last.Number != "#9" || last.SameAccount || !last.SameEmail || !prior[0].SameAccount || !prior[0].SameEmail {
		t.Errorf("%+v, %+v", prior[0], last)
	}
	same, err := s.SameTracking(t.Context(), &mine)
	if err != nil || len(same["TWICE"]) != want || !slices.Equal(same["X7"], []string{"p07"}) || same["ONE"] != nil {
		t.Errorf("%v, %v", same, err)
	}
}
