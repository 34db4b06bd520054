package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	_ "modernc.org/sqlite" // reads what a damaged database still says
)

// pageSize is that of the desk's databases, in bytes.
const pageSize = 4096

// A wound damages the bytes of a database and says how.
type wound struct {
	name  string
	wound func(db []byte, lots *rand.Rand) []byte
}

func anyPage(db []byte, lots *rand.Rand) int { return lots.IntN(len(db)/pageSize) * pageSize }

var wounds = []wound{
	{"a page of zeros", func(db []byte, lots *rand.Rand) []byte {
		at := anyPage(db, lots)
		clear(db[at : at+pageSize])
		return db
	}},
	{"a page of noise", func(db []byte, lots *rand.Rand) []byte {
		at := anyPage(db, lots)
		for i := range pageSize {
			db[at+i] = byte(lots.Uint32())
		}
		return db
	}},
	{"an end cut off", func(db []byte, lots *rand.Rand) []byte { return db[:lots.IntN(len(db))] }},
	{"two pages exchanged", func(db []byte, lots *rand.Rand) []byte {
		a, b := anyPage(db, lots), anyPage(db, lots)
		page := slices.Clone(db[a : a+pageSize])
		copy(db[a:a+pageSize], db[b:b+pageSize])
		copy(db[b:b+pageSize], page)
		return db
	}},
	{"bytes of a page's head changed", func(db []byte, lots *rand.Rand) []byte {
		at := anyPage(db, lots)
		for range 3 {
			db[at+lots.IntN(16)] ^= byte(1 + lots.IntN(255))
		}
		return db
	}},
	{"a sector of zeros", func(db []byte, lots *rand.Rand) []byte {
		at := lots.IntN(len(db)/512) * 512
		clear(db[at : at+512])
		return db
	}},
	{"bytes of the file's head changed", func(db []byte, lots *rand.Rand) []byte {
		for range 3 {
			db[lots.IntN(100)] ^= byte(1 + lots.IntN(255))
		}
		return db
	}},
	{"nothing left", func([]byte, *rand.Rand) []byte { return nil }},
}

// damages makes a desk and damages its database in so many ways.
func (b *base) damages(ctx context.Context, n int) (jobs []job, err error) {
	r := b.rig(98)
	if err := os.MkdirAll(r.work, 0o700); err != nil {
		return nil, err
	}
	if err := after(importFirst, importMore, openDispute, addScans, addChat, bind)(ctx, r); err != nil {
		return nil, err
	}
	state := filepath.Join(b.dir, "state-damage")
	path := filepath.Join(r.work, "desk", "casebinder.db")
	if _, err := r.count(ctx); err != nil { // with an alarm of its own, every damage would be told
		return nil, err
	}
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		return nil, errors.New("the desk was closed and left its write-ahead log")
	}
	if err := copyTree(r.work, state); err != nil {
		return nil, err
	}
	whole, err := contents(path)
	if err != nil {
		return nil, err
	}
	for i := range n {
		w := wounds[i%len(wounds)]
		jobs = append(jobs, job{kind: "damage", name: w.name, run: func(ctx context.Context, r *rig) error {
			return r.damaged(ctx, state, whole, w, b.lots(fmt.Sprint("damage", i)))
		}})
	}
	return jobs, nil
}

// damaged damages a desk's database and opens it. It must be told, and then the
// check must name it and the desk be saved, unless the database still says all
// that it said.
func (r *rig) damaged(ctx context.Context, state string, whole []string, w wound, lots *rand.Rand) error {
	if err := r.lay(state); err != nil {
		return err
	}
	path := filepath.Join(r.work, "desk", "casebinder.db")
	db, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, w.wound(db, lots), 0o600); err != nil {
		return err
	}
	code, said := r.run(ctx, "--desk", "desk", "--json", "orders", "--limit", "1")
	if isRaw(said) {
		return fmt.Errorf("a raw error: %s", said)
	}
	if code != 0 {
		return r.saved(ctx)
	}
	var answer struct {
		Alarms []json.RawMessage `json:"alarms"`
	}
	if err := json.Unmarshal([]byte(said), &answer); err != nil {
		return fmt.Errorf("%w: %s", err, said)
	}
	if len(answer.Alarms) > 0 {
		return r.named(ctx)
	}
	if left, err := contents(path); err == nil && slices.Equal(left, whole) {
		return nil // it hit bytes that say nothing
	}
	checked, found := r.run(ctx, "--desk", "desk", "check", "--read-data")
	return fmt.Errorf("it opens in silence; the check ends with %d: %s", checked, found)
}

// named asks of a damaged desk that opens that its check names the damage, that
// no backup is made of it, and that it can be saved.
func (r *rig) named(ctx context.Context) error {
	if code, said := r.run(ctx, "--desk", "desk", "check"); code != 1 || isRaw(said) {
		return fmt.Errorf("it opens with an alarm, and the check ends with %d: %s", code, said)
	}
	if code, said := r.run(ctx, backUp...); code != 1 || isRaw(said) {
		return fmt.Errorf("it opens with an alarm, and the backup ends with %d: %s", code, said)
	}
	return r.saved(ctx)
}

// saved repairs a desk: the new one must open and be sound.
func (r *rig) saved(ctx context.Context) error {
	code, said := r.run(ctx, "--desk", "desk", "repair", "--out", "new")
	if code != 0 && code != 3 {
		return fmt.Errorf("the repair ends with %d: %s", code, said)
	}
	if isRaw(said) {
		return fmt.Errorf("a raw error of the repair: %s", said)
	}
	_, err := r.sound(ctx, "new")
	return err
}

// contents gives every row of every table.
func contents(path string) (list []string, err error) {
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	tables, err := texts(db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
	if err != nil {
		return nil, err
	}
	for _, name := range tables {
		columns, err := texts(db, "SELECT group_concat('quote(\"' || name || '\")', ' || '','' || ') FROM pragma_table_info('"+name+"')")
		if err != nil {
			return nil, err
		}
		rows, err := texts(db, `SELECT `+columns[0]+` FROM "`+name+`"`)
		if err != nil {
			return nil, err
		}
		list = append(append(list, name), rows...)
	}
	return list, nil
}

func texts(db *sql.DB, query string) (list []string, err error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var text sql.NullString
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		list = append(list, text.String)
	}
	return list, rows.Err()
}
