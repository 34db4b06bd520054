package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// Number writes a whole number with separators between thousands: "128,402".
func Number(n int64) string { return group(strconv.FormatInt(n, 10)) }

// group puts commas between the thousands of a decimal number.
func group(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	whole, fraction, has := strings.Cut(digits, ".")
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	if has {
		return sign + b.String() + "." + fraction
	}
	return sign + b.String()
}

// Money writes an amount with its currency: "USD 1,245.99"; "" when unknown.
func Money(m data.Money) string {
	if m.IsZero() {
		return ""
	}
	return strings.TrimSpace(m.Currency + " " + group(m.Decimal()))
}

// Bytes writes a size: "3.4 MB". One MB is 1,000,000 bytes, as platforms count.
func Bytes(n int64) string {
	switch {
	case n < 1000:
		return T("bytes.b", "n", n)
	case n < 1_000_000:
		return T("bytes.kb", "n", strconv.FormatFloat(float64(n)/1e3, 'f', 0, 64))
	case n < 1_000_000_000:
		return T("bytes.mb", "n", strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64))
	}
	return T("bytes.gb", "n", strconv.FormatFloat(float64(n)/1e9, 'f', 2, 64))
}

// location loads a zone; "" and unknown ones are this computer's.
func location(zone string) *time.Location {
	if zone == "" {
		return time.Local
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// Time writes a moment short, in a zone: "21 Nov 14:02", with the year where it
// is another than now's. What is a day alone has no hour. Its tooltip should be
// TimeFull. "" for the zero time.
func Time(t time.Time, zone string, now time.Time) string {
	if t.IsZero() || data.IsDay(t) {
		return Day(t, zone, now)
	}
	return Day(t, zone, now) + t.In(location(zone)).Format(" 15:04")
}

// Brief writes a moment for a narrow column: "21 Nov 14:02", of another year the
// day alone. Its tooltip should be TimeFull.
func Brief(t time.Time, zone string, now time.Time) string {
	if t.IsZero() || t.In(location(zone)).Year() == now.In(location(zone)).Year() {
		return Time(t, zone, now)
	}
	return Day(t, zone, now)
}

// Day writes the day of a moment: "21 Nov", with the year where it is another
// than now's. "" for the zero time.
func Day(t time.Time, zone string, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t, now = t.In(location(zone)), now.In(location(zone))
	if day, ok := data.DayOf(t); ok {
		t = time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, t.Location())
	}
	if Language() == English {
		if t.Year() == now.Year() {
			return t.Format("2 Jan")
		}
		return t.Format("2 Jan 2006")
	}
	if t.Year() == now.Year() {
		return fmt.Sprintf("%d月%d日", int(t.Month()), t.Day())
	}
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// Month writes a month: "November 2026".
func Month(year int, month time.Month) string {
	if Language() == English {
		return fmt.Sprintf("%s %d", month, year)
	}
	return fmt.Sprintf("%d年%d月", year, int(month))
}

// WeekStart is the day with which a calendar of the language begins: Sunday in the
// United States and in Taiwan, Monday on the mainland.
func WeekStart() time.Weekday {
	if Language() == Simplified {
		return time.Monday
	}
	return time.Sunday
}

// WeekdayShort names a day of the week in a narrow column: "Mon".
func WeekdayShort(d time.Weekday) string {
	return T("weekday.short." + strings.ToLower(d.String()))
}

// TimeFull writes a moment in full with its zone: "2026-11-21 14:02:05
// Asia/Shanghai (UTC+08:00)"; a full minute without seconds, what is a day alone
// without an hour.
func TimeFull(t time.Time, zone string) string {
	if t.IsZero() {
		return ""
	}
	instant := "2006-01-02 15:04:05"
	if t.Second() == 0 {
		instant = "2006-01-02 15:04"
	}
	return data.FormatTime(t, location(zone), time.DateOnly, instant) + " " + ZoneTitle(zone, t)
}

// TimeBoth writes a moment in full in a zone, and behind it what this computer's clock
// shows then where that is another: a list shows all dates by one clock.
func TimeBoth(t time.Time, zone string) string {
	full := TimeFull(t, zone)
	if t.IsZero() || data.IsDay(t) {
		return full
	}
	here, there := t.In(time.Local).Format("2006-01-02 15:04"), t.In(location(zone)).Format("2006-01-02 15:04")
	if here == there {
		return full
	}
	return T("time.both", "there", full, "here", here)
}

// ZoneTitle names a zone with its offset at a moment: "Asia/Shanghai
// (UTC+08:00)".
func ZoneTitle(zone string, at time.Time) string {
	at = at.In(location(zone))
	if zone == "" || zone == time.Local.String() {
		return T("zone.local") + " (UTC" + at.Format("-07:00") + ")"
	}
	return zone + " (UTC" + at.Format("-07:00") + ")"
}

// Left says how far a due date is: "9 h left", "overdue 5 h". "" when there is
// none.
func Left(due, now time.Time) string {
	if due.IsZero() {
		return ""
	}
	left := due.Sub(now)
	if left < 0 {
		return T("left.overdue", "span", Span(-left))
	}
	return T("left.left", "span", Span(left))
}

// Ago says how long ago something was: "2 h ago".
func Ago(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	past := now.Sub(t)
	if past < time.Minute {
		return T("ago.now")
	}
	return T("ago.ago", "span", Span(past))
}

// Span writes a length of time with at most two units: "1 d 4 h", "40 min".
func Span(d time.Duration) string {
	minutes := int(d / time.Minute)
	days, hours := minutes/(24*60), minutes/60%24
	switch {
	case days >= 3 || (days > 0 && hours == 0):
		return T("span.d", "d", days)
	case days > 0:
		return T("span.dh", "d", days, "h", hours)
	case minutes >= 60:
		return T("span.h", "h", minutes/60)
	}
	return T("span.min", "min", max(minutes, 1))
}
