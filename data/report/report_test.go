package report

import (
	"math"
	"slices"
	"testing"
	"time"

	"casebinder/data"
)

func usd(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }
func eur(minor int64) data.Money { return data.Money{Minor: minor, Currency: "EUR"} }

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

var shanghai = func() *time.Location {
	z, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		panic(err)
	}
	return z
}()

// given is a small year, worked by hand.
func given() *Input {
	return &Input{
		Ask:   Ask{From: data.Day{Year: 2026, Month: 10, Day: 1}, To: data.Day{Year: 2026, Month: 11, Day: 30}, Zone: shanghai, Currency: "USD"},
		Shops: map[int64]data.Shop{1: {ID: 1, Platform: "ebay", Name: "Lark", Zone: "Asia/Shanghai"}},
		Rates: []data.Rate{{Currency: "EUR", Target: "USD", Day: "2026-10-01", Value: "1.1"}, {Currency: "EUR", Target: "USD", Day: "2026-11-01", Value: "1.2"}},
		Cases: []data.ReportCase{
			// Opened on 31 October in UTC, which is 1 November in Shanghai: the later rate.
			{Kind: data.CaseDispute, ID: 1, OrderID: 1, ShopID: 1, Reason: "damaged", Cause: "packing", Product: "CUP", At: at("2026-10-31T17:00:00Z"), Open: true, Amount: eur(1005)},
			{Kind: data.CaseDispute, ID: 2, OrderID: 2, ShopID: 1, Reason: "damaged", Cause: "packing", Product: "CUP", At: at("2026-10-02T00:00:00Z"), EndedAt: at("2026-10-20T00:00:00Z"), Outcome: "won", Amount: eur(2000)},
			{Kind: data.CaseDispute, ID: 3, OrderID: 3, ShopID: 1, Reason: "not_received", Product: data.Several, At: at("2026-10-03T00:00:00Z"), EndedAt: at("2026-11-04T00:00:00Z"), Outcome: "split", Amount: usd(1000), PaidBack: usd(400)},
			{Kind: data.CaseDispute, ID: 4, OrderID: 4, ShopID: 1, Reason: "not_received", At: at("2026-10-03T00:00:00Z"), EndedAt: at("2026-11-04T00:00:00Z"), Outcome: "lost", Amount: usd(900)},
			{Kind: data.CaseDispute, ID: 5, OrderID: 5, ShopID: 1, Reason: "quality", At: at("2026-10-04T00:00:00Z"), Open: true, Amount: data.Money{Minor: 500, Currency: "GBP"}},
			{Kind: data.CaseRefund, ID: 4, OrderID: 4, ShopID: 1, Reason: "not_received", At: at("2026-10-01T00:00:00Z"), Amount: usd(900)},
			// A complaint about an order that has a dispute too.
			{Kind: data.CaseComplaint, ID: 1, OrderID: 1, ShopID: 1, Cause: "packing", Product: "CUP", At: at("2026-10-30T00:00:00Z"), Open: true},
			{Kind: data.CaseFeedback, ID: 1, ShopID: 1, At: at("2026-11-30T16:00:00Z")}, // already December in Shanghai
		},
		Orders: map[string]map[string]int64{"product": {"CUP": 40}},
	}
}

