package health

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"casebinder/data"
)

// random makes rows whose dates lie about a moment, each kind of oddness among them.
type random struct {
	*rand.Rand
	about time.Time
}

func (r *random) moment() Moment {
	if r.IntN(4) == 0 {
		return 0
	}
	return At(r.about.Add(time.Duration(r.IntN(500*24*60)-460*24*60) * time.Minute))
}

func pick[T any](r *random, list ...T) T { return list[r.IntN(len(list))] }

func (r *random) order(id int64) Order {
	return Order{
		ID: id, Times: pick(r, int64(0), 1, 7), OrderedAt: r.moment(), PaidAt: r.moment(), ShipBy: r.moment(), ShippedAt: r.moment(), DeliverBy: r.moment(),
		DeliveredAt: r.moment(), HandedOver: r.moment(), FirstScan: r.moment(), Uploaded: r.moment(), ConfirmedAt: r.moment(), TimedOutAt: r.moment(),
		CanceledAt: pick(r, 0, 0, r.moment()), RefundedAt: pick(r, 0, 0, r.moment()), Total: pick(r, int64(-1), 0, 499, 500, 9900), Buyer: int64(r.IntN(6)),
		Items: int32(r.IntN(4)), Canceled: int32(r.IntN(6)), Currency: pick(r, CodeOf("USD"), CodeOf("EUR"), Code{}), Country: pick(r, CodeOf("US"), CodeOf("DE")),
		State: State(r.IntN(7)), Party: Party(r.IntN(4)), Cause: Fault(r.IntN(4)), Returned: Fault(r.IntN(3)), Elsewhere: r.IntN(5) == 0, Assumed: r.IntN(5) == 0,
		Says: Answer(r.IntN(3)), Valid: Answer(r.IntN(4)),
	}
}

func (r *random) dispute(id, order int64) Dispute {
	d := Dispute{
		ID: id, Order: order, Reason: pick(r, data.Reasons()...), Way: Way(r.IntN(3)), Outcome: pick(r, append(data.Outcomes(), "")...), Liable: pick(r, append(data.Liables(), "")...),
		Amount: pick(r, int64(-1), 0, 1000), Currency: pick(r, CodeOf("USD"), CodeOf("EUR"), Code{}), Return: r.IntN(3) == 0, Refunder: pick(r, "", "seller", "platform"), Closed: Answer(r.IntN(3)),
	}
	for range r.IntN(6) {
		d.Events = append(d.Events, Event{Kind: pick(r, data.EventKinds()...), At: r.moment(), Undone: r.IntN(6) == 0})
	}
	return d
}

// before gives what a rating was before it was changed, mostly nothing.
func (r *random) before() (list []Stood) {
	for range r.IntN(6) - 3 {
		list = append(list, Stood{At(r.about.Add(time.Duration(r.IntN(200*24)-180*24) * time.Hour)), 1 + r.IntN(5)})
	}
	slices.SortFunc(list, func(a, b Stood) int { return int(a.Until - b.Until) })
	return list
}

// of gives the rows that hang on one order, itself among them.
func (r *random) of(id int64) Rows {
	rows := Rows{Orders: []Order{r.order(id)}, Threads: []Thread{{ID: id, Times: pick(r, int64(0), 3), First: r.moment(), Answered: r.moment()}}}
	for i := range int64(r.IntN(3)) {
		rows.Disputes = append(rows.Disputes, r.dispute(id*10+i, id))
	}
	for i := range int64(r.IntN(3)) {
		rows.Feedback = append(rows.Feedback, Feedback{ID: id*10 + i, Times: pick(r, int64(0), 2), Order: id, Buyer: int64(r.IntN(5)), Stars: 1 + r.IntN(5), LeftAt: r.moment(), Removed: pick(r, 0, r.moment()), Before: r.before()})
	}
	for i := range int64(r.IntN(3)) {
		rows.Shipments = append(rows.Shipments, Shipment{
			ID: id*10 + i, Times: pick(r, int64(0), 2), Order: id, Units: int64(r.IntN(4)), Tracked: r.IntN(4) > 0, Carrier: r.IntN(3) > 0, Confirmed: r.IntN(4) > 0, Exempt: r.IntN(6) == 0,
			Elsewhere: r.IntN(5) == 0, Untold: r.IntN(5) == 0, ShippedAt: r.moment(), DeliverBy: r.moment(), FirstScan: r.moment(), AttemptedAt: r.moment(), DeliveredAt: r.moment(),
		})
	}
	return rows
}

