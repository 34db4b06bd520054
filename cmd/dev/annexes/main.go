// Command annexes compares the pages of PDF files, as a bundle shows them, with
// PDFium's own pictures of them, pixel by pixel, and counts.
//
// Its one rule: it reads and draws through the packages that a bundle uses, and
// judges by pixels alone.
package main

import (
	"context"
	"flag"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io/fs"
	"math"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"casebinder/data/pages"
	"casebinder/data/pdf"
)

// The hidden words of the child processes.
const (
	annexWord = "__annex"
	pagesWord = "__pages"
)

func main() {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case annexWord:
			os.Exit(pdf.AnnexMain(os.Args[2:]))
		case pagesWord:
			os.Exit(pages.Main(os.Args[2:]))
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := start(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "annexes:", err)
		os.Exit(1)
	}
}

// A comparer compares the files of a folder.
type comparer struct {
	self, work, out string
	pages           int // of each file

	mu     sync.Mutex
	counts map[string]int
}

func start(ctx context.Context) error {
	c := &comparer{counts: map[string]int{}}
	flag.StringVar(&c.out, "out", "", "folder for pictures of what differs: PDFium's at the left")
	flag.IntVar(&c.pages, "pages", 5, "how many pages of each file are compared")
	workers := flag.Int("workers", 2, "how many files are compared at a time")
	flag.Parse()
	if flag.NArg() != 1 {
		return fmt.Errorf("it takes one folder")
	}
	files, err := find(flag.Arg(0))
	if err != nil {
		return err
	}
	if c.self, err = os.Executable(); err != nil {
		return fmt.Errorf("finding itself: %w", err)
	}
	if c.work, err = os.MkdirTemp("", "annexes-*"); err != nil {
		return fmt.Errorf("making a temporary folder: %w", err)
	}
	defer os.RemoveAll(c.work)
	if c.out != "" {
		if err := os.MkdirAll(c.out, 0o755); err != nil {
			return fmt.Errorf("making the folder for pictures: %w", err)
		}
	}
	if err := c.all(ctx, files, max(*workers, 1)); err != nil {
		return err
	}
	for _, key := range slices.Sorted(mapKeys(c.counts)) {
		fmt.Printf("%7d %s\n", c.counts[key], key)
	}
	return nil
}

// find lists the PDF files below a folder.
func find(root string) (files []string, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && strings.EqualFold(filepath.Ext(path), ".pdf") {
			files = append(files, path)
		}
		return err
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("there is no PDF file below %s", root)
	}
	return files, err
}

