package bundle

import (
	_ "embed"
	"strings"
)

//go:embed readme.txt
var readmeText string

// readme tells how to check the bag with what every system has. Windows'
// Notepad needs the mark and the line ends.
func readme(name string) []byte {
	text := strings.ReplaceAll(strings.ReplaceAll(readmeText, "\r\n", "\n"), "NAME", name)
	return []byte("\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"))
}
