package statement

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/bundle/fit"
)

func TestCheck(t *testing.T) {
	s := data.Statement{Language: "en", Claims: []data.Claim{
		{Text: "Delivered.", Cites: []data.Cite{{Evidence: "a", Page: 3}, {Part: data.SectionShipping}, {Message: "m1"}}},
		{Text: "Packed.", Cites: []data.Cite{{Evidence: "gone"}, {Evidence: "a", Page: 4}, {Message: "m9"}, {Part: data.SectionGoods}, {}, {Evidence: "a", Message: "m1"}, {Message: "m1", Page: 2}}},
		{Text: " \n"},
		{Text: "We ask you to close the case."},
	}}
	known := Known{
		Exhibits: []KnownExhibit{{UID: "a", Pages: 3}, {UID: "b"}, {UID: "c"}},
		Messages: map[string]bool{"m1": true},
		Parts:    []data.Section{data.SectionShipping, data.SectionOrder},
	}
	r := Check(s, known)
	var got []Why
	for _, p := range r.Unresolved {
		if p.Claim != 2 {
			t.Errorf("claim %d has an unresolved citation: %+v", p.Claim, p)
		}
		got = append(got, p.Why)
	}
	want := []Why{WhyExhibit, WhyPage, WhyMessage, WhyPart, WhyShape, WhyShape, WhyShape}
	if len(got) != len(want) {
		t.Fatalf("unresolved: %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("citation %d: %s, want %s", i+1, got[i], want[i])
		}
	}
	if strings.Join(r.Unused, " ") != "b c" || len(r.Empty) != 1 || r.Empty[0] != 3 || len(r.Uncited) != 1 || r.Uncited[0] != 4 {
		t.Errorf("report: %+v", r)
	}
	err := r.Err(func(c data.Cite) string { return "the photo " + c.Evidence })
	p, ok := data.AsProblem(err)
	if !ok || p.Kind.Code != "citation_unresolved" || !errors.Is(err, data.ErrInvalid) || p.Args["claim"] != "2" || p.Args["target"] != "the photo gone" {
		t.Errorf("the refusal says %v", err)
	}
	if err := (Report{Empty: []int{3}}).Err(nil); !errors.Is(err, data.ErrInvalid) || !strings.Contains(err.Error(), "Claim 3") {
		t.Errorf("an empty claim: %v", err)
	}
	if err := (Report{Unused: []string{"b"}, Uncited: []int{4}}).Err(nil); err != nil {
		t.Errorf("unused exhibits refuse the export: %v", err)
	}
}

// What is drafted points only to what was given.
func TestDraftsAreResolved(t *testing.T) {
	f := fullFacts()
	known := Known{Messages: map[string]bool{}, Parts: []data.Section{data.SectionOrder, data.SectionShipping, data.SectionTimeline, data.SectionCommunication}}
	for _, e := range f.Exhibits {
		known.Exhibits = append(known.Exhibits, KnownExhibit{UID: e.Evidence.UID})
	}
	for _, m := range f.Messages {
		known.Messages[m.UID] = true
	}
	for _, tpl := range templates(t) {
		if err := Check(draft(t, tpl, "en", f), known).Err(nil); err != nil {
			t.Errorf("%s: %v", tpl.ID, err)
		}
	}
	f.Parts = []data.Section{data.SectionOrder}
	known.Parts = f.Parts
	if err := Check(draft(t, choose(t, data.AliExpress, "", data.ReasonNotReceived, "en"), "en", f), known).Err(nil); err != nil {
		t.Errorf("with one part: %v", err)
	}
}

