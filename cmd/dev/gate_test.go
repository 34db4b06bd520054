package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// trial is a tool that prints into a buffer.
func trial(t *testing.T) (*tool, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	return &tool{ctx: t.Context(), out: &out}, &out
}

func TestChecksKeepTheirOrderAndTheirOutput(t *testing.T) {
	tl, out := trial(t)
	said := func(text string) func(*tool) error {
		return func(t *tool) error { t.say("%s one", text); t.say("%s two", text); return nil }
	}
	err := tl.pass([]check{
		{name: "second", after: []string{"first"}, run: said("second")},
		{name: "first", run: said("first")},
		{name: "third", after: []string{"first", "second"}, run: said("third")},
	}, 3)
	if want := "first one\nfirst two\nsecond one\nsecond two\nthird one\nthird two\n"; err != nil || out.String() != want {
		t.Errorf("printed %q, %v; want %q", out, err, want)
	}
}

func TestTheFirstFailureStopsTheOthers(t *testing.T) {
	tl, out := trial(t)
	wrong := errors.New("wrong")
	started := make(chan struct{})
	err := tl.pass([]check{
		{name: "long", run: func(t *tool) error {
			close(started)
			<-t.ctx.Done() // it would never end by itself
			t.say("broken off")
			return t.ctx.Err()
		}},
		{name: "bad", run: func(t *tool) error { <-started; t.say("why"); return wrong }},
		{name: "later", after: []string{"bad"}, run: func(*tool) error { panic("it must not start") }},
	}, 2)
	if !errors.Is(err, wrong) || errors.Is(err, context.Canceled) || out.String() != "why\n" {
		t.Errorf("got %v and %q", err, out)
	}
}

func TestACheckThatWaitsForNothingIsTold(t *testing.T) {
	tl, _ := trial(t)
	err := tl.pass([]check{{name: "lost", after: []string{"absent"}, run: func(*tool) error { return nil }}}, 2)
	if err == nil || !strings.Contains(err.Error(), "lost") {
		t.Errorf("got %v", err)
	}
}

func TestWhatStartsSomething(t *testing.T) {
	for body, want := range map[string]bool{
		"go f()":                                 true,
		"var g errgroup.Group; g.Go(f)":          true,
		"kit.Go(f)":                              true,
		"load[int](f)":                           false,
		"exec.Command(name)":                     true,
		"exec.CommandContext(c, name)":           true,
		"exec.LookPath(name)":                    false,
		"store.Command(name)":                    false,
		"func() { defer wg.Done(); wg.Go(f) }()": true,
		"f()":                                    false,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nfunc x() {\n"+body+"\n}\n", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := startsSomething(file); got != want {
			t.Errorf("%s: %v, want %v", body, got, want)
		}
	}
}

func TestConcurrentPackagesOfThisRepository(t *testing.T) {
	root, err := findRoot(".")
	if err != nil {
		t.Fatal(err)
	}
	tl, _ := trial(t)
	tl.root = root
	paths, all, err := tl.concurrent()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"casebinder/data/desk", "casebinder/data/store", "casebinder/gui/kit"} {
		if !slices.Contains(paths, path) {
			t.Errorf("%s is not among those that start something: %v", path, paths)
		}
	}
	if slices.Contains(paths, "casebinder/assets") || len(paths) >= all {
		t.Errorf("%d of %d packages: %v", len(paths), all, paths)
	}
}

func TestSlowTests(t *testing.T) {
	printed := "ok  \tcasebinder/a\t0.512s\n?   \tcasebinder/b\t[no test files]\nok  \tcasebinder/c\t1m2.5s\nok  \tcasebinder/d\t(cached)\nok  \tcasebinder/e\t3.2s\n"
	var names []string
	for _, s := range slowTests(printed, 2) {
		names = append(names, s.title+" "+s.wall.String())
	}
	if got := strings.Join(names, ", "); got != "casebinder/c 1m2.5s, casebinder/e 3.2s" {
		t.Errorf("got %s", got)
	}
}

func TestAWeightIsOfTheProgramAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not tell a peak")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	held := bytes.Repeat([]byte{1}, 256<<20) // would be counted into a child that this process starts
	file := filepath.Join(t.TempDir(), "weight.json")
	cmd := exec.Command(self, weighWord, file, "sh", "-c", "exit 0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	runtime.KeepAlive(held)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var w weight
	if err := json.Unmarshal(text, &w); err != nil {
		t.Fatal(err)
	}
	if w.Peak <= 0 || w.Peak > 100 || w.Seconds <= 0 {
		t.Errorf("a shell that does nothing took %+v", w)
	}
}
