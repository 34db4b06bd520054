package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// plan prepares each scenario, counts its operations, and spreads the harms over
// them.
func (b *base) plan(ctx context.Context, n counts, only string) (jobs []job, err error) {
	var chosen []scenario
	for _, s := range scenarios() {
		if strings.HasPrefix(s.name, only) {
			chosen = append(chosen, s)
		}
	}
	r := b.rig(99)
	for i, s := range chosen {
		state := filepath.Join(b.dir, fmt.Sprint("state-", i))
		whole, err := r.unharmed(ctx, s, state)
		if err != nil {
			return nil, err
		}
		share := func(total int) int { return (total*(i+1))/len(chosen) - total*i/len(chosen) }
		for _, at := range b.spread(s.name+" kill", share(n.kills), whole.count) {
			jobs = append(jobs, harm("a kill", s, state, plan{kill: at}))
		}
		for _, at := range b.spread(s.name+" fault", share(n.faults), whole.count) {
			jobs = append(jobs, harm("a fault", s, state, plan{fail: at}))
		}
		for _, at := range b.spread(s.name+" disk", share(n.disks), whole.count) {
			jobs = append(jobs, harm("a full disk", s, state, plan{full: at}))
		}
		jobs = append(jobs, b.cuts(s, state, share(n.cuts))...)
		if n.everyCut && s.everyCut {
			jobs = append(jobs, b.everyCut(s, state, len(whole.ops))...)
		}
	}
	if n.damages > 0 && only == "" {
		more, err := b.damages(ctx, n.damages)
		return append(jobs, more...), err
	}
	return jobs, nil
}

// unharmed prepares a scenario, keeps the state before its command, and runs that
// without any harm.
func (r *rig) unharmed(ctx context.Context, s scenario, state string) (*outcome, error) {
	if err := errors.Join(os.RemoveAll(r.work), os.MkdirAll(r.work, 0o700)); err != nil {
		return nil, err
	}
	if err := s.prepare(ctx, r); err != nil {
		return nil, fmt.Errorf("preparing %s: %w", s.name, err)
	}
	if err := copyTree(r.work, state); err != nil {
		return nil, err
	}
	whole, err := r.trace(ctx, s, plan{record: true})
	if err != nil {
		return nil, err
	}
	if whole.code != 0 {
		return nil, fmt.Errorf("%s: exit code %d without any harm: %s", s.name, whole.code, whole.said)
	}
	if err := s.check(ctx, r, true); err != nil {
		return nil, fmt.Errorf("%s without any harm: %w", s.name, err)
	}
	return whole, nil
}

// spread gives n numbers from 1 to most, evenly but for a chance in each part.
func (b *base) spread(name string, n, most int) []int {
	lots := b.lots(name)
	list := make([]int, n)
	for i := range list {
		from, to := i*most/n, (i+1)*most/n
		list[i] = 1 + from + lots.IntN(max(1, to-from))
	}
	return list
}

// trace runs a scenario's command while its operations are watched.
func (r *rig) trace(ctx context.Context, s scenario, p plan) (*outcome, error) {
	return runTraced(ctx, append([]string{r.program}, s.args...), r.environment(), r.work, r.work, p)
}

// harm kills a scenario's command, lets an operation of it fail, or fills its
// disk, and looks at what is left.
func harm(kind string, s scenario, state string, p plan) job {
	return job{kind: kind, name: s.name, run: func(ctx context.Context, r *rig) error {
		if err := r.lay(state); err != nil {
			return err
		}
		end, err := r.trace(ctx, s, p)
		if err != nil {
			return err
		}
		at := fmt.Sprintf("before operation %d", max(p.kill, p.fail, p.full))
		if p.kill == 0 && isRaw(end.said) {
			return fmt.Errorf("%s: a raw error: %s", at, end.said)
		}
		if end.code > 1 {
			return fmt.Errorf("%s: exit code %d: %s", at, end.code, end.said)
		}
		if err := s.check(ctx, r, end.code == 0); err != nil {
			return fmt.Errorf("%s (it ended with %d: %s): %w", at, end.code, strings.TrimSpace(end.said), err)
		}
		if !s.redo {
			return nil
		}
		if err := r.must(ctx, s.args...); err != nil {
			return fmt.Errorf("%s, done again: %w", at, err)
		}
		return s.check(ctx, r, true)
	}}
}
