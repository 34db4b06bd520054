package policy

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"casebinder/data"
)

// Limits of a holiday file.
const (
	maxHolidayLines = 20_000
	maxHolidayLine  = 1000 // bytes
	maxHolidayRange = 60   // days that one line may name
	maxHolidayTrips = 20   // mistakes that are told one by one
)

var (
	problemHolidays = data.DefineProblem("holidays_line", data.ErrInvalid,
		"Holiday list {file}, line {line}: {reason}.", "Fix that line, and load the list again. The current holidays stay as they are.")
	problemHolidaysMore = data.DefineProblem("holidays_more", data.ErrInvalid,
		"Holiday list {file} has {count} more lines with errors.", "Fix the lines that are named first.")
)

// Holidays is a user's own list for one country. It stands over the built-in
// holidays, or, without Defaults, in their place.
type Holidays struct {
	Country  string          // ISO 3166-1
	Title    string          // as a choice shows it
	Weekend  []time.Weekday  // none: Saturday and Sunday
	Defaults bool            // keep the built-in holidays of the country
	Days     map[Date]string // holidays by date, with their names
	Work     map[Date]string // days that are worked although weekend or holiday, with a remark
}

// ParseHolidays reads a holiday list. Each line is one of these; what follows a
// # is a remark:
//
//	country CN China
//	weekend saturday sunday
//	defaults no
//	2026-10-01..2026-10-07 National Day
//	2026-12-24 Christmas Eve
//	work 2026-10-10 makes up for 7 October
//
// Each line that cannot be read is a Problem with its number; they are joined,
// and then the list is not used at all.
func ParseHolidays(file string, r io.Reader) (Holidays, error) {
	p := holidayParser{file: file, list: Holidays{Defaults: true, Days: map[Date]string{}, Work: map[Date]string{}}}
	scan := bufio.NewScanner(r)
	scan.Buffer(make([]byte, 0, maxHolidayLine), maxHolidayLine)
	for scan.Scan() {
		p.n++
		if p.n > maxHolidayLines {
			p.fail("there are more than %d lines", maxHolidayLines)
			break
		}
		p.line(strings.TrimPrefix(scan.Text(), "\ufeff"))
	}
	if err := scan.Err(); errors.Is(err, bufio.ErrTooLong) {
		p.n++
		p.fail("it is longer than %d bytes", maxHolidayLine)
	} else if err != nil {
		return Holidays{}, fmt.Errorf("reading holiday list %s: %w", file, err)
	}
	if p.list.Country == "" && p.count == 0 {
		p.n = 1
		p.fail("no line says the country, such as “country US United States”")
	}
	if p.count > len(p.troubles) {
		p.troubles = append(p.troubles, problemHolidaysMore.New("file", file, "count", p.count-len(p.troubles)))
	}
	if len(p.troubles) > 0 {
		return Holidays{}, errors.Join(p.troubles...)
	}
	return p.list, nil
}

type holidayParser struct {
	file     string
	n        int
	list     Holidays
	count    int
	troubles []error
}

func (p *holidayParser) fail(format string, args ...any) {
	p.count++
	if p.count <= maxHolidayTrips {
		p.troubles = append(p.troubles, problemHolidays.New("file", p.file, "line", p.n, "reason", fmt.Sprintf(format, args...)))
	}
}

func (p *holidayParser) line(text string) {
	if !utf8.ValidString(text) {
		p.fail("it is not UTF-8 text")
		return
	}
	text, _, _ = strings.Cut(text, "#")
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\t' }) {
		p.fail("it holds control characters")
		return
	}
	word, rest := cutWord(text)
	switch strings.ToLower(word) {
	case "country":
		p.country(rest)
	case "weekend":
		p.weekend(rest)
	case "defaults":
		p.defaults(rest)
	case "work":
		word, rest = cutWord(rest)
		p.dates(word, rest, p.list.Work)
	default:
		if rest == "" {
			rest = "holiday"
		}
		p.dates(word, rest, p.list.Days)
	}
}

func cutWord(text string) (word, rest string) {
	i := strings.IndexAny(text, " \t")
	if i < 0 {
		return text, ""
	}
	return text[:i], strings.TrimSpace(text[i:])
}

