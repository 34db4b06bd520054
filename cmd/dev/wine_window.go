package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"image"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// handSource does in a Windows what no program of Linux can.
//
//go:embed wine/hand.c
var handSource []byte

// beyondWineWindow is what a window under wine cannot tell.
var beyondWineWindow = []string{
	"graphics drivers, and Mesa's own library in the place of one: here it is Linux's Mesa that draws",
	"the list of an input method beside the caret (that its place is told to Windows is a test of gui/native)",
	"notifications as Windows 10 and later show them: wine has none, and the window takes a balloon",
	"that a dialog takes the keys when it opens: wine leaves them with the window",
	"the Explorer of Windows itself, files dropped from it, and the menu of a .zip file",
	"a bar of tasks, for which wine keeps no room free, two screens of different scales, the fonts of Windows, and a screen reader",
}

// wineDesktop is a desktop of its own for the window: it has a bar for tasks, as people's
// screens have, and nothing else that could take the keys.
const wineDesktop = "screen"

// A wineBox is a Windows under wine in which the window is driven.
type wineBox struct {
	t       *tool
	dir     string   // in which all of it lies
	env     []string // of the prefix
	program string   // Casebinder.exe
	plain   string   // the command as Linux runs it
	hand    string   // wine/hand.c
	display *display
}

// wineWindow drives the window as Windows shows it.
func (t *tool) wineWindow(args []string) error {
	flags := flag.NewFlagSet("wine --window", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	out := flags.String("out", "", "the folder for the pictures")
	program := flags.String("program", "", "a program for Windows that is built already")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		return fmt.Errorf("%w: wine --window takes --out DIR and --program FILE only", errUsage)
	}
	if err := t.ready(append(append(append([]need{}, wineNeeds...), displayNeeds()...), validatorNeeds()...)); err != nil {
		return err
	}
	dir, clean, err := t.temp("wine-window")
	if err != nil {
		return err
	}
	box, err := t.makeWineBox(dir, *program)
	if err == nil {
		err = errors.Join(box.drive(*out), box.display.stop())
		t.endWine(box.env)
	}
	if err != nil {
		t.say("   what the window left is in %s", dir)
		return err
	}
	clean()
	for _, b := range beyondWineWindow {
		t.say("   wine cannot tell: %s", b)
	}
	return nil
}

// makeWineBox makes a Windows, and the programs that are to run in it.
func (t *tool) makeWineBox(dir, program string) (*wineBox, error) {
	home := filepath.Join(dir, "home")
	if err := os.MkdirAll(home, 0o755); err != nil {
		return nil, fmt.Errorf("making a home for wine: %w", err)
	}
	// Windows' folder of documents is the one of HOME.
	env, err := t.winePrefix(dir, "HOME="+home)
	if err != nil {
		return nil, err
	}
	box := &wineBox{t: t, dir: dir, env: env, program: program, hand: filepath.Join(dir, "hand.exe")}
	source := filepath.Join(dir, "hand.c")
	if err := os.WriteFile(source, handSource, 0o600); err != nil {
		return nil, fmt.Errorf("making a hand for Windows: %w", err)
	}
	if _, err := t.step("a hand for Windows", job{args: []string{"x86_64-w64-mingw32-gcc", "-O2", "-o", box.hand, source}, silent: true}); err != nil {
		return nil, err
	}
	if program == "" {
		if box.program, err = t.buildForWindows(dir); err != nil {
			return nil, err
		}
	}
	if box.plain, err = t.buildPlain(dir); err != nil {
		return nil, err
	}
	if box.display, err = t.startDisplay(dir); err == nil {
		box.env = append(box.env, "DISPLAY="+box.display.name)
	}
	return box, err
}

// buildForWindows compiles the program with its window for Windows.
func (t *tool) buildForWindows(dir string) (string, error) {
	path := filepath.Join(dir, "Casebinder.exe")
	_, err := t.step("building the window for Windows", job{
		args: []string{"go", "build", "-buildvcs=false", "-tags", "migrated_fynedo", "-o", path, "./cmd/casebinder"},
		env:  []string{"GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=1", "CC=x86_64-w64-mingw32-gcc"},
		slow: "The first time this compiles the window library in C: some minutes.",
	})
	return path, err
}

