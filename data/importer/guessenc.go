package importer

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// How encodings are told apart: the bytes beyond ASCII are decoded in each, and
// what comes out is weighed word by word in the languages that are written in it:
// how likely are these letters, in one word, with these capitals? The lightest
// wins. Where another reading weighs nearly as little, or the lightest is still
// too heavy for any language, a person is asked.

const (
	sampleBytes  = 24 << 10 // of lines with bytes beyond ASCII that are weighed
	lineBefore   = 80       // bytes of a line longer than that which are kept before the first beyond ASCII
	sureMargin   = 8.0      // bits by which the second reading must be heavier
	nonsenseBits = 10.0     // a byte, beyond which no reading is text
	headerBits   = 40.0     // what a known header beyond ASCII is worth
)

// guess is what the text of a file seems to be encoded in.
type guess struct {
	enc    string
	second string  // another encoding that is nearly as likely and reads otherwise; "" for none
	bits   float64 // of a byte beyond ASCII
}

// guessEncoding chooses for text that is not all UTF-8.
func guessEncoding(sample []byte, known func([]byte) int) guess {
	lines := linesBeyondASCII(sample)
	high := 0
	for _, c := range lines {
		if c >= utf8.RuneSelf {
			high++
		}
	}
	var best, second guess
	bestCost, secondCost, bestText, secondText := math.Inf(1), math.Inf(1), "", ""
	for _, e := range allEncodings {
		if len(e.langs) == 0 {
			continue
		}
		text := decodeSample(e, lines)
		cost := weigh(text, e.langs) - headerBits*float64(known([]byte(text)))
		switch {
		case best.enc != "" && text == bestText: // nothing tells them apart, nor needs to
			bestCost = min(bestCost, cost)
		case cost < bestCost:
			second, secondCost, secondText = best, bestCost, bestText
			best, bestCost, bestText = guess{enc: e.name, bits: cost / float64(max(high, 1))}, cost, text
		case cost < secondCost:
			second, secondCost, secondText = guess{enc: e.name}, cost, text
		}
	}
	if secondCost-bestCost < sureMargin && secondText != bestText {
		best.second = second.enc
	}
	return best
}

func decodeSample(e knownEncoding, b []byte) string {
	if e.codec == nil {
		return string([]rune(string(b))) // one U+FFFD for each byte that is wrong
	}
	text, err := e.codec.NewDecoder().Bytes(b)
	if err != nil {
		return "\uFFFD"
	}
	return string(text)
}

// linesBeyondASCII keeps the lines that have bytes beyond ASCII, as far as they
// are weighed.
func linesBeyondASCII(b []byte) []byte {
	var kept []byte
	for len(b) > 0 && len(kept) < sampleBytes {
		line := b
		if i := bytes.IndexAny(b, "\r\n"); i >= 0 && i < len(b) {
			line, b = b[:i], b[i+1:]
		} else {
			b = nil
		}
		if at := bytes.IndexFunc(line, func(r rune) bool { return r >= utf8.RuneSelf }); at >= 0 {
			if len(line) > sampleBytes { // what tells the encoding may stand far in it
				line = line[max(0, at-lineBefore):]
			}
			kept = append(append(kept, line[:min(len(line), sampleBytes)]...), '\n')
		}
	}
	return kept
}

// weigh sums what the words beyond ASCII of a text cost, each in the language in
// which it costs least. Texts keep to few languages, so those that explain many
// words cost less for each, and one that explains a single word more.
func weigh(text string, langs []*tongue) float64 {
	sum, words := cut(text)
	count := make([]float64, len(langs))
	costs := make([][]float64, len(words))
	for i, word := range words {
		costs[i] = weighWord(word, langs)
		count[cheapest(costs[i], nil)]++
	}
	share := make([]float64, len(langs))
	for i := range share {
		share[i] = -math.Log2((count[i] + 0.3) / (float64(len(words)) + 4))
	}
	for i, word := range words {
		at := cheapest(costs[i], share)
		sum += costs[i][at] + share[at] + weighShape(word)
	}
	return sum
}

func cheapest(costs, more []float64) int {
	at, best := 0, math.Inf(1)
	for i, c := range costs {
		if more != nil {
			c += more[i]
		}
		if c < best {
			at, best = i, c
		}
	}
	return at
}

