package desk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/watch"
)

// watchBench is a desk with two orders, shipped on 3 November at 9, and a watched
// folder in which a picture was before.
type watchBench struct {
	*desk.Desk
	t             *testing.T
	now           time.Time
	dir           string
	first, second int64
}

func watched(t *testing.T) *watchBench {
	t.Helper()
	b := &watchBench{t: t, now: clock, dir: filepath.Join(t.TempDir(), "phone")}
	o := options()
	o.Now = func() time.Time { return b.now }
	d, err := desk.Open(t.Context(), filepath.Join(t.TempDir(), "desk"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	b.Desk = d
	path := write(t, "orders_export.csv", shopify+shopifyRow("#1001", "Chloe")+shopifyRow("#1002", "Bob"))
	if _, err := d.Import(t.Context(), desk.ImportRequest{Path: path, Shop: data.Shop{Name: "Lantern"}}, nil); err != nil {
		t.Fatal(err)
	}
	b.first, b.second = orderID(t, d, "#1001"), orderID(t, d, "#1002")
	if err := d.AddShipment(t.Context(), b.first, data.Shipment{Tracking: "RB123456785CN"}, false); err != nil {
		t.Fatal(err)
	}
	b.picture("before.png", 250, clock.Add(-time.Hour))
	if err := d.WatchFolder(t.Context(), data.WatchFolder{Path: b.dir, Pictures: true, Exports: true, Mails: true}); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *watchBench) write(name string, content []byte, at time.Time) string {
	b.t.Helper()
	path := filepath.Join(b.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		b.t.Fatal(err)
	}
	if err := os.Chtimes(path, at, at); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// picture writes a picture of one gray without any code.
func (b *watchBench) picture(name string, gray uint8, at time.Time) string {
	b.t.Helper()
	img := image.NewGray(image.Rect(0, 0, 40, 30))
	for i := range img.Pix {
		img.Pix[i] = color.Gray{Y: gray}.Y
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		b.t.Fatal(err)
	}
	return b.write(name, out.Bytes(), at)
}

// label writes the picture of a label: label.jpg holds RB123456785CN, and usps.png a
// number of no order.
func (b *watchBench) label(name, of string, at time.Time) string {
	b.t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "barcode", "testdata", of))
	if err != nil {
		b.t.Fatal(err)
	}
	return b.write(name, content, at)
}

// found looks twice, reads what is new, and gives what is offered, by name.
func (b *watchBench) found() map[string]data.FoundFile {
	b.t.Helper()
	for range 2 {
		if _, err := b.LookAtFolders(b.t.Context()); err != nil {
			b.t.Fatal(err)
		}
		b.now = b.now.Add(watch.Settle)
	}
	if _, err := b.ReadFound(b.t.Context(), nil); err != nil {
		b.t.Fatal(err)
	}
	return b.offered()
}

func (b *watchBench) offered() map[string]data.FoundFile {
	b.t.Helper()
	files, err := b.FoundFiles(b.t.Context(), 1000)
	if err != nil {
		b.t.Fatal(err)
	}
	all := map[string]data.FoundFile{}
	for _, f := range files {
		all[filepath.Base(f.Path)] = f
	}
	return all
}

// says is a guess in one line.
func says(f data.FoundFile) string {
	text := string(f.Kind)
	if f.Guess.Sure {
		text += " sure"
	}
	for _, o := range f.Guess.Orders {
		text += fmt.Sprintf(" %s by %s", o.Order, o.Ground)
	}
	for _, w := range f.Guess.Why {
		text += " (" + w.Key + ")"
	}
	return text
}

func (b *watchBench) says(want map[string]string) {
	b.t.Helper()
	files := b.found()
	for name, w := range want {
		if got := says(files[name]); got != w {
			b.t.Errorf("%s: %s; want %s", name, got, w)
		}
	}
	if len(files) != len(want) {
		b.t.Errorf("%d files are offered, want %d: %v", len(files), len(want), files)
	}
}

func TestNothingIsWatchedUnasked(t *testing.T) {
	d := open(t)
	if folders, err := d.WatchedFolders(t.Context()); err != nil || len(folders) != 0 {
		t.Fatalf("%v, %v", folders, err)
	}
	for _, path := range []string{d.Dir(), filepath.Join(d.Dir(), "vault"), filepath.Join(t.TempDir(), "none")} {
		if err := d.WatchFolder(t.Context(), data.WatchFolder{Path: path, Pictures: true}); err == nil {
			t.Errorf("%s is watched", path)
		}
	}
}

func TestFoldersDoNotLieOneInTheOther(t *testing.T) {
	b := watched(t)
	b.picture("DCIM/a.png", 1, clock)
	for _, path := range []string{filepath.Join(b.dir, "DCIM"), filepath.Dir(b.dir)} {
		if err := b.WatchFolder(t.Context(), data.WatchFolder{Path: path}); !errors.Is(err, data.ErrRefused) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestPicturesAreMatched(t *testing.T) {
	b := watched(t)
	at := time.Date(2026, 11, 18, 15, 0, 0, 0, time.UTC)
	b.picture("IMG_1000.png", 1, at.Add(-time.Minute))  // before any label
	b.label("IMG_1001.jpg", "label.jpg", at)            // a camera's number is no order's
	b.picture("IMG_1002.png", 2, at.Add(3*time.Minute)) // after the label
	b.picture("IMG_1003.png", 3, at.Add(40*time.Minute))
	b.picture("order #1002 mug.png", 4, at.Add(4*time.Minute))
	b.picture("RB123456785CN-2.png", 5, at.Add(5*time.Minute))
	b.picture("#1001 and #1002.png", 6, at.Add(6*time.Minute))
	b.label("strange.png", "usps.png", at.Add(7*time.Minute))
	b.picture("after-strange.png", 7, at.Add(8*time.Minute))
	b.picture("shipping.png", 8, time.Date(2026, 11, 3, 9, 30, 0, 0, time.UTC))
	b.says(map[string]string{
		"IMG_1000.png":        "picture",
		"IMG_1001.jpg":        "picture sure #1001 by label",
		"IMG_1002.png":        "picture #1001 by follows (found.follows)",
		"IMG_1003.png":        "picture",
		"order #1002 mug.png": "picture sure #1002 by name",
		"RB123456785CN-2.png": "picture sure #1001 by name",
		"#1001 and #1002.png": "picture #1001 by name #1002 by name (found.names)",
		"strange.png":         "picture (label.foreign) (label.foreign)",
		"after-strange.png":   "picture",
		"shipping.png":        "picture #1001 by time #1002 by time (found.near)",
	})
	files, err := b.FoundFiles(t.Context(), 100)
	if err != nil || len(desk.SureFound(files)) != 3 {
		t.Errorf("sure: %v, %v", desk.SureFound(files), err)
	}
	if count, err := b.FoundCount(t.Context()); err != nil || count.Pictures != 10 || count.Unread != 0 {
		t.Errorf("counted %+v, %v", count, err)
	}
}

func TestALabelAndANameThatDisagreeAreAsked(t *testing.T) {
	b := watched(t)
	b.label("#1002.jpg", "label.jpg", clock)
	b.says(map[string]string{"#1002.jpg": "picture #1001 by label #1002 by name (found.name.other)"})
}

func TestSureOnesAreTakenAsOneStep(t *testing.T) {
	b := watched(t)
	b.label("IMG_1.jpg", "label.jpg", clock)
	b.picture("#1002.png", 9, clock)
	files := b.found()
	takes := desk.SureFound([]data.FoundFile{files["IMG_1.jpg"], files["#1002.png"]})
	report, err := b.TakeFound(t.Context(), takes, nil)
	if err != nil || len(report.Added) != 2 || len(report.Rejected) != 0 {
		t.Fatalf("taken %+v, %v", report, err)
	}
	check := func(when string, first, second, offered int) {
		t.Helper()
		one, err := b.Order(t.Context(), b.first)
		if err != nil {
			t.Fatal(err)
		}
		two, err := b.Order(t.Context(), b.second)
		if err != nil {
			t.Fatal(err)
		}
		if len(one.Evidence) != first || len(two.Evidence) != second || len(b.offered()) != offered {
			t.Errorf("%s: %d and %d pieces of evidence, %d offered", when, len(one.Evidence), len(two.Evidence), len(b.offered()))
		}
	}
	check("taken", 1, 1, 0)
	view, err := b.Order(t.Context(), b.first)
	if err != nil || view.Evidence[0].Slot != data.SlotLabel || view.Evidence[0].Tracking != "RB123456785CN" || len(view.Evidence[0].Codes) == 0 ||
		view.Evidence[0].Kind != data.KindPacking || view.Evidence[0].Source != "watched" {
		t.Errorf("evidence %+v, %v", view.Evidence, err)
	}
	if _, err := b.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("undone", 0, 0, 2)
	if _, err := b.Redo(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("done again", 1, 1, 0)
	if report, err := b.TakeFound(t.Context(), takes[:1], nil); err != nil || len(report.Rejected) != 1 {
		t.Errorf("taken twice: %+v, %v", report, err)
	}
	b.label("again.jpg", "label.jpg", clock.Add(time.Second)) // the same file under another name
	if files := b.found(); len(files) != 0 {
		t.Errorf("what is evidence already is offered: %v", files)
	}
}

func TestAFileThatChangedIsNotTaken(t *testing.T) {
	b := watched(t)
	b.picture("#1002.png", 9, clock)
	f := b.found()["#1002.png"]
	b.picture("#1002.png", 10, clock.Add(time.Second))
	report, err := b.TakeFound(t.Context(), []desk.FoundTake{{ID: f.ID, OrderID: b.second}}, nil)
	if err != nil || len(report.Added) != 0 || len(report.Rejected) != 1 || !errors.Is(report.Rejected[0].Reason, data.ErrConflict) {
		t.Fatalf("taken %+v, %v", report, err)
	}
	if files := b.found(); len(files) != 1 || files["#1002.png"].ID == f.ID {
		t.Errorf("the new file is not offered in its place: %v", files)
	}
}

func TestExportsAreKnownByTheirHeader(t *testing.T) {
	b := watched(t)
	path := b.write("export.csv", []byte(shopify+shopifyRow("#1003", "Dan")), clock)
	b.write("notes.txt", []byte("buy tape\nand boxes\n"), clock)
	b.write("letter.eml", []byte("Subject: x\n\ny\n"), clock)
	b.write("setup.exe", []byte("MZ"), clock)
	files := b.found()
	if f := files["export.csv"]; len(files) != 2 || f.Kind != data.FoundExport || f.Guess.Target != "orders" || f.Guess.Title.IsZero() || files["letter.eml"].Kind != data.FoundMail {
		t.Fatalf("offered %+v", files)
	}
	if count, err := b.FoundCount(t.Context()); err != nil || count != (data.FoundCount{Exports: 1, Mails: 1, Other: 2}) {
		t.Errorf("counted %+v, %v", count, err)
	}
	shops, err := b.Shops(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Import(t.Context(), desk.ImportRequest{Path: path, Shop: shops[0]}, nil); err != nil {
		t.Fatal(err)
	}
	if files := b.offered(); len(files) != 1 {
		t.Errorf("an export that was imported is offered still: %v", files)
	}
	if err := b.LeaveFound(t.Context(), []int64{files["letter.eml"].ID}); err != nil || len(b.offered()) != 0 {
		t.Errorf("a mail that was left is offered still: %v", err)
	}
	if _, err := b.Undo(t.Context()); err != nil || len(b.offered()) != 1 {
		t.Errorf("leaving it cannot be undone: %v", err)
	}
}

func TestWhatWasThereIsOfferedWhenAsked(t *testing.T) {
	b := watched(t)
	if files := b.found(); len(files) != 0 {
		t.Fatalf("offered unasked: %v", files)
	}
	folders, err := b.WatchedFolders(t.Context())
	if err != nil || len(folders) != 1 || folders[0].Before != 1 || folders[0].Missing != nil {
		t.Fatalf("folders %+v, %v", folders, err)
	}
	if n, err := b.OfferPresent(t.Context(), folders[0].Path); err != nil || n != 1 || len(b.found()) != 1 {
		t.Fatalf("offered %d, %v", n, err)
	}
	if err := b.UnwatchFolder(t.Context(), folders[0].Path); err != nil || len(b.found()) != 0 {
		t.Errorf("of a folder that is not watched any more something is offered: %v", err)
	}
}

func TestAFolderThatVanishedIsSaid(t *testing.T) {
	b := watched(t)
	b.picture("a.png", 3, clock)
	b.found()
	if err := os.Rename(b.dir, b.dir+"-away"); err != nil {
		t.Fatal(err)
	}
	if files := b.found(); len(files) != 1 {
		t.Errorf("what waits is lost with the drive: %v", files)
	}
	if folders, err := b.WatchedFolders(t.Context()); err != nil || !errors.Is(folders[0].Missing, data.ErrNotFound) {
		t.Errorf("folders %+v, %v", folders, err)
	}
	if err := os.Rename(b.dir+"-away", b.dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(b.dir, "a.png")); err != nil {
		t.Fatal(err)
	}
	if files := b.found(); len(files) != 0 {
		t.Errorf("a file that is gone is offered: %v", files)
	}
}

func TestADropOfThousandsIsOneList(t *testing.T) {
	b := watched(t)
	for i := range 620 {
		b.write(fmt.Sprintf("DCIM/%d/clip%04d.mp4", i%7, i), fmt.Appendf(nil, "clip %d", i), clock)
	}
	events := 0
	defer b.Subscribe(func(e desk.Event) {
		if e.Of(data.EntityFound) {
			events++
		}
	})()
	for range 2 {
		if _, err := b.LookAtFolders(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.now = b.now.Add(watch.Settle)
	}
	if count, err := b.FoundCount(t.Context()); err != nil || count.Pictures != 620 || count.Unread != 620 || events != 2 {
		t.Errorf("counted %+v in %d events, %v", count, events, err)
	}
	var heard []int64
	if _, err := b.ReadFound(t.Context(), func(done, total int64, _ string) { heard = append(heard, total-done) }); err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(heard, func(a, b int64) int { return int(b - a) }) || heard[0] != 620 || heard[len(heard)-1] != 0 {
		t.Errorf("progress is not told from first to last")
	}
	if count, err := b.FoundCount(t.Context()); err != nil || count.Unread != 0 {
		t.Errorf("counted %+v, %v", count, err)
	}
}

// Ten thousand files that come at once are noted and told; reading them ends when a
// person says so, keeps what was read, and goes on from there.
func TestTenThousandFilesAtOnce(t *testing.T) {
	const many = 10_000
	b := watched(t)
	for i := range many {
		b.write(fmt.Sprintf("burst/%05d.mp4", i), []byte{byte(i), byte(i >> 8)}, clock)
	}
	for range 2 {
		if _, err := b.LookAtFolders(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.now = b.now.Add(watch.Settle)
	}
	count, err := b.FoundCount(t.Context())
	if err != nil || count.Pictures != many || count.Unread != many {
		t.Fatalf("told %+v, %v", count, err)
	}
	if files, err := b.FoundFiles(t.Context(), 2000); err != nil || len(files) != 2000 {
		t.Fatalf("listed %d, %v", len(files), err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	_, err = b.ReadFound(ctx, func(done, total int64, _ string) {
		if total != many {
			t.Errorf("of %d", total)
		}
		if done == 40 {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped: %v", err)
	}
	count, err = b.FoundCount(t.Context())
	if read := count.Pictures + count.Other - count.Unread; err != nil || read < 32 || read > 48 {
		t.Errorf("read %d of them before the end: %+v, %v", read, count, err)
	}
	if report, err := b.TakeFound(t.Context(), nil, nil); err != nil || len(report.Added) != 0 {
		t.Errorf("taken %+v, %v", report, err)
	}
}
