package chat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A when is a time as it is printed, before it is known in which order day and
// month stand, and which day "yesterday" is.
type when struct {
	hasDate, hasTime bool
	year, month, day int // 0: not printed
	open             bool
	parts            [3]int // of a date whose order is not told; the third is 0 where none is printed
	wide             bool   // the third is a year of four digits
	sep              byte   // between them: '/' '.' '-'; 0: words
	padded           bool   // a part below ten is printed as 03
	back             int    // days before today; -1: not relative
	weekday          int    // 1 + the day of the week that stands for a date; 0: none
	hour, min, sec   int
	hasSec, twelve   bool
	upper            bool // AM, not am
	timeFirst        bool
	offset           int // seconds east of UTC
	hasOffset        bool
	ago              bool // "5 hours ago": no time that can be kept
	text             string
}

// shape tells apart the ways in which a time is printed: all heads of a chat have one.
func (w *when) shape() string {
	b := []byte{'.', '.', '.', '.', '.', '.'}
	if w.hasDate {
		b[0] = 'd'
		if w.sep != 0 {
			b[1] = w.sep
		}
		if w.back >= 0 || w.weekday > 0 {
			b[1] = '.'
		}
	}
	if w.hasTime {
		b[2] = 't'
	}
	if w.hasSec {
		b[3] = 's'
	}
	if w.twelve {
		b[4] = 'h'
	}
	if w.timeFirst {
		b[5] = 'f'
	}
	return string(b)
}

// with gives a time the date of another.
func (w when) with(date when) when {
	date.hasTime, date.hour, date.min, date.sec, date.hasSec, date.twelve, date.upper = w.hasTime, w.hour, w.min, w.sec, w.hasSec, w.twelve, w.upper
	date.offset, date.hasOffset, date.ago = w.offset, w.hasOffset, w.ago
	if date.hasDate && w.text != "" {
		date.text += " " + w.text
	}
	return date
}

// A scan reads a time from the beginning of a text.
type scan struct {
	s       string
	at      int
	w       *words
	v       when
	weekday int // 1 + the day of the week that was read; 0: none
	end     int // behind the last part that says something
}

// maxWhen is the longest time that is read, in bytes.
const maxWhen = 90

// when reads a date, a time of day, or both from the beginning of a text, and
// says how many bytes of it they are; 0: there is none.
func (w *words) when(text string) (when, int) {
	if !mayBegin(text) {
		return when{back: -1}, 0
	}
	if len(text) > maxWhen {
		text = text[:maxWhen]
	}
	c := &scan{s: text, w: w, v: when{back: -1}}
	for range 12 {
		c.blanks()
		start := c.at
		if c.part(); c.at == start {
			break
		}
	}
	if !c.v.hasDate && c.weekday > 0 {
		c.v.hasDate, c.v.weekday = true, c.weekday
	}
	if !c.v.hasDate && !c.v.hasTime {
		return c.v, 0
	}
	end := c.end
	if end > 0 && strings.HasPrefix(c.s[end:], ".") && c.v.hasDate && !c.v.hasTime {
		end++ // "24.11." and "Nov."
	}
	c.v.text = strings.TrimSpace(text[:end])
	return c.v, end
}

// part reads the next part of a time: its day, its hour with the zone, the day of
// the week, or what joins them. Where none is there it stays in its place.
func (c *scan) part() {
	start := c.at
	switch {
	case !c.v.hasDate && (c.relative() || c.date()):
		c.v.hasDate, c.v.timeFirst = true, c.v.hasTime
		c.end = c.at
	case !c.v.hasTime && c.clock():
		c.v.hasTime = true
		c.zone()
		c.end = c.at
	case c.weekday == 0 && c.weekdayName():
		c.end = c.at
	case c.end > 0 && c.joiner():
	default:
		c.at = start
	}
}

// mayBegin is the quick answer for most lines.
func mayBegin(text string) bool {
	if text == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsDigit(r) || unicode.IsLetter(r) || r == '('
}

func (c *scan) rest() string { return c.s[c.at:] }

func (c *scan) blanks() {
	for c.at < len(c.s) && c.s[c.at] == ' ' {
		c.at++
	}
}

// on reports whether one of some signs follows, all of them ASCII.
func (c *scan) on(signs string) bool {
	return c.at < len(c.s) && strings.IndexByte(signs, c.s[c.at]) >= 0
}

// skip passes over one of some signs, where it follows.
func (c *scan) skip(signs string) bool {
	if !c.on(signs) {
		return false
	}
	c.at++
	return true
}

// joiner skips what stands between a date and a time.
func (c *scan) joiner() bool {
	r, size := utf8.DecodeRuneInString(c.rest())
	if strings.ContainsRune(",·•-–—|/", r) || r == 'T' && c.at+1 < len(c.s) && digit(c.s[c.at+1]) {
		c.at += size
		return c.more()
	}
	if c.skip(".") { // behind an abbreviation
		return c.more()
	}
	word, n := c.word()
	if n == 0 || !c.w.joiners[strings.ToLower(word)] {
		return false
	}
	c.at += n
	c.skip(".") // "godz."
	return c.more()
}

// more reports whether something follows that may be a part of a time; a joiner
// is none at the end.
func (c *scan) more() bool { return c.at < len(c.s) }

// word gives the letters that follow.
func (c *scan) word() (string, int) {
	s := c.rest()
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
			break
		}
		n += size
	}
	return s[:n], n
}

// number gives the digits that follow, at most four of them.
func (c *scan) number() (v, digits int) {
	i := c.at
	for i < len(c.s) && digit(c.s[i]) && digits < 5 {
		v = v*10 + int(c.s[i]-'0')
		i++
		digits++
	}
	if digits == 5 {
		return 0, 0
	}
	c.at = i
	return v, digits
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// relative reads "Today" and its like.
func (c *scan) relative() bool {
	r, _ := utf8.DecodeRuneInString(c.rest())
	for _, d := range c.w.days[unicode.ToLower(r)] {
		if n := wordHere(c.rest(), d.word); n > 0 {
			c.at += n
			c.v.back = d.back
			return true
		}
	}
	return false
}

// A dayWord stands for a day: "yesterday" for the one 1 day back.
type dayWord struct {
	word string // in small letters
	back int
}

// wordHere gives the length of a word with which a text begins, in whatever
// letters; 0 where it goes on as another word.
func wordHere(s, word string) int {
	at := 0
	for _, want := range word {
		r, size := utf8.DecodeRuneInString(s[at:])
		if size == 0 || unicode.ToLower(r) != want {
			return 0
		}
		at += size
	}
	if r, _ := utf8.DecodeRuneInString(s[at:]); at < len(s) && unicode.IsLetter(r) && r < 0x2E80 {
		return 0
	}
	return at
}
