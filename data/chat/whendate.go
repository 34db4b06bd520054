package chat

import (
	"strings"
	"time"
	"unicode/utf8"

	"casebinder/data/internal/dateword"
)

// date reads a date: of numbers, with the name of a month, or with the signs of
// Chinese, Japanese and Korean.
func (c *scan) date() bool {
	start := c.at
	if c.era() || c.numbers() || c.dayFirst() || c.monthFirst() {
		return true
	}
	c.at = start
	return false
}

// era reads 令和8年 and 民國115年.
func (c *scan) era() bool {
	start := c.at
	for name, zero := range map[string]int{"令和": 2018, "民國": 1911, "民国": 1911} {
		if !strings.HasPrefix(c.rest(), name) {
			continue
		}
		c.at += len(name)
		c.blanks()
		n, digits := c.number()
		if digits > 0 && digits < 4 && c.sign("年") {
			c.v.year = zero + n
			if c.cjkMonthDay() {
				return true
			}
		}
		c.at = start
	}
	return false
}

func (c *scan) sign(signs ...string) bool {
	at := c.at
	c.blanks()
	for _, s := range signs {
		if strings.HasPrefix(c.rest(), s) {
			c.at += len(s)
			return true
		}
	}
	c.at = at
	return false
}

// cjkMonthDay reads 11月3日.
func (c *scan) cjkMonthDay() bool {
	c.blanks()
	month, digits := c.number()
	if digits == 0 || digits > 2 || !c.sign("月", "월") {
		return false
	}
	c.blanks()
	day, digits := c.number()
	if digits == 0 || digits > 2 || !c.sign("日", "일", "號", "号") {
		return false
	}
	c.v.month, c.v.day = month, day
	return validDay(month, day)
}

func validDay(month, day int) bool { return month >= 1 && month <= 12 && day >= 1 && day <= 31 }

// numbers reads 11/3/26, 2026-11-03, 03.11.2026, 2026. 11. 3., 2026年11月3日.
func (c *scan) numbers() bool {
	start := c.at
	first, digits := c.number()
	if digits == 0 {
		return false
	}
	if digits == 4 && c.sign("年", "년") {
		c.v.year = first
		if c.cjkMonthDay() && yearOK(&c.v.year) {
			return true
		}
		c.at, c.v.year = start, 0
		return false
	}
	if digits <= 2 {
		after := c.at
		c.at = start
		if c.cjkMonthDay() {
			return true
		}
		c.at, c.v.month, c.v.day = after, 0, 0
	}
	if c.at >= len(c.s) || !strings.ContainsRune("/.-", rune(c.s[c.at])) {
		c.at = start
		return false
	}
	sep := c.s[c.at]
	c.v.padded = digits == 2 && first < 10
	if ok := c.separated(first, digits, sep); ok {
		c.v.sep = sep
		return true
	}
	c.at = start
	c.v = when{back: -1, hasTime: c.v.hasTime, hour: c.v.hour, min: c.v.min, sec: c.v.sec, hasSec: c.v.hasSec, twelve: c.v.twelve, upper: c.v.upper, offset: c.v.offset, hasOffset: c.v.hasOffset}
	return false
}

// separated reads what follows the first number of a date.
func (c *scan) separated(first, digits int, sep byte) bool {
	c.at++
	if sep == '.' {
		c.blanks()
	}
	second, d2 := c.number()
	if d2 == 0 || d2 > 2 {
		return false
	}
	c.v.padded = c.v.padded || d2 == 2 && second < 10
	third, d3 := 0, 0
	if c.at < len(c.s) && c.s[c.at] == sep {
		back := c.at
		c.at++
		if sep == '.' {
			c.blanks()
		}
		if third, d3 = c.number(); d3 == 0 || c.at < len(c.s) && (c.s[c.at] == ':' || digitBehind(c.s, c.at)) {
			c.at, third, d3 = back, 0, 0 // "24.11. 9:03"
		}
	}
	switch {
	case digits == 4: // year first
		if d3 == 0 || d3 > 2 {
			return false
		}
		c.v.year, c.v.month, c.v.day = first, second, third
		return validDay(second, third) && yearOK(&c.v.year)
	case digits > 2:
		return false
	case d3 == 4, d3 == 2:
		c.v.open, c.v.parts, c.v.wide = true, [3]int{first, second, third}, d3 == 4
		if d3 == 4 && !yearOK(&c.v.parts[2]) {
			return false
		}
		return first > 0 && second > 0 && (d3 == 2 || (first <= 31 && second <= 31 && (first <= 12 || second <= 12)))
	case d3 == 1:
		c.v.open, c.v.parts = true, [3]int{first, second, third} // 26/11/3
		return first > 12 && validDay(second, third)
	}
	return c.twoNumbers(first, second, sep)
}

