package notice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"net/textproto"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/jhillyerd/enmime/v2"
	"github.com/jhillyerd/enmime/v2/mediatype"

	"casebinder/data"
)

// letter is a mail taken apart.
type letter struct {
	header      textproto.MIMEHeader
	text        string
	attachments []part
	doubts      []*data.Problem
}

// part is an attachment with what is in it.
type part struct {
	Attachment
	content []byte
}

// open takes a mail apart. Whatever the bytes are, it gives what could be read
// and doubts; the error is ctx's alone.
func open(ctx context.Context, raw []byte, size int64) (letter, error) {
	var l letter
	if size > MaxMail {
		l.header = headerOf(raw)
		l.doubts = append(l.doubts, problemLarge.New("size", sizeWords(size), "limit", sizeWords(MaxMail)))
		return l, nil
	}
	if partLines(raw) > MaxParts {
		l.header = headerOf(raw)
		l.doubts = append(l.doubts, problemParts.New())
		return l, nil
	}
	guard := &guard{}
	root, err := guard.parse(ctx, raw)
	if ctx.Err() != nil {
		return l, ctx.Err()
	}
	if err != nil {
		l.header = headerOf(raw)
		l.doubts = append(l.doubts, problemBroken.New("detail", short(err.Error())))
		return l, nil
	}
	if guard.over {
		l.doubts = append(l.doubts, problemParts.New())
	}
	l.header = root.Header
	l.take(root, raw)
	return l, nil
}

// guard is the hook by which the number of containers and the length of what
// describes a part are bounded while a mail is parsed.
type guard struct {
	multiparts int
	over       bool
}

var errMediaType = errors.New("a part's description is too long")

func (g *guard) mediaType(ctype string) (mtype string, params map[string]string, invalid []string, err error) {
	if len(ctype) > 4096 {
		return "", nil, nil, errMediaType
	}
	mtype, params, invalid, err = mediatype.Parse(ctype)
	if err != nil {
		return mtype, params, invalid, err
	}
	if params == nil {
		params = map[string]string{}
	}
	if params["boundary"] != "" {
		if g.multiparts++; g.multiparts > MaxMultiparts {
			g.over = true
			delete(params, "boundary")
		}
	}
	if strings.HasPrefix(mtype, "text/") {
		// As bytes: what encoding they are in is found out by decode.
		switch strings.ToLower(params["charset"]) {
		case "", "us-ascii", "ascii", "unknown-8bit", "default":
			params["charset"] = "utf-8"
		}
	}
	return mtype, params, invalid, nil
}

// parse runs the MIME reader. A fault of that reader is an error, as what it
// reads is hostile.
func (g *guard) parse(ctx context.Context, raw []byte) (root *enmime.Part, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			root, err = nil, fmt.Errorf("the reader failed: %v", fault)
		}
	}()
	p := enmime.NewParser(
		enmime.SkipMalformedParts(true), enmime.MultipartWOBoundaryAsSinglePart(true), enmime.MaxStoredPartErrors(50),
		enmime.SetReadPartErrorPolicy(func(*enmime.Part, error) bool { return ctx.Err() == nil }),
		enmime.DisableCharacterDetection(true), enmime.DisableTextConversion(true),
		enmime.SetCustomParseMediaType(g.mediaType),
	)
	root, err = p.ReadParts(&cancelable{ctx: ctx, r: bytes.NewReader(raw)})
	if err == nil && root == nil {
		err = io.ErrUnexpectedEOF
	}
	return root, err
}

// cancelable ends a reading when ctx ends.
type cancelable struct {
	ctx context.Context
	r   io.Reader
}

