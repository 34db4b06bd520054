package parcel

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
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
