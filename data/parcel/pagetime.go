package parcel

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"casebinder/data/chat"
)

var (
	commaDay   = regexp.MustCompile(`^(?:(\p{L}+),\s+)?(\p{L}{3,12}),\s+(\d{1,2})\s+(\d{4})`)
	blanks     = regexp.MustCompile(` {2,}`)
	afterTime  = []string{"local time", "hrs", "uhr", "uur", "h", "local", "น.", "当地时间", "當地時間"}
	timeBorder = " \t,;:•·|–—-/"
)

// digitZeros are the zeros of scripts whose digits stand in dates of our calendar.
var digitZeros = []rune{0x0660, 0x0966, 0x09E6, 0x0E50, 0x0ED0, 0x1040, 0x17E0, 0xFF10}

// plainDigits writes the digits of other scripts as 0 to 9, one sign for one.
func plainDigits(text string) string {
	return strings.Map(func(r rune) rune {
		for _, zero := range digitZeros {
			if r >= zero && r <= zero+9 {
				return r - zero + '0'
			}
		}
		return r
	}, text)
}

// readTime reads a time from the beginning of a text, in the digits of any script,
// and says how many bytes of it that is; 0: there is none.
func readTime(text string) (chat.Printed, int) {
	plain := plainDigits(text)
	t, n := chat.ReadPrinted(plain)
	if len(plain) == len(text) {
		return t, n
	}
	signs, at := utf8.RuneCountInString(plain[:n]), 0
	for range signs {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return t, at
}

// columns parts a line by tabs where it begins with a time and two gaps or more of
// several blanks follow: a table that was copied as text.
func columns(raw string) string {
	text := strings.TrimSpace(raw)
	if strings.ContainsRune(text, '\t') || len(blanks.FindAllStringIndex(text, 3)) < 2 {
		return raw
	}
	if t, n := readTime(text); n == 0 || !t.HasDay() || !strings.HasPrefix(text[n:], "  ") {
		return raw
	}
	return blanks.ReplaceAllString(text, "\t")
}

// cellTime takes the time off a cell, and gives what is left of it.
func (w *words) cellTime(l *line, i int, part string) string {
	text := strings.TrimLeft(part, "•·*- ")
	if m := commaDay.FindStringSubmatchIndex(text); m != nil {
		text = text[:m[5]] + " " + text[m[6]:] // "November, 20 2026"
	}
	t, n := readTime(text)
	if n == 0 || !t.HasDay() && !t.HasHour() {
		return part
	}
	rest := behindTime(text[n:])
	if rest != "" && !w.parts(text[n:], rest, t.HasHour(), l.wide, i) || !l.put(t, i) {
		return part
	}
	return rest
}

// behindTime is what stands behind a time, without the words that belong to it.
func behindTime(text string) string {
	rest := strings.TrimLeft(text, timeBorder)
	for _, word := range afterTime {
		if fold(rest) == word {
			return ""
		}
	}
	if strings.HasPrefix(strings.ToLower(rest), "local time") {
		return strings.TrimLeft(rest[len("local time"):], timeBorder)
	}
	return rest
}

// parts reports whether the words behind a time are apart from it: the line of a
// scan, and no words in which a time stands.
func (w *words) parts(text, rest string, hour, wide bool, i int) bool {
	if wide && i > 0 || !goesOn(text) {
		return false
	}
	// "Nov. 20 - Dec. 2"
	return hour || (wide || w.isMove(rest)) && !anotherTime(rest)
}

// put gives a line a time; a second day, or a second hour, is a part of the words.
func (l *line) put(t chat.Printed, i int) bool {
	if l.hasDay() && t.HasDay() || l.hasHour() && t.HasHour() {
		return false
	}
	if t.HasDay() {
		l.day, l.dayAt = t, i
	}
	if t.HasHour() {
		l.hour, l.hrAt = t, i
	}
	return true
}

// goesOn reports whether words begin behind a time: not in the midst of one.
func goesOn(rest string) bool { return strings.IndexAny(rest, timeBorder+"【[") == 0 }

func anotherTime(rest string) bool {
	t, n := readTime(rest)
	return n > 0 && (t.HasDay() || t.HasHour())
}
