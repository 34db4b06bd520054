package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// prngSource is a library that Go's runtime asks for and wine 8 lacks.
//
//go:embed wine/prng.c
var prngSource []byte

var wineNeeds = []need{program("wine", "runs programs of Windows", pk("wine wine64", "wine", "")), crossCompiler}

// wineHere reports whether programs for Windows can be run: wine runs those of the
// processor that it runs on.
func wineHere() bool { return runtime.GOOS == "linux" && runtime.GOARCH == "amd64" }

// wine runs the tests of the packages and commands, built for Windows, under wine, or
// installs the program there.
func (t *tool) wine(args []string) error {
	if !wineHere() {
		return fmt.Errorf("%w: wine is for Linux on amd64", errUsage)
	}
	if len(args) > 0 && args[0] == "--window" {
		return t.wineWindow(args[1:])
	}
	install := len(args) == 1 && args[0] == "--installer"
	if install {
		args = nil
	}
	for _, arg := range args {
		if !strings.HasPrefix(arg, "./") {
			return fmt.Errorf("%w: wine takes --installer, --window, or packages such as ./data/bag, not %q", errUsage, arg)
		}
	}
	if len(args) == 0 {
		args = []string{"./..."}
	}
	if err := t.ready(wineNeeds); err != nil {
		return err
	}
	if install {
		return t.wineInstaller()
	}
	return t.wineTests(args...)
}

// wineSystem are the packages that touch the system. They are tested for Windows in the
// checks of each change; all others, which take some ten times as long, by the word "wine".
var wineSystem = []string{"./data", "./data/bag", "./data/table", "./data/vault", "./data/watch", "./gui/clip", "./gui/native"}

// systemForWindows is that check.
func (t *tool) systemForWindows() error { return t.wineTests(wineSystem...) }

// wineRoom is what a prefix and what tests leave in it take.
const wineRoom = 4 << 30

// wineTemp makes a folder for a prefix: in memory, where there is room. Tests wait for
// their disk at each step, and under wine a disk takes ten times as long to say that a
// step is on it; that it does say so is checked where no wine is between.
func (t *tool) wineTemp() (dir string, clean func(), err error) {
	const memory = "/dev/shm"
	if roomIn(memory) < wineRoom {
		return t.temp("wine")
	}
	dir, err = os.MkdirTemp(memory, "casebinder-wine-")
	return dir, func() { os.RemoveAll(dir) }, err
}

// wineTests makes a prefix and runs the tests of packages in it.
func (t *tool) wineTests(packages ...string) error {
	dir, clean, err := t.wineTemp()
	if err != nil {
		return err
	}
	defer clean() // it is large, and what failed has been told
	env, err := t.winePrefix(dir)
	if err != nil {
		return err
	}
	defer t.endWine(env)
	overlay, err := t.wineOverlay(dir)
	if err != nil {
		return err
	}
	printed, failed := t.step("tests for Windows, under wine", job{
		args: append([]string{"go", "test", "-json", "-short", "-vet=off", "-timeout", "60m", "-overlay", overlay, "-exec", "wine", "-tags", checkTags}, packages...),
		// Programs that read what the tests wrote are those of Linux: without CI their absence is no failure.
		env: append(env, "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0", "CI="), silent: true, mute: true,
		slow: "Everything is compiled once more, for Windows.",
	})
	r, err := readWine(printed)
	if err != nil {
		return errors.Join(err, failed)
	}
	if err := r.tell(t); err != nil {
		return err
	}
	if failed != nil && len(r.beyond) == 0 { // it failed beside the tests
		return failed
	}
	return nil
}

// endWine ends what wine left running in a prefix.
func (t *tool) endWine(env []string) {
	var nothing *exec.ExitError // it ran no longer
	if err := t.command([]string{"wineserver", "-k"}, env).Run(); err != nil && !errors.As(err, &nothing) {
		t.say("   ending wine: %v", err)
	}
}

// winePrefix makes a Windows of its own for a run, and gives the environment for it, to
// which more may belong.
func (t *tool) winePrefix(dir string, more ...string) ([]string, error) {
	prefix := filepath.Join(dir, "prefix")
	env := []string{"WINEPREFIX=" + prefix, "WINEARCH=win64", "WINEDEBUG=-all", "WINEDLLOVERRIDES=mscoree,mshtml=", "DISPLAY="}
	env = append(env, more...)
	source := filepath.Join(dir, "prng.c")
	if err := os.WriteFile(source, prngSource, 0o600); err != nil {
		return nil, fmt.Errorf("making wine ready: %w", err)
	}
	if _, err := t.step("a Windows under wine", job{args: []string{"wineboot", "--init"}, env: env, silent: true}); err != nil {
		return nil, err
	}
	library := filepath.Join(prefix, "drive_c", "windows", "system32", "bcryptprimitives.dll")
	if _, err := os.Stat(library); err == nil {
		return env, nil // a newer wine has it
	}
	_, err := t.step("the library that wine lacks", job{args: []string{"x86_64-w64-mingw32-gcc", "-shared", "-O2", "-o", library, source, "-ladvapi32"}, silent: true})
	return env, err
}

