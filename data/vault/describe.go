package vault

import (
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // so that image.DecodeConfig knows it
	_ "image/jpeg" // so that image.DecodeConfig knows it
	_ "image/png"  // so that image.DecodeConfig knows it
	"io"
	"math"
	"strings"
	"time"

	"github.com/bep/imagemeta"
	_ "golang.org/x/image/bmp"  // so that image.DecodeConfig knows it
	_ "golang.org/x/image/tiff" // so that image.DecodeConfig knows it
	_ "golang.org/x/image/webp" // so that image.DecodeConfig knows it

	"casebinder/data"
)

// Meta is what a picture says of itself. A camera's clock may be wrong, and a
// file's EXIF can be edited: it is what the file says, not what happened.
type Meta struct {
	CapturedAt  time.Time // zero when not known; UTC when HasZone, else the camera's wall clock written as UTC
	HasZone     bool      // the file says in which zone the clock ran
	Device      string    // maker and model
	HasPlace    bool      // Lat and Lon are known
	Lat, Lon    float64   // degrees, north and east positive
	Width       int       // pixels as stored, before Orientation; 0 when not known
	Height      int
	Orientation int // as in EXIF, 1 to 8; 0 when not known
}

var problemPicture = data.DefineProblem("vault_picture", data.ErrInvalid,
	"The picture's description cannot be read: {detail}.",
	"The file was kept as it is. Type in when and where it was taken.")

// formats are the types that can hold EXIF.
var formats = map[string]imagemeta.ImageFormat{
	"image/jpeg": imagemeta.JPEG, "image/png": imagemeta.PNG, "image/tiff": imagemeta.TIFF,
	"image/webp": imagemeta.WebP, "image/heic": imagemeta.HEIF, "image/avif": imagemeta.AVIF,
}

// Bounds on what a hostile file can make the reading cost.
const (
	maxTags    = 2000
	maxTagSize = 4096     // bytes
	maxRead    = 64 << 20 // bytes
	maxSteps   = 200_000  // reads and seeks
	maxSide    = 1 << 20  // pixels
)

// Describe reads what a picture of a type (as Sniff tells it) says of itself.
// What is not a picture gives an empty Meta. A file that cannot be read gives
// what was found before, with a problem of kind data.ErrInvalid. It never
// panics, whatever the file holds.
func Describe(r io.ReadSeeker, mime string) (m Meta, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = problemPicture.Wrap(fmt.Errorf("reading a picture: %v", p), "detail", "its parts contradict each other")
		}
	}()
	if !strings.HasPrefix(mime, "image/") {
		return Meta{}, nil
	}
	if format, ok := formats[mime]; ok {
		err = readEXIF(r, format, &m)
	}
	if m.Width == 0 || m.Height == 0 {
		readSize(r, &m)
	}
	if err == nil && m.Width == 0 {
		err = problemPicture.New("detail", "not even its size is there")
	}
	return m, err
}

// readEXIF reads the EXIF block alone: XMP and IPTC are written by editors,
// not by cameras.
func readEXIF(r io.ReadSeeker, format imagemeta.ImageFormat, m *Meta) error {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("reading a picture: %w", err)
	}
	var tags imagemeta.Tags
	res, err := imagemeta.Decode(imagemeta.Options{
		R: &bounded{r: r}, ImageFormat: format, Sources: imagemeta.EXIF | imagemeta.CONFIG,
		LimitNumTags: maxTags, LimitTagSize: maxTagSize,
		ShouldHandleTag: func(t imagemeta.TagInfo) bool { return strings.HasPrefix(t.Namespace, "IFD0") },
		HandleTag: func(t imagemeta.TagInfo) error {
			tags.Add(t)
			return nil
		},
	})
	if w, h := res.ImageConfig.Width, res.ImageConfig.Height; w > 0 && h > 0 && w < maxSide && h < maxSide {
		m.Width, m.Height = w, h
	}
	exif := tags.EXIF()
	m.CapturedAt, m.HasZone = captured(exif)
	m.Device = device(exif)
	if v, ok := number(exif["Orientation"].Value); ok && v >= 1 && v <= 8 {
		m.Orientation = v
	}
	m.setPlace(&tags)
	if err != nil {
		return problemPicture.Wrap(err, "detail", reason(err))
	}
	return nil
}

