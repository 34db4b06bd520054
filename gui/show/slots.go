package show

import (
	"fmt"
	"time"

	"casebinder/data"
	"casebinder/data/packing"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// slotOptions are the slots of packing, and none.
func slotOptions() []kit.Option[string] {
	options := []kit.Option[string]{{Text: words.T("slot.none")}}
	for _, s := range data.Slots() {
		options = append(options, kit.Option[string]{Value: s, Text: words.T("slot." + s)})
	}
	return options
}

// SlotTitle says of a proof of packing what it shows, when it was taken, and of which
// parcel, with the day in a shop's zone.
func SlotTitle(e data.Evidence, zone string) string {
	what := words.T("slot.title." + e.Slot)
	if !e.CapturedAt.IsZero() {
		what = words.T("slot.title.dated", "what", what, "day", data.FormatTime(e.CapturedAt, data.Shop{Zone: zone}.Location(), time.DateOnly, time.DateOnly))
	}
	if e.Tracking != "" {
		what = words.T("slot.title.tracked", "what", what, "tracking", e.Tracking)
	}
	return what
}

// SlotsFilled names the slots that hold something, with how many files; SlotsLacking
// those that are wanted and hold nothing.
func SlotsFilled(slots []packing.Slot) string {
	var all []string
	for i := range slots {
		s := &slots[i]
		switch n := len(s.Evidence); {
		case n > 1:
			all = append(all, fmt.Sprintf("%s %d", words.T("slot."+s.Name), n))
		case s.Filled():
			all = append(all, words.T("slot."+s.Name))
		}
	}
	return words.Join(" · ", all...)
}

// SlotsLacking names the slots that are wanted and hold nothing.
func SlotsLacking(slots []packing.Slot) string {
	var all []string
	for i := range slots {
		if s := &slots[i]; s.Wanted() && !s.Filled() {
			all = append(all, words.T("slot."+s.Name))
		}
	}
	return words.Join(" · ", all...)
}
