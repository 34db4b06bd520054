package bundle

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"

	"casebinder/data/bundle/fit"
	"casebinder/data/picture"
)

// eachPage draws each page of a composed PDF at the resolution of a step.
func (fm *formMaker) eachPage(ctx context.Context, path string, step int, do func(n int, img image.Image) error) error {
	viewer, err := fm.pages(ctx)
	if err != nil {
		return err
	}
	doc, err := viewer.Open(ctx, path)
	if err != nil {
		return fmt.Errorf("opening composed pages: %w", err)
	}
	defer func() { _ = doc.Close() }()
	dpi := fm.steps[step].PageDPI
	if dpi <= 0 {
		dpi = 150
	}
	for n := 1; n <= doc.Pages(); n++ {
		points, _ := doc.Size(n)
		img, err := doc.Picture(ctx, n, max(1, int(math.Round(points*float64(dpi)/72))))
		if err != nil {
			return fmt.Errorf("drawing composed pages: %w", err)
		}
		if err := do(n, img); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// encodePage writes a picture of pages as a step asks for: as a JPEG, or where
// that is smaller, as it is for pages of text, as a PNG of few colors, which
// keeps letters sharp.
func (fm *formMaker) encodePage(w io.Writer, img image.Image, step int) (ending string, err error) {
	s := fm.steps[step]
	var out bytes.Buffer
	ending, err = picture.Encode(&out, img, fit.Step{Quality: s.Quality, Tone: s.Tone})
	if err != nil {
		return "", err
	}
	if ending == "jpg" && fm.p.Takes("png") {
		if few := fewColors(img, s.Tone == fit.ToneGray); few != nil {
			var small bytes.Buffer
			encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
			if err := encoder.Encode(&small, few); err != nil {
				return "", fmt.Errorf("encoding a page: %w", err)
			}
			if small.Len() < out.Len() || !fm.p.Takes("jpg") && !fm.p.Takes("jpeg") {
				out, ending = small, "png"
			}
		}
	}
	_, err = w.Write(out.Bytes())
	return ending, err
}

// fewColors gives a picture with the colors that a page of text has: sixteen
// grays, or 256 colors of 4 bits a component; nil where it has more.
func fewColors(img image.Image, gray bool) image.Image {
	src, ok := img.(*image.RGBA)
	if !ok {
		return nil
	}
	b := src.Bounds()
	out := image.NewPaletted(image.Rect(0, 0, b.Dx(), b.Dy()), nil)
	var places [1 << 12]uint16 // in the palette, from 1, by 4 bits of each component
	for y := range b.Dy() {
		row := src.Pix[src.PixOffset(b.Min.X, b.Min.Y+y):]
		to := out.Pix[y*out.Stride : y*out.Stride+b.Dx()]
		for x := range to {
			red, green, blue := row[4*x]>>4, row[4*x+1]>>4, row[4*x+2]>>4
			if gray {
				luma := uint8((299*int(row[4*x]) + 587*int(row[4*x+1]) + 114*int(row[4*x+2])) / 1000 >> 4)
				red, green, blue = luma, luma, luma
			}
			place := &places[int(red)<<8|int(green)<<4|int(blue)]
			if *place == 0 {
				if len(out.Palette) == 256 {
					return nil
				}
				out.Palette = append(out.Palette, color.RGBA{red * 17, green * 17, blue * 17, 255})
				*place = uint16(len(out.Palette))
			}
			to[x] = uint8(*place - 1)
		}
	}
	return out
}

// photoBytes is the size of a photo as a file of its own.
func (fm *formMaker) photoBytes(ctx context.Context, it *fit.Item, step int) (int64, error) {
	if fm.keepsOriginal(it, fm.steps[step]) {
		return it.Bytes, nil
	}
	raw, err := fm.photoCopy(ctx, it.Exhibit, step)
	if raw == nil && err == nil {
		return it.Bytes, nil
	}
	return int64(len(raw)), err
}

// keepsOriginal reports whether a photo is uploaded with its own bytes: where a
// step and the form let it, and nothing is masked, for a camera writes more into
// a photo than is seen.
func (fm *formMaker) keepsOriginal(it *fit.Item, s fit.Step) bool {
	return s.Original() && len(fm.c.Mask) == 0 && (it.Ending == "jpg" || it.Ending == "jpeg" || it.Ending == "png") && fm.p.Takes(it.Ending)
}

// photoCopy is a photo at a step; nil where it cannot be decoded.
func (fm *formMaker) photoCopy(ctx context.Context, exhibit, step int) ([]byte, error) {
	x := &fm.placed[exhibit-1]
	var raw []byte
	err := fm.reading(ctx, x, func(f io.ReadSeeker) error {
		var err error
		raw, _, err = fm.copyOf(ctx, x, f, fm.steps[step], 0)
		return err
	})
	return raw, err
}

// reading opens the file of an exhibit. What is wrong with the file itself is no
// error here: it is told on its page.
func (fm *formMaker) reading(ctx context.Context, x *Placed, do func(io.ReadSeeker) error) error {
	f, _, err := fm.open.OpenOriginal(ctx, x.Exhibit.SHA256)
	if err != nil {
		return originalProblem(x, err)
	}
	defer func() { _ = f.Close() }()
	if err := do(f); err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return nil
}
