package statement

import (
	"time"

	"casebinder/data"
)

func at(month time.Month, day, hour, minute int) time.Time {
	return time.Date(2026, month, day, hour, minute, 0, 0, time.UTC)
}

func usd(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }

func exhibit(number int, kind data.EvidenceKind, proves string, captured time.Time, source data.CaptureSource) Exhibit {
	uid := string(kind) + "-" + string(rune('0'+number/10)) + string(rune('0'+number%10))
	return Exhibit{
		Number:   number,
		Exhibit:  data.Exhibit{EvidenceUID: uid, Position: number, Title: "Title of " + string(kind), Proves: proves, Included: true},
		Evidence: data.Evidence{UID: uid, Kind: kind, Name: string(kind) + ".jpg", CapturedAt: captured, Captured: source, DisputeID: 1},
	}
}

// fullFacts is an invented case in which everything is known that a claim can
// tell of one parcel.
func fullFacts() Facts {
	label := exhibit(4, data.KindPacking, "", at(3, 2, 2, 33), data.CapturedExif)
	label.Evidence.Label = "LX204661337CN Ana Garcia Muestra 28013 Madrid"
	older := exhibit(11, data.KindOther, "Two earlier orders: A-1001 and A-1002, with AVS and CVC results", time.Time{}, data.CapturedNone)
	return Facts{
		Order: data.Order{
			Shop: data.Shop{Platform: data.AliExpress, Name: "Sample Home Store", Zone: "Asia/Shanghai", Currency: "USD"}, Number: "8194206613370501",
			Buyer: data.Buyer{Name: "Ana García Muestra", Handle: "s-ana-77", Email: "ana@example.com", Country: "ES"},
			Total: usd(7890), Shipping: usd(390), PaymentMethod: "Card", PaymentRef: "SAMPLE-PAY-70501",
			OrderedAt: at(3, 1, 8, 12), PaidAt: at(3, 1, 8, 14), ShipBy: at(3, 6, 16, 0),
			ShipTo: data.Address{Name: "Ana García Muestra", Line1: "Calle de la Muestra 5", City: "Madrid", Postcode: "28013", Country: "ES"},
			Items: []data.Item{
				{SKU: "WL-MUG-350", Title: "Stoneware mug 350 ml", Variation: "Blue", Quantity: 2, Price: usd(1850)},
				{SKU: "WL-POT-900", Title: "Stoneware teapot 900 ml", Quantity: 1, Price: usd(3800)},
			},
			Shipments: []data.Shipment{{
				Carrier: "Example Post", Tracking: "LX204661337CN", ShippedAt: at(3, 3, 6, 5), DeliveredAt: at(3, 28, 10, 21),
				Events: []data.TrackingEvent{
					{At: at(3, 3, 6, 5), Place: "Ningbo, CN", Text: "Accepted by carrier, weight 1.284 kg"},
					{At: at(3, 27, 9, 15), Place: "Madrid 28013, ES", Text: "Delivery attempted, notice left"},
					{At: at(3, 28, 6, 30), Place: "Madrid 28013, ES", Text: "Out for delivery"},
					{At: at(3, 28, 10, 21), Place: "Madrid 28013, ES", Text: "Delivered, signed by A. GARCIA"},
				},
			}},
			Extra: map[string]string{"Card AVS Zip Status": "pass", "Card AVS Line1 Status": "pass", "Card CVC Status": "pass", "Card Address Line1": "Calle de la Muestra 5", "Card Address City": "Madrid"},
		},
		Dispute: data.Dispute{
			ID: 7, UID: "dispute-1", Reason: data.ReasonNotReceived, Amount: usd(7890), CaseNumber: "AE-501-2207", OpenedAt: at(4, 2, 18, 44), Claim: "No he recibido nada.",
			Events: []data.CaseEvent{
				{UID: "e1", Kind: data.EventOpened, Actor: data.ActorBuyer, At: at(4, 2, 18, 44)},
				{UID: "e2", Kind: data.EventCounterOffer, Actor: data.ActorSeller, At: at(4, 3, 9, 0), Amount: usd(500)},
				{UID: "e3", Kind: data.EventReturnAgreed, Actor: data.ActorSeller, At: at(4, 3, 10, 0)},
				{UID: "e4", Kind: data.EventRefundIssued, Actor: data.ActorSeller, At: at(4, 4, 9, 0), Amount: usd(1000), Note: "Refund re_1SampleRefund0001"},
			},
		},
		Messages: []data.Message{
			{UID: "m1", Direction: data.FromBuyer, SentAt: at(3, 1, 8, 20), Language: "es", Text: "Hola, es un regalo. ¿Pueden embalarlo bien?"},
			{UID: "m2", Direction: data.ToBuyer, SentAt: at(3, 3, 7, 10), Language: "es", Text: "Hola Ana, su pedido acaba de salir. Número de seguimiento: LX204661337CN."},
			{UID: "m3", Direction: data.FromBuyer, SentAt: at(3, 28, 19, 0), Language: "es", Text: "Hoy llegó el paquete, gracias.", Translation: "The parcel came today, thank you.", TransLang: "en", Translator: "Lin"},
			{UID: "m4", Direction: data.FromBuyer, SentAt: at(3, 29, 19, 0), Language: "es", Text: "Ya no lo quiero, me equivoqué de color.", Translation: "I no longer want it, I chose the wrong color.", TransLang: "en", Translator: "Lin"},
			{UID: "m5", Direction: data.FromBuyer, SentAt: at(3, 30, 19, 0), Language: "es", Text: "Quiero cancelar el pedido."},
			{UID: "m6", Direction: data.FromPlatform, SentAt: at(4, 2, 18, 45), Text: "A dispute was opened."},
			{UID: "m7", Direction: data.ToBuyer, SentAt: at(4, 3, 8, 15), Language: "es", Text: "Lo sentimos. ¿Puede enviarnos una foto del problema?"},
		},
		Exhibits: []Exhibit{
			exhibit(1, data.KindListing, "The offer on the day of the sale", at(3, 1, 8, 40), data.CapturedStated),
			exhibit(2, data.KindPhoto, "Both mugs and the teapot are intact", at(3, 2, 2, 12), data.CapturedExif),
			exhibit(3, data.KindPacking, "Each piece stands in a padded box", at(3, 2, 2, 31), data.CapturedExif),
			label,
			exhibit(5, data.KindInvoice, "", at(3, 1, 8, 45), data.CapturedStated),
			exhibit(6, data.KindTracking, "", at(4, 3, 7, 55), data.CapturedStated),
			exhibit(7, data.KindDelivery, "Slip with date, postcode and signature", at(4, 4, 13, 20), data.CapturedStated),
			exhibit(8, data.KindQC, "No chips, no cracks", at(3, 1, 23, 0), data.CapturedStated),
			exhibit(9, data.KindPolicy, "Returns within 15 days", at(3, 1, 8, 41), data.CapturedStated),
			exhibit(10, data.KindRefund, "", at(4, 4, 9, 5), data.CapturedStated),
			older,
			exhibit(12, data.KindCustoms, "", time.Time{}, data.CapturedNone),
			exhibit(13, data.KindScreenshot, "", time.Time{}, data.CapturedNone),
		},
		Prior: []PriorOrder{
			{Number: "A-1001", At: at(1, 2, 3, 0).AddDate(0, -6, 0), SameCard: true, Matches: []string{"ip", "shipping_address", "email"}},
			{Number: "A-1002", At: at(1, 9, 3, 0).AddDate(0, -5, 0), SameCard: true, Matches: []string{"ip", "shipping_address"}},
		},
	}
}

// typicalFacts is a case as it mostly is: one parcel, delivered, a few proofs.
func typicalFacts() Facts {
	f := fullFacts()
	f.Order.Extra, f.Prior = nil, nil
	f.Dispute.Events = f.Dispute.Events[:1]
	f.Messages = []data.Message{f.Messages[0], f.Messages[1], f.Messages[6]}
	f.Exhibits = append(f.Exhibits[:3:3], f.Exhibits[4:7]...)
	return f
}
