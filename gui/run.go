package gui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/lang"

	"casebinder/assets"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/loop"
	"casebinder/gui/native"
	"casebinder/gui/speak"
)

// Options say how the window opens.
type Options struct {
	DeskDir string       // "" takes the folder that was open last, or the default one
	Desk    desk.Options // with Operator "" the name from the settings, or the system's user
	Verify  string       // a bundle: no desk is opened, and the window says what verifying it found
}

// What the program keeps of its own, outside of any desk.
const (
	prefLanguage = speak.LanguageSetting
	prefTheme    = "theme"
	prefDesk     = "desk"
	prefOperator = "operator"
	prefWidth    = "window.width"
	prefHeight   = "window.height"
)

// collectEarly makes the garbage collector start when the heap has grown by
// this many percent. A window waits most of the time; memory that other
// programs could use is worth more than the little work saved.
const collectEarly = 40

// Run opens the window and returns when it was closed. It must be called on
// the main goroutine. An error says why there is no window at all; trouble
// with a desk is shown in the window.
func Run(ctx context.Context, o Options) (err error) {
	shown := false
	defer func() {
		if p := recover(); p != nil {
			slog.Error("panic in the window", "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("the window failed: %v", p)
			if !shown {
				tellNoWindow(err)
			}
		}
	}()
	if path := os.Getenv("CASEBINDER_TRACE"); path != "" {
		if err := kit.TraceTo(path); err != nil {
			return err
		}
	}
	if err := displayMissing(); err != nil {
		tellNoWindow(err)
		return err
	}
	debug.SetGCPercent(collectEarly)
	if err := takeOpenGL(); err != nil {
		tellNoWindow(err)
		return err
	}
	native.Introduce()
	restore := watchFyneLog()
	defer restore()
	program := fyneapp.NewWithID(speak.AppID)
	speak.SetLanguage(cmp.Or(os.Getenv("CASEBINDER_LANG"), program.Preferences().String(prefLanguage), string(lang.SystemLocale())))
	program.Settings().SetTheme(look.Theme{Mode: themeMode(program)})
	if icon, err := assets.FS.ReadFile("icons/icon.png"); err == nil {
		program.SetIcon(fyne.NewStaticResource("icon.png", icon))
	}
	if o.Verify != "" {
		verifyAlone(ctx, program, o)
		return nil
	}
	if dir, err := deskDir(program, o); err == nil {
		mayComeForward()
		if desk.Knock(ctx, dir) {
			return nil // it is open in a window, which has come forward
		}
	}
	s := newStarter(ctx, program, o)
	s.begin()
	program.Lifecycle().SetOnStarted(func() {
		shown = true
		native.Fit(s.window)
		loop.Rest(s.window, tellBusy)
	})
	s.startTray()
	showAndRun(program, s.window)
	return s.end()
}

// themeMode is the mode that was chosen. FYNE_THEME, which Fyne reads itself,
// wins, so that testers can ask for one.
func themeMode(program fyne.App) look.Mode {
	if os.Getenv("FYNE_THEME") != "" {
		return look.System
	}
	return look.Mode(program.Preferences().StringWithFallback(prefTheme, string(look.System)))
}

// errNoDisplay says that there is nothing to draw a window on.
var errNoDisplay = errors.New("there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set")

// displayMissing tells on systems with X11 whether a window has no chance.
func displayMissing() error {
	switch runtime.GOOS {
	case "windows", "darwin":
		return nil
	}
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errNoDisplay
	}
	return nil
}

// deskDir is the folder with which the window begins.
func deskDir(program fyne.App, o Options) (string, error) {
	if o.DeskDir != "" {
		return filepath.Abs(o.DeskDir)
	}
	if dir, portable := desk.PortableDir(); portable {
		return dir, nil // the desk that was open last on this computer is another's
	}
	if last := program.Preferences().String(prefDesk); last != "" && desk.Exists(last) {
		return last, nil
	}
	return desk.DefaultDir()
}

// operator is who was said to work; "" before anybody was asked.
func (s *starter) operator() string {
	return strings.TrimSpace(cmp.Or(s.options.Desk.Operator, s.program.Preferences().String(prefOperator)))
}
