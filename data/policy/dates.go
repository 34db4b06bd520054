package policy

import (
	"cmp"
	"slices"
	"time"

	"casebinder/data"
)

// span is the figure of a rule as it counts for a case.
type span struct {
	Within
	Note string
	*Origin
}

// span gives the figure of a rule: that of the site's variant, where there is
// one, else the rule's own. What the user set wins over what a pack says.
func (r *run) span(rule int) span {
	d := &r.p.Deadlines[rule]
	for i := range d.Variants {
		v := &d.Variants[i]
		if slices.Contains(v.Markets, r.site.is) && (len(d.Overrides) == 0 || len(v.Overrides) > 0) {
			return span{v.Within, cmp.Or(v.Note, d.Note), &v.Origin}
		}
	}
	return span{d.Within, d.Note, &d.Origin}
}

// computed is the date that the rule gives; zero when there is no rule or no
// figure. The days that were counted go into days, when it is not nil.
func (r *run) computed(c *clock, days *[]Day) time.Time {
	if c.rule < 0 {
		return time.Time{}
	}
	return r.count(c, r.span(c.rule).Within, days)
}

// ceiling is the date until which a card network allows an answer; zero where
// there is none.
func (r *run) ceiling(c *clock) time.Time {
	if c.rule < 0 {
		return time.Time{}
	}
	return r.count(c, r.p.Deadlines[c.rule].Ceiling, nil)
}

func (r *run) count(c *clock, w Within, days *[]Day) time.Time {
	if !w.Known() {
		return time.Time{}
	}
	due := count(data.Earliest(c.start.At), w, r.loc, r.cal, days).UTC()
	if data.IsDay(c.start.At) && due.Equal(data.Earliest(data.OnDay(due.In(r.loc)).Begin(r.loc))) {
		return due.Add(-time.Millisecond) // at midnight: until the day before has passed, and no hour is known
	}
	return due
}

// due is the date that counts: the stated one, else the computed one.
func (r *run) due(c *clock) time.Time {
	if !c.stated.IsZero() {
		return c.stated
	}
	return r.computed(c, nil)
}

// Shown is what a list of cases shows of one, and what the desk keeps in its
// columns.
type Shown struct {
	Pack    string
	Stage   data.Stage
	At      string          // the pack's own stage
	Waiting data.Actor      // who must act next; "" when nobody must
	Due     time.Time       // the seller's next date; zero when none is known
	Rule    string          // the deadline that it is of; RuleStated without one. It may be set without a date: then the platform's own date is to be looked up
	Stated  bool            // the platform stated it
	Sure    data.Confidence // how well the date is known, which is no better than its weakest part: the rule, and where days are counted the clock; "" without a rule
	Rights  []data.Right    // what the seller may still do, by date; those whose date has passed are among them
}

// shown picks what a list shows.
func (r *run) shown() Shown {
	s := Shown{Pack: r.p.ID, Stage: r.p.Stages[r.stage].Stage, At: r.p.Stages[r.stage].ID, Waiting: r.waiting}
	for i := range r.clocks {
		c := &r.clocks[i]
		if !r.sellerMust(c) {
			if due := r.due(c); c.rule >= 0 && r.p.Deadlines[c.rule].Optional && r.p.Deadlines[c.rule].Who != data.ActorBuyer && !due.IsZero() {
				s.Rights = append(s.Rights, data.Right{Rule: r.p.Deadlines[c.rule].ID, Due: due, Sure: r.sure(c)})
			}
			continue
		}
		due := r.due(c)
		if s.Rule == "" || !due.IsZero() && (s.Due.IsZero() || due.Before(s.Due)) {
			s.Due, s.Stated, s.Rule, s.Sure = due, !c.stated.IsZero(), RuleStated, r.sure(c)
			if c.rule >= 0 {
				s.Rule = r.p.Deadlines[c.rule].ID
			}
		}
	}
	slices.SortFunc(s.Rights, func(a, b data.Right) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Rule, b.Rule)) })
	return s
}

// sure says how well the date of a clock is known: no better than its weakest
// part. Where days are counted the platform's zone and calendar are parts of it.
func (r *run) sure(c *clock) data.Confidence {
	switch {
	case !c.stated.IsZero() && len(r.doubts(c)) > 0:
		return data.Unconfirmed
	case !c.stated.IsZero():
		return data.Confirmed
	case c.rule < 0:
		return ""
	}
	rule := r.span(c.rule)
	sure := rule.sure()
	if rule.Days > 0 {
		sure = data.Weaker(sure, r.site.origin.sure())
	}
	if rule.Calendar == BusinessDays && !r.cal.Known {
		sure = data.Unconfirmed
	}
	return sure
}

// sure is how well a figure is known, Own when the user set it.
func (o *Origin) sure() data.Confidence {
	if len(o.Overrides) > 0 {
		return data.Own
	}
	return o.Confidence
}

// newRun prepares a pack for a case. The finding tells of a time zone that does
// not exist.
func newRun(p *Pack, cals *Calendars, c *Case, full bool) (*run, []data.Finding) {
	m := p.m
	if m == nil {
		m = newMachine(p)
	}
	var odd []data.Finding
	at := p.siteOf(c)
	loc, err := location(at.zone)
	if err != nil {
		loc = time.UTC
		odd = append(odd, data.Finding{
			Rule: "zone_unknown", Severity: data.Warning, Why: sayZoneUnknown.With("zone", at.zone), How: mendZone.With(),
		})
	}
	return &run{p: p, m: m, site: at, loc: loc, cal: cals.For(at.holidays), full: full}, odd
}

// Brief gives what a list shows of a case under a pack. It is quick: it
// explains nothing.
func Brief(p *Pack, cals *Calendars, c Case) Shown {
	r, _ := newRun(p, cals, &c, false)
	r.fold(standing(c.Events))
	return r.shown()
}
