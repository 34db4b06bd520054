package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

// appID is the program's name for the toolkit and for macOS; FyneApp.toml and gui/run.go
// say the same.
const appID = "app.casebinder.desk"

// shortcutID is the program's name for Windows; gui/native says the same.
const shortcutID = "Casebinder.Casebinder"

// installerScript is filled for each release.
//
//go:embed installer/casebinder.nsi
var installerScript string

// installerMaker makes an installer for Windows, on every system.
var installerMaker = need{
	what:  "a maker of installers for Windows (NSIS)",
	found: func(*tool) bool { return have("makensis") },
	packages: map[manager][]string{
		apt: {"nsis"}, dnf: {"mingw-nsis-base"}, brew: {"makensis"}, winget: {"NSIS.NSIS"},
	},
}

// packWindows builds the program and its small companion for terminals once, and packs
// them as an archive and as an installer.
func (t *tool) packWindows(r release, dir string) ([]string, error) {
	programs, err := t.buildWindows(r, dir)
	if err != nil {
		return nil, err
	}
	files := append(t.papers(), programs...)
	archive := filepath.Join(t.dist(), r.name()+".zip")
	if err := writeZip(archive, r, files); err != nil {
		return nil, err
	}
	installer, err := t.makeInstaller(r, files, dir)
	return []string{archive, installer}, err
}

// buildWindows compiles Casebinder.exe, which opens without a console window, and
// casebinder.com, which a terminal prefers and which passes all on to it.
func (t *tool) buildWindows(r release, dir string) ([]packed, error) {
	clean, err := t.windowsResources(r)
	if err != nil {
		return nil, err
	}
	defer clean()
	program, console := filepath.Join(dir, "Casebinder.exe"), filepath.Join(dir, "casebinder.com")
	if err := t.compileRelease(r, program, "migrated_fynedo", r.smaller()+" -H windowsgui"); err != nil {
		return nil, err
	}
	_, err = t.step("building casebinder.com of "+r.name(), job{
		args: []string{"go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", console, "./cmd/console"},
		env:  []string{"CGO_ENABLED=0", "GOOS=windows", "GOARCH=" + r.arch},
	})
	return []packed{{name: "Casebinder.exe", from: program, mode: 0o755}, {name: "casebinder.com", from: console, mode: 0o755}}, err
}

// windowsResources puts icon, manifest and version information beside the sources of both
// programs, where the Go linker looks for them, and gives what removes them.
func (t *tool) windowsResources(r release) (clean func(), err error) {
	var made []string
	clean = func() {
		for _, path := range made {
			os.Remove(path) //nolint:errcheck // .gitignore names them too
		}
	}
	for _, command := range []string{"casebinder", "console"} {
		path := filepath.Join(t.root, "cmd", command, "rsrc_windows_"+r.arch+".syso")
		made = append(made, path)
		if err := t.artwork("what Windows shows of "+command, path, r.version, r.arch); err != nil {
			clean()
			return nil, err
		}
	}
	return clean, nil
}

// An installed file goes beside the program.
type installed struct{ Name, From string }

// said are the installer's own words in a language; the rest are NSIS's.
type said struct {
	LCID                                  int
	Setup, Running, Verify, Comment, Kept string
}

// installerWords are by Windows' numbers of languages.
var installerWords = []said{
	{
		1033, "Installs Casebinder", "Casebinder is running. Close its window, then try again.", "Verify with Casebinder",
		"Orders, disputes and evidence bundles, offline", "Your desk and its backups were left where they are.",
	},
	{
		2052, "Casebinder 安装程序", "Casebinder 正在运行。请先关闭它的窗口，然后重试。", "用 Casebinder 校验",
		"离线管理订单、纠纷和证据包", "您的工作台和备份都原样保留。",
	},
	{
		1028, "Casebinder 安裝程式", "Casebinder 正在執行。請先關閉它的視窗，然後重試。", "用 Casebinder 驗證",
		"離線管理訂單、爭議和證據包", "您的工作台和備份都原樣保留。",
	},
}

// script fills the installer's script.
func (r release) script(files []packed, icon, out string) (string, error) {
	fill := struct {
		Version, ID, Icon, Out string
		Compressor             string
		SizeKB                 int64
		Languages              []said
		Files                  []installed
	}{Version: r.version, ID: shortcutID, Icon: icon, Out: out, Languages: installerWords, Compressor: "lzma"}
	if r.quick {
		fill.Compressor = "bzip2" // with lzma NSIS takes minutes, elsewhere than on Windows
	}
	for _, f := range files {
		info, err := os.Stat(f.from)
		if err != nil {
			return "", fmt.Errorf("looking at what is installed: %w", err)
		}
		fill.SizeKB += (info.Size() + 1023) / 1024
		fill.Files = append(fill.Files, installed{f.name, f.from})
	}
	parsed, err := template.New("installer").Delims("[[", "]]").Option("missingkey=error").Parse(installerScript)
	if err != nil {
		return "", fmt.Errorf("reading the installer's script: %w", err)
	}
	var text strings.Builder
	if err := parsed.Execute(&text, fill); err != nil {
		return "", fmt.Errorf("filling the installer's script: %w", err)
	}
	return text.String(), nil
}

// makeInstaller compiles the installer.
func (t *tool) makeInstaller(r release, files []packed, dir string) (string, error) {
	icon, path := filepath.Join(dir, "casebinder.ico"), filepath.Join(t.dist(), r.name()+"-setup.exe")
	if err := t.artwork("the installer's icon", icon); err != nil {
		return "", err
	}
	part := filepath.Join(dir, filepath.Base(path))
	text, err := r.script(files, icon, part)
	if err != nil {
		return "", err
	}
	script := filepath.Join(dir, "casebinder.nsi")
	if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
		return "", fmt.Errorf("writing the installer's script: %w", err)
	}
	if _, err := t.step("the installer", job{args: []string{"makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", script}, silent: true}); err != nil {
		return "", err
	}
	return path, moveFile(part, path)
}
