package statement

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"casebinder/data"
	"casebinder/data/bundle/fit"
)

func templates(t testing.TB) []Template {
	t.Helper()
	lib, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	return lib.templates
}

// suiting gives the most fitting template that speaks a language, and where none
// does, the most fitting one and false.
func suiting(t testing.TB, platform data.Platform, pack string, reason data.Reason, language string) (Template, bool) {
	t.Helper()
	list, err := Suited(platform, pack, reason)
	if err != nil || len(list) == 0 {
		t.Fatalf("nothing for %s %s %s: %v", platform, pack, reason, err)
	}
	if i := slices.IndexFunc(list, func(tpl Template) bool { return tpl.Speaks(language) }); i >= 0 {
		return list[i], true
	}
	return list[0], false
}

func choose(t testing.TB, platform data.Platform, pack string, reason data.Reason, language string) Template {
	t.Helper()
	tpl, ok := suiting(t, platform, pack, reason, language)
	if !ok {
		t.Fatalf("nothing for %s %s %s in %s", platform, pack, reason, language)
	}
	return tpl
}

func draft(t testing.TB, tpl Template, language string, f Facts) data.Statement {
	t.Helper()
	s, err := Draft(tpl, language, f)
	if err != nil {
		t.Fatalf("%s in %s: %v", tpl.ID, language, err)
	}
	return s
}

// lines gives a statement as its claims with their citations, for comparing.
func lines(s data.Statement) []string {
	var out []string
	for _, c := range s.Claims {
		var cites []string
		for _, x := range c.Cites {
			cites = append(cites, x.Evidence+x.Message+string(x.Part))
		}
		out = append(out, c.Text+" ["+strings.Join(cites, " ")+"]")
	}
	return out
}

func compare(t *testing.T, got data.Statement, want ...string) {
	t.Helper()
	have := lines(got)
	for i := range max(len(have), len(want)) {
		a, b := "(nothing)", "(nothing)"
		if i < len(have) {
			a = have[i]
		}
		if i < len(want) {
			b = want[i]
		}
		if a != b {
			t.Errorf("claim %d is\n  %s\nwant\n  %s", i+1, a, b)
		}
	}
}

func TestAliExpressNotReceivedWithDelivery(t *testing.T) {
	f := typicalFacts()
	tpl := choose(t, data.AliExpress, "aliexpress", data.ReasonNotReceived, "en")
	s := draft(t, tpl, "en", f)
	if tpl.ID != "aliexpress.not_received" || s.Template != tpl.ID || s.Language != "en" || s.DisputeID != 7 {
		t.Errorf("statement of %s: %+v", tpl.ID, s)
	}
	compare(t, s,
		"The parcel with tracking number LX204661337CN was delivered on 28 March 2026 at 18:21 UTC+8. The carrier's entry reads “Delivered, signed by A. GARCIA” (Madrid 28013, ES). It names postcode 28013, the postcode of the order's shipping address. [delivery-07 shipping]",
		"We handed the parcel to Example Post on 3 March 2026 at 14:05 UTC+8 under tracking number LX204661337CN, within the ship-by date of 7 March 2026 (UTC+8). [shipping tracking-06 order timeline]",
		"On 3 March 2026 at 15:10 UTC+8, we told the buyer that the order had been shipped, with tracking number LX204661337CN. [m2]",
		"The dispute was opened on 3 April 2026 at 02:44 UTC+8, after the delivery. [timeline]",
		"We answered the buyer on 3 April 2026 at 16:15 UTC+8, after the dispute was opened. [m7]",
		"On these facts we ask you to decide this dispute in our favor. []",
	)
	compare(t, draft(t, tpl, "zh-CN", f),
		"包裹（运单号 LX204661337CN）已于 2026年3月28日 18:21 UTC+8 妥投。物流商的记录为：“Delivered, signed by A. GARCIA”（Madrid 28013, ES）。该记录中的邮编 28013 与订单收货地址的邮编一致。 [delivery-07 shipping]",
		"我们于 2026年3月3日 14:05 UTC+8 将包裹交给 Example Post，运单号为 LX204661337CN，未超过发货期限 2026年3月7日 UTC+8。 [shipping tracking-06 order timeline]",
		"我们已于 2026年3月3日 15:10 UTC+8 告知买家订单已发货，并提供了运单号 LX204661337CN。 [m2]",
		"本纠纷于 2026年4月3日 02:44 UTC+8 发起，在送达之后。 [timeline]",
		"本纠纷发起后，我们于 2026年4月3日 16:15 UTC+8 回复了买家。 [m7]",
		"恳请贵方根据以上事实，对本纠纷作出有利于卖家的裁决。 []",
	)
}

