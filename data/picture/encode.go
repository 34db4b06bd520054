package picture

import (
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"casebinder/data/bundle/fit"
)

// QualityKept is the quality of a JPEG that stands for an original.
const QualityKept = 92

// Encode writes a picture as a step of the quality ladder says, shrunk to its
// LongEdge: in color and gray as a JPEG of its Quality, on white where it is
// transparent; in black and white as a PNG of one bit for each pixel. With Quality
// 0 it is a PNG when it looks drawn (a screenshot, a chart), else a JPEG of
// [QualityKept]. The ending is "jpg" or "png". The file holds pixels alone: no
// time, no profile, no comment. The same pixels give the same bytes.
func Encode(w io.Writer, img image.Image, step fit.Step) (ending string, err error) {
	img = Shrink(img, step.LongEdge)
	switch step.Tone {
	case fit.ToneBlack:
		return "png", writePNG(w, blackAndWhite(grayOf(img)))
	case fit.ToneGray:
		img = grayOf(img)
	case fit.ToneColor, "":
	default:
		return "", fmt.Errorf("encoding a picture: there is no tone %q", step.Tone)
	}
	quality := step.Quality
	if quality == 0 {
		quality = QualityKept
		if drawn(img) {
			return "png", writePNG(w, img)
		}
	}
	return writeJPEG(w, img, quality)
}

// maxJPEG is the longest side of a JPEG.
const maxJPEG = 65_535

// writeJPEG writes a JPEG, or a PNG of what is too long for one.
func writeJPEG(w io.Writer, img image.Image, quality int) (ending string, err error) {
	if size := img.Bounds().Size(); size.X > maxJPEG || size.Y > maxJPEG {
		return "png", writePNG(w, img)
	}
	if colored, ok := img.(*image.NRGBA); ok {
		img = onWhite(colored)
	}
	if err := jpeg.Encode(w, img, &jpeg.Options{Quality: min(100, max(1, quality))}); err != nil {
		return "", fmt.Errorf("writing a JPEG: %w", err)
	}
	return "jpg", nil
}

func writePNG(w io.Writer, img image.Image) error {
	if ycc, ok := img.(*image.YCbCr); ok {
		img = onWhite(toNRGBA(ycc)) // an RGBA is known to be opaque by its pixels
	}
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(w, img); err != nil {
		return fmt.Errorf("writing a PNG: %w", err)
	}
	return nil
}

// onWhite lays a picture on white paper. It takes the pixels over where that
// changes none.
func onWhite(img *image.NRGBA) *image.RGBA {
	out := &image.RGBA{Pix: img.Pix, Stride: img.Stride, Rect: img.Rect}
	if img.Opaque() {
		return out
	}
	out.Pix = make([]byte, len(img.Pix))
	for i := 0; i+3 < len(img.Pix); i += 4 {
		a := uint32(img.Pix[i+3])
		for j := range 3 {
			out.Pix[i+j] = byte((uint32(img.Pix[i+j])*a + 255*(255-a) + 127) / 255)
		}
		out.Pix[i+3] = 255
	}
	return out
}

// grayOf gives the luma of a picture, on white paper.
func grayOf(img image.Image) *image.Gray {
	switch img := img.(type) {
	case *image.Gray:
		return img
	case *image.YCbCr:
		return &image.Gray{Pix: img.Y, Stride: img.YStride, Rect: img.Rect}
	}
	size := img.Bounds()
	out := image.NewGray(size)
	row := make([]byte, 4*size.Dx())
	for y := range size.Dy() {
		readRow(img, 0, y, row)
		for x := range size.Dx() {
			r, g, b, a := uint32(row[4*x]), uint32(row[4*x+1]), uint32(row[4*x+2]), uint32(row[4*x+3])
			luma := (19595*r + 38470*g + 7471*b + 1<<15) >> 16
			out.Pix[y*out.Stride+x] = byte((luma*a + 255*(255-a) + 127) / 255)
		}
	}
	return out
}

// drawn reports whether a picture looks drawn rather than taken by a camera: in
// most places a pixel is exactly as its neighbor. A JPEG's noise never is.
func drawn(img image.Image) bool {
	if _, ok := img.(*image.YCbCr); ok {
		return false
	}
	size := img.Bounds().Size()
	row := make([]byte, 4*size.X)
	same, all := 0, 0
	for y := 0; y < size.Y; y += max(1, size.Y/256) {
		readRow(img, 0, y, row)
		for x := 4; x < len(row); x += 4 {
			if [4]byte(row[x:]) == [4]byte(row[x-4:]) {
				same++
			}
			all++
		}
	}
	return same*5 >= all*3
}

// The picture of one bit. Writing: each pixel against the mean around it, so that
// it stays legible in the shadow of a hand; what is much like its surroundings
// follows them: paper becomes white, a dark thing black. A photo: dots, as dense as
// it is dark.
const (
	windowPart = 24 // the window's side is the shorter side through this
	darker     = 10 // percent by which ink is darker than its surroundings
	paper      = 112
	sheet      = 55 // percent of pixels that are paper, at least, where a picture is writing
	tones      = 20 // percent of pixels that are neither paper nor ink, at most
	blots      = 10 // percent of pixels that lie where there is no paper, at most
)

