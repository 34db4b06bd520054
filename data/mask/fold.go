package mask

import (
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// class is the kind of writing that a letter belongs to; a word ends where the
// class changes.
type class uint8

const (
	other class = iota // scripts without a rule of their own
	digit
	latin
	greek
	cyrillic
	han
	kana
	hangul
	arabic
	hebrew
	thai // written without spaces, as are its neighbors
)

// gap is what stands between two letters or digits, as a set.
type gap uint8

const (
	gapSpace  gap = 1 << iota
	gapLine       // a line or page break
	gapHyphen     // a hyphen or dash
	gapMark       // an apostrophe or a point
	gapAt         // an @
	gapPunct      // anything else that is printed
	gapWall       // what no value reaches over: a mask, broken bytes, much punctuation
)

// dot is what a masked character becomes.
const dot = '•'

// unit is one folded letter or digit.
type unit struct {
	r          rune
	start, end int32 // bytes in the source, with the marks that belong to it
	class      class
	before     gap  // between the unit before and this one
	upper      bool // in upper or title case
	head, tail bool // first, last of what its source character folds to
}

// folded is a text as values are looked for in it.
type folded struct {
	src   string
	units []unit
	rtl   bool // has Arabic or Hebrew letters
}

// maxPunct is how many printed marks may lie in one gap inside a value.
const maxPunct = 4

// fold reads a text. Bytes that are not UTF-8 are walls.
func fold(src string) *folded {
	f := &folded{src: src, units: make([]unit, 0, len(src)*3/4+4)}
	var before gap
	marks := 0
	for i := 0; i < len(src); {
		r, size := rune(src[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(src[i:])
		}
		if isJamo(r) {
			r, size = composeHangul(src[i:])
		}
		g, kind := gap(0), isLetter
		if r < utf8.RuneSelf {
			g, kind = sortASCII(r)
		} else if r == utf8.RuneError && size <= 1 {
			g, kind = gapWall, isGap
		} else {
			seen := look(r)
			g, kind = seen.gap, seen.kind
		}
		switch kind {
		case isLetter:
			f.add(r, i, i+size, before)
			before, marks = 0, 0
		case isMark:
			if n := len(f.units); n > 0 && before == 0 {
				f.units[n-1].end = int32(i + size)
			}
		case isGap:
			if g&(gapSpace|gapLine) == 0 {
				if marks++; marks > maxPunct {
					g |= gapWall
				}
			}
			before |= g
		case isNothing:
		}
		i += size
	}
	return f
}

// kindOfRune says what a character is to the reader of values.
type kindOfRune uint8

const (
	isLetter  kindOfRune = iota // a letter or digit
	isMark                      // belongs to the letter before
	isGap                       // stands between
	isNothing                   // is not seen
)

// glyph is what a character that is not ASCII means to the reader.
type glyph struct {
	kind  kindOfRune
	gap   gap
	upper bool
	fold  []rune
	class []class
}

// glyphs keeps what was looked up: Unicode's tables are slow to ask for each
// character of a long text.
var glyphs [0x10000]atomic.Pointer[glyph]

func look(r rune) *glyph {
	if int(r) < len(glyphs) {
		if g := glyphs[r].Load(); g != nil {
			return g
		}
	}
	g := &glyph{upper: unicode.IsUpper(r) || unicode.IsTitle(r)}
	if g.gap, g.kind = sort(r); g.kind == isLetter {
		for _, c := range foldRune(r) {
			g.fold, g.class = append(g.fold, c), append(g.class, classOf(c))
		}
	}
	if int(r) < len(glyphs) {
		glyphs[r].Store(g)
	}
	return g
}

// sort tells what a character is that is not ASCII, and which gap it makes.
func sort(r rune) (gap, kindOfRune) {
	switch {
	case r == dot:
		return gapWall, isGap
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0xAC00 && r <= 0xD7A3:
		return 0, isLetter
	case r == 0x0640, r == 'ь', r == 'Ь', r == 'ъ', r == 'Ъ': // tatweel only stretches a word; Latin has no Russian signs
		return 0, isMark
	case unicode.Is(unicode.Mn, r):
		return 0, isMark
	case r == 0x00A0, r == 0x202F, r == 0x3000, unicode.Is(unicode.Zs, r):
		return gapSpace, isGap
	case r == 0x2028, r == 0x2029, r == 0x85:
		return gapLine, isGap
	case unicode.Is(unicode.Cf, r), r >= 0xFE00 && r <= 0xFE0F:
		return 0, isNothing
	case unicode.IsLetter(r), unicode.Is(unicode.Nd, r), unicode.Is(unicode.Mc, r):
		return 0, isLetter
	case r == 0xFF20 || r == 0xFE6B:
		return gapAt, isGap
	case unicode.Is(unicode.Pd, r), r == 0x2212:
		return gapHyphen, isGap
	case r == '’', r == '‘', r == 'ʼ', r == '´', r == '·', r == '・', r == '．', r == '＇', r == '。':
		return gapMark, isGap
	}
	return gapPunct, isGap
}

func sortASCII(r rune) (gap, kindOfRune) {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return 0, isLetter
	case r == ' ', r == '\t':
		return gapSpace, isGap
	case r == '\n', r == '\r', r == '\f', r == '\v':
		return gapLine, isGap
	case r == '-':
		return gapHyphen, isGap
	case r == '\'', r == '.', r == '`':
		return gapMark, isGap
	case r == '@':
		return gapAt, isGap
	case r < ' ', r == 0x7F:
		return gapWall, isGap
	}
	return gapPunct, isGap
}

// add appends what a letter folds to.
func (f *folded) add(r rune, start, end int, before gap) {
	u := unit{start: int32(start), end: int32(end), before: before, head: true, tail: true}
	if r < utf8.RuneSelf {
		u.r, u.class = r, latin
		switch {
		case r <= '9':
			u.class = digit
		case r <= 'Z':
			u.r, u.upper = r+'a'-'A', true
		}
		f.units = append(f.units, u)
		return
	}
	seen := look(r)
	u.upper = seen.upper
	first := len(f.units)
	for k, c := range seen.fold {
		u.r, u.class = c, seen.class[k]
		if u.class == arabic || u.class == hebrew {
			f.rtl = true
		}
		f.units = append(f.units, u)
	}
	for k := first; k < len(f.units); k++ {
		f.units[k].head, f.units[k].tail = k == first, k == len(f.units)-1
		if k > first {
			f.units[k].before = 0
		}
	}
}

// foldRune gives the base letters of one character that is not ASCII.
func foldRune(r rune) string {
	if unicode.Is(unicode.Nd, r) {
		return string('0' + digitValue(r))
	}
	if s, ok := special[r]; ok {
		return s
	}
	if r >= 0xAC00 && r <= 0xD7A3 {
		return string(r)
	}
	var b strings.Builder
	for _, c := range norm.NFKD.String(string(r)) {
		if unicode.Is(unicode.Mn, c) || c == 0x0640 {
			continue
		}
		c = unicode.ToLower(c)
		if s, ok := special[c]; ok {
			b.WriteString(s)
			continue
		}
		if c >= 0x30A1 && c <= 0x30F6 { // katakana as hiragana
			c -= 0x60
		}
		if unicode.IsLetter(c) || unicode.Is(unicode.Nd, c) || unicode.Is(unicode.Mc, c) {
			b.WriteRune(c)
		}
	}
	if b.Len() == 0 {
		return string(unicode.ToLower(r))
	}
	return b.String()
}

// special holds the letters whose base Unicode does not name.
var special = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'ø': "o", 'Ø': "o", 'đ': "d", 'Đ': "d", 'ł': "l", 'Ł': "l", 'ı': "i", 'æ': "ae", 'Æ': "ae",
	'œ': "oe", 'Œ': "oe", 'þ': "th", 'Þ': "th", 'ð': "d", 'Ð': "d", 'ħ': "h", 'Ħ': "h", 'ŋ': "n", 'Ŋ': "n",
	'ى': "ي", 'ی': "ي", 'ة': "ه", 'ٱ': "ا", 'ک': "ك", 'ς': "σ",
}

