package parcel

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/service"
)

// TroubleKind is what is wrong with a parcel.
type TroubleKind string

// The kinds, the most urgent first.
const (
	TroubleLost      TroubleKind = "lost"
	TroubleElsewhere TroubleKind = "elsewhere" // delivered to another postcode than the order's
	TroubleReturned  TroubleKind = "returned"  // back with the sender, or on its way back
	TroubleArrived   TroubleKind = "return_arrived"
	TroubleHeld      TroubleKind = "held"
	TroublePickup    TroubleKind = "pickup"
	TroubleReused    TroubleKind = "reused" // the tracking number of another order
	TroubleAnnounced TroubleKind = "announced"
	TroubleLate      TroubleKind = "late"
	TroubleStuck     TroubleKind = "stuck"
	TroubleUnscanned TroubleKind = "unscanned" // delivered, and no scan says so
	TroubleEarly     TroubleKind = "early"     // delivered before it was shipped
)

// TroubleKinds lists them, the most urgent first.
func TroubleKinds() []TroubleKind {
	return []TroubleKind{
		TroubleLost, TroubleElsewhere, TroubleReturned, TroubleArrived, TroubleHeld, TroublePickup, TroubleReused, TroubleAnnounced, TroubleLate,
		TroubleStuck, TroubleUnscanned, TroubleEarly,
	}
}

// Trouble is what a check of parcels finds, with what it leads to.
type Trouble struct {
	data.Finding
	Kind   TroubleKind
	Parcel int       // in Order.Shipments; -1: the whole order
	Since  time.Time // zero: not known
	Due    time.Time // until when something must be done; zero: no date
	Notice string    // what the buyer is told: a notice of data/service; "" none
	Path   string    // guided path that goes on from here; "" none
	Task   data.Text // what is to be done, as the title of a task
}

// Urgent reports whether it is for Today: a person has to do something.
func (t *Trouble) Urgent() bool { return t.Severity.Rank() <= data.Warning.Rank() }

// Usual is how long parcels of a carrier to a country took.
type Usual struct {
	Days int // within which nine of ten arrived
	N    int // parcels that tell it
}

// Known is what judging parcels wants to know beside the order.
type Known struct {
	Usual   func(carrier, country string) (Usual, bool) // nil, or false: too few arrived to tell
	Service data.Service                                // of the shop
	Others  map[string][]string                         // numbers of other orders that carry a tracking number
	Closed  bool                                        // the order has an open case, which leads from here on
}

// leastUsual is from how many parcels on a carrier's record tells what is usual.
const leastUsual = 20

