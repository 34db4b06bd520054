// Package policy tells from the events of a dispute and the rules of its
// platform where it stands, who must act and until when, what proof is wanted,
// what in the case contradicts itself, and what fighting or accepting costs.
//
// Its one rule: pure functions over entities. The same events, rules and time
// give the same answer, on any machine. Nothing here reads a clock, a store or
// a disk.
//
// Rules are data: a Pack holds those of one channel, each figure with its
// source and confidence. Rules puts packs, the user's overrides and holiday
// lists into force; Evaluate explains one case, Brief gives the line of a list,
// Recompute goes through all of them. An event is never refused: what happened
// has happened, and what does not fit is a Finding.
package policy

import (
	"cmp"
	"slices"
	"time"

	"casebinder/data"
)

// State is where a dispute stands after its events.
type State struct {
	Stage   data.Stage
	Waiting data.Actor // who must act next; "" when nobody must
	Due     time.Time  // until when, as the platform stated it; zero when it stated none or the seller has acted since
}

// Sort puts events into the order in which they happened; those of one moment
// stay in the order in which they were written down.
func Sort(events []data.CaseEvent) {
	slices.SortStableFunc(events, func(a, b data.CaseEvent) int {
		return cmp.Or(a.At.Compare(b.At), a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.UID, b.UID))
	})
}

// Fold replays events, sorted or not, into a state. An event that a correction
// names no longer counts. No events give the state of a case just opened.
func Fold(events []data.CaseEvent) State {
	sorted := slices.Clone(events)
	Sort(sorted)
	corrected := map[string]bool{}
	for _, e := range sorted {
		if e.Kind == data.EventCorrection && e.Corrects != "" {
			corrected[e.Corrects] = true
		}
	}
	state := State{Stage: data.StageNegotiation, Waiting: data.ActorSeller}
	for _, e := range sorted {
		if !corrected[e.UID] {
			state = step(state, e)
		}
	}
	return state
}

// step is the state after one more event.
func step(s State, e data.CaseEvent) State {
	s = stage(s, e)
	switch {
	case s.Stage == data.StageClosed:
		s.Due, s.Waiting = time.Time{}, ""
	case e.Kind == data.EventCorrection && e.Corrects == "":
		s.Due = e.Due // a correction of the date itself; none takes it away
	case !e.Due.IsZero():
		s.Due = e.Due
		if e.Actor != data.ActorSeller {
			s.Waiting = data.ActorSeller
		}
	case answers(e):
		s.Due = time.Time{}
	}
	return s
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

// stage moves the stage and the one who must act; dates are left to step.
func stage(s State, e data.CaseEvent) State {
	switch e.Kind {
	case data.EventOpened, data.EventClaimChanged:
		s.Waiting = data.ActorSeller
		if s.Stage == data.StageClosed {
			s.Stage = data.StageNegotiation
		}
	case data.EventAccepted:
		s.Waiting = data.ActorSeller // the agreement is the seller's to carry out
	case data.EventRejected, data.EventCounterOffer, data.EventMessage, data.EventEvidenceSent:
		s.Waiting = answerer(s, e)
	case data.EventEvidenceRequested:
		s.Waiting = data.ActorSeller
	case data.EventEscalated, data.EventPlatformStepped:
		s.Stage, s.Waiting = data.StagePlatform, data.ActorPlatform
	case data.EventReturnAgreed:
		s.Stage, s.Waiting = data.StageReturn, data.ActorBuyer
	case data.EventReturnShipped, data.EventReturnReceived:
		s.Stage, s.Waiting = data.StageReturn, data.ActorSeller
	case data.EventRefundIssued:
		s.Waiting = data.ActorPlatform
	case data.EventAppealed:
		s.Stage, s.Waiting = data.StageAppeal, data.ActorPlatform
	case data.EventRuled, data.EventClosed, data.EventWithdrawn:
		s.Stage, s.Waiting = data.StageClosed, ""
	}
	return s
}

// answerer is who must act after a message, an offer or a refusal: the other
// party while they negotiate, the platform once it decides. A word after the
// end changes nothing.
func answerer(s State, e data.CaseEvent) data.Actor {
	switch {
	case s.Stage == data.StageClosed:
		return ""
	case e.Actor != data.ActorSeller:
		return data.ActorSeller
	case s.Stage == data.StagePlatform || s.Stage == data.StageAppeal:
		return data.ActorPlatform
	}
	return data.ActorBuyer
}
