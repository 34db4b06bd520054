package importer

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"casebinder/data"
)

// dateOrder is how three numbers with the year last are read.
type dateOrder uint8

const (
	orderUnknown dateOrder = iota
	dayFirst
	monthFirst
)

// parsedDate is what a text says.
type parsedDate struct {
	at        time.Time
	ambiguous bool // day and month could be swapped, and the order is not known
	timed     bool // a time of day was given
	zone      *time.Location
	turn      data.ClockTurn // what the clocks of the zone did at this time
}

// dateReader reads the dates of one column.
type dateReader struct {
	layouts []string
	months  map[string]string // lower case to "Jan"
	order   dateOrder
	zone    *time.Location // of times without one
	date04  bool           // a sheet counts days from 1904

	lastText string
	lastZone *time.Location
	last     parsedDate
	lastOK   bool
}

// time is what is kept of when something happened: an instant, or a day.
func (p parsedDate) time() time.Time {
	switch {
	case p.at.IsZero():
		return time.Time{}
	case p.timed:
		return data.Instant(p.at)
	}
	return data.OnDay(p.at.In(p.zone)).Begin(p.zone)
}

// due is what is kept of until when something is due: an instant, or a day until
// its end.
func (p parsedDate) due() time.Time {
	if p.at.IsZero() || p.timed {
		return p.time()
	}
	return data.OnDay(p.at.In(p.zone)).End(p.zone)
}

// nothing reports whether a cell says that there is no value.
func nothing(text string) bool {
	switch len(text) {
	case 0:
		return true
	case 1, 2, 3, 4:
		switch text {
		case "-", "--", "—", "–", "N/A", "n/a", "NA", "null", "NULL", "None", "none", "/":
			return true
		}
	case 10, 19:
		return strings.HasPrefix(text, "0000-00-00")
	}
	return false
}

// read reads a date. Zone, when it is not nil, stands for the column's. ok is
// false for what is no date or a day that does not exist.
func (d *dateReader) read(text string, k kind, zone *time.Location) (parsedDate, bool) {
	if zone == nil {
		zone = d.zone
	}
	if k != kindText {
		return d.serial(text, zone)
	}
	if text == d.lastText && zone == d.lastZone {
		return d.last, d.lastOK
	}
	p, ok := d.parse(text, zone)
	d.lastText, d.lastZone, d.last, d.lastOK = text, zone, p, ok
	return p, ok
}

// serial reads a sheet's day number.
func (d *dateReader) serial(text string, zone *time.Location) (parsedDate, bool) {
	days, err := strconv.ParseFloat(text, 64)
	if d.date04 {
		days += 1462
	}
	if err != nil || days < 32874 || days >= 73051 { // 1990 to 2099
		return parsedDate{}, false
	}
	seconds := math.Round(days * 86400)
	at := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(seconds) * time.Second)
	y, m, day := at.Date()
	p := parsedDate{timed: days != math.Trunc(days), zone: zone}
	if !p.timed {
		p.at = time.Date(y, m, day, 0, 0, 0, 0, zone).UTC()
		return p, true
	}
	p.at, p.turn = data.LocalTime(at, zone)
	return p, true
}

func (d *dateReader) parse(text string, zone *time.Location) (parsedDate, bool) {
	if len(text) > 120 {
		return parsedDate{}, false
	}
	text, _ = westernDigits(text)
	if p, ok, known := d.layout(text, zone); known {
		return p, ok
	}
	s := newScan(text, d.months, d.order)
	if !s.date() || !s.clock() {
		return parsedDate{}, false
	}
	named := strings.TrimSpace(s.rest)
	loc, ok := zoneOf(named, zone, s.at(time.UTC))
	if !ok {
		return parsedDate{}, false
	}
	p := parsedDate{ambiguous: s.ambiguous, timed: s.timed, zone: loc}
	p.at, p.turn = data.LocalTime(s.at(time.UTC), loc)
	if !p.timed || named != "" && loc != zone {
		p.turn = data.TurnNone
	}
	return p, true
}

// layout tries the forms that the preset names. known is false when none fits.
func (d *dateReader) layout(text string, zone *time.Location) (p parsedDate, ok, known bool) {
	if len(d.layouts) == 0 {
		return p, false, false
	}
	text = d.english(text)
	for _, layout := range d.layouts {
		at, err := time.ParseInLocation(layout, text, zone)
		if err != nil {
			continue
		}
		if strings.Contains(layout, "MST") && !certainZone(at) {
			return p, false, false
		}
		if y := at.Year(); y < 1990 || y > 2099 {
			return p, false, true
		}
		p = parsedDate{at: at.UTC(), timed: strings.Contains(layout, "04"), zone: at.Location()}
		if p.timed && !strings.Contains(layout, "MST") && !strings.Contains(layout, "07") {
			if wall, err := time.Parse(layout, text); err == nil {
				p.at, p.turn = data.LocalTime(wall, zone)
			}
		}
		return p, true, true
	}
	return p, false, false
}

// english puts English month names in the place of the preset's others.
func (d *dateReader) english(text string) string {
	if len(d.months) == 0 {
		return text
	}
	start := strings.IndexFunc(text, unicode.IsLetter)
	if start < 0 {
		return text
	}
	end := start
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsLetter(r) {
			break
		}
		end += n
	}
	if month, ok := d.months[strings.ToLower(text[start:end])]; ok {
		return text[:start] + month + text[end:]
	}
	return text
}

// certainZone reports whether package time knew the abbreviation that a text
// ends in; an unknown one is read as UTC, which would be a guess.
func certainZone(at time.Time) bool {
	name, offset := at.Zone()
	return offset != 0 || name == "UTC" || name == "GMT"
}
