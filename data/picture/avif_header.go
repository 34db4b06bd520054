package picture

import (
	"bytes"
	"image"
	"slices"
)

// inspectAVIF reads the properties of the primary picture: those of which the
// decoder makes nothing, its turns and its crop, and those of which it makes the
// same (AV1 Image File Format; ISO/IEC 23008-12, 6.5).
func inspectAVIF(properties []piece, indexes []int, info Info) (Info, error) {
	var depths avifDepths
	for _, i := range indexes {
		if i < 1 || i > len(properties) {
			continue
		}
		if err := depths.own(properties[i-1], &info); err != nil {
			return info, err
		}
	}
	for _, p := range properties {
		if err := depths.other(p, &info); err != nil {
			return info, err
		}
	}
	switch {
	case depths.coded == 0:
		return info, badHeader("nothing says how its picture is coded")
	case depths.said != 0 && depths.said != depths.coded:
		return info, badHeader("its header gives it two depths")
	}
	info.Bits = depths.coded
	info.Width, info.Height = info.crop.Dx(), info.crop.Dy()
	info.perPixel10 = avifMemory(info)
	return info, nil
}

// avifDepths are the bits of a color of a picture as two places say them, 0 where
// one says nothing.
type avifDepths struct {
	said  int // by pixi
	coded int // by av1C
}

// own reads a property of the primary picture itself. Their order counts.
func (d *avifDepths) own(p piece, info *Info) (err error) {
	b := p.body
	switch kind := p.kind; {
	case kind == "ispe" && len(b) >= 12:
		info.coded = image.Pt(int(be.Uint32(b[4:])), int(be.Uint32(b[8:])))
		info.crop = image.Rectangle{Max: info.coded}
	case kind == "pixi" && len(b) >= 6 && b[4] > 0:
		d.said = int(b[5])
	case kind == "av1C":
		d.coded, err = av1Depth(b, info)
	case kind == "clap" && len(b) >= 32:
		if info.Orientation != 1 {
			return badHeader("it is cropped after it is turned")
		}
		info.crop = cleanAperture(b, info.coded)
	case kind == "irot" && len(b) >= 1:
		for range b[0] & 3 {
			info.Orientation = turnedLeft[info.Orientation]
		}
	case kind == "imir" && len(b) >= 1:
		info.Orientation = mirrored[b[0]&1][info.Orientation]
	}
	return err
}

// other reads a property of any picture of the file: whether one is the alpha, and
// the depth of the tiles of a grid, which are all alike.
func (d *avifDepths) other(p piece, info *Info) (err error) {
	switch {
	case p.kind == "auxC" && len(p.body) > 4 && isAlpha(p.body[4:]):
		info.Alpha = true
	case p.kind == "av1C" && d.coded == 0:
		d.coded, err = av1Depth(p.body, info)
	}
	return err
}

// avifMemory is how many tenths of a byte decoding takes for each pixel, as
// measured: the decoder's planes with their borders, their copies, and red, green,
// blue and alpha twice within it and once outside.
func avifMemory(info Info) int {
	switch {
	case info.Bits > 8 && info.Alpha:
		return 580
	case info.Bits > 8:
		return 400
	case info.Alpha:
		return 420
	}
	return 280
}

// av1Depth reads the configuration of a coded picture: its bits, and whether it is
// gray (AV1 Codec ISO Media File Format Binding, 2.3).
func av1Depth(b []byte, info *Info) (int, error) {
	if len(b) < 4 || b[0] != 0x81 {
		return 0, badHeader("its configuration makes no sense")
	}
	if b[2]&0x10 != 0 {
		info.Components = 1
	}
	switch {
	case b[2]&0x40 == 0:
		return 8, nil
	case b[2]&0x20 == 0:
		return 10, nil
	}
	return 12, nil
}

// isAlpha reports whether an auxiliary picture is the alpha of another.
func isAlpha(kind []byte) bool {
	return slices.ContainsFunc([]string{"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", "urn:mpeg:hevc:2015:auxid:1"}, func(s string) bool {
		return bytes.HasPrefix(kind, append([]byte(s), 0))
	})
}

// cleanAperture is the part of a picture that is shown: a size and how far its
// middle lies from the picture's. What is not in whole pixels within the picture is
// no crop, as for the usual decoders.
func cleanAperture(b []byte, size image.Point) image.Rectangle {
	whole := image.Rectangle{Max: size}
	var v [4]int64 // width, height, offsets to the right and down
	for i := range v {
		n, d := int64(be.Uint32(b[8*i:])), int64(be.Uint32(b[8*i+4:]))
		if i >= 2 {
			n = int64(int32(n)) // of either sign
		}
		// Offsets may be halves, as half of what is cut off.
		if d <= 0 || n*2%d != 0 || i < 2 && n%d != 0 {
			return whole
		}
		v[i] = n * 2 / d
	}
	left, top := int64(size.X)*2-v[0]+2*v[2], int64(size.Y)*2-v[1]+2*v[3]
	if left%4 != 0 || top%4 != 0 {
		return whole
	}
	left, top = left/4, top/4
	right, bottom := left+v[0]/2, top+v[1]/2
	if left < 0 || top < 0 || right <= left || bottom <= top || right > int64(size.X) || bottom > int64(size.Y) {
		return whole
	}
	return image.Rect(int(left), int(top), int(right), int(bottom))
}

// What becomes of EXIF's orientations, from 1, by a quarter turn to the left, and
// by a mirror that exchanges top and bottom (0), or left and right (1).
var (
	turnedLeft = [9]int{1: 8, 2: 5, 3: 6, 4: 7, 5: 4, 6: 1, 7: 2, 8: 3}
	mirrored   = [2][9]int{
		{1: 4, 2: 3, 3: 2, 4: 1, 5: 8, 6: 7, 7: 6, 8: 5},
		{1: 2, 2: 1, 3: 4, 4: 3, 5: 6, 6: 5, 7: 8, 8: 7},
	}
)