func (p *holidayParser) country(rest string) {
	code, title := cutWord(rest)
	code = strings.ToUpper(code)
	switch {
	case !countryForm.MatchString(code):
		p.fail("“%s” is no country; write two letters, such as US", code)
	case p.list.Country != "":
		p.fail("the country is said a second time")
	default:
		p.list.Country, p.list.Title = code, cmp.Or(title, code)
	}
}

func (p *holidayParser) weekend(rest string) {
	if p.list.Weekend != nil {
		p.fail("the weekend is said a second time")
		return
	}
	days := []time.Weekday{}
	for _, word := range strings.Fields(strings.ToLower(strings.ReplaceAll(rest, ",", " "))) {
		i := slices.IndexFunc(weekdays, func(name string) bool { return name == word || name[:3] == word })
		if i < 0 {
			p.fail("“%s” is no day of the week", word)
			return
		}
		if !slices.Contains(days, time.Weekday(i)) {
			days = append(days, time.Weekday(i))
		}
	}
	if len(days) == 0 || len(days) > 6 {
		p.fail("a weekend has 1 to 6 days")
		return
	}
	p.list.Weekend = days
}

var weekdays = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

func (p *holidayParser) defaults(rest string) {
	switch strings.ToLower(rest) {
	case "yes":
		p.list.Defaults = true
	case "no":
		p.list.Defaults = false
	default:
		p.fail("“%s” is neither yes nor no", rest)
	}
}

// dates reads one date, or two with ".." between them, into a set of days.
func (p *holidayParser) dates(word, name string, into map[Date]string) {
	first, last, isRange := strings.Cut(word, "..")
	from, err := parseDate(first)
	to := from
	if err == nil && isRange {
		to, err = parseDate(last)
	}
	if err != nil {
		p.fail("“%s” is no date; write it as 2026-12-25, or two with .. between them", word)
		return
	}
	n := dayNumber(to) - dayNumber(from)
	if n < 0 || n >= maxHolidayRange {
		p.fail("“%s” ends before it begins, or is longer than %d days", word, maxHolidayRange)
		return
	}
	for i := range n + 1 {
		date := from.Add(i)
		if _, taken := into[date]; taken {
			p.fail("%s is named a second time", date)
			return
		}
		if other := p.other(date, into); other {
			p.fail("%s is both a holiday and a day that is worked", date)
			return
		}
		into[date] = name
	}
}

// other reports whether a date is in the set that is not being filled.
func (p *holidayParser) other(date Date, into map[Date]string) bool {
	_, holiday := p.list.Days[date]
	_, work := p.list.Work[date]
	_, here := into[date]
	return (holiday || work) && !here
}

func parseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1970 || t.Year() > 2200 {
		return Date{}, fmt.Errorf("date %q: %w", text, data.ErrInvalid)
	}
	return DateOf(t), nil
}

func dayNumber(d Date) int {
	return int(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// EncodeHolidays writes a list as ParseHolidays reads it, in the order of dates.
func EncodeHolidays(h Holidays) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "country %s %s\n", h.Country, oneLine(h.Title))
	if len(h.Weekend) > 0 {
		names := make([]string, len(h.Weekend))
		for i, day := range h.Weekend {
			names[i] = weekdays[day]
		}
		fmt.Fprintf(&out, "weekend %s\n", strings.Join(names, " "))
	}
	fmt.Fprintf(&out, "defaults %s\n", map[bool]string{true: "yes", false: "no"}[h.Defaults])
	for _, d := range sortedDates(h.Days) {
		fmt.Fprintf(&out, "%s %s\n", d, oneLine(h.Days[d]))
	}
	for _, d := range sortedDates(h.Work) {
		fmt.Fprintf(&out, "work %s %s\n", d, oneLine(h.Work[d]))
	}
	return out.Bytes()
}

// oneLine makes words fit on a line of a holiday list.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r == '#' || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)), " ")
}

func sortedDates(days map[Date]string) []Date {
	return slices.SortedFunc(maps.Keys(days), func(a, b Date) int { return cmp.Compare(dayNumber(a), dayNumber(b)) })
}