var (
	whyLost        = data.DefinePhrase("parcel.why.lost", "Parcel {parcel} was given up as lost on {date}.")
	whyLostClaim   = data.DefinePhrase("parcel.why.lost.claim", "Parcel {parcel} was given up as lost on {date}. The carrier likely takes a claim until {until}; the term is not confirmed.")
	whyElsewhere   = data.DefinePhrase("parcel.why.elsewhere", "Parcel {parcel} was delivered to postcode {there}; the order's is {postcode}.")
	whyPlace       = data.DefinePhrase("parcel.why.place", "The scan of delivery of parcel {parcel} names {there}; the address is in {city}.")
	whyReturning   = data.DefinePhrase("parcel.why.returning", "Parcel {parcel} is on its way back since {date}: “{scan}”.")
	whyReturned    = data.DefinePhrase("parcel.why.returned", "Parcel {parcel} came back on {date}: “{scan}”.")
	whyArrived     = data.DefinePhrase("parcel.why.return_arrived", "The return {parcel} arrived on {date}.")
	whyHeld        = data.DefinePhrase("parcel.why.held", "Customs holds parcel {parcel} since {date}: “{scan}”.")
	whyPickup      = data.DefinePhrase("parcel.why.pickup", "Parcel {parcel} waits to be collected since {date}: “{scan}”. How long it is kept there is not known.")
	whyPickupKept  = data.DefinePhrase("parcel.why.pickup.kept", "Parcel {parcel} waits to be collected since {date}: “{scan}”. It is kept until about {until}; the days that an office keeps a parcel are not confirmed.")
	whyReused      = data.DefinePhrase("parcel.why.reused", "The tracking number {tracking} also stands on order {other}.")
	whyAnnounced   = data.DefinePhrase("parcel.why.announced", "Parcel {parcel} was only announced to the carrier on {date}, {days} days ago: “{scan}”. No scan says that it was handed over.")
	whyLatePromise = data.DefinePhrase("parcel.why.late.promise", "Delivery was promised by {date}, {days} days ago, and parcel {parcel} has not arrived.")
	whyLateUsual   = data.DefinePhrase("parcel.why.late.usual", "Parcel {parcel} is under way for {days} days; of {n} parcels of {carrier} to {country} nine of ten arrived within {usual}.")
	whyLateDays    = data.DefinePhrase("parcel.why.late.days", "Parcel {parcel} is under way for {days} days; no date was promised, and the shop takes {usual} days as late.")
	whyStuck       = data.DefinePhrase("parcel.why.stuck", "Nothing was heard of parcel {parcel} for {days} days, since {date}: “{scan}”.")
	whyUnscanned   = data.DefinePhrase("parcel.why.unscanned", "Parcel {parcel} counts as delivered since {date}, and none of its {n} scans says so.")
	whyNoScan      = data.DefinePhrase("parcel.why.noscan", "Parcel {parcel} counts as delivered since {date}, and the desk has no scan of it.")
	whyEarly       = data.DefinePhrase("parcel.why.early", "Parcel {parcel} was delivered on {date}, before it was shipped on {shipped}.")

	howLost       = data.DefinePhrase("parcel.how.lost", "Claim it from the carrier, and send again or refund.")
	howElsewhere  = data.DefinePhrase("parcel.how.elsewhere", "Ask the carrier for the proof of delivery with address or coordinates before the buyer asks.")
	howReturned   = data.DefinePhrase("parcel.how.returned", "Ask the buyer for the address, and send again or refund.")
	howArrived    = data.DefinePhrase("parcel.how.return_arrived", "Look at what came, take pictures, and refund.")
	howHeld       = data.DefinePhrase("parcel.how.held", "Tell the buyer, and give customs what it asks for: invoice, payment, description of the goods.")
	howPickup     = data.DefinePhrase("parcel.how.pickup", "Remind the buyer to collect it.")
	howReused     = data.DefinePhrase("parcel.how.reused", "Look whether the parcels go together, or correct the number: it proves the delivery of one order only.")
	howAnnounced  = data.DefinePhrase("parcel.how.announced", "Hand it over, or ask the carrier for the scan: a label alone protects no seller.")
	howLate       = data.DefinePhrase("parcel.how.late", "Write to the buyer before the buyer does, and ask the carrier.")
	howStuck      = data.DefinePhrase("parcel.how.stuck", "Ask the carrier where it is.")
	howStuckClaim = data.DefinePhrase("parcel.how.stuck.claim", "Ask the carrier where it is. It likely takes a claim until {until}; the term is not confirmed.")
	howUnscanned  = data.DefinePhrase("parcel.how.unscanned", "Take the carrier's page with the scan of delivery: without it there is no proof.")
	howEarly      = data.DefinePhrase("parcel.how.early", "Correct the date that is wrong; a case would show both.")

	taskClaim    = data.DefinePhrase("parcel.task.claim", "Claim parcel {parcel} from the carrier")
	taskProof    = data.DefinePhrase("parcel.task.proof", "Ask the carrier for the proof of delivery of {parcel}")
	taskReturned = data.DefinePhrase("parcel.task.returned", "Agree with the buyer on parcel {parcel}, which came back")
	taskRefund   = data.DefinePhrase("parcel.task.refund", "Refund the return {parcel}")
	taskCustoms  = data.DefinePhrase("parcel.task.customs", "Give customs the papers of parcel {parcel}")
	taskCollect  = data.DefinePhrase("parcel.task.collect", "See that parcel {parcel} is collected")
	taskNumber   = data.DefinePhrase("parcel.task.number", "Check the tracking number {tracking}")
	taskHandOver = data.DefinePhrase("parcel.task.hand_over", "Ask the carrier whether it has parcel {parcel}")
	taskAsk      = data.DefinePhrase("parcel.task.ask", "Ask the carrier where parcel {parcel} is")
	taskDates    = data.DefinePhrase("parcel.task.dates", "Correct the dates of parcel {parcel}")
)

// judge judges one parcel of an order.
type judge struct {
	o     *data.Order
	p     *data.Shipment
	i     int
	s     State
	k     Known
	now   time.Time
	zone  *time.Location
	found []Trouble
}

