package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	lib "modernc.org/sqlite/lib"

	"casebinder/data"
)

// Salvaged says what was saved of a damaged database, and what was not.
type Salvaged struct {
	Rows    int64               // rows that were saved
	Tables  []SalvagedTable     // that lost something
	Entries int64               // of the journal that follow one another unbroken from the first
	Rest    []data.JournalEntry // what could be read behind the break
	Failed  string              // why nothing could be read at all; "" where something could
}

// SalvagedTable is a table that lost something.
type SalvagedTable struct {
	Name      string
	Saved     int64
	Damaged   bool  // a part of it could not be read
	Dangling  int64 // rows that were left out, or lost their reference, because what they belong to is gone
	Malformed int64 // rows that the table does not take
	Altered   int   // pages that read well and are not as they were written: rows on them may hold something else
}

// Salvage reads what can be read of the database at from, which nobody has
// open, into a new one at path. The journal is continued by an entry that says
// so. from is not changed, but for its write-ahead log, which is taken in.
func Salvage(ctx context.Context, from, path string, o Options) (Salvaged, error) {
	o.HasCopy = true
	s, err := Open(ctx, path, o)
	if err != nil {
		return Salvaged{}, err
	}
	defer s.Close()                                                                  //nolint:errcheck // closed below where it matters
	old := openPool(s.watched(from, "rw", "query_only(1)", "cell_size_check(0)"), 1) // the new one has no page that is altered
	defer old.Close()                                                                //nolint:errcheck // it was only read
	var result Salvaged
	if err := s.salvage(ctx, old, &result); err != nil {
		return result, explain(err, path)
	}
	return result, s.Close()
}

// salvage copies table after table in one transaction.
func (s *Store) salvage(ctx context.Context, old *sql.DB, result *Salvaged) error {
	want, err := plannedShape(ctx, s.opt.migrations, len(s.opt.migrations))
	if err != nil {
		return err
	}
	begun, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer begun.Rollback() //nolint:errcheck // after a commit it does nothing
	if _, err := begun.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON"); err != nil {
		return err
	}
	t := &Tx{Reader: Reader{path: s.path}, ctx: ctx, tx: begun, store: s, now: s.opt.Now(), operator: s.Operator(), prepared: map[string]*sql.Stmt{}}
	t.q = reads{t}
	for _, p := range want.parts {
		if p.kind != "table" || !strings.HasPrefix(p.sql, "CREATE TABLE") || slices.Contains(salvagedApart, p.name) {
			continue
		}
		if err := t.salvageTable(old, p.name, want.columnsOf(p.name), result); err != nil {
			return err
		}
	}
	if err := t.salvageJournal(old, result); err != nil {
		return err
	}
	if err := t.dropDangling(result); err != nil {
		return err
	}
	for _, r := range reformQueries {
		if err := t.reform(r.index, "SELECT id FROM "+r.table); err != nil {
			return err
		}
	}
	change := data.Change{Action: "desk.repair", Entity: "desk", Key: "repair", After: result}
	return errors.Join(t.Record(change), t.err, begun.Commit())
}

// salvagedApart are the tables that are not copied row by row.
var salvagedApart = []string{"journal", "journal_head", "search_form"}

func (s shape) columnsOf(table string) (names []string) {
	for _, c := range s.columns {
		if c.table == table {
			names = append(names, c.name)
		}
	}
	return names
}

// salvageTable copies a table from its beginning up to where it cannot be read,
// and from its end down to there.
func (t *Tx) salvageTable(old *sql.DB, table string, columns []string, result *Salvaged) error {
	r := &Reader{q: old}
	known, err := all(t.ctx, r, "SELECT name FROM pragma_table_info(?)", []any{table}, scanOne[string])
	if err != nil && result.Failed == "" {
		result.Failed = detailOf(explain(err, ""))
	}
	columns = slices.DeleteFunc(columns, func(c string) bool { return !slices.Contains(known, c) })
	if len(columns) == 0 {
		return t.ctx.Err() // the table is younger than that desk, or gone
	}
	if _, err := t.run("DELETE FROM " + quoted(table)); err != nil { // what a new desk is seeded with
		return err
	}
	one, altered := SalvagedTable{Name: table}, len(t.store.Altered())
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = quoted(c)
	}
	list := strings.Join(names, ", ")
	insert := "INSERT OR IGNORE INTO " + quoted(table) + " (" + list + ") VALUES (" + marks(len(columns)) + ")"
	backwards, err := all(t.ctx, r, "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", []any{table}, scanOne[string])
	if err != nil || len(backwards) == 0 {
		backwards = []string{"rowid"}
	}
	for _, order := range []string{"", " ORDER BY " + strings.Join(backwards, " DESC, ") + " DESC"} {
		broken, err := t.copyRows(old, "SELECT "+list+" FROM "+quoted(table)+order, insert, len(columns), &one)
		if err != nil {
			return err
		}
		if !broken {
			break
		}
		one.Damaged = true
	}
	result.Rows += one.Saved
	one.Altered = len(t.store.Altered()) - altered
	if one.Damaged || one.Malformed > 0 || one.Altered > 0 {
		result.Tables = append(result.Tables, one)
	}
	return nil
}

