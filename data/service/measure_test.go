package service_test

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/service"
)

func TestReplyTimesAreMeasured(t *testing.T) {
	shop := data.Shop{ID: 1, Platform: data.Amazon, Name: "one", Zone: "America/Los_Angeles"}
	m := service.NewMeter(nil)
	begin := at(t, "2026-10-31T12:00:00-07:00")
	say := func(order int64, d data.Direction, after time.Duration, change func(*service.Spoken)) {
		s := service.Spoken{OrderID: order, Shop: shop, Direction: d, Channel: "amazon", At: begin.Add(after), Exact: true}
		if change != nil {
			change(&s)
		}
		m.Add(s)
	}
	say(1, data.ToBuyer, 0, nil) // unasked: no answer
	say(1, data.FromBuyer, time.Hour, nil)
	say(1, data.FromBuyer, 2*time.Hour, nil) // the wait began with the first
	say(1, data.ToBuyer, 3*time.Hour, nil)   // first, after 2 h
	say(1, data.FromBuyer, 4*time.Hour, nil)
	say(1, data.FromPlatform, 5*time.Hour, nil)
	say(1, data.ToBuyer, 34*time.Hour, nil) // later, after 30 h: too late
	say(2, data.FromBuyer, 0, nil)
	say(2, data.ToBuyer, 4*time.Hour, nil) // first, after 4 h
	say(3, data.FromBuyer, 0, func(s *service.Spoken) { s.NoAnswer = true })
	say(3, data.ToBuyer, 50*time.Hour, nil)
	say(4, data.FromBuyer, 0, func(s *service.Spoken) { s.Exact = false })
	say(4, data.ToBuyer, time.Hour, nil)
	say(5, data.FromBuyer, 24*time.Hour, nil) // in November on the shop's clock
	say(5, data.ToBuyer, 25*time.Hour, nil)
	got := m.Result()
	if len(got) != 2 || got[0].Month != "2026-11" || got[1].Month != "2026-10" {
		t.Fatalf("got %+v", got)
	}
	october := got[1]
	if october.First.N != 2 || october.First.Median != 3*time.Hour || october.First.Within != 2 {
		t.Errorf("first answers: %+v", october.First)
	}
	if october.Later.N != 1 || october.Later.Median != 30*time.Hour || october.Later.Within != 0 || october.Vague != 1 {
		t.Errorf("later answers: %+v, %d vague", october.Later, october.Vague)
	}
	if share, ok := october.Later.Share(); !ok || share != 0 {
		t.Errorf("the share is %v, %t", share, ok)
	}
}
