package picture

import (
	"strings"
	"time"
)

// readMP4 reads MP4, MOV, M4A and 3GP (ISO/IEC 14496-12, QuickTime).
func readMP4(s source, info *FilmInfo) error {
	info.Format = "MOV" // a file without a brand is QuickTime's
	if head, err := s.at(0, 12); err == nil && len(head) == 12 && string(head[4:8]) == "ftyp" {
		info.Format = brandFormat(string(head[8:12]))
	}
	return eachBox(s, 0, s.size, func(b box) (bool, error) {
		if b.kind != "moov" {
			return true, nil
		}
		return false, readMoov(s, b, info)
	})
}

func brandFormat(brand string) string {
	switch {
	case brand == "qt  ":
		return "MOV"
	case strings.HasPrefix(brand, "M4A"), strings.HasPrefix(brand, "M4B"):
		return "M4A"
	case strings.HasPrefix(brand, "3g"):
		return "3GP"
	}
	return "MP4"
}

// eachBox calls visit for each box from off to end, until it says no.
func eachBox(s source, off, end int64, visit func(box) (bool, error)) error {
	for range maxParts {
		b, ok, err := boxAt(s, off, end)
		if err != nil || !ok || b.end <= off {
			return err
		}
		if more, err := visit(b); err != nil || !more {
			return err
		}
		off = b.end
	}
	return nil
}

func readMoov(s source, moov box, info *FilmInfo) error {
	return eachBox(s, moov.start, moov.end, func(b box) (bool, error) {
		switch b.kind {
		case "mvhd":
			return true, readMvhd(s, b, info)
		case "trak":
			return true, readTrak(s, b, info)
		case "mvex":
			return true, readMvex(s, b, info)
		case "udta":
			return true, readUdta(s, b, info)
		}
		return true, nil
	})
}

// readMvhd reads the length of the film and when it was made.
func readMvhd(s source, b box, info *FilmInfo) error {
	p, err := s.full(b.start, 32)
	if err != nil {
		return err
	}
	created, scale, length := uint64(be.Uint32(p[4:])), uint64(be.Uint32(p[12:])), uint64(be.Uint32(p[16:]))
	if p[0] == 1 {
		created, scale, length = be.Uint64(p[4:]), uint64(be.Uint32(p[20:])), be.Uint64(p[24:])
	} else if length == 1<<32-1 {
		length = 0 // not known
	}
	info.Length = ticks(length, scale)
	if created > 0 && created < 1<<40 {
		info.Created = time.Unix(int64(created)+epoch1904, 0).UTC()
	}
	return nil
}

// readMvex reads the length of a film in fragments, which mvhd leaves out. Its
// clock is that of mvhd.
func readMvex(s source, mvex box, info *FilmInfo) error {
	return eachBox(s, mvex.start, mvex.end, func(b box) (bool, error) {
		if b.kind != "mehd" || info.Length != 0 {
			return true, nil
		}
		p, err := s.full(b.start, 8)
		if err != nil {
			return false, err
		}
		length := uint64(be.Uint32(p[4:]))
		if p[0] == 1 {
			if p, err = s.full(b.start, 12); err != nil {
				return false, err
			}
			length = be.Uint64(p[4:])
		}
		scale, err := movieScale(s, mvex)
		info.Length = ticks(length, scale)
		return true, err
	})
}

// movieScale finds the clock of the film that a box of it belongs to.
func movieScale(s source, inside box) (scale uint64, err error) {
	err = eachBox(s, 0, s.size, func(moov box) (bool, error) {
		if moov.kind != "moov" || inside.start < moov.start || inside.end > moov.end {
			return true, nil
		}
		return false, eachBox(s, moov.start, moov.end, func(b box) (bool, error) {
			if b.kind != "mvhd" {
				return true, nil
			}
			p, err := s.full(b.start, 24)
			if err != nil {
				return false, err
			}
			scale = uint64(be.Uint32(p[12:]))
			if p[0] == 1 {
				scale = uint64(be.Uint32(p[20:]))
			}
			return false, nil
		})
	})
	return scale, err
}

