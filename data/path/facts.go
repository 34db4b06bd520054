package path

import (
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/reply"
	"casebinder/data/service"
)

// Facts is all that is known of an order for its paths.
type Facts struct {
	Order    data.Order
	Disputed bool              // a dispute is open
	Agreed   time.Time         // when a return was agreed in a dispute; zero: never
	Events   []data.OrderEvent // what a person wrote down of the order
	Said     []string          // templates of which a message was sent on it
	Service  data.Service
	Now      time.Time
}

// Told is what a fact says, and what it stands on. Where Value is "" it is not
// known, and Why says what is lacking.
type Told struct {
	Value string
	Why   data.Text
}

const (
	yes      = "yes"
	no       = "no"
	scanNone = "none" // no scan is known, or the last one tells nothing that matters here
)

// fact is one that answers a question by itself.
type fact struct {
	tells []string
	of    func(f *Facts, s *Step) Told
}

var yesNo = []string{yes, no}

var facts map[string]fact

func init() {
	facts = map[string]fact{
		"paid":            {yesNo, paid},
		"shipped":         {yesNo, shipped},
		"delivered":       {yesNo, delivered},
		"canceled":        {yesNo, canceled},
		"disputed":        {yesNo, disputed},
		"lost":            {yesNo, lost},
		"late":            {yesNo, late},
		"dear":            {yesNo, dear},
		"keep":            {yesNo, keep},
		"address_fixed":   {yesNo, addressFixed},
		"in_return_days":  {yesNo, inReturnDays},
		"in_warranty":     {yesNo, inWarranty},
		"return_agreed":   {yesNo, returnAgreed},
		"return_sent":     {yesNo, returnSent},
		"return_late":     {yesNo, returnLate},
		"return_received": {yesNo, returnReceived},
		"return_payer":    {[]string{string(data.PayerSeller), string(data.PayerBuyer), string(data.PayerFault)}, returnPayer},
		"scan": {[]string{
			string(service.ScanTransit), string(service.ScanCustoms), string(service.ScanHeld), string(service.ScanPickup), string(service.ScanAttempt),
			string(service.ScanOut), string(service.ScanDelivered), string(service.ScanReturned), scanNone,
		}, scan},
	}
}

// saidFact begins the name of the fact that a message of a template was sent.
const saidFact = "said:"

// tellsOf lists what a fact may tell; false where there is no such fact.
func tellsOf(name string, known func(uid string) bool) ([]string, bool) {
	if uid, ok := strings.CutPrefix(name, saidFact); ok {
		return yesNo, known(uid)
	}
	f, ok := facts[name]
	return f.tells, ok
}

// told asks a fact.
func (f *Facts) told(name string, s *Step) Told {
	if uid, ok := strings.CutPrefix(name, saidFact); ok {
		return f.said(uid)
	}
	if one, ok := facts[name]; ok {
		return one.of(f, s)
	}
	return Told{}
}

