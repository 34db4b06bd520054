package notice

import (
	"fmt"
	"strings"
	"time"

	"casebinder/data"
)

// reader reads dates and amounts of one mail and gathers what they say.
type reader struct {
	r    *Recognizer
	site Site // how the sender's mails are read
	o    Options
	n    *Notice

	dues    []dueRead
	amounts []amountRead
}

// dueRead is one due date as it was read, or the doubt that stands for it.
type dueRead struct {
	due   Due
	doubt *data.Problem
}

// due reads a due date at a hit and shortens the hit to what was read. What all
// recognizers share is written wide: where it leads to no day it found nothing.
func (d *reader) due(hit *FieldHit, shared bool) (found bool) {
	s, ok := d.scan(hit.Value)
	if !ok && shared {
		return false
	}
	if !ok {
		hit.Value = short(firstLine(hit.Value))
		d.dues = append(d.dues, dueRead{Due{Text: hit.Value}, problemDueUnread.New("text", hit.Value)})
		return true
	}
	hit.Value = s.text
	d.dues = append(d.dues, d.dueOf(s))
	return true
}

func firstLine(s string) string {
	l, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return l
}

func (d *reader) dueOf(s stated) dueRead {
	due := Due{Text: s.text}
	if s.noYear {
		return dueRead{due, problemDueYear.New("text", s.text)}
	}
	day := fmt.Sprintf("%04d-%02d-%02d", s.year, int(s.month), s.day)
	if s.other != "" {
		return dueRead{due, problemDueTwoWays.New("text", s.text, "one", day, "two", s.other)}
	}
	due.Day = day
	if s.weekday >= 0 && time.Date(s.year, s.month, s.day, 0, 0, 0, 0, time.UTC).Weekday() != time.Weekday(s.weekday) {
		due.Day = ""
		return dueRead{due, problemDueWeekday.New("text", s.text, "day", day)}
	}
	due.DayOnly = !s.clocked
	zone := d.zoneFor(s, &due)
	if zone == nil {
		return dueRead{due, problemDueZone.New("text", s.text)}
	}
	if due.DayOnly {
		due.At = data.Day{Year: s.year, Month: s.month, Day: s.day}.End(zone)
		return dueRead{due, problemDueDay.New("text", s.text, "zone", due.Zone)}
	}
	at := time.Date(s.year, s.month, s.day, s.hour, s.min, s.sec, 0, zone)
	if !oneInstant(at, s, zone) {
		return dueRead{due, problemDueClock.New("text", s.text, "zone", due.Zone)}
	}
	due.At = at.UTC()
	return d.season(due, s)
}

// zoneFor chooses the zone: the mail's, the recognizer's, the shop's.
func (d *reader) zoneFor(s stated, due *Due) *time.Location {
	switch {
	case s.zone != nil:
		due.Zone, due.ZoneFrom = s.zoneName, ZoneMail
		return s.zone
	case s.unknownZone:
		return nil
	case d.site.Zone != "":
		if loc, err := time.LoadLocation(d.site.Zone); err == nil {
			due.Zone, due.ZoneFrom = d.site.Zone, ZoneRecognizer
			return loc
		}
	case d.o.Zone != nil:
		due.Zone, due.ZoneFrom = d.o.Zone.String(), ZoneShop
		return d.o.Zone
	}
	return nil
}

// decide says what due date and amount the mail states: one, or none and
// the doubts.
func (d *reader) decide() {
	d.decideDue()
	d.decideAmount()
}

func (d *reader) decideDue() {
	one, texts := d.bestDue()
	if one == nil {
		return
	}
	for _, r := range d.dues {
		if !r.same(one) {
			d.n.doubt(problemTwoValues.New("field", string(FieldDue), "values", strings.Join(texts, "; ")))
			return
		}
	}
	d.n.Due = one.due
	if one.doubt != nil {
		d.n.doubt(one.doubt)
	}
	if at := one.due.At; !at.IsZero() && !d.n.Date.IsZero() {
		switch {
		case at.Before(d.n.Date):
			d.n.doubt(problemDueBefore.New("text", one.due.Text))
		case at.After(d.n.Date.AddDate(1, 0, 0)):
			d.n.doubt(problemDueFar.New("text", one.due.Text))
		}
	}
}

// bestDue is the first due date, or one of its day that leaves no doubt; nil for
// none. It gives the texts of all.
func (d *reader) bestDue() (one *dueRead, texts []string) {
	for i, r := range d.dues {
		texts = appendNew(texts, r.due.Text)
		if one == nil || one.doubt != nil && r.doubt == nil && r.due.Day == one.due.Day {
			one = &d.dues[i]
		}
	}
	return one, texts
}

// same reports whether a place of a mail states the due date of another.
func (r *dueRead) same(one *dueRead) bool {
	if r.due.Day == "" && r.due.Text != one.due.Text {
		return false
	}
	return r.due.At.Equal(one.due.At) || r.due.Day != "" && r.due.Day == one.due.Day && (r.due.DayOnly || r.due.At.IsZero())
}
