package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The virtual display's size in pixels: a small laptop's screen, which is what
// the window is designed for.
const displayWidth, displayHeight = 1366, 768

// A display is an X server without a screen. Its picture is a file that the
// server keeps up to date, so that no program is needed to photograph it.
type display struct {
	name   string // as in DISPLAY, ":99"
	screen string // the file that holds the picture
	cmd    *exec.Cmd
	errs   *bytes.Buffer
}

// startDisplay starts Xvfb on a free number and waits until it answers.
func (t *tool) startDisplay(dir string) (*display, error) {
	numberOut, numberIn, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("making a pipe for Xvfb: %w", err)
	}
	defer numberOut.Close()
	d := &display{screen: filepath.Join(dir, "Xvfb_screen0"), errs: &bytes.Buffer{}}
	d.cmd = t.command([]string{
		"Xvfb", "-displayfd", "3", "-fbdir", dir, "-nolisten", "tcp", "-noreset",
		"-screen", "0", fmt.Sprintf("%dx%dx24", displayWidth, displayHeight),
	}, nil)
	d.cmd.ExtraFiles = []*os.File{numberIn}
	d.cmd.Stderr = d.errs
	err = d.cmd.Start()
	numberIn.Close()
	if err != nil {
		return nil, fmt.Errorf("starting Xvfb: %w", err)
	}
	if err := numberOut.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		return nil, errors.Join(fmt.Errorf("waiting for Xvfb: %w", err), d.stop())
	}
	number, err := readLine(numberOut)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("xvfb gave no display number: %w: %s", err, d.errs), d.stop())
	}
	d.name = ":" + number
	return d, nil
}

// readLine reads up to the first newline.
func readLine(r io.Reader) (string, error) {
	var line []byte
	one := make([]byte, 1)
	for {
		n, err := r.Read(one)
		if n == 1 && one[0] == '\n' {
			return strings.TrimSpace(string(line)), nil
		}
		if n == 1 {
			line = append(line, one[0])
		}
		if err != nil {
			return "", err
		}
	}
}

// stop ends the server.
func (d *display) stop() error {
	if err := interrupt(d.cmd.Process); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stopping Xvfb: %w", err)
	}
	var exit *exec.ExitError
	if err := d.cmd.Wait(); err != nil && !errors.As(err, &exit) {
		return fmt.Errorf("waiting for Xvfb to end: %w", err)
	}
	return nil
}

// picture reads what the display shows now.
func (d *display) picture() (*image.RGBA, error) {
	dump, err := os.ReadFile(d.screen)
	if err != nil {
		return nil, fmt.Errorf("reading the virtual display: %w", err)
	}
	return decodeXWD(dump)
}

// settled waits until two pictures in a row are the same, at most for the
// given time, and returns the last one. A blinking caret never settles, so
// reaching the limit is no error.
func (d *display) settled(limit time.Duration) (*image.RGBA, error) {
	deadline := time.Now().Add(limit)
	last, err := d.picture()
	for err == nil {
		<-time.After(150 * time.Millisecond)
		var next *image.RGBA
		next, err = d.picture()
		if err == nil && (bytes.Equal(last.Pix, next.Pix) || time.Now().After(deadline)) {
			return next, nil
		}
		last = next
	}
	return nil, err
}

// savePNG writes a picture to a file.
func savePNG(path string, img image.Image) error {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return fmt.Errorf("encoding %s: %w", path, err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("saving a picture: %w", err)
	}
	return nil
}

// decodeXWD reads the X window dump that Xvfb keeps: a big-endian header, a
// color map, then rows of 32-bit pixels in the header's byte order.
func decodeXWD(dump []byte) (*image.RGBA, error) {
	const fields = 25
	if len(dump) < 4*fields {
		return nil, fmt.Errorf("the virtual display's picture is cut off at %d bytes", len(dump))
	}
	var h [fields]uint32
	for i := range h {
		h[i] = binary.BigEndian.Uint32(dump[4*i:])
	}
	headerSize, version, width, height := h[0], h[1], int(h[4]), int(h[5])
	littleEndian, bits, stride, colors := h[7] == 0, h[11], int(h[12]), int(h[19])
	if version != 7 || bits != 32 || width <= 0 || height <= 0 || width > 1<<14 || height > 1<<14 {
		return nil, fmt.Errorf("the virtual display's picture has version %d, %d bits, %dx%d: not understood", version, bits, width, height)
	}
	start := int(headerSize) + 12*colors
	if stride < 4*width || start < 0 || len(dump) < start+stride*height {
		return nil, fmt.Errorf("the virtual display's picture is cut off at %d bytes", len(dump))
	}
	order := binary.ByteOrder(binary.BigEndian)
	if littleEndian {
		order = binary.LittleEndian
	}
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		row := dump[start+y*stride:]
		for x := range width {
			p := order.Uint32(row[4*x:])
			img.SetRGBA(x, y, color.RGBA{R: uint8(p >> 16), G: uint8(p >> 8), B: uint8(p), A: 255})
		}
	}
	return img, nil
}

// differing counts the pixels in which two pictures of one size differ.
func differing(a, b *image.RGBA) int {
	if a.Bounds() != b.Bounds() {
		return a.Bounds().Dx() * a.Bounds().Dy()
	}
	n := 0
	for i := 0; i < len(a.Pix); i += 4 {
		if !bytes.Equal(a.Pix[i:i+4], b.Pix[i:i+4]) {
			n++
		}
	}
	return n
}

// part copies an area of a picture.
func part(img *image.RGBA, area image.Rectangle) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, area.Dx(), area.Dy()))
	draw.Draw(out, out.Bounds(), img, area.Min, draw.Src)
	return out
}

// colorCount counts the distinct colors of a picture, up to a limit: an empty
// window has a handful, one with text hundreds.
func colorCount(img *image.RGBA, limit int) int {
	seen := map[[3]byte]bool{}
	for i := 0; i < len(img.Pix) && len(seen) < limit; i += 4 {
		seen[[3]byte(img.Pix[i:i+3])] = true
	}
	return len(seen)
}
