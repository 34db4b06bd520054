package data

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Typed gives what a person typed without the space around it, and with the
// full-width letters, digits and marks of an input method as plain ones: ４．５ is 4.5.
func Typed(text string) string { return strings.TrimSpace(norm.NFKC.String(text)) }
