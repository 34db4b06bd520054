package bundle

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"casebinder/assets"
	"casebinder/data"
)

// words are the labels of one language.
type words struct {
	language string
	labels   map[string]string
	names    display.Namer
}

// loadWords reads the labels of a language.
func loadWords(tag string) (*words, error) {
	if tag == "" {
		tag = "en"
	}
	raw, err := assets.FS.ReadFile("lang/bundle." + tag + ".json")
	if err != nil {
		return nil, ProblemCase.Wrap(err, "reason", "there are no labels in the language "+tag)
	}
	w := &words{language: tag}
	if err := json.Unmarshal(raw, &w.labels); err != nil {
		return nil, fmt.Errorf("reading the labels of %s: %w", tag, err)
	}
	parsed, err := language.Parse(tag)
	if err != nil {
		return nil, fmt.Errorf("reading the labels of %s: %w", tag, err)
	}
	w.names = display.Languages(parsed)
	return w, nil
}

// get gives a label with its {name} places filled. A key without a label shows
// itself; a test sees to it that there is none.
func (w *words) get(key string, args ...string) string {
	label, ok := w.labels[key]
	if !ok {
		return key
	}
	if len(args) == 0 {
		return label
	}
	m := make(map[string]string, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		m[args[i]] = args[i+1]
	}
	return data.FillWords(label, m)
}

// named gives the label of a value, or the value where the platform has one of its own.
func (w *words) named(prefix, value string) string {
	if label, ok := w.labels[prefix+value]; ok {
		return label
	}
	return value
}

func (w *words) kind(k data.EvidenceKind) string { return w.named("kind.", string(k)) }

func (w *words) section(s data.Section) string { return w.named("section.", string(s)) }

// languageName is the name of a language in the bundle's language.
func (w *words) languageName(tag string) string {
	parsed, err := language.Parse(tag)
	if err != nil || tag == "" {
		return tag
	}
	if name := w.names.Name(parsed); name != "" {
		return name
	}
	return tag
}

// clock prints times in one zone.
type clock struct{ zone *time.Location }

// full is a time with its distance from UTC; a day has neither.
func (c clock) full(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if day, ok := data.DayOf(t); ok {
		return day.String()
	}
	return t.In(c.zone).Format("2006-01-02 15:04 ") + c.offset(t)
}

// day is the date of a time.
func (c clock) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return data.FormatTime(t, c.zone, time.DateOnly, time.DateOnly)
}

// hour is the time of day with its distance from UTC; "" for a day.
func (c clock) hour(t time.Time) string {
	if data.IsDay(t) {
		return ""
	}
	return t.In(c.zone).Format("15:04 ") + c.offset(t)
}

// offset is the zone at a time as "UTC+8" or "UTC-3:30".
func (c clock) offset(t time.Time) string {
	_, seconds := t.In(c.zone).Zone()
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	if seconds == 0 {
		return "UTC"
	}
	s := "UTC" + sign + strconv.Itoa(seconds/3600)
	if m := seconds / 60 % 60; m != 0 {
		s += fmt.Sprintf(":%02d", m)
	}
	return s
}

// byteSize prints a size as people read it, to the byte below a kilobyte.
func byteSize(n int64) string {
	switch {
	case n < 1000:
		return strconv.FormatInt(n, 10) + " B"
	case n < 1_000_000:
		return tenths(n, 1000) + " kB"
	case n < 1_000_000_000:
		return tenths(n, 1_000_000) + " MB"
	}
	return tenths(n, 1_000_000_000) + " GB"
}

func tenths(n, unit int64) string {
	t := (n*10 + unit/2) / unit
	return strconv.FormatInt(t/10, 10) + "." + strconv.FormatInt(t%10, 10)
}

func itoa(n int) string { return strconv.Itoa(n) }

func pad(n int) string { return fmt.Sprintf("%03d", n) }

// oneLine makes one line of a text.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// cutRunes keeps at most n runes.
func cutRunes(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// excerpt is the beginning of a text, with a sign where it was cut.
func excerpt(s string, n int) string {
	// Fields of a million characters would be costly for 120 of them.
	s = oneLine(cutRunes(s, 8*n))
	if cut := cutRunes(s, n); cut != s {
		return strings.TrimSpace(cut) + " …"
	}
	return s
}