// track is what is read of a track before its kind is known.
type track struct {
	kind          string
	width, height int
	codec         string
	sample, size  int64 // of the first sample
}

func readTrak(s source, trak box, info *FilmInfo) error {
	var t track
	if err := t.read(s, trak.start, trak.end, 0); err != nil {
		return err
	}
	switch t.kind {
	case "vide":
		info.Kind = KindVideo
		if info.Width == 0 {
			info.Width, info.Height = t.width, t.height
		}
		switch t.codec {
		case "jpeg", "mjpa", "mjpg", "png ":
			return info.still(s, t.sample, t.size, "first frame")
		}
	case "soun":
		if info.Kind == "" {
			info.Kind = KindAudio
		}
	}
	return nil
}

func (t *track) read(s source, from, to int64, depth int) error {
	return eachBox(s, from, to, func(b box) (bool, error) {
		switch b.kind {
		case "mdia", "minf", "stbl":
			if depth < 3 {
				return true, t.read(s, b.start, b.end, depth+1)
			}
		case "tkhd":
			return true, t.header(s, b)
		case "hdlr":
			p, err := s.full(b.start, 12)
			if err == nil && t.kind == "" {
				t.kind = string(p[8:12])
			}
			return true, err
		case "stsd", "stsz", "stco", "co64":
			return true, t.table(s, b)
		}
		return true, nil
	})
}

// header reads the size at which a track is shown, and whether it is turned.
func (t *track) header(s source, b box) error {
	n := 84
	head, err := s.full(b.start, n)
	if err != nil {
		return err
	}
	at := 40
	if head[0] == 1 {
		at += 12
		if head, err = s.full(b.start, n+12); err != nil {
			return err
		}
	}
	t.width, t.height = int(be.Uint32(head[at+36:])>>16), int(be.Uint32(head[at+40:])>>16)
	if be.Uint32(head[at:]) == 0 && be.Uint32(head[at+16:]) == 0 {
		t.width, t.height = t.height, t.width
	}
	return nil
}

// table reads the first entry of a table of samples.
func (t *track) table(s source, b box) error {
	p, err := s.at(b.start, 20)
	if err != nil {
		return err
	}
	switch {
	case b.kind == "stsd" && len(p) >= 16:
		t.codec = string(p[12:16])
	case b.kind == "stsz" && len(p) >= 16:
		if t.size = int64(be.Uint32(p[4:])); t.size == 0 {
			t.size = int64(be.Uint32(p[12:]))
		}
	case b.kind == "stco" && len(p) >= 12:
		t.sample = int64(be.Uint32(p[8:]))
	case b.kind == "co64" && len(p) >= 16:
		t.sample = int64(be.Uint64(p[8:]) & (1<<62 - 1))
	}
	return nil
}

// readUdta finds the cover: udta/meta/ilst/covr/data.
func readUdta(s source, udta box, info *FilmInfo) error {
	return eachBox(s, udta.start, udta.end, func(meta box) (bool, error) {
		if meta.kind != "meta" {
			return true, nil
		}
		from := meta.start + 4 // a version, which QuickTime leaves out
		if p, err := s.at(meta.start, 8); err != nil || len(p) == 8 && string(p[4:]) == "hdlr" {
			from = meta.start
		}
		return true, eachBox(s, from, meta.end, func(ilst box) (bool, error) {
			if ilst.kind != "ilst" {
				return true, nil
			}
			return true, eachBox(s, ilst.start, ilst.end, func(covr box) (bool, error) {
				if covr.kind != "covr" {
					return true, nil
				}
				return true, eachBox(s, covr.start, covr.end, func(d box) (bool, error) {
					return true, info.still(s, d.start+8, d.end-d.start-8, "cover")
				})
			})
		})
	})
}
