package pages

import (
	"context"
	"fmt"
	"image"
	"math"
	"os"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// A File is an open PDF file. It is used from any goroutine.
type File struct {
	v     *Viewer
	id    uint32
	path  string
	info  os.FileInfo // when it was opened
	sizes []size
}

// Pages gives the number of pages, from 1 to [MaxPages].
func (f *File) Pages() int { return len(f.sizes) }

// Size gives the width and height of a page in points, upright; pages count from
// 1. A page that is broken, or not there, is as large as a US letter, which is
// what viewers take.
func (f *File) Size(page int) (w, h float64) {
	if page < 1 || page > len(f.sizes) {
		return letter.w, letter.h
	}
	s := f.sizes[page-1]
	return s.w, s.h
}

// Close lets the file go.
func (f *File) Close() error {
	err := f.v.ask(f.v.ctx, f.id, false, func(p *process) error { return p.close(f.id) })
	if f.v.ctx.Err() != nil {
		return nil // it went with the viewer
	}
	return err
}

// PictureSize gives the size in pixels of a picture that [File.Picture] makes:
// the width as asked, from 1 to [MaxWidth], and the height that follows; smaller
// in proportion when the page is so tall that it would be over a limit.
func (f *File) PictureSize(page, width int) (w, h int) {
	pw, ph := f.Size(page)
	width = min(max(width, 1), MaxWidth)
	high := float64(width) * ph / pw
	if over := max(high/maxHeight, math.Sqrt(float64(width)*high/MaxPixels)); over > 1 {
		width = max(int(float64(width)/over), 1)
		high = float64(width) * ph / pw
	}
	return width, int(min(max(math.Round(high), 1), maxHeight))
}

// Picture draws a page on white, with what is drawn by annotations and the fields
// of forms, as many pixels wide as asked; see [File.PictureSize]. Every pixel is
// opaque.
func (f *File) Picture(ctx context.Context, page, width int) (*image.RGBA, error) {
	w, h := f.PictureSize(page, width)
	made := make(chan *image.RGBA, 1)
	err := f.ask(ctx, page, func(p *process) error {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		q := request{op: opPicture, doc: f.id, page: uint32(page - 1), width: uint32(w), height: uint32(h)}
		if _, err := p.roundTrip(q, 0, img.Pix); err != nil {
			return err
		}
		for i := 3; i < len(img.Pix); i += 4 {
			img.Pix[i] = 0xFF
		}
		made <- img
		return nil
	})
	if err != nil {
		return nil, err
	}
	return <-made, nil
}

// drawnWidth is how wide pages are drawn to see how long that takes, in pixels:
// what makes a page slow is seldom its size.
const drawnWidth = 300

// InTime draws each page, and gives [ProblemSlow] for a page that takes longer
// than a time, or where all together take longer than that and more than a second
// each. Who is sent the pages would wait as long.
func (f *File) InTime(ctx context.Context, limit time.Duration) error {
	if err := f.v.Warm(ctx); err != nil {
		return err
	}
	slow := ProblemSlow.New("limit", limit)
	var all time.Duration
	for page := 1; page <= f.Pages(); page++ {
		began := time.Now()
		err := f.ask(ctx, page, func(p *process) error {
			began = time.Now() // others had their turn before
			late := time.AfterFunc(limit, p.KillLate)
			defer late.Stop()
			w, h := f.PictureSize(page, drawnWidth)
			q := request{op: opPicture, doc: f.id, page: uint32(page - 1), width: uint32(w), height: uint32(h)}
			_, err := p.roundTrip(q, 0, make([]byte, 4*w*h))
			return err
		})
		took := time.Since(began)
		all += took
		if took >= limit || all >= max(limit, time.Duration(f.Pages())*time.Second) {
			return slow
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Text gives the text of a page in the order in which the file draws it, lines
// ending with "\n"; what is written from the right is in the order in which it is
// read. Text of annotations and fields is not in it.
func (f *File) Text(ctx context.Context, page int) (string, error) {
	got := make(chan string, 1)
	err := f.ask(ctx, page, func(p *process) error {
		body, err := p.roundTrip(request{op: opText, doc: f.id, page: uint32(page - 1)}, MaxText, nil)
		if err != nil {
			return err
		}
		if !utf8.Valid(body) {
			return lostError{errWire}
		}
		got <- tidy.Replace(string(body))
		return nil
	})
	if err != nil {
		return "", err
	}
	return <-got, nil
}

// tidy puts right what PDFium does to text: a hyphen at the end of a line becomes
// a character that is none, and lines end as they do on Windows.
var tidy = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\uFFFE", "-\n", "\x02", "-\n", "\x00", "")

// A Rect is an area of a page as it is shown, in fractions of its width and
// height: 0 is the left or upper edge, 1 the right or lower.
type Rect struct{ Left, Top, Right, Bottom float64 }

// In gives the area in a picture of the page.
func (r Rect) In(picture image.Rectangle) image.Rectangle {
	w, h := float64(picture.Dx()), float64(picture.Dy())
	at := func(v float64) int { return int(math.Round(v)) }
	return image.Rect(at(r.Left*w), at(r.Top*h), at(r.Right*w), at(r.Bottom*h)).Add(picture.Min)
}

// A Link is an area of a page that leads to a page of the same file.
type Link struct {
	Rect Rect
	Page int // from 1
}

// Links gives the links of a page that lead to pages of the file, no more than
// [MaxLinks]. Links to elsewhere are left out.
func (f *File) Links(ctx context.Context, page int) ([]Link, error) {
	got := make(chan []Link, 1)
	err := f.ask(ctx, page, func(p *process) error {
		body, err := p.roundTrip(request{op: opLinks, doc: f.id, page: uint32(page - 1)}, linkBytes*MaxLinks, nil)
		if err != nil {
			return err
		}
		links, err := parseLinks(body, len(f.sizes))
		if err != nil {
			return lostError{err}
		}
		got <- links
		return nil
	})
	if err != nil {
		return nil, err
	}
	return <-got, nil
}

// ask does something with a child in which the file is open.
func (f *File) ask(ctx context.Context, page int, do func(*process) error) error {
	if page < 1 || page > len(f.sizes) {
		return fmt.Errorf("reading pages of a PDF: there is no page %d of %d", page, len(f.sizes))
	}
	return f.v.ask(ctx, f.id, true, func(p *process) error {
		if err := f.present(p); err != nil {
			return err
		}
		return do(p)
	})
}

// present opens the file in a child that does not have it.
func (f *File) present(p *process) error {
	if i := slices.Index(p.docs, f.id); i >= 0 {
		p.docs = append(slices.Delete(p.docs, i, i+1), f.id) // used last
		return nil
	}
	info, err := os.Stat(f.path)
	if err != nil {
		return fmt.Errorf("opening a PDF again: %w", err)
	}
	if info.Size() != f.info.Size() || !info.ModTime().Equal(f.info.ModTime()) {
		return damaged(nil, "it changed while it was open")
	}
	sizes, err := p.open(f.id, f.path)
	if err != nil {
		return err
	}
	if !slices.Equal(sizes, f.sizes) {
		return damaged(nil, "it changed while it was open")
	}
	return nil
}
