package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

var sampleRelease = release{version: "1.2.3", os: "windows", arch: "amd64", stamp: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)}

// installedFiles makes two small files to install.
func installedFiles(t *testing.T) []packed {
	t.Helper()
	var files []packed
	for _, name := range []string{"Casebinder.exe", "casebinder.com"} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, make([]byte, 1500), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, packed{name: name, from: path})
	}
	return files
}

func TestInstallerTakesAwayWhatItBrought(t *testing.T) {
	text, err := sampleRelease.script(installedFiles(t), "icon.ico", "casebinder-setup.exe")
	if err != nil {
		t.Fatal(err)
	}
	install, uninstall, ok := strings.Cut(text, "Section Uninstall")
	if !ok {
		t.Fatal("there is no uninstaller")
	}
	brought := regexp.MustCompile(`(?m)^  File "/oname=([^"]+)"`).FindAllStringSubmatch(install, -1)
	if len(brought) != 2 {
		t.Fatalf("it brings %q", brought)
	}
	for _, f := range brought {
		if !strings.Contains(uninstall, `Delete "$INSTDIR\`+f[1]+`"`) {
			t.Errorf("%s stays behind", f[1])
		}
	}
	for _, key := range regexp.MustCompile(`WriteRegStr HKCU "(\$\{\w+\})`).FindAllStringSubmatch(install, -1) {
		if !strings.Contains(uninstall, `DeleteRegKey HKCU "`+key[1]+`"`) {
			t.Errorf("the key %s stays behind", key[1])
		}
	}
	for _, want := range []string{`"DisplayVersion" "1.2.3"`, `"EstimatedSize" 4`, "VIProductVersion \"1.2.3.0\"", "RequestExecutionLevel user", `__verify "%1"`, `"` + shortcutID + `"`, "用 Casebinder 驗證", "用 Casebinder 校验"} {
		if !strings.Contains(install, want) {
			t.Errorf("the script lacks %q", want)
		}
	}
}

// TestUninstallerNeverTouchesADesk looks at each line that removes a folder with all in
// it: there is one, of compiled code.
func TestUninstallerNeverTouchesADesk(t *testing.T) {
	text, err := sampleRelease.script(installedFiles(t), "icon.ico", "casebinder-setup.exe")
	if err != nil {
		t.Fatal(err)
	}
	got := regexp.MustCompile(`(?mi)^\s*RMDir\s+(/\w+\s+)+.*$`).FindAllString(text, -1)
	want := []string{`    RMDir /r "$LOCALAPPDATA\Casebinder\Cache\$1"`}
	if !slices.Equal(got, want) {
		t.Errorf("it removes %q", got)
	}
	if !strings.Contains(text, `FindFirst $0 $1 "$LOCALAPPDATA\Casebinder\Cache\wazero-*"`) {
		t.Error("more than compiled code is looked for")
	}
}

// TestAllSayOneName compares the names under which systems know the program with those
// that the program itself says.
func TestAllSayOneName(t *testing.T) {
	root, err := findRoot(".")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"gui/native/handle_windows.go": `ID = "` + shortcutID + `"`, "gui/speak/speak.go": `AppID = "` + appID + `"`, "FyneApp.toml": `ID = "` + appID + `"`,
	} {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s does not say %s: %v", path, want, err)
		}
	}
}

// TestInstallerCompiles has NSIS read the script, with each warning an error.
func TestInstallerCompiles(t *testing.T) {
	if !have("makensis") {
		if os.Getenv("CI") == "true" && runtime.GOOS == "linux" {
			t.Fatal("there is no NSIS here")
		}
		t.Skip("NOT CHECKED: there is no NSIS here")
	}
	dir := t.TempDir()
	root, err := findRoot(".")
	if err != nil {
		t.Fatal(err)
	}
	tl := &tool{ctx: t.Context(), root: root, out: io.Discard}
	icon, out := filepath.Join(dir, "icon.ico"), filepath.Join(dir, "casebinder-setup.exe")
	if err := tl.artwork("icon", icon); err != nil {
		t.Fatal(err)
	}
	text, err := sampleRelease.script(installedFiles(t), icon, out)
	if err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(dir, "casebinder.nsi")
	if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command("makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", script).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	if err := mustExist(out); err != nil {
		t.Fatal(err)
	}
}

