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
			Reason: data.ReasonNotReceived, Ruling: data.Ruling{Outcome: "won"}, Claim: "El paquete no ha llegado.", Amount: usd(4599), CaseNumber: "EX-100200",
			OpenedAt: at(time.July, 22), StatedDue: at(time.July, 27), Stage: data.StageNegotiation, Waiting: data.ActorSeller,
			Events: []data.CaseEvent{{Kind: data.EventRefundIssued, Actor: data.ActorSeller, At: at(time.July, 24), Amount: usd(1200)}},
		},
		Feedback: &data.Feedback{Shop: shop, OrderNumber: order.Number, Stars: 3, Text: "Bonita, pero tardó mucho.", LeftAt: at(time.July, 23), SettledAt: at(time.July, 24)},
		Extra:    inventedExtra(),
		Repeat:   true, AnswerBy: at(time.July, 27),
		Service: data.Service{Policy: data.ReturnPolicy{Days: 30, Pays: "seller", Warranty: 24}},
		Messages: []data.Message{
			{Direction: data.FromBuyer, SentAt: at(time.July, 22), Text: "¿Dónde está mi pedido?"},
			{Direction: data.ToBuyer, SentAt: at(time.July, 23), Text: "Lo miramos.", Template: "not_received"},
		},
	}
}

func inventedExtra() map[string]string {
	return map[string]string{
		"answer.text": "The mug holds 350 ml.", "issue.text": "the handle is chipped", "solution.text": "we send a new mug today",
		"proof.text":   "1. The carrier's record shows the delivery.\n2. The city and postcode match the order.",
		"delivery.eta": "2025-07-28", "answer.by": "2025-07-27", "missing.items": "one mug", "decision.reason": "the item matches the listing",
		"delay.reason": "the carrier's sorting center was closed", "pickup.place": "Madrid Sol post office", "pickup.until": "2025-07-30",
		"pickup.code": "4711", "offer.amount": "12", "payment.until": "2025-07-29", "refund.until": "2025-08-02", "coupon.code": "EXAMPLE10",
		"coupon.until": "2025-08-31", "duty.amount": "9.50 EUR", "duty.rate": "4.7 %", "resend.item": "one blue mug", "resend.date": "2025-07-26",
		"resend.tracking": "LX987654321CN", "return.address": "Willow Lane Home, 12 Sample Road, Ningbo, China", "return.until": "2025-08-04",
		"return.tracking": "RR112233445ES", "return.agreed": "2025-07-25", "return.postage": "seller_refunds", "duty.payer": "buyer",
		"shipping.days": "7-15", "shipping.fee": "3.50", "issue.kind": "damaged", "issue.count": "1", "solution.kind": "partial_refund",
		"alternative.kind": "coupon", "refusal.kind": "as_described", "cancel.refusal": "shipped", "delay.kind": "weather", "resend.kind": "item",
		"holiday.kind": "christmas", "promo.kind": "sale", "promo.percent": "20", "guide.kind": "clean", "hint.kind": "color",
		"inquiry.kind": "not_received", "repair.way": "send_part", "complaint.ground": "off_topic", "stock.state": "back_later",
		"stock.date": "2025-08-10", "supply.wish": "replace", "supply.reference": "PO-1001", "offer.quantity": "50", "offer.until": "2025-08-15",
		"size.value": "M", "size.measure": "96-100 cm", "exchange.variation": "Green", "call.date": "2025-07-24", "repair.until": "2025-08-20",
		"inquiry.number": "Q-100", "inquiry.until": "2025-08-05", "away.from": "2025-08-01", "away.until": "2025-08-04",
		"product.title": "Stoneware teapot", "promo.name": "Autumn sale", "promo.until": "2025-09-30", "order.pay_by": "2025-07-04",
		"offer.expires": "2025-07-30",
	}
}