func digitBehind(s string, at int) bool {
	return s[at] == '.' && at+2 < len(s) && digit(s[at+1]) && digit(s[at+2]) && (at+3 == len(s) || s[at+3] == ' ')
}

// twoNumbers is a date without a year: 11/24, 24.11., 11-05.
func (c *scan) twoNumbers(first, second int, sep byte) bool {
	if first == 0 || second == 0 || first > 31 || second > 31 || first > 12 && second > 12 {
		return false
	}
	switch sep {
	case '.': // 9.30 is a time
		if c.at >= len(c.s) || c.s[c.at] != '.' {
			return false
		}
		c.at++
	case '-': // 11-05 10:12
		rest := strings.TrimLeft(c.rest(), " ")
		if first > 12 || len(rest) == len(c.rest()) || rest == "" || !digit(rest[0]) {
			return false
		}
		c.v.month, c.v.day = first, second
		return true
	}
	c.v.open, c.v.parts = true, [3]int{first, second, 0}
	return true
}

// yearOK checks a year of four digits, and brings one of the Buddhist era into ours.
func yearOK(y *int) bool {
	if *y >= 2500 && *y <= 2700 {
		*y -= 543
	}
	return *y >= 1990 && *y <= 2199
}

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
	if c.at < len(c.s) && c.s[c.at] == '.' {
		c.at++
	}
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
	if c.at < len(c.s) && c.s[c.at] == '-' {
		c.at++
	}
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
		if c.at < len(c.s) && strings.ContainsRune(",-'’", rune(c.s[c.at])) {
			c.at++
		}
		if word, n := c.word(); n > 0 && ofWords[strings.ToLower(word)] {
			c.at += n
		}
	}
	year, digits := c.number()
	if digits != 4 || !yearOK(&year) || c.at < len(c.s) && c.s[c.at] == ':' {
		c.at = start
		return
	}
	c.v.year = year
	at := c.at
	c.blanks()
	word, n := c.word()
	if w := strings.ToLower(word); w == "г" || w == "года" || w == "r" || w == "roku" || w == "р" {
		c.at += n
		if c.at < len(c.s) && c.s[c.at] == '.' {
			c.at++
		}
		return
	}
	c.at = at
}

// clock reads a time of day.
func (c *scan) clock() bool {
	start := c.at
	half := c.half(false)
	c.blanks()
	hour, digits := c.number()
	if digits == 0 || digits > 2 {
		c.at = start
		return false
	}
	whole := c.minutes()
	at := c.at
	if half == 0 {
		c.blanks()
		if half = c.half(true); half == 0 {
			c.at = at
		}
	}
	if !whole && half == 0 || !c.setHour(hour, half) {
		c.at = start
		return false
	}
	c.afterClock()
	return true
}

// minutes reads :05, :05:12, .05, h05, 时05分12秒, 点, 시 5분.
func (c *scan) minutes() bool {
	start := c.at
	rest := c.rest()
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case r == ':' || r == '.':
		c.at += size
	case (r == 'h' || r == 'H') && len(rest) > 1 && digit(rest[1]):
		c.at += size
	case strings.HasPrefix(rest, " h ") && len(rest) > 3 && digit(rest[3]):
		c.at += 3
	default:
		return c.cjkMinutes()
	}
	m, digits := c.number()
	if digits != 2 || m > 59 || r == '.' && c.at < len(c.s) && (c.s[c.at] == '.' || c.s[c.at] == '/') && !strings.HasPrefix(c.rest(), ". ") {
		if !(r == '.' && digits == 2 && m <= 59 && c.dotSeconds()) {
			c.at = start
			return false
		}
	}
	c.v.min = m
	if c.at+2 < len(c.s) && (c.s[c.at] == ':' || r == '.' && c.s[c.at] == '.') && digit(c.s[c.at+1]) && digit(c.s[c.at+2]) {
		c.at++
		sec, d := c.number()
		if d != 2 || sec > 60 {
			c.at = start
			return false
		}
		c.v.sec, c.v.hasSec = min(sec, 59), true
	}
	return true
}

// dotSeconds reports whether 14.05.12 follows as a time: the caller reads it.
func (c *scan) dotSeconds() bool {
	r := c.rest()
	return len(r) >= 3 && r[0] == '.' && digit(r[1]) && digit(r[2]) && (len(r) == 3 || !digit(r[3]))
}

func (c *scan) cjkMinutes() bool {
	if !c.sign("时", "時", "點", "点", "시") {
		return false
	}
	at := c.at
	c.blanks()
	m, digits := c.number()
	if digits == 0 || digits > 2 || m > 59 || !c.sign("分", "분") {
		c.at = at
		return true
	}
	c.v.min = m
	at = c.at
	c.blanks()
	if s, d := c.number(); d > 0 && s < 60 && c.sign("秒", "초") {
		c.v.sec, c.v.hasSec = s, true
	} else {
		c.at = at
	}
	return true
}

