package pdf

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"net/http"

	"github.com/klauspost/compress/zlib"
)

// MaxPixels is the most pixels that a picture may have which must be decoded to
// be placed: a PNG, or an image.Image. A JPEG is copied as it is and may be as
// large as its format allows (65,535 by 65,535). A PNG's rows are taken one by
// one; what must be held in memory whole (an interlaced PNG, one with a color
// that stands for transparency) may have MaxHeldPixels. No row may be longer than
// MaxWidth pixels.
const (
	MaxPixels     = 200_000_000
	MaxHeldPixels = 40_000_000
	MaxWidth      = 65_535
)

// An Orientation is the EXIF orientation, 1 to 8; 1 is upright.
type Orientation int

// ImageInfo says what a picture is.
type ImageInfo struct {
	Format        string // "jpeg" or "png"
	Width, Height int    // in pixels, upright: after the orientation is applied
	Components    int    // 1 gray, 3 RGB, 4 CMYK; without alpha
	Orientation   Orientation
}

// An Image is a picture in a document, ready to be drawn as often as wanted.
type Image struct {
	ImageInfo
	object int
}

// AddImage copies a JPEG or PNG file into the document. The whole file is checked
// first: on a [ProblemImageFormat], [ProblemImageDamaged], [ProblemImageTooLarge]
// or, in an archive PDF, [ProblemImageColor] nothing was written, and the document
// goes on. The copy has no EXIF, XMP, GPS position, comment or thumbnail; a JPEG's
// pixels are not touched. Its orientation is obeyed when it is drawn.
func (d *Document) AddImage(r io.ReadSeeker) (*Image, error) {
	format, err := sniffImage(r)
	if err != nil {
		return nil, err
	}
	if format == "png" {
		return d.addPNG(r)
	}
	s, err := walkJPEG(r)
	if err != nil {
		return nil, err
	}
	return d.addJPEG(r, s)
}

// sniffImage tells a JPEG from a PNG by its first bytes and goes back to the
// start.
func sniffImage(r io.ReadSeeker) (format string, err error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("reading a picture: %w", err)
	}
	head := make([]byte, 512)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return "", fmt.Errorf("reading a picture: %w", err)
	}
	head = head[:n]
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("reading a picture: %w", err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xD8\xFF")):
		return "jpeg", nil
	case bytes.HasPrefix(head, []byte(pngSignature)):
		return "png", nil
	case n == 0:
		return "", damaged("the file is empty")
	}
	return "", ProblemImageFormat.New("format", http.DetectContentType(head))
}

// addJPEG copies what is kept of a JPEG that was walked.
func (d *Document) addJPEG(r io.ReadSeeker, s *jpegScan) (*Image, error) {
	space := [5]string{1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}[s.info.Components]
	profile := s.profile()
	if d.opts.PDFA && profile == nil && s.info.Components == 4 {
		return nil, ProblemImageColor.New()
	}
	if profile != nil {
		space = fmt.Sprintf("[/ICCBased %d 0 R]", d.profile(profile, s.info.Components))
	}
	decode := ""
	if s.info.Components == 4 && s.adobe {
		decode = "/Decode[1 0 1 0 1 0 1 0]"
	}
	w, h := s.info.Width, s.info.Height
	if s.info.Orientation >= 5 {
		w, h = h, w
	}
	object := d.newObject()
	d.begin(object)
	d.printf("<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%s%s/Filter/DCTDecode/Length %d>>\nstream\n",
		w, h, space, decode, s.size)
	body := &bodyWriter{d: d}
	for _, part := range s.keep {
		if _, err := r.Seek(part.from, io.SeekStart); err != nil {
			return nil, d.broken(err)
		}
		if _, err := io.CopyBuffer(onlyWriter{body}, io.LimitReader(r, part.to-part.from), d.buffer()); err != nil {
			return nil, d.broken(err)
		}
	}
	if body.n != s.size {
		return nil, d.broken(errors.New("it changed while it was read"))
	}
	body.end()
	d.write([]byte("\nendstream\nendobj\n"))
	return &Image{ImageInfo: s.info, object: object}, nil
}

// onlyWriter hides other methods from io.Copy, so that the buffer is used.
type onlyWriter struct{ io.Writer }

