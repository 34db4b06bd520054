package bag

import (
	"archive/zip"
	"encoding/binary"
	"hash/crc32"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// unicodePathID is the field in which some programs put an entry's name in
// UTF-8, beside the name in the code page of their system. (APPNOTE 4.6.9.)
const unicodePathID = 0x7075

// codePages are what Windows' own "Send to compressed folder" writes names in,
// by the language of the system. Which it is, the manifest tells.
var codePages = []struct {
	name string
	enc  encoding.Encoding
}{
	{"GB18030", simplifiedchinese.GB18030},
	{"Big5", traditionalchinese.Big5},
	{"Shift JIS", japanese.ShiftJIS},
	{"EUC-KR", korean.EUCKR},
	{"code page 437", charmap.CodePage437},
	{"code page 850", charmap.CodePage850},
	{"code page 866", charmap.CodePage866},
	{"Windows-1252", charmap.Windows1252},
}

// entryNames gives the name of each entry in UTF-8. A name in another code page
// is read in the one that makes all of them names in the bag's manifests; where
// there is none, it stays as it is, and is refused later.
func entryNames(zr *zip.Reader, r *Report) []string {
	names := make([]string, len(zr.File))
	foreign := false
	for i, f := range zr.File {
		names[i] = f.Name
		unicode, ok := unicodePath(f)
		switch {
		case ok && !validUTF8(f.Name):
			names[i] = unicode
		case ok && unicode != f.Name:
			r.fail(f.Name, KindUnsafe, sayOtherFile, "reason", saySecondName.English)
		}
		foreign = foreign || !validUTF8(names[i])
	}
	if !foreign {
		return names
	}
	listed := listedText(zr)
	for _, page := range codePages {
		if decoded, ok := decodeNames(names, page.enc, listed); ok {
			r.warn("", KindNameForm, sayCodePage, "encoding", page.name)
			return decoded
		}
	}
	return names
}

// unicodePath reads the field of an entry; it counts only for the name that it
// was made for.
func unicodePath(f *zip.File) (string, bool) {
	field := extraField(f.Extra, unicodePathID)
	if len(field) < 6 || field[0] != 1 || binary.LittleEndian.Uint32(field[1:]) != crc32.ChecksumIEEE([]byte(f.Name)) {
		return "", false
	}
	return string(field[5:]), true
}

// listedText is the text of the payload manifests, at most 16 MB of each.
func listedText(zr *zip.Reader) string {
	const most = 16 << 20
	var text strings.Builder
	for _, f := range zr.File {
		m := manifestName.FindStringSubmatch(path.Base(f.Name))
		if m == nil || m[1] != "" || strings.Count(f.Name, "/") > 1 {
			continue
		}
		if content, err := f.Open(); err == nil {
			_, _ = io.Copy(&text, io.LimitReader(content, most)) // what cannot be read names nothing
			_ = content.Close()
		}
	}
	return text.String()
}

// decodeNames decodes the names that are not UTF-8, if each file among them is
// then one that a manifest lists.
func decodeNames(names []string, enc encoding.Encoding, listed string) ([]string, bool) {
	decoded := make([]string, len(names))
	for i, name := range names {
		decoded[i] = name
		if validUTF8(name) {
			continue
		}
		text, err := enc.NewDecoder().String(name)
		if err != nil || strings.ContainsRune(text, '\ufffd') {
			return nil, false
		}
		_, inside, _ := strings.Cut("/"+text, "/data/")
		if !strings.HasSuffix(text, "/") && (inside == "" || !strings.Contains(listed, "data/"+inside)) {
			return nil, false
		}
		decoded[i] = text
	}
	return decoded, true
}
