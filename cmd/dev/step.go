package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// heartbeat is how long a step may be silent before it says that it lives.
const heartbeat = 20 * time.Second

// A job is a program to run as one step.
type job struct {
	args   []string
	env    []string // added to the environment, later ones win
	stdin  io.Reader
	dir    string // a folder of the repository in which it runs; empty: its top
	silent bool   // keep the output, print it only on failure
	both   bool   // what a silent one says on its error output is part of it
	mute   bool   // its output is read by the caller, also on failure: nothing of it is shown
	slow   string
}

// step announces a job, runs it in the repository and says how long it took.
// It returns what the job printed. On failure the output has been shown.
func (t *tool) step(title string, j job) (string, error) {
	t.say("\n== %s\n   $ %s", title, shellLine(j.env, j.args))
	if j.slow != "" {
		t.say("   %s", j.slow)
	}
	began := time.Now()
	var kept, said bytes.Buffer
	shown := t.out
	if j.silent {
		shown = io.Discard
	}
	pulse := newPulse(t.pulseOut(), began)
	cmd := t.command(j.args, j.env)
	cmd.Dir = filepath.Join(t.root, j.dir)
	cmd.Stdin = j.stdin
	cmd.Stdout = pulse.watch(io.MultiWriter(&kept, shown))
	cmd.Stderr = cmd.Stdout
	if j.silent && !j.both { // its output is read: what a tool says beside it (“go: downloading ...”) is no part of it
		cmd.Stderr = pulse.watch(&said)
	}
	err := cmd.Run()
	pulse.stop()
	t.ledger.add(spent{title: title, wall: time.Since(began), cpu: processorTime(cmd.ProcessState)})
	if err != nil {
		if j.silent && !j.mute {
			t.say("%s", strings.TrimRight(kept.String()+said.String(), "\n"))
		}
		return kept.String() + said.String(), fmt.Errorf("%s failed after %s: %w", title, short(time.Since(began)), err)
	}
	t.say("   ok, %s", short(time.Since(began)))
	return kept.String(), nil
}

// pulseOut is where a step says that it lives: nowhere while others run beside
// it, because the gate says that for all of them.
func (t *tool) pulseOut() io.Writer {
	if t.aside {
		return io.Discard
	}
	return t.out
}

// command prepares a process in the repository that dies with the tool.
func (t *tool) command(args, env []string) *exec.Cmd {
	cmd := exec.CommandContext(t.ctx, args[0], args[1:]...)
	cmd.Dir = t.root
	cmd.Env = append(os.Environ(), env...)
	cmd.Cancel = func() error { return interrupt(cmd.Process) }
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// interrupt asks a process to end, or ends it where asking is not known.
func interrupt(p *os.Process) error {
	if err := p.Signal(os.Interrupt); err == nil || errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return p.Kill()
}

// output runs a short program and gives its standard output, trimmed.
func (t *tool) output(args ...string) (string, error) {
	cmd := t.command(args, nil)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	text, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, strings.TrimSpace(stderr.String()))
	}
	return strings.TrimSpace(string(text)), nil
}

// shellLine prints a command as it can be typed.
func shellLine(env, args []string) string {
	parts := append([]string(nil), env...)
	for _, a := range args {
		if a == "" || strings.ContainsAny(a, " \t\"'$&|;<>()*?\\") {
			a = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
		parts = append(parts, a)
	}
	return strings.Join(parts, " ")
}

// A pulse prints a line when a step has been silent for long.
type pulse struct {
	mu    sync.Mutex
	last  time.Time
	began time.Time
	out   io.Writer
	quit  chan struct{}
	done  chan struct{}
}

func newPulse(out io.Writer, began time.Time) *pulse {
	p := &pulse{last: began, began: began, out: out, quit: make(chan struct{}), done: make(chan struct{})}
	go p.beat()
	return p
}

func (p *pulse) beat() {
	defer close(p.done)
	tick := time.NewTicker(heartbeat / 4)
	defer tick.Stop()
	for {
		select {
		case <-p.quit:
			return
		case now := <-tick.C:
			p.mu.Lock()
			if now.Sub(p.last) >= heartbeat {
				fmt.Fprintf(p.out, "   ... still at it, %s\n", now.Sub(p.began).Round(time.Second))
				p.last = now
			}
			p.mu.Unlock()
		}
	}
}

func (p *pulse) stop() {
	close(p.quit)
	<-p.done
}

// watch gives a writer that counts as a sign of life.
func (p *pulse) watch(w io.Writer) io.Writer { return &watched{p, w} }

type watched struct {
	p *pulse
	w io.Writer
}

func (w *watched) Write(b []byte) (int, error) {
	w.p.mu.Lock()
	defer w.p.mu.Unlock()
	w.p.last = time.Now()
	return w.w.Write(b)
}
