package gate

import (
	"strconv"
	"time"

	"casebinder/data"
)

// relative reads "tomorrow", "on Friday", "until the 28th", "by the end of the
// week".
func (s *subject) relative(text string, words []timeWord, today data.Day) []data.Day {
	next := false
	for _, w := range words {
		next = next || w.kind == wordNextWeek
	}
	for _, w := range words {
		switch w.kind {
		case wordAfter:
			return []data.Day{addDays(today, 2)}
		case wordTomorrow:
			return []data.Day{addDays(today, 1)}
		case wordToday:
			return []data.Day{today}
		case wordWeekday:
			return []data.Day{onWeekday(today, w.value, next)}
		case wordWeekEnd:
			return []data.Day{onWeekday(addDays(today, -1), 4, false)}
		case wordMonthEnd:
			return []data.Day{{Year: today.Year, Month: today.Month, Day: at(data.Day{Year: today.Year, Month: today.Month + 1}).Day()}}
		}
	}
	if next {
		return []data.Day{addDays(onWeekday(today, 0, false), 4)}
	}
	if m := ordinalDay.FindStringSubmatch(text); m != nil {
		for _, digits := range m[1:] {
			if d, ok := onDayOfMonth(today, digits); ok {
				return []data.Day{d}
			}
		}
	}
	return nil
}

// onWeekday is the next such day after today; in the next week where it is said
// so.
func onWeekday(today data.Day, monday int, nextWeek bool) data.Day {
	have := (int(at(today).Weekday()) + 6) % 7
	n := (monday - have + 7) % 7
	if n == 0 {
		n = 7
	}
	if nextWeek && monday > have {
		n += 7
	}
	return addDays(today, n)
}

func onDayOfMonth(today data.Day, digits string) (data.Day, bool) {
	day, err := strconv.Atoi(digits)
	if err != nil || day < 1 || day > 31 {
		return data.Day{}, false
	}
	for n := range 3 {
		first := time.Date(today.Year, today.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		d := data.Day{Year: first.Year(), Month: first.Month(), Day: day}
		if parsed, err := data.ParseDay(d.String()); err == nil && parsed == d && d.String() >= today.String() {
			return d, true
		}
	}
	return data.Day{}, false
}
