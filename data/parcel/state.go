package parcel

import (
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/service"
)

// State is where a parcel stands, and by what that is known.
type State struct {
	Stage   Stage
	Since   time.Time // when it came to that stage; zero: not known
	Last    time.Time // the last scan, or where there is none what the seller or the platform says; zero: nothing
	Text    string    // the carrier's words that tell the stage; "" no scan does
	Place   string    // of that scan
	Scanned bool      // a scan tells the stage
	Scans   int
	Quiet   int // whole days since Last
	Silent  int // after how many days without a scan a parcel is stuck at this stage; 0: never
	Unsure  bool
	Unread  []string // words of scans that were not understood, each once, the latest first; at most 5

	KeptUntil time.Time // where it waits to be collected: the last day; zero: not known
	Kept      data.Origin

	abroad bool // it has left its country, or a scan tells of where it is delivered
}

// Stuck reports whether nothing was heard of a parcel for too long.
func (s *State) Stuck() bool { return s.Silent > 0 && s.Quiet >= s.Silent }

// Reader tells where parcels stand. It remembers what words mean, for many
// parcels say the same; it is for one goroutine.
type Reader struct {
	read map[string]reading
}

// reading is what the words of one scan mean.
type reading struct {
	kind   service.Scan
	step   step
	advice bool
	known  bool
}

// mostRead bounds what a Reader remembers: places in the words make them many.
const mostRead = 20_000

// NewReader makes one.
func NewReader() *Reader { return &Reader{read: map[string]reading{}} }

func (r *Reader) words(text string) reading {
	if m, ok := r.read[text]; ok {
		return m
	}
	low := fold(text)
	m := reading{kind: service.ScanMeans(text), step: stages().stepOf(low)}
	m.advice = (m.kind == service.ScanNone || m.kind == service.ScanTransit) && m.step == stepNone && Advice(text)
	m.known = m.kind != service.ScanNone || m.step != stepNone || m.advice || vocabulary().moving(text)
	if len(r.read) >= mostRead {
		clear(r.read)
	}
	r.read[text] = m
	return m
}

// State tells where a parcel stands at a time. country is where it goes.
func (r *Reader) State(p *data.Shipment, country string, now time.Time) State {
	s := State{Scans: len(p.Events)}
	events := p.Events
	if !slices.IsSortedFunc(events, byTime) {
		events = slices.Clone(events)
		slices.SortStableFunc(events, byTime)
	}
	for i := range events {
		r.scan(&s, &events[i], p.Kind == data.ShipmentReturn)
	}
	slices.Reverse(s.Unread)
	s.Unread = s.Unread[:min(len(s.Unread), 5)]
	s.told(p)
	s.Silent = stages().silent(s.Stage)
	if !s.Last.IsZero() && now.After(data.Earliest(s.Last)) {
		s.Quiet = int(now.Sub(data.Earliest(s.Last)) / (24 * time.Hour))
	}
	if s.Stage == StagePickup || s.Stage == StageAttempt {
		if days, origin := KeptDays(country); days > 0 {
			s.KeptUntil, s.Kept = data.OnDay(data.Earliest(s.Since).UTC().AddDate(0, 0, days)).End(time.UTC), origin
		}
	}
	return s
}

func byTime(a, b data.TrackingEvent) int { return a.At.Compare(b.At) }

// scan takes a scan in, one after the other.
func (r *Reader) scan(s *State, e *data.TrackingEvent, back bool) {
	m := r.words(e.Text)
	s.Last = e.At
	if !m.known && !slices.Contains(s.Unread, e.Text) {
		s.Unread = append(s.Unread, e.Text)
	}
	to, unsure := next(s.Stage, m, back, s.abroad)
	if to == s.Stage {
		return
	}
	*s = State{
		Stage: to, Since: e.At, Last: s.Last, Text: e.Text, Place: e.Place, Scanned: true, Scans: s.Scans, Unsure: unsure, Unread: s.Unread,
		abroad: s.abroad || to == StageExported || to.inCountry() && to != StageCustoms && to != StageHeld,
	}
}

// next is the stage to which a scan brings a parcel.
func next(at Stage, m reading, back, abroad bool) (to Stage, unsure bool) {
	switch {
	case m.step == stepLost:
		return StageLost, false
	case m.step == stepSentBack, back && m.kind == service.ScanDelivered:
		if back {
			return StageDelivered, false
		}
		return StageReturned, false
	case m.kind == service.ScanDelivered && (at == StageReturning || at == StageReturned):
		return StageReturned, true // delivered, after it was sent back: to the sender
	case m.kind == service.ScanDelivered:
		return StageDelivered, false
	case m.kind == service.ScanReturned && back: // "returned to sender" is the way that it should go
		return onTheWay(at, m, abroad), false
	case m.kind == service.ScanReturned && at != StageReturned:
		return StageReturning, false
	case at == StageDelivered, at == StageReturning, at == StageReturned, at == StageLost:
		return at, false // what comes after tells of the carrier's books alone
	}
	return onTheWay(at, m, abroad), false
}

// scanStages are the stages that a scan names by itself.
var scanStages = map[service.Scan]Stage{
	service.ScanHeld: StageHeld, service.ScanCustoms: StageCustoms, service.ScanPickup: StagePickup, service.ScanAttempt: StageAttempt, service.ScanOut: StageOut,
}

// onTheWay is the stage of a parcel that is neither there nor sent back.
func onTheWay(at Stage, m reading, abroad bool) Stage {
	if to, told := scanStages[m.kind]; told {
		return to
	}
	switch {
	case m.step == stepExported:
		return StageExported
	case m.step == stepArrived:
		return StageArrived
	case m.advice && (at == StageNone || at == StageAnnounced):
		return StageAnnounced
	case !m.known && at != StageNone, m.advice: // it tells nothing of where it is
		return at
	case at == StageExported, at == StageArrived:
		return at
	case at.inCountry() && (abroad || at != StageCustoms && at != StageHeld): // before it left, it was the customs of its own country
		return StageArrived
	}
	return StageMoving
}

// told takes in what the seller or the platform says beside the scans.
func (s *State) told(p *data.Shipment) {
	switch {
	case !p.LostAt.IsZero() && !(s.Stage == StageDelivered && data.Earliest(s.Since).After(data.Earliest(p.LostAt))):
		*s = State{Stage: StageLost, Since: p.LostAt, Last: p.LostAt, Scans: s.Scans, Unread: s.Unread}
	case !p.DeliveredAt.IsZero() && s.Stage != StageDelivered && s.Stage != StageReturned && s.Stage != StageLost:
		*s = State{Stage: StageDelivered, Since: p.DeliveredAt, Last: p.DeliveredAt, Scans: s.Scans, Unread: s.Unread}
	case s.Stage == StageNone && !p.ShippedAt.IsZero():
		s.Stage, s.Since, s.Last = StageShipped, p.ShippedAt, p.ShippedAt
	}
}
