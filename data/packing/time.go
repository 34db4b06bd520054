package packing

import (
	"time"

	"casebinder/data"
)

// A Span is from when to when an order was on the packing table.
type Span struct {
	OrderID  int64
	Order    string // its number
	From, To time.Time
}

// Taken is a picture with the times that are known of it.
type Taken struct {
	Camera time.Time // as the camera wrote into the picture; zero: it wrote none
	File   time.Time // when the file was written, by the computer's clock
}

// TimeMatch is to which order a picture belongs by its time.
type TimeMatch struct {
	OrderID  int64         // 0: none surely
	ClockOff time.Duration // how far the camera's clock is ahead of the computer's; 0: it is right, or nothing tells
	Why      data.Text     // what a person should know
}

const (
	clockLag   = 10 * time.Minute // within which a picture reaches the folder when the camera's clock is right
	spanAround = 15 * time.Second // a picture that is taken while the next order is scanned
)

var (
	phraseByTime     = data.DefinePhrase("packing.time", "Judging by its time, {at}, it was taken while order {order} was packed.")
	phraseNoTime     = data.DefinePhrase("packing.time.none", "Judging by its time, {at}, it was taken while no order was packed.")
	phraseTwoTimes   = data.DefinePhrase("packing.time.several", "Its time, {at}, is between orders {one} and {other}.")
	phraseClockAhead = data.DefinePhrase("packing.clock.ahead", "The camera's clock is {off} ahead: the picture says {camera}, and it was written at {file}. The time of the file counts.")
	phraseClockLate  = data.DefinePhrase("packing.clock.behind", "The camera's clock is {off} behind: the picture says {camera}, and it was written at {file}. The time of the file counts.")
)

// ByTime tells during which order's packing a picture was taken. A camera's time that
// the file's contradicts does not count, and that is said. Times are shown in zone.
func ByTime(t Taken, spans []Span, zone *time.Location) TimeMatch {
	at, m := t.Camera, TimeMatch{}
	if at.IsZero() {
		at = t.File
	}
	if off := t.Camera.Sub(t.File); !t.Camera.IsZero() && !t.File.IsZero() && (off > clockLag || -off > clockLag) {
		at, m.ClockOff = t.File, off
	}
	if at.IsZero() {
		return m
	}
	var hit []Span
	for _, s := range spans {
		if !at.Before(s.From.Add(-spanAround)) && !at.After(s.To.Add(spanAround)) {
			hit = append(hit, s)
		}
	}
	inside := exact(hit, at)
	if len(inside) > 0 {
		hit = inside
	}
	clock := data.Stamp(at, zone)
	switch {
	case len(hit) == 0:
		m.Why = phraseNoTime.With("at", clock)
	case oneOrder(hit):
		m.OrderID, m.Why = hit[0].OrderID, phraseByTime.With("at", clock, "order", hit[0].Order)
	default:
		m.Why = phraseTwoTimes.With("at", clock, "one", hit[0].Order, "other", hit[len(hit)-1].Order)
	}
	if m.ClockOff != 0 {
		p, off := phraseClockAhead, m.ClockOff
		if off < 0 {
			p, off = phraseClockLate, -off
		}
		m.Why = p.With("off", off.Round(time.Minute), "camera", data.Stamp(t.Camera, zone), "file", data.Stamp(t.File, zone))
	}
	return m
}

func exact(spans []Span, at time.Time) (in []Span) {
	for _, s := range spans {
		if !at.Before(s.From) && at.Before(s.To) {
			in = append(in, s)
		}
	}
	return in
}

func oneOrder(spans []Span) bool {
	for _, s := range spans {
		if s.OrderID != spans[0].OrderID {
			return false
		}
	}
	return true
}
