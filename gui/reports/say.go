package reports

import (
	"slices"
	"strconv"
	"time"

	"casebinder/data"
	"casebinder/data/report"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Speaker puts a report into the window's language.
type Speaker struct{}

// Language implements report.Speaker.
func (Speaker) Language() string { return words.Language() }

// Text implements report.Speaker.
func (Speaker) Text(t data.Text) string { return words.Text(t) }

// Label implements report.Speaker.
func (Speaker) Label(l report.Label) string {
	switch {
	case l.Value == data.Several:
		return words.T("report.several")
	case l.Value == "":
		return words.T("report.unknown")
	case l.Kind == "month" && l.Value == report.Earlier:
		return words.T("report.earlier")
	}
	switch l.Kind {
	case "reason", "cause", "template", "outcome", "complaint.outcome":
		return words.Of(vocabulary(l), l.Value)
	case "platform":
		return platform(l.Value)
	case "channel":
		return show.ChannelName(l.Value)
	case "country":
		return words.Country(l.Value)
	case "weekday":
		if n, err := strconv.Atoi(l.Value); err == nil {
			return words.T("weekday." + time.Weekday(n%7).String())
		}
	}
	return l.Value
}

// vocabulary is where a value stands: feedback has causes of its own.
func vocabulary(l report.Label) string {
	if l.Kind == "cause" && !slices.Contains(data.Causes(), l.Value) {
		return "feedback_cause"
	}
	return l.Kind
}

// platform is a platform's name as it writes itself.
func platform(id string) string {
	if id == string(data.OtherSite) {
		return words.T("platform.other")
	}
	return data.Platform(id).Title()
}

// Money implements report.Speaker.
func (Speaker) Money(m data.Money) string { return words.Money(m) }

// Number implements report.Speaker.
func (Speaker) Number(n int64) string { return words.Number(n) }

// Percent implements report.Speaker.
func (Speaker) Percent(share float64) string {
	return strconv.FormatFloat(100*share, 'f', 1, 64) + " %"
}

// Span implements report.Speaker.
func (Speaker) Span(d time.Duration) string { return words.Span(d) }
