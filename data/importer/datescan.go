package importer

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"casebinder/data/internal/dateword"
)

// dateScan reads the general forms of a date from left to right.
type dateScan struct {
	rest      string
	months    map[string]string // of the preset, in small letters, to "Jan"
	order     dateOrder
	ambiguous bool
	timed     bool
	buddhist  bool // a year may be of the Buddhist era
	closed    bool // the date ended in a sign of its own: digits may follow at once

	year, day, hour, min, sec, nano int
	month                           time.Month

	ofWeek  bool // the text names the day of the week
	weekday time.Weekday
}

func newScan(text string, months map[string]string, order dateOrder) *dateScan {
	text, _ = westernDigits(text)
	s := &dateScan{rest: strings.TrimSpace(text), months: months, order: order}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Thai, r) }) {
		s.rest, s.buddhist = strings.TrimSpace(thaiMonths.Replace(s.rest)), true
	}
	return s
}

func (s *dateScan) at(loc *time.Location) time.Time {
	return time.Date(s.year, s.month, s.day, s.hour, s.min, s.sec, s.nano, loc)
}

// number takes digits, at most max, and says how many they were.
func (s *dateScan) number(most int) (value, width int) {
	for width < len(s.rest) && width < most && s.rest[width] >= '0' && s.rest[width] <= '9' {
		value = value*10 + int(s.rest[width]-'0')
		width++
	}
	s.rest = s.rest[width:]
	return value, width
}

