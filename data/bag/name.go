package bag

import (
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"casebinder/data"
)

const (
	maxNameBytes = 120 // of one name; leaves room for folders below Windows' 260 characters
	maxExtBytes  = 16  // a longer ending is no extension
	maxPathBytes = 230 // of a path inside of the bag
)

// SafeName makes from any name one that every file system, every ZIP program
// and every BagIt verifier can hold: NFC, at most 120 bytes, with letters of
// every script, and without separators, %, control and direction characters,
// emoji, leading dots or dashes, trailing dots or spaces, or a name that
// Windows reserves. The extension is kept. The result is never empty, and
// SafeName of it is itself. Two names may become one: see Namer.
func SafeName(name string) string {
	for range 8 { // what is cut off may make an extension of what was none
		safe := safeOnce(name)
		if safe == name {
			break
		}
		name = safe
	}
	return name
}

func safeOnce(name string) string {
	name = trimName(replaceRunes(name))
	stem, ext := splitExt(name)
	if stem == "" {
		stem = "file"
	}
	if data.IsWindowsDevice(stem) {
		stem = "_" + stem
	}
	return cutStem(stem, maxNameBytes-len(ext)) + ext
}

// replaceRunes replaces what a name must not hold by "_", and drops what cannot be seen.
func replaceRunes(name string) string {
	var b strings.Builder
	var last rune
	for _, r := range norm.NFC.String(strings.ToValidUTF8(name, "_")) {
		switch {
		case unicode.IsSpace(r):
			r = ' '
		case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r):
			continue // direction marks, joiners, byte order marks
		case strings.ContainsRune(`<>:"/\|?*%`, r), r == utf8.RuneError, !nameRune(r):
			r = '_'
		}
		if r == last && (r == '_' || r == ' ' || r == '.') {
			continue // "__" says no more than "_", and ".." must not stand anywhere
		}
		b.WriteRune(r)
		last = r
	}
	// Dropping a rune may bring two together that NFC joins.
	return norm.NFC.String(b.String())
}

// nameRune reports letters, marks, digits, punctuation and the symbols of ASCII.
func nameRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= ' ' && r != 0x7f
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.Sc, unicode.Sm)
}

func trimName(name string) string {
	name = strings.TrimLeft(name, ". -~")
	return strings.TrimRight(name, ". ")
}

func splitExt(name string) (stem, ext string) {
	ext = path.Ext(name)
	if len(ext) < 2 || len(ext) > maxExtBytes || strings.Contains(ext, " ") {
		return name, ""
	}
	return strings.TrimRight(strings.TrimSuffix(name, ext), ". "), ext
}

// cutStem cuts at a rune, and does not leave half of a letter with its marks.
func cutStem(stem string, limit int) string {
	if len(stem) <= limit {
		return stem
	}
	for limit > 0 && !utf8.RuneStart(stem[limit]) {
		limit--
	}
	if next, _ := utf8.DecodeRuneInString(stem[limit:]); unicode.Is(unicode.M, next) {
		for limit > 1 {
			r, n := utf8.DecodeLastRuneInString(stem[:limit])
			limit -= n
			if !unicode.Is(unicode.M, r) {
				break
			}
		}
	}
	if cut := strings.TrimRight(stem[:limit], ". "); cut != "" {
		return cut
	}
	return "file"
}

// A Namer gives names that are safe and differ from each other, also where
// upper and lower case are the same. The zero Namer is ready to use.
type Namer struct {
	taken map[string]bool
}

// Name is SafeName(name), with "-2", "-3" ... before the extension when that
// was given out already.
func (n *Namer) Name(name string) string {
	if n.taken == nil {
		n.taken = map[string]bool{}
	}
	safe := SafeName(name)
	stem, ext := splitExt(safe)
	for i := 2; n.taken[foldName(safe)]; i++ {
		suffix := "-" + strconv.Itoa(i)
		safe = SafeName(cutStem(stem, maxNameBytes-len(ext)-len(suffix)) + suffix + ext)
	}
	n.taken[foldName(safe)] = true
	return safe
}

// foldName is equal for names that some file system takes for one.
func foldName(name string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(name)))
}
