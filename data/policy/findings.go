package policy

import (
	"slices"
	"time"

	"casebinder/data"
)

var (
	sayPassed  = define("deadline.passed", "“{deadline}” was due at {due}. The rule says: {timeout}")
	mendPassed = define("deadline.passed.mend", "Act at once, look at the case on the platform, and record what happened.")
)

var (
	sayNoOpening   = define("events.no_opening", "No event says when the dispute was opened.")
	mendNoOpening  = define("events.no_opening.mend", "Record when the dispute was opened; the deadlines start there.")
	sayBefore      = define("events.before_opening", "“{event}” happened at {at}, before the opening at {opened}.")
	mendBefore     = define("events.before_opening.mend", "Check both times and their zones; correct the one that is wrong.")
	sayFuture      = define("events.future", "“{event}” lies in the future, at {at}.")
	mendFuture     = define("events.future.mend", "Write when it happened. A date that is still to come is a due date.")
	sayTwice       = define("events.twice", "“{event}” was recorded twice for {at}.")
	mendTwice      = define("events.twice.mend", "Correct one of the two, if it is the same event.")
	sayDueBefore   = define("events.due_before", "The stated date {due} lies before its event “{event}” at {at}.")
	mendDueBefore  = define("events.due_before.mend", "Check the date and its time zone at the platform, and correct it.")
	sayContradict  = define("events.contradict", "“{first}” at {at} and “{second}” at {then} contradict each other.")
	mendContradict = define("events.contradict.mend", "Correct the one that did not happen. The later one counts.")
	sayNoTarget    = define("events.no_target", "A correction names an event that is not in this dispute, or was recorded after it.")
	mendNoTarget   = define("events.no_target.mend", "Write the correction again, and choose the event that is meant.")
	sayUnexpected  = define("events.unexpected", "The rules do not expect “{event}” by the {actor} in the stage “{stage}”. What happened counts; the case went on to “{to}”.")
	sayUnforeseen  = define("events.unforeseen", "The rules do not expect “{event}” by the {actor} in the stage “{stage}”. What happened counts; the case stays there.")
	mendUnexpected = define("events.unexpected.mend", "Check whether an event in between is missing, or whether another rule pack fits the dispute.")
)

func (r *run) unexpected(e *data.CaseEvent, before int) data.Finding {
	say := sayUnexpected
	if r.stage == before {
		say = sayUnforeseen
	}
	return data.Finding{
		Rule: "event_unexpected", Severity: data.Warning, Where: []data.Ref{eventRef(e)}, How: mendUnexpected.With(),
		Why: say.With("event", e.Kind, "actor", e.Actor, "stage", r.p.Stages[before].Title, "to", r.p.Stages[r.stage].Title),
	}
}

func eventRef(e *data.CaseEvent) data.Ref {
	return data.Ref{Kind: "event", ID: e.UID, Label: string(e.Kind)}
}

// utc writes a moment for a finding.
func utc(t time.Time) string {
	if data.IsDay(t) {
		return data.Stamp(t, time.UTC)
	}
	return data.Stamp(t, time.UTC) + " UTC"
}

// eventFindings tells what does not fit together among the events.
func eventFindings(all, events []data.CaseEvent, now time.Time) []data.Finding {
	var out []data.Finding
	add := func(rule string, severity data.Severity, why, mend data.Text, where ...*data.CaseEvent) {
		f := data.Finding{Rule: rule, Severity: severity, Why: why, How: mend}
		for _, e := range where {
			f.Where = append(f.Where, eventRef(e))
		}
		out = append(out, f)
	}
	var opening *data.CaseEvent
	if i := slices.IndexFunc(events, func(e data.CaseEvent) bool { return e.Kind == data.EventOpened }); i >= 0 {
		opening = &events[i]
	}
	if opening == nil && len(events) > 0 {
		add("no_opening", data.Warning, sayNoOpening.With(), mendNoOpening.With())
	}
	for i := range events {
		e := &events[i]
		if opening != nil && e.At.Before(opening.At) && e.Kind != data.EventMessage {
			add("before_opening", data.Warning, sayBefore.With("event", e.Kind, "at", utc(e.At), "opened", utc(opening.At)), mendBefore.With(), e, opening)
		}
		if e.At.After(now) {
			add("event_in_future", data.Warning, sayFuture.With("event", e.Kind, "at", utc(e.At)), mendFuture.With(), e)
		}
		if !e.Due.IsZero() && data.Before(e.Due, e.At) {
			out = append(out, dueBeforeEvent(e))
		}
		if i > 0 && e.Kind != data.EventCorrection && same(&events[i-1], e) {
			add("written_twice", data.Info, sayTwice.With("event", e.Kind, "at", utc(e.At)), mendTwice.With(), &events[i-1], e)
		}
	}
	out = append(out, contradicting(events)...)
	return append(out, lostCorrections(all)...)
}

func dueBeforeEvent(e *data.CaseEvent) data.Finding {
	return data.Finding{
		Rule: "due_before_event", Severity: data.Warning, Where: []data.Ref{eventRef(e)}, How: mendDueBefore.With(),
		Why: sayDueBefore.With("event", e.Kind, "due", utc(e.Due), "at", utc(e.At)),
	}
}

func same(a, b *data.CaseEvent) bool {
	return a.Kind == b.Kind && a.Actor == b.Actor && a.At.Equal(b.At) && a.Note == b.Note && a.Amount == b.Amount
}

// contradicting finds pairs that cannot both be true: an answer and its
// opposite to the same claim, two rulings without an appeal between them, goods
// that came back without having been sent, a refund after a withdrawal.
func contradicting(events []data.CaseEvent) []data.Finding {
	var out []data.Finding
	clash := func(a, b *data.CaseEvent) {
		out = append(out, data.Finding{
			Rule: "events_contradict", Severity: data.Warning, Where: []data.Ref{eventRef(a), eventRef(b)}, How: mendContradict.With(),
			Why: sayContradict.With("first", a.Kind, "at", utc(a.At), "second", b.Kind, "then", utc(b.At)),
		})
	}
	var answer, ruling, withdrawal *data.CaseEvent
	for i := range events {
		e := &events[i]
		switch e.Kind {
		case data.EventOpened, data.EventClaimChanged, data.EventCounterOffer:
			answer, ruling, withdrawal = nil, nil, nil
		case data.EventAppealed, data.EventEscalated, data.EventPlatformStepped:
			ruling, withdrawal = nil, nil
		case data.EventAccepted, data.EventRejected:
			if answer != nil && answer.Actor == e.Actor && answer.Kind != e.Kind {
				clash(answer, e)
			}
			answer = e
		case data.EventRuled:
			if ruling != nil {
				clash(ruling, e)
			}
			ruling = e
		case data.EventWithdrawn:
			withdrawal = e
		case data.EventRefundIssued:
			if withdrawal != nil {
				clash(withdrawal, e)
			}
		}
	}
	return out
}

func lostCorrections(all []data.CaseEvent) []data.Finding {
	recorded := slices.Clone(all)
	data.SortRecorded(recorded)
	var out []data.Finding
	for i := range recorded {
		e := &recorded[i]
		if e.Kind != data.EventCorrection || e.Corrects == "" {
			continue
		}
		if !slices.ContainsFunc(recorded[:i], func(earlier data.CaseEvent) bool { return earlier.UID == e.Corrects }) {
			out = append(out, data.Finding{
				Rule: "correction_without_event", Severity: data.Warning, Where: []data.Ref{eventRef(e)}, Why: sayNoTarget.With(), How: mendNoTarget.With(),
			})
		}
	}
	return out
}
