package desk_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

const ratedPage = `评价管理
订单号：812345
商品：灯笼
评价等级：5星
评价内容：Lovely lantern
评价时间：2026-11-10 09:30
订单号：999
商品：手机壳
评价等级：1星
评价内容：Llegó roto
评价时间：2026-11-11 22:01
`

// allFeedback lists what was received, newest first.
func allFeedback(t *testing.T, d *desk.Desk, q data.FeedbackQuery) []data.Feedback {
	t.Helper()
	list, err := d.FeedbackFirst(t.Context(), q, 100)
	must(t, err)
	return list
}

func undone(t *testing.T, d *desk.Desk) {
	t.Helper()
	_, err := d.Undo(t.Context())
	must(t, err)
}

func takeRatings(t *testing.T, d *desk.Desk, r desk.RatingsRequest) (desk.RatingsPage, desk.RatingsReport) {
	t.Helper()
	page, err := d.PreviewRatings(t.Context(), r)
	must(t, err)
	report, err := d.TakeRatings(t.Context(), page)
	must(t, err)
	return page, report
}

// A copied page is kept with and without an order, once, and taken back as one.
func TestPageOfRatings(t *testing.T) {
	d := aliExpressOrder(t)
	page, report := takeRatings(t, d, desk.RatingsRequest{Text: ratedPage})
	if report != (desk.RatingsReport{Added: 2}) || len(page.Rest) != 0 {
		t.Fatalf("%+v, not understood %+v", report, page.Rest)
	}
	list := allFeedback(t, d, data.FeedbackQuery{})
	if len(list) != 2 {
		t.Fatalf("%d feedbacks", len(list))
	}
	without, with := list[0], list[1]
	if with.OrderID == 0 || with.OrderNumber != "812345" || with.Stars != 5 || with.Text != "Lovely lantern" || with.Product != "灯笼" || with.LeftAt.Format(time.RFC3339) != "2026-11-10T01:30:00Z" {
		t.Errorf("with its order it is %+v", with)
	}
	if without.OrderID != 0 || without.OrderNumber != "999" || without.Stars != 1 {
		t.Errorf("without an order it is %+v", without)
	}
	_, again := takeRatings(t, d, desk.RatingsRequest{Text: ratedPage + ratedPage})
	if again != (desk.RatingsReport{Known: 4}) {
		t.Errorf("pasted again, twice in one: %+v", again)
	}
	undone(t, d)
	if left := allFeedback(t, d, data.FeedbackQuery{}); len(left) != 0 {
		t.Errorf("after undo %d are left", len(left))
	}
}

// What a later page says otherwise is a change by the buyer; what it says less is none.
func TestPageOfRatingsThatChanged(t *testing.T) {
	d := aliExpressOrder(t)
	takeRatings(t, d, desk.RatingsRequest{Text: ratedPage})
	later := strings.NewReplacer("1星", "4星", "Llegó roto", "Resuelto", "09:30", "").Replace(ratedPage) + "卖家回复：谢谢！\n"
	page, report := takeRatings(t, d, desk.RatingsRequest{Text: later})
	if report != (desk.RatingsReport{Changed: 1, Known: 1}) {
		t.Fatalf("%+v: %+v", report, page.Items)
	}
	f := allFeedback(t, d, data.FeedbackQuery{})[0]
	v, err := d.Feedback(t.Context(), f.ID)
	must(t, err)
	f = v.Feedback
	if f.Stars != 4 || f.Text != "Resuelto" || f.Reply != "谢谢！" || len(f.Changes) != 1 || f.Changes[0].Stars != 1 || f.Changes[0].Text != "Llegó roto" {
		t.Errorf("it became %+v", f)
	}
	if first := allFeedback(t, d, data.FeedbackQuery{})[1]; first.LeftAt.Format(time.RFC3339) != "2026-11-10T01:30:00Z" {
		t.Errorf("a page without the hour took it: %v", first.LeftAt)
	}
	undone(t, d)
	if f = allFeedback(t, d, data.FeedbackQuery{})[0]; f.Stars != 1 || f.Text != "Llegó roto" {
		t.Errorf("after undo it is %+v", f)
	}
}

