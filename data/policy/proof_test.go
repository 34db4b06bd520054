package policy_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/policy"
)

func usd(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }

// sound is a case in which nothing contradicts anything.
func sound() *policy.CaseFacts {
	return &policy.CaseFacts{
		Order: data.Order{
			Number: "17-1", Total: usd(80_000), OrderedAt: at("2026-10-01T10:00:00Z"), PaidAt: at("2026-10-01T10:05:00Z"), ShippedAt: at("2026-10-02T10:00:00Z"),
			DeliveredAt: at("2026-10-12T15:00:00Z"),
			ShipTo:      data.Address{Line1: "1 Sample St", City: "Springfield", State: "IL", Postcode: "62701-1234", Country: "US"},
			Items:       []data.Item{{SKU: "A", Title: "Lamp", Quantity: 1}},
			Shipments: []data.Shipment{{
				Carrier: "USPS", Tracking: "9400", ShippedAt: at("2026-10-02T10:00:00Z"), DeliveredAt: at("2026-10-12T15:00:00Z"),
				Events: []data.TrackingEvent{
					{At: at("2026-10-02T12:00:00Z"), Place: "Shenzhen", Text: "Accepted"},
					{At: at("2026-10-12T15:00:00Z"), Place: "SPRINGFIELD, IL 62701", Text: "Delivered, front door"},
				},
			}},
		},
		Dispute: data.Dispute{
			UID: "d", Reason: data.ReasonNotReceived, Amount: usd(80_000), OpenedAt: at("2026-11-02T12:00:00Z"),
			Events: []data.CaseEvent{{UID: "e", Kind: data.EventOpened, Actor: buyer, At: at("2026-11-02T12:00:00Z"), Amount: usd(80_000)}},
		},
		Messages: []data.Message{
			{UID: "m1", Direction: data.ToBuyer, SentAt: at("2026-10-02T13:00:00Z"), Text: "Your parcel is on its way."},
			{UID: "m2", Direction: data.FromBuyer, SentAt: at("2026-11-01T13:00:00Z"), Text: "Where is it?"},
		},
		Evidence: []data.Evidence{
			{UID: "p", Name: "packing.jpg", Kind: data.KindPacking, SHA256: "aa", CapturedAt: at("2026-10-02T09:00:00Z"), Captured: data.CapturedExif, AddedAt: at("2026-10-02T09:30:00Z")},
		},
	}
}

func states(items []policy.ItemView) map[string]policy.ItemState {
	m := map[string]policy.ItemState{}
	for _, i := range items {
		m[i.ID] = i.State
	}
	return m
}

func TestChecklistOfAnINR(t *testing.T) {
	f, p := sound(), pack(t, "ebay-inr")
	view := policy.Evaluate(p, policy.NewCalendars(), policy.Case{Zone: "America/Los_Angeles", Events: f.Dispute.Events}, at("2026-11-03T00:00:00Z"))
	items := policy.Checklist(p, f, view.Deadlines)
	got := states(items)
	for id, want := range map[string]policy.ItemState{
		"tracking": policy.Satisfied, "shipped_date": policy.Satisfied, "delivery_scan": policy.Satisfied, "postcode_match": policy.Satisfied,
		"shipping_notice": policy.Satisfied, "chat": policy.Satisfied, "signature": policy.Missing, "customs": policy.Missing,
	} {
		if got[id] != want {
			t.Errorf("%s is %s, want %s", id, got[id], want)
		}
	}
	if n := policy.Count(items); n.Satisfied != 6 || n.Missing != 2 || n.NotApplicable != 0 {
		t.Errorf("counted %+v", n)
	}
	i := slices.IndexFunc(items, func(i policy.ItemView) bool { return i.ID == "signature" })
	if want := at("2026-11-05T12:00:00Z"); !items[i].Until.Equal(want) || items[i].Get.IsZero() || items[i].Origin.Confidence != data.Confirmed {
		t.Errorf("signature until %v, want %v; get %q", items[i].Until, want, items[i].Get)
	}
	i = slices.IndexFunc(items, func(i policy.ItemView) bool { return i.ID == "delivery_scan" })
	if len(items[i].By) != 1 || items[i].By[0].ID != "9400" {
		t.Errorf("delivery is proved by %+v", items[i].By)
	}
}

