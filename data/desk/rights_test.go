package desk_test

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

func todayOf(t *testing.T, d *desk.Desk, kind data.TodayKind) []data.TodayRow {
	t.Helper()
	var out []data.TodayRow
	for _, row := range today(t, d) {
		if row.Kind == kind {
			out = append(out, row.TodayRow)
		}
	}
	return out
}

// An appeal that ends stands on Today although the case is closed, as a right;
// using it takes it away.
func TestARightThatEndsIsOnToday(t *testing.T) {
	d, dispute := aliExpressCase(t)
	happened := func(kind data.EventKind, who data.Actor, ago time.Duration) {
		t.Helper()
		if _, err := d.AppendEvent(t.Context(), dispute.ID, desk.NewEvent{CaseEvent: data.CaseEvent{Kind: kind, Actor: who, At: clock.Add(-ago)}}); err != nil {
			t.Fatal(err)
		}
	}
	happened(data.EventEscalated, data.ActorBuyer, 40*time.Hour)
	if rows := todayOf(t, d, data.TodayRight); len(rows) != 0 {
		t.Errorf("a right before the decision: %+v", rows)
	}
	happened(data.EventRuled, data.ActorPlatform, 30*time.Hour)
	rows := todayOf(t, d, data.TodayRight)
	if len(rows) != 1 || rows[0].DisputeID != dispute.ID || rows[0].Rule != "appeal" || rows[0].Title.IsZero() ||
		!rows[0].Due.Equal(clock.Add(-30*time.Hour).Add(7*24*time.Hour)) {
		t.Fatalf("the appeal is not on Today: %+v", rows)
	}
	if duties := todayOf(t, d, data.TodayDispute); len(duties) != 0 {
		t.Errorf("a closed case is a duty: %+v", duties)
	}
	happened(data.EventAppealed, data.ActorSeller, time.Hour)
	if rows := todayOf(t, d, data.TodayRight); len(rows) != 0 {
		t.Errorf("the right was used: %+v", rows)
	}
}

// The site of a shop moves the dates of its open cases; an import leaves it.
func TestTheSiteOfAShop(t *testing.T) {
	d, dispute := aliExpressCase(t)
	shops, err := d.Shops(t.Context())
	if err != nil || len(shops) != 1 {
		t.Fatal(shops, err)
	}
	shop := shops[0]
	shop.Site = "gb"
	if shop, err = d.PutShop(t.Context(), shop); err != nil || shop.Site != "GB" {
		t.Fatal(shop, err)
	}
	shop.Site = "Britain"
	if _, err := d.PutShop(t.Context(), shop); err == nil {
		t.Error("a country of seven letters")
	}
	again := data.Shop{Platform: shop.Platform, Name: shop.Name, Zone: shop.Zone, Currency: shop.Currency}
	if again, err = d.PutShop(t.Context(), again); err != nil || stored(t, d).Site != "GB" {
		t.Errorf("the site is forgotten: %+v, %v", again, err)
	}
	if view, err := d.Case(t.Context(), dispute.ID); err != nil || view.Dispute.Due.IsZero() {
		t.Errorf("%+v, %v", view.Dispute, err)
	}
}

func stored(t *testing.T, d *desk.Desk) data.Shop {
	t.Helper()
	shops, err := d.Shops(t.Context())
	if err != nil || len(shops) != 1 {
		t.Fatal(shops, err)
	}
	return shops[0]
}
