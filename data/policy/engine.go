package policy

import (
	"slices"
	"time"

	"casebinder/data"
)

// Case is what the engine has to know of a dispute.
type Case struct {
	ID       int64 // row of the dispute; handed through
	UID      string
	Platform data.Platform
	Reason   data.Reason
	Pack     string // id of the pack that a person chose; "": told from platform and reason
	Zone     string // the shop's, as an IANA name; "": UTC
	Market   string // ISO 3166-1 country whose holidays count; "": as the pack says
	Events   []data.CaseEvent
	Shown    Shown // what is shown now, for Recompute
}

// CaseOf makes a case of a dispute and the shop of its order.
func CaseOf(d *data.Dispute, shop data.Shop) Case {
	return Case{ID: d.ID, UID: d.UID, Platform: shop.Platform, Reason: d.Reason, Pack: d.Pack, Zone: shop.Zone, Events: d.Events}
}

// RuleStated is the rule of a date that the platform stated where the pack has
// no rule for it.
const RuleStated = "stated"

// machine is a pack made ready for the engine.
type machine struct {
	stages map[string]int
	final  int               // the first stage that ends a case
	starts []uint32          // by deadline: bits of the kinds that start it
	ends   []uint32          // and that end it
	where  [][]bool          // by deadline and stage: whether it counts there
	was    map[string]string // figures before they were overridden
}

var kindBits = func() map[data.EventKind]uint32 {
	bits := map[data.EventKind]uint32{}
	for i, kind := range data.EventKinds() {
		bits[kind] = 1 << i
	}
	return bits
}()

func newMachine(p *Pack) *machine {
	m := &machine{stages: map[string]int{}, final: -1, was: map[string]string{}}
	for i := range p.Stages {
		m.stages[p.Stages[i].ID] = i
		if m.final < 0 && p.Stages[i].Final() {
			m.final = i
		}
	}
	for i := range p.Deadlines {
		d := &p.Deadlines[i]
		m.starts, m.ends = append(m.starts, mask(d.Starts)), append(m.ends, mask(d.Ends))
		where := make([]bool, len(p.Stages))
		for s := range p.Stages {
			where[s] = slices.Contains(d.Stages, p.Stages[s].ID) || len(d.Stages) == 0 && !p.Stages[s].Final()
		}
		m.where = append(m.where, where)
	}
	return m
}

func mask(kinds []data.EventKind) (bits uint32) {
	for _, kind := range kinds {
		bits |= kindBits[kind]
	}
	return bits
}

// standing gives the events that no correction takes back, in the order in
// which they happened. A correction takes back an event that was written down
// before it; a later correction of that correction brings the event back.
func standing(events []data.CaseEvent) []data.CaseEvent {
	sorted := slices.Clone(events)
	Sort(sorted)
	if !slices.ContainsFunc(sorted, func(e data.CaseEvent) bool { return e.Kind == data.EventCorrection }) {
		return sorted
	}
	gone := retracted(events)
	return slices.DeleteFunc(sorted, func(e data.CaseEvent) bool { return gone[e.UID] })
}

// retracted tells which events no longer count, by UID.
func retracted(events []data.CaseEvent) map[string]bool {
	recorded := slices.Clone(events)
	SortRecorded(recorded)
	gone := map[string]bool{}
	for i, e := range slices.Backward(recorded) {
		if e.Kind != data.EventCorrection || e.Corrects == "" || gone[e.UID] {
			continue
		}
		if slices.ContainsFunc(recorded[:i], func(earlier data.CaseEvent) bool { return earlier.UID == e.Corrects }) {
			gone[e.Corrects] = true
		}
	}
	return gone
}

// clock is a deadline that runs.
type clock struct {
	rule     int // index of the deadline; -1: a date that the platform stated without a rule
	start    *data.CaseEvent
	stated   time.Time
	statedBy *data.CaseEvent
}

// run folds the events of one case.
type run struct {
	p       *Pack
	m       *machine
	loc     *time.Location
	cal     *Calendar
	stage   int
	waiting data.Actor
	opening *data.CaseEvent // the last that opened the case
	clocks  []clock
	full    bool
	done    []ended
	trace   []TraceStep
	odd     []data.Finding
}

// ended is a clock that stopped.
type ended struct {
	clock
	by   *data.CaseEvent
	void bool // the case moved on without an answer
}