func TestAliExpressNotReceivedWithoutTracking(t *testing.T) {
	f := typicalFacts()
	f.Order.Shipments, f.Order.ShippedAt = nil, at(3, 3, 6, 5)
	f.Exhibits = f.Exhibits[:4] // listing, photo, packing, invoice
	s := draft(t, choose(t, data.AliExpress, "", data.ReasonNotReceived, "en"), "en", f)
	compare(t, s,
		"The order was to be shipped by 7 March 2026 (UTC+8); it was shipped on 3 March 2026 at 14:05 UTC+8. [order timeline]",
		"We answered the buyer on 3 April 2026 at 16:15 UTC+8, after the dispute was opened. [m7]",
		"On these facts we ask you to decide this dispute in our favor. []",
	)
	f.Order.ShippedAt = time.Time{}
	f.Messages = nil
	compare(t, draft(t, choose(t, data.AliExpress, "", data.ReasonNotReceived, "en"), "en", f),
		"Please tell us what you need from us to decide this dispute. []")
}

func TestParcelOnItsWayIsNotCalledDelivered(t *testing.T) {
	f := typicalFacts()
	p := &f.Order.Shipments[0]
	p.DeliveredAt = time.Time{}
	p.Events = p.Events[:3]
	f.Exhibits = f.Exhibits[:5] // without the proof of delivery
	s := draft(t, choose(t, data.AliExpress, "", data.ReasonNotReceived, "en"), "en", f)
	compare(t, draftOnly(s, 2),
		"The carrier's latest entry for tracking number LX204661337CN, of 28 March 2026 at 14:30 UTC+8, reads “Out for delivery” (Madrid 28013, ES). [tracking-06]",
		"On 27 March 2026 at 17:15 UTC+8, the carrier recorded: “Delivery attempted, notice left” (Madrid 28013, ES). [shipping]",
	)
	for _, c := range s.Claims {
		for _, word := range []string{"was delivered", "signed for", "the delivery"} {
			if strings.Contains(c.Text, word) {
				t.Errorf("%q says %q", c.Text, word)
			}
		}
	}
}

func draftOnly(s data.Statement, n int) data.Statement {
	s.Claims = s.Claims[:min(n, len(s.Claims))]
	return s
}

func TestSeveralParcelsAreToldApart(t *testing.T) {
	f := typicalFacts()
	f.Order.Shipments = append(f.Order.Shipments, data.Shipment{
		Carrier: "Example Post", Tracking: "LX2", ShippedAt: at(3, 4, 6, 5),
		Events: []data.TrackingEvent{{At: at(3, 9, 6, 5), Place: "Shanghai", Text: "Departed"}},
	})
	s := draft(t, choose(t, data.AliExpress, "", data.ReasonNotReceived, "en"), "en", f)
	text := strings.Join(lines(s), "\n")
	for _, want := range []string{
		"Parcel 1 of 2 with tracking number LX204661337CN was delivered on 28 March 2026 at 18:21 UTC+8.",
		"The carrier's latest entry for tracking number LX2, of 9 March 2026 at 14:05 UTC+8, reads “Departed” (Shanghai).",
		"We handed parcel 2 of 2 to Example Post on 4 March 2026 at 14:05 UTC+8 under tracking number LX2.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("nothing says %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "Parcel 2 of 2 with tracking number LX2 was delivered") {
		t.Errorf("a parcel on its way is called delivered:\n%s", text)
	}
	for range maxParcels {
		f.Order.Shipments = append(f.Order.Shipments, f.Order.Shipments[1])
	}
	s = draft(t, choose(t, data.AliExpress, "", data.ReasonNotReceived, "en"), "en", f)
	if s.Claims[0].Text != "Recorded as delivered: 1 of the order's 6 parcels. The tracking table lists each of them." {
		t.Errorf("many parcels: %q", s.Claims[0].Text)
	}
}

