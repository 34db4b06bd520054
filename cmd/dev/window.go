package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// windowTags are the build tags of the window that people use.
func windowTags() string {
	if runtime.GOOS == "linux" {
		return "migrated_fynedo,x11" // x11: Wayland's headers are not needed
	}
	return "migrated_fynedo"
}

// buildWindow compiles the program as people use it and returns its path.
func (t *tool) buildWindow(dir string) (string, error) {
	path := filepath.Join(dir, "casebinder")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	_, err := t.step("building the program with its window", job{
		args: []string{"go", "build", "-buildvcs=false", "-tags", windowTags(), "-o", path, "./cmd/casebinder"},
		env:  []string{"CGO_ENABLED=1"},
		slow: "The first time this compiles the window library in C: a minute or two. Later: seconds.",
	})
	return path, err
}

// buildPlain compiles the program without its window and returns its path.
func (t *tool) buildPlain(dir string) (string, error) {
	path := filepath.Join(dir, "casebinder-plain")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	_, err := t.step("building the program without its window", job{
		args: []string{"go", "build", "-buildvcs=false", "-o", path, "./cmd/casebinder"}, env: []string{"CGO_ENABLED=0"},
	})
	return path, err
}

// A window is the real program on a virtual display.
type window struct {
	t       *tool
	trace   *trace
	display *display
	cmd     *exec.Cmd
	started time.Time
	out     *bytes.Buffer
	ended   chan error
	dead    error
	count   count        // of what the hand did
	at      image.Point  // where its content begins on the display
	quit    func() error // asks the program to end; nil: a signal does
	holds   bool         // a press lasts, as a person's does
}

// openWindow starts the program on a virtual display, waits until it is ready, and makes
// its window as large as the display.
func (t *tool) openWindow(d *display, program, desk, dir string, env ...string) (*window, error) {
	w, err := t.beginWindow(d, program, desk, dir, env...)
	if err != nil {
		return nil, err
	}
	if err = w.noProblem(); err == nil {
		err = w.fill()
	}
	if err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

// noProblem fails where the window opened with one.
func (w *window) noProblem() error {
	for _, e := range w.trace.seen {
		if e.Event == "problem" {
			return fmt.Errorf("the window opened with a problem: %s", e.What)
		}
	}
	return nil
}

// beginWindow starts the program with a home of its own, so that nobody's settings or
// desk are touched, and waits until its window is ready. Without a display it opens on
// the system's own.
func (t *tool) beginWindow(d *display, program, desk, dir string, env ...string) (*window, error) {
	home := filepath.Join(dir, "home")
	if err := os.MkdirAll(home, 0o755); err != nil {
		return nil, fmt.Errorf("making a home for the window: %w", err)
	}
	return t.startWindow(d, dir, []string{program, "--desk", desk, "--operator", "tester"}, append([]string{
		"WAYLAND_DISPLAY=", "HOME=" + home, "XDG_CONFIG_HOME=" + filepath.Join(home, ".config"),
		"XDG_DATA_HOME=" + filepath.Join(home, ".local", "share"), "XDG_CACHE_HOME=" + filepath.Join(home, ".cache"),
		"XDG_RUNTIME_DIR=" + home, "FYNE_SCALE=1", "NO_AT_BRIDGE=1", "CASEBINDER_TRACE=" + traceIn(dir), "CASEBINDER_DIALOGS=fyne",
	}, env...))
}

// traceIn is where the window tells what it shows.
func traceIn(dir string) string { return filepath.Join(dir, "trace.jsonl") }

// startWindow starts a program and waits until its window is ready.
func (t *tool) startWindow(d *display, dir string, args, env []string) (*window, error) {
	w := &window{t: t, display: d, trace: newTrace(traceIn(dir)), out: &bytes.Buffer{}, ended: make(chan error, 1)}
	if d != nil {
		env = append([]string{"DISPLAY=" + d.name, "LIBGL_ALWAYS_SOFTWARE=1", "LANG=C.UTF-8", "LC_ALL=C.UTF-8"}, env...)
	}
	w.cmd = t.command(args, env)
	w.cmd.Stdout = w.out
	w.cmd.Stderr = w.out
	w.started = time.Now()
	if err := w.cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting the window: %w", err)
	}
	go func() { w.ended <- w.cmd.Wait() }()
	if _, err := w.wait(90*time.Second, "the window to be ready", func(e event) bool { return e.Event == "ready" }); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

// alive returns an error with what the program printed once it has ended.
func (w *window) alive() error {
	if w.dead == nil {
		select {
		case err := <-w.ended:
			w.dead = fmt.Errorf("the program ended (%v) and printed:\n%s", err, w.out)
		default:
		}
	}
	return w.dead
}

// close ends the program.
func (w *window) close() error {
	if w.alive() != nil {
		return nil
	}
	quit := w.quit
	if quit == nil {
		quit = func() error { return interrupt(w.cmd.Process) }
	}
	if err := quit(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("closing the window: %w", err)
	}
	select {
	case err := <-w.ended:
		w.dead = fmt.Errorf("the program ended: %v", err)
	case <-time.After(15 * time.Second):
		w.dead = w.end()
		return fmt.Errorf("the window did not close within 15 s of being asked, and was ended. It printed:\n%s", w.out)
	}
	return nil
}

// end makes a window that hangs print what it is doing, and ends it.
func (w *window) end() error {
	if err := w.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		return errors.Join(err, w.cmd.Process.Kill(), <-w.ended)
	}
	select {
	case err := <-w.ended:
		return err
	case <-time.After(10 * time.Second):
		return errors.Join(w.cmd.Process.Kill(), <-w.ended)
	}
}

