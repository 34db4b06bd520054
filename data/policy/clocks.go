package policy

import (
	"slices"
	"time"

	"casebinder/data"
)

// clock is a deadline that runs.
type clock struct {
	rule     int // index of the deadline; -1: a date that the platform stated without a rule
	start    *data.CaseEvent
	stated   time.Time
	statedBy *data.CaseEvent
}

// tick stops, drops and starts clocks after an event, and sets the date that
// the platform stated with it.
func (r *run) tick(e *data.CaseEvent, before int) {
	if e.Kind == data.EventCorrection {
		r.correctDate(e)
		return
	}
	if e.Kind == data.EventOpened && e != r.opening { // a reminder
		if !e.Due.IsZero() {
			r.state(e, len(r.clocks))
		}
		return
	}
	bit := kindBits[e.Kind]
	r.stopAt(e, bit, before)
	first := r.startAt(e, bit)
	switch {
	case e.Due.IsZero():
	case !r.p.Stages[r.stage].Final():
		r.state(e, first)
	case first < len(r.clocks): // a right that the end gives, such as an appeal
		r.clocks[first].stated, r.clocks[first].statedBy = e.Due, e
	}
}

// stopAt stops the clocks that an event answers, and drops those that no longer
// run in the stage to which it led.
func (r *run) stopAt(e *data.CaseEvent, bit uint32, before int) {
	kept := r.clocks[:0]
	for _, c := range r.clocks {
		switch {
		case r.answered(&c, e, bit):
			r.stop(c, e, false)
		case r.void(&c, before):
			r.stop(c, e, true)
		default:
			kept = append(kept, c)
		}
	}
	r.clocks = kept
}

// void reports whether a clock no longer runs, as the stage is another than before
// or the case has been opened.
func (r *run) void(c *clock, before int) bool {
	if c.rule < 0 {
		return r.p.Stages[r.stage].Final()
	}
	return r.stage != before && !r.m.where[c.rule][r.stage] || r.p.Deadlines[c.rule].Before && r.opening != nil
}

// startAt starts the clocks that an event starts, and gives the index of the first.
func (r *run) startAt(e *data.CaseEvent, bit uint32) (first int) {
	first = len(r.clocks)
	for i := range r.p.Deadlines {
		if !r.starts(i, e, bit) {
			continue
		}
		if at := r.running(i); at >= 0 {
			if bit&onceBits != 0 {
				continue // it happens once; told again, it starts nothing again
			}
			r.clocks = slices.Delete(r.clocks, at, at+1) // it starts again
			if at < first {
				first--
			}
		}
		start := e
		if r.p.Deadlines[i].Opening && r.opening != nil {
			start = r.opening
		}
		r.clocks = append(r.clocks, clock{rule: i, start: start})
	}
	return first
}

// starts reports whether an event starts the clock of a deadline.
func (r *run) starts(i int, e *data.CaseEvent, bit uint32) bool {
	d := &r.p.Deadlines[i]
	return r.m.starts[i]&bit != 0 && r.m.where[i][r.stage] &&
		(len(d.StartsBy) == 0 || slices.Contains(d.StartsBy, e.Actor)) && (!d.Before || r.opening == nil)
}

func (r *run) running(rule int) int {
	return slices.IndexFunc(r.clocks, func(c clock) bool { return c.rule == rule })
}

// answered reports whether an event is the answer for which a clock runs.
func (r *run) answered(c *clock, e *data.CaseEvent, bit uint32) bool {
	if c.rule < 0 {
		return answers(*e)
	}
	d := &r.p.Deadlines[c.rule]
	if r.m.ends[c.rule]&bit == 0 {
		return false
	}
	switch {
	case len(d.EndsBy) > 0:
		return slices.Contains(d.EndsBy, e.Actor)
	case d.Who == Both:
		return true
	}
	return e.Actor == d.Who
}

func (r *run) stop(c clock, e *data.CaseEvent, void bool) {
	if r.full {
		r.done = append(r.done, ended{clock: c, by: e, void: void})
	}
}

// state gives a stated date to the clock for which it is meant: the first of
// the seller's that the event started, else the first of the seller's that
// runs, else one of its own.
func (r *run) state(e *data.CaseEvent, first int) {
	at := r.sellers(first)
	if at < 0 {
		at = r.sellers(0)
	}
	if at < 0 {
		r.clocks = append(r.clocks, clock{rule: -1, start: e})
		at = len(r.clocks) - 1
	}
	r.clocks[at].stated, r.clocks[at].statedBy = e.Due, e
	if e.Actor != data.ActorSeller {
		r.waiting = data.ActorSeller
	}
}

// sellers finds the first clock from an index on that the seller must meet.
func (r *run) sellers(from int) int {
	for i := from; i < len(r.clocks); i++ {
		if r.sellerMust(&r.clocks[i]) {
			return i
		}
	}
	return -1
}

func (r *run) sellerMust(c *clock) bool {
	if c.rule < 0 {
		return true
	}
	d := &r.p.Deadlines[c.rule]
	return !d.Optional && (d.Who == data.ActorSeller || d.Who == Both)
}

// correctDate sets the stated date anew. A correction that names no event and
// has no date takes the stated dates away.
func (r *run) correctDate(e *data.CaseEvent) {
	if e.Due.IsZero() {
		if e.Corrects == "" {
			r.clocks = slices.DeleteFunc(r.clocks, func(c clock) bool { return c.rule < 0 })
			for i := range r.clocks {
				r.clocks[i].stated, r.clocks[i].statedBy = time.Time{}, nil
			}
		}
		return
	}
	at := slices.IndexFunc(r.clocks, func(c clock) bool { return !c.stated.IsZero() })
	switch {
	case at >= 0:
		r.clocks[at].stated, r.clocks[at].statedBy = e.Due, e
	case !r.p.Stages[r.stage].Final():
		r.state(e, 0)
	}
}

// answers reports whether an event is the seller's answer, which ends the date
// that was stated for it.
func answers(e data.CaseEvent) bool {
	if e.Actor != data.ActorSeller {
		return false
	}
	switch e.Kind {
	case data.EventAccepted, data.EventRejected, data.EventCounterOffer, data.EventEvidenceSent,
		data.EventReturnAgreed, data.EventRefundIssued, data.EventAppealed, data.EventEscalated:
		return true
	}
	return false
}
