package policy

import (
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ar"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/ee"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fi"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/hu"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/mx"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/pt"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/th"
	"github.com/rickar/cal/v2/ua"
	"github.com/rickar/cal/v2/us"
	"github.com/rickar/cal/v2/za"
)

// libraryHolidays are the countries whose national holidays the library holds.
// Regions of a country, and countries that are missing here (China, Singapore,
// Malaysia ...), need the user's own list.
var libraryHolidays = map[string][]*cal.Holiday{
	"AR": ar.Holidays, "AT": at.Holidays, "AU": australia(), "BE": be.Holidays, "BG": bg.Holidays, "BR": br.Holidays,
	"CA": ca.Holidays, "CH": ch.Holidays, "CZ": cz.Holidays, "DE": de.Holidays, "DK": dk.Holidays, "EE": ee.Holidays,
	"ES": es.Holidays, "FI": fi.Holidays, "FR": fr.Holidays, "GB": gb.Holidays, "GR": gr.Holidays, "HR": hr.Holidays,
	"HU": hu.Holidays, "IE": ie.Holidays, "IT": it.Holidays, "JP": jp.Holidays, "LT": lt.Holidays, "LV": lv.Holidays,
	"MX": mx.Holidays, "NL": nl.Holidays, "NO": no.Holidays, "NZ": nz.Holidays, "PL": pl.Holidays, "PT": pt.Holidays,
	"RO": ro.Holidays, "SE": se.Holidays, "SI": si.Holidays, "SK": sk.Holidays, "TH": th.Holidays, "UA": ua.Holidays,
	"US": us.Holidays, "ZA": za.Holidays,
}

// partial are holidays that a part of a country alone keeps: its nations,
// provinces, states or Länder. They are counted as business days, so that a date
// is the earlier one, and the reason of a date names them.
var partial = map[string][]*cal.Holiday{
	"GB": {
		monday("2 January (Scotland)", time.January, 2), monday("St Patrick's Day (Northern Ireland)", time.March, 17),
		monday("Battle of the Boyne (Northern Ireland)", time.July, 12), gb.SummerHolidayScotland, monday("St Andrew's Day (Scotland)", time.November, 30),
	},
	"CA": {
		{Name: "Family Day, Louis Riel Day, Islander Day or Heritage Day (most provinces)", Month: time.February, Weekday: time.Monday, Offset: 3, Func: cal.CalcWeekdayOffset},
		monday("National Indigenous Peoples Day (territories)", time.June, 21), monday("Fête nationale (Québec)", time.June, 24),
	},
	"DE": others(de.Holidays, de.HolidaysBW, de.HolidaysBY, de.HolidaysBE, de.HolidaysBB, de.HolidaysHB, de.HolidaysHH, de.HolidaysHE, de.HolidaysMV,
		de.HolidaysNI, de.HolidaysNW, de.HolidaysRP, de.HolidaysSL, de.HolidaysSN, de.HolidaysST, de.HolidaysSH, de.HolidaysTH),
	"AU": others(australia(), au.HolidaysACT, au.HolidaysNSW, au.HolidaysNT, au.HolidaysQLD, au.HolidaysSA, au.HolidaysTAS, au.HolidaysVIC, au.HolidaysWA),
}

// monday is a holiday that moves to the Monday when it falls on a weekend.
func monday(name string, month time.Month, day int) *cal.Holiday {
	return &cal.Holiday{
		Name: name, Month: month, Day: day, Func: cal.CalcDayOfMonth,
		Observed: []cal.AltDay{{Day: time.Saturday, Offset: 2}, {Day: time.Sunday, Offset: 1}},
	}
}

