package service

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
	"casebinder/data/policy"
)

// Words are one text in the languages of the window, by BCP 47: "en", "zh-CN",
// "zh-TW".
type Words map[string]string

// In gives the text in a language; English where it has none.
func (w Words) In(language string) string {
	if text := w[language]; text != "" {
		return text
	}
	return w["en"]
}

// Occasion is a holiday, or another day that people keep.
type Occasion struct {
	ID    string // "" is none; "public" is one that the library names
	Title Words
	Day   data.Day
	Off   bool // a public holiday there
	Moves bool // settled by the sighting of the moon: a day earlier or later
	Greet bool // a usual time for good wishes
}

// publicHoliday is the ID of occasions that the library names.
const publicHoliday = "public"

// Text names the occasion for a window of a language. The language files hold the
// names of the library's holidays.
func (o Occasion) Text(language string) data.Text {
	if o.ID == publicHoliday {
		return pack.Text(o.Title.In("en"))
	}
	return data.Text{English: o.Title.In(language)}
}

// IsZero reports whether there is none.
func (o Occasion) IsZero() bool { return o.ID == "" }

// occasion is an entry of assets/service/holidays.toml.
type occasion struct {
	ID      string         `toml:"id"`
	Title   Words          `toml:"title"`
	Fixed   string         `toml:"fixed"` // month and day
	Dates   []string       `toml:"dates"`
	Sighted bool           `toml:"sighted"`
	Off     map[string]int `toml:"off"`
	Begin   map[string]int `toml:"begin"`
	Greet   []string       `toml:"greet"`
}

type occasionFile struct {
	Occasions []occasion `toml:"occasion"`
}

var occasionKind = pack.Kind[occasionFile]{ID: func(*occasionFile) string { return "holidays" }, Check: (*occasionFile).check}

func (f *occasionFile) check(r *pack.Report) {
	for i, o := range f.Occasions {
		at := pack.At("occasion", i)
		checkWords(r, at.Word("title"), "occasion "+o.ID, o.Title)
		if (o.Fixed == "") == (len(o.Dates) == 0) {
			r.Fail(at, "occasion %s needs a fixed day or a list of dates, and not both", o.ID)
		}
		for _, d := range o.days(2028) { // a leap year
			if _, err := data.ParseDay(d); err != nil {
				r.Fail(at, "occasion %s: %s is not a day", o.ID, d)
			}
		}
	}
}

// days are its days, a fixed one that of a year.
func (o occasion) days(year int) []string {
	if o.Fixed == "" {
		return o.Dates
	}
	return []string{time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006") + "-" + o.Fixed}
}

// checkWords tells in which languages of the window a text is missing.
func checkWords(r *pack.Report, at pack.Place, what string, w Words) {
	for _, language := range []string{"en", "zh-CN", "zh-TW"} {
		if strings.TrimSpace(w[language]) == "" {
			r.Fail(at, "%s has no words in %s", what, language)
		}
	}
	if len(w) > 3 {
		r.Fail(at, "%s has words in a language that the window has not", what)
	}
}

var occasions = sync.OnceValues(func() ([]occasion, error) {
	f, err := readOne(occasionKind, "service/holidays.toml")
	if err != nil {
		return nil, err
	}
	return f.Occasions, nil
})

// readOne reads one built-in file.
func readOne[T any](kind pack.Kind[T], name string) (*T, error) {
	text, err := assets.FS.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return kind.Decode(name, text)
}

// HolidayOn gives the public holiday that a country keeps on a day, and whether
// its holidays of that year are known at all.
func HolidayOn(country string, day data.Day) (found Occasion, known bool) {
	country = Country(country)
	if slices.Contains(policy.HolidayCountries(), country) {
		name, ok := policy.BuiltInHolidays(country, day.Year)[policy.Date{Year: day.Year, Month: day.Month, Day: day.Day}]
		if ok {
			return Occasion{ID: publicHoliday, Title: Words{"en": policy.HolidayText(name).English}, Day: day, Off: true}, true
		}
		return Occasion{}, true
	}
	all, err := occasions()
	if err != nil { // a test reads the list: it cannot fail at work
		return Occasion{}, false
	}
	fixed, dated, listed := false, false, false
	for i := range all {
		o := &all[i]
		n := o.Off[country]
		if n == 0 {
			continue
		}
		fixed, dated = fixed || o.Fixed != "", dated || o.Fixed == ""
		listed = listed || o.listed(day.Year)
		if o.lasts(country, day, n) {
			found = o.on(country, day)
		}
	}
	return found, listed || fixed && !dated
}

// listed reports whether the days of another calendar are known for a year.
func (o *occasion) listed(year int) bool {
	return slices.ContainsFunc(o.Dates, func(d string) bool {
		day, err := data.ParseDay(d)
		return err == nil && day.Year == year
	})
}

// lasts reports whether a day is one of the n days of the occasion in a country.
func (o *occasion) lasts(country string, day data.Day, n int) bool {
	at := time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC)
	for _, text := range o.days(day.Year) {
		first, err := time.Parse(time.DateOnly, text)
		if err != nil {
			continue
		}
		first = first.AddDate(0, 0, o.Begin[country])
		if !at.Before(first) && at.Before(first.AddDate(0, 0, n)) {
			return true
		}
	}
	return false
}

func (o *occasion) on(country string, day data.Day) Occasion {
	return Occasion{ID: o.ID, Title: o.Title, Day: day, Off: o.Off[country] > 0, Moves: o.Sighted, Greet: slices.Contains(o.Greet, country)}
}

// Greetings gives the occasions for good wishes in a country from a day on, for
// some days, the next first.
func Greetings(country string, from data.Day, days int) []Occasion {
	all, err := occasions()
	if err != nil {
		return nil
	}
	country = Country(country)
	begin := time.Date(from.Year, from.Month, from.Day, 0, 0, 0, 0, time.UTC)
	var list []Occasion
	for i := range all {
		o := &all[i]
		if !slices.Contains(o.Greet, country) {
			continue
		}
		for _, text := range slices.Concat(o.days(from.Year), o.days(from.Year+1)) {
			at, err := time.Parse(time.DateOnly, text)
			if err != nil || at.Before(begin) || !at.Before(begin.AddDate(0, 0, days)) {
				continue
			}
			list = append(list, o.on(country, data.OnDay(at)))
			break
		}
	}
	slices.SortStableFunc(list, func(a, b Occasion) int { return strings.Compare(a.Day.String(), b.Day.String()) })
	return list
}

// OccasionCountries lists the countries of which this package knows holidays.
func OccasionCountries() []string {
	all, err := occasions()
	if err != nil {
		return nil
	}
	set := map[string]bool{}
	for _, c := range policy.HolidayCountries() {
		set[c] = true
	}
	for _, o := range all {
		for c, n := range o.Off {
			if n > 0 {
				set[c] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func upper(s string) string { return strings.ToUpper(strings.TrimSpace(s)) }
