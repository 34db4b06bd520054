package main

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"
)

const (
	family    = "Casebinder Window"
	copyright = "Merged from Noto Sans SC and KR (2014-2021 Adobe, with Reserved Font Name 'Source'), Noto Sans Hebrew, Thai, Devanagari, Arabic and Symbols 2 (2022 and 2024 The Noto Project Authors), Noto Sans Math (2022 Google LLC) and Noto Emoji (2013 Google LLC)."
)

// A style is one of the faces that are made.
type style struct {
	name  string
	parts []part
}

func (s style) file() string { return strings.ReplaceAll(family, " ", "") + "-" + s.name }

// path is where the face is kept.
func (s style) path() string { return "assets/window/" + s.file() + ".otf" }

// styles are the faces of the window. The first part gives the height of lines
// and the Latin letters.
func styles() []style {
	return []style{
		{"Regular", parts("assets/fonts", "Regular", everyday, func(rune) bool { return true })},
		{"Bold", parts("cmd/dev/typeface/faces", "Bold", frequent, frequentInKorea)},
	}
}

func parts(dir, name string, han, hangul func(rune) bool) []part {
	both := []string{"GSUB", "GPOS"}
	return []part{
		{"assets/fonts/NotoSansSC-" + name + ".ttf", han, []string{"DFLT", "cyrl", "grek", "hani", "kana", "latn"}, []string{"GPOS"}},
		{dir + "/NotoSansKR-" + name + ".ttf", func(r rune) bool { return inBlocks(r, koreanBlocks) && hangul(r) }, nil, nil},
		{dir + "/NotoSansHebrew-" + name + ".ttf", in(hebrewBlocks), []string{"hebr"}, both},
		{dir + "/NotoSansThai-" + name + ".ttf", in(thaiBlocks), []string{"thai"}, both},
		{dir + "/NotoSansDevanagari-" + name + ".ttf", in(devanagariBlocks), []string{"deva", "dev2"}, both},
		{dir + "/NotoSansArabic-" + name + ".ttf", in(arabicBlocks), []string{"arab"}, both},
		{"cmd/dev/typeface/faces/NotoSansSymbols2-Regular.ttf", func(r rune) bool { return inBlocks(r, signBlocks) && uncolored(r) }, nil, nil},
		{"cmd/dev/typeface/faces/NotoSansMath-Regular.ttf", in(bracketBlocks), nil, nil},
		{"assets/fonts/NotoEmoji-Regular.ttf", func(r rune) bool { return r >= firstEmoji && uncolored(r) }, nil, nil},
	}
}

// A block is a range of characters, from its first to its last.
type block [2]rune

var (
	koreanBlocks     = []block{{0x1100, 0x11FF}, {0x3130, 0x318F}, {0xA960, 0xA97F}, {0xAC00, 0xD7FF}, {0xFFA0, 0xFFDC}, {0x20A9, 0x20A9}}
	hebrewBlocks     = []block{{0x0590, 0x05FF}, {0xFB1D, 0xFB4F}, {0x20AA, 0x20AA}}
	thaiBlocks       = []block{{0x0E00, 0x0E7F}}
	devanagariBlocks = []block{{0x0900, 0x097F}, {0x1CD0, 0x1CFF}, {0xA8E0, 0xA8FF}, {0x200C, 0x200D}, {0x25CC, 0x25CC}}
	arabicBlocks     = []block{{0x0600, 0x06FF}, {0x0750, 0x077F}, {0x0870, 0x08FF}, {0xFB50, 0xFDFF}, {0xFE70, 0xFEFE}}
	signBlocks       = []block{{0x2190, 0x23FF}, {0x2500, 0x27BF}, {0x2B00, 0x2BFF}}
	bracketBlocks    = []block{{0x27E6, 0x27EF}}
)

func inBlocks(r rune, blocks []block) bool {
	return slices.ContainsFunc(blocks, func(b block) bool { return b[0] <= r && r <= b[1] })
}

func in(blocks []block) func(rune) bool {
	return func(r rune) bool { return inBlocks(r, blocks) }
}

// firstHan is where Chinese characters begin, below which are alphabets,
// punctuation, arrows and other signs.
const firstHan = 0x3400

// everyday reports whether a character is kept in regular: all but Chinese
// characters that none of GB 2312, Big5 and JIS X 0208 has: buyers write Japanese.
func everyday(r rune) bool {
	switch {
	case slices.Contains(narrowed, r):
		return false
	case r < firstHan || r >= 0xff00 && r < 0x10000:
		return true
	}
	return len(encoded(simplified(), r)) > 0 || len(encoded(traditional(), r)) == 2 || len(encoded(ofJapan(), r)) == 2
}

// frequent reports whether a character is kept in bold: of Big5 only the first
// level, which holds the 5,401 frequent characters (0xA440 to 0xC67E), and so of
// JIS X 0208 with 2,965 (0x889F to 0x9872 in Shift JIS).
func frequent(r rune) bool {
	if !everyday(r) || r < firstHan || r >= 0xff00 {
		return everyday(r)
	}
	if len(encoded(simplified(), r)) > 0 {
		return true
	}
	if b := encoded(traditional(), r); len(b) == 2 && b[0] >= 0xa4 && b[0] <= 0xc6 {
		return true
	}
	b := encoded(ofJapan(), r)
	return len(b) == 2 && b[0] >= 0x88 && b[0] <= 0x98
}

var (
	simplified  = sync.OnceValue(simplifiedchinese.HZGB2312.NewEncoder)
	traditional = sync.OnceValue(traditionalchinese.Big5.NewEncoder)
	ofJapan     = sync.OnceValue(japanese.ShiftJIS.NewEncoder)
)

// encoded is a character in an encoding; nothing when it has none there.
func encoded(e *encoding.Encoder, r rune) []byte {
	e.Reset()
	b, err := e.Bytes([]byte(string(r)))
	if err != nil {
		return nil
	}
	return b
}

// narrowed are marks that the Chinese font draws as wide as a Chinese
// character, which tears Latin text apart ("don’ t", "1 ×  2"). The window's
// font goes without them, so that they come from the toolkit's Latin font.
var narrowed = []rune("¡§¨ª¯°±´¶·¸º¿×÷‘’“”†‡•…′″")

// frequentInKorea reports whether a syllable is one of the 2,350 of KS X 1001,
// which are what is written; the other 8,822 can be.
func frequentInKorea(r rune) bool {
	if r < 0xAC00 || r > 0xD7A3 {
		return true
	}
	b := encoded(ofKorea(), r)
	return len(b) == 2 && b[0] >= 0xA1 && b[1] >= 0xA1
}

var ofKorea = sync.OnceValue(korean.EUCKR.NewEncoder)

// uncolored reports whether a character is none of the toolkit's colored emoji,
// which are of 2016.
func uncolored(r rune) bool {
	_, old := coloredEmoji().NominalGlyph(r)
	return !old
}

const firstEmoji = 0x231A

// coloredEmoji are those of the toolkit.
var coloredEmoji = sync.OnceValue(func() *font.Face {
	face, err := font.ParseTTF(bytes.NewReader(theme.DefaultEmojiFont().Content()))
	if err != nil {
		return nil
	}
	return face
})
