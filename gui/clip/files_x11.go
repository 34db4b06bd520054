//go:build !windows && !darwin

package clip

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// filesIn gives the files that a file manager names in the text of a copy, one on each
// line: by address ("file:///home/...") or by path. A text in which any line is
// something else names none.
func filesIn(text string) []string {
	var files []string
	for line := range strings.Lines(text) {
		path := strings.TrimRight(line, "\r\n")
		if path == "" || strings.HasPrefix(path, "#") { // a comment, in a list of addresses
			continue
		}
		if u, err := url.Parse(path); err == nil && u.Scheme == "file" {
			path = u.Path
		}
		if !filepath.IsAbs(path) {
			return nil
		}
		if _, err := os.Stat(path); err != nil {
			return nil
		}
		files = append(files, path)
	}
	return files
}
