package vault

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSniff(t *testing.T) {
	for _, c := range []struct{ name, head, want string }{
		{"jpeg", "\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"},
		{"png", "\x89PNG\r\n\x1a\n\x00\x00", "image/png"},
		{"gif", "GIF89a\x01\x00", "image/gif"},
		{"webp", "RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"},
		{"heic", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "image/heic"},
		{"heif of other encoders", "\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00", "image/heic"},
		{"avif", "\x00\x00\x00\x20ftypavif\x00\x00\x00\x00avifmif1miafMA1B", "image/avif"},
		{"animated avif", "\x00\x00\x00\x1cftypavis\x00\x00\x00\x00avismsf1miaf", "image/avif"},
		{"avif that calls itself a picture", "\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf", "image/avif"},
		{"heif with avif behind its brands", "\x00\x00\x00\x14ftypmif1\x00\x00\x00\x00heicavif", "image/heic"},
		{"tiff, Intel", "II*\x00\x08\x00\x00\x00", "image/tiff"},
		{"tiff, Motorola", "MM\x00*\x00\x00\x00\x08", "image/tiff"},
		{"bmp", "BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00", "image/bmp"},
		{"text that begins with BM", "BMW parts, as ordered", "text/plain"},
		{"pdf", "%PDF-1.7\n", "application/pdf"},
		{"mp4", "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "video/mp4"},
		{"mov", "\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00", "video/quicktime"},
		{"webm", "\x1a\x45\xdf\xa3\x9f\x42\x86\x81", "video/webm"},
		{"mp3 with tags", "ID3\x04\x00\x00\x00\x00\x00\x00", "audio/mpeg"},
		{"mp3 without", "\xff\xfb\x90\x64\x00\x00", "audio/mpeg"},
		{"zip", "PK\x03\x04\x14\x00", "application/zip"},
		{"text", "Dear buyer,\nyour parcel", "text/plain"},
		{"Chinese text", "您好，包裹", "text/plain"},
		{"GB18030 text", "\xc4\xfa\xba\xc3", "text/plain"},
		{"UTF-16 text", "\xff\xfea\x00b\x00", "text/plain"},
		{"mail", "Received: from a\r\n by b\r\nFrom: a@example.com\r\nSubject: hi\r\n\r\nbody", "message/rfc822"},
		{"text with two colons", "From: here\nTo: there\n\nwalk", "text/plain"},
		{"page", "\xef\xbb\xbf  <!DOCTYPE html><html>", "text/html"},
		{"binary", "\x00\x01\x02\x03", Binary},
		{"nothing", "", Binary},
	} {
		if got := Sniff([]byte(c.head)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestMismatch(t *testing.T) {
	for _, c := range []struct {
		name, mime string
		want       bool
	}{
		{"a.jpg", "image/jpeg", false},
		{"A.JPEG", "image/jpeg", false},
		{"a.jpg", "text/html", true},
		{"a.jpg", "image/png", true},
		{"a.pdf", "application/zip", true},
		{"a.mov", "video/mp4", false},
		{"noextension", "image/png", false},
		{"a.unknown", Binary, false},
		{"a.xlsx", "application/zip", false},
	} {
		if got := Mismatch(c.name, c.mime); got != c.want {
			t.Errorf("Mismatch(%q, %q) = %v", c.name, c.mime, got)
		}
	}
}

func TestSafeName(t *testing.T) {
	for in, want := range map[string]string{
		"../../etc/passwd":                "passwd",
		`C:\Users\x\photo.jpg`:            "photo.jpg",
		"con.txt":                         "file_con.txt",
		"COM1":                            "file_COM1",
		"-rf":                             "file_-rf",
		"":                                "file_",
		"...":                             "file_",
		"a%41\x00b.png":                   "a_41_b.png",
		"照片 1.jpg":                        "照片 1.jpg",
		strings.Repeat("x", 300) + ".jpg": strings.Repeat("x", 96) + ".jpg",
	} {
		if got := SafeName(in); got != want {
			t.Errorf("SafeName(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	for _, s := range []string{"a.jpg", "../x", "con", "é\xff", "a.\u0301", strings.Repeat("照", 90) + ".jpg"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := SafeName(s)
		if got == "" || len(got) > 110 || strings.ContainsAny(got, `/\:*?"<>|%`+"\x00\n") || !utf8.ValidString(got) || got[0] == '.' || got[0] == '-' {
			t.Errorf("SafeName(%q) = %q", s, got)
		}
	})
}

func FuzzSniff(f *testing.F) {
	for _, s := range []string{"", "BM", "RIFF....WEBP", "....ftypheic", "\xff\xfb", "From: a\n", "<html"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if !strings.Contains(Sniff(b), "/") {
			t.Error("no type")
		}
	})
}
