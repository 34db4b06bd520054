package importer

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// dateOrder is how three numbers with the year last are read.
type dateOrder uint8

const (
	orderUnknown dateOrder = iota
	dayFirst
	monthFirst
)

// parsedDate is what a text says.
type parsedDate struct {
	at        time.Time
	ambiguous bool // day and month could be swapped, and the order is not known
	timed     bool // a time of day was given
	zone      *time.Location
}

// dateReader reads the dates of one column.
type dateReader struct {
	layouts []string
	months  map[string]string // lower case to "Jan"
	order   dateOrder
	zone    *time.Location // of times without one
	date04  bool           // a sheet counts days from 1904

	lastText string
	lastZone *time.Location
	last     parsedDate
	lastOK   bool
}

// endOfDay is the last second of the day that a date alone names.
func (p parsedDate) endOfDay() time.Time {
	y, m, d := p.at.In(p.zone).Date()
	return time.Date(y, m, d, 23, 59, 59, 0, p.zone).UTC()
}

// nothing reports whether a cell says that there is no value.
func nothing(text string) bool {
	switch len(text) {
	case 0:
		return true
	case 1, 2, 3, 4:
		switch text {
		case "-", "--", "—", "N/A", "n/a", "NA", "null", "NULL", "None", "none", "/":
			return true
		}
	case 10, 19:
		return strings.HasPrefix(text, "0000-00-00")
	}
	return false
}

// read reads a date. Zone, when it is not nil, stands for the column's. ok is
// false for what is no date or a day that does not exist.
func (d *dateReader) read(text string, k kind, zone *time.Location) (parsedDate, bool) {
	if zone == nil {
		zone = d.zone
	}
	if k != kindText {
		return d.serial(text, zone)
	}
	if text == d.lastText && zone == d.lastZone {
		return d.last, d.lastOK
	}
	p, ok := d.parse(text, zone)
	d.lastText, d.lastZone, d.last, d.lastOK = text, zone, p, ok
	return p, ok
}

// serial reads a sheet's day number.
func (d *dateReader) serial(text string, zone *time.Location) (parsedDate, bool) {
	days, err := strconv.ParseFloat(text, 64)
	if d.date04 {
		days += 1462
	}
	if err != nil || days < 32874 || days >= 73051 { // 1990 to 2099
		return parsedDate{}, false
	}
	seconds := math.Round(days * 86400)
	at := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(seconds) * time.Second)
	y, m, day := at.Date()
	local := time.Date(y, m, day, at.Hour(), at.Minute(), at.Second(), 0, zone)
	return parsedDate{at: local.UTC(), timed: days != math.Trunc(days), zone: zone}, true
}

func (d *dateReader) parse(text string, zone *time.Location) (parsedDate, bool) {
	if len(text) > 80 {
		return parsedDate{}, false
	}
	for _, layout := range d.layouts {
		if at, err := time.ParseInLocation(layout, d.english(text), zone); err == nil {
			if strings.Contains(layout, "MST") && !certainZone(at) {
				break
			}
			if y := at.Year(); y < 1990 || y > 2099 {
				return parsedDate{}, false
			}
			return parsedDate{at: at.UTC(), timed: strings.Contains(layout, "04"), zone: at.Location()}, true
		}
	}
	s := dateScan{rest: text, months: d.months, order: d.order}
	if !s.date() || !s.clock() {
		return parsedDate{}, false
	}
	loc, ok := zoneOf(strings.TrimSpace(s.rest), zone, s.at(time.UTC))
	if !ok {
		return parsedDate{}, false
	}
	at := s.at(loc)
	return parsedDate{at: at.UTC(), ambiguous: s.ambiguous, timed: s.timed, zone: loc}, true
}

// english puts English month names in the place of the preset's others.
func (d *dateReader) english(text string) string {
	if len(d.months) == 0 {
		return text
	}
	start := strings.IndexFunc(text, unicode.IsLetter)
	if start < 0 {
		return text
	}
	end := start
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsLetter(r) {
			break
		}
		end += n
	}
	if month, ok := d.months[strings.ToLower(text[start:end])]; ok {
		return text[:start] + month + text[end:]
	}
	return text
}

