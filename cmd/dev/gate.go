package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

// A check is one part of the gate.
type check struct {
	name  string
	after []string // names of the checks that must have passed before
	run   func(*tool) error
}

// A spent is what one step of a check took.
type spent struct {
	title string
	wall  time.Duration
	cpu   time.Duration // of the step's process and all that it waited for
}

// A ledger gathers what the steps took. A nil ledger gathers nothing.
type ledger struct {
	mu    sync.Mutex
	steps []spent
}

func (l *ledger) add(s spent) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.steps = append(l.steps, s)
}

// A gate runs checks side by side.
type gate struct {
	t       *tool
	cancel  context.CancelFunc
	mu      sync.Mutex
	running map[string]time.Time
	passed  map[string]bool
	failed  error // the first failure; what it broke off is not counted
}

// pass runs all checks, as many at once as there are lanes. What a check prints
// stands together, once it has ended. The first failure stops the others.
func (t *tool) pass(checks []check, lanes int) error {
	ctx, cancel := context.WithCancel(t.ctx)
	defer cancel()
	g := &gate{t: t, cancel: cancel, running: map[string]time.Time{}, passed: map[string]bool{}}
	ended := make(chan struct{}, len(checks))
	waiting := g.begin(ctx, checks, lanes, ended)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	// What has begun is counted here by what has told its end: a check may end
	// before this line is reached, and what waits for it has yet to begin.
	for begun := len(checks) - len(waiting); begun > 0; {
		select {
		case <-ended:
			begun--
			before := len(waiting)
			waiting = g.begin(ctx, waiting, lanes, ended)
			begun += before - len(waiting)
		case <-beat.C:
			g.tell()
		}
	}
	if g.failed == nil && len(waiting) > 0 {
		return fmt.Errorf("the check %q waits for one that does not exist", waiting[0].name)
	}
	return g.failed
}

// begin starts the checks that may start, and gives those that still wait.
func (g *gate) begin(ctx context.Context, waiting []check, lanes int, ended chan<- struct{}) []check {
	g.mu.Lock()
	defer g.mu.Unlock()
	var rest []check
	for _, c := range waiting {
		if g.failed != nil || len(g.running) >= lanes || !g.ready(c) {
			rest = append(rest, c)
			continue
		}
		g.running[c.name] = time.Now()
		go func() {
			g.run(ctx, c)
			ended <- struct{}{}
		}()
	}
	return rest
}

func (g *gate) ready(c check) bool {
	for _, name := range c.after {
		if !g.passed[name] {
			return false
		}
	}
	return true
}

// run runs one check with an output of its own.
func (g *gate) run(ctx context.Context, c check) {
	var out bytes.Buffer
	own := *g.t
	own.ctx, own.out, own.aside = ctx, &out, true
	err := c.run(&own)
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.running, c.name)
	broken := err != nil && g.failed != nil
	if broken {
		return // it was broken off by the failure that is already known
	}
	g.t.say("%s", strings.TrimRight(out.String(), "\n"))
	if err != nil {
		g.failed = err
		g.cancel()
		return
	}
	g.passed[c.name] = true
}

// tell says what is running and for how long.
func (g *gate) tell() {
	g.mu.Lock()
	defer g.mu.Unlock()
	var names []string
	for name, since := range g.running {
		names = append(names, name+" "+short(time.Since(since).Round(time.Second)))
	}
	sort.Strings(names)
	g.t.say("   ... %s", strings.Join(names, ", "))
}

// tellTimes prints where the time went, the dearest step first.
func (t *tool) tellTimes(took time.Duration) {
	steps := append([]spent(nil), t.ledger.steps...)
	sort.SliceStable(steps, func(i, j int) bool { return steps[i].wall > steps[j].wall })
	t.say("\nWhere the time went (%s in all; checks run side by side):\n", short(took))
	w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "minutes\tprocessor\t  step")
	for _, s := range steps {
		if s.wall >= time.Second {
			fmt.Fprintf(w, "%.1f\t%.1f\t  %s\n", s.wall.Minutes(), s.cpu.Minutes(), s.title)
		}
	}
	if err := w.Flush(); err != nil {
		t.say("printing the times: %v", err)
	}
}

// slowTests lists the packages whose tests took longest, from what "go test"
// printed: "ok  casebinder/data/desk  12.3s".
func slowTests(printed string, most int) []spent {
	var all []spent
	for _, line := range strings.Split(printed, "\n") {
		f := strings.Fields(line)
		if len(f) < 3 || f[0] != "ok" {
			continue
		}
		if d, err := time.ParseDuration(f[2]); err == nil {
			all = append(all, spent{title: f[1], wall: d})
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].wall > all[j].wall })
	return all[:min(most, len(all))]
}

var errNoGo = errors.New("go list named no package")
