package chat

import "strings"

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
	third, d3 := c.thirdNumber(sep)
	switch {
	case digits == 4: // year first
		if d3 == 0 || d3 > 2 {
			return false
		}
		c.v.year, c.v.month, c.v.day = first, second, third
		return validDay(second, third) && yearOK(&c.v.year)
	case digits > 2:
		return false
	case d3 == 0 || d3 == 3: // no year has three digits
		return c.twoNumbers(first, second, sep)
	}
	return c.threeNumbers(first, second, third, d3)
}

// thirdNumber reads the last number of a date; 0 digits where none is printed, or
// where it begins the time: "24.11. 9:03".
func (c *scan) thirdNumber(sep byte) (third, digits int) {
	if c.at >= len(c.s) || c.s[c.at] != sep {
		return 0, 0
	}
	back := c.at
	c.at++
	if sep == '.' {
		c.blanks()
	}
	third, digits = c.number()
	if digits == 0 || c.on(":") || c.at < len(c.s) && digitBehind(c.s, c.at) {
		c.at = back
		return 0, 0
	}
	return third, digits
}

// threeNumbers is a date whose order is decided later, by all of the chat.
func (c *scan) threeNumbers(first, second, third, digits int) bool {
	c.v.open, c.v.parts = true, [3]int{first, second, third}
	if digits == 1 { // 26/11/3
		return first > 12 && validDay(second, third)
	}
	c.v.wide = digits == 4
	if c.v.wide && !yearOK(&c.v.parts[2]) {
		return false
	}
	return first > 0 && second > 0 && (!c.v.wide || dayAndMonth(first, second))
}

// dayAndMonth reports whether two numbers may be a day and a month, in either order.
func dayAndMonth(first, second int) bool {
	return first <= 31 && second <= 31 && (first <= 12 || second <= 12)
}

func digitBehind(s string, at int) bool {
	return s[at] == '.' && at+2 < len(s) && digit(s[at+1]) && digit(s[at+2]) && (at+3 == len(s) || s[at+3] == ' ')
}

// twoNumbers is a date without a year: 11/24, 24.11., 11-05.
func (c *scan) twoNumbers(first, second int, sep byte) bool {
	if first == 0 || second == 0 || !dayAndMonth(first, second) {
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