func (r *random) shop(orders int64) Rows {
	rows := Rows{Zone: pick(r, time.UTC, zoneOf("America/Los_Angeles"), zoneOf("Asia/Shanghai"))}
	for id := int64(1); id <= orders; id++ {
		rows = joinedRows(rows, r.of(id))
	}
	for i := range int64(3) {
		rows.Feedback = append(rows.Feedback, Feedback{ID: -i - 1, Buyer: int64(r.IntN(5)), Stars: 1 + r.IntN(5), LeftAt: r.moment(), Before: r.before()})
	}
	for i := range int64(30) {
		rows.CardItems = append(rows.CardItems, CardItem{
			ID: i + 1, Times: pick(r, int64(0), 40, 900), Kind: pick(r, CardSettled, CardAbsent, CardFraud, CardDispute, CardInquiry), At: r.moment(),
			Card: pick(r, "visa", "mastercard", "", UnknownCard), Resolved: pick(r, "", "", "rdr", "ce3"),
		})
	}
	rows.Sort()
	return rows
}

func zoneOf(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func joinedRows(a, b Rows) Rows {
	a.Orders, a.Disputes, a.Feedback = append(a.Orders, b.Orders...), append(a.Disputes, b.Disputes...), append(a.Feedback, b.Feedback...)
	a.Shipments, a.Threads = append(a.Shipments, b.Shipments...), append(a.Threads, b.Threads...)
	return a
}

func cloned(r Rows) Rows {
	c := joinedRows(Rows{Zone: r.Zone, CardItems: slices.Clone(r.CardItems)}, r)
	for i := range c.Disputes {
		c.Disputes[i].Events = slices.Clone(c.Disputes[i].Events)
	}
	for i := range c.Feedback {
		c.Feedback[i].Before = slices.Clone(c.Feedback[i].Before)
	}
	return c
}

// settings takes one choice of each of a metric's settings.
func (r *random) settings(m *Metric) Settings {
	s := Settings{}
	for _, set := range m.Settings {
		if len(set.Choices) > 0 {
			s[set.ID] = pick(r, set.Choices...)
		}
	}
	return s
}

func eachRandom(t *testing.T, do func(t *testing.T, r *random, m *Metric, rows Rows, ask Ask)) {
	t.Helper()
	for _, b := range books(t) {
		for i := range b.Metrics {
			m := &b.Metrics[i]
			for seed := range uint64(12) {
				r := &random{rand.New(rand.NewPCG(seed, 13)), time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC).Add(time.Duration(seed) * 31 * time.Hour)}
				t.Run(fmt.Sprintf("%s/%d", m.ID, seed), func(t *testing.T) {
					do(t, r, m, r.shop(60), Ask{AsOf: r.about, Settings: r.settings(m), Region: pick(r, "", "US", "SG", "PH"), List: true})
				})
			}
		}
	}
}

func TestTheRowsOfANumberAddUpToIt(t *testing.T) {
	counted := 0
	eachRandom(t, func(t *testing.T, _ *random, m *Metric, rows Rows, ask Ask) {
		n := m.Measure(&rows, ask)
		var base, hits int64
		in, left := map[Ref]bool{}, map[Ref]bool{}
		for _, list := range [][]Counted{n.Rows.Base, n.Rows.Hits} {
			once := map[Ref]bool{}
			for _, c := range list {
				if once[c.Ref] {
					t.Errorf("%v is counted twice", c.Ref)
				}
				once[c.Ref], in[c.Ref] = true, true
				if by := c.By.Time(); m.ID != "mastercard.chargeback_ratio" && (by.Before(n.Span.From) || !by.Before(n.Span.To)) {
					t.Errorf("%v counts by %v, which is not from %v to %v", c.Ref, by, n.Span.From, n.Span.To)
				}
			}
		}
		within := map[Ref]int64{}
		for _, c := range n.Rows.Base {
			base += c.Weight
			within[c.Ref] = c.In
		}
		for _, c := range n.Rows.Hits {
			hits += c.Weight
			if is, also := within[c.Ref]; also && is != c.Weight {
				t.Errorf("%v is in the numerator with %d, and the denominator says %d", c.Ref, c.Weight, is)
			}
			delete(within, c.Ref)
			if len(c.Why.Texts()) == 0 {
				t.Errorf("%v counts, and nothing says why", c.Ref)
			}
		}
		for ref, is := range within {
			if is != 0 {
				t.Errorf("%v is in the numerator with %d by the denominator alone", ref, is)
			}
		}
		for _, l := range n.Rows.Left {
			if in[l.Ref] || left[l.Ref] {
				t.Errorf("%v is left out, and counted or left out besides", l.Ref)
			}
			left[l.Ref] = true
		}
		if base != n.Base || hits != n.Hits {
			t.Errorf("rows add up to %d of %d, the number is %d of %d", hits, base, n.Hits, n.Base)
		}
		counted += len(in)
		everyRow(t, &rows, in, left)
		bare := ask
		bare.List = false
		if other := m.Measure(&rows, bare); other.Sums != n.Sums {
			t.Errorf("without its rows the number is %v, with them %v", other.Sums, n.Sums)
		}
	})
	if counted == 0 {
		t.Error("no row was counted anywhere")
	}
}

