package health

import (
	"cmp"
	"slices"
	"strings"

	"casebinder/data"
)

// fileReader makes rows of what a file tells.
type fileReader struct {
	file   *File
	orders map[string]int64
	unused map[string]bool
}

func (rd *fileReader) buyer(name string) int64 {
	if name == "" {
		return 0
	}
	ids := rd.file.buyerIDs
	if ids[name] == 0 {
		ids[name] = int64(len(ids) + 1)
	}
	return ids[name]
}

// orderID is the id of an order that another row names. One that is not among the
// orders of the file has an id of its own, so that rows of one order stay together.
func (rd *fileReader) orderID(name string) int64 {
	if name == "" {
		return 0
	}
	if rd.orders[name] == 0 {
		rd.orders[name] = int64(1_000_000_000 + len(rd.orders))
	}
	return rd.orders[name]
}

func (rd *fileReader) order(r *fieldReader, id int64) {
	currency := strings.ToUpper(r.word("currency"))
	o := Order{
		ID: id, Times: r.number("times"),
		OrderedAt: r.moment("ordered_at"), PaidAt: r.moment("paid_at"), ShipBy: r.moment("ship_by"), ShippedAt: r.moment("shipped_at"),
		DeliverBy: r.moment("deliver_by"), DeliveredAt: r.moment("delivered_at"), HandedOver: r.moment("handed_over_at"),
		FirstScan: r.moment("first_scan"), Uploaded: r.moment("tracking_uploaded_at"),
		ConfirmedAt: r.moment("confirmed_at"), TimedOutAt: r.moment("confirm_timeout_at"),
		CanceledAt: r.moment("canceled_at"), RefundedAt: r.moment("refunded_at"),
		Total: r.amount("total", currency), Currency: CodeOf(currency), Buyer: rd.buyer(r.word("buyer")), Country: CodeOf(strings.ToUpper(r.word("ship_to"))),
		Items: r.pieces("items"), Canceled: r.pieces("canceled_items"),
		State: StateOf(data.OrderStatus(r.term("status"))), Party: PartyOf(r.term("canceled_by")),
		Cause: CancelFault(data.CancelReason(r.term("cancel_reason"))), Returned: ReturnFault(data.Reason(r.term("return_reason"))),
		Elsewhere: Elsewhere(r.term("fulfilment")), Valid: r.answer("validated"),
	}
	if o.Valid == NoAnswer {
		o.Valid = r.answer("tracking_valid")
	} else {
		r.used["tracking_valid"] = true
	}
	if r.term("status") == "returned" {
		o.State = StateRefunded
	}
	switch r.term("buyer_says") {
	case "late":
		o.Says = No
	case "on_time":
		o.Says = Yes
	}
	rd.file.Rows.Orders = append(rd.file.Rows.Orders, o)
}

// PartyOf reads who canceled.
func PartyOf(word string) Party {
	switch word {
	case "buyer":
		return PartyBuyer
	case "seller":
		return PartySeller
	case "platform", "system":
		return PartyPlatform
	}
	return PartyUnknown
}

// CancelFault says whose matter a cancellation is.
func CancelFault(r data.CancelReason) Fault {
	switch r {
	case data.CancelBuyerAsked, data.CancelUnpaid, data.CancelAddress:
		return FaultBuyer
	case data.CancelOutOfStock, data.CancelPrice, data.CancelLate:
		return FaultSeller
	case data.CancelOther:
		return FaultNobody
	}
	return FaultUnknown
}

// ReturnFault says whose matter a return or refund is: the seller's, for goods
// that are not what was ordered or did not come.
func ReturnFault(r data.Reason) Fault {
	switch {
	case r == "":
		return FaultUnknown
	case r == data.ReasonNotReceived, notDescribed(r), slices.Contains([]data.Reason{"defective", "fake", "missing", "wrong", "faulty", "late"}, r):
		return FaultSeller
	}
	return FaultBuyer
}

// Elsewhere reports whether a word for who ships names the platform.
func Elsewhere(fulfilment string) bool {
	switch strings.ToLower(fulfilment) {
	case "", "seller", "mfn", "merchant", "fbm":
		return false
	}
	return true
}

