package service

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"casebinder/data"
	"casebinder/data/pack"
)

// The notices along the parcel's way, by the keys that templates name.
const (
	NoticeUnpaid    = "unpaid"
	NoticeReview    = "review"
	NoticeReceived  = "received"
	NoticePaid      = "paid"
	NoticeShipped   = "shipped"
	NoticeTransit   = "in_transit"
	NoticeCustoms   = "customs"
	NoticePickup    = "pickup"
	NoticeLate      = "late"
	NoticeDelivered = "delivered"
	NoticeSatisfied = "satisfied"
)

// NoticeRule is when a notice is due.
type NoticeRule struct {
	ID    string          `toml:"id"`
	Title Words           `toml:"title"`
	Days  int             `toml:"days"`  // after the point that it tells of
	Until int             `toml:"until"` // days after that point, from which on it comes too late
	Never []data.Platform `toml:"never"` // where it must not be sent unasked
}

// NoticeTitle is what a notice is called.
func NoticeTitle(id string) Words {
	for _, n := range Notices() {
		if n.ID == id {
			return n.Title
		}
	}
	return Words{"en": id}
}

// The furthest back that orders are looked at for notices: beyond that each comes
// too late, whatever the shop's settings.
const (
	LookBack  = 100 * day // since an order was placed
	Delivered = 30 * day  // since it was delivered
)

type noticeFile struct {
	Notices []NoticeRule `toml:"notice"`
}

var noticeKind = pack.Kind[noticeFile]{ID: func(*noticeFile) string { return "notices" }, Check: (*noticeFile).check}

func (f *noticeFile) check(r *pack.Report) {
	known := []string{
		NoticeUnpaid, NoticeReview, NoticeReceived, NoticePaid, NoticeShipped, NoticeTransit, NoticeCustoms, NoticePickup, NoticeLate, NoticeDelivered, NoticeSatisfied,
	}
	for i, n := range f.Notices {
		at := pack.At("notice", i)
		checkWords(r, at.Word("title"), "notice "+n.ID, n.Title)
		if !slices.Contains(known, n.ID) {
			r.Fail(at, "there is no notice “%s”", n.ID)
		}
		if n.Days < 0 || n.Until <= n.Days || n.Until > 365 {
			r.Fail(at, "notice %s is due after days and too late after until, which is more", n.ID)
		}
	}
	if len(f.Notices) != len(known) {
		r.Fail(pack.At("notice", 0), "there are %d notices, not %d", len(f.Notices), len(known))
	}
}

var noticeRules = sync.OnceValues(func() (*noticeFile, error) { return readOne(noticeKind, "service/notices.toml") })

// Notices lists the notices in the order of a parcel's way.
func Notices() []NoticeRule {
	f, err := noticeRules()
	if err != nil { // a test reads the file: it cannot fail at work
		return nil
	}
	return f.Notices
}

// noticeRule gives a notice as a shop wants it; false where it is off.
func noticeRule(id string, s data.Service) (NoticeRule, bool) {
	for _, n := range Notices() {
		if n.ID != id {
			continue
		}
		for _, set := range s.Notices {
			if set.Notice != id {
				continue
			}
			if set.Off {
				return n, false
			}
			if set.Days > 0 {
				n.Until += set.Days - n.Days
				n.Days = set.Days
			}
		}
		return n, true
	}
	return NoticeRule{}, false
}

// NoticeDays is after how many days a notice is due at a shop; false where the
// shop has switched it off.
func NoticeDays(id string, s data.Service) (days int, on bool) {
	rule, on := noticeRule(id, s)
	return rule.Days, on
}

// Notice is one that is due.
type Notice struct {
	data.Standing
	Notice string
	Since  time.Time // when it fell due
	Why    data.Text
}