// A page of what the shop left for its buyers is kept apart from what it received.
func TestPageOfRatingsThatWereGiven(t *testing.T) {
	d := aliExpressOrder(t)
	text := "Feedback left for others\nPositive feedback rating\tThank you!\tBuyer: a***n (254)\tNov-12-26 08:11\n"
	page, report := takeRatings(t, d, desk.RatingsRequest{Text: text})
	if !page.Given || report.Added != 1 {
		t.Fatalf("given %v, %+v", page.Given, report)
	}
	list := allFeedback(t, d, data.FeedbackQuery{Given: true})
	if len(list) != 1 || !list[0].Given || list[0].State != data.FeedbackDone || len(allFeedback(t, d, data.FeedbackQuery{})) != 0 {
		t.Errorf("%+v", list)
	}
	page, err := d.PreviewRatings(t.Context(), desk.RatingsRequest{Text: text, Side: desk.RatingsReceived})
	if err != nil || page.Given || page.Items[0].Fate != desk.RatingNew {
		t.Errorf("a person's word is not taken: %+v %v", page, err)
	}
}

// Stars of 4.5 and 0, days in the future or before the order: each is left out with
// its reason, and taken once a person gave its stars.
func TestPageOfRatingsWithBadInput(t *testing.T) {
	d := aliExpressOrder(t)
	text := `4.5 out of 5 stars
Good, but late
By Tom on November 2, 2026
0 stars
Bad
By Uta on November 1, 2026
5 out of 5 stars
From tomorrow
By Eva on December 31, 2026
`
	page, err := d.PreviewRatings(t.Context(), desk.RatingsRequest{Text: text, Today: data.Day{Year: 2027, Month: 1, Day: 2}})
	must(t, err)
	if n := page.Count(desk.RatingLeft); n != 3 || len(page.Items) != 3 {
		t.Fatalf("%d of %d are left out", n, len(page.Items))
	}
	rules := map[string]bool{}
	for _, f := range page.Findings {
		rules[f.Rule] = true
	}
	if !rules["rated.no_stars"] || !rules["ratings.future"] {
		t.Errorf("said is %v", rules)
	}
	if _, err := d.TakeRatings(t.Context(), page); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("none can be taken, and it says %v", err)
	}
	page.Items[0].SetStars(4)
	must(t, d.CompareRatings(t.Context(), &page))
	report, err := d.TakeRatings(t.Context(), page)
	if err != nil || report != (desk.RatingsReport{Added: 1, Left: 2}) {
		t.Errorf("%+v %v", report, err)
	}

	early := strings.ReplaceAll(ratedPage, "2026-11-10", "2026-10-01")
	page, err = d.PreviewRatings(t.Context(), desk.RatingsRequest{Text: early})
	if err != nil || page.Items[0].Fate != desk.RatingLeft {
		t.Errorf("a rating before its order is %+v, %v", page.Items[0].Fate, err)
	}
}

// What is pasted into the tab is a page of ratings only where stars stand with an
// order or a day; what a buyer wrote is a message.
func TestWhatIsAPageOfRatings(t *testing.T) {
	for text, want := range map[string]bool{
		ratedPage: true,
		"5 out of 5 stars\nFine\nBy Tom on November 2, 2025\n":                      true,
		"4.5 out of 5 stars\nNearly\nBy Uta on November 1, 2025\n":                  true,
		"Hello there\nWhere is my parcel?":                                          false,
		"03.11.26, 14:05 - Ana: is it a box?\n03.11.26, 14:20 - Shop: yes\n":        false,
		"LX123456789CN\n2026-11-02 10:00 Arrived at Madrid\n2026-11-03 Delivered\n": false,
		"★★★★★": false,
		"":      false,
	} {
		if got := desk.IsRatingsPage(text, clock); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// A table goes the way of files, a page that of pages, and what is neither says so.
func TestPastedFeedbackGoesItsWay(t *testing.T) {
	d := aliExpressOrder(t)
	for _, c := range []struct {
		name, text string
		table      bool
		items      int
	}{
		{"a table that is known", "Order Number\tStars\tText\n812345\t5\tGood\n", true, 0},
		{"a table that is to be mapped", "Pedido\tNota\tx\n812345\t5\tBueno\n", true, 0},
		{"a page", ratedPage, false, 2},
		{"neither", "Hello there\nHow are you?", false, 0},
		{"one line", "★★★★★", false, 0},
	} {
		path, page, err := d.PastedFeedback(t.Context(), desk.RatingsRequest{Text: c.text})
		if err != nil || (path != "") != c.table || len(page.Items) != c.items || !c.table && c.items == 0 && len(page.Findings) == 0 {
			t.Errorf("%s: %q, %d ratings, %v, %v", c.name, path, len(page.Items), page.Findings, err)
		}
	}
	if _, _, err := d.PastedFeedback(t.Context(), desk.RatingsRequest{Text: " \n "}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("nothing pasted says %v", err)
	}
}
