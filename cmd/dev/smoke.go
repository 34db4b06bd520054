package main

import (
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// clickScripts are scripts of the systems themselves that click where they are told.
//
//go:embed smoke
var clickScripts embed.FS

// smoke opens the window on this system's own screen, clicks each tab, and has a folder
// with a Chinese name shown. Linux has more than that in the word window.
func (t *tool) smoke(args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%w: smoke takes nothing, not %q", errUsage, args)
	}
	if runtime.GOOS != "windows" && runtime.GOOS != "darwin" {
		return errors.New("smoke is for Windows and macOS; here the window is driven by: go run ./cmd/dev window")
	}
	if err := t.ready(windowNeeds()); err != nil {
		return err
	}
	bin := filepath.Join(t.root, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return fmt.Errorf("making bin: %w", err)
	}
	program, err := t.buildWindow(bin)
	if err != nil {
		return err
	}
	dir, clean, err := t.temp("smoke")
	if err != nil {
		return err
	}
	err = errors.Join(t.smokeTabs(program, filepath.Join(dir, "tabs")), t.smokeFolder(program, filepath.Join(dir, "folder")))
	if err == nil {
		clean()
	}
	return err
}

// smokeTabs opens the sample in a folder with a Chinese name and clicks each tab.
func (t *tool) smokeTabs(program, dir string) (err error) {
	desk := filepath.Join(dir, "店铺 工作台")
	if _, err := t.step("making the sample desk", job{args: []string{program, "--desk", desk, "sample"}, silent: true}); err != nil {
		return err
	}
	w, err := t.openWindow(nil, program, desk, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	names, err := w.tabs()
	if err != nil {
		return err
	}
	for _, name := range names {
		rows, err := w.openTab(name)
		if err != nil {
			return err
		}
		t.say("   %s: %d rows", name, rows)
	}
	return nil
}

// smokeFolder opens a desk that is none, whose page offers to show its folder, and asks
// the system which folder it shows.
func (t *tool) smokeFolder(program, dir string) (err error) {
	desk := filepath.Join(dir, "坏了的 工作台")
	if err := errors.Join(os.MkdirAll(desk, 0o755), os.WriteFile(filepath.Join(desk, "casebinder.db"), []byte("no database"), 0o644)); err != nil {
		return fmt.Errorf("making a damaged desk: %w", err)
	}
	w, err := t.beginWindow(nil, program, desk, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	if err := w.click("trouble.show"); err != nil {
		return err
	}
	for deadline := time.Now().Add(30 * time.Second); ; {
		shown, err := t.shownFolders()
		if err == nil && strings.Contains(shown, filepath.Base(desk)) {
			t.say("   the folder is shown: %s", filepath.Base(desk))
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("the system shows %q, not %s: %w", shown, desk, err)
		}
		if err := w.rest(); err != nil {
			return err
		}
	}
}

// shownFolders names the folders that the system's own windows show.
func (t *tool) shownFolders() (string, error) {
	if runtime.GOOS == "windows" {
		return t.output("powershell", "-NoProfile", "-Command", "[Console]::OutputEncoding=[Text.Encoding]::UTF8; (New-Object -ComObject Shell.Application).Windows() | ForEach-Object { $_.Document.Folder.Self.Path }")
	}
	return t.output("osascript", "-e", `tell application "Finder" to get POSIX path of (target of every Finder window as alias list)`)
}

// press clicks a place of a window on the system's own screen.
func (w *window) press(x, y float64) error {
	name, run := "click.js", []string{"osascript", "-l", "JavaScript"}
	if runtime.GOOS == "windows" {
		name, run = "click.ps1", []string{"powershell", "-NoProfile", "-ExecutionPolicy", "Bypass", "-File"}
	}
	text, err := clickScripts.ReadFile("smoke/" + name)
	if err != nil {
		return fmt.Errorf("reading the hand: %w", err)
	}
	path := filepath.Join(filepath.Dir(w.trace.path), name)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return fmt.Errorf("writing the hand: %w", err)
	}
	_, err = w.t.output(append(run, path, strconv.Itoa(w.cmd.Process.Pid), pixels(x), pixels(y))...)
	return err
}