// TestMacIsToldWhatTheProgramIs reads the description as a dictionary.
func TestMacIsToldWhatTheProgramIs(t *testing.T) {
	text, err := sampleRelease.plist()
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Dict struct {
			Pairs []struct {
				XMLName xml.Name
				Text    string   `xml:",chardata"`
				Strings []string `xml:"string"`
			} `xml:",any"`
		} `xml:"dict"`
	}
	if err := xml.Unmarshal([]byte(text), &list); err != nil {
		t.Fatal(err)
	}
	dict := list.Dict
	values := map[string]string{}
	for i := 0; i+1 < len(dict.Pairs); i += 2 {
		key, value := dict.Pairs[i], dict.Pairs[i+1]
		if key.XMLName.Local != "key" {
			t.Fatalf("%d is a %s", i, key.XMLName.Local)
		}
		values[key.Text] = strings.TrimSpace(value.Text + strings.Join(value.Strings, " ")) // of a list its strings
	}
	for key, want := range map[string]string{
		"CFBundleExecutable": "casebinder", "CFBundleIdentifier": appID, "CFBundleShortVersionString": "1.2.3", "CFBundleVersion": "1.2.3",
		"CFBundleLocalizations": "en zh-Hans zh-Hant", "LSMinimumSystemVersion": "12.0",
		"LSApplicationCategoryType": "public.app-category.business", "CFBundleIconFile": "casebinder.icns",
	} {
		if values[key] != want {
			t.Errorf("%s is %q, want %q", key, values[key], want)
		}
	}
}

