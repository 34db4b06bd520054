package pages

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/pdf"
)

func TestPassword(t *testing.T) {
	if _, err := exec.LookPath("qpdf"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("NOT TESTED: qpdf is missing, which makes the files with a password")
	}
	in := colored(t)
	locked := filepath.Join(t.TempDir(), "locked.pdf")
	restricted := filepath.Join(t.TempDir(), "restricted.pdf")
	for path, user := range map[string]string{locked: "secret", restricted: ""} {
		if out, err := exec.Command("qpdf", "--encrypt", user, "owner", "256", "--", in, path).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	v := start(t, childOptions(t))
	if _, err := v.Open(context.Background(), locked); !isKind(err, ProblemPassword) {
		t.Errorf("a password to open: %v", err)
	}
	if err := useAll(v, restricted); err != nil {
		t.Errorf("a password of the owner alone: %v", err)
	}
}

func TestCanceled(t *testing.T) {
	v := start(t, childOptions(t))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := v.Open(ctx, colored(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	f := open(t, v, endless(t))
	ctx, cancel = context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := f.Picture(ctx, 1, 100); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if err := useAll(v, colored(t)); err != nil {
		t.Errorf("the next file: %v", err)
	}
}

// pixels gives a page's picture.
func pixels(t testing.TB, f *File, page int) []byte {
	t.Helper()
	img, err := f.Picture(context.Background(), page, 300)
	if err != nil {
		t.Fatal(err)
	}
	return img.Pix
}

// TestChildIsReplaced ends the child from outside between requests, and by a file
// that it does not survive: open files go on.
func TestChildIsReplaced(t *testing.T) {
	o := childOptions(t)
	o.Memory = 300 << 20
	v := start(t, o)
	f := open(t, v, colored(t))
	before := pixels(t, f, 1)
	first := v.proc
	first.Kill()
	<-first.Gone()
	if !bytes.Equal(before, pixels(t, f, 1)) {
		t.Error("the page looks different after the child was killed")
	}
	if v.proc == first {
		t.Error("the dead child was not replaced")
	}
	second := v.proc
	deadly := rawPDF(t, catalog, onePage, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R>>", bomb(t, "", "q ", 2))
	if err := useAll(v, deadly); !isKind(err, ProblemLimit) && !isKind(err, ProblemDamaged) {
		t.Errorf("got %v", err)
	}
	if !second.isGone() {
		t.Error("the child survived")
	}
	if !bytes.Equal(before, pixels(t, f, 1)) {
		t.Error("the page looks different after a hostile file")
	}
}

// TestManyFiles opens more files than a child holds, from many goroutines.
func TestManyFiles(t *testing.T) {
	v := start(t, childOptions(t))
	path := colored(t)
	want := pixels(t, open(t, v, path), 1)
	var all sync.WaitGroup
	for range 3 * maxOpen {
		all.Go(func() {
			f, err := v.Open(context.Background(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer f.Close()
			for range 3 {
				img, err := f.Picture(context.Background(), 1, 300)
				if err != nil || !bytes.Equal(img.Pix, want) {
					t.Errorf("another picture, error %v", err)
				}
			}
		})
	}
	all.Wait()
	if n := len(v.proc.docs); n > maxOpen {
		t.Errorf("%d files are open in the child", n)
	}
}

func TestFileThatChanges(t *testing.T) {
	v := start(t, childOptions(t))
	path := colored(t)
	f := open(t, v, path)
	v.proc.Kill()
	<-v.proc.Gone()
	if err := os.WriteFile(path, []byte("%PDF-1.7"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Text(context.Background(), 1); !isKind(err, ProblemDamaged) {
		t.Errorf("got %v", err)
	}
}

func TestRefusalsOfOpen(t *testing.T) {
	v := start(t, childOptions(t))
	ctx := context.Background()
	if _, err := v.Open(ctx, filepath.Join(t.TempDir(), "none.pdf")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := v.Open(ctx, t.TempDir()); !isKind(err, ProblemDamaged) {
		t.Errorf("a folder: %v", err)
	}
	f := open(t, v, colored(t))
	for _, page := range []int{-1, 0, 3, 1 << 40} {
		if _, err := f.Picture(ctx, page, 100); err == nil {
			t.Errorf("page %d of 2 has a picture", page)
		}
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Text(ctx, 1); !errors.Is(err, errClosed) {
		t.Errorf("after the end: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Errorf("closing after the end: %v", err)
	}
	o := Options{Command: []string{filepath.Join(t.TempDir(), "nothing")}}
	if _, err := start(t, o).Open(ctx, colored(t)); err == nil {
		t.Error("a program that is not there was started")
	} else if _, problem := data.AsProblem(err); problem {
		t.Errorf("a program that is not there is blamed on the file: %v", err)
	}
}

// TestSameInThisProcess compares a child's answers with those of this process.
func TestSameInThisProcess(t *testing.T) {
	path := colored(t)
	inProcess := start(t, Options{CacheDir: cacheDir})
	if err := useAll(inProcess, path); err != nil { // opened and closed before
		t.Fatal(err)
	}
	here := open(t, inProcess, path)
	there := open(t, start(t, childOptions(t)), path)
	for page := 1; page <= 2; page++ {
		if !bytes.Equal(pixels(t, here, page), pixels(t, there, page)) {
			t.Errorf("page %d looks different", page)
		}
	}
}

// TestDamagedCache has a directory that cannot be used, and one whose files were
// altered.
func TestDamagedCache(t *testing.T) {
	dir := t.TempDir()
	used := open(t, start(t, Options{CacheDir: dir}), colored(t))
	want := pixels(t, used, 1)
	files := 0
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, b[:len(b)/2], 0o600)
	})
	if err != nil || files == 0 {
		t.Fatalf("%d files, error %v", files, err)
	}
	for name, o := range map[string]Options{
		"altered": {CacheDir: dir},
		"a file":  {CacheDir: save(t, "file", []byte("x"))},
	} {
		if !bytes.Equal(pixels(t, open(t, start(t, o), colored(t)), 1), want) {
			t.Errorf("%s: the page looks different", name)
		}
	}
}

func TestPictureSize(t *testing.T) {
	f := &File{sizes: []size{{595.276, 841.89}, {1, maxPoints}, {maxPoints, 1}, {100, 100}}}
	for _, c := range []struct{ page, width, w, h int }{
		{1, 800, 800, 1131},
		{1, 5000, 5000, 7071},
		{1, 9000, 5000, 7071},
		{1, 0, 1, 1},
		{2, 800, 1, maxHeight},
		{3, 800, 800, 1},
		{4, 5000, 5000, 5000},
	} {
		w, h := f.PictureSize(c.page, c.width)
		if w != c.w || h != c.h || w*h > MaxPixels {
			t.Errorf("page %d, %d wide: %d by %d, want %d by %d", c.page, c.width, w, h, c.w, c.h)
		}
	}
}

// BenchmarkPicture draws a page of text as a preview shows it.
func BenchmarkPicture(b *testing.B) {
	ts := pdf.NewTypesetter(fonts)
	path := written(b, func(d *pdf.Document) {
		for range 4 {
			p := d.AddPage()
			for i, s := range scripts {
				text, err := ts.Layout(pdf.Plain(s.text, pdf.Style{}), 170*pdf.MM)
				if err != nil {
					b.Fatal(err)
				}
				p.DrawText(text, 20*pdf.MM, pdf.Length(20+20*i)*pdf.MM)
			}
		}
	})
	f := open(b, start(b, childOptions(b)), path)
	for i := 0; b.Loop(); i++ {
		if _, err := f.Picture(context.Background(), 1+i%4, 794); err != nil {
			b.Fatal(err)
		}
	}
}

// TestIdleChildEnds waits for a child that nobody needs to end, and needs it then.
func TestIdleChildEnds(t *testing.T) {
	o := childOptions(t)
	o.Idle = time.Millisecond
	v := start(t, o)
	f := open(t, v, colored(t))
	v.turn <- struct{}{}
	p := v.proc
	<-v.turn
	if p != nil {
		<-p.Gone()
	}
	if _, err := f.Text(context.Background(), 1); err != nil {
		t.Error(err)
	}
}