var (
	whyPaid        = data.DefinePhrase("path.why.paid", "Paid on {date}.")
	whyUnpaid      = data.DefinePhrase("path.why.unpaid", "The order is waiting for payment.")
	whyStatus      = data.DefinePhrase("path.why.status", "The platform's file says: {status}.")
	whyShipped     = data.DefinePhrase("path.why.shipped", "Shipped on {date}.")
	whyShippedWith = data.DefinePhrase("path.why.shipped_with", "Shipped on {date} with {tracking}.")
	whyWaits       = data.DefinePhrase("path.why.waits", "No parcel has left yet.")
	whyNoStatus    = data.DefinePhrase("path.why.no_status", "The order's status is not known.")
	whyDelivered   = data.DefinePhrase("path.why.delivered", "Delivered on {date}.")
	whyScanSays    = data.DefinePhrase("path.why.scan", "Last scan, {date}: “{scan}”.")
	whyNoScan      = data.DefinePhrase("path.why.no_scan", "No scan is known.")
	whyScanDark    = data.DefinePhrase("path.why.scan_dark", "The last scan, {date}, says nothing about customs, pickup or a return: “{scan}”.")
	whyNotThere    = data.DefinePhrase("path.why.not_there", "No delivery is known.")
	whyCanceled    = data.DefinePhrase("path.why.canceled", "Canceled already.")
	whyRefunded    = data.DefinePhrase("path.why.refunded", "All of it was refunded already.")
	whyStands      = data.DefinePhrase("path.why.stands", "The order is valid.")
	whyDisputed    = data.DefinePhrase("path.why.disputed", "A dispute is open.")
	whyNoDispute   = data.DefinePhrase("path.why.no_dispute", "No dispute is open.")
	whyLost        = data.DefinePhrase("path.why.lost", "Declared lost on {date}.")
	whyLate        = data.DefinePhrase("path.why.late", "Promised by {date}.")
	whyNoPromise   = data.DefinePhrase("path.why.no_promise", "No promised date is known.")
	whyDear        = data.DefinePhrase("path.why.dear", "{total}, over your limit of {limit}.")
	whyCheap       = data.DefinePhrase("path.why.cheap", "{total}, within your limit of {limit}.")
	whyNoResend    = data.DefinePhrase("path.why.no_resend", "This shop has set no limit for sending again. Decide, or set it in the shop's service settings.")
	whyNoKeep      = data.DefinePhrase("path.why.no_keep", "This shop has set no limit for a refund without a return. Decide, or set it in the shop's service settings.")
	whyNoTotal     = data.DefinePhrase("path.why.no_total", "The total of the order is not known.")
	whyOtherMoney  = data.DefinePhrase("path.why.other_money", "The limit is {limit}, the order {total}: two currencies are not compared.")
	whyFixed       = data.DefinePhrase("path.why.fixed", "{where} protects the address on the order alone.")
	whyNotFixed    = data.DefinePhrase("path.why.not_fixed", "No such rule of {where} is known.")
	whyDays        = data.DefinePhrase("path.why.return_days", "Delivered on {date}; your return period is {days} days, until {until}.")
	whyMonths      = data.DefinePhrase("path.why.warranty", "Delivered on {date}; your warranty is {months} months, until {until}.")
	whyNoDays      = data.DefinePhrase("path.why.no_return_days", "This shop has set no return period. Decide, or set it in the shop's service settings.")
	whyNoMonths    = data.DefinePhrase("path.why.no_warranty", "This shop has set no warranty. Decide, or set it in the shop's service settings.")
	whyPayer       = data.DefinePhrase("path.why.payer", "According to this shop's return terms.")
	whyNoPayer     = data.DefinePhrase("path.why.no_payer", "This shop's return terms do not say who pays. Decide, or set it in the shop's service settings.")
	whySaid        = data.DefinePhrase("path.why.said", "That message was sent on this order.")
	whyNotSaid     = data.DefinePhrase("path.why.not_said", "No such message was sent on this order.")
	whyAgreed      = data.DefinePhrase("path.why.agreed", "Agreed on {date}.")
	whyNotAgreed   = data.DefinePhrase("path.why.not_agreed", "No agreement on a return is recorded.")
	whySent        = data.DefinePhrase("path.why.return_sent", "Sent back on {date}.")
	whySentWith    = data.DefinePhrase("path.why.return_sent_with", "Sent back with {tracking}.")
	whyNotSent     = data.DefinePhrase("path.why.return_not_sent", "No return parcel is recorded.")
	whySince       = data.DefinePhrase("path.why.return_since", "Agreed on {date}, {days} days ago; no tracking number has come.")
	whyBack        = data.DefinePhrase("path.why.return_received", "Back on {date}.")
	whyNotBack     = data.DefinePhrase("path.why.return_not_received", "The arrival of the return is not recorded.")
)

func tell(value string, p data.Phrase, args ...any) Told { return Told{value, p.With(args...)} }