func TestEBayPaymentDisputeFitsItsNote(t *testing.T) {
	cite := func(c data.Cite) string {
		switch {
		case c.Message != "":
			return "Message of 12 Nov 2025, p. 7"
		case c.Evidence != "":
			return "Exhibit 7, p. 17"
		}
		return "Order and payment, p. 5"
	}
	checked, want := 0, 0
	for _, tpl := range templates(t) {
		if tpl.Limit == 0 {
			continue
		}
		want += 2 * len(tpl.Languages)
		for _, language := range tpl.Languages {
			for name, f := range map[string]Facts{"typical": typicalFacts(), "full": fullFacts()} {
				f.Dispute.Reason = tpl.Reason
				s := draft(t, tpl, language, f)
				text, err := Text(s, cite, TextOptions{Numbered: true, Compact: true, Limit: 1000, Unit: fit.UnitUTF16})
				if err != nil {
					t.Errorf("%s %s in %s: %v\n%s", tpl.ID, name, language, err, text)
				}
				if last := s.Claims[len(s.Claims)-1]; len(s.Claims) < 3 || len(last.Cites) != 0 {
					t.Errorf("%s %s in %s: %q", tpl.ID, name, language, lines(s))
				}
				checked++
			}
		}
	}
	if checked != want || checked < 2*13*12 {
		t.Errorf("%d drafts of %d were checked", checked, want)
	}
	s := draft(t, choose(t, data.EBay, "ebay-payment-dispute", data.ReasonNotReceived, "en"), "en", typicalFacts())
	text, err := Text(draftOnly(s, 2), cite, TextOptions{Numbered: true, Compact: true})
	note := "1. The parcel was delivered on 28 March 2026 at 18:21 UTC+8: “Delivered, signed by A. GARCIA” (Madrid 28013, ES). Postcode 28013 is that of the order. (Exhibit 7, p. 17; Order and payment, p. 5)\n" +
		"2. Shipped on 3 March 2026 at 14:05 UTC+8 with Example Post, tracking LX204661337CN, within the ship-by date of 7 March 2026 (UTC+8). (Order and payment, p. 5; Exhibit 7, p. 17)"
	if text != note || err != nil {
		t.Errorf("text = %v\n%s\nwant\n%s", err, text, note)
	}
}

func TestBuyersOwnWords(t *testing.T) {
	f := typicalFacts()
	f.Messages = fullFacts().Messages
	s := draft(t, choose(t, data.AliExpress, "", data.ReasonChangedMind, "en"), "en", f)
	if got := lines(s)[0]; got != "On 30 March 2026 at 03:00 UTC+8, the buyer wrote: “Ya no lo quiero, me equivoqué de color” (in English: “I no longer want it, I chose the wrong color”). [m4]" {
		t.Errorf("first claim = %s", got)
	}
	s = draft(t, choose(t, data.AliExpress, "", data.ReasonCanceled, "en"), "en", f)
	if got := lines(s)[0]; got != "On 31 March 2026 at 03:00 UTC+8, the buyer wrote: “Quiero cancelar el pedido”. The order had been shipped before, on 3 March 2026 at 14:05 UTC+8. [m5 timeline]" {
		t.Errorf("first claim = %s", got)
	}
	f.Messages[4].SentAt = at(3, 2, 1, 0)
	s = draft(t, choose(t, data.AliExpress, "", data.ReasonCanceled, "en"), "en", f)
	if got := lines(s)[0]; strings.Contains(got, "shipped before") {
		t.Errorf("asked before shipping, but %s", got)
	}
	long := strings.Repeat("I am writing to you about several things. ", 20) + "Please cancel my order now! Thank you."
	f.Messages = []data.Message{{UID: "x", Direction: data.FromBuyer, SentAt: at(3, 2, 1, 0), Text: long}}
	s = draft(t, choose(t, data.AliExpress, "", data.ReasonCanceled, "en"), "en", f)
	if got := s.Claims[0].Text; got != "On 2 March 2026 at 09:00 UTC+8, the buyer wrote: “… Please cancel my order now …”." {
		t.Errorf("a long message is quoted as %q", got)
	}
}