func made(t *testing.T, in *Input, kinds ...Kind) *Report {
	t.Helper()
	r, err := Make(in, kinds...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func row(t *testing.T, r *Report, table, key string) *Row {
	t.Helper()
	for i := range r.Table(table).Rows {
		if r.Table(table).Rows[i].Key == key {
			return &r.Table(table).Rows[i]
		}
	}
	t.Fatalf("%s has no row %q", table, key)
	return nil
}

func TestMoneyIsAddedInOneCurrencyByTheRateOfItsDay(t *testing.T) {
	r := made(t, given(), KindMoney)
	shop := row(t, r, "money.shop", "ebay/Lark")
	// At risk: 10.05 EUR at 1.2 = 12.06. Recovered: 20.00 EUR at 1.1 = 22.00, and 10.00 - 4.00. Refunded: 9.00.
	for i, want := range []int64{1206, 2800, 900} {
		if got := shop.Cells[1+i].N; got != want {
			t.Errorf("%s is %d, want %d", Measures()[i], got, want)
		}
	}
	if n := shop.Cells[4].N; n != 4 {
		t.Errorf("%d rows are in the sums, want 4", n)
	}
	if len(r.Left) != 1 || r.Left[0].Amount != (data.Money{Minor: 500, Currency: "GBP"}) || r.Left[0].Measure != AtRisk {
		t.Errorf("left out: %+v, want 5.00 GBP at risk", r.Left)
	}
	if len(r.Rates) != 2 {
		t.Errorf("the rates used are %v", r.Rates)
	}
	november := row(t, r, "money.month", "2026-11")
	if november.Cells[1].N != 1206 || november.Cells[2].N != 600 || november.Cells[3].N != 0 {
		t.Errorf("November is %+v", november.Cells)
	}
}

func TestEachTableOfMoneyAddsUpToItsLines(t *testing.T) {
	r := made(t, given(), KindMoney)
	for _, table := range r.Tables {
		for i, m := range Measures() {
			var lines, rows int64
			for _, l := range table.Lines {
				if l.Measure == m && !l.Left {
					lines += l.Worth.Minor
				}
			}
			for _, row := range table.Rows {
				rows += row.Cells[1+i].N
			}
			if lines != rows || rows != table.Total.Cells[1+i].N {
				t.Errorf("%s, %s: lines give %d, rows %d, the total %d", table.ID, m, lines, rows, table.Total.Cells[1+i].N)
			}
		}
	}
}

func TestASplitWithoutAKnownRefundIsToldAndNotAdded(t *testing.T) {
	in := given()
	in.Cases = in.Cases[2:3]
	in.Cases[0].PaidBack = data.Money{}
	r := made(t, in, KindMoney)
	if len(r.Left) != 1 || r.Left[0].Rows != 1 || !r.Left[0].Amount.IsZero() || r.Table("money.shop").Total.Cells[2].N != 0 {
		t.Errorf("left %+v, total %+v", r.Left, r.Table("money.shop").Total)
	}
}

func TestCasesStandBesideTheirOrders(t *testing.T) {
	r := made(t, given(), KindLessons)
	cup := row(t, r, "lessons.product", "CUP")
	// Two disputes and a complaint about two orders, beside 40 placed.
	for i, want := range []int64{2, 1, 0, 2, 40} {
		if cup.Cells[1+i].N != want {
			t.Errorf("%s is %d, want %d", r.Table("lessons.product").Columns[1+i].ID, cup.Cells[1+i].N, want)
		}
	}
	if got := r.Table("lessons.product").Value(cup, 6); got != 5 {
		t.Errorf("per 100 orders: %v, want 5", got)
	}
	if several := row(t, r, "lessons.product", data.Several); several.Cells[1].N != 1 || several.Cells[6].Known {
		t.Errorf("several products: %+v", several.Cells)
	}
	if total := r.Table("lessons.month").Total.Cells; total[3].N != 0 {
		t.Errorf("a feedback of December counts: %+v", total)
	}
	if october := row(t, r, "lessons.month", "2026-10"); october.Cells[1].N != 4 {
		t.Errorf("October has %d disputes, want 4", october.Cells[1].N)
	}
}

func TestAWinRateOfAFewIsNotTold(t *testing.T) {
	in := given()
	r := made(t, in, KindWins)
	total := r.Table("wins.reason").Total
	if total.Cells[1].N != 1 || total.Cells[7].N != 3 || total.Cells[8].Known || !total.Cells[8].Few {
		t.Errorf("total %+v", total.Cells)
	}
	for range 9 {
		in.Cases = append(in.Cases, in.Cases[1])
	}
	r = made(t, in, KindWins)
	if got := r.Table("wins.reason").Value(r.Table("wins.reason").Total, 8); math.Abs(got-10.0/12) > 1e-9 {
		t.Errorf("the rate of 10 won of 12 is %v", got)
	}
}

// Values of Newcombe (1998), table I, method 3.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		n, of     int64
		low, high float64
	}{{81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718}, {29, 29, .8830, 1}, {0, 0, 0, 1}} {
		low, high := Wilson(c.n, c.of)
		if math.Abs(low-c.low) > 5e-5 || math.Abs(high-c.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.n, c.of, low, high, c.low, c.high)
		}
	}
}

