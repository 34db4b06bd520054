package picture

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"casebinder/data"
)

// Redact writes a copy of a picture with its marks burned in, and nothing else: no
// metadata, no thumbnail, no transparency. It is a PNG when the original keeps
// every pixel (PNG, GIF, BMP, TIFF, lossless WebP), else a JPEG of [QualityKept].
//
// What was written is opened again by [Proof] before any of it goes to w; on an
// error nothing was written. Besides the errors of [Decode], [Apply] and Proof
// come those of w. It holds the decoded picture, its copy of four bytes for each
// pixel, and the file.
func Redact(ctx context.Context, r io.ReadSeeker, edits []data.Edit, w io.Writer) (ending, mime string, err error) {
	img, info, err := Decode(ctx, r)
	if err != nil {
		return "", "", err
	}
	marked, err := Apply(img, edits)
	if err != nil {
		return "", "", err
	}
	img = nil //nolint:ineffassign,wastedassign // lets its memory go before the file is made
	var file bytes.Buffer
	flat := onWhite(marked)
	ending = "png"
	if info.Lossless {
		err = writePNG(&file, flat)
	} else {
		ending, err = writeJPEG(&file, flat, QualityKept)
	}
	if err != nil {
		return "", "", err
	}
	marked, flat = nil, nil //nolint:ineffassign,wastedassign // as above
	if err := Proof(ctx, bytes.NewReader(file.Bytes()), edits, info); err != nil {
		return "", "", err
	}
	if _, err := w.Write(file.Bytes()); err != nil {
		return "", "", fmt.Errorf("writing a redacted copy: %w", err)
	}
	if ending == "jpg" {
		return ending, "image/jpeg", nil
	}
	return ending, "image/png", nil
}
