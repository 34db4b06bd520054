package watch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// The bounds of a look.
const (
	// Settle is how long a file's size and time stand still before it is whole.
	Settle = 2 * time.Second
	// MaxFiles is how many files of a folder are looked at; of more it is said.
	MaxFiles = 60_000
	// MaxDepth is how many folders below the watched one are looked into.
	MaxDepth = 6
	// MaxDirs is how many folders below the watched one are looked into in all.
	MaxDirs = 4000

	listStep = 512 // entries that are asked for at a time
)

// A File is one as it was seen. Modified is cut to milliseconds.
type File struct {
	Path     string
	Size     int64 // bytes
	Modified time.Time
}

// A Rename is a file that is known under another name.
type Rename struct {
	From string
	File // as it is now
}

// A Round is what one look at a folder found.
type Round struct {
	Whole   []File   // not known, and they stand still
	Renamed []Rename // known, under another name
	Gone    []string // known, and no longer there
	Moving  int      // seen for the first time, or still changing: another look is wanted
	Files   int      // all that were looked at
	Passed  Passed
	Dirs    []string // the folders that were looked into, the watched one first
}

// Passed counts what a look left alone.
type Passed struct {
	Temporary  int  // names of files that are being written
	Empty      int  // 0 bytes
	Links      int  // and devices
	Unreadable int  // folders
	Full       bool // there are more files or folders than are looked at
}

// A Looker looks at one folder. It is used from one goroutine.
type Looker struct {
	dir   string
	skip  []string // folders below that are not looked into
	now   func() time.Time
	known map[string]File
	seen  map[string]sighting
}

type sighting struct {
	File
	since time.Time
}

// NewLooker makes one for a folder of which some files are known already.
func NewLooker(dir string, known []File, skip []string, now func() time.Time) *Looker {
	l := &Looker{dir: dir, skip: skip, now: now, known: map[string]File{}, seen: map[string]sighting{}}
	l.Know(known...)
	return l
}

// Know notes files that are not told of again.
func (l *Looker) Know(files ...File) {
	for _, f := range files {
		f.Modified = f.Modified.Truncate(time.Millisecond)
		l.known[f.Path] = f
		delete(l.seen, f.Path)
	}
}

// Forget drops files that are gone.
func (l *Looker) Forget(paths ...string) {
	for _, p := range paths {
		delete(l.known, p)
	}
}

// Look looks once. An error says that the folder itself cannot be read.
func (l *Looker) Look(ctx context.Context) (Round, error) {
	w := walk{ctx: ctx, looker: l, there: map[string]File{}}
	if err := w.into(l.dir, 0); err != nil {
		return w.round, err
	}
	w.round.Files = len(w.there)
	l.compare(&w)
	return w.round, nil
}

// Present gives all that is in the folder now and is not known, whole or not: what
// was there before watching began.
func (l *Looker) Present(ctx context.Context) ([]File, error) {
	w := walk{ctx: ctx, looker: l, there: map[string]File{}}
	if err := w.into(l.dir, 0); err != nil {
		return nil, err
	}
	var files []File
	for _, path := range w.order {
		if f := w.there[path]; !same(l.known[path], f) {
			files = append(files, f)
		}
	}
	return files, nil
}

// compare sorts what is there into what is known, whole, and still changing.
func (l *Looker) compare(w *walk) {
	r := &w.round
	complete := r.Passed.Unreadable == 0 && !r.Passed.Full
	gone := map[string]File{}
	for path, f := range l.known {
		if _, there := w.there[path]; !there && complete {
			gone[path] = f
		}
	}
	names := renames(gone, l.known, w.there)
	now := l.now()
	seen := map[string]sighting{}
	for _, path := range w.order {
		f := w.there[path]
		if k, ok := l.known[path]; ok && same(k, f) {
			continue
		}
		if from, ok := names[path]; ok {
			r.Renamed = append(r.Renamed, Rename{From: from, File: f})
			delete(gone, from)
			continue
		}
		before, again := l.seen[path]
		switch {
		case !again || !same(before.File, f) || before.since.After(now): // a clock that was put back begins anew
			seen[path] = sighting{f, now}
			r.Moving++
		case now.Sub(before.since) < Settle:
			seen[path] = before
			r.Moving++
		default:
			seen[path] = before
			r.Whole = append(r.Whole, f)
		}
	}
	l.seen = seen
	for path := range gone {
		r.Gone = append(r.Gone, path)
	}
}

