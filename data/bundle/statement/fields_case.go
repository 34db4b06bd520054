package statement

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebinder/data"
)

// paypalCarriers maps the carriers that PayPal's list of carrier names has to
// its codes; every other carrier is OTHER with its name beside it.
var paypalCarriers = []struct{ words, code string }{
	{"china post", "CN_CHINA_POST_EMS"},
	{"ems china", "CN_CHINA_POST_EMS"},
	{"chinapost", "CN_CHINA_POST_EMS"},
	{"sf express", "CN_SF_EXPRESS"},
	{"顺丰", "CN_SF_EXPRESS"},
	{"yanwen", "YANWEN_CN"},
	{"燕文", "YANWEN_CN"},
	{"cainiao", "CAINIAO"},
	{"菜鸟", "CAINIAO"},
	{"4px", "FOUR_PX_EXPRESS"},
	{"递四方", "FOUR_PX_EXPRESS"},
	{"yunexpress", "YUNEXPRESS"},
	{"yun express", "YUNEXPRESS"},
	{"云途", "YUNEXPRESS"},
	{"sfc", "SFC_LOGISTICS"},
	{"三态", "SFC_LOGISTICS"},
}

func paypalCarrier(name string) string {
	folded := letters(name)
	for _, c := range paypalCarriers {
		if wholeWord(folded, c.words) {
			return c.code
		}
	}
	return "OTHER"
}

// paypal fills the evidences of PayPal's Disputes API (v1): one for the
// parcels, one for the refunds, one for each exhibit. The notes of the first
// hold the statement.
func (b *form) paypal() {
	n := 0
	next := func(kind string) string {
		at := fmt.Sprintf("evidences[%d].", n)
		n++
		b.add(at+"evidence_type", "evidence_type", kind, "none", 0)
		return at
	}
	var first string
	if parcels := b.tracked(); len(parcels) > 0 {
		first = next("PROOF_OF_FULFILLMENT")
		for i, p := range parcels {
			at := first + "evidence_info.tracking_info[" + strconv.Itoa(i) + "]."
			code := paypalCarrier(p.Carrier)
			b.add(at+"carrier_name", "carrier", code, "carrier", 0)
			if code == "OTHER" {
				b.add(at+"carrier_name_other", "carrier", oneLine(p.Carrier), "carrier", 0)
			}
			b.add(at+"tracking_number", "tracking_numbers", oneLine(p.Tracking), "tracking", 0)
		}
	}
	refunded := b.facts.Order.Refunded.Minor > 0 || slices.ContainsFunc(b.facts.events(), func(e data.CaseEvent) bool { return e.Kind == data.EventRefundIssued })
	if refunded || len(b.facts.RefundIDs) > 0 {
		at := next("PROOF_OF_REFUND")
		b.add(at+"evidence_info.refund_ids", "refund_ids", strings.Join(refundIDs(b.facts), ", "), "refund", 0)
		if first == "" {
			first = at
		}
	}
	if first == "" {
		if b.facts.Dispute.Reason == data.ReasonNotReceived {
			b.add("evidence_info.tracking_info[0].tracking_number", "tracking_numbers", "", "tracking", 0)
		}
		first = next("OTHER")
	}
	b.add(first+"notes", "notes", b.text, "statement", b.limit(paypalNotes))
	for _, e := range b.facts.Exhibits {
		at := next(b.paypalType(e))
		b.put(at+"documents", "document", b.exhibit(e), "none", 0)
	}
}

// paypalType is PayPal's type of evidence for an exhibit.
func (b *form) paypalType(e Exhibit) string {
	switch e.Evidence.Kind {
	case data.KindDelivery:
		if b.signed() {
			return "PROOF_OF_DELIVERY_SIGNATURE"
		}
		return "DELIVERY_RECEIPT"
	case data.KindTracking:
		return "ONLINE_TRACKING_INFORMATION"
	case data.KindCustoms:
		return "CUSTOMS_DOCUMENT"
	case data.KindInvoice:
		return "PROOF_OF_RECEIPT_COPY"
	case data.KindListing:
		return "ITEM_DESCRIPTION"
	case data.KindPhoto, data.KindPacking:
		if left := b.facts.firstShipped(); !e.Evidence.CapturedAt.IsZero() && !left.IsZero() && e.Evidence.CapturedAt.Before(left) {
			return "PHOTOS_OF_SHIPPED_ITEM"
		}
	case data.KindPolicy:
		return "RETURN_POLICY"
	case data.KindRefund:
		return "PROOF_OF_REFUND"
	case data.KindScreenshot, data.KindMessage, data.KindQC, data.KindCertificate, data.KindOther:
	}
	return "OTHER"
}

