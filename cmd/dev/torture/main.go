// Command torture is the side of `go run ./cmd/dev torture` that harms the
// program while it works: it kills it before any of its operations on files,
// lets one of them fail or the disk run full, cuts the power so that what was
// not flushed is gone, and damages databases. After each harm it opens what is
// left by the program's own commands.
//
// Its one rule: the program is harmed from outside, as it is delivered; nothing
// in it helps, and the same seed gives the same harms.
//
// What is simulated: the operations are those that the program asks of the
// system (ptrace on Linux, x86-64), its database's included. A kill is a
// SIGKILL of all its processes. A full disk refuses what needs room. A power cut
// keeps of a file what was flushed, and of a folder the names that were there
// when it was flushed; of the rest it keeps nothing, or a part chosen by lot.
// What is not: disks that lie about flushing, and sectors that are torn inside.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := torture(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "torture: %v\n", err)
		os.Exit(1)
	}
}

// counts are how many harms of each kind are done.
type counts struct {
	kills, faults, disks, cuts, damages int
	everyCut                            bool // the power is cut after every operation, too, where a scenario asks for it
}

// A job is one harm, which gives an error when the program did not stand it.
type job struct {
	kind, name string
	run        func(ctx context.Context, r *rig) error
}

func torture(ctx context.Context, args []string, out io.Writer) error {
	var n counts
	var program, root, only string
	var seed uint64
	workers := 2
	flags := flag.NewFlagSet("torture", flag.ContinueOnError)
	flags.StringVar(&program, "program", "", "the `program` that is harmed")
	flags.StringVar(&root, "root", ".", "top `folder` of the repository, which holds the old desks")
	flags.IntVar(&n.kills, "kills", 500, "kills")
	flags.IntVar(&n.faults, "faults", 400, "operations that fail")
	flags.IntVar(&n.disks, "disks", 225, "disks that run full")
	flags.IntVar(&n.cuts, "cuts", 400, "power cuts, after which every other time a part of what was not flushed is left")
	flags.BoolVar(&n.everyCut, "every-cut", true, "cut the power after every operation, too, of an import, an evidence file, a bundle, a backup and a restore")
	flags.IntVar(&n.damages, "damages", 200, "damaged databases")
	flags.StringVar(&only, "only", "", "scenarios whose name begins with this `word`")
	flags.Uint64Var(&seed, "seed", 1, "of the lots")
	flags.IntVar(&workers, "workers", workers, "harms at the same time")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if !canTrace {
		return errors.New("it needs Linux on x86-64: only there the program's calls can be watched")
	}
	dir, err := os.MkdirTemp("", "casebinder-torture-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &base{program: program, root: root, dir: dir, seed: seed}
	jobs, err := b.plan(ctx, n, only)
	if err != nil {
		return err
	}
	return report(out, work(ctx, b, jobs, workers))
}

// A result is what came of the harms of one kind in one scenario.
type result struct {
	kind, name string
	done       int
	failed     []string
	took       time.Duration
}

// work does the jobs, so many at a time, each worker in a folder of its own.
func work(ctx context.Context, b *base, jobs []job, workers int) []*result {
	var mu sync.Mutex
	var results []*result
	at := func(j job) *result {
		for _, r := range results {
			if r.kind == j.kind && r.name == j.name {
				return r
			}
		}
		r := &result{kind: j.kind, name: j.name}
		results = append(results, r)
		return r
	}
	for _, j := range jobs { // in the order of the table
		at(j)
	}
	queue := make(chan job)
	var group sync.WaitGroup
	for i := range workers {
		group.Go(func() {
			r := b.rig(i)
			for j := range queue {
				began := time.Now()
				err := j.run(ctx, r)
				mu.Lock()
				one := at(j)
				one.done++
				one.took += time.Since(began)
				if err != nil {
					one.failed = append(one.failed, err.Error())
				}
				mu.Unlock()
			}
		})
	}
	for _, j := range jobs {
		select {
		case queue <- j:
		case <-ctx.Done():
		}
	}
	close(queue)
	group.Wait()
	return results
}

// report prints the table and what failed; an error says that something did.
func report(out io.Writer, results []*result) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "harm\twhile\ttimes\tnot stood\tseconds")
	failed, all := 0, 0
	for _, r := range results {
		fmt.Fprintf(table, "%s\t%s\t%d\t%d\t%.0f\n", r.kind, r.name, r.done, len(r.failed), r.took.Seconds())
		failed, all = failed+len(r.failed), all+r.done
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, r := range results {
		for _, why := range r.failed {
			fmt.Fprintf(out, "\n%s, %s: %s\n", r.kind, r.name, strings.TrimSpace(why))
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d harms were not stood", failed, all)
	}
	fmt.Fprintf(out, "\nall %d harms were stood\n", all)
	return nil
}