// everyRow asks that of a kind that a number looks at each row is told of.
func everyRow(t *testing.T, rows *Rows, in, left map[Ref]bool) {
	t.Helper()
	all := map[Kind][]int64{}
	for i := range rows.Orders {
		all[KindOrder] = append(all[KindOrder], rows.Orders[i].ID)
	}
	for i := range rows.Disputes {
		all[KindDispute] = append(all[KindDispute], rows.Disputes[i].ID)
	}
	for i := range rows.Feedback {
		all[KindFeedback] = append(all[KindFeedback], rows.Feedback[i].ID)
	}
	for i := range rows.Shipments {
		all[KindShipment] = append(all[KindShipment], rows.Shipments[i].ID)
	}
	for i := range rows.Threads {
		all[KindThread] = append(all[KindThread], rows.Threads[i].ID)
	}
	for i := range rows.CardItems {
		all[KindCardItem] = append(all[KindCardItem], rows.CardItems[i].ID)
	}
	for kind, ids := range all {
		told := 0
		for _, id := range ids {
			if ref := (Ref{kind, id}); in[ref] || left[ref] {
				told++
			}
		}
		if told != 0 && told != len(ids) {
			t.Errorf("%d of %d rows of the kind %s are told of", told, len(ids), kind)
		}
	}
}

// Where more is better, what is missing from the numerator is told row by row: with the
// numerator it makes the denominator, and each row says what keeps it out.
func TestNumeratorAndMissesMakeTheDenominator(t *testing.T) {
	misses, hits := 0, 0
	eachRandom(t, func(t *testing.T, _ *random, m *Metric, rows Rows, ask Ask) {
		n := m.Measure(&rows, ask)
		missed := n.Missed()
		if !n.MoreIsBetter() {
			if len(missed) > 0 {
				t.Errorf("%d rows miss in a number of which less is better", len(missed))
			}
			return
		}
		in, sum := map[Ref]bool{}, int64(0)
		for _, c := range n.Rows.Hits {
			in[c.Ref] = true
		}
		for _, c := range missed {
			sum += c.Weight
			if in[c.Ref] || c.Weight < 1 || len(c.Why.Texts()) == 0 {
				t.Errorf("%+v misses, is in the numerator: %v", c, in[c.Ref])
			}
		}
		if n.Hits+sum != n.Base || len(in)+len(missed) != len(n.Rows.Base) {
			t.Errorf("%d in the numerator and %d that miss are not %d", n.Hits, sum, n.Base)
		}
		misses, hits = misses+len(missed), hits+len(in)
	})
	if misses == 0 || hits == 0 {
		t.Errorf("%d misses, %d hits: nothing was tried", misses, hits)
	}
}

func TestHowFarTheNextLevelIs(t *testing.T) {
	eachRandom(t, func(t *testing.T, _ *random, m *Metric, rows Rows, ask Ask) {
		n := m.Measure(&rows, ask)
		step := int64(1)
		if !m.BadWhenRising() {
			step = -1
		}
		worse, better := n.ToWorse, n.ToBetter
		if m.Amounts { // cases of one size: the last one passes the line
			worse, better = n.Usual.ToWorse, n.Usual.ToBetter
			for _, far := range [][2]int64{{worse, n.ToWorse}, {better, n.ToBetter}} {
				if is := n.Usual.Amount; is > 0 && far[0] > 0 && (far[1]*is < far[0] || (far[1]-1)*is >= far[0]) {
					t.Errorf("%d cases of %d for an amount of %d", far[1], is, far[0])
				}
			}
		}
		for _, far := range []struct{ by, step int64 }{{worse, step}, {better, -step}} {
			for _, k := range []int64{far.by - 1, far.by} {
				if far.by == 0 {
					continue
				}
				then := *n
				then.Hits += k * far.step
				then.Buyers = max(0, then.Buyers+k*far.step)
				then.Level = nil
				then.judge(m.region(&ask))
				if other := levelID(&then) != levelID(n); other != (k == far.by) {
					t.Errorf("%d of %d at %q: %d steps of %d make %q", n.Hits, n.Base, levelID(n), k, far.step, levelID(&then))
				}
			}
		}
	})
}

