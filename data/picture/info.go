package picture

import (
	"bytes"
	"errors"
	"image"
	"io"

	"casebinder/data"
)

// The formats that are known.
const (
	FormatJPEG = "jpeg"
	FormatPNG  = "png"
	FormatGIF  = "gif"
	FormatWebP = "webp"
	FormatBMP  = "bmp"
	FormatTIFF = "tiff"
	FormatHEIC = "heic"
	FormatAVIF = "avif"
)

// Info says what a picture is, by its header alone.
type Info struct {
	Format        string
	MIME          string
	Width, Height int  // pixels, upright: after the orientation is applied
	Orientation   int  // as stored, in EXIF's numbers 1 to 8: 1 is upright; an AVIF's boxes in these numbers; of a HEIC, whose decoder turns it, always 1
	Frames        int  // of an animation, or pages of a TIFF; 1 for a still; 0 when it is animated and the header does not say how long
	Bits          int  // of a component: 1 to 16
	Components    int  // 1 gray or palette, 3 RGB, 4 CMYK; without alpha
	Alpha         bool // it may be transparent
	Lossless      bool // its compression keeps every pixel
	Progressive   bool // a progressive JPEG or an interlaced PNG

	// What decoding needs to know beyond that.
	perPixel10 int  // tenths of a byte for each pixel while it is decoded
	adobe      bool // a JPEG says by Adobe's segment how its colors are stored
	frame      int64
	matrix     nclx
	coded      image.Point     // the size of an AVIF before it is cropped and turned
	crop       image.Rectangle // the part of it that is shown
}

// Animated reports whether more than the first frame of a picture is left out.
// Pages of a TIFF do not count.
func (i Info) Animated() bool { return i.Frames != 1 && i.Format != FormatTIFF }

// Inspect reads what a picture is from its header; nothing is decoded. What is no
// picture gives [ProblemFormat], a header that makes no sense [ProblemDamaged]. A
// picture that is too large to be decoded is described all the same.
func Inspect(r io.ReadSeeker) (Info, error) {
	s, err := open(r)
	if err != nil {
		return Info{}, err
	}
	return inspect(s)
}

func inspect(s source) (Info, error) {
	head, err := s.at(0, 64)
	if err != nil {
		return Info{}, err
	}
	if len(head) == 0 {
		return Info{}, ProblemDamaged.New("detail", "the file is empty")
	}
	info := Info{Orientation: 1, Frames: 1, Bits: 8, Components: 3}
	switch format := sniff(head); format {
	case FormatJPEG:
		info, err = inspectJPEG(s, info)
	case FormatPNG:
		info, err = inspectPNG(s, info)
	case FormatGIF:
		info, err = inspectGIF(s, info)
	case FormatWebP:
		info, err = inspectWebP(s, info)
	case FormatBMP:
		info, err = inspectBMP(s, info)
	case FormatTIFF:
		info, err = inspectTIFF(s, info)
	case FormatHEIC, FormatAVIF:
		info.Format = format
		info, err = inspectHEIF(s, info)
	default:
		return Info{}, ProblemFormat.New("format", kindOf(head))
	}
	if err != nil {
		return Info{}, damaged(err)
	}
	if info.Width <= 0 || info.Height <= 0 {
		return Info{}, ProblemDamaged.New("detail", "its header gives it no size")
	}
	info.MIME = "image/" + info.Format
	if info.Orientation < 1 || info.Orientation > 8 {
		info.Orientation = 1
	}
	if info.Orientation >= 5 {
		info.Width, info.Height = info.Height, info.Width
	}
	return info, nil
}

// sniff tells the format by a file's first bytes.
func sniff(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xD8\xFF")):
		return FormatJPEG
	case bytes.HasPrefix(head, []byte(pngSignature)):
		return FormatPNG
	case bytes.HasPrefix(head, []byte("GIF87a")), bytes.HasPrefix(head, []byte("GIF89a")):
		return FormatGIF
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return FormatWebP
	case bytes.HasPrefix(head, []byte("BM")) && len(head) >= 26:
		return FormatBMP
	case bytes.HasPrefix(head, []byte("II*\x00")), bytes.HasPrefix(head, []byte("MM\x00*")):
		return FormatTIFF
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return sniffHEIF(head)
	}
	return ""
}

// kindOf names what is no picture that can be read, as well as its first bytes
// tell.
func kindOf(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("%PDF")):
		return "a PDF"
	case bytes.HasPrefix(head, []byte("\x00\x00\x01\x00")):
		return "an icon"
	case bytes.HasPrefix(head, []byte("8BPS")):
		return "a Photoshop file"
	case bytes.HasPrefix(head, []byte("\xFF\x0A")), bytes.HasPrefix(head, []byte("\x00\x00\x00\x0CJXL ")):
		return "JPEG XL"
	case bytes.HasPrefix(head, []byte("\x00\x00\x00\x0CjP  ")):
		return "JPEG 2000"
	case bytes.Contains(head, []byte("<svg")):
		return "SVG"
	}
	return "a file of this kind"
}

// damaged makes a problem of what is wrong with a file; the errors of its reader
// stay as they are.
func damaged(err error) error {
	if _, ok := data.AsProblem(err); ok {
		return err
	}
	if bad := badHeader(""); errors.As(err, &bad) || errors.Is(err, errShort) {
		return ProblemDamaged.Wrap(err, "detail", err)
	}
	return err
}

// badHeader is what is wrong with a header.
type badHeader string

func (b badHeader) Error() string { return string(b) }

// unsupported says which variant of a format is not read.
func unsupported(variant string) error { return ProblemFormat.New("format", variant) }
