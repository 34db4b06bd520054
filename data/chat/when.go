package chat

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"casebinder/data/internal/dateword"
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
	s  string
	at int
	w  *words
	v  when
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
	end := 0
	weekday := 0
	for range 12 {
		c.blanks()
		start := c.at
		switch {
		case !c.v.hasDate && c.relative(), !c.v.hasDate && c.date():
			c.v.hasDate = true
			c.v.timeFirst = c.v.hasTime
			end = c.at
		case !c.v.hasTime && c.clock():
			c.v.hasTime = true
			end = c.at
			if c.zone() {
				end = c.at
			}
		case weekday == 0 && c.weekdayName(&weekday):
			end = c.at
		case end > 0 && c.joiner():
		default:
			c.at = start
		}
		if c.at == start {
			break
		}
	}
	if !c.v.hasDate && weekday > 0 {
		c.v.hasDate, c.v.weekday = true, weekday
	}
	if !c.v.hasDate && !c.v.hasTime {
		return c.v, 0
	}
	if n := len(c.s[:end]); n > 0 && strings.HasPrefix(c.s[n:], ".") && c.v.hasDate && !c.v.hasTime {
		end++ // "24.11." and "Nov."
	}
	c.v.text = strings.TrimSpace(text[:end])
	return c.v, end
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

// joiner skips what stands between a date and a time.
func (c *scan) joiner() bool {
	r, size := utf8.DecodeRuneInString(c.rest())
	if strings.ContainsRune(",·•-–—|/", r) || r == 'T' && c.at+1 < len(c.s) && digit(c.s[c.at+1]) {
		c.at += size
		return c.more()
	}
	if r == '.' { // behind an abbreviation
		c.at++
		return c.more()
	}
	word, n := c.word()
	if n == 0 || !c.w.joiners[strings.ToLower(word)] {
		return false
	}
	c.at += n
	if c.at < len(c.s) && c.s[c.at] == '.' { // "godz."
		c.at++
	}
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

// weekdayName reads the name of a day of the week, also in brackets.
func (c *scan) weekdayName(into *int) bool {
	start := c.at
	bracket := byte(0)
	if c.at < len(c.s) && c.s[c.at] == '(' {
		bracket = ')'
		c.at++
	}
	word, n := c.word()
	word = strings.ToLower(word)
	if n > 3 { // 周三下午
		for _, start := range []string{"周", "週", "星期", "礼拜", "禮拜"} {
			if strings.HasPrefix(word, start) {
				_, size := utf8.DecodeRuneInString(word[len(start):])
				n = len(start) + size
				word = word[:n]
				break
			}
		}
	}
	day, ok := dayOfWeek(word, bracket != 0)
	if !ok || n == 0 || bracket == 0 && single(word) && !c.v.hasDate && !strings.HasPrefix(c.rest()[n:], ".") {
		c.at = start
		return false
	}
	c.at += n
	if rest := c.rest(); strings.HasPrefix(rest, "-feira") {
		c.at += len("-feira")
	}
	if bracket != 0 {
		if c.at >= len(c.s) || c.s[c.at] != bracket {
			c.at = start
			return false
		}
		c.at++
	} else if c.at < len(c.s) && c.s[c.at] == '.' {
		c.at++
	}
	*into = 1 + int(day)
	return true
}

// dayOfWeek knows the name of a day of the week; in brackets its sign alone too.
func dayOfWeek(word string, bracket bool) (time.Weekday, bool) {
	if day, ok := dateword.Weekday(word); ok {
		return day, true
	}
	if day, ok := cjkDays[word]; ok {
		return day, bracket
	}
	if day, ok := dateword.Weekday(strings.TrimSuffix(strings.TrimSuffix(word, "요일"), "曜日")); ok {
		return day, true
	}
	day, ok := moreWeekdays[word]
	return day, ok
}

// single is one character of a script without spaces: 日 is a day of the week only
// behind a date.
func single(word string) bool { return utf8.RuneCountInString(word) == 1 }

// moreWeekdays are those that the common list has not.
var moreWeekdays = map[string]time.Weekday{
	"pazartesi": 1, "salı": 2, "çarşamba": 3, "perşembe": 4, "cuma": 5, "cumartesi": 6, "pazar": 0,
	"ma": 1, "di": 2, "wo": 3, "do": 4, "vr": 5, "za": 6, "zo": 0, "nd": 0, "ndz": 0, "sob": 6, "czw": 4, "śr": 3, "pt": 5, "pon": 1, "wt": 2,
	"จ": 1, "อ": 2, "พ": 3, "พฤ": 4, "ศ": 5, "ส": 6, "อา": 0,
	"วันจันทร์": 1, "วันอังคาร": 2, "วันพุธ": 3, "วันพฤหัสบดี": 4, "วันศุกร์": 5, "วันเสาร์": 6, "วันอาทิตย์": 0,
	"isnin": 1, "khamis": 4, "jumaat": 5, "ahad": 0,
	"lun": 1, "mar": 2, "mer": 3, "mié": 3, "gio": 4, "ven": 5, "sab": 6, "dom": 0, "воскресенье": 0, "вс": 0,
}

// cjkDays stand for days of the week in brackets alone.
var cjkDays = map[string]time.Weekday{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 0, "天": 0}
