package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// checkTags build everything, the window included, without a C compiler, GL or
// a display: Fyne swaps in its software driver.
const checkTags = "ci,migrated_fynedo"

// test makes the checks ready and passes them. The first failure stops it.
func (t *tool) test(args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%w: test takes nothing, not %q", errUsage, args)
	}
	race, err := t.readyForTest()
	if err != nil {
		return err
	}
	pure := []string{"CGO_ENABLED=0"}
	t.say("\nThe first run compiles SQLite, the window library and the checkers: some minutes.")
	if err := t.formatted(); err != nil {
		return err
	}
	steps := []struct {
		title string
		job   job
	}{
		{"go vet", job{args: []string{"go", "vet", "-tags", checkTags, "./..."}, env: pure}},
		{"staticcheck", job{args: []string{"go", "tool", "staticcheck", "-tags", checkTags, "./..."}, env: pure}},
		{"tests without cgo", job{args: []string{"go", "test", "-timeout", "20m", "-tags", checkTags, "./..."}, env: pure}},
	}
	if race {
		steps = append(steps, struct {
			title string
			job   job
		}{"tests with the race detector", job{
			args: []string{"go", "test", "-race", "-short", "-timeout", "40m", "-tags", checkTags, "./..."},
			env:  []string{"CGO_ENABLED=1"},
			slow: "Everything is compiled a second time, with the detector in it.",
		}})
	}
	for _, s := range steps {
		if _, err := t.step(s.title, s.job); err != nil {
			return err
		}
	}
	return t.checkWindow()
}

// readyForTest installs what the checks need and reports whether the race
// detector can run. Only a Windows machine without a C compiler goes without.
func (t *tool) readyForTest() (race bool, err error) {
	needs := validatorNeeds()
	switch runtime.GOOS {
	case "linux":
		needs = append(append(needs, windowNeeds()...), displayNeeds()...)
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

// checkWindow starts the real window, opens each tab, and exports a bundle by
// clicks, which other people's programs then read.
func (t *tool) checkWindow() error {
	if runtime.GOOS != "linux" {
		t.say("\n!! THE REAL WINDOW IS NOT CHECKED HERE: only Linux has a virtual display. Open it with: go run ./cmd/dev run")
		return nil
	}
	dir, clean, err := t.temp("window")
	if err != nil {
		return err
	}
	program, err := t.buildWindow(dir)
	if err != nil {
		return err
	}
	exported, err := t.exportByClicks(program, dir)
	if err != nil {
		t.say("   what the window left is in %s", dir)
		return err
	}
	if err := t.readBack(program, exported, dir); err != nil {
		t.say("   the bundle is in %s", exported)
		return err
	}
	clean()
	return nil
}

// mustExist fails where a file that another program should have left is absent.
func mustExist(path string) error {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("the window said that it made %s: %w", path, err)
	}
	return nil
}
