package reply

import (
	"strings"
	"sync"
	"time"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/ar"
	"github.com/go-playground/locales/bg"
	"github.com/go-playground/locales/cs"
	"github.com/go-playground/locales/da"
	"github.com/go-playground/locales/de"
	"github.com/go-playground/locales/de_AT"
	"github.com/go-playground/locales/el"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/en_GB"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/fi"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/he"
	"github.com/go-playground/locales/hu"
	"github.com/go-playground/locales/id"
	"github.com/go-playground/locales/it"
	"github.com/go-playground/locales/ja"
	"github.com/go-playground/locales/ko"
	"github.com/go-playground/locales/ms"
	"github.com/go-playground/locales/nb"
	"github.com/go-playground/locales/nl"
	"github.com/go-playground/locales/pl"
	"github.com/go-playground/locales/pt"
	"github.com/go-playground/locales/ro"
	"github.com/go-playground/locales/ru"
	"github.com/go-playground/locales/sk"
	"github.com/go-playground/locales/sv"
	"github.com/go-playground/locales/th"
	"github.com/go-playground/locales/tr"
	"github.com/go-playground/locales/uk"
	"github.com/go-playground/locales/vi"
	"github.com/go-playground/locales/zh"
)

// calendars make the writers of days, by language: CLDR's long form, such as
// "3 de julio de 2025". A language that is not here gets 2025-07-03.
var calendars = map[string]func() locales.Translator{
	"ar": ar.New, "bg": bg.New, "cs": cs.New, "da": da.New, "de": de.New, "de-AT": de_AT.New, "el": el.New, "en": en_GB.New, "en-US": en.New,
	"es": es.New, "fi": fi.New, "fr": fr.New, "he": he.New, "hu": hu.New, "id": id.New, "it": it.New, "ja": ja.New, "ko": ko.New, "ms": ms.New,
	"nb": nb.New, "no": nb.New, "nl": nl.New, "pl": pl.New, "pt": pt.New, "ro": ro.New, "ru": ru.New, "sk": sk.New, "sv": sv.New, "th": th.New,
	"tr": tr.New, "uk": uk.New, "vi": vi.New, "zh": zh.New,
}

var madeCalendars sync.Map

func calendar(key string) (locales.Translator, bool) {
	if made, ok := madeCalendars.Load(key); ok {
		return made.(locales.Translator), true
	}
	build, ok := calendars[key]
	if !ok {
		return nil, false
	}
	made, _ := madeCalendars.LoadOrStore(key, build())
	return made.(locales.Translator), true
}

// monthFirst are the countries that write English days as "July 3, 2025". For a
// reader whose country is not known, American English is meant.
var monthFirst = map[string]bool{
	"": true, "US": true, "CA": true, "PH": true, "PR": true, "GU": true, "VI": true, "AS": true, "MP": true, "UM": true, "FM": true, "MH": true, "PW": true,
}

// date writes a day as the language writes it in full.
func (f format) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return f.day(t.In(f.zone))
}

// day writes the day of a time in the time's own zone.
func (f format) day(t time.Time) string {
	key := f.base
	switch {
	case f.base == "en" && monthFirst[f.country]:
		key = "en-US"
	case f.base == "de" && f.country == "AT":
		key = "de-AT"
	}
	writer, ok := calendar(key)
	if !ok {
		return t.Format(time.DateOnly)
	}
	text := westernDigits(writer.FmtDateLong(t))
	if t.Day() == 1 && f.words.First != "" {
		text = strings.Replace(text, "1", f.words.First, 1)
	}
	return text
}

// typedDay reads a day as a window or a command gives it: 2026-12-28.
func typedDay(text string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(text))
	return t, err == nil
}

// westernDigits writes all digits as 0 to 9: a day, an amount or a number is
// compared with the platform's page, which writes them so.
func westernDigits(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '٠' <= r && r <= '٩':
			return r - '٠' + '0'
		case '۰' <= r && r <= '۹':
			return r - '۰' + '0'
		case '๐' <= r && r <= '๙':
			return r - '๐' + '0'
		}
		return r
	}, text)
}
