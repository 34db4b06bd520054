package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../../.."

// TestNothingIsCarriedUnsaid fails where the program of any system took up a module, or
// another version of one, and the file was not made anew.
func TestNothingIsCarriedUnsaid(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("NOT CHECKED: there is no Go here")
	}
	want, count, err := thirdParty(root)
	if err != nil {
		t.Fatal(err)
	}
	if count < 50 {
		t.Errorf("only %d modules", count)
	}
	got, err := os.ReadFile(filepath.Join(root, fileName))
	if err != nil {
		t.Fatal(err)
	}
	got = bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n"))
	for line := range strings.Lines(string(want)) {
		if !bytes.Contains(got, []byte(strings.TrimRight(line, "\n"))) {
			t.Fatalf("%s lacks %q: go run ./cmd/dev licenses makes it anew", fileName, line)
		}
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what go run ./cmd/dev licenses makes", fileName)
	}
}

// TestEachBinaryIsSaid looks for each WebAssembly file of the repository in the table,
// and for a license of each part in it.
func TestEachBinaryIsSaid(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, fileName))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	err = filepath.WalkDir(filepath.Join(root, "data"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(d.Name(), ".wasm.gz") {
			return err
		}
		found++
		rel, err := filepath.Rel(root, path)
		if name := filepath.ToSlash(rel); !bytes.Contains(text, []byte(name)) {
			t.Errorf("%s is not in %s", name, fileName)
		}
		return err
	})
	if err != nil || found < 3 {
		t.Errorf("%d files, %v", found, err)
	}
	for _, part := range []string{"libheif", "libde265", "libaom", "libavif", "libyuv", "zxing-cpp", "PDFium", "wazero", "OpenJPEG", "mingw-w64"} {
		if !bytes.Contains(text, []byte("| "+part)) && !bytes.Contains(text, []byte(part+",")) && !bytes.Contains(text, []byte(part+")")) {
			t.Errorf("the table lacks %s", part)
		}
	}
}

func TestAModuleWithoutALicenseIsRefused(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"testdata/LICENSE", "sub/LICENSE", "LICENSE.go"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := licenseFiles(dir); err == nil {
		t.Error("it was taken")
	}
	for _, name := range []string{"COPYING.txt", "LICENSE-3RD-PARTY.md"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := licenseFiles(dir)
	if want := "COPYING.txt LICENSE-3RD-PARTY.md sub/LICENSE"; err != nil || strings.Join(got, " ") != want {
		t.Errorf("%q, %v", got, err)
	}
}
