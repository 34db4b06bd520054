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
	Market   string // ISO 3166-1 country of the platform's site, by whose clock days are counted; "": told from Zone and Currency, else as the pack says
	Currency string // ISO 4217, of the amount in dispute: tells the site where nothing better does
	Events   []data.CaseEvent
	Shown    Shown // what is shown now, for Recompute
}

// CaseOf makes a case of a dispute and the shop of its order.
func CaseOf(d *data.Dispute, shop data.Shop) Case {
	return Case{
		ID: d.ID, UID: d.UID, Platform: shop.Platform, Reason: d.Reason, Pack: d.Pack, Zone: shop.Zone, Market: shop.Site,
		Currency: d.Amount.Currency, Events: d.Events,
	}
}

// RuleStated is the rule of a date that the platform stated where the pack has
// no rule for it.
const RuleStated = "stated"

// run folds the events of one case.
type run struct {
	p       *Pack
	m       *machine
	site    site
	loc     *time.Location
	cal     *Calendar
	stage   int
	waiting data.Actor
	opening *data.CaseEvent // the last that opened the case
	clocks  []clock
	full    bool
	done    []ended
	trace   []TraceStep
	implied []data.EventKind // steps that the event in hand implies, and that nobody wrote down
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
		reminder := r.reminds(e)
		known := reminder || r.move(e)
		r.tick(e, before)
		if !r.full {
			continue
		}
		switch {
		case reminder:
			r.odd = append(r.odd, r.reminded(e))
		case len(r.implied) > 0:
			r.odd = append(r.odd, r.impliedBy(e)...)
			r.implied = nil
		case !known:
			r.odd = append(r.odd, r.unexpected(e, before))
		}
		r.trace = append(r.trace, TraceStep{
			Event: e.UID, Kind: e.Kind, At: e.At, From: r.p.Stages[before].ID, To: r.p.Stages[r.stage].ID, Waiting: r.waiting,
		})
	}
}

// reminds reports whether an event only reminds of the opening: a case that is
// open is not opened a second time, and its clocks run on.
func (r *run) reminds(e *data.CaseEvent) bool {
	return e.Kind == data.EventOpened && r.opening != nil && !r.p.Stages[r.stage].Final()
}

// move takes a case through one event, and reports whether the pack foresees
// the event in the stage.
func (r *run) move(e *data.CaseEvent) bool {
	if e.Kind == data.EventCorrection {
		return true
	}
	if e.Kind == data.EventOpened {
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
	case data.EventReturnShipped, data.EventReturnReceived, data.EventAppealed, data.EventRuled:
		if r.catchUp(e) {
			return
		}
	}
	for i := range r.p.Stages {
		if s := stepOf(r.p.Stages[i].Steps, e); s != nil && s.To != "" {
			r.take(s, e)
			return
		}
	}
	here := r.p.Stages[r.stage].Stage
	then, waiting := meaning(here, r.waiting, *e)
	if e.Kind == data.EventEvidenceRequested && here == data.StageClosed {
		then = data.StagePlatform
	}
	if then != here {
		r.enter(r.like(then))
	}
	if r.waiting = waiting; r.p.Stages[r.stage].Final() {
		r.waiting = ""
	}
}

// catchUp takes a case along the steps that an event implies to the nearest
// stage that foresees it: goods that came back were sent, a decision that is
// appealed against was made. It reports whether there is such a way.
func (r *run) catchUp(e *data.CaseEvent) bool {
	type way struct {
		stage int
		steps []data.EventKind
	}
	queue, seen := []way{{stage: r.stage}}, map[int]bool{r.stage: true}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		stage := &r.p.Stages[at.stage]
		if len(at.steps) > 0 {
			if s := stepOf(stage.Steps, e); s != nil {
				r.enter(at.stage)
				r.take(s, e)
				r.implied = at.steps
				return true
			}
		}
		if stage.Final() {
			continue
		}
		for _, s := range stage.Steps {
			if next, ok := r.m.stages[s.To]; ok && !s.Back && !seen[next] {
				seen[next] = true
				queue = append(queue, way{next, append(slices.Clone(at.steps), s.Event)})
			}
		}
	}
	return false
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

// meaning is what an event means on any platform: the stage in which a case
// stands then, and who must act.
func meaning(here data.Stage, waiting data.Actor, e data.CaseEvent) (data.Stage, data.Actor) {
	switch e.Kind {
	case data.EventClaimChanged:
		if here == data.StageClosed {
			return data.StageNegotiation, data.ActorSeller
		}
		return here, data.ActorSeller
	case data.EventAccepted, data.EventEvidenceRequested:
		return here, data.ActorSeller // an agreement is the seller's to carry out
	case data.EventRejected, data.EventCounterOffer, data.EventMessage, data.EventEvidenceSent:
		return here, answerer(here, e)
	case data.EventEscalated, data.EventPlatformStepped:
		return data.StagePlatform, data.ActorPlatform
	case data.EventReturnAgreed:
		return data.StageReturn, data.ActorBuyer
	case data.EventReturnShipped, data.EventReturnReceived:
		return data.StageReturn, data.ActorSeller
	case data.EventRefundIssued:
		return here, data.ActorPlatform
	case data.EventAppealed:
		return data.StageAppeal, data.ActorPlatform
	case data.EventRuled:
		return data.StageClosed, ""
	}
	return here, waiting
}

// answerer is who must act after a message, an offer or a refusal: the other
// party while they negotiate, the platform once it decides. A word after the
// end changes nothing.
func answerer(here data.Stage, e data.CaseEvent) data.Actor {
	if here == data.StageClosed {
		return ""
	}
	return otherSide(here, e.Actor)
}
