package gate

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// folded is a text as rules see it: in lower case, without accents, zero-width
// characters and the forms of one letter, each rune with its place in the text
// as it was written.
type folded struct {
	runes []rune
	at    []int // offset in runes of the text as written; one more than runes, for the end
}

// letters that no decomposition brings to their plain form.
var plainLetters = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'ł': "l", 'Ł': "l", 'ø': "o", 'Ø': "o", 'đ': "d", 'Đ': "d", 'ı': "i", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe",
	'’': "'", 'ʼ': "'", '‘': "'", '`': "'", '´': "'", '＇': "'", '‐': "-", '‑': "-", '–': "-", '—': "-", '−': "-",
	'ى': "ي", 'ة': "ه", 'ی': "ي", 'ک': "ك", 'ـ': "", '٫': ".", '٬': ",", '\u00a0': " ", '\u202f': " ", '\u3000': " ", '٪': "%", '…': "...",
}

// fold makes the folded form. Runes that say nothing (Cf: zero-width, direction
// marks, soft hyphens) are left out.
func fold(text string) folded {
	f := folded{runes: make([]rune, 0, len(text)), at: make([]int, 0, len(text)+1)}
	i := 0
	for _, r := range text {
		f.add(r, i)
		i++
	}
	f.at = append(f.at, i)
	return f
}

func (f *folded) add(r rune, at int) {
	if r < 0x80 && r != '`' {
		f.put(unicode.ToLower(r), at)
		return
	}
	if plain, ok := plainLetters[r]; ok {
		for _, p := range plain {
			f.put(p, at)
		}
		return
	}
	if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) && !isKanaMark(r) {
		return
	}
	for _, k := range norm.NFKC.String(string(r)) {
		f.bare(k, at)
	}
}

// bare adds a rune without its accents; syllables of Hangul and kana stay whole.
func (f *folded) bare(r rune, at int) {
	if n, ok := digitOf(r); ok {
		f.put('0'+rune(n), at)
		return
	}
	if wholeSyllable(r) {
		f.put(r, at)
		return
	}
	for _, d := range norm.NFD.String(string(r)) {
		if !unicode.Is(unicode.Mn, d) {
			if plain, ok := plainLetters[d]; ok {
				for _, p := range plain {
					f.put(p, at)
				}
				continue
			}
			f.put(unicode.ToLower(d), at)
		}
	}
}

func (f *folded) put(r rune, at int) {
	f.runes = append(f.runes, r)
	f.at = append(f.at, at)
}

func isKanaMark(r rune) bool { return r == 0x3099 || r == 0x309a }

func wholeSyllable(r rune) bool {
	return unicode.In(r, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}

// digitOf reads a decimal digit of any script.
func digitOf(r rune) (int, bool) {
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	zero := r
	for n := 0; n < 10; n++ {
		if !unicode.Is(unicode.Nd, zero-1) {
			return n, true
		}
		zero--
	}
	return int(r-'0') % 10, r <= '9'
}

// foldText is the folded form of a word of the data.
func foldText(text string) []rune { return fold(text).runes }

// closed reports whether a rune belongs to a script that writes without blanks,
// or, as Hangul, hangs its endings onto the word: a word may begin or end
// anywhere in it.
func closed(r rune) bool {
	return r >= 0x0e00 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai) || r == 'ー')
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == 'ー' || r == '々'
}

// edge reports whether a word may begin or end before the rune at i.
func (f folded) edge(i int) bool {
	if i <= 0 || i >= len(f.runes) {
		return true
	}
	a, b := f.runes[i-1], f.runes[i]
	return !inWord(a) || !inWord(b) || closed(a) || closed(b)
}

// squeeze joins letters that were written apart ("w h a t s a p p", "微 信"):
// three or more single letters with the same sign or blank between them. The
// second value tells whether anything was joined.
func (f folded) squeeze() (folded, bool) {
	out := folded{runes: make([]rune, 0, len(f.runes)), at: make([]int, 0, len(f.at))}
	joined := false
	for i := 0; i < len(f.runes); {
		if n := f.apart(i); n >= 3 {
			joined = true
			for k := range n {
				out.put(f.runes[i+2*k], f.at[i+2*k])
			}
			i += 2*n - 1
			continue
		}
		out.put(f.runes[i], f.at[i])
		i++
	}
	out.at = append(out.at, f.at[len(f.at)-1])
	return out, joined
}

// apart counts the single letters that stand apart from i on.
func (f folded) apart(i int) int {
	single := func(k int) bool {
		return k < len(f.runes) && unicode.IsLetter(f.runes[k]) && (k+1 == len(f.runes) || !inWord(f.runes[k+1]))
	}
	if i > 0 && inWord(f.runes[i-1]) || !single(i) {
		return 0
	}
	n := 1
	for k := i; k+2 < len(f.runes) && sign(f.runes[k+1]) && f.runes[k+1] == f.runes[i+1]; k += 2 {
		next := k + 2
		if !unicode.IsLetter(f.runes[next]) {
			break
		}
		if !single(next) {
			if closed(f.runes[next]) {
				n++
			}
			break
		}
		n++
	}
	return n
}

func sign(r rune) bool { return r == ' ' || r == '.' || r == '-' || r == '_' || r == '*' || r == '/' }
