package bind

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// The functions here give exhibits another order. They change the list that
// they get, and leave it section by section and numbered.

// renumber puts exhibits section by section and counts those that are included.
func renumber(list []desk.ExhibitView) {
	order := data.Sections()
	slices.SortStableFunc(list, func(a, b desk.ExhibitView) int {
		return cmp.Compare(slices.Index(order, a.Section), slices.Index(order, b.Section))
	})
	number := 0
	for i := range list {
		list[i].Position, list[i].Number = i+1, 0
		if list[i].Included {
			number++
			list[i].Number = number
		}
	}
}

// exhibitsOf is what is stored of a list.
func exhibitsOf(list []desk.ExhibitView) []data.Exhibit {
	all := make([]data.Exhibit, len(list))
	for i := range list {
		all[i] = list[i].Exhibit
	}
	return all
}

// indexOfExhibit is where a piece of evidence stands; -1: nowhere.
func indexOfExhibit(list []desk.ExhibitView, uid string) int {
	return slices.IndexFunc(list, func(x desk.ExhibitView) bool { return x.EvidenceUID == uid })
}

// moveWithin moves an exhibit up or down among those of its section, and reports
// whether it could.
func moveWithin(list []desk.ExhibitView, at, by int) bool {
	to := at + by
	if at < 0 || to < 0 || to >= len(list) || list[to].Section != list[at].Section {
		return false
	}
	list[at], list[to] = list[to], list[at]
	renumber(list)
	return true
}

// moveSection moves an exhibit to the end of the section above its own, or to
// the beginning of the one below, and reports whether there is one.
func moveSection(list []desk.ExhibitView, at, by int) bool {
	if at < 0 {
		return false
	}
	sections := data.ExhibitSections()
	to := slices.Index(sections, list[at].Section) + by
	if to < 0 || to >= len(sections) {
		return false
	}
	first := 0
	if by < 0 {
		first = len(list)
	}
	placeExhibit(list, at, sections[to], first)
	return true
}

// placeExhibit puts an exhibit into a section, before the one that stands at an
// index now; len(list) is behind all.
func placeExhibit(list []desk.ExhibitView, at int, section data.Section, before int) {
	x := list[at]
	x.Section = section
	rest := slices.Delete(slices.Clone(list), at, at+1)
	if before > at {
		before--
	}
	copy(list, slices.Insert(rest, min(before, len(rest)), x))
	renumber(list)
}

// sortByKind puts each exhibit into the section of its kind, kind by kind, each
// by time.
func sortByKind(list []desk.ExhibitView) {
	for i := range list {
		list[i].Section = data.SectionOf(list[i].Evidence.Kind)
	}
	kinds := data.EvidenceKinds()
	slices.SortStableFunc(list, func(a, b desk.ExhibitView) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, a.Evidence.Kind), slices.Index(kinds, b.Evidence.Kind)), exhibitTime(a).Compare(exhibitTime(b)))
	})
	renumber(list)
}

// sortByDate puts the exhibits of each section in the order of time.
func sortByDate(list []desk.ExhibitView) {
	slices.SortStableFunc(list, func(a, b desk.ExhibitView) int { return exhibitTime(a).Compare(exhibitTime(b)) })
	renumber(list)
}

// exhibitTime is when an exhibit was captured or, where that is not known, came
// in.
func exhibitTime(x desk.ExhibitView) time.Time {
	if x.Evidence.CapturedAt.IsZero() {
		return x.Evidence.AddedAt
	}
	return x.Evidence.CapturedAt
}

// maxTitle is the longest first line of a note, in characters, that serves as a
// title.
const maxTitle = 100

// exhibitTitle is what an exhibit is called in the bundle.
func exhibitTitle(x desk.ExhibitView) string {
	if t := strings.TrimSpace(x.Title); t != "" {
		return t
	}
	first, _, _ := strings.Cut(strings.TrimSpace(x.Evidence.Note), "\n")
	if first = strings.TrimSpace(first); first != "" && utf8.RuneCountInString(first) <= maxTitle {
		return first
	}
	if x.Evidence.Slot != "" {
		return show.SlotTitle(x.Evidence, x.Zone)
	}
	return words.Of("evidence_kind", x.Evidence.Kind)
}