// wineOverlay has Go delete files as it does on an old Windows: wine 8 says to the newer
// way that it is not implemented, which Go does not expect of a Windows.
func (t *tool) wineOverlay(dir string) (string, error) {
	root, err := t.output("go", "env", "GOROOT")
	if err != nil {
		return "", err
	}
	name := filepath.Join(strings.TrimSpace(root), "src", "internal", "syscall", "windows", "at_windows.go")
	text, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("reading Go's own sources: %w", err)
	}
	const known, notImplemented = "\t\tSTATUS_NOT_SUPPORTED:", "\t\tNTStatus(0xC0000002), STATUS_NOT_SUPPORTED:"
	if !bytes.Contains(text, []byte(known)) {
		return "", fmt.Errorf("%s deletes files in another way than it did: see what wineOverlay is to do", name)
	}
	own, list := filepath.Join(dir, "at_windows.go"), filepath.Join(dir, "overlay.json")
	told, err := json.Marshal(map[string]any{"Replace": map[string]string{name: own}})
	if err == nil {
		err = errors.Join(os.WriteFile(own, bytes.Replace(text, []byte(known), []byte(notImplemented), 1), 0o600), os.WriteFile(list, told, 0o600))
	}
	return list, err
}

const (
	noWineLinks   = "wine makes symbolic links of files and then says that nothing is there"
	noGoUnderWine = "there is no Go under wine"
	noWineIDs     = "wine keeps no properties of shortcuts"
)

// beyondWine are tests that fail under wine and not on a Windows, with what wine does
// otherwise.
var beyondWine = map[string]string{
	"casebinder/data/bag.TestFolderLinksAreRefused":             noWineLinks,
	"casebinder/data/bag.TestFolderLinks":                       noWineLinks,
	"casebinder/data/watch.TestWhatIsBeingWrittenIsLeftAlone":   noWineLinks,
	"casebinder/cmd/dev.TestConcurrentPackagesOfThisRepository": noGoUnderWine,
	"casebinder/cmd/dev/licenses.TestNothingIsCarriedUnsaid":    noGoUnderWine,
	"casebinder/cmd/dev/opengl.TestTheToolkitFindsAllItCalls":   noGoUnderWine,
	"casebinder/gui/native.TestTheIDOfAnEntry":                  noWineIDs,
}

// A wineRun is what tests for Windows said.
type wineRun struct {
	passed, skipped int
	beyond, failed  map[string]string // what a test printed, by package and test
}

// A testEvent is one line of "go test -json".
type testEvent struct{ Action, Package, Test, Output string }

// readWine counts tests. A test with parts counts as each of them and as the whole.
func readWine(printed string) (wineRun, error) {
	r := wineRun{beyond: map[string]string{}, failed: map[string]string{}}
	said, whole := map[string]*strings.Builder{}, map[string]bool{}
	for line := range strings.Lines(printed) {
		var e testEvent
		if json.Unmarshal([]byte(line), &e) != nil {
			continue // what the build printed
		}
		name := e.Package + "." + e.Test
		if said[name] == nil {
			said[name] = &strings.Builder{}
		}
		switch e.Action {
		case "output":
			said[name].WriteString(e.Output)
			if e.Test == "" && e.Output == "FAIL\n" { // all tests were run, and some failed
				whole[e.Package] = true
			}
		case "pass":
			r.passed += min(1, len(e.Test))
		case "skip":
			r.skipped += min(1, len(e.Test))
		case "fail":
			switch {
			case beyondWine[parentTest(name)] != "":
				r.beyond[name] = said[name].String()
			default:
				r.failed[name] = said[name].String()
			}
		}
	}
	if r.passed == 0 {
		return r, errors.New("no test ran")
	}
	// A package fails with its tests; it is told only where none of them did, or where it
	// broke off before all were run.
	for name := range maps.Keys(r.failed) {
		if p, test := splitTest(name); test == "" && whole[p] && r.anyOf(p) {
			delete(r.failed, name)
		}
	}
	return r, nil
}

// splitTest parts "casebinder/data/bag.TestA/b" into the package and the test.
func splitTest(name string) (pkg, test string) {
	slash := strings.Index(name, ".Test")
	if fuzz := strings.Index(name, ".Fuzz"); slash < 0 || fuzz >= 0 && fuzz < slash {
		slash = fuzz
	}
	if slash < 0 {
		return strings.TrimSuffix(name, "."), ""
	}
	return name[:slash], name[slash+1:]
}

// parentTest is a test without its parts.
func parentTest(name string) string {
	pkg, test := splitTest(name)
	top, _, _ := strings.Cut(test, "/")
	return pkg + "." + top
}

// anyOf reports whether a test of a package failed.
func (r wineRun) anyOf(pkg string) bool {
	for _, list := range []map[string]string{r.failed, r.beyond} {
		for name := range list {
			if p, test := splitTest(name); p == pkg && test != "" {
				return true
			}
		}
	}
	return false
}

// tell prints the counts, what failed, and what wine cannot tell.
func (r wineRun) tell(t *tool) error {
	t.say("   %d tests passed, %d failed, %d are not possible here, %d skipped themselves", r.passed, len(r.failed), len(r.beyond), r.skipped)
	for _, name := range slices.Sorted(maps.Keys(r.beyond)) {
		t.say("   wine cannot tell: %s: %s", name, beyondWine[parentTest(name)])
	}
	for _, name := range slices.Sorted(maps.Keys(r.failed)) {
		t.say("\n%s\n%s", name, strings.TrimRight(r.failed[name], "\n"))
	}
	if len(r.failed) > 0 {
		return fmt.Errorf("%d tests fail on Windows", len(r.failed))
	}
	return nil
}
