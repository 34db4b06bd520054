package picture

import (
	"bytes"
	"slices"
	"strings"
)

const (
	maxMeta     = 16 << 20 // bytes of the box that describes a HEIC or an AVIF
	maxTopBoxes = 1000
)

// nclx is how the numbers of a HEIC's colors are meant (ITU-T H.273).
type nclx struct {
	matrix  int // 0: not said
	limited bool
}

// sniffHEIF tells HEIC from AVIF, and both from a video, by their brands.
func sniffHEIF(head []byte) string {
	end := min(len(head), int(min(be.Uint32(head), 1<<16)))
	format := ""
	for i := 8; i+4 <= end; i += 4 {
		if i == 12 {
			continue // a version
		}
		switch string(head[i : i+4]) {
		case "avif", "avis":
			return FormatAVIF
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
			format = FormatHEIC
		}
	}
	return format
}

// inspectHEIF reads the boxes that describe the primary picture of a HEIC or AVIF.
func inspectHEIF(s source, info Info) (Info, error) {
	info.perPixel10 = 160 // as measured
	info.matrix = nclx{}
	meta, moov, err := findMeta(s)
	if err != nil {
		return info, err
	}
	if moov != nil {
		info.Frames = framesOf(moov)
	}
	if meta == nil {
		if moov != nil {
			return info, unsupported("a sequence of pictures (" + strings.ToUpper(info.Format) + ") without a still")
		}
		return info, badHeader("nothing describes its picture")
	}
	properties, indexes := primaryProperties(meta)
	if info.Format == FormatAVIF {
		if info, err = inspectAVIF(properties, indexes, info); err != nil {
			return info, err
		}
	} else {
		for _, i := range indexes {
			if i >= 1 && i <= len(properties) {
				applyProperty(properties[i-1], &info)
			}
		}
	}
	if info.Width > 1<<31-1 || info.Height > 1<<31-1 {
		return info, badHeader("its size makes no sense")
	}
	return info, nil
}

// findMeta finds the box that describes stills, and that of a sequence.
func findMeta(s source) (meta, moov []byte, err error) {
	off := int64(0)
	for range maxTopBoxes {
		b, ok, err := boxAt(s, off, s.size)
		if err != nil || !ok {
			return meta, moov, err
		}
		switch b.kind {
		case "meta", "moov":
			if b.end-b.start > maxMeta {
				return nil, nil, badHeader("its description is too long")
			}
			body, err := s.full(b.start, int(b.end-b.start))
			if err != nil {
				return nil, nil, err
			}
			if b.kind == "meta" {
				meta = body
			} else {
				moov = append([]byte{}, body...) // not nil, even when it is empty
			}
		}
		off = b.end
	}
	return meta, moov, nil
}

// framesOf counts the pictures of a sequence; 0 where it does not say.
func framesOf(moov []byte) int {
	for _, track := range boxes(moov) {
		if track.kind != "trak" {
			continue
		}
		media := boxes(find(boxes(track.body), "mdia"))
		handler := find(media, "hdlr")
		if len(handler) < 12 || string(handler[8:12]) != "pict" {
			continue
		}
		table := boxes(find(boxes(find(media, "minf")), "stbl"))
		if sizes := find(table, "stsz"); len(sizes) >= 12 {
			return int(min(be.Uint32(sizes[8:]), 1<<30))
		}
	}
	return 0
}

// box is a box of an ISO base media file: where its content lies.
type box struct {
	kind       string
	start, end int64
}

// boxAt reads the head of the box at off; not ok where none is within limit.
func boxAt(s source, off, limit int64) (box, bool, error) {
	p, err := s.at(off, 16)
	if err != nil || len(p) < 8 || off+8 > limit {
		return box{}, false, err
	}
	b := box{kind: string(p[4:8]), start: off + 8}
	switch size := int64(be.Uint32(p)); size {
	case 0:
		b.end = limit
	case 1:
		if len(p) < 16 {
			return box{}, false, nil
		}
		large := be.Uint64(p[8:])
		if large > uint64(limit-off) {
			large = uint64(limit - off)
		}
		b.start, b.end = off+16, off+int64(large)
	default:
		b.end = off + size
	}
	b.end = min(b.end, limit)
	return b, b.end >= b.start, nil
}

