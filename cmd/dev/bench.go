package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strings"
	"text/tabwriter"
	"time"
)

// A sizing says how much work each part of the bench gets.
type sizing struct {
	importOrders, lookOrders, pageOrders, messages, photos, megabytes, windowOrders, cases, exhibits int
	reviewOrders, found, rounds                                                                      int
}

var (
	smallSize = sizing{importOrders: 30_000, lookOrders: 30_000, pageOrders: 30_000, messages: 60_000, photos: 30, megabytes: 300, windowOrders: 10_000, cases: 5_000, exhibits: 500, reviewOrders: 20_000, found: 100, rounds: 3}
	fullSize  = sizing{importOrders: 1_000_000, lookOrders: 125_000, pageOrders: 1_000_000, messages: 3_000_000, photos: 200, megabytes: 3000, windowOrders: 100_000, cases: 50_000, exhibits: 5_000, reviewOrders: 100_000, found: 1000, rounds: 3}
)

// A line is one row of the table: what was measured, and the bar.
type line struct {
	work, against string
	ours, theirs  string // medians, with their unit
	value, bar    float64
	unit          string // "x" for a ratio, "MB", "s"
}

// met reports whether the value is within the bar.
func (l line) met() bool { return l.value <= l.bar }

// A bencher measures the program against other tools.
type bencher struct {
	t     *tool
	size  sizing
	dir   string // everything that is made lies here
	side  string // the program of cmd/dev/bench
	self  string // this tool, which weighs programs in a process of its own
	lines []line
	desks map[int]string // desks with so many orders
}

// benchParts are the parts in the order of the table.
func benchParts() []struct {
	name string
	run  func(*bencher) error
} {
	return []struct {
		name string
		run  func(*bencher) error
	}{
		{"import", (*bencher).importing},
		{"look", (*bencher).looking},
		{"page", (*bencher).page},
		{"list", (*bencher).listing},
		{"search", (*bencher).search},
		{"buyers", (*bencher).buyers},
		{"risk", (*bencher).risk},
		{"health", (*bencher).health},
		{"rules", (*bencher).recomputing},
		{"pdf", (*bencher).photos},
		{"bag", (*bencher).bagging},
		{"labels", (*bencher).labels},
		{"found", (*bencher).found},
		{"compose", (*bencher).composing},
		{"window", (*bencher).window},
	}
}

// bench measures and prints the table.
func (t *tool) bench(args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	full := flags.Bool("full", false, "the sizes that the bars are meant for")
	only := flags.String("only", "", "one part")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		return fmt.Errorf("%w: bench takes --full and --only PART", errUsage)
	}
	if err := t.ready(benchNeeds()); err != nil {
		return err
	}
	dir, clean, err := t.temp("bench")
	if err != nil {
		return err
	}
	defer clean()
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this tool: %w", err)
	}
	b := &bencher{t: t, size: smallSize, dir: dir, side: filepath.Join(dir, "bench"), self: self, desks: map[int]string{}}
	if *full {
		b.size = fullSize
	}
	if runtime.GOOS == "windows" {
		b.side += ".exe"
	}
	if _, err := t.step("building the measured side", job{
		args: []string{"go", "build", "-buildvcs=false", "-o", b.side, "./cmd/dev/bench"}, env: []string{"CGO_ENABLED=0"},
	}); err != nil {
		return err
	}
	known := false
	for _, part := range benchParts() {
		if *only != "" && *only != part.name {
			continue
		}
		known = true
		t.say("\n== measuring: %s", part.name)
		if err := part.run(b); err != nil {
			return fmt.Errorf("measuring %s: %w", part.name, err)
		}
	}
	if !known {
		return fmt.Errorf("%w: bench has no part %q", errUsage, *only)
	}
	b.print(*full)
	return nil
}