func TestReceiptIsOnlyWhatTheBuyerSays(t *testing.T) {
	lib, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"I received the parcel yesterday, thank you": true, "The package arrived.": true, "Llegó ayer": true, "包裹收到了": true, "J’ai reçu le colis": true,
		"I have not received it": false, "It hasn't arrived": false, "It hasn’t arrived": false, "No he recibido nada": false, "Todavía no llegó": false,
		"还没收到货": false, "When I received the last one it was broken": false, "Je n'ai pas reçu": false, "Ich habe das Paket nicht erhalten": false,
		"I received nothing": false, "Has it arrived?": false, "If it arrived I would tell you": false, "não chegou": false, "": false,
	} {
		if got := lib.signs.Receipt.in(text); got != want {
			t.Errorf("receipt in %q = %v", text, got)
		}
	}
	for text, want := range map[string]bool{
		"Delivered, signed by A. GARCIA": true, "DELIVERED": true, "已签收": true, "Zugestellt": true, "Entregado al destinatario": true, "Livré": true, "Delivered to neighbour": true,
		"Not delivered": false, "Undelivered": false, "Delivery attempted, notice left": false, "Out for delivery": false, "未签收": false, "拒签退回": false,
		"Your item was delivered to sender": false, "Could not be delivered": false, "Die Sendung konnte nicht zugestellt werden": false, "No entregado": false, "Item will be delivered soon": false,
	} {
		if got := lib.signs.Delivered.in(text); got != want {
			t.Errorf("delivered in %q = %v", text, got)
		}
	}
	for text, want := range map[string]bool{"Signed for by: BRUNO": true, "签收人：本人": true, "firmado por A.": true, "Signature required": false, "Not signed for": false, "assigned by depot": false} {
		if got := lib.signs.Signed.in(text); got != want {
			t.Errorf("signed in %q = %v", text, got)
		}
	}
}

func TestPostcodeIsWhole(t *testing.T) {
	for _, c := range []struct {
		text, code string
		want       bool
	}{
		{"Madrid 28013, ES", "28013", true},
		{"Madrid 28013, ES", "2801", false},
		{"Ref 1280134", "28013", false},
		{"Los Angeles, CA 90012", "90012-1234", true},
		{"London SW1A 1AA", "sw1a1aa", true},
		{"London", "", false},
		{"28013", "'28013", true},
	} {
		if got := namesPostcode(c.text, c.code); got != c.want {
			t.Errorf("%q in %q = %v", c.code, c.text, got)
		}
	}
	f := typicalFacts()
	f.Order.ShipTo.Postcode = "08001"
	f.Order.ShipTo.City = "Barcelona"
	s := draft(t, choose(t, data.AliExpress, "", data.ReasonNotReceived, "en"), "en", f)
	if got := s.Claims[0].Text; strings.Contains(got, "postcode") || strings.Contains(got, "city") {
		t.Errorf("a delivery elsewhere: %s", got)
	}
}

