package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"time"
)

// A release is what one system gets.
type release struct {
	version string // from FyneApp.toml, "0.1.0"
	os      string
	arch    string
	stamp   time.Time // the time of every packed file, so that bytes repeat
	quick   bool      // packed to be tried here, larger and sooner
	overlay string    // what replaces files of Go itself; "" for a release
}

// name is the release's file name without its ending.
func (r release) name() string {
	return fmt.Sprintf("casebinder-%s-%s-%s", r.version, r.os, r.arch)
}

// pack builds the release into dist/, or tells of all that lie there.
func (t *tool) pack(args []string) error {
	flags := flag.NewFlagSet("package", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	system := flags.String("os", runtime.GOOS, "the system to pack for")
	told := flags.Bool("manifests", false, "write the sums and manifests of what lies in dist/")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		return fmt.Errorf("%w: package takes --os or --manifests only", errUsage)
	}
	r, err := t.releaseFor(*system)
	if err != nil {
		return err
	}
	if *told {
		return t.tellOfPackages(r)
	}
	made, err := t.makePackages(r)
	if err != nil {
		return err
	}
	for _, path := range made {
		info, err := os.Stat(path)
		if err != nil {
			return fmt.Errorf("looking at the release: %w", err)
		}
		t.say("%s, %.1f MB", path, float64(info.Size())/1e6)
	}
	return t.tellOfPackages(r)
}

// makePackages builds the program of a system and packs it in each form that the system has.
func (t *tool) makePackages(r release) ([]string, error) {
	needs := windowNeeds()
	if r.os != runtime.GOOS {
		needs = []need{crossCompiler}
	}
	if r.os == "windows" {
		needs = append(needs, installerMaker)
	}
	if err := t.ready(needs); err != nil {
		return nil, err
	}
	dir, clean, err := t.temp("package")
	if err != nil {
		return nil, err
	}
	defer clean()
	if err := os.MkdirAll(t.dist(), 0o755); err != nil {
		return nil, fmt.Errorf("making dist: %w", err)
	}
	switch r.os {
	case "windows":
		return t.packWindows(r, dir)
	case "darwin":
		return t.packMac(r, dir)
	}
	return t.packLinux(r, dir)
}

// dist is where packages lie.
func (t *tool) dist() string { return filepath.Join(t.root, "dist") }

// crossCompiler compiles the Windows program elsewhere.
var crossCompiler = need{
	what:     "a C compiler for Windows (mingw-w64)",
	found:    func(*tool) bool { return have("x86_64-w64-mingw32-gcc") },
	packages: pk("gcc-mingw-w64-x86-64", "mingw64-gcc", "mingw-w64"),
}

// versionLine is where the version stands in FyneApp.toml.
var versionLine = regexp.MustCompile(`(?m)^\s*Version\s*=\s*"(\d+\.\d+\.\d+)"`)

// releaseFor decides what is built, or refuses.
func (t *tool) releaseFor(system string) (release, error) {
	if system != runtime.GOOS && system != "windows" {
		return release{}, fmt.Errorf("%w: a release for %s can only be packed on %s", errUsage, system, system)
	}
	text, err := os.ReadFile(filepath.Join(t.root, "FyneApp.toml"))
	if err != nil {
		return release{}, fmt.Errorf("reading the version: %w", err)
	}
	found := versionLine.FindSubmatch(text)
	if found == nil {
		return release{}, errors.New("the file FyneApp.toml names no Version of three numbers")
	}
	r := release{version: string(found[1]), os: system, arch: runtime.GOARCH, stamp: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)}
	if system != runtime.GOOS {
		r.arch = "amd64"
	}
	if seconds, err := t.output("git", "log", "-1", "--format=%cI"); err == nil {
		if at, err := time.Parse(time.RFC3339, seconds); err == nil {
			r.stamp = at.UTC()
		}
	}
	return r, nil
}

// smaller are the linker's words for a program without symbols, with its version.
func (r release) smaller() string { return "-s -w -X main.version=" + r.version }

// compileRelease compiles the program of a release.
func (t *tool) compileRelease(r release, path, tags, linker string) error {
	env := []string{"CGO_ENABLED=1", "GOOS=" + r.os, "GOARCH=" + r.arch}
	if r.os == "windows" && runtime.GOOS != "windows" {
		env = append(env, "CC=x86_64-w64-mingw32-gcc")
	}
	if r.os == "darwin" {
		env = append(env, "MACOSX_DEPLOYMENT_TARGET="+oldestMac)
	}
	_, err := t.step("building "+filepath.Base(path)+" of "+r.name(), job{
		args: []string{"go", "build", "-trimpath", "-buildvcs=false", "-overlay=" + r.overlay, "-tags", tags, "-ldflags", linker, "-o", path, "./cmd/casebinder"},
		env:  env,
		slow: "The first time for a system this compiles the window library in C: some minutes.",
	})
	return err
}

// artwork makes a file out of the program's icon.
func (t *tool) artwork(title, path string, more ...string) error {
	args := []string{"go", "run", "./cmd/dev/artwork", filepath.Join(t.root, "assets", "icons", "icon.png"), path}
	_, err := t.step(title, job{args: append(args, more...), env: withoutC, silent: true})
	return err
}

// papers are what lies beside the program in every package.
func (t *tool) papers() []packed {
	return []packed{
		{name: "LICENSE.txt", from: filepath.Join(t.root, "LICENSE"), mode: 0o644},
		{name: "THIRD-PARTY.txt", from: filepath.Join(t.root, "assets", "licenses", "THIRD-PARTY.txt"), mode: 0o644},
		{name: "README.md", from: filepath.Join(t.root, "README.md"), mode: 0o644},
		{name: "CHANGELOG.md", from: filepath.Join(t.root, "CHANGELOG.md"), mode: 0o644},
	}
}

// packLinux makes a tar archive that can be unpacked into a prefix.
func (t *tool) packLinux(r release, dir string) ([]string, error) {
	program, desktop := filepath.Join(dir, "casebinder"), filepath.Join(dir, "casebinder.desktop")
	if err := t.compileRelease(r, program, windowTags(), r.smaller()); err != nil {
		return nil, err
	}
	if err := os.WriteFile(desktop, []byte(desktopEntry), 0o644); err != nil {
		return nil, fmt.Errorf("writing the desktop entry: %w", err)
	}
	files := append(t.papers(),
		packed{name: "casebinder", from: program, mode: 0o755},
		packed{name: "share/applications/casebinder.desktop", from: desktop, mode: 0o644},
		packed{name: "share/icons/hicolor/512x512/apps/casebinder.png", from: filepath.Join(t.root, "assets", "icons", "icon.png"), mode: 0o644},
		packed{name: "share/icons/hicolor/scalable/apps/casebinder.svg", from: filepath.Join(t.root, "assets", "icons", "icon.svg"), mode: 0o644},
	)
	path := filepath.Join(t.dist(), r.name()+".tar.gz")
	return []string{path}, writeTar(path, r, files)
}

// desktopEntry tells a Linux desktop how to show the program in its menu.
const desktopEntry = `[Desktop Entry]
Type=Application
Name=Casebinder
Comment=Orders, disputes and evidence bundles, offline
Comment[zh_CN]=离线管理订单、纠纷和证据包
Comment[zh_TW]=離線管理訂單、爭議和證據包
Exec=casebinder
Icon=casebinder
Terminal=false
Categories=Office;
`
