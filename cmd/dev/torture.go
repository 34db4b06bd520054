package main

import (
	"fmt"
	"path/filepath"
)

// torture harms the program while it works and looks at what is left. The flags
// are those of cmd/dev/torture: --kills N, --faults N, --disks N, --cuts N,
// --every-cut=false, --damages N, --only WORD, --seed N, --workers N.
func (t *tool) torture(args []string) error {
	dir, clean, err := t.temp("torture")
	if err != nil {
		return err
	}
	defer clean()
	program, harms := filepath.Join(dir, "casebinder"), filepath.Join(dir, "torture")
	for _, one := range [][2]string{{program, "./cmd/casebinder"}, {harms, "./cmd/dev/torture"}} {
		if _, err := t.step("building "+one[1], job{args: []string{"go", "build", "-o", one[0], one[1]}, env: []string{"CGO_ENABLED=0"}}); err != nil {
			return err
		}
	}
	_, err = t.step("torture", job{
		args: append([]string{harms, "--program", program, "--root", t.root}, args...),
		slow: "About a third of a second for each harm and processor.",
	})
	if err != nil {
		return fmt.Errorf("the program did not stand everything: %w", err)
	}
	return nil
}