// certainZone reports whether package time knew the abbreviation that a text
// ends in; an unknown one is read as UTC, which would be a guess.
func certainZone(at time.Time) bool {
	name, offset := at.Zone()
	return offset != 0 || name == "UTC" || name == "GMT"
}

// dateScan reads the general forms of a date from left to right.
type dateScan struct {
	rest      string
	months    map[string]string
	order     dateOrder
	ambiguous bool
	timed     bool

	year, day, hour, min, sec, nano int
	month                           time.Month
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
		if !unicode.IsLetter(r) {
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
		case ' ', '\u00A0', '\u202F':
		case '-', '/', '.', ',', '年', '月', '日':
			if sign == 0 {
				sign = r
			}
		default:
			return sign
		}
		s.rest = s.rest[n:]
	}
}

var englishMonths = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11,
	"dec": 12, "january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8, "september": 9,
	"october": 10, "november": 11, "december": 12,
}

func (s *dateScan) named(word string) (time.Month, bool) {
	word = strings.ToLower(word)
	if english, ok := s.months[word]; ok {
		word = strings.ToLower(english)
	}
	m, ok := englishMonths[word]
	return m, ok
}

// date reads the day and checks that it exists.
func (s *dateScan) date() bool {
	s.rest = strings.TrimSpace(s.rest)
	ok := false
	if len(s.rest) > 0 && (s.rest[0] < '0' || s.rest[0] > '9') {
		ok = s.monthNamed()
	} else {
		ok = s.numeric()
	}
	if !ok || s.year < 1990 || s.year > 2099 || s.month < 1 || s.month > 12 || s.day < 1 {
		return false
	}
	return time.Date(s.year, s.month, s.day, 0, 0, 0, 0, time.UTC).Day() == s.day
}

// monthNamed reads "Jul-21-25" and "July 21, 2025".
func (s *dateScan) monthNamed() bool {
	var ok bool
	if s.month, ok = s.named(s.word()); !ok {
		return false
	}
	s.gap()
	var width int
	if s.day, width = s.number(2); width == 0 {
		return false
	}
	if sign := s.gap(); sign == 0 && s.rest == "" {
		return false
	}
	s.year, width = s.number(4)
	return s.century(width)
}

func (s *dateScan) century(width int) bool {
	if width == 2 {
		s.year += 2000
	}
	return width == 2 || width == 4
}

