package pdf

import (
	"image"
	_ "image/png"
	"os"
	"testing"
)

// pixels decodes a picture that another program drew.
func pixels(t testing.TB, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// bluePixels counts what is clearly blue.
func bluePixels(t testing.TB, path string) (n int) {
	img := pixels(t, path)
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if r, g, b, _ := img.At(x, y).RGBA(); b > 0xC000 && r < 0x4000 && g < 0x4000 {
				n++
			}
		}
	}
	return n
}