// why says by which rule a notice is due.
var (
	whyUnpaid    = data.DefinePhrase("service.why.unpaid", "It was ordered {days} days ago and is not paid.")
	whyReview    = data.DefinePhrase("service.why.review", "The payment is under review: nothing ships before it is approved.")
	whyReceived  = data.DefinePhrase("service.why.received", "The order came in and the buyer has not been told anything yet.")
	whyPaid      = data.DefinePhrase("service.why.paid", "The payment came in after the order.")
	whyShipped   = data.DefinePhrase("service.why.shipped", "It was shipped on {date}.")
	whyTransit   = data.DefinePhrase("service.why.in_transit", "It is on its way, and the buyer has had no news for {days} days, since {date}.")
	whyCustoms   = data.DefinePhrase("service.why.customs", "The last scan is {days} days old: “{scan}”.")
	whyPickup    = data.DefinePhrase("service.why.pickup", "It has been waiting for the buyer since {date}: “{scan}”.")
	whyLate      = data.DefinePhrase("service.why.late", "It was shipped {days} days ago and has not arrived.")
	whyPromise   = data.DefinePhrase("service.why.promise", "Delivery was promised by {date}, and it has not arrived.")
	whyDelivered = data.DefinePhrase("service.why.delivered", "It was delivered on {date}.")
	whySatisfied = data.DefinePhrase("service.why.satisfied", "It was delivered {days} days ago, nothing about it is open, and the buyer left no feedback.")
)

const day = 24 * time.Hour

// laterPayment is by how much a payment must follow its order to be told apart
// from it: most orders are paid as they are placed.
const laterPayment = time.Hour

// NextNotice gives the notice that is due on an order, and when; false where
// none is. templates are the UIDs of the templates of each notice.
func NextNotice(o data.Standing, s data.Service, templates map[string][]string, now time.Time) (Notice, bool) {
	if o.Disputed || !toldOf(o.Status) {
		return Notice{}, false
	}
	for _, p := range points(&o, s, now) {
		if since, due := p.due(&o, s, templates[p.notice], now); due {
			begin := p.begin()
			why := p.why.With("days", strconv.Itoa(int(now.Sub(begin)/day)),
				"date", data.FormatTime(p.at, s.Location(o.Shop), time.DateOnly, time.DateOnly), "scan", o.Scan)
			return Notice{Standing: o, Notice: p.notice, Since: since, Why: why}, true
		}
		if !p.further {
			break
		}
	}
	return Notice{}, false
}

// begin is when a point is reached. A promise is broken once its last moment is
// over.
func (p *point) begin() time.Time {
	if p.promise {
		return data.Latest(p.at)
	}
	return data.Earliest(p.at)
}

// due reports whether a point's notice is due, and since when: it is wanted and
// allowed, was neither sent nor skipped, and comes neither too early nor too late.
func (p *point) due(o *data.Standing, s data.Service, templates []string, now time.Time) (time.Time, bool) {
	rule, on := noticeRule(p.notice, s)
	switch {
	case !on, p.at.IsZero(), slices.Contains(rule.Never, o.Shop.Platform), slices.Contains(o.Skipped, p.notice),
		!p.again && slices.ContainsFunc(templates, func(uid string) bool { return !o.Sent[uid].IsZero() }):
		return time.Time{}, false
	}
	days, until := rule.Days, rule.Until
	if p.promise { // the days stand for a promise that nobody knows
		days, until = 0, until-days
	}
	since := p.begin().Add(time.Duration(days) * day)
	return since, !now.Before(since) && !now.After(p.begin().Add(time.Duration(until)*day))
}

// toldOf reports whether orders of a status are told of at all.
func toldOf(status data.OrderStatus) bool {
	switch status {
	case data.StatusUnpaid, data.StatusReview, data.StatusToShip, data.StatusShipped, data.StatusDelivered, data.StatusCompleted:
		return true
	case data.StatusCanceled, data.StatusRefunded, data.StatusDisputed, data.StatusUnknown:
	}
	return false
}

// A point is one on a parcel's way, with the notice that tells of it.
type point struct {
	notice  string
	at      time.Time
	why     data.Phrase
	further bool // where it is not due, the next point is looked at
	again   bool // it may be told more than once
	promise bool // at is the last moment that was promised
}

