package service_test

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/service"
)

func TestMomentsToWriteAgain(t *testing.T) {
	now := at(t, "2026-11-30T12:00:00Z")
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	for name, c := range map[string]struct {
		again service.Again
		want  service.FollowKind // "" none
		since time.Time
	}{
		// Every 30, 28 and 34 days: the median is 30, so that it was due 2 days ago.
		"by its rhythm":           {service.Again{Item: "filters", Dates: []time.Time{ago(32), ago(66), ago(94), ago(124)}}, service.FollowUsedUp, ago(2)},
		"too early":               {service.Again{Item: "filters", Dates: []time.Time{ago(20), ago(50), ago(80)}}, "", time.Time{}},
		"long past":               {service.Again{Item: "filters", Dates: []time.Time{ago(90), ago(120), ago(150)}}, "", time.Time{}},
		"twice is no rhythm":      {service.Again{Item: "filters", Dates: []time.Time{ago(30), ago(60)}}, "", time.Time{}},
		"split orders of one day": {service.Again{Item: "filters", Dates: []time.Time{ago(30), ago(30), ago(31), ago(60)}}, "", time.Time{}},
		"a reseller":              {service.Again{Item: "cups", Dates: []time.Time{ago(46)}, Units: 40}, service.FollowReseller, ago(1)},
		"written to lately": {service.Again{
			Item: "filters", Dates: []time.Time{ago(30), ago(60), ago(90)}, Last: data.Standing{Sent: map[string]time.Time{"promo": ago(10)}},
		}, "", time.Time{}},
		"a dispute is open": {service.Again{Item: "filters", Dates: []time.Time{ago(30), ago(60), ago(90)}, Last: data.Standing{Disputed: true}}, "", time.Time{}},
	} {
		got, ok := service.OrdersAgain(c.again, data.Service{}, now)
		if got.Kind != c.want || ok != (c.want != "") || !got.Since.Equal(c.since) {
			t.Errorf("%s: %q since %s", name, got.Kind, got.Since)
		}
	}
	if got, ok := service.FollowsSolution(data.Standing{}, ago(8), data.Service{}, now); !ok || !got.Since.Equal(ago(1)) || got.Template != "follow_up" {
		t.Errorf("8 days after a solution: %+v", got)
	}
	for name, o := range map[string]data.Standing{"asked": {Sent: map[string]time.Time{"follow_up": ago(1)}}, "waits": {Waits: true}} {
		if _, ok := service.FollowsSolution(o, ago(8), data.Service{}, now); ok {
			t.Errorf("one who %s is asked again", name)
		}
	}
	if _, ok := service.FollowsSolution(data.Standing{}, ago(5), data.Service{}, now); ok {
		t.Error("asked after 5 days")
	}
}
