package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// annexes compares the pages of PDF files as a bundle shows them with PDFium's
// own pictures of them.
func (t *tool) annexes(args []string) error {
	if len(args) == 0 || strings.HasPrefix(args[len(args)-1], "-") {
		return fmt.Errorf("%w: annexes takes a folder with PDF files", errUsage)
	}
	for i, a := range args {
		if strings.HasPrefix(a, "-") {
			continue
		}
		path, err := filepath.Abs(a) // the step runs in the repository
		if err != nil {
			return fmt.Errorf("finding %s: %w", a, err)
		}
		args[i] = path
	}
	dir, clean, err := t.temp("annexes")
	if err != nil {
		return err
	}
	defer clean()
	side := filepath.Join(dir, "annexes")
	if runtime.GOOS == "windows" {
		side += ".exe"
	}
	if _, err := t.step("building what compares", job{
		args: []string{"go", "build", "-buildvcs=false", "-o", side, "./cmd/dev/annexes"}, env: []string{"CGO_ENABLED=0"},
	}); err != nil {
		return err
	}
	_, err = t.step("comparing pages", job{args: append([]string{side}, args...)})
	return err
}
