// Command casebinder is the after-sales desk: without a word it opens the
// window, with one it does one thing and ends.
//
// Its one rule: it wires everything and decides nothing.
package main

import (
	"context"
	"os"
	"os/signal"

	"casebinder/data/barcode"
	"casebinder/data/pages"
	"casebinder/data/pdf"
)

// version is set by the release build.
var version = "0.1.0-dev"

func main() {
	os.Exit(start(os.Args[1:]))
}

// The hidden words with which the program starts itself to read a file that is not
// trusted: to take the pages of a PDF over, to show them, and to find the codes in a
// picture.
const (
	annexWord = "__annex"
	pagesWord = "__pages"
	codesWord = "__codes"
)

// verifyWord is the hidden word by which a desktop opens a bundle.
const verifyWord = "__verify"

func start(args []string) int {
	if len(args) > 0 && args[0] == annexWord {
		return pdf.AnnexMain(args[1:])
	}
	if len(args) > 0 && args[0] == pagesWord {
		return pages.Main(args[1:])
	}
	if len(args) > 0 && args[0] == codesWord {
		return barcode.Main(args[1:])
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(args) == 2 && args[0] == verifyWord {
		return openWindow(ctx, &call{files: args[1:]}, os.Stderr)
	}
	if len(args) > 0 {
		joinConsole()
	}
	return run(ctx, args, os.Stdout, os.Stderr)
}
