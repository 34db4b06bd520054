package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
)

// icoSizes are the edges in pixels that Windows shows icons at.
var icoSizes = []int{16, 24, 32, 48, 64, 128, 256}

// writeIco makes a Windows icon file from a square PNG. Each size is a PNG
// inside, which Windows reads since Vista.
func writeIco(path, from string) error {
	f, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("reading the icon: %w", err)
	}
	src, err := png.Decode(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("reading the icon %s: %w", from, err)
	}
	var head, body bytes.Buffer
	put := func(v any) { // a bytes.Buffer takes everything
		_ = binary.Write(&head, binary.LittleEndian, v)
	}
	put([3]uint16{0, 1, uint16(len(icoSizes))})
	offset := 6 + 16*len(icoSizes)
	for _, size := range icoSizes {
		var one bytes.Buffer
		if err := png.Encode(&one, shrink(src, size)); err != nil {
			return fmt.Errorf("encoding the icon: %w", err)
		}
		put([4]uint8{uint8(size), uint8(size), 0, 0}) // 256 is written as 0
		put([2]uint16{1, 32})
		put([2]uint32{uint32(one.Len()), uint32(offset + body.Len())})
		body.Write(one.Bytes())
	}
	if err := os.WriteFile(path, append(head.Bytes(), body.Bytes()...), 0o644); err != nil {
		return fmt.Errorf("writing the icon: %w", err)
	}
	return nil
}

// shrink scales a picture down to a square by averaging the pixels that each
// new one covers, with the transparent ones counting for nothing.
func shrink(src image.Image, size int) *image.NRGBA {
	b := src.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			area := image.Rect(b.Min.X+x*b.Dx()/size, b.Min.Y+y*b.Dy()/size, b.Min.X+(x+1)*b.Dx()/size, b.Min.Y+(y+1)*b.Dy()/size)
			out.Set(x, y, average(src, area))
		}
	}
	return out
}

// average is the mean color of an area, in premultiplied values.
func average(src image.Image, area image.Rectangle) color.Color {
	var r, g, b, a, n uint64
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			pr, pg, pb, pa := src.At(x, y).RGBA()
			r, g, b, a, n = r+uint64(pr), g+uint64(pg), b+uint64(pb), a+uint64(pa), n+1
		}
	}
	if n == 0 {
		return color.Transparent
	}
	return color.RGBA64{R: uint16(r / n), G: uint16(g / n), B: uint16(b / n), A: uint16(a / n)}
}
