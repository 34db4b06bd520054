package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// A release is what one system gets.
type release struct {
	version string // from FyneApp.toml, "0.1.0"
	os      string
	arch    string
	stamp   time.Time // the time of every packed file, so that bytes repeat
}

// name is the release's file name without its ending.
func (r release) name() string {
	return fmt.Sprintf("casebinder-%s-%s-%s", r.version, r.os, r.arch)
}

// pack builds the release into dist/.
func (t *tool) pack(args []string) error {
	flags := flag.NewFlagSet("package", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	system := flags.String("os", runtime.GOOS, "the system to pack for")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		return fmt.Errorf("%w: package takes --os only", errUsage)
	}
	r, err := t.releaseFor(*system)
	if err != nil {
		return err
	}
	needs := windowNeeds()
	if r.os != runtime.GOOS {
		needs = []need{crossCompiler}
	}
	if err := t.ready(needs); err != nil {
		return err
	}
	dir, clean, err := t.temp("package")
	if err != nil {
		return err
	}
	defer clean()
	if err := os.MkdirAll(filepath.Join(t.root, "dist"), 0o755); err != nil {
		return fmt.Errorf("making dist: %w", err)
	}
	programs, err := t.buildRelease(r, dir)
	if err != nil {
		return err
	}
	path, err := t.packFiles(r, programs, dir)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("looking at the release: %w", err)
	}
	t.say("\n%s, %.1f MB", path, float64(info.Size())/1e6)
	return nil
}

// crossCompiler compiles the Windows program elsewhere.
var crossCompiler = need{
	what:     "a C compiler for Windows (mingw-w64)",
	found:    func(*tool) bool { return have("x86_64-w64-mingw32-gcc") },
	packages: pk("gcc-mingw-w64-x86-64", "mingw64-gcc", "mingw-w64"),
}

