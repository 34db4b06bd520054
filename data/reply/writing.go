package reply

import (
	"time"

	"casebinder/data"
)

// Writing writes days, amounts, addresses and countries in one language, as it is
// written in one country: what stands on paper reads as what stands in letters.
type Writing struct{ of format }

// WritingFor gives the writing of a language (BCP 47) for a reader in a country
// (its code or English name; "" not known). Times are written in zone.
func WritingFor(lang, country string, zone *time.Location) Writing {
	return Writing{formatFor(lang, countryCode(country), zone)}
}

// Day writes the day of a time; "" for the zero time. A day without an hour is
// the same in every zone.
func (w Writing) Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if day, ok := data.DayOf(t); ok {
		return w.of.day(day.Begin(time.UTC))
	}
	return w.of.date(t)
}

// Money writes an amount; "" for none.
func (w Writing) Money(m data.Money) string { return w.of.money(m) }

// Address writes an address as the post of its country wants it, one part a
// line; "" for none.
func (w Writing) Address(a data.Address) string { return w.of.address(a) }

// Country names a country in the language; what is none stays as it is.
func (w Writing) Country(country string) string { return w.of.countryName(country) }

// SalutationOf is the opening line for the buyer of an order in a language: the
// buyer's name, else the recipient's, else the neutral one.
func SalutationOf(o data.Order, lang string) string { return Salutation(personOf(o), lang) }

// RightToLeft reports whether a language is written from right to left.
func RightToLeft(lang string) bool { return rightToLeft(lang) }
