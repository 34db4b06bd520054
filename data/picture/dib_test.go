package picture

import (
	"image"
	"image/color"
	"testing"
)

// v5 is the header of a CF_DIBV5 of two by two pixels of 32 bits.
func v5(packing, alpha uint16) []byte {
	head := words(124, 0, 2, 0, 2, 0, 1, 32, packing, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	head = append(head, words(0, 0xFF, 0xFF00, 0, 0xFF, 0, 0, alpha)...)
	return append(head, make([]byte, 124-len(head))...)
}

// TestPicturesOfTheClipboard reads two by two pixels, red and green above blue and
// white, from what programs put on the clipboard of Windows.
func TestPicturesOfTheClipboard(t *testing.T) {
	red, green, blue, white := color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}, color.NRGBA{0, 0, 255, 255}, color.NRGBA{255, 255, 255, 255}
	short := func(bits, packing, colors uint16, height ...uint16) []byte {
		if height == nil {
			height = []uint16{2, 0}
		}
		return words(40, 0, 2, 0, height[0], height[1], 1, bits, packing, 0, 0, 0, 0, 0, 0, 0, colors, 0, 0, 0)
	}
	bottomUp := func(a byte) []byte {
		return []byte{255, 0, 0, a, 255, 255, 255, a, 0, 0, 255, a, 0, 255, 0, a}
	}
	masks := words(0, 0xFF, 0xFF00, 0, 0xFF, 0)
	join := func(parts ...[]byte) (all []byte) {
		for _, p := range parts {
			all = append(all, p...)
		}
		return all
	}
	for name, dib := range map[string][]byte{
		"32 bits without alpha": join(short(32, 0, 0), bottomUp(0)),
		"32 bits with alpha":    join(short(32, 0, 0), bottomUp(255)),
		"24 bits":               join(short(24, 0, 0), []byte{255, 0, 0, 255, 255, 255, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0}),
		"from above":            join(short(32, 0, 0, 0xFFFE, 0xFFFF), []byte{0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0}),
		"masks":                 join(short(32, 3, 0), masks, bottomUp(0)),
		"V5 without alpha":      join(v5(3, 0xFF00), bottomUp(0)),
		"V5 with alpha":         join(v5(3, 0xFF00), bottomUp(255)),
		"V5, masks twice":       join(v5(3, 0xFF00), masks, bottomUp(255)),
		"V5, plain":             join(v5(0, 0), bottomUp(0)),
		"palette":               join(short(8, 0, 4), []byte{0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0}, []byte{2, 3, 0, 0, 0, 1, 0, 0}),
	} {
		img, err := DecodeDIB(t.Context(), dib)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i, want := range []color.NRGBA{red, green, blue, white} {
			if got := color.NRGBAModel.Convert(img.At(i%2, i/2)); got != want {
				t.Errorf("%s: pixel %d is %v, not %v", name, i, got, want)
			}
		}
	}
}

// TestHalfTransparentPicturesStaySo keeps what a V5 says of its pixels.
func TestHalfTransparentPicturesStaySo(t *testing.T) {
	pixels := []byte{255, 0, 0, 0, 255, 255, 255, 128, 0, 0, 255, 255, 0, 255, 0, 0}
	img, err := DecodeDIB(t.Context(), append(v5(3, 0xFF00), pixels...))
	if err != nil {
		t.Fatal(err)
	}
	if got := color.NRGBAModel.Convert(img.At(1, 1)); got != (color.NRGBA{255, 255, 255, 128}) {
		t.Errorf("got %v", got)
	}
	if got := color.NRGBAModel.Convert(img.At(0, 1)).(color.NRGBA); got.A != 0 {
		t.Errorf("got %v", got)
	}
}

func TestInvisible(t *testing.T) {
	clear, dot := image.NewNRGBA(image.Rect(3, 3, 9, 9)), image.NewNRGBA(image.Rect(3, 3, 9, 9))
	dot.SetNRGBA(8, 8, color.NRGBA{A: 1})
	for _, c := range []struct {
		img  image.Image
		want bool
	}{
		{clear, true},
		{dot, false},
		{dot.SubImage(image.Rect(3, 3, 8, 9)), true},
		{image.NewRGBA(image.Rect(0, 0, 1, 1)), true},
		{image.NewGray(image.Rect(0, 0, 1, 1)), false},
		{image.NewNRGBA(image.Rectangle{}), false},
	} {
		if got := Invisible(c.img); got != c.want {
			t.Errorf("%T %v: %v", c.img, c.img.Bounds(), got)
		}
	}
}

func FuzzDecodeDIB(f *testing.F) {
	f.Add(append(v5(3, 0xFF00), make([]byte, 16)...))
	f.Add(append(words(40, 0, 2, 0, 2, 0, 1, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), make([]byte, 16)...))
	f.Add(words(12, 0, 2, 2, 1, 4))
	f.Fuzz(func(t *testing.T, dib []byte) {
		img, err := DecodeDIB(t.Context(), dib)
		if err == nil && Invisible(img) {
			t.Error("it shows nothing")
		}
	})
}