// Troubles tells what is wrong with the parcels of an order, the worst first, and
// where each of them stands, in the order of Order.Shipments. An order that was
// canceled or refunded is asked for its returns alone.
func (r *Reader) Troubles(o *data.Order, k Known, now time.Time) ([]Trouble, []State) {
	states := make([]State, len(o.Shipments))
	var found []Trouble
	over := o.Status == data.StatusCanceled || o.Status == data.StatusRefunded
	for i := range o.Shipments {
		p := o.Shipments[i]
		states[i] = r.State(withOrder(&p, o), o.ShipTo.Country, now)
		if over && p.Kind != data.ShipmentReturn {
			continue
		}
		j := judge{o: o, p: &p, i: i, s: states[i], k: k, now: now, zone: o.Shop.Location()}
		j.look()
		found = append(found, j.found...)
	}
	slices.SortStableFunc(found, func(a, b Trouble) int {
		return cmp.Or(cmp.Compare(a.Severity.Rank(), b.Severity.Rank()), cmp.Compare(slices.Index(TroubleKinds(), a.Kind), slices.Index(TroubleKinds(), b.Kind)))
	})
	return found, states
}

// withOrder gives a parcel the dates of its order where it has none and is the
// only one of its kind.
func withOrder(p *data.Shipment, o *data.Order) *data.Shipment {
	if p.Kind != data.ShipmentGoods {
		return p
	}
	goods := 0
	for i := range o.Shipments {
		if o.Shipments[i].Kind == data.ShipmentGoods {
			goods++
		}
	}
	if p.ShippedAt.IsZero() {
		p.ShippedAt = o.ShippedAt
	}
	if p.DeliveredAt.IsZero() && goods == 1 {
		p.DeliveredAt = o.DeliveredAt
	}
	return p
}

func (j *judge) look() {
	if others := j.k.Others[j.p.Tracking]; j.p.Tracking != "" && len(others) > 0 {
		j.add(Trouble{
			Kind: TroubleReused, Finding: data.Finding{
				Severity: data.Serious, Why: j.say(whyReused, "other", strings.Join(others, ", ")), How: howReused.With(),
			},
			Task: j.say(taskNumber),
		})
	}
	if !j.p.ShippedAt.IsZero() && j.s.Stage == StageDelivered && data.Before(j.s.Since, j.p.ShippedAt) {
		j.add(Trouble{
			Kind: TroubleEarly, Since: j.s.Since, Task: j.say(taskDates),
			Finding: data.Finding{Severity: data.Warning, Why: j.say(whyEarly, "shipped", j.day(j.p.ShippedAt)), How: howEarly.With()},
		})
	}
	switch j.s.Stage {
	case StageDelivered:
		j.delivered()
	case StageReturned, StageReturning:
		j.cameBack()
	case StageLost:
		j.lost()
	case StageNone:
	default:
		j.onTheWay()
	}
}

func (j *judge) lost() {
	until, origin := ClaimUntil(j.p)
	why := whyLost
	if !until.IsZero() {
		why = whyLostClaim
	}
	path := "not_arrived"
	if j.p.Kind == data.ShipmentReturn {
		path = ""
	}
	j.add(Trouble{
		Kind: TroubleLost, Since: j.s.Since, Due: until, Path: path, Task: j.say(taskClaim),
		Finding: data.Finding{Severity: data.Serious, Why: j.say(why, "until", j.day(until)), How: howLost.With(), Origin: origin},
	})
}

func (j *judge) cameBack() {
	if j.p.Kind == data.ShipmentReturn {
		return
	}
	why := whyReturned
	if j.s.Stage == StageReturning {
		why = whyReturning
	}
	j.add(Trouble{
		Kind: TroubleReturned, Since: j.s.Since, Path: "not_arrived", Task: j.say(taskReturned),
		Finding: data.Finding{Severity: data.Serious, Why: j.say(why), How: howReturned.With()},
	})
}

func (j *judge) delivered() {
	if j.p.Kind == data.ShipmentReturn {
		j.returnArrived()
		return
	}
	j.elsewhere()
	const grace = 2 * 24 * time.Hour // the carrier's page may follow
	if j.s.Scanned || j.now.Sub(data.Earliest(j.s.Since)) < grace {
		return
	}
	t := Trouble{
		Kind: TroubleUnscanned, Since: j.s.Since, Task: j.say(taskProof),
		Finding: data.Finding{Severity: data.Warning, Why: j.say(whyUnscanned, "n", strconv.Itoa(j.s.Scans)), How: howUnscanned.With()},
	}
	if j.s.Scans == 0 { // no scans were ever taken: that is the desk's habit, not the parcel's
		t.Severity, t.Why = data.Info, j.say(whyNoScan)
	}
	j.add(t)
}

