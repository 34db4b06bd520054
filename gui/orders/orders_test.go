package orders

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

func TestFiltersChangeTheQuestion(t *testing.T) {
	b := guitest.New(t, words.English)
	o := New(b.Env, b.Fake)
	b.Show(o)
	b.Search(t, words.T("orders.search"), "mug")
	guitest.Find[*kit.Choice[data.OrderStatus]](b)[0].SetSelectedIndex(1 + slices.Index(data.OrderStatuses(), data.StatusToShip))
	o.lacking()[0].Action()
	o.date.SetSelectedIndex(2)
	q := b.Fake.OrderQueries[len(b.Fake.OrderQueries)-1]
	if q.Search != "mug" || !slices.Equal(q.Statuses, []data.OrderStatus{data.StatusToShip}) || !q.Late || !q.Now.Equal(guitest.Now) {
		t.Errorf("the question is %+v", q)
	}
	if want := guitest.Now.AddDate(0, 0, -7); !q.From.Equal(want) || !q.To.IsZero() {
		t.Errorf("from %v to %v, want the last 7 days", q.From, q.To)
	}
	o.Clear()
	q = b.Fake.OrderQueries[len(b.Fake.OrderQueries)-1]
	if q.Search != "" || q.Statuses != nil || q.Late || !q.From.IsZero() || o.lacking()[0].Checked {
		t.Errorf("after clearing the question is %+v", q)
	}
}

func TestAnOlderAnswerIsIgnored(t *testing.T) {
	b := guitest.New(t, words.English)
	o := New(b.Env, b.Fake)
	b.Show(o)
	b.Fake.OnOrder = func(id int64) {
		if id == 11 {
			o.detail.Show(12) // asked while the answer for 11 is on its way
		}
	}
	o.detail.Show(11)
	if got := o.detail.view.Order.ID; got != 12 {
		t.Errorf("the pane shows order %d, want the one that was asked for last", got)
	}
}

func TestTheTabSpeaksEachLanguage(t *testing.T) {
	for language, want := range map[string]string{words.English: "Timeline", words.Simplified: "时间线", words.Traditional: "時間軸"} {
		b := guitest.New(t, language)
		o := New(b.Env, b.Fake)
		b.Show(o)
		o.Open(11)
		b.Shows(t, want)
		b.NoRawKeys(t)
	}
}

// At 1366 pixels the columns that are shown at first stand beside each other
// without a scroll, and a date of last year is whole.
func TestColumnsFitASmallScreen(t *testing.T) {
	for _, language := range words.Languages() {
		b := guitest.New(t, language)
		list := columns(&env{b.Env, b.Fake})
		row := data.OrderRow{Number: "8123000000000001", BuyerName: "Ana M.", Tracking: "LX123456789CN", OrderedAt: time.Date(2024, 12, 30, 23, 59, 0, 0, time.UTC), ShippedAt: time.Date(2024, 12, 30, 23, 59, 0, 0, time.UTC)}
		width := float32(0)
		for _, c := range list {
			if !c.Hidden {
				width += c.Width
			}
		}
		if room := float32(1366*0.63) - 20; width > room { // 20: the bar between the panes and the scroll bar
			t.Errorf("%s: the columns take %v of %v", language, width, room)
		}
		for _, c := range list {
			for _, want := range []string{"number", "buyer", "ordered", "tracking", "shipped"} {
				if c.ID != want {
					continue
				}
				if c.Hidden && !slices.Contains([]string{"shipped"}, want) {
					t.Errorf("%s is not shown", want)
				}
				if text := c.Text(row); kit.Fit(text, c.Width-12, c.Bold) != text {
					t.Errorf("%s: %q is cut in %v", language, text, c.Width)
				}
			}
		}
	}
}

// An order tells out of which file it came, and what is to be done about it.
func TestAnOrderShowsItsFileAndItsTasks(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	if _, err := d.PutTask(t.Context(), data.Task{Title: "call the carrier", OrderID: dispute.OrderID}); err != nil {
		t.Fatal(err)
	}
	o := New(b.Env, d)
	b.Show(o)
	o.detail.Show(dispute.OrderID)
	b.Shows(t, words.T("order.fact.imports"), "orders.csv", words.T("task.list"), "○ call the carrier", words.T("task.do.finish"), words.T("today.task"))
	do(t, o, "order.complaint")
	if to, ok := b.Went[len(b.Went)-1].(route.Complaint); !ok || to.Order.ID != dispute.OrderID || to.Dispute != dispute.ID {
		t.Errorf("went to %+v", b.Went)
	}
}

// do does what the bar or its menu offers under a name of the trace.
func do(t *testing.T, o *Tab, name string) {
	t.Helper()
	for _, a := range o.detail.actions() {
		if a.Name == name {
			a.Do()
			return
		}
	}
	t.Fatalf("nothing offers %s", name)
}

func TestManyItemsAreShortened(t *testing.T) {
	items := make([]data.Item, 2000)
	for i := range items {
		items[i] = data.Item{Title: "Part", SKU: strconv.Itoa(i), Quantity: 1}
	}
	facts := itemFacts(items)
	if len(facts) != mostItems+1 {
		t.Fatalf("%d lines", len(facts))
	}
	if rest := strings.Split(facts[mostItems].Copy, "\n"); len(rest) != 2000-mostItems || !strings.Contains(rest[0], "50") {
		t.Errorf("%d copied, the first %q", len(rest), rest[0])
	}
	if got := itemFacts(items[:mostItems]); len(got) != mostItems {
		t.Errorf("%d of %d lines", len(got), mostItems)
	}
}
