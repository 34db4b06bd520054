package parcel

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

// ago is a time some days before now.
func ago(days int) time.Time { return noon.AddDate(0, 0, -days) }

// scans are one a day, the last today.
func scans(texts ...string) []data.TrackingEvent {
	var list []data.TrackingEvent
	for i, text := range texts {
		list = append(list, data.TrackingEvent{At: ago(len(texts) - 1 - i), Text: text})
	}
	return list
}

func TestWhereAParcelStands(t *testing.T) {
	r := NewReader()
	for _, c := range []struct {
		name  string
		scans string // one a line
		kind  data.ShipmentKind
		want  Stage
	}{
		{"nothing", "", "", StageNone},
		{"label alone", "Shipping Label Created, USPS Awaiting Item", "", StageAnnounced},
		{"label alone in Chinese", "电子预报信息已收到", "", StageAnnounced},
		{"handed over", "Shipping Label Created, USPS Awaiting Item\nAccepted at USPS Origin Facility", "", StageMoving},
		{"told of again, while it moves", "Accepted at USPS Origin Facility\nShipping Label Created, USPS Awaiting Item", "", StageMoving},
		{"moving", "Departed Shipping Partner Facility", "", StageMoving},
		{"left its country", "Accepted\nDeparted country of origin", "", StageExported},
		{"flies", "已收寄\n航班已起飞", "", StageExported},
		{"flies on", "Departed country of origin\nIn transit to next facility", "", StageExported},
		{"arrived there", "Departed country of origin\nArrived in destination country", "", StageArrived},
		{"arrived, then sorted", "Arrived at inward office of exchange\nProcessed at facility", "", StageArrived},
		{"customs there", "Arrived in destination country\nPresented to customs", "", StageCustoms},
		{"through customs there", "Arrived in destination country\nPresented to customs\nReleased from customs", "", StageArrived},
		{"customs of its own country", "Accepted\nPresented to customs\nReleased from customs", "", StageMoving},
		{"held", "Arrived in destination country\nHeld by customs", "", StageHeld},
		{"held, Chinese", "到达目的国\n海关扣留", "", StageHeld},
		{"held, then let go", "Arrived in destination country\nHeld by customs\nReleased by customs", "", StageArrived},
		{"out", "Arrived at local facility\nOut for delivery", "", StageOut},
		{"nobody there", "Out for delivery\nDelivery attempt: no one home", "", StageAttempt},
		{"nobody there, again out", "Delivery attempt: no one home\nOut for delivery", "", StageOut},
		{"waits at the office", "Out for delivery\nAvailable for pickup", "", StagePickup},
		{"waits, Spanish", "En reparto\nDisponible para recoger", "", StagePickup},
		{"delivered", "Out for delivery\nDelivered, Front Door", "", StageDelivered},
		{"delivered, German", "In Zustellung\nErfolgreich zugestellt", "", StageDelivered},
		{"not delivered", "Out for delivery\nUndelivered", "", StageOut},
		{"books closed after delivery", "Delivered\nProcessed at facility", "", StageDelivered},
		{"sent back", "Delivery attempt: no one home\nReturn to sender", "", StageReturning},
		{"sent back, still moving", "Return to sender\nDeparted facility", "", StageReturning},
		{"back", "Return to sender\nDelivered to sender", "", StageReturned},
		{"back, in the words of delivery", "Refused\nDelivered", "", StageReturned},
		{"refused after delivery", "Delivered\nReturn to sender", "", StageReturning},
		{"lost", "Departed facility\nParcel lost", "", StageLost},
		{"lost, Chinese", "已收寄\n包裹丢失", "", StageLost},
		{"destroyed by customs", "Held by customs\nDestroyed", "", StageLost},
		{"found again", "Parcel lost\nDelivered", "", StageDelivered},
		{"return is there", "Accepted\nDelivered", data.ShipmentReturn, StageDelivered},
		{"return to the sender of the goods", "Accepted\nDelivered to sender", data.ShipmentReturn, StageDelivered},
		{"return under way", "Accepted\nReturn to sender", data.ShipmentReturn, StageMoving},
		{"words that nobody knows", "Zzyzx qwrt", "", StageMoving},
		{"words that nobody knows, later", "Available for pickup\nZzyzx qwrt", "", StagePickup},
	} {
		var list []data.TrackingEvent
		if c.scans != "" {
			list = scans(strings.Split(c.scans, "\n")...)
		}
		s := r.State(&data.Shipment{Events: list, Kind: c.kind}, "ES", noon)
		if s.Stage != c.want || len(list) > 0 && !s.Scanned {
			t.Errorf("%s: %q, scanned %v, want %q", c.name, s.Stage, s.Scanned, c.want)
		}
	}
}