// digitValue is the value of a decimal digit of any script: Unicode keeps them
// in runs of ten.
func digitValue(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	return 0
}

// blocks are the runs of Unicode that belong to one class, in their order.
var blocks = []struct {
	from, to rune
	class    class
}{
	{0x0000, 0x024F, latin}, // digits apart
	{0x0370, 0x03FF, greek},
	{0x0400, 0x052F, cyrillic},
	{0x0590, 0x05FF, hebrew},
	{0x0600, 0x077F, arabic},
	{0x08A0, 0x08FF, arabic},
	{0x0E00, 0x0EFF, thai},
	{0x1000, 0x109F, thai},
	{0x1100, 0x11FF, hangul},
	{0x1780, 0x17FF, thai},
	{0x1E00, 0x1EFF, latin},
	{0x1F00, 0x1FFF, greek},
	{0x3040, 0x30FF, kana},
	{0xAC00, 0xD7A3, hangul},
}

func classOf(r rune) class {
	if '0' <= r && r <= '9' {
		return digit
	}
	for i := range blocks {
		if r <= blocks[i].to {
			if r >= blocks[i].from {
				return blocks[i].class
			}
			break
		}
	}
	if unicode.Is(unicode.Han, r) {
		return han
	}
	return other
}

// isJamo reports a leading consonant of a Hangul syllable in parts.
func isJamo(r rune) bool { return r >= 0x1100 && r <= 0x1112 }

// composeHangul reads a syllable that is written in parts. (Unicode 16, 3.12.)
func composeHangul(s string) (rune, int) {
	lead, size := utf8.DecodeRuneInString(s)
	vowel, n := utf8.DecodeRuneInString(s[size:])
	if vowel < 0x1161 || vowel > 0x1175 {
		return lead, size
	}
	size += n
	r := 0xAC00 + ((lead-0x1100)*21+(vowel-0x1161))*28
	if tail, n := utf8.DecodeRuneInString(s[size:]); tail > 0x11A7 && tail <= 0x11C2 {
		return r + tail - 0x11A7, size + n
	}
	return r, size
}

// skeleton is the folded letters and digits of a value.
func skeleton(s string) string {
	var b strings.Builder
	for _, u := range fold(s).units {
		b.WriteRune(u.r)
	}
	return b.String()
}
