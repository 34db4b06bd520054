package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"testing"

	"golang.org/x/image/bmp"

	"casebinder/data"
)

// The test picture: four quarters of 32 by 24 pixels.
var quarters = [4]color.NRGBA{{200, 30, 30, 255}, {30, 160, 40, 255}, {30, 50, 200, 255}, {240, 240, 240, 255}}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	p, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func decoded(t testing.TB, file []byte) (image.Image, Info) {
	t.Helper()
	img, info, err := Decode(context.Background(), bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return img, info
}

func near(t testing.TB, where string, got color.Color, want color.NRGBA, apart int) {
	t.Helper()
	c := color.NRGBAModel.Convert(got).(color.NRGBA)
	for _, pair := range [][2]uint8{{c.R, want.R}, {c.G, want.G}, {c.B, want.B}, {c.A, want.A}} {
		if d := int(pair[0]) - int(pair[1]); d > apart || d < -apart {
			t.Errorf("%s: got %v, want %v", where, c, want)
			return
		}
	}
}

// quarterColors checks the middles of the quarters.
func quarterColors(t *testing.T, name string, img image.Image, want [4]color.NRGBA, apart int) {
	t.Helper()
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	for i, c := range want {
		near(t, name, img.At(w/4+i%2*w/2, h/4+i/2*h/2), c, apart)
	}
}

func TestFormats(t *testing.T) {
	for name, want := range map[string]struct {
		info  Info
		apart int
	}{
		"quad.png":      {Info{Format: "png", Bits: 8, Components: 3, Lossless: true}, 0},
		"quad.heic":     {Info{Format: "heic", Bits: 8, Components: 3}, 6},
		"ten.heic":      {Info{Format: "heic", Bits: 10, Components: 3}, 8},
		"quad.avif":     {Info{Format: "avif", Bits: 8, Components: 3}, 8},
		"cmyk.jpg":      {Info{Format: "jpeg", Bits: 8, Components: 4}, 12},
		"prog.jpg":      {Info{Format: "jpeg", Bits: 8, Components: 3, Progressive: true}, 6},
		"cmyk8.tiff":    {Info{Format: "tiff", Bits: 8, Components: 4, Lossless: true}, 3},
		"cmyk16.tiff":   {Info{Format: "tiff", Bits: 16, Components: 4, Lossless: true}, 3},
		"rgb16.tiff":    {Info{Format: "tiff", Bits: 16, Components: 3, Lossless: true}, 0},
		"two.tiff":      {Info{Format: "tiff", Bits: 8, Components: 3, Lossless: true, Frames: 2}, 0},
		"lossy.webp":    {Info{Format: "webp", Bits: 8, Components: 3}, 8},
		"lossless.webp": {Info{Format: "webp", Bits: 8, Components: 3, Lossless: true}, 0},
	} {
		img, info := decoded(t, fixture(t, name))
		quarterColors(t, name, img, quarters, want.apart)
		want.info.MIME, want.info.Width, want.info.Height, want.info.Orientation = "image/"+want.info.Format, 64, 48, 1
		want.info.Frames = max(1, want.info.Frames)
		info.perPixel10, info.adobe, info.frame, info.matrix = 0, false, 0, nclx{}
		info.coded, info.crop = image.Point{}, image.Rectangle{}
		if info != want.info {
			t.Errorf("%s:\n got %+v\nwant %+v", name, info, want.info)
		}
		if info.Animated() {
			t.Errorf("%s is said to be animated", name)
		}
	}
}

func TestGrayFormats(t *testing.T) {
	// Red's luma is 81 by BT.601 and 66 by BT.709.
	img, info := decoded(t, fixture(t, "gray16.tiff"))
	if _, ok := img.(*image.Gray); !ok || info.Components != 1 || info.Bits != 16 {
		t.Errorf("got %T, %+v", img, info)
	}
	near(t, "white", img.At(48, 36), color.NRGBA{240, 240, 240, 255}, 0)
	if c := img.At(16, 12).(color.Gray).Y; c < 64 || c > 82 {
		t.Errorf("red is %d", c)
	}
}

func TestColorsOfVideo(t *testing.T) {
	// Red, white and black of BT.709 in video's range, green of BT.601 in full range.
	for name, c := range map[string]struct {
		of        nclx
		y, cb, cr byte
		want      color.NRGBA
	}{
		"709 red":        {nclx{1, true}, 63, 102, 240, color.NRGBA{255, 0, 0, 255}},
		"709 white":      {nclx{1, true}, 235, 128, 128, color.NRGBA{255, 255, 255, 255}},
		"601 black":      {nclx{6, true}, 16, 128, 128, color.NRGBA{0, 0, 0, 255}},
		"601 red":        {nclx{6, true}, 81, 90, 240, color.NRGBA{255, 0, 0, 255}},
		"2020 blue":      {nclx{9, true}, 29, 240, 119, color.NRGBA{0, 0, 255, 255}},
		"709 full, blue": {nclx{1, false}, 18, 255, 116, color.NRGBA{0, 0, 255, 255}},
	} {
		img := image.NewYCbCr(image.Rect(0, 0, 1, 1), image.YCbCrSubsampleRatio444)
		img.Y[0], img.Cb[0], img.Cr[0] = c.y, c.cb, c.cr
		near(t, name, c.of.apply(img).At(0, 0), c.want, 3)
	}
}

func TestAlphaSurvives(t *testing.T) {
	img, info := decoded(t, fixture(t, "alpha.webp"))
	if !info.Alpha {
		t.Error("the header is not said to have alpha")
	}
	near(t, "alpha.webp", img.At(16, 12), color.NRGBA{200, 30, 30, 128}, 10)
	deep := image.NewNRGBA64(image.Rect(0, 0, 2, 1))
	deep.SetNRGBA64(0, 0, color.NRGBA64{0xFFFF, 0x8080, 0x0101, 0x8080})
	deep.SetNRGBA64(1, 0, color.NRGBA64{0x7FFF, 0x807F, 0x017F, 0xFFFF})
	img, info = decoded(t, encodedPNG(t, deep))
	if info.Bits != 16 || !info.Alpha {
		t.Errorf("got %+v", info)
	}
	near(t, "16 bits with alpha", img.At(0, 0), color.NRGBA{255, 128, 1, 128}, 0)
	near(t, "16 bits, rounded", img.At(1, 0), color.NRGBA{127, 128, 1, 255}, 0)
}

func encodedPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// flatCMYK is a JPEG of 8 by 8 pixels of one color in four components, written by
// hand: one coefficient each. Adobe's segment is put in with its transform, or not
// when that is negative.
func flatCMYK(samples [4]byte, transform int) []byte {
	out := []byte("\xFF\xD8")
	if transform >= 0 {
		out = append(out, "\xFF\xEE\x00\x0EAdobe\x00\x64\x00\x00\x00\x00"...)
		out = append(out, byte(transform))
	}
	out = append(out, 0xFF, 0xDB, 0, 67, 0)
	out = append(out, bytes.Repeat([]byte{1}, 64)...)
	out = append(out, 0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0)
	out = append(out, usualTables()...)
	out = append(out, 0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0)
	bits := ""
	for _, s := range samples {
		dc := (int(s) - 128) * 8
		size := 0
		for v := max(dc, -dc); v > 0; v >>= 1 {
			size++
		}
		bits += [...]string{"00", "010", "011", "100", "101", "110", "1110", "11110", "111110", "1111110", "11111110", "111111110"}[size]
		if dc < 0 {
			dc += 1<<size - 1
		}
		for i := size - 1; i >= 0; i-- {
			bits += string('0' + rune(dc>>i&1))
		}
		bits += "1010" // no more coefficients
	}
	for len(bits)%8 != 0 {
		bits += "1"
	}
	for i := 0; i < len(bits); i += 8 {
		v := byte(0)
		for _, b := range bits[i : i+8] {
			v = v<<1 | byte(b-'0')
		}
		if out = append(out, v); v == 0xFF {
			out = append(out, 0)
		}
	}
	return append(out, 0xFF, 0xD9)
}

func TestCMYKOfJPEG(t *testing.T) {
	// 20% cyan, 60% magenta, no yellow, 20% black: (255-51)*(255-51)/255 = 163, ...
	want := color.NRGBA{163, 82, 204, 255}
	for name, file := range map[string][]byte{
		"plain":    flatCMYK([4]byte{51, 153, 0, 51}, -1),
		"inverted": flatCMYK([4]byte{204, 102, 255, 204}, 0),
	} {
		img, info := decoded(t, file)
		if info.Components != 4 {
			t.Errorf("%s: %+v", name, info)
		}
		near(t, name, img.At(3, 3), want, 1)
	}
}

// turned lays out how the test picture is stored for each orientation: which
// quarter of the upright picture stands where.
var stored = [9][4]int{
	1: {0, 1, 2, 3}, 2: {1, 0, 3, 2}, 3: {3, 2, 1, 0}, 4: {2, 3, 0, 1},
	5: {0, 2, 1, 3}, 6: {1, 3, 0, 2}, 7: {3, 1, 2, 0}, 8: {2, 0, 3, 1},
}

func quartersAt(w, h int, order [4]int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetNRGBA(x, y, quarters[order[y*2/h*2+x*2/w]])
		}
	}
	return img
}

