package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const headSize = 256 << 10 // bytes that are looked at to tell what a file is

// The encodings that are told apart by themselves; the others can be chosen.
const (
	encUTF8  = "utf-8"
	encLE    = "utf-16le"
	encBE    = "utf-16be"
	encGB    = "gb18030"
	encSJIS  = "shift_jis"
	encLatin = "windows-1252"
)

var encodings = map[string]encoding.Encoding{
	encUTF8: nil,
	encLE:   xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM),
	encBE:   xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM),
	encGB:   simplifiedchinese.GB18030, encSJIS: japanese.ShiftJIS, encLatin: charmap.Windows1252,
	"big5": traditionalchinese.Big5, "euc-kr": korean.EUCKR, "euc-jp": japanese.EUCJP,
	"windows-1250": charmap.Windows1250, "windows-1251": charmap.Windows1251, "iso-8859-15": charmap.ISO8859_15,
}

// Encodings lists the encodings of text that can be read, in the order in which
// a choice shows them. The first six are told apart by Inspect.
func Encodings() []string {
	return []string{
		encUTF8, encLE, encBE, encGB, encSJIS, encLatin, "big5", "euc-kr", "euc-jp", "windows-1250", "windows-1251", "iso-8859-15",
	}
}

// decoded reads a source as UTF-8.
func decoded(r io.Reader, enc string) (io.Reader, error) {
	e, ok := encodings[enc]
	if !ok {
		return nil, problemEncoding.New("encoding", enc)
	}
	if e == nil {
		return &skipBOM{r: r}, nil
	}
	return transform.NewReader(r, e.NewDecoder()), nil
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

// head reads the beginning of a source.
func (s *Source) head(n int) ([]byte, error) {
	b := make([]byte, min(int64(n), s.Size))
	got, err := s.r.ReadAt(b, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading %s: %w", s.Name, err)
	}
	return b[:got], nil
}

// container tells what kind of file it is, and refuses what no table is in.
func (s *Source) container() (Format, error) {
	if s.Size == 0 {
		return "", problemEmpty.New("file", s.Name)
	}
	b, err := s.head(4096)
	if err != nil {
		return "", err
	}
	begins := func(magic string) bool { return bytes.HasPrefix(b, []byte(magic)) }
	text := strings.ToLower(string(bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")), " \t\r\n")))
	switch {
	case begins("PK\x03\x04"), begins("PK\x05\x06"):
		return FormatXLSX, s.below(MaxSheetSize)
	case begins("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		return FormatXLS, s.below(MaxSheetSize)
	case begins("\x09\x08"), begins("\x09\x04\x06\x00"), begins("\x09\x02\x06\x00"):
		return "", problemOldSheet.New("file", s.Name, "detail", "Excel 5 or older")
	case strings.HasPrefix(text, "<?xml") && strings.Contains(text, "schemas-microsoft-com:office:spreadsheet"):
		return "", problemOldSheet.New("file", s.Name, "detail", "XML Spreadsheet 2003")
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"), strings.HasPrefix(text, "<table"),
		strings.HasPrefix(text, "<?xml"), strings.HasPrefix(text, "<meta"), strings.HasPrefix(text, "<head"):
		return "", problemHTML.New("file", s.Name)
	case begins("%PDF"), begins("\x89PNG"), begins("\xFF\xD8\xFF"), begins("GIF8"), begins("\x1F\x8B"), begins("7z\xBC\xAF"),
		begins("Rar!"), begins("RIFF"), begins("\x7FELF"), begins("MZ"), begins("SQLite format 3"), begins("BZh"), begins("\xFD7zXZ"):
		return "", problemBinary.New("file", s.Name)
	}
	return FormatText, s.below(MaxTextSize)
}

func (s *Source) below(limit int64) error {
	if s.Size > limit {
		return problemTooLarge.New("file", s.Name, "size", size(s.Size), "limit", size(limit))
	}
	return nil
}

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}

// sniffEncoding tells the encoding of text. Known says how many known headers
// with letters beyond ASCII the text has when it is decoded so: the strongest
// proof.
func (s *Source) sniffEncoding(ctx context.Context, known func(text []byte) int) (string, error) {
	b, err := s.head(headSize)
	if err != nil {
		return "", err
	}
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		return encUTF8, nil
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return encLE, nil
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return encBE, nil
	}
	if enc, ok := sixteen(b); ok {
		return enc, nil
	}
	if controls(b)*20 > len(b) {
		return "", problemBinary.New("file", s.Name)
	}
	at, err := s.firstInvalid(ctx)
	if err != nil {
		return "", err
	}
	if at < 0 {
		return encUTF8, nil
	}
	sample := b
	if at >= int64(len(b)) {
		around := make([]byte, headSize)
		n, err := s.r.ReadAt(around, at)
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("reading %s: %w", s.Name, err)
		}
		sample = around[:n]
	}
	return guessEncoding(b, sample, known), nil
}

// sixteen tells UTF-16 without a mark by where its zeros are: the letters,
// digits and separators of a table have one in each pair.
func sixteen(b []byte) (string, bool) {
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i%2]++
		}
	}
	pairs := len(b) / 2
	switch {
	case pairs < 4:
		return "", false
	case zeros[1]*5 >= pairs && zeros[0]*100 <= pairs:
		return encLE, true
	case zeros[0]*5 >= pairs && zeros[1]*100 <= pairs:
		return encBE, true
	}
	return "", false
}

// controls counts bytes that no text has.
func controls(b []byte) int {
	n := 0
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' || c == 0x7F {
			n++
		}
	}
	return n
}

