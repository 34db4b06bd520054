package desk_test

import (
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// ebayDays gives a desk with an order whose file tells days alone, in a shop
// whose platform's clock is Los Angeles.
func ebayDays(t *testing.T) (*desk.Desk, data.Order) {
	t.Helper()
	d := open(t)
	path := write(t, "orders.csv", "Number;Buyer;Total;At;Ship;State\n12-1;Ana;45.99;2026-11-18;2026-11-20;Awaiting shipment\n")
	r := desk.ImportRequest{Path: path, Shop: data.Shop{Platform: data.EBay, Name: "Lantern", Zone: "America/Los_Angeles", Currency: "USD"}}
	custom, err := d.MappingPreset(t.Context(), "plain", r, map[string]string{
		"Number": "number", "Buyer": "buyer_name", "Total": "total", "At": "ordered_at", "Ship": "ship_by", "State": "status",
	})
	must(t, err)
	r.Custom = custom
	_, err = d.Import(t.Context(), r, nil)
	must(t, err)
	view, err := d.Order(t.Context(), orderID(t, d, "12-1"))
	must(t, err)
	return d, view.Order
}

// The clock of the tests is noon UTC on 20 November: four in the morning in Los
// Angeles. A parcel that is to go out "by Nov-20" is not late before that day is
// over there, at 08:00 UTC on the 21st.
func TestADayIsDueUntilItEnds(t *testing.T) {
	_, order := ebayDays(t)
	if got := data.JSONTime(order.ShipBy); got != "2026-11-20" {
		t.Fatalf("to be shipped by %s", got)
	}
	if got := data.JSONTime(order.OrderedAt); got != "2026-11-18" {
		t.Errorf("ordered %s", got)
	}
	end := time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		now  time.Time
		want data.Urgency
	}{{clock, data.UrgencyLastDay}, {end.Add(-time.Second), data.UrgencyLastDay}, {end, data.UrgencyOverdue}} {
		if got := data.UrgencyOf(order.ShipBy, c.now); got != c.want {
			t.Errorf("at %v it is %s, want %s", c.now, got, c.want)
		}
	}
}

func TestADueDayStaysADay(t *testing.T) {
	d, order := ebayDays(t)
	la := order.Shop.Location()
	day := data.Day{Year: 2026, Month: 11, Day: 30}
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{
		OrderID: order.ID, Reason: data.ReasonNotReceived, OpenedAt: data.Day{Year: 2026, Month: 11, Day: 20}.Begin(la), StatedDue: day.Begin(la),
	})
	must(t, err)
	view, err := d.Dispute(t.Context(), dispute.ID)
	must(t, err)
	if !view.Row.Due.Equal(day.End(la)) || data.JSONTime(view.Dispute.OpenedAt) != "2026-11-20" {
		t.Errorf("due %v, opened %v", view.Row.Due, view.Dispute.OpenedAt)
	}
	refs, err := d.TodayRefs(t.Context(), 0, false)
	must(t, err)
	if len(refs) != 2 || data.JSONTime(refs[1].Due) != "2026-11-30" {
		t.Errorf("today: %+v", refs)
	}
	var calendar strings.Builder
	must(t, d.WriteCalendar(t.Context(), &calendar, func(data.TodayRow) string { return "Respond" }))
	for _, line := range []string{"DTSTART;VALUE=DATE:20261130", "DTEND;VALUE=DATE:20261201"} {
		if !strings.Contains(calendar.String(), line) {
			t.Errorf("the calendar lacks %s:\n%s", line, calendar.String())
		}
	}
}

// A file that tells the day alone takes no hour away that the desk knows.
func TestADayDoesNotReplaceItsHour(t *testing.T) {
	d, order := ebayDays(t)
	put := func(at string) time.Time {
		t.Helper()
		path := write(t, "orders.csv", "Number;Buyer;Total;At;State\n12-1;Ana;45.99;"+at+";Awaiting shipment\n")
		r := desk.ImportRequest{Path: path, Shop: order.Shop}
		custom, err := d.MappingPreset(t.Context(), "plain", r, map[string]string{
			"Number": "number", "Buyer": "buyer_name", "Total": "total", "At": "ordered_at", "State": "status",
		})
		must(t, err)
		r.Custom = custom
		_, err = d.Import(t.Context(), r, nil)
		must(t, err)
		view, err := d.Order(t.Context(), order.ID)
		must(t, err)
		return view.Order.OrderedAt
	}
	hour := time.Date(2026, 11, 18, 22, 15, 0, 0, time.UTC)
	if got := put("2026-11-18 14:15"); !got.Equal(hour) {
		t.Errorf("the hour is not taken: %v", got)
	}
	if got := put("2026-11-18"); !got.Equal(hour) {
		t.Errorf("the day took its hour away: %v", got)
	}
	if got := data.JSONTime(put("2026-11-19")); got != "2026-11-19" {
		t.Errorf("another day is not taken: %v", got)
	}
}

func TestAPastedPictureHasNoCaptureTime(t *testing.T) {
	d, dispute := aliExpressCase(t)
	report, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{{Name: "screenshot.png", Bytes: stripes(t, 8, 8, 1), Source: "paste"}}, nil)
	must(t, err)
	if len(report.Added) != 1 || !report.Added[0].Unsaid() {
		t.Errorf("a kind was guessed: %+v", report.Added)
	}
	if len(report.Added) != 1 || !report.Added[0].CapturedAt.IsZero() || report.Added[0].Captured != data.CapturedNone {
		t.Errorf("%+v", report)
	}
}