// copyRows copies the rows of a query until one cannot be read, and reports
// whether that was so.
func (t *Tx) copyRows(old *sql.DB, query, insert string, n int, one *SalvagedTable) (broken bool, err error) {
	rows, err := old.QueryContext(t.ctx, query)
	if err != nil {
		return true, t.ctx.Err()
	}
	defer rows.Close() //nolint:errcheck // rows.Err below tells what matters
	values, into := make([]any, n), make([]any, n)
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			one.Malformed++
			continue
		}
		done, err := t.tx.ExecContext(t.ctx, insert, values...)
		switch {
		case err != nil && !refusedRow(err):
			return false, err
		case err != nil:
			one.Malformed++
			continue
		}
		if saved, err := done.RowsAffected(); err == nil {
			one.Saved += saved
		}
	}
	if t.ctx.Err() != nil {
		return false, t.ctx.Err()
	}
	return rows.Err() != nil, nil
}

// salvageJournal copies the journal as far as it is unbroken.
func (t *Tx) salvageJournal(old *sql.DB, result *Salvaged) error {
	entries, err := all(t.ctx, &Reader{q: old}, "SELECT "+journalColumns+" FROM journal ORDER BY seq", nil, scanJournal)
	if err != nil { // read what can be read from its beginning
		entries = readable(t.ctx, old)
	}
	vouched := vouchersIn(entries)
	head := journalHead{0, firstHash}
	for i, e := range entries {
		if e.Seq != head.seq+1 || e.Previous != head.hash || !vouched.fits(&e) {
			result.Rest = entries[i:]
			break
		}
		_, err := t.run(insertSQL("journal", journalColumns), e.Seq, ms(e.At), e.Operator, e.Action, e.Entity, e.Key,
			orNull(e.Before), orNull(e.After), e.Previous, e.Hash)
		if err != nil {
			return err
		}
		head = journalHead{e.Seq, e.Hash}
	}
	result.Entries = head.seq
	if _, err := t.run("UPDATE journal_head SET seq = ?, hash = ? WHERE id = 1", head.seq, head.hash); err != nil {
		return err
	}
	return t.ctx.Err()
}

// readable gives the entries up to the first that cannot be read.
func readable(ctx context.Context, old *sql.DB) (list []data.JournalEntry) {
	rows, err := old.QueryContext(ctx, "SELECT "+journalColumns+" FROM journal ORDER BY seq")
	if err != nil {
		return nil
	}
	defer rows.Close() //nolint:errcheck // it was read as far as it goes
	for rows.Next() {
		e, err := scanJournal(rows)
		if err != nil {
			break
		}
		list = append(list, e)
	}
	_ = rows.Err() // that it is broken is why this is called
	return list
}

// A reference is a column whose values are keys of another table.
type reference struct {
	table, column   string
	parent, key     string
	mayBeUnanswered bool // it may be NULL: then the row can stand without it. A key of its own table may not, whatever its column says
}

func (t *Tx) references() ([]reference, error) {
	return all(t.ctx, &t.Reader, `SELECT s.name, f."from", f."table", coalesce(f."to", 'id'), NOT c."notnull" AND c.pk = 0 FROM sqlite_schema s, pragma_foreign_key_list(s.name) f, `+
		`pragma_table_info(s.name) c WHERE s.type = 'table' AND c.name = f."from"`, nil, func(row scanner) (r reference, err error) {
		return r, row.Scan(&r.table, &r.column, &r.parent, &r.key, &r.mayBeUnanswered)
	})
}

// dropDangling leaves out what belongs to rows that could not be saved, until
// nothing does; a row that can stand without them loses the reference alone.
func (t *Tx) dropDangling(result *Salvaged) error {
	list, err := t.references()
	if err != nil {
		return err
	}
	for again := true; again; {
		again = false
		for _, r := range list {
			what := "DELETE FROM " + quoted(r.table)
			if r.mayBeUnanswered {
				what = "UPDATE " + quoted(r.table) + " SET " + quoted(r.column) + " = NULL"
			}
			res, err := t.run(what + " WHERE " + quoted(r.column) + " IS NOT NULL AND " + quoted(r.column) +
				" NOT IN (SELECT " + quoted(r.key) + " FROM " + quoted(r.parent) + ")")
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			if n > 0 {
				again = true
				result.dangling(r, n)
			}
		}
	}
	return nil
}

func (s *Salvaged) dangling(r reference, n int64) {
	i := slices.IndexFunc(s.Tables, func(t SalvagedTable) bool { return t.Name == r.table })
	if i < 0 {
		s.Tables = append(s.Tables, SalvagedTable{Name: r.table})
		i = len(s.Tables) - 1
	}
	s.Tables[i].Dangling += n
	if !r.mayBeUnanswered {
		s.Rows -= n
	}
}

// refusedRow reports whether a table does not take a row because of what is in
// it.
func refusedRow(err error) bool {
	switch resultCode(err) {
	case lib.SQLITE_CONSTRAINT, lib.SQLITE_MISMATCH, lib.SQLITE_TOOBIG:
		return true
	}
	return false
}
