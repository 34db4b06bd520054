package picture

import (
	"bytes"
	"image"
	"time"
)

// chunk is a chunk of a RIFF file: where its content lies.
type chunk struct {
	kind       string
	start, end int64
}

// eachChunk calls visit for each chunk from off to end, until it says no.
func eachChunk(s source, off, end int64, visit func(chunk) (bool, error)) error {
	for range maxParts {
		p, err := s.at(off, 8)
		if err != nil || len(p) < 8 || off+8 > end {
			return err
		}
		n := int64(le.Uint32(p[4:]))
		c := chunk{string(p[:4]), off + 8, min(off+8+n, end)}
		if more, err := visit(c); err != nil || !more {
			return err
		}
		off += 8 + n + n&1
	}
	return nil
}

// list is the kind of a LIST and where its chunks begin.
func (c chunk) list(s source) string {
	if p, err := s.at(c.start, 4); err == nil && c.kind == "LIST" && len(p) == 4 {
		return string(p)
	}
	return ""
}

// readAVI reads the main header, the streams' kinds, and the first frame where it
// is a JPEG.
func readAVI(s source, info *FilmInfo) error {
	info.Format, info.Kind = "AVI", KindVideo
	var frameTime, frames uint64
	err := eachChunk(s, 12, s.size, func(c chunk) (bool, error) {
		switch c.list(s) {
		case "hdrl":
			return true, eachChunk(s, c.start+4, c.end, func(h chunk) (bool, error) {
				p, err := s.at(h.start, 40)
				switch {
				case err != nil:
					return false, err
				case h.kind == "avih" && len(p) == 40:
					frameTime, frames = uint64(le.Uint32(p)), uint64(le.Uint32(p[16:]))
					info.Width, info.Height = int(le.Uint32(p[32:])), int(le.Uint32(p[36:]))
				case h.list(s) == "odml":
					if p, err = s.at(h.start+4, 12); err == nil && len(p) == 12 && string(p[:4]) == "dmlh" {
						frames = uint64(le.Uint32(p[8:])) // of a file of more than 1 GB the whole
					}
				}
				return true, err
			})
		case "movi":
			return false, firstFrameAVI(s, c, info)
		}
		return true, nil
	})
	info.Length = ticks(frames*frameTime, uint64(time.Second/time.Microsecond))
	return err
}

// firstFrameAVI finds the first frame of a video stream.
func firstFrameAVI(s source, movi chunk, info *FilmInfo) error {
	seen := 0
	return eachChunk(s, movi.start+4, movi.end, func(c chunk) (bool, error) {
		if seen++; seen > 1000 {
			return false, nil
		}
		if c.list(s) == "rec " && movi.kind == "LIST" {
			return false, firstFrameAVI(s, chunk{"rec ", c.start, c.end}, info)
		}
		if len(c.kind) != 4 || c.kind[2:] != "dc" && c.kind[2:] != "db" {
			return true, nil
		}
		if err := info.still(s, c.start, c.end-c.start, "first frame"); err != nil {
			return false, err
		}
		info.Still = withTables(info.Still)
		return false, nil
	})
}

// withTables puts the usual Huffman tables into a JPEG that leaves them out, as
// the frames of cameras do.
func withTables(frame []byte) []byte {
	if !bytes.HasPrefix(frame, []byte("\xFF\xD8")) {
		return nil
	}
	s := source{bytes.NewReader(frame), int64(len(frame))}
	off := int64(2)
	for range maxParts {
		marker, _, end, err := jpegSegment(s, off)
		if err != nil || marker == 0xC4 {
			return frame
		}
		if marker == 0xDA {
			break
		}
		off = end
	}
	return bytes.Join([][]byte{frame[:2], usualTables(), frame[2:]}, nil)
}

// usualTables gives the segment of Huffman tables that encoders use (ITU-T T.81,
// annex K), as it stands in any JPEG in color that is written here.
func usualTables() []byte {
	var file bytes.Buffer
	if _, err := writeJPEG(&file, image.NewNRGBA(image.Rect(0, 0, 1, 1)), QualityKept); err != nil {
		return nil
	}
	s := source{bytes.NewReader(file.Bytes()), int64(file.Len())}
	off := int64(2)
	for {
		marker, start, end, err := jpegSegment(s, off)
		if err != nil {
			return nil
		}
		if marker == 0xC4 {
			return file.Bytes()[start-4 : end]
		}
		off = end
	}
}

// readWAV reads how many bytes a second takes, and how many there are.
func readWAV(s source, info *FilmInfo) error {
	info.Format, info.Kind = "WAV", KindAudio
	var perSecond, long uint64
	return eachChunk(s, 12, s.size, func(c chunk) (bool, error) {
		p, err := s.at(c.start, 16)
		if err != nil {
			return false, err
		}
		switch {
		case c.kind == "fmt " && len(p) >= 12:
			perSecond = uint64(le.Uint32(p[8:]))
		case c.kind == "ds64" && len(p) == 16:
			long = le.Uint64(p[8:]) // of a file of more than 4 GB
		case c.kind == "data":
			n := uint64(c.end - c.start)
			if long > 0 {
				n = min(long, uint64(s.size-c.start))
			}
			info.Length = ticks(n, perSecond)
			return false, nil
		}
		return true, nil
	})
}
