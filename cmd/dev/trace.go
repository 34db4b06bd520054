package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sort"
	"strings"
	"time"
)

// An event is one line that the window appends to the file that the
// environment variable CASEBINDER_TRACE names: what it shows, for testers
// outside of its process.
type event struct {
	At    int64   `json:"at"`       // milliseconds since 1970
	Event string  `json:"event"`    // ready, tab, loaded, control, exported, problem, found, waited ...
	Name  string  `json:"name"`     // tab, loaded: which one
	Rows  int     `json:"rows"`     // tab, loaded: how many rows it lists
	ID    string  `json:"id"`       // control: its stable name, "tab.orders"
	Path  string  `json:"path"`     // exported: the file or folder
	What  string  `json:"what"`     // problem: what the window tells the person
	MS    int     `json:"ms"`       // waited: for how long the main goroutine was busy at most, in the last second
	Found int     `json:"pictures"` // found: pictures that wait in watched folders
	Left  int     `json:"unread"`   // found: those that were not read yet
	X     float64 `json:"x"`        // control: its rectangle in pixels of the window
	Y     float64 `json:"y"`
	W     float64 `json:"w"`
	H     float64 `json:"h"`

	line string // as it was written
}

// poll is how often the trace file is read while waiting.
const poll = 50 * time.Millisecond

// A trace follows the file while the window writes it.
type trace struct {
	path     string
	offset   int64  // bytes read
	rest     []byte // a line that is not complete yet
	looks    int    // how often the window has looked where its controls are
	seen     []event
	next     int              // the first event that no wait has consumed
	controls map[string]event // where each control was last
}

func newTrace(path string) *trace {
	return &trace{path: path, controls: map[string]event{}}
}

// read takes in what has been appended since the last time.
func (tr *trace) read() error {
	f, err := os.Open(tr.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // the window has not said anything yet
	}
	if err != nil {
		return fmt.Errorf("opening the trace: %w", err)
	}
	defer f.Close()
	if _, err := f.Seek(tr.offset, io.SeekStart); err != nil {
		return fmt.Errorf("reading the trace: %w", err)
	}
	fresh, err := io.ReadAll(f)
	if err != nil {
		return fmt.Errorf("reading the trace: %w", err)
	}
	tr.offset += int64(len(fresh))
	return tr.take(fresh)
}

// take adds text to the trace; only complete lines count.
func (tr *trace) take(text []byte) error {
	tr.rest = append(tr.rest, text...)
	for {
		line, rest, complete := bytes.Cut(tr.rest, []byte("\n"))
		if !complete {
			return nil
		}
		tr.rest = rest
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var e event
		if err := json.Unmarshal(line, &e); err != nil {
			return fmt.Errorf("the window wrote a trace line that is no JSON: %q: %w", line, err)
		}
		if e.Event == "looked" {
			tr.looks++
			continue
		}
		e.line = string(line)
		tr.seen = append(tr.seen, e)
		if e.Event == "control" {
			tr.place(e)
		}
	}
}

// place notes where a control is; one without a size is no longer shown.
func (tr *trace) place(e event) {
	if e.W <= 0 || e.H <= 0 {
		delete(tr.controls, e.ID)
		return
	}
	tr.controls[e.ID] = e
}

// wait returns the next event for which want is true, passing over others. It
// gives up at the limit, when ctx ends or when alive says that the window died.
func (tr *trace) wait(ctx context.Context, limit time.Duration, what string, alive func() error, want func(event) bool) (event, error) {
	deadline := time.Now().Add(limit)
	for {
		if err := tr.read(); err != nil {
			return event{}, err
		}
		for tr.next < len(tr.seen) {
			e := tr.seen[tr.next]
			tr.next++
			if want(e) {
				return e, nil
			}
		}
		if err := alive(); err != nil {
			return event{}, fmt.Errorf("waiting for %s: %w", what, err)
		}
		if time.Now().After(deadline) {
			return event{}, fmt.Errorf("waited %s for %s; the window last said:\n%s", short(limit), what, tr.tail(8))
		}
		select {
		case <-ctx.Done():
			return event{}, ctx.Err()
		case <-time.After(poll):
		}
	}
}

// waitControl waits until a control is on the screen and returns where.
func (tr *trace) waitControl(ctx context.Context, limit time.Duration, id string, alive func() error) (event, error) {
	if err := tr.read(); err != nil {
		return event{}, err
	}
	if e, shown := tr.controls[id]; shown {
		return e, nil
	}
	return tr.wait(ctx, limit, "the control "+id, alive, func(e event) bool {
		return e.Event == "control" && e.ID == id && e.W > 0 && e.H > 0
	})
}

// last gives the newest event of a kind, or a zero one.
func (tr *trace) last(kind string) event {
	for i := len(tr.seen) - 1; i >= 0; i-- {
		if tr.seen[i].Event == kind {
			return tr.seen[i]
		}
	}
	return event{}
}

// withPrefix lists the controls on the screen whose names start so, from left
// to right and top to bottom.
func (tr *trace) withPrefix(prefix string) []event {
	var found []event
	for id, e := range tr.controls {
		if strings.HasPrefix(id, prefix) {
			found = append(found, e)
		}
	}
	sort.Slice(found, func(i, j int) bool {
		if found[i].Y != found[j].Y {
			return found[i].Y < found[j].Y
		}
		return found[i].X < found[j].X
	})
	return found
}

// tail prints the last events that are not about places, for a failure.
func (tr *trace) tail(n int) string {
	var lines []string
	for i := len(tr.seen) - 1; i >= 0 && len(lines) < n; i-- {
		if tr.seen[i].Event != "control" {
			lines = append([]string{"  " + tr.seen[i].line}, lines...)
		}
	}
	if len(lines) == 0 {
		lines = []string{"  nothing"}
	}
	return strings.Join(lines, "\n") + "\n  controls: " + strings.Join(tr.names(), " ")
}

func (tr *trace) names() []string {
	set := map[string]bool{}
	for id := range tr.controls {
		set[id] = true
	}
	return sorted(set)
}
