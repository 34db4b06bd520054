package pagesum

import (
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// opened opens a database's file with sums, as the desk's store does.
func opened(t testing.TB, path, mode string, w *Watch) *sql.DB {
	t.Helper()
	if err := Register(); err != nil {
		t.Fatal(err)
	}
	name, value := w.Parameter()
	v := url.Values{"mode": {mode}, "vfs": {VFS}, name: {value}, NewFile: {"1"}}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // a Windows drive
		path = "/" + path
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path, RawQuery: v.Encode()}).String())
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// smallDatabase gives the bytes of a database of some pages, all of them in use.
func smallDatabase(t testing.TB) []byte {
	t.Helper()
	w := NewWatch()
	defer w.Close()
	path := filepath.Join(t.TempDir(), "a.db")
	db := opened(t, path, "rwc", w)
	for _, command := range []string{"CREATE TABLE a (b TEXT)", "CREATE INDEX c ON a (b)"} {
		if _, err := db.Exec(command); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 40 {
		if _, err := db.Exec("INSERT INTO a VALUES (?)", strings.Repeat(string(rune('a'+i%26)), 700)); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil || len(file) < 8*PageSize || len(w.Bad()) > 0 {
		t.Fatalf("%d bytes, %v, %v", len(file), w.Bad(), err)
	}
	return file
}

// badPages reads all of a database's file, and gives the pages that were told.
func badPages(t testing.TB, path string) ([]uint32, error) {
	t.Helper()
	w := NewWatch()
	defer w.Close()
	db := opened(t, path, "ro", w)
	defer db.Close()
	var said string
	err := db.QueryRow("PRAGMA integrity_check").Scan(&said)
	return w.Bad(), err
}

// FuzzPages reads a database of anybody, and one of ours in which bytes were
// altered: no byte of a page is altered unseen, and no page is told that the
// file does not have or that is whole.
func FuzzPages(f *testing.F) {
	good := smallDatabase(f)
	f.Add(good[:2*PageSize], uint32(5000), byte(1))
	f.Add([]byte("SQLite format 3\x00\x10\x00\x01\x01\x08"), uint32(len(good)-1), byte(0x80))
	f.Add([]byte{}, uint32(PageSize-Reserved), byte(0xff))
	f.Fuzz(func(t *testing.T, foreign []byte, where uint32, with byte) {
		path := filepath.Join(t.TempDir(), "a.db")
		if err := os.WriteFile(path, foreign, 0o600); err != nil {
			t.Fatal(err)
		}
		bad, _ := badPages(t, path)
		for _, number := range bad {
			end := int(number) * PageSize
			if number == 0 || end > len(foreign) || whole(foreign[end-PageSize:end], number) {
				t.Fatalf("page %d of %d bytes", number, len(foreign))
			}
		}
		altered := slices.Clone(good)
		at := where % uint32(len(altered))
		if altered[at] ^= with; with == 0 || at < headSize { // the head is SQLite's to judge
			return
		}
		if err := os.WriteFile(path, altered, 0o600); err != nil {
			t.Fatal(err)
		}
		if bad, err := badPages(t, path); !slices.Contains(bad, at/PageSize+1) {
			t.Fatalf("byte %d altered by %#x is not seen: %v, %v", at, with, bad, err)
		}
	})
}