// date writes a day as the shop counts it.
func (f *Facts) date(t time.Time) string {
	return data.FormatTime(t, f.Service.Location(f.Order.Shop), time.DateOnly, time.DateOnly)
}

func (f *Facts) event(kind data.OrderEventKind) (data.OrderEvent, bool) {
	for _, e := range slices.Backward(f.Events) {
		if e.Kind == kind {
			return e, true
		}
	}
	return data.OrderEvent{}, false
}

func paid(f *Facts, _ *Step) Told {
	switch {
	case !f.Order.PaidAt.IsZero():
		return tell(yes, whyPaid, "date", f.date(f.Order.PaidAt))
	case f.Order.Status == data.StatusUnpaid:
		return tell(no, whyUnpaid)
	}
	return tell("", whyNoStatus)
}

func shipped(f *Facts, _ *Step) Told {
	o := &f.Order
	for i := range o.Shipments {
		s := &o.Shipments[i]
		if s.Kind != data.ShipmentGoods || s.ShippedAt.IsZero() {
			continue
		}
		if s.Tracking != "" {
			return tell(yes, whyShippedWith, "date", f.date(s.ShippedAt), "tracking", s.Tracking)
		}
		return tell(yes, whyShipped, "date", f.date(s.ShippedAt))
	}
	switch {
	case !o.ShippedAt.IsZero():
		return tell(yes, whyShipped, "date", f.date(o.ShippedAt))
	case delivered(f, nil).Value == yes:
		return delivered(f, nil)
	case slices.Contains([]data.OrderStatus{data.StatusShipped, data.StatusDelivered, data.StatusCompleted}, o.Status):
		return tell(yes, whyStatus, "status", statusWord(o))
	case slices.Contains([]data.OrderStatus{data.StatusUnpaid, data.StatusReview, data.StatusToShip}, o.Status):
		return tell(no, whyWaits)
	}
	return tell("", whyNoStatus)
}

func statusWord(o *data.Order) string {
	if o.PlatformStatus != "" {
		return o.PlatformStatus
	}
	return string(o.Status)
}

// lastScan is the newest scan of the goods' newest parcel.
func (f *Facts) lastScan() (data.TrackingEvent, bool) {
	var last data.TrackingEvent
	found := false
	for i := range f.Order.Shipments {
		s := &f.Order.Shipments[i]
		if n := len(s.Events); n > 0 && s.Kind != data.ShipmentReturn && (!found || last.At.Before(s.Events[n-1].At)) {
			last, found = s.Events[n-1], true
		}
	}
	return last, found
}

func delivered(f *Facts, _ *Step) Told {
	o := &f.Order
	if !o.DeliveredAt.IsZero() {
		return tell(yes, whyDelivered, "date", f.date(o.DeliveredAt))
	}
	for i := range o.Shipments {
		if s := &o.Shipments[i]; s.Kind == data.ShipmentGoods && !s.DeliveredAt.IsZero() {
			return tell(yes, whyDelivered, "date", f.date(s.DeliveredAt))
		}
	}
	if e, ok := f.lastScan(); ok && service.ScanMeans(e.Text) == service.ScanDelivered {
		return tell(yes, whyScanSays, "date", f.date(e.At), "scan", e.Text)
	}
	switch o.Status {
	case data.StatusDelivered, data.StatusCompleted:
		return tell(yes, whyStatus, "status", statusWord(o))
	case data.StatusUnpaid, data.StatusReview, data.StatusToShip, data.StatusShipped:
		return tell(no, whyNotThere)
	case data.StatusCanceled, data.StatusRefunded, data.StatusDisputed, data.StatusUnknown:
	}
	return tell("", whyNotThere)
}

func canceled(f *Facts, _ *Step) Told {
	o := &f.Order
	switch {
	case o.Status == data.StatusCanceled:
		return tell(yes, whyCanceled)
	case o.Status == data.StatusRefunded, o.Total.Minor > 0 && o.Refunded.Currency == o.Total.Currency && o.Refunded.Minor >= o.Total.Minor:
		return tell(yes, whyRefunded)
	}
	return tell(no, whyStands)
}

