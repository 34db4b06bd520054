package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
)

// An installation is a Windows under wine into which the program is installed, used and
// taken away again.
type installation struct {
	t       *tool
	env     []string
	drive   string // Windows' C:, as a folder here
	display *display
	trace   string
}

// wineInstaller packs a release for Windows, installs it, and does what its user does.
func (t *tool) wineInstaller() error {
	if err := t.ready(append([]need{installerMaker}, displayNeeds()...)); err != nil {
		return err
	}
	dir, clean, err := t.temp("installer")
	if err != nil {
		return err
	}
	env, err := t.winePrefix(dir)
	if err != nil {
		return err
	}
	r, err := t.releaseFor("windows")
	if err != nil {
		return err
	}
	r.quick = true
	if r.overlay, err = t.wineOverlay(dir); err != nil {
		return err
	}
	made, err := t.makePackages(r)
	if err != nil {
		return err
	}
	d, err := t.startDisplay(dir)
	if err != nil {
		return err
	}
	in := &installation{t: t, drive: filepath.Join(dir, "prefix", "drive_c"), display: d, trace: filepath.Join(dir, "trace.jsonl"), env: env}
	err = errors.Join(in.walk(made[len(made)-1], r), d.stop())
	if err == nil {
		clean()
	}
	return err
}

// walk installs, uses, upgrades and uninstalls.
func (in *installation) walk(setup string, r release) error {
	if code, said := in.run(nil, setup, "/S"); code != 0 {
		return fmt.Errorf("the installer ended with %d: %s", code, said)
	}
	steps := []struct {
		title string
		do    func() error
	}{
		{"the shortcut and the list of programs", func() error { return in.lookInstalled(r) }},
		{"the command: pipes, exit codes, Chinese words", func() error { return in.command(r) }},
		{"a bundle by the file type's command, and an upgrade beside it", func() error { return in.verify(setup) }},
		{"uninstalling, with the desk as it was", in.uninstall},
	}
	for _, s := range steps {
		in.t.say("\n== %s", s.title)
		if err := s.do(); err != nil {
			return fmt.Errorf("%s: %w", s.title, err)
		}
		in.t.say("   ok")
	}
	return nil
}

// run runs a program of Windows and gives its exit code and all that it said. With -1 it
// could not be run.
func (in *installation) run(stdin []byte, args ...string) (int, string) {
	cmd := in.t.command(append([]string{"wine"}, args...), in.env)
	var said bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(stdin), &said, &said
	err := cmd.Run()
	if ended, ok := errors.AsType[*exec.ExitError](err); ok {
		return ended.ExitCode(), said.String()
	}
	if err != nil {
		return -1, err.Error()
	}
	return 0, said.String()
}

// local is the folder of the user's own programs and data.
func (in *installation) local(below ...string) string {
	found, err := filepath.Glob(filepath.Join(in.drive, "users", "*", "AppData", "Local"))
	if err != nil || len(found) == 0 {
		return filepath.Join(in.drive, "nowhere")
	}
	for _, dir := range found {
		if filepath.Base(filepath.Dir(filepath.Dir(filepath.Dir(dir)))) == "users" && !strings.Contains(dir, "Public") {
			return filepath.Join(append([]string{dir}, below...)...)
		}
	}
	return found[0]
}

func (in *installation) installed(name string) string {
	return in.local("Programs", "Casebinder", name)
}

// shortcut is the entry in the start menu.
func (in *installation) shortcut() string {
	return filepath.Join(filepath.Dir(in.local()), "Roaming", "Microsoft", "Windows", "Start Menu", "Programs", "Casebinder.lnk")
}

const (
	uninstallKey = `HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Casebinder`
	verbKey      = `HKCU\Software\Classes\SystemFileAssociations\.zip\shell\Casebinder.Verify`
)

