package parcel

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

func TestWhatIsWrongWithParcels(t *testing.T) {
	usual := func(_, country string) (Usual, bool) { return Usual{Days: 12, N: 40}, country == "FR" }
	for _, c := range []struct {
		name  string
		order data.Order
		known Known
		want  []TroubleKind
	}{
		{name: "nothing", order: data.Order{Status: data.StatusShipped, Shipments: []data.Shipment{{ShippedAt: ago(5), Events: scans("Accepted", "Departed facility")}}}},
		{name: "no scans are no trouble", order: data.Order{Status: data.StatusShipped, Shipments: []data.Shipment{{ShippedAt: ago(29)}}}},
		{
			name: "promised", order: data.Order{Status: data.StatusShipped, DeliverBy: ago(2), Shipments: []data.Shipment{{ShippedAt: ago(9)}}},
			want: []TroubleKind{TroubleLate},
		},
		{
			name: "the parcel's own promise comes first", known: Known{},
			order: data.Order{Status: data.StatusShipped, DeliverBy: ago(2), Shipments: []data.Shipment{{ShippedAt: ago(9), PromisedAt: ago(-2)}}},
		},
		{
			name: "promised for today is not late", order: data.Order{
				Status: data.StatusShipped, DeliverBy: data.Day{Year: 2026, Month: 11, Day: 30}.End(time.UTC), Shipments: []data.Shipment{{ShippedAt: ago(9)}},
			},
		},
		{
			name: "the order's date stands in", order: data.Order{Status: data.StatusShipped, ShippedAt: ago(31), Shipments: []data.Shipment{{Tracking: "A1"}}},
			want: []TroubleKind{TroubleLate},
		},
		{
			name: "longer than usual", known: Known{Usual: usual},
			order: data.Order{Status: data.StatusShipped, ShipTo: data.Address{Country: "FR"}, Shipments: []data.Shipment{{ShippedAt: ago(13)}}}, want: []TroubleKind{TroubleLate},
		},
		{
			name: "as long as usual", known: Known{Usual: usual},
			order: data.Order{Status: data.StatusShipped, ShipTo: data.Address{Country: "FR"}, Shipments: []data.Shipment{{ShippedAt: ago(12)}}},
		},
		{
			name: "the shop switched lateness off", known: Known{Service: data.Service{Notices: []data.NoticeSet{{Notice: "late", Off: true}}}},
			order: data.Order{Status: data.StatusShipped, Shipments: []data.Shipment{{ShippedAt: ago(90)}}},
		},
		{
			name: "stuck", order: data.Order{Status: data.StatusShipped, Shipments: []data.Shipment{{ShippedAt: ago(15), Events: []data.TrackingEvent{{At: ago(12), Text: "Departed facility"}}}}},
			want: []TroubleKind{TroubleStuck},
		},
		{
			name: "held", order: data.Order{Status: data.StatusShipped, Shipments: []data.Shipment{{ShippedAt: ago(3), Events: scans("Accepted", "Held by customs")}}},
			want: []TroubleKind{TroubleHeld},
		},
		{
			name: "to be collected", order: data.Order{Status: data.StatusShipped, Shipments: []data.Shipment{{ShippedAt: ago(3), Events: scans("Accepted", "Available for pickup")}}},
			want: []TroubleKind{TroublePickup},
		},
		{
			name: "only announced", order: data.Order{
				Status: data.StatusShipped, ShippedAt: ago(4),
				Shipments: []data.Shipment{{Events: []data.TrackingEvent{{At: ago(4), Text: "Shipping Label Created, USPS Awaiting Item"}}}},
			}, want: []TroubleKind{TroubleAnnounced},
		},
		{
			name: "announced, and not said to be shipped", order: data.Order{
				Status:    data.StatusToShip,
				Shipments: []data.Shipment{{Events: []data.TrackingEvent{{At: ago(4), Text: "Shipping Label Created, USPS Awaiting Item"}}}},
			},
		},
		{
			name: "delivered by word, with scans", order: data.Order{
				Status: data.StatusDelivered, DeliveredAt: ago(3), Shipments: []data.Shipment{{ShippedAt: ago(9), Events: []data.TrackingEvent{{At: ago(8), Text: "Departed facility"}}}},
			}, want: []TroubleKind{TroubleUnscanned},
		},
		{
			name: "the other half is under way", order: data.Order{
				Status: data.StatusDelivered, DeliveredAt: ago(3),
				Shipments: []data.Shipment{{ShippedAt: ago(9), DeliveredAt: ago(3), Events: scans("Accepted", "Delivered")}, {ShippedAt: ago(2), Events: scans("Accepted")}},
			},
		},
		{
			name: "another postcode", order: data.Order{
				Status: data.StatusDelivered, ShipTo: data.Address{Postcode: "28013"},
				Shipments: []data.Shipment{{ShippedAt: ago(9), Postcode: "08001", Events: scans("Accepted", "Delivered")}},
			}, want: []TroubleKind{TroubleElsewhere},
		},
		{
			name: "another postcode in the scan", order: data.Order{
				Status: data.StatusDelivered, ShipTo: data.Address{Postcode: "28202-0017", City: "Charlotte"},
				Shipments: []data.Shipment{{ShippedAt: ago(9), Events: []data.TrackingEvent{{At: ago(2), Place: "AUSTIN, TX 78701", Text: "Delivered"}}}},
			}, want: []TroubleKind{TroubleElsewhere},
		},
		{
			name: "another town's name, and the postcode of the order", order: data.Order{
				Status: data.StatusDelivered, ShipTo: data.Address{Postcode: "SW1A 1AA", City: "Westminster"},
				Shipments: []data.Shipment{{ShippedAt: ago(9), Events: []data.TrackingEvent{{At: ago(2), Place: "London SW1A 1AA", Text: "Delivered"}}}},
			},
		},
		{
			name: "half a postcode", order: data.Order{
				Status: data.StatusDelivered, ShipTo: data.Address{Postcode: "SW1A 1AA"},
				Shipments: []data.Shipment{{ShippedAt: ago(9), Postcode: "sw1a", Events: scans("Accepted", "Delivered")}},
			},
		},
		{
			name: "nine digits", order: data.Order{
				Status: data.StatusDelivered, ShipTo: data.Address{Postcode: "90210-1234"},
				Shipments: []data.Shipment{{ShippedAt: ago(9), Postcode: "９０２１０", Events: scans("Accepted", "Delivered")}},
			},
		},
		{
			name: "before it was shipped", order: data.Order{Status: data.StatusDelivered, Shipments: []data.Shipment{{ShippedAt: ago(0), Events: scans("Delivered", "Processed at facility")}}},
			want: []TroubleKind{TroubleEarly},
		},
		{
			name: "came back", order: data.Order{Status: data.StatusShipped, Shipments: []data.Shipment{{ShippedAt: ago(9), Events: scans("Refused", "Delivered to sender")}}},
			want: []TroubleKind{TroubleReturned},
		},
		{
			name: "a return is there", order: data.Order{
				Status: data.StatusDelivered, Shipments: []data.Shipment{{Kind: data.ShipmentReturn, Events: scans("Accepted", "Delivered")}},
			}, want: []TroubleKind{TroubleArrived},
		},
		{
			name: "a return is there, and refunded", order: data.Order{
				Status: data.StatusDelivered, Refunded: data.Money{Minor: 500, Currency: "EUR"}, Shipments: []data.Shipment{{Kind: data.ShipmentReturn, Events: scans("Accepted", "Delivered")}},
			},
		},
		{
			name: "called off", order: data.Order{Status: data.StatusCanceled, Shipments: []data.Shipment{{ShippedAt: ago(90), Events: scans("Held by customs")}}},
		},
		{
			name: "another order's number", known: Known{Others: map[string][]string{"A1": {"77"}}},
			order: data.Order{Status: data.StatusShipped, Shipments: []data.Shipment{{Tracking: "A1", ShippedAt: ago(3)}}}, want: []TroubleKind{TroubleReused},
		},
		{
			name: "lost, worst first", order: data.Order{
				Status: data.StatusShipped, Shipments: []data.Shipment{{ShippedAt: ago(40)}, {ShippedAt: ago(20), LostAt: ago(1), Carrier: "UPS"}},
			}, want: []TroubleKind{TroubleLost, TroubleLate},
		},
	} {
		found, states := NewReader().Troubles(&c.order, c.known, noon)
		var got []TroubleKind
		for i := range found {
			if f := &found[i]; f.Urgent() {
				got = append(got, f.Kind)
				if text := f.Why.String() + f.How.String() + f.Task.String(); strings.Contains(text, "{") || f.Task.IsZero() {
					t.Errorf("%s: %s", c.name, text)
				}
			}
		}
		if !slices.Equal(got, c.want) || len(states) != len(c.order.Shipments) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestWhatATroubleLeadsTo(t *testing.T) {
	o := data.Order{
		Status: data.StatusDelivered, Number: "5", ShipTo: data.Address{Country: "ES"},
		Shipments: []data.Shipment{{Kind: data.ShipmentReturn, Tracking: "B1", Events: scans("Delivered", "Processed at facility", "Processed at facility")}},
	}
	found, _ := NewReader().Troubles(&o, Known{Service: data.Service{Policy: data.ReturnPolicy{RefundDays: 1}}}, noon)
	if len(found) != 1 || data.JSONTime(found[0].Due) != "2026-11-29" || found[0].Severity != data.Serious { // there on the 28th
		t.Errorf("refund: %+v", found)
	}
	o = data.Order{Status: data.StatusShipped, ShipTo: data.Address{Country: "DE"}, Shipments: []data.Shipment{
		{ShippedAt: ago(9), Events: []data.TrackingEvent{{At: ago(5), Text: "Zur Abholung bereit"}}},
	}}
	found, _ = NewReader().Troubles(&o, Known{}, noon)
	if len(found) != 1 || found[0].Notice != "pickup" || found[0].Severity != data.Serious || data.JSONTime(found[0].Due) != "2026-12-02" {
		t.Errorf("to be collected: %+v", found)
	}
	if found, _ = NewReader().Troubles(&o, Known{Closed: true}, noon); len(found) != 1 || found[0].Notice != "" {
		t.Errorf("a case leads: %+v", found)
	}
}
