// Command licenses writes the file THIRD-PARTY.txt, which is in every package and
// behind a button of the window: what others made of all that the program carries, and
// under which terms.
//
// Its one rule: a license is the file that its authors wrote, whole; what has none in
// its place is refused, so that nothing is carried unsaid.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// fileName is what is written, and its folder, from the top of the repository, which
// also holds the licenses of what is carried as a binary.
const (
	folder   = "assets/licenses"
	fileName = folder + "/THIRD-PARTY.txt"
)

func main() {
	if err := start("."); err != nil {
		fmt.Fprintln(os.Stderr, "licenses:", err)
		os.Exit(1)
	}
}

func start(root string) error {
	text, count, err := thirdParty(root)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, fileName), text, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d Go modules, %d bytes\n", fileName, count, len(text))
	return nil
}

// systems are those that a package is made for, with the tags of their programs.
var systems = map[string]string{"linux": "migrated_fynedo,x11", "windows": "migrated_fynedo", "darwin": "migrated_fynedo"}

// A module is one that is compiled into a program.
type module struct {
	Path, Version, Dir string
	Main               bool
	Replace            *module
}

// name is the module with its version, and what stands in its place here.
func (m module) name() string {
	switch {
	case m.Replace == nil:
		return m.Path + " " + m.Version
	case m.Replace.Version == "":
		return m.Path + " (cut down, in " + strings.TrimPrefix(m.Replace.Path, "./") + ")"
	}
	return m.Replace.Path + " " + m.Replace.Version
}

// modules lists what is compiled into the program of each system.
func modules(root string) ([]module, error) {
	found := map[string]module{}
	for system, tags := range systems {
		cmd := exec.Command("go", "list", "-deps", "-tags", tags, "-json=Module", "./cmd/casebinder")
		cmd.Dir = root
		cmd.Env = append(os.Environ(), "CGO_ENABLED=1", "GOOS="+system, "GOARCH=amd64")
		var wrong bytes.Buffer
		cmd.Stderr = &wrong
		printed, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("asking what the program of %s is made of: %w: %s", system, err, &wrong)
		}
		for d := json.NewDecoder(bytes.NewReader(printed)); ; {
			var p struct{ Module *module }
			if err := d.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, fmt.Errorf("reading what the program of %s is made of: %w", system, err)
			}
			if p.Module != nil && !p.Module.Main {
				found[p.Module.Path] = *p.Module
			}
		}
	}
	list := make([]module, 0, len(found))
	for _, m := range found {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return list, nil
}

var (
	licenseName = regexp.MustCompile(`(?i)^(un)?(licen[sc]e|copying|copyright|notice|patents|ofl|icu-license)([-_.].*)?$`)
	otherName   = regexp.MustCompile(`(?i)\.go$|logo`) // LICENSE-LOGO is of a picture that no program carries
	// What lies in these folders of a module is in no program.
	leftOut = []string{"testdata", ".github", "cmd", "example", "examples"}
)

// licenseFiles are the licenses in a module's folder and below, by their paths in it.
// Each must have one at its top.
func licenseFiles(dir string) (paths []string, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != dir && slices.Contains(leftOut, d.Name()):
			return filepath.SkipDir
		case d.IsDir() || !licenseName.MatchString(d.Name()) || otherName.MatchString(d.Name()):
			return nil
		}
		rel, err := filepath.Rel(dir, path)
		paths = append(paths, filepath.ToSlash(rel))
		return err
	})
	if err == nil && !slices.ContainsFunc(paths, func(p string) bool { return !strings.Contains(p, "/") }) {
		err = errors.New("there is no license at the top of " + dir)
	}
	// What stands at the top comes first.
	slices.SortFunc(paths, func(a, b string) int {
		if n := strings.Count(a, "/") - strings.Count(b, "/"); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	return paths, err
}

// A writer puts licenses one after the other, and a text that stood before only by
// where it stands.
type writer struct {
	out  bytes.Buffer
	seen map[[sha256.Size]byte]string // by the text's sum: of whom it was
}

func (w *writer) title(text string) {
	line := strings.Repeat("=", 79)
	fmt.Fprintf(&w.out, "\n%s\n%s\n%s\n", line, text, line)
}

// license writes the file of one part.
func (w *writer) license(of, name, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text = bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
	w.title(of + ": " + name)
	sum := sha256.Sum256(text)
	if before, stood := w.seen[sum]; stood {
		fmt.Fprintf(&w.out, "\nThe same text, word for word, as that of %s.\n", before)
		return nil
	}
	w.seen[sum] = of + ": " + name
	fmt.Fprintf(&w.out, "\n%s\n", text)
	return nil
}

const head = `What Casebinder carries, and its licenses

Casebinder itself is under the MIT License (LICENSE). It is built on the work of
others, which follows with its terms: what it carries as a binary, its fonts, the Go
language, and Go modules. Modules that only the program for one system has are in the
list for all.
`

// thirdParty gives the whole text, and how many modules it names.
func thirdParty(root string) ([]byte, int, error) {
	w := &writer{seen: map[[sha256.Size]byte]string{}}
	w.out.WriteString(head)
	list, err := modules(root)
	if err != nil {
		return nil, 0, err
	}
	w.title("Contents")
	fmt.Fprintf(&w.out, "\nBinaries: see the tables below\nFonts: Noto; Inter, DejaVu Sans Mono and EmojiOne Color of the toolkit\nGo, its runtime and standard library\n")
	for _, m := range list {
		fmt.Fprintln(&w.out, m.name())
	}
	if err := w.binaries(root); err != nil {
		return nil, 0, err
	}
	if err := w.license("Noto fonts", "OFL.txt", filepath.Join(root, "assets", "fonts", "OFL.txt")); err != nil {
		return nil, 0, err
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, 0, fmt.Errorf("finding Go: %w", err)
	}
	for _, name := range []string{"LICENSE", "PATENTS"} {
		if err := w.license("Go", name, filepath.Join(strings.TrimSpace(string(goroot)), name)); err != nil {
			return nil, 0, err
		}
	}
	for _, m := range list {
		if err := w.module(m); err != nil {
			return nil, 0, fmt.Errorf("%s: %w", m.name(), err)
		}
	}
	return w.out.Bytes(), len(list), nil
}

// binaries writes the table of what is carried compiled, and the licenses beside it.
func (w *writer) binaries(root string) error {
	dir := filepath.Join(root, folder)
	if err := w.license("Binaries", "which and from where", filepath.Join(dir, "README.md")); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return err
	}
	for _, path := range files {
		if name := filepath.Base(path); name != filepath.Base(fileName) {
			if err := w.license("Binaries", name, path); err != nil {
				return err
			}
		}
	}
	return nil
}

// module writes the licenses in a module.
func (w *writer) module(m module) error {
	dir := m.Dir
	if m.Replace != nil && m.Replace.Dir != "" {
		dir = m.Replace.Dir
	}
	files, err := licenseFiles(dir)
	if err != nil {
		return err
	}
	for _, name := range files {
		if err := w.license(m.name(), name, filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			return err
		}
	}
	return nil
}