// Without messages the conversation is proved by pictures alone: by those that a
// person said to show it, or set down for it.
func TestAPictureOfWhichNothingWasSaidProvesNothing(t *testing.T) {
	p := pack(t, "ebay-inr")
	picture := data.Evidence{UID: "s", Name: "screenshot.png", Kind: data.KindOther}
	for _, c := range []struct {
		name   string
		change func(f *policy.CaseFacts)
		want   policy.ItemState
	}{
		{"nobody said", func(*policy.CaseFacts) {}, policy.Missing},
		{"said to be a message", func(f *policy.CaseFacts) { f.Evidence[0].Kind = data.KindMessage }, policy.Satisfied},
		{"set down for it", func(f *policy.CaseFacts) { f.Exhibits = map[string][]string{"chat": {"s"}} }, policy.Satisfied},
		{"a fact", func(f *policy.CaseFacts) { f.Messages = sound().Messages }, policy.Satisfied},
	} {
		f := sound()
		f.Messages, f.Evidence = nil, []data.Evidence{picture, picture}
		f.Evidence[1].UID = "s2"
		c.change(f)
		items := policy.Checklist(p, f, nil)
		i := slices.IndexFunc(items, func(i policy.ItemView) bool { return i.ID == "chat" })
		if items[i].State != c.want {
			t.Errorf("%s: the chat is %s, want %s", c.name, items[i].State, c.want)
		}
		if why := items[i].Why.String(); (c.want == policy.Missing) != strings.Contains(why, "nobody has said what they show: 2") {
			t.Errorf("%s: says %q", c.name, why)
		}
	}
}

func TestSignatureCountsFrom750Dollars(t *testing.T) {
	p := pack(t, "paypal")
	for _, c := range []struct {
		total data.Money
		scan  string
		want  policy.ItemState
		why   string
	}{
		{usd(74_999), "Delivered", policy.NotApplicable, "USD 749.99 is less than USD 750.00"},
		{usd(75_000), "Delivered", policy.Missing, ""},
		{usd(75_000), "Delivered, signed for by RECIPIENT", policy.Satisfied, ""},
		{data.Money{Minor: 70_000, Currency: "EUR"}, "Delivered", policy.Missing, "the order is in EUR"},
		{data.Money{}, "Delivered", policy.Missing, "total is not known"},
	} {
		f := sound()
		f.Order.Total = c.total
		f.Order.Shipments[0].Events[1].Text = c.scan
		items := policy.Checklist(p, f, nil)
		i := slices.IndexFunc(items, func(i policy.ItemView) bool { return i.ID == "signature" })
		if items[i].State != c.want || !strings.Contains(items[i].Why.String(), c.why) {
			t.Errorf("%v, %s: %s, %s", c.total, c.scan, items[i].State, items[i].Why)
		}
	}
}

func TestChecklistByAPerson(t *testing.T) {
	f, p := sound(), pack(t, "aliexpress")
	f.Dispute.Reason = data.ReasonShort
	f.NotApplicable = map[string]string{"packing_list": "one item alone"}
	f.Exhibits = map[string][]string{"weight": {"p"}}
	got := states(policy.Checklist(p, f, nil))
	if got["packing_list"] != policy.NotApplicable || got["weight"] != policy.Satisfied || got["packing"] != policy.Satisfied {
		t.Errorf("%v", got)
	}
	if _, listed := got["tracking"]; listed {
		t.Error("proof of another reason is listed")
	}
	f.Evidence[0].BinnedAt = at("2026-11-03T00:00:00Z")
	if got := states(policy.Checklist(p, f, nil)); got["weight"] != policy.Missing || got["packing"] != policy.Missing {
		t.Errorf("evidence in the bin counts: %v", got)
	}
}

