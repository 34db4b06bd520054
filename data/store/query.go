package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"casebinder/data"
)

// scanner is a row that can be read.
type scanner interface{ Scan(dest ...any) error }

// all runs a query and reads each row. Every read of this package goes through
// it or first, so that errors are explained in one place.
func all[T any](ctx context.Context, r *Reader, query string, args []any, scan func(scanner) (T, error)) ([]T, error) {
	rows, err := r.q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, readError(ctx, err, r.path)
	}
	defer rows.Close() //nolint:errcheck // rows.Err below tells what matters
	var list []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, readError(ctx, err, r.path)
		}
		list = append(list, one)
	}
	if err := rows.Err(); err != nil {
		return nil, readError(ctx, err, r.path)
	}
	return list, nil
}

// first reads the first row; sql.ErrNoRows when there is none.
func first[T any](ctx context.Context, r *Reader, query string, args []any, scan func(scanner) (T, error)) (T, error) {
	list, err := all(ctx, r, query, args, scan)
	if err != nil {
		var zero T
		return zero, err
	}
	if len(list) == 0 {
		var zero T
		return zero, sql.ErrNoRows
	}
	return list[0], nil
}

func readError(ctx context.Context, err error, path string) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return explain(fmt.Errorf("reading the desk: %w", err), path)
}

func scanOne[T any](row scanner) (v T, err error) { return v, row.Scan(&v) }

// moment stores a time.Time as UTC milliseconds, the zero time as NULL.
type moment struct{ t *time.Time }

// Scan reads an integer or NULL into the time.
func (m moment) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*m.t = time.Time{}
	case int64:
		*m.t = time.UnixMilli(v).UTC()
	default:
		return fmt.Errorf("a time stored as %T: %w", v, data.ErrDamaged)
	}
	return nil
}

// ms is a time as it is stored.
func ms(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// jsonText stores what a pointer points to as JSON, an empty list as ”.
type jsonText struct{ v any }

// Scan reads a JSON text, ” as what is there already.
func (j jsonText) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("a JSON text stored as %T: %w", v, data.ErrDamaged)
	}
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), j.v); err != nil {
		return fmt.Errorf("a JSON text that cannot be read: %w", errors.Join(err, data.ErrDamaged))
	}
	return nil
}

// Value writes the JSON text.
func (j jsonText) Value() (driver.Value, error) {
	b, err := json.Marshal(j.v)
	if err != nil {
		return nil, fmt.Errorf("writing JSON: %w", err)
	}
	if text := string(b); text != "null" && text != "[]" {
		return text, nil
	}
	return "", nil
}

// ref is a row id as it is stored: NULL for 0.
func ref(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

// rowRef reads a row id that may be NULL.
type rowRef struct{ id *int64 }

// Scan reads an integer or NULL into the id.
func (r rowRef) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*r.id = 0
	case int64:
		*r.id = v
	default:
		return fmt.Errorf("a row id stored as %T: %w", v, data.ErrDamaged)
	}
	return nil
}

// newUID makes a UUIDv7.
func newUID() string { return uuid.Must(uuid.NewV7()).String() }

// marks is "?,?,?" for n values.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

// insertSQL and updateSQL build statements from a list of columns.
func insertSQL(table, columns string) string {
	return "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks(strings.Count(columns, ",")+1) + ")"
}

// An insertion is an INSERT of one table whose empty texts and NULLs may be left to
// the defaults of their columns, which are the same: an export fills half of an
// order's columns, and each value that is bound costs as much as storing it. It has
// at most 64 columns.
type insertion struct {
	table   string
	columns []string
}

func insertionOf(table, columns string) *insertion {
	names := strings.Split(columns, ",")
	for i, n := range names {
		names[i] = strings.TrimSpace(n)
	}
	return &insertion{table, names}
}

// told tells which values must be said, a bit for each column.
func told(values []any) (mask uint64) {
	for i, v := range values {
		if v != nil && v != "" {
			mask |= 1 << i
		}
	}
	return mask
}

// sql is the statement with the columns of a mask alone.
func (n *insertion) sql(mask uint64) string {
	var names []string
	for i, name := range n.columns {
		if mask>>i&1 != 0 {
			names = append(names, name)
		}
	}
	return insertSQL(n.table, strings.Join(names, ", "))
}

func updateSQL(table, columns string) string {
	names := strings.Split(columns, ",")
	for i, n := range names {
		names[i] = strings.TrimSpace(n) + " = ?"
	}
	return "UPDATE " + table + " SET " + strings.Join(names, ", ") + " WHERE id = ?"
}

// prefixed puts an alias before each column of a list.
func prefixed(alias, columns string) string {
	names := strings.Split(columns, ",")
	for i, n := range names {
		names[i] = alias + "." + strings.TrimSpace(n)
	}
	return strings.Join(names, ", ")
}