func (c *cancelable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// headerOf reads the header alone.
func headerOf(raw []byte) (h textproto.MIMEHeader) {
	head, _ := split(raw)
	head = head[:min(len(head), MaxHeader)]
	defer func() {
		if recover() != nil {
			h = textproto.MIMEHeader{}
		}
	}()
	p := enmime.NewParser(enmime.SetCustomParseMediaType(
		func(string) (string, map[string]string, []string, error) {
			return "text/plain", map[string]string{}, nil, nil
		},
	), enmime.MaxStoredPartErrors(1), enmime.RawContent(true))
	root, err := p.ReadParts(bytes.NewReader(append(bytes.Clone(head), "\r\n\r\n"...)))
	if err != nil || root == nil || root.Header == nil {
		return textproto.MIMEHeader{}
	}
	return root.Header
}

// split finds where the header ends.
func split(raw []byte) (head, body []byte) {
	for at := 0; at < len(raw); {
		end := bytes.IndexByte(raw[at:], '\n')
		if end < 0 {
			break
		}
		if len(bytes.TrimRight(raw[at:at+end], "\r")) == 0 {
			return raw[:at], raw[at+end+1:]
		}
		at += end + 1
	}
	return raw, nil
}

// partLines counts the lines that could begin a part.
func partLines(raw []byte) int {
	return bytes.Count(raw, []byte("\n--"))
}

// losses are the findings of the MIME reader after which something is missing
// or stands as it should not.
var losses = []string{enmime.ErrorMissingBoundary, enmime.ErrorContentEncoding, enmime.ErrorMalformedBase64}

// mailTexts are the texts of a mail, and what is odd about them.
type mailTexts struct {
	plain, html []string
	guesses     []string // encodings that nothing tells
	broken      string   // the name of a loss
	badBytes    bool     // the next text has bytes that its encoding has not
}

// take sorts the parts of a mail into text and attachments.
func (l *letter) take(root *enmime.Part, raw []byte) {
	var t mailTexts
	walk(root, func(p *enmime.Part) {
		t.note(p)
		switch {
		case p.FirstChild != nil || strings.HasPrefix(p.ContentType, "multipart/") && len(p.Content) == 0:
		case p.Disposition == "attachment" || p.FileName != "" || !texty(p.ContentType):
			l.attach(p)
		default:
			t.add(p)
		}
	})
	l.text = choose(strings.Join(t.plain, "\n"), strings.Join(t.html, "\n"))
	if strings.TrimSpace(l.text) == "" && len(l.attachments) == 0 {
		if _, body := split(raw); len(bytes.TrimSpace(body)) > 0 { // a boundary that never comes
			l.text, _ = decode(body)
			t.broken = first(t.broken, enmime.ErrorMissingBoundary)
		}
	}
	if t.broken != "" {
		l.doubts = append(l.doubts, problemBroken.New("detail", strings.ToLower(t.broken)))
	}
	if len(t.guesses) > 0 {
		l.doubts = append(l.doubts, problemCharacters.New("encoding", t.guesses[0]))
	}
	if n := len(l.attachments); n > MaxAttachments {
		l.doubts = append(l.doubts, problemManyAttachments.New("count", n, "limit", MaxAttachments))
		l.attachments = l.attachments[:MaxAttachments]
	}
	if slices.ContainsFunc(l.attachments, func(a part) bool { return a.Type == "message/rfc822" }) {
		l.doubts = append(l.doubts, problemAttachedMail.New())
	}
}

// note notes what the MIME reader found odd in a part.
func (t *mailTexts) note(p *enmime.Part) {
	for _, e := range p.Errors {
		if e.Severe || slices.Contains(losses, e.Name) {
			t.broken = e.Name
		}
		t.badBytes = t.badBytes || e.Name == enmime.ErrorCharsetConversion
	}
}

// add adds a part that is text.
func (t *mailTexts) add(p *enmime.Part) {
	text, guess := decode(p.Content)
	if guess != "" || t.badBytes {
		t.guesses = append(t.guesses, first(guess, "UTF-8"))
		t.badBytes = false
	}
	if p.ContentType == "text/html" {
		t.html = append(t.html, htmlText(text))
	} else {
		t.plain = append(t.plain, text)
	}
}

func texty(ctype string) bool {
	return ctype == "" || ctype == "text/plain" || ctype == "text/html" || strings.HasPrefix(ctype, "multipart/")
}

// walk visits a part and all below it, in the order of the mail, without
// recursion along siblings.
func walk(p *enmime.Part, visit func(*enmime.Part)) {
	for ; p != nil; p = p.NextSibling {
		visit(p)
		walk(p.FirstChild, visit)
	}
}

// choose takes the plain text of a mail, unless it only says that there is
// another form.
func choose(plain, html string) string {
	p, h := strings.TrimSpace(plain), strings.TrimSpace(html)
	if h != "" && len(p) < 200 && len(h) > 2*len(p) {
		return html
	}
	return plain
}

func (l *letter) attach(p *enmime.Part) {
	l.attachments = append(l.attachments, part{
		Attachment: Attachment{Name: safeName(unword(p.FileName)), Type: short(p.ContentType), Size: len(p.Content)},
		content:    p.Content,
	})
}

// safeName makes a file name from what a mail says: the last part of the path,
// without what no system allows.
func safeName(name string) string {
	name = strings.ReplaceAll(strings.ToValidUTF8(name, "_"), `\`, "/")
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		if strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, name)
	if strings.HasSuffix(name, "/") {
		return ""
	}
	name = strings.Trim(path.Base(path.Clean("/"+name)), " .")
	if name == "/" {
		return ""
	}
	if len(name) > maxName { // keep the ending, which says what it is
		ext := path.Ext(name)
		if len(ext) > 20 {
			ext = ""
		}
		name = strings.ToValidUTF8(name[:maxName-len(ext)], "") + ext
	}
	return name
}

// fill puts the header of a mail into a notice.
func (l *letter) fill(n *Notice) {
	value := func(key string) string { return line(unword(l.header.Get(key))) }
	n.headers = l.header
	n.Subject = value("Subject")
	n.MessageID = strings.Trim(line(l.header.Get("Message-Id")), "<> ")
	if at, err := mail.ParseDate(stripComment(value("Date"))); err == nil && at.Year() >= 1990 && at.Year() <= 2099 {
		n.Date = at.UTC()
	} else {
		n.doubt(problemNoDate.New())
	}
	l.sender(n)
	n.Doubts = append(n.Doubts, l.doubts...)
	for _, a := range l.attachments {
		n.Attachments = append(n.Attachments, a.Attachment)
	}
	n.Text = clean(l.text)
	if len(n.Text) > MaxText {
		n.Text = strings.ToValidUTF8(n.Text[:MaxText], "")
		n.doubt(problemCut.New("limit", sizeWords(MaxText)))
	}
}

// sender reads who the mail says it is from. Two senders are none.
func (l *letter) sender(n *Notice) {
	values := l.header.Values("From")
	count := 0
	for _, v := range values {
		if len(v) > 4*maxLine {
			continue
		}
		name, addresses := addressesOf(v)
		count += len(addresses)
		if len(addresses) > 0 && count == 1 {
			n.From, n.FromName = addresses[0], name
		}
	}
	if count > 1 {
		n.From = ""
		n.doubt(problemManySenders.New("count", count))
	}
	if count == 0 {
		n.doubt(problemNoSender.New())
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// short bounds a text that goes into a message.
func short(s string) string {
	s = line(s)
	if len(s) > 120 {
		s = strings.ToValidUTF8(s[:120], "") + "…"
	}
	return s
}

func sizeWords(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
