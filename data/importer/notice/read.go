package notice

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/mail"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

// Read reads the mails of a file one after another: an .mbox, an .eml or a
// plain text that was copied out of a mail; which of them, its content says.
// An error ends the reading; it is a Problem for a file that is no mail. A
// huge mbox is never held as a whole, so a caller that reads one should keep
// only the notices that it needs.
func Read(ctx context.Context, file string, r io.Reader, set *Set, o Options) iter.Seq2[*Notice, error] {
	return func(yield func(*Notice, error) bool) {
		in := bufio.NewReaderSize(r, lineBuffer)
		kind, skip, err := sniff(file, in)
		if err != nil {
			yield(nil, err)
			return
		}
		if _, err := in.Discard(skip); err != nil {
			yield(nil, fmt.Errorf("reading %s: %w", file, err))
			return
		}
		switch kind {
		case kindMbox:
			readMbox(ctx, file, newSplitter(ctx, in, int64(skip)), set, o, yield)
		case kindMail:
			m, err := readOne(ctx, in, int64(skip))
			if err != nil {
				yield(nil, err)
				return
			}
			n, err := recognizeRaw(ctx, file, 1, m, set, o)
			yield(n, err)
		default:
			n, err := readText(ctx, file, in, set, o)
			yield(n, err)
		}
	}
}

func readMbox(ctx context.Context, file string, s *splitter, set *Set, o Options, yield func(*Notice, error) bool) {
	for index := 1; ; index++ {
		m, err := s.next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil && index > MaxMails {
			err = problemManyMails.New("file", file, "limit", MaxMails)
		}
		if err != nil {
			yield(nil, err)
			return
		}
		n, err := recognizeRaw(ctx, file, index, m, set, o)
		if !yield(n, err) || err != nil {
			return
		}
	}
}

func recognizeRaw(ctx context.Context, file string, index int, m rawMail, set *Set, o Options) (*Notice, error) {
	l, err := open(ctx, m.bytes, m.length)
	if err != nil {
		return nil, err
	}
	n := &Notice{Source: Source{File: file, Index: index, Offset: m.offset, Length: m.length, Quoted: m.quoted}, Sum: m.sum}
	l.fill(n)
	recognize(n, set, o, false)
	return n, nil
}

// The kinds of content.
const (
	kindText = iota
	kindMail
	kindMbox
)

// knownHeader tells a mail from a text whose first line has a colon.
var knownHeader = pattern(
	`(?im)^(?:From|To|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|Content-Type|X-[a-z0-9-]+|DKIM-Signature|ARC-[a-z-]+|Reply-To|Sender) ?:`)

// sniff tells what a file is, and how many bytes stand before it.
func sniff(file string, in *bufio.Reader) (kind, skip int, err error) {
	head, err := in.Peek(8 << 10)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, 0, fmt.Errorf("reading %s: %w", file, err)
	}
	if bytes.HasPrefix(head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(head, []byte{0xFE, 0xFF}) {
		return kindText, 0, nil
	}
	if bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0}) {
		return 0, 0, problemOutlook.New("file", file)
	}
	body := bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF"))
	body = bytes.TrimLeft(body, " \t\r\n")
	skip = len(head) - len(body)
	if len(body) == 0 {
		return 0, 0, problemEmpty.New("file", file)
	}
	firstLine, _, _ := bytes.Cut(body, []byte("\n"))
	if bytes.HasPrefix(body, []byte("From ")) {
		_, below, _ := bytes.Cut(body, []byte("\n"))
		if separator().Match(firstLine) || headerLine().Match(below) {
			return kindMbox, skip, nil
		}
	}
	top, _ := split(body)
	if headerLine().Match(firstLine) && knownHeader().Match(top) {
		return kindMail, skip, nil
	}
	if bytes.IndexByte(body, 0) >= 0 || bytes.HasPrefix(body, []byte("%PDF")) || bytes.HasPrefix(body, []byte("PK\x03\x04")) {
		return 0, 0, problemNotMail.New("file", file)
	}
	return kindText, skip, nil
}

// maxPaste bounds a text that is pasted or dropped as a file.
const maxPaste = 1 << 20

