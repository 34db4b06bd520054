package main

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
)

// The manifests by which package managers install a release.
//
//go:embed manifests
var manifestFiles embed.FS

// A manifest is filled where the package that it is about lies in dist/.
type manifest struct {
	template, out string // out is below dist/
	about         string // the ending of the package's name
}

func manifestsOf(version string) []manifest {
	winget := "manifests/winget/manifests/c/Casebinder/Casebinder/" + version + "/Casebinder.Casebinder"
	return []manifest{
		{"winget.version.yaml", winget + ".yaml", setupEnding},
		{"winget.installer.yaml", winget + ".installer.yaml", setupEnding},
		{"winget.locale.en-US.yaml", winget + ".locale.en-US.yaml", setupEnding},
		{"scoop.json", "manifests/scoop/casebinder.json", zipEnding},
		{"cask.rb", "manifests/homebrew/casebinder.rb", dmgEnding},
	}
}

// How the packages' names end that a package manager takes.
const (
	setupEnding = "-windows-amd64-setup.exe"
	zipEnding   = "-windows-amd64.zip"
	dmgEnding   = "-darwin-universal.dmg"
)

// A told package is one as manifests name it.
type toldPackage struct{ Name, SHA256 string }

// sumsName is the file of the sums of all packages, as sha256sum reads it.
const sumsName = "SHA256SUMS"

// tellOfPackages writes the sums of the version's packages in dist/, and fills the
// manifests of those for which there is a package manager. CASEBINDER_HOME says where the
// project lives on the web, without which nobody can fetch a package: then manifests name
// an address that ends in .invalid.
func (t *tool) tellOfPackages(r release) error {
	packages, err := sumPackages(t.dist(), r.version)
	if err != nil {
		return err
	}
	if len(packages) == 0 {
		return fmt.Errorf("there is no package of %s in %s", r.version, t.dist())
	}
	var sums strings.Builder
	for _, p := range packages {
		fmt.Fprintf(&sums, "%s  %s\n", strings.ToLower(p.SHA256), p.Name)
	}
	if err := os.WriteFile(filepath.Join(t.dist(), sumsName), []byte(sums.String()), 0o644); err != nil {
		return fmt.Errorf("writing the sums: %w", err)
	}
	t.say("%s, %d packages", filepath.Join(t.dist(), sumsName), len(packages))
	home := os.Getenv("CASEBINDER_HOME")
	if home == "" {
		home = "https://casebinder.invalid"
		t.say("   the manifests name %s: CASEBINDER_HOME names no address of the project", home)
	}
	for _, m := range manifestsOf(r.version) {
		text, err := r.fillManifest(m, packages, home)
		if err != nil || text == nil {
			if err != nil {
				return err
			}
			continue
		}
		path := filepath.Join(t.dist(), filepath.FromSlash(m.out))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, text, 0o644)); err != nil {
			return fmt.Errorf("writing a manifest: %w", err)
		}
		t.say("%s", path)
	}
	return nil
}

// fillManifest fills one manifest; nil where its package is not there.
func (r release) fillManifest(m manifest, packages []toldPackage, home string) ([]byte, error) {
	fill := struct {
		Version, Day, Home, URL string
		Setup, Zip, Dmg         toldPackage
	}{Version: r.version, Day: r.stamp.Format("2006-01-02"), Home: home, URL: home + "/releases/download/v" + r.version}
	there := false
	for _, p := range packages {
		there = there || strings.HasSuffix(p.Name, m.about)
		switch {
		case strings.HasSuffix(p.Name, setupEnding):
			fill.Setup = p
		case strings.HasSuffix(p.Name, zipEnding):
			p.SHA256 = strings.ToLower(p.SHA256)
			fill.Zip = p
		case strings.HasSuffix(p.Name, dmgEnding):
			p.SHA256 = strings.ToLower(p.SHA256)
			fill.Dmg = p
		}
	}
	if !there {
		return nil, nil
	}
	parsed, err := template.New(m.template).Delims("[[", "]]").Option("missingkey=error").ParseFS(manifestFiles, "manifests/"+m.template)
	if err != nil {
		return nil, fmt.Errorf("reading a manifest: %w", err)
	}
	var text bytes.Buffer
	if err := parsed.Execute(&text, fill); err != nil {
		return nil, fmt.Errorf("filling a manifest: %w", err)
	}
	return text.Bytes(), nil
}

// sumPackages sums the packages of a version, in the order of their names.
func sumPackages(dir, version string) ([]toldPackage, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("looking for packages: %w", err)
	}
	var packages []toldPackage
	for _, e := range entries {
		if !e.Type().IsRegular() || !strings.HasPrefix(e.Name(), "casebinder-"+version+"-") || strings.HasSuffix(e.Name(), ".part") {
			continue
		}
		f, err := os.Open(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("summing a package: %w", err)
		}
		sum := sha256.New()
		_, err = io.Copy(sum, f)
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("summing a package: %w", err)
		}
		packages = append(packages, toldPackage{e.Name(), fmt.Sprintf("%X", sum.Sum(nil))})
	}
	slices.SortFunc(packages, func(a, b toldPackage) int { return strings.Compare(a.Name, b.Name) })
	return packages, nil
}
