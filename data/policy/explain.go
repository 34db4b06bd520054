package policy

import (
	"fmt"
	"slices"
	"time"

	"casebinder/data"
)

// What the engine says. Each has a key, so that it can be translated.
var (
	sayStated        = define("stated", "The date that the platform states")
	sayStatedTimeout = define("stated.timeout", "What the platform says that happens; look at its notice.")
	sayLookUp        = define("why.look_up", "No figure is known for this rule. Look at the date that the platform states, and write it down.")
	sayStart         = define("why.start", "Counted from the event “{event}” at {at} ({zone}).")
	saySpanHours     = define("why.span_hours", "{hours} hours and {minutes} minutes of elapsed time.")
	saySpanNatural   = define("why.span_natural", "{days} calendar days, to the time of day at which they began. The platform may give until the end of the last day.")
	saySpanBusiness  = define("why.span_business", "{days} business days, to the time of day at which they began. The platform may give until the end of the last day.")
	sayDay           = define("why.day", "{date}, {weekday}: day {n}")
	sayWeekend       = define("why.weekend", "{date}, {weekday}: weekend, not counted")
	sayHoliday       = define("why.holiday", "{date}, {weekday}: {holiday}, not counted")
	sayCalendar      = define("why.calendar", "Holidays of {country}.")
	sayCalendarOwn   = define("why.calendar_own", "Holidays of {country}, with your own list.")
	sayNoCalendar    = define("why.no_calendar", "No holidays are known for {country}: weekends alone were left out. Load a list of its holidays.")
	sayNoCountry     = define("why.no_country", "No country is set: weekends alone were left out.")
	sayComputed      = define("why.computed", "By the rule: {due} ({zone}).")
	sayStatedAt      = define("why.stated", "The platform states {due} ({zone}). This date counts.")
	sayDiffers       = define("why.differs", "The two dates differ by {difference}. The platform's own date wins.")
	saySource        = define("why.source", "Source: {source}; edition {edition}.")
	sayConfirmed     = define("why.confirmed", "Confirmed on the platform's own page.")
	sayThirdParty    = define("why.third_party", "Third parties say so; the platform's own page was not found.")
	sayUnconfirmed   = define("why.unconfirmed", "UNCONFIRMED: check it on the platform before you rely on it.")
	sayOverridden    = define("why.overridden", "{path} was set to {value} by {who} on {when}: {why}")
	sayClock         = define("why.clock_unconfirmed", "In which time zone, and by whose holidays, the platform counts is UNCONFIRMED: {zone} was used.")

	sayZoneUnknown = define("zone_unknown", "There is no time zone “{zone}”; days were counted in UTC.")
	mendZone       = define("zone_unknown.mend", "Choose the shop's time zone in its settings.")
)

var rungSays = map[Rung]data.Phrase{
	RungNegotiation: define("rung.negotiation", "Buyer and seller look for a solution between themselves. Most cases end here."),
	RungPlatform:    define("rung.platform", "The platform looks at the proof of both sides and decides by its rules."),
	RungMediation:   define("rung.mediation", "A neutral mediator helps online, or a consumer association. Taking part is voluntary, and nothing binds without agreement."),
	RungArbitration: define("rung.arbitration", "Arbitration: confidential, and its award binds and can be enforced. It needs a clause in the contract made before; seek legal advice."),
	RungCourt:       define("rung.court", "A court, the last resort: where it is depends on the contract, the place of the deal and the defendant's home. Language, proof and enforcement cost much; seek legal advice."),
}

// stampForm is how explanations write a moment.
const stampForm = "2006-01-02 15:04"

// explain puts the reason of a date into words.
func (r *run) explain(v *DeadlineView, w Within) []data.Text {
	zone := r.loc.String()
	stamp := func(t time.Time) string { return t.In(r.loc).Format(stampForm) }
	var lines []data.Text
	if v.ID != RuleStated {
		lines = append(lines, sayStart.With("event", v.Why.Event.Kind, "at", stamp(v.Why.Start), "zone", zone))
		lines = append(lines, r.span(v, w)...)
	}
	if !v.Computed.IsZero() {
		lines = append(lines, sayComputed.With("due", stamp(v.Computed), "zone", zone))
	}
	if !v.Stated.IsZero() {
		lines = append(lines, sayStatedAt.With("due", stamp(v.Stated), "zone", zone))
	}
	if v.Differs {
		lines = append(lines, sayDiffers.With("difference", v.Stated.Sub(v.Computed).Abs().String()))
	}
	if v.ID != RuleStated {
		lines = append(lines, v.Why.Origin.lines()...)
		if w.Days > 0 && r.p.Clock.Confidence == data.Unconfirmed {
			lines = append(lines, sayClock.With("zone", zone))
		}
	}
	return lines
}