func TestText(t *testing.T) {
	s := data.Statement{Language: "en", Claims: []data.Claim{
		{Text: "One.", Cites: []data.Cite{{Evidence: "a"}, {Evidence: "b"}, {Evidence: "x"}}}, {Text: " "}, {Text: "Three 😀."},
	}}
	labels := func(c data.Cite) string {
		return map[string]string{"a": "Exhibit 3, p. 12", "b": "Tracking"}[c.Evidence]
	}
	for _, c := range []struct {
		o    TextOptions
		lang string
		want string
	}{
		{TextOptions{Numbered: true, Compact: true}, "en", "1. One. (Exhibit 3, p. 12; Tracking)\n3. Three 😀."},
		{TextOptions{}, "en", "One. (Exhibit 3, p. 12; Tracking)\n\nThree 😀."},
		{TextOptions{}, "ja", "One.（Exhibit 3, p. 12；Tracking）\n\nThree 😀."},
		{TextOptions{}, "ko", "One. (Exhibit 3, p. 12; Tracking)\n\nThree 😀."},
		{TextOptions{}, "zh-CN", "One.（Exhibit 3, p. 12；Tracking）\n\nThree 😀."},
		{TextOptions{Mask: func(text string) string { return strings.ReplaceAll(text, "One", "▮") }}, "en", "▮. (Exhibit 3, p. 12; Tracking)\n\nThree 😀."},
	} {
		s.Language = c.lang
		if got, err := Text(s, labels, c.o); got != c.want || err != nil {
			t.Errorf("Text(%+v) = %q, %v; want %q", c.o, got, err, c.want)
		}
	}
	for unit, n := range map[fit.Unit]int64{fit.UnitRunes: 13, fit.UnitUTF16: 14, fit.UnitBytes: 16} {
		if _, err := Text(s, nil, TextOptions{Compact: true, Limit: n, Unit: unit}); err != nil {
			t.Errorf("%s: %v", unit, err)
		}
		got, err := Text(s, nil, TextOptions{Compact: true, Limit: n - 1, Unit: unit})
		p, ok := data.AsProblem(err)
		if !ok || p.Kind.Code != "statement_too_long" || !errors.Is(err, data.ErrLimit) || p.Args["over"] != "1" || p.Args["claim"] != "3" || got != "One.\nThree 😀." {
			t.Errorf("%s: %q, %v", unit, got, err)
		}
	}
}

// value gives a field's value, and fails where there is no such field.
func value(t *testing.T, fields []Field, name string) string {
	t.Helper()
	for _, f := range fields {
		if f.Name == name {
			if f.Over || f.Count != fit.Count(f.Value, fit.UnitRunes) || (f.Value == "") != (f.Why != "") {
				t.Errorf("field %+v", f)
			}
			return f.Value
		}
	}
	t.Errorf("there is no field %s", name)
	return ""
}

