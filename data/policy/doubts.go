package policy

import (
	"slices"
	"time"

	"casebinder/data"
)

// How late a stated date may be before it is asked about.
const (
	farWithoutRule = 180 * 24 * time.Hour // after its event, where no rule gives a date: less than a slip of one year
	farBehindRule  = 30 * 24 * time.Hour  // after the rule's date; as long again as the rule allows, where that is more
)

var (
	sayStatedFar     = define("stated.far", "The stated date {due} lies far beyond what the rule gives, {computed}.")
	sayStatedYears   = define("stated.years", "The stated date {due} lies more than half a year after “{event}” at {at}.")
	sayStatedCeiling = define("stated.ceiling", "The stated date {due} lies beyond what the card network itself allows, {computed}.")
	sayStatedBefore  = define("stated.before_opening", "The stated date {due} lies before the opening of the case at {opened}.")
	mendStated       = define("stated.mend", "Look at the platform's notice again: the date, the order of day and month, the year and the time zone. Correct the date, or confirm it.")
	sayReminder      = define("events.reminder", "“{event}” at {at} is taken as a reminder: the dispute has been open since {opened}, and its deadlines run from there.")
	mendReminder     = define("events.reminder.mend", "If this is another dispute, record it separately. If the first opening was wrong, correct it.")
	sayImplied       = define("events.implied", "“{event}” was recorded without “{what}”, which comes before it. The case goes on as if that had happened.")
	mendImplied      = define("events.implied.mend", "Record the missing step with its time, if you know it.")
	sayHolidays      = define("holidays_unknown", "Business days are counted, but no holidays are known for {country}: only weekends are left out, so the date may be too early.")
	sayNoHolidays    = define("holidays_none", "Business days are counted, but it is not known by whose holidays: only weekends are left out, so the date may be too early.")
	mendHolidays     = define("holidays_unknown.mend", "Load a list of the holidays, or set the platform's site on the shop.")
	saySiteTold      = define("site_told", "The platform's site is not set on the shop: {zone} was taken as its clock.")
	mendSite         = define("site_told.mend", "Set the site on the shop: its time zone and holidays decide on which day a date falls.")
)

// doubts tells what is odd about a date that the platform is said to state.
func (r *run) doubts(c *clock) []data.Text {
	if c.stated.IsZero() {
		return nil
	}
	var all []data.Text
	due := utc(c.stated)
	if r.opening != nil && data.Before(c.stated, r.opening.At) {
		all = append(all, sayStatedBefore.With("due", due, "opened", utc(r.opening.At)))
	}
	computed, ceiling := r.computed(c, nil), r.ceiling(c)
	switch {
	case !ceiling.IsZero():
		if c.stated.After(ceiling.AddDate(0, 0, 1)) {
			all = append(all, sayStatedCeiling.With("due", due, "computed", utc(ceiling)))
		}
	case !computed.IsZero():
		if c.stated.After(computed.Add(max(farBehindRule, computed.Sub(c.start.At)))) {
			all = append(all, sayStatedFar.With("due", due, "computed", utc(computed)))
		}
	case c.stated.After(c.statedBy.At.Add(farWithoutRule)):
		all = append(all, sayStatedYears.With("due", due, "event", c.statedBy.Kind, "at", utc(c.statedBy.At)))
	}
	return all
}

// statedFindings tells of odd dates on all clocks that run.
func (r *run) statedFindings() []data.Finding {
	var out []data.Finding
	for i := range r.clocks {
		c := &r.clocks[i]
		for _, why := range r.doubts(c) {
			out = append(out, data.Finding{
				Rule: "stated_due_odd", Severity: data.Serious, Where: []data.Ref{eventRef(c.statedBy)}, Why: why, How: mendStated.With(),
			})
		}
	}
	return out
}

// DueDoubts tells what is odd about the date that one event of a case states:
// it lies far beyond the rule, beyond all reason, or before the opening. Ask
// before such a date is kept.
func DueDoubts(p *Pack, cals *Calendars, c Case, event data.CaseEvent) []data.Finding {
	if event.Due.IsZero() {
		return nil
	}
	c.Events = append(slices.Clone(c.Events), event)
	r, _ := newRun(p, cals, &c, false)
	r.fold(standing(c.Events))
	odd := slices.DeleteFunc(r.statedFindings(), func(f data.Finding) bool { return f.Where[0].ID != event.UID })
	if len(odd) == 0 && event.Kind != data.EventCorrection && data.Before(event.Due, event.At) {
		odd = append(odd, dueBeforeEvent(&event))
	}
	return odd
}

// clockFindings tells what is not known of the clock by which dates that run
// are counted.
func (r *run) clockFindings() []data.Finding {
	days, business := false, false
	for i := range r.clocks {
		if c := &r.clocks[i]; c.rule >= 0 {
			w := r.span(c.rule).Within
			days, business = days || w.Days > 0, business || w.Calendar == BusinessDays
		}
	}
	var out []data.Finding
	if business && !r.cal.Known {
		why := sayHolidays.With("country", r.cal.Country)
		if r.cal.Country == "" {
			why = sayNoHolidays.With()
		}
		out = append(out, data.Finding{Rule: "holidays_unknown", Severity: data.Warning, Why: why, How: mendHolidays.With()})
	}
	if days && r.site.told {
		out = append(out, data.Finding{Rule: "site_told", Severity: data.Info, Why: saySiteTold.With("zone", r.loc), How: mendSite.With()})
	}
	return out
}

func (r *run) reminded(e *data.CaseEvent) data.Finding {
	return data.Finding{
		Rule: "opened_again", Severity: data.Warning, Where: []data.Ref{eventRef(e), eventRef(r.opening)}, How: mendReminder.With(),
		Why: sayReminder.With("event", e.Kind, "at", utc(e.At), "opened", utc(r.opening.At)),
	}
}

func (r *run) impliedBy(e *data.CaseEvent) []data.Finding {
	out := make([]data.Finding, 0, len(r.implied))
	for _, what := range r.implied {
		out = append(out, data.Finding{
			Rule: "step_implied", Severity: data.Info, Where: []data.Ref{eventRef(e), {Kind: "step", ID: string(what)}}, How: mendImplied.With(),
			Why: sayImplied.With("event", e.Kind, "what", what),
		})
	}
	return out
}
