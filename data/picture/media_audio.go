package picture

import (
	"bytes"
	"time"
)

// mp3Header is the head of a frame of MPEG audio (ISO/IEC 11172-3, 13818-3).
type mp3Header []byte

// Bit rates in kbit/s by version (1; 2 and 2.5) and layer (I, II, III).
var mp3Rates = [2][3][15]int{
	{
		{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
	},
	{
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
	},
}

func (h mp3Header) valid() bool {
	return h[0] == 0xFF && h[1]&0xE0 == 0xE0 && h.version() != 1 && h.layer() != 3 &&
		h[2]>>4 != 15 && h[2]>>4 != 0 && h[2]>>2&3 != 3
}

func (h mp3Header) version() int { return int(h[1] >> 3 & 3) } // 0 is 2.5, 2 is 2, 3 is 1
func (h mp3Header) layer() int   { return 3 - int(h[1]>>1&3) } // from 0: I, II, III
func (h mp3Header) old() bool    { return h.version() == 3 }

func (h mp3Header) bitRate() int {
	row := 1
	if h.old() {
		row = 0
	}
	return 1000 * mp3Rates[row][h.layer()][h[2]>>4]
}

func (h mp3Header) sampleRate() int {
	rate := [3]int{44100, 48000, 32000}[h[2]>>2&3]
	switch h.version() {
	case 2:
		return rate / 2
	case 0:
		return rate / 4
	}
	return rate
}

// samples is how many a frame has.
func (h mp3Header) samples() int {
	switch {
	case h.layer() == 0:
		return 384
	case h.layer() == 2 && !h.old():
		return 576
	}
	return 1152
}

// bytes is how long a frame is.
func (h mp3Header) bytes() int64 {
	padding := int(h[2] >> 1 & 1)
	if h.layer() == 0 {
		return int64(4 * (12*h.bitRate()/h.sampleRate() + padding))
	}
	return int64(h.samples()/8*h.bitRate()/h.sampleRate() + padding)
}

// readMP3 reads ID3's cover, and the length: of the header of a file with varying
// bit rate (Xing, Info, VBRI), else by the bit rate of the first frame.
func readMP3(s source, info *FilmInfo) error {
	off, err := readID3(s, info)
	if err != nil {
		return err
	}
	p, err := s.at(off, maxSearched)
	if err != nil {
		return err
	}
	for i := 0; i+4 <= len(p); i++ {
		h := mp3Header(p[i : i+4])
		if !h.valid() {
			continue
		}
		// The next frame must be where this one ends.
		next, err := s.at(off+int64(i)+h.bytes(), 4)
		if err != nil {
			return err
		}
		if len(next) == 4 && !mp3Header(next).valid() {
			continue
		}
		info.Format, info.Kind = "MP3", KindAudio
		if frames := framesSaid(p[i:]); frames > 0 {
			info.Length = ticks(frames*uint64(h.samples()), uint64(h.sampleRate()))
			return nil
		}
		end := s.size
		if tag, err := s.at(s.size-128, 3); err == nil && string(tag) == "TAG" {
			end -= 128
		}
		info.Length = ticks(uint64(max(0, end-off-int64(i)))*8, uint64(h.bitRate()))
		return nil
	}
	return nil
}

// framesSaid reads the number of frames from the header of Xing or VBRI.
func framesSaid(frame []byte) uint64 {
	frame = frame[:min(len(frame), 256)]
	for _, mark := range []string{"Xing", "Info"} {
		if i := bytes.Index(frame, []byte(mark)); i >= 0 && i+12 <= len(frame) && frame[i+7]&1 != 0 {
			return uint64(be.Uint32(frame[i+8:]))
		}
	}
	if i := bytes.Index(frame, []byte("VBRI")); i >= 0 && i+18 <= len(frame) {
		return uint64(be.Uint32(frame[i+14:]))
	}
	return 0
}

// readID3 steps over tags of ID3 version 2 and takes the cover from the first. It
// gives where the sound begins.
func readID3(s source, info *FilmInfo) (int64, error) {
	off := int64(0)
	for range 8 {
		p, err := s.at(off, 10)
		if err != nil {
			return 0, err
		}
		if len(p) < 10 || string(p[:3]) != "ID3" {
			break
		}
		info.Format, info.Kind = "MP3", KindAudio
		end := off + 10 + synchsafe(p[6:])
		// Where bytes are escaped, sizes cannot be trusted: the cover is left out.
		if p[5]&0x80 == 0 && info.Still == nil {
			if err := readCover(s, int(p[3]), p[5], off+10, min(end, s.size), info); err != nil {
				return 0, err
			}
		}
		if p[3] == 4 && p[5]&0x10 != 0 {
			end += 10 // a footer
		}
		off = end
	}
	return off, nil
}

func synchsafe(p []byte) int64 {
	return int64(p[0]&0x7F)<<21 | int64(p[1]&0x7F)<<14 | int64(p[2]&0x7F)<<7 | int64(p[3]&0x7F)
}

// readCover walks the frames of a tag for a picture.
func readCover(s source, version int, flags byte, off, end int64, info *FilmInfo) error {
	if version >= 3 && flags&0x40 != 0 { // a longer header
		p, err := s.full(off, 4)
		if err != nil {
			return err
		}
		off += longerHead(p, version)
	}
	head := 10
	if version == 2 {
		head = 6
	}
	for range 1000 {
		p, err := s.at(off, head)
		if err != nil || len(p) < head || p[0] == 0 || off >= end {
			return err
		}
		id, n := frameOf(p, version)
		off += int64(head)
		if (id == "APIC" || id == "PIC") && n <= maxStill && off+n <= end {
			frame, err := s.full(off, int(n))
			if err != nil {
				return err
			}
			if at := pictureIn(frame); at >= 0 {
				return info.still(s, off+int64(at), n-int64(at), "cover")
			}
		}
		off += n
	}
	return nil
}

// longerHead is how much longer the header of a tag is.
func longerHead(p []byte, version int) int64 {
	if version == 4 {
		return synchsafe(p)
	}
	return 4 + int64(be.Uint32(p))
}

// frameOf reads the head of a frame: its name, and how many bytes follow.
func frameOf(head []byte, version int) (id string, n int64) {
	switch version {
	case 2:
		return string(head[:3]), int64(head[3])<<16 | int64(head[4])<<8 | int64(head[5])
	case 4:
		return string(head[:4]), synchsafe(head[4:])
	}
	return string(head[:4]), int64(be.Uint32(head[4:]))
}

// pictureIn finds where the picture begins behind a frame's texts.
func pictureIn(frame []byte) int {
	for _, magic := range []string{"\xFF\xD8\xFF", pngSignature} {
		if i := bytes.Index(frame[:min(len(frame), 1024)], []byte(magic)); i >= 0 {
			return i
		}
	}
	return -1
}

// readFLAC reads the number of samples, and a picture.
func readFLAC(s source, info *FilmInfo) error {
	info.Format, info.Kind = "FLAC", KindAudio
	off := int64(4)
	for range 200 {
		p, err := s.full(off, 4)
		if err != nil {
			return err
		}
		kind, n := p[0]&0x7F, int64(be.Uint32(p)&0xFFFFFF)
		off += 4
		switch kind {
		case 0:
			b, err := s.full(off, 18)
			if err != nil {
				return err
			}
			word := be.Uint64(b[10:])
			info.Length = ticks(word&(1<<36-1), word>>44)
		case 6:
			if n <= maxStill {
				b, err := s.full(off, int(n))
				if err != nil {
					return err
				}
				if at := pictureIn(b); at >= 0 {
					if err := info.still(s, off+int64(at), n-int64(at), "cover"); err != nil {
						return err
					}
				}
			}
		}
		if off += n; p[0]&0x80 != 0 {
			return nil
		}
	}
	return nil
}

// readOgg reads Vorbis, Opus and FLAC in Ogg: the place of the last page of the
// first sound. A video in Ogg (Theora) has the length of its sound.
func readOgg(s source, info *FilmInfo) error {
	info.Format, info.Kind = "Ogg", KindAudio
	sound := readOggStarts(s, info)
	tail, err := s.at(max(0, s.size-maxTail), maxTail)
	if err != nil {
		return err
	}
	if sound.rate > 0 {
		info.Length = sound.length(tail)
	}
	return nil
}

// An oggSound is a stream of sound in Ogg; the zero value is none.
type oggSound struct {
	rate   uint64 // of its places, a second
	skip   uint64 // places before its beginning
	serial uint32
}

// readOggStarts reads the first pages of all streams, which come before all
// others: the size of a video, and the first sound.
func readOggStarts(s source, info *FilmInfo) (sound oggSound) {
	off := int64(0)
	for range 16 {
		p, err := s.at(off, 27+255+64)
		if err != nil || len(p) < 27 || string(p[:4]) != "OggS" || len(p) < 27+int(p[26]) {
			break
		}
		n := int64(27 + int(p[26]))
		body := p[n:]
		for _, lace := range p[27:n] {
			n += int64(lace)
		}
		off += n
		switch {
		case bytes.HasPrefix(body, []byte("\x80theora")):
			info.Kind = KindVideo
			if len(body) >= 20 {
				info.Width, info.Height = int(be.Uint32(body[13:])>>8), int(be.Uint32(body[16:])>>8)
			}
		case sound.rate > 0:
		case bytes.HasPrefix(body, []byte("OpusHead")) && len(body) >= 12:
			sound = oggSound{48_000, uint64(le.Uint16(body[10:])), le.Uint32(p[14:])}
		case bytes.HasPrefix(body, []byte("\x01vorbis")) && len(body) >= 16:
			sound = oggSound{rate: uint64(le.Uint32(body[12:])), serial: le.Uint32(p[14:])}
		}
	}
	return sound
}

// length is the place of the last page of the stream that has one; 0 for none in
// the tail of the file.
func (o oggSound) length(tail []byte) time.Duration {
	for i := len(tail); ; {
		if i = bytes.LastIndex(tail[:i], []byte("OggS")); i < 0 {
			return 0
		}
		if i+18 > len(tail) || le.Uint32(tail[i+14:]) != o.serial {
			continue
		}
		if at := le.Uint64(tail[i+6:]); at != 1<<64-1 {
			return ticks(at-min(o.skip, at), o.rate)
		}
	}
}

// Bytes of a frame of AMR and AMR-WB by its kind, the head included.
var (
	amrNarrow = [16]int{13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1}
	amrWide   = [16]int{18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1}
)

// readAMR counts the frames of 20 ms of a phone's recording, of up to 8 MB (half
// an hour at least); a longer one has no length.
func readAMR(s source, info *FilmInfo) error {
	info.Format, info.Kind = "AMR", KindAudio
	p, err := s.at(0, 8<<20)
	if err != nil {
		return err
	}
	sizes, off := amrNarrow, len("#!AMR\n")
	if bytes.HasPrefix(p, []byte("#!AMR-WB\n")) {
		sizes, off = amrWide, len("#!AMR-WB\n")
	} else if !bytes.HasPrefix(p, []byte("#!AMR\n")) {
		return nil // several channels
	}
	frames := 0
	for off < len(p) {
		off += sizes[p[off]>>3&15]
		frames++
	}
	if int64(len(p)) == s.size {
		info.Length = time.Duration(frames) * 20 * time.Millisecond
	}
	return nil
}

// readASF reads the length of Windows Media from its properties.
func readASF(s source, info *FilmInfo) error {
	info.Format = "WMV"
	off := int64(30)
	for range 200 {
		p, err := s.full(off, 24)
		if err != nil {
			return err
		}
		n := le.Uint64(p[16:])
		if bytes.HasPrefix(p, []byte("\xA1\xDC\xAB\x8C\x47\xA9\xCF\x11")) { // file properties
			b, err := s.full(off+64, 24)
			if err != nil {
				return err
			}
			info.Length = ticks(le.Uint64(b), 10_000_000) - time.Duration(min(le.Uint64(b[16:]), 1<<32))*time.Millisecond
			return nil
		}
		if n < 24 || n > uint64(s.size) {
			return nil
		}
		off += int64(n)
	}
	return nil
}