// exif is a directory with an orientation alone.
func exif(orientation int) []byte {
	return append([]byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), byte(orientation), 0, 0, 0, 0, 0, 0)
}

func withEXIF(file []byte, orientation int) []byte {
	body := append([]byte("Exif\x00\x00"), exif(orientation)...)
	head := []byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(len(body) + 2)}
	return append(append(head, body...), file[2:]...)
}

func pngChunk(kind string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, kind...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

func insert(file []byte, at int, more []byte) []byte {
	return bytes.Join([][]byte{file[:at], more, file[at:]}, nil)
}

func TestAllOrientations(t *testing.T) {
	for o := 1; o <= 8; o++ {
		w, h := 64, 48
		if o >= 5 {
			w, h = 48, 64
		}
		// Sizes that are not even have planes of color that cannot be turned.
		for _, odd := range []int{0, 1} {
			img := quartersAt(w-odd, h-odd, stored[o])
			var file bytes.Buffer
			if err := jpeg.Encode(&file, img, &jpeg.Options{Quality: 95}); err != nil {
				t.Fatal(err)
			}
			var gray bytes.Buffer
			if err := jpeg.Encode(&gray, grayOf(img), &jpeg.Options{Quality: 95}); err != nil {
				t.Fatal(err)
			}
			for name, file := range map[string][]byte{
				"jpeg": withEXIF(file.Bytes(), o), "png": insert(encodedPNG(t, img), 33, pngChunk("eXIf", exif(o))),
				"gray jpeg": withEXIF(gray.Bytes(), o),
			} {
				img, info := decoded(t, file)
				if info.Width != 64-odd || info.Height != 48-odd || info.Orientation != o || img.Bounds() != image.Rect(0, 0, 64-odd, 48-odd) {
					t.Errorf("%s, orientation %d: %v, %+v", name, o, img.Bounds(), info)
				}
				want := quarters
				if name == "gray jpeg" {
					for i, c := range want {
						y := color.GrayModel.Convert(c).(color.Gray).Y
						want[i] = color.NRGBA{y, y, y, 255}
					}
				}
				quarterColors(t, name, img, want, 6)
			}
		}
	}
}

func TestSubsampledPlanesAreTurned(t *testing.T) {
	for _, ratio := range []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420, image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411,
	} {
		img := image.NewYCbCr(image.Rect(0, 0, 8, 4), ratio)
		for i := range img.Y {
			img.Y[i] = byte(i * 7)
		}
		for i := range img.Cb {
			img.Cb[i], img.Cr[i] = byte(100+i*3), byte(200-i*3)
		}
		for o := 1; o <= 8; o++ {
			got := toNRGBA(upright(img, o))
			plain := toNRGBA(img)
			want := upright(plain, o).(*image.NRGBA)
			if !bytes.Equal(got.Pix, want.Pix) || got.Rect != want.Rect {
				t.Errorf("ratio %v, orientation %d: turned planes differ from turned pixels", ratio, o)
			}
		}
	}
}

