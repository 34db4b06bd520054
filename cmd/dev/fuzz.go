package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

const (
	// fuzzBuildLimit is what one package may take to compile: the database and
	// PDFium count their branches for a fuzz test too, on a machine that may be
	// busy.
	fuzzBuildLimit = 20 * time.Minute
	// fuzzLongest is the most time that a target gets to go through the inputs
	// kept of it.
	fuzzLongest = 10 * time.Minute
)

// minimizing says in how many tries an input that reaches something new is made
// small, where it is not 10x: targets that read one input many times over would
// do little else.
var minimizing = map[string]string{
	"data/importer FuzzText": "1x",
}

// fuzzTarget is one fuzz test with its package.
type fuzzTarget struct{ folder, name string }

func (f fuzzTarget) String() string { return filepath.ToSlash(f.folder) + " " + f.name }

var (
	fuzzFunc     = regexp.MustCompile(`^func (Fuzz\w+)\(\w+ \*testing\.F\)`)
	fuzzExecs    = regexp.MustCompile(`execs: (\d+)`)
	fuzzBaseline = regexp.MustCompile(`gathering baseline coverage: (\d+)/(\d+) completed`)
)

// fuzz runs every fuzz test for a while and prints how often each was run, and
// how many inputs that reach something new are kept: the next run goes on from
// them. An input that breaks one is made small in ten tries at most and kept in
// testdata. A target that tried no new input is told and is a failure.
func (t *tool) fuzz(args []string) error {
	flags := flag.NewFlagSet("fuzz", flag.ContinueOnError)
	each := flags.Duration("time", 20*time.Second, "how long each target runs")
	only := flags.String("only", "", "targets whose package and name hold this word")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		return fmt.Errorf("%w: fuzz takes --time and --only", errUsage)
	}
	targets, err := t.fuzzTargets(*only)
	if err != nil {
		return err
	}
	kept, err := t.fuzzKept()
	if err != nil {
		return err
	}
	dir, remove, err := t.temp("fuzz")
	if err != nil {
		return err
	}
	defer remove()
	var rows strings.Builder
	table := tabwriter.NewWriter(&rows, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "package\ttarget\texecutions\tinputs kept")
	var failed error
	binary, of := "", "" // a package's targets follow each other: it is compiled once
	for _, f := range targets {
		if f.folder != of {
			of = f.folder
			if binary, err = t.fuzzBuild(dir, of); err != nil {
				failed = errors.Join(failed, err)
			}
		}
		execs := "not compiled"
		if binary != "" {
			if execs, err = t.fuzzOne(f, binary, kept, *each); err != nil {
				failed = errors.Join(failed, err)
			}
		}
		inputs, _ := os.ReadDir(filepath.Join(kept, f.folder, f.name)) // there is none where nothing new was reached
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\n", filepath.ToSlash(f.folder), f.name, execs, len(inputs))
		if t.ctx.Err() != nil {
			break
		}
	}
	table.Flush()
	t.say("\n%s\nThe inputs are kept in %s, until “go clean -fuzzcache”.", rows.String(), kept)
	return failed
}

// fuzzBuild compiles the tests of a package for fuzzing.
func (t *tool) fuzzBuild(dir, folder string) (string, error) {
	binary := filepath.Join(dir, strings.ReplaceAll(filepath.ToSlash(folder), "/", "-")+".test")
	limited := *t
	ctx, stop := context.WithTimeout(t.ctx, fuzzBuildLimit)
	defer stop()
	limited.ctx = ctx
	_, err := limited.step("compiling "+filepath.ToSlash(folder)+" for fuzzing", job{
		args: []string{"go", "test", "-c", "-fuzz", ".", "-vet=off", "-tags", checkTags, "-o", binary, "./" + filepath.ToSlash(folder)},
		env:  []string{"CGO_ENABLED=0"}, silent: true,
	})
	if err != nil {
		return "", err
	}
	return binary, nil
}

// fuzzOne runs one target and says how often it ran. One that did not come
// through its kept inputs in its time runs once more, for as long as they take
// and its time.
func (t *tool) fuzzOne(f fuzzTarget, binary, kept string, each time.Duration) (string, error) {
	minimize := minimizing[f.String()]
	if minimize == "" {
		minimize = "10x"
	}
	takes, ran := each, ""
	for range 2 {
		said, err := t.step("fuzzing "+f.String(), job{
			args: []string{
				binary, "-test.run", "^$", "-test.fuzz", "^" + f.name + "$", "-test.fuzztime", takes.String(),
				"-test.fuzzminimizetime", minimize, "-test.fuzzcachedir", filepath.Join(kept, f.folder),
			},
			dir: f.folder, silent: true, both: true,
		})
		var more float64
		ran, more = fuzzRan(said)
		if err != nil {
			return ran + ", broken", err
		}
		if more == 0 {
			return ran, nil
		}
		takes = min(fuzzLongest, each+time.Duration(1.5*more*float64(each))).Round(time.Second)
	}
	return ran, fmt.Errorf("%s tried nothing new in %s: %s", f, takes, ran)
}

// fuzzRan reads from a fuzz test's output how often it ran. Where it tried
// nothing new, it says how far it came, and the time that the kept inputs take
// in times of what it had.
func fuzzRan(said string) (ran string, more float64) {
	if m := fuzzExecs.FindAllStringSubmatch(said, -1); m != nil && m[len(m)-1][1] != "0" {
		return m[len(m)-1][1], 0
	}
	m := fuzzBaseline.FindAllStringSubmatch(said, -1)
	if m == nil {
		return "none", 10
	}
	last := m[len(m)-1]
	done, _ := strconv.ParseFloat(last[1], 64)
	all, _ := strconv.ParseFloat(last[2], 64)
	return fmt.Sprintf("none (%s of %s kept inputs)", last[1], last[2]), max(all, 1) / max(done, 1)
}

// fuzzKept is the folder in which Go keeps inputs between runs, for this module.
func (t *tool) fuzzKept() (string, error) {
	said, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		return "", fmt.Errorf("asking where inputs are kept: %w", err)
	}
	return filepath.Join(strings.TrimSpace(string(said)), "fuzz", "casebinder"), nil
}

// fuzzTargets finds the fuzz tests of the repository whose package and name
// hold a word, each package's together.
func (t *tool) fuzzTargets(only string) (list []fuzzTarget, err error) {
	err = filepath.WalkDir(t.root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		folder, err := filepath.Rel(t.root, filepath.Dir(path))
		if err != nil {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			if m := fuzzFunc.FindStringSubmatch(lines.Text()); m != nil {
				if f := (fuzzTarget{folder, m[1]}); strings.Contains(f.String(), only) {
					list = append(list, f)
				}
			}
		}
		return lines.Err()
	})
	// A folder's files and the folders in it come mixed.
	slices.SortStableFunc(list, func(a, b fuzzTarget) int { return strings.Compare(a.folder, b.folder) })
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("%w: no fuzz test's package and name hold %q", errUsage, only)
	}
	return list, err
}