func mapKeys(m map[string]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// all compares all files, several at a time, each worker with a viewer of its own.
func (c *comparer) all(ctx context.Context, files []string, workers int) error {
	queue := make(chan string)
	var group sync.WaitGroup
	errs := make(chan error, workers)
	for range workers {
		group.Go(func() {
			viewer, err := pages.Start(ctx, pages.Options{Command: []string{c.self, pagesWord}, CacheDir: c.work, Timeout: 30 * time.Second})
			if err != nil {
				errs <- err
				for range queue { // so that nobody waits
				}
				return
			}
			defer viewer.Close()
			for path := range queue {
				c.file(ctx, viewer, path)
			}
		})
	}
	for _, path := range files {
		if ctx.Err() != nil {
			break
		}
		queue <- path
	}
	close(queue)
	group.Wait()
	close(errs)
	if err := <-errs; err != nil {
		return err
	}
	return ctx.Err()
}

// told counts, and prints what is not as it should be.
func (c *comparer) told(path, count, why string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[count]++
	if why != "" {
		fmt.Printf("%s: %s\n", filepath.Base(path), why)
	}
}

// file compares the pages of one file.
func (c *comparer) file(ctx context.Context, viewer *pages.Viewer, path string) {
	source, err := viewer.Open(ctx, path)
	if err == nil {
		defer source.Close()
	}
	a, unread := pdf.ReadAnnex(ctx, path, pdf.AnnexOptions{Command: []string{c.self, annexWord}, TempDir: c.work})
	switch {
	case err != nil && unread != nil:
		c.told(path, "files that neither reads", "")
		return
	case err != nil:
		a.Close()
		c.told(path, "files that only the annex reads", "PDFium: "+err.Error())
		return
	case unread != nil:
		c.told(path, "files of which pictures by PDFium stand in for pages", unread.Error())
		return
	}
	defer a.Close()
	if got, want := len(a.Pages()), source.Pages(); got != want {
		c.told(path, "files with another number of pages", fmt.Sprintf("%d pages, PDFium has %d", got, want))
		return
	}
	var boxes []image.Point
	for n := range min(source.Pages(), c.pages) {
		boxes = append(boxes, box(source, n+1))
	}
	composed, err := c.compose(a, boxes)
	if err != nil {
		c.told(path, "files that cannot be annexed", err.Error())
		return
	}
	defer os.Remove(composed)
	bound, err := viewer.Open(ctx, composed)
	if err != nil {
		c.told(path, "files that cannot be read again", err.Error())
		return
	}
	defer bound.Close()
	c.told(path, "files compared", "")
	for i, box := range boxes {
		switch {
		case a.Pages()[i].Unpainted:
			c.told(path, "pages of which pictures by PDFium stand in, for what viewers make up", "")
		case ctx.Err() == nil:
			c.page(ctx, source, bound, box, path, i+1)
		}
	}
}

// gridWidth is the width of our page in pixels. Pages are placed so that whole
// pixels of both pictures are the same: they have one grid.
const gridWidth = 900

// box is how many pixels a page takes, as large as fits.
func box(source *pages.File, n int) image.Point {
	w, h := source.PictureSize(n, gridWidth)
	if high := gridHeight(); h > high {
		w, h = source.PictureSize(n, max(w*high/h, 1))
	}
	return image.Pt(w, min(h, gridHeight()))
}

// gridHeight is the height of our page in pixels, as PDFium draws it.
func gridHeight() int {
	return int(math.Round(gridWidth * float64(pdf.A4Height) / float64(pdf.A4Width)))
}

// compose writes a document with each page of an annex below a line in gray, as
// bundles do.
func (c *comparer) compose(a *pdf.Annex, boxes []image.Point) (path string, err error) {
	f, err := os.CreateTemp(c.work, "composed-*.pdf")
	if err != nil {
		return "", err
	}
	defer func() {
		f.Close()
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	doc := pdf.New(f, pdf.Options{Title: "Annex", Creator: "casebinder", Language: "en"})
	added, err := doc.AddAnnex(a)
	if err != nil {
		return "", err
	}
	for i, box := range boxes {
		page := doc.AddPage()
		page.FillRect(0, pdf.A4Height-pdf.MM, pdf.MM, pdf.MM, pdf.Color{R: 200, G: 205, B: 210})
		page.Line(0, pdf.A4Height, 1, pdf.A4Height, 3*pdf.MM, pdf.Color{R: 190, G: 205, B: 210})
		page.DrawAnnex(added, i, 0, 0, pdf.A4Width*pdf.Length(box.X)/gridWidth, pdf.A4Height*pdf.Length(box.Y)/pdf.Length(gridHeight()))
	}
	if err := doc.Close(); err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// page compares one page.
func (c *comparer) page(ctx context.Context, source, bound *pages.File, box image.Point, path string, n int) {
	want, err := source.Picture(ctx, n, box.X)
	if err != nil {
		c.told(path, "pages that PDFium does not draw", fmt.Sprintf("page %d: %v", n, err))
		return
	}
	whole, err := bound.Picture(ctx, n, gridWidth)
	if err != nil {
		c.told(path, "pages that cannot be drawn from the bundle", fmt.Sprintf("page %d: %v", n, err))
		return
	}
	got := image.NewRGBA(want.Rect)
	draw.Draw(got, got.Bounds(), whole, image.Point{}, draw.Src)
	share := differing(want, got)
	if share <= most {
		c.told(path, "pages that look the same", "")
		return
	}
	c.told(path, "pages that differ", fmt.Sprintf("page %d: %.2f %% of its pixels differ", n, 100*share))
	if c.out != "" {
		c.save(want, got, fmt.Sprintf("%s-%d.png", filepath.Base(path), n))
	}
}

// most is the share of pixels that may differ on a page that looks the same.
const most = 0.001

// differing gives the share of pixels for which the other picture has nothing
// alike at the place or beside it.
func differing(a, b *image.RGBA) float64 {
	count := 0
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			if !alike(a, b, x, y) || !alike(b, a, x, y) {
				count++
			}
		}
	}
	return float64(count) / float64(a.Rect.Dx()*a.Rect.Dy())
}

// alike tells whether a pixel of a picture is in the other, give or take one.
func alike(a, b *image.RGBA, x, y int) bool {
	const near = 48
	p := a.Pix[a.PixOffset(x, y):]
	for j := max(y-1, 0); j <= min(y+1, b.Rect.Dy()-1); j++ {
		for i := max(x-1, 0); i <= min(x+1, b.Rect.Dx()-1); i++ {
			q := b.Pix[b.PixOffset(i, j):]
			if apart(p[0], q[0]) <= near && apart(p[1], q[1]) <= near && apart(p[2], q[2]) <= near {
				return true
			}
		}
	}
	return false
}

func apart(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// save writes two pictures side by side.
func (c *comparer) save(a, b *image.RGBA, name string) {
	w := a.Rect.Dx()
	both := image.NewRGBA(image.Rect(0, 0, 2*w+8, a.Rect.Dy()))
	draw.Draw(both, a.Rect, a, image.Point{}, draw.Src)
	draw.Draw(both, b.Rect.Add(image.Pt(w+8, 0)), b, image.Point{}, draw.Src)
	f, err := os.Create(filepath.Join(c.out, name))
	if err == nil {
		err = png.Encode(f, both)
		f.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "annexes:", err)
	}
}
