package barcode

import (
	"image"
	"math"
)

// A gray is a picture in shades of gray, row by row.
type gray struct {
	pix  []byte
	w, h int
}

// grayOf makes a picture gray, and smaller when its longer edge has more pixels
// than most: each pixel is then the mean of those that it stands for.
func grayOf(img image.Image, most int) gray {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	scale := max(1, float64(max(w, h))/float64(most))
	g := gray{w: max(1, int(float64(w)/scale)), h: max(1, int(float64(h)/scale))}
	g.pix = make([]byte, g.w*g.h)
	row := make([]byte, w)
	sums, counts := make([]uint32, g.w), make([]uint32, g.w)
	next := 0
	for y := range h {
		grayRow(img, b.Min.Y+y, row)
		if g.h == h && g.w == w {
			copy(g.pix[y*w:], row)
			continue
		}
		for x, v := range row {
			at := x * g.w / w
			sums[at] += uint32(v)
			counts[at]++
		}
		if (y+1)*g.h/h == next && y+1 < h {
			continue
		}
		for x := range sums {
			g.pix[next*g.w+x] = byte(sums[x] / max(1, counts[x]))
			sums[x], counts[x] = 0, 0
		}
		next++
	}
	return g
}

// smaller gives the picture with a longer edge of at most that many pixels.
func (g gray) smaller(most int) gray {
	if max(g.w, g.h) <= most {
		return g
	}
	return grayOf(&image.Gray{Pix: g.pix, Stride: g.w, Rect: image.Rect(0, 0, g.w, g.h)}, most)
}

// grayRow reads a row. What is transparent lies on white.
func grayRow(img image.Image, y int, row []byte) {
	x0 := img.Bounds().Min.X
	switch m := img.(type) {
	case *image.YCbCr:
		copy(row, m.Y[m.YOffset(x0, y):])
		return
	case *image.Gray:
		copy(row, m.Pix[m.PixOffset(x0, y):])
		return
	}
	for x := range row {
		r, g, b, a := img.At(x0+x, y).RGBA()
		v := (306*r+601*g+117*b)>>10 + (0xFFFF - a)
		row[x] = byte(min(v, 0xFFFF) >> 8)
	}
}

// turned gives a picture larger by a factor and turned by degrees about its
// middle, on white.
func (g gray) turned(factor, degrees float64) gray {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	w, h := float64(g.w)*factor, float64(g.h)*factor
	out := gray{w: int(math.Abs(w*cos) + math.Abs(h*sin)), h: int(math.Abs(w*sin) + math.Abs(h*cos))}
	out.pix = make([]byte, out.w*out.h)
	const one = 1 << 16
	step := func(v float64) int { return int(v / factor * one) }
	du, dv := step(cos), step(-sin)
	for y := range out.h {
		dx, dy := .5-float64(out.w)/2, float64(y)+.5-float64(out.h)/2
		u := int(((dx*cos+dy*sin)/factor + float64(g.w)/2 - .5) * one)
		v := int(((-dx*sin+dy*cos)/factor + float64(g.h)/2 - .5) * one)
		row := out.pix[y*out.w:][:out.w]
		for x := range row {
			row[x] = g.between(u, v)
			u, v = u+du, v+dv
		}
	}
	return out
}

// between gives the shade at a place in parts of a pixel, each of which has 65536;
// outside it is white.
func (g gray) between(u, v int) byte {
	x, y := u>>16, v>>16
	if uint(x) >= uint(g.w-1) || uint(y) >= uint(g.h-1) {
		if u < -1<<15 || v < -1<<15 || x > g.w-1 || y > g.h-1 {
			return 0xFF
		}
		return g.pix[min(max(y, 0), g.h-1)*g.w+min(max(x, 0), g.w-1)]
	}
	fx, fy := (u&0xFFFF)>>8, (v&0xFFFF)>>8
	p := g.pix[y*g.w+x:]
	top := int(p[0])*(256-fx) + int(p[1])*fx
	p = p[g.w:]
	low := int(p[0])*(256-fx) + int(p[1])*fx
	return byte((top*(256-fy) + low*fy) >> 16)
}

// sharper takes from each pixel a part of the mean of those around it, up to a
// distance in pixels.
func (g gray) sharper(distance int, amount float64) gray {
	out := gray{pix: make([]byte, len(g.pix)), w: g.w, h: g.h}
	part := int(amount * 256)
	columns := make([]int32, g.w) // sums of the rows around
	for y := -distance; y < g.h; y++ {
		if in := y + distance; in < g.h {
			for x, v := range g.pix[in*g.w:][:g.w] {
				columns[x] += int32(v)
			}
		}
		if gone := y - distance - 1; gone >= 0 {
			for x, v := range g.pix[gone*g.w:][:g.w] {
				columns[x] -= int32(v)
			}
		}
		if y >= 0 {
			rows := min(g.h, y+distance+1) - max(0, y-distance)
			sharpenRow(out.pix[y*g.w:][:g.w], g.pix[y*g.w:][:g.w], columns, rows, distance, part)
		}
	}
	return out
}

func sharpenRow(out, row []byte, columns []int32, rows, distance, part int) {
	w := len(row)
	sum := int32(0)
	for x := range min(distance, w) {
		sum += columns[x]
	}
	for x := range row {
		if in := x + distance; in < w {
			sum += columns[in]
		}
		if gone := x - distance - 1; gone >= 0 {
			sum -= columns[gone]
		}
		n := rows * (min(w, x+distance+1) - max(0, x-distance))
		v := int(row[x])
		v += (v - int(sum)/n) * part / 256
		out[x] = byte(min(max(v, 0), 255))
	}
}