// others gives the holidays of parts of a country that are not those of all.
func others(all []*cal.Holiday, parts ...[]*cal.Holiday) []*cal.Holiday {
	var out []*cal.Holiday
	for _, h := range slices.Concat(parts...) {
		if !slices.Contains(all, h) && !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	return out
}

// The years for which the library's holidays are worked out.
const firstYear, lastYear = 2010, 2060

// australia gives the holidays that all states and territories keep.
func australia() []*cal.Holiday {
	others := [][]*cal.Holiday{au.HolidaysACT, au.HolidaysNT, au.HolidaysQLD, au.HolidaysSA, au.HolidaysTAS, au.HolidaysVIC, au.HolidaysWA}
	var all []*cal.Holiday
	for _, h := range au.HolidaysNSW {
		if !slices.ContainsFunc(others, func(state []*cal.Holiday) bool { return !slices.Contains(state, h) }) {
			all = append(all, h)
		}
	}
	return all
}

// HolidayCountries lists the countries whose holidays are built in.
func HolidayCountries() []string { return slices.Sorted(maps.Keys(libraryHolidays)) }

// partly are holidays among a country's own list of the library that a part of it
// alone keeps: in the United Kingdom, Scotland has neither; in Canada, they are no
// general holidays of every province.
var partly = map[string][]string{
	"GB": {"Easter Monday", "Summer Bank Holiday"},
	"CA": {"Easter Monday", "Civic/Provincial Day", "National Day for Truth and Reconciliation", "Remembrance Day", "Boxing Day"},
}

// BuiltInHolidays gives the holidays of a country in one year, by the day on
// which they are observed. It is empty when the country is not known.
func BuiltInHolidays(country string, year int) map[Date]string {
	sure, _ := builtInHolidays(country, year)
	return sure
}

// builtInHolidays gives the holidays of a year, and apart from them the days
// that some keep and some do not: those of a part of the country, and the Friday
// before a holiday that falls on a Saturday.
func builtInHolidays(country string, year int) (sure, doubt map[Date]string) {
	sure, doubt = map[Date]string{}, map[Date]string{}
	for _, h := range libraryHolidays[country] {
		for y := year - 1; y <= year+1; y++ { // New Year's Day may be observed in December
			actual, observed := h.Calc(y)
			switch {
			case observed.IsZero() || observed.Year() != year:
			case slices.Contains(partly[country], h.Name), actual.Weekday() == time.Saturday && observed.Before(actual):
				doubt[DateOf(observed)] = h.Name
			default:
				sure[DateOf(observed)] = h.Name
			}
		}
	}
	for _, h := range partial[country] {
		if _, observed := h.Calc(year); !observed.IsZero() {
			doubt[DateOf(observed)] = h.Name
		}
	}
	return sure, doubt
}

// weekends are those of countries that do not rest on Saturday and Sunday, by
// general knowledge. The United Arab Emirates have rested on Saturday and Sunday
// since 2022.
var weekends = map[string][]time.Weekday{
	"SA": {time.Friday, time.Saturday}, "IL": {time.Friday, time.Saturday}, "EG": {time.Friday, time.Saturday},
	"KW": {time.Friday, time.Saturday}, "QA": {time.Friday, time.Saturday}, "BH": {time.Friday, time.Saturday},
	"OM": {time.Friday, time.Saturday}, "JO": {time.Friday, time.Saturday}, "IQ": {time.Friday, time.Saturday},
	"DZ": {time.Friday, time.Saturday}, "BD": {time.Friday, time.Saturday},
}

// WeekendOf gives the days of rest of a country; Saturday and Sunday where
// nothing else is known.
func WeekendOf(country string) []time.Weekday {
	if weekend, ok := weekends[country]; ok {
		return weekend
	}
	return []time.Weekday{time.Saturday, time.Sunday}
}

// Calendars gives the calendar of each country: the built-in holidays under the
// user's own lists. It is safe for use by several goroutines.
type Calendars struct {
	own map[string]Holidays
	mu  sync.Mutex
	all map[string]*Calendar
}

// NewCalendars makes calendars with the user's own lists. Of two lists of one
// country the later counts.
func NewCalendars(own ...Holidays) *Calendars {
	c := &Calendars{own: map[string]Holidays{}, all: map[string]*Calendar{}}
	for _, h := range own {
		c.own[h.Country] = h
	}
	return c
}

// For gives the calendar of a country; "" is a calendar of weekends alone.
func (c *Calendars) For(country string) *Calendar {
	c.mu.Lock()
	defer c.mu.Unlock()
	if found, ok := c.all[country]; ok {
		return found
	}
	made := c.build(country)
	c.all[country] = made
	return made
}

func (c *Calendars) build(country string) *Calendar {
	out := &Calendar{
		Country: country, Title: country, Weekend: WeekendOf(country),
		Holidays: map[Date]string{}, Work: map[Date]string{}, Doubt: map[Date]string{},
	}
	own, edited := c.own[country]
	_, out.Known = libraryHolidays[country]
	if !edited || own.Defaults {
		for year := firstYear; year <= lastYear; year++ {
			sure, doubt := builtInHolidays(country, year)
			maps.Copy(out.Holidays, sure)
			maps.Copy(out.Doubt, doubt)
		}
	}
	if edited {
		out.Edited, out.Known, out.Title = true, true, own.Title
		maps.Copy(out.Holidays, own.Days)
		maps.Copy(out.Work, own.Work)
		if len(own.Weekend) > 0 {
			out.Weekend = own.Weekend
		}
	}
	return out
}
