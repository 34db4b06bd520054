package policy

import (
	"slices"

	"casebinder/data"
)

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

// onceBits are the kinds of events that happen once while a clock runs: told
// again, they are reminders. A changed claim, a new offer or a new request
// starts a clock again.
var onceBits = mask([]data.EventKind{
	data.EventOpened, data.EventEscalated, data.EventPlatformStepped, data.EventReturnAgreed, data.EventReturnShipped,
	data.EventReturnReceived, data.EventRefundIssued, data.EventRuled, data.EventClosed,
})

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
