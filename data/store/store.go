package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"casebinder/data/store/internal/pagesum"
)

// readers is how many reading connections a store has.
const readers = 3

// A Store is an open desk. Its methods may be used from several goroutines.
type Store struct {
	Reader
	path  string
	opt   Options
	write *sql.DB // one connection; nil when read-only
	read  *sql.DB

	checked   bool // the whole file was checked when it was opened
	immutable bool // the file lies where nobody can write
	sums      *pagesum.Watch
	moved     atomic.Int64 // grows as orders or marks are taken out

	mu       sync.Mutex
	operator string
}

// Reader has the reading methods. A Store's reads see what was last committed;
// a Tx's reads see its own writes. Rows that are not found give a problem of
// kind data.ErrNotFound.
type Reader struct {
	q    querier
	path string
}

// querier is what a pool and a transaction have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Open opens the desk in the file at path, making a new one when there is none
// and o.ReadOnly is false. An older file is checked, backed up and brought up
// to date. Problems: data.ErrNewer, ErrDamaged, ErrInvalid (no desk),
// ErrReadOnly, ErrFull, ErrBusy, ErrNotFound.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("finding the desk: %w", err)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.busy == 0 {
		o.busy = 5000
	}
	if o.migrations == nil {
		if o.migrations, err = embeddedMigrations(); err != nil {
			return nil, err
		}
	}
	s := &Store{path: path, opt: o, operator: o.Operator, sums: pagesum.NewWatch()}
	if o.ReadOnly {
		err = s.openReadOnly(ctx)
	} else {
		err = s.openWritable(ctx)
	}
	if err != nil {
		return nil, errors.Join(explain(err, path), s.Close())
	}
	s.Reader = Reader{q: newPool(s.read), path: path}
	return s, nil
}

// openWritable checks what is there before anything is changed, and brings it up
// to date. The connection that looked stays as the first of the readers; the
// writer opens with the first change, because a first screen has none.
func (s *Store) openWritable(ctx context.Context) error {
	found, err := s.probe(ctx)
	if err != nil {
		return err
	}
	latest := len(s.opt.migrations)
	if found.version > latest {
		return problemNewer.New("path", s.path, "found", found.version, "known", latest)
	}
	if found.version < latest {
		if s.read != nil {
			err, s.read = s.read.Close(), nil
		}
		if err = errors.Join(err, s.migrate(ctx, found.version)); err != nil {
			return err
		}
		s.checked = true
	}
	s.write = openPool(s.uri("rw", writePragmas(s.opt)...), 1)
	if s.read == nil {
		s.read = openPool(s.uri("ro", readPragmas(s.opt)...), readers)
	}
	if !s.checked {
		if s.checked, err = s.openCheck(ctx, found.size); err != nil {
			return err
		}
	}
	return s.reformSearch(ctx)
}

// openReadOnly opens the readers alone. A folder that cannot be written needs
// SQLite's immutable mode, which ignores a write-ahead log: where one is left,
// its changes would silently be missing, so that is refused.
func (s *Store) openReadOnly(ctx context.Context) error {
	if _, err := os.Stat(s.path); err != nil {
		return problemMissing.Wrap(err, "path", s.path)
	}
	immutable := !folderWritable(filepath.Dir(s.path))
	if immutable {
		if info, err := os.Stat(s.path + "-wal"); err == nil && info.Size() > 0 {
			return problemUnfinished.New("path", s.path)
		}
	}
	s.immutable = immutable
	s.read = openPool(s.readAddress(s.watched), readers)
	found, err := inspect(ctx, s.read)
	switch {
	case err != nil:
		return err
	case immutable && found.short(s.path):
		return problemDamaged.New("path", s.path, "detail", "its end was cut off")
	case !found.desk:
		return problemNotDesk.New("path", s.path)
	case found.version > len(s.opt.migrations):
		return problemNewer.New("path", s.path, "found", found.version, "known", len(s.opt.migrations))
	case found.version < len(s.opt.migrations):
		return problemOlder.New("path", s.path)
	}
	s.checked, err = s.openCheck(ctx, found.pages)
	return err
}

func folderWritable(dir string) bool {
	f, err := os.CreateTemp(dir, ".casebinder-write-*")
	if err != nil {
		return false
	}
	_ = f.Close()
	return os.Remove(f.Name()) == nil
}

// uri is the store's own file as a URI, whose pages are watched.
func (s *Store) uri(mode string, pragmas ...string) string {
	return s.watched(s.path, mode, pragmas...)
}

// watched is fileURI for a file whose pages are watched.
func (s *Store) watched(path, mode string, pragmas ...string) string {
	name, value := s.sums.Parameter()
	return fileURI(path, mode, pragmas...) + "&" + name + "=" + value
}

