package main

import (
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// visible writes text so that nothing in it drives the terminal: what a buyer,
// a file or a name holds of control characters and of signs that turn the
// direction of writing is written as \u001b. In JSON that is the same text.
type visible struct {
	to   io.Writer
	rest []byte // of a character that was cut off by the end of a write
}

// Write implements io.Writer.
func (v *visible) Write(p []byte) (int, error) {
	text := p
	if len(v.rest) > 0 {
		text = append(v.rest, p...)
		v.rest = nil
	}
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 && !utf8.FullRune(text) {
			v.rest = append([]byte(nil), text...)
			break
		}
		if drives(r) || r == utf8.RuneError && size == 1 {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = append(out, text[:size]...)
		}
		text = text[size:]
	}
	if _, err := v.to.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// drives reports whether a terminal takes a character for a command, or shows
// what follows it in another order than it stands.
func drives(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x2028, r == 0x2029:
		return true
	}
	return unicode.IsControl(r)
}
