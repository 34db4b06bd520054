package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"casebinder/data"
)

const headSize = 256 << 10 // bytes that are looked at to tell what a file is

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
		return s.zipped()
	case begins("\x1F\x8B"):
		return formatGzip, s.below(MaxSheetSize)
	case begins("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		return FormatXLS, s.below(MaxBIFFSize)
	case begins("\x09\x08"), begins("\x09\x04\x06\x00"), begins("\x09\x02\x06\x00"):
		return "", problemOldSheet.New("file", s.Name, "detail", "Excel 5 or older")
	case strings.HasPrefix(text, "<?xml") && strings.Contains(text, "schemas-microsoft-com:office:spreadsheet"):
		return "", problemOldSheet.New("file", s.Name, "detail", "XML Spreadsheet 2003")
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"), strings.HasPrefix(text, "<table"),
		strings.HasPrefix(text, "<?xml"), strings.HasPrefix(text, "<meta"), strings.HasPrefix(text, "<head"):
		return "", problemHTML.New("file", s.Name)
	case begins("%PDF"), begins("\x89PNG"), begins("\xFF\xD8\xFF"), begins("GIF8"), begins("7z\xBC\xAF"),
		begins("Rar!"), begins("RIFF"), begins("\x7FELF"), begins("MZ"), begins("SQLite format 3"), begins("BZh"), begins("\xFD7zXZ"):
		return "", problemBinary.New("file", s.Name)
	}
	return FormatText, s.below(MaxTextSize)
}

// zipped tells what kind of ZIP it is.
func (s *Source) zipped() (Format, error) {
	if err := s.below(MaxSheetSize); err != nil {
		return "", err
	}
	z, err := openZip(s)
	switch {
	case err != nil:
		return "", err
	case z.find("mimetype") != nil:
		return FormatODS, nil
	case z.find("[Content_Types].xml") != nil:
		return FormatXLSX, nil
	}
	return formatZip, nil
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

// sniffEncoding tells the encoding of text, and what about it is not certain.
// Known says how many known headers with letters beyond ASCII the text has when
// it is decoded so: the strongest proof.
func (s *Source) sniffEncoding(ctx context.Context, known func(text []byte) int) (string, []*data.Problem, error) {
	b, err := s.head(headSize)
	if err != nil {
		return "", nil, err
	}
	if enc, ok := sixteen(b); ok {
		return enc, nil, nil
	}
	marked := bytes.HasPrefix(b, []byte("\xEF\xBB\xBF"))
	if !marked && controls(b)*20 > len(b) {
		return "", nil, problemBinary.New("file", s.Name)
	}
	at := int64(-1)
	if !marked {
		if at, err = s.firstInvalid(ctx); err != nil {
			return "", nil, err
		}
	}
	if at < 0 {
		return encUTF8, brokenBefore(string(linesBeyondASCII(b)), string(b)), nil
	}
	if at >= int64(len(b)) {
		around := make([]byte, headSize)
		n, err := s.r.ReadAt(around, at-headSize/2)
		if err != nil && !errors.Is(err, io.EOF) {
			return "", nil, fmt.Errorf("reading %s: %w", s.Name, err)
		}
		around = around[:n]
		if i := bytes.IndexByte(around[:min(n, headSize/2)], '\n'); i >= 0 { // the line may begin within a character
			around = around[i+1:]
		}
		b = append(append([]byte(nil), around...), b...)
	}
	g := guessEncoding(b, known)
	return g.enc, append(g.doubts(b), brokenBefore("", decodeSample(*encodingOf(g.enc), linesBeyondASCII(b)))...), nil
}

// doubts says what a person should look at before they believe a guess.
func (g guess) doubts(sample []byte) []*data.Problem {
	lines := linesBeyondASCII(sample)
	text := decodeSample(*encodingOf(g.enc), lines)
	if g.bits > nonsenseBits || strings.HasPrefix(g.enc, "ibm") && strings.ContainsFunc(text, frame) {
		word, _ := oddest(text, encodingOf(g.enc).langs)
		return []*data.Problem{problemDoubtNonsense.New("encoding", g.enc, "value", word)}
	}
	if g.second == "" {
		return nil
	}
	ours, theirs := wordsBeyondASCII(text), wordsBeyondASCII(decodeSample(*encodingOf(g.second), lines))
	for i, word := range ours {
		if i < len(theirs) && theirs[i] != word {
			return []*data.Problem{problemDoubtEncoding.New("encoding", g.enc, "value", word, "second", g.second, "other", theirs[i])}
		}
	}
	return nil
}

// brokenBefore says what another program did to a text before it came here.
func brokenBefore(beyond, all string) []*data.Problem {
	var doubts []*data.Problem
	word, was := twiceDecoded(beyond)
	if word == "" {
		word, was = misread(beyond)
	}
	if word != "" {
		doubts = append(doubts, problemDoubtTwice.New("value", shorten(word), "was", shorten(was)))
	}
	if word := lostLetters(all); word != "" {
		doubts = append(doubts, problemDoubtLost.New("value", shorten(word)))
	}
	return doubts
}

// sixteen tells UTF-16: by its mark, else by where its zeros are: the letters,
// digits and separators of a table have one in each pair.
func sixteen(b []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return encLE, true
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return encBE, true
	}
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