// inWindows is a path as programs under wine have it.
func inWindows(path string) string { return `Z:` + strings.ReplaceAll(path, "/", `\`) }

// onLinux is one of theirs here.
func (b *wineBox) onLinux(path string) string {
	slashed := strings.ReplaceAll(path, `\`, "/")
	if below, found := strings.CutPrefix(slashed, "Z:"); found {
		return below
	}
	return filepath.Join(b.dir, "prefix", "drive_c", strings.TrimPrefix(slashed, "C:"))
}

// drive does in the window what its user does, and takes pictures where a folder is given.
func (b *wineBox) drive(out string) error {
	if err := b.walk(); err != nil || out == "" {
		return err
	}
	out, err := filepath.Abs(out)
	if err != nil {
		return fmt.Errorf("finding the folder for pictures: %w", err)
	}
	for _, percent := range []int{100, 125, 150} {
		if err := b.scale(percent); err != nil {
			return err
		}
		for _, language := range []string{"en", "zh-CN", "zh-TW"} {
			if err := b.photograph(language, percent, out); err != nil {
				return err
			}
		}
	}
	b.t.say("\nThe pictures are in %s", out)
	return nil
}

// run runs a program of Windows and gives what it printed.
func (b *wineBox) run(args ...string) (string, error) {
	said, err := b.t.command(append([]string{"wine"}, args...), b.env).Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	return string(said), nil
}

// scale sets how large things are drawn, as a person does in the settings of Windows.
func (b *wineBox) scale(percent int) error {
	_, err := b.run("reg", "add", `HKCU\Control Panel\Desktop`, "/v", "LogPixels", "/t", "REG_DWORD", "/d", strconv.Itoa(96*percent/100), "/f")
	b.t.endWine(b.env) // it is read as Windows starts
	return err
}

// open opens a desk of the sample, in a folder with a Chinese name.
func (b *wineBox) open(name string, env ...string) (*window, error) {
	desk := filepath.Join(b.dir, "工作台")
	if _, err := os.Stat(desk); errors.Is(err, fs.ErrNotExist) {
		if _, err := b.t.step("making the sample desk", job{args: []string{b.plain, "--desk", desk, "sample"}, silent: true}); err != nil {
			return nil, err
		}
	}
	dir := filepath.Join(b.dir, name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("making a folder for the window: %w", err)
	}
	b.t.say("\n== opening the window of Windows on the virtual display %s: %s", b.display.name, name)
	desktop := fmt.Sprintf("/desktop=%s,%dx%d", wineDesktop, displayWidth, displayHeight)
	w, err := b.t.startWindow(b.display, dir, []string{"wine", "explorer", desktop, inWindows(b.program), "--desk", inWindows(desk), "--operator", "tester"},
		append(append([]string{}, b.env...), append(env, "CASEBINDER_TRACE="+inWindows(traceIn(dir)))...))
	if err != nil {
		return nil, err
	}
	w.holds = true
	w.quit = func() error { return w.keyTo("Casebinder", "ctrl+q") } // wine hands no signal on
	if err := errors.Join(w.noProblem(), b.fits(w)); err != nil {
		return nil, errors.Join(err, w.lastPicture(filepath.Join(b.dir, "failed.png")), w.close())
	}
	return w, nil
}

// fits finds where the content stands, and fails where a part of it is off the screen.
func (b *wineBox) fits(w *window) error {
	said, err := b.run(b.hand, "where", wineDesktop)
	if err != nil {
		return fmt.Errorf("asking Windows for the window: %w", err)
	}
	var width, height int
	if _, err := fmt.Sscan(said, &w.at.X, &w.at.Y, &width, &height); err != nil {
		return fmt.Errorf("asking Windows for the window: %q: %w", said, err)
	}
	b.t.say("   its content is %d x %d pixels at %v", width, height, w.at)
	room := image.Rect(0, 0, displayWidth, displayHeight)
	if content := image.Rect(0, 0, width, height).Add(w.at); !content.In(room) {
		return fmt.Errorf("the window's content stands at %v, which is not within %v", content, room)
	}
	return nil
}

// keyTo gives the keys to the window of a title, as nothing manages windows on the virtual
// display, and presses some, if any.
func (w *window) keyTo(title string, keys ...string) error {
	for deadline := time.Now().Add(30 * time.Second); ; {
		asked := w.hand("search", "--onlyvisible", "--name", "^"+title, "windowfocus") // it may not be there yet
		has, err := w.t.command([]string{"xdotool", "getwindowfocus", "getwindowname"}, []string{"DISPLAY=" + w.display.name}).Output()
		if err == nil && strings.HasPrefix(string(has), title) {
			break
		}
		if time.Now().After(deadline) {
			return errors.Join(fmt.Errorf("the window %s does not take the keys: %q has them", title, has), asked, err)
		}
		if err := w.rest(); err != nil {
			return err
		}
	}
	if len(keys) == 0 {
		return nil
	}
	return w.hand(append([]string{"key"}, keys...)...)
}

// walk opens the tabs, imports by the system's dialog, pastes, and binds a bundle.
func (b *wineBox) walk() (err error) {
	w, err := b.open("walk", "CASEBINDER_LANG=en")
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, w.close()); err != nil {
			err = errors.Join(err, w.lastPicture(filepath.Join(b.dir, "failed.png")))
		}
	}()
	if err := w.checkTabs(b.dir); err != nil {
		return err
	}
	if err := b.importByDialog(w); err != nil {
		return err
	}
	for i, kind := range pastedKinds {
		if err := b.paste(w, kind, image.Pt(64+2*i, 48)); err != nil {
			return fmt.Errorf("pasting %s: %w", kind, err)
		}
	}
	return b.bind(w)
}

// bind creates the bundle of a case, which programs of Linux then read.
func (b *wineBox) bind(w *window) error {
	b.t.say("\n== exporting a bundle by clicks")
	if err := w.openCase(); err != nil {
		return err
	}
	if err := w.click("dispute.bundle"); err != nil {
		return err
	}
	// While its pages are drawn, which takes wine some seconds, a press is lost now and then.
	if _, err := w.wait(time.Minute, "the pages of the bundle", func(e event) bool { return e.Event == "preview" }); err != nil {
		return err
	}
	if err := w.click("bundle.export"); err != nil {
		return err
	}
	e, err := w.wait(3*time.Minute, "the bundle to be exported", func(e event) bool { return e.Event == "exported" })
	if err != nil {
		return err
	}
	bag := b.onLinux(e.Path)
	if err := b.t.readBack(b.plain, bag, b.dir); err != nil {
		return err
	}
	return b.shows(w, strings.TrimSuffix(filepath.Base(bag), ".zip"))
}

// shows waits until a folder is shown, and closes it: its window would outlive the program.
func (b *wineBox) shows(w *window, folder string) error {
	for deadline := time.Now().Add(30 * time.Second); ; {
		said, err := b.run(b.hand, "close", wineDesktop, folder)
		if err != nil || said != "" {
			b.t.say("   the folder was shown: %s", strings.TrimSpace(said))
			return err
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("the folder %s is not shown", folder)
		}
		if err := w.rest(); err != nil {
			return err
		}
	}
}

// importByDialog imports a file that is named in the system's dialog.
func (b *wineBox) importByDialog(w *window) error {
	b.t.say("\n== importing by the system's dialog")
	file, err := w.fileOfOrders(&hands{dir: b.dir})
	if err != nil {
		return err
	}
	if err := w.keyTo("Casebinder", "ctrl+i"); err != nil {
		return err
	}
	if err := w.keyTo("Files to import"); err != nil {
		return err
	}
	if err := errors.Join(w.hand("type", "--delay", "20", inWindows(file)), w.hand("key", "Return")); err != nil {
		return err
	}
	if _, err := w.wait(time.Minute, "the preview", func(e event) bool { return e.Event == "loaded" && e.Name == "import" && e.Rows == 2 }); err != nil {
		return err
	}
	if err := w.click("import.do"); err != nil {
		return err
	}
	if _, err = w.wait(time.Minute, "the import", func(e event) bool { return e.Event == "imported" }); err == nil {
		b.t.say("   ok")
	}
	return err
}

// photograph saves a picture of every tab, in one language and at one scale.
func (b *wineBox) photograph(language string, percent int, out string) (err error) {
	name := fmt.Sprintf("%s-%d", language, percent)
	folder := filepath.Join(out, name)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("making a folder for pictures: %w", err)
	}
	w, err := b.open(name, "CASEBINDER_LANG="+language)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	return w.photographTabs(folder)
}