func TestWhatIfLeavesTheRowsAsTheyWere(t *testing.T) {
	eachRandom(t, func(t *testing.T, r *random, m *Metric, rows Rows, ask Ask) {
		before := cloned(rows)
		change := Change{OneMore: r.IntN(2) == 0, Shipped: r.IntN(2) == 0}
		for id := int64(1); id <= 60; id += 3 {
			change.Won = append(change.Won, id)
		}
		m.WhatIf(&rows, ask, change)
		if !reflect.DeepEqual(rows, before) {
			t.Error("the rows are others afterwards")
		}
		if n, same := m.Measure(&rows, ask), m.WhatIf(&rows, ask, Change{}); n.Sums != same.Sums {
			t.Errorf("nothing changed, and %v became %v", n.Sums, same.Sums)
		}
	})
}

func TestRowsOfChangedOrdersGiveWhatAllAnewGives(t *testing.T) {
	eachRandom(t, func(t *testing.T, r *random, m *Metric, rows Rows, ask Ask) {
		kept := cloned(rows)
		var changed []int64
		var with Rows
		gone := map[int64]bool{}
		for id := int64(1); id <= 66; id++ {
			if id <= 60 && r.IntN(4) > 0 {
				continue
			}
			changed = append(changed, id)
			if gone[id] = r.IntN(4) == 0; !gone[id] {
				with = joinedRows(with, r.of(id))
			}
		}
		kept.Replace(changed, &with, func(order int64) bool { return !gone[order] })
		fresh := Rows{Zone: rows.Zone, CardItems: rows.CardItems}
		is := func(order int64) bool { return slices.Contains(changed, order) }
		old := cloned(rows)
		fresh.Orders = slices.DeleteFunc(old.Orders, func(o Order) bool { return is(o.ID) })
		fresh.Disputes = slices.DeleteFunc(old.Disputes, func(d Dispute) bool { return is(d.Order) })
		fresh.Feedback = slices.DeleteFunc(old.Feedback, func(f Feedback) bool { return is(f.Order) })
		fresh.Shipments = slices.DeleteFunc(old.Shipments, func(s Shipment) bool { return is(s.Order) })
		fresh.Threads = slices.DeleteFunc(old.Threads, func(th Thread) bool { return is(th.ID) })
		fresh = joinedRows(fresh, with)
		fresh.Sort()
		slices.SortStableFunc(fresh.Threads, func(a, b Thread) int { return int(a.ID - b.ID) })
		if !reflect.DeepEqual(kept, fresh) {
			t.Fatal("the rows are others than read anew")
		}
		if a, b := m.Measure(&kept, ask), m.Measure(&fresh, ask); !reflect.DeepEqual(a.Rows, b.Rows) || a.Sums != b.Sums {
			t.Errorf("%v, anew %v", a.Sums, b.Sums)
		}
	})
}

// The number of a day does not change by what happened after it: of a rating that was
// revised later, the stars of then count, and one that was removed later is still there.
func TestANumberKnowsNothingOfWhatCameAfterIt(t *testing.T) {
	eachRandom(t, func(t *testing.T, _ *random, m *Metric, rows Rows, ask Ask) {
		then := cloned(rows)
		now := At(ask.AsOf)
		for i := range then.Feedback {
			f := &then.Feedback[i]
			for len(f.Before) > 0 && now < f.Before[len(f.Before)-1].Until {
				last := len(f.Before) - 1
				f.Stars, f.Before = f.Before[last].Stars, f.Before[:last]
			}
			if f.Removed > now {
				f.Removed = 0
			}
		}
		if a, b := m.Measure(&rows, ask), m.Measure(&then, ask); !reflect.DeepEqual(a.Rows, b.Rows) || a.Sums != b.Sums {
			t.Errorf("%v, as it was known then %v", a.Sums, b.Sums)
		}
	})
}
