package desk

import (
	"context"
	"encoding/json"
	"slices"

	"casebinder/data"
	"casebinder/data/risk"
	"casebinder/data/store"
)

// How many orders are reviewed at a time: new ones before others may write, and
// changed ones inside one transaction.
const (
	riskPart  = 2000
	riskStale = 500
	riskSpan  = 200_000 // row ids, after which it is written down how far it came
)

// KeepRisk brings the kept reviews up with the orders, and says how many orders it
// looked at. It can be canceled; what was done stays.
func (d *Desk) KeepRisk(ctx context.Context, p Progress) (int, error) {
	if d.readOnly {
		return 0, nil
	}
	if err := d.KeepBuyers(ctx); err != nil { // what buyers share is asked by their marks
		return 0, err
	}
	d.riskMu.Lock()
	defer d.riskMu.Unlock()
	rules, err := d.riskRules(ctx)
	if err != nil {
		return 0, err
	}
	if err := d.riskEdition(ctx, rules); err != nil {
		return 0, err
	}
	k := riskKeeper{reviewer{desk: d, rules: rules, from: &d.store.Reader}, p, 0}
	if k.classes, err = k.from.ProductClasses(ctx); err != nil {
		return 0, err
	}
	if err := k.fresh(ctx); err != nil {
		return k.done, err
	}
	return k.done, k.stale(ctx)
}

// riskEdition begins anew where the reviews were made by other rules.
func (d *Desk) riskEdition(ctx context.Context, rules *risk.Rules) error {
	var last string
	if _, err := d.Setting(ctx, riskEditionSetting, &last); err != nil || last == rules.Edition {
		return err
	}
	value, err := json.Marshal(rules.Edition)
	if err != nil {
		return err
	}
	return d.record(ctx, func(_ context.Context, tx *store.Tx) (deed, error) {
		if err := tx.SetRiskUpto(0); err != nil {
			return deed{}, err
		}
		change := data.Change{Action: "risk.edition", Entity: data.EntityPolicy, Key: rules.Edition}
		return deed{Change: change, effect: data.EffectMany}, tx.PutSetting(riskEditionSetting, value)
	})
}

type riskKeeper struct {
	reviewer
	progress Progress
	done     int
}

// fresh reviews the orders that came since, and with them the others of their
// buyers.
func (k *riskKeeper) fresh(ctx context.Context) error {
	upto, err := k.from.RiskUpto(ctx)
	if err != nil {
		return err
	}
	last, err := k.from.LastOrder(ctx)
	if err != nil {
		return err
	}
	for begin := upto; begin < last; begin += riskSpan {
		end := min(begin+riskSpan, last)
		orders, err := k.from.OrdersToReview(ctx, begin, end)
		if err != nil {
			return err
		}
		if begin > 0 {
			ids := waitingIDs(orders)
			also, err := k.from.AlsoToReview(ctx, ids, begin)
			if err != nil {
				return err
			}
			orders = append(orders, also...)
			slices.SortFunc(orders, func(a, b store.WaitingOrder) int { return int(a.Buyer - b.Buyer) })
		}
		if err := k.all(ctx, orders); err != nil {
			return err
		}
		if err := k.desk.store.Update(ctx, func(tx *store.Tx) error { return tx.SetRiskUpto(end) }); err != nil {
			return err
		}
	}
	return nil
}

func waitingIDs(orders []store.WaitingOrder) []int64 {
	ids := make([]int64, len(orders))
	for i, o := range orders {
		ids[i] = o.ID
	}
	return ids
}

// all reviews orders part by part: while one is judged and written, the next is
// read. What changes meanwhile is stale, and reviewed again.
func (k *riskKeeper) all(ctx context.Context, orders []store.WaitingOrder) error {
	before, err := k.begin(ctx, len(orders))
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	parts := make(chan *gathered)
	var failed error // of reading; read once parts is closed
	go func() {
		defer close(parts)
		for part := range slices.Chunk(orders, riskPart) {
			g, err := k.gather(ctx, waitingIDs(part), before)
			if err != nil {
				failed = err
				return
			}
			before = g
			select {
			case parts <- g:
			case <-ctx.Done():
				failed = ctx.Err()
				return
			}
		}
	}()
	for g := range parts {
		if err != nil {
			continue // until the reader has ended
		}
		found := k.judge(g)
		if err = k.desk.store.Update(ctx, func(tx *store.Tx) error { return tx.KeepRisks(found) }); err != nil {
			stop()
		}
		k.progress.tell(int64(k.done), 0, "progress.reviewing")
	}
	return firstOf(err, failed)
}

// judge reviews the orders that were gathered.
func (k *riskKeeper) judge(g *gathered) []store.Risk {
	now := k.desk.now()
	found := make([]store.Risk, 0, len(g.Orders))
	for i := range g.Orders {
		o := &g.Orders[i]
		one := store.Risk{OrderID: o.ID, JudgedAt: now, Edition: k.rules.Edition}
		if waits(o) {
			f := k.factsOf(g, o)
			v := k.rules.Judge(&f, g.passes[o.ID])
			one.Level, one.Reasons, one.ShipFrom = v.Level, v.Reasons(), v.ShipFrom
			if one.ShipFrom.IsZero() {
				one.ShipFrom = v.LookFrom
			}
		}
		found = append(found, one)
	}
	k.done += len(found)
	return found
}

// stale reviews the orders that changed, each part inside of one transaction, so
// that nothing changes between looking and writing.
func (k *riskKeeper) stale(ctx context.Context) error {
	for {
		n := 0
		err := k.desk.store.Update(ctx, func(tx *store.Tx) error {
			ids, err := tx.StaleRisk(ctx, riskStale)
			if n = len(ids); err != nil || n == 0 {
				return err
			}
			k.from = &tx.Reader
			defer func() { k.from = &k.desk.store.Reader }()
			also, err := tx.AlsoToReview(ctx, ids, 1<<62)
			if err != nil {
				return err
			}
			all := append(slices.Clone(ids), waitingIDs(also)...)
			slices.Sort(all)
			g, err := k.gather(ctx, slices.Compact(all), nil)
			if err != nil {
				return err
			}
			if err := tx.KeepRisks(k.judge(g)); err != nil {
				return err
			}
			return tx.FreshRisk(ids)
		})
		if err != nil || n == 0 {
			return err
		}
	}
}
