//go:build !windows && !darwin

package clip

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestFilesOfACopy(t *testing.T) {
	dir := t.TempDir()
	label, chinese := filepath.Join(dir, "label 1.jpg"), filepath.Join(dir, "面单.png")
	for _, p := range []string{label, chinese} {
		if err := os.WriteFile(p, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	address := func(p string) string { return (&url.URL{Scheme: "file", Path: p}).String() }
	for text, want := range map[string][]string{
		label:                  {label},
		label + "\n" + chinese: {label, chinese},
		address(label) + "\r\n" + address(chinese) + "\r\n": {label, chinese},
		"# copied\n" + address(chinese):                     {chinese},
		label + "\n" + filepath.Join(dir, "gone.png"):       nil,
		label + "\nand a word":                              nil,
		"label 1.jpg":                                       nil,
		"https://example.com" + label:                       nil,
		"":                                                  nil,
	} {
		if got := filesIn(text); !slices.Equal(got, want) {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}

func FuzzFilesOfACopy(f *testing.F) {
	f.Add("file:///etc/hosts\r\n/etc/hosts")
	f.Add("file://%zz")
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range filesIn(text) {
			if _, err := os.Stat(p); err != nil {
				t.Errorf("%q is not there: %v", p, err)
			}
		}
	})
}