// fold replays standing events.
func (r *run) fold(events []data.CaseEvent) {
	r.stage = r.m.stages[r.p.Start]
	r.waiting = r.p.Stages[r.stage].Who
	for i := range events {
		e := &events[i]
		before := r.stage
		known := r.move(e)
		r.tick(e, before)
		if !r.full {
			continue
		}
		if !known {
			r.odd = append(r.odd, r.unexpected(e, before))
		}
		r.trace = append(r.trace, TraceStep{
			Event: e.UID, Kind: e.Kind, At: e.At, From: r.p.Stages[before].ID, To: r.p.Stages[r.stage].ID, Waiting: r.waiting,
		})
	}
}

// move takes a case through one event, and reports whether the pack foresees
// the event in the stage.
func (r *run) move(e *data.CaseEvent) bool {
	if e.Kind == data.EventCorrection {
		return true
	}
	if e.Kind == data.EventOpened && (r.opening == nil || r.p.Stages[r.stage].Final()) {
		r.opening = e
		r.enter(r.m.stages[r.p.Start])
		return true
	}
	if s := stepOf(r.p.Stages[r.stage].Steps, e); s != nil {
		r.take(s, e)
		return true
	}
	if s := stepOf(r.p.Always, e); s != nil {
		r.take(s, e)
		return true
	}
	r.follow(e)
	return false
}

// follow takes a case after an event that the pack does not foresee where the
// case stands: what happened has happened. The first stage that knows the event
// says what it leads to; when none does, the meaning that the event has on any
// platform does.
func (r *run) follow(e *data.CaseEvent) {
	switch e.Kind {
	case data.EventClosed, data.EventWithdrawn:
		r.enter(r.m.final)
		return
	case data.EventOpened:
		return
	}
	for i := range r.p.Stages {
		if s := stepOf(r.p.Stages[i].Steps, e); s != nil && s.To != "" {
			r.take(s, e)
			return
		}
	}
	here := r.p.Stages[r.stage].Stage
	then := stage(State{Stage: here, Waiting: r.waiting}, *e)
	if e.Kind == data.EventEvidenceRequested && here == data.StageClosed {
		then.Stage = data.StagePlatform
	}
	if then.Stage != here {
		r.enter(r.like(then.Stage))
	}
	if r.waiting = then.Waiting; r.p.Stages[r.stage].Final() {
		r.waiting = ""
	}
}

// like finds the pack's stage that stands for one of all platforms; for one
// that the pack lacks, the nearest. A return that the pack does not know leaves
// an open case where it is.
func (r *run) like(wanted data.Stage) int {
	if wanted == data.StageClosed {
		return r.m.final
	}
	for _, one := range []data.Stage{wanted, data.StagePlatform, data.StageNegotiation} {
		if one != wanted && wanted == data.StageReturn && !r.p.Stages[r.stage].Final() {
			return r.stage
		}
		// The platform's own stage, where it decides, goes before the one in which it waits.
		for _, who := range []data.Actor{data.ActorPlatform, data.ActorSeller, data.ActorBuyer} {
			if i := slices.IndexFunc(r.p.Stages, func(s Stage) bool { return s.Stage == one && s.Who == who }); i >= 0 {
				return i
			}
		}
	}
	return r.m.stages[r.p.Start]
}

func stepOf(steps []Step, e *data.CaseEvent) *Step {
	for i := range steps {
		if steps[i].Event == e.Kind && (len(steps[i].By) == 0 || slices.Contains(steps[i].By, e.Actor)) {
			return &steps[i]
		}
	}
	return nil
}

func (r *run) enter(stage int) {
	r.stage, r.waiting = stage, r.p.Stages[stage].Who
}

func (r *run) take(s *Step, e *data.CaseEvent) {
	before := r.waiting
	if s.To != "" {
		r.stage = r.m.stages[s.To]
	}
	stage := &r.p.Stages[r.stage]
	switch {
	case stage.Final():
		r.waiting = ""
	case s.Who == whoSame:
		r.waiting = before
	case s.Who == whoOther:
		r.waiting = otherSide(stage.Stage, e.Actor)
	case s.Who != "":
		r.waiting = s.Who
	default:
		r.waiting = stage.Who
	}
}

// otherSide is who answers to somebody: the other party while they negotiate,
// the platform once it decides.
func otherSide(stage data.Stage, who data.Actor) data.Actor {
	switch {
	case who != data.ActorSeller:
		return data.ActorSeller
	case stage == data.StagePlatform || stage == data.StageAppeal:
		return data.ActorPlatform
	}
	return data.ActorBuyer
}

