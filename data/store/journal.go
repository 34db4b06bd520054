package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"casebinder/data"
)

// firstHash stands before the first entry.
var firstHash = strings.Repeat("0", 64)

type journalHead struct {
	seq  int64
	hash string
}

// Record appends an entry to the journal, in this transaction.
func (t *Tx) Record(c data.Change) error {
	if c.Action == "" || c.Entity == "" {
		return fmt.Errorf("a change without its action or entity: %w", data.ErrInvalid)
	}
	if t.head == nil {
		h, err := first(t.ctx, &t.Reader, "SELECT seq, hash FROM journal_head", nil, func(row scanner) (h journalHead, err error) {
			return h, row.Scan(&h.seq, &h.hash)
		})
		if err != nil {
			return fmt.Errorf("reading the journal's head: %w", err)
		}
		t.head = &h
	}
	e := data.JournalEntry{
		Seq: t.head.seq + 1, At: t.now.UTC().Truncate(time.Millisecond), Operator: t.operator,
		Action: c.Action, Entity: c.Entity, Key: c.Key, Previous: t.head.hash,
	}
	var err error
	if e.Before, err = changeJSON(c.Before); err != nil {
		return err
	}
	if e.After, err = changeJSON(c.After); err != nil {
		return err
	}
	e.Hash = e.Sum()
	_, err = t.run(insertSQL("journal", journalColumns), e.Seq, ms(e.At), e.Operator, e.Action, e.Entity, e.Key,
		orNull(e.Before), orNull(e.After), e.Previous, e.Hash)
	if err != nil {
		return err
	}
	if _, err = t.run("UPDATE journal_head SET seq = ?, hash = ? WHERE id = 1", e.Seq, e.Hash); err != nil {
		return err
	}
	*t.head = journalHead{e.Seq, e.Hash}
	t.records++
	return nil
}

func changeJSON(v any) (string, error) {
	if v == nil {
		return "", nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("writing a change into the journal: %w", err)
	}
	return string(b), nil
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

const journalColumns = "seq, at, operator, action, entity, key, before, after, previous, hash"

func scanJournal(row scanner) (e data.JournalEntry, err error) {
	var before, after sql.NullString
	err = row.Scan(&e.Seq, moment{&e.At}, &e.Operator, &e.Action, &e.Entity, &e.Key, &before, &after, &e.Previous, &e.Hash)
	e.Before, e.After = before.String, after.String
	return e, err
}

// Journal gives up to limit entries after the one with the given number,
// oldest first.
func (r *Reader) Journal(ctx context.Context, afterSeq int64, limit int) ([]data.JournalEntry, error) {
	return all(ctx, r, "SELECT "+journalColumns+" FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", []any{afterSeq, limit}, scanJournal)
}

// JournalEntry gives the entry with the number.
func (r *Reader) JournalEntry(ctx context.Context, seq int64) (data.JournalEntry, error) {
	e, err := first(ctx, r, "SELECT "+journalColumns+" FROM journal WHERE seq = ?", []any{seq}, scanJournal)
	return e, missing(err, "journal entry", seq)
}

// JournalOf gives the entries about one entity, oldest first.
func (r *Reader) JournalOf(ctx context.Context, entity, key string) ([]data.JournalEntry, error) {
	return all(ctx, r, "SELECT "+journalColumns+" FROM journal WHERE entity = ? AND key = ? ORDER BY seq", []any{entity, key}, scanJournal)
}

// errBroken ends the walk over the journal at the first bad entry.
var errBroken = errors.New("the journal is broken")

// VerifyJournal computes the chain again. The first entry that was altered, or
// whose place is empty, comes back with the reason; nil when all is well.
func (r *Reader) VerifyJournal(ctx context.Context) (bad *data.JournalEntry, why string, err error) {
	head, err := first(ctx, r, "SELECT seq, hash FROM journal_head", nil, func(row scanner) (h journalHead, err error) {
		return h, row.Scan(&h.seq, &h.hash)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return &data.JournalEntry{}, "the journal's head was taken out", nil
	}
	if err != nil {
		return nil, "", err
	}
	vouched, err := vouchers(ctx, r)
	if err != nil {
		return nil, "", err
	}
	last := journalHead{0, firstHash}
	_, err = all(ctx, r, "SELECT "+journalColumns+" FROM journal WHERE seq <= ? ORDER BY seq", []any{head.seq}, func(row scanner) (struct{}, error) {
		e, err := scanJournal(row)
		if err != nil {
			return struct{}{}, err
		}
		if e.Seq != last.seq+1 {
			e = data.JournalEntry{Seq: last.seq + 1}
			why = fmt.Sprintf("entry %d was taken out", e.Seq)
		} else if e.Previous != last.hash {
			why = fmt.Sprintf("entry %d does not follow the one before it", e.Seq)
		} else if !vouched.fits(&e) {
			why = fmt.Sprintf("entry %d was altered", e.Seq)
		}
		if why != "" {
			bad = &e
			return struct{}{}, errBroken
		}
		last = journalHead{e.Seq, e.Hash}
		return struct{}{}, nil
	})
	switch {
	case bad != nil:
		return bad, why, nil
	case err != nil:
		return nil, "", err
	case last.seq < head.seq:
		return &data.JournalEntry{Seq: last.seq + 1}, fmt.Sprintf("entry %d was taken out", last.seq+1), nil
	case last.hash != head.hash:
		return &data.JournalEntry{Seq: last.seq, Hash: last.hash}, fmt.Sprintf("entry %d is not the one that was written last", last.seq), nil
	}
	return nil, "", nil
}
