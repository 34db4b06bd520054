package reply

import (
	"time"

	"casebinder/data"
)

// invented is an order with everything that a template can ask for.
func invented() Context {
	at := func(month time.Month, d int) time.Time { return time.Date(2025, month, d, 9, 30, 0, 0, time.UTC) }
	usd := func(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }
	shop := data.Shop{Platform: data.AliExpress, Name: "Willow Lane Home", Zone: "Asia/Shanghai", Currency: "USD"}
	order := data.Order{
		Shop: shop, Number: "8123456789012345", Status: data.StatusDisputed, Total: usd(4599), Shipping: usd(350), Refunded: usd(1200),
		Buyer:     data.Buyer{Platform: data.AliExpress, Handle: "es-ana-example", Name: "Ana García", Country: "ES", Language: "es"},
		OrderedAt: at(time.July, 1), PaidAt: at(time.July, 1), ShipBy: at(time.July, 8), ShippedAt: at(time.July, 3), DeliveredAt: at(time.July, 21),
		ShipTo:    data.Address{Name: "Ana García", Line1: "Calle de la Muestra 5", City: "Madrid", Postcode: "28013", Country: "Spain"},
		BuyerNote: "Please leave it with the doorman.",
		Items:     []data.Item{{SKU: "MUG-BL-2", Title: "Stoneware mug", Variation: "Blue", Quantity: 2, Price: usd(2050)}},
		Shipments: []data.Shipment{{
			Carrier: "Example Post", Tracking: "LX123456789CN", ShippedAt: at(time.July, 3), DeliveredAt: at(time.July, 21),
			Events: []data.TrackingEvent{{At: at(time.July, 21), Place: "Madrid", Text: "Delivered"}},
		}},
	}
	return Context{
		Order: order, Shop: shop, Operator: "Lin", Signature: "Lin\nWillow Lane Home", Now: at(time.July, 25),
		Dispute: &data.Dispute{
			Reason: data.ReasonNotReceived, Claim: "El paquete no ha llegado.", Amount: usd(4599), CaseNumber: "EX-100200",
			OpenedAt: at(time.July, 22), StatedDue: at(time.July, 27), Stage: data.StageNegotiation, Waiting: data.ActorSeller,
			Events: []data.CaseEvent{{Kind: data.EventRefundIssued, Actor: data.ActorSeller, At: at(time.July, 24), Amount: usd(1200)}},
		},
		Feedback: &data.Feedback{Shop: shop, OrderNumber: order.Number, Stars: 3, Text: "Bonita, pero tardó mucho.", LeftAt: at(time.July, 23)},
		Extra:    inventedExtra(),
	}
}

func inventedExtra() map[string]string {
	return map[string]string{
		"answer.text": "The mug holds 350 ml.", "issue.text": "the handle is chipped", "solution.text": "we send a new mug today",
		"proof.text": "1. The carrier's record shows the delivery.\n2. The city and postcode match the order.", "delivery.eta": "28 July",
		"delay.reason": "the carrier's sorting center was closed", "pickup.place": "Madrid Sol post office", "pickup.until": "30 July",
		"offer.amount": "US$12.00", "coupon.code": "EXAMPLE10", "coupon.until": "31 August", "duty.amount": "€9.50",
		"resend.item": "one blue mug", "resend.date": "26 July", "resend.tracking": "LX987654321CN",
		"return.address": "Willow Lane Home, 12 Sample Road, Ningbo, China", "return.until": "4 August", "return.tracking": "RR112233445ES",
		"product.title": "Stoneware teapot", "promo.name": "Autumn sale", "promo.until": "30 September",
	}
}
