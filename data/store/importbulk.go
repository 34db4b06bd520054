package store

import (
	"runtime/debug"
	"strconv"
)

// bulk prepares for filling an empty table: sort indexes are built faster from
// all rows at once. It is undone with the transaction.
func (m *OrderImport) bulk() error {
	m.empty, m.bulked, m.seen = true, true, map[uint64]int64{}
	query := "SELECT CASE tbl_name WHEN 'buyer' THEN 'buyer' ELSE 'orders' END, name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL " +
		"AND (tbl_name = 'orders' OR name = 'shipment_tracking'"
	if m.newest {
		query += " OR tbl_name = 'buyer'"
	}
	query += ")"
	var names []string
	_, err := all(m.tx.ctx, &m.tx.Reader, query, nil, func(row scanner) (struct{}, error) {
		var table, name, sql string
		err := row.Scan(&table, &name, &sql)
		names, m.indexes = append(names, name), append(m.indexes, bulkIndex{table, sql})
		return struct{}{}, err
	})
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := m.tx.exec("DROP INDEX " + name); err != nil {
			return err
		}
	}
	if err := m.tx.largeCache(); err != nil {
		return err
	}
	return m.tx.fillSearch()
}

// A bulkIndex is an index that bulk left for the end.
type bulkIndex struct{ table, sql string }

// buildIndexes builds those of a table.
func (m *OrderImport) buildIndexes(table string) error {
	var rest []bulkIndex
	for _, index := range m.indexes {
		if index.table != table {
			rest = append(rest, index)
			continue
		}
		if err := m.tx.slow(index.sql); err != nil {
			return err
		}
	}
	m.indexes = rest
	return nil
}

// endEmpty ends the filling of an empty table: from here on, orders are looked
// up in the desk.
func (m *OrderImport) endEmpty() error {
	if !m.empty {
		return nil
	}
	m.empty, m.seen = false, nil
	debug.FreeOSMemory() // sorting wants the room that remembering and reading took
	return m.buildIndexes("orders")
}

// The page cache of the writer in KiB. A larger one keeps the random inserts of
// a bulk import in memory. Sorting for an index takes as much again.
const (
	usualCache = 32 << 10
	bulkCache  = 16 << 10
)

func (t *Tx) largeCache() error {
	t.bulk = true // Update makes it small again
	_, err := t.tx.Exec("PRAGMA cache_size = -" + strconv.Itoa(bulkCache))
	return err
}

// slow runs one long statement that the context can interrupt.
func (t *Tx) slow(query string) error {
	if _, err := t.tx.ExecContext(t.ctx, query); err != nil {
		if t.ctx.Err() != nil {
			return t.ctx.Err()
		}
		return t.failed(err)
	}
	t.writes++
	return nil
}
