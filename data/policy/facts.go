package policy

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"casebinder/data"
)

// CaseFacts is all that is known of a case, for the checklist and the
// contradictions.
type CaseFacts struct {
	Order     data.Order
	Dispute   data.Dispute
	Messages  []data.Message  // of the order and the dispute
	Evidence  []data.Evidence // of the order and the dispute
	Statement string          // what the seller states to the platform
	Labels    []LabelText

	StatedCapture map[string]time.Time // by UID of evidence: when it was taken, as the operator told
	OtherTracking map[string]string    // tracking number to the number of another order that has it
	OtherFiles    map[string][]string  // SHA-256 to the numbers of other orders that use the file
	Written       []data.OrderEvent    // what a person wrote down of the order
	Prior         []PriorOrder         // earlier orders of the same buyer

	Exhibits      map[string][]string // by item: UIDs of the evidence that a person set down for it
	NotApplicable map[string]string   // by item: why a person says that it does not apply
}

// LabelText is what stands on a shipping label.
type LabelText struct {
	Evidence string // UID of the picture; "" when there is none
	Text     string
}

// PriorOrder is an earlier order of the same buyer.
type PriorOrder struct {
	Number   string
	At       time.Time // when it was paid
	Disputed bool
	SameCard bool     // the same payment method
	Matches  []string // identifiers that it shares with the disputed order, such as "ip" and "shipping_address"
}

// Fact is something about an order or a case that satisfies an item of a
// checklist.
type Fact string

// The facts.
const (
	FactTracking       Fact = "tracking"        // a parcel has a tracking number
	FactCarrier        Fact = "carrier"         // and a carrier
	FactShipped        Fact = "shipped"         // the date of shipping is known
	FactDelivered      Fact = "delivered"       // the date of delivery is known
	FactDeliveryScan   Fact = "delivery_scan"   // a scan of the carrier says delivered
	FactPostcodeMatch  Fact = "postcode_match"  // the last scan names the postcode or city of the order
	FactSignature      Fact = "signature"       // a scan says that it was signed for
	FactRefunded       Fact = "refunded"        // a refund was issued
	FactSolution       Fact = "solution"        // the seller offered a solution
	FactChat           Fact = "chat"            // both sides wrote
	FactShippingNotice Fact = "shipping_notice" // the seller wrote after shipping
	FactBuyerAsked     Fact = "buyer_asked"     // the seller wrote after the opening
	FactReturnShipped  Fact = "return_shipped"  //
	FactReturnReceived Fact = "return_received" //
	FactOrderRecord    Fact = "order_record"    // items and total are known
	FactAddress        Fact = "address"         // the address with postcode is known
	FactPayment        Fact = "payment"         // the payment's reference is known
	FactPriorOrders    Fact = "prior_orders"    // enough earlier orders without dispute match
	FactShippedThere   Fact = "shipped_there"   // a delivery scan or a label names the postcode or city of the order
	FactShippedInTime  Fact = "shipped_in_time" // it left by the order's date to ship, or within the item's span after the payment
	FactShippedBefore  Fact = "shipped_before"  // it left before the case was opened
	FactWeight         Fact = "weight"          // a parcel was weighed
)

// Facts lists the facts that a pack may name.
func Facts() []Fact { return slices.Sorted(maps.Keys(factTests)) }

// factTests tell whether a fact holds, and where it stands.
var factTests map[Fact]func(f *CaseFacts, item *Item) (data.Ref, bool)

func init() {
	factTests = map[Fact]func(f *CaseFacts, item *Item) (data.Ref, bool){
		FactTracking:       parcel(func(f *CaseFacts, s *data.Shipment) bool { return s.Tracking != "" }),
		FactCarrier:        parcel(func(f *CaseFacts, s *data.Shipment) bool { return s.Tracking != "" && s.Carrier != "" }),
		FactShipped:        factShipped,
		FactDelivered:      factDelivered,
		FactDeliveryScan:   parcel(func(f *CaseFacts, s *data.Shipment) bool { return deliveryScan(s) != nil }),
		FactPostcodeMatch:  parcel(func(f *CaseFacts, s *data.Shipment) bool { return placeMatches(deliveryScan(s), f.Order.ShipTo) }),
		FactSignature:      parcel(func(f *CaseFacts, s *data.Shipment) bool { return signed(s) }),
		FactRefunded:       factRefunded,
		FactSolution:       caseEvent(data.ActorSeller, data.EventCounterOffer, data.EventReturnAgreed, data.EventAccepted, data.EventRefundIssued),
		FactChat:           factChat,
		FactShippingNotice: factNotice,
		FactBuyerAsked:     factAsked,
		FactReturnShipped:  caseEvent("", data.EventReturnShipped),
		FactReturnReceived: caseEvent("", data.EventReturnReceived),
		FactOrderRecord: orderFact(func(o *data.Order) bool {
			return len(o.Items) > 0 && !o.Total.IsZero()
		}),
		FactAddress:     orderFact(func(o *data.Order) bool { return o.ShipTo.Line1 != "" && o.ShipTo.Postcode != "" }),
		FactPayment:     orderFact(func(o *data.Order) bool { return o.PaymentRef != "" }),
		FactPriorOrders: factPrior,

		FactShippedThere: factShippedThere, FactShippedInTime: factShippedInTime, FactShippedBefore: factShippedBefore,
		FactWeight: parcel(func(_ *CaseFacts, s *data.Shipment) bool { return s.Weight > 0 && s.Kind != data.ShipmentReturn }),
	}
}

