package clip

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"testing"

	"casebinder/data"
	"casebinder/data/picture"
)

func pngOf(t *testing.T, c color.NRGBA) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	for i := range 4 {
		img.SetNRGBA(i%2, i/2, c)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// dib is one red pixel as CF_DIB, its byte for alpha empty.
var dib = append(append([]byte{40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 32}, make([]byte, 25)...), 0, 0, 255, 0)

func holds(content []byte, decode func(context.Context, []byte) (image.Image, error)) offer {
	return offer{func() ([]byte, error) { return content, nil }, decode}
}

func TestTheFirstPictureThatCanBeSeenIsTaken(t *testing.T) {
	seen := pngOf(t, color.NRGBA{R: 255, A: 255})
	clear, broken := pngOf(t, color.NRGBA{R: 255}), []byte("\x89PNG\r\n\x1a\nno more")
	for name, c := range map[string]struct {
		offers []offer
		same   []byte // the very bytes; nil: another picture of red
		failed bool
	}{
		"a PNG":                    {offers: []offer{holds(seen, decodeFile), holds(dib, picture.DecodeDIB)}, same: seen},
		"a clear PNG, then a DIB":  {offers: []offer{holds(clear, decodeFile), holds(dib, picture.DecodeDIB)}},
		"a broken PNG, then a DIB": {offers: []offer{holds(broken, decodeFile), holds(dib, picture.DecodeDIB)}},
		"a DIB alone":              {offers: []offer{holds(nil, decodeFile), holds(dib, picture.DecodeDIB)}},
		"a clear PNG alone":        {offers: []offer{holds(clear, decodeFile), holds(nil, picture.DecodeDIB)}, failed: true},
		"a broken PNG alone":       {offers: []offer{holds(broken, decodeFile)}, failed: true},
	} {
		got, err := choose(t.Context(), c.offers)
		if c.failed {
			if err == nil || got != nil {
				t.Errorf("%s: %d bytes, %v", name, len(got), err)
			}
			continue
		}
		if err != nil || c.same != nil && !bytes.Equal(got, c.same) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
			continue
		}
		img, err := png.Decode(bytes.NewReader(got))
		if err != nil || color.NRGBAModel.Convert(img.At(0, 0)) != (color.NRGBA{R: 255, A: 255}) {
			t.Errorf("%s: %v, %v", name, img, err)
		}
	}
	_, err := choose(t.Context(), []offer{holds(clear, decodeFile)})
	if p, ok := errors.AsType[*data.Problem](err); !ok || p.Kind != ProblemInvisible {
		t.Errorf("a clear picture: %v", err)
	}
	if got, err := choose(t.Context(), []offer{holds(nil, decodeFile)}); err != nil || got != nil {
		t.Errorf("no picture: %v, %v", got, err)
	}
}
