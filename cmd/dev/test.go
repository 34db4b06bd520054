package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// checkTags build everything, the window included, without a C compiler, GL or
// a display: Fyne swaps in its software driver.
const checkTags = "ci,migrated_fynedo"

// lanes is how many checks run at once. Two keep two cores busy while a linker
// or a window waits; more only share what there is.
const lanes = 2

// test makes the checks ready and passes them. The first failure stops it.
func (t *tool) test(args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%w: test takes nothing, not %q", errUsage, args)
	}
	began := time.Now()
	t.ledger = &ledger{}
	race, err := t.readyForTest()
	if err != nil {
		return err
	}
	t.say("\nThe first run compiles SQLite, the window library and the checkers: some minutes.")
	if err := errors.Join(t.formatted(), t.linted()); err != nil {
		return err
	}
	dir, clean, err := t.temp("window")
	if err != nil {
		return err
	}
	if err := t.pass(gateChecks(race, dir), lanes); err != nil {
		t.say("   what the window left is in %s", dir)
		return err
	}
	clean()
	if runtime.GOOS != "linux" {
		t.say("\n!! THE REAL WINDOW IS NOT CHECKED HERE: only Linux has a virtual display. Open it with: go run ./cmd/dev run")
	}
	t.tellTimes(time.Since(began))
	return nil
}

// gateChecks lists the checks, those that take longest first. The program is
// compiled and its window driven while the tests run.
func gateChecks(race bool, dir string) []check {
	var program string
	checks := []check{
		{name: "tests without cgo", run: (*tool).plainTests},
		{name: "vet", run: (*tool).vetted},
	}
	if runtime.GOOS == "linux" {
		checks = append(checks,
			check{name: "building the window", run: func(t *tool) (err error) { program, err = t.buildWindow(dir); return err }},
			check{name: "the window", after: []string{"building the window"}, run: func(t *tool) error { return t.checkWindow(program, dir) }})
	}
	if wineHere() {
		checks = append(checks, check{name: "tests for Windows", run: (*tool).systemForWindows})
	}
	checks = append(checks, check{name: "staticcheck", run: (*tool).staticallyChecked})
	if race {
		checks = append(checks, check{name: "race detector", run: (*tool).raceTests})
	}
	return checks
}

// withoutC is the environment in which nothing needs a C compiler.
var withoutC = []string{"CGO_ENABLED=0"}

func (t *tool) vetted() error {
	_, err := t.step("go vet", job{args: []string{"go", "vet", "-tags", checkTags, "./..."}, env: withoutC})
	return err
}

func (t *tool) staticallyChecked() error {
	_, err := t.step("staticcheck", job{args: []string{"go", "tool", "staticcheck", "-tags", checkTags, "./..."}, env: withoutC})
	return err
}

// plainTests runs every test. Vet looks at the same code in a check of its own.
func (t *tool) plainTests() error {
	printed, err := t.step("tests without cgo", job{
		args: []string{"go", "test", "-vet=off", "-timeout", "20m", "-tags", checkTags, "./..."}, env: withoutC,
	})
	for _, s := range slowTests(printed, 6) {
		t.say("   %6s  %s", short(s.wall), s.title)
	}
	return err
}

// reckoners are packages of others that reckon on what they are handed and
// share nothing: a database's engine, decoders, shapers. The detector need not
// watch each byte that they touch, which took four fifths of its time. What
// locks, sends or starts stays watched, the standard library's parts too.
var reckoners = []string{
	"modernc.org/...", "github.com/tetratelabs/wazero/...", "github.com/go-text/typesetting/...",
	"github.com/klauspost/compress/...", "github.com/pdfcpu/...", "golang.org/x/image/...",
	"compress/flate", "hash/...", "image/color", "image/draw", "image/gif", "image/jpeg", "image/png",
}

// raceTests runs the tests of what starts goroutines or children once more,
// with the race detector.
func (t *tool) raceTests() error {
	packages, all, err := t.concurrent()
	if err != nil {
		return err
	}
	args := []string{"go", "test", "-race", "-vet=off", "-short", "-timeout", "40m", "-tags", checkTags}
	for _, p := range reckoners {
		args = append(args, "-gcflags="+p+"=-race=false")
	}
	_, err = t.step(fmt.Sprintf("race detector, %d of %d packages", len(packages), all), job{
		args: append(args, packages...),
		env:  []string{"CGO_ENABLED=1"},
		slow: "Everything is compiled a second time, with the detector in it.",
	})
	return err
}

// readyForTest installs what the checks need and reports whether the race
// detector can run. Only a Windows machine without a C compiler goes without.
func (t *tool) readyForTest() (race bool, err error) {
	needs := validatorNeeds()
	switch runtime.GOOS {
	case "linux":
		needs = append(append(append(needs, windowNeeds()...), displayNeeds()...), installerMaker)
		if wineHere() {
			needs = append(needs, wineNeeds...)
		}
	case "windows":
		if err := t.ready([]need{compiler}); err != nil {
			t.say("\n!! NO C COMPILER: %v", err)
			t.say("!! THE RACE DETECTOR IS SKIPPED. Everything else is checked.")
			return false, t.ready(needs)
		}
	default:
		needs = append(needs, compiler)
	}
	return true, t.ready(needs)
}

// formatted fails with the names of files that gofumpt would change.
func (t *tool) formatted() error {
	names, err := t.step("gofumpt", job{args: []string{"go", "tool", "gofumpt", "-l", "."}, silent: true})
	if err != nil {
		return err
	}
	if names = strings.TrimSpace(names); names != "" {
		return fmt.Errorf("these files are not formatted; run go tool gofumpt -w . and try again:\n%s", names)
	}
	return nil
}

// linted looks at the workflow that no machine but GitHub's can run. Its shell is left to
// the reader, or it would depend on what else a machine has.
func (t *tool) linted() error {
	_, err := t.step("actionlint", job{args: []string{"go", "tool", "actionlint", "-shellcheck=", "-pyflakes="}, env: withoutC, silent: true})
	return err
}

// drive checks the real window alone.
func (t *tool) drive(args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%w: window takes nothing, not %q", errUsage, args)
	}
	if runtime.GOOS != "linux" {
		return errors.New("only Linux has a virtual display to drive the window on; open it with: go run ./cmd/dev run")
	}
	if err := t.ready(append(append(validatorNeeds(), windowNeeds()...), displayNeeds()...)); err != nil {
		return err
	}
	dir, clean, err := t.temp("window")
	if err != nil {
		return err
	}
	program, err := t.buildWindow(dir)
	if err == nil {
		err = t.checkWindow(program, dir)
	}
	if err != nil {
		t.say("   what the window left is in %s", dir)
		return err
	}
	clean()
	return nil
}

// checkWindow starts the real window, opens each tab, walks the journeys, and
// exports a bundle by clicks, which other people's programs then read.
func (t *tool) checkWindow(program, dir string) error {
	exported, err := t.exportByClicks(program, dir)
	if err != nil {
		return err
	}
	return t.readBack(program, exported, dir)
}

// mustExist fails where a file that another program should have left is absent.
func mustExist(path string) error {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("the window said that it made %s: %w", path, err)
	}
	return nil
}
