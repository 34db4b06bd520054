package replies

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/service"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// hourParts say what time it is for the buyer of an order, whether that is a good
// time to write, and when the next one is.
func hourParts(now time.Time, o data.Order) []fyne.CanvasObject {
	c := service.Hour(o.ShipTo, now, time.Local)
	if c.Zone == "" {
		return []fyne.CanvasObject{centered(kit.Tip(words.T("hour.unknown"), words.T("hour.unknown.why"), look.Muted))}
	}
	text := words.T("hour.local", "time", c.Local.Format("15:04"), "place", show.PlaceOfZone(c.Zone))
	said, role := hourWord(c)
	parts := []fyne.CanvasObject{
		centered(kit.Tip(text, words.TimeFull(now, c.Zone), look.Muted)),
		container.NewCenter(kit.NewBadge(said, role)),
	}
	if next := hourNext(c, now); next != "" {
		parts = append(parts, centered(kit.Tip(next, words.TimeFull(c.Workday, ""), look.Muted)))
	}
	return parts
}

func centered(o fyne.CanvasObject) fyne.CanvasObject { return container.NewCenter(o) }

// hourWord says how the buyer's hour is for a message.
func hourWord(c service.Clock) (string, kit.Role) {
	switch {
	case !c.Holiday.IsZero() && c.Holiday.Off:
		return "· " + words.T("hour.holiday", "name", words.Text(c.Holiday.Text(words.Language()))), kit.Warn
	case !c.Awake:
		return "· " + words.T("hour.asleep"), kit.Warn
	case c.Weekend:
		return "· " + words.T("hour.weekend"), kit.Plain
	}
	return "✓ " + words.T("hour.awake"), kit.Good
}

// hourNext says from when on it is a good time, by this computer's clock.
func hourNext(c service.Clock, now time.Time) string {
	if c.Awake && !c.Weekend && !c.Holiday.Off || c.Next.IsZero() {
		return ""
	}
	next := c.Next
	if c.Weekend || c.Holiday.Off {
		next = c.Workday
	}
	if next.IsZero() || !next.After(now) {
		return ""
	}
	if data.OnDay(next) == data.OnDay(now.In(time.Local)) {
		return words.T("hour.from", "time", next.Format("15:04"))
	}
	return words.T("hour.from.day", "day", words.Day(next, "", now), "time", next.Format("15:04"))
}

// marketOf is the country whose habits count: where the goods go, else where the
// buyer is.
func marketOf(o data.Order) string {
	if o.ShipTo.Country != "" {
		return o.ShipTo.Country
	}
	return o.Buyer.Country
}
