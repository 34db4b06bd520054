package store

import (
	"os"
	"os/exec"
	"testing"
)

// needProgram finds a program that reads our files independently.
func needProgram(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing; it must be installed where CI=true", name)
	}
	t.Skipf("SKIPPED: %s is not installed, so that what was written was NOT read back by another program", name)
	return ""
}
