package notice

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/mail"
	"runtime"
	"strings"
	"time"

	"casebinder/data"
)

// A Mail is one mail of a file, as a message: nothing is recognized in it.
type Mail struct {
	Index     int
	MessageID string
	From      string // the address; "" where several or none stand there
	FromName  string
	To        []string // addresses, of To and Cc
	Subject   string
	Date      time.Time // with the offset that is printed; zero where none can be read
	Text      string
	Files     []MailFile
	Doubts    []*data.Problem
	Read      int64 // bytes of the file until behind this mail
}

// A MailFile is an attachment.
type MailFile struct {
	Attachment
	Content []byte // nil where it is packed still: see Open
	packed  []byte // its base64
}

// IsMail reports whether what a file begins with is a mail or a mailbox.
func IsMail(head []byte) (mailFile, mailbox bool) {
	kind, _, err := sniff("", bufio.NewReaderSize(bytes.NewReader(head), lineBuffer))
	return err == nil && kind != kindText, err == nil && kind == kindMbox
}

// TextOf decodes a text whose encoding nothing tells. guess is the encoding that
// was taken where that is not certain.
func TextOf(raw []byte) (text, guess string) { return decode(raw) }

// Mails reads the mails of an .eml or .mbox one after another, in their order.
// They are taken apart on all processors, and few are in memory at once. An error
// ends the reading; what is wrong with one mail stands in its doubts.
func Mails(ctx context.Context, file string, r io.Reader) iter.Seq2[*Mail, error] {
	return func(yield func(*Mail, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		waiting := make(chan chan mailOrError, 2*runtime.NumCPU())
		go cutMails(ctx, file, r, waiting)
		for ready := range waiting {
			got := <-ready
			if !yield(got.mail, got.err) || got.err != nil {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(nil, err)
		}
	}
}

type mailOrError struct {
	mail *Mail
	err  error
}

// cutMails cuts a file into mails and has each taken apart beside the others.
func cutMails(ctx context.Context, file string, r io.Reader, into chan chan mailOrError) {
	defer close(into)
	send := func(work func() mailOrError) bool {
		ready := make(chan mailOrError, 1)
		select {
		case into <- ready:
		case <-ctx.Done():
			return false
		}
		go func() { ready <- work() }()
		return true
	}
	fail := func(err error) { send(func() mailOrError { return mailOrError{err: err} }) }
	in := bufio.NewReaderSize(r, 1<<20)
	kind, skip, err := sniff(file, in)
	if err != nil {
		fail(err)
		return
	}
	if kind == kindText {
		fail(problemNotMail.New("file", file))
		return
	}
	if _, err := in.Discard(skip); err != nil {
		fail(fmt.Errorf("reading %s: %w", file, err))
		return
	}
	if kind == kindMail {
		m, err := readOne(ctx, in, int64(skip))
		if err != nil {
			fail(err)
			return
		}
		send(func() mailOrError { return apart(ctx, 1, m) })
		return
	}
	s := newSplitter(ctx, in, int64(skip))
	s.unsummed = true
	slots := make(chan struct{}, runtime.NumCPU()+1)
	for index := 1; ; index++ {
		m, err := s.next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil && index > MaxMails {
			err = problemManyMails.New("file", file, "limit", MaxMails)
		}
		if err != nil {
			fail(err)
			return
		}
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		if !send(func() mailOrError {
			defer func() { <-slots }()
			return apart(ctx, index, m)
		}) {
			return
		}
	}
}

// apart takes one mail apart.
func apart(ctx context.Context, index int, raw rawMail) mailOrError {
	light, parts := lighten(raw.bytes)
	l, err := open(ctx, light, raw.length)
	if err != nil {
		return mailOrError{err: err}
	}
	n := &Notice{}
	l.fill(n)
	m := &Mail{
		Index: index, MessageID: n.MessageID, From: n.From, FromName: n.FromName, Subject: n.Subject, Text: n.Text, Doubts: n.Doubts,
		Read: raw.offset + raw.length,
	}
	if at, err := mail.ParseDate(stripComment(line(unword(l.header.Get("Date"))))); err == nil && !n.Date.IsZero() {
		m.Date = at
	}
	for _, key := range []string{"To", "Cc"} {
		for _, v := range l.header.Values(key) {
			if len(v) > 64<<10 {
				continue
			}
			_, addresses := addressesOf(v)
			for _, a := range addresses[:min(len(addresses), 50)] {
				m.To = append(m.To, strings.ToLower(a))
			}
		}
	}
	for _, a := range l.attachments {
		m.Files = append(m.Files, MailFile{Attachment: a.Attachment, Content: a.content})
	}
	m.unpack(raw.bytes, parts)
	return mailOrError{mail: m}
}
