package importer

import (
	"regexp"

	"casebinder/data/pack"
)

// setNumbers prepares to find order numbers in cells that say more.
func (l *plan) setNumbers() error {
	if l.preset.NumberIn == "" {
		return nil
	}
	re, err := regexp.Compile(l.preset.NumberIn)
	if err != nil {
		return pack.Fault(l.preset.ID, "number_in: "+err.Error())
	}
	l.numberIn = re
	return nil
}

// numberOf gives the order number in the text of a cell, "" where there is none.
func (l *plan) numberOf(text string) string {
	if l.numberIn == nil {
		return text
	}
	found := l.numberIn.FindStringSubmatch(text)
	if len(found) != 2 {
		return ""
	}
	return found[1]
}

// referenceOf gives the number of the order or payment that a row is about.
func (l *plan) referenceOf(rec *record) string { return l.numberOf(clean(rec.cell(l.reference), true)) }