var twoTones = color.Palette{color.Gray{}, color.Gray{Y: 255}}

// blackAndWhite gives each pixel one bit.
func blackAndWhite(img *image.Gray) *image.Paletted {
	if written(img) {
		return thresholds(img)
	}
	return dots(img)
}

// written reports whether a picture looks like writing on paper: tile by tile most
// pixels are about as light as the lightest, and light; and few tiles are without.
func written(img *image.Gray) bool {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if between(img) {
		return false
	}
	tile := max(8, min(w, h)/12)
	onPaper, onNone := 0, 0
	for y0 := 0; y0 < h; y0 += tile {
		for x0 := 0; x0 < w; x0 += tile {
			var count [256]int
			n := 0
			for y := y0; y < min(h, y0+tile); y++ {
				for _, v := range img.Pix[y*img.Stride+x0 : y*img.Stride+min(w, x0+tile)] {
					count[v]++
					n++
				}
			}
			lightest, above := 255, 0
			for above*10 < n {
				above += count[lightest]
				lightest--
			}
			light := 0
			for _, c := range count[max(0, lightest-15):] {
				light += c
			}
			switch {
			case lightest < paper || light*5 < n:
				onNone += n
			default:
				onPaper += light
			}
		}
	}
	return onPaper*100 >= w*h*sheet && onNone*100 <= w*h*blots
}

// between reports whether much of a picture is neither about as light as the
// lightest around it nor dark, as goods on a table are: where that would turn into
// one blot, dots keep what can be seen. Around is a quarter of the picture, over
// which a shadow on paper changes little.
func between(img *image.Gray) bool {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	all := 0
	for n := range 4 {
		x0, x1, y0, y1 := n%2*w/2, (n%2+1)*w/2, n/2*h/2, (n/2+1)*h/2
		var count [256]int
		for y := y0; y < y1; y++ {
			for _, v := range img.Pix[y*img.Stride+x0 : y*img.Stride+x1] {
				count[v]++
			}
		}
		lightest, above := 255, 0
		for lightest > 0 && above*50 < (x1-x0)*(y1-y0) {
			above += count[lightest]
			lightest--
		}
		for _, c := range count[lightest*30/100 : lightest*75/100] {
			all += c
		}
	}
	return all*100 > w*h*tones
}

// dots spreads what a pixel is lighter or darker than its dot over its neighbors
// (Floyd and Steinberg), from left to right and back.
func dots(img *image.Gray) *image.Paletted {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewPaletted(image.Rect(0, 0, w, h), twoTones)
	here, below := make([]int, w+2), make([]int, w+2) // in 1/16, with a margin
	for y := range h {
		step, x := 1, 0
		if y%2 == 1 {
			step, x = -1, w-1
		}
		for ; x >= 0 && x < w; x += step {
			v := 16*int(img.Pix[y*img.Stride+x]) + here[x+1]
			rest := v
			if v >= 16*128 {
				out.Pix[y*out.Stride+x] = 1
				rest = v - 16*255
			}
			ahead, under, behind := rest*7/16, rest*5/16, rest*3/16
			here[x+1+step] += ahead
			below[x+1-step] += behind
			below[x+1] += under
			below[x+1+step] += rest - ahead - under - behind
		}
		here, below = below, here
		clear(below)
	}
	return out
}

// thresholds makes black what is darker than its surroundings.
func thresholds(img *image.Gray) *image.Paletted {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewPaletted(image.Rect(0, 0, w, h), twoTones)
	half := max(4, min(w, h)/windowPart/2)
	columns := make([]uint32, w) // sums of the rows in the window
	add := func(y int, sign uint32) {
		for x, v := range img.Pix[y*img.Stride : y*img.Stride+w] {
			columns[x] += sign * uint32(v)
		}
	}
	for y := range min(half, h) {
		add(y, 1)
	}
	for y := range h {
		if y+half < h {
			add(y+half, 1)
		}
		if y-half-1 >= 0 {
			add(y-half-1, ^uint32(0))
		}
		rows := min(h, y+half+1) - max(0, y-half)
		sum := uint64(0)
		for x := range min(half, w) {
			sum += uint64(columns[x])
		}
		for x := range w {
			if x+half < w {
				sum += uint64(columns[x+half])
			}
			if x-half-1 >= 0 {
				sum -= uint64(columns[x-half-1])
			}
			n := uint64(rows * (min(w, x+half+1) - max(0, x-half)))
			v := uint64(img.Pix[y*img.Stride+x])
			if white(v, sum, n) {
				out.Pix[y*out.Stride+x] = 1
			}
		}
	}
	return out
}

// white decides a pixel of value v amid n pixels that add up to sum.
func white(v, sum, n uint64) bool {
	switch mean := sum / n; {
	case v*n*100 < sum*(100-darker):
		return false
	case mean >= paper:
		return true
	default:
		return v*n*100 > sum*(100+2*darker) // light writing on a dark ground
	}
}
