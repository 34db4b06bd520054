package service

import (
	"cmp"
	"slices"
	"time"

	"casebinder/data"
)

// Spoken is one message, as a Meter wants it.
type Spoken struct {
	OrderID   int64
	Shop      data.Shop
	Direction data.Direction
	Channel   string
	At        time.Time
	Exact     bool // the time is known to the minute
	NoAnswer  bool // a person said that it wants no answer
}

// Times are how long answers took.
type Times struct {
	N      int           // answers that were measured
	Median time.Duration // of N
	Within int           // of N, within the target

	took []time.Duration
}

// Share is the part of answers within the target, from 0 to 1; false where none
// was measured.
func (t Times) Share() (float64, bool) {
	if t.N == 0 {
		return 0, false
	}
	return float64(t.Within) / float64(t.N), true
}

// Measured are the reply times of one shop on one channel in one month.
type Measured struct {
	Shop    data.Shop
	Channel string
	Month   string // 2026-11, on the shop's clock, of the message that was answered
	First   Times  // the first answer on an order
	Later   Times  // each answer after it
	Vague   int    // answers that could not be measured: a message's time is not known to the minute
}

// A Meter measures reply times. Messages go in by order, and of an order by
// time.
type Meter struct {
	of       map[int64]data.Service
	all      map[meterKey]*Measured
	order    int64
	answered bool
	waits    *Spoken // the first that waits
}

type meterKey struct {
	shop           int64
	channel, month string
}

// NewMeter makes a meter with the services of shops by row id.
func NewMeter(of map[int64]data.Service) *Meter {
	return &Meter{of: of, all: map[meterKey]*Measured{}}
}

// Add takes the next message.
func (m *Meter) Add(s Spoken) {
	if s.OrderID != m.order {
		m.order, m.answered, m.waits = s.OrderID, false, nil
	}
	switch s.Direction {
	case data.FromBuyer:
		if m.waits == nil && !s.NoAnswer {
			m.waits = &s
		}
	case data.ToBuyer:
		if m.waits != nil {
			m.answer(m.waits, &s)
			m.answered, m.waits = true, nil
		}
	case data.FromPlatform:
	}
}

// answer counts an answer to a message. What the seller wrote unasked is none.
func (m *Meter) answer(asked, said *Spoken) {
	zone := asked.Shop.Location()
	key := meterKey{asked.Shop.ID, asked.Channel, asked.At.In(zone).Format("2006-01")}
	one := m.all[key]
	if one == nil {
		one = &Measured{Shop: asked.Shop, Channel: key.channel, Month: key.month}
		m.all[key] = one
	}
	if !asked.Exact || !said.Exact {
		one.Vague++
		return
	}
	times := &one.First
	if m.answered {
		times = &one.Later
	}
	until, _ := ReplyBy(asked.At, !m.answered, asked.Shop, m.of[asked.Shop.ID])
	times.took = append(times.took, said.At.Sub(asked.At))
	if !said.At.After(until) {
		times.Within++
	}
}

// Result gives what was measured: the newest month first, then by shop and
// channel.
func (m *Meter) Result() []Measured {
	list := make([]Measured, 0, len(m.all))
	for _, one := range m.all {
		one.First.settle()
		one.Later.settle()
		list = append(list, *one)
	}
	slices.SortFunc(list, func(a, b Measured) int {
		return cmp.Or(cmp.Compare(b.Month, a.Month), cmp.Compare(a.Shop.Platform, b.Shop.Platform), cmp.Compare(a.Shop.Name, b.Shop.Name),
			cmp.Compare(a.Channel, b.Channel))
	})
	return list
}

func (t *Times) settle() {
	t.N = len(t.took)
	if t.N == 0 {
		return
	}
	slices.Sort(t.took)
	t.Median = t.took[t.N/2]
	if t.N%2 == 0 {
		t.Median = (t.took[t.N/2-1] + t.Median) / 2
	}
}
