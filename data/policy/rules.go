package policy

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"casebinder/data"
)

// Generic is the id of the pack that serves where no other does. It has no
// figure of its own: only dates that the platform states count.
const Generic = "generic"

// Rules are the packs and calendars in force. They do not change: a change of
// a pack, an override or a holiday list makes new ones. They are safe for use
// by several goroutines.
type Rules struct {
	Packs     []*Pack // by ID, with overrides
	Calendars *Calendars
}

var problemNoGeneric = data.DefineProblem("policy_no_generic", data.ErrNotFound,
	"The rule pack “{id}”, which is used where no other fits, is missing.", "Load the built-in packs again.")

// NewRules puts packs, overrides and the user's own holidays into force. A pack
// of the user's own stands before the built-in ones; with the same id it takes
// the place of one.
func NewRules(builtIn, own []*Pack, overrides []Override, holidays []Holidays) (*Rules, error) {
	applied, err := Apply(packKind.Layer(own, builtIn), overrides)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(applied, func(p *Pack) bool { return p.ID == Generic }) {
		return nil, problemNoGeneric.New("id", Generic)
	}
	return &Rules{Packs: applied, Calendars: NewCalendars(holidays...)}, nil
}

// Pack finds a pack by its ID.
func (r *Rules) Pack(id string) (*Pack, bool) {
	for _, p := range r.Packs {
		if p.ID == id {
			return p, true
		}
	}
	return nil, false
}

// ForCase chooses the pack of a case: of the platform's packs the one on the
// channel, when one is named; else the usual one for the reason; else the first
// that knows the reason; else the first. A platform without a pack gets the
// generic one. Only a generic pack that is missing too gives nil.
func ForCase(packs []*Pack, platform data.Platform, reason data.Reason, channel string) *Pack {
	var best, generic *Pack
	rank := 0
	for _, p := range packs {
		if p.ID == Generic {
			generic = p
		}
		if p.Platform != platform || p.ID == Generic {
			continue
		}
		_, knows := p.Words(reason)
		n := 1
		switch {
		case channel != "" && p.Channel == channel:
			n = 4
		case slices.Contains(p.Default, reason):
			n = 3
		case knows:
			n = 2
		}
		if n > rank {
			best, rank = p, n
		}
	}
	if best == nil {
		return generic
	}
	return best
}

// PackOf chooses the pack of a case: the one that a person chose, while it is
// there, else as ForCase does.
func (r *Rules) PackOf(c *Case) *Pack {
	if c.Pack != "" {
		if p, ok := r.Pack(c.Pack); ok {
			return p
		}
	}
	return ForCase(r.Packs, c.Platform, c.Reason, "")
}

// Evaluate tells where a case stands at a time.
func (r *Rules) Evaluate(c Case, now time.Time) View {
	return Evaluate(r.PackOf(&c), r.Calendars, c, now)
}

// DueDoubts tells what is odd about the date that an event of a case states,
// under the pack in force; see the function of that name.
func (r *Rules) DueDoubts(c Case, event data.CaseEvent) []data.Finding {
	return DueDoubts(r.PackOf(&c), r.Calendars, c, event)
}

// Brief gives what a list shows of a case.
func (r *Rules) Brief(c Case) Shown { return Brief(r.PackOf(&c), r.Calendars, c) }

// Moved is a case of which something changed.
type Moved struct {
	ID       int64
	UID      string
	From, To Shown
	Dates    bool // the due date is another one
}

var (
	sayMoved   = define("moved", "Due date moved from {from} to {to} (rule: {rule}).")
	sayNewDate = define("moved.new", "Due date {to} was not known before (rule: {rule}).")
	sayNoDate  = define("moved.gone", "Due date {from} no longer counts.")
	sayNewRule = define("moved.rule", "Due date {to} stays; the rule is {rule} now.")
)

// Text says from what to what a due date moved, in a time zone.
func (m *Moved) Text(loc *time.Location) data.Text {
	stamp := func(t time.Time) string { return data.Stamp(t, loc) }
	switch {
	case !m.Dates:
		return sayNewRule.With("to", stamp(m.To.Due), "rule", m.To.Rule)
	case m.To.Due.IsZero():
		return sayNoDate.With("from", stamp(m.From.Due))
	case m.From.Due.IsZero():
		return sayNewDate.With("to", stamp(m.To.Due), "rule", m.To.Rule)
	}
	return sayMoved.With("from", stamp(m.From.Due), "to", stamp(m.To.Due), "rule", m.To.Rule)
}

// Report says what came of a recomputation.
type Report struct {
	Cases   int // looked at
	Changed int // of which anything changed
	Moved   []Moved
}

// recomputeStep is after how many cases a cancellation is looked for.
const recomputeStep = 256

// Recompute works out every case anew and tells of each whose shown state is
// another than before: with save, so that it can be kept, and in the report.
// Moved holds those whose date, or its reason, changed, in the order of cases. When
// ctx is done or save fails, the report tells how far it came.
func (r *Rules) Recompute(ctx context.Context, cases iter.Seq2[Case, error], save func(Case, Shown) error) (Report, error) {
	var rep Report
	for c, err := range cases {
		if err != nil {
			return rep, fmt.Errorf("reading cases to recompute: %w", err)
		}
		if rep.Cases%recomputeStep == 0 && ctx.Err() != nil {
			return rep, context.Cause(ctx)
		}
		rep.Cases++
		shown := r.Brief(c)
		if shown.same(c.Shown) {
			continue
		}
		rep.Changed++
		m := Moved{ID: c.ID, UID: c.UID, From: c.Shown, To: shown, Dates: !shown.Due.Equal(c.Shown.Due)}
		if m.Dates || shown.Rule != c.Shown.Rule && !shown.Due.IsZero() {
			rep.Moved = append(rep.Moved, m)
		}
		if save == nil {
			continue
		}
		if err := save(c, shown); err != nil {
			return rep, fmt.Errorf("keeping case %s: %w", c.UID, err)
		}
	}
	return rep, nil
}

func (s Shown) same(other Shown) bool {
	rights := slices.EqualFunc(s.Rights, other.Rights, func(a, b data.Right) bool {
		return a.Rule == b.Rule && a.Sure == b.Sure && a.Due.Equal(b.Due)
	})
	return rights && s.Due.Equal(other.Due) && s.Pack == other.Pack && s.Stage == other.Stage && s.At == other.At &&
		s.Waiting == other.Waiting && s.Rule == other.Rule && s.Stated == other.Stated && s.Sure == other.Sure
}
