package main

import (
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casebinder/data/barcode"
)

const labelWidth, labelHeight = 2048, 1536 // pixels of a photo as messengers and small phones make them

// labelNumber is the number of the parcel of the i-th order: a unit's of GS1, with its
// check digit.
func labelNumber(i int) string {
	digits := fmt.Sprintf("3%016d", rand.New(rand.NewPCG(uint64(i), 128)).Uint64N(1e16))
	sum := 0
	for k, d := range digits {
		sum += int(d-'0') * (3 - 2*(k%2))
	}
	return digits + string(rune('0'+(10-sum%10)%10))
}

// otherNumber is a number of nobody's parcel, which proves nothing by itself.
func otherNumber(i int) string {
	number := []byte(labelNumber(i + 1_000_000_000))
	number[17] = '0' + (number[17]-'0'+5)%10
	return string(number)
}

// makeLabels writes n photos of labels that lie as they come, an interleaved 2 of 5
// each, named by the order and the number in the code. Each tenth is nobody's.
func makeLabels(ctx context.Context, n int, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for i := range n {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		random := rand.New(rand.NewPCG(uint64(i), 128))
		order, number := orderNumber(i), labelNumber(i)
		if i%10 == 9 {
			order, number = "", otherNumber(i)
		}
		f, err := os.Create(filepath.Join(dir, order+"_"+number+".jpg"))
		if err != nil {
			return err
		}
		err = jpeg.Encode(f, labelPhoto(number, random), &jpeg.Options{Quality: 85})
		if closed := f.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// labelPhoto draws a code on white paper on cardboard, under the noise of a camera.
func labelPhoto(number string, random *rand.Rand) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, labelWidth, labelHeight))
	lines := twoOfFive(number)
	module, angle := 2.2+2*random.Float64(), 2*math.Pi*random.Float64()
	mx, my := labelWidth*(.4+.2*random.Float64()), labelHeight*(.4+.2*random.Float64())
	sin, cos := math.Sincos(angle)
	width, height := float64(len(lines)), 60.
	for y := range labelHeight {
		for x := range labelWidth {
			dx, dy := float64(x)-mx, float64(y)-my
			u, v := (dx*cos+dy*sin)/module, (-dx*sin+dy*cos)/module
			shade := 150.
			if math.Abs(u) < width/2+20 && math.Abs(v) < height/2+70 {
				shade = 225
			}
			if math.Abs(v) < height/2 {
				for _, at := range []float64{u - .25, u, u + .25} { // light spreads
					if i := int(math.Floor(at + width/2)); i >= 0 && i < len(lines) && !lines[i] {
						shade -= 60
					}
				}
			}
			img.Pix[y*img.Stride+x] = uint8(shade + float64(random.Uint32()&15) - 8)
		}
	}
	return img
}

// twoOfFive gives the lines of a code, a module each: light or not. (ISO/IEC 16390.)
func twoOfFive(number string) []bool {
	wide := [10]string{"00110", "10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010", "01010"}
	all := []bool{false, true, false, true}
	for i := 0; i+1 < len(number); i += 2 {
		bars, gaps := wide[number[i]-'0'], wide[number[i+1]-'0']
		for k := range bars {
			all = append(all, slices.Repeat([]bool{false}, 1+2*int(bars[k]-'0'))...)
			all = append(all, slices.Repeat([]bool{true}, 1+2*int(gaps[k]-'0'))...)
		}
	}
	return append(all, false, false, false, true, false)
}

// readLabels reads photos and tells in how many the number was read that names them.
func readLabels(ctx context.Context, args []string) error {
	if err := paths(args, 2); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(args[0], "*.jpg"))
	if err != nil {
		return err
	}
	reader := barcode.New(barcode.Options{CacheDir: args[1]})
	defer reader.Close()
	read := 0
	for _, f := range files {
		codes, err := reader.Read(ctx, f)
		if err != nil {
			return err
		}
		_, name, _ := strings.Cut(strings.TrimSuffix(filepath.Base(f), ".jpg"), "_")
		for _, n := range barcode.Numbers(codes) {
			if n.Text == name {
				read++
				break
			}
		}
	}
	return printJSON(map[string]int{"pictures": len(files), "read": read})
}