func TestHEICComesUpright(t *testing.T) {
	file := fixture(t, "rot.heic")
	img, info := decoded(t, file)
	if img.Bounds().Dx() != info.Width || img.Bounds().Dy() != info.Height {
		t.Errorf("got %v, header says %d x %d", img.Bounds(), info.Width, info.Height)
	}
	if info.Width != 48 || info.Height != 64 {
		t.Fatalf("got %d x %d", info.Width, info.Height)
	}
	// Turned by 90 degrees to the right: blue comes to the upper left.
	quarterColors(t, "rot.heic", img, [4]color.NRGBA{quarters[2], quarters[0], quarters[3], quarters[1]}, 8)
}

func TestAnimatedGIF(t *testing.T) {
	pal := color.Palette{color.NRGBA{}, quarters[0], quarters[1]}
	first := image.NewPaletted(image.Rect(4, 6, 12, 10), pal)
	for i := range first.Pix {
		first.Pix[i] = 1
	}
	second := image.NewPaletted(image.Rect(0, 0, 20, 16), pal)
	for i := range second.Pix {
		second.Pix[i] = 2
	}
	var file bytes.Buffer
	err := gif.EncodeAll(&file, &gif.GIF{
		Image: []*image.Paletted{first, second, second}, Delay: []int{5, 5, 5},
		Config: image.Config{Width: 20, Height: 16, ColorModel: pal},
	})
	if err != nil {
		t.Fatal(err)
	}
	img, info := decoded(t, file.Bytes())
	if info.Frames != 3 || !info.Animated() || info.Width != 20 || info.Height != 16 {
		t.Errorf("got %+v", info)
	}
	near(t, "within the frame", img.At(5, 7), quarters[0], 0)
	near(t, "outside of it", img.At(15, 12), color.NRGBA{}, 0)
}