// packagesOf makes a folder with a package of each kind, and what is none.
func packagesOf(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, ending := range []string{setupEnding, zipEnding, dmgEnding, "-linux-amd64.tar.gz", "-linux-amd64.tar.gz.part"} {
		if err := os.WriteFile(filepath.Join(dir, "casebinder-1.2.3"+ending), []byte(ending), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "casebinder-1.2.2"+zipEnding), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func filledManifest(t *testing.T, name string) []byte {
	t.Helper()
	packages, err := sumPackages(packagesOf(t), "1.2.3")
	if err != nil || len(packages) != 4 {
		t.Fatalf("%v, %v", packages, err)
	}
	for _, m := range manifestsOf("1.2.3") {
		if m.template == name {
			text, err := sampleRelease.fillManifest(m, packages, "https://example.org/casebinder")
			if err != nil || text == nil {
				t.Fatalf("%s: %v", name, err)
			}
			return text
		}
	}
	t.Fatalf("there is no %s", name)
	return nil
}

// TestWingetManifests holds the three files against what winget's schema 1.6.0 asks for.
func TestWingetManifests(t *testing.T) {
	id := regexp.MustCompile(`^[^.\s\\/:*?"<>|]{1,32}(\.[^.\s\\/:*?"<>|]{1,32}){1,7}$`)
	for name, want := range map[string][]string{
		"winget.version.yaml":      {"DefaultLocale"},
		"winget.installer.yaml":    {"Installers", "InstallerType", "Scope"},
		"winget.locale.en-US.yaml": {"PackageLocale", "Publisher", "PackageName", "License", "ShortDescription"},
	} {
		var got map[string]any
		if err := yaml.Unmarshal(filledManifest(t, name), &got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, key := range append(want, "PackageIdentifier", "PackageVersion", "ManifestType", "ManifestVersion") {
			if got[key] == nil {
				t.Errorf("%s lacks %s", name, key)
			}
		}
		if said, ok := got["PackageIdentifier"].(string); !ok || !id.MatchString(said) || got["PackageVersion"] != "1.2.3" || got["ManifestVersion"] != "1.6.0" {
			t.Errorf("%s: %v", name, got)
		}
		if said, ok := got["ShortDescription"].(string); ok && (len(said) < 3 || len(said) > 256) {
			t.Errorf("the description has %d letters", len(said))
		}
	}
	var got struct {
		Installers []map[string]string `yaml:"Installers"`
	}
	if err := yaml.Unmarshal(filledManifest(t, "winget.installer.yaml"), &got); err != nil || len(got.Installers) != 1 {
		t.Fatalf("%v, %v", got, err)
	}
	one := got.Installers[0]
	if one["Architecture"] != "x64" || one["InstallerUrl"] != "https://example.org/casebinder/releases/download/v1.2.3/casebinder-1.2.3-windows-amd64-setup.exe" ||
		!regexp.MustCompile(`^[A-F0-9]{64}$`).MatchString(one["InstallerSha256"]) {
		t.Errorf("%v", one)
	}
}

func TestScoopManifest(t *testing.T) {
	var got struct {
		Version, Homepage, License, Bin string
		Architecture                    map[string]map[string]string
		Shortcuts                       [][]string
	}
	d := json.NewDecoder(strings.NewReader(string(filledManifest(t, "scoop.json"))))
	if err := d.Decode(&got); err != nil {
		t.Fatal(err)
	}
	one := got.Architecture["64bit"]
	if got.Version != "1.2.3" || got.License != "MIT" || got.Homepage == "" || got.Bin != "casebinder.com" || len(got.Shortcuts) != 1 ||
		!strings.HasSuffix(one["url"], "/casebinder-1.2.3-windows-amd64.zip") || one["extract_dir"] != sampleRelease.name() || !regexp.MustCompile(`^[a-f0-9]{64}$`).MatchString(one["hash"]) {
		t.Errorf("%+v", got)
	}
}

func TestCaskNamesTheImage(t *testing.T) {
	text := string(filledManifest(t, "cask.rb"))
	for _, want := range []string{`version "1.2.3"`, "casebinder-1.2.3-darwin-universal.dmg", `app "Casebinder.app"`, "  sha256 \""} {
		if !strings.Contains(text, want) {
			t.Errorf("the cask lacks %q", want)
		}
	}
	if strings.Contains(text, "Application Support") {
		t.Error("it would zap a desk")
	}
	if ruby, err := exec.LookPath("ruby"); err == nil {
		cmd := exec.Command(ruby, "-c", "-")
		cmd.Stdin = strings.NewReader(text)
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, said)
		}
	}
}

// TestSumsAreReadBack has sha256sum check the packages, and leaves out what is none.
func TestSumsAreReadBack(t *testing.T) {
	root := t.TempDir()
	if err := os.Rename(packagesOf(t), filepath.Join(root, "dist")); err != nil {
		t.Fatal(err)
	}
	tl := &tool{ctx: t.Context(), root: root, out: io.Discard}
	if err := tl.tellOfPackages(sampleRelease); err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile(filepath.Join(root, "dist", sumsName))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(sums), "\n"); n != 4 || strings.Contains(string(sums), ".part") || strings.Contains(string(sums), "1.2.2") {
		t.Errorf("%s", sums)
	}
	if have("sha256sum") {
		cmd := exec.Command("sha256sum", "--strict", "-c", sumsName)
		cmd.Dir = filepath.Join(root, "dist")
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, said)
		}
	}
	for _, m := range manifestsOf("1.2.3") {
		if err := mustExist(filepath.Join(root, "dist", filepath.FromSlash(m.out))); err != nil {
			t.Error(err)
		}
	}
	if err := tl.tellOfPackages(release{version: "9.9.9"}); err == nil || errors.Is(err, errUsage) {
		t.Errorf("no package at all: %v", err)
	}
}
