package main

import (
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// run makes the program ready and opens it.
func (t *tool) run(args []string) error {
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	virtual := runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == ""
	needs := windowNeeds()
	if virtual {
		needs = append(needs, displayNeeds()...)
	}
	if err := t.ready(needs); err != nil {
		return err
	}
	bin := filepath.Join(t.root, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return fmt.Errorf("making bin: %w", err)
	}
	program, err := t.buildWindow(bin)
	if err != nil {
		return err
	}
	if virtual {
		t.say("\nThere is no display here: opening the sample desk on a virtual one.")
		return t.photographTabs(program)
	}
	t.say("\nOpening Casebinder. The program is %s", program)
	cmd := t.command(append([]string{program}, args...), nil)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("casebinder: %w", err)
	}
	return nil
}

// photographTabs opens the sample desk on a virtual display and saves a
// picture of every tab into a folder that stays.
func (t *tool) photographTabs(program string) (err error) {
	out, _, err := t.temp("pictures")
	if err != nil {
		return err
	}
	dir, clean, err := t.temp("run")
	if err != nil {
		return err
	}
	defer clean()
	w, stop, err := t.openSample(program, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	t.say("\n== a picture of every tab")
	if err := w.photographTabs(out); err != nil {
		return err
	}
	t.say("\nThe pictures are in %s", out)
	return nil
}

// firstEntries are the controls that fill a tab's detail pane.
var firstEntries = map[string]string{
	"orders": "orders.row.0", "disputes": "disputes.row.0", "feedback": "feedback.row.0", "replies": "replies.text", "buyers": "buyers.row.0",
}

// photographTabs opens each tab with one of its entries and saves a picture of it.
func (w *window) photographTabs(dir string) error {
	tabs, err := w.tabs()
	if err != nil {
		return err
	}
	for i, name := range tabs {
		if _, err := w.openTab(name); err != nil {
			return err
		}
		if entry := firstEntries[name]; entry != "" {
			if err := w.openEntry(entry); err != nil {
				return err
			}
		}
		path := filepath.Join(dir, fmt.Sprintf("%d-%s.png", i+1, name))
		if err := w.photograph(path); err != nil {
			return fmt.Errorf("photographing %s: %w", name, err)
		}
		w.t.say("   %s", path)
	}
	return nil
}

// openEntry clicks an entry and gives the detail pane, which is the right part
// of the window, some time to fill. Not every entry fills it.
func (w *window) openEntry(id string) error {
	before, err := w.display.settled(4 * time.Second)
	if err != nil {
		return err
	}
	if err := w.click(id); err != nil {
		return err
	}
	pane := image.Rect(displayWidth*2/3, 0, displayWidth, displayHeight)
	for deadline := time.Now().Add(4 * time.Second); time.Now().Before(deadline); {
		now, err := w.display.picture()
		if err != nil {
			return err
		}
		if differing(part(before, pane), part(now, pane)) > 1000 {
			return nil
		}
		<-time.After(poll)
	}
	return nil
}

// openSample makes a sample desk in dir and opens it on a new virtual display.
func (t *tool) openSample(program, dir string, env ...string) (*window, func() error, error) {
	desk := filepath.Join(dir, "desk")
	if _, err := t.step("making the sample desk", job{args: []string{program, "--desk", desk, "sample"}, silent: true}); err != nil {
		return nil, nil, err
	}
	return t.openDesk(program, desk, dir, env...)
}

// openDesk opens a desk on a new virtual display; stop closes both.
func (t *tool) openDesk(program, desk, dir string, env ...string) (*window, func() error, error) {
	d, err := t.startDisplay(dir)
	if err != nil {
		return nil, nil, err
	}
	t.say("\n== opening the window on the virtual display %s", d.name)
	w, err := t.openWindow(d, program, desk, dir, env...)
	if err != nil {
		return nil, nil, errors.Join(err, d.stop())
	}
	return w, func() error { return errors.Join(w.close(), d.stop()) }, nil
}