// cut gives the words beyond ASCII of a text, and what its signs cost.
func cut(text string) (signs float64, words [][]rune) {
	var word []rune
	flush := func() {
		if slices.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) {
			words = append(words, slices.Clone(word))
		}
		word = word[:0]
	}
	before := rune(' ')
	for at, r := range text {
		switch {
		case r == utf8.RuneError:
			flush()
			signs += costInvalid
		case r != 'º' && r != 'ª' && unicode.IsLetter(r), unicode.IsMark(r):
			word = append(word, r)
		case r < utf8.RuneSelf:
			flush()
		default:
			flush()
			next, _ := utf8.DecodeRuneInString(text[at+utf8.RuneLen(r):])
			signs += weighSign(before, r, next)
		}
		before = r
	}
	flush()
	return signs, words
}

// usualSigns are those that people and platforms write in tables.
const usualSigns = "’‘“”–—…€£¥°®™«»·×©§±²½ºª¿¡，。、：；（）【】「」『』《》！？￥～・　№₽฿₩₺₫₹"

func weighSign(before, r, next rune) float64 {
	cost := costOddSign
	switch {
	case r == '\u00A0' || strings.ContainsRune(usualSigns, r):
		cost = costSign
	case unicode.IsControl(r) || unicode.In(r, unicode.Co, unicode.Cn), frame(r):
		return costInvalid
	case r >= 0xFF01 && r <= 0xFF5E: // full-width forms
		cost = costSign
	case unicode.IsDigit(r):
		cost = costSign
	}
	if r != '’' && r != '·' && r < 0x2E80 && unicode.IsLetter(before) && unicode.IsLetter(next) {
		cost += costInside
	}
	return cost
}

// frame knows what DOS drew frames with: no table of names has it.
func frame(r rune) bool { return r >= 0x2500 && r < 0x25A0 }

// weighWord is what a word's letters cost in each language.
func weighWord(word []rune, langs []*tongue) []float64 {
	costs := make([]float64, len(langs))
	for i, l := range langs {
		costs[i] = l.prior
		for _, r := range word {
			if r >= utf8.RuneSelf {
				costs[i] += l.of(r)
			}
		}
	}
	return costs
}

// weighShape is what is odd in a word whatever its language: capitals behind
// small letters, two scripts, crowds of consonants or vowels, a letter where it
// does not stand.
func weighShape(word []rune) float64 {
	cost, crowd, vowels := 0.0, 0, false
	for i, r := range word {
		var before, next rune
		if i > 0 {
			before = word[i-1]
		}
		if i+1 < len(word) {
			next = word[i+1]
		}
		if i > 0 && (r >= utf8.RuneSelf || before >= utf8.RuneSelf) {
			cost += weighPair(before, r)
		}
		if v := isVowel(r); v == vowels && crowd > 0 {
			crowd++
		} else {
			crowd, vowels = 1, v
		}
		if crowd > 2 && (r >= utf8.RuneSelf || before >= utf8.RuneSelf) && unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek) {
			cost += costCrowd
		}
		cost += misplaced(r, next)
	}
	return cost
}

// weighPair is what is odd in a letter behind another.
func weighPair(before, r rune) (cost float64) {
	if unicode.IsUpper(r) && unicode.IsLower(before) {
		cost += costCase
	}
	if unicode.Is(unicode.Latin, r) != unicode.Is(unicode.Latin, before) && !unicode.IsMark(r) && !unicode.Is(unicode.Han, r) && !unicode.Is(unicode.Han, before) {
		cost += costScripts
	}
	return cost
}

// isVowel knows the vowels of the alphabets in which vowels are letters.
func isVowel(r rune) bool {
	return strings.ContainsRune("aeiouyáàâäãåąăāéèêëęěēėíìîïįīıóòôöõøőúùûüůűųūýæœ"+"аеёиоуыэюяіїє"+"αεηιουωάέήίόύώϊ", unicode.ToLower(r))
}

// misplaced is what a letter costs that stands where its language does not
// write it. next is 0 at the end of a word.
func misplaced(r, next rune) float64 {
	if r < utf8.RuneSelf {
		return 0
	}
	p, ok := placed[unicode.ToLower(r)]
	if next = unicode.ToLower(next); !ok || p.before(next) {
		return 0
	}
	return p.cost
}

