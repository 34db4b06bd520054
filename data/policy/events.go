package policy

import (
	"cmp"
	"slices"

	"casebinder/data"
)

// Sort puts events into the order in which they happened; those of one moment
// stay in the order in which they were written down.
func Sort(events []data.CaseEvent) {
	slices.SortStableFunc(events, func(a, b data.CaseEvent) int {
		return cmp.Or(a.At.Compare(b.At), a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.UID, b.UID))
	})
}

// SortRecorded puts events into the order in which they were written down.
func SortRecorded(events []data.CaseEvent) {
	slices.SortStableFunc(events, func(a, b data.CaseEvent) int {
		if n := a.RecordedAt.Compare(b.RecordedAt); n != 0 {
			return n
		}
		if n := a.At.Compare(b.At); n != 0 {
			return n
		}
		switch {
		case a.UID < b.UID:
			return -1
		case a.UID > b.UID:
			return 1
		}
		return 0
	})
}

// standing gives the events that no correction takes back, in the order in
// which they happened. A correction takes back an event that was written down
// before it; a later correction of that correction brings the event back.
func standing(events []data.CaseEvent) []data.CaseEvent {
	sorted := slices.Clone(events)
	Sort(sorted)
	if !slices.ContainsFunc(sorted, func(e data.CaseEvent) bool { return e.Kind == data.EventCorrection }) {
		return sorted
	}
	gone := Retracted(events)
	return slices.DeleteFunc(sorted, func(e data.CaseEvent) bool { return gone[e.UID] })
}

// Retracted tells which events no longer count, by UID: those that a correction takes
// back which no later one takes back itself.
func Retracted(events []data.CaseEvent) map[string]bool {
	recorded := slices.Clone(events)
	SortRecorded(recorded)
	gone := map[string]bool{}
	for i, e := range slices.Backward(recorded) {
		if e.Kind != data.EventCorrection || e.Corrects == "" || gone[e.UID] {
			continue
		}
		if slices.ContainsFunc(recorded[:i], func(earlier data.CaseEvent) bool { return earlier.UID == e.Corrects }) {
			gone[e.Corrects] = true
		}
	}
	return gone
}
