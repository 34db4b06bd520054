// Command opengl cuts the generated OpenGL packages down to what the window's toolkit
// calls, into gui/opengl: compiling some 2,800 bindings takes minutes, compiling
// fifty takes seconds.
//
// Its one rule: it leaves out and adds nothing. What stays is as its authors wrote it,
// but for one call: Windows' library is asked for by its name (see loadLate).
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const (
	module  = "github.com/go-gl/gl"
	toolkit = "fyne.io/fyne/v2"
	into    = "gui/opengl"
)

// packages are those that the toolkit uses: on desktops, and on ARM without a Mac.
var packages = []string{"v2.1/gl", "v3.1/gles2"}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "opengl:", err)
		os.Exit(1)
	}
}

func run() error {
	whole, err := source()
	if err != nil {
		return err
	}
	painter, err := toolkitDir()
	if err != nil {
		return err
	}
	for _, p := range packages {
		wanted, err := usedBy(painter, module+"/"+p)
		if err != nil {
			return err
		}
		if err := cutPackage(filepath.Join(whole, p), filepath.Join(into, p), wanted); err != nil {
			return fmt.Errorf("cutting %s: %w", p, err)
		}
		fmt.Printf("%s: %d names\n", p, len(wanted))
	}
	for _, name := range []string{"LICENSE", "go.mod"} {
		if err := keep(filepath.Join(whole, name), filepath.Join(into, name)); err != nil {
			return err
		}
	}
	return nil
}

// source gives the folder of the whole module, in the version that go.mod requires.
// go.mod has it replaced, so it is asked for from outside.
func source() (string, error) {
	version, err := output(".", "list", "-m", "-f", "{{.Version}}", module)
	if err != nil {
		return "", err
	}
	outside, err := os.MkdirTemp("", "opengl")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(outside) //nolint:errcheck // it is empty
	told, err := output(outside, "mod", "download", "-json", module+"@"+version)
	if err != nil {
		return "", err
	}
	var got struct{ Dir string }
	if err := json.Unmarshal([]byte(told), &got); err != nil {
		return "", fmt.Errorf("reading where %s is: %w", module, err)
	}
	return got.Dir, nil
}

func toolkitDir() (string, error) { return output(".", "list", "-m", "-f", "{{.Dir}}", toolkit) }

func output(dir string, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		var said *exec.ExitError
		if errors.As(err, &said) {
			err = fmt.Errorf("%w: %s", err, bytes.TrimSpace(said.Stderr))
		}
		return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}

// cutPackage writes what is wanted of a package, and the files beside it as they are.
func cutPackage(from, to string, wanted map[string]bool) error {
	if err := keepAs(filepath.Join(from, "procaddr.go"), filepath.Join(to, "procaddr.go"), loadLate); err != nil {
		return err
	}
	for _, name := range []string{"conversions.go", "debug.go", "KHR/khrplatform.h"} {
		if err := keep(filepath.Join(from, name), filepath.Join(to, name)); err != nil {
			return err
		}
	}
	text, err := os.ReadFile(filepath.Join(from, "package.go"))
	if err != nil {
		return err
	}
	short, err := cut(text, wanted)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "package.go"), short, 0o644)
}

func keep(from, to string) error {
	return keepAs(from, to, func(text []byte) ([]byte, error) { return text, nil })
}

// keepAs keeps a file as change makes it.
func keepAs(from, to string, change func([]byte) ([]byte, error)) error {
	text, err := os.ReadFile(from)
	if err == nil {
		text, err = change(text)
	}
	if err != nil {
		return fmt.Errorf("keeping %s: %w", from, err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o644)
}
