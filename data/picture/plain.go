package picture

import (
	"bytes"
	"image"
	"image/color"
)

// plain gives a picture as one of the three kinds that this package works with:
// YCbCr, Gray or NRGBA, from 0, 0. Samples of 16 bits are rounded to 8.
func plain(img image.Image) image.Image {
	size := image.Rectangle{Max: img.Bounds().Size()}
	switch img := img.(type) {
	case *image.YCbCr:
		if img.Rect.Min == (image.Point{}) {
			return img
		}
	case *image.Gray:
		return &image.Gray{Pix: img.Pix, Stride: img.Stride, Rect: size}
	case *image.NRGBA:
		return &image.NRGBA{Pix: img.Pix, Stride: img.Stride, Rect: size}
	case *image.RGBA:
		return fromRGBA(img, size)
	case *image.CMYK:
		cmykPixels(img.Pix)
		return &image.NRGBA{Pix: img.Pix, Stride: img.Stride, Rect: size}
	case *image.Gray16:
		out := image.NewGray(size)
		for y := range size.Max.Y {
			for x := range size.Max.X {
				out.Pix[y*out.Stride+x] = narrow(img.Pix[y*img.Stride+2*x:])
			}
		}
		return out
	case *image.Paletted:
		return fromPalette(img, size)
	}
	return fromAny(img, size)
}

// known gives a picture of any kind as plain does and leaves it as it is.
func known(img image.Image) image.Image {
	switch typed := img.(type) {
	case *image.RGBA:
		img = &image.RGBA{Pix: bytes.Clone(typed.Pix), Stride: typed.Stride, Rect: typed.Rect}
	case *image.CMYK:
		img = &image.CMYK{Pix: bytes.Clone(typed.Pix), Stride: typed.Stride, Rect: typed.Rect}
	}
	return plain(img)
}

// fromRGBA takes the alpha out of the colors, in place.
func fromRGBA(img *image.RGBA, size image.Rectangle) *image.NRGBA {
	for i := 0; i+3 < len(img.Pix); i += 4 {
		a := uint32(img.Pix[i+3])
		if a == 255 || a == 0 {
			continue
		}
		for j := range 3 {
			img.Pix[i+j] = byte(min(255, (uint32(img.Pix[i+j])*255+a/2)/a))
		}
	}
	return &image.NRGBA{Pix: img.Pix, Stride: img.Stride, Rect: size}
}

func fromPalette(img *image.Paletted, size image.Rectangle) *image.NRGBA {
	var colors [256]color.NRGBA
	for i, c := range img.Palette[:min(256, len(img.Palette))] {
		colors[i] = color.NRGBAModel.Convert(c).(color.NRGBA) //nolint:forcetypeassert // what the model gives
	}
	out := image.NewNRGBA(size)
	for y := range size.Max.Y {
		row := out.Pix[y*out.Stride:]
		for x, index := range img.Pix[y*img.Stride : y*img.Stride+size.Max.X] {
			c := colors[index]
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = c.R, c.G, c.B, c.A
		}
	}
	return out
}

// fromAny converts pixel by pixel: what has 16 bits.
func fromAny(img image.Image, size image.Rectangle) *image.NRGBA {
	out := image.NewNRGBA(size)
	at := img.Bounds().Min
	for y := range size.Max.Y {
		row := out.Pix[y*out.Stride:]
		for x := range size.Max.X {
			c := color.NRGBA64Model.Convert(img.At(at.X+x, at.Y+y)).(color.NRGBA64) //nolint:forcetypeassert // what the model gives
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = round8(c.R), round8(c.G), round8(c.B), round8(c.A)
		}
	}
	return out
}

func round8(v uint16) byte { return byte((uint32(v) + 128) / 257) }

// toNRGBA gives a copy with 8 bits of red, green, blue and alpha.
func toNRGBA(img image.Image) *image.NRGBA {
	size := image.Rectangle{Max: img.Bounds().Size()}
	out := image.NewNRGBA(size)
	for y := range size.Max.Y {
		readRow(img, 0, y, out.Pix[y*out.Stride:y*out.Stride+4*size.Max.X])
	}
	return out
}