func TestStripeProductNotReceived(t *testing.T) {
	f := typicalFacts()
	f.Order.Shop.Platform = data.Shopify
	second := data.Shipment{Carrier: "Sample, Express", Tracking: "SE2", ShippedAt: at(3, 4, 20, 0), DeliveredAt: at(3, 30, 20, 0)}
	f.Order.Shipments = append(f.Order.Shipments, second)
	s := draft(t, choose(t, "stripe", "", data.ReasonNotReceived, "en"), "en", f)
	fields := Fields(FieldsStripe, f, s, FieldOptions{})
	for name, want := range map[string]string{
		"customer_name":            "Ana García Muestra",
		"customer_email_address":   "ana@example.com",
		"customer_purchase_ip":     "",
		"billing_address":          "",
		"shipping_address":         "Ana García Muestra, Calle de la Muestra 5, 28013 Madrid, ES",
		"shipping_carrier":         "Example Post, Sample Express",
		"shipping_date":            "2026-03-03, 2026-03-05",
		"shipping_tracking_number": "LX204661337CN, SE2",
		"service_date":             "2026-03-31",
		"product_description":      "2 × Stoneware mug 350 ml (Blue), SKU WL-MUG-350, USD 18.50\n1 × Stoneware teapot 900 ml, SKU WL-POT-900, USD 38.00",
	} {
		if got := value(t, fields, name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	text := value(t, fields, "uncategorized_text")
	if !strings.HasPrefix(text, "1. Parcel 1 of 2 with tracking number LX204661337CN was delivered") || strings.Contains(text, "(delivery-07") {
		t.Errorf("uncategorized_text = %q", text)
	}
	var sum int64
	for _, field := range fields {
		sum += field.Count
		if field.Name == "uncategorized_text" && field.Limit != 20_000 {
			t.Errorf("limit of %s = %d", field.Name, field.Limit)
		}
		if strings.Contains(field.Name, "refund") || strings.Contains(field.Name, "duplicate") || strings.Contains(field.Name, "cancel") {
			t.Errorf("%s is for another reason", field.Name)
		}
	}
	if Total(fields) != sum {
		t.Errorf("total %d, want %d", Total(fields), sum)
	}
}

func TestStripeOtherReasons(t *testing.T) {
	f := fullFacts()
	for reason, field := range map[data.Reason]string{
		data.ReasonDuplicate: "duplicate_charge_explanation", data.ReasonRefundMissing: "refund_refusal_explanation", data.ReasonCanceled: "cancellation_rebuttal",
	} {
		f.Dispute.Reason = reason
		s := draft(t, choose(t, "stripe", "", reason, "en"), "en", f)
		fields := Fields(FieldsStripe, f, s, FieldOptions{Mask: func(text string) string { return strings.ReplaceAll(text, "Ana García Muestra", "A. ▮") }})
		if got := value(t, fields, field); !strings.HasPrefix(got, "1. ") {
			t.Errorf("%s of %s = %q", field, reason, got)
		}
		if got := value(t, fields, "uncategorized_text"); got != "" {
			t.Errorf("the statement of %s stands twice", reason)
		}
		if got := value(t, fields, "customer_name"); got != "A. ▮" {
			t.Errorf("customer_name = %q, not masked", got)
		}
		if got := value(t, fields, "billing_address"); got != "Calle de la Muestra 5, Madrid" {
			t.Errorf("billing_address = %q", got)
		}
	}
}

func TestPayPalNotReceived(t *testing.T) {
	f := typicalFacts()
	f.Order.Shop.Platform = data.PayPal
	s := draft(t, choose(t, data.PayPal, "paypal", data.ReasonNotReceived, "en"), "en", f)
	fields := Fields(FieldsPayPal, f, s, FieldOptions{})
	for name, want := range map[string]string{
		"evidences[0].evidence_type":                                     "PROOF_OF_FULFILLMENT",
		"evidences[0].evidence_info.tracking_info[0].carrier_name":       "OTHER",
		"evidences[0].evidence_info.tracking_info[0].carrier_name_other": "Example Post",
		"evidences[0].evidence_info.tracking_info[0].tracking_number":    "LX204661337CN",
		"evidences[1].evidence_type":                                     "ITEM_DESCRIPTION",
		"evidences[1].documents":                                         "Exhibit 1: Title of listing",
		"evidences[2].evidence_type":                                     "PHOTOS_OF_SHIPPED_ITEM",
		"evidences[4].evidence_type":                                     "PROOF_OF_RECEIPT_COPY",
		"evidences[5].evidence_type":                                     "ONLINE_TRACKING_INFORMATION",
		"evidences[6].evidence_type":                                     "PROOF_OF_DELIVERY_SIGNATURE",
	} {
		if got := value(t, fields, name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if notes := value(t, fields, "evidences[0].notes"); !strings.HasPrefix(notes, "1. The parcel with tracking number LX204661337CN was delivered on 28 March 2026") {
		t.Errorf("notes = %q", notes)
	}
	for carrier, code := range map[string]string{"China Post": "CN_CHINA_POST_EMS", "SF Express": "CN_SF_EXPRESS", "顺丰速运": "CN_SF_EXPRESS", "YunExpress": "YUNEXPRESS", "4PX": "FOUR_PX_EXPRESS", "Royal Mail": "OTHER", "": "OTHER"} {
		if got := paypalCarrier(carrier); got != code {
			t.Errorf("carrier %q is %s, want %s", carrier, got, code)
		}
	}
	f = fullFacts()
	f.Order.Shipments, f.Dispute.Reason = nil, data.ReasonRefundMissing
	fields = Fields(FieldsPayPal, f, s, FieldOptions{})
	if value(t, fields, "evidences[0].evidence_type") != "PROOF_OF_REFUND" || value(t, fields, "evidences[0].evidence_info.refund_ids") != "re_1SampleRefund0001" {
		t.Errorf("refund: %+v", fields[:2])
	}
	f = typicalFacts()
	f.Order.Shipments, f.Exhibits = nil, nil
	fields = Fields(FieldsPayPal, f, data.Statement{}, FieldOptions{})
	for name, why := range map[string]string{"evidence_info.tracking_info[0].tracking_number": "field.why.tracking", "evidences[0].notes": "field.why.statement"} {
		if !slices.ContainsFunc(fields, func(x Field) bool { return x.Name == name && x.Value == "" && x.Why == why }) {
			t.Errorf("nothing is said of the missing %s: %+v", name, fields)
		}
	}
}

func TestEBayAndShopifyFields(t *testing.T) {
	f := typicalFacts()
	f.Dispute.Reason = data.ReasonQuality
	s := draft(t, choose(t, data.EBay, "ebay-payment-dispute", data.ReasonQuality, "en"), "en", f)
	fields := Fields(FieldsEBay, f, s, FieldOptions{Unit: fit.UnitUTF16})
	var kinds []string
	for _, field := range fields {
		if strings.HasSuffix(field.Name, ".evidenceType") {
			kinds = append(kinds, field.Value)
		}
		if field.Name == "note" && (field.Limit != 1000 || field.Over || field.Value == "") {
			t.Errorf("note: %+v", field)
		}
		if field.Name == "returnAddress" && field.Why != "field.why.return_address" {
			t.Errorf("return address: %+v", field)
		}
	}
	if got := strings.Join(kinds, " "); got != "PROOF_OF_ITEM_AS_DESCRIBED PROOF_OF_ITEM_AS_DESCRIBED PROOF_OF_ITEM_AS_DESCRIBED PROOF_OF_DELIVERY PROOF_OF_DELIVERY_SIGNATURE" {
		t.Errorf("evidence types: %s", got)
	}
	listed := 0
	for _, field := range Fields(FieldsEBay, f, s, FieldOptions{Others: []string{"1-statement.jpg"}}) {
		if strings.HasSuffix(field.Name, ".files") || strings.HasPrefix(field.Name, "files[") {
			listed++
		}
	}
	if listed != len(f.Exhibits)+1 {
		t.Errorf("of %d exhibits and a file without one %d are listed", len(f.Exhibits), listed)
	}
	s.Claims[0].Text = strings.Repeat("x", 1200)
	for _, field := range Fields(FieldsEBay, f, s, FieldOptions{}) {
		if field.Name == "note" && (!field.Over || !strings.Contains(field.Value, s.Claims[0].Text)) {
			t.Errorf("a long note is cut or not told: %+v", field)
		}
	}
	fields = Fields(FieldsShopify, f, s, FieldOptions{})
	if value(t, fields, "customerFirstName") != "Ana" || value(t, fields, "customerLastName") != "García Muestra" || value(t, fields, "uncategorizedText") == "" {
		t.Errorf("shopify: %+v", fields)
	}
	if Fields("nothing", f, s, FieldOptions{}) != nil {
		t.Error("an unknown set has fields")
	}
}

func TestLabelsInEveryLanguage(t *testing.T) {
	keys := map[string]map[string]string{}
	for _, language := range []string{"en", "zh-CN", "zh-TW"} {
		raw, err := assets.FS.ReadFile("lang/bundle-statement." + language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		words := map[string]string{}
		if err := json.Unmarshal(raw, &words); err != nil {
			t.Fatal(err)
		}
		maps.DeleteFunc(words, func(key, _ string) bool { return strings.HasPrefix(key, "problem.") })
		keys[language] = words
	}
	seen := map[string]bool{}
	refunded := Facts{Order: data.Order{Refunded: usd(100)}}
	for _, key := range []string{"field.why.none", "cite.exhibit", "field.named", "field.count", "field.count.limit", "field.over", "field.total", "field.empty"} {
		seen[key] = true
	}
	for _, set := range fieldSets {
		seen["field.file."+set] = true
		for _, reason := range data.Reasons() {
			for _, f := range []Facts{{}, refunded, fullFacts(), typicalFacts()} {
				f.Dispute.Reason = reason
				for _, field := range Fields(set, f, data.Statement{}, FieldOptions{}) {
					seen[field.Title] = true
					if field.Why != "" {
						seen[field.Why] = true
					}
				}
			}
		}
	}
	for language, words := range keys {
		for key := range seen {
			if words[key] == "" {
				t.Errorf("%s has no words for %s", language, key)
			}
		}
		for key := range words {
			if !seen[key] {
				t.Errorf("%s has words for %s, which no field has", language, key)
			}
		}
		if len(words) != len(keys["en"]) {
			t.Errorf("%s has %d keys, English %d", language, len(words), len(keys["en"]))
		}
	}
	if _, err := LabelsIn("xx"); err == nil {
		t.Error("there are labels in an unknown language")
	}
}

// fieldSets are the sets of text fields that can be filled.
var fieldSets = []string{FieldsStripe, FieldsPayPal, FieldsEBay, FieldsShopify}

func FuzzFields(f *testing.F) {
	for _, seed := range []string{"", "a,b", "=== x ===", "\x00\xff", strings.Repeat("y", 30_000), "Doe, Jane", "王小明"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, word string) {
		facts := typicalFacts()
		facts.Order.Buyer.Name, facts.Order.ShipTo.Line1, facts.Order.Items[0].Title, facts.Order.Shipments[0].Tracking, facts.Order.Shipments[0].Carrier = word, word, word, word, word
		s := data.Statement{Language: "en", Claims: []data.Claim{{Text: word}}}
		for _, set := range fieldSets {
			fields := Fields(set, facts, s, FieldOptions{})
			for _, field := range fields {
				if (field.Value == "") != (field.Why != "") || field.Over != (field.Limit > 0 && field.Count > field.Limit) {
					t.Fatalf("%s: %+v", set, field)
				}
				if strings.HasSuffix(strings.ToLower(field.Name), "tracking_number") && strings.Contains(field.Value, "\n") {
					t.Fatalf("%s has several lines: %q", field.Name, field.Value)
				}
			}
		}
	})
}
