package bundle

import (
	"slices"
	"testing"

	"casebinder/data"
)

func TestChanges(t *testing.T) {
	exhibit := func(uid, title string) Exhibit {
		return Exhibit{Evidence: data.Evidence{UID: uid, Name: uid + ".jpg"}, Title: title}
	}
	before := &Case{
		Language: "en", Program: "Casebinder 1", Exhibits: []Exhibit{exhibit("a", ""), exhibit("b", ""), exhibit("c", "C"), exhibit("d", "")},
		Messages:  make([]data.Message, 5),
		Statement: data.Statement{Language: "en", Claims: []data.Claim{{Text: "It was delivered."}}},
	}
	same := *before
	if got := Changes(before, &same); len(got) != 0 {
		t.Errorf("nothing changed, but: %q", got)
	}
	after := same
	after.Exhibits = []Exhibit{exhibit("c", "Scan"), exhibit("a", ""), exhibit("d", ""), exhibit("e", "")}
	after.Messages = make([]data.Message, 7)
	after.Dispute.Events = []data.CaseEvent{{}}
	after.Order.Shipments = []data.Shipment{{Events: make([]data.TrackingEvent, 2)}}
	after.Statement.Claims = nil
	after.Dispute.Claim = "late"
	after.Language = "zh-CN"
	after.Mask = []data.MaskKind{data.MaskPhone}
	want := []string{
		"exhibit.described c.jpg", "exhibit.added e.jpg", "exhibit.removed b.jpg", "exhibits.moved", "statement.changed",
		"messages.added 2", "events.added 1", "scans.added 2", "claim.changed", "language.changed zh-CN", "mask.changed",
	}
	if got := Changes(before, &after); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := Changes(&after, before); !slices.Contains(got, "messages.removed 2") || !slices.Contains(got, "exhibit.added b.jpg") {
		t.Errorf("%q", got)
	}
}
