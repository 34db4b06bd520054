package vault

import (
	"bytes"
	"encoding/binary"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebinder/data"
)

// sniffSize is how much of a file's beginning tells what it is.
const sniffSize = 4096

// Binary is the type of content that is not known.
const Binary = "application/octet-stream"

// magic lists types that a fixed text at a fixed place tells.
var magic = []struct {
	at   int
	text string
	mime string
}{
	{0, "\xff\xd8\xff", "image/jpeg"},
	{0, "\x89PNG\r\n\x1a\n", "image/png"},
	{0, "GIF87a", "image/gif"},
	{0, "GIF89a", "image/gif"},
	{0, "II*\x00", "image/tiff"},
	{0, "MM\x00*", "image/tiff"},
	{0, "%PDF-", "application/pdf"},
	{0, "PK\x03\x04", "application/zip"},
	{0, "PK\x05\x06", "application/zip"},
	{0, "\x1a\x45\xdf\xa3", "video/webm"},
	{0, "ID3", "audio/mpeg"},
	{0, "7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"},
	{0, "Rar!\x1a\x07", "application/vnd.rar"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"},
	{4, "ftypqt  ", "video/quicktime"},
	{4, "moov", "video/quicktime"},
}

// brands lists the types of files in ISO base media format by their major
// brand (ISO/IEC 14496-12, 23008-12); others are MP4.
var brands = map[string]string{
	"heic": "image/heic", "heix": "image/heic", "heim": "image/heic", "heis": "image/heic",
	"hevc": "image/heic", "hevx": "image/heic", "mif1": "image/heic", "msf1": "image/heic",
	"avif": "image/avif", "avis": "image/avif", "M4A ": "audio/mp4",
}

// Sniff tells a file's type from its beginning (4 KB are enough), without
// parameters: "image/jpeg", "text/plain", or Binary when it is not known. The
// name of a file says nothing about it.
func Sniff(head []byte) string {
	for _, m := range magic {
		if len(head) >= m.at+len(m.text) && string(head[m.at:m.at+len(m.text)]) == m.text {
			return m.mime
		}
	}
	switch {
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return "image/webp"
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WAVE":
		return "audio/wav"
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return sniffBrands(head)
	case isBitmap(head):
		return "image/bmp"
	case isMP3(head):
		return "audio/mpeg"
	}
	return sniffText(head)
}

// sniffBrands tells the types of files in ISO base media format. Those that call
// themselves a picture of any codec say which among their other brands.
func sniffBrands(head []byte) string {
	major := string(head[8:12])
	if major == "mif1" || major == "msf1" {
		end := min(uint64(len(head)), uint64(binary.BigEndian.Uint32(head)))
		for i := 16; uint64(i)+4 <= end; i += 4 {
			if mime := brands[string(head[i:i+4])]; mime == "image/avif" {
				return mime
			}
		}
	}
	if mime, ok := brands[major]; ok {
		return mime
	}
	return "video/mp4"
}

// isBitmap wants the size of a known information header after the letters BM.
func isBitmap(head []byte) bool {
	if len(head) < 18 || string(head[:2]) != "BM" {
		return false
	}
	switch head[14] {
	case 12, 16, 40, 52, 56, 64, 108, 124:
		return head[15] == 0 && head[16] == 0 && head[17] == 0
	}
	return false
}

// isMP3 wants the header of an MPEG audio frame, layer III, with a bit rate and
// a sampling rate that exist.
func isMP3(head []byte) bool {
	return len(head) >= 4 && head[0] == 0xff && head[1]&0xe6 == 0xe2 && head[2]&0xf0 != 0xf0 && head[2]&0xf0 != 0 && head[2]&0x0c != 0x0c
}

// sniffText tells mails and web pages from other text.
func sniffText(head []byte) string {
	if !isText(head) {
		return Binary
	}
	body := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	lower := strings.ToLower(string(body[:min(len(body), 256)]))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body"} {
		if strings.HasPrefix(lower, tag) {
			return "text/html"
		}
	}
	if isMail(body) {
		return "message/rfc822"
	}
	return "text/plain"
}

