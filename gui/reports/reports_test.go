package reports

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/xuri/excelize/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/report"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// given is a desk with a lost dispute of 45.99 USD of the last month, and an open one.
func given(t *testing.T) (*guitest.Bench, *desk.Desk, time.Time) {
	t.Helper()
	b, d := guitest.Real(t)
	b.Shop = func() int64 { return 0 }
	now := b.UI.Now()
	last := time.Date(now.Year(), now.Month()-1, 12, 8, 0, 0, 0, time.UTC)
	day := last.Format("2006-01-02 15:04")
	guitest.Orders(t, d, "1-1,"+day+",ann,45.99,USD", "1-2,"+day+",bob,20.00,USD")
	for _, number := range []string{"1-1", "1-2"} {
		ids, err := d.OrdersByNumber(t.Context(), number)
		if err != nil || len(ids) != 1 {
			t.Fatalf("order %s: %v, %v", number, ids, err)
		}
		dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: ids[0], Reason: data.ReasonDamaged, OpenedAt: last.Add(24 * time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.PutRuling(t.Context(), dispute.ID, data.Ruling{Cause: "packing"}); err != nil {
			t.Fatal(err)
		}
	}
	return b, d, last
}

func TestTheFiguresOfTheScreenAreThoseOfTheFile(t *testing.T) {
	b, d, last := given(t)
	if err := d.SetReportCurrency(t.Context(), "CNY"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "report.xlsx")
	b.SaveFile = func(_, _ string, then func(string)) { then(path) }
	f := newFigures(b.Env, d)
	f.begin()
	if f.made == nil || len(f.made.Left) != 1 {
		t.Fatalf("without a rate nothing is left out: %+v", f.made)
	}
	if !strings.Contains(f.said.Text, "65.99") {
		t.Errorf("it does not tell what is in no sum: %q", f.said.Text)
	}
	f.keepRate(data.Rate{Currency: "USD", Target: "CNY", Day: f.from.Value(), Value: "7,25"}, false, func() {})
	month := f.made.Table("money.month")
	at := -1
	for i, r := range month.Rows {
		if r.Key == last.Format("2006-01") {
			at = i
		}
	}
	shown := f.made.Show(Speaker{}, month, &month.Rows[at], 1)
	if shown != words.Money(data.Money{Minor: 47843, Currency: "CNY"}) { // 65.99 at 7.25 is 478.4275
		t.Errorf("the month shows %q", shown)
	}
	f.tell(month, &month.Rows[at])
	if !strings.Contains(f.said.Text, "7.25") || !strings.Contains(f.said.Text, "65.99") {
		t.Errorf("the sum does not tell its lines: %q", f.said.Text)
	}
	f.save()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(words.Text(month.Title), excelize.Options{RawCellValue: true})
	if err != nil || rows[3+at][1] != "478.43" {
		t.Errorf("the file has %q (%v)", rows[3+at], err)
	}
}

func TestEachTableIsDrawn(t *testing.T) {
	b, d, _ := given(t)
	for _, language := range words.Languages() {
		words.Set(language)
		f := newFigures(b.Env, d)
		f.begin()
		b.Window.SetContent(f.body)
		f.body.Resize(fyne.NewSize(1100, 640))
		for i := range f.made.Tables {
			f.table, f.drawn = f.made.Tables[i].ID, -1
			f.draw()
			for _, c := range guitest.Find[*kit.BarChart](b) {
				test.WidgetRenderer(c).Refresh()
			}
			table := &f.made.Tables[i]
			filled := slices.ContainsFunc(table.Rows, func(r report.Row) bool {
				return slices.ContainsFunc(r.Cells[1:], func(c report.Cell) bool { return c.Known && c.N > 0 })
			})
			for _, c := range guitest.Find[*kit.LineChart](b) {
				c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
				if filled && c.Reading() == "" {
					t.Errorf("%s, %s: the line has no entries, and the table has", language, table.ID)
				}
			}
		}
	}
	words.Set(words.English)
}

func TestAReviewKeepsDecisionsAsTasks(t *testing.T) {
	b, d, last := given(t)
	m := newMonthly(b.Env, d)
	m.load()
	if m.sheet == nil || m.sheet.Month != last.Format("2006-01") {
		t.Fatalf("the review is %+v", m.sheet)
	}
	var packing *data.Finding
	for i := range m.sheet.Findings {
		if m.sheet.Findings[i].Key() == "review.cause|cause:packing" {
			packing = &m.sheet.Findings[i]
		}
	}
	if packing == nil {
		t.Fatalf("two damaged parcels are no finding: %+v", m.sheet.Findings)
	}
	week := data.OnDay(b.UI.Now().In(time.Local).AddDate(0, 0, 7)).String()
	b.Window.SetContent(m.body)
	b.Shows(t, week, words.T("reports.decision.day", "days", 7))
	m.drafts["other"] = "half written"
	m.decide(*packing, "Ann orders double boxes", "2026-12-31")
	if task := m.sheet.Tasks[packing.Key()]; task.Title != "Ann orders double boxes" || !m.unsaved() {
		t.Errorf("the task is %+v", task)
	}
	b.Window.SetContent(m.body)
	b.Shows(t, words.T("reports.decided", "state", words.T("reports.state.open")))
	this := last.AddDate(0, 1, 0).Format("2006-01")
	m.month.Set(this)
	m.load()
	b.Shows(t, "Ann orders double boxes", words.T("reports.state.open"))
}

// A decision without words says what to do, and the next one that is kept takes that
// away. A day that has passed is asked about.
func TestADecisionOfAPastDayIsAskedAbout(t *testing.T) {
	b, d, _ := given(t)
	m := newMonthly(b.Env, d)
	m.load()
	b.UI.Open(kit.Sheet{Name: "review", Title: "Review", Cancel: words.T("do.close"), Body: m.body})
	f := m.sheet.Findings[0]
	m.ask(f, "", "2026-12-31")
	b.Shows(t, "Write it, or leave without saving.")
	m.ask(f, "Ann orders double boxes", "2026-12-31")
	if task := m.sheet.Tasks[f.Key()]; task.Title != "Ann orders double boxes" {
		t.Fatalf("the task is %+v", task)
	}
	b.Hides(t, "Write it, or leave without saving.")
	past := data.OnDay(b.UI.Now().In(time.Local).AddDate(0, 0, -1)).String()
	m.ask(f, "Ann orders triple boxes", past)
	b.Shows(t, words.T("reports.past.text", "day", past))
	if task := m.sheet.Tasks[f.Key()]; task.Title != "Ann orders double boxes" {
		t.Errorf("before it was answered, the task is %+v", task)
	}
	b.Press(t, words.T("reports.past.do"))
	if task := m.sheet.Tasks[f.Key()]; task.Title != "Ann orders triple boxes" || data.OnDay(task.Due.In(time.Local)).String() != past {
		t.Errorf("the task is %+v", task)
	}
}

// A rate that would replace another one is asked about, and kept by whom is sure of it.
func TestADoubtfulRateIsAskedAbout(t *testing.T) {
	b, d, _ := given(t)
	f := newFigures(b.Env, d)
	f.begin()
	rate := data.Rate{Currency: "EUR", Target: "CNY", Day: "2026-01-01", Value: "7.8"}
	value := func() string {
		list, err := d.Rates(t.Context(), "CNY")
		if err != nil || len(list) != 1 {
			t.Fatalf("the rates are %+v, %v", list, err)
		}
		return list[0].Value
	}
	kept := 0
	f.keepRate(rate, false, func() { kept++ })
	rate.Value = "780"
	f.keepRate(rate, false, func() { kept++ })
	if value() != "7.8" || kept != 1 {
		t.Fatalf("without a word the rate became %s", value())
	}
	b.Shows(t, words.T("reports.rate.sure"))
	b.Press(t, words.T("reports.rate.sure.do"))
	if value() != "780" || kept != 2 {
		t.Errorf("whoever is sure keeps %s", value())
	}
}

// What is open shows at once what was taken back, done again or changed elsewhere, and
// keeps the chosen row.
func TestWhatIsOpenFollowsTheDesk(t *testing.T) {
	b, d, last := given(t)
	room := New(b.Env, d)
	var heard []data.ChangeEvent
	defer d.Subscribe(func(e data.ChangeEvent) { heard = append(heard, e) })()
	if err := d.SetReportCurrency(t.Context(), "CNY"); err != nil {
		t.Fatal(err)
	}
	room.Open(Figures)
	f := room.figures
	follow := func(what string, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		room.Changed(heard)
		heard = nil
	}
	f.rates()
	follow("a rate", func() error {
		_, err := d.SetRate(t.Context(), data.Rate{Currency: "USD", Target: "CNY", Day: f.from.Value(), Value: "7,25"}, false)
		return err
	}())
	b.Shows(t, words.T("report.rate", "currency", "USD", "value", "7.25", "target", "CNY", "day", f.from.Value()))
	if len(f.made.Left) != 0 {
		t.Errorf("with a rate, left out: %+v", f.made.Left)
	}
	f.chosen = last.Format("2006-01")
	_, err := d.Undo(t.Context())
	follow("undo", err)
	if len(f.made.Left) != 1 || !strings.Contains(f.said.Text, "65.99") {
		t.Errorf("after undo: %+v, %q", f.made.Left, f.said.Text)
	}
	_, err = d.Redo(t.Context())
	follow("redo", err)
	if len(f.made.Left) != 0 || f.chosen != last.Format("2006-01") || !strings.Contains(f.said.Text, "7.25") {
		t.Errorf("after redo: %+v, %q", f.made.Left, f.said.Text)
	}
	made := f.made
	follow("a change of nothing in it", d.SetReportCurrency(t.Context(), "CNY"))
	if f.made != made {
		t.Error("the same figures were drawn anew")
	}
	room.monthly.drafts["review.opened"] = "half"
	packing := data.Finding{Rule: "review.cause", Where: []data.Ref{{Kind: "cause", ID: "packing"}}}
	follow("a decision", d.DecideReview(t.Context(), room.monthly.sheet.Month, packing, "Ann orders boxes", time.Time{}))
	if room.monthly.sheet.Tasks[packing.Key()].Title != "Ann orders boxes" || room.monthly.drafts["review.opened"] != "half" {
		t.Errorf("the review shows %+v", room.monthly.sheet.Tasks)
	}
	_, err = d.Undo(t.Context())
	follow("undo of a decision", err)
	if len(room.monthly.sheet.Tasks) != 0 {
		t.Errorf("after undo the review shows %+v", room.monthly.sheet.Tasks)
	}
}

// Each cause, reason, outcome and channel that a report can hold is words in each
// language.
func TestNoCodeIsShown(t *testing.T) {
	defer words.Set(words.English)
	all := map[string][]string{
		"cause": append(data.Causes(), data.FeedbackCauses()...), "outcome": {"won", "lost", "split", "accepted", "withdrawn"},
	}
	for _, r := range data.Reasons() {
		all["reason"] = append(all["reason"], string(r))
	}
	for _, p := range data.Platforms() {
		all["platform"] = append(all["platform"], string(p))
	}
	all["channel"] = append([]string{"email", "phone", "paste"}, all["platform"]...)
	all["complaint.outcome"] = data.ComplaintOutcomes()
	for _, language := range words.Languages() {
		words.Set(language)
		for kind, values := range all {
			for _, v := range values {
				got := (Speaker{}).Label(report.Label{Kind: kind, Value: v})
				if got == "" || strings.Contains(got, "_") || got == v && (kind == "platform" || language != words.English) {
					t.Errorf("%s: the %s %q is shown as %q", language, kind, v, got)
				}
			}
		}
	}
}

func TestPeriods(t *testing.T) {
	today := data.Day{Year: 2026, Month: time.March, Day: 31}
	for span, want := range map[string]string{
		"this_month": "2026-03-01 2026-03-31", "last_month": "2026-02-01 2026-02-28", "three_months": "2026-01-01 2026-03-31",
		"this_year": "2026-01-01 2026-03-31", "twelve_months": "2025-04-01 2026-03-31", "three_years": "2023-04-01 2026-03-31",
	} {
		from, to, ok := spanOf(span, today)
		if got := from.String() + " " + to.String(); got != want || !ok {
			t.Errorf("%s is %s, want %s", span, got, want)
		}
	}
}

var _ report.Speaker = Speaker{}

// A press on the rates before the first report is there is not lost: the sheet opens
// with the currency that the report lacks.
func TestRatesAskedForEarlyOpenWithTheReport(t *testing.T) {
	b, d, _ := given(t)
	f := newFigures(b.Env, d)
	b.Window.SetContent(f.body)
	f.making = true // as while the desk is asked for its currency
	f.rates()
	if f.relist != nil || !f.wanted {
		t.Fatal("the sheet opened before the report was there")
	}
	f.begin()
	if f.made == nil || f.relist == nil || f.wanted {
		t.Errorf("the sheet did not open with the report: %v", f.wanted)
	}
	b.Shows(t, words.T("reports.rates.title", "currency", f.currency.Value()))
}
