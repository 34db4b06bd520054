package chat

import (
	"strings"
	"time"
	"unicode/utf8"

	"casebinder/data/internal/dateword"
)

// weekdayName reads the name of a day of the week, also in brackets.
func (c *scan) weekdayName() bool {
	start := c.at
	bracket := c.skip("(")
	word, n := c.weekdayWord()
	day, ok := dayOfWeek(word, bracket)
	if !ok || n == 0 || !bracket && c.signAlone(word, n) {
		c.at = start
		return false
	}
	c.at += n
	if strings.HasPrefix(c.rest(), "-feira") {
		c.at += len("-feira")
	}
	if !bracket {
		c.skip(".")
	} else if !c.skip(")") {
		c.at = start
		return false
	}
	c.weekday = 1 + int(day)
	return true
}

// weekPrefixes begin the days of the week in Chinese.
var weekPrefixes = []string{"周", "週", "星期", "礼拜", "禮拜"}

// weekdayWord gives the word that may be a day of the week, in small letters, and
// its length; of one without blanks behind it only the day: 周三下午.
func (c *scan) weekdayWord() (string, int) {
	word, n := c.word()
	word = strings.ToLower(word)
	if n <= 3 {
		return word, n
	}
	for _, start := range weekPrefixes {
		if strings.HasPrefix(word, start) {
			_, size := utf8.DecodeRuneInString(word[len(start):])
			n = len(start) + size
			return word[:n], n
		}
	}
	return word, n
}

// signAlone reports whether a word is one sign with no date before it and no point
// behind it, and so more likely something else than a day of the week.
func (c *scan) signAlone(word string, n int) bool {
	return single(word) && !c.v.hasDate && !strings.HasPrefix(c.rest()[n:], ".")
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