func (r *run) span(v *DeadlineView, w Within) []data.Text {
	switch {
	case !w.Known():
		return []data.Text{sayLookUp.With()}
	case w.Days == 0:
		return []data.Text{saySpanHours.With("hours", w.Hours, "minutes", w.Minutes)}
	}
	var lines []data.Text
	if w.Calendar == BusinessDays {
		lines = append(lines, saySpanBusiness.With("days", w.Days), r.calendarText())
	} else {
		lines = append(lines, saySpanNatural.With("days", w.Days))
	}
	for _, day := range v.Why.Days {
		weekday := day.Date.Weekday().String()
		switch {
		case day.N > 0:
			lines = append(lines, sayDay.With("date", day.Date, "weekday", weekday, "n", day.N))
		case day.Holiday != "":
			lines = append(lines, sayHoliday.With("date", day.Date, "weekday", weekday, "holiday", day.Holiday))
		default:
			lines = append(lines, sayWeekend.With("date", day.Date, "weekday", weekday))
		}
	}
	return lines
}

func (r *run) calendarText() data.Text {
	switch {
	case r.cal.Country == "":
		return sayNoCountry.With()
	case r.cal.Edited:
		return sayCalendarOwn.With("country", r.cal.Title)
	case !r.cal.Known:
		return sayNoCalendar.With("country", r.cal.Country)
	}
	return sayCalendar.With("country", r.cal.Title)
}

// lines says where a figure comes from, how well it is known, and who changed it.
func (o Origin) lines() []data.Text {
	edition := o.Edition
	if edition == "" {
		edition = "n.d."
	}
	lines := []data.Text{saySource.With("source", o.Source, "edition", edition)}
	switch o.Confidence {
	case data.Confirmed:
		lines = append(lines, sayConfirmed.With())
	case data.ThirdParty:
		lines = append(lines, sayThirdParty.With())
	default:
		lines = append(lines, sayUnconfirmed.With())
	}
	for _, over := range o.Overrides {
		lines = append(lines, sayOverridden.With("path", over.Path, "value", over.Value, "who", over.Who,
			"when", over.When.UTC().Format(time.DateOnly), "why", over.Why))
	}
	return lines
}

var (
	sayPassed  = define("deadline.passed", "“{deadline}” was due at {due}. The rule says: {timeout}")
	mendPassed = define("deadline.passed.mend", "Act at once, look at the case on the platform, and write down what happened.")
)

var (
	sayNoOpening   = define("events.no_opening", "No event says that the case was opened.")
	mendNoOpening  = define("events.no_opening.mend", "Write down when the case was opened; the clock starts there.")
	sayBefore      = define("events.before_opening", "“{event}” happened at {at}, before the opening at {opened}.")
	mendBefore     = define("events.before_opening.mend", "Check both times and their zones; correct the one that is wrong.")
	sayFuture      = define("events.future", "“{event}” lies in the future, at {at}.")
	mendFuture     = define("events.future.mend", "Write when it happened. A date that is still to come is a due date.")
	sayTwice       = define("events.twice", "“{event}” was written down twice for {at}.")
	mendTwice      = define("events.twice.mend", "Correct one of the two, if it is the same event.")
	sayDueBefore   = define("events.due_before", "The stated date {due} lies before its event “{event}” at {at}.")
	mendDueBefore  = define("events.due_before.mend", "Check the date and its time zone at the platform, and correct it.")
	sayContradict  = define("events.contradict", "“{first}” at {at} and “{second}” at {then} contradict each other.")
	mendContradict = define("events.contradict.mend", "Correct the one that did not happen. The later one counts.")
	sayNoTarget    = define("events.no_target", "A correction names an event that is not in this case, or was written down after it.")
	mendNoTarget   = define("events.no_target.mend", "Write the correction again, and choose the event that is meant.")
	sayUnexpected  = define("events.unexpected", "The rules do not foresee “{event}” by the {actor} in the stage “{stage}”. What happened counts; the case went on to “{to}”.")
	sayUnforeseen  = define("events.unforeseen", "The rules do not foresee “{event}” by the {actor} in the stage “{stage}”. What happened counts; the case stays there.")
	mendUnexpected = define("events.unexpected.mend", "Check whether an event in between is missing, or whether another policy pack fits the case.")
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
func utc(t time.Time) string { return t.UTC().Format(stampForm) + " UTC" }

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
		if !e.Due.IsZero() && e.Due.Before(e.At) {
			add("due_before_event", data.Warning, sayDueBefore.With("event", e.Kind, "due", utc(e.Due), "at", utc(e.At)), mendDueBefore.With(), e)
		}
		if i > 0 && e.Kind != data.EventCorrection && same(&events[i-1], e) {
			add("written_twice", data.Info, sayTwice.With("event", e.Kind, "at", utc(e.At)), mendTwice.With(), &events[i-1], e)
		}
	}
	out = append(out, contradicting(events)...)
	return append(out, lostCorrections(all)...)
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
	SortRecorded(recorded)
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

// String writes a span in English, for lists of figures: "5 natural days".
func (w Within) String() string {
	switch {
	case w.Days > 0:
		return fmt.Sprintf("%d %s days", w.Days, w.Calendar)
	case w.Known():
		return (time.Duration(w.Hours)*time.Hour + time.Duration(w.Minutes)*time.Minute).String()
	}
	return ""
}
