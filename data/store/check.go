package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/store/internal/pagesum"
)

// A Fault is something that is wrong with a database.
type Fault struct {
	Kind   string // one of the kinds below
	Detail string // English: what SQLite says, or the names
}

// The kinds of faults.
const (
	FaultPages      = "pages"      // pages, indexes or search indexes contradict each other
	FaultSums       = "sums"       // pages are not as they were written, though they contradict nothing
	FaultShape      = "shape"      // a table, column or index is missing
	FaultReferences = "references" // rows refer to rows that are not there
	FaultSearch     = "search"     // rows are not in their search index
	FaultSetting    = "setting"    // a setting is not JSON
)

// maxFaults bounds how many faults of a kind are named one by one.
const maxFaults = 100

// CheckAll looks for every fault in the whole database. It reads all of it:
// some seconds for a million orders. An error means that the check itself could
// not go on.
func (s *Store) CheckAll(ctx context.Context) ([]Fault, error) {
	var list []Fault
	for _, look := range []func(context.Context) ([]Fault, error){s.faultyPages, s.faultySums, s.faultyShape, s.faultyReferences, s.faultySearch, s.faultySettings} {
		some, err := look(ctx)
		list = append(list, some...)
		switch {
		case errors.Is(err, data.ErrDamaged):
			list = append(list, Fault{FaultPages, detailOf(err)})
		case err != nil:
			return list, err
		}
	}
	return list, nil
}

func detailOf(err error) string {
	if p, ok := data.AsProblem(err); ok && p.Args["detail"] != "" {
		return p.Args["detail"]
	}
	return err.Error()
}

func (s *Store) faultyPages(ctx context.Context) (list []Fault, err error) {
	db := openPool(s.readAddress(s.watched), 1) // with no page in its memory
	defer db.Close()                            //nolint:errcheck // it only read
	lines, err := all(ctx, &Reader{q: db, path: s.path}, fmt.Sprintf("PRAGMA integrity_check(%d)", maxFaults), nil, scanOne[string])
	for _, line := range lines {
		if line != "ok" {
			list = append(list, Fault{FaultPages, line})
		}
	}
	return list, err
}

// Altered gives the numbers of the pages that were read since the store was
// opened and are not as a store wrote them: the disk damaged them, or another
// program changed them. What stands on them may be anything.
func (s *Store) Altered() []uint32 { return s.sums.Bad() }

// faultySums names what is on the pages that were altered; faultyPages has read
// all of them.
func (s *Store) faultySums(ctx context.Context) (list []Fault, err error) {
	pages := s.Altered()
	if len(pages) == 0 {
		return nil, nil
	}
	numbers := strings.Trim(strings.ReplaceAll(fmt.Sprint(pages[:min(len(pages), maxFaults)]), " ", ", "), "[]")
	names, err := all(ctx, &s.Reader, "SELECT DISTINCT name FROM dbstat WHERE pageno IN ("+numbers+") ORDER BY name", nil, scanOne[string])
	for i, name := range names {
		names[i] = strings.TrimPrefix(strings.TrimPrefix(name, "sqlite_"), "autoindex_")
	}
	if err != nil || len(names) == 0 { // too damaged to be asked, or no longer in use
		names = []string{"?"}
	}
	return []Fault{{FaultSums, fmt.Sprintf("%s (%d: %s)", strings.Join(names, ", "), len(pages), numbers)}}, nil
}

func (s *Store) faultyShape(ctx context.Context) (list []Fault, err error) {
	want, err := plannedShape(ctx, s.opt.migrations, len(s.opt.migrations))
	if err != nil {
		return nil, err
	}
	have, err := shapeOf(ctx, s.q)
	if err != nil {
		return nil, err
	}
	parts, columns := have.lacks(want)
	for _, p := range parts {
		list = append(list, Fault{FaultShape, p.kind + " " + p.name})
	}
	for _, c := range columns {
		list = append(list, Fault{FaultShape, "column " + c.table + "." + c.name})
	}
	return list, nil
}

func (s *Store) faultyReferences(ctx context.Context) (list []Fault, err error) {
	query := fmt.Sprintf(`SELECT "table", rowid, parent FROM pragma_foreign_key_check LIMIT %d`, maxFaults)
	list, err = all(ctx, &s.Reader, query, nil, func(row scanner) (f Fault, err error) {
		var table, parent string
		var id *int64
		err = row.Scan(&table, &id, &parent)
		f = Fault{FaultReferences, fmt.Sprintf("%s → %s", table, parent)}
		if id != nil {
			f.Detail = fmt.Sprintf("%s %d → %s", table, *id, parent)
		}
		return f, err
	})
	if err != nil {
		return list, err
	}
	const copies = "SELECT c.uid || ' → ' || c.copy_of FROM evidence c WHERE c.copy_of <> '' AND NOT EXISTS (SELECT 1 FROM evidence o WHERE o.uid = c.copy_of) LIMIT 100"
	some, err := all(ctx, &s.Reader, copies, nil, scanOne[string])
	for _, one := range some {
		list = append(list, Fault{FaultReferences, "evidence " + one})
	}
	return list, err
}

