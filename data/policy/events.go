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

// standing gives the events that no correction takes back, in the order in
// which they happened. A correction takes back an event that was written down
// before it; a later correction of that correction brings the event back.
func standing(events []data.CaseEvent) []data.CaseEvent {
	sorted := slices.Clone(events)
	Sort(sorted)
	if !slices.ContainsFunc(sorted, func(e data.CaseEvent) bool { return e.Kind == data.EventCorrection }) {
		return sorted
	}
	gone := data.Retracted(events)
	return slices.DeleteFunc(sorted, func(e data.CaseEvent) bool { return gone[e.UID] })
}
