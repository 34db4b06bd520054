package bundle

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"casebinder/data"
	"casebinder/data/bag"
)

// A Placed exhibit says where an exhibit stands.
type Placed struct {
	Number      int          `json:"exhibit"` // from 1
	Title       string       `json:"title"`
	Section     data.Section `json:"section"`
	File        string       `json:"file"`               // below data/ in the bag; "" when it is withheld
	Withheld    string       `json:"withheld,omitempty"` // why the original is not in the bag: "masked", "unsearched"; "" when it is
	First, Last int          // pages of the PDF
	Exhibit     Exhibit
}

// Rejected is an exhibit that could not be shown on a page. Its original is in
// the bag all the same.
type Rejected struct {
	Number int    // of the exhibit
	Name   string // of the file as it came in
	Reason error  // usually a *data.Problem
}

// title is what an exhibit is called.
func (e Exhibit) title(w *words, zone *time.Location) string {
	if t := strings.TrimSpace(e.Title); t != "" {
		return oneLine(t)
	}
	first, _, _ := strings.Cut(strings.TrimSpace(e.Note), "\n")
	if first = oneLine(first); first != "" && utf8.RuneCountInString(first) <= 100 {
		return first
	}
	if e.Slot != "" {
		return e.slotTitle(w, zone)
	}
	return w.kind(e.Kind)
}

// slotTitle says of a proof of packing what it shows, when it was taken, and of which
// parcel.
func (e Exhibit) slotTitle(w *words, zone *time.Location) string {
	what := w.named("slot.", e.Slot)
	if !e.CapturedAt.IsZero() {
		what = w.get("slot.dated", "what", what, "day", data.FormatTime(e.CapturedAt, zone, time.DateOnly, time.DateOnly))
	}
	if e.Tracking != "" {
		what = w.get("slot.tracked", "what", what, "tracking", oneLine(e.Tracking))
	}
	return what
}

// section is where an exhibit stands.
func (e Exhibit) section() data.Section {
	if slices.Contains(data.ExhibitSections(), e.Section) {
		return e.Section
	}
	return data.SectionOf(e.Kind)
}

// plan numbers the exhibits, section by section, and gives their originals names
// in the bag. Two exhibits of one file share it.
func (c *Case) plan(w *words) []Placed {
	list := slices.Clone(c.Exhibits)
	rank := data.Sections()
	slices.SortStableFunc(list, func(a, b Exhibit) int { return slices.Index(rank, a.section()) - slices.Index(rank, b.section()) })
	var names bag.Namer
	bySum := map[string]string{}
	placed := make([]Placed, len(list))
	for i, e := range list {
		file, known := bySum[e.SHA256]
		if !known {
			file = "originals/" + names.Name(pad(i+1)+"-"+bag.SafeName(oneLine(e.Name)))
			bySum[e.SHA256] = file
		}
		placed[i] = Placed{Number: i + 1, Title: e.title(w, c.Order.Shop.Location()), Section: e.section(), File: file, Exhibit: e}
	}
	return placed
}
