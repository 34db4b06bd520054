package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

// oldestMac is the oldest macOS for which Go 1.26 compiles.
const oldestMac = "12.0"

// infoPlist tells macOS what the program is.
//
//go:embed installer/Info.plist
var infoPlist string

// macArchs are the processors of the one program for all Macs.
var macArchs = []string{"amd64", "arm64"}

func (r release) plist() (string, error) {
	parsed, err := template.New("Info.plist").Delims("[[", "]]").Option("missingkey=error").Parse(infoPlist)
	if err != nil {
		return "", fmt.Errorf("reading the description of the application: %w", err)
	}
	var text strings.Builder
	if err := parsed.Execute(&text, map[string]string{"ID": appID, "Version": r.version, "Oldest": oldestMac}); err != nil {
		return "", fmt.Errorf("filling the description of the application: %w", err)
	}
	return text.String(), nil
}

// packMac makes one application for both kinds of Mac, signs it, and puts it into a disk
// image. It runs on a Mac: the toolkit needs Apple's own headers.
//
// Without a key it is signed ad hoc, so that a Mac does not call it damaged and opens it
// once its user allowed that. CASEBINDER_SIGN names a Developer ID in the keychain, and
// CASEBINDER_NOTARY a profile of "xcrun notarytool store-credentials": with both the
// image is notarized, and opens like any other.
func (t *tool) packMac(r release, dir string) ([]string, error) {
	r.arch = "universal"
	root := filepath.Join(dir, "image")
	app := filepath.Join(root, "Casebinder.app")
	if err := t.makeMacApp(r, app, dir); err != nil {
		return nil, err
	}
	if err := t.signMac(app, true); err != nil {
		return nil, err
	}
	for _, paper := range t.papers() {
		if err := moveFile(paper.from, filepath.Join(root, paper.name)); err != nil {
			return nil, err
		}
	}
	if err := os.Symlink("/Applications", filepath.Join(root, "Applications")); err != nil {
		return nil, fmt.Errorf("making the disk image: %w", err)
	}
	path := filepath.Join(t.dist(), r.name()+".dmg")
	_, err := t.step("the disk image", job{args: []string{"hdiutil", "create", "-volname", "Casebinder", "-srcfolder", root, "-ov", "-format", "UDZO", path}, silent: true})
	if err != nil {
		return nil, err
	}
	if err := t.signMac(path, false); err != nil {
		return nil, err
	}
	return []string{path}, t.notarize(path)
}

// makeMacApp compiles the program for both processors into an application.
func (t *tool) makeMacApp(r release, app, dir string) error {
	contents := filepath.Join(app, "Contents")
	for _, name := range []string{"MacOS", "Resources"} {
		if err := os.MkdirAll(filepath.Join(contents, name), 0o755); err != nil {
			return fmt.Errorf("making the application: %w", err)
		}
	}
	join := []string{"lipo", "-create", "-output", filepath.Join(contents, "MacOS", "casebinder")}
	for _, arch := range macArchs {
		one, path := r, filepath.Join(dir, "casebinder-"+arch)
		one.arch = arch
		if err := t.compileRelease(one, path, "migrated_fynedo", r.smaller()); err != nil {
			return err
		}
		join = append(join, path)
	}
	if _, err := t.step("one program for both processors", job{args: join}); err != nil {
		return err
	}
	plist, err := r.plist()
	if err != nil {
		return err
	}
	// An empty folder for each language lets macOS show its own menus and dialogs in it.
	for _, language := range []string{"en", "zh-Hans", "zh-Hant"} {
		err = errors.Join(err, os.MkdirAll(filepath.Join(contents, "Resources", language+".lproj"), 0o755))
	}
	err = errors.Join(err, os.WriteFile(filepath.Join(contents, "Info.plist"), []byte(plist), 0o644))
	if err != nil {
		return fmt.Errorf("writing the application: %w", err)
	}
	return t.artwork("the application's icon", filepath.Join(contents, "Resources", "casebinder.icns"))
}

// signMac signs an application or a disk image with the named key, or an application ad hoc.
func (t *tool) signMac(path string, app bool) error {
	args := []string{"codesign", "--force", "--sign", "-", path}
	if key := os.Getenv("CASEBINDER_SIGN"); key != "" {
		args = []string{"codesign", "--force", "--timestamp", "--options", "runtime", "--sign", key, path}
	} else if !app {
		return nil // an image needs none
	}
	if _, err := t.step("signing "+filepath.Base(path), job{args: args}); err != nil {
		return err
	}
	_, err := t.step("looking at the signature", job{args: []string{"codesign", "--verify", "--strict", "--verbose=2", path}})
	return err
}

// notarize has Apple look at a disk image, where there are a key and an account.
func (t *tool) notarize(path string) error {
	profile := os.Getenv("CASEBINDER_NOTARY")
	if os.Getenv("CASEBINDER_SIGN") == "" || profile == "" {
		t.say("   not notarized: CASEBINDER_SIGN and CASEBINDER_NOTARY name no key and profile")
		return nil
	}
	if _, err := t.step("notarizing", job{args: []string{"xcrun", "notarytool", "submit", path, "--keychain-profile", profile, "--wait"}}); err != nil {
		return err
	}
	_, err := t.step("stapling", job{args: []string{"xcrun", "stapler", "staple", path}})
	return err
}
