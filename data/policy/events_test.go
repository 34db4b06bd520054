package policy_test

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/policy"
)

func day(n int) time.Time { return time.Date(2026, 11, n, 14, 0, 0, 0, time.UTC) }

func event(uid string, n int, kind data.EventKind, actor data.Actor) data.CaseEvent {
	return data.CaseEvent{UID: uid, Kind: kind, Actor: actor, At: day(n), RecordedAt: day(n)}
}

func due(e data.CaseEvent, n int) data.CaseEvent {
	e.Due = day(n)
	return e
}

// state is what a list shows of a case, in short.
type state struct {
	Stage   data.Stage
	Waiting data.Actor
	Due     time.Time
}

func stateOf(p *policy.Pack, events []data.CaseEvent) state {
	s := policy.Brief(p, policy.NewCalendars(), policy.Case{Events: events})
	return state{s.Stage, s.Waiting, s.Due}
}

func TestMeaningOfEvents(t *testing.T) {
	opened := due(event("1", 12, data.EventOpened, data.ActorBuyer), 17)
	asked := event("2", 13, data.EventMessage, data.ActorSeller)
	changed := due(event("3", 16, data.EventClaimChanged, data.ActorBuyer), 21)
	refused := event("4", 17, data.EventRejected, data.ActorSeller)
	escalated := event("5", 19, data.EventEscalated, data.ActorBuyer)
	request := due(event("6", 20, data.EventEvidenceRequested, data.ActorPlatform), 23)
	sent := event("7", 21, data.EventEvidenceSent, data.ActorSeller)
	ruled := event("8", 25, data.EventRuled, data.ActorPlatform)
	appeal := event("9", 26, data.EventAppealed, data.ActorSeller)
	correction := data.CaseEvent{UID: "a", Kind: data.EventCorrection, Corrects: "3", At: day(16), RecordedAt: day(18)}
	noDate := event("c", 14, data.EventCorrection, data.ActorSeller)
	newDate := due(event("b", 13, data.EventCorrection, data.ActorSeller), 18)

	for _, c := range []struct {
		name   string
		events []data.CaseEvent
		want   state
	}{
		{"nothing yet", nil, state{Stage: data.StageNegotiation, Waiting: data.ActorSeller}},
		{"opened with a stated date", []data.CaseEvent{opened}, state{Stage: data.StageNegotiation, Waiting: data.ActorSeller, Due: day(17)}},
		{"a question does not stop the clock", []data.CaseEvent{opened, asked}, state{Stage: data.StageNegotiation, Waiting: data.ActorBuyer, Due: day(17)}},
		{"a changed claim restarts it", []data.CaseEvent{opened, asked, changed}, state{Stage: data.StageNegotiation, Waiting: data.ActorSeller, Due: day(21)}},
		{"an answer ends it", []data.CaseEvent{opened, asked, changed, refused}, state{Stage: data.StagePlatform, Waiting: data.ActorPlatform}},
		{"events out of order", []data.CaseEvent{refused, changed, opened, asked}, state{Stage: data.StagePlatform, Waiting: data.ActorPlatform}},
		{"escalated", []data.CaseEvent{opened, refused, escalated}, state{Stage: data.StagePlatform, Waiting: data.ActorPlatform}},
		{"the platform asks for proof", []data.CaseEvent{opened, refused, escalated, request}, state{Stage: data.StagePlatform, Waiting: data.ActorSeller, Due: day(23)}},
		{"proof sent", []data.CaseEvent{opened, refused, escalated, request, sent}, state{Stage: data.StagePlatform, Waiting: data.ActorPlatform}},
		{"ruled", []data.CaseEvent{opened, refused, escalated, request, ruled}, state{Stage: data.StageClosed}},
		{"an appeal reopens", []data.CaseEvent{opened, escalated, ruled, appeal}, state{Stage: data.StageAppeal, Waiting: data.ActorPlatform}},
		{"a corrected event no longer counts", []data.CaseEvent{opened, asked, changed, correction}, state{Stage: data.StageNegotiation, Waiting: data.ActorBuyer, Due: day(17)}},
		{"a date taken away", []data.CaseEvent{opened, newDate, noDate}, state{Stage: data.StageNegotiation, Waiting: data.ActorSeller}},
		{"a corrected date", []data.CaseEvent{opened, newDate}, state{Stage: data.StageNegotiation, Waiting: data.ActorSeller, Due: day(18)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := stateOf(pack(t, "generic"), c.events); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// Whatever comes later, the state after any first part of a case is the state
// that was shown then.
func TestPrefixesShowWhatWasShownThen(t *testing.T) {
	var events []data.CaseEvent
	var shown []state
	for i, kind := range data.EventKinds() {
		events = append(events, event(string(rune('a'+i)), 1+i, kind, data.ActorBuyer))
		shown = append(shown, stateOf(pack(t, "generic"), events))
	}
	for i := range events {
		if got := stateOf(pack(t, "generic"), events[:i+1]); got != shown[i] {
			t.Errorf("after %d events: %+v, was %+v", i+1, got, shown[i])
		}
	}
}