// placed are the letters that stand before some alone, and what each costs
// before any other.
var placed = map[rune]struct {
	before func(next rune) bool
	cost   float64
}{
	'ñ': {func(next rune) bool { return next != 0 && isVowel(next) }, 6},
	'õ': {oneOf("euiõ"), 3},
	'ã': {oneOf("oes\x00"), 4},
	'ì': {oneOf("s\x00"), 3}, 'ò': {oneOf("s\x00"), 3}, 'ù': {oneOf("s\x00"), 3},
	'ς': {oneOf("\x00"), 8},
	'ם': {oneOf("\x00"), 6}, 'ן': {oneOf("\x00"), 6}, 'ץ': {oneOf("\x00"), 6}, 'ף': {oneOf("\x00"), 6}, 'ך': {oneOf("\x00"), 6},
	'ь': {notASign, 6}, 'ъ': {notASign, 6},
}

func oneOf(letters string) func(rune) bool {
	return func(next rune) bool { return strings.ContainsRune(letters, next) }
}

func notASign(next rune) bool { return next != 'ь' && next != 'ъ' }

// twiceDecoded finds a word of UTF-8 that was taken for another encoding and
// encoded once more, and what it was: "MÃ¼ller" for "Müller".
func twiceDecoded(text string) (word, was string) {
	for _, field := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;\t\"|\r\n", r) }) {
		if ascii(field) || len(field) > 400 {
			continue
		}
		for _, codec := range []encoding.Encoding{charmap.Windows1252, charmap.ISO8859_1, charmap.Windows1251, simplifiedchinese.GB18030} {
			back, err := codec.NewEncoder().String(field)
			if err != nil || !utf8.ValidString(back) || ascii(back) || utf8.RuneCountInString(back) >= utf8.RuneCountInString(field) {
				continue
			}
			all := encodingOf(encUTF8).langs
			if weigh(back, all)+8 < weigh(field, all) {
				return field, back
			}
		}
	}
	return "", ""
}

// misread finds a word that was in an encoding of another script and was taken for
// a Western one: "Èâàí" for "Иван", "ÍõÐ¡Ã÷" for "王小明".
func misread(text string) (word, was string) {
	var words []string
	var all []byte
	high := 0
	for _, w := range wordsBeyondASCII(text) {
		b, err := charmap.Windows1252.NewEncoder().String(w)
		if err != nil {
			continue
		}
		for _, c := range []byte(b) {
			if c >= utf8.RuneSelf {
				high++
			}
		}
		words, all = append(words, w), append(append(all, b...), ' ')
	}
	if high < fewestMisread {
		return "", ""
	}
	g := guessEncoding(all, func([]byte) int { return 0 })
	e := encodingOf(g.enc)
	if g.second != "" || g.bits > nonsenseBits || slices.ContainsFunc(e.langs, func(l *tongue) bool { return slices.Contains(western, l) || slices.Contains(eastern, l) }) {
		return "", ""
	}
	for i, back := range strings.Fields(decodeSample(*e, all)) {
		if i < len(words) && back != words[i] {
			return words[i], back
		}
	}
	return "", ""
}

// fewestMisread is how many letters beyond ASCII say for certain that a text was
// misread.
const fewestMisread = 8

// lostLetters finds a word of question marks alone: letters that a program could
// not write.
func lostLetters(text string) string {
	first, n := "", 0
	for _, field := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;\t\"|\r\n", r) }) {
		if len(field) >= 3 && strings.Trim(field, "?") == "" {
			if n++; first == "" {
				first = field
			}
		}
	}
	if n < 2 {
		return ""
	}
	return first
}

// oddest gives the word beyond ASCII of a text that costs most, for a person to
// look at, and its place among such words.
func oddest(text string, langs []*tongue) (word string, at int) {
	worst := 0.0
	for i, w := range wordsBeyondASCII(text) {
		cost := weigh(w, langs) / float64(utf8.RuneCountInString(w))
		if cost > worst {
			word, at, worst = w, i, cost
		}
	}
	return word, at
}

func wordsBeyondASCII(text string) []string {
	var all []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;\t\"|\r\n", r) }) {
		if !ascii(w) {
			all = append(all, shorten(w))
		}
	}
	return all
}
