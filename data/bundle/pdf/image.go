package pdf

import "io"

// MaxPixels is the most pixels that a picture may have which must be decoded to
// be placed: a PNG, or an image.Image. A JPEG is copied as it is and may be as
// large as its format allows (65,535 by 65,535).
const MaxPixels = 200_000_000

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

// InspectImage reads what a picture is from its header alone; it says nothing of
// the rest. The errors are those of [Document.AddImage].
func InspectImage(r io.ReadSeeker) (ImageInfo, error) {
	return inspectImage(r)
}

// AddImage copies a JPEG or PNG file into the document. The whole file is checked
// first: on a [ProblemImageFormat], [ProblemImageDamaged] or
// [ProblemImageTooLarge] nothing was written, and the document goes on. The copy
// has no EXIF, XMP, GPS position, comment or thumbnail; a JPEG's pixels are not
// touched. Its orientation is obeyed when it is drawn.
func (d *Document) AddImage(r io.ReadSeeker) (*Image, error) {
	return d.addImage(r)
}
