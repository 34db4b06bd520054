package importer

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// Why XML is scanned here and not by encoding/xml: a sheet has a hundred million
// elements, and that costs several allocations for each. This reads what
// spreadsheet programs write, keeps nothing of it, and refuses document types.

type xmlToken int

const (
	xmlStart xmlToken = iota
	xmlEnd
	xmlText
)

// Limits of XML.
const (
	maxTag   = 256 << 10 // bytes of one tag
	maxDepth = 200       // elements within elements
	xmlBlock = 64 << 10
)

var errXML = errors.New("broken XML")

// xmlScanner gives the tokens of a document, one after another.
type xmlScanner struct {
	src  io.Reader
	buf  []byte
	r, w int
	base int64 // bytes before buf
	eof  bool

	name  []byte // local name of the element that began or ended; holds until the next token
	attrs []byte // of the element that began
	text  []byte // of a text, entities resolved
	ended bool   // the element that began is empty; its end comes next
	depth int
	plain []byte // scratch for text
}

func newXMLScanner(src io.Reader) *xmlScanner {
	return &xmlScanner{src: src, buf: make([]byte, xmlBlock)}
}

// offset is how many bytes were consumed.
func (x *xmlScanner) offset() int64 { return x.base + int64(x.r) }

func (x *xmlScanner) fill() error {
	if x.r > 0 {
		copy(x.buf, x.buf[x.r:x.w])
		x.base += int64(x.r)
		x.w -= x.r
		x.r = 0
	}
	if x.w == len(x.buf) {
		if len(x.buf) >= maxTag {
			return errXML
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	n, err := x.src.Read(x.buf[x.w:])
	x.w += n
	if errors.Is(err, io.EOF) {
		x.eof = true
		return nil
	}
	return err
}

// find gives where a text begins behind the read position, reading on until it
// is there; -1 at the end of the document.
func (x *xmlScanner) find(what string, from int) (int, error) {
	for {
		if i := bytes.Index(x.buf[x.r+from:x.w], []byte(what)); i >= 0 {
			return from + i, nil
		}
		if x.eof {
			return -1, nil
		}
		from = max(from, x.w-x.r-len(what)+1)
		if err := x.fill(); err != nil {
			return 0, err
		}
	}
}

// next gives the next token; io.EOF behind the last.
func (x *xmlScanner) next() (xmlToken, error) {
	if x.ended {
		x.ended = false
		x.depth--
		return xmlEnd, nil
	}
	for {
		for x.r == x.w {
			if x.eof {
				return 0, io.EOF
			}
			if err := x.fill(); err != nil {
				return 0, err
			}
		}
		if x.buf[x.r] != '<' {
			return xmlText, x.chars()
		}
		token, skip, err := x.tag()
		if err != nil || !skip {
			return token, err
		}
	}
}

// chars takes characters up to the next tag, or as many as are there of a long
// text.
func (x *xmlScanner) chars() error {
	for {
		part := x.buf[x.r:x.w]
		if i := bytes.IndexByte(part, '<'); i >= 0 {
			x.text = x.resolve(part[:i])
			x.r += i
			return nil
		}
		if x.eof {
			x.text = x.resolve(part)
			x.r = x.w
			return nil
		}
		if len(part) >= xmlBlock {
			cut := len(part)
			if i := bytes.LastIndexByte(part[len(part)-16:], '&'); i >= 0 {
				cut = len(part) - 16 + i
			}
			x.text = x.resolve(part[:cut])
			x.r += cut
			return nil
		}
		if err := x.fill(); err != nil {
			return err
		}
	}
}

// tag takes what begins with "<". Skip says that it is no token.
func (x *xmlScanner) tag() (token xmlToken, skip bool, err error) {
	for x.w-x.r < 9 && !x.eof {
		if err := x.fill(); err != nil {
			return 0, false, err
		}
	}
	begins := func(s string) bool { return bytes.HasPrefix(x.buf[x.r:x.w], []byte(s)) }
	switch {
	case begins("<![CDATA["):
		end, err := x.find("]]>", 9)
		if err != nil || end < 0 {
			return 0, false, errors.Join(err, io.ErrUnexpectedEOF)
		}
		x.text = append(x.plain[:0], x.buf[x.r+9:x.r+end]...)
		x.plain = x.text
		x.r += end + 3
		return xmlText, false, nil
	case begins("<!--"):
		return 0, true, x.skip("-->")
	case begins("<?"):
		return 0, true, x.skip("?>")
	case begins("<!"):
		return 0, false, errXML
	}
	return x.element()
}

// skip passes over what is no part of the document, of any length.
func (x *xmlScanner) skip(until string) error {
	x.r += 2
	for {
		part := x.buf[x.r:x.w]
		if i := bytes.Index(part, []byte(until)); i >= 0 {
			x.r += i + len(until)
			return nil
		}
		if x.eof {
			return io.ErrUnexpectedEOF
		}
		x.r = max(x.r, x.w-len(until)+1)
		if err := x.fill(); err != nil {
			return err
		}
	}
}

func (x *xmlScanner) element() (token xmlToken, skip bool, err error) {
	end, err := x.tagEnd()
	if err != nil {
		return 0, false, err
	}
	in := x.buf[x.r+1 : x.r+end]
	x.r += end + 1
	if len(in) > 0 && in[0] == '/' {
		x.name = local(bytes.TrimSpace(in[1:]))
		if x.depth--; x.depth < 0 {
			return 0, false, errXML
		}
		return xmlEnd, false, nil
	}
	if n := len(in); n > 0 && in[n-1] == '/' {
		x.ended, in = true, in[:n-1]
	}
	x.name, x.attrs = in, nil
	if i := bytes.IndexAny(in, " \t\r\n"); i >= 0 {
		x.name, x.attrs = in[:i], in[i+1:]
	}
	x.name = local(x.name)
	if x.depth++; x.depth > maxDepth || len(x.name) == 0 {
		return 0, false, errXML
	}
	return xmlStart, false, nil
}

// tagEnd finds the ">" of a tag, which may stand within quotation marks too.
func (x *xmlScanner) tagEnd() (int, error) {
	quote := byte(0)
	for i := 1; ; i++ {
		for x.r+i >= x.w {
			if x.eof {
				return 0, io.ErrUnexpectedEOF
			}
			if err := x.fill(); err != nil {
				return 0, err
			}
		}
		switch c := x.buf[x.r+i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i, nil
		}
	}
}

func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// is reports whether the element has a local name.
func (x *xmlScanner) is(name string) bool { return string(x.name) == name }

// attr gives an attribute of the element that began, by its local name; "" when
// it has none.
func (x *xmlScanner) attr(name string) string {
	for rest := x.attrs; ; {
		var key, value []byte
		var ok bool
		if key, value, rest, ok = nextAttr(rest); !ok {
			return ""
		}
		if string(local(key)) == name {
			return string(resolveInto(nil, value))
		}
	}
}

func nextAttr(in []byte) (key, value, rest []byte, ok bool) {
	in = bytes.TrimLeft(in, " \t\r\n")
	eq := bytes.IndexByte(in, '=')
	if eq < 1 {
		return nil, nil, nil, false
	}
	key = bytes.TrimRight(in[:eq], " \t\r\n")
	in = bytes.TrimLeft(in[eq+1:], " \t\r\n")
	if len(in) == 0 || in[0] != '"' && in[0] != '\'' {
		return nil, nil, nil, false
	}
	end := bytes.IndexByte(in[1:], in[0])
	if end < 0 {
		return nil, nil, nil, false
	}
	return key, in[1 : 1+end], in[end+2:], true
}

// resolve replaces entities and takes out carriage returns.
func (x *xmlScanner) resolve(text []byte) []byte {
	if bytes.IndexByte(text, '&') < 0 && bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	x.plain = resolveInto(x.plain[:0], text)
	return x.plain
}

var entities = map[string]string{"amp": "&", "lt": "<", "gt": ">", "quot": `"`, "apos": "'"}

func resolveInto(out, text []byte) []byte {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '\r':
		case '&':
			end := bytes.IndexByte(text[i:min(len(text), i+12)], ';')
			if end < 0 {
				out = append(out, c)
				continue
			}
			name := text[i+1 : i+end]
			switch plain, known := entities[string(name)]; {
			case known:
				out = append(out, plain...)
			case len(name) > 1 && name[0] == '#':
				out = utf8.AppendRune(out, charRef(string(name[1:])))
			default:
				out = append(out, text[i:i+end+1]...)
			}
			i += end
		default:
			out = append(out, c)
		}
	}
	return out
}

func charRef(text string) rune {
	base := 10
	if text[0] == 'x' || text[0] == 'X' {
		text, base = text[1:], 16
	}
	n, err := strconv.ParseUint(text, base, 32)
	if err != nil || n > utf8.MaxRune || n < ' ' && n != '\n' && n != '\t' && n != '\r' {
		return utf8.RuneError
	}
	return rune(n)
}
