package policy

import (
	"slices"

	"casebinder/data"
)

// UsualActor is who mostly does such a thing; a person may say otherwise.
func UsualActor(kind data.EventKind) data.Actor {
	switch kind {
	case data.EventOpened, data.EventClaimChanged, data.EventWithdrawn, data.EventReturnShipped, data.EventEscalated:
		return data.ActorBuyer
	case data.EventEvidenceRequested, data.EventPlatformStepped, data.EventRuled, data.EventClosed:
		return data.ActorPlatform
	case data.EventAccepted, data.EventRejected, data.EventCounterOffer, data.EventMessage, data.EventEvidenceSent, data.EventReturnAgreed,
		data.EventReturnReceived, data.EventRefundIssued, data.EventAppealed, data.EventCorrection:
		return data.ActorSeller
	}
	return data.ActorSeller
}

// Actor is who takes a step: the seller where they may.
func (s NextStep) Actor() data.Actor {
	switch {
	case len(s.By) == 0:
		return UsualActor(s.Event)
	case slices.Contains(s.By, data.ActorSeller):
		return data.ActorSeller
	}
	return s.By[0]
}

// StepsBySide parts what the seller may do from what others may. Of two ways to
// write the same down, the stage's own comes first and is enough.
func StepsBySide(steps []NextStep) (mine, others []NextStep) {
	type same struct {
		event data.EventKind
		actor data.Actor
	}
	seen := map[same]bool{}
	for _, s := range steps {
		key := same{s.Event, s.Actor()}
		if seen[key] {
			continue
		}
		seen[key] = true
		if key.actor == data.ActorSeller {
			mine = append(mine, s)
		} else {
			others = append(others, s)
		}
	}
	return mine, others
}
