package gui

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casebinder/data"
)

// A room knows what lies below it, and neither another room nor the frame.
func TestRoomsKnowNoRoom(t *testing.T) {
	below := map[string][]string{
		"kit": {"look", "loop", "native", "words"}, "look": nil, "words": nil, "route": nil, "clip": nil, "loop": nil, "native": nil, "opengl": nil,
		"speak": {"reports", "words"}, // what commands say of reports is what their room says
		"show":  {"clip", "kit", "look", "route", "words"}, "guitest": {"clip", "kit", "look", "route", "show", "words"},
	}
	folders, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	rooms := 0
	for _, folder := range folders {
		if !folder.IsDir() {
			continue
		}
		allowed, known := below[folder.Name()]
		if !known {
			allowed = []string{"kit", "look", "loop", "route", "show", "words"}
			rooms++
		}
		files, err := filepath.Glob(filepath.Join(folder.Name(), "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, one := range parsed.Imports {
				path, err := strconv.Unquote(one.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				if path == "casebinder/data/store" || path == "casebinder/data/vault" || path == "casebinder/gui" {
					t.Errorf("%s imports %s", file, path)
				}
				other, inside := strings.CutPrefix(path, "casebinder/gui/")
				if !inside || other == folder.Name() || strings.HasSuffix(file, "_test.go") && (other == "guitest" || other == "clip") {
					continue
				}
				if !slices.Contains(allowed, other) {
					t.Errorf("%s imports %s", file, path)
				}
			}
		}
	}
	if rooms < 8 {
		t.Errorf("there are %d rooms", rooms)
	}
}

func TestChangesAreGatheredAndNoneIsLost(t *testing.T) {
	f, done := newFeed(), make(chan struct{})
	heard := make(chan []data.ChangeEvent)
	ended := make(chan struct{})
	go func() {
		f.follow(done, func(events []data.ChangeEvent) { heard <- events })
		close(ended)
	}()
	const n = 5000 // far more than anything that could be dropped for want of room
	for i := range n {
		f.add(data.ChangeEvent{Rows: []data.RowRef{{Entity: data.EntityOrder, ID: int64(i)}}})
	}
	var all []data.ChangeEvent
	for len(all) < n {
		all = append(all, <-heard...)
	}
	for i, e := range all {
		if e.Rows[0].ID != int64(i) {
			t.Fatalf("change %d is that of row %d", i, e.Rows[0].ID)
		}
	}
	close(done)
	<-ended
}

// What changed while a tab was out of view reaches it when it comes into view,
// and a tab that was never seen asks for everything then.
func TestATabOutOfViewHearsLater(t *testing.T) {
	a := newDesk(t)
	counts := map[string]int{}
	for name, s := range a.screens {
		a.screens[name] = countingScreen{s, counts}
	}
	a.show("orders")
	a.show("today")
	a.hear([]data.ChangeEvent{{Rows: []data.RowRef{{Entity: data.EntityOrder, ID: 1}}}})
	a.hear([]data.ChangeEvent{{Rows: []data.RowRef{{Entity: data.EntityOrder, ID: 2}}}})
	if counts["today changed"] != 2 || counts["orders changed"] != 0 {
		t.Errorf("heard: %v", counts)
	}
	a.show("orders")
	a.show("disputes")
	if counts["orders changed"] != 2 || counts["orders reload"] != 1 || counts["disputes changed"] != 0 || counts["disputes reload"] != 1 {
		t.Errorf("heard when they came into view: %v", counts)
	}
}

// countingScreen counts what a screen hears.
type countingScreen struct {
	screen
	counts map[string]int
}

func (s countingScreen) Reload() {
	s.counts[s.Name()+" reload"]++
	s.screen.Reload()
}

func (s countingScreen) Changed(events []data.ChangeEvent) {
	s.counts[s.Name()+" changed"] += len(events)
	s.screen.Changed(events)
}
