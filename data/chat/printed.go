package chat

import (
	"time"

	"casebinder/data"
)

// A Printed is a time as a page prints it, before it is known in which order day
// and month stand and which day "yesterday" is.
type Printed struct{ w when }

// ReadPrinted reads a date, a time of day or both from the beginning of a text,
// and says how many bytes of it they are; 0: there is none.
func ReadPrinted(text string) (Printed, int) {
	w, n := vocabulary().when(text)
	return Printed{w}, n
}

// HasDay reports whether it has a date, or a word for one such as "Yesterday".
func (p Printed) HasDay() bool { return p.w.hasDate && !p.w.ago && p.w.weekday == 0 }

// HasHour reports whether it has a time of day.
func (p Printed) HasHour() bool { return p.w.hasTime && !p.w.ago }

// Weekday reports whether it is the name of a day of the week alone.
func (p Printed) Weekday() bool { return p.w.hasDate && p.w.weekday > 0 }

// On gives a time of day the date of another.
func (p Printed) On(day Printed) Printed { return Printed{p.w.with(day.w)} }

// A Told is a printed time that was understood.
type Told struct {
	At     time.Time // in the zone of the hints, or at the printed offset; zero: its day cannot be told
	Day    bool      // no hour is printed
	Offset bool      // the offset from UTC is printed
}

// TellTimes understands the times of one page, each as the whole page tells it. The
// findings say where that is a guess.
func TellTimes(list []Printed, h Hints) ([]Told, []data.Finding) {
	if h.Zone == nil {
		h.Zone = time.UTC
	}
	s := &splitter{hints: h, w: vocabulary()}
	drafts := make([]draft, len(list))
	noYear := false
	for i := range list {
		drafts[i].when = list[i].w
		noYear = noYear || list[i].w.lacksYear()
	}
	order := s.order(drafts)
	out := make([]Told, len(list))
	for i := range drafts {
		if s.resolve(&drafts[i], order) {
			out[i] = Told{drafts[i].At, !list[i].w.hasTime, list[i].w.hasOffset}
		}
	}
	kept := s.findings[:0]
	for _, f := range s.findings {
		if f.Rule != foundZone.rule { // it names a line of a chat
			kept = append(kept, f)
		}
	}
	if noYear && !h.ContextDate.IsZero() {
		kept = append(kept, foundYear.finding(data.Info, "day", h.ContextDate.Format(time.DateOnly)))
	}
	return out, kept
}
