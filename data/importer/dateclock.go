package importer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dayHalf is the half of the day in which a clock of twelve hours stands.
type dayHalf uint8

const (
	wholeDay dayHalf = iota // a clock of twenty-four hours
	beforeNoon
	afterNoon
	aroundNoon // from eleven to one
)

// clock reads the time of day, when there is one.
func (s *dateScan) clock() bool {
	trimmed := strings.TrimLeft(s.rest, " ,\u00A0\u202F\u3000")
	if len(trimmed) > 1 && trimmed[0] == 'T' && trimmed[1] >= '0' && trimmed[1] <= '9' {
		trimmed = trimmed[1:]
	}
	for _, word := range beforeClock {
		if rest, ok := strings.CutPrefix(trimmed, word); ok {
			trimmed = strings.TrimLeft(rest, " ")
			break
		}
	}
	half, trimmed := takeHalf(trimmed)
	if trimmed == "" || trimmed[0] < '0' || trimmed[0] > '9' {
		s.rest = trimmed
		return half == wholeDay
	}
	if trimmed == s.rest && !s.closed {
		return false // digits right behind the date
	}
	s.rest, s.timed = trimmed, true
	return s.hours(half)
}

// hours reads hour, minute and second.
func (s *dateScan) hours(half dayHalf) bool {
	var w int
	if s.hour, w = s.number(2); w == 0 {
		return false
	}
	sign := s.sign(hourSigns)
	if sign == "" {
		var after dayHalf
		after, s.rest = takeHalf(strings.TrimLeft(s.rest, " \u00A0\u202F")) // 2 PM
		return (half == wholeDay) != (after == wholeDay) && s.turn(max(half, after))
	}
	if s.min, w = s.number(2); w != 2 {
		return false
	}
	s.sign(minuteSigns)
	if s.seconds(sign) {
		if s.sec, w = s.number(2); w != 2 {
			return false
		}
		s.fraction()
	}
	s.sign(afterTime)
	after, rest := takeHalf(strings.TrimLeft(s.rest, " \u00A0\u202F"))
	if after != wholeDay {
		if half != wholeDay {
			return false
		}
		half, s.rest = after, rest
	}
	return s.turn(half) && s.hour < 24 && s.min < 60 && s.sec < 60
}

// sign takes one of some signs, with the spaces behind those that are words.
func (s *dateScan) sign(of []string) string {
	trimmed := strings.TrimLeft(s.rest, " ")
	for _, sign := range of {
		if rest, ok := strings.CutPrefix(trimmed, sign); ok && (len(trimmed) == len(s.rest) || len(sign) > 1 || sign == "h") {
			if len(sign) > 1 || sign == "h" {
				rest = strings.TrimLeft(rest, " ")
			}
			s.rest = rest
			return sign
		}
	}
	return ""
}

// seconds reports whether seconds follow, behind the sign that stands behind the
// hour, and takes it.
func (s *dateScan) seconds(sign string) bool {
	if sign == ":" || sign == "." {
		rest, ok := strings.CutPrefix(s.rest, sign)
		if ok {
			s.rest = rest
		}
		return ok
	}
	trimmed := strings.TrimLeft(s.rest, " ")
	if len(trimmed) > 2 && trimmed[0] >= '0' && trimmed[0] <= '9' && (strings.HasPrefix(trimmed[2:], "秒") || strings.HasPrefix(trimmed[2:], "초")) {
		s.rest = trimmed
		return true
	}
	return false
}

func (s *dateScan) fraction() {
	if len(s.rest) > 1 && (s.rest[0] == '.' || s.rest[0] == ',') && s.rest[1] >= '0' && s.rest[1] <= '9' {
		s.rest = s.rest[1:]
		n, w := s.number(9)
		for ; w < 9; w++ {
			n *= 10
		}
		s.nano = n
	}
}

// takeHalf takes a word that tells the half of the day.
func takeHalf(text string) (dayHalf, string) {
	for _, h := range dayHalves {
		if rest, ok := cutLoosely(text, h.word); ok {
			return h.half, strings.TrimLeft(rest, " \u00A0\u202F")
		}
	}
	return wholeDay, text
}

// cutLoosely takes a word off the beginning, whatever its case and with points
// and spaces in it: "p. m.". Letters right behind it make it another word.
func cutLoosely(text, word string) (string, bool) {
	rest := text
	for i, want := range word {
		if i > 0 {
			rest = strings.TrimLeft(strings.TrimPrefix(rest, "."), " \u00A0\u202F")
		}
		r, n := utf8.DecodeRuneInString(rest)
		if unicode.ToLower(r) != want {
			return text, false
		}
		rest = rest[n:]
	}
	if r, _ := utf8.DecodeRuneInString(rest); ascii(word) && unicode.IsLetter(r) {
		return text, false
	}
	return strings.TrimPrefix(rest, "."), true
}

// turn brings a clock of twelve hours to one of twenty-four.
func (s *dateScan) turn(half dayHalf) bool {
	switch half {
	case beforeNoon:
		if s.hour > 12 {
			return false
		}
		s.hour %= 12
	case afterNoon:
		if s.hour == 0 {
			return false
		}
		if s.hour < 12 {
			s.hour += 12
		}
	case aroundNoon:
		if !slices.Contains([]int{11, 12, 1}, s.hour) {
			return false
		}
		if s.hour == 1 {
			s.hour = 13
		}
	}
	return true
}