func TestCorrectedEventsAreNotTold(t *testing.T) {
	f := fullFacts()
	f.Dispute.Events = append(f.Dispute.Events, data.CaseEvent{UID: "e9", Kind: data.EventCorrection, Corrects: "e4", At: at(4, 5, 0, 0)})
	f.Exhibits = nil
	for _, l := range lines(draft(t, choose(t, data.AliExpress, "", data.ReasonRefundMissing, "en"), "en", f)) {
		if strings.Contains(l, "refund") {
			t.Errorf("a refund that was corrected is told: %s", l)
		}
	}
}

// A refund that was undone and done again is told: the correction was corrected.
func TestEventsThatWereDoneAgainAreTold(t *testing.T) {
	f := fullFacts()
	for i, corrects := range []string{"e4", "c0", "c1"} {
		refund := slices.IndexFunc(f.events(), func(e data.CaseEvent) bool { return e.UID == "e4" }) >= 0
		if undone := i%2 == 1; refund == undone {
			t.Errorf("after %d corrections the refund is told: %v", i, refund)
		}
		f.Dispute.Events = append(f.Dispute.Events, data.CaseEvent{
			UID: fmt.Sprint("c", i), Kind: data.EventCorrection, Corrects: corrects, At: at(4, 4, 9, 0), RecordedAt: at(4, 5, i, 0),
		})
	}
	f.Dispute.Events = f.Dispute.Events[:len(f.Dispute.Events)-1]
	f.Exhibits = nil
	if got := lines(draft(t, choose(t, data.AliExpress, "", data.ReasonRefundMissing, "en"), "en", f)); !strings.Contains(strings.Join(got, "\n"), "USD 10.00") {
		t.Errorf("the refund is not told: %q", got)
	}
}

func TestRefundsOfSeveralCurrenciesHaveNoSum(t *testing.T) {
	f := fullFacts()
	f.Dispute.Events = append(f.Dispute.Events, data.CaseEvent{UID: "e8", Kind: data.EventRefundIssued, At: at(4, 5, 0, 0), Amount: data.Money{Minor: 100, Currency: "EUR"}})
	for _, l := range lines(draft(t, choose(t, data.AliExpress, "", data.ReasonRefundMissing, "en"), "en", f)) {
		if strings.Contains(l, "A refund of") {
			t.Errorf("a sum over currencies is told: %s", l)
		}
	}
	f = fullFacts()
	f.Dispute.Events[3].Amount = usd(7890)
	if got := lines(draft(t, choose(t, data.AliExpress, "", data.ReasonRefundMissing, "en"), "en", f))[0]; !strings.HasPrefix(got, "The order's full total was refunded: USD 78.90 on 4 April 2026") {
		t.Errorf("a full refund: %s", got)
	}
}

func TestOwnAskWins(t *testing.T) {
	f := typicalFacts()
	f.Ask = "We ask that the claim be rejected."
	s := draft(t, choose(t, data.AliExpress, "", data.ReasonNotReceived, "en"), "en", f)
	asks := 0
	for _, c := range s.Claims {
		if len(c.Cites) == 0 {
			asks++
		}
	}
	if asks != 1 || s.Claims[len(s.Claims)-1].Text != f.Ask {
		t.Errorf("asks: %q", lines(s))
	}
}

