package words

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebinder/data"
)

// Join joins what is not empty.
func Join(by string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			some = append(some, endedLeftToRight(p))
		}
	}
	return strings.Join(some, by)
}

// List joins what is not empty as the chosen language writes a list.
func List(parts ...string) string { return Join(T("list.mark"), parts...) }

// endedLeftToRight ends a part in Arabic or Hebrew with a mark, so that the sign
// and the number that follow do not run into it.
func endedLeftToRight(part string) string {
	last, _ := utf8.DecodeLastRuneInString(part)
	if unicode.In(last, unicode.Arabic, unicode.Hebrew) {
		return part + "\u200e"
	}
	return part
}

// Shorten cuts a text to n characters at most.
func Shorten(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return text
}

// Named puts a colon between a name and what is said of it; without a name it is the
// text alone.
func Named(name, text string) string {
	if name == "" {
		return text
	}
	return T("line.named", "name", endedLeftToRight(name), "text", text)
}

// Buyer is what a buyer is called: one whose personal data was erased has a number in
// the place of a name.
func Buyer(name string) string {
	if !data.IsErasedHandle(name) {
		return name
	}
	return T("buyer.erased", "number", name[len(name)-4:])
}

// Dotted joins what is not empty.
func Dotted(parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, " · ")
}

// OneSpaced joins lines and drops what would break one.
func OneSpaced(text string) string { return strings.Join(strings.Fields(text), " ") }

// Percent says how far something is, or how much was done where no end is
// known.
func Percent(done, total int64) string {
	if total <= 0 {
		if done <= 0 {
			return ""
		}
		return Number(done)
	}
	return fmt.Sprintf("%d %%", done*100/total)
}
