package statement

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"casebinder/data"
)

// formats say how a language writes dates, amounts and quotations.
type formats struct {
	Date   string            `toml:"date"`   // with {d} {month} {m} {y}
	Months []string          `toml:"months"` // twelve; none where dates are digits
	First  string            `toml:"first"`  // how the first day of a month is written, if not "1"
	Day    string            `toml:"day"`    // a date with its zone, with {date} {zone}
	Moment string            `toml:"moment"` // a time of a day, with {date} {time} {zone}
	Amount string            `toml:"amount"` // with {code} {number}
	Own    map[string]string `toml:"own"`    // by code: amounts of the currencies whose sign readers of the language cannot mistake, with {number}
	Point  string            `toml:"point"`  // before decimals
	Group  string            `toml:"group"`  // between thousands
	List   string            `toml:"list"`   // between items
	And    string            `toml:"and"`    // before the last of a list of words
	Times  string            `toml:"times"`  // quantity and title, with {n} {title}
	Aside  string            `toml:"aside"`  // a variation, with {text}
	More   string            `toml:"more"`   // items that are left out of a list, with {n}
	Copied string            `toml:"copied"` // of a carrier's entry that the seller copied by hand
}

// offset is the zone at a time: "UTC+8", "UTC-3:30", "UTC".
func offset(t time.Time) string {
	_, seconds := t.Zone()
	if seconds == 0 {
		return "UTC"
	}
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	out := "UTC" + sign + strconv.Itoa(seconds/3600)
	if m := seconds / 60 % 60; m != 0 {
		out += fmt.Sprintf(":%02d", m)
	}
	return out
}

// moment writes a time with its zone. A time at midnight sharp is a date
// whose hour nobody told.
func (f *formats) moment(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	if data.IsDay(t) {
		return f.day(t, zone)
	}
	t = t.In(zone)
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return f.day(t, zone)
	}
	return data.FillWords(f.Moment, map[string]string{"date": f.date(t), "time": t.Format("15:04"), "zone": offset(t)})
}

// day writes a date with its zone.
func (f *formats) day(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	at := t.In(zone)
	if day, ok := data.DayOf(t); ok {
		at = day.Begin(zone).In(zone)
	}
	return data.FillWords(f.Day, map[string]string{"date": f.date(at), "zone": offset(at)})
}

func (f *formats) date(t time.Time) string {
	month, day := "", strconv.Itoa(t.Day())
	if len(f.Months) == 12 {
		month = f.Months[t.Month()-1]
	}
	if t.Day() == 1 && f.First != "" {
		day = f.First
	}
	return data.FillWords(f.Date, map[string]string{"d": day, "month": month, "m": strconv.Itoa(int(t.Month())), "y": strconv.Itoa(t.Year())})
}

// money writes an amount exactly, with its ISO code, or with the sign that the
// language's own readers use for their currency: nobody can misread it.
func (f *formats) money(m data.Money) string {
	if m.IsZero() {
		return ""
	}
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(m.Decimal(), "-"), ".")
	var b strings.Builder
	if m.Minor < 0 {
		b.WriteByte('-')
	}
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(f.Group)
		}
		b.WriteRune(c)
	}
	if fraction != "" {
		b.WriteString(f.Point + fraction)
	}
	if m.Currency == "" {
		return b.String()
	}
	if own := f.Own[m.Currency]; own != "" {
		return data.FillWords(own, map[string]string{"number": b.String()})
	}
	return data.FillWords(f.Amount, map[string]string{"code": m.Currency, "number": b.String()})
}

// item writes one line of an order.
func (f *formats) item(i data.Item) string {
	title := clip(i.Title, 80)
	if v := oneLine(i.Variation); v != "" && title != "" {
		title += data.FillWords(f.Aside, map[string]string{"text": clip(v, 60)})
	}
	if i.Quantity <= 1 || title == "" {
		return title
	}
	return data.FillWords(f.Times, map[string]string{"n": strconv.FormatInt(i.Quantity, 10), "title": title})
}

// maxListed is how many items a sentence names.
const maxListed = 3

// items writes the lines of an order, the first few by name.
func (f *formats) items(list []data.Item) string {
	var parts []string
	for _, i := range list {
		if t := f.item(i); t != "" {
			parts = append(parts, t)
		}
	}
	if left := len(parts) - maxListed; left > 0 {
		parts = append(parts[:maxListed], data.FillWords(f.More, map[string]string{"n": strconv.Itoa(left)}))
	}
	return strings.Join(parts, f.List)
}

// join writes words as a list with "and" before the last.
func (f *formats) join(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], f.List) + f.And + words[last]
}

// The spaces at which no line breaks, and which French, Polish and Russian
// write in numbers and before marks.
const noBreak, narrowNoBreak = '\u00A0', '\u202F'

// oneLine makes one clean line of what a person or a platform wrote: control
// characters and marks that turn the direction of what follows are dropped.
func oneLine(s string) string {
	return ownLine(strings.Map(func(r rune) rune {
		if r == noBreak || r == narrowNoBreak {
			return ' '
		}
		return r
	}, s))
}

// ownLine makes one clean line of the program's own words, whose no-break
// spaces stay.
func ownLine(s string) string {
	blank := func(r rune) bool { return unicode.IsSpace(r) && r != noBreak && r != narrowNoBreak }
	s = strings.Map(func(r rune) rune {
		switch {
		case blank(r):
			return ' '
		case unicode.IsControl(r), r == 0xFEFF, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(s, blank), " "))
}

// clip makes one line of at most n runes, with a sign where it was cut.
func clip(s string, n int) string {
	for i := range s {
		if i > 16*n { // a field of a million characters is not read to its end
			s = s[:i]
			break
		}
	}
	runes := []rune(oneLine(s))
	if len(runes) <= n {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}