func (s *dateScan) numeric() bool {
	one, width := s.number(8)
	if width == 8 { // 20250721
		s.year, s.month, s.day = one/10000, time.Month(one/100%100), one%100
		return s.rest == "" || s.rest[0] == ' ' || s.rest[0] == 'T'
	}
	sign := s.gap()
	if width == 4 { // 2025-07-21, 2025年7月21日
		s.year = one
		m, wm := s.number(2)
		between := s.gap()
		d, wd := s.number(2)
		s.rest = strings.TrimPrefix(s.rest, "日")
		s.month, s.day = time.Month(m), d
		return wm > 0 && wd > 0 && sign != 0 && sign != ',' && between != 0
	}
	if width == 0 || width > 2 {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(s.rest); unicode.IsLetter(r) { // 21-Jul-25, 5 Jan 2026
		var ok bool
		if s.month, ok = s.named(s.word()); !ok {
			return false
		}
		s.day = one
		s.gap()
		s.year, width = s.number(4)
		return s.century(width)
	}
	two, w2 := s.number(2)
	second := s.gap()
	s.year, width = s.number(4)
	if w2 == 0 || sign != second || sign != '/' && sign != '-' && sign != '.' || !s.century(width) {
		return false
	}
	return s.swap(one, two, sign)
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

// clock reads the time of day, when there is one.
func (s *dateScan) clock() bool {
	trimmed := strings.TrimLeft(s.rest, " ,\u00A0\u202F")
	if strings.HasPrefix(trimmed, "T") && len(trimmed) > 1 && trimmed[1] >= '0' && trimmed[1] <= '9' {
		trimmed = trimmed[1:]
	}
	trimmed = strings.TrimPrefix(trimmed, "at ")
	if trimmed == "" || trimmed[0] < '0' || trimmed[0] > '9' {
		s.rest = trimmed
		return true
	}
	if trimmed == s.rest {
		return false // digits right behind the date
	}
	s.rest, s.timed = trimmed, true
	var w int
	if s.hour, w = s.number(2); w == 0 || !s.colon() {
		return false
	}
	if s.min, w = s.number(2); w != 2 {
		return false
	}
	if s.colon() {
		if s.sec, w = s.number(2); w != 2 {
			return false
		}
		s.fraction()
	}
	if !s.halves() {
		return false
	}
	return s.hour < 24 && s.min < 60 && s.sec < 60
}

func (s *dateScan) colon() bool {
	if strings.HasPrefix(s.rest, ":") {
		s.rest = s.rest[1:]
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

// halves reads AM and PM.
func (s *dateScan) halves() bool {
	rest := strings.TrimLeft(s.rest, " \u00A0\u202F")
	if len(rest) < 2 || len(rest) > 2 && rest[2] != ' ' {
		return true
	}
	switch strings.ToUpper(rest[:2]) {
	case "AM":
		if s.hour == 12 {
			s.hour = 0
		} else if s.hour > 12 || s.hour == 0 {
			return false
		}
	case "PM":
		if s.hour == 0 {
			return false
		}
		if s.hour < 12 {
			s.hour += 12
		}
	default:
		return true
	}
	s.rest = rest[2:]
	return true
}

// abbreviations are the zone names that mean one offset on every platform, in
// minutes east of Greenwich. CST, IST and their like mean several: those are
// taken only when the shop's own zone calls itself so.
var abbreviations = map[string]int{
	"Z": 0, "UTC": 0, "GMT": 0, "PST": -480, "PDT": -420, "MDT": -360, "EST": -300, "EDT": -240, "CDT": -300,
	"CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "EET": 120, "EEST": 180, "BST": 60, "WET": 0, "WEST": 60, "MSK": 180,
	"JST": 540, "KST": 540, "HKT": 480, "SGT": 480, "AEST": 600, "AEDT": 660, "ACST": 570, "AWST": 480, "NZST": 720, "NZDT": 780,
}

// zoneOf reads a zone: "", "Z", "+0800", "GMT+08:00", "PDT", "Asia/Shanghai".
// It gives fallback for "". Near is the time without its zone.
func zoneOf(text string, fallback *time.Location, near time.Time) (*time.Location, bool) {
	if text == "" {
		return fallback, true
	}
	text = strings.TrimSuffix(strings.TrimPrefix(text, "("), ")")
	name := strings.ToUpper(text)
	if minutes, ok := abbreviations[name]; ok {
		return fixed(minutes), true
	}
	at := time.Date(near.Year(), near.Month(), near.Day(), near.Hour(), near.Minute(), 0, 0, fallback)
	if own, _ := at.Zone(); own == name {
		return fallback, true
	}
	if i := strings.IndexAny(name, "+-"); i == 0 || i == 3 && (name[:3] == "GMT" || name[:3] == "UTC") {
		return offset(name[i:])
	}
	if strings.Contains(text, "/") && len(text) < 40 && !strings.Contains(text, "..") {
		if loc, err := time.LoadLocation(text); err == nil {
			return loc, true
		}
	}
	return nil, false
}

// offset reads "+08:00", "+0800", "+8".
func offset(text string) (*time.Location, bool) {
	digits := strings.ReplaceAll(text[1:], ":", "")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 {
		return nil, false
	}
	minutes := n/100*60 + n%100
	if len(digits) <= 2 {
		minutes = n * 60
	}
	if len(digits) > 4 || n%100 > 59 && len(digits) > 2 || minutes > 14*60 {
		return nil, false
	}
	if text[0] == '-' {
		minutes = -minutes
	}
	return fixed(minutes), true
}

func fixed(minutes int) *time.Location {
	if minutes == 0 {
		return time.UTC
	}
	return time.FixedZone("", minutes*60)
}