func disputed(f *Facts, _ *Step) Told {
	if f.Disputed {
		return tell(yes, whyDisputed)
	}
	return tell(no, whyNoDispute)
}

func lost(f *Facts, _ *Step) Told {
	for i := range f.Order.Shipments {
		if s := &f.Order.Shipments[i]; s.Kind == data.ShipmentGoods && !s.LostAt.IsZero() {
			return tell(yes, whyLost, "date", f.date(s.LostAt))
		}
	}
	return Told{}
}

// late reports whether the last promised date is over and nothing came.
func late(f *Facts, _ *Step) Told {
	promised := f.Order.DeliverBy
	for i := range f.Order.Shipments {
		if s := &f.Order.Shipments[i]; s.Kind == data.ShipmentGoods && promised.Before(s.PromisedAt) {
			promised = s.PromisedAt
		}
	}
	switch {
	case promised.IsZero():
		return tell("", whyNoPromise)
	case f.Now.After(data.Latest(promised)):
		return tell(yes, whyLate, "date", f.date(promised))
	}
	return tell(no, whyLate, "date", f.date(promised))
}

// overLimit compares the order with one of the shop's limits.
func (f *Facts) overLimit(limit data.Money, unset data.Phrase, over, within string) Told {
	total := f.Order.Total
	switch {
	case limit.Minor <= 0:
		return tell("", unset)
	case total.IsZero():
		return tell("", whyNoTotal)
	case total.Currency != limit.Currency:
		return tell("", whyOtherMoney, "limit", limit, "total", total)
	case total.Minor > limit.Minor:
		return tell(over, whyDear, "total", total, "limit", limit)
	}
	return tell(within, whyCheap, "total", total, "limit", limit)
}

func dear(f *Facts, _ *Step) Told { return f.overLimit(f.Service.ResendMax, whyNoResend, yes, no) }

func keep(f *Facts, _ *Step) Told { return f.overLimit(f.Service.KeepMax, whyNoKeep, no, yes) }

// paidBy is the payment service of an order, as a channel names it; "" is none
// that is known.
func paidBy(o *data.Order) string {
	if strings.Contains(strings.ToLower(o.PaymentMethod), string(data.PayPal)) {
		return string(data.PayPal)
	}
	return ""
}

func addressFixed(f *Facts, _ *Step) Told {
	platform := f.Order.Shop.Platform
	for _, id := range []string{string(platform), paidBy(&f.Order)} {
		if c, _ := reply.ChannelOf(id); c.AddressFixed {
			return tell(yes, whyFixed, "where", data.Platform(id).Title())
		}
	}
	if c, ok := reply.ChannelOf(string(platform)); ok && c.ID != string(data.OtherSite) {
		return tell(no, whyNotFixed, "where", platform.Title())
	}
	return tell("", whyNotFixed, "where", platform.Title())
}

// deliveredAt is when the goods came; zero where it is not known.
func (f *Facts) deliveredAt() time.Time {
	if at := f.Order.DeliveredAt; !at.IsZero() {
		return at
	}
	for i := range f.Order.Shipments {
		if s := &f.Order.Shipments[i]; s.Kind == data.ShipmentGoods && !s.DeliveredAt.IsZero() {
			return s.DeliveredAt
		}
	}
	if e, ok := f.lastScan(); ok && service.ScanMeans(e.Text) == service.ScanDelivered {
		return e.At
	}
	return time.Time{}
}

// within compares now with the end of a span after the delivery.
func (f *Facts) within(end func(from time.Time) time.Time, p data.Phrase, args ...any) Told {
	from := f.deliveredAt()
	if from.IsZero() {
		return tell("", whyNotThere)
	}
	zone := f.Service.Location(f.Order.Shop)
	until := data.OnDay(end(data.Earliest(from).In(zone))).End(zone)
	value := yes
	if f.Now.After(data.Latest(until)) {
		value = no
	}
	return tell(value, p, append(args, "date", f.date(from), "until", f.date(until))...)
}

