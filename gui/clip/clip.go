// Package clip reads pictures and copied files from the system's clipboard; the
// toolkit knows text alone.
//
// Its one rule: it waits for no other program longer than Wait, and what it gives can
// be seen.
package clip

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"time"

	"casebinder/data"
	"casebinder/data/picture"
)

// Content is what the clipboard holds besides text. Both are empty where it holds text
// alone, or nothing.
type Content struct {
	Picture []byte   // a PNG
	Files   []string // paths of files that were copied
}

// Wait is how long another program may hold the clipboard.
const Wait = 2 * time.Second

// The ways in which the clipboard can fail.
var (
	ProblemBusy = data.DefineProblem("clipboard_busy", data.ErrInvalid,
		"Another program is using the clipboard.",
		"Wait a moment and paste again. If it stays so, close the program that you copied from.")
	ProblemInvisible = data.DefineProblem("clipboard_invisible", data.ErrInvalid,
		"The picture on the clipboard is transparent: nothing of it can be seen.",
		"Copy it again, or save it as a file and add the file.")
)

// Read reads the clipboard. It may take as long as Wait: never call it where widgets
// are drawn. It fails with ProblemBusy while another program holds the clipboard, and
// with ProblemInvisible where there is a picture that shows nothing.
func Read(ctx context.Context) (Content, error) {
	ctx, cancel := context.WithTimeout(ctx, Wait)
	defer cancel()
	type result struct {
		c   Content
		err error
	}
	done := make(chan result, 1)
	go func() {
		c, err := read(ctx)
		done <- result{c, err}
	}()
	select {
	case r := <-done:
		return r.c, r.err
	case <-ctx.Done(): // what reads cannot be stopped everywhere; what it brings is dropped
		return Content{}, tooLong(ctx)
	}
}

func tooLong(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return ProblemBusy.New()
	}
	return ctx.Err()
}

// An offer is one form in which the clipboard holds the same picture.
type offer struct {
	bytes  func() ([]byte, error) // nil: the clipboard has no such form
	decode func(context.Context, []byte) (image.Image, error)
}

// choose takes the first of the offers that can be read and seen.
func choose(ctx context.Context, offers []offer) ([]byte, error) {
	var failed error
	for _, o := range offers {
		content, err := o.bytes()
		if err != nil {
			return nil, err
		}
		if len(content) == 0 {
			continue
		}
		img, err := o.decode(ctx, content)
		switch {
		case err != nil:
			failed = err
		case picture.Invisible(img):
			failed = ProblemInvisible.New()
		default:
			return encoded(content, img)
		}
	}
	return nil, failed
}

// encoded leaves a PNG as it is.
func encoded(content []byte, img image.Image) ([]byte, error) {
	if bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n")) {
		return content, nil
	}
	var out bytes.Buffer
	err := png.Encode(&out, img)
	return out.Bytes(), err
}

// decodeFile decodes what is a file of its own: a PNG, a TIFF.
func decodeFile(ctx context.Context, content []byte) (image.Image, error) {
	img, _, err := picture.Decode(ctx, bytes.NewReader(content))
	return img, err
}