func same(a, b File) bool { return a.Size == b.Size && a.Modified.Equal(b.Modified) }

// renames finds files that went under one name and came under another: of the same
// size and time to the millisecond, one of each alone. It maps new names to old.
func renames(gone, known, there map[string]File) map[string]string {
	type mark struct{ size, modified int64 }
	of := func(f File) mark { return mark{f.Size, f.Modified.UnixMilli()} }
	went, came := map[mark][]string{}, map[mark][]string{}
	for path, f := range gone {
		went[of(f)] = append(went[of(f)], path)
	}
	if len(went) == 0 {
		return nil
	}
	for path, f := range there {
		if _, old := known[path]; !old {
			came[of(f)] = append(came[of(f)], path)
		}
	}
	names := map[string]string{}
	for m, from := range went {
		if to := came[m]; len(from) == 1 && len(to) == 1 {
			names[to[0]] = from[0]
		}
	}
	return names
}

// walk gathers the files of a folder and of those below it.
type walk struct {
	ctx    context.Context
	looker *Looker
	round  Round
	there  map[string]File
	order  []string
}

func (w *walk) into(dir string, depth int) error {
	if len(w.round.Dirs) >= MaxDirs {
		w.round.Passed.Full = true
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("looking at a watched folder: %w", err)
	}
	defer d.Close()
	w.round.Dirs = append(w.round.Dirs, dir)
	var below []string
	for {
		entries, err := d.ReadDir(listStep)
		for _, e := range entries {
			if e.IsDir() {
				below = append(below, e.Name())
			} else {
				w.file(dir, e)
			}
		}
		if w.ctx.Err() != nil {
			return w.ctx.Err()
		}
		if errors.Is(err, io.EOF) || err == nil && len(entries) == 0 {
			break
		}
		if err != nil {
			return fmt.Errorf("looking at a watched folder: %w", err)
		}
		if w.round.Passed.Full {
			return nil
		}
	}
	for _, name := range below {
		if err := w.below(filepath.Join(dir, name), name, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) below(path, name string, depth int) error {
	if hidden(name) {
		return nil
	}
	for _, skip := range w.looker.skip {
		if path == skip {
			return nil
		}
	}
	if depth > MaxDepth {
		w.round.Passed.Full = true
		return nil
	}
	if err := w.into(path, depth); err != nil {
		if w.ctx.Err() != nil {
			return err
		}
		w.round.Passed.Unreadable++ // said, and the others are looked at
	}
	return nil
}

func (w *walk) file(dir string, e os.DirEntry) {
	switch {
	case !e.Type().IsRegular():
		w.round.Passed.Links++
		return
	case hidden(e.Name()) || Temporary(e.Name()):
		w.round.Passed.Temporary++
		return
	case len(w.there) >= MaxFiles:
		w.round.Passed.Full = true
		return
	}
	info, err := e.Info()
	if err != nil {
		return // it went between two calls
	}
	if info.Size() == 0 {
		w.round.Passed.Empty++
		return
	}
	path := filepath.Join(dir, e.Name())
	w.there[path] = File{path, info.Size(), info.ModTime().UTC().Truncate(time.Millisecond)}
	w.order = append(w.order, path)
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "$") }

// temporary are endings that browsers and copying programs give to what they write.
var temporary = []string{
	".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp", ".temp", ".filepart", ".!ut", ".!qb", ".aria2",
	".td", ".xltd", ".downloading", ".baiduyun.p.downloading", ".icloud", ".lock",
}

// Temporary reports whether a name is that of a file that some program writes still.
func Temporary(name string) bool {
	low := strings.ToLower(name)
	if strings.HasPrefix(low, "~") {
		return true
	}
	for _, end := range temporary {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}
