package notice

import (
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// decode makes text from bytes whose encoding a mail does not say or that
// should be UTF-8 already. Guess is the encoding when it is none of UTF-8; a
// guess is told to the person.
func decode(raw []byte) (text, guess string) {
	if utf8.Valid(raw) {
		if strings.ContainsRune(string(raw), utf8.RuneError) {
			return string(raw), "UTF-8" // replaced while it was decoded
		}
		return string(raw), ""
	}
	if out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw); err == nil && !strings.ContainsRune(string(out), utf8.RuneError) {
		return string(out), "GB18030"
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD"), "UTF-8"
	}
	return string(out), "Windows-1252"
}

var encodedWord = pattern(`=\?([^?\s]{1,40})\?([bBqQ])\?([^?\s]*)\?=`)

// unword reads RFC 2047 words. Bytes of neighbors in one encoding are put
// together before they are decoded: many programs cut a character in two.
func unword(s string) string {
	if len(s) > 16*maxLine {
		s = s[:16*maxLine]
	}
	var b strings.Builder
	var pending []byte
	charset := ""
	flush := func() {
		if charset != "" {
			b.WriteString(decodeAs(pending, charset))
		}
		pending, charset = nil, ""
	}
	rest := s
	for {
		m := encodedWord().FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		between := rest[:m[0]]
		if charset == "" || strings.TrimSpace(between) != "" {
			flush()
			b.WriteString(plainHeader(between))
		}
		set, _, _ := strings.Cut(strings.ToLower(rest[m[2]:m[3]]), "*") // RFC 2231: "utf-8*en"
		if charset != set {
			flush()
		}
		charset = set
		pending = append(pending, wordBytes(rest[m[4]:m[5]], rest[m[6]:m[7]])...)
		rest = rest[m[1]:]
	}
	flush()
	b.WriteString(plainHeader(rest))
	return b.String()
}

// plainHeader is what stands in a header outside of encoded words.
func plainHeader(s string) string {
	text, _ := decode([]byte(s))
	return text
}

func wordBytes(kind, body string) []byte {
	if strings.EqualFold(kind, "b") {
		out, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(body, "="))
		if err != nil {
			return []byte(body)
		}
		return out
	}
	out, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(strings.ReplaceAll(body, "_", "=20"))))
	if err != nil {
		return []byte(body)
	}
	return out
}

// decodeAs decodes what a header says is in charset.
func decodeAs(raw []byte, charset string) string {
	var enc encoding.Encoding
	if charset != "utf-8" && charset != "utf8" {
		enc, _ = htmlindex.Get(charset) // nil for an unknown one
	}
	if enc == nil {
		text, _ := decode(raw)
		return text
	}
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		text, _ := decode(raw)
		return text
	}
	return string(out)
}

// line makes one line of at most maxLine bytes.
func line(s string) string {
	s = strings.Join(strings.Fields(clean(s)), " ")
	if len(s) > maxLine {
		s = strings.ToValidUTF8(s[:maxLine], "")
	}
	return s
}

// clean makes plain text: valid UTF-8, "\n" at the end of lines, no control
// characters, no invisible fillers, every kind of blank a blank, at most one
// empty line in a row.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == 0x00AD, r == 0x034F, r == 0x200B, r == 0x200C, r == 0x2060, r == 0xFEFF, unicode.IsControl(r):
			return -1
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069: // they turn text around
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
	var b strings.Builder
	empty := 0
	for l := range strings.SplitSeq(s, "\n") {
		l = strings.TrimRight(l, " \t")
		if l == "" {
			if empty++; empty > 1 {
				continue
			}
		} else {
			empty = 0
		}
		b.WriteString(l)
		b.WriteByte('\n')
	}
	return strings.Trim(b.String(), "\n")
}

// htmlText makes text from a web page, by its tags one after another: no tree
// is built, so no nesting can be too deep.
func htmlText(page string) string {
	z := html.NewTokenizer(strings.NewReader(page))
	z.SetMaxBuf(1 << 20)
	w := &pageText{}
	for {
		switch z.Next() {
		case html.ErrorToken:
			return w.b.String()
		case html.TextToken:
			if w.skip == 0 {
				w.words(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			w.tag(atom.Lookup(name), true)
		case html.EndTagToken:
			name, _ := z.TagName()
			w.tag(atom.Lookup(name), false)
		}
	}
}

// pageText gathers the words of a page.
type pageText struct {
	b     strings.Builder
	skip  atom.Atom // within an element whose text is not shown
	blank bool      // a blank is due before the next word
}

func (w *pageText) words(raw string) {
	text := html.UnescapeString(raw)
	for i, word := range strings.Fields(text) {
		if w.blank || i > 0 || strings.TrimLeft(text, " \t\r\n\u00a0") != text {
			w.space()
		}
		w.b.WriteString(word)
		w.blank = false
	}
	if strings.TrimRight(text, " \t\r\n\u00a0") != text {
		w.blank = true
	}
}

func (w *pageText) space() {
	if s := w.b.String(); s != "" && !strings.HasSuffix(s, "\n") && !strings.HasSuffix(s, " ") {
		w.b.WriteByte(' ')
	}
}

func (w *pageText) tag(name atom.Atom, opens bool) {
	if w.skip != 0 {
		if !opens && name == w.skip {
			w.skip = 0
		}
		return
	}
	switch name {
	case atom.Script, atom.Style, atom.Title, atom.Template, atom.Noscript:
		if opens {
			w.skip = name
		}
	case atom.Br, atom.P, atom.Div, atom.Tr, atom.Table, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5,
		atom.H6, atom.Blockquote, atom.Hr, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Dt, atom.Dd, atom.Pre, atom.Center:
		w.b.WriteByte('\n')
		w.blank = false
	case atom.Td, atom.Th:
		w.blank = true
	}
}