func TestSuited(t *testing.T) {
	for _, c := range []struct {
		platform data.Platform
		pack     string
		language string
		want     string
		ok       bool
	}{
		{data.AliExpress, "", "en", "aliexpress.not_received", true},
		{data.AliExpress, "aliexpress", "pt-BR", "aliexpress.not_received", true},
		{data.EBay, "ebay-inr", "de", "ebay.not_received", true},
		{data.EBay, "ebay-payment-dispute", "de", "ebay-payment.not_received", true},
		{data.Amazon, "amazon-chargeback", "en", "amazon-chargeback.not_received", true},
		{data.Amazon, "amazon-atoz", "en", "amazon.not_received", true},
		{data.Amazon, "amazon-atoz", "zh-CN", "general.not_received", true},
		{data.PayPal, "paypal", "en", "paypal.not_received", true},
		{data.Shopify, "shopify-payments", "en", "cards.not_received", true},
		{data.Shopify, "visa", "en", "cards.not_received", true},
		{data.Shopee, "", "zh", "shops.not_received", true},
		{data.Temu, "", "zh-CN", "temu.not_received", true},
		{"my own shop", "", "fr", "general.not_received", true},
		{data.AliExpress, "", "ru", "aliexpress.not_received", true},
		{data.AliExpress, "", "zh-TW", "aliexpress.not_received", true},
		{data.AliExpress, "", "zh-Hant", "aliexpress.not_received", true},
		{data.Shopee, "", "zh-HK", "shops.not_received", true},
		{data.Shopee, "", "ko", "general.not_received", true},
		{data.Amazon, "amazon-atoz", "ja-JP", "amazon.not_received", true},
		{data.Amazon, "amazon-atoz", "zh-TW", "general.not_received", true},
		{data.Walmart, "", "ko-KR", "general.not_received", true},
		{data.Walmart, "", "pl", "general.not_received", true},
		{data.AliExpress, "", "nl", "aliexpress.not_received", false},
	} {
		tpl, ok := suiting(t, c.platform, c.pack, data.ReasonNotReceived, c.language)
		if tpl.ID != c.want || ok != c.ok {
			t.Errorf("Suited(%s, %q, %s) = %s, %v; want %s, %v", c.platform, c.pack, c.language, tpl.ID, ok, c.want, c.ok)
		}
	}
	for _, reason := range data.Reasons() {
		for _, platform := range append(data.Platforms(), "stripe", "visa", "mastercard", "amex", "discover") {
			if tpl, ok := suiting(t, platform, "", reason, "en"); !ok || tpl.Reason != reason {
				t.Errorf("nothing for %s on %s", reason, platform)
			}
		}
	}
	if _, err := Draft(templates(t)[0], "nl", fullFacts()); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a language without words: %v", err)
	}
	if _, err := Draft(Template{ID: "x", Languages: []string{"en"}, Claims: []string{"nope"}}, "en", fullFacts()); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("an unknown claim: %v", err)
	}
}

// sound reports what is wrong with the words of a drafted statement.
func sound(s data.Statement, tpl Template) string {
	if len(s.Claims) == 0 {
		return "no claim"
	}
	for i, c := range s.Claims {
		text := c.Text
		last := i == len(s.Claims)-1
		switch {
		case text == "" || text != strings.TrimSpace(text) || !utf8.ValidString(text):
			return "an empty or broken claim"
		case strings.Contains(text, "<no value>") || strings.Contains(text, "{{") || strings.Contains(text, "{%") || strings.ContainsRune(text, '\x00'):
			return "template code: " + text
		case strings.Contains(text, "  ") || strings.Contains(text, " .") || strings.Contains(text, " ,") || strings.Contains(text, "()") || strings.Contains(text, "..") || strings.Contains(text, "。。") || strings.Contains(text, "（）"):
			return "a gap in the wording: " + text
		case strings.Contains(text, "“”") || strings.Contains(text, "「」") || strings.Contains(text, "«»") || strings.Contains(text, "« »") || strings.Contains(text, "«\u202F\u202F»") || strings.Contains(text, "„“") || strings.Contains(text, "„”"):
			return "an empty quotation: " + text
		case !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "。"):
			return "no full stop: " + text
		case len(c.Cites) == 0 && !last:
			return "nothing shows: " + text
		case last && len(c.Cites) != 0:
			return "nothing is asked"
		}
	}
	return ""
}

