// Command bench is the measured side of `go run ./cmd/dev bench`, which builds
// and starts it once for each measurement, so that time includes the start of
// a process and peak memory is that of the work alone.
//
// Its one rule: what it makes up is made up the same way each time, and what
// it measures goes through the packages that the window uses.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"strconv"
)

// A word is one thing that the command can do.
type word struct {
	usage string
	run   func(ctx context.Context, args []string) error
}

func words() map[string]word {
	return map[string]word{
		"make-orders":   {"COUNT FILE", counted(makeOrders)},
		"make-waiting":  {"COUNT FILE", counted(makeWaiting)},
		"make-parcels":  {"COUNT FILE", counted(makeParcels)},
		"make-messages": {"COUNT CSV TEXT", makeMessages},
		"make-photos":   {"COUNT DIR", counted(makePhotos)},
		"make-blobs":    {"MEGABYTES DIR", counted(makeBlobs)},
		"queries":       {"", printQueries},
		"new":           {"DESK", newDesk},
		"import":        {"DESK FILE", importOrders},
		"look":          {"DESK FILE", lookAtOrders},
		"messages":      {"DESK FILE", importMessages},
		"make-cases":    {"COUNT FILE", counted(makeCases)},
		"cases":         {"DESK FILE", importCases},
		"recompute":     {"DESK", recompute},
		"page":          {"DESK", firstPage},
		"search":        {"DESK", searchAsTyped},
		"buyers":        {"DESK", matchBuyers},
		"risk":          {"DESK", reviewOrders},
		"numbers":       {"DESK", measureHealth},
		"pdf":           {"DIR OUT", bindPhotos},
		"make-labels":   {"COUNT DIR", counted(makeLabels)},
		"labels":        {"DIR CACHE", readLabels},
		"bag":           {"DIR OUT", bagFiles},
		"talk":          {"COUNT DIR", counted(bindTalk)},
		"exhibits":      {"COUNT DIR", counted(bindExhibits)},
		"plan":          {"COUNT", planExhibits},
		"sample":        {"DESK", sampleDesk},
		"preview":       {"DESK", previewDesk},
		pagesWord:       {"", drawPages},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := start(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func start(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("a word is missing")
	}
	w, known := words()[args[0]]
	if !known {
		return fmt.Errorf("%q is no word of this command", args[0])
	}
	if err := w.run(ctx, args[1:]); err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	return nil
}

// counted makes a word out of a function that takes a number and a path.
func counted(f func(ctx context.Context, n int, path string) error) func(context.Context, []string) error {
	return func(ctx context.Context, args []string) error {
		if len(args) != 2 {
			return fmt.Errorf("wants a number and a path, not %q", args)
		}
		n, err := strconv.Atoi(args[0])
		if err != nil || n < 1 {
			return fmt.Errorf("%q is no number above zero", args[0])
		}
		return f(ctx, n, args[1])
	}
}

// paths checks that a word got as many arguments as it takes.
func paths(args []string, n int) error {
	if len(args) != n {
		return fmt.Errorf("wants %d arguments, not %q", n, args)
	}
	return nil
}

// printJSON writes one value to the standard output.
func printJSON(v any) error {
	if err := json.NewEncoder(os.Stdout).Encode(v); err != nil {
		return fmt.Errorf("printing: %w", err)
	}
	return nil
}