func orderRef(o *data.Order) data.Ref { return data.Ref{Kind: "order", ID: o.Number, Label: o.Number} }

func shipmentRef(s *data.Shipment) data.Ref {
	return data.Ref{Kind: "shipment", ID: s.Tracking, Label: strings.TrimSpace(s.Carrier + " " + s.Tracking)}
}

func messageRef(m *data.Message) data.Ref {
	return data.Ref{Kind: "message", ID: m.UID, Label: clip(m.Text)}
}

func evidenceRef(e *data.Evidence) data.Ref {
	return data.Ref{Kind: "evidence", ID: e.UID, Label: e.Name}
}

// clip shortens words for a reference.
func clip(s string) string {
	const most = 60
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most]) + "…"
}

func parcel(holds func(*CaseFacts, *data.Shipment) bool) func(*CaseFacts, *Item) (data.Ref, bool) {
	return func(f *CaseFacts, _ *Item) (data.Ref, bool) {
		for _, s := range outbound(&f.Order) {
			if holds(f, s) {
				return shipmentRef(s), true
			}
		}
		return data.Ref{}, false
	}
}

func orderFact(holds func(*data.Order) bool) func(*CaseFacts, *Item) (data.Ref, bool) {
	return func(f *CaseFacts, _ *Item) (data.Ref, bool) { return orderRef(&f.Order), holds(&f.Order) }
}

func caseEvent(by data.Actor, kinds ...data.EventKind) func(*CaseFacts, *Item) (data.Ref, bool) {
	return func(f *CaseFacts, _ *Item) (data.Ref, bool) {
		for _, e := range standing(f.Dispute.Events) {
			if slices.Contains(kinds, e.Kind) && (by == "" || e.Actor == by) {
				return eventRef(&e), true
			}
		}
		return data.Ref{}, false
	}
}

func factShipped(f *CaseFacts, _ *Item) (data.Ref, bool) {
	for _, s := range outbound(&f.Order) {
		if !s.ShippedAt.IsZero() {
			return shipmentRef(s), true
		}
	}
	return orderRef(&f.Order), !f.Order.ShippedAt.IsZero()
}

func factDelivered(f *CaseFacts, _ *Item) (data.Ref, bool) {
	for _, s := range outbound(&f.Order) {
		if !s.DeliveredAt.IsZero() {
			return shipmentRef(s), true
		}
	}
	return orderRef(&f.Order), !f.Order.DeliveredAt.IsZero()
}

func factShippedThere(f *CaseFacts, _ *Item) (data.Ref, bool) {
	to := f.Order.PaidAddress() // covered is the transaction's, not one that a person wrote down since
	for _, s := range outbound(&f.Order) {
		if placeMatches(deliveryScan(s), to) {
			return shipmentRef(s), true
		}
	}
	code := plainPlace(shortCode(to))
	for _, l := range f.Labels {
		if code != "" && strings.Contains(plainPlace(l.Text), code) {
			return data.Ref{Kind: "label", ID: l.Evidence, Label: clip(l.Text)}, true
		}
	}
	return data.Ref{}, false
}

func factShippedInTime(f *CaseFacts, item *Item) (data.Ref, bool) {
	shipped, last := shippedAt(&f.Order), shipLimit(f, item)
	return orderRef(&f.Order), !shipped.IsZero() && !last.IsZero() && !data.Before(last, shipped)
}

// shipLimit is until when an order had to leave: by its own date, else within the
// item's span after the payment; zero when neither is known.
func shipLimit(f *CaseFacts, item *Item) time.Time {
	switch o := &f.Order; {
	case !o.ShipBy.IsZero():
		return o.ShipBy
	case item != nil && item.Within.Days > 0 && !o.PaidAt.IsZero():
		loc := o.Shop.Location()
		d := DateOf(data.Earliest(o.PaidAt).In(loc)).Add(item.Within.Days)
		return data.Day{Year: d.Year, Month: d.Month, Day: d.Day}.End(loc)
	}
	return time.Time{}
}

func factShippedBefore(f *CaseFacts, _ *Item) (data.Ref, bool) {
	shipped := shippedAt(&f.Order)
	return orderRef(&f.Order), !shipped.IsZero() && data.Before(shipped, f.Dispute.OpenedAt)
}

func factRefunded(f *CaseFacts, _ *Item) (data.Ref, bool) {
	if f.Order.Refunded.Minor > 0 {
		return orderRef(&f.Order), true
	}
	return caseEvent("", data.EventRefundIssued)(f, nil)
}

