// Command typeface makes the two faces of the window out of the faces of Noto:
// the toolkit takes one face for each style, and text comes in every script.
//
// Its one rule: the same faces give the same bytes, and text in a script is
// shaped as the face that the script came from shapes it.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := start(); err != nil {
		fmt.Fprintln(os.Stderr, "typeface:", err)
		os.Exit(1)
	}
}

func start() error {
	for _, s := range styles() {
		file, err := made(s)
		if err != nil {
			return err
		}
		path := filepath.Join(root, s.path())
		if err := os.WriteFile(path, file, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s: %d bytes\n", path, len(file))
	}
	return nil
}

var root = "."

func readFile(path string) ([]byte, error) { return os.ReadFile(filepath.Join(root, path)) }