// value reads the registry; "" where there is nothing.
func (in *installation) value(key, name string) string {
	args := []string{"reg", "query", key, "/v", name}
	if name == "" {
		args = []string{"reg", "query", key, "/ve"}
	}
	code, said := in.run(nil, args...)
	if code != 0 {
		return ""
	}
	for line := range strings.Lines(said) {
		for _, kind := range []string{"REG_SZ", "REG_DWORD"} {
			if _, text, found := strings.Cut(line, kind); found {
				return strings.TrimSpace(text)
			}
		}
	}
	return ""
}

func (in *installation) lookInstalled(r release) error {
	for name, want := range map[string]string{"DisplayVersion": r.version, "Publisher": "The Casebinder Authors", "DisplayName": "Casebinder", "NoModify": "0x1"} {
		if got := in.value(uninstallKey, name); got != want {
			return fmt.Errorf("the list of programs says %s is %q, not %q", name, got, want)
		}
	}
	link, err := os.ReadFile(in.shortcut())
	if err != nil {
		return err
	}
	if !bytes.Contains(link, wide(`Casebinder.exe`)) && !bytes.Contains(link, []byte("Casebinder.exe")) {
		return errors.New("the shortcut leads elsewhere")
	}
	if !bytes.Contains(link, wide(shortcutID)) {
		in.t.say("   wine cannot tell: its shortcuts keep no AppUserModelID")
	}
	for _, name := range []string{"Casebinder.exe", "casebinder.com", "THIRD-PARTY.txt", "LICENSE.txt", "uninstall.exe"} {
		if err := mustExist(in.installed(name)); err != nil {
			return err
		}
	}
	return nil
}

// wide is a text as Windows keeps it.
func wide(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return out
}

// command uses the command as a script does, on the desk where Windows has it.
func (in *installation) command(r release) error {
	console := in.installed("casebinder.com")
	for _, c := range []struct {
		args  []string
		stdin string
		code  int
		says  string
	}{
		{args: []string{"version"}, says: r.version},
		{args: []string{"no-such-word"}, code: 2, says: "no-such-word"},
		{args: []string{"verify", `C:\没有 这个 文件.zip`}, code: 1, says: "没有 这个 文件.zip"},
		{args: []string{"sample"}, says: `Casebinder\Desk`},
		{args: []string{"message", "paste", "-"}, stdin: "张伟 2026-11-02 10:00\n包裹还没有收到\n", code: 3, says: "kept whole"},
	} {
		code, said := in.run([]byte(c.stdin), append([]string{console}, c.args...)...)
		if code != c.code || !strings.Contains(said, c.says) {
			return fmt.Errorf("%q ended with %d, not %d, and said %q", c.args, code, c.code, said)
		}
	}
	return in.bundle(console)
}

// bundle makes a bundle in a folder with a Chinese name.
func (in *installation) bundle(console string) error {
	code, said := in.run(nil, console, "--json", "today")
	var today struct{ Items []struct{ Dispute string } }
	_, object, _ := strings.Cut(said, "{")
	if err := json.Unmarshal([]byte("{"+object), &today); err != nil {
		return fmt.Errorf("today ended with %d and said %q: %w", code, said, err)
	}
	i := slices.IndexFunc(today.Items, func(one struct{ Dispute string }) bool { return one.Dispute != "" })
	if i < 0 {
		return errors.New("the sample has no dispute")
	}
	if code, said := in.run(nil, console, "bundle", "--dispute", today.Items[i].Dispute, "--out", `C:\证据 包`); code != 0 {
		return fmt.Errorf("bundle ended with %d: %s", code, said)
	}
	return nil
}

