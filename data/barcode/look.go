package barcode

import (
	"context"
	"fmt"
	"image"
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

	firstEdge = 2600 // pixels of the longer edge at which a picture is looked at first
	fullEdge  = 4096 // and at most
	largeArea = 9_000_000
	smallArea = 1_000_000 // up to which more looks cost little
)

// A look is a way in which a picture is looked at.
type look struct {
	edge    int     // of the longer edge, in pixels
	larger  float64 // how much
	degrees float64 // turned
	sharper float64
}

// looks are the ways in the order in which they are tried: the first finds nearly all;
// a photo that shook wants to be sharper, a small label larger, and lines of a code
// that lies aslant are found when they are turned.
var looks = []look{
	{edge: firstEdge, larger: 1},
	{edge: firstEdge, larger: 1, sharper: 1},
	{edge: fullEdge, larger: 2},
	{edge: firstEdge, larger: 2, degrees: -15},
	{edge: firstEdge, larger: 2, degrees: 15},
}

// options of the reader. EAN is read so that the code of a product is known as one.
var options = map[string]any{
	"formats":   "Code128,Code39,Code93,Codabar,ITF,EANUPC,QRCode,DataMatrix,Aztec,PDF417",
	"tryHarder": true, "tryRotate": true, "tryInvert": false, "tryDownscale": true, "tryDenoise": false, "isPure": false,
	"downscaleFactor": 3, "downscaleThreshold": 500, "minLineCount": 2, "maxNumberOfSymbols": maxCodes,
	"validateOptionalChecksum": false, "returnErrors": false, "tryCode39ExtendedMode": false,
	"textMode": 0, "binarizer": 0, "eanAddOnSymbol": 0, "characterSet": 0, // plain text; the mean of the neighborhood; none; as the code says
}

// read reads the codes of a picture.
func (m *machine) read(ctx context.Context, path string) ([]data.ReadCode, error) {
	img, err := decode(ctx, path)
	if err != nil {
		return nil, err
	}
	var codes []data.ReadCode
	first := grayOf(img, firstEdge)
	for i, l := range looks {
		if i > 0 && enough(codes, i) || i > 1 && first.w*first.h > smallArea && (len(codes) == 0 || l.degrees != 0) {
			break // where two looks found nothing, there is hardly anything that is worth the time
		}
		g := first
		if l.edge > firstEdge {
			g = grayOf(img, l.edge)
		}
		found, err := m.readGray(l.prepare(g), options)
		if err != nil {
			return nil, err
		}
		codes = joined(codes, found)
	}
	return codes, nil
}

func (l look) prepare(g gray) gray {
	factor := l.larger
	if g.w*g.h*int(factor*factor) > 2*largeArea {
		factor = 1 // it is large already
	}
	if factor != 1 || l.degrees != 0 {
		g = g.turned(factor, l.degrees)
	}
	if l.sharper > 0 {
		g = g.sharper(4, l.sharper)
	}
	return g
}

// enough tells whether a picture need not be looked at again, after some looks: a
// number was found that is one of a parcel or an order by itself, or stands in a code
// of squares, which hold what matters. A label has more
// than one code; where one alone was found, the second look is taken as well.
func enough(codes []data.ReadCode, looks int) bool {
	if len(codes) < 2 && looks < 2 {
		return false
	}
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
