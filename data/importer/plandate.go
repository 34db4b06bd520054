package importer

import (
	"time"

	"casebinder/data"
)

// date reads the date of a column; the zero time when the cell is empty.
func (l *plan) date(rec *record, i int, read *dateReader, text string) (time.Time, *data.Problem) {
	p, bad := l.when(rec, i, read, text)
	return p.time(), bad
}

// when is date with what else the text says.
func (l *plan) when(rec *record, i int, read *dateReader, text string) (parsedDate, *data.Problem) {
	if nothing(text) {
		return parsedDate{}, nil
	}
	bad := func() *data.Problem { return problemBadDate.New("value", text, "header", l.name(i)) }
	read.order, read.date04 = l.days, l.date04
	var zone *time.Location
	if name := clean(rec.cell(l.rowZone), false); l.rowZone >= 0 && name != "" {
		near, ok := read.read(text, rec.kind(i), nil)
		if !ok {
			return parsedDate{}, bad()
		}
		if zone, ok = zoneOf(name, l.zone, near.at); !ok {
			return parsedDate{}, problemBadZone.New("value", name, "header", l.name(l.rowZone))
		}
	}
	p, ok := read.read(text, rec.kind(i), zone)
	if !ok || p.ambiguous {
		return parsedDate{}, bad()
	}
	return p, nil
}

// turned doubts a time of day at which the clocks of its zone were turned.
func (l *plan) turned(p parsedDate, text string, i int) *data.Problem {
	switch p.turn {
	case data.TurnGap:
		return problemDoubtNoHour.New("value", text, "header", l.name(i), "zone", p.zone)
	case data.TurnTwice:
		return problemDoubtHourTwice.New("value", text, "header", l.name(i), "zone", p.zone)
	}
	return nil
}

// dateCell is the text of a date column, with its time of day where that has a
// column of its own.
func (l *plan) dateCell(rec *record, i int, field Field) string {
	text := clean(rec.cell(i), false)
	if field == FieldOrderedAt && l.dayTime >= 0 && text != "" {
		if clock := clean(rec.cell(l.dayTime), false); clock != "" {
			text += " " + clock
		}
	}
	return text
}
