package data

import "slices"

// SortRecorded puts events into the order in which they were written down.
func SortRecorded(events []CaseEvent) {
	slices.SortStableFunc(events, func(a, b CaseEvent) int {
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

// Retracted tells which events no longer count, by UID: those that a correction takes
// back which no later one takes back itself.
func Retracted(events []CaseEvent) map[string]bool {
	recorded := slices.Clone(events)
	SortRecorded(recorded)
	gone := map[string]bool{}
	for i, e := range slices.Backward(recorded) {
		if e.Kind != EventCorrection || e.Corrects == "" || gone[e.UID] {
			continue
		}
		if slices.ContainsFunc(recorded[:i], func(earlier CaseEvent) bool { return earlier.UID == e.Corrects }) {
			gone[e.Corrects] = true
		}
	}
	return gone
}
