package store

import (
	"context"
	"strings"
)

// A listing is a query for one of the tables on screen: which rows, and in
// which order. The order may come in segments, one query each, one after the
// other: so unknown values stand last and shops stand by name, and each
// segment still reads an index from end to end without sorting.
type listing struct {
	from     string // the table with its alias
	where    []string
	args     []any
	segments []segmentOf
}

type segmentOf struct {
	where string // "" for all
	args  []any
	order string
}

// only adds a condition.
func (l *listing) only(where string, args ...any) {
	l.where = append(l.where, where)
	l.args = append(l.args, args...)
}

func (l *listing) sql(columns string, s segmentOf) (string, []any) {
	conditions := l.where
	args := l.args
	if s.where != "" {
		conditions = append(conditions[:len(conditions):len(conditions)], s.where)
		args = append(args[:len(args):len(args)], s.args...)
	}
	q := "SELECT " + columns + " FROM " + l.from
	if len(conditions) > 0 {
		q += " WHERE " + strings.Join(conditions, " AND ")
	}
	if s.order != "" {
		q += " ORDER BY " + s.order
	}
	return q, args
}

// ids gives all ids in order; limit < 0: no limit.
func (l *listing) ids(ctx context.Context, r *Reader, id string, limit int) ([]int32, error) {
	var list []int32
	for _, s := range l.segments {
		query, args := l.sql(id, s)
		if limit >= 0 {
			query += " LIMIT ?"
			args = append(args[:len(args):len(args)], limit-len(list))
		}
		rows, err := r.q.QueryContext(ctx, query, args...)
		if err != nil {
			return nil, readError(ctx, err, r.path)
		}
		var one int32
		for rows.Next() {
			if err := rows.Scan(&one); err != nil {
				_ = rows.Close()
				return nil, readError(ctx, err, r.path)
			}
			list = append(list, one)
		}
		err = rows.Err()
		_ = rows.Close()
		if err != nil {
			return nil, readError(ctx, err, r.path)
		}
		if limit >= 0 && len(list) >= limit {
			break
		}
	}
	return list, nil
}

func (l *listing) count(ctx context.Context, r *Reader) (int, error) {
	query, args := l.sql("count(*)", segmentOf{})
	return first(ctx, r, query, args, scanOne[int])
}

func direction(ascending bool) string {
	if ascending {
		return ""
	}
	return " DESC"
}

// by makes an order over columns in one direction, with the row id last.
func by(ascending bool, columns ...string) string {
	d := direction(ascending)
	return strings.Join(columns, d+", ") + d
}

// nullsLast makes the two segments that keep unknown values last, whichever the
// direction. An index with NULL first in it gives each without sorting.
func nullsLast(ascending bool, column, id string) []segmentOf {
	return []segmentOf{
		{where: column + " IS NOT NULL", order: by(ascending, column, id)},
		{where: column + " IS NULL", order: by(ascending, id)},
	}
}

// emptyLast is nullsLast for texts that are empty when not known.
func emptyLast(ascending bool, column string, rest ...string) []segmentOf {
	order := by(ascending, append([]string{column}, rest...)...)
	return []segmentOf{
		{where: column + " > ''", order: order},
		{where: column + " = ''", order: by(ascending, rest...)},
	}
}

// byShop makes one segment for each shop, by name.
func (r *Reader) byShop(ctx context.Context, column, order string, ascending bool) ([]segmentOf, error) {
	ids, err := all(ctx, r, "SELECT id FROM shop ORDER BY "+by(ascending, "name COLLATE NOCASE", "platform", "id"), nil, scanOne[int64])
	if err != nil {
		return nil, err
	}
	segments := make([]segmentOf, len(ids))
	for i, id := range ids {
		segments[i] = segmentOf{where: column + " = ?", args: []any{id}, order: order}
	}
	return segments, nil
}

// inOrder gives the rows in the order of their ids; a row that is gone is left
// out.
func inOrder[T any](ids []int32, rows []T, id func(T) int64) []T {
	at := make(map[int64]int, len(rows))
	for i, row := range rows {
		at[id(row)] = i
	}
	list := make([]T, 0, len(ids))
	for _, want := range ids {
		if i, ok := at[int64(want)]; ok {
			list = append(list, rows[i])
		}
	}
	return list
}

// chunks calls f with at most 500 ids at a time: one prepared form for the
// common case, and never more values than SQLite takes.
func chunks(ids []int32, f func(marks string, args []any) error) error {
	for len(ids) > 0 {
		n := min(len(ids), 500)
		args := make([]any, n)
		for i, id := range ids[:n] {
			args[i] = id
		}
		if err := f(marks(n), args); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}