func (rd *fileReader) dispute(r *fieldReader, id int64) {
	currency := strings.ToUpper(r.word("currency"))
	d := Dispute{
		ID: id, Order: rd.orderID(r.word("order")), Reason: data.Reason(r.term("reason")),
		Outcome: r.term("outcome"), Liable: r.term("liable"), Amount: r.amount("amount", currency), Currency: CodeOf(currency),
		Refunder: r.term("refunded_from"), Closed: r.answer("closed_without_seller_resolution"),
	}
	if d.Reason == "fake" {
		d.Reason = data.ReasonFake
	}
	if d.Refunder != "" && d.Refunder != "seller" {
		d.Refunder = "platform"
	}
	for _, word := range []string{r.term("type"), r.term("channel")} {
		switch word {
		case "chargeback", "card", "bank", "card_issuer", "external":
			d.Way = WayChargeback
		case "return":
			d.Way = WayReturn
		}
	}
	if times := r.number("times"); times > 1 {
		r.fail("times", "counts no disputes; write each")
	}
	events, _ := r.get("events").([]any)
	var corrects []data.EventKind
	for _, e := range events {
		m, ok := e.(map[string]any)
		if !ok {
			r.fail("events", "are no list of events")
			return
		}
		er := &fieldReader{fields: m, zone: r.zone, used: map[string]bool{}}
		corrects = append(corrects, data.EventKind(er.term("corrects")))
		d.Events = append(d.Events, Event{Kind: data.EventKind(er.term("kind")), At: er.moment("at"), Actor: data.Actor(er.term("actor"))})
		if er.err != nil {
			r.fail("events", er.err.Error())
		}
	}
	undo(d.Events, corrects)
	slices.SortStableFunc(d.Events, func(a, b Event) int { return cmp.Compare(a.At, b.At) })
	d.Return = d.Way == WayReturn || slices.ContainsFunc(d.Events, func(e Event) bool {
		return !e.Undone && (e.Kind == data.EventReturnAgreed || e.Kind == data.EventReturnShipped)
	})
	rd.file.Rows.Disputes = append(rd.file.Rows.Disputes, d)
}

// undo marks what corrections take back: the last event of the kind that one names,
// else the event before it.
func undo(events []Event, corrects []data.EventKind) {
	for i := range events {
		if events[i].Kind != data.EventCorrection {
			continue
		}
		for back := i - 1; back >= 0; back-- {
			if e := &events[back]; !e.Undone && e.Kind != data.EventCorrection && (corrects[i] == "" || corrects[i] == e.Kind) {
				e.Undone = true
				break
			}
		}
	}
}

func (rd *fileReader) feedback(r *fieldReader, id int64) {
	f := Feedback{
		ID: id, Times: r.number("times"), Order: rd.orderID(r.word("order")), Buyer: rd.buyer(r.word("buyer")),
		LeftAt: r.moment("left_at"), Removed: r.moment("removed_at"), Product: r.word("product"),
	}
	f.Stars = r.stars()
	changes, _ := r.get("changes").([]any)
	for _, c := range changes {
		m, ok := c.(map[string]any)
		if !ok {
			r.fail("changes", "are no list of changes")
			return
		}
		cr := &fieldReader{fields: m, zone: r.zone, used: map[string]bool{}}
		f.Before = append(f.Before, Stood{Until: cr.moment("at"), Stars: cr.stars()})
		if cr.err != nil {
			r.fail("changes", cr.err.Error())
		}
	}
	slices.SortStableFunc(f.Before, func(a, b Stood) int { return cmp.Compare(a.Until, b.Until) })
	rd.file.Rows.Feedback = append(rd.file.Rows.Feedback, f)
}

// stars gives how many stars a rating has.
func (r *fieldReader) stars() int {
	n := r.number("stars")
	if n < 1 || n > 5 {
		r.fail("stars", "are 1 to 5")
	}
	return int(n)
}

func (rd *fileReader) shipment(r *fieldReader, id int64) {
	confirmed, told := r.flag("confirmed")
	exempt, _ := r.flag("exempt")
	s := Shipment{
		ID: id, Times: r.number("times"), Order: rd.orderID(r.word("order")), Units: r.number("units"), Tracked: r.word("tracking") != "", Carrier: r.word("carrier") != "",
		Exempt: exempt, Elsewhere: Elsewhere(r.term("fulfilment")), ShippedAt: r.moment("shipped_at"), DeliverBy: r.moment("deliver_by"),
		FirstScan: r.moment("first_scan"), AttemptedAt: r.moment("attempted_at"), DeliveredAt: r.moment("delivered_at"),
	}
	s.Confirmed = confirmed || !told && s.ShippedAt != 0
	rd.file.Rows.Shipments = append(rd.file.Rows.Shipments, s)
}

func (rd *fileReader) thread(r *fieldReader, id int64) {
	r.used["second_message_at"] = true // only the first message of a thread counts
	rd.file.Rows.Threads = append(rd.file.Rows.Threads, Thread{ID: id, Times: r.number("times"), First: r.moment("first_message_at"), Answered: r.moment("answered_at")})
}

func (rd *fileReader) card(r *fieldReader, id int64) {
	r.used["ref_dispute"], r.used["outcome"] = true, true // a fraud that is disputed too, and a chargeback that was won, count all the same
	rd.file.Rows.CardItems = append(rd.file.Rows.CardItems, CardItem{
		ID: id, Times: r.number("times"), Kind: CardKind(r.term("type")), At: r.moment("at"), Card: r.term("card"), Resolved: r.term("resolved_by"),
	})
}