func TestEveryTemplateInEveryLanguage(t *testing.T) {
	used := map[string]bool{}
	for _, tpl := range templates(t) {
		for _, id := range tpl.Claims {
			used[id] = true
		}
		for _, language := range tpl.Languages {
			bare := fullFacts()
			bare.Exhibits, bare.Messages, bare.Dispute.Events, bare.Order.Shipments, bare.Prior = nil, nil, nil, nil, nil
			two := fullFacts()
			two.Order.Shipments = append(two.Order.Shipments, data.Shipment{Tracking: "T2"}, data.Shipment{Carrier: "C3", DeliveredAt: at(3, 9, 0, 0)})
			way := fullFacts()
			way.Order.Shipments[0].DeliveredAt = time.Time{}
			way.Order.Shipments[0].Events = way.Order.Shipments[0].Events[:3]
			full := fullFacts()
			full.Dispute.Reason = tpl.Reason
			for name, f := range map[string]Facts{"empty": {}, "typical": typicalFacts(), "full": full, "bare": bare, "two": two, "way": way} {
				s := draft(t, tpl, language, f)
				if bad := sound(s, tpl); bad != "" {
					t.Errorf("%s in %s, %s facts: %s", tpl.ID, language, name, bad)
				}
				if name == "empty" && len(s.Claims) != 1 {
					t.Errorf("%s in %s claims something of an empty case: %q", tpl.ID, language, lines(s))
				}
				if name == "full" && len(s.Claims) < 4 {
					t.Errorf("%s in %s makes little of a full case: %q", tpl.ID, language, lines(s))
				}
			}
		}
	}
	lib, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	for id := range lib.claims {
		if !used[id] {
			t.Errorf("no template makes the claim %s", id)
		}
	}
}

// A claim must read well whichever of its facts is not known.
func TestEveryClaimWithoutEachFact(t *testing.T) {
	lib, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	for language, w := range lib.words {
		for id, c := range lib.claims {
			for _, short := range []bool{false, true} {
				source := w.Claims[id].full
				if short {
					source = w.Claims[id].short
				}
				for _, left := range append(variableForm.FindAllString(w.Claims[id].Text+w.Claims[id].Short, -1), append(c.When, "")...) {
					if left == "parcel.count" {
						continue // it is known whenever parcel.n is
					}
					k := &known{values: map[string]string{}, cites: map[string][]data.Cite{}}
					for name := range knownVariables {
						if name != left && !slices.Contains(c.Unless, name) {
							k.values[name] = "V"
						}
					}
					for _, line := range c.Cites {
						first, _, _ := strings.Cut(line, " or ")
						k.cites[first] = []data.Cite{{Evidence: "x"}}
					}
					made, ok, err := k.claim(c, source)
					if err != nil {
						t.Fatalf("%s of %s without %s: %v", id, language, left, err)
					}
					needed := slices.Contains(c.When, left) || slices.Contains(source.needs, left)
					if ok == needed {
						t.Errorf("%s of %s without %s is made: %v", id, language, left, ok)
					}
					if ok && id != "ask_own" {
						s := data.Statement{Claims: []data.Claim{made}}
						if !c.Ask {
							s.Claims = append(s.Claims, data.Claim{Text: "Ask."})
						}
						if bad := sound(s, Template{}); bad != "" {
							t.Errorf("%s of %s without %s: %s", id, language, left, bad)
						}
					}
				}
			}
		}
	}
}

func TestNoThreatsNoRules(t *testing.T) {
	lib, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	for language, w := range lib.words {
		for id, texts := range w.Claims {
			both := strings.ToLower(texts.Text + texts.Short)
			for _, word := range []string{"lawyer", "legal", "court", "fraud", "liar", "scam", "police", "abogad", "anwalt", "avocat", "advogad", "fraude", "betrug", "avvocat", "frode", "truffa", "адвокат", "мошенни", "полици", "adwokat", "oszust", "policj", "律师", "诈骗", "欺诈", "起诉", "must refund", "entitled", "guarantee", "100%"} {
				if strings.Contains(both, word) {
					t.Errorf("%s of %s says %q", id, language, word)
				}
			}
		}
	}
}