// tick stops, drops and starts clocks after an event, and sets the date that
// the platform stated with it.
func (r *run) tick(e *data.CaseEvent, before int) {
	if e.Kind == data.EventCorrection {
		r.correctDate(e)
		return
	}
	bit := kindBits[e.Kind]
	kept := r.clocks[:0]
	for _, c := range r.clocks {
		switch {
		case r.answered(&c, e, bit):
			r.stop(c, e, false)
		case c.rule >= 0 && r.stage != before && !r.m.where[c.rule][r.stage], c.rule < 0 && r.p.Stages[r.stage].Final():
			r.stop(c, e, true)
		default:
			kept = append(kept, c)
		}
	}
	r.clocks = kept
	first := len(r.clocks)
	for i := range r.p.Deadlines {
		d := &r.p.Deadlines[i]
		if r.m.starts[i]&bit == 0 || !r.m.where[i][r.stage] || len(d.StartsBy) > 0 && !slices.Contains(d.StartsBy, e.Actor) {
			continue
		}
		if at := r.running(i); at >= 0 {
			r.clocks = slices.Delete(r.clocks, at, at+1) // it starts again
			if at < first {
				first--
			}
		}
		start := e
		if d.Opening && r.opening != nil {
			start = r.opening
		}
		r.clocks = append(r.clocks, clock{rule: i, start: start})
	}
	switch {
	case e.Due.IsZero():
	case !r.p.Stages[r.stage].Final():
		r.state(e, first)
	case first < len(r.clocks): // a right that the end gives, such as an appeal
		r.clocks[first].stated, r.clocks[first].statedBy = e.Due, e
	}
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

// computed is the date that the rule gives; zero when there is no rule or no
// figure. The days that were counted go into days, when it is not nil.
func (r *run) computed(c *clock, days *[]Day) time.Time {
	if c.rule < 0 || !r.p.Deadlines[c.rule].Within.Known() {
		return time.Time{}
	}
	return count(c.start.At, r.p.Deadlines[c.rule].Within, r.loc, r.cal, days).UTC()
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
	Sure    data.Confidence // how well the date is known: Confirmed when it was stated, Own when its rule was overridden; "" without a rule
}

// shown picks what a list shows.
func (r *run) shown() Shown {
	s := Shown{Pack: r.p.ID, Stage: r.p.Stages[r.stage].Stage, At: r.p.Stages[r.stage].ID, Waiting: r.waiting}
	for i := range r.clocks {
		c := &r.clocks[i]
		if !r.sellerMust(c) {
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
	return s
}

// sure says how well the date of a clock is known.
func (r *run) sure(c *clock) data.Confidence {
	switch {
	case !c.stated.IsZero():
		return data.Confirmed
	case c.rule < 0:
		return ""
	case len(r.p.Deadlines[c.rule].Overrides) > 0:
		return data.Own
	}
	return r.p.Deadlines[c.rule].Confidence
}

// newRun prepares a pack for a case. The finding tells of a time zone that does
// not exist.
func newRun(p *Pack, cals *Calendars, c *Case, full bool) (*run, []data.Finding) {
	m := p.m
	if m == nil {
		m = newMachine(p)
	}
	var odd []data.Finding
	zone := p.Clock.Zone
	if zone == zoneOfShop {
		zone = c.Zone
	}
	loc, err := location(zone)
	if err != nil {
		loc = time.UTC
		odd = append(odd, data.Finding{
			Rule: "zone_unknown", Severity: data.Warning, Why: sayZoneUnknown.With("zone", zone), How: mendZone.With(),
		})
	}
	country := c.Market
	if country == "" {
		country = p.Clock.Holidays
	}
	return &run{p: p, m: m, loc: loc, cal: cals.For(country), full: full}, odd
}

// Brief gives what a list shows of a case under a pack. It is quick: it
// explains nothing.
func Brief(p *Pack, cals *Calendars, c Case) Shown {
	r, _ := newRun(p, cals, &c, false)
	r.fold(standing(c.Events))
	return r.shown()
}

// SortRecorded puts events into the order in which they were written down.
func SortRecorded(events []data.CaseEvent) {
	slices.SortStableFunc(events, func(a, b data.CaseEvent) int {
		if n := a.RecordedAt.Compare(b.RecordedAt); n != 0 {
			return n
		}
		if n := a.At.Compare(b.At); n != 0 {
			return n
		}
		switch {
		case a.UID < b.UID:
			return -1
		case a.UID > b.UID:
			return 1
		}
		return 0
	})
}

// KnownAt gives the events that had been written down at a time: what
// the desk could show then. A correction that came later does not yet count.
func KnownAt(events []data.CaseEvent, at time.Time) []data.CaseEvent {
	return slices.DeleteFunc(slices.Clone(events), func(e data.CaseEvent) bool { return e.RecordedAt.After(at) })
}
