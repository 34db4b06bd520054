package service_test

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/service"
)

// office works from Monday to Friday from 9 to 18 in Shanghai and keeps
// China's holidays.
func office() data.Service {
	s := data.Service{Zone: "Asia/Shanghai", Country: "CN", ReplyHours: 8, ReplyWorking: true}
	for day := time.Monday; day <= time.Friday; day++ {
		s.Hours[day] = data.WorkDay{From: 9 * 60, To: 18 * 60}
	}
	return s
}

func TestReplyBy(t *testing.T) {
	for name, c := range map[string]struct {
		platform data.Platform
		set      data.Service
		since    string
		later    bool // somebody answered before
		want     string
		own      bool
	}{
		// Amazon's 24 hours run through the weekend, whatever the shop's hours.
		"Amazon on a Friday": {data.Amazon, office(), "2026-11-27T19:00:00+08:00", false, "2026-11-28T19:00:00+08:00", false},
		// Other: Friday 16:00, eight working hours: 2 on Friday, 6 on Monday.
		"over the weekend":           {data.OtherSite, office(), "2026-11-27T16:00:00+08:00", false, "2026-11-30T15:00:00+08:00", true},
		"before it opens":            {data.OtherSite, office(), "2026-11-30T07:00:00+08:00", false, "2026-11-30T17:00:00+08:00", true},
		"over National Day":          {data.OtherSite, office(), "2026-09-30T17:00:00+08:00", false, "2026-10-08T16:00:00+08:00", true},
		"its own target is stricter": {data.Amazon, data.Service{ReplyHours: 6}, "2026-11-27T19:00:00+08:00", false, "2026-11-28T01:00:00+08:00", true},
		"nothing set":                {data.Shopee, data.Service{}, "2026-11-27T19:00:00+08:00", false, "2026-11-28T07:00:00+08:00", false},
		// Etsy counts the first message alone: a later one has the shop's target.
		"Etsy, first": {data.Etsy, data.Service{ReplyHours: 72}, "2026-11-27T19:00:00Z", false, "2026-11-29T19:00:00Z", false},
		"Etsy, later": {data.Etsy, data.Service{ReplyHours: 72}, "2026-11-27T19:00:00Z", true, "2026-11-30T19:00:00Z", true},
		"its own day off": {data.OtherSite, func() data.Service {
			s := office()
			s.DaysOff = []data.DayOff{{From: "2026-11-30", To: "2026-12-01", Name: "moving"}}
			return s
		}(), "2026-11-27T16:00:00+08:00", false, "2026-12-02T15:00:00+08:00", true},
	} {
		got, own := service.ReplyBy(at(t, c.since), !c.later, data.Shop{Platform: c.platform}, c.set)
		if !got.Equal(at(t, c.want)) || own != c.own {
			t.Errorf("%s: until %s (own %t), want %s", name, got, own, c.want)
		}
	}
}

// A shop that is closed always is told a date all the same.
func TestWorkedByOfAClosedShop(t *testing.T) {
	s := office()
	s.DaysOff = []data.DayOff{{From: "2026-01-01", To: "2030-12-31"}}
	since := at(t, "2026-11-27T16:00:00+08:00")
	if got := service.WorkedBy(since, 8, s, data.Shop{}); !got.After(since) {
		t.Errorf("it is %s", got)
	}
}

func TestReplyRulesAreRead(t *testing.T) {
	if r := service.ReplyRule(data.Amazon); r.Hours != 24 || !r.Natural || r.Confidence != "confirmed" {
		t.Errorf("Amazon: %+v", r)
	}
	if r := service.ReplyRule("some other"); r.Hours != 24 || r.Confidence != "own" {
		t.Errorf("another: %+v", r)
	}
}