// newFile goes behind the URI of a file that may not be there yet: its pages get
// sums.
const newFile = "&" + pagesum.NewFile + "=1"

// readAddress is the store's file as a URI for reading.
func (s *Store) readAddress(uri func(path, mode string, pragmas ...string) string) string {
	address := uri(s.path, "ro", readPragmas(s.opt)...)
	if s.immutable {
		address += "&immutable=1"
	}
	return address
}

// fileURI is a file as a URI: a plain path would silently lose its parameters.
func fileURI(path, mode string, pragmas ...string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // a Windows drive
		path = "/" + path
	}
	v := url.Values{"mode": {mode}, "vfs": {pagesum.VFS}, "_txlock": {"immediate"}, "_dqs": {"0"}, "_error_rc": {"1"}, "_pragma": pragmas}
	return (&url.URL{Scheme: "file", Path: path, OmitHost: false, RawQuery: v.Encode()}).String()
}

// readCache is the page cache of a reader in KiB. The driver takes twice as much
// for it, and there are several readers; what it does not hold, the system does.
const readCache = 4 << 10

func readPragmas(o Options) []string {
	return []string{
		"busy_timeout(" + strconv.Itoa(o.busy) + ")", "foreign_keys(1)", "cache_size(-" + strconv.Itoa(readCache) + ")", "query_only(1)",
	}
}

func writePragmas(o Options) []string {
	p := []string{
		"busy_timeout(" + strconv.Itoa(o.busy) + ")", "journal_mode(wal)", "synchronous(full)", "foreign_keys(1)",
		"cache_size(-" + strconv.Itoa(usualCache) + ")", "wal_autocheckpoint(10000)", "journal_size_limit(67108864)",
	}
	if runtime.GOOS == "darwin" {
		p = append(p, "fullfsync(1)", "checkpoint_fullfsync(1)")
	}
	if o.maxPages > 0 {
		p = append(p, "max_page_count("+strconv.Itoa(o.maxPages)+")")
	}
	return p
}

func openPool(address string, size int) *sql.DB {
	db, err := sql.Open("sqlite", address)
	if err = errors.Join(err, pagesum.Register()); err != nil { // only an unknown driver name, or no memory
		panic(err)
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db
}

// Close closes the file. Nothing that was committed is lost without it.
func (s *Store) Close() error {
	var errs []error
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	if s.write != nil {
		// A connection whose last statement was interrupted believes itself
		// interrupted until the next one, and would leave the whole write-ahead log
		// for the next start to read.
		if log, err := os.Stat(s.path + "-wal"); err == nil && log.Size() > 0 {
			var one int
			_ = s.write.QueryRow("SELECT 1").Scan(&one) // closing says what is wrong
		}
		errs = append(errs, s.write.Close())
	}
	s.sums.Close()
	return errors.Join(errs...)
}

// Checked reports whether the whole file was checked when it was opened; a large
// one is not, and wants Check behind the first screen.
func (s *Store) Checked() bool { return s.checked }

// Path is the absolute path of the desk's file.
func (s *Store) Path() string { return s.path }

// ReadOnly reports whether the desk was opened for reading only.
func (s *Store) ReadOnly() bool { return s.write == nil }

// SetOperator says who works from now on.
func (s *Store) SetOperator(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.operator = name
}

// Operator is who works now.
func (s *Store) Operator() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.operator
}

// Check looks for damage in the whole file, as it lies on the disk. A damaged
// one gives a problem of kind data.ErrDamaged; pages that were altered without
// contradicting others are told by Altered. It takes about a second for 300 MB:
// run it in the background.
func (s *Store) Check(ctx context.Context) error {
	db := openPool(s.readAddress(s.watched), 1) // with no page in its memory
	defer db.Close()                            //nolint:errcheck // it only read
	return quickCheck(ctx, db, s.path)
}

func quickCheck(ctx context.Context, q querier, path string) error {
	r := Reader{q: q, path: path}
	lines, err := all(ctx, &r, "PRAGMA quick_check(5)", nil, func(rows scanner) (line string, err error) {
		return line, rows.Scan(&line)
	})
	if err != nil {
		return err
	}
	if len(lines) == 1 && lines[0] == "ok" {
		return nil
	}
	return problemDamaged.New("path", path, "detail", joined(lines))
}

// joined is a line of what SQLite says in several.
func joined(lines []string) string {
	text := strings.NewReplacer("\n", "; ", "sqlite_autoindex_", "").Replace(strings.Join(lines, "; "))
	return strings.Join(strings.Fields(text), " ")
}
