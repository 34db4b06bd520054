package bundle

import (
	"slices"
	"strconv"

	"casebinder/data"
)

// Changes tells what changed from one case to a later state of it, as keys with
// their subject behind a space: "exhibit.added label.jpg", "messages.added 3".
// The words are under "change.<key>" in the language files.
func Changes(before, after *Case) []string {
	var list []string
	add := func(key, subject string) {
		if subject != "" {
			key += " " + subject
		}
		list = append(list, key)
	}
	list = append(list, exhibitChanges(before.Exhibits, after.Exhibits)...)
	if !before.Statement.Equal(after.Statement) {
		add("statement.changed", "")
	}
	counts := []struct {
		key  string
		was  int
		then int
	}{
		{"messages", len(before.Messages), len(after.Messages)},
		{"events", len(before.Dispute.Events), len(after.Dispute.Events)},
		{"scans", scans(&before.Order), scans(&after.Order)},
		{"erased", len(before.Erased), len(after.Erased)},
	}
	for _, c := range counts {
		switch {
		case c.then > c.was:
			add(c.key+".added", strconv.Itoa(c.then-c.was))
		case c.then < c.was:
			add(c.key+".removed", strconv.Itoa(c.was-c.then))
		}
	}
	if before.Dispute.Claim != after.Dispute.Claim || before.Dispute.Translated != after.Dispute.Translated || before.Dispute.Amount != after.Dispute.Amount || before.Dispute.Reason != after.Dispute.Reason {
		add("claim.changed", "")
	}
	if before.Language != after.Language {
		add("language.changed", after.Language)
	}
	if !slices.Equal(before.Mask, after.Mask) {
		add("mask.changed", "")
	}
	if before.Program != after.Program {
		add("program.changed", after.Program)
	}
	return list
}

// exhibitChanges compares two lists of exhibits.
func exhibitChanges(before, after []Exhibit) []string {
	var list []string
	was := make(map[string]*Exhibit, len(before))
	for i := range before {
		was[before[i].UID] = &before[i]
	}
	var kept []string
	for i := range after {
		x := &after[i]
		old, ok := was[x.UID]
		if !ok {
			list = append(list, "exhibit.added "+x.Name)
			continue
		}
		kept = append(kept, x.UID)
		if old.Title != x.Title || old.Proves != x.Proves || old.Section != x.Section || old.Note != x.Note || old.Kind != x.Kind {
			list = append(list, "exhibit.described "+x.Name)
		}
		delete(was, x.UID)
	}
	for i := range before {
		if was[before[i].UID] != nil {
			list = append(list, "exhibit.removed "+before[i].Name)
		}
	}
	order := slices.DeleteFunc(uids(before), func(uid string) bool { return !slices.Contains(kept, uid) })
	if !slices.Equal(order, kept) {
		list = append(list, "exhibits.moved")
	}
	return list
}

func uids(exhibits []Exhibit) []string {
	list := make([]string, len(exhibits))
	for i := range exhibits {
		list[i] = exhibits[i].UID
	}
	return list
}

// scans counts the carrier's records of an order.
func scans(o *data.Order) int {
	n := 0
	for _, s := range o.Shipments {
		n += len(s.Events)
	}
	return n
}