func readText(ctx context.Context, file string, in io.Reader, set *Set, o Options) (*Notice, error) {
	raw, err := io.ReadAll(io.LimitReader(&cancelable{ctx: ctx, r: in}, maxPaste+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	if len(raw) > maxPaste {
		return nil, problemLongPaste.New("size", "more than "+sizeWords(maxPaste), "limit", sizeWords(maxPaste))
	}
	if bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) || bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) {
		if raw, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(raw); err != nil {
			return nil, problemNotMail.Wrap(err, "file", file)
		}
	}
	text, guess := decode(raw)
	n, err := Paste(text, set, o)
	if err != nil {
		return nil, err
	}
	n.Source.File = file
	if guess != "" {
		n.doubt(problemCharacters.New("encoding", guess))
	}
	return n, nil
}

// pastedHeader reads the lines that mail programs put above a copied text.
var pastedHeader = pattern(
	`(?i)^\W{0,3}(?:(from|发件人|寄件者|寄件人|發件人)|(subject|主题|主旨|主題|标题)|(date|sent|发送时间|日期|時間|时间|寄件日期))\W{0,3} ?[:]\s*(.+)$`)

// Paste reads the text of a mail that a person copied. Lines such as
// "From: ..." at its top are read as a header, but prove nothing.
func Paste(text string, set *Set, o Options) (*Notice, error) {
	if len(text) > maxPaste {
		return nil, problemLongPaste.New("size", sizeWords(int64(len(text))), "limit", sizeWords(maxPaste))
	}
	sum := sha256.Sum256([]byte(text))
	n := &Notice{Sum: hex.EncodeToString(sum[:])}
	n.Text = clean(text)
	if n.Text == "" {
		return nil, problemEmpty.New("file", "pasted text")
	}
	n.Text = pasteHeader(n, n.Text)
	if len(n.Text) > MaxText {
		n.Text = strings.ToValidUTF8(n.Text[:MaxText], "")
		n.doubt(problemCut.New("limit", sizeWords(MaxText)))
	}
	n.doubt(problemPasted.New())
	recognize(n, set, o, true)
	return n, nil
}

// pasteHeader takes header lines off the top of a pasted text.
func pasteHeader(n *Notice, text string) string {
	rest := text
	for i := 0; i < 8; i++ {
		l, below, _ := strings.Cut(rest, "\n")
		m := pastedHeader().FindStringSubmatch(fold(strings.TrimSpace(l)).text)
		if m == nil {
			if i > 0 && strings.TrimSpace(l) == "" {
				return below
			}
			break
		}
		switch {
		case m[1] != "":
			if name, list := addressesOf(m[4]); len(list) == 1 {
				n.From, n.FromName = list[0], name
			}
		case m[2] != "":
			n.Subject = line(m[4])
		default:
			if at, err := mail.ParseDate(stripComment(m[4])); err == nil {
				n.Date = at.UTC()
			}
		}
		rest = below
	}
	return rest
}

// Raw gives the bytes of a mail as they stand in its file, to keep the mail
// itself as evidence. File is the file that the notice was read from.
func (n *Notice) Raw(file io.ReaderAt) ([]byte, error) {
	changed := problemChanged.New("file", n.Source.File, "index", n.Source.Index)
	if n.Source.Index == 0 {
		return nil, changed
	}
	if n.Source.Length > MaxMail {
		return nil, problemLarge.New("size", sizeWords(n.Source.Length), "limit", sizeWords(MaxMail))
	}
	raw := make([]byte, n.Source.Length)
	if _, err := file.ReadAt(raw, n.Source.Offset); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading mail %d of %s: %w", n.Source.Index, n.Source.File, err)
	}
	sum := sha256.Sum256(raw)
	if hex.EncodeToString(sum[:]) != n.Sum {
		return nil, changed
	}
	return raw, nil
}

// OpenAttachment gives the content of n.Attachments[number], read again from
// the file that the notice came from: notices hold no attachments, which would
// fill the memory.
func (n *Notice) OpenAttachment(ctx context.Context, file io.ReaderAt, number int) ([]byte, error) {
	none := problemNoAttachment.New("file", n.Source.File, "index", n.Source.Index, "number", number+1)
	if number < 0 || number >= len(n.Attachments) {
		return nil, none
	}
	raw, err := n.Raw(file)
	if err != nil {
		return nil, err
	}
	if n.Source.Quoted {
		var b bytes.Buffer
		for l := range bytes.Lines(raw) {
			b.Write(unquote(l))
		}
		raw = b.Bytes()
	}
	l, err := open(ctx, raw, int64(len(raw)))
	if err != nil {
		return nil, err
	}
	if number >= len(l.attachments) || l.attachments[number].Attachment != n.Attachments[number] {
		return nil, none
	}
	return l.attachments[number].content, nil
}