// buffer is for copying.
func (d *Document) buffer() []byte {
	if d.copyBuffer == nil {
		d.copyBuffer = make([]byte, 256<<10)
	}
	return d.copyBuffer
}

// broken ends the document: an object was begun that cannot be finished.
func (d *Document) broken(err error) error {
	if d.err == nil {
		d.err = fmt.Errorf("copying a picture into the PDF: %w", err)
	}
	return d.err
}

// profile writes a color profile once.
func (d *Document) profile(profile []byte, components int) int {
	key := sha256.Sum256(profile)
	if object, ok := d.profiles[key]; ok {
		return object
	}
	alternate := [5]string{1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}[components]
	d.profiles[key] = d.stream(fmt.Sprintf("/N %d/Alternate%s", components, alternate), profile)
	return d.profiles[key]
}

// AddPixels puts any decoded picture into the document, without loss, its
// transparency kept. It is for what no file can be copied for.
func (d *Document) AddPixels(img image.Image) (*Image, error) {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if w <= 0 || h <= 0 {
		return nil, damaged("it has no width or height")
	}
	if w > MaxWidth || w > MaxPixels/h {
		return nil, tooLarge(w, h, MaxPixels)
	}
	row := make([]byte, 3*w)
	alpha, err := d.pixelAlpha(img)
	if err != nil {
		return nil, err
	}
	mask := ""
	if alpha != 0 {
		mask = fmt.Sprintf("/SMask %d 0 R", alpha)
	}
	object := d.newObject()
	err = d.rowStream(object, imageDict(w, h, "/DeviceRGB", 8)+mask, 3, w, 8, h, func(y int) ([]byte, error) {
		for x := range w {
			c := color.NRGBAModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA)
			row[3*x], row[3*x+1], row[3*x+2] = c.R, c.G, c.B
		}
		return row, nil
	})
	if err != nil {
		return nil, err
	}
	return &Image{ImageInfo{"pixels", w, h, 3, 1}, object}, nil
}

// pixelAlpha writes the transparency of a picture, if it has any.
func (d *Document) pixelAlpha(img image.Image) (object int, err error) {
	if o, ok := img.(interface{ Opaque() bool }); ok && o.Opaque() {
		return 0, nil
	}
	b := img.Bounds()
	row := make([]byte, b.Dx())
	object = d.newObject()
	err = d.rowStream(object, imageDict(b.Dx(), b.Dy(), "/DeviceGray", 8), 1, b.Dx(), 8, b.Dy(), func(y int) ([]byte, error) {
		for x := range row {
			row[x] = color.NRGBAModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA).A
		}
		return row, nil
	})
	return object, err
}

func imageDict(w, h int, space string, bits int) string {
	return fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent %d", w, h, space, bits)
}

func tooLarge(w, h, limit int) error {
	return ProblemImageTooLarge.New("width", w, "height", h, "limit", limit/1_000_000)
}

// rowStream writes an image object whose rows are made one by one and deflated
// on the way, each as its difference to the row above. Its length follows in an
// object of its own.
func (d *Document) rowStream(object int, dict string, colors, columns, bits, rows int, row func(y int) ([]byte, error)) error {
	length := d.newObject()
	d.begin(object)
	d.printf("<<%s/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %d>>/Length %d 0 R>>\nstream\n",
		dict, colors, bits, columns, length)
	body := &bodyWriter{d: d}
	z, err := zlib.NewWriterLevel(body, deflateLevel)
	if err != nil {
		return d.broken(err)
	}
	const up = 2
	n := (colors*bits*columns + 7) / 8
	above, diff := make([]byte, n), make([]byte, n+1)
	diff[0] = up
	for y := range rows {
		current, err := row(y)
		if err != nil {
			return d.broken(err)
		}
		for i, v := range current[:n] {
			diff[i+1] = v - above[i]
		}
		copy(above, current)
		if _, err := z.Write(diff); err != nil {
			return d.broken(err)
		}
	}
	if err := z.Close(); err != nil {
		return d.broken(err)
	}
	body.end()
	d.write([]byte("\nendstream\nendobj\n"))
	d.object(length, "%d", body.n)
	return d.err
}