// word takes letters.
func (s *dateScan) word() string {
	end := 0
	for end < len(s.rest) {
		r, n := utf8.DecodeRuneInString(s.rest[end:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		end += n
	}
	w := s.rest[:end]
	s.rest = s.rest[end:]
	return w
}

// gap takes what stands between the parts of a date and gives its first sign
// that is no space, 0 for spaces alone.
func (s *dateScan) gap() rune {
	var sign rune
	for {
		r, n := utf8.DecodeRuneInString(s.rest)
		switch r {
		case ' ', '\u00A0', '\u202F', '\u3000':
		case '-', '/', '.', ',', '年', '月', '日', '년', '월', '일':
			if sign == 0 {
				sign = r
			}
		default:
			return sign
		}
		s.rest = s.rest[n:]
	}
}

// filler takes words such as "de" with what surrounds them.
func (s *dateScan) filler() {
	s.gap()
	before := s.rest
	if !fillers[strings.ToLower(s.word())] {
		s.rest = before
		return
	}
	s.rest = strings.TrimLeft(s.rest, "'’")
	s.gap()
}

// named takes the name of a month, or "tháng 6".
func (s *dateScan) named() bool {
	word := strings.ToLower(s.word())
	if word == "tháng" || word == "thg" {
		s.gap()
		n, width := s.number(2)
		s.month = time.Month(n)
		return width > 0
	}
	if english, ok := s.months[word]; ok {
		word = strings.ToLower(english)
	}
	month, ok := dateword.Month(word)
	s.month = month
	return ok
}

// date reads the day and checks that it exists.
func (s *dateScan) date() bool {
	if !s.parts() || s.year < 1990 || s.year > 2099 || s.month < 1 || s.month > 12 || s.day < 1 {
		return false
	}
	s.afterDate()
	at := time.Date(s.year, s.month, s.day, 0, 0, 0, 0, time.UTC)
	return at.Day() == s.day && (!s.ofWeek || at.Weekday() == s.weekday)
}

// isWeekday knows the name of a day of the week, and keeps it.
func (s *dateScan) isWeekday(word string) bool {
	day, ok := dateword.Weekday(strings.ToLower(word))
	if ok {
		s.weekday, s.ofWeek = day, true
	}
	return ok
}

// parts reads year, month and day. What could be a weekday, such as mar, is one
// when the date is not whole otherwise.
func (s *dateScan) parts() bool {
	if s.startsWithDigit() {
		return s.numeric()
	}
	whole := *s
	if s.monthNamed() {
		return true
	}
	*s = whole
	if word := s.word(); !strings.EqualFold(word, "ngày") && !s.isWeekday(word) {
		return false
	}
	s.gap()
	if s.startsWithDigit() {
		return s.numeric()
	}
	return s.monthNamed()
}

func (s *dateScan) startsWithDigit() bool {
	return s.rest != "" && s.rest[0] >= '0' && s.rest[0] <= '9'
}

// afterDate takes what may follow a year or day and means nothing: "г.", "日",
// a weekday in parentheses.
func (s *dateScan) afterDate() {
	for _, tail := range []string{"日", "일", "г.", "р.", "."} {
		if rest, ok := strings.CutPrefix(strings.TrimLeft(s.rest, " \u00A0"), tail); ok {
			s.rest, s.closed = rest, true
			break
		}
	}
	rest := strings.TrimLeft(s.rest, " \u00A0")
	bracketed, ok := strings.CutPrefix(rest, "(")
	if day, tail, closed := strings.Cut(bracketed, ")"); ok && closed && s.isWeekday(day) {
		s.rest = tail
		return
	}
	inside := *s
	inside.rest = strings.TrimLeft(rest, ",")
	if word := inside.word(); len(word) > len("日") && !ascii(word) && s.isWeekday(word) {
		s.rest = inside.rest // 2026年6月12日 星期五
	}
}

// monthNamed reads "Jul-21-25" and "July 21st, 2025".
func (s *dateScan) monthNamed() bool {
	if !s.named() {
		return false
	}
	s.gap()
	var width int
	if s.day, width = s.number(2); width == 0 {
		return false
	}
	s.ordinal()
	if sign := s.gap(); sign == 0 && s.rest == "" {
		return false
	}
	s.filler()
	return s.yearLast()
}

// ordinal takes what makes a number the first, second, third.
func (s *dateScan) ordinal() {
	for _, tail := range []string{"st", "nd", "rd", "th", "er", "re", "º", "ª", "°", "e"} {
		rest, ok := strings.CutPrefix(s.rest, tail)
		if r, _ := utf8.DecodeRuneInString(rest); ok && !unicode.IsLetter(r) && (r < '0' || r > '9') {
			s.rest = rest
			return
		}
	}
}

// yearLast reads a year of two or four digits.
func (s *dateScan) yearLast() bool {
	var width int
	s.year, width = s.number(4)
	switch {
	case width == 2:
		s.year += 2000
	case width == 4 && s.buddhist && s.year > 2400:
		s.year -= 543
	}
	return width == 2 || width == 4
}

// numeric reads a date that begins with a number.
func (s *dateScan) numeric() bool {
	one, width := s.number(8)
	if width == 8 { // 20250721
		s.year, s.month, s.day = one/10000, time.Month(one/100%100), one%100
		return s.rest == "" || s.rest[0] == ' ' || s.rest[0] == 'T'
	}
	if width <= 2 {
		s.ordinal()
	}
	sign := s.gap()
	switch {
	case width == 4:
		return s.yearFirst(one, sign)
	case width == 0 || width > 2:
		return false
	}
	if r, _ := utf8.DecodeRuneInString(s.rest); unicode.IsLetter(r) { // 21-Jul-25, 5 de enero de 2026, 4. März 2026
		s.filler()
		if !s.named() {
			return false
		}
		s.day = one
		s.filler()
		return s.yearLast()
	}
	two, w2 := s.number(2)
	second := s.gap()
	if w2 == 0 || sign != second || sign != '/' && sign != '-' && sign != '.' || !s.yearLast() {
		return false
	}
	return s.swap(one, two, sign)
}

// yearFirst reads what follows the year: 2025-07-21, 2025年7月21日, 2026. június 12.
func (s *dateScan) yearFirst(year int, sign rune) bool {
	s.year = year
	if r, _ := utf8.DecodeRuneInString(s.rest); unicode.IsLetter(r) {
		if !s.named() {
			return false
		}
		s.gap()
		var width int
		s.day, width = s.number(2)
		return width > 0
	}
	m, wm := s.number(2)
	between := s.gap()
	d, wd := s.number(2)
	s.month, s.day = time.Month(m), d
	return wm > 0 && wd > 0 && sign != 0 && sign != ',' && between != 0
}

// fallsOn reports whether a day of the year falls on the weekday that is named.
func (s *dateScan) fallsOn(month, day int) bool {
	return time.Date(s.year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Weekday() == s.weekday
}

// swap decides which of two numbers is the day. Points stand in dates that
// begin with the day, everywhere.
func (s *dateScan) swap(one, two int, sign rune) bool {
	order := s.order
	if sign == '.' {
		order = dayFirst
	}
	if order == orderUnknown {
		switch {
		case one > 12:
			order = dayFirst
		case two > 12:
			order = monthFirst
		case s.ofWeek && one != two && s.fallsOn(two, one) != s.fallsOn(one, two):
			order = monthFirst
			if s.fallsOn(two, one) {
				order = dayFirst
			}
		default:
			s.ambiguous = one != two
			order = dayFirst
		}
	}
	if order == dayFirst {
		one, two = two, one
	}
	s.month, s.day = time.Month(one), two
	return true
}