// firstInvalid finds the first byte that is not UTF-8, -1 for none. A character
// that the end of the file cuts off is no fault of the encoding.
func (s *Source) firstInvalid(ctx context.Context) (int64, error) {
	buf := make([]byte, 1<<20)
	var at int64
	for at < s.Size {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		n, err := s.r.ReadAt(buf, at)
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, fmt.Errorf("reading %s: %w", s.Name, err)
		}
		if n == 0 {
			break
		}
		b := buf[:n]
		whole := len(b)
		for back := 1; back <= 3 && back <= len(b); back++ {
			if c := b[len(b)-back]; utf8.RuneStart(c) {
				if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-back:]) {
					whole = len(b) - back
				}
				break
			}
		}
		if !utf8.Valid(b[:whole]) {
			return at + int64(invalidAt(b[:whole])), nil
		}
		if whole == 0 {
			break
		}
		at += int64(whole)
	}
	return -1, nil
}

func invalidAt(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

// guessEncoding chooses for text that is not all UTF-8.
func guessEncoding(head, sample []byte, known func([]byte) int) string {
	if valid, invalid := countUTF8(sample); valid >= 20*invalid {
		return encUTF8
	}
	best, hits := "", 0
	for _, enc := range []string{encGB, encSJIS, encLatin} {
		text, err := encodings[enc].NewDecoder().Bytes(head)
		if err != nil {
			continue
		}
		if n := known(text); n > hits {
			best, hits = enc, n
		}
	}
	if best != "" {
		return best
	}
	score := -1e9
	for _, c := range []struct {
		enc   string
		score float64
	}{{encGB, scoreGB(sample)}, {encSJIS, scoreSJIS(sample)}, {encLatin, scoreLatin(sample)}} {
		if c.score > score {
			best, score = c.enc, c.score
		}
	}
	return best
}

func countUTF8(b []byte) (valid, invalid int) {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			if utf8.FullRune(b[i:]) {
				invalid++
			}
		case n > 1:
			valid++
		}
		i += n
	}
	return valid, invalid
}

// scoreGB says how much text looks like GB18030, from -10 to 1 a character:
// everyday Chinese is level 1 of GB 2312.
func scoreGB(b []byte) float64 {
	return score(b, func(rest []byte) (int, float64) {
		if len(rest) < 2 {
			return len(rest), 0
		}
		lead, trail := rest[0], rest[1]
		switch {
		case lead == 0x80 || lead == 0xFF:
			return 1, -10
		case trail >= 0x30 && trail <= 0x39:
			if len(rest) >= 4 && rest[2] >= 0x81 && rest[3] >= 0x30 && rest[3] <= 0x39 {
				return 4, 0
			}
			return 1, -10
		case trail < 0x40 || trail == 0x7F || trail == 0xFF:
			return 1, -10
		case trail < 0xA1 || lead < 0xA1:
			return 2, -0.5
		case lead <= 0xA3:
			return 2, 1
		case lead >= 0xB0 && lead <= 0xD7:
			return 2, 1
		case lead >= 0xD8 && lead <= 0xF7:
			return 2, 0.2
		}
		return 2, -0.5
	})
}

// scoreSJIS says how much text looks like Shift-JIS: everyday Japanese is kana
// and level 1 kanji.
func scoreSJIS(b []byte) float64 {
	return score(b, func(rest []byte) (int, float64) {
		lead := rest[0]
		if lead >= 0xA1 && lead <= 0xDF {
			return 1, -0.3 // half-width kana
		}
		if len(rest) < 2 {
			return 1, 0
		}
		trail := rest[1]
		switch {
		case lead == 0x80 || lead == 0xA0 || lead >= 0xFD || trail < 0x40 || trail == 0x7F || trail > 0xFC:
			return 1, -10
		case lead == 0x82 && trail >= 0x9F, lead == 0x83 && trail <= 0x96:
			return 2, 1
		case lead == 0x81, lead == 0x82:
			return 2, 0.8
		case lead >= 0x88 && lead <= 0x97, lead == 0x98 && trail <= 0x72:
			return 2, 0.7
		}
		return 2, -0.3
	})
}

// scoreLatin says how much text looks like Windows-1252: single letters with
// marks among plain ones, and signs beside digits or spaces.
func scoreLatin(b []byte) float64 {
	letter := func(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
	i := 0
	return score(b, func(rest []byte) (int, float64) {
		i = len(b) - len(rest)
		c, run := rest[0], 1
		for run < len(rest) && rest[run] >= 0x80 {
			run++
		}
		before, after := byte(' '), byte(' ')
		if i > 0 {
			before = b[i-1]
		}
		if len(rest) > run {
			after = rest[run]
		}
		switch {
		case bytes.IndexByte([]byte{0x81, 0x8D, 0x8F, 0x90, 0x9D}, c) >= 0:
			return 1, -10
		case run > 2:
			return run, -1 * float64(run)
		case c >= 0xC0 && c != 0xD7 && c != 0xF7 && (letter(before) || letter(after)):
			return run, 1
		case c < 0xC0 && !letter(before):
			return run, 0.7
		case c == 0x92 || c == 0xAE || c == 0x99: // apostrophe, registered, trade mark
			return run, 0.7
		}
		return run, 0
	})
}

// score is the mean of a verdict over all characters beyond ASCII.
func score(b []byte, verdict func(rest []byte) (int, float64)) float64 {
	sum, n := 0.0, 0
	for i := 0; i < len(b); {
		if b[i] < 0x80 {
			i++
			continue
		}
		w, s := verdict(b[i:])
		i += w
		sum += s
		n++
	}
	return sum / float64(max(n, 1))
}
