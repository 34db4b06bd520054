package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"modernc.org/sqlite"
)

// What the statements ask of a text, beside what SQLite knows.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("holds_run", 2, onTexts(func(texts []string) bool {
		return strings.Contains(plain(texts[0]), texts[1])
	}))
	sqlite.MustRegisterDeterministicScalarFunction("reformed", 1, onTexts(func(texts []string) bool {
		return !ascii(texts[0]) && strings.ContainsFunc(texts[0], reformed)
	}))
}

// onTexts makes a function of SQL that answers yes or no; NULL is no text.
func onTexts(f func(texts []string) bool) func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
	return func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		texts := make([]string, len(args))
		for i, arg := range args {
			texts[i], _ = arg.(string)
		}
		if f(texts) {
			return int64(1), nil
		}
		return int64(0), nil
	}
}

// reformed reports whether a rune stands otherwise in an index of searchForm
// than in one of the form before it.
func reformed(r rune) bool {
	if ideograph(r) {
		return false
	}
	return silent(r) || mark(r) ||
		paired(r) && r != 'ー' && r != '々' && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// reformQueries find the rows of each index that came out otherwise.
var reformQueries = []struct {
	index searchIndex
	table string
	query string
}{
	{orderSearch, "orders", "SELECT id FROM orders o WHERE reformed(buyer_name || buyer_handle || ship_name || buyer_note || seller_note) " +
		"OR EXISTS (SELECT 1 FROM item WHERE order_id = o.id AND reformed(title || sku))"},
	{messageSearch, "message", "SELECT id FROM message WHERE reformed(text || translation || author)"},
	{disputeSearch, "dispute", "SELECT id FROM dispute d WHERE reformed(claim) OR EXISTS (SELECT 1 FROM case_event WHERE dispute_id = d.id AND reformed(note))"},
	{feedbackSearch, "feedback", "SELECT id FROM feedback WHERE reformed(buyer_handle || text || reply || cause)"},
}

// searchFormSchema is the schema version from which the form is written down.
const searchFormSchema = 3

// reformSearch brings the search indexes into the form in which they are asked,
// in one transaction. It is bookkeeping and no change to what is stored.
func (s *Store) reformSearch(ctx context.Context) error {
	if len(s.opt.migrations) < searchFormSchema {
		return nil
	}
	form, err := first(ctx, &Reader{q: s.read, path: s.path}, "SELECT form FROM search_form", nil, scanOne[int])
	if err != nil || form >= searchForm {
		return err
	}
	begun, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer begun.Rollback() //nolint:errcheck // after a commit it does nothing
	t := &Tx{Reader: Reader{path: s.path}, ctx: ctx, tx: begun, store: s, now: s.opt.Now(), prepared: map[string]*sql.Stmt{}}
	t.q = reads{t}
	for _, r := range reformQueries {
		if err := t.reform(r.index, r.query); err != nil {
			return fmt.Errorf("bringing %s up to date: %w", r.index.table, err)
		}
	}
	if _, err := t.run("UPDATE search_form SET form = ?", searchForm); err != nil {
		return err
	}
	return errors.Join(t.err, begun.Commit())
}

// reform writes the index of the rows that a query finds anew.
func (t *Tx) reform(x searchIndex, query string) error {
	ids, err := all(t.ctx, &t.Reader, query, nil, scanOne[int32])
	if err != nil {
		return err
	}
	for some := range slices.Chunk(ids, 500) {
		texts, err := x.texts(t.ctx, &t.Reader, some)
		if err != nil {
			return err
		}
		for i, id := range some {
			if err := t.index(x.table, int64(id), false, texts[i]); err != nil {
				return err
			}
		}
	}
	return nil
}
