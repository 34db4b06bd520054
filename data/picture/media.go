package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// The kinds of films.
const (
	KindVideo = "video"
	KindAudio = "audio"
)

// FilmInfo is what a video or a sound says of itself. What it does not say is
// zero.
type FilmInfo struct {
	Kind          string        // "video" or "audio"
	Format        string        // "MP4", "MOV", "M4A", "3GP", "AVI", "MKV", "WebM", "MP3", "WAV", "FLAC", "Ogg", "AMR", "WMV"
	Length        time.Duration // as the header says it; nothing is played
	Width, Height int           // of the picture as it is shown, in pixels
	Created       time.Time     // UTC, by the device's clock
	Still         []byte        // a JPEG or PNG that the file carries
	StillFrom     string        // "cover", "first frame" or "attachment"
}

const (
	maxStill    = 16 << 20           // bytes
	maxLength   = 1000 * time.Hour   // more is a header that makes no sense
	maxSide     = 1 << 16            // pixels
	maxTail     = 256 << 10          // bytes at the end in which a last page is looked for
	maxSearched = 256 << 10          // bytes in which the first frame of a sound is looked for
	maxReads    = 100_000            // of a file
	epoch1904   = -2_082_844_800     // seconds from 1970 to the epoch of MP4
	epoch2001   = 978_307_200        // seconds to that of Matroska
	nanos       = int64(time.Second) // in a second
)

// Film reads what a video or a sound says of itself, from its headers alone: a
// file of any size takes a few reads and no memory to speak of. It knows MP4, MOV,
// M4A, 3GP, AVI, MKV, WebM, MP3, WAV, FLAC, Ogg and AMR. Of any other file, and of
// a damaged one, it tells what there is to know, at the worst nothing; its errors
// are those of the reader and of the context.
//
// A still is one that the file itself carries: a cover (MP4, M4A, MP3, FLAC), the
// first frame where each frame is a JPEG (AVI and MOV of simple cameras), an
// attached picture (MKV). Frames of H.264, H.265, VP9 and the like are not
// decoded: most phones' videos have no still.
func Film(ctx context.Context, r io.ReadSeeker, size int64) (FilmInfo, error) {
	var info FilmInfo
	s, err := open(r)
	if err != nil {
		return info, err
	}
	s.size = min(s.size, size)
	s.ReaderAt = &fewReads{ReaderAt: &ctxReader{ctx, io.NewSectionReader(s.ReaderAt, 0, s.size)}}
	head, err := s.at(0, 64)
	if err == nil {
		if read := filmReader(head); read != nil {
			err = read(s, &info)
		}
	}
	if bad := badHeader(""); errors.As(err, &bad) || errors.Is(err, errShort) {
		err = nil // what was read so far is what is known
	}
	if err != nil {
		return FilmInfo{}, fmt.Errorf("reading a video or sound: %w", err)
	}
	info.sane()
	return info, nil
}

// fewReads ends a file that wants to be read in too many pieces.
type fewReads struct {
	io.ReaderAt
	n int
}

func (f *fewReads) ReadAt(p []byte, off int64) (int, error) {
	if f.n++; f.n > maxReads {
		return 0, errShort
	}
	return f.ReaderAt.ReadAt(p, off)
}

// filmReader finds who reads a file by its first bytes.
func filmReader(head []byte) func(source, *FilmInfo) error {
	is := func(at int, magic string) bool {
		return len(head) >= at+len(magic) && string(head[at:at+len(magic)]) == magic
	}
	switch {
	case is(4, "ftyp") && sniffHEIF(head) == "", is(4, "moov"), is(4, "mdat"), is(4, "wide"), is(4, "free"), is(4, "skip"):
		return readMP4
	case is(0, "RIFF") && is(8, "AVI "):
		return readAVI
	case (is(0, "RIFF") || is(0, "RF64")) && is(8, "WAVE"):
		return readWAV
	case is(0, "\x1A\x45\xDF\xA3"):
		return readMatroska
	case is(0, "OggS"):
		return readOgg
	case is(0, "fLaC"):
		return readFLAC
	case is(0, "#!AMR"):
		return readAMR
	case is(0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"):
		return readASF
	case is(0, "ID3"), len(head) >= 4 && mp3Header(head).valid():
		return readMP3
	}
	return nil
}

// sane drops what makes no sense and a still that is none.
func (f *FilmInfo) sane() {
	if f.Length < 0 || f.Length > maxLength {
		f.Length = 0
	}
	if f.Width <= 0 || f.Height <= 0 || f.Width > maxSide || f.Height > maxSide {
		f.Width, f.Height = 0, 0
	}
	if year := f.Created.Year(); year < 1990 || year > 2200 {
		f.Created = time.Time{} // a clock that was never set
	}
	if f.Still != nil {
		i, err := Inspect(bytes.NewReader(f.Still))
		if err != nil || i.Format != FormatJPEG && i.Format != FormatPNG {
			f.Still, f.StillFrom = nil, ""
		}
	}
	if f.Still == nil {
		f.StillFrom = ""
	}
}

// still reads a picture that lies at a place, unless there is one already.
func (f *FilmInfo) still(s source, off, n int64, from string) error {
	if f.Still != nil || n <= 0 || n > maxStill || off < 0 || off+n > s.size {
		return nil
	}
	p, err := s.full(off, int(n))
	if err != nil {
		return err
	}
	f.Still, f.StillFrom = p, from
	return nil
}

// ticks gives a number of ticks as a time; 0 where it makes no sense.
func ticks(n, perSecond uint64) time.Duration {
	if perSecond == 0 || n/perSecond > uint64(maxLength/time.Second) {
		return 0
	}
	return time.Duration(n/perSecond)*time.Second + time.Duration(n%perSecond*uint64(nanos)/perSecond)
}
