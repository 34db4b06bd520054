package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// The shape of a desk is its tables, columns, indexes and triggers. Desks that
// were made while a schema was still being written have its number without
// all of its columns: they are given what they lack before the next step.

// A part is one table, index or trigger.
type part struct{ kind, name, sql string }

// A column is one column of a table, as it can be added later.
type column struct{ table, name, definition string }

// A shape is what a database is made of.
type shape struct {
	parts   []part
	columns []column
}

// shapeOf reads a shape. The tables behind a search index are no part of it:
// they come and go with the index.
func shapeOf(ctx context.Context, q querier) (s shape, err error) {
	r := &Reader{q: q}
	s.parts, err = all(ctx, r, "SELECT type, name, sql FROM sqlite_schema s WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND NOT EXISTS "+
		"(SELECT 1 FROM pragma_table_list l WHERE l.name = s.name AND l.type = 'shadow') ORDER BY rowid", nil, func(row scanner) (p part, err error) {
		return p, row.Scan(&p.kind, &p.name, &p.sql)
	})
	if err != nil {
		return s, err
	}
	s.columns, err = all(ctx, r, "SELECT s.name, c.name, c.type, c.\"notnull\", c.dflt_value FROM sqlite_schema s, pragma_table_xinfo(s.name) c "+
		"WHERE s.type = 'table' AND s.sql LIKE 'CREATE TABLE%' AND c.hidden = 0 ORDER BY s.rowid, c.cid", nil, scanColumn)
	return s, err
}

func scanColumn(row scanner) (c column, err error) {
	var kind string
	var required bool
	var fallback sql.NullString
	err = row.Scan(&c.table, &c.name, &kind, &required, &fallback)
	c.definition = quoted(c.name) + " " + kind
	if required {
		c.definition += " NOT NULL"
	}
	if fallback.Valid {
		c.definition += " DEFAULT " + fallback.String
	}
	return c, err
}

// quoted is a name as SQL takes any.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// lacks gives what one shape has and another has not.
func (s shape) lacks(want shape) (parts []part, columns []column) {
	for _, p := range want.parts {
		if !slices.ContainsFunc(s.parts, func(have part) bool { return have.kind == p.kind && have.name == p.name }) {
			parts = append(parts, p)
		}
	}
	for _, c := range want.columns {
		whole := slices.ContainsFunc(parts, func(p part) bool { return p.kind == "table" && p.name == c.table })
		if !whole && !slices.ContainsFunc(s.columns, func(have column) bool { return have.table == c.table && have.name == c.name }) {
			columns = append(columns, c)
		}
	}
	return parts, columns
}

// plannedShape is the shape that the migrations up to a version make.
func plannedShape(ctx context.Context, migrations []migration, version int) (shape, error) {
	db := openPool("file::memory:", 1)
	defer db.Close() //nolint:errcheck // it was never on the disk
	for _, m := range migrations[:version] {
		if _, err := db.ExecContext(ctx, m.sql); err != nil {
			return shape{}, fmt.Errorf("planning the desk: %s: %w", m.name, err)
		}
	}
	return shapeOf(ctx, db)
}

// complete gives a desk what its schema version should have and it lacks, in
// one transaction.
func (s *Store) complete(ctx context.Context, db *sql.DB, version int) error {
	want, err := plannedShape(ctx, s.opt.migrations, version)
	if err != nil {
		return err
	}
	have, err := shapeOf(ctx, db)
	if err != nil {
		return err
	}
	parts, columns := have.lacks(want)
	if len(parts)+len(columns) == 0 {
		return nil
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it does nothing
	for _, c := range columns {
		if _, err := tx.ExecContext(ctx, "ALTER TABLE "+quoted(c.table)+" ADD COLUMN "+c.definition); err != nil {
			return fmt.Errorf("adding %s to %s: %w", c.name, c.table, err)
		}
	}
	for _, p := range parts {
		if _, err := tx.ExecContext(ctx, p.sql); err != nil {
			return fmt.Errorf("adding %s: %w", p.name, err)
		}
	}
	return tx.Commit()
}
