package policy

import (
	"fmt"
	"time"

	"casebinder/data"
)

// What the engine says. Each has a key, so that it can be translated.
var (
	sayStated        = define("stated", "The date that the platform states")
	sayStatedTimeout = define("stated.timeout", "See the platform's notice for what happens then.")
	sayLookUp        = define("why.look_up", "No figure is known for this rule. Look up the date that the platform states, and enter it.")
	sayStart         = define("why.start", "Counted from the event “{event}” at {at} ({zone}).")
	saySpanHours     = define("why.span_hours", "{hours} hours and {minutes} minutes of elapsed time.")
	saySpanNatural   = define("why.span_natural", "{days} calendar days, to the time of day at which they began. The platform may give until the end of the last day.")
	saySpanBusiness  = define("why.span_business", "{days} business days, to the time of day at which they began. The platform may give until the end of the last day.")
	sayDay           = define("why.day", "{date}, {weekday}: day {n}")
	sayDayDoubt      = define("why.day_doubt", "{date}, {weekday}: day {n}; it may be kept as {holiday}, and was counted, so that the date is the earlier one")
	sayCeiling       = define("why.ceiling", "The card network itself allows until {due} ({zone}). That is a ceiling: the payment service's date comes before it.")
	sayWeekend       = define("why.weekend", "{date}, {weekday}: weekend, not counted")
	sayHoliday       = define("why.holiday", "{date}, {weekday}: {holiday}, not counted")
	sayCalendar      = define("why.calendar", "Holidays of {country}.")
	sayCalendarOwn   = define("why.calendar_own", "Holidays of {country}, with your own list.")
	sayNoCalendar    = define("why.no_calendar", "No holidays are known for {country}: only weekends were left out. Load a list of its holidays.")
	sayNoCountry     = define("why.no_country", "No country is set: only weekends were left out.")
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
	RungMediation:   define("rung.mediation", "A neutral mediator helps online, or a consumer association. Taking part is voluntary, and nothing binds without agreement. A notary can put on record what a page, a chat or a parcel shows."),
	RungArbitration: define("rung.arbitration", "Arbitration, in some places online: confidential, and its award binds and can be enforced. It needs a clause made before, in the contract or the shop's terms, that names the institution, such as ICC or LCIA; seek legal advice."),
	RungCourt:       define("rung.court", "A court, the last resort: where it is depends on the contract, the place of the deal and the defendant's home. Language, proof and enforcement cost much; seek legal advice."),
}

// countsDay reports whether a line of a reason counts a single day.
func countsDay(line data.Text) bool {
	return line.Key == sayDay.Key || line.Key == sayWeekend.Key || line.Key == sayHoliday.Key
}

// explain puts the reason of a date into words.
func (r *run) explain(v *DeadlineView, w Within) []data.Text {
	zone := r.loc.String()
	stamp := func(t time.Time) string { return data.Stamp(t, r.loc) }
	var lines []data.Text
	if v.ID != RuleStated {
		lines = append(lines, sayStart.With("event", v.Why.Event.Kind, "at", stamp(v.Why.Start), "zone", zone))
		lines = append(lines, r.spanText(v, w)...)
	}
	if !v.Computed.IsZero() {
		lines = append(lines, sayComputed.With("due", stamp(v.Computed), "zone", zone))
	}
	if !v.Stated.IsZero() {
		lines = append(lines, sayStatedAt.With("due", stamp(v.Stated), "zone", zone))
	}
	if !v.Ceiling.IsZero() {
		lines = append(lines, sayCeiling.With("due", stamp(v.Ceiling), "zone", zone))
	}
	if v.Differs {
		lines = append(lines, sayDiffers.With("difference", v.Stated.Sub(v.Computed).Abs().String()))
	}
	if v.ID != RuleStated {
		lines = append(lines, v.Why.Origin.lines()...)
		if w.Days > 0 && r.site.origin.sure() == data.Unconfirmed {
			lines = append(lines, sayClock.With("zone", zone))
		}
	}
	return lines
}

func (r *run) spanText(v *DeadlineView, w Within) []data.Text {
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
		case day.N > 0 && day.Holiday != "":
			lines = append(lines, sayDayDoubt.With("date", day.Date, "weekday", weekday, "n", day.N, "holiday", HolidayText(day.Holiday)))
		case day.N > 0:
			lines = append(lines, sayDay.With("date", day.Date, "weekday", weekday, "n", day.N))
		case day.Holiday != "":
			lines = append(lines, sayHoliday.With("date", day.Date, "weekday", weekday, "holiday", HolidayText(day.Holiday)))
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
		edition = data.Undated
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
