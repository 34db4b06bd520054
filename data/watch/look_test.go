package watch_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"casebinder/data/watch"
)

type bench struct {
	t      *testing.T
	dir    string
	now    time.Time
	looker *watch.Looker
}

func newBench(t *testing.T) *bench {
	b := &bench{t: t, dir: t.TempDir(), now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}
	b.looker = watch.NewLooker(b.dir, nil, nil, func() time.Time { return b.now })
	return b
}

// write writes a file whose time is the bench's.
func (b *bench) write(name, text string) string {
	b.t.Helper()
	path := filepath.Join(b.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	if err := os.Chtimes(path, b.now, b.now); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// look looks and then lets the time pass in which a file comes to rest.
func (b *bench) look() watch.Round {
	b.t.Helper()
	r, err := b.looker.Look(context.Background())
	if err != nil {
		b.t.Fatal(err)
	}
	b.now = b.now.Add(watch.Settle)
	return r
}

func names(files []watch.File) (all []string) {
	for _, f := range files {
		all = append(all, filepath.Base(f.Path))
	}
	slices.Sort(all)
	return all
}

func TestAFileIsToldOnceItStandsStill(t *testing.T) {
	b := newBench(t)
	b.write("a.jpg", "half")
	if r := b.look(); len(r.Whole) != 0 || r.Moving != 1 {
		t.Fatalf("first look: %+v", r)
	}
	b.write("a.jpg", "half and more") // still being written
	if r := b.look(); len(r.Whole) != 0 || r.Moving != 1 {
		t.Fatalf("it grew: %+v", r)
	}
	r := b.look()
	if got := names(r.Whole); !slices.Equal(got, []string{"a.jpg"}) || r.Moving != 0 || r.Whole[0].Size != 13 {
		t.Fatalf("it stands still: %+v", r)
	}
	if r = b.look(); len(r.Whole) != 1 {
		t.Fatalf("nobody noted it, so it is told again: %+v", r)
	}
	b.looker.Know(r.Whole...)
	if r = b.look(); len(r.Whole)+r.Moving+len(r.Gone) != 0 {
		t.Fatalf("it is known: %+v", r)
	}
	b.write("a.jpg", "another one of the same name")
	if b.look(); len(b.look().Whole) != 1 {
		t.Error("another file under the same name is not told")
	}
}

func TestTwoLooksAtOnceAreOne(t *testing.T) {
	b := newBench(t)
	b.write("a.jpg", "x")
	for range 3 {
		if r, err := b.looker.Look(context.Background()); err != nil || len(r.Whole) != 0 {
			t.Fatalf("told without any time between: %+v, %v", r, err)
		}
	}
	b.now = b.now.Add(-time.Hour) // the clock is put back
	if r := b.look(); len(r.Whole) != 0 {
		t.Fatalf("told by a clock that was put back: %+v", r)
	}
	if r := b.look(); len(r.Whole) != 1 {
		t.Fatalf("not told: %+v", r)
	}
}

func TestWhatIsBeingWrittenIsLeftAlone(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{
		"orders.csv.crdownload", "a.jpg.part", "b.TMP", "~$orders.xlsx", ".hidden.jpg", "c.jpg.filepart", ".trash/d.jpg", "photo.jpg.icloud",
	} {
		b.write(name, "x")
	}
	b.write("empty.jpg", "")
	b.write("part.jpg", "x") // only its ending counts
	if err := os.Symlink(b.write("DCIM/100ANDRO/real.jpg", "yy"), filepath.Join(b.dir, "link.jpg")); err != nil {
		missing(t, "no links here", err)
	}
	if err := os.Symlink(b.dir, filepath.Join(b.dir, "DCIM", "loop")); err != nil {
		t.Fatal(err)
	}
	b.look()
	r := b.look()
	if got := names(r.Whole); !slices.Equal(got, []string{"part.jpg", "real.jpg"}) {
		t.Errorf("told: %v", got)
	}
	if p := r.Passed; p.Temporary != 7 || p.Empty != 1 || p.Links != 2 {
		t.Errorf("left alone: %+v", p)
	}
	// A download that is done gets its name.
	if err := os.Rename(filepath.Join(b.dir, "orders.csv.crdownload"), filepath.Join(b.dir, "orders.csv")); err != nil {
		t.Fatal(err)
	}
	b.look()
	if got := names(b.look().Whole); !slices.Contains(got, "orders.csv") {
		t.Errorf("the download that is done is not told: %v", got)
	}
}

func TestARenamedFileIsTheSame(t *testing.T) {
	b := newBench(t)
	from := b.write("IMG_1.jpg", "one")
	b.look()
	b.looker.Know(b.look().Whole...)
	to := filepath.Join(b.dir, "mug.jpg")
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
	r := b.look()
	if len(r.Renamed) != 1 || r.Renamed[0].From != from || r.Renamed[0].Path != to || len(r.Gone)+r.Moving != 0 {
		t.Fatalf("%+v", r)
	}
	b.looker.Forget(from)
	b.looker.Know(r.Renamed[0].File)
	if err := os.Remove(to); err != nil {
		t.Fatal(err)
	}
	if r = b.look(); !slices.Equal(r.Gone, []string{to}) {
		t.Errorf("gone: %+v", r)
	}
}

func TestAFolderThatCannotBeReadIsSaid(t *testing.T) {
	b := newBench(t)
	b.write("a.jpg", "x")
	b.look()
	b.looker.Know(b.look().Whole...)
	away := b.dir + "-away"
	if err := os.Rename(b.dir, away); err != nil {
		t.Fatal(err)
	}
	if r, err := b.looker.Look(context.Background()); err == nil || len(r.Gone) != 0 {
		t.Fatalf("a folder that vanished: %+v, %v", r, err)
	}
	if err := os.Rename(away, b.dir); err != nil {
		t.Fatal(err)
	}
	if r := b.look(); len(r.Whole)+r.Moving+len(r.Gone) != 0 {
		t.Errorf("it is there again, with what is known: %+v", r)
	}
}

func TestFoldersBelowAreBounded(t *testing.T) {
	b := newBench(t)
	b.write("1/2/3/4/5/6/deep.jpg", "x")
	b.write("1/2/3/4/5/6/7/deeper.jpg", "x")
	b.look()
	r := b.look()
	if got := names(r.Whole); !slices.Equal(got, []string{"deep.jpg"}) || !r.Passed.Full {
		t.Errorf("told %v, said to be more: %v", got, r.Passed.Full)
	}
}

func TestTheBellRings(t *testing.T) {
	bell, err := watch.NewBell()
	if err != nil {
		missing(t, "this system tells of no changes", err)
	}
	defer bell.Close()
	b := newBench(t)
	if !bell.Follow([]string{b.dir}) {
		missing(t, "this system tells of no changes here", nil)
	}
	b.write("a.jpg", "x")
	<-bell.Rings()
	if bell.Follow([]string{filepath.Join(b.dir, "none")}) {
		t.Error("a folder that is not there is said to be heard")
	}
}

// missing skips a test where the system lacks something; CI must have it.
func missing(t *testing.T, what string, err error) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(what, err)
	}
	t.Skip(what, err)
}
