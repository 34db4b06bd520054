package picture

import "image"

// Shrink fits a picture into a square of longEdge pixels by averaging, with
// integers alone: each pixel of the result is the mean of the pixels below it,
// those on a border weighted by their share. Transparent pixels count by their
// alpha. A picture that is small enough, or a longEdge of 0 or less, gives the
// picture itself.
func Shrink(img image.Image, longEdge int) image.Image {
	img = known(img)
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	longest := max(w, h)
	if longEdge <= 0 || longest <= longEdge {
		return img
	}
	// Rounded, so that the sides keep their ratio as well as can be.
	nw := max(1, (w*longEdge+longest/2)/longest)
	nh := max(1, (h*longEdge+longest/2)/longest)
	switch img := img.(type) {
	case *image.Gray:
		out := image.NewGray(image.Rect(0, 0, nw, nh))
		shrinkPlane(out.Pix, img.Pix, img.Stride, w, h, nw, nh)
		return out
	case *image.YCbCr:
		out := image.NewYCbCr(image.Rect(0, 0, nw, nh), image.YCbCrSubsampleRatio444)
		shrinkPlane(out.Y, img.Y, img.YStride, w, h, nw, nh)
		cw, ch := chroma(img)
		shrinkChroma(out.Cb, img.Cb, img.CStride, cw, ch, nw, nh)
		shrinkChroma(out.Cr, img.Cr, img.CStride, cw, ch, nw, nh)
		return out
	}
	return shrinkColor(img.(*image.NRGBA), nw, nh) //nolint:forcetypeassert // the third kind of plain
}

// chroma is the size of the planes of color.
func chroma(img *image.YCbCr) (w, h int) {
	w, h = img.Rect.Dx(), img.Rect.Dy()
	last := img.COffset(w-1, h-1)
	return last%img.CStride + 1, last/img.CStride + 1
}

// shares lists for each of n new pixels which of the old ones lie below it and
// how much of each, in units of 1/n of an old pixel: they add up to old.
func shares(old, n int) [][]share {
	out := make([][]share, n)
	for i := range n {
		from, to := i*old, (i+1)*old
		for p := from / n; p*n < to; p++ {
			out[i] = append(out[i], share{p, uint64(min(to, (p+1)*n) - max(from, p*n))})
		}
	}
	return out
}

type share struct {
	at     int
	weight uint64
}

// shrinkPlane averages a plane of bytes. A sum is at most 255 * w * h.
func shrinkPlane(out, from []byte, stride, w, h, nw, nh int) {
	columns, rows := shares(w, nw), shares(h, nh)
	sums := make([]uint64, nw)
	all := uint64(w) * uint64(h)
	for y, below := range rows {
		clear(sums)
		for _, s := range below {
			row := from[s.at*stride : s.at*stride+w]
			for x, across := range columns {
				sum := uint64(0)
				for _, c := range across {
					sum += c.weight * uint64(row[c.at])
				}
				sums[x] += s.weight * sum
			}
		}
		for x, sum := range sums {
			out[y*nw+x] = byte((sum + all/2) / all)
		}
	}
}

// shrinkChroma is shrinkPlane for a plane that may be smaller than the result; it
// is then stretched by repeating.
func shrinkChroma(out, from []byte, stride, w, h, nw, nh int) {
	tw, th := min(w, nw), min(h, nh)
	if tw == nw && th == nh {
		shrinkPlane(out, from, stride, w, h, nw, nh)
		return
	}
	small := make([]byte, tw*th)
	shrinkPlane(small, from, stride, w, h, tw, th)
	for y := range nh {
		for x := range nw {
			out[y*nw+x] = small[y*th/nh*tw+x*tw/nw]
		}
	}
}

// shrinkColor averages colors by their alpha.
func shrinkColor(img *image.NRGBA, nw, nh int) *image.NRGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	columns, rows := shares(w, nw), shares(h, nh)
	out := image.NewNRGBA(image.Rect(0, 0, nw, nh))
	sums := make([][4]uint64, nw)
	all := uint64(w) * uint64(h)
	for y, below := range rows {
		clear(sums)
		for _, s := range below {
			row := img.Pix[s.at*img.Stride : s.at*img.Stride+4*w]
			for x, across := range columns {
				to := &sums[x]
				for _, c := range across {
					p := row[4*c.at : 4*c.at+4]
					weight := s.weight * c.weight * uint64(p[3])
					to[0] += weight * uint64(p[0])
					to[1] += weight * uint64(p[1])
					to[2] += weight * uint64(p[2])
					to[3] += weight
				}
			}
		}
		for x, sum := range sums {
			p := out.Pix[y*out.Stride+4*x:]
			if sum[3] > 0 {
				for j := range 3 {
					p[j] = byte((sum[j] + sum[3]/2) / sum[3])
				}
			}
			p[3] = byte((sum[3] + all/2) / all)
		}
	}
	return out
}
