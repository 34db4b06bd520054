package account

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/health"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// TestANumberWithItsRows: an eBay shop of five sales, one of which eBay closed for the
// buyer, stands at 20 %; the page lists that one, opens it, and says what an appeal
// that is won would do.
func TestANumberWithItsRows(t *testing.T) {
	b, d := guitest.Real(t)
	orders := guitest.Orders(t, d, "1-1,2026-09-01 10:00,ann,45.99,USD", "1-2,2026-09-02 10:00,ben,45.99,USD", "1-3,2026-09-03 10:00,cid,45.99,USD",
		"1-4,2026-09-04 10:00,dan,45.99,USD", "1-5,2026-09-05 10:00,eve,45.99,USD")
	opened := time.Date(2026, 9, 20, 18, 0, 0, 0, time.UTC)
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: orders[2].ID, Reason: data.ReasonNotReceived, OpenedAt: opened})
	if err != nil {
		t.Fatal(err)
	}
	for i, kind := range []data.EventKind{data.EventEscalated, data.EventRuled} {
		if _, err := d.AppendEvent(t.Context(), dispute.ID, desk.NewEvent{CaseEvent: data.CaseEvent{Kind: kind, Actor: data.ActorPlatform, At: opened.AddDate(0, 0, 5+i)}}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.PutRuling(t.Context(), dispute.ID, data.Ruling{Outcome: "lost", Liable: "seller"}); err != nil {
		t.Fatal(err)
	}
	tab := New(b.Env, d)
	b.Show(tab)
	b.Shows(t, "Transaction defect rate", "20.00 %", "1 of 5")
	if first, ok := tab.table.Selected(); !ok || first.at != tab.first || tab.page.shown.at != tab.first {
		t.Errorf("at the start %v is chosen, and the page shows %v", first.at, tab.page.shown.at)
	}
	tab.table.Select(b.Shops()[0].ID*mostNumbers + 1)
	l := tab.page.hits
	rows, err := l.source().Rows(t.Context(), []int32{1})
	if err != nil || len(l.counted) != 1 || rows[0].name != orders[2].Number || rows[0].day != (data.Day{Year: 2026, Month: 9, Day: 3}) {
		t.Fatal(err, l.counted, rows)
	}
	var at route.Route
	b.Open = func(r route.Route) { at = r }
	l.open(rows[0])
	if at != (route.Order{ID: orders[2].ID}) {
		t.Errorf("%#v", at)
	}
	l.won(l.counted[0].Ref)
	b.Shows(t, "0 of 5")
	// Up to four buyers with a defect are forgiven: there is nothing to warn of.
	b.Shows(t, "Above Standard")
	if list, err := d.HealthWarnings(t.Context(), 0); err != nil || len(list) != 0 {
		t.Error(err, list)
	}
}

// TestTheRowsThatMiss: of two ratings one is negative. Where more is better, the rows to
// look at are those that are missing from the numerator; the list of all says of each
// row whether it is in it.
func TestTheRowsThatMiss(t *testing.T) {
	b, d := guitest.Real(t)
	shop, err := d.PutShop(t.Context(), data.Shop{Platform: "aliexpress", Name: "Heron", Zone: "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	for i, stars := range []int{5, 2} {
		if _, err := d.PutFeedback(t.Context(), data.Feedback{Shop: shop, BuyerHandle: fmt.Sprint("buyer", i), Stars: stars, LeftAt: b.UI.Now().AddDate(0, 0, -3)}); err != nil {
			t.Fatal(err)
		}
	}
	tab := New(b.Env, d)
	b.Show(tab)
	rows, err := tab.numbers(t.Context(), desk.HealthAsk{ShopID: shop.ID})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(rows, func(r row) bool { return r.Metric.ID == "aliexpress.feedback_rate" })
	tab.table.Select(rows[at].at)
	b.Shows(t, "50.00 %", "1 of 2", "Missed (1)", "All that count (2)")
	said := func(l *list) (why, in []string) {
		ids := make([]int32, len(l.counted))
		for i := range ids {
			ids[i] = int32(i + 1)
		}
		lines, err := l.source().Rows(t.Context(), ids)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range lines {
			why, in = append(why, one.why), append(in, one.in)
		}
		return why, in
	}
	if why, _ := said(tab.page.missed); !slices.Equal(why, []string{"negative feedback"}) {
		t.Errorf("missed: %q", why)
	}
	if _, in := said(tab.page.base); !slices.Equal(in, []string{"yes: positive feedback", "no: negative feedback"}) {
		t.Errorf("of all: %q", in)
	}
	tab.page.tryWon()
	b.Shows(t, words.T("account.whatif.nocase"))
	b.NoRawKeys(t)
}

// TestAShopWithoutOrders: a shop without orders has numbers without a value.
func TestAShopWithoutOrders(t *testing.T) {
	b, d := guitest.Real(t)
	tab := New(b.Env, d)
	b.Show(tab)
	b.Shows(t, "Transaction defect rate", words.T("account.na"))
	b.NoRawKeys(t)
}

// TestOfNothingThereIsNoPart: a fraud report in a month without sales is one of n/a,
// and nothing of nothing is n/a alone.
func TestOfNothingThereIsNoPart(t *testing.T) {
	books, err := health.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	cards, _ := health.Find(books, "visa.vamp_ratio")
	rows := health.Rows{Zone: time.UTC, CardItems: []health.CardItem{{ID: 1, Kind: health.CardFraud, At: health.At(time.Date(2025, 10, 12, 4, 0, 0, 0, time.UTC)), Card: "visa"}}}
	for _, c := range []struct {
		rows health.Rows
		want string
	}{{rows, "1 of n/a"}, {health.Rows{Zone: time.UTC}, "n/a"}} {
		n := cards.Measure(&c.rows, health.Ask{AsOf: guitest.Now, List: true})
		if got := cases(n); got != c.want || value(n) != "n/a" {
			t.Errorf("%q, %q, want %q", got, value(n), c.want)
		}
	}
}

// TestWhatThePlatformIsSaidToShow: what is no number, may be two of them, is more than
// all, or lies in the future is refused with what to write.
func TestWhatThePlatformIsSaidToShow(t *testing.T) {
	books, err := health.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	rate, _ := health.Find(books, "ebay.transaction_defect_rate")
	cards, _ := health.Find(books, "visa.vamp_ratio")
	for text, wrong := range map[string]bool{
		"7,25": false, "7.25 %": false, "0.45 %": false, "0,45％": false, "0": false, "100": false, "12": false,
		"": true, "good": true, "-3": true, "900 %": true, "101": true, "0.45": true, ",45": true, "1.2.3": true,
	} {
		if err := checkShare(rate, text); (err != nil) != wrong {
			t.Errorf("%q: %v", text, err)
		}
	}
	if err := checkShare(cards, "150 %"); err != nil { // the sales are those of other months
		t.Error(err)
	}
	for counts, wrong := range map[[2]string]bool{{"", ""}: false, {"3", ""}: false, {"3", "3"}: false, {"4", "3"}: true, {"1", "many"}: true} {
		if err := checkCounts(rate, counts[0], counts[1]); (err != nil) != wrong {
			t.Errorf("%q: %v", counts, err)
		}
	}
	b, d := guitest.Real(t)
	p := newPage(&env{b.Env, d}, func() {})
	shop := data.Shop{Zone: "Asia/Shanghai"}
	today := b.UI.Now().In(shop.Location())
	for text, wrong := range map[string]bool{
		today.Format(time.DateOnly): false, today.AddDate(0, 0, 1).Format(time.DateOnly): true, today.AddDate(-1, 0, 0).Format(time.DateOnly): false, "": true, "soon": true,
	} {
		day := kit.NewDay(b.UI, "day", "", func(string) {})
		day.Entry.SetText(text)
		if err := p.checkDay(shop, day); (err != nil) != wrong {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestTheListBeginsWithWhatNeedsALook: three cases that eBay closed for buyers make
// one number fail; it stands above those that are well, and those without a value
// last, with the reason beside them.
func TestTheListBeginsWithWhatNeedsALook(t *testing.T) {
	b, d := guitest.Real(t)
	orders := guitest.Orders(t, d, "1-1,2026-09-01 10:00,ann,45.99,USD", "1-2,2026-09-02 10:00,ben,45.99,USD", "1-3,2026-09-03 10:00,cid,45.99,USD")
	opened := time.Date(2026, 9, 20, 18, 0, 0, 0, time.UTC)
	for _, o := range orders {
		dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: o.ID, Reason: data.ReasonNotReceived, OpenedAt: opened})
		if err != nil {
			t.Fatal(err)
		}
		for i, kind := range []data.EventKind{data.EventEscalated, data.EventRuled} {
			if _, err := d.AppendEvent(t.Context(), dispute.ID, desk.NewEvent{CaseEvent: data.CaseEvent{Kind: kind, Actor: data.ActorPlatform, At: opened.AddDate(0, 0, 5+i)}}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.PutRuling(t.Context(), dispute.ID, data.Ruling{Outcome: "lost", Liable: "seller"}); err != nil {
			t.Fatal(err)
		}
	}
	tab := New(b.Env, d)
	b.Show(tab)
	rows, err := tab.numbers(t.Context(), desk.HealthAsk{})
	if err != nil {
		t.Fatal(err)
	}
	if rows[0].Metric.ID != "ebay.cases_closed_without_resolution" || standing(rows[0].Number) != "! Below Standard" || room(rows[0].Number) != "rises at 1 fewer" {
		t.Errorf("first: %s, %s, %s", rows[0].Metric.ID, standing(rows[0].Number), room(rows[0].Number))
	}
	for i, r := range rows[1:] {
		if urgency(rows[i].Number) > urgency(r.Number) {
			t.Errorf("%s stands below %s", r.Metric.ID, rows[i].Metric.ID)
		}
		if r.NA() && standing(r.Number) != words.T("account.level.na") {
			t.Errorf("%s: %q", r.Metric.ID, standing(r.Number))
		}
	}
	// With three cases, the one to be won is asked for; a chosen one is tried out.
	tab.table.Select(rows[0].at)
	tab.page.tryWon()
	b.Shows(t, words.T("account.whatif.choose"))
	tab.page.hits.table.Select(1)
	tab.page.tryWon()
	b.Shows(t, "2 of 3")
	tab.page.tryOut("shipped", health.Change{Shipped: true})
	b.Shows(t, "changes nothing")
}

// The conditions of each level read as sentences, in each language.
func TestConditionsReadAsSentences(t *testing.T) {
	defer words.Set(words.English)
	levels := []health.Level{
		{Title: "Above Standard", Good: true, When: []string{"value <= 0.02"}},
		{Title: "Above Standard", Good: true, When: []string{"buyers <= 4", "value > 0"}},
		{Title: "Below Standard", When: []string{"value > 0.02"}},
	}
	for language, want := range map[string]string{
		words.English:     "Above Standard if the rate is 2\u00a0% or less, or no more than 4 buyers are affected.",
		words.Simplified:  "“高于标准”的条件：比率不超过 2\u00a0%；或者涉及的买家不超过 4 位。",
		words.Traditional: "「高於標準」的條件：比率不超過 2\u00a0%；或是涉及的買家不超過 4 位。",
	} {
		words.Set(language)
		if got := target(levels); got != want {
			t.Errorf("%s: %q", language, got)
		}
	}
	words.Set(words.English)
	if got, want := conditions([]string{"base >= 300", "value < 0.01"}), "300 orders or more are counted and the rate is under 1\u00a0%"; got != want {
		t.Errorf("%q", got)
	}
	// Each condition of the program's own rules has its words.
	books, err := health.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, b := range books {
		for _, m := range b.Metrics {
			for _, l := range m.Levels {
				text := conditions(l.When)
				if said++; strings.Contains(text, "account.") || strings.ContainsAny(text, "<>=") {
					t.Errorf("%s: %v is said as %q", m.ID, l.When, text)
				}
			}
		}
	}
	if said < 60 {
		t.Errorf("%d levels were read", said)
	}
	against := &health.Number{Metric: &health.Metric{}}
	against.Hits = 1
	if got := standing(against); got != "nothing to divide by" {
		t.Errorf("1 of 0 stands as %q", got)
	}
	if got := standing(&health.Number{Metric: &health.Metric{}}); got != "no rows yet" {
		t.Errorf("0 of 0 stands as %q", got)
	}
}

// In a low window the list keeps its rows, and the course of the chosen number opens by a
// link: of that number, and of no earlier one.
func TestTheCourseOpensByALinkInALowWindow(t *testing.T) {
	b, d := guitest.Real(t)
	guitest.Orders(t, d, "1-1,2026-09-01 10:00,ann,45.99,USD", "1-2,2026-09-02 10:00,ben,45.99,USD")
	tab := New(b.Env, d)
	b.Show(tab)
	b.Window.Resize(fyne.NewSize(904, 300))
	b.Shows(t, words.T("account.course.open"))
	if rows := tab.table.Size().Height; rows < 6*look.Row {
		t.Errorf("the list has %v", rows)
	}
	b.Press(t, words.T("account.course.open"))
	if b.UI.TopSheet() != "course" {
		t.Fatalf("the sheet on top is %q", b.UI.TopSheet())
	}
	b.UI.Escape()
	tab.page.drawn = behind{}
	tab.page.openPast()
	if b.UI.SheetOpen() {
		t.Error("a course that was not read yet is shown")
	}
	b.Window.Resize(fyne.NewSize(1280, 680))
	b.Hides(t, words.T("account.course.open"))
}