func FuzzDraft(f *testing.F) {
	for _, seed := range []string{
		"{{ order.number }}", "{% if x %}", "%}{{", "\x00\xff\u202e", "a\nb\r\n", strings.Repeat("x ", 3000), "“quoted” «x»", "<no value>", "delivered 已签收", "{{ 'a' | append: 'b' }}", "{% raw %}", "re_12345678901",
	} {
		f.Add(seed, "I received it. "+seed)
	}
	list := templates(f)
	f.Fuzz(func(t *testing.T, word, message string) {
		facts := fullFacts()
		o := &facts.Order
		o.Number, o.PaymentRef, o.ShipTo.City, o.ShipTo.Postcode, o.Items[0].Title, o.Items[0].Variation = word, word, word, word, word, word
		s := &o.Shipments[0]
		s.Tracking, s.Carrier, s.Events[3].Text, s.Events[3].Place = word, word, "Delivered "+word, word
		facts.Ask, facts.Dispute.Claim, facts.Dispute.Events[3].Note = word, word, word
		for i := range facts.Messages {
			facts.Messages[i].Text, facts.Messages[i].Translation = message, word
		}
		for i := range facts.Exhibits {
			facts.Exhibits[i].Exhibit.Proves, facts.Exhibits[i].Evidence.Label = word, word
		}
		for i := len(word) % 11; i < len(list); i += 11 { // one of each family, with reasons and languages that change
			tpl := list[i]
			language := tpl.Languages[i%len(tpl.Languages)]
			drafted, err := Draft(tpl, language, facts)
			if err != nil {
				t.Fatalf("%s in %s: %v", tpl.ID, language, err)
			}
			for _, c := range drafted.Claims {
				if c.Text == "" || !utf8.ValidString(c.Text) || strings.ContainsAny(c.Text, "\x00\n\u202e") || len(c.Text) > 16<<10 {
					t.Fatalf("%s in %s: %q", tpl.ID, language, c.Text)
				}
			}
		}
	})
}

// TestClaimsThatRepeatOneFactAreOne joins what tells of the same scan or day, with
// what shows it, and nothing else.
func TestClaimsThatRepeatOneFactAreOne(t *testing.T) {
	tpl := Template{ID: "x", Languages: []string{"en"}, Word: "dispute"}
	told := func(f Facts, claims ...string) string {
		t.Helper()
		tpl.Claims = claims
		var list []string
		for _, c := range draft(t, tpl, "en", f).Claims {
			list = append(list, strings.Fields(c.Text)[0]+" "+strings.Fields(c.Text)[1]+fmt.Sprint(len(c.Cites)))
		}
		return strings.Join(list, ", ")
	}
	f := typicalFacts()
	if got := told(f, "proof_of_delivery", "customs", "delivered", "signature"); got != "The parcel2" {
		t.Errorf("the proof before the delivery: %s", got)
	}
	if got := told(f, "proof_of_delivery", "signature"); got != "We attach1, The carrier's2" {
		t.Errorf("without the delivery: %s", got)
	}
	if got := told(f, "in_time", "shipped"); got != "We handed4" {
		t.Errorf("shipped in time: %s", got)
	}
	other := typicalFacts()
	p := &other.Order.Shipments[0]
	last := p.Events[len(p.Events)-1]
	last.Text = "Delivered to a parcel box"
	last.At = last.At.Add(time.Minute)
	p.Events = append(slices.Clone(p.Events), last)
	if got := told(other, "delivered", "signature"); !strings.HasPrefix(got, "The parcel") || !strings.Contains(got, ", ") {
		t.Errorf("a signature of another scan: %s", got)
	}
	two := typicalFacts()
	second := two.Order.Shipments[0]
	second.Tracking = "LX2"
	two.Order.Shipments = append(slices.Clone(two.Order.Shipments), second)
	if got := told(two, "delivered", "proof_of_delivery"); got != "Parcel 12, Parcel 22, We attach1" {
		t.Errorf("two parcels: %s", got)
	}
}
