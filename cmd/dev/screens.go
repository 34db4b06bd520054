package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// A look is one way in which the window can appear.
type look struct {
	language string // as CASEBINDER_LANG takes it
	theme    string // light or dark, as FYNE_THEME takes it
}

// looks are all of them: three languages, light and dark.
func looks() []look {
	var all []look
	for _, language := range []string{"en", "zh-CN", "zh-TW"} {
		for _, theme := range []string{"light", "dark"} {
			all = append(all, look{language, theme})
		}
	}
	return all
}

// screens saves pictures of every tab in every look.
func (t *tool) screens(args []string) error {
	flags := flag.NewFlagSet("screens", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	out := flags.String("out", "", "the folder for the pictures")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		return fmt.Errorf("%w: screens takes --out DIR only", errUsage)
	}
	if runtime.GOOS != "linux" {
		return errors.New("pictures are taken on a virtual display, which only Linux has")
	}
	if err := t.ready(append(windowNeeds(), displayNeeds()...)); err != nil {
		return err
	}
	dir, clean, err := t.temp("screens")
	if err != nil {
		return err
	}
	defer clean()
	if *out == "" {
		if *out, _, err = t.temp("pictures"); err != nil {
			return err
		}
	}
	program, err := t.buildWindow(dir)
	if err != nil {
		return err
	}
	for _, l := range looks() {
		if err := t.photographLook(program, filepath.Join(dir, l.language+"-"+l.theme), *out, l); err != nil {
			return err
		}
	}
	t.say("\nThe pictures are in %s", *out)
	return nil
}

// photographLook opens a fresh sample desk in one look and photographs its tabs.
func (t *tool) photographLook(program, dir, out string, l look) (err error) {
	folder := filepath.Join(out, l.language+"-"+l.theme)
	for _, d := range []string{dir, folder} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return fmt.Errorf("making a folder for pictures: %w", err)
		}
	}
	w, stop, err := t.openSample(program, dir, "CASEBINDER_LANG="+l.language, "FYNE_THEME="+l.theme)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	return w.photographTabs(folder)
}
