package desk

import (
	"context"
	"image"
	_ "image/gif" // registers the format
	_ "image/jpeg"
	_ "image/png"
	"strings"

	_ "golang.org/x/image/bmp"
	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"casebinder/data"
	"casebinder/data/vault"
)

// maxPicturePixels bounds the pictures that are decoded for the screen: 200
// megapixels, about 800 MB of memory for a moment.
const maxPicturePixels = 200_000_000

var (
	problemNoPicture = data.DefineProblem("no_picture", data.ErrInvalid,
		"{file} has no picture that can be shown here.", "Open a copy of it in the program that made it.")
	problemPictureSize = data.DefineProblem("picture_too_large", data.ErrLimit,
		"{file} has {width} x {height} pixels, more than can be shown here.", "Open a copy of it in a picture viewer.")
)

// Picture is a decoded picture with the size of its original in pixels.
type Picture struct {
	Image         image.Image
	Width, Height int
}

// EvidencePicture decodes a picture small enough for a screen: at most limit
// pixels wide and high, upright. Files that are no picture give a Problem.
func (d *Desk) EvidencePicture(ctx context.Context, id int64, limit int) (Picture, error) {
	evidence, err := d.store.Evidence(ctx, id)
	if err != nil {
		return Picture{}, err
	}
	if !strings.HasPrefix(evidence.MIME, "image/") {
		return Picture{}, problemNoPicture.New("file", evidence.Name)
	}
	file, _, err := d.vault.Open(evidence.SHA256)
	if err != nil {
		return Picture{}, err
	}
	defer file.Close()
	config, _, err := image.DecodeConfig(file)
	if err != nil {
		return Picture{}, problemNoPicture.Wrap(err, "file", evidence.Name)
	}
	if config.Width*config.Height > maxPicturePixels {
		return Picture{}, problemPictureSize.New("file", evidence.Name, "width", config.Width, "height", config.Height)
	}
	return decodePicture(ctx, file, evidence, config, limit)
}

func decodePicture(ctx context.Context, file vault.File, evidence data.Evidence, config image.Config, limit int) (Picture, error) {
	if _, err := file.Seek(0, 0); err != nil {
		return Picture{}, err
	}
	full, _, err := image.Decode(readerWith(ctx, file))
	if err != nil {
		if ctx.Err() != nil {
			return Picture{}, ctx.Err()
		}
		return Picture{}, problemNoPicture.Wrap(err, "file", evidence.Name)
	}
	if _, err := file.Seek(0, 0); err != nil {
		return Picture{}, err
	}
	meta, err := vault.Describe(file, evidence.MIME)
	if err != nil {
		meta = vault.Meta{} // shown as it lies when the camera's words cannot be read
	}
	small := upright(shrink(full, limit), meta.Orientation)
	picture := Picture{Image: small, Width: config.Width, Height: config.Height}
	if meta.Orientation >= 5 && meta.Orientation <= 8 {
		picture.Width, picture.Height = picture.Height, picture.Width
	}
	return picture, nil
}

// shrink fits a picture into a square of limit pixels; a smaller one is only
// copied.
func shrink(full image.Image, limit int) *image.RGBA {
	w, h := full.Bounds().Dx(), full.Bounds().Dy()
	if longest := max(w, h); longest > limit {
		w, h = max(1, w*limit/longest), max(1, h*limit/longest)
	}
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), full, full.Bounds(), draw.Src, nil)
	return small
}

// upright turns and mirrors a picture as EXIF's orientation (1 to 8) says.
func upright(p *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return p
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			out.SetRGBA(tx, ty, p.RGBAAt(x, y))
		}
	}
	return out
}
