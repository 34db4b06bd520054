package gate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// A calendar are a language's words of time, ready to be looked for.
type calendar struct {
	root     *node
	monthDay bool
}

// Numbers of the terms of a calendar's trie: kinds of words of time.
const (
	wordMonth   = iota * 100 // + 1 to 12
	wordWeekday              // + 0 to 6, Monday first
	wordNumber               // + 1 to 99
	wordToday
	wordTomorrow
	wordAfter
	wordWeekEnd
	wordMonthEnd
	wordNextWeek
	wordDay
	wordWorkday
	wordHour
	wordWeek
	wordOfMonth
	wordYear
	wordLasting // + ten times the unit's place in lastingUnits, and the count
	wordKinds
)

// lastingUnits are the units of stretches of time that hold their own count, and
// lastingKinds what they are as words.
var (
	lastingUnits = []string{"day", "workday", "hour", "week", "month"}
	lastingKinds = []int{wordDay, wordWorkday, wordHour, wordWeek, wordOfMonth}
)

func compileCalendar(t Calendar) calendar {
	c := calendar{root: &node{}, monthDay: t.MonthDay}
	put := func(kind int, forms string) {
		for form := range strings.SplitSeq(forms, "|") {
			if pieces := parseTerm(form); len(pieces) > 0 {
				c.root.insert(term{concept: kind, pieces: pieces})
			}
		}
	}
	for i, forms := range t.Months {
		put(wordMonth+i+1, forms)
	}
	for i, forms := range t.Weekdays {
		put(wordWeekday+i, forms)
	}
	for i, forms := range t.Numbers {
		put(wordNumber+i+1, forms)
	}
	for _, one := range t.Lasting {
		for _, form := range one.Forms {
			put(wordLasting+10*slices.Index(lastingUnits, one.Unit)+one.Count, form)
		}
	}
	for kind, list := range map[int][]string{
		wordToday: t.Today, wordTomorrow: t.Tomorrow, wordAfter: t.After, wordWeekEnd: t.WeekEnd, wordMonthEnd: t.MonthEnd, wordNextWeek: t.NextWeek,
		wordDay: t.Day, wordWorkday: t.Workday, wordHour: t.Hour, wordWeek: t.Week, wordOfMonth: t.Month, wordYear: t.Year,
	} {
		for _, forms := range list {
			put(kind, forms)
		}
	}
	return c
}

// A timeWord is a word of time at its place.
type timeWord struct {
	kind  int
	value int
	at    span
}

// timeWords are the words of time in a sentence, in order; of those that overlap
// the longest.
func (s *subject) timeWords(in span) []timeWord {
	sub := folded{runes: s.f.runes[in.start:in.end], at: s.f.at[in.start : in.end+1]}
	into := make(found, wordKinds+100)
	scan(sub, s.engine.calendar.root, s.engine.clitics, into)
	var all []timeWord
	for id, list := range into {
		for _, at := range list {
			all = append(all, timeWord{kind: id / 100 * 100, value: id % 100, at: span{at.start + in.start, at.end + in.start}})
		}
	}
	all = append(all, s.numerals(in)...)
	return longest(all)
}

// numerals are the numbers in digits.
func (s *subject) numerals(in span) []timeWord {
	var all []timeWord
	for i := in.start; i < in.end; i++ {
		j := i
		for j < in.end && s.f.runes[j] >= '0' && s.f.runes[j] <= '9' {
			j++
		}
		if j > i {
			if n, err := strconv.Atoi(string(s.f.runes[i:j])); err == nil && j-i <= 3 {
				all = append(all, timeWord{kind: wordNumber, value: n, at: span{i, j}})
			}
			i = j
		}
	}
	return all
}

func longest(all []timeWord) []timeWord {
	var out []timeWord
	for i, w := range all {
		beaten := false
		for k, other := range all {
			longer := other.at.end - other.at.start
			own := w.at.end - w.at.start
			if k != i && w.at.overlaps(other.at) && (longer > own || longer == own && k < i) {
				beaten = true
			}
		}
		if !beaten {
			out = append(out, w)
		}
	}
	sortWords(out)
	return out
}

func sortWords(all []timeWord) {
	for i := 1; i < len(all); i++ {
		for k := i; k > 0 && all[k].at.start < all[k-1].at.start; k-- {
			all[k], all[k-1] = all[k-1], all[k]
		}
	}
}

var (
	isoDate     = regexp.MustCompile(`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})`)
	eastDate    = regexp.MustCompile(`(?:(\d{4}) ?[年년] ?)?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日号號일]?`)
	numericDate = regexp.MustCompile(`(\d{1,2})([./-])(\d{1,2})(?:[./-](\d{2,4}))?`)
	ordinalDay  = regexp.MustCompile(`(?:\bthe |\bam |\bbis zum |\ble |\bel |\bdia |\bil |\bzum )(\d{1,2})(?:st|nd|rd|th|\.|er|º|°)?(?:[^\d.,:/]|$)|\b(\d{1,2})(?:st|nd|rd|th)\b|(\d{1,2}) ?[号號日일]|(\d{1,2})(?:-го|-e| числа)`)
)

// dates reads what days a sentence names, seen from the day of writing.
func (s *subject) dates(in span) []data.Day {
	today := data.OnDay(s.c.Written)
	if s.c.Written.IsZero() {
		return nil
	}
	words := s.timeWords(in)
	text := string(s.f.runes[in.start:in.end])
	if all := s.absolute(text, words, today); len(all) > 0 {
		return all
	}
	if d, ok := s.span(words, today); ok {
		return []data.Day{d}
	}
	return s.relative(text, words, today)
}