// searched are the tables with their search indexes.
var searched = []struct{ table, search string }{
	{"orders", "order_search"}, {"message", "message_search"}, {"dispute", "dispute_search"}, {"feedback", "feedback_search"},
}

func (s *Store) faultySearch(ctx context.Context) (list []Fault, err error) {
	for _, x := range searched {
		query := "SELECT count(*) FROM " + x.table + " t WHERE NOT EXISTS (SELECT 1 FROM " + x.search + "_docsize d WHERE d.id = t.id)"
		n, err := first(ctx, &s.Reader, query, nil, scanOne[int])
		if err != nil {
			return list, err
		}
		if n > 0 {
			list = append(list, Fault{FaultSearch, fmt.Sprintf("%s: %d", x.table, n)})
		}
	}
	return list, nil
}

func (s *Store) faultySettings(ctx context.Context) (list []Fault, err error) {
	keys, err := all(ctx, &s.Reader, "SELECT key FROM setting WHERE NOT json_valid(value) LIMIT 100", nil, scanOne[string])
	for _, key := range keys {
		list = append(list, Fault{FaultSetting, key})
	}
	return list, err
}

// JournalHead gives the end of the journal as it stands written; a zero anchor
// for an empty one.
func (r *Reader) JournalHead(ctx context.Context) (data.Anchor, error) {
	h, err := first(ctx, r, "SELECT seq, hash FROM journal_head", nil, func(row scanner) (h data.Anchor, err error) {
		return h, row.Scan(&h.Seq, &h.Hash)
	})
	if h.Seq == 0 {
		h.Hash = ""
	}
	return h, err
}

// A KeptFile is a file of evidence as the database has it.
type KeptFile struct {
	UID    string
	Name   string
	SHA256 string
	Size   int64 // bytes
}

// KeptFiles gives every piece of evidence, that in the bin included, but for those
// whose file was erased.
func (r *Reader) KeptFiles(ctx context.Context) ([]KeptFile, error) {
	return all(ctx, r, "SELECT uid, name, sha256, size FROM evidence WHERE erased_at IS NULL ORDER BY id", nil, func(row scanner) (f KeptFile, err error) {
		return f, row.Scan(&f.UID, &f.Name, &f.SHA256, &f.Size)
	})
}

// Snapshot is what a copy of a database says of itself.
type Snapshot struct {
	Head  data.Anchor
	Files []KeptFile
}

// ReadSnapshot reads a finished copy that nobody has open.
func ReadSnapshot(ctx context.Context, path string) (s Snapshot, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return s, fmt.Errorf("finding the copy: %w", err)
	}
	db := openPool(fileURI(path, "ro")+"&immutable=1", 1)
	defer db.Close() //nolint:errcheck // nothing was written
	r := &Reader{q: db, path: path}
	if s.Head, err = r.JournalHead(ctx); err != nil {
		return s, err
	}
	s.Files, err = r.KeptFiles(ctx)
	return s, err
}

// openCheck is the check of a desk that is small enough to be read whole at
// each start; larger ones are checked behind the first screen. It reports
// whether it did.
func (s *Store) openCheck(ctx context.Context, size int64) (bool, error) {
	if summed, err := pagesum.In(s.path); err != nil || !summed {
		return false, errors.Join(err, problemDamaged.New("path", s.path, "detail", "its head was altered"))
	}
	switch {
	case size <= wholeAtStart:
		lines, err := all(ctx, &Reader{q: s.read, path: s.path}, "PRAGMA integrity_check(5)", nil, scanOne[string])
		if err == nil && !slices.Equal(lines, []string{"ok"}) {
			err = problemDamaged.New("path", s.path, "detail", joined(lines))
		}
		return true, err
	case size <= quickAtStart:
		return true, quickCheck(ctx, s.read, s.path)
	}
	return false, nil
}

// The largest databases, in bytes, that are checked whole, and but for their
// indexes, before they open: some hundredths of a second.
const (
	wholeAtStart = 4 << 20
	quickAtStart = 64 << 20
)
