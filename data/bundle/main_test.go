package bundle

import (
	"os"
	"path/filepath"
	"testing"

	"casebinder/data/pages"
	"casebinder/data/pdf"
)

// The words that make the test program a child that reads annexes or pages.
const (
	annexWord = "__annex"
	pagesWord = "__pages"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case annexWord:
			os.Exit(pdf.AnnexMain(os.Args[2:]))
		case pagesWord:
			os.Exit(pages.Main(os.Args[2:]))
		}
	}
	os.Exit(m.Run())
}

// childViewer reads pages in a child process, as the program does.
func childViewer(t *testing.T) *pages.Viewer {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	v, err := pages.Start(t.Context(), pages.Options{Command: []string{self, pagesWord}, CacheDir: filepath.Join(os.TempDir(), "casebinder-test-pages")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	return v
}