// setPlace takes the place where a picture was taken. Zero and zero is what
// cameras write that do not know it.
func (m *Meta) setPlace(tags *imagemeta.Tags) {
	exif := tags.EXIF()
	_, hasLat := exif["GPSLatitude"]
	_, hasLon := exif["GPSLongitude"]
	if !hasLat || !hasLon {
		return
	}
	if lat, lon, err := tags.GetLatLong(); err == nil && math.Abs(lat) <= 90 && math.Abs(lon) <= 180 && (lat != 0 || lon != 0) {
		m.HasPlace, m.Lat, m.Lon = true, lat, lon
	}
}

// bounded ends a reading that costs too much: a directory that points at itself,
// a block that claims gigabytes.
type bounded struct {
	r           io.ReadSeeker
	steps, read int
}

var errTooMuch = errors.New("reading a picture takes too long")

func (b *bounded) Read(p []byte) (int, error) {
	if b.steps++; b.steps > maxSteps || b.read > maxRead {
		return 0, errTooMuch
	}
	n, err := b.r.Read(p)
	b.read += n
	return n, err
}

func (b *bounded) Seek(offset int64, whence int) (int64, error) {
	if b.steps++; b.steps > maxSteps {
		return 0, errTooMuch
	}
	return b.r.Seek(offset, whence)
}

func reason(err error) string {
	if imagemeta.IsInvalidFormat(err) {
		return "its structure is broken"
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return "it ends too early"
	}
	return "it is not what it seems"
}

// captured reads when the shutter opened (DateTimeOriginal, else when the
// picture was digitized), never when the file was last edited.
func captured(exif map[string]imagemeta.TagInfo) (time.Time, bool) {
	for _, tag := range [][2]string{{"DateTimeOriginal", "OffsetTimeOriginal"}, {"DateTimeDigitized", "OffsetTimeDigitized"}, {"CreateDate", "OffsetTimeDigitized"}} {
		clock := text(exif[tag[0]].Value)
		at, err := time.Parse("2006:01:02 15:04:05", clock)
		if err != nil || at.Year() < 1980 {
			continue
		}
		if zone, err := time.Parse("-07:00", text(exif[tag[1]].Value)); err == nil {
			_, offset := zone.Zone()
			return at.Add(-time.Duration(offset) * time.Second), true
		}
		return at, false
	}
	return time.Time{}, false
}

func device(exif map[string]imagemeta.TagInfo) string {
	maker, model := text(exif["Make"].Value), text(exif["Model"].Value)
	if strings.HasPrefix(strings.ToLower(model), strings.ToLower(maker)) {
		return model
	}
	return strings.TrimSpace(maker + " " + model)
}

// text reads a tag as one line of at most 100 characters.
func text(v any) string {
	s, ok := v.(string)
	if !ok {
		return ""
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.TrimSpace(s)
	if runes := []rune(s); len(runes) > 100 {
		s = string(runes[:100])
	}
	return s
}

func number(v any) (int, bool) {
	switch v := v.(type) {
	case uint8:
		return int(v), true
	case uint16:
		return int(v), true
	case uint32:
		return int(v), true
	case int:
		return v, true
	}
	return 0, false
}

// readSize reads the size of a picture from its own header.
func readSize(r io.ReadSeeker, m *Meta) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return
	}
	c, _, err := image.DecodeConfig(io.LimitReader(r, 16<<20))
	if err == nil && c.Width > 0 && c.Height > 0 && c.Width < maxSide && c.Height < maxSide {
		m.Width, m.Height = c.Width, c.Height
	}
}
