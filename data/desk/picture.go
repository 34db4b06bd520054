package desk

import (
	"context"
	"errors"
	"image"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/picture"
)

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
	if evidence.Erased() {
		return Picture{}, problemFileErased.New("at", data.Stamp(evidence.ErasedAt, time.UTC))
	}
	if !strings.HasPrefix(evidence.MIME, "image/") {
		return Picture{}, problemNoPicture.New("file", evidence.Name)
	}
	file, _, err := d.vault.Open(evidence.SHA256)
	if err != nil {
		return Picture{}, err
	}
	defer file.Close()
	small, info, err := picture.Thumb(ctx, file, limit)
	if _, known := data.AsProblem(err); known {
		if errors.Is(err, data.ErrLimit) {
			return Picture{}, problemPictureSize.Wrap(err, "file", evidence.Name, "width", info.Width, "height", info.Height)
		}
		return Picture{}, problemNoPicture.Wrap(err, "file", evidence.Name)
	}
	if err != nil {
		return Picture{}, err
	}
	return Picture{Image: small, Width: info.Width, Height: info.Height}, nil
}