func factChat(f *CaseFacts, _ *Item) (data.Ref, bool) {
	var in, out *data.Message
	for i := range f.Messages {
		switch f.Messages[i].Direction {
		case data.FromBuyer:
			in = &f.Messages[i]
		case data.ToBuyer:
			out = &f.Messages[i]
		}
	}
	if in == nil || out == nil {
		return data.Ref{}, false
	}
	return messageRef(out), true
}

func factNotice(f *CaseFacts, _ *Item) (data.Ref, bool) { return written(f, shippedAt(&f.Order)) }

func factAsked(f *CaseFacts, _ *Item) (data.Ref, bool) { return written(f, f.Dispute.OpenedAt) }

// written finds a message of the seller from a time on.
func written(f *CaseFacts, from time.Time) (data.Ref, bool) {
	if from.IsZero() {
		return data.Ref{}, false
	}
	for i := range f.Messages {
		if m := &f.Messages[i]; m.Direction == data.ToBuyer && !m.SentAt.Before(from) {
			return messageRef(m), true
		}
	}
	return data.Ref{}, false
}

// shippedAt is when an order was shipped, by itself or by its first parcel.
func shippedAt(o *data.Order) time.Time {
	first := o.ShippedAt
	for _, s := range outbound(o) {
		if at := s.ShippedAt; !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}

func factPrior(f *CaseFacts, item *Item) (data.Ref, bool) {
	if item == nil || item.Prior == nil {
		return data.Ref{}, false
	}
	fit := item.Prior.Fitting(f)
	if len(fit) < item.Prior.Orders {
		return data.Ref{}, false
	}
	return data.Ref{Kind: "order", ID: fit[0].Number, Label: fit[0].Number}, true
}

// Fitting gives the earlier orders that a card network takes as proof that the
// holder of the card knows the seller: without a dispute, paid with the same card, of the
// right age, with enough identifiers in common.
func (p *Prior) Fitting(f *CaseFacts) []PriorOrder {
	paid := f.Order.PaidAt
	if paid.IsZero() {
		paid = f.Order.OrderedAt
	}
	var out []PriorOrder
	for _, o := range f.Prior {
		age := int(paid.Sub(o.At) / (24 * time.Hour))
		if o.Disputed || !o.SameCard || paid.IsZero() || o.At.IsZero() || age < p.MinDays || age > p.MaxDays {
			continue
		}
		matches, needed := 0, len(p.OneOf) == 0
		for _, m := range o.Matches {
			if len(p.AllOf) == 0 || slices.Contains(p.AllOf, m) {
				matches++
			}
			needed = needed || slices.Contains(p.OneOf, m)
		}
		if matches >= p.Matches && needed {
			out = append(out, o)
		}
	}
	return out
}

// Words with which carriers say that a parcel was handed over, and that it was
// signed for.
var (
	deliveredWords = []string{"delivered", "delivery successful", "妥投", "签收", "簽收", "已送达", "已送達", "zugestellt", "entregado", "entregue", "livré", "consegnat", "вручен", "доставлено"}
	signedWords    = []string{"signed for", "signed by", "signature", "签收", "簽收", "本人签", "unterschrift", "firmado", "assinado", "signé", "firmato", "подпис"}
	notDelivered   = []string{"not delivered", "undelivered", "could not be delivered", "delivery attempt", "out for delivery", "未妥投", "未送达", "未送達", "未签收", "nicht zugestellt", "no entregado", "não entregue", "non livré", "не вручен"}
)

func holdsWord(text string, words []string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// deliveryScan finds the scan that says delivered; the last one counts.
func deliveryScan(s *data.Shipment) *data.TrackingEvent {
	for i := range slices.Backward(s.Events) {
		if e := &s.Events[i]; holdsWord(e.Text, deliveredWords) && !holdsWord(e.Text, notDelivered) {
			return e
		}
	}
	return nil
}

func signed(s *data.Shipment) bool {
	return slices.ContainsFunc(s.Events, func(e data.TrackingEvent) bool {
		return holdsWord(e.Text, signedWords) && !holdsWord(e.Text, notDelivered)
	})
}

// placeMatches reports whether a scan names the postcode or the city of an
// address.
func placeMatches(e *data.TrackingEvent, to data.Address) bool {
	if e == nil {
		return false
	}
	place := plainPlace(e.Place + " " + e.Text)
	code, city := plainPlace(shortCode(to)), plainPlace(to.City)
	return code != "" && strings.Contains(place, code) || city != "" && strings.Contains(place, city)
}

// shortCode is a postcode without the last four digits of a ZIP+4, which
// carriers leave out.
func shortCode(a data.Address) string {
	code := strings.Trim(strings.TrimSpace(a.Postcode), "'")
	if head, tail, cut := strings.Cut(code, "-"); cut && len(head) == 5 && len(tail) == 4 {
		return head
	}
	return code
}

// plainPlace keeps letters and digits alone, in lower case.
func plainPlace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
