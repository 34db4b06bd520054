package chat

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

// The orders in which a date of numbers may stand.
const (
	dayMonthYear = iota
	monthDayYear
	yearMonthDay
)

// date gives each message of a reading its time.
func (s *splitter) date(r *reading) {
	order := s.order(r.drafts)
	noYear, noTime := false, 0
	for i := range r.drafts {
		d := &r.drafts[i]
		noYear = noYear || d.when.lacksYear()
		if !s.resolve(d, order) {
			d.Precision = data.NoTime
			noTime++
		}
	}
	if noYear && !s.hints.ContextDate.IsZero() {
		s.findings = append(s.findings, foundYear.finding(data.Info, "day", s.hints.ContextDate.Format(time.DateOnly)))
	}
	if noTime > 0 {
		s.findings = append(s.findings, foundAgo.finding(data.Info, "n", noTime))
	}
}

// lacksYear reports whether a date is printed without its year.
func (w *when) lacksYear() bool {
	printed := w.hasDate && !w.ago && w.back < 0 && w.weekday == 0
	return printed && w.year == 0 && (!w.open || w.parts[2] == 0)
}

// resolve gives a message its time, in the zone that is printed or that of the
// hints; false where its day cannot be told.
func (s *splitter) resolve(d *draft, order int) bool {
	v := &d.when
	if v.ago || !v.hasDate && !v.hasTime {
		return false
	}
	year, month, day := s.day(v, order)
	if year == 0 {
		return false
	}
	at, turn := data.LocalTime(time.Date(year, month, day, v.hour, v.min, v.sec, 0, time.UTC), s.hints.Zone)
	d.At = at.In(s.hints.Zone)
	switch {
	case !v.hasTime:
		d.Precision = data.ToDay
	case v.hasOffset && v.offset != offsetOf(d.At):
		d.At = time.Date(year, month, day, v.hour, v.min, v.sec, 0, time.FixedZone("", v.offset))
	case turn != data.TurnNone && !v.hasOffset:
		s.findings = append(s.findings, foundZone.at(data.Warning, d.First))
	}
	return true
}

func offsetOf(t time.Time) int {
	_, offset := t.Zone()
	return offset
}

// today is the day of the hints.
func (s *splitter) today() time.Time {
	t := s.hints.ContextDate
	if t.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// day gives the day of a time; a year of 0 where it cannot be told.
func (s *splitter) day(v *when, order int) (int, time.Month, int) {
	today := s.today()
	switch {
	case v.back >= 0 && v.hasDate:
		if today.IsZero() {
			return 0, 0, 0
		}
		return today.AddDate(0, 0, -v.back).Date()
	case v.weekday > 0:
		if today.IsZero() {
			return 0, 0, 0
		}
		back := (int(today.Weekday()) - (v.weekday - 1) + 7) % 7
		if back == 0 {
			back = 7
		}
		return today.AddDate(0, 0, -back).Date()
	case !v.hasDate:
		if today.IsZero() {
			return 0, 0, 0
		}
		return today.Date()
	}
	year, month, day := v.year, v.month, v.day
	if v.open {
		year, month, day = ordered(v, order)
	}
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return 0, 0, 0
	}
	if year == 0 {
		year = s.lastYear(time.Month(month), day)
	}
	return year, time.Month(month), day
}

// lastYear is the year of the last such day before tomorrow.
func (s *splitter) lastYear(month time.Month, day int) int {
	today := s.today()
	if today.IsZero() {
		return 0
	}
	year := today.Year()
	if time.Date(year, month, day, 0, 0, 0, 0, time.UTC).After(today.AddDate(0, 0, 1)) {
		year--
	}
	return year
}

// ordered reads the numbers of a date in an order.
func ordered(v *when, order int) (year, month, day int) {
	p := v.parts
	switch {
	case order == yearMonthDay && !v.wide && p[2] != 0:
		return 2000 + p[0], p[1], p[2]
	case order == monthDayYear:
		year, month, day = p[2], p[0], p[1]
	default:
		year, month, day = p[2], p[1], p[0]
	}
	if !v.wide && year != 0 {
		year += 2000
	}
	return year, month, day
}

