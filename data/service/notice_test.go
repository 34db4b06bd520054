package service_test

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/service"
)

func TestTheNextNotice(t *testing.T) {
	now := at(t, "2026-11-30T12:00:00Z")
	ago := func(days float64) time.Time { return now.Add(-time.Duration(days * 24 * float64(time.Hour))) }
	templates := map[string][]string{"shipped": {"shipped"}, "in_transit": {"in_transit"}, "delivered": {"delivered"}, "satisfied": {"satisfaction"}, "customs": {"customs_hold"}}
	shipped := func(days float64) data.Standing {
		return data.Standing{Status: data.StatusShipped, OrderedAt: ago(days + 1), PaidAt: ago(days + 1), ShippedAt: ago(days)}
	}
	arrived := func(days float64) data.Standing {
		o := shipped(days + 10)
		o.Status, o.DeliveredAt = data.StatusDelivered, ago(days)
		return o
	}
	with := func(o data.Standing, change func(*data.Standing)) data.Standing { change(&o); return o }
	sent := func(uid string, days float64) map[string]time.Time { return map[string]time.Time{uid: ago(days)} }
	for name, c := range map[string]struct {
		order data.Standing
		set   data.Service
		want  string // "" none
		since time.Time
	}{
		"unpaid for an hour":  {data.Standing{Status: data.StatusUnpaid, OrderedAt: ago(0.04)}, data.Service{}, "", time.Time{}},
		"unpaid for two days": {data.Standing{Status: data.StatusUnpaid, OrderedAt: ago(2)}, data.Service{}, "unpaid", ago(1)},
		"under review":        {data.Standing{Status: data.StatusReview, OrderedAt: ago(1), PaidAt: ago(1)}, data.Service{}, "review", ago(1)},
		"ordered":             {data.Standing{Status: data.StatusToShip, OrderedAt: ago(1), PaidAt: ago(1)}, data.Service{}, "received", ago(1)},
		"paid a day later":    {data.Standing{Status: data.StatusToShip, OrderedAt: ago(2), PaidAt: ago(1)}, data.Service{}, "paid", ago(1)},
		"ordered long ago":    {data.Standing{Status: data.StatusToShip, OrderedAt: ago(10)}, data.Service{}, "", time.Time{}},
		"canceled":            {data.Standing{Status: data.StatusCanceled, OrderedAt: ago(1)}, data.Service{}, "", time.Time{}},
		"shipped":             {shipped(1), data.Service{}, "shipped", ago(1)},
		"shipped and told":    {with(shipped(1), func(o *data.Standing) { o.Sent, o.Told = sent("shipped", 1), ago(1) }), data.Service{}, "", time.Time{}},
		"shipped on Amazon":   {with(shipped(1), func(o *data.Standing) { o.Shop.Platform = data.Amazon }), data.Service{}, "", time.Time{}},
		"shipped, skipped":    {with(shipped(1), func(o *data.Standing) { o.Skipped = []string{"shipped"} }), data.Service{}, "", time.Time{}},
		"shipped, disputed":   {with(shipped(1), func(o *data.Standing) { o.Disputed = true }), data.Service{}, "", time.Time{}},
		"no news for 8 days":  {with(shipped(15), func(o *data.Standing) { o.Sent, o.Told = sent("in_transit", 8), ago(8) }), data.Service{}, "in_transit", ago(1)},
		"news 2 days ago":     {with(shipped(15), func(o *data.Standing) { o.Told = ago(2) }), data.Service{}, "", time.Time{}},
		"in clearance for a day": {with(shipped(8), func(o *data.Standing) {
			o.Scan, o.ScanAt, o.Told = "Item presented to import Customs", ago(1), ago(2)
		}), data.Service{}, "", time.Time{}},
		"in clearance for 4 days": {with(shipped(8), func(o *data.Standing) { o.Scan, o.ScanAt = "Item presented to import Customs", ago(4) }), data.Service{}, "customs", ago(1)},
		"held":                    {with(shipped(8), func(o *data.Standing) { o.Scan, o.ScanAt = "Held by customs", ago(0.5) }), data.Service{}, "customs", ago(0.5)},
		"to be collected":         {with(shipped(8), func(o *data.Standing) { o.Scan, o.ScanAt = "Available for pickup", ago(1) }), data.Service{}, "pickup", ago(1)},
		"to be collected on Amazon": {with(shipped(8), func(o *data.Standing) {
			o.Scan, o.ScanAt, o.Shop.Platform = "Available for pickup", ago(1), data.Amazon
		}), data.Service{}, "pickup", ago(1)},
		"late":                      {shipped(31), data.Service{}, "late", ago(1)},
		"promised for later":        {with(shipped(31), func(o *data.Standing) { o.DeliverBy = ago(-10) }), data.Service{}, "in_transit", ago(24)},
		"promise broken":            {with(shipped(12), func(o *data.Standing) { o.DeliverBy = ago(2) }), data.Service{}, "late", ago(2)},
		"promised for today":        {with(shipped(3), func(o *data.Standing) { o.DeliverBy, o.Told = data.OnDay(now).End(time.UTC), ago(1) }), data.Service{}, "shipped", ago(3)},
		"promise broken long ago":   {with(shipped(60), func(o *data.Standing) { o.DeliverBy = ago(46) }), data.Service{}, "in_transit", ago(53)},
		"shipped last year":         {shipped(300), data.Service{}, "", time.Time{}},
		"going back":                {with(shipped(20), func(o *data.Standing) { o.Scan, o.ScanAt = "Returned to sender", ago(1) }), data.Service{}, "", time.Time{}},
		"delivered":                 {arrived(1), data.Service{}, "delivered", ago(1)},
		"delivered by a scan":       {with(shipped(8), func(o *data.Standing) { o.Scan, o.ScanAt = "Delivered", ago(1) }), data.Service{}, "delivered", ago(1)},
		"how was it":                {arrived(6), data.Service{}, "satisfied", ago(1)},
		"how was it, after 10 days": {arrived(6), data.Service{Notices: []data.NoticeSet{{Notice: "satisfied", Days: 10}}}, "", time.Time{}},
		"never how was it":          {arrived(6), data.Service{Notices: []data.NoticeSet{{Notice: "satisfied", Off: true}}}, "", time.Time{}},
		"refunded: not asked":       {with(arrived(6), func(o *data.Standing) { o.Refunded = true }), data.Service{}, "", time.Time{}},
		"rated: not asked":          {with(arrived(6), func(o *data.Standing) { o.Rated = true }), data.Service{}, "", time.Time{}},
		"waits: not asked":          {with(arrived(6), func(o *data.Standing) { o.Waits = true }), data.Service{}, "", time.Time{}},
		"asked already":             {with(arrived(6), func(o *data.Standing) { o.Sent = sent("satisfaction", 1) }), data.Service{}, "", time.Time{}},
	} {
		got, due := service.NextNotice(c.order, c.set, templates, now)
		if got.Notice != c.want || due != (c.want != "") || !got.Since.Equal(c.since) {
			t.Errorf("%s: %q since %s, want %q since %s", name, got.Notice, got.Since, c.want, c.since)
		}
		if due && (got.Why.IsZero() || got.Why.String() == got.Why.English && got.Why.Args["days"] == "") {
			t.Errorf("%s: why is %q", name, got.Why)
		}
	}
}

// What is due on a day of the desk is a day, and is told without an hour.
func TestNoticeOfADay(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	o := data.Standing{
		Shop: data.Shop{Zone: "Asia/Shanghai"}, Status: data.StatusDelivered, OrderedAt: at(t, "2026-11-01T00:00:00Z"),
		DeliveredAt: data.Day{Year: 2026, Month: 11, Day: 29}.Begin(zone),
	}
	got, due := service.NextNotice(o, data.Service{}, nil, at(t, "2026-11-30T12:00:00Z"))
	if !due || got.Notice != "delivered" || got.Why.String() != "It was delivered on 2026-11-29." {
		t.Errorf("%+v, %s", got.Notice, got.Why)
	}
}
