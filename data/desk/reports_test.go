package desk_test

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/report"
	"casebinder/data/sample"
)

func reported(t *testing.T, d *desk.Desk, kinds ...report.Kind) *report.Report {
	t.Helper()
	r, err := d.Report(t.Context(), report.Ask{From: data.Day{Year: 2026, Month: 1, Day: 1}, To: data.Day{Year: 2026, Month: 12, Day: 31}, Zone: time.UTC, Currency: "CNY"}, kinds...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestARateIsKeptAndTakenBack(t *testing.T) {
	d, _ := aliExpressCase(t)
	rate := data.Rate{Currency: "usd", Target: "CNY", Day: "2026-01-01", Value: "7,25"}
	kept, err := d.SetRate(t.Context(), rate, false)
	if err != nil || kept.Value != "7.25" || kept.Currency != "USD" {
		t.Fatalf("%+v, %v", kept, err)
	}
	for _, wrong := range [][4]string{{"USD", "USD", "2026-01-01", "1"}, {"USD", "CNY", "1.1.2026", "7"}, {"USD", "CNY", "2026-01-01", "1,234"}, {"XXX", "CNY", "2026-01-01", "1"}} {
		if _, err := d.SetRate(t.Context(), data.Rate{Currency: wrong[0], Target: wrong[1], Day: wrong[2], Value: wrong[3]}, false); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	rates := func() int {
		list, err := d.Rates(t.Context(), "CNY")
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if _, err := d.Undo(t.Context()); err != nil || rates() != 0 {
		t.Errorf("%d rates after undo, %v", rates(), err)
	}
	if _, err := d.Redo(t.Context()); err != nil || rates() != 1 {
		t.Errorf("%d rates after redo, %v", rates(), err)
	}
	kept.Value = ""
	if _, err := d.SetRate(t.Context(), kept, false); err != nil || rates() != 0 {
		t.Errorf("%d rates after it was taken away, %v", rates(), err)
	}
}

// A rate that replaces another of its day, or that is more than ten times off from the
// one in force then, is asked about.
func TestADoubtfulRateWantsToBeConfirmed(t *testing.T) {
	d, _ := aliExpressCase(t)
	set := func(day, value string, sure bool) error {
		_, err := d.SetRate(t.Context(), data.Rate{Currency: "USD", Target: "CNY", Day: day, Value: value}, sure)
		return err
	}
	must(t, set("2026-03-01", "7.25", false))
	must(t, set("2026-03-01", "7,25", false))                                                                                        // the same
	for _, odd := range [][2]string{{"2026-03-01", "7.26"}, {"2026-04-01", "72.6"}, {"2026-04-01", "0.72"}, {"2026-02-01", "725"}} { // 7.25 times and by ten is 72.5 and 0.725
		if err := set(odd[0], odd[1], false); !errors.Is(err, data.ErrRefused) || !desk.RateDoubt(err) || !strings.Contains(err.Error(), "7.25") {
			t.Errorf("%v: %v", odd, err)
		}
	}
	must(t, set("2026-04-01", "72.5", false))
	must(t, set("2026-05-01", "100", false)) // beside the one in force, 72.5, and not the first one
	must(t, set("2026-03-01", "7.26", true))
	must(t, set("2026-03-01", "", false)) // it can be taken back
}

// A rate that the one the other way round gainsays is refused, with both told; a spread
// of some percent, and what counts from another season, is none of it.
func TestARateAgainstAnotherIsRefused(t *testing.T) {
	d, _ := aliExpressCase(t)
	set := func(currency, target, day, value string) error {
		_, err := d.SetRate(t.Context(), data.Rate{Currency: currency, Target: target, Day: day, Value: value}, false)
		return err
	}
	must(t, set("USD", "CNY", "2026-01-01", "7.25"))
	for _, bad := range []string{"5", "7.25", "0.12", "0.15"} { // times 7.25: 36.25, 52.6, 0.87, 1.0875
		if err := set("CNY", "USD", "2026-01-15", bad); !errors.Is(err, data.ErrConflict) || !strings.Contains(err.Error(), "7.25") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	for day, good := range map[string]string{"2026-01-15": "0.138", "2026-01-16": "0.1345", "2026-06-01": "0.15"} { // 1.0005, 0.975, five months later
		if err := set("CNY", "USD", day, good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
}

// The sample desk, its workbook, and the same sums by other SQL over the desk's file.
func TestTheWorkbookAgreesWithTheDesksFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "desk")
	d, err := desk.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.FillSample(t.Context(), sample.English, nil); err != nil {
		t.Fatal(err)
	}
	rates := map[string]string{"USD": "7.1", "EUR": "7.8", "GBP": "9.2", "BRL": "1.3"}
	for currency, value := range rates {
		if _, err := d.SetRate(t.Context(), data.Rate{Currency: currency, Target: "CNY", Day: "2026-01-01", Value: value}, false); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "report.xlsx")
	r := reported(t, d)
	shops, err := d.Shops(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ask := r.Ask
	for _, shop := range shops {
		if shop.Platform == "ebay" {
			ask.ShopID = shop.ID
		}
	}
	one, err := d.Report(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.SaveReport(t.Context(), r, path, report.English{}); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	cells, err := book.GetRows("Money by month", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	totals := cells[3+12] // a title, an empty row, heads, twelve months
	db, err := sql.Open("sqlite", filepath.Join(dir, "casebinder.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	sum := func(query string) string {
		rows, err := db.Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var whole int64
		for rows.Next() {
			var minor int64
			var currency, month string
			if err := rows.Scan(&minor, &currency, &month); err != nil {
				t.Fatal(err)
			}
			worth, ok := (data.Rate{Currency: currency, Target: "CNY", Value: rates[currency]}).Convert(data.Money{Minor: minor, Currency: currency})
			if ok {
				whole += worth.Minor
			}
		}
		return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%02d", whole/100, whole%100), "0"), ".")
	}
	risk := sum("SELECT sum(amount_minor), amount_currency, substr(date(opened_at/1000, 'unixepoch'), 1, 7) AS m FROM dispute WHERE stage <> 'closed' AND binned_at IS NULL AND amount_currency <> '' GROUP BY 2, 3")
	refunds := sum("SELECT sum(refunded_minor), refunded_currency, substr(date(ordered_at/1000, 'unixepoch'), 1, 7) AS m FROM orders WHERE refunded_minor <> 0 AND ordered_at IS NOT NULL GROUP BY 2, 3")
	if totals[0] != "Total" || totals[1] != risk || totals[3] != refunds || risk == "0" {
		t.Errorf("the workbook says %q, SQL at risk %s and refunded %s", totals, risk, refunds)
	}
	placed := func(r *report.Report, table, key, query string) {
		t.Helper()
		var want int64
		if err := db.QueryRow(query).Scan(&want); err != nil || want == 0 {
			t.Fatalf("%d, %v", want, err)
		}
		for _, row := range r.Table(table).Rows {
			if row.Key == key {
				if row.Cells[5].N != want {
					t.Errorf("%s of %q: %d orders placed, %d in the file", table, key, row.Cells[5].N, want)
				}
				return
			}
		}
		t.Errorf("%s has no row %q", table, key)
	}
	placed(r, "lessons.product", data.Several, "SELECT count(*) FROM (SELECT order_id FROM item GROUP BY order_id HAVING count(DISTINCT CASE WHEN sku <> '' THEN sku ELSE title END) > 1)")
	placed(r, "lessons.carrier", "Sample Express Line", "SELECT count(*) FROM (SELECT order_id FROM shipment WHERE kind <> 'return' AND carrier <> '' GROUP BY order_id HAVING count(DISTINCT carrier) = 1 AND max(carrier) = 'Sample Express Line')")
	placed(r, "lessons.country", "US", "SELECT count(*) FROM orders WHERE country = 'US'")
	placed(one, "lessons.country", "US", "SELECT count(*) FROM orders o JOIN shop s ON s.id = o.shop_id WHERE country = 'US' AND s.platform = 'ebay'")
	var disputes int64
	if err := db.QueryRow("SELECT count(*) FROM dispute WHERE binned_at IS NULL AND opened_at IS NOT NULL").Scan(&disputes); err != nil || r.Table("lessons.month").Total.Cells[1].N != disputes {
		t.Errorf("%d disputes in the report, %d in the file (%v)", r.Table("lessons.month").Total.Cells[1].N, disputes, err)
	}
}

func TestADecisionBecomesATaskAndIsRememberedTheNextMonth(t *testing.T) {
	d, dispute := aliExpressCase(t)
	if _, err := d.PutRuling(t.Context(), dispute.ID, data.Ruling{Outcome: "lost", Cause: "carrier"}); err != nil {
		t.Fatal(err)
	}
	sheet, err := d.MonthlyReview(t.Context(), "2026-11")
	if err != nil || len(sheet.Findings) == 0 || sheet.Findings[0].Rule != "review.opened" {
		t.Fatalf("%+v, %v", sheet, err)
	}
	finding := sheet.Findings[0]
	due := data.Day{Year: 2026, Month: 11, Day: 27}.End(time.UTC)
	if err := d.DecideReview(t.Context(), "2026-11", finding, "  Send lamps\nby DHL ", due); err != nil {
		t.Fatal(err)
	}
	if err := d.HoldReview(t.Context(), "2026-11", true); err != nil {
		t.Fatal(err)
	}
	task := func() (data.Task, *desk.ReviewSheet) {
		sheet, err := d.MonthlyReview(t.Context(), "2026-11")
		if err != nil {
			t.Fatal(err)
		}
		return sheet.Tasks[finding.Key()], sheet
	}
	made, sheet := task()
	if made.Title != "Send lamps by DHL" || !made.Due.Equal(due) || made.Origin.Kind != "review" || sheet.Review.HeldBy != "Tester" {
		t.Fatalf("the task is %+v, the review %+v", made, sheet.Review)
	}
	if err := d.DecideReview(t.Context(), "2026-11", finding, "Send lamps by UPS", due); err != nil {
		t.Fatal(err)
	}
	if again, _ := task(); again.UID != made.UID || again.Title != "Send lamps by UPS" {
		t.Errorf("after another decision: %+v", again)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if back, _ := task(); back.Title != "Send lamps by DHL" {
		t.Errorf("after undo: %+v", back)
	}
	next, err := d.MonthlyReview(t.Context(), "2026-12")
	if err != nil || len(next.Earlier) != 1 || next.Earlier[0].State(clock) != "open" || next.Earlier[0].State(due.Add(time.Hour)) != "overdue" {
		t.Fatalf("in December: %+v, %v", next.Earlier, err)
	}
	if err := d.FinishTask(t.Context(), made.ID); err != nil {
		t.Fatal(err)
	}
	if next, err = d.MonthlyReview(t.Context(), "2026-12"); err != nil || next.Earlier[0].State(clock) != "done" {
		t.Errorf("after the task was done: %+v, %v", next.Earlier, err)
	}
	if err := d.DecideReview(t.Context(), "2026-11", finding, "", time.Time{}); err != nil {
		t.Fatal(err)
	}
	if _, sheet := task(); len(sheet.Review.Notes) != 0 || sheet.Review.HeldAt.IsZero() {
		t.Errorf("after the decision was taken back: %+v", sheet.Review)
	}
}

// What a dispute gave back is told by its events, but for those that were corrected.
func TestASplitRecoversWhatDidNotGoBack(t *testing.T) {
	d, dispute := aliExpressCase(t)
	usd := func(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }
	event := func(e data.CaseEvent) data.CaseEvent {
		t.Helper()
		changed, err := d.AppendEvent(t.Context(), dispute.ID, desk.NewEvent{CaseEvent: e})
		if err != nil {
			t.Fatal(err)
		}
		return changed.Events[len(changed.Events)-1]
	}
	wrong := event(data.CaseEvent{Kind: data.EventRefundIssued, Actor: data.ActorSeller, At: clock.Add(-5 * time.Hour), Amount: usd(9999)})
	event(data.CaseEvent{Kind: data.EventCorrection, Actor: data.ActorSeller, At: clock.Add(-4 * time.Hour), Corrects: wrong.UID, Note: "typed wrong"})
	event(data.CaseEvent{Kind: data.EventRefundIssued, Actor: data.ActorSeller, At: clock.Add(-3 * time.Hour), Amount: usd(2000)})
	event(data.CaseEvent{Kind: data.EventClosed, Actor: data.ActorPlatform, At: clock.Add(-2 * time.Hour)})
	if _, err := d.PutRuling(t.Context(), dispute.ID, data.Ruling{Outcome: "split"}); err != nil {
		t.Fatal(err)
	}
	r, err := d.Report(t.Context(), report.Ask{From: data.Day{Year: 2026, Month: 11, Day: 1}, To: data.Day{Year: 2026, Month: 11, Day: 30}, Zone: time.UTC, Currency: "USD"})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Table("money.shop").Total.Cells[2].N; got != 4599-2000 {
		t.Errorf("recovered %d of 4599 with 2000 paid back; left out: %+v", got, r.Left)
	}
	if won := r.Table("wins.month").Total.Cells; won[3].N != 1 || won[7].N != 1 {
		t.Errorf("outcomes %+v", won)
	}
}
