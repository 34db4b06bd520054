package policy

import (
	"cmp"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/pack"
)

// Status says where a deadline stands.
type Status string

// The statuses of a deadline.
const (
	Open    Status = "open"
	Overdue Status = "overdue" // open, and its date has passed
	Met     Status = "met"     // answered in time
	Late    Status = "late"    // answered after its date
	Missed  Status = "missed"  // its date passed, and the case moved on
	Dropped Status = "dropped" // the case moved on before its date
	Expired Status = "expired" // a right that was not used in time
	Undated Status = "undated" // open, and no date is known: look it up at the platform
)

// Why is the reason of a date: the event that started it, the rule with its
// source, and how it was counted.
type Why struct {
	Event    data.CaseEvent
	Rule     data.Text
	Origin   Origin
	Calendar string // "natural", "business" or "" for hours
	Country  string // whose holidays counted
	Zone     string // in which days were counted
	Start    time.Time
	End      time.Time
	Days     []Day       // each day that was looked at
	Lines    []data.Text // all of it in words, in the order to read
}

// DeadlineView is a deadline of a case.
type DeadlineView struct {
	ID        string
	Title     data.Text
	Who       data.Actor
	Optional  bool // a right, not a duty
	Status    Status
	Due       time.Time // the date that counts; zero when none is known
	Stated    time.Time // by the platform; it wins
	StatedBy  string    // UID of the event with which it was stated
	Computed  time.Time // by the rule
	Differs   bool      // both are known, and differ
	Ceiling   time.Time // what the card network allows behind the payment service; never the seller's date
	Sure      data.Confidence
	EndedBy   string // UID of the event that ended it
	EndedAt   time.Time
	Timeout   data.Text // what happens when the date passes
	TimeoutTo string
	Note      data.Text
	Why       Why
}

// Running reports whether no event has ended it.
func (d *DeadlineView) Running() bool { return d.EndedBy == "" }

// Reason says by which rule the date that counts comes about: the title of its
// deadline, and the lines of its reason without those that count single days.
// Both are zero where no rule knows a date.
func (v *View) Reason() (title data.Text, lines []data.Text) {
	for i := range v.Deadlines {
		d := &v.Deadlines[i]
		if d.ID != v.Rule || !d.Running() || !d.Due.Equal(v.Due) {
			continue
		}
		for k, line := range d.Why.Lines {
			if last := k == len(d.Why.Lines)-1; last || !countsDay(line) {
				lines = append(lines, line)
			}
		}
		return d.Title, lines
	}
	return data.Text{}, nil
}

// NextStep is what may happen next, and what it leads to.
type NextStep struct {
	Event data.EventKind
	By    []data.Actor // none: anybody
	To    string       // the pack's stage
	Title data.Text    // of that stage
	Who   data.Actor   // who must act then; "": as before, or nobody
	Says  data.Text    // more about it, where there is more to say
	Back  bool
}

// LadderView says where a case stands on the ladder, and what comes above.
type LadderView struct {
	Now, Next Rung // Next is "" at the top and when the case has ended
	How       data.Text
}

// TraceStep is one event and what it did.
type TraceStep struct {
	Event    string
	Kind     data.EventKind
	At       time.Time
	From, To string
	Waiting  data.Actor
}

// NoteView is a rule that a person has to know for a case.
type NoteView struct {
	ID     string
	Text   data.Text
	Origin Origin
}

// View is where a case stands, and why.
type View struct {
	Shown
	Title     data.Text // of the stage
	Edition   string
	Deadlines []DeadlineView // those that run, by date; then those that ended, latest first
	Next      []NextStep     // the seller's first
	Silence   data.Text      // what happens when nobody acts
	SilenceTo string
	Ladder    LadderView
	Notes     []NoteView
	Findings  []data.Finding
	Trace     []TraceStep
}

// Evaluate tells where a case stands under a pack at a time. It reads nothing
// but its arguments: the same gives the same.
func Evaluate(p *Pack, cals *Calendars, c Case, now time.Time) View {
	r, odd := newRun(p, cals, &c, true)
	events := standing(c.Events)
	r.fold(events)
	stage := &p.Stages[r.stage]
	v := View{
		Shown: r.shown(), Title: pack.Text(stage.Title), Edition: p.Edition,
		Silence: pack.Text(stage.Silence), SilenceTo: stage.SilenceTo, Trace: r.trace,
	}
	v.Deadlines = r.deadlines(now)
	v.Next = r.next()
	v.Ladder = r.ladder()
	for _, n := range p.Notes {
		if len(n.Reasons) == 0 || slices.Contains(n.Reasons, c.Reason) {
			v.Notes = append(v.Notes, NoteView{ID: n.ID, Text: pack.Text(n.Text), Origin: n.Origin})
		}
	}
	v.Findings = slices.Concat(odd, passed(v.Deadlines), r.statedFindings(), r.clockFindings(), eventFindings(c.Events, events, now), r.odd)
	return v
}

