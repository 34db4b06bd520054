package policy

import (
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// holidayName is what a holiday is called in English, and under which names the
// library of public holidays lists it: most of them in their country's language.
type holidayName struct {
	English string   `toml:"en"`
	Names   []string `toml:"names"`
}

// holidayNames is the file of them.
type holidayNames struct {
	Holidays []holidayName `toml:"holiday"`
}

var holidayNamesKind = pack.Kind[holidayNames]{
	ID: func(*holidayNames) string { return "holidays" }, Check: (*holidayNames).check,
	Words: func(l *holidayNames) (list []string) {
		for _, h := range l.Holidays {
			list = append(list, h.English)
		}
		return list
	},
}

// check refuses a name that would be read in two ways.
func (l *holidayNames) check(r *pack.Report) {
	seen := map[string]string{}
	for i, h := range l.Holidays {
		if strings.TrimSpace(h.English) == "" {
			r.Fail(pack.At("holiday", i), "a holiday has no name in English")
		}
		for _, name := range append([]string{h.English}, h.Names...) {
			if other, taken := seen[name]; taken {
				r.Fail(pack.At("holiday", i).Word(name), "“%s” is called %s and %s", name, other, h.English)
			}
			seen[name] = h.English
		}
	}
}

var englishHolidays = sync.OnceValues(func() (map[string]string, error) {
	lists, err := holidayNamesKind.Load(assets.FS, "policies/holidays")
	if err != nil {
		return nil, err
	}
	english := map[string]string{}
	for _, l := range lists {
		for _, h := range l.Holidays {
			for _, name := range h.Names {
				english[name] = h.English
			}
		}
	}
	return english, nil
})

// HolidayText names a holiday as the window's language does. A name of the user's own
// list that nobody else uses stays as it was written.
func HolidayText(name string) data.Text {
	all, err := englishHolidays()
	if english := all[name]; err == nil && english != "" { // a test reads the list: it cannot fail at work
		name = english
	}
	return pack.Text(name)
}

// HolidayTexts lists the names of all holidays that are built in.
func HolidayTexts() ([]data.Text, error) {
	lists, err := holidayNamesKind.Load(assets.FS, "policies/holidays")
	return holidayNamesKind.Texts(lists), err
}