// order decides how the dates of numbers are to be read: by a number above 12, by
// what would lie in the future, by the way in which time runs through the chat,
// else by the habits of those who print dates so.
func (s *splitter) order(drafts []draft) int {
	var open []*when
	for i := range drafts {
		if v := &drafts[i].when; v.open {
			open = append(open, v)
		}
	}
	if len(open) == 0 {
		return dayMonthYear
	}
	possible := []int{}
	for _, o := range []int{dayMonthYear, monthDayYear, yearMonthDay} {
		if s.fits(open, o) {
			possible = append(possible, o)
		}
	}
	if len(possible) == 0 {
		return dayMonthYear
	}
	if len(possible) == 1 {
		return possible[0]
	}
	possible = s.smoothest(drafts, possible)
	if len(possible) == 1 {
		return possible[0]
	}
	habit, sure := s.habit(open[0])
	for _, o := range possible {
		if o != habit {
			continue
		}
		if !sure && s.differs(open, possible) {
			s.doubtOrder(open[0], habit)
		}
		return habit
	}
	s.doubtOrder(open[0], possible[0])
	return possible[0]
}

// fits reports whether all dates are days, and none lies in the future or long
// before all messengers.
func (s *splitter) fits(open []*when, order int) bool {
	limit := s.today()
	for _, v := range open {
		if order == yearMonthDay && (v.wide || v.parts[2] == 0) {
			return false
		}
		year, month, day := ordered(v, order)
		if !validDay(month, day) {
			return false
		}
		if year == 0 {
			continue
		}
		t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if t.Day() != day || year < 2009 || !limit.IsZero() && t.After(limit.AddDate(0, 0, 2)) {
			return false
		}
	}
	return true
}

// A run is how time runs through a chat in an order of day and month.
type run struct {
	order int
	turns int           // how often it changes between forward and back, at most
	span  time.Duration // from the oldest message to the newest
}

// smoothest keeps the orders in which time runs one way most steadily; of those
// whose steps differ greatly, the one with the smaller.
func (s *splitter) smoothest(drafts []draft, possible []int) []int {
	runs := make([]run, len(possible))
	for i, o := range possible {
		runs[i] = s.run(drafts, o)
	}
	fewest := slices.MinFunc(runs, func(a, b run) int { return cmp.Compare(a.turns, b.turns) }).turns
	runs = slices.DeleteFunc(runs, func(r run) bool { return r.turns != fewest })
	shortest := slices.MinFunc(runs, func(a, b run) int { return cmp.Compare(a.span, b.span) }).span
	var orders []int
	for _, r := range runs {
		// Days that follow each other in one order are months apart in the other. The
		// longest span there is, of dates with a year and without, has no sum.
		if r.span-shortest <= 20*24*time.Hour {
			orders = append(orders, r.order)
		}
	}
	return orders
}

// run follows time through a chat in an order.
func (s *splitter) run(drafts []draft, order int) run {
	up, down := 0, 0
	var low, high, last time.Time
	for i := range drafts {
		v := &drafts[i].when
		if !v.hasDate {
			continue
		}
		year, month, day := s.day(v, order)
		t := time.Date(year, month, day, v.hour, v.min, v.sec, 0, time.UTC)
		if last.IsZero() {
			low, high = t, t
		} else if t.After(last) {
			up++
		} else if t.Before(last) {
			down++
		}
		if t.Before(low) {
			low = t
		}
		if t.After(high) {
			high = t
		}
		last = t
	}
	return run{order, min(up, down), high.Sub(low)}
}

// habit is the order in which dates of such a form are mostly printed, and whether
// that is certain.
func (s *splitter) habit(v *when) (order int, sure bool) {
	switch {
	case v.sep == '.':
		return dayMonthYear, true
	case v.sep == '-':
		return dayMonthYear, false
	case v.sep == '/' && v.hasTime && !v.twelve:
		return dayMonthYear, false
	case v.sep == '/' && v.twelve && v.upper && !v.padded:
		return monthDayYear, false
	}
	if s.american() {
		return monthDayYear, false
	}
	return dayMonthYear, false
}

func (s *splitter) american() bool {
	country := data.ZoneCountry(s.hints.Zone.String())
	return country == "US" || strings.HasPrefix(s.hints.Zone.String(), "US/")
}

// differs reports whether the orders give other days at all.
func (s *splitter) differs(open []*when, possible []int) bool {
	for _, v := range open {
		y, m, d := ordered(v, possible[0])
		for _, o := range possible[1:] {
			if y2, m2, d2 := ordered(v, o); y != y2 || m != m2 || d != d2 {
				return true
			}
		}
	}
	return false
}

func (s *splitter) doubtOrder(v *when, taken int) {
	other := dayMonthYear
	if taken == dayMonthYear {
		other = monthDayYear
	}
	print := func(order int) string {
		year, month, day := s.day(v, order)
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	s.findings = append(s.findings, foundOrder.finding(data.Warning, "text", v.text, "first", print(taken), "second", print(other)))
}
