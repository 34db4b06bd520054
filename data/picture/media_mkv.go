package picture

import (
	"math"
	"math/bits"
	"strings"
	"time"
)

// Elements of EBML and Matroska (RFC 8794, RFC 9559).
const (
	idHeader      = 0x1A45DFA3
	idDocType     = 0x4282
	idSegment     = 0x18538067
	idInfo        = 0x1549A966
	idScale       = 0x2AD7B1
	idDuration    = 0x4489
	idDate        = 0x4461
	idTracks      = 0x1654AE6B
	idTrackEntry  = 0xAE
	idTrackType   = 0x83
	idVideo       = 0xE0
	idWidth       = 0xB0
	idHeight      = 0xBA
	idCluster     = 0x1F43B675
	idTimestamp   = 0xE7
	idAttachments = 0x1941A469
	idAttached    = 0x61A7
	idMIME        = 0x4660
	idFileData    = 0x465C
)

// element is an element of EBML: where its content lies.
type element struct {
	id         uint32
	start, end int64
	open       bool // its length is not said
}

// matroska is what is read of a file on the way.
type matroska struct {
	source
	info        *FilmInfo
	scale       uint64 // nanoseconds of a tick
	length      float64
	lastCluster element
	kind        uint64 // of the track that is read
	w, h        int
	mime        string // of the attachment that is read
}

// readMatroska reads MKV and WebM.
func readMatroska(s source, info *FilmInfo) error {
	info.Format = "MKV"
	m := &matroska{source: s, info: info, scale: 1_000_000}
	err := m.each(0, s.size, m.top)
	if m.scale == 0 || m.scale > uint64(nanos) {
		m.scale = 1_000_000
	}
	length := m.length * float64(m.scale)
	if length > 0 && length <= float64(maxLength) {
		info.Length = time.Duration(math.Round(length))
	} else if at, ok := m.clusterTime(); ok {
		info.Length = ticks(at, uint64(nanos)/m.scale) // a recording that was not finished: to the start of its last part
	}
	return err
}

// each calls visit for each element from off to end, until it says no.
func (m *matroska) each(off, end int64, visit func(element) (bool, error)) error {
	for range maxParts {
		p, err := m.at(off, 12)
		if err != nil || off >= end || len(p) < 2 || p[0] == 0 {
			return err
		}
		n := bits.LeadingZeros8(p[0]) + 1
		if n > 4 || len(p) <= n || p[n] == 0 {
			return nil
		}
		e := element{}
		for _, b := range p[:n] {
			e.id = e.id<<8 | uint32(b)
		}
		long := bits.LeadingZeros8(p[n]) + 1
		if len(p) < n+long {
			return nil
		}
		size := uint64(p[n]) & (1<<(8-long) - 1)
		for _, b := range p[n+1 : n+long] {
			size = size<<8 | uint64(b)
		}
		e.start = off + int64(n+long)
		e.open = size == 1<<(7*long)-1
		if e.open || size > uint64(end-min(end, e.start)) {
			e.end = end
		} else {
			e.end = e.start + int64(size)
		}
		if more, err := visit(e); err != nil || !more {
			return err
		}
		off = e.end
	}
	return nil
}

// number reads an unsigned number of an element.
func (m *matroska) number(e element) uint64 {
	p, err := m.full(e.start, int(min(8, e.end-e.start)))
	v := uint64(0)
	if err == nil {
		for _, b := range p {
			v = v<<8 | uint64(b)
		}
	}
	return v
}

// words reads a short text of an element.
func (m *matroska) words(e element) string {
	p, err := m.at(e.start, int(min(64, e.end-e.start)))
	if err != nil {
		return ""
	}
	return strings.TrimRight(string(p), "\x00")
}

func (m *matroska) top(e element) (bool, error) {
	switch e.id {
	case idHeader:
		return true, m.each(e.start, e.end, func(h element) (bool, error) {
			if h.id == idDocType && m.words(h) == "webm" {
				m.info.Format = "WebM"
			}
			return true, nil
		})
	case idSegment:
		return false, m.each(e.start, e.end, m.segment)
	}
	return true, nil
}

func (m *matroska) segment(e element) (bool, error) {
	switch e.id {
	case idInfo:
		return true, m.each(e.start, e.end, m.about)
	case idTracks:
		return true, m.each(e.start, e.end, m.track)
	case idCluster:
		m.lastCluster = e
		return !e.open, nil
	case idAttachments:
		return true, m.each(e.start, e.end, m.attached)
	}
	return true, nil
}

func (m *matroska) about(e element) (bool, error) {
	switch e.id {
	case idScale:
		m.scale = m.number(e)
	case idDuration:
		switch v := m.number(e); e.end - e.start {
		case 4:
			m.length = float64(math.Float32frombits(uint32(v)))
		case 8:
			m.length = math.Float64frombits(v)
		}
	case idDate:
		m.info.Created = time.Unix(epoch2001, int64(m.number(e))).UTC()
	}
	return true, nil
}

func (m *matroska) track(e element) (bool, error) {
	if e.id != idTrackEntry {
		return true, nil
	}
	m.kind, m.w, m.h = 0, 0, 0
	err := m.each(e.start, e.end, func(t element) (bool, error) {
		switch t.id {
		case idTrackType:
			m.kind = m.number(t)
		case idVideo:
			return true, m.each(t.start, t.end, func(v element) (bool, error) {
				switch v.id {
				case idWidth:
					m.w = int(m.number(v) & (1<<31 - 1))
				case idHeight:
					m.h = int(m.number(v) & (1<<31 - 1))
				}
				return true, nil
			})
		}
		return true, nil
	})
	switch {
	case m.kind == 1 && m.info.Kind != KindVideo:
		m.info.Kind, m.info.Width, m.info.Height = KindVideo, m.w, m.h
	case m.kind == 2 && m.info.Kind == "":
		m.info.Kind = KindAudio
	}
	return true, err
}

func (m *matroska) attached(e element) (bool, error) {
	if e.id != idAttached {
		return true, nil
	}
	m.mime = ""
	return true, m.each(e.start, e.end, func(f element) (bool, error) {
		switch f.id {
		case idMIME:
			m.mime = m.words(f)
		case idFileData:
			if m.mime == "image/jpeg" || m.mime == "image/png" {
				return true, m.info.still(m.source, f.start, f.end-f.start, "attachment")
			}
		}
		return true, nil
	})
}

// clusterTime reads when the last part begins, in ticks.
func (m *matroska) clusterTime() (at uint64, ok bool) {
	if m.lastCluster.id == 0 || m.lastCluster.open {
		return 0, false
	}
	err := m.each(m.lastCluster.start, m.lastCluster.end, func(e element) (bool, error) {
		if e.id == idTimestamp {
			at, ok = m.number(e), true
		}
		return false, nil
	})
	return at, ok && err == nil
}