func TestBusyHoursAreOnTheShopsClock(t *testing.T) {
	in := given()
	berlin := data.Shop{ID: 2, Platform: "ebay", Name: "B", Zone: "Europe/Berlin"}
	in.Shops[2] = berlin
	quarter := func(text string) int64 { return at(text).Unix() / 900 }
	in.Asked = []data.AskedCount{
		{ShopID: 1, Quarter: quarter("2026-11-29T18:00:00Z"), N: 3}, // Monday 2:00 in Shanghai
		{ShopID: 2, Quarter: quarter("2026-10-25T00:30:00Z"), N: 1}, // Sunday 2:30, before the clocks go back
		{ShopID: 2, Quarter: quarter("2026-10-25T01:30:00Z"), N: 1}, // Sunday 2:30 once more
	}
	r := made(t, in, KindHours)
	monday, sunday := row(t, r, "hours.week", "1"), row(t, r, "hours.week", "7")
	if monday.Cells[3].N != 3 || sunday.Cells[3].N != 2 || r.Tables[0].Total.Cells[25].N != 5 {
		t.Errorf("Monday %v, Sunday %v", monday.Cells[3].N, sunday.Cells[3].N)
	}
}

func TestMonthsOfAPeriod(t *testing.T) {
	a := Ask{From: data.Day{Year: 2026, Month: 1, Day: 31}, To: data.Day{Year: 2026, Month: 3, Day: 29}, Zone: shanghai}
	var got []string
	for _, m := range a.Months() {
		got = append(got, m.Month+" "+m.From.Format("01-02")+" "+m.To.Format("01-02"))
	}
	want := []string{"2026-01 01-31 02-01", "2026-02 02-01 03-01", "2026-03 03-01 03-30"}
	if len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("months %v, want %v", got, want)
	}
	if _, err := Make(&Input{Ask: Ask{From: a.To, To: a.From, Zone: shanghai, Currency: "USD"}}); err == nil {
		t.Error("a period that ends before it begins is taken")
	}
}

// At risk is what is open when the period ends: also what was opened long before it, and
// what ended only after it.
func TestMoneyAtRiskIsWhatIsOpenAtTheEndOfThePeriod(t *testing.T) {
	in := given()
	dispute := func(id, minor int64, opened, ended string) data.ReportCase {
		c := data.ReportCase{Kind: data.CaseDispute, ID: id, OrderID: id, ShopID: 1, Reason: "damaged", Open: ended == "", Amount: usd(minor)}
		if opened != "" {
			c.At = at(opened)
		}
		if ended != "" {
			c.EndedAt, c.Outcome = at(ended), "won"
		}
		return c
	}
	in.Cases = []data.ReportCase{
		dispute(1, 100, "2025-01-05T00:00:00Z", ""),                      // open for long: at risk
		dispute(2, 200, "2026-11-10T00:00:00Z", ""),                      // at risk
		dispute(3, 400, "2026-11-30T15:59:59Z", "2026-11-30T16:00:00Z"),  // ended in the first second of December in Shanghai: at risk
		dispute(4, 800, "2026-09-10T00:00:00Z", "2026-11-30T15:59:59Z"),  // ended in the last one of November: recovered
		dispute(5, 1600, "2026-11-30T16:00:00Z", ""),                     // opened after the period
		dispute(6, 3200, "", ""),                                         // nobody knows since when: at risk
		dispute(7, 6400, "2026-08-01T00:00:00Z", "2026-09-30T00:00:00Z"), // ended before
	}
	r := made(t, in, KindMoney)
	for _, table := range r.Tables {
		if got := [2]int64{table.Total.Cells[1].N, table.Total.Cells[2].N}; got != [2]int64{100 + 200 + 400 + 3200, 800} {
			t.Errorf("%s: at risk and recovered are %v", table.ID, got)
		}
	}
	var months []string
	for _, row := range r.Table("money.month").Rows {
		months = append(months, row.Key)
	}
	if want := []string{Earlier, "2026-10", "2026-11", ""}; !slices.Equal(months, want) {
		t.Fatalf("the months are %q, want %q", months, want)
	}
	for key, want := range map[string]int64{Earlier: 100, "2026-10": 0, "2026-11": 600, "": 3200} {
		if got := row(t, r, "money.month", key).Cells[1].N; got != want {
			t.Errorf("at risk of %q: %d, want %d", key, got, want)
		}
	}
}

// The first of a month has a day that is no period; any other day has its month so far.
func TestUsualPeriod(t *testing.T) {
	for today, want := range map[string]string{
		"2026-12-01": "2026-11-01 2026-11-30", "2027-01-01": "2026-12-01 2026-12-31", "2028-03-01": "2028-02-01 2028-02-29",
		"2026-12-02": "2026-12-01 2026-12-02", "2026-11-30": "2026-11-01 2026-11-30",
	} {
		day, err := data.ParseDay(today)
		if err != nil {
			t.Fatal(err)
		}
		if from, to := Usual(day); from.String()+" "+to.String() != want {
			t.Errorf("on %s: %s to %s, want %s", today, from, to, want)
		}
	}
}