// boxes cuts bytes into the boxes that lie in them.
func boxes(p []byte) []piece {
	var all []piece
	for len(p) >= 8 && len(all) < maxParts {
		n := int(be.Uint32(p))
		if n == 0 {
			n = len(p)
		}
		if n < 8 || n > len(p) {
			break
		}
		all = append(all, piece{string(p[4:8]), p[8:n]})
		p = p[n:]
	}
	return all
}

type piece struct {
	kind string
	body []byte
}

func find(all []piece, kind string) []byte {
	i := slices.IndexFunc(all, func(p piece) bool { return p.kind == kind })
	if i < 0 {
		return nil
	}
	return all[i].body
}

// primaryProperties gives all properties, and which of them, from 1, the primary
// picture has, in the order in which they are applied.
func primaryProperties(meta []byte) ([]piece, []int) {
	if len(meta) < 4 {
		return nil, nil
	}
	all := boxes(meta[4:])
	iprp := boxes(find(all, "iprp"))
	properties := boxes(find(iprp, "ipco"))
	pitm := find(all, "pitm")
	if len(pitm) < 6 {
		return properties, nil
	}
	primary := uint32(be.Uint16(pitm[4:]))
	if pitm[0] > 0 && len(pitm) >= 8 {
		primary = be.Uint32(pitm[4:])
	}
	for _, p := range iprp {
		if p.kind != "ipma" {
			continue
		}
		if indexes := associations(p.body, primary); indexes != nil {
			return properties, indexes
		}
	}
	return properties, nil
}

// associations reads from an ipma box which properties an item has.
func associations(p []byte, item uint32) []int {
	if len(p) < 8 {
		return nil
	}
	wideID, wideIndex := p[0] > 0, p[3]&1 != 0
	n := be.Uint32(p[4:])
	p = p[8:]
	for range n {
		idSize := 2
		if wideID {
			idSize = 4
		}
		if len(p) < idSize+1 {
			return nil
		}
		id := uint32(be.Uint16(p))
		if wideID {
			id = be.Uint32(p)
		}
		count := int(p[idSize])
		p = p[idSize+1:]
		var indexes []int
		for range count {
			switch {
			case wideIndex && len(p) >= 2:
				indexes = append(indexes, int(be.Uint16(p)&0x7FFF))
				p = p[2:]
			case !wideIndex && len(p) >= 1:
				indexes = append(indexes, int(p[0]&0x7F))
				p = p[1:]
			default:
				return nil
			}
		}
		if id == item {
			return indexes
		}
	}
	return nil
}

// applyProperty reads size, crop, turn, depth and colors.
func applyProperty(p piece, info *Info) {
	least := map[string]int{"ispe": 12, "clap": 32, "irot": 1, "pixi": 6, "colr": 11}
	b := p.body
	if len(b) < least[p.kind] {
		return
	}
	switch p.kind {
	case "ispe":
		info.Width, info.Height = int(be.Uint32(b[4:])), int(be.Uint32(b[8:]))
	case "clap":
		w, h := ratio(b), ratio(b[8:])
		if w > 0 && h > 0 && w <= info.Width && h <= info.Height {
			info.Width, info.Height = w, h
		}
	case "irot":
		if b[0]&1 != 0 {
			info.Width, info.Height = info.Height, info.Width
		}
	case "pixi":
		if b[4] > 0 {
			info.Bits = int(b[5])
		}
		if b[4] == 1 {
			info.Components = 1
		}
	case "colr":
		if bytes.HasPrefix(b, []byte("nclx")) {
			info.matrix = nclx{int(be.Uint16(b[8:])), b[10]&0x80 == 0}
		}
	}
}

// ratio is a fraction of two numbers, cut off.
func ratio(b []byte) int {
	n, d := be.Uint32(b), be.Uint32(b[4:])
	if d == 0 {
		return 0
	}
	return int(n / d)
}