// releaseFor decides what is built, or refuses.
func (t *tool) releaseFor(system string) (release, error) {
	if system != runtime.GOOS && system != "windows" {
		return release{}, fmt.Errorf("%w: a release for %s can only be packed on %s", errUsage, system, system)
	}
	text, err := os.ReadFile(filepath.Join(t.root, "FyneApp.toml"))
	if err != nil {
		return release{}, fmt.Errorf("reading the version: %w", err)
	}
	found := regexp.MustCompile(`(?m)^\s*Version\s*=\s*"([^"]+)"`).FindSubmatch(text)
	if found == nil {
		return release{}, errors.New("the file FyneApp.toml names no Version")
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

// buildRelease compiles the program small and without the builder's paths.
// Windows gets it twice: casebinder.exe opens without a console window, and
// casebinder.com, which a terminal prefers, can print into it.
func (t *tool) buildRelease(r release, dir string) (programs []string, err error) {
	linker := "-s -w -X main.version=" + r.version
	switch r.os {
	case "linux":
		return t.compileRelease(r, filepath.Join(dir, "casebinder"), windowTags(), linker)
	case "windows":
		clean, err := t.windowsIcon(dir)
		if err != nil {
			return nil, err
		}
		defer clean()
		window, err := t.compileRelease(r, filepath.Join(dir, "casebinder.exe"), "migrated_fynedo", linker+" -H windowsgui")
		if err != nil {
			return nil, err
		}
		console, err := t.compileRelease(r, filepath.Join(dir, "casebinder.com"), "migrated_fynedo", linker)
		return append(window, console...), err
	}
	return t.compileRelease(r, filepath.Join(dir, "casebinder"), "migrated_fynedo", linker)
}

// compileRelease compiles one program of a release.
func (t *tool) compileRelease(r release, path, tags, linker string) ([]string, error) {
	env := []string{"CGO_ENABLED=1", "GOOS=" + r.os, "GOARCH=" + r.arch}
	if r.os == "windows" && runtime.GOOS != "windows" {
		env = append(env, "CC=x86_64-w64-mingw32-gcc")
	}
	_, err := t.step("building "+filepath.Base(path)+" of "+r.name(), job{
		args: []string{"go", "build", "-trimpath", "-buildvcs=false", "-tags", tags, "-ldflags", linker, "-o", path, "./cmd/casebinder"},
		env:  env,
		slow: "The first time for a system this compiles the window library in C: some minutes.",
	})
	return []string{path}, err
}

// packFiles puts the programs and their papers into one archive.
func (t *tool) packFiles(r release, programs []string, dir string) (string, error) {
	files := []packed{
		{name: "LICENSE.txt", from: filepath.Join(t.root, "LICENSE"), mode: 0o644},
		{name: "fonts-license-OFL.txt", from: filepath.Join(t.root, "assets", "fonts", "OFL.txt"), mode: 0o644},
		{name: "README.md", from: filepath.Join(t.root, "README.md"), mode: 0o644},
		{name: "CHANGELOG.md", from: filepath.Join(t.root, "CHANGELOG.md"), mode: 0o644},
	}
	for _, program := range programs {
		files = append(files, packed{name: filepath.Base(program), from: program, mode: 0o755})
	}
	path := filepath.Join(t.root, "dist", r.name())
	switch r.os {
	case "darwin":
		return t.packMac(r, programs[0], dir)
	case "windows":
		path += ".zip"
		return path, writeZip(path, r, files)
	}
	desktop := filepath.Join(dir, "casebinder.desktop")
	if err := os.WriteFile(desktop, []byte(desktopEntry), 0o644); err != nil {
		return "", fmt.Errorf("writing the desktop entry: %w", err)
	}
	files = append(files,
		packed{name: "share/applications/casebinder.desktop", from: desktop, mode: 0o644},
		packed{name: "share/icons/hicolor/512x512/apps/casebinder.png", from: filepath.Join(t.root, "assets", "icons", "icon.png"), mode: 0o644},
		packed{name: "share/icons/hicolor/scalable/apps/casebinder.svg", from: filepath.Join(t.root, "assets", "icons", "icon.svg"), mode: 0o644},
	)
	path += ".tar.gz"
	return path, writeTar(path, r, files)
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

// A packed file goes into a release under a name.
type packed struct {
	name string
	from string
	mode os.FileMode
}

func writeTar(path string, r release, files []packed) error {
	return writeArchive(path, func(f io.Writer) error {
		gz, err := gzip.NewWriterLevel(f, gzip.BestCompression)
		if err != nil {
			return err
		}
		tw := tar.NewWriter(gz)
		for _, p := range files {
			content, err := os.ReadFile(p.from)
			if err != nil {
				return err
			}
			h := &tar.Header{Name: r.name() + "/" + p.name, Mode: int64(p.mode), Size: int64(len(content)), ModTime: r.stamp, Format: tar.FormatPAX}
			if err := tw.WriteHeader(h); err != nil {
				return err
			}
			if _, err := tw.Write(content); err != nil {
				return err
			}
		}
		return errors.Join(tw.Close(), gz.Close())
	})
}

func writeZip(path string, r release, files []packed) error {
	return writeArchive(path, func(f io.Writer) error {
		zw := zip.NewWriter(f)
		for _, p := range files {
			content, err := os.ReadFile(p.from)
			if err != nil {
				return err
			}
			h := &zip.FileHeader{Name: r.name() + "/" + p.name, Method: zip.Deflate, Modified: r.stamp}
			h.SetMode(p.mode)
			w, err := zw.CreateHeader(h)
			if err != nil {
				return err
			}
			if _, err := w.Write(content); err != nil {
				return err
			}
		}
		return zw.Close()
	})
}

// writeArchive writes beside the final name first, so that a release is whole
// or not there.
func writeArchive(path string, fill func(io.Writer) error) error {
	part := path + ".part"
	f, err := os.Create(part)
	if err != nil {
		return fmt.Errorf("making the release: %w", err)
	}
	err = errors.Join(fill(f), f.Close())
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("packing %s: %w", filepath.Base(path), err), os.Remove(part))
	}
	return nil
}

// packMac lets Fyne's packager make the .app, from a copy of the description
// because the packager counts up the build number in it, then zips it.
func (t *tool) packMac(r release, program, dir string) (string, error) {
	app := filepath.Join(dir, "Casebinder.app")
	_, err := t.step("making the macOS application", job{args: []string{
		"go", "tool", "fyne", "package", "--target", "darwin", "--executable", program, "--name", "Casebinder",
		"--app-id", "app.casebinder.desk", "--app-version", r.version, "--release",
		"--icon", filepath.Join(t.root, "assets", "icons", "icon.png"), "--src", filepath.Join(t.root, "cmd", "casebinder"),
	}})
	if err != nil {
		return "", err
	}
	if err := os.Rename(filepath.Join(t.root, "Casebinder.app"), app); err != nil {
		return "", fmt.Errorf("moving the application: %w", err)
	}
	path := filepath.Join(t.root, "dist", r.name()+".zip")
	_, err = t.step("packing", job{args: []string{"ditto", "-c", "-k", "--keepParent", app, path}})
	return path, err
}

// windowsIcon compiles the icon and a manifest into an object that the Go
// linker picks up beside the program's source, and returns what removes it.
func (t *tool) windowsIcon(dir string) (func(), error) {
	icon, manifest := filepath.Join(dir, "icon.ico"), filepath.Join(dir, "casebinder.manifest")
	if err := writeIco(icon, filepath.Join(t.root, "assets", "icons", "icon.png")); err != nil {
		return nil, err
	}
	if err := os.WriteFile(manifest, []byte(windowsManifest), 0o644); err != nil {
		return nil, fmt.Errorf("writing the Windows manifest: %w", err)
	}
	object := filepath.Join(t.root, "cmd", "casebinder", "icon_windows_amd64.syso")
	_, err := t.step("the icon of the Windows program", job{args: []string{
		"go", "run", "github.com/akavel/rsrc", "-arch", "amd64", "-ico", icon, "-manifest", manifest, "-o", object,
	}, silent: true})
	return func() { os.Remove(object) }, err
}

// windowsManifest asks Windows for true pixels, UTF-8 and long paths.
var windowsManifest = strings.TrimSpace(`
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <assemblyIdentity type="win32" name="Casebinder" version="1.0.0.0" processorArchitecture="*"/>
  <application xmlns="urn:schemas-microsoft-com:asm.v3">
    <windowsSettings>
      <dpiAware xmlns="http://schemas.microsoft.com/SMI/2005/WindowsSettings">true/pm</dpiAware>
      <dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">permonitorv2,permonitor</dpiAwareness>
      <activeCodePage xmlns="http://schemas.microsoft.com/SMI/2019/WindowsSettings">UTF-8</activeCodePage>
      <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
    </windowsSettings>
  </application>
</assembly>
`) + "\n"
