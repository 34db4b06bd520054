package notice

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"casebinder/data/internal/dateword"
)

// maxUnused bounds the dates that one doubt names.
const maxUnused = 5

// unused tells of dates that stand in the mail and were not taken as the due
// date: those to come on the day of the mail, and those of which only a person
// can say.
func (d *reader) unused() {
	var own, buyers []string
	look := func(f folded, where Where) {
		for _, s := range d.datesIn(f.text) {
			if !d.used(f, where, s) && d.ahead(s) {
				own = appendNew(own, s.text)
			}
		}
	}
	look(d.n.subject, InSubject)
	look(d.n.body, InBody)
	whole := fold(d.n.Text)
	for _, part := range d.n.buyer {
		for _, s := range d.datesIn(whole.text[part.from:part.to]) {
			if d.ahead(s) {
				buyers = appendNew(buyers, s.text)
			}
		}
	}
	if len(own) > 0 {
		d.n.doubt(problemDateUnused.New("values", strings.Join(own[:min(len(own), maxUnused)], "; ")))
	}
	if len(buyers) > 0 {
		d.n.doubt(problemBuyerWords.New("values", strings.Join(buyers[:min(len(buyers), maxUnused)], "; ")))
	}
}

// seen is a date in a text.
type seen struct {
	stated
	at    span
	asked bool // a word such as "until" stands before it
}

// askedRe is what stands before a day by which something is wanted.
var askedRe = pattern(`(?i)(?:\b(?:by|before|until|till|no later than|due|deadline|bis|spätestens|frist|avant|au plus tard|jusqu.au|d.ici|entro|prima del|fino al|antes del?|hasta|a más tardar|uiterlijk|tot|do dnia)|até|vóór|于|於|在|截止|期限)[^\pL\d\n]{0,6}(?:(?:the|zum|am|den|le|il|el|o|de|día|dia|on|date)[\s:]+){0,3}$`)

// datesIn finds the days that a text names, in whatever form.
func (d *reader) datesIn(text string) []seen {
	var all []seen
	for at := 0; at < len(text) && len(all) < maxHits; {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			at += size
			continue
		}
		window := text[at:min(len(text), at+maxWindow)]
		if s, used := d.dayAt(window); used > 0 {
			before := strings.ToValidUTF8(text[max(0, at-40):at], "")
			all = append(all, seen{s, span{at, at + used}, askedRe().MatchString(before)})
			at += used
			continue
		}
		at += wordLength(text[at:])
	}
	return all
}

// dayAt reads a day at the beginning of a text and tells how many bytes it
// takes; 0 where there is none.
func (d *reader) dayAt(window string) (stated, int) {
	if word := letters(window); word != "" {
		if _, month := dateword.Month(strings.ToLower(word)); !month {
			return stated{}, 0
		}
	}
	window = strings.ToValidUTF8(window, "")
	s, rest := stated{weekday: -1}, window
	if !d.takeDay(&s, &rest) {
		return stated{}, 0
	}
	used := len(window) - len(rest)
	s.text = strings.TrimSpace(window[:used])
	return s, used
}

// wordLength is how many bytes the word or number at the beginning has. Signs
// without blanks between them, as in Chinese, are looked at one by one.
func wordLength(text string) int {
	for i, r := range text {
		if i == 0 && r >= 0x2E80 {
			return utf8.RuneLen(r)
		}
		if i > 0 && (r >= 0x2E80 || !unicode.IsLetter(r) && !unicode.IsDigit(r)) {
			return i
		}
	}
	return len(text)
}

// used reports whether a date is the one that was taken, or the same day.
func (d *reader) used(f folded, where Where, s seen) bool {
	from, to := f.before(s.at.from), f.before(s.at.to)
	for _, hit := range d.n.Found {
		if hit.Field == FieldDue && hit.Where == where && (span{hit.Offset, hit.Offset + hit.Length}).meets(from, to) {
			return true
		}
	}
	return !s.noYear && s.other == "" && d.n.Due.Day == s.day8() ||
		slices.ContainsFunc(d.dues, func(r dueRead) bool { return strings.Contains(r.due.Text, s.text) })
}

// day8 is the day as ISO 8601 writes it.
func (s stated) day8() string {
	return time.Date(s.year, s.month, s.day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// ahead reports whether a day was still to come when the mail was written, in
// any zone; on the day of the mail, or where the mail has no date, only a day
// by which something is asked for counts.
func (d *reader) ahead(s seen) bool {
	if d.n.Date.IsZero() {
		return s.asked
	}
	today := d.n.Date.Add(-12 * time.Hour).Format(time.DateOnly)
	if s.noYear {
		s.year = d.n.Date.Year()
		if d.n.Date.Month() == time.December && s.month == time.January {
			s.year++
		}
	}
	last := max(s.day8(), s.other)
	return last > today || last == today && s.asked
}
