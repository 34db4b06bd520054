package parcel

import (
	"testing"
	"time"

	"casebinder/data"
)

func TestRecord(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	shipped := time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC)
	r := NewRecord(now)
	after := func(d int) time.Time { return shipped.AddDate(0, 0, d) }
	// Twenty to Spain that took 1 to 20 days, promised within 15: five came late.
	for d := 1; d <= 20; d++ {
		r.Add(&Trip{Carrier: "Yanwen", Country: "ES", Shipped: shipped, Delivered: after(d), Promised: after(15)})
	}
	// Under another name, and a month later; its promise has passed, and it is late.
	r.Add(&Trip{Carrier: "燕文航空挂号小包", Country: "ES", Shipped: after(31), Promised: after(45)})
	r.Add(&Trip{Carrier: "yanwen logistics", Country: "fr", Shipped: shipped, Lost: after(40)})
	// Promised for a time that has not come: it counts neither as late nor as in time.
	r.Add(&Trip{Carrier: "Yanwen", Country: "ES", Shipped: after(50), Promised: now.AddDate(0, 0, 5)})
	// Of no carrier; odd ones; one that was never shipped.
	r.Add(&Trip{Country: "ES", Shipped: shipped, Delivered: data.OnDay(after(3)).Begin(time.UTC)})
	r.Add(&Trip{Carrier: "Yanwen", Shipped: shipped, Delivered: after(-2)})
	r.Add(&Trip{Carrier: "Yanwen", Shipped: shipped, Delivered: after(400)})
	r.Add(&Trip{Carrier: "Yanwen", Delivered: after(4)})

	if r.Parcels != 24 || r.Unnamed != 1 || r.Odd != 2 {
		t.Fatalf("%d parcels, %d unnamed, %d odd", r.Parcels, r.Unnamed, r.Odd)
	}
	rows := r.Rows(ByCarrier, "")
	if len(rows) != 2 || rows[0].Carrier != "Yanwen" {
		t.Fatalf("%+v", rows)
	}
	// Of twenty the tenth took 10 days, the eighteenth 18.
	if y := rows[0]; y.Parcels != 23 || y.Arrived != 20 || y.Median != 10 || y.Nine != 18 || y.Promised != 21 || y.Late != 6 || y.Lost != 1 || y.UnderWay != 2 || !y.Oldest.Equal(after(31)) {
		t.Errorf("%+v", y)
	}
	if few := rows[1]; few.Carrier != "" || few.Arrived != 1 || few.Median != 0 || few.Enough() {
		t.Errorf("one parcel tells %+v", few)
	}
	if rows := r.Rows(ByMonth, "2026-11"); len(rows) != 1 || rows[0].Month != "2026-11" || rows[0].Country != "ES" || rows[0].Parcels != 2 {
		t.Errorf("since November: %+v", rows)
	}
	usual := r.Usual()
	if u, ok := usual("燕文", "es"); !ok || u.Days != 18 || u.N != 20 {
		t.Errorf("usual %+v %v", u, ok)
	}
	if u, ok := usual("Yanwen", "FR"); ok {
		t.Errorf("one lost parcel tells what is usual: %+v", u)
	}
}

func TestWholeDays(t *testing.T) {
	at := time.Date(2026, 10, 1, 20, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		to   time.Time
		want int
	}{
		{at.Add(11 * time.Hour), 0},
		{at.Add(13 * time.Hour), 1},
		{at.Add(-time.Minute), -1},
		{data.OnDay(at).Begin(time.UTC), 0},
		{data.OnDay(at.AddDate(0, 0, 9)).Begin(time.UTC), 9},
	} {
		if got := wholeDays(at, c.to); got != c.want {
			t.Errorf("to %s: %d, not %d", c.to, got, c.want)
		}
	}
}
