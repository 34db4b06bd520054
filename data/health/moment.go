package health

import "time"

// Moment is a time in UTC milliseconds. 0: it did not happen, or nobody told.
type Moment int64

// At gives a time as a Moment; the zero time is 0.
func At(t time.Time) Moment {
	if t.IsZero() {
		return 0
	}
	return Moment(t.UnixMilli())
}

// Time gives it back, in UTC.
func (m Moment) Time() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(m)).UTC()
}

const (
	minute = Moment(time.Minute / time.Millisecond)
	hour   = 60 * minute
)

// by reports whether something happened until a limit. Platforms name limits to
// the minute ("23:59"), so the limit's minute belongs to it.
func (m Moment) by(limit Moment) bool {
	return m != 0 && m < limit-limit%minute+minute
}
