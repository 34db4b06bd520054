package barcode

import (
	"context"
	"fmt"
	"image"
	"maps"
	"os"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/picture"
)

// Limits of the pictures that are read.
const (
	MaxPixels = 64_000_000 // of a photo
	maxFile   = 128 << 20  // bytes

	firstEdge = 2600      // pixels of the longer edge at which a picture is looked at
	wholeEdge = 1600      // at which all of it is read first
	fullEdge  = 4096      // at which parts are cut out of it
	smallArea = 1_000_000 // pixels up to which more looks cost little
)

// whole are the options of the reader for a whole picture. EAN is read so that the
// code of a product is known as one.
var whole = map[string]any{
	"formats":   bars + "," + squares,
	"tryHarder": true, "tryRotate": true, "tryInvert": false, "tryDownscale": true, "tryDenoise": false, "isPure": false,
	"downscaleFactor": 3, "downscaleThreshold": 500, "minLineCount": 2, "maxNumberOfSymbols": maxCodes,
	"validateOptionalChecksum": false, "returnErrors": false, "tryCode39ExtendedMode": false,
	"textMode": 0, "binarizer": 0, "eanAddOnSymbol": 0, "characterSet": 0, // plain text; the mean of the neighborhood; none; as the code says
}

const (
	bars    = "Code128,Code39,Code93,Codabar,ITF,EANUPC"
	squares = "QRCode,DataMatrix,Aztec,PDF417"
)

// upright are the options for a whole picture in which codes of bars go from side to
// side; those of squares are found at any angle.
var upright = with(whole, map[string]any{"tryRotate": false})

// ofStripe are the options for a code of bars that was cut out, and stands upright.
var ofStripe = with(whole, map[string]any{"formats": bars, "tryRotate": false, "tryDownscale": false})

func with(options, more map[string]any) map[string]any {
	all := maps.Clone(options)
	maps.Copy(all, more)
	return all
}

// ofSquares are the options for a code of squares that was cut out.
var ofSquares = with(whole, map[string]any{"formats": squares, "tryDownscale": false})

// The ways in which places are cut out, in the order in which they are tried: larger,
// and sharper where the camera shook.
var (
	barCuts = []cut{
		{across: 2, along: 1, mean: 4, room: 0.08},
		{across: 2, along: 1, mean: 4, room: 0.08, sharper: 1},
		{across: 2, along: 1, mean: 1, room: 0.08},
		{across: 3, along: 1, mean: 8, room: 0.08, sharper: 2},
	}
	squareCuts = []cut{
		{across: 2, along: 2, mean: 1, room: 0.1},
		{across: 2, along: 2, mean: 1, room: 0.1, sharper: 1},
	}
)

// A sight is a picture that is being read.
type sight struct {
	m     *machine
	img   image.Image
	first gray // of firstEdge at most
	full  gray // of fullEdge at most
	codes []data.ReadCode
}

// read reads the codes of a picture file.
func (m *machine) read(ctx context.Context, path string) ([]data.ReadCode, error) {
	img, err := decode(ctx, path)
	if err != nil {
		return nil, err
	}
	return m.readImage(img)
}

// readImage reads the codes of a picture: first those that stand apart, cut out and
// straightened, and then all of it. Where that is not enough it is looked at again.
func (m *machine) readImage(img image.Image) ([]data.ReadCode, error) {
	s := sight{m: m, img: img, first: grayOf(img, firstEdge)}
	for _, look := range []func() error{s.places, s.whole, s.sharper, s.turned} {
		if err := look(); err != nil {
			return nil, err
		}
	}
	return s.codes, nil
}

// take reads a part of the picture.
func (s *sight) take(g gray, options map[string]any) (found int, err error) {
	codes, err := s.m.readGray(g, options)
	s.codes = joined(s.codes, codes)
	return len(codes), err
}

// places reads the codes that stand apart from the rest.
func (s *sight) places() error {
	all := s.first.grid()
	known := make([]bool, len(all.cells))
	for _, p := range all.bars() {
		p = s.first.aligned(p)
		found, err := s.takePlace(p, barCuts, ofStripe)
		if err != nil {
			return err
		}
		for _, i := range p.cells {
			known[i] = found
		}
	}
	for _, p := range all.squares(s.first, known) {
		if _, err := s.takePlace(p, squareCuts, ofSquares); err != nil {
			return err
		}
	}
	return nil
}

