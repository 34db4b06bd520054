package desk

import (
	"context"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/store"
)

// namedMost is how many orders with a value are looked at.
const namedMost = 50

// namings are what was found of the names that go.
type namings struct {
	seen   map[string]bool // values that were looked for
	shared map[string]bool // of these, those that others have too: they are looked for nowhere else
	kept   []data.ErasureKept
}

// planNames looks where else the buyer is named: what others have too is looked for
// nowhere but in what is the buyer's, and what others say of the buyer stays, and is told.
// What was found before is taken as it was.
func (p *ErasurePlan) planNames(ctx context.Context, from *store.Reader, before *namings) error {
	if p.names = before; before == nil {
		p.names = &namings{shared: map[string]bool{}, seen: map[string]bool{}}
	}
	own := map[int64]bool{}
	for _, o := range slices.Concat(p.orders, p.held) {
		own[o.ID] = true
	}
	for _, o := range p.orders {
		for _, v := range personalValues(o) {
			if v = strings.TrimSpace(v); p.names.seen[v] || !telling(v) {
				continue
			}
			p.names.seen[v] = true
			if err := p.planName(ctx, from, v, own); err != nil {
				return err
			}
		}
	}
	p.Kept = append(p.Kept, p.names.kept...)
	return nil
}

func (p *ErasurePlan) planName(ctx context.Context, from *store.Reader, value string, own map[int64]bool) error {
	named, err := from.NamedIn(ctx, value, namedMost)
	if err != nil {
		return err
	}
	for _, id := range named.Orders {
		at, err := from.ErasedAt(ctx, id)
		if err != nil {
			return err
		}
		p.names.shared[value] = p.names.shared[value] || !own[id] && at.IsZero()
	}
	if p.names.shared[value] {
		return nil
	}
	for _, of := range []struct {
		what, reason string
		orders       []int64
	}{
		{"message", "named_elsewhere", named.Messages}, {"dispute", "claimed_elsewhere", named.Disputes}, {"feedback", "reviewed_elsewhere", named.Feedback},
	} {
		for _, id := range of.orders {
			if own[id] {
				continue
			}
			o, err := from.Order(ctx, id)
			if err != nil {
				return err
			}
			if k := (data.ErasureKept{What: of.what, Order: o.Number, Reason: of.reason}); !slices.Contains(p.names.kept, k) {
				p.names.kept = append(p.names.kept, k)
			}
		}
	}
	return nil
}