// returnArrived is due a refund within the days that the shop promises.
func (j *judge) returnArrived() {
	if !j.o.Refunded.IsZero() || j.o.Status == data.StatusRefunded {
		return
	}
	t := Trouble{
		Kind: TroubleArrived, Since: j.s.Since, Task: j.say(taskRefund), Path: "return_differs",
		Finding: data.Finding{Severity: data.Warning, Why: j.say(whyArrived), How: howArrived.With()},
	}
	if days := j.k.Service.Policy.RefundDays; days > 0 {
		t.Due = data.OnDay(data.Earliest(j.s.Since).In(j.zone).AddDate(0, 0, days)).End(j.zone)
		if j.now.After(data.Latest(t.Due)) {
			t.Severity = data.Serious
		}
	}
	j.add(t)
}

// elsewhere compares where a parcel was delivered with the order's address.
func (j *judge) elsewhere() {
	if there := j.p.Postcode; there != "" && j.o.ShipTo.Postcode != "" && !samePostcode(there, j.o.ShipTo.Postcode) {
		j.add(Trouble{
			Kind: TroubleElsewhere, Since: j.s.Since, Path: "not_arrived", Task: j.say(taskProof),
			Finding: data.Finding{Severity: data.Serious, Why: j.say(whyElsewhere, "there", there, "postcode", j.o.ShipTo.Postcode), How: howElsewhere.With()},
		})
		return
	}
	place, city := fold(j.s.Place), fold(j.o.ShipTo.City)
	if !j.s.Scanned || j.p.Postcode != "" || place == "" || city == "" || !latin(place) || !latin(city) || strings.Contains(place, city) || strings.Contains(city, place) {
		return
	}
	j.add(Trouble{ // the office that delivers often has another name than the town
		Kind: TroubleElsewhere, Since: j.s.Since, Task: j.say(taskProof),
		Finding: data.Finding{Severity: data.Info, Why: j.say(whyPlace, "there", j.s.Place, "city", j.o.ShipTo.City), How: howElsewhere.With()},
	})
}

// samePostcode compares postcodes by their letters and digits. One that begins
// with the other names a part of the same: a carrier may print the first half
// alone, and an order the US code with four more digits.
func samePostcode(a, b string) bool {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case r >= '０' && r <= '９':
				return r - '０' + '0'
			case r >= '0' && r <= '9', r >= 'A' && r <= 'Z':
				return r
			}
			return -1
		}, strings.ToUpper(s))
	}
	a, b = plain(a), plain(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == "" || a == b || len(a) >= 3 && strings.HasPrefix(b, a)
}

func latin(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x250 && r != '’' })
}

func (j *judge) onTheWay() {
	switch j.s.Stage {
	case StageAnnounced:
		if j.s.Stuck() && (!j.p.ShippedAt.IsZero() || j.o.Status == data.StatusShipped) {
			j.add(Trouble{
				Kind: TroubleAnnounced, Since: j.s.Since, Task: j.say(taskHandOver),
				Finding: data.Finding{Severity: data.Serious, Why: j.say(whyAnnounced), How: howAnnounced.With()},
			})
		}
	case StageHeld:
		j.add(j.toBuyer(Trouble{
			Kind: TroubleHeld, Since: j.s.Since, Task: j.say(taskCustoms), Path: "customs", Notice: service.NoticeCustoms,
			Finding: data.Finding{Severity: data.Serious, Why: j.say(whyHeld), How: howHeld.With()},
		}))
	case StagePickup, StageAttempt:
		j.waits()
	default:
		j.stuck()
	}
	if j.p.Kind != data.ShipmentReturn {
		j.late()
	}
}

// waits tells of a parcel that the buyer has to collect.
func (j *judge) waits() {
	if j.p.Kind == data.ShipmentReturn {
		return
	}
	t := Trouble{
		Kind: TroublePickup, Since: j.s.Since, Due: j.s.KeptUntil, Notice: service.NoticePickup, Task: j.say(taskCollect),
		Finding: data.Finding{Severity: data.Warning, How: howPickup.With(), Origin: j.s.Kept},
	}
	why := whyPickup
	if !j.s.KeptUntil.IsZero() {
		why = whyPickupKept
		if data.Latest(j.s.KeptUntil).Sub(j.now) <= 3*24*time.Hour {
			t.Severity = data.Serious
		}
	}
	t.Why = j.say(why, "until", j.day(j.s.KeptUntil))
	j.add(t)
}