func inReturnDays(f *Facts, _ *Step) Told {
	days := f.Service.Policy.Days
	if days <= 0 {
		return tell("", whyNoDays)
	}
	return f.within(func(from time.Time) time.Time { return from.AddDate(0, 0, days) }, whyDays, "days", days)
}

func inWarranty(f *Facts, _ *Step) Told {
	months := f.Service.Policy.Warranty
	if months <= 0 {
		return tell("", whyNoMonths)
	}
	return f.within(func(from time.Time) time.Time { return from.AddDate(0, months, 0) }, whyMonths, "months", months)
}

func returnPayer(f *Facts, _ *Step) Told {
	if f.Service.Policy.Pays == "" {
		return tell("", whyNoPayer)
	}
	return tell(string(f.Service.Policy.Pays), whyPayer)
}

func scan(f *Facts, _ *Step) Told {
	e, ok := f.lastScan()
	if !ok {
		return tell(scanNone, whyNoScan)
	}
	meaning := service.ScanMeans(e.Text)
	if meaning == service.ScanNone {
		return tell(scanNone, whyScanDark, "date", f.date(e.At), "scan", e.Text)
	}
	return tell(string(meaning), whyScanSays, "date", f.date(e.At), "scan", e.Text)
}

func (f *Facts) said(uid string) Told {
	if slices.Contains(f.Said, uid) {
		return tell(yes, whySaid)
	}
	return tell(no, whyNotSaid)
}

// agreedAt is when a return was agreed; zero where that is not written down.
func (f *Facts) agreedAt() time.Time {
	at := f.Agreed
	if e, ok := f.event(data.OrderReturnAsked); ok && at.Before(e.At) {
		at = e.At
	}
	return at
}

func returnAgreed(f *Facts, _ *Step) Told {
	if at := f.agreedAt(); !at.IsZero() {
		return tell(yes, whyAgreed, "date", f.date(at))
	}
	return tell("", whyNotAgreed)
}

// sentBack tells of a return that is on its way or here.
func (f *Facts) sentBack() (Told, bool) {
	for i := range f.Order.Shipments {
		if s := &f.Order.Shipments[i]; s.Kind == data.ShipmentReturn && s.Tracking != "" {
			return tell(yes, whySentWith, "tracking", s.Tracking), true
		}
	}
	if e, ok := f.event(data.OrderReturnSent); ok {
		return tell(yes, whySent, "date", f.date(e.At)), true
	}
	told := returnReceived(f, nil)
	return told, told.Value == yes
}

func returnSent(f *Facts, _ *Step) Told {
	if told, ok := f.sentBack(); ok {
		return told
	}
	return tell(no, whyNotSent)
}

// returnLate reports whether a return was agreed more than the step's days ago
// and was not sent.
func returnLate(f *Facts, s *Step) Told {
	if told, ok := f.sentBack(); ok {
		return Told{no, told.Why}
	}
	at := f.agreedAt()
	if at.IsZero() {
		return tell("", whyNotAgreed)
	}
	days := int(f.Now.Sub(data.Earliest(at)) / (24 * time.Hour))
	value := no
	if s != nil && days >= s.Days {
		value = yes
	}
	return tell(value, whySince, "date", f.date(at), "days", max(days, 0))
}

func returnReceived(f *Facts, _ *Step) Told {
	if e, ok := f.event(data.OrderReturnReceived); ok {
		return tell(yes, whyBack, "date", f.date(e.At))
	}
	for i := range f.Order.Shipments {
		if s := &f.Order.Shipments[i]; s.Kind == data.ShipmentReturn && !s.DeliveredAt.IsZero() {
			return tell(yes, whyBack, "date", f.date(s.DeliveredAt))
		}
	}
	return tell(no, whyNotBack)
}
