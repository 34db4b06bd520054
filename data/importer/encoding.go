package importer

import (
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encodings that the code names.
const (
	encUTF8  = "utf-8"
	encLE    = "utf-16le"
	encBE    = "utf-16be"
	encGB    = "gb18030"
	encSJIS  = "shift_jis"
	encLatin = "windows-1252"
)

// known is an encoding with the languages that are written in it, in the order in
// which a choice shows it. One without languages is never guessed.
type knownEncoding struct {
	name  string
	codec encoding.Encoding // nil: UTF-8
	langs []*tongue
}

var western = []*tongue{german, french, spanish, portuguese, italian, swedish, danish, icelandic, dutch, catalan, albanian}

// eastern are the other languages of Latin letters.
var eastern = []*tongue{polish, czech, slovak, magyar, romanian, croatian, turkish, lithuanian, latvian, estonian, vietnamese}

// allEncodings lists what can be read. Where two read a text alike, the first is
// taken.
var allEncodings = []knownEncoding{
	{encUTF8, nil, slices.Concat(western, eastern, []*tongue{
		russian, ukrainian, bulgarian, serbian, belarusian, greek, hebrew, arabic, thai, simplified, traditional, nihongo, koreanSigns,
	})},
	{encLE, xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM), nil},
	{encBE, xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM), nil},
	{encLatin, charmap.Windows1252, western},
	{encGB, simplifiedchinese.GB18030, []*tongue{simplified}},
	{"big5", traditionalchinese.Big5, []*tongue{traditional}},
	{encSJIS, japanese.ShiftJIS, []*tongue{nihongo}},
	{"euc-jp", japanese.EUCJP, []*tongue{nihongo}},
	{"euc-kr", korean.EUCKR, []*tongue{koreanSigns}},
	{"windows-1250", charmap.Windows1250, []*tongue{polish, czech, slovak, magyar, romanian, croatian, german, albanian}},
	{"windows-1251", charmap.Windows1251, []*tongue{russian, ukrainian, bulgarian, serbian, belarusian}},
	{"windows-1253", charmap.Windows1253, []*tongue{greek}},
	{"windows-1254", charmap.Windows1254, []*tongue{turkish, german, french, spanish, italian}},
	{"windows-1255", charmap.Windows1255, []*tongue{hebrew}},
	{"windows-1256", charmap.Windows1256, []*tongue{arabic, french}},
	{"windows-1257", charmap.Windows1257, []*tongue{lithuanian, latvian, estonian, swedish, german}},
	{"windows-1258", charmap.Windows1258, nil},
	{"windows-874", charmap.Windows874, []*tongue{thai}},
	{"macintosh", charmap.Macintosh, western},
	{"koi8-r", charmap.KOI8R, []*tongue{russian, bulgarian}},
	{"iso-8859-2", charmap.ISO8859_2, []*tongue{polish, czech, slovak, magyar, romanian, croatian, german}},
	{"ibm850", charmap.CodePage850, western},
	{"ibm852", charmap.CodePage852, []*tongue{polish, czech, slovak, magyar, romanian, croatian}},
	{"ibm866", charmap.CodePage866, []*tongue{russian, ukrainian, belarusian}},
	{"iso-8859-5", charmap.ISO8859_5, nil},
	{"iso-8859-7", charmap.ISO8859_7, nil},
	{"iso-8859-9", charmap.ISO8859_9, nil},
	{"iso-8859-15", charmap.ISO8859_15, nil},
}

// Encodings lists the encodings of text that can be read, in the order in which
// a choice shows them.
func Encodings() []string {
	names := make([]string, len(allEncodings))
	for i, e := range allEncodings {
		names[i] = e.name
	}
	return names
}

// encodingAliases are other names of encodings, as programs write them.
var encodingAliases = map[string]string{
	"utf8": encUTF8, "utf-8-sig": encUTF8, "unicode": encLE, "utf-16": encLE, "utf16": encLE, "gbk": encGB, "gb2312": encGB, "cp936": encGB,
	"ansi": encLatin, "latin1": encLatin, "latin-1": encLatin, "iso-8859-1": encLatin, "ascii": encUTF8, "sjis": encSJIS,
	"shift-jis": encSJIS, "cp932": encSJIS, "windows-31j": encSJIS, "cp950": "big5", "cp949": "euc-kr", "euckr": "euc-kr", "eucjp": "euc-jp",
	"cp850": "ibm850", "cp852": "ibm852", "cp866": "ibm866", "latin2": "iso-8859-2", "latin-2": "iso-8859-2",
	"tis-620": "windows-874", "cp874": "windows-874", "mac": "macintosh", "macroman": "macintosh", "mac-roman": "macintosh", "koi8r": "koi8-r",
}

// EncodingByName finds an encoding by a name that people use, such as cp1251 or
// GBK. An unknown one is a Problem.
func EncodingByName(name string) (string, error) {
	n := strings.ToLower(strings.TrimSpace(strings.ReplaceAll(name, "_", "-")))
	if n == "shift-jis" {
		n = encSJIS
	}
	for _, prefix := range []string{"cp125", "win125", "win-125", "windows125"} {
		if rest, ok := strings.CutPrefix(n, prefix); ok {
			n = "windows-125" + rest
		}
	}
	if alias, ok := encodingAliases[n]; ok {
		n = alias
	}
	if encodingOf(n) == nil {
		return "", problemEncoding.New("encoding", name, "list", strings.Join(Encodings(), ", "))
	}
	return n, nil
}

func encodingOf(name string) *knownEncoding {
	i := slices.IndexFunc(allEncodings, func(e knownEncoding) bool { return e.name == name })
	if i < 0 {
		return nil
	}
	return &allEncodings[i]
}

// decoded reads a source as UTF-8.
func decoded(r io.Reader, enc string) (io.Reader, error) {
	e := encodingOf(enc)
	if e == nil {
		return nil, problemEncoding.New("encoding", enc, "list", strings.Join(Encodings(), ", "))
	}
	if e.codec == nil {
		return &skipBOM{r: r}, nil
	}
	return transform.NewReader(r, e.codec.NewDecoder()), nil
}

// skipBOM leaves out a UTF-8 byte order mark.
type skipBOM struct {
	r    io.Reader
	done bool
}

func (s *skipBOM) Read(p []byte) (int, error) {
	if s.done || len(p) < 3 {
		s.done = true
		return s.r.Read(p)
	}
	s.done = true
	n, err := io.ReadFull(s.r, p[:3])
	if n == 3 && string(p[:3]) == "\xEF\xBB\xBF" {
		return s.r.Read(p)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	return n, err
}
