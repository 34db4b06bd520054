package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// applicationID marks a file as a desk: "CSBD" in PRAGMA application_id.
const applicationID = 0x43534244

// A migration brings a desk from the schema version before it to its own. Its
// version is its place in the list, from 1.
type migration struct{ name, sql string }

func embeddedMigrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, fmt.Errorf("listing the migrations: %w", err)
	}
	slices.Sort(names)
	list := make([]migration, len(names))
	for i, name := range names {
		if !strings.HasPrefix(filepath.Base(name), fmt.Sprintf("%04d_", i+1)) {
			return nil, fmt.Errorf("migration %s: number %04d is missing", name, i+1)
		}
		body, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading migration %s: %w", name, err)
		}
		list[i] = migration{name: name, sql: string(body)}
	}
	return list, nil
}

// found says what a file is.
type found struct {
	desk    bool // ours; false for a new or empty file
	blank   bool // a database that holds nothing yet: making it was interrupted
	version int
	size    int64 // of the file in bytes
	pages   int64 // that it says it has, in bytes
}

// short reports whether a file ends before its pages do.
func (f found) short(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() < f.pages
}

// probe looks at the file without changing it, through the readers, where there
// is one.
func (s *Store) probe(ctx context.Context) (found, error) {
	info, err := os.Stat(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return found{}, s.room()
	}
	if err != nil {
		return found{}, problemCannotOpen.Wrap(err, "path", s.path)
	}
	if info.IsDir() {
		return found{}, problemNotDesk.New("path", s.path)
	}
	if info.Size() == 0 {
		return found{}, nil
	}
	if !folderWritable(filepath.Dir(s.path)) {
		return found{}, problemReadOnly.New("path", s.path)
	}
	s.read = openPool(s.uri("ro", readPragmas(s.opt)...), readers)
	f, err := inspect(ctx, s.read)
	if err != nil {
		return found{}, err
	}
	f.size = info.Size()
	if log, err := os.Stat(s.path + "-wal"); (err != nil || log.Size() == 0) && f.short(s.path) {
		return found{}, problemDamaged.New("path", s.path, "detail", "its end was cut off")
	}
	switch {
	case f.blank && s.opt.MustExist:
		return found{}, problemDamaged.New("path", s.path, "detail", "it holds nothing")
	case f.blank:
		return found{}, nil
	case !f.desk:
		return found{}, problemNotDesk.New("path", s.path)
	}
	return f, nil
}

// room says why no new file could be made.
func (s *Store) room() error {
	dir := filepath.Dir(s.path)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return problemCannotOpen.Wrap(err, "path", s.path)
	}
	if !folderWritable(dir) {
		return problemReadOnly.New("path", s.path)
	}
	return nil
}

// inspect reads the marks of a file.
func inspect(ctx context.Context, db *sql.DB) (f found, err error) {
	var app, tables, size, count int
	for query, into := range map[string]*int{
		"PRAGMA application_id": &app, "PRAGMA user_version": &f.version, "SELECT count(*) FROM sqlite_schema": &tables,
		"PRAGMA page_size": &size, "PRAGMA page_count": &count,
	} {
		if err := db.QueryRowContext(ctx, query).Scan(into); err != nil {
			return found{}, fmt.Errorf("looking at the desk: %w", err)
		}
	}
	f.pages = int64(size) * int64(count)
	f.blank = app == 0 && f.version == 0 && tables == 0
	f.desk = app == applicationID && f.version > 0 && tables > 0
	return f, nil
}

// migrate brings the file from one version to the newest: each step in one
// transaction with its number. A file that holds something is checked and
// backed up first.
func (s *Store) migrate(ctx context.Context, from int) error {
	if from > 0 {
		if err := s.beforeSteps(ctx, from); err != nil {
			return err
		}
	}
	db := s.openSteps()
	defer db.Close() //nolint:errcheck // each step was committed
	if err := ownFile(s.path); err != nil {
		return problemReadOnly.Wrap(err, "path", s.path)
	}
	if from == 0 { // a new desk is there whole or not at all
		return s.step(ctx, db, s.opt.migrations, len(s.opt.migrations))
	}
	for version := from + 1; version <= len(s.opt.migrations); version++ {
		if err := s.step(ctx, db, s.opt.migrations[version-1:version], version); err != nil {
			return fmt.Errorf("bringing the desk to schema %d: %w", version, err)
		}
	}
	return nil
}

// openSteps opens the file for a migration.
func (s *Store) openSteps() *sql.DB {
	pragmas := append(writePragmas(s.opt), "foreign_keys(0)") // a step may rebuild tables; what it leaves is checked
	pragmas = slices.DeleteFunc(pragmas, func(p string) bool { return p == "foreign_keys(1)" })
	return openPool(s.uri("rwc", pragmas...)+newFile, 1)
}

// beforeSteps checks a file that holds something, copies it, and gives it what
// its own schema has by now.
func (s *Store) beforeSteps(ctx context.Context, from int) error {
	db := s.openSteps()
	defer db.Close() //nolint:errcheck // what it did was committed, and makeRoom has closed it
	if err := quickCheck(ctx, db, s.path); err != nil {
		return err
	}
	if err := s.copyBefore(ctx, db, from); err != nil {
		return fmt.Errorf("backing up before bringing the desk up to date: %w", err)
	}
	if err := s.complete(ctx, db, from); err != nil {
		return fmt.Errorf("completing the desk's schema %d: %w", from, err)
	}
	if err := s.makeRoom(ctx, db); err != nil {
		return fmt.Errorf("making room for sums of pages: %w", err)
	}
	return nil
}

// copyBefore makes the copy that can be gone back to after a migration.
func (s *Store) copyBefore(ctx context.Context, db *sql.DB, from int) error {
	if s.opt.HasCopy {
		return nil
	}
	dir := s.opt.BackupDir
	if dir == "" {
		dir = filepath.Dir(s.path)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return problemReadOnly.Wrap(err, "path", dir)
	}
	return backupPool(ctx, db, s.path, s.migrationBackup(dir, from))
}

// migrationBackup names the copy made before a migration. A start that was
// killed after it may be tried again within the second.
func (s *Store) migrationBackup(dir string, from int) string {
	base := strings.TrimSuffix(filepath.Base(s.path), filepath.Ext(s.path))
	stem := fmt.Sprintf("%s-schema%d-%s", base, from, s.opt.Now().UTC().Format("20060102-150405"))
	name := filepath.Join(dir, stem+".backup.db")
	for n := 2; ; n++ {
		if _, err := os.Lstat(name); err != nil {
			return name
		}
		name = filepath.Join(dir, fmt.Sprintf("%s-%d.backup.db", stem, n))
	}
}

// step takes some migrations in one transaction, and marks the desk with the
// version that they lead to.
func (s *Store) step(ctx context.Context, db *sql.DB, some []migration, version int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it does nothing
	for _, m := range some {
		if _, err := tx.ExecContext(ctx, m.sql); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	var broken int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM pragma_foreign_key_check").Scan(&broken); err != nil {
		return err
	}
	if broken > 0 {
		return problemDamaged.New("path", s.path, "detail", fmt.Sprintf("%d rows refer to rows that are not there", broken))
	}
	marks := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version)
	if _, err := tx.ExecContext(ctx, marks); err != nil {
		return err
	}
	return tx.Commit()
}

// ownFile makes sure that a database that SQLite is about to make is for its
// owner alone: what lies beside it later takes over its rights.
func ownFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}
