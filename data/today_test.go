package data

import (
	"slices"
	"testing"
	"time"
)

// The order of Today as a seller would lay the papers on the table.
func TestTodayPutsUrgentDisputesFirstAndWhatIsLongPastLast(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	hours := func(n int) time.Time { return now.Add(time.Duration(n) * time.Hour) }
	lines := []struct {
		name string
		ref  TodayRef
	}{
		{"dispute in 23 h", TodayRef{Kind: TodayDispute, Due: hours(23)}},
		{"order late by 2 days", TodayRef{Kind: TodayShip, Due: hours(-48)}},
		{"task of last year", TodayRef{Kind: TodayTask, Due: hours(-24 * 400)}},
		{"dispute late by 29 days", TodayRef{Kind: TodayDispute, Due: hours(-24 * 29)}},
		{"dispute in 30 h, dearer", TodayRef{Kind: TodayDispute, Due: hours(30), Minor: 900}},
		{"dispute in 30 h", TodayRef{Kind: TodayDispute, Due: hours(30), Minor: 100}},
		{"order in 26 h", TodayRef{Kind: TodayShip, Due: hours(26)}},
		{"feedback without a date", TodayRef{Kind: TodayFeedback}},
		{"order of last year", TodayRef{Kind: TodayShip, Due: hours(-24 * 380)}},
		{"dispute late by 30 days", TodayRef{Kind: TodayDispute, Due: hours(-24 * 30)}},
	}
	slices.SortStableFunc(lines, func(a, b struct {
		name string
		ref  TodayRef
	},
	) int {
		return a.ref.Compare(b.ref, now)
	})
	want := []string{
		"dispute late by 29 days", "dispute in 23 h", "task of last year", "order late by 2 days", "order in 26 h", "dispute in 30 h, dearer", "dispute in 30 h",
		"feedback without a date", "order of last year", "dispute late by 30 days",
	}
	for i, line := range lines {
		if line.name != want[i] {
			t.Errorf("place %d: %s, want %s", i+1, line.name, want[i])
		}
	}
}
