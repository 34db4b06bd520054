package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain lets this program stand in for both: the console's, and the one that it
// starts, by the name under which it was started.
func TestMain(m *testing.M) {
	switch filepath.Base(os.Args[0]) {
	case "casebinder.com":
		main()
	case program:
		said, err := io.ReadAll(os.Stdin)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%q read %s", os.Args[1:], said)
		fmt.Fprint(os.Stderr, "an error")
		os.Exit(len(os.Args) - 1)
	}
	os.Exit(m.Run())
}

func TestAllIsPassedOn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "案件 夹")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"casebinder.com", program} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{}, {"verify", "证据 包.zip", `a"b\`}} {
		cmd := exec.Command(filepath.Join(dir, "casebinder.com"), args...)
		cmd.Stdin = strings.NewReader("纠纷")
		var said, wrong strings.Builder
		cmd.Stdout, cmd.Stderr = &said, &wrong
		err := cmd.Run()
		code := 0
		if ended, ok := errors.AsType[*exec.ExitError](err); ok {
			code = ended.ExitCode()
		} else if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("%q read 纠纷", args); said.String() != want || wrong.String() != "an error" || code != len(args) {
			t.Errorf("%q: said %q, %q, exit code %d", args, &said, &wrong, code)
		}
	}
}

func TestAMissingProgramIsSaid(t *testing.T) {
	if code := run(nil); code != exitFailed { // the test stands in a folder without it
		t.Errorf("exit code %d", code)
	}
}