// isText reports whether the beginning of a file is text: UTF-16 by its mark,
// else no control characters; in an encoding of 8 bits or more.
func isText(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return true
	}
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b || c == 0x7f {
			return false
		}
	}
	return len(head) > 0
}

// mailFields are fields that a mail begins with. (RFC 5322.)
var mailFields = map[string]bool{
	"from": true, "to": true, "date": true, "subject": true, "received": true, "message-id": true, "mime-version": true,
	"return-path": true, "delivered-to": true, "reply-to": true, "dkim-signature": true, "content-type": true, "x-received": true,
}

// isMail wants three fields of a mail before the first empty line.
func isMail(body []byte) bool {
	known := 0
	for _, line := range strings.Split(string(body), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			continue // folded
		}
		name, _, ok := strings.Cut(line, ":")
		if !ok || strings.ContainsAny(name, " \t") {
			return false
		}
		if mailFields[strings.ToLower(name)] {
			known++
		}
	}
	return known >= 3
}

// contents lists, for each extension that promises a content, the types that
// keep the promise.
var contents = map[string][]string{
	".jpg": {"image/jpeg"}, ".jpeg": {"image/jpeg"}, ".jpe": {"image/jpeg"}, ".jfif": {"image/jpeg"},
	".png": {"image/png"}, ".gif": {"image/gif"}, ".webp": {"image/webp"}, ".bmp": {"image/bmp"},
	".tif": {"image/tiff"}, ".tiff": {"image/tiff"}, ".heic": {"image/heic"}, ".heif": {"image/heic"}, ".avif": {"image/avif"},
	".pdf": {"application/pdf"}, ".zip": {"application/zip"},
	".docx": {"application/zip"}, ".xlsx": {"application/zip"}, ".pptx": {"application/zip"},
	".mp4": {"video/mp4", "video/quicktime"}, ".m4v": {"video/mp4"}, ".mov": {"video/quicktime", "video/mp4"},
	".webm": {"video/webm"}, ".mkv": {"video/webm"}, ".mp3": {"audio/mpeg"}, ".m4a": {"audio/mp4", "video/mp4"}, ".wav": {"audio/wav"},
	".txt": {"text/plain", "message/rfc822", "text/html"}, ".csv": {"text/plain"}, ".eml": {"message/rfc822", "text/plain"},
	".mhtml": {"message/rfc822", "text/plain"}, ".mht": {"message/rfc822", "text/plain"},
	".html": {"text/html", "text/plain"}, ".htm": {"text/html", "text/plain"},
}

// Mismatch reports whether a name promises another content than the file has:
// a photo that is not one.
func Mismatch(name, mime string) bool {
	promised, ok := contents[strings.ToLower(filepath.Ext(name))]
	if !ok {
		return false
	}
	for _, p := range promised {
		if p == mime {
			return false
		}
	}
	return true
}

// SafeName makes a name that any system takes out of one that anybody gave: no
// folder, no control characters, none of the signs that Windows or a shell
// reads, at most 100 bytes with the extension kept, and never empty.
func SafeName(name string) string {
	name = strings.ToValidUTF8(name, "_")
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || strings.ContainsRune(" ._-()", r) {
			return r
		}
		return '_'
	}, name)
	name = strings.Trim(name, " .")
	ext := filepath.Ext(name)
	if len(ext) > 10 {
		ext = ""
	}
	base := strings.TrimRight(shorten(strings.TrimSuffix(name, ext), 100-len(ext)), " .")
	if base == "" || data.IsWindowsDevice(base) || strings.HasPrefix(base, "-") {
		base = "file_" + base
	}
	return base + ext
}

func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	s = s[:limit]
	for s != "" && !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s
}
