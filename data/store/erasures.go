package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"casebinder/data"
)

const erasureColumns = "uid, buyer_id, ground, rule, done, kept, at, by, note"

// AddErasure keeps what was erased; it sets the ID, and a UID when it is empty.
func (t *Tx) AddErasure(e *data.Erasure) error {
	if e.UID == "" {
		e.UID = newUID()
	}
	e.At, e.By = t.now.UTC().Truncate(time.Millisecond), t.operator
	done, err := json.Marshal(erasureDone{e.Orders, e.Done, e.Files, e.Gone})
	if err != nil {
		return fmt.Errorf("writing what was erased: %w", err)
	}
	e.ID, err = t.insert(insertSQL("erasure", erasureColumns), e.UID, ref(e.BuyerID), string(e.Ground), e.Rule, string(done),
		jsonText{e.Kept}, ms(e.At), e.By, e.Note)
	if err != nil {
		return conflicting(err, "erasure")
	}
	_, err = t.run("INSERT OR IGNORE INTO kept_up (name, upto) VALUES ('" + keptWipe + "', 1)")
	return err
}

// keptWipe is the name in kept_up of what was erased and is to be wiped off the disk:
// the row is there until that is done.
const keptWipe = "wipe"

// ToWipe reports whether something was erased that may still lie in the vault or in
// the database's file.
func (r *Reader) ToWipe(ctx context.Context) (bool, error) {
	return first(ctx, r, "SELECT EXISTS (SELECT 1 FROM kept_up WHERE name = '"+keptWipe+"')", nil, scanOne[bool])
}

// erasureDone is what the column done holds.
type erasureDone struct {
	Orders []string          `json:"orders"`
	Done   map[string]int    `json:"done"`
	Files  []data.ErasedFile `json:"files,omitempty"`
	Gone   []string          `json:"gone,omitempty"` // SHA-256 of what leaves the vault
}

// OrdersPast gives the row ids of up to limit orders of a shop whose personal data is
// there still and whose day was before a time: that of the delivery or, where nobody
// told it, unsure after the last that is known; with cases, and nothing
// happened in a dispute on it since. The oldest come first.
func (r *Reader) OrdersPast(ctx context.Context, shopID int64, before time.Time, unsure time.Duration, cases bool, limit int) ([]int64, error) {
	query := "SELECT o.id FROM orders o WHERE o.shop_id = ?1 AND o.ordered_at < ?2 AND coalesce(o.delivered_at, coalesce(o.shipped_at, o.ordered_at) + ?3) < ?2 " +
		"AND (o.buyer_handle <> '' OR o.buyer_name <> '' OR o.ship_name <> '') AND " + notErased
	if cases {
		query += " AND NOT EXISTS (SELECT 1 FROM dispute d JOIN case_event c ON c.dispute_id = d.id WHERE d.order_id = o.id AND c.at >= ?2)"
	}
	return all(ctx, r, query+" ORDER BY o.ordered_at, o.id LIMIT ?4", []any{shopID, ms(before), unsure.Milliseconds(), limit}, scanOne[int64])
}

// Wipe takes out of the database's file what was erased from its tables: pages that
// are no longer used, and words in the search indexes. It rewrites the file, so that
// it takes as long as copying it, and needs as much room again.
func (s *Store) Wipe(ctx context.Context) error {
	err := s.Update(ctx, func(t *Tx) error {
		for _, x := range searched {
			if _, err := t.run("INSERT INTO " + x.search + " (" + x.search + ") VALUES ('optimize')"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := s.rewrite(ctx); err != nil {
		return err
	}
	return s.Update(ctx, func(t *Tx) error {
		_, err := t.run("DELETE FROM kept_up WHERE name = '" + keptWipe + "'")
		return err
	})
}

// rewrite writes the database's file anew, and empties the one beside it.
func (s *Store) rewrite(ctx context.Context) error {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return readError(ctx, err, s.path)
	}
	defer conn.Close() //nolint:errcheck // gives it back to the pool
	_, err = conn.ExecContext(ctx, "VACUUM")
	var busy, pages, moved int
	err = errors.Join(err, conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved))
	switch {
	case err != nil:
		return explain(fmt.Errorf("wiping what was erased: %w", err), s.path)
	case busy != 0:
		return problemWipeBusy.New("path", s.path)
	}
	return nil
}

var problemWipeBusy = data.DefineProblem("store_wipe_busy", data.ErrBusy,
	"What was erased still lies in the working file beside “{path}”, which something is reading.",
	"Close other programs that have the desk open, then check the desk once more.")
