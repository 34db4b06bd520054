// Command dev is the contributor's tool. It makes a fresh machine ready, runs
// the program, passes the checks, measures, takes pictures and packs releases.
//
// Its one rule: it needs nothing but Go to start. It imports the standard
// library alone, uses no cgo, and asks no questions; it says what it is about
// to install and how, and goes on. Work that needs the program's own packages
// happens in processes that it builds and starts.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

const usage = `usage: go run ./cmd/dev WORD

  run [-- ARGS]        make the program ready and open it; without a display, open the
                       sample desk on a virtual one and save a picture of every tab
  test                 make the checks ready and pass them
  window               drive the real window alone: every tab, the journeys, a bundle by clicks
  smoke                open the window on the screen of this Windows or Mac and click through its tabs
  journeys [--program FILE]
                       count clicks, keys and seconds of five journeys in the real window
  bench [--full]       measure the program against other tools and print the table
        [--only PART]  (parts: import, look, page, list, search, buyers, risk, health, rules,
                       pdf, bag, labels, found, compose, window)
  fuzz [--time 20s] [--only WORD]
                       run every fuzz test for a while and print how often
  torture [--kills N] [--faults N] [--disks N] [--cuts N] [--damages N] [--only WORD] [--seed N]
                       kill the program, fail its disk and cut its power while it works
  screens [--out DIR]  save pictures of every tab in three languages, light and dark
  annexes [--out=DIR]  compare the pages of the PDF files below a folder, as bundles show
          FOLDER       them, with what PDFium shows; pictures of what differs go to DIR
  workbooks            let LibreOffice open the XLSX files that the program writes, compute their
                       formulas, and compare the cells with SQL over the desk's file
  typeface             make the faces of the window anew from the faces of Noto, into assets/window
  wine [PACKAGE...]    run the tests as Windows runs them, built for it, under wine
       --installer     pack for Windows, install it there, use it, upgrade it, take it away
       --window        drive the window of Windows: tabs, a native dialog, pasted pictures, a bundle by clicks;
         [--out DIR]   with DIR also pictures of every tab in three languages at 100, 125 and 150 %
         [--program FILE]  of a Casebinder.exe that is built already
  opengl               cut the bindings of OpenGL down to what the window calls, into gui/opengl
  licenses             write the licenses of all that the program carries, into assets/licenses
  package [--os OS]    pack a release for this system, or --os windows with mingw and NSIS, into
        [--manifests]  dist/, with sums and manifests; --manifests alone: of what lies there
`

// errUsage marks a mistake in how the tool was called; it exits with 2.
var errUsage = errors.New("wrong usage")

// A tool is one call of the command.
type tool struct {
	ctx  context.Context
	root string    // the repository's top folder, absolute
	out  io.Writer // what people read
	ci   bool      // CI=true: nobody can answer or type a password

	ledger *ledger // what steps took; nil: nobody asks
	aside  bool    // other checks run beside this one
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := start(ctx, os.Args[1:])
	switch {
	case err == nil:
	case errors.Is(err, errUsage):
		fmt.Fprintf(os.Stderr, "%v\n\n%s", err, usage)
		os.Exit(2)
	default:
		fmt.Fprintf(os.Stderr, "\ndev: %v\n", err)
		os.Exit(1)
	}
}

// start finds the repository and runs the word in args.
func start(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("%w: a word is missing", errUsage)
	}
	if args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		fmt.Print(usage)
		return nil
	}
	if args[0] == weighWord { // wherever it is called
		return weigh(ctx, args[1:])
	}
	root, err := findRoot(".")
	if err != nil {
		return err
	}
	t := &tool{ctx: ctx, root: root, out: os.Stdout, ci: os.Getenv("CI") == "true"}
	words := map[string]func([]string) error{
		"run": t.run, "test": t.test, "bench": t.bench, "screens": t.screens, "torture": t.torture, "fuzz": t.fuzz, "package": t.pack, "window": t.drive, "journeys": t.journeys,
		"annexes": t.annexes, "workbooks": t.workbooks, "typeface": t.typeface, "opengl": t.opengl, "wine": t.wine, "licenses": t.licenses, "smoke": t.smoke,
	}
	word, known := words[args[0]]
	if !known {
		return fmt.Errorf("%w: %q is no word of this tool", errUsage, args[0])
	}
	began := time.Now()
	if err := word(args[1:]); err != nil {
		return err
	}
	if args[0] != "run" {
		t.say("\n%s: done in %s", args[0], short(time.Since(began)))
	}
	return nil
}

// findRoot walks up from dir to the folder whose go.mod names this module.
func findRoot(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("finding the repository: %w", err)
	}
	for at := dir; ; at = filepath.Dir(at) {
		text, err := os.ReadFile(filepath.Join(at, "go.mod"))
		if err == nil && strings.HasPrefix(string(text), "module casebinder") {
			return at, nil
		}
		if filepath.Dir(at) == at {
			return "", fmt.Errorf("no repository of Casebinder at or above %s: change into its folder first", dir)
		}
	}
}

// say prints one line for the person at the terminal.
func (t *tool) say(format string, args ...any) {
	fmt.Fprintf(t.out, format+"\n", args...)
}

// temp makes a folder for one call and the function that removes it.
func (t *tool) temp(name string) (string, func(), error) {
	dir, err := os.MkdirTemp("", "casebinder-"+name+"-")
	if err != nil {
		return "", nil, fmt.Errorf("making a temporary folder: %w", err)
	}
	return dir, func() { os.RemoveAll(dir) }, nil
}

// have reports whether a program can be started by its name.
func have(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// short prints a duration as people say it.
func short(d time.Duration) string {
	switch {
	case d < time.Second:
		return d.Round(time.Millisecond).String()
	case d < time.Minute:
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(time.Second).String()
}
