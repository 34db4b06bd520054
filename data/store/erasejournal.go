package store

import (
	"context"
	"encoding/json"

	"casebinder/data"
)

// An EntryScrubber takes personal data out of an entry of the journal: out of the key,
// and of what stood before and after.
type EntryScrubber func(e *data.JournalEntry) (key, before, after string)

// ScrubbedJournal gives the entries of the journal of which scrub leaves less, as they
// would be then.
func (r *Reader) ScrubbedJournal(ctx context.Context, scrub EntryScrubber) (changed []data.JournalEntry, err error) {
	_, err = all(ctx, r, "SELECT "+journalColumns+" FROM journal ORDER BY seq", nil, func(row scanner) (struct{}, error) {
		e, err := scanJournal(row)
		if err != nil || e.Action == data.EraseAction {
			return struct{}{}, err
		}
		if key, before, after := scrub(&e); key != e.Key || before != e.Before || after != e.After {
			changed = append(changed, e.Without(key, before, after))
		}
		return struct{}{}, nil
	})
	return changed, err
}

// EraseJournal writes entries of the journal from which personal data was taken, and
// whose hashes stay. What it gives must be recorded in the same transaction as a change
// with data.EraseAction, or the chain no longer fits.
func (t *Tx) EraseJournal(less []data.JournalEntry) (list []data.ErasedEntry, err error) {
	for _, e := range less {
		if _, err := t.run("UPDATE journal SET key = ?, before = ?, after = ? WHERE seq = ?", e.Key, orNull(e.Before), orNull(e.After), e.Seq); err != nil {
			return nil, err
		}
		list = append(list, data.ErasedEntry{Seq: e.Seq, Hash: e.Hash, Now: e.Sum()})
	}
	return list, nil
}

// tablesOfOrders are the tables of what belongs to an order, by the name of the entity
// in the journal.
var tablesOfOrders = map[string]string{
	data.EntityMessage: "message", data.EntityDispute: "dispute", data.EntityStatement: "dispute", data.EntityExhibits: "dispute", data.EntityEvidence: "evidence",
	data.EntityComplaint: "complaint", data.EntityFeedback: "feedback", data.EntityPath: "path_run", data.EntityDraft: "draft", data.EntityChecklist: "dispute",
	data.EntitySubmission: "submission",
}

// Stands reports whether an entry of the journal is about something of an order that
// is in the desk.
func (r *Reader) Stands(ctx context.Context, entity, key string) (bool, error) {
	if entity == data.EntityOrder {
		return true, nil
	}
	table := tablesOfOrders[entity]
	if table == "" {
		return false, nil
	}
	return first(ctx, r, "SELECT EXISTS (SELECT 1 FROM "+table+" WHERE uid = ?)", []any{key}, scanOne[bool])
}

// vouched are the entries from which personal data was taken, by their number.
type vouched map[int64]data.ErasedEntry

func vouchers(ctx context.Context, r *Reader) (vouched, error) {
	list, err := all(ctx, r, "SELECT "+journalColumns+" FROM journal WHERE action = ? ORDER BY seq", []any{data.EraseAction}, scanJournal)
	return vouchersIn(list), err
}

func vouchersIn(entries []data.JournalEntry) vouched {
	v := vouched{}
	for i := range entries {
		if entries[i].Action != data.EraseAction {
			continue
		}
		var told struct {
			Entries []data.ErasedEntry `json:"entries"`
		}
		if json.Unmarshal([]byte(entries[i].After), &told) != nil {
			continue // it was altered, which its own hash tells
		}
		for _, e := range told.Entries {
			if e.Seq < entries[i].Seq {
				v[e.Seq] = e
			}
		}
	}
	return v
}

// fits reports whether an entry is what was written: by its own hash or, where
// personal data was taken out of it, by the entry that says so.
func (v vouched) fits(e *data.JournalEntry) bool {
	sum := e.Sum()
	if sum == e.Hash {
		return true
	}
	told := v[e.Seq]
	return told.Hash == e.Hash && told.Now == sum
}