func (j *judge) stuck() {
	if !j.s.Stuck() {
		return
	}
	until, origin := ClaimUntil(j.p)
	how := howStuck
	if !until.IsZero() {
		how = howStuckClaim
	}
	j.add(j.toBuyer(Trouble{
		Kind: TroubleStuck, Since: j.s.Last, Task: j.say(taskAsk), Notice: service.NoticeTransit,
		Finding: data.Finding{Severity: data.Warning, Why: j.say(whyStuck, "days", strconv.Itoa(j.s.Quiet), "date", j.day(j.s.Last)), How: how.With("until", j.day(until)), Origin: origin},
	}))
}

// late compares with what was promised, else with what is usual, else with what
// the shop takes as late.
func (j *judge) late() {
	t := Trouble{
		Kind: TroubleLate, Task: j.say(taskAsk), Notice: service.NoticeLate, Path: "not_arrived",
		Finding: data.Finding{Severity: data.Warning, How: howLate.With()},
	}
	promised := j.p.PromisedAt
	if promised.IsZero() && j.p.Kind == data.ShipmentGoods {
		promised = j.o.DeliverBy
	}
	switch shipped := data.Earliest(j.p.ShippedAt); {
	case !promised.IsZero():
		t.Since = promised
		t.Why = j.say(whyLatePromise, "days", strconv.Itoa(days(data.Latest(promised), j.now)), "date", j.day(promised))
		if !j.now.After(data.Latest(promised)) {
			return
		}
	case j.p.ShippedAt.IsZero():
		return
	default:
		on, usual, why := true, 0, whyLateDays
		args := []any{"days", strconv.Itoa(days(shipped, j.now))}
		if u, ok := j.usual(); ok {
			usual, why = u.Days, whyLateUsual
			args = append(args, "n", strconv.Itoa(u.N), "country", j.o.ShipTo.Country)
		} else {
			usual, on = service.NoticeDays(service.NoticeLate, j.k.Service)
		}
		if !on || days(shipped, j.now) <= usual {
			return
		}
		t.Since, t.Why = shipped.AddDate(0, 0, usual), j.say(why, append(args, "usual", strconv.Itoa(usual))...)
	}
	j.add(j.toBuyer(t))
}

func (j *judge) usual() (Usual, bool) {
	if j.k.Usual == nil {
		return Usual{}, false
	}
	u, ok := j.k.Usual(j.p.Carrier, j.o.ShipTo.Country)
	return u, ok && u.N >= leastUsual && u.Days > 0
}

func days(from, to time.Time) int { return int(to.Sub(from) / (24 * time.Hour)) }

// toBuyer takes away what is said to a buyer who sends the parcel.
func (j *judge) toBuyer(t Trouble) Trouble {
	if j.p.Kind == data.ShipmentReturn {
		t.Notice, t.Path = "", ""
	}
	return t
}

// add keeps what was found, with where it is.
func (j *judge) add(t Trouble) {
	t.Parcel, t.Rule = j.i, "parcel."+string(t.Kind)
	t.Where = append(t.Where, data.Ref{Kind: "order", ID: j.o.Number}, data.Ref{Kind: "shipment", ID: j.name(), Label: j.name()})
	if j.k.Closed {
		t.Notice, t.Path = "", ""
	}
	j.found = append(j.found, t)
}

// say fills a phrase with what is known of the parcel; args come first.
func (j *judge) say(p data.Phrase, args ...any) data.Text {
	return p.With(append([]any{
		"parcel", j.name(), "tracking", j.p.Tracking, "carrier", j.p.Carrier, "date", j.day(j.s.Since), "scan", j.s.Text,
		"days", strconv.Itoa(days(data.Earliest(j.s.Since), j.now)),
	}, args...)...)
}

// name is what a parcel is called: its number, else its place in the order.
func (j *judge) name() string {
	if j.p.Tracking != "" {
		return j.p.Tracking
	}
	return strconv.Itoa(j.i + 1)
}

func (j *judge) day(t time.Time) string {
	return data.FormatTime(t, j.zone, time.DateOnly, time.DateOnly)
}