// Visa's Compelling Evidence 3.0 takes two orders that are 120 to 364 days
// older, with the IP address or device and one more identifier in common.
func TestCompellingEvidence3(t *testing.T) {
	prior := func(number string, days int, matches ...string) policy.PriorOrder {
		return policy.PriorOrder{Number: number, At: at("2026-10-01T10:05:00Z").AddDate(0, 0, -days), SameCard: true, Matches: matches}
	}
	disputed, otherCard := prior("c", 200, "ip", "email"), prior("d", 200, "ip", "email")
	disputed.Disputed, otherCard.SameCard = true, false
	for _, c := range []struct {
		name  string
		prior []policy.PriorOrder
		want  policy.ItemState
	}{
		{"two that fit, at both ends", []policy.PriorOrder{prior("a", 120, "ip", "email"), prior("b", 364, "device_id", "shipping_address")}, policy.Satisfied},
		{"too young", []policy.PriorOrder{prior("a", 119, "ip", "email"), prior("b", 364, "ip", "email")}, policy.Missing},
		{"too old", []policy.PriorOrder{prior("a", 120, "ip", "email"), prior("b", 365, "ip", "email")}, policy.Missing},
		{"neither IP nor device", []policy.PriorOrder{prior("a", 200, "email", "account_id"), prior("b", 200, "ip", "email")}, policy.Missing},
		{"one identifier", []policy.PriorOrder{prior("a", 200, "ip"), prior("b", 200, "ip", "email")}, policy.Missing},
		{"an identifier that does not count", []policy.PriorOrder{prior("a", 200, "ip", "phone"), prior("b", 200, "ip", "email")}, policy.Missing},
		{"one was disputed", []policy.PriorOrder{disputed, prior("b", 200, "ip", "email")}, policy.Missing},
		{"another card", []policy.PriorOrder{otherCard, prior("b", 200, "ip", "email")}, policy.Missing},
	} {
		f := sound()
		f.Dispute.Reason, f.Prior = data.ReasonUnauthorized, c.prior
		if got := states(policy.Checklist(pack(t, "visa"), f, nil))["visa_ce3"]; got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestSoundCaseHasNoContradictions(t *testing.T) {
	for _, f := range policy.Contradictions(sound()) {
		t.Errorf("%s: %s", f.Rule, f.Why)
	}
}

func TestContradictions(t *testing.T) {
	const serious, warning = data.Serious, data.Warning
	for _, c := range []struct {
		name, rule string
		severity   data.Severity
		where      string // an ID to which it points
		change     func(f *policy.CaseFacts)
	}{
		{"shipped before it was ordered", "dates_out_of_order", serious, "17-1", func(f *policy.CaseFacts) { f.Order.ShippedAt = at("2026-09-30T10:00:00Z") }},
		{"delivered before it was shipped", "dates_out_of_order", serious, "9400", func(f *policy.CaseFacts) { f.Order.Shipments[0].DeliveredAt = at("2026-10-01T15:00:00Z") }},
		{"disputed before it was ordered", "dates_out_of_order", serious, "d", func(f *policy.CaseFacts) { f.Dispute.OpenedAt = at("2026-09-01T15:00:00Z") }},
		{"two dates of delivery", "two_deliveries", warning, "9400", func(f *policy.CaseFacts) { f.Order.DeliveredAt = at("2026-10-20T15:00:00Z") }},
		{"delivered to another postcode", "tracking_postcode", serious, "9400", func(f *policy.CaseFacts) { f.Order.Shipments[0].Events[1].Place = "CHICAGO, IL 60601" }},
		{"delivered to another city", "tracking_city", warning, "9400", func(f *policy.CaseFacts) { f.Order.Shipments[0].Events[1].Place = "Chicago" }},
		{"another postcode on the label", "label_address", serious, "label", func(f *policy.CaseFacts) {
			f.Labels = []policy.LabelText{{Evidence: "label", Text: "TO: 1 Sample St Springfield IL 62702"}}
		}},
		{"tracking number of another order", "tracking_of_another_order", serious, "18-2", func(f *policy.CaseFacts) { f.OtherTracking = map[string]string{"9400": "18-2"} }},
		{"another currency", "currency_differs", warning, "d", func(f *policy.CaseFacts) { f.Dispute.Amount.Currency = "EUR" }},
		{"more than the order", "amount_above_total", warning, "d", func(f *policy.CaseFacts) { f.Dispute.Amount = usd(80_001) }},
		{"refunded already", "refund_already_issued", serious, "17-1", func(f *policy.CaseFacts) { f.Order.Refunded = usd(80_000) }},
		{"refunded in part, by an event", "refund_already_issued", warning, "r", func(f *policy.CaseFacts) {
			f.Dispute.Events = append(f.Dispute.Events, data.CaseEvent{UID: "r", Kind: data.EventRefundIssued, Actor: seller, At: at("2026-11-03T12:00:00Z"), Amount: usd(1000)})
		}},
		{"a promise that is denied", "promise_denied", serious, "m1", func(f *policy.CaseFacts) {
			f.Messages[0].Text, f.Statement = "Do not worry, We  will refund you tomorrow.", "We never promised a refund."
		}},
		{"a Chinese promise, denied in English", "promise_denied", serious, "m1", func(f *policy.CaseFacts) {
			f.Messages[0].Text, f.Statement = "您好，这是我们的错，非常抱歉。", "The item was as described."
		}},
		{"a promise in the translation", "promise_denied", serious, "m1", func(f *policy.CaseFacts) {
			f.Messages[0].Text, f.Messages[0].Translation, f.Statement = "Ok", "Мы вышлем замену", "Never promised a replacement"
		}},
		{"packed after shipping", "photo_after_shipping", serious, "p", func(f *policy.CaseFacts) { f.Evidence[0].CapturedAt = at("2026-10-04T09:00:00Z") }},
		{"a photo after the claim", "photo_after_claim", warning, "p", func(f *policy.CaseFacts) {
			f.Evidence[0].Kind, f.Evidence[0].CapturedAt, f.Evidence[0].AddedAt = data.KindPhoto, at("2026-11-03T09:00:00Z"), at("2026-11-03T09:00:00Z")
		}},
		{"another date in the EXIF", "photo_exif_differs", serious, "p", func(f *policy.CaseFacts) {
			f.StatedCapture = map[string]time.Time{"p": at("2026-10-01T00:00:00Z").AddDate(0, 0, -3)}
		}},
		{"a photo from the future", "photo_from_the_future", warning, "p", func(f *policy.CaseFacts) { f.Evidence[0].AddedAt = at("2026-09-30T00:00:00Z") }},
		{"a refund that the case does not know", "order_step_untold", warning, "17-1", func(f *policy.CaseFacts) {
			f.Written = []data.OrderEvent{{Kind: data.OrderRefund, At: at("2026-11-04T12:00:00Z"), Amount: usd(1000)}}
		}},
		{"one file for two orders", "file_used_twice", serious, "18-2", func(f *policy.CaseFacts) { f.OtherFiles = map[string][]string{"aa": {"17-1", "18-2"}} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := sound()
			c.change(f)
			all := policy.Contradictions(f)
			i := slices.IndexFunc(all, func(f data.Finding) bool {
				return f.Rule == c.rule && slices.ContainsFunc(f.Where, func(r data.Ref) bool { return r.ID == c.where })
			})
			if i < 0 {
				t.Fatalf("not found in %v", all)
			}
			if all[i].Severity != c.severity || all[i].How.IsZero() || strings.Contains(all[i].Why.String(), "{") {
				t.Errorf("%+v", all[i])
			}
		})
	}
}

// What is no contradiction must not cry wolf.
func TestNoFalseContradictions(t *testing.T) {
	for name, change := range map[string]func(f *policy.CaseFacts){
		"a refusal is no promise": func(f *policy.CaseFacts) {
			f.Messages[0].Text, f.Statement = "We will not refund you.", "We never promised a refund."
		},
		"the buyer's words": func(f *policy.CaseFacts) {
			f.Messages[1].Text, f.Statement = "we will refund you", "We never promised a refund."
		},
		"a promise without denial": func(f *policy.CaseFacts) {
			f.Messages[0].Text, f.Statement = "We will refund you.", "The parcel arrived."
		},
		"an offer used for many orders": func(f *policy.CaseFacts) {
			f.Evidence[0].Kind, f.OtherFiles = data.KindListing, map[string][]string{"aa": {"18-2"}}
		},
		"the file of this order alone": func(f *policy.CaseFacts) { f.OtherFiles = map[string][]string{"aa": {"17-1"}} },
		"a place in Chinese":           func(f *policy.CaseFacts) { f.Order.Shipments[0].Events[1].Place = "芝加哥" },
		"the state alone":              func(f *policy.CaseFacts) { f.Order.Shipments[0].Events[1].Place = "IL" },
		"not delivered yet":            func(f *policy.CaseFacts) { f.Order.Shipments[0].Events[1].Text = "Not delivered: nobody at home" },
		"refunded and closed": func(f *policy.CaseFacts) {
			f.Order.Refunded, f.Dispute.Stage = usd(80_000), data.StageClosed
		},
		"a refund that the case has": func(f *policy.CaseFacts) {
			f.Order.Refunded, f.Dispute.Amount = data.Money{}, usd(80_000)
			f.Dispute.Stage = data.StageClosed
			f.Written = []data.OrderEvent{{Kind: data.OrderRefund, At: at("2026-11-04T12:00:00Z")}}
		},
		"a return that the case has": func(f *policy.CaseFacts) {
			f.Dispute.Events = append(f.Dispute.Events, data.CaseEvent{UID: "rs", Kind: data.EventReturnShipped, Actor: buyer, At: at("2026-11-05T12:00:00Z")})
			f.Written = []data.OrderEvent{{Kind: data.OrderReturnSent, At: at("2026-11-04T12:00:00Z")}, {Kind: data.OrderReturnAsked, At: at("2026-11-03T12:00:00Z")}}
		},
		"a return that came to the seller's place": func(f *policy.CaseFacts) {
			f.Order.Shipments = append(f.Order.Shipments, data.Shipment{
				Kind: data.ShipmentReturn, Tracking: "9500", ShippedAt: at("2026-10-20T10:00:00Z"), DeliveredAt: at("2026-10-25T10:00:00Z"),
				Events: []data.TrackingEvent{{At: at("2026-10-25T10:00:00Z"), Place: "CHICAGO, IL 60601", Text: "Delivered"}},
			})
		},
		"the label names the short postcode": func(f *policy.CaseFacts) { f.Labels = []policy.LabelText{{Text: "Springfield IL 62701"}} },
	} {
		f := sound()
		change(f)
		for _, found := range policy.Contradictions(f) {
			t.Errorf("%s: %s: %s", name, found.Rule, found.Why)
		}
	}
}

func TestWeighIsPlainArithmetic(t *testing.T) {
	p := pack(t, "ebay-payment-dispute")
	view := policy.Evaluate(p, policy.NewCalendars(), policy.Case{Events: []data.CaseEvent{did(buyer, data.EventOpened, "2026-11-02T12:00:00Z")}}, at("2026-11-03T00:00:00Z"))
	card := policy.Weigh(p, &view, policy.Stakes{Amount: usd(10_000), Work: 90 * time.Minute, HourCost: usd(1200), ReturnCost: usd(1500)})
	// Accept: 100 + 15. Win: 18 of work. Lose: 18 + 100 + 20 of fee.
	if !card.Summed || card.Accept != usd(11_500) || card.Win != usd(1800) || card.Lose != usd(13_800) {
		t.Errorf("accept %v, win %v, lose %v", card.Accept, card.Win, card.Lose)
	}
	// (138 - 115) / (138 - 18) = 0.1917: 1.92 of ten, rounded up to 2.
	if card.WinsOf10 != 2 {
		t.Errorf("wins of 10: %v", card.WinsOf10)
	}
	card = policy.Weigh(p, &view, policy.Stakes{Amount: usd(500), Work: time.Hour, HourCost: usd(1200)})
	if !math.IsInf(card.WinsOf10, 1) {
		t.Errorf("5 dollars are not worth an hour of 12: %v", card.WinsOf10)
	}
	card = policy.Weigh(p, &view, policy.Stakes{Amount: data.Money{Minor: 10_000, Currency: "EUR"}})
	if card.Summed || !card.Accept.IsZero() || !strings.Contains(card.Lines[0].String(), "EUR, USD") {
		t.Errorf("two currencies were added up: %+v", card)
	}
	if card.Fees[0].Amount != usd(2000) || card.Fees[0].Origin.Confidence != data.ThirdParty {
		t.Errorf("fee %+v", card.Fees[0])
	}
	stripe := pack(t, "stripe")
	card = policy.Weigh(stripe, &view, policy.Stakes{Amount: usd(10_000)})
	if !card.Unknown || !strings.Contains(card.Lines[0].String(), "amount is not known") {
		t.Errorf("an unknown fee is passed over in silence: %+v", card.Lines)
	}
}

func TestRecordIsHonest(t *testing.T) {
	view := policy.Evaluate(pack(t, "generic"), policy.NewCalendars(), policy.Case{}, at("2026-11-03T00:00:00Z"))
	for _, c := range []struct {
		record policy.Record
		want   string
	}{
		{policy.Record{Accepted: 2}, "No decided case of this kind yet (2 accepted)."},
		{policy.Record{Won: 3, Lost: 1}, "3 of 4 decided cases won (0 accepted): too few for a win rate."},
		{policy.Record{Won: 8, Lost: 2}, "8 of 10 decided cases won (0 accepted): between 49 % and 95 % with 95 % confidence."},
	} {
		card := policy.Weigh(pack(t, "generic"), &view, policy.Stakes{Record: c.record})
		if got := card.Record.Text.String(); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
		if card.Record.Shares != (c.record.Won+c.record.Lost >= policy.MinRecord) {
			t.Errorf("%+v shows shares: %v", c.record, card.Record.Shares)
		}
	}
	// Wilson 1927, worked by hand for 8 of 10: 0.4902 to 0.9433.
	low, high := policy.Wilson(8, 10)
	if math.Abs(low-0.4902) > 0.0001 || math.Abs(high-0.9433) > 0.0001 {
		t.Errorf("8 of 10: %.4f to %.4f", low, high)
	}
	if low, high := policy.Wilson(0, 0); low != 0 || high != 1 {
		t.Errorf("nothing known: %v to %v", low, high)
	}
}

func TestOffersPutTheBuyersWishFirst(t *testing.T) {
	p := pack(t, "ebay-return")
	c := policy.Case{Zone: "America/Los_Angeles", Events: []data.CaseEvent{did(buyer, data.EventOpened, "2026-11-25T18:00:00Z")}}
	view := policy.Evaluate(p, policy.NewCalendars(), c, at("2026-11-26T00:00:00Z"))
	card := policy.Weigh(p, &view, policy.Stakes{Amount: usd(1000), Wish: policy.OfferPartialRefund})
	if len(card.Offers) != 4 || card.Offers[0].Offer != policy.OfferPartialRefund || !card.Offers[0].Wanted {
		t.Fatalf("%+v", card.Offers)
	}
	for _, o := range card.Offers {
		if !o.Ready || !o.Until.Equal(at("2026-12-01T18:00:00Z")) {
			t.Errorf("%s: ready %v until %v", o.ID, o.Ready, o.Until)
		}
	}
	c.Events = append(c.Events, did(buyer, data.EventEscalated, "2026-11-30T18:00:00Z"))
	view = policy.Evaluate(p, policy.NewCalendars(), c, at("2026-12-01T00:00:00Z"))
	for _, o := range policy.Weigh(p, &view, policy.Stakes{}).Offers {
		if o.Ready {
			t.Errorf("%s may be offered after the talks", o.ID)
		}
	}
	// What accepting and losing do to the account's rates.
	atoz := pack(t, "amazon-atoz")
	rates := policy.Weigh(atoz, &view, policy.Stakes{}).Rates
	if len(rates) != 1 || !rates[0].Accept || !rates[0].LoseIt || rates[0].WinIt || rates[0].Limit != "< 1%" {
		t.Errorf("%+v", rates)
	}
}
