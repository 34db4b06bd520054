package pdf

import (
	"bufio"
	"fmt"
	"image/png"
	"io"
)

// addPNG checks a PNG, then copies or converts it.
func (d *Document) addPNG(r io.ReadSeeker) (*Image, error) {
	p, err := checkPNG(r)
	if err != nil {
		return nil, err
	}
	switch {
	case p.held():
		return d.addDecodedPNG(r, p)
	case p.kind == pngGrayAlpha || p.kind == pngRGBA:
		return d.addAlphaPNG(r, p)
	}
	mask := ""
	if p.transparent {
		object, err := d.pngRowStream(r, p, imageDict(p.width, p.height, "/DeviceGray", 8), 1, 8, p.paletteAlpha)
		if err != nil {
			return nil, err
		}
		mask = fmt.Sprintf("/SMask %d 0 R", object)
	}
	object, err := d.copyPNG(r, p, mask)
	if err != nil {
		return nil, err
	}
	return &Image{p.info(), object}, nil
}

// addDecodedPNG is for the rare kinds.
func (d *Document) addDecodedPNG(r io.ReadSeeker, p *pngFile) (*Image, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("reading a picture: %w", err)
	}
	img, err := png.Decode(bufio.NewReader(r))
	if err != nil {
		return nil, ProblemImageDamaged.Wrap(err, "detail", "its pixels cannot be unpacked")
	}
	added, err := d.AddPixels(img)
	if err == nil {
		added.ImageInfo.Width, added.ImageInfo.Height, added.Orientation = p.info().Width, p.info().Height, p.info().Orientation
		added.Format = "png"
	}
	return added, err
}

// copyPNG copies the deflated rows as they are: PDF knows PNG's filters.
func (d *Document) copyPNG(r io.ReadSeeker, p *pngFile, mask string) (int, error) {
	_, c, err := openPNG(r)
	if err != nil {
		return 0, err
	}
	space := "/DeviceRGB"
	switch p.kind {
	case pngGray:
		space = "/DeviceGray"
	case pngPalette:
		space = fmt.Sprintf("[/Indexed/DeviceRGB %d<%x>]", len(p.palette)/3-1, p.palette)
	}
	object, length := d.newObject(), d.newObject()
	d.begin(object)
	d.printf("<<%s%s/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %d>>/Length %d 0 R>>\nstream\n",
		imageDict(p.width, p.height, space, p.bits), mask, p.channels(), p.bits, p.width, length)
	body := &bodyWriter{d: d}
	if _, err := io.CopyBuffer(onlyWriter{body}, c, d.buffer()); err != nil {
		return 0, d.broken(err)
	}
	body.end()
	d.write([]byte("\nendstream\nendobj\n"))
	d.object(length, "%d", body.n)
	return object, d.err
}

// addAlphaPNG writes color and transparency apart, row by row.
func (d *Document) addAlphaPNG(r io.ReadSeeker, p *pngFile) (*Image, error) {
	mask := ""
	sample := p.bits / 8
	size := p.channels() * sample
	if p.transparent {
		object, err := d.pngRowStream(r, p, imageDict(p.width, p.height, "/DeviceGray", p.bits), 1, p.bits, func(row, out []byte) []byte {
			for at := size - sample; at < len(row); at += size {
				out = append(out, row[at:at+sample]...)
			}
			return out
		})
		if err != nil {
			return nil, err
		}
		mask = fmt.Sprintf("/SMask %d 0 R", object)
	}
	space := "/DeviceRGB"
	if p.kind == pngGrayAlpha {
		space = "/DeviceGray"
	}
	object, err := d.pngRowStream(r, p, imageDict(p.width, p.height, space, p.bits)+mask, p.channels()-1, p.bits, func(row, out []byte) []byte {
		for at := 0; at < len(row); at += size {
			out = append(out, row[at:at+size-sample]...)
		}
		return out
	})
	if err != nil {
		return nil, err
	}
	return &Image{p.info(), object}, nil
}

// pngRowStream reads a PNG again and writes what convert makes of its rows.
func (d *Document) pngRowStream(r io.ReadSeeker, p *pngFile, dict string, colors, bits int, convert func(row, out []byte) []byte) (int, error) {
	_, c, err := openPNG(r)
	if err != nil {
		return 0, err
	}
	rows, err := newPNGRows(p, c)
	if err != nil {
		return 0, err
	}
	object := d.newObject()
	var out []byte
	return object, d.rowStream(object, dict, colors, p.width, bits, p.height, func(int) ([]byte, error) {
		row, err := rows.next()
		if err != nil {
			return nil, err
		}
		out = convert(row, out[:0])
		return out, nil
	})
}

// paletteAlpha gives the transparency of a row of palette indices.
func (p *pngFile) paletteAlpha(row, out []byte) []byte {
	for x := range p.width {
		at := x * p.bits
		index := int(row[at/8]>>(8-p.bits-at%8)) & (1<<p.bits - 1)
		alpha := byte(255)
		if index < len(p.trans) {
			alpha = p.trans[index]
		}
		out = append(out, alpha)
	}
	return out
}