// absolute reads dates with a month.
func (s *subject) absolute(text string, words []timeWord, today data.Day) []data.Day {
	var all []data.Day
	add := func(year, month, day string) {
		if d, ok := dayOf(year, month, day, today); ok {
			all = append(all, d)
		}
	}
	for _, m := range isoDate.FindAllStringSubmatch(text, 4) {
		add(m[1], m[2], m[3])
	}
	if len(all) > 0 {
		return all
	}
	for _, m := range eastDate.FindAllStringSubmatch(text, 4) {
		add(m[1], m[2], m[3])
	}
	for i, w := range words {
		if w.kind == wordMonth {
			if d, ok := s.byMonth(words, i, text, today); ok {
				all = append(all, d)
			}
		}
	}
	if len(all) > 0 {
		return all
	}
	for _, m := range numericDate.FindAllStringSubmatch(text, 4) {
		if m[2] == "." && m[4] == "" && !strings.Contains(text, m[0]+".") {
			continue // "2.0" is a version, "4.12." a date
		}
		day, month := m[1], m[3]
		if s.engine.calendar.monthDay {
			day, month = month, day
		}
		add(m[4], month, day)
	}
	return all
}

var yearForm = regexp.MustCompile(`\b(20\d\d)\b`)

// byMonth joins a month's name with the number beside it.
func (s *subject) byMonth(words []timeWord, i int, text string, today data.Day) (data.Day, bool) {
	year := ""
	if m := yearForm.FindStringSubmatch(text); m != nil {
		year = m[1]
	}
	for _, k := range []int{i - 1, i + 1} {
		if k < 0 || k >= len(words) || words[k].kind != wordNumber || words[k].value > 31 || words[k].value == 0 {
			continue
		}
		if gap := between(words[i].at, words[k].at); gap <= 4 {
			return dayOf(year, strconv.Itoa(words[i].value), strconv.Itoa(words[k].value), today)
		}
	}
	return data.Day{}, false
}

func between(a, b span) int {
	if a.start > b.start {
		a, b = b, a
	}
	return b.start - a.end
}

// dayOf makes a day of digits; without a year it is the next such day.
func dayOf(year, month, day string, today data.Day) (data.Day, bool) {
	m, err := strconv.Atoi(month)
	if err != nil {
		return data.Day{}, false
	}
	d, err := strconv.Atoi(day)
	if err != nil {
		return data.Day{}, false
	}
	y := today.Year
	if year != "" {
		if y, err = strconv.Atoi(year); err != nil {
			return data.Day{}, false
		}
		if y < 100 {
			y += 2000
		}
	}
	out := data.Day{Year: y, Month: time.Month(m), Day: d}
	if parsed, err := data.ParseDay(out.String()); err != nil || parsed != out {
		return data.Day{}, false
	}
	if year == "" && out.String() < today.String() {
		out.Year++
	}
	return out, true
}

// span reads "within 3 working days", "in two weeks", "24 hours".
func (s *subject) span(words []timeWord, today data.Day) (data.Day, bool) {
	workday := false
	for _, w := range words {
		workday = workday || w.kind == wordWorkday
	}
	best, found := data.Day{}, false
	for i := range words {
		if d, ok := s.stretch(words, i, today, workday); ok && (!found || d.String() > best.String()) {
			best, found = d, true
		}
	}
	return best, found
}

// stretch reads the stretch of time that begins with the word at i: a number and
// its unit, or both in one word.
func (s *subject) stretch(words []timeWord, i int, today data.Day, workday bool) (data.Day, bool) {
	w := words[i]
	if w.kind == wordLasting {
		return s.later(today, w.value%10, lastingKinds[w.value/10], workday)
	}
	if w.kind != wordNumber || w.value == 0 {
		return data.Day{}, false
	}
	for k := i + 1; k < len(words) && k <= i+2; k++ {
		if between(w.at, words[k].at) > 12 {
			break
		}
		if d, ok := s.later(today, w.value, words[k].kind, workday); ok {
			return d, true
		}
	}
	return data.Day{}, false
}

func (s *subject) later(today data.Day, n, kind int, workday bool) (data.Day, bool) {
	switch kind {
	case wordWorkday:
		return s.workdays(today, n), n < 200
	case wordDay:
		if workday {
			return s.workdays(today, n), n < 200
		}
		return addDays(today, n), n < 400
	case wordHour:
		return data.OnDay(s.c.Written.Add(time.Duration(n) * time.Hour)), n < 1000
	case wordWeek:
		return addDays(today, 7*n), n < 60
	case wordOfMonth:
		return data.OnDay(at(today).AddDate(0, n, 0)), n < 25
	}
	return data.Day{}, false
}

func at(d data.Day) time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

func addDays(d data.Day, n int) data.Day { return data.OnDay(at(d).AddDate(0, 0, n)) }

// workdays counts Monday to Friday, without holidays where they are known; the
// day of writing is not one of them.
func (s *subject) workdays(today data.Day, n int) data.Day {
	d := today
	for n > 0 {
		d = addDays(d, 1)
		if wd := at(d).Weekday(); wd != time.Saturday && wd != time.Sunday && (s.c.Holiday == nil || !s.c.Holiday(d)) {
			n--
		}
	}
	return d
}
