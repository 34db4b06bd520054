package letter

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"path"
	"strings"

	"github.com/jhillyerd/enmime/v2"
	"github.com/jhillyerd/enmime/v2/mediatype"
)

const (
	maxParts      = 5000 // lines of a mail that could begin a part
	maxMultiparts = 200
	maxNested     = 3 // mails in mails
)

// parts takes a mail or a saved page apart into its parts (RFC 5322, RFC 2045).
func parts(ctx context.Context, raw []byte) (*enmime.Part, error) {
	if bytes.Count(raw, []byte("\n--")) > maxParts {
		return nil, damaged(nil, "the mail has too many parts")
	}
	containers := 0
	p := enmime.NewParser(
		enmime.SkipMalformedParts(true), enmime.MultipartWOBoundaryAsSinglePart(true), enmime.MaxStoredPartErrors(50),
		enmime.SetReadPartErrorPolicy(func(*enmime.Part, error) bool { return ctx.Err() == nil }), enmime.DisableCharacterDetection(true),
		enmime.SetCustomParseMediaType(func(kind string) (string, map[string]string, []string, error) {
			if len(kind) > 4096 {
				return "", nil, nil, errors.New("a part's description is too long")
			}
			media, params, invalid, err := mediatype.Parse(kind)
			if params == nil {
				params = map[string]string{}
			}
			if params["boundary"] != "" {
				if containers++; containers > maxMultiparts {
					delete(params, "boundary")
				}
			}
			return media, params, invalid, err
		}),
	)
	root, err := p.ReadParts(bytes.NewReader(raw))
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err == nil && root == nil {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, damaged(err, "it is no mail that can be taken apart")
	}
	return root, nil
}

// readMail takes a mail apart.
func readMail(ctx context.Context, raw []byte) (Letter, error) {
	var l Letter
	return l, l.mail(ctx, raw, 0)
}

func (l *Letter) mail(ctx context.Context, raw []byte, depth int) error {
	root, err := parts(ctx, raw)
	if err != nil {
		return err
	}
	l.head(root.Header, depth)
	s := &sorted{images: map[string][]byte{}, used: map[string]bool{}}
	s.sort(root)
	s.into(l)
	for _, inner := range s.mails {
		if depth+1 >= maxNested {
			l.Attachments = append(l.Attachments, Attachment{"mail", len(inner), inner})
			continue
		}
		if err := l.mail(ctx, inner, depth+1); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			l.Attachments = append(l.Attachments, Attachment{"mail", len(inner), inner})
		}
	}
	return nil
}

// head keeps the lines of a head that say who wrote to whom; those of a mail in a
// mail stand in its text.
func (l *Letter) head(h interface{ Values(string) []string }, depth int) {
	var lines []string
	for _, name := range []string{"From", "To", "Cc", "Date", "Subject"} {
		for _, v := range h.Values(name) {
			v = strings.TrimSpace(words(v))
			if v == "" {
				continue
			}
			if depth == 0 {
				l.Fields = append(l.Fields, Field{name, v})
			}
			lines = append(lines, name+": "+strings.Join(strings.Fields(v), " "))
			break
		}
	}
	if depth > 0 {
		l.Pieces = append(l.Pieces, Piece{Text: "\n" + strings.Repeat("—", 20) + "\n" + strings.Join(lines, "\n") + "\n"})
	}
}

// words decodes the encoded words of a head (RFC 2047); a head in bytes of another
// encoding is read as its text would be.
func words(v string) string {
	if len(v) > 32<<10 {
		v = v[:32<<10]
	}
	d := mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
		raw, err := io.ReadAll(r)
		return strings.NewReader(decode(raw, charset)), err
	}}
	if out, err := d.DecodeHeader(decode([]byte(v), "")); err == nil {
		return out
	}
	return decode([]byte(v), "")
}

// sorted are the parts of a mail by what becomes of them.
type sorted struct {
	plain, page strings.Builder
	images      map[string][]byte // by Content-ID, or a number
	order       []string
	used        map[string]bool
	other       []Attachment
	mails       [][]byte
}

func (s *sorted) sort(p *enmime.Part) {
	for ; p != nil; p = p.NextSibling {
		s.part(p)
		s.sort(p.FirstChild)
	}
}

func (s *sorted) part(p *enmime.Part) {
	file := p.Disposition == "attachment" || p.FileName != ""
	switch kind := strings.ToLower(p.ContentType); {
	case p.FirstChild != nil, strings.HasPrefix(kind, "multipart/") && len(p.Content) == 0:
	case kind == "message/rfc822" && len(p.Content) > 0:
		s.mails = append(s.mails, p.Content)
	case kind != "" && !strings.HasPrefix(kind, "text/") && shown(p.Content):
		id := strings.Trim(p.ContentID, "<> ")
		if id == "" || s.images[id] != nil {
			id = "\x00" + string(rune(len(s.order)))
		}
		s.images[id] = p.Content
		s.order = append(s.order, id)
	case file:
		name := path.Base(strings.ReplaceAll(p.FileName, `\`, "/"))
		s.other = append(s.other, Attachment{clean(strings.Join(strings.Fields(name), " ")), len(p.Content), p.Content})
	case kind == "text/html":
		s.page.WriteString(decode(p.Content, ""))
	case kind == "" || strings.HasPrefix(kind, "text/"):
		s.plain.WriteString(decode(p.Content, "") + "\n")
	case len(p.Content) > 0:
		s.other = append(s.other, Attachment{kind, len(p.Content), p.Content})
	}
}

// shown tells by its first bytes whether a part is a picture of a kind that mails
// carry.
func shown(raw []byte) bool {
	for _, start := range []string{"\xFF\xD8\xFF", "\x89PNG\r\n\x1a\n", "GIF87a", "GIF89a", "BM", "II*\x00", "MM\x00*"} {
		if bytes.HasPrefix(raw, []byte(start)) {
			return true
		}
	}
	return len(raw) > 12 && (string(raw[:4]) == "RIFF" && string(raw[8:12]) == "WEBP" || string(raw[4:8]) == "ftyp" && string(raw[8:11]) != "mp4" && string(raw[8:10]) != "is" && string(raw[8:10]) != "qt")
}

// into puts what a mail shows into a letter: the plain text, unless the page says
// more or has pictures in it; then the pictures that have no place in the text.
func (s *sorted) into(l *Letter) {
	read := fromHTML(s.page.String(), func(cid string) []byte {
		if s.images[cid] != nil {
			s.used[cid] = true
		}
		return s.images[cid]
	})
	long := 0
	for _, p := range read.pieces {
		long += len(strings.TrimSpace(p.Text))
	}
	plain := strings.TrimSpace(s.plain.String())
	if len(s.used) > 0 || len(plain) < 200 && long > 2*len(plain) {
		l.add(read)
	} else {
		l.Pieces = append(l.Pieces, Piece{Text: s.plain.String()})
		clear(s.used)
	}
	for _, id := range s.order {
		if !s.used[id] {
			l.Pieces = append(l.Pieces, Piece{Picture: s.images[id]})
		}
	}
	l.Attachments = append(l.Attachments, s.other...)
}
