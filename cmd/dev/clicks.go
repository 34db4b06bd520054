package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// exportByClicks opens each tab of a sample desk in the real window, checks
// that its picture changes, then exports the first dispute's bundle with the
// mouse alone. It returns the path that the window says it wrote.
func (t *tool) exportByClicks(program, dir string) (path string, err error) {
	w, stop, err := t.openSample(program, dir)
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.lastPicture(filepath.Join(dir, "failed.png")))
		}
		err = errors.Join(err, stop())
	}()
	if err := w.checkTabs(dir); err != nil {
		return "", err
	}
	if err := w.walkJourneys(dir); err != nil {
		return "", err
	}
	began := time.Now()
	t.say("\n== exporting a bundle by clicks")
	if path, err = w.exportBundle(); err != nil {
		return "", err
	}
	t.say("   %s\n   ok, %s", path, short(time.Since(began)))
	return path, mustExist(path)
}

// wantTabs are the tabs that the window must have.
var wantTabs = []string{"today", "orders", "disputes", "feedback", "replies", "buyers"}

// checkTabs opens every tab: the window must say so, and its picture must be
// another one than before.
func (w *window) checkTabs(dir string) error {
	began := time.Now()
	w.t.say("\n== opening every tab")
	names, err := w.tabs()
	if err != nil {
		return err
	}
	for _, name := range wantTabs {
		if _, shown := w.trace.controls["tab."+name]; !shown {
			return fmt.Errorf("the window has no tab %s; it has %v", name, names)
		}
	}
	if err := w.awayFrom(names); err != nil {
		return err
	}
	before, err := w.display.settled(4 * time.Second)
	if err != nil {
		return err
	}
	for _, name := range names {
		rows, err := w.openTab(name)
		if err != nil {
			return err
		}
		after, err := w.display.settled(4 * time.Second)
		if err != nil {
			return err
		}
		changed := differing(before, after)
		if changed < 1000 {
			return fmt.Errorf("the tab %s looks like the one before it: %d pixels differ", name, changed)
		}
		if err := w.photograph(filepath.Join(dir, name+".png")); err != nil {
			return fmt.Errorf("photographing %s: %w", name, err)
		}
		w.t.say("   %-10s %d rows, %d pixels changed", name, rows, changed)
		before = after
	}
	w.t.say("   ok, %s", short(time.Since(began)))
	return nil
}

// awayFrom opens the last tab, so that opening the first one is a change.
func (w *window) awayFrom(names []string) error {
	_, err := w.openTab(names[len(names)-1])
	return err
}

// exportBundle opens the first dispute and binds its bundle.
func (w *window) exportBundle() (string, error) {
	if _, err := w.openTab("disputes"); err != nil {
		return "", err
	}
	for _, id := range []string{"disputes.row.0", "dispute.bundle", "bundle.export"} {
		if err := w.click(id); err != nil {
			return "", err
		}
	}
	e, err := w.wait(3*time.Minute, "the bundle to be exported", func(e event) bool { return e.Event == "exported" })
	return e.Path, err
}

// lastPicture keeps what the window showed when something failed.
func (w *window) lastPicture(path string) error {
	img, err := w.display.picture()
	if err != nil {
		return err
	}
	w.t.say("   what the window showed: %s", path)
	return savePNG(path, img)
}
