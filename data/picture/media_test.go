package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"testing"
	"time"
)

func film(t testing.TB, file []byte) FilmInfo {
	t.Helper()
	info, err := Film(context.Background(), bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func TestFilms(t *testing.T) {
	made := time.Date(2025, 3, 4, 5, 6, 7, 0, time.UTC)
	for name, want := range map[string]FilmInfo{
		"video.mp4": {Kind: "video", Format: "MP4", Length: 1500 * time.Millisecond, Width: 64, Height: 48, Created: made},
		"frag.mp4":  {Kind: "video", Format: "MP4", Length: 1500 * time.Millisecond, Width: 64, Height: 48},
		"mjpeg.mov": {Kind: "video", Format: "MOV", Length: 500 * time.Millisecond, Width: 64, Height: 48, StillFrom: "first frame"},
		"mjpeg.avi": {Kind: "video", Format: "AVI", Length: 500 * time.Millisecond, Width: 64, Height: 48, StillFrom: "first frame"},
		"att.mkv":   {Kind: "video", Format: "MKV", Length: 500 * time.Millisecond, Width: 64, Height: 48, Created: made, StillFrom: "attachment"},
		"v.webm":    {Kind: "video", Format: "WebM", Length: 500 * time.Millisecond, Width: 64, Height: 48},
		"cover.m4a": {Kind: "audio", Format: "M4A", Length: 2 * time.Second, StillFrom: "cover"},
		"cover.mp3": {Kind: "audio", Format: "MP3", Length: 2 * time.Second, StillFrom: "cover"},
		"cbr.mp3":   {Kind: "audio", Format: "MP3", Length: 2 * time.Second},
		"a.wav":     {Kind: "audio", Format: "WAV", Length: 500 * time.Millisecond},
		"a.opus":    {Kind: "audio", Format: "Ogg", Length: 2 * time.Second},
		"a.ogg":     {Kind: "audio", Format: "Ogg", Length: 2 * time.Second},
		"a.flac":    {Kind: "audio", Format: "FLAC", Length: 300 * time.Millisecond},
		"v.wmv":     {Kind: "", Format: "WMV", Length: 500 * time.Millisecond},
	} {
		got := film(t, fixture(t, name))
		// Encoders of sound fill their last frame; headers of video round.
		if d := got.Length - want.Length; d < -120*time.Millisecond || d > 120*time.Millisecond {
			t.Errorf("%s: %v long, want %v", name, got.Length, want.Length)
		}
		if got.Kind != want.Kind || got.Format != want.Format || got.Width != want.Width || got.Height != want.Height ||
			!got.Created.Equal(want.Created) || got.StillFrom != want.StillFrom {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, want)
		}
		if (got.Still != nil) != (want.StillFrom != "") {
			t.Errorf("%s: a still of %d bytes from %q", name, len(got.Still), got.StillFrom)
		}
		if got.Still != nil {
			decoded(t, got.Still)
		}
	}
}

func TestCoverIsThePicture(t *testing.T) {
	for _, name := range []string{"cover.m4a", "cover.mp3", "att.mkv"} {
		img, info := decoded(t, film(t, fixture(t, name)).Still)
		if info.Width != 24 || info.Height != 24 {
			t.Errorf("%s: %+v", name, info)
		}
		if r, g, b, _ := img.At(12, 12).RGBA(); r < 0xF000 || g > 0x1000 || b > 0x1000 {
			t.Errorf("%s: its cover is not red", name)
		}
	}
}

// The frames of cameras leave out the Huffman tables that all of them use.
func TestFramesWithoutTables(t *testing.T) {
	file := jpegOf(t, busy(32, 32))
	s := source{bytes.NewReader(file), int64(len(file))}
	var bare []byte
	off := int64(2)
	for {
		marker, start, end, err := jpegSegment(s, off)
		if err != nil {
			t.Fatal(err)
		}
		if marker == 0xC4 {
			bare = append(bytes.Clone(file[:start-4]), file[end:]...)
			break
		}
		off = end
	}
	img, _ := decoded(t, withTables(bare))
	want, _ := decoded(t, file)
	if !bytes.Equal(toNRGBA(img).Pix, toNRGBA(want).Pix) {
		t.Error("a frame with the usual tables is another picture")
	}
	if !bytes.Equal(withTables(file), file) {
		t.Error("a frame with tables was changed")
	}
}

func mp4Box(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(binary.BigEndian.AppendUint32(nil, uint32(8+len(body))), append([]byte(kind), body...)...)
}

func TestTurnedVideo(t *testing.T) {
	file := fixture(t, "video.mp4")
	at := bytes.Index(file, []byte("tkhd")) + 4 + 40
	// The matrix of a quarter turn: 0 1 / -1 0.
	copy(file[at:], bytes.Join([][]byte{{0, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 0}, {0xFF, 0xFF, 0, 0}, {0, 0, 0, 0}}, nil))
	if got := film(t, file); got.Width != 48 || got.Height != 64 {
		t.Errorf("got %d x %d", got.Width, got.Height)
	}
}

// nothing is a file of zeros that takes no room.
type nothing struct{}

func (nothing) ReadAt(p []byte, _ int64) (int, error) {
	clear(p)
	return len(p), nil
}

type countingReader struct {
	*io.SectionReader
	bytes int
}

func (c *countingReader) ReadAt(p []byte, off int64) (int, error) {
	c.bytes += len(p)
	return c.SectionReader.ReadAt(p, off)
}

// A video of 4 GB, its index behind its frames, and a sound as long: a few reads,
// whatever the size.
func TestHugeFilms(t *testing.T) {
	const frames = 4 << 30
	small := fixture(t, "video.mp4")
	moov := small[bytes.Index(small, []byte("moov"))-4:]
	moov = moov[:binary.BigEndian.Uint32(moov)]
	video := append(mp4Box("ftyp", []byte("isom\x00\x00\x02\x00isom")), "\x00\x00\x00\x01mdat"...)
	video = binary.BigEndian.AppendUint64(video, 16+frames)
	// 88,200 bytes a second, of a size that its header cannot say.
	wav := []byte("RIFF\xFF\xFF\xFF\xFFWAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x44\xAC\x00\x00\x88\x58\x01\x00\x02\x00\x10\x00data\xFF\xFF\xFF\xFF")
	for name, c := range map[string]struct {
		head, tail []byte
		want       FilmInfo
	}{
		"MP4": {video, moov, FilmInfo{Kind: KindVideo, Format: "MP4", Width: 64, Height: 48, Length: 1500 * time.Millisecond}},
		"WAV": {wav, nil, FilmInfo{Kind: KindAudio, Format: "WAV", Length: 48696 * time.Second}},
	} {
		whole := &countingReader{SectionReader: chain{section(c.head), io.NewSectionReader(nothing{}, 0, frames), section(c.tail)}.whole()}
		got, err := Film(context.Background(), whole, whole.Size())
		got.Length, got.Created = got.Length.Round(100*time.Millisecond), time.Time{}
		if name == "WAV" {
			got.Length = got.Length.Round(time.Second)
		}
		if err != nil || got.Kind != c.want.Kind || got.Format != c.want.Format || got.Width != c.want.Width || got.Length != c.want.Length {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if whole.bytes > 64<<10 {
			t.Errorf("%s: %d bytes were read", name, whole.bytes)
		}
	}
}

func TestAMR(t *testing.T) {
	// Fifty frames of 12.2 kbit/s are a second.
	frame := append([]byte{7 << 3}, make([]byte, 31)...)
	got := film(t, append([]byte("#!AMR\n"), bytes.Repeat(frame, 50)...))
	if got.Kind != KindAudio || got.Format != "AMR" || got.Length != time.Second {
		t.Errorf("%+v", got)
	}
	wide := append([]byte{8 << 3}, make([]byte, 60)...)
	if got := film(t, append([]byte("#!AMR-WB\n"), bytes.Repeat(wide, 25)...)); got.Length != 500*time.Millisecond {
		t.Errorf("wide: %+v", got)
	}
}

func TestWhatIsNoFilm(t *testing.T) {
	for name, file := range map[string][]byte{
		"nothing": nil, "text": []byte("this is a text and nothing else"), "a picture": fixture(t, "quad.png"), "HEIC": fixture(t, "quad.heic"),
		"AVIF": fixture(t, "quad.avif"), "animated AVIF": fixture(t, "anim.avif"),
		"zeros": make([]byte, 1000),
	} {
		if got := film(t, file); got.Kind != "" || got.Format != "" || got.Still != nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Sizes that lie, boxes that hold themselves, covers of a gigabyte.
func TestHostileFilms(t *testing.T) {
	big := []byte("\xFF\xFF\xFF\xFF")
	mvhd := mp4Box("mvhd", bytes.Repeat([]byte{0xFF}, 100))
	deep := []byte{}
	for range 2000 {
		deep = mp4Box("mdia", deep)
	}
	for name, file := range map[string][]byte{
		"an endless length": bytes.Join([][]byte{mp4Box("ftyp", []byte("isom0000")), mp4Box("moov", mvhd)}, nil),
		"a vast cover": append(mp4Box("ftyp", []byte("M4A 0000")), mp4Box("moov", mp4Box("udta", mp4Box("meta", make([]byte, 4),
			mp4Box("ilst", mp4Box("covr", append(big, "data0000"...))))))...),
		"a deep track":     append(mp4Box("ftyp", []byte("isom0000")), mp4Box("moov", mp4Box("trak", deep))...),
		"boxes of nothing": append(mp4Box("ftyp", []byte("isom0000")), bytes.Repeat([]byte("\x00\x00\x00\x08free"), 50_000)...),
		"a vast ID3":       append([]byte("ID3\x03\x00\x00\x7F\x7F\x7F\x7FAPIC"), append(big, make([]byte, 100)...)...),
		"a vast MKV":       append([]byte("\x1A\x45\xDF\xA3\x80\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), bytes.Repeat([]byte("\xEC\x80"), 50_000)...),
		"lists in lists":   append([]byte("RIFF\xFF\xFF\xFF\xFFAVI LIST\xFF\xFF\xFF\xFFmovi"), bytes.Repeat([]byte("LIST\xFF\xFF\xFF\x7Frec "), 30_000)...),
	} {
		if got := film(t, file); got.Length < 0 || got.Length > maxLength || got.Still != nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestFilmIsCanceledAndFails(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	file := fixture(t, "video.mp4")
	if _, err := Film(ctx, bytes.NewReader(file), int64(len(file))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := Film(context.Background(), badReader{bytes.NewReader(file)}, int64(len(file))); !errors.Is(err, errDisk) {
		t.Errorf("got %v", err)
	}
}

func FuzzFilm(f *testing.F) {
	for _, name := range []string{
		"video.mp4", "frag.mp4", "mjpeg.mov", "mjpeg.avi", "att.mkv", "v.webm", "cover.m4a", "cover.mp3", "cbr.mp3", "a.wav", "a.opus", "a.flac", "v.wmv",
	} {
		f.Add(fixture(f, name))
	}
	f.Add([]byte("#!AMR\n\x38"))
	f.Fuzz(func(t *testing.T, file []byte) {
		info, err := Film(context.Background(), bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		if info.Length < 0 || info.Length > maxLength || info.Width < 0 || info.Height < 0 || len(info.Still) > maxStill+1024 {
			t.Fatalf("%+v", info)
		}
	})
}