// animatedWebP puts the bitstream of a still into two frames.
func animatedWebP(still []byte, x, y, canvasW, canvasH int) []byte {
	u24 := func(v int) []byte { return []byte{byte(v), byte(v >> 8), byte(v >> 16)} }
	chunk := func(kind string, body []byte) []byte {
		return append(append([]byte(kind), binary.LittleEndian.AppendUint32(nil, uint32(len(body)))...), body...)
	}
	frame := bytes.Join([][]byte{u24(x / 2), u24(y / 2), u24(63), u24(47), u24(100), {0}, still[12:]}, nil)
	body := bytes.Join([][]byte{
		[]byte("WEBP"), chunk("VP8X", bytes.Join([][]byte{{2, 0, 0, 0}, u24(canvasW - 1), u24(canvasH - 1)}, nil)),
		chunk("ANIM", make([]byte, 6)), chunk("ANMF", frame), chunk("ANMF", frame),
	}, nil)
	return chunk("RIFF", body)
}

func TestAnimatedWebP(t *testing.T) {
	for _, name := range []string{"lossy.webp", "lossless.webp"} {
		img, info := decoded(t, animatedWebP(fixture(t, name), 10, 20, 100, 80))
		if info.Frames != 2 || !info.Animated() || info.Width != 100 || info.Height != 80 || info.Lossless != (name == "lossless.webp") {
			t.Errorf("%s: %+v", name, info)
		}
		near(t, name+": within the frame", img.At(10+16, 20+12), quarters[0], 8)
		near(t, name+": outside of it", img.At(5, 5), color.NRGBA{}, 0)
		img, _ = decoded(t, animatedWebP(fixture(t, name), 0, 0, 64, 48))
		quarterColors(t, name, img, quarters, 8)
	}
	// With alpha: the chunks of an ALPH still, behind its VP8X.
	alpha := fixture(t, "alpha.webp")
	img, _ := decoded(t, animatedWebP(append(alpha[:12:12], alpha[30:]...), 0, 0, 64, 48))
	near(t, "alpha.webp", img.At(16, 12), color.NRGBA{200, 30, 30, 128}, 10)
}

func TestBMP(t *testing.T) {
	var file bytes.Buffer
	if err := bmp.Encode(&file, quartersAt(64, 48, stored[1])); err != nil {
		t.Fatal(err)
	}
	img, info := decoded(t, file.Bytes())
	quarterColors(t, "bmp", img, quarters, 0)
	if info.Format != FormatBMP || info.Width != 64 || info.Height != 48 {
		t.Errorf("got %+v", info)
	}
}

// headerPNG is a PNG's header of a size, with nothing behind it.
func headerPNG(w, h uint32, bits, kind byte) []byte {
	p := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return append([]byte(pngSignature), pngChunk("IHDR", append(p, bits, kind, 0, 0, 0))...)
}

// headerJPEG is a JPEG's header of a size, with nothing behind it.
func headerJPEG(marker byte, w, h int) []byte {
	return []byte{
		0xFF, 0xD8, 0xFF, marker, 0, 17, 8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1,
		0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0,
	}
}

