package bundle

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/picture"
)

// animated is a GIF of two frames.
func animated(t *testing.T) []byte {
	t.Helper()
	var all gif.GIF
	for i := range 2 {
		img := image.NewPaletted(image.Rect(0, 0, 300, 200), color.Palette{color.Gray{uint8(60 + 90*i)}, color.White})
		all.Image, all.Delay = append(all.Image, img), append(all.Delay, 50)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &all); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestEveryFormatIsShown puts pictures of all kinds, a video and sounds into a
// bundle, and reads its pages.
func TestEveryFormatIsShown(t *testing.T) {
	nothingAtOnce(t)
	file := func(name string) []byte {
		raw, err := os.ReadFile(filepath.Join("..", "picture", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	c, m := sampleCase(t, "en")
	c.Exhibits = nil
	var want []string
	add := func(name, mime, says string, raw []byte) {
		c.Exhibits = append(c.Exhibits, Exhibit{Evidence: m.add(name, mime, data.KindOther, raw)})
		want = append(want, says)
	}
	add("quad.heic", "image/heic", "HEIC cannot be placed on a page", file("quad.heic"))
	add("rot.heic", "image/heic", "HEIC cannot be placed on a page", file("rot.heic"))
	add("turned.avif", "image/avif", "AVIF cannot be placed on a page", file("turned.avif"))
	add("anim.avif", "image/avif", "An animation (AVIF): its first frame is shown", file("anim.avif"))
	add("cmyk.jpg", "image/jpeg", "", file("cmyk.jpg"))
	add("rgb16.tiff", "image/tiff", "TIFF cannot be placed on a page", file("rgb16.tiff"))
	add("two.tiff", "image/tiff", "page 2 of 2 of the file", file("two.tiff"))
	add("lossy.webp", "image/webp", "WEBP cannot be placed on a page", file("lossy.webp"))
	add("two.gif", "image/gif", "An animation (GIF): its first frame is shown", animated(t))
	add("cover.m4a", "audio/mp4", "A still that the file carries", file("cover.m4a"))
	add("video.mp4", "video/mp4", "", file("video.mp4"))
	res := export(t, c, m)
	run(t, ".", "qpdf", "--check", res.PDF)
	if len(res.Rejected) > 0 {
		t.Fatalf("not shown: %v", res.Rejected)
	}
	for i, p := range res.Exhibits {
		text := strings.Join(strings.Fields(pageText(t, res.PDF, p.First, p.Last)), " ")
		images := strings.Count(strings.TrimSpace(run(t, ".", "pdfimages", "-list", "-f", itoa(p.First), "-l", itoa(p.Last), res.PDF)), "\n") - 1
		if !strings.Contains(text, want[i]) || (images == 0) != (p.Exhibit.MIME == "video/mp4") {
			t.Errorf("%s, with %d pictures:\n%s", p.Exhibit.Name, images, text)
		}
		if !isFilm(p.Exhibit.MIME) {
			continue
		}
		info, err := picture.Film(t.Context(), bytes.NewReader(m[p.Exhibit.SHA256]), p.Exhibit.Size)
		if err != nil || info.Length == 0 || !strings.Contains(text, filmLength(info.Length)) || !strings.Contains(text, p.Exhibit.SHA256) {
			t.Errorf("%s of %v, %v:\n%s", p.Exhibit.Name, info.Length, err, text)
		}
	}
}

func TestFilmLength(t *testing.T) {
	for seconds, want := range map[int]string{0: "", 4: "0:04", 75: "1:15", 3600: "1:00:00", 45296: "12:34:56"} {
		if got := filmLength(duration(seconds)); got != want {
			t.Errorf("%d seconds: %s, want %s", seconds, got, want)
		}
	}
}

// TestMillionCharacters prints a message of a million characters without a space.
func TestMillionCharacters(t *testing.T) {
	nothingAtOnce(t)
	c, m := sampleCase(t, "en")
	c.Exhibits = nil
	c.Messages = []data.Message{{UID: "m", Direction: data.FromBuyer, SentAt: day(1, 0, 0), Text: strings.Repeat("é", 1_000_000)}}
	c.Statement.Claims = []data.Claim{{Text: "The buyer wrote at length.", Cites: []data.Cite{{Message: "m"}}}}
	res := export(t, c, m)
	text := run(t, ".", "pdftotext", res.PDF, "-")
	if n := strings.Count(text, "é"); n < 1_000_000 {
		t.Errorf("%d of a million characters are there", n)
	}
	if want := fmt.Sprintf("Message of 2026-03-01 08:00, page %d", res.Sections[data.SectionCommunication]); !strings.Contains(text, want) {
		t.Errorf("not found: %s", want)
	}
}
