package pdf

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"testing"

	"casebinder/data/picture"
)

// TestOrientationOfAPNG: EXIF in a PNG counts, before the pixels and behind them,
// where a picture is decoded and where it is copied into a PDF.
func TestOrientationOfAPNG(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 20, 10))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	img.Set(0, 0, color.NRGBA{255, 0, 0, 255}) // upper left as stored: upper right when it is turned to the right
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	body := []byte("eXIfMM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00")
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	chunk = binary.BigEndian.AppendUint32(append(chunk, body...), crc32.ChecksumIEEE(body))
	for name, at := range map[string]int{"before": bytes.Index(b.Bytes(), []byte("IDAT")) - 4, "behind": bytes.Index(b.Bytes(), []byte("IEND")) - 4} {
		file := append(append(bytes.Clone(b.Bytes()[:at]), chunk...), b.Bytes()[at:]...)
		got, info, err := picture.Decode(t.Context(), bytes.NewReader(file))
		if err != nil || info.Width != 10 || info.Height != 20 {
			t.Fatalf("%s: %d by %d, %v", name, info.Width, info.Height, err)
		}
		if r, g, _, _ := got.At(9, 0).RGBA(); r>>8 != 255 || g>>8 != 0 {
			t.Errorf("%s: the upper right corner is %v", name, got.At(9, 0))
		}
		added, err := New(&bytes.Buffer{}, Options{}).AddImage(bytes.NewReader(file))
		if err != nil || added.Orientation != 6 || added.Width != 10 || added.Height != 20 {
			t.Errorf("%s: %+v, %v", name, added, err)
		}
	}
}