func TestLimits(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		want *data.ProblemKind
	}{
		"PNG of 60000 x 60000":           {headerPNG(60000, 60000, 8, 2), ProblemLimit},
		"PNG of 2 giga x 2 giga":         {headerPNG(1<<31-1, 1<<31-1, 16, 6), ProblemLimit},
		"PNG of a size that is negative": {headerPNG(1<<31, 8, 8, 2), ProblemDamaged},
		"PNG of no size":                 {headerPNG(0, 8, 8, 2), ProblemDamaged},
		"16 bits, 150 megapixels":        {headerPNG(15000, 10000, 16, 2), ProblemLimit},
		"8 bits, 199 megapixels":         {headerPNG(19900, 10000, 8, 2), ProblemDamaged}, // allowed, and ends too early
		"baseline, 199 megapixels":       {headerJPEG(0xC0, 19900, 10000), ProblemDamaged},
		"baseline, 201 megapixels":       {headerJPEG(0xC0, 20100, 10000), ProblemLimit},
		"progressive, 199 megapixels":    {headerJPEG(0xC2, 19900, 10000), ProblemLimit},
		"lossless JPEG":                  {headerJPEG(0xC3, 100, 100), ProblemFormat},
		"a gray HEIC":                    {fixture(t, "gray.heic"), ProblemFormat},
		"a PDF":                          {[]byte("%PDF-1.7\n"), ProblemFormat},
		"nothing":                        {nil, ProblemDamaged},
		"noise":                          {bytes.Repeat([]byte{7, 99}, 500), ProblemFormat},
	} {
		_, _, err := Decode(context.Background(), bytes.NewReader(c.file))
		if p, ok := data.AsProblem(err); !ok || p.Kind != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestInspectNeedsNoPixels(t *testing.T) {
	for name, file := range map[string][]byte{"png": headerPNG(20000, 10000, 8, 2), "jpeg": headerJPEG(0xC0, 20000, 10000)} {
		info, err := Inspect(bytes.NewReader(file))
		if err != nil || info.Width != 20000 || info.Height != 10000 || info.Format != name {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
	}
}

// Cut or altered files are damaged, or another picture; they never end the
// program, and their problem says what it is.
func TestDamagedFiles(t *testing.T) {
	for _, name := range []string{
		"quad.png", "quad.heic", "cmyk.jpg", "prog.jpg", "cmyk8.tiff", "rgb16.tiff", "lossy.webp", "lossless.webp", "alpha.webp",
		"quad.avif", "alpha.avif", "ten.avif", "grid.avif", "anim.avif",
	} {
		file := fixture(t, name)
		for cut := 1; cut < len(file)-2; cut += max(1, len(file)/23) {
			_, _, err := Decode(context.Background(), bytes.NewReader(file[:cut]))
			if _, ok := data.AsProblem(err); err != nil && !ok {
				t.Errorf("%s cut at %d: %v", name, cut, err)
			}
			altered := bytes.Clone(file)
			altered[cut] ^= 0x55
			_, _, err = Decode(context.Background(), bytes.NewReader(altered))
			if _, ok := data.AsProblem(err); err != nil && !ok {
				t.Errorf("%s altered at %d: %v", name, cut, err)
			}
		}
		if _, _, err := Decode(context.Background(), bytes.NewReader(file[:len(file)/2])); err == nil {
			t.Errorf("half of %s is a picture", name)
		}
	}
}

func TestDecodeIsCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, name := range []string{"quad.png", "quad.heic", "quad.avif", "prog.jpg", "rgb16.tiff", "lossy.webp"} {
		if _, _, err := Decode(ctx, bytes.NewReader(fixture(t, name))); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// badReader fails as a disk does.
type badReader struct{ io.ReadSeeker }

var errDisk = errors.New("the disk is gone")

func (badReader) Read([]byte) (int, error) { return 0, errDisk }

func TestReadErrorsAreNoDamage(t *testing.T) {
	_, _, err := Decode(context.Background(), badReader{bytes.NewReader(make([]byte, 100))})
	if _, ok := data.AsProblem(err); ok || !errors.Is(err, errDisk) {
		t.Errorf("got %v", err)
	}
}

func FuzzInspect(f *testing.F) {
	entries, err := os.ReadDir("testdata")
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			f.Add(fixture(f, e.Name()))
		}
	}
	f.Add(withEXIF(headerJPEG(0xC0, 10, 10), 6))
	f.Add(animatedWebP(fixture(f, "lossy.webp"), 0, 0, 64, 48))
	f.Fuzz(func(t *testing.T, file []byte) {
		info, err := Inspect(bytes.NewReader(file))
		if err != nil {
			if _, ok := data.AsProblem(err); !ok {
				t.Fatal(err)
			}
			return
		}
		if info.Width <= 0 || info.Height <= 0 || info.Orientation < 1 || info.Orientation > 8 || info.Frames < 0 {
			t.Fatalf("%+v", info)
		}
		if info.Width*info.Height > 1<<20 || info.Format == FormatHEIC || info.Format == FormatAVIF {
			return
		}
		if _, _, err := Decode(context.Background(), bytes.NewReader(file)); err != nil {
			if _, ok := data.AsProblem(err); !ok {
				t.Fatal(err)
			}
		}
	})
}