// points are those that an order has reached and of which the buyer may be told,
// the furthest first.
func points(o *data.Standing, s data.Service, now time.Time) []point {
	meaning := ScanMeans(o.Scan)
	delivered := o.DeliveredAt
	if delivered.IsZero() && meaning == ScanDelivered {
		delivered = o.ScanAt
	}
	switch {
	case o.Status == data.StatusUnpaid:
		return []point{{notice: NoticeUnpaid, at: o.OrderedAt, why: whyUnpaid}}
	case o.Status == data.StatusReview:
		return []point{{notice: NoticeReview, at: firstTime(o.PaidAt, o.OrderedAt), why: whyReview}}
	case !delivered.IsZero():
		return arrived(o, delivered)
	case meaning == ScanReturned:
		return nil
	case meaning == ScanPickup, meaning == ScanAttempt:
		return []point{{notice: NoticePickup, at: o.ScanAt, why: whyPickup}}
	case o.Status == data.StatusToShip && o.ShippedAt.IsZero():
		return before(o)
	case o.Status == data.StatusDelivered, o.Status == data.StatusCompleted: // the day is not known
		return nil
	}
	return underWay(o, s, meaning, now)
}

// arrived are the points of a parcel that has arrived.
func arrived(o *data.Standing, delivered time.Time) []point {
	list := []point{{notice: NoticeDelivered, at: delivered, why: whyDelivered, further: true}}
	if !o.Refunded && !o.Complained && !o.Rated && !o.Waits {
		list = append([]point{{notice: NoticeSatisfied, at: delivered, why: whySatisfied, further: true}}, list...)
	}
	return list
}

// before are the points of an order that is to be shipped.
func before(o *data.Standing) []point {
	if !o.PaidAt.IsZero() && !o.OrderedAt.IsZero() && data.Earliest(o.PaidAt).Sub(data.Latest(o.OrderedAt)) > laterPayment {
		return []point{{notice: NoticePaid, at: o.PaidAt, why: whyPaid}}
	}
	return []point{{notice: NoticeReceived, at: firstTime(o.OrderedAt, o.PaidAt), why: whyReceived}}
}

// underWay are the points of a parcel on its way.
func underWay(o *data.Standing, s data.Service, meaning Scan, now time.Time) []point {
	list := []point{}
	switch meaning {
	case ScanHeld:
		// Customs wants something: there is nothing to wait for.
		rule, _ := noticeRule(NoticeCustoms, s)
		list = append(list, point{notice: NoticeCustoms, at: o.ScanAt.Add(-time.Duration(rule.Days) * day), why: whyCustoms, further: true})
	case ScanCustoms:
		list = append(list, point{notice: NoticeCustoms, at: o.ScanAt, why: whyCustoms, further: true})
	case ScanNone, ScanTransit, ScanPickup, ScanAttempt, ScanOut, ScanDelivered, ScanReturned:
	}
	late := point{notice: NoticeLate, at: o.ShippedAt, why: whyLate, further: true}
	if !o.DeliverBy.IsZero() {
		late.at, late.why, late.promise = o.DeliverBy, whyPromise, true
	}
	list = append(list, late)
	rule, _ := noticeRule(NoticeShipped, s)
	fresh := !now.After(data.Earliest(o.ShippedAt).Add(time.Duration(rule.Until) * day))
	if fresh {
		return append(list, point{notice: NoticeShipped, at: o.ShippedAt, why: whyShipped})
	}
	if rule, _ = noticeRule(NoticeLate, s); now.After(data.Earliest(o.ShippedAt).Add(time.Duration(rule.Until) * day)) {
		return list // it is no news any more that it is on its way
	}
	heard := o.ShippedAt
	if o.Told.After(heard) {
		heard = o.Told
	}
	return append(list, point{notice: NoticeTransit, at: heard, why: whyTransit, again: true})
}

func firstTime(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}
