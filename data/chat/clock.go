package chat

import (
	"strings"
	"unicode/utf8"
)

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
	sign, size := minuteSign(c.rest())
	if size == 0 {
		return c.cjkMinutes()
	}
	c.at += size
	m, digits := c.number()
	if digits != 2 || m > 59 || sign == '.' && c.dateBehind() {
		c.at = start
		return false
	}
	c.v.min = m
	if !c.seconds(sign) {
		c.at = start
		return false
	}
	return true
}

// minuteSign is what stands between hours and minutes, and its length; 0 where
// none is there.
func minuteSign(rest string) (sign rune, size int) {
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case r == ':' || r == '.':
		return r, size
	case (r == 'h' || r == 'H') && len(rest) > 1 && digit(rest[1]):
		return r, size
	case strings.HasPrefix(rest, " h ") && len(rest) > 3 && digit(rest[3]):
		return r, 3
	}
	return 0, 0
}

// dateBehind reports whether two numbers with a point between them go on as a date:
// 14.05.2026, and not 14.05.12 or "14.05. ".
func (c *scan) dateBehind() bool {
	return c.on("./") && !strings.HasPrefix(c.rest(), ". ") && !c.dotSeconds()
}

// seconds reads those behind the minutes, where there are any; false where the
// number that stands there is none.
func (c *scan) seconds(sign rune) bool {
	if c.at+2 >= len(c.s) || !c.on(":") && (sign != '.' || !c.on(".")) || !digit(c.s[c.at+1]) || !digit(c.s[c.at+2]) {
		return true
	}
	c.at++
	sec, digits := c.number()
	if digits != 2 || sec > 60 {
		return false
	}
	c.v.sec, c.v.hasSec = min(sec, 59), true
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
		c.skip(".")
		return
	}
	c.at = at
}
