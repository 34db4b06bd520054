package rating_test

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/rating"
)

func book(t *testing.T, p data.Platform) *rating.Book {
	t.Helper()
	b, err := rating.Of(p)
	if err != nil || b == nil {
		t.Fatalf("%s: %v", p, err)
	}
	return b
}

func local(t *testing.T, zone, text string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", text, loc)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func windowOf(t *testing.T, f *data.Feedback, m rating.Matter, what rating.What, now time.Time) rating.Window {
	t.Helper()
	for _, w := range book(t, f.Shop.Platform).Windows(f, m, now) {
		if w.What == what {
			return w
		}
	}
	t.Fatalf("no window %s", what)
	return rating.Window{}
}

// The last moments are worked by hand: 30 days keep the time of day when clocks
// change in between, and a month from the 31st ends with the shorter month.
func TestLastMoments(t *testing.T) {
	for _, c := range []struct {
		zone, left, now string
		what            rating.What
		until           string
		days            int
	}{
		{"Asia/Shanghai", "2026-11-01 10:00", "2026-11-20 23:59", rating.Complain, "2026-12-01 10:00", 11},
		{"Asia/Shanghai", "2026-11-01 10:00", "2026-12-01 00:01", rating.Complain, "2026-12-01 10:00", 0},
		{"Asia/Shanghai", "2026-01-31 09:00", "2026-02-01 09:00", rating.Ask, "2026-02-28 09:00", 27},
		{"Asia/Shanghai", "2028-01-31 09:00", "2028-02-01 09:00", rating.Ask, "2028-02-29 09:00", 28},
		{"Asia/Shanghai", "2026-12-15 09:00", "2026-12-15 09:00", rating.Ask, "2027-01-15 09:00", 31},
		{"America/Los_Angeles", "2026-10-20 08:30", "2026-11-02 08:30", rating.Complain, "2026-11-19 08:30", 17}, // clocks go back on 1 November
		{"America/Los_Angeles", "2026-02-20 23:30", "2026-03-09 00:10", rating.Complain, "2026-03-22 23:30", 13}, // and forward on 8 March
		{"Europe/Berlin", "2026-02-27 02:30", "2026-03-20 12:00", rating.Complain, "2026-03-29 03:00", 9},        // 2:30 does not come on 29 March
	} {
		f := &data.Feedback{Shop: data.Shop{Platform: data.AliExpress, Zone: c.zone}, Stars: 1, LeftAt: local(t, c.zone, c.left)}
		w := windowOf(t, f, rating.Matter{}, c.what, local(t, c.zone, c.now))
		if want := local(t, c.zone, c.until); !w.Until.Equal(want) || w.Left != c.days {
			t.Errorf("%s %s of %s: until %v, %d days, want %v, %d", c.zone, c.what, c.left, w.Until.In(want.Location()), w.Left, want, c.days)
		}
	}
}

// A date without a time stays one: the window ends with its last day.
func TestADayEndsWithADay(t *testing.T) {
	zone, _ := time.LoadLocation("America/New_York")
	f := &data.Feedback{Shop: data.Shop{Platform: data.AliExpress, Zone: "America/New_York"}, Stars: 2, LeftAt: data.Day{Year: 2026, Month: 10, Day: 20}.Begin(zone)}
	w := windowOf(t, f, rating.Matter{}, rating.Complain, local(t, "America/New_York", "2026-11-19 23:30"))
	if day, ok := data.DayOf(w.Until); !ok || day != (data.Day{Year: 2026, Month: 11, Day: 19}) || w.Status != rating.Open || w.Left != 0 {
		t.Errorf("%+v", w)
	}
	w = windowOf(t, f, rating.Matter{}, rating.Complain, local(t, "America/New_York", "2026-11-20 00:00"))
	if w.Status != rating.Over || w.Left != -1 {
		t.Errorf("a day later: %+v", w)
	}
}

