package chat

import (
	"strings"
	"time"

	"casebinder/data/internal/dateword"
)

// month reads the name of a month.
func (c *scan) monthName() (time.Month, bool) {
	start := c.at
	for i, names := range thaiMonths {
		for _, name := range names {
			if strings.HasPrefix(c.rest(), name) {
				c.at += len(name)
				return time.Month(i + 1), true
			}
		}
	}
	word, n := c.word()
	if n == 0 {
		return 0, false
	}
	m, ok := monthOf(strings.ToLower(word))
	if !ok {
		c.at = start
		return 0, false
	}
	c.at += n
	c.skip(".")
	return m, true
}

func monthOf(word string) (time.Month, bool) {
	if m, ok := dateword.Month(word); ok {
		return m, true
	}
	m, ok := moreMonths[word]
	return m, ok
}

// moreMonths are words that name another month in a language in which hardly
// anybody sells: listopad is November in Polish and October in Croatian.
var moreMonths = map[string]time.Month{
	"listopada": time.November, "listopad": time.November, "lis": time.November, "lip": time.July, "lipca": time.July, "sie": time.August,
	"maj": time.May, "maja": time.May, "juil": time.July, "janv": time.January, "févr": time.February, "avr": time.April,
	"kas": time.November, "ekm": time.October, "noviem": time.November,
}

// thaiMonths have points inside, and marks that end no word.
var thaiMonths = [12][]string{
	{"มกราคม", "ม.ค."},
	{"กุมภาพันธ์", "ก.พ."},
	{"มีนาคม", "มี.ค."},
	{"เมษายน", "เม.ย."},
	{"พฤษภาคม", "พ.ค."},
	{"มิถุนายน", "มิ.ย."},
	{"กรกฎาคม", "ก.ค."},
	{"สิงหาคม", "ส.ค."},
	{"กันยายน", "ก.ย."},
	{"ตุลาคม", "ต.ค."},
	{"พฤศจิกายน", "พ.ย."},
	{"ธันวาคม", "ธ.ค."},
}

// dayFirst reads 3 Nov 2026, 3. November 2026, 3 de noviembre de 2026, 3-Nov-2026.
func (c *scan) dayFirst() bool {
	start := c.at
	day, digits := c.number()
	if digits == 0 || digits > 2 || day == 0 || day > 31 {
		c.at = start
		return false
	}
	c.ordinal()
	for range 2 {
		c.blanks()
		if word, n := c.word(); n > 0 && ofWords[strings.ToLower(word)] {
			c.at += n
			if c.numbered(word, day) {
				return true
			}
		}
	}
	c.skip("-")
	c.blanks()
	month, ok := c.monthName()
	if !ok {
		c.at = start
		return false
	}
	c.v.month, c.v.day = int(month), day
	c.year()
	return true
}

// numbered reads the number of a month, as Vietnamese names them: 24 thg 11, 2026.
func (c *scan) numbered(word string, day int) bool {
	if w := strings.ToLower(word); w != "tháng" && w != "thg" && w != "th" {
		return false
	}
	at := c.at
	c.blanks()
	month, digits := c.number()
	if digits == 0 || digits > 2 || !validDay(month, day) {
		c.at = at
		return false
	}
	c.v.month, c.v.day = month, day
	c.year()
	return true
}

var ofWords = map[string]bool{"de": true, "of": true, "del": true, "d": true, "tháng": true, "thg": true, "th": true}

// ordinal skips what makes "3" the third.
func (c *scan) ordinal() {
	for _, o := range []string{"st", "nd", "rd", "th", "er", "º", "ª", ".", "o "} {
		if strings.HasPrefix(c.rest(), o) {
			c.at += len(o)
			return
		}
	}
}

// monthFirst reads Nov 3, 2026.
func (c *scan) monthFirst() bool {
	start := c.at
	word, _ := c.word()
	month, ok := c.monthName()
	if !ok {
		return false
	}
	if c.dayOfWeekBefore(word) {
		c.at = start
		return false
	}
	c.blanks()
	day, digits := c.number()
	if digits == 0 || digits > 2 || day == 0 || day > 31 || c.at < len(c.s) && c.s[c.at] == ':' {
		c.at = start
		return false
	}
	c.ordinal()
	c.v.month, c.v.day = int(month), day
	c.year()
	return true
}

// dayOfWeekBefore reports whether a word that may be a month or a day of the week
// is the latter: behind "mar." of "mar. 10 nov. 2026" stands a whole date.
func (c *scan) dayOfWeekBefore(word string) bool {
	if _, ok := dayOfWeek(strings.ToLower(word), false); !ok {
		return false
	}
	ahead := scan{s: c.s, at: c.at, w: c.w, v: when{back: -1}}
	for ahead.at < len(ahead.s) && strings.ContainsRune(" ,.", rune(ahead.s[ahead.at])) {
		ahead.at++
	}
	return ahead.numbers() || ahead.dayFirst()
}

// year reads a year behind day and month, where one stands there.
func (c *scan) year() {
	start := c.at
	for range 3 {
		c.blanks()
		c.skip(",-'")
		if word, n := c.word(); n > 0 && ofWords[strings.ToLower(word)] {
			c.at += n
		}
	}
	year, digits := c.number()
	if digits != 4 || !yearOK(&year) || c.on(":") {
		c.at = start
		return
	}
	c.v.year = year
	c.yearWord()
}

// yearWords stand behind a year in Russian, Polish and Ukrainian.
var yearWords = map[string]bool{"г": true, "года": true, "r": true, "roku": true, "р": true}

// yearWord skips what says of a number that it is a year: "2026 г."
func (c *scan) yearWord() {
	at := c.at
	c.blanks()
	word, n := c.word()
	if !yearWords[strings.ToLower(word)] {
		c.at = at
		return
	}
	c.at += n
	c.skip(".")
}