// passed tells of dates of the seller that have gone by: the platform may have
// acted on them, without anybody having written it down.
func passed(deadlines []DeadlineView) []data.Finding {
	var out []data.Finding
	for _, d := range deadlines {
		if d.Status == Overdue && !d.Optional && d.Who != data.ActorBuyer && d.Who != data.ActorPlatform {
			out = append(out, data.Finding{
				Rule: "deadline_passed", Severity: data.Serious, Where: []data.Ref{eventRef(&d.Why.Event)},
				Why: sayPassed.With("deadline", d.Title, "due", utc(d.Due), "timeout", d.Timeout), How: mendPassed.With(),
			})
		}
	}
	return out
}

func (r *run) deadlines(now time.Time) []DeadlineView {
	var running, over []DeadlineView
	for i := range r.clocks {
		d := r.view(&r.clocks[i])
		d.Status = Open
		switch {
		case d.Due.IsZero():
			d.Status = Undated
		case now.After(d.Due) && d.Optional:
			d.Status = Expired
		case now.After(d.Due):
			d.Status = Overdue
		}
		running = append(running, d)
	}
	for i := range r.done {
		e := &r.done[i]
		d := r.view(&e.clock)
		d.EndedBy, d.EndedAt = e.by.UID, e.by.At
		d.Status = endStatus(e.void, d.Optional, !d.Due.IsZero() && e.by.At.After(d.Due))
		over = append(over, d)
	}
	slices.SortStableFunc(running, func(a, b DeadlineView) int {
		if a.Due.IsZero() != b.Due.IsZero() {
			return cmp.Compare(boolRank(a.Due.IsZero()), boolRank(b.Due.IsZero()))
		}
		return a.Due.Compare(b.Due)
	})
	slices.SortStableFunc(over, func(a, b DeadlineView) int { return b.EndedAt.Compare(a.EndedAt) })
	return append(running, over...)
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

func endStatus(void, optional, after bool) Status {
	switch {
	case void && after && optional:
		return Expired
	case void && after:
		return Missed
	case void:
		return Dropped
	case after:
		return Late
	}
	return Met
}

func (r *run) view(c *clock) DeadlineView {
	v := DeadlineView{ID: RuleStated, Title: sayStated.With(), Who: data.ActorSeller, Timeout: sayStatedTimeout.With()}
	var origin Origin
	var rule span
	if c.rule >= 0 {
		d := &r.p.Deadlines[c.rule]
		v.ID, v.Title, v.Who, v.Optional = d.ID, pack.Text(d.Title), d.Who, d.Optional
		v.Timeout, v.TimeoutTo = pack.Text(d.Timeout), d.TimeoutTo
		rule = r.span(c.rule)
		v.Note, origin = pack.Text(rule.Note), *rule.Origin
	}
	var days []Day
	v.Computed = r.computed(c, &days)
	v.Stated, v.Due, v.Ceiling, v.Sure = c.stated, c.stated, r.ceiling(c), r.sure(c)
	if v.Due.IsZero() {
		v.Due = v.Computed
	}
	v.Differs = !v.Stated.IsZero() && !v.Computed.IsZero() && !v.Stated.Equal(v.Computed)
	if c.statedBy != nil {
		v.StatedBy = c.statedBy.UID
	}
	v.Why = Why{
		Event: *c.start, Rule: v.Title, Origin: origin, Calendar: rule.Calendar, Zone: r.loc.String(), Start: c.start.At, End: v.Computed, Days: days,
	}
	if rule.Calendar == BusinessDays {
		v.Why.Country = r.cal.Country
	}
	v.Why.Lines = r.explain(&v, rule.Within)
	return v
}

// next lists what may happen where the case stands: what the seller may do
// comes first.
func (r *run) next() []NextStep {
	stage := &r.p.Stages[r.stage]
	var all []NextStep
	add := func(s Step) {
		to := stage
		if s.To != "" {
			to = &r.p.Stages[r.m.stages[s.To]]
		}
		n := NextStep{Event: s.Event, By: s.By, To: to.ID, Title: pack.Text(to.Title), Who: s.Who, Back: s.Back}
		switch s.Who {
		case "":
			n.Who = to.Who
		case whoOther, whoSame:
			n.Who = ""
		}
		if s.Says != "" {
			n.Says = pack.Text(s.Says)
		}
		all = append(all, n)
	}
	for _, s := range stage.Steps {
		add(s)
	}
	for _, s := range r.p.Always {
		if s.To != stage.ID && !(stage.Final() && s.To == "") {
			add(s)
		}
	}
	slices.SortStableFunc(all, func(a, b NextStep) int {
		return cmp.Compare(boolRank(!slices.Contains(a.By, data.ActorSeller)), boolRank(!slices.Contains(b.By, data.ActorSeller)))
	})
	return all
}

// ladder says which rung comes next: the next one that the pack has, else what
// lies outside of the platform.
func (r *run) ladder() LadderView {
	stage := &r.p.Stages[r.stage]
	rungs := Rungs()
	now := slices.Index(rungs, stage.Rung)
	v := LadderView{Now: stage.Rung, How: rungSays[stage.Rung].With()}
	for _, rung := range rungs[now+1:] {
		inPack := slices.ContainsFunc(r.p.Stages, func(s Stage) bool { return s.Rung == rung && !s.Final() })
		if inPack || rung != RungPlatform {
			v.Next, v.How = rung, rungSays[rung].With()
			return v
		}
	}
	return v
}