func (w *window) wait(limit time.Duration, what string, want func(event) bool) (event, error) {
	return w.trace.wait(w.t.ctx, limit, what, w.alive, want)
}

// still is how long a control must stay where it is before it is clicked: a
// window that fills with data moves what it shows.
const still = 500 * time.Millisecond

// click waits until a control stands still, moves the mouse onto it and presses
// once. A wide one, such as a row, is clicked near its left end, because its
// middle may be scrolled out of sight.
func (w *window) click(id string) error {
	if err := w.standsStill(id); err != nil {
		return err
	}
	e := w.trace.controls[id]
	if w.display == nil {
		return w.press(e.X+min(e.W/2, 60), e.Y+e.H/2)
	}
	if err := w.hand("mousemove", "--sync", pixels(float64(w.at.X)+e.X+min(e.W/2, 60)), pixels(float64(w.at.Y)+e.Y+e.H/2)); err != nil {
		return fmt.Errorf("pointing at %s: %w", id, err)
	}
	press := []string{"click", "1"}
	if w.holds {
		press = []string{"mousedown", "1", "sleep", "0.15", "mouseup", "1"}
	}
	if err := w.hand(press...); err != nil {
		return fmt.Errorf("clicking %s: %w", id, err)
	}
	return nil
}

// looksNeeded is how often the window must have looked and found a control where it was.
const looksNeeded = 3

// standsStill waits until a control is shown and has not moved for a while in which
// the window looked: while it is busy it tells no places, and old ones are stale.
func (w *window) standsStill(id string) error {
	last, err := w.trace.waitControl(w.t.ctx, 30*time.Second, id, w.alive)
	if err != nil {
		return err
	}
	since, looks, deadline := time.Now(), w.trace.looks, time.Now().Add(30*time.Second)
	for time.Since(since) < still || w.trace.looks-looks < looksNeeded {
		select {
		case <-w.t.ctx.Done():
			return w.t.ctx.Err()
		case <-time.After(poll):
		}
		if err := w.trace.read(); err != nil {
			return err
		}
		if err := w.alive(); err != nil {
			return err
		}
		if now := w.trace.controls[id]; now != last {
			last, since, looks = now, time.Now(), w.trace.looks
		}
		if last.W <= 0 {
			since = time.Now() // it was taken away; it may come back
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("the control %s does not stand still", id)
		}
	}
	return nil
}

// fill makes the window as large as the display, as maximizing would.
func (w *window) fill() error {
	if w.display == nil {
		return nil
	}
	return w.hand("search", "--sync", "--onlyvisible", "--name", "^Casebinder", "windowmove", "0", "0",
		"windowsize", strconv.Itoa(displayWidth), strconv.Itoa(displayHeight))
}

// hand runs xdotool on the window's display.
func (w *window) hand(args ...string) error {
	w.count.note(args)
	cmd := w.t.command(append([]string{"xdotool"}, args...), []string{"DISPLAY=" + w.display.name})
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("xdotool %s: %w: %s", strings.Join(args, " "), err, bytes.TrimSpace(out))
	}
	return nil
}

func pixels(v float64) string { return strconv.Itoa(int(v)) }

// tabs lists the tabs that the window has, in their order, by name.
func (w *window) tabs() ([]string, error) {
	if _, err := w.trace.waitControl(w.t.ctx, 30*time.Second, "tab.orders", w.alive); err != nil {
		return nil, err
	}
	var names []string
	for _, e := range w.trace.withPrefix("tab.") {
		names = append(names, strings.TrimPrefix(e.ID, "tab."))
	}
	return names, nil
}

// openTab clicks a tab, waits until the window says that it is open and that
// its rows are there, and returns how many there are. A tab that is open
// already is not clicked, because the window would have nothing to say.
func (w *window) openTab(name string) (rows int, err error) {
	if w.trace.last("tab").Name == name {
		if loaded := w.trace.last("loaded"); loaded.Name == name {
			return loaded.Rows, nil
		}
	} else {
		if err := w.click("tab." + name); err != nil {
			return 0, err
		}
		open, err := w.wait(30*time.Second, "the tab "+name+" to open", func(e event) bool {
			return e.Event == "tab" && e.Name == name
		})
		if err != nil || open.Rows > 0 {
			return open.Rows, err
		}
	}
	loaded, err := w.wait(30*time.Second, "the rows of the tab "+name, func(e event) bool {
		return e.Event == "loaded" && e.Name == name && e.Rows > 0
	})
	return loaded.Rows, err
}

// photograph moves the mouse out of the way, waits for the picture to settle
// and saves it.
func (w *window) photograph(path string) error {
	if err := w.hand("mousemove", strconv.Itoa(displayWidth-1), strconv.Itoa(displayHeight-1)); err != nil {
		return err
	}
	img, err := w.display.settled(4 * time.Second)
	if err != nil {
		return err
	}
	if err := w.alive(); err != nil {
		return err
	}
	if colorCount(img, 16) < 16 {
		return fmt.Errorf("the window is empty: its picture has fewer than 16 colors")
	}
	return savePNG(path, img)
}
