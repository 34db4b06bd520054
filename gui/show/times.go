package show

import (
	"time"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// Doubtful marks a date whose rule nobody has confirmed.
func Doubtful(text, sure string) string {
	if sure == string(data.Unconfirmed) {
		return text + " ?"
	}
	return text
}

// SureTip says beside a date that its rule is unconfirmed.
func SureTip(text, sure string) string {
	if sure == string(data.Unconfirmed) {
		return words.Join(" · ", text, words.T("due.unconfirmed"))
	}
	return text
}

// DueText says how long there is; that no date is known is said too.
func DueText(due, now time.Time) string {
	text, _ := kit.Urgency(due, now)
	if text == "" {
		return words.Of("urgency", data.UrgencyNone)
	}
	return text
}

func DueTip(due time.Time, zone string, now time.Time) string {
	if due.IsZero() {
		return ""
	}
	return words.Left(due, now) + " · " + words.TimeBoth(due, zone)
}

// WriteTime is how a time is copied: minutes in the shop's zone, or a day.
func WriteTime(t time.Time, zone string) string {
	return data.Stamp(t, ZoneOf(zone))
}

// ZoneOf loads a shop's zone; UTC where it is unknown.
func ZoneOf(zone string) *time.Location { return data.Shop{Zone: zone}.Location() }