// verify starts what a click on “Verify with Casebinder” starts, and upgrades while the
// window is open, and after.
func (in *installation) verify(setup string) error {
	found, err := filepath.Glob(filepath.Join(in.drive, "证据 包", "*.zip"))
	if err != nil || len(found) != 1 {
		return fmt.Errorf("there are the bundles %q: %w", found, err)
	}
	line := in.value(verbKey+`\command`, "")
	program, rest, ok := strings.Cut(strings.TrimPrefix(line, `"`), `" `)
	word, _, ok2 := strings.Cut(rest, ` "%1"`)
	if !ok || !ok2 {
		return fmt.Errorf("the file type's command is %q", line)
	}
	cmd := in.t.command([]string{"wine", program, word, `C:\证据 包\` + filepath.Base(found[0])}, append(in.env,
		"DISPLAY="+in.display.name, "LIBGL_ALWAYS_SOFTWARE=1", "CASEBINDER_TRACE=Z:"+strings.ReplaceAll(in.trace, "/", `\`)))
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	tr := newTrace(in.trace)
	alive := func() error {
		select {
		case err := <-ended:
			ended <- err
			return fmt.Errorf("the window ended (%v): %s", err, &said)
		default:
			return nil
		}
	}
	e, err := tr.wait(in.t.ctx, 2*time.Minute, "the bundle to be verified", alive, func(e event) bool { return e.Event == "verified" || e.Event == "problem" })
	if err == nil && !strings.Contains(e.line, `"intact":true`) {
		err = fmt.Errorf("the window says %s", e.line)
	}
	if err == nil {
		if code, said := in.run(nil, setup, "/S"); code != 2 {
			err = fmt.Errorf("upgrading a running program ended with %d: %s", code, said)
		}
	}
	// The program ends like any other of Windows.
	if code, out := in.run(nil, "taskkill", "/F", "/IM", "Casebinder.exe"); code != 0 && err == nil {
		err = fmt.Errorf("ending the window: %d: %s", code, out)
	}
	if err != nil {
		return err
	}
	<-ended
	if code, said := in.run(nil, setup, "/S"); code != 0 {
		return fmt.Errorf("upgrading ended with %d: %s", code, said)
	}
	return nil
}

// uninstall takes the program away and compares the desk, its neighbors and what a
// person put beside the program with what they were.
func (in *installation) uninstall() error {
	beside := in.installed("mine.txt")
	if err := os.WriteFile(beside, []byte("mine"), 0o600); err != nil {
		return err
	}
	if err := mustExist(in.local("Casebinder", "Cache")); err != nil {
		return err
	}
	before, err := sumTree(in.local("Casebinder", "Desk"))
	if err != nil || len(before) < 5 {
		return fmt.Errorf("the desk has %d files: %w", len(before), err)
	}
	if code, said := in.run(nil, in.installed("uninstall.exe"), "/S"); code != 0 {
		return fmt.Errorf("the uninstaller ended with %d: %s", code, said)
	}
	// It goes on from a copy of itself; wineserver -w returns when all of Windows has ended.
	if _, err := in.t.step("waiting for the uninstaller", job{args: []string{"wineserver", "-w"}, env: in.env}); err != nil {
		return err
	}
	after, err := sumTree(in.local("Casebinder", "Desk"))
	if err != nil || !maps.Equal(before, after) {
		return fmt.Errorf("the desk is another one: %d files, and %d before: %w", len(after), len(before), err)
	}
	left, err := os.ReadDir(filepath.Dir(beside))
	if err != nil || len(left) != 1 {
		return fmt.Errorf("beside the program lie %v: %w", left, err)
	}
	for _, gone := range []string{in.shortcut(), in.local("Casebinder", "Cache")} {
		if _, err := os.Stat(gone); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s is there still: %w", gone, err)
		}
	}
	for _, key := range []string{uninstallKey, verbKey} {
		if code, said := in.run(nil, "reg", "query", key); code == 0 {
			return fmt.Errorf("the registry keeps %s: %s", key, said)
		}
	}
	return nil
}

// sumTree sums each file below a folder.
func sumTree(dir string) (map[string]string, error) {
	sums := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		sums[path] = fmt.Sprintf("%x", sha256.Sum256(text))
		return err
	})
	return sums, err
}