// signed reports whether a carrier's entry says that somebody signed.
func (b *form) signed() bool {
	lib, err := builtIn()
	if err != nil {
		return false
	}
	return slices.ContainsFunc(b.facts.Order.Shipments, func(p data.Shipment) bool {
		return lastScan(&p, func(e *data.TrackingEvent) bool { return lib.signs.Signed.in(e.Text) }) != nil
	})
}

// exhibit names an exhibit, and before it the file that is uploaded with it
// where that is known: "2-shipping.pdf - Exhibit 3: Proof of delivery".
func (b *form) exhibit(e Exhibit) string {
	name := b.options.Words("cite.exhibit", "n", strconv.Itoa(e.Number))
	title := oneLine(e.Exhibit.Title)
	if title == "" {
		title = oneLine(e.Evidence.Name)
	}
	name = b.options.Words("field.named", "name", name, "title", clip(title, 120))
	if b.options.File == nil {
		return name
	}
	if file := b.options.File(e.Number); file != "" {
		name = file + " - " + name
	}
	return name
}

// notAsDescribed reports whether the reason is one of those that eBay takes as
// "significantly not as described".
func notAsDescribed(r data.Reason) bool {
	switch r {
	case data.ReasonNotAsDescribed, data.ReasonDamaged, data.ReasonWrongItem, data.ReasonShort, data.ReasonQuality, data.ReasonFake:
		return true
	default:
		return false
	}
}

// ebay fills what eBay's payment dispute asks for: the note, the tracking that
// goes to the order, and the type of evidence of each exhibit.
func (b *form) ebay() {
	b.add("note", "note", b.text, "statement", b.limit(ebayNote))
	b.add("shippingCarrierCode", "carrier", b.carriers(), "carrier", 0)
	b.add("trackingNumber", "tracking_numbers", b.numbers(), "tracking", 0)
	b.add("shippedDate", "shipping_date", b.shippedOn(), "shipped", 0)
	if notAsDescribed(b.facts.Dispute.Reason) {
		b.add("returnAddress", "return_address", "", "return_address", 0)
	}
	n := 0
	var others []string // none of eBay's types takes them, and they are uploaded all the same
	for _, e := range b.facts.Exhibits {
		kind := b.ebayType(e)
		if kind == "" {
			others = append(others, b.exhibit(e))
			continue
		}
		b.add(fmt.Sprintf("evidence[%d].evidenceType", n), "evidence_type", kind, "none", 0)
		b.put(fmt.Sprintf("evidence[%d].files", n), "document", b.exhibit(e), "none", 0)
		n++
	}
	for i, other := range append(others, b.options.Others...) {
		b.put(fmt.Sprintf("files[%d]", i), "other_document", other, "none", 0)
	}
}

// ebayType is eBay's type of evidence for an exhibit; "" where none of its
// types takes it.
func (b *form) ebayType(e Exhibit) string {
	reason := b.facts.Dispute.Reason
	switch e.Evidence.Kind {
	case data.KindDelivery:
		if b.signed() {
			return "PROOF_OF_DELIVERY_SIGNATURE"
		}
		return "PROOF_OF_DELIVERY_AS_FILE"
	case data.KindTracking:
		return "PROOF_OF_DELIVERY"
	case data.KindPhoto, data.KindPacking, data.KindListing, data.KindQC, data.KindInvoice, data.KindCertificate:
		if reason == data.ReasonFake && e.Evidence.Kind != data.KindListing && e.Evidence.Kind != data.KindPacking {
			return "PROOF_OF_AUTHENTICITY"
		}
		if notAsDescribed(reason) && e.Evidence.Kind != data.KindInvoice {
			return "PROOF_OF_ITEM_AS_DESCRIBED"
		}
	case data.KindRefund, data.KindPolicy:
		if reason == data.ReasonRefundMissing || reason == data.ReasonCanceled || reason == data.ReasonChangedMind {
			return "PROOF_OF_CREDIT_NOT_DUE"
		}
	case data.KindCustoms, data.KindScreenshot, data.KindMessage, data.KindOther:
	}
	return ""
}