// takePlace reads a place in one way after the other, until something is found.
func (s *sight) takePlace(p place, cuts []cut, options map[string]any) (bool, error) {
	if s.full.pix == nil {
		s.full = s.first
		if b := s.img.Bounds(); max(b.Dx(), b.Dy()) > firstEdge {
			s.full = grayOf(s.img, fullEdge)
		}
	}
	p = p.times(float64(s.full.w) / float64(s.first.w))
	for _, c := range cuts {
		if found, err := s.take(s.full.straight(p, c), options); err != nil || found > 0 {
			return found > 0, err
		}
	}
	return false, nil
}

// whole looks at all of the picture at once. Codes of bars that lie on their side stand
// apart.
func (s *sight) whole() error {
	_, err := s.take(s.first.smaller(wholeEdge), upright)
	return err
}

// sharper looks at all of the picture again, at its full size and sharper.
func (s *sight) sharper() error {
	if enough(s.codes) {
		return nil
	}
	_, err := s.take(s.first.sharper(4, 1), whole)
	return err
}

// turned looks at a small picture, or at one that holds something, larger and turned
// a little.
func (s *sight) turned() error {
	if enough(s.codes) || s.first.w*s.first.h > smallArea {
		return nil
	}
	for _, degrees := range []float64{0, -15, 15} {
		if _, err := s.take(s.first.turned(2, degrees), whole); err != nil {
			return err
		}
	}
	return nil
}

// enough tells whether a picture need not be looked at again: a number was found that
// is one of a parcel or an order by itself, or stands in a code of squares, which hold
// what matters.
func enough(codes []data.ReadCode) bool {
	return slices.ContainsFunc(codes, func(c data.ReadCode) bool {
		return slices.ContainsFunc(Numbers([]data.ReadCode{c}), func(n Number) bool {
			return n.Proven || n.Kind != NumberUnknown || ofMatrix(c.Format)
		})
	})
}

func ofMatrix(format string) bool {
	return slices.Contains([]string{"QRCode", "DataMatrix", "Aztec", "PDF417"}, format)
}

// joined adds codes that are not there yet. A code that is the middle of a longer one
// of its kind is left out: the lines of an ITF hold no check, and a look that begins
// amid them reads what is left.
func joined(have, more []data.ReadCode) []data.ReadCode {
	for _, c := range more {
		if isITF(c.Format) && len(c.Text) < minITF {
			continue
		}
		within := func(a, b data.ReadCode) bool {
			return a == b || isITF(a.Format) && isITF(b.Format) && strings.Contains(b.Text, a.Text)
		}
		if len(have) >= maxCodes || slices.ContainsFunc(have, func(h data.ReadCode) bool { return within(c, h) }) {
			continue
		}
		have = append(slices.DeleteFunc(have, func(h data.ReadCode) bool { return within(h, c) }), c)
	}
	return have
}

// decode reads a picture of a bounded size.
func decode(ctx context.Context, path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, ProblemUnreadable.Wrap(err, "detail", "the file cannot be opened")
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, ProblemUnreadable.Wrap(err, "detail", "the file cannot be opened")
	case !info.Mode().IsRegular():
		return nil, ProblemUnreadable.New("detail", "it is no file")
	case info.Size() > maxFile:
		return nil, ProblemLimit.New("detail", fmt.Sprintf("it has more than %d MB", maxFile>>20))
	}
	about, err := picture.Inspect(f)
	if err != nil {
		return nil, err
	}
	if about.Width*about.Height > MaxPixels {
		return nil, ProblemLimit.New("detail", fmt.Sprintf("it has more than %d megapixels", MaxPixels/1_000_000))
	}
	if _, err := f.Seek(0, 0); err != nil {
		return nil, ProblemUnreadable.Wrap(err, "detail", "the file cannot be read")
	}
	img, _, err := picture.Decode(ctx, f)
	return img, err
}