func TestAStateSaysByWhatItIsKnown(t *testing.T) {
	r := NewReader()
	p := &data.Shipment{Events: []data.TrackingEvent{
		{At: ago(1), Text: "Zzyzx qwrt"}, {At: ago(9), Text: "Accepted"}, {At: ago(5), Text: "Available for pickup", Place: "Vigo"}, // out of order
	}}
	s := r.State(p, "es", noon)
	if !s.Since.Equal(ago(5)) || !s.Last.Equal(ago(1)) || s.Place != "Vigo" || s.Quiet != 1 || !slices.Equal(s.Unread, []string{"Zzyzx qwrt"}) {
		t.Errorf("%+v", s)
	}
	if got := data.JSONTime(s.KeptUntil); got != "2026-12-10" || s.Kept.Confidence != data.Unconfirmed { // 25 November and 15 days
		t.Errorf("kept until %s, %v", got, s.Kept)
	}
	if s := r.State(p, "KZ", noon); !s.KeptUntil.IsZero() {
		t.Errorf("nobody knows how long it is kept in KZ: %v", s.KeptUntil)
	}
	if !p.Events[0].At.Equal(ago(1)) {
		t.Error("the parcel's own scans were put into another order")
	}
	told := r.State(&data.Shipment{ShippedAt: ago(20), DeliveredAt: ago(3), Events: scans("Departed facility")}, "ES", noon)
	if told.Stage != StageDelivered || told.Scanned || told.Scans != 1 {
		t.Errorf("delivered by word alone: %+v", told)
	}
	if s := r.State(&data.Shipment{LostAt: ago(9), Events: scans("Delivered")}, "ES", noon); s.Stage != StageDelivered {
		t.Errorf("found after it was given up: %q", s.Stage)
	}
	if s := r.State(&data.Shipment{LostAt: ago(0), Events: scans("Departed facility")}, "ES", noon); s.Stage != StageLost {
		t.Errorf("given up: %q", s.Stage)
	}
}

func TestClaimUntil(t *testing.T) {
	for _, c := range []struct{ carrier, tracking, want string }{
		{"DHL Express", "1234567890", "2026-05-31"},
		{"Cainiao", "RX123456785CN", "2026-10-28"},
		{"Yanwen", "YT1234567890", ""},
		{"Upstream Post", "1", ""}, // not UPS
	} {
		until, _ := ClaimUntil(&data.Shipment{Carrier: c.carrier, Tracking: c.tracking, ShippedAt: time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)})
		if got := data.JSONTime(until); got != c.want {
			t.Errorf("%s %s: until %q, want %q", c.carrier, c.tracking, got, c.want)
		}
	}
	if until, _ := ClaimUntil(&data.Shipment{Carrier: "UPS"}); !until.IsZero() {
		t.Error("a parcel that was never shipped has a term")
	}
}

func FuzzState(f *testing.F) {
	f.Add("Delivered", "Return to sender", "ES")
	f.Fuzz(func(t *testing.T, a, b, country string) {
		s := NewReader().State(&data.Shipment{Events: scans(a, b), Tracking: a, Carrier: b, ShippedAt: ago(3)}, country, noon)
		if !slices.Contains(Stages(), s.Stage) || s.Scans != 2 || s.Quiet != 0 {
			t.Errorf("%+v", s)
		}
	})
}