// The halves of a day.
const (
	forenoon = iota + 1
	afternoon
	midday
)

// half reads AM, p.m., 下午; of those without letters of their own only the ones
// that stand on this side of the hour.
func (c *scan) half(behind bool) int {
	rest := c.rest()
	if len(rest) > 24 {
		rest = rest[:24]
	}
	low := strings.ToLower(rest)
	if behind { // a.m., a. m., p.m.
		for i, letter := range "ap" {
			for _, form := range []string{".m.", ". m.", ".m", " m"} {
				if strings.HasPrefix(low, string(letter)+form) {
					c.at += 1 + len(form)
					return i + 1
				}
			}
		}
	}
	for i, list := range [][]string{c.w.am, c.w.pm, c.w.noon} {
		for _, word := range list {
			n := wordAt(low, word)
			if n == 0 || len(word) == 1 && !strings.HasPrefix(rest[1:], ".") {
				continue
			}
			if !behind && word[0] < utf8.RuneSelf {
				continue
			}
			c.v.upper = rest[0] >= 'A' && rest[0] <= 'Z'
			c.at += n
			return i + 1
		}
	}
	return 0
}

// wordAt gives the length of a word where a text begins with it and goes on with
// another.
func wordAt(text, word string) int {
	if !strings.HasPrefix(text, word) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(text[len(word):])
	if word[0] < utf8.RuneSelf && (r >= 'a' && r <= 'z') {
		return 0
	}
	return len(word)
}

func (c *scan) setHour(hour, half int) bool {
	switch {
	case half == 0:
		if hour > 23 {
			return false
		}
	case hour > 23 || hour > 12 && half == forenoon:
		return false
	case half == forenoon && hour == 12:
		hour = 0
	case half == afternoon && hour < 12, half == midday && hour < 3:
		hour += 12
	}
	c.v.hour, c.v.twelve = hour, half != 0
	return true
}

// afterClock skips "Uhr" and its like.
func (c *scan) afterClock() {
	at := c.at
	c.blanks()
	word, n := c.word()
	switch strings.ToLower(word) {
	case "uhr", "hrs", "h", "น":
		c.at += n
		if c.at < len(c.s) && c.s[c.at] == '.' {
			c.at++
		}
		return
	}
	c.at = at
}

// zoneNames are short names of zones; they are printed for people, and mean
// several zones each, so that they are passed over.
var zoneNames = map[string]bool{
	"GMT": true, "UTC": true, "EST": true, "EDT": true, "CST": true, "CDT": true, "MST": true, "MDT": true, "PST": true, "PDT": true, "BST": true,
	"CET": true, "CEST": true, "MEZ": true, "MESZ": true, "JST": true, "KST": true, "IST": true, "MSK": true, "AEST": true, "AEDT": true, "EET": true,
	"EEST": true, "WET": true, "WEST": true, "PT": true, "ET": true, "CT": true, "HKT": true, "SGT": true, "Z": true, "МСК": true, "PHT": true, "WIB": true,
}

// zone reads +0100, GMT+1, (UTC+8), EST behind a time.
func (c *scan) zone() bool {
	start := c.at
	c.blanks()
	bracket := c.at < len(c.s) && c.s[c.at] == '('
	if bracket {
		c.at++
	}
	word, n := c.word()
	named := n > 0 && zoneNames[word]
	if named {
		c.at += n
	} else if n > 0 {
		c.at = start
		return false
	}
	offset := c.offset()
	if word == "Z" && !offset {
		c.v.hasOffset = true
	}
	if bracket {
		if c.at >= len(c.s) || c.s[c.at] != ')' {
			c.at = start
			c.v.hasOffset = false
			return false
		}
		c.at++
	}
	if !named && !offset {
		c.at = start
		return false
	}
	if !bracket && offset { // +0100 (CET)
		c.zone()
	}
	return true
}

func (c *scan) offset() bool {
	start := c.at
	if c.at >= len(c.s) || c.s[c.at] != '+' && c.s[c.at] != '-' {
		return false
	}
	sign := 1
	if c.s[c.at] == '-' {
		sign = -1
	}
	c.at++
	n, digits := c.number()
	minutes := 0
	switch {
	case digits == 4:
		n, minutes = n/100, n%100
	case digits == 0 || digits > 2:
		c.at = start
		return false
	case c.at < len(c.s) && c.s[c.at] == ':':
		c.at++
		minutes, _ = c.number()
	}
	if n > 14 || minutes > 59 {
		c.at = start
		return false
	}
	c.v.offset, c.v.hasOffset = sign*(n*3600+minutes*60), true
	return true
}
