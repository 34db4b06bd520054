package letter

import (
	"bytes"
	"encoding/base64"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// decode gives text in UTF-8: after its mark, what it is said to be in, what a web
// page says itself, or GB18030 where it is not UTF-8.
func decode(raw []byte, label string) string {
	if label == "" && utf8.Valid(raw) {
		return string(raw)
	}
	contentType := "text/html"
	if label != "" {
		contentType += "; charset=" + label
	}
	head := raw[:min(len(raw), 1024)]
	encoding, name, certain := charset.DetermineEncoding(head, contentType)
	if !certain && name == "windows-1252" {
		if utf8.Valid(raw) {
			return string(raw)
		}
		if out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw); err == nil && !bytes.ContainsRune(out, utf8.RuneError) {
			return string(out)
		}
	}
	out, err := encoding.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return string(out)
}

// blocks begin and end a line.
var blocks = map[string]bool{
	"p": true, "div": true, "br": true, "tr": true, "li": true, "ul": true, "ol": true, "table": true, "h1": true, "h2": true, "h3": true, "h4": true,
	"h5": true, "h6": true, "blockquote": true, "hr": true, "pre": true, "section": true, "article": true, "header": true, "footer": true, "dt": true,
	"dd": true, "title": true, "form": true,
}

// hidden are the elements of which nothing is seen.
var hidden = map[string]bool{"script": true, "style": true, "head": true, "template": true, "noscript": true, "iframe": true, "object": true, "svg": true}

// A pageReader gathers what a web page shows.
type pageReader struct {
	page
	text   strings.Builder
	inside string // the hidden element
	depth  int
	part   func(at string) []byte       // a picture that lies beside the page; nil for none
	frame  func(at string) (page, bool) // a page in the page; nil for none
}

// fromHTML gives what a web page shows; part gives a picture of the mail in which it
// lies by its Content-ID.
func fromHTML(source string, part func(cid string) []byte) page {
	return fromPage(source, func(at string) []byte {
		cid, ok := strings.CutPrefix(at, "cid:")
		if !ok || part == nil {
			return nil
		}
		if plain, err := url.PathUnescape(cid); err == nil {
			cid = plain
		}
		return part(cid)
	}, nil)
}

// fromPage gives what a web page shows, with what lies beside it.
func fromPage(source string, part func(at string) []byte, frame func(at string) (page, bool)) page {
	r := &pageReader{part: part, frame: frame}
	z := html.NewTokenizer(strings.NewReader(source))
	z.SetMaxBuf(16 << 20)
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		r.token(kind, z.Token())
	}
	r.flush()
	return r.page
}

func (r *pageReader) token(kind html.TokenType, t html.Token) {
	if r.passes(kind, t) {
		return
	}
	switch kind {
	case html.TextToken:
		r.write(t.Data)
	case html.StartTagToken, html.SelfClosingTagToken:
		r.start(kind, t)
	case html.EndTagToken:
		if blocks[t.Data] {
			r.line()
		}
	}
}

// passes tells that a token lies within an element that is not shown. A body ends
// a head that has no end.
func (r *pageReader) passes(kind html.TokenType, t html.Token) bool {
	if r.inside == "" {
		return false
	}
	if r.inside == "head" && kind == html.StartTagToken && t.Data == "body" {
		r.inside = ""
		return false
	}
	if t.Data == r.inside {
		switch kind {
		case html.StartTagToken:
			r.depth++
		case html.EndTagToken:
			if r.depth--; r.depth == 0 {
				r.inside = ""
			}
		}
	}
	return true
}

// start takes the beginning of an element.
func (r *pageReader) start(kind html.TokenType, t html.Token) {
	switch {
	case (t.Data == "iframe" || t.Data == "frame") && r.framed(t):
	case hidden[t.Data]:
		if kind == html.StartTagToken {
			r.inside, r.depth = t.Data, 1
		}
	case t.Data == "img":
		r.picture(t)
	case t.Data == "td" || t.Data == "th":
		r.text.WriteString(" \t")
	case blocks[t.Data]:
		r.line()
		if t.Data == "li" {
			r.text.WriteString("• ")
		}
	}
}

// framed adds the page that lies in a frame; what stands between its tags, for
// browsers without frames, is hidden.
func (r *pageReader) framed(t html.Token) bool {
	if r.frame == nil {
		return false
	}
	for _, a := range t.Attr {
		if a.Key != "src" {
			continue
		}
		inner, ok := r.frame(a.Val)
		if !ok {
			break
		}
		r.line()
		r.flush()
		r.pieces, r.absent = append(r.pieces, inner.pieces...), r.absent+inner.absent
		if t.Data == "iframe" {
			r.inside, r.depth = t.Data, 1
		}
		return true
	}
	return false
}

// write adds text, its white space as a browser shows it.
func (r *pageReader) write(s string) {
	words := strings.Join(strings.Fields(s), " ")
	if words == "" {
		if s != "" {
			r.space()
		}
		return
	}
	if strings.ContainsAny(s[:1], " \t\r\n") {
		r.space()
	}
	r.text.WriteString(words)
	if strings.ContainsAny(s[len(s)-1:], " \t\r\n") {
		r.text.WriteByte(' ')
	}
}

func (r *pageReader) space() {
	if s := r.text.String(); s != "" && !strings.ContainsAny(s[len(s)-1:], " \t\n") {
		r.text.WriteByte(' ')
	}
}

func (r *pageReader) line() {
	if s := r.text.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
		r.text.WriteByte('\n')
	}
}

func (r *pageReader) flush() {
	if text := r.text.String(); strings.TrimSpace(text) != "" {
		r.pieces = append(r.pieces, Piece{Text: text})
	}
	r.text.Reset()
}

// picture adds a picture that lies in the page or its mail.
func (r *pageReader) picture(t html.Token) {
	var source, alt string
	for _, a := range t.Attr {
		switch a.Key {
		case "src":
			source = strings.TrimSpace(a.Val)
		case "alt":
			alt = strings.TrimSpace(a.Val)
		}
	}
	raw := r.bytesOf(source)
	if raw == nil {
		r.absent++
		if alt != "" {
			r.write(" [" + alt + "] ")
		}
		return
	}
	r.flush()
	r.pieces = append(r.pieces, Piece{Picture: raw})
}

func (r *pageReader) bytesOf(source string) []byte {
	if source == "" {
		return nil
	}
	if raw := r.part(source); raw != nil {
		return raw
	}
	head, body, ok := strings.Cut(source, ",")
	if !ok || !strings.HasPrefix(head, "data:image/") || !strings.HasSuffix(head, ";base64") {
		return nil
	}
	body = strings.Map(func(c rune) rune {
		if c == ' ' || c == '\n' || c == '\r' || c == '\t' {
			return -1
		}
		return c
	}, body)
	raw, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, strings.NewReader(body)))
	if err != nil || len(raw) == 0 {
		return nil
	}
	return raw
}