func TestWhatCanBeDone(t *testing.T) {
	left, now := local(t, "UTC", "2026-11-01 10:00"), local(t, "UTC", "2026-11-10 10:00")
	on := func(d int) time.Time { return left.AddDate(0, 0, d) }
	ali := func(f data.Feedback) data.Feedback {
		f.Shop, f.LeftAt = data.Shop{Platform: data.AliExpress}, left
		return f
	}
	for _, c := range []struct {
		name string
		f    data.Feedback
		m    rating.Matter
		want [3]rating.Status // reply, ask, complain
	}{
		{"new and bad", ali(data.Feedback{Stars: 1}), rating.Matter{}, [3]rating.Status{rating.Open, rating.Waits, rating.Open}},
		{"praise", ali(data.Feedback{Stars: 5}), rating.Matter{}, [3]rating.Status{rating.Open, rating.Barred, rating.Barred}},
		{"settled", ali(data.Feedback{Stars: 3, SettledAt: on(2)}), rating.Matter{}, [3]rating.Status{rating.Open, rating.Open, rating.Open}},
		{"settled on the day", ali(data.Feedback{Stars: 3, SettledAt: on(9).Add(2 * time.Hour)}), rating.Matter{}, [3]rating.Status{rating.Open, rating.Open, rating.Open}},
		{"settled a day later", ali(data.Feedback{Stars: 3, SettledAt: on(10)}), rating.Matter{}, [3]rating.Status{rating.Open, rating.Waits, rating.Open}},
		{"settled, but a dispute is open", ali(data.Feedback{Stars: 3, SettledAt: on(2)}), rating.Matter{Open: true}, [3]rating.Status{rating.Open, rating.Waits, rating.Open}},
		{"answered and asked", ali(data.Feedback{Stars: 2, RepliedAt: on(1), SettledAt: on(2), RevisionAt: on(3)}), rating.Matter{}, [3]rating.Status{rating.Done, rating.Done, rating.Open}},
		{"revised to praise", ali(data.Feedback{Stars: 5, RevisedAt: on(4)}), rating.Matter{}, [3]rating.Status{rating.Open, rating.Done, rating.Barred}},
		{"reported", ali(data.Feedback{Stars: 1, Complained: data.Complained{At: on(4)}}), rating.Matter{}, [3]rating.Status{rating.Open, rating.Waits, rating.Done}},
		{"removed", ali(data.Feedback{Stars: 1, RemovedAt: on(4)}), rating.Matter{}, [3]rating.Status{rating.Over, rating.Over, rating.Over}},
		{"left by the seller", ali(data.Feedback{Stars: 5, Given: true}), rating.Matter{}, [3]rating.Status{rating.Barred, rating.Barred, rating.Barred}},
		{"Amazon", data.Feedback{Shop: data.Shop{Platform: data.Amazon}, Stars: 1, LeftAt: left, SettledAt: on(2)}, rating.Matter{}, [3]rating.Status{rating.Open, rating.Barred, rating.Open}},
		{"Etsy, answered", data.Feedback{Shop: data.Shop{Platform: data.Etsy}, Stars: 1, LeftAt: left, SettledAt: on(2), RepliedAt: on(3)}, rating.Matter{}, [3]rating.Status{rating.Done, rating.Over, rating.Open}},
		{"a platform without a book", data.Feedback{Shop: data.Shop{Platform: data.Shopify}, Stars: 1}, rating.Matter{}, [3]rating.Status{rating.Open, rating.Waits, rating.Open}},
	} {
		for i, w := range book(t, c.f.Shop.Platform).Windows(&c.f, c.m, now) {
			if w.Status != c.want[i] || w.Why.IsZero() || w.Rule.Source == "" {
				t.Errorf("%s, %s: %s (%s), want %s", c.name, w.What, w.Status, w.Why, c.want[i])
			}
		}
	}
	f := ali(data.Feedback{Stars: 1, SettledAt: on(2)})
	for i, want := range [3]rating.Status{rating.Open, rating.Over, rating.Over} { // the month of November has 30 days: both end on 1 December
		if w := book(t, data.AliExpress).Windows(&f, rating.Matter{}, on(31))[i]; w.Status != want {
			t.Errorf("after a month, %s: %s", w.What, w.Status)
		}
	}
}

func TestWhatWaitsSoonest(t *testing.T) {
	left := local(t, "UTC", "2026-01-10 10:00")
	now := left.AddDate(0, 0, 5)
	bad := data.Feedback{Shop: data.Shop{Platform: data.AliExpress}, Stars: 1, LeftAt: left, State: data.FeedbackNew}
	b := book(t, data.AliExpress)
	if w, ok := b.Next(&bad, now); !ok || w.What != rating.Complain || !w.Until.Equal(left.AddDate(0, 0, 30)) { // 9 February, a month is one day longer
		t.Errorf("a new one: %+v %v", w, ok)
	}
	reported := bad
	reported.Complained.At = now
	if w, ok := b.Next(&reported, now); !ok || w.What != rating.Ask || !w.Until.Equal(local(t, "UTC", "2026-02-10 10:00")) {
		t.Errorf("a reported one: %+v %v", w, ok)
	}
	if w, ok := b.Next(&bad, left.AddDate(0, 2, 0)); !ok || w.What != rating.Reply || !w.Until.IsZero() {
		t.Errorf("one that nobody answered: %+v %v", w, ok)
	}
	for name, change := range map[string]func(*data.Feedback){
		"praise": func(f *data.Feedback) { f.Stars = 5 }, "done": func(f *data.Feedback) { f.State = data.FeedbackDone },
		"removed": func(f *data.Feedback) { f.RemovedAt = now }, "given": func(f *data.Feedback) { f.Given = true },
		"old and answered": func(f *data.Feedback) {
			f.LeftAt, f.RepliedAt, f.State = left.AddDate(-1, 0, 0), left, data.FeedbackReplied
		},
	} {
		f := bad
		change(&f)
		if w, ok := b.Next(&f, now); ok {
			t.Errorf("%s waits: %+v", name, w)
		}
	}
}

func TestAGroundNeedsItsProof(t *testing.T) {
	b := book(t, data.AliExpress)
	for _, c := range []struct {
		ground data.ComplaintGround
		have   rating.Have
		want   bool
	}{
		{data.GroundIrrelevant, rating.Have{Text: true}, true},
		{data.GroundIrrelevant, rating.Have{Files: 3}, false},
		{data.GroundExtortion, rating.Have{Text: true}, false},
		{data.GroundExtortion, rating.Have{Messages: 1}, true},
		{data.GroundCompetitor, rating.Have{Text: true, Messages: 2}, false},
		{data.GroundCompetitor, rating.Have{Files: 1}, true},
		{data.GroundOther, rating.Have{Text: true}, false},
	} {
		if got := b.GroundOf(c.ground).Proven(c.have); got != c.want {
			t.Errorf("%s with %+v: %v", c.ground, c.have, got)
		}
	}
}
