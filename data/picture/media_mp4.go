package picture

import (
	"strings"
	"time"
)

// movie is what is read of a file on the way.
type movie struct {
	info  *FilmInfo
	clock uint64 // ticks of the film in a second
	first track  // the first track with a picture or a sound
	each  uint32 // ticks of a sample of it, unless a fragment says otherwise
	last  box    // the last fragment
}

// readMP4 reads MP4, MOV, M4A and 3GP (ISO/IEC 14496-12, QuickTime).
func readMP4(s source, info *FilmInfo) error {
	info.Format = "MOV" // a file without a brand is QuickTime's
	if head, err := s.at(0, 12); err == nil && len(head) == 12 && string(head[4:8]) == "ftyp" {
		info.Format = brandFormat(string(head[8:12]))
	}
	m := &movie{info: info}
	err := eachBox(s, 0, s.size, func(b box) (bool, error) {
		switch b.kind {
		case "moov":
			err := m.read(s, b)
			return info.Length == 0, err // without a length it may lie in fragments behind
		case "moof":
			m.last = b
		}
		return true, nil
	})
	if err == nil && info.Length == 0 && m.last.kind != "" {
		err = m.lastFragment(s)
	}
	return err
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

func (m *movie) read(s source, moov box) error {
	return eachBox(s, moov.start, moov.end, func(b box) (bool, error) {
		switch b.kind {
		case "mvhd":
			return true, m.header(s, b)
		case "trak":
			return true, m.track(s, b)
		case "mvex":
			return true, m.fragmented(s, b)
		case "udta":
			return true, readUdta(s, b, m.info)
		}
		return true, nil
	})
}

// header reads the length of the film and when it was made.
func (m *movie) header(s source, b box) error {
	p, err := s.full(b.start, 32)
	if err != nil {
		return err
	}
	created, length := uint64(be.Uint32(p[4:])), uint64(be.Uint32(p[16:]))
	m.clock = uint64(be.Uint32(p[12:]))
	if p[0] == 1 {
		created, length = be.Uint64(p[4:]), be.Uint64(p[24:])
		m.clock = uint64(be.Uint32(p[20:]))
	} else if length == 1<<32-1 {
		length = 0 // not known
	}
	m.info.Length = ticks(length, m.clock)
	if created > 0 && created < 1<<40 {
		m.info.Created = time.Unix(int64(created)+epoch1904, 0).UTC()
	}
	return nil
}

// fragmented reads what a film in fragments says ahead: its length, or how long a
// sample is.
func (m *movie) fragmented(s source, mvex box) error {
	return eachBox(s, mvex.start, mvex.end, func(b box) (bool, error) {
		p, err := s.at(b.start, 24)
		switch {
		case err != nil:
			return false, err
		case b.kind == "mehd" && len(p) >= 12 && m.info.Length == 0:
			length := uint64(be.Uint32(p[4:]))
			if p[0] == 1 {
				length = be.Uint64(p[4:])
			}
			m.info.Length = ticks(length, m.clock)
		case b.kind == "trex" && len(p) >= 16 && be.Uint32(p[4:]) == m.first.id:
			m.each = be.Uint32(p[12:])
		}
		return true, nil
	})
}

// lastFragment finds where the last fragment of the first track ends.
func (m *movie) lastFragment(s source) error {
	return eachBox(s, m.last.start, m.last.end, func(traf box) (bool, error) {
		if traf.kind != "traf" {
			return true, nil
		}
		var at, samples uint64
		mine, each := false, m.each
		err := eachBox(s, traf.start, traf.end, func(b box) (bool, error) {
			p, err := s.at(b.start, 32)
			switch {
			case err != nil || len(p) < 8:
				return false, err
			case b.kind == "tfhd":
				mine = be.Uint32(p[4:]) == m.first.id
				skip := 8
				for flag, size := range map[byte]int{1: 8, 2: 4} { // a data offset, a description
					if p[3]&flag != 0 {
						skip += size
					}
				}
				if p[3]&8 != 0 && len(p) >= skip+4 {
					each = be.Uint32(p[skip:])
				}
			case b.kind == "tfdt" && p[0] == 1 && len(p) >= 12:
				at = be.Uint64(p[4:])
			case b.kind == "tfdt":
				at = uint64(be.Uint32(p[4:]))
			case b.kind == "trun":
				samples += uint64(be.Uint32(p[4:]))
			}
			return true, nil
		})
		if mine {
			m.info.Length = ticks(at+min(samples, 1<<20)*uint64(each), m.first.clock)
		}
		return !mine, err
	})
}

// track is what is read of a track before its kind is known.
type track struct {
	id            uint32
	clock         uint64 // its ticks in a second
	kind          string
	width, height int
	codec         string
	sample, size  int64 // of the first sample
}

func (m *movie) track(s source, trak box) error {
	var t track
	info := m.info
	if err := t.read(s, trak.start, trak.end, 0); err != nil {
		return err
	}
	if m.first.id == 0 && (t.kind == "vide" || t.kind == "soun") {
		m.first = t
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
		case "mdhd":
			p, err := s.full(b.start, 24)
			if err != nil {
				return false, err
			}
			if t.clock = uint64(be.Uint32(p[12:])); p[0] == 1 {
				t.clock = uint64(be.Uint32(p[20:]))
			}
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
	t.id = be.Uint32(head[12:])
	if head[0] == 1 {
		t.id = be.Uint32(head[20:])
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
