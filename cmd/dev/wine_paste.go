package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// pastedKinds are the forms in which programs of Windows copy pictures.
var pastedKinds = []string{"24", "32", "alpha-0", "top-down", "v5", "png"}

// paste copies a picture, whose size is its own, pastes it into a case, and looks at the
// points of what was kept.
func (b *wineBox) paste(w *window, kind string, size image.Point) error {
	b.t.say("\n== pasting a picture: %s", kind)
	if err := w.openCase(); err != nil {
		return err
	}
	args := []string{b.hand, kind, strconv.Itoa(size.X), strconv.Itoa(size.Y)}
	if kind == "png" {
		file := filepath.Join(b.dir, "copied.png")
		if err := savePNG(file, fourFields(size)); err != nil {
			return err
		}
		args = []string{b.hand, kind, inWindows(file)}
	}
	if _, err := b.run(args...); err != nil {
		return err
	}
	if err := w.keyTo("Casebinder", "ctrl+v"); err != nil {
		return err
	}
	if err := w.click("evidence.ask.do"); err != nil { // what it shows can be said later
		return err
	}
	for deadline := time.Now().Add(time.Minute); ; {
		if img := pictureOf(filepath.Join(b.dir, "工作台", "vault"), size); img != nil {
			return sameFields(img)
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("the picture was not kept; the window last said:\n%s", w.trace.tail(8))
		}
		if err := w.rest(); err != nil {
			return err
		}
	}
}

// fourColors are those of wine/hand.c: above left and right, below left and right.
var fourColors = [2][2]color.RGBA{{{R: 255, A: 255}, {G: 255, A: 255}}, {{B: 255, A: 255}, {R: 255, G: 255, B: 255, A: 255}}}

// fourFields is the picture that is copied.
func fourFields(size image.Point) *image.RGBA {
	img := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			img.SetRGBA(x, y, fourColors[2*y/size.Y][2*x/size.X])
		}
	}
	return img
}

// sameFields compares a picture with it, point by point.
func sameFields(img image.Image) error {
	size := img.Bounds().Size()
	for y := range size.Y {
		for x := range size.X {
			got, want := color.NRGBAModel.Convert(img.At(x, y)), color.NRGBA(fourColors[2*y/size.Y][2*x/size.X])
			if got != want {
				return fmt.Errorf("the point %d, %d of what was kept is %v, not %v", x, y, got, want)
			}
		}
	}
	return nil
}

// pictureOf is the picture of a size in a desk's files; nil where there is none.
func pictureOf(dir string, size image.Point) (found image.Image) {
	// What comes and goes while the program works is looked for again.
	_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return nil //nolint:nilerr // see above
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil //nolint:nilerr // see above
		}
		if head, _, err := image.DecodeConfig(bytes.NewReader(raw)); err != nil || head.Width != size.X || head.Height != size.Y {
			return nil //nolint:nilerr // another file
		}
		if img, _, err := image.Decode(bytes.NewReader(raw)); err == nil {
			found = img
		}
		return nil
	})
	return found
}