// readRow writes a part of a row of one of the three kinds, from x0 on, as NRGBA.
func readRow(img image.Image, x0, y int, row []byte) {
	n := len(row) / 4
	switch img := img.(type) {
	case *image.NRGBA:
		copy(row, img.Pix[y*img.Stride+4*x0:])
	case *image.Gray:
		for x, v := range img.Pix[y*img.Stride+x0 : y*img.Stride+x0+n] {
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = v, v, v, 255
		}
	case *image.YCbCr:
		for x := range n {
			c := img.COffset(x0+x, y)
			r, g, b := color.YCbCrToRGB(img.Y[y*img.YStride+x0+x], img.Cb[c], img.Cr[c])
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = r, g, b, 255
		}
	}
}

// upright turns and mirrors a picture as EXIF's orientation (1 to 8) says.
func upright(img image.Image, orientation int) image.Image {
	if orientation < 2 || orientation > 8 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	switch img := img.(type) {
	case *image.Gray:
		return &image.Gray{Pix: turn(img.Pix, img.Stride, w, h, 1, orientation), Stride: size.Dx(), Rect: size}
	case *image.YCbCr:
		if turned := uprightYCbCr(img, size, orientation); turned != nil {
			return turned
		}
	case *image.NRGBA:
		return &image.NRGBA{Pix: turn(img.Pix, img.Stride, w, h, 4, orientation), Stride: 4 * size.Dx(), Rect: size}
	}
	full := toNRGBA(img)
	return &image.NRGBA{Pix: turn(full.Pix, full.Stride, w, h, 4, orientation), Stride: 4 * size.Dx(), Rect: size}
}

// uprightYCbCr turns the planes of a picture. It gives nil where a plane of
// colors, turned, would not lie under its pixels any more.
func uprightYCbCr(img *image.YCbCr, size image.Rectangle, orientation int) *image.YCbCr {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	cw, ch, ratio := w, h, img.SubsampleRatio
	switch {
	case ratio == image.YCbCrSubsampleRatio444:
	case ratio == image.YCbCrSubsampleRatio420 && w%2 == 0 && h%2 == 0:
		cw, ch = w/2, h/2
	case ratio == image.YCbCrSubsampleRatio422 && w%2 == 0:
		cw = w / 2
		if orientation >= 5 {
			ratio = image.YCbCrSubsampleRatio440
		}
	case ratio == image.YCbCrSubsampleRatio440 && h%2 == 0:
		ch = h / 2
		if orientation >= 5 {
			ratio = image.YCbCrSubsampleRatio422
		}
	default:
		return nil
	}
	cStride := cw
	if orientation >= 5 {
		cStride = ch
	}
	return &image.YCbCr{
		Y:  turn(img.Y, img.YStride, w, h, 1, orientation),
		Cb: turn(img.Cb, img.CStride, cw, ch, 1, orientation),
		Cr: turn(img.Cr, img.CStride, cw, ch, 1, orientation),

		YStride: size.Dx(), CStride: cStride, SubsampleRatio: ratio, Rect: size,
	}
}

// turn copies w by h pixels of n bytes to where they lie upright.
func turn(from []byte, stride, w, h, n, orientation int) []byte {
	out := make([]byte, w*h*n)
	outStride := w
	if orientation >= 5 {
		outStride = h
	}
	for y := range h {
		// Where the row's first pixel goes, and how far apart its pixels lie there.
		var first, step int
		switch orientation {
		case 2:
			first, step = y*outStride+w-1, -1
		case 3:
			first, step = (h-1-y)*outStride+w-1, -1
		case 4:
			first, step = (h-1-y)*outStride, 1
		case 5:
			first, step = y, outStride
		case 6:
			first, step = h-1-y, outStride
		case 7:
			first, step = (w-1)*outStride+h-1-y, -outStride
		case 8:
			first, step = (w-1)*outStride+y, -outStride
		}
		row := from[y*stride : y*stride+w*n]
		for x := range w {
			o := (first + x*step) * n
			if n == 1 {
				out[o] = row[x]
				continue
			}
			copy(out[o:o+n], row[x*n:x*n+n])
		}
	}
	return out
}