// print writes the table; the machine stands above it, since only ratios carry
// over to another one.
func (b *bencher) print(full bool) {
	t := b.t
	t.say("\n%s, %s/%s, %d processors, %s", time.Now().UTC().Format("2006-01-02"), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	if !full {
		t.say("Small size: a first look. The bars are meant for --full.")
	}
	w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\nwork\tagainst\tours\ttheirs\tvalue\tbar\t")
	for _, l := range b.lines {
		verdict := "pass"
		if !l.met() {
			verdict = "MISS"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s %s\t<= %s %s\t%s\n", l.work, l.against, l.ours, l.theirs,
			figure(l.value), l.unit, figure(l.bar), l.unit, verdict)
	}
	if err := w.Flush(); err != nil {
		t.say("printing the table: %v", err)
	}
}

// figure prints a number with about three digits that mean something.
func figure(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 0.1:
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.4f", v)
}

func (b *bencher) at(name string) string { return filepath.Join(b.dir, name) }

// A cost is what a process took.
type cost struct {
	seconds float64
	cpu     float64 // seconds of processor time
	peak    float64 // most memory at once, in MB; 0 where the system does not say
	out     []byte
}

// measure runs a program and gives its cost. An error carries what it printed.
func (b *bencher) measure(stdin string, args ...string) (cost, error) {
	var out bytes.Buffer
	c, err := b.measureInto(&out, stdin, args...)
	c.out = out.Bytes()
	return c, err
}

// measureInto is measure for output that may be large.
func (b *bencher) measureInto(out io.Writer, stdin string, args ...string) (cost, error) {
	said := b.at("weight.json")
	if err := os.Remove(said); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return cost{}, fmt.Errorf("making room for a weight: %w", err)
	}
	cmd := b.t.command(append([]string{b.self, weighWord, said}, args...), nil)
	cmd.Dir = b.dir
	var errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), out, &errs
	if err := cmd.Run(); err != nil {
		return cost{}, fmt.Errorf("%s: %w: %s", shellLine(nil, args), err, bytes.TrimSpace(errs.Bytes()))
	}
	text, err := os.ReadFile(said)
	if err != nil {
		return cost{}, fmt.Errorf("reading what a program took: %w", err)
	}
	var w weight
	if err := json.Unmarshal(text, &w); err != nil {
		return cost{}, fmt.Errorf("reading what a program took: %w", err)
	}
	return cost{seconds: w.Seconds, cpu: w.CPU, peak: w.Peak}, nil
}

// ours runs a word of the measured side.
func (b *bencher) ours(args ...string) (cost, error) {
	return b.measure("", append([]string{b.side}, args...)...)
}

// make runs a word that only prepares, and says so.
func (b *bencher) make(what string, args ...string) error {
	began := time.Now()
	if _, err := b.ours(args...); err != nil {
		return err
	}
	b.t.say("   made %s, %s", what, short(time.Since(began)))
	return nil
}

// rounds runs both sides in turn and gives the medians of their costs. Before
// each round, fresh removes what the last one left.
func (b *bencher) rounds(n int, fresh func() error, ours, theirs func() (cost, error)) (a, z cost, err error) {
	var left, right []cost
	for i := range n {
		for _, side := range []struct {
			run  func() (cost, error)
			into *[]cost
		}{{ours, &left}, {theirs, &right}} {
			if err := fresh(); err != nil {
				return a, z, err
			}
			c, err := side.run()
			if err != nil {
				return a, z, err
			}
			*side.into = append(*side.into, c)
		}
		b.t.say("   round %d: ours %s, theirs %s", i+1, seconds(left[i].seconds), seconds(right[i].seconds))
	}
	return median(left), median(right), nil
}

// median gives the middle of times and of peaks, each by itself.
func median(all []cost) cost {
	var times, peaks, busy []float64
	for _, c := range all {
		times, peaks, busy = append(times, c.seconds), append(peaks, c.peak), append(busy, c.cpu)
	}
	return cost{seconds: quantile(times, 0.5), peak: quantile(peaks, 0.5), cpu: quantile(busy, 0.5)}
}

// quantile gives the value below which a share q of the values lies: the
// nearest rank.
func quantile(values []float64, q float64) float64 {
	sorted := slices.Clone(values)
	sort.Float64s(sorted)
	rank := int(q*float64(len(sorted)) + 0.999999)
	return sorted[min(max(rank-1, 0), len(sorted)-1)]
}

// seconds prints a time with three digits.
func seconds(s float64) string {
	switch {
	case s >= 1:
		return fmt.Sprintf("%.2f s", s)
	case s >= 0.01:
		return fmt.Sprintf("%.0f ms", s*1000)
	}
	return fmt.Sprintf("%.2f ms", s*1000)
}

// against adds a row that compares times.
func (b *bencher) against(work, tool string, ours, theirs, bar float64) {
	b.lines = append(b.lines, line{
		work: work, against: tool, ours: seconds(ours), theirs: seconds(theirs), value: ours / theirs, bar: bar, unit: "x",
	})
}

// memory adds a row about memory, where the system tells it.
func (b *bencher) memory(work string, peak, theirs, bar float64) {
	if peak == 0 {
		return
	}
	other := "-"
	if theirs > 0 {
		other = fmt.Sprintf("%.0f MB", theirs)
	}
	b.lines = append(b.lines, line{
		work: work, against: "a limit", ours: fmt.Sprintf("%.0f MB", peak), theirs: other, value: peak, bar: bar, unit: "MB",
	})
}

// remove deletes files and folders that a round left.
func (b *bencher) remove(names ...string) error {
	var err error
	for _, name := range names {
		err = errors.Join(err, os.RemoveAll(b.at(name)))
	}
	return err
}

// thousands prints a count as people write it: 30,000.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
