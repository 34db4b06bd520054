package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"text/tabwriter"
	"time"
)

// fuzzTarget is one fuzz test with its package.
type fuzzTarget struct{ folder, name string }

var (
	fuzzFunc  = regexp.MustCompile(`^func (Fuzz\w+)\(f \*testing\.F\)`)
	fuzzExecs = regexp.MustCompile(`execs: (\d+)`)
)

// fuzz runs every fuzz test for a while and prints how often each was run, and
// how many inputs that reach something new are kept: the next run goes on from
// them. An input that breaks one is made small in ten tries at most and kept in
// testdata.
func (t *tool) fuzz(args []string) error {
	flags := flag.NewFlagSet("fuzz", flag.ContinueOnError)
	each := flags.Duration("time", 20*time.Second, "how long each target runs")
	only := flags.String("only", "", "targets whose package and name hold this word")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		return fmt.Errorf("%w: fuzz takes --time and --only", errUsage)
	}
	targets, err := t.fuzzTargets()
	if err != nil {
		return err
	}
	kept, err := t.fuzzKept()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "package\ttarget\texecutions\tinputs kept")
	var failed error
	for _, f := range targets {
		if !strings.Contains(f.folder+" "+f.name, *only) {
			continue
		}
		said, err := t.step("fuzzing "+f.folder+" "+f.name, job{
			args: []string{
				"go", "test", "-run", "^$", "-fuzz", "^" + f.name + "$", "-fuzztime", each.String(), "-fuzzminimizetime", "10x",
				"-tags", checkTags, "./" + filepath.ToSlash(f.folder),
			},
			env: []string{"CGO_ENABLED=0"}, silent: true,
		})
		execs := "?"
		for _, m := range fuzzExecs.FindAllStringSubmatch(said, -1) {
			execs = m[1]
		}
		inputs, _ := os.ReadDir(filepath.Join(kept, f.folder, f.name)) // there is none where nothing new was reached
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\n", f.folder, f.name, execs, len(inputs))
		failed = errors.Join(failed, err)
	}
	failed = errors.Join(failed, table.Flush())
	fmt.Fprintf(t.out, "\nThe inputs are kept in %s, until “go clean -fuzzcache”.\n", kept)
	return failed
}

// fuzzKept is the folder in which Go keeps inputs between runs, for this module.
func (t *tool) fuzzKept() (string, error) {
	said, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		return "", fmt.Errorf("asking where inputs are kept: %w", err)
	}
	return filepath.Join(strings.TrimSpace(string(said)), "fuzz", "casebinder"), nil
}

// fuzzTargets finds the fuzz tests of the repository.
func (t *tool) fuzzTargets() (list []fuzzTarget, err error) {
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
				list = append(list, fuzzTarget{folder, m[1]})
			}
		}
		return lines.Err()
	})
	return list, err
}
