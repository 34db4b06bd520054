package main

import (
	"bytes"
	"context"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestTorture is the short form of `go run ./cmd/dev torture`: a few harms of
// each kind in each scenario.
func TestTorture(t *testing.T) {
	if !canTrace {
		t.Skip("NOT TORTURED: a program's calls can be watched on Linux, x86-64, alone")
	}
	if testing.Short() {
		t.Skip("it builds the program without the race detector all the same")
	}
	root, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "casebinder")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./cmd/casebinder")
	build.Dir, build.Env = root, append(build.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var out bytes.Buffer
	args := []string{"--program", program, "--root", root, "--kills", "10", "--faults", "10", "--disks", "5", "--cuts", "10", "--damages", "16", "--every-cut=false"}
	if err := torture(t.Context(), args, &out); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
}

// TestTortureSeesHarm lets the program stand before a check that it cannot pass:
// a torture that finds nothing must not be one that looks at nothing.
func TestTortureSeesHarm(t *testing.T) {
	j := job{kind: "a kill", name: "nothing", run: func(context.Context, *rig) error { return oneOf("orders", 2, 3, 4) }}
	b := &base{dir: t.TempDir()}
	var out bytes.Buffer
	if err := report(&out, work(t.Context(), b, []job{j, j}, 2)); err == nil || err.Error() != "2 of 2 harms were not stood" {
		t.Errorf("%v\n%s", err, out.String())
	}
}

// TestPowerCutDropsWhatWasNotFlushed plays operations by hand: a file that was
// flushed in a folder that was not, one the other way round, one with both.
func TestPowerCutDropsWhatWasNotFlushed(t *testing.T) {
	before := t.TempDir()
	root, err := readNode(before)
	if err != nil {
		t.Fatal(err)
	}
	d := &disk{top: "/d", root: root}
	for _, o := range []operation{
		{kind: opCreate, path: "/d/whole"},
		{kind: opWrite, path: "/d/whole", data: []byte("old")},
		{kind: opSync, path: "/d/whole"},
		{kind: opCreate, path: "/d/empty"},
		{kind: opSync, path: "/d"},
		{kind: opWrite, path: "/d/empty", data: []byte("lost")},
		{kind: opWrite, path: "/d/whole", at: 3, data: []byte(" and lost")},
		{kind: opCreate, path: "/d/unnamed"},
		{kind: opWrite, path: "/d/unnamed", data: []byte("x")},
		{kind: opSync, path: "/d/unnamed"},
		{kind: opRename, path: "/d/whole", to: "/d/renamed"},
	} {
		d.do(o)
	}
	after := filepath.Join(t.TempDir(), "after")
	if err := d.root.write(after, nil); err != nil {
		t.Fatal(err)
	}
	left, err := readNode(after)
	if err != nil {
		t.Fatal(err)
	}
	if len(left.names) != 2 || string(left.names["whole"].now) != "old" || left.names["empty"] == nil || len(left.names["empty"].now) != 0 {
		t.Errorf("left: %v", left.names)
	}
}
