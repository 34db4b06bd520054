package desk

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/chat"
	"casebinder/data/importer/notice"
	"casebinder/data/letter"
)

// readMails reads the mails of an .eml, or the first of a mailbox.
func (d *Desk) readMails(ctx context.Context, t *Talk, file io.Reader, h chat.Hints) error {
	t.Form, t.Mailbox = "mail", t.kind == talkMailbox
	if t.Mailbox {
		t.Form = "mbox"
	}
	box := newMailTaker(t, h)
	doubts := 0
	for m, err := range notice.Mails(ctx, t.Name, file) {
		if err != nil {
			return err
		}
		if t.Mailbox && m.Index > maxPreviewMails {
			t.Findings = append(t.Findings, foundFirst.finding(data.Info, "n", maxPreviewMails))
			break
		}
		t.Items = append(t.Items, box.items(m, !t.Mailbox)...)
		var found []data.Finding
		whole := false
		if !t.Mailbox {
			var inner []TalkItem
			inner, found, whole = box.attached(ctx, m, 0)
			t.Items = append(t.Items, inner...)
		}
		for _, doubt := range append(mailDoubts(m, whole), found...) {
			if doubts++; doubts <= 20 {
				t.Findings = append(t.Findings, doubt)
			}
		}
	}
	if t.Mailbox {
		box.owner(t.Items)
	}
	t.Backward = !t.Mailbox && len(t.Items) > 1
	return nil
}

func mailDoubt(p *data.Problem, m *notice.Mail) data.Finding {
	return p.Finding(data.Warning, data.Ref{Kind: "row", ID: fmt.Sprint(m.Index), Label: m.Subject})
}

// A mailTaker turns mails into messages.
type mailTaker struct {
	hints  chat.Hints
	mine   map[string]bool // addresses of the shop
	count  map[string]int  // addresses by how many mails have them
	mails  int
	inside int // mails that were attached to others
}

func newMailTaker(t *Talk, h chat.Hints) *mailTaker {
	b := &mailTaker{hints: h, mine: map[string]bool{}, count: map[string]int{}}
	for _, name := range t.Request.Mine {
		if strings.Contains(name, "@") {
			b.mine[strings.ToLower(name)] = true
		}
	}
	return b
}

// items are the messages of a mail: what was written in it, and with quoted what it
// quotes.
func (b *mailTaker) items(m *notice.Mail, quoted bool) []TalkItem {
	names := make([]string, len(m.Files))
	for i, f := range m.Files {
		names[i] = orNamed(f.Name, i)
	}
	address := strings.ToLower(m.From)
	c := chat.Mail(chat.MailHead{Name: m.FromName, Address: address, At: m.Date, MessageID: m.MessageID, Names: names}, m.Text, b.hints)
	if !quoted {
		c.Messages = c.Messages[:1]
	}
	b.mails++
	seen := map[string]bool{address: true}
	b.count[address]++
	for _, a := range m.To {
		if !seen[a] {
			seen[a] = true
			b.count[a]++
		}
	}
	var items []TalkItem
	for i, message := range c.Messages {
		item := TalkItem{Item: message}
		if b.mine[message.Address] {
			item.Direction = data.ToBuyer
		}
		if i == 0 {
			item.First, item.Last = m.Index, m.Index
			for k, f := range m.Files {
				item.Files = append(item.Files, TalkFile{Name: orNamed(f.Name, k), Content: f.Content, mail: &m.Files[k]})
			}
			if item.Text == "" && len(item.Files) == 0 {
				item.Text = m.Subject
			}
			item.Subject = m.Subject
		}
		if item.Text == "" && len(item.Files) == 0 {
			continue
		}
		items = append(items, item)
	}
	return items
}

func orNamed(name string, k int) string {
	if name == "" {
		return fmt.Sprintf("attachment-%d", k+1)
	}
	return name
}

// owner finds whose mailbox it is: the address that most mails have, as sender or
// receiver. What that one sent, the shop sent.
func (b *mailTaker) owner(items []TalkItem) {
	if len(b.mine) == 0 {
		best, most := "", 0
		for address, n := range b.count {
			if n > most || n == most && address < best {
				best, most = address, n
			}
		}
		if most*10 >= b.mails*6 && b.mails > 2 {
			b.mine[best] = true
		}
	}
	for i := range items {
		switch {
		case b.mine[items[i].Address]:
			items[i].Direction = data.ToBuyer
		case items[i].Direction != data.FromPlatform:
			items[i].Direction = data.FromBuyer
		}
	}
}

// readOutlook reads a message of Outlook.
func (t *Talk) readOutlook(ctx context.Context, file io.Reader, size int64, h chat.Hints) error {
	if size > maxMailFile {
		return problemTalkLarge.New("name", t.Name, "size", sizeOf(size), "limit", sizeOf(maxMailFile))
	}
	raw, err := io.ReadAll(io.LimitReader(file, maxMailFile))
	if err != nil {
		return problemEvidenceOpen.Wrap(err, "file", t.Name)
	}
	l, err := letter.Read(ctx, letter.Outlook, raw)
	if err != nil {
		return err
	}
	t.Form = "mail"
	m := &notice.Mail{Index: 1}
	var text strings.Builder
	pictures := 0
	for _, p := range l.Pieces {
		if p.Picture == nil {
			text.WriteString(p.Text)
			continue
		}
		pictures++
		m.Files = append(m.Files, notice.MailFile{Attachment: notice.Attachment{Name: fmt.Sprintf("picture-%d%s", pictures, pictureEnding(p.Picture))}, Content: p.Picture})
	}
	m.Text = text.String()
	for _, a := range l.Attachments {
		m.Files = append(m.Files, notice.MailFile{Attachment: notice.Attachment{Name: a.Name, Size: a.Size}, Content: a.Content})
	}
	for _, f := range l.Fields {
		switch f.Name {
		case "From":
			m.FromName, m.From = chat.Address(f.Value)
		case "Date":
			m.Date = chat.MailTime(f.Value)
		case "Subject":
			m.Subject = f.Value
		}
	}
	if l.Cut {
		t.Findings = append(t.Findings, foundCutMail.finding(data.Warning))
	}
	t.Items = newMailTaker(t, h).items(m, true)
	t.Backward = len(t.Items) > 1
	return nil
}

var foundCutMail = talkFound("talk.mail_cut",
	"The e-mail holds more than could be read as text.",
	"Open it in its own program and compare.")

func pictureEnding(raw []byte) string {
	for ending, start := range map[string]string{".jpg": "\xFF\xD8\xFF", ".png": "\x89PNG", ".gif": "GIF8", ".bmp": "BM"} {
		if bytes.HasPrefix(raw, []byte(start)) {
			return ending
		}
	}
	return ".bin"
}

// Of the mails that a mail carries as attachments, so many are read, and so deep in
// each other.
const (
	maxAttachedMails = 50
	maxAttachedDepth = 5
)

// attached gives the messages of the mails that a mail carries as attachments: what
// a seller forwards as a file. whole is false where one could not be read or lay too
// deep.
func (b *mailTaker) attached(ctx context.Context, m *notice.Mail, depth int) (items []TalkItem, doubts []data.Finding, whole bool) {
	whole = true
	for i := range m.Files {
		f := &m.Files[i]
		if f.Type != "message/rfc822" {
			continue
		}
		if depth >= maxAttachedDepth || b.inside >= maxAttachedMails {
			whole = false
			continue
		}
		b.inside++
		inner, err := attachedMail(ctx, f)
		if err != nil || inner == nil {
			whole = false
			continue
		}
		inner.Index = m.Index
		more, found, all := b.attached(ctx, inner, depth+1)
		items = append(append(items, b.items(inner, true)...), more...)
		doubts = append(append(doubts, mailDoubts(inner, true)...), found...) // that some were not read is said once
		whole = whole && all
	}
	return items, doubts, whole
}

// attachedMail reads an attachment as a mail; nil where it is none.
func attachedMail(ctx context.Context, f *notice.MailFile) (*notice.Mail, error) {
	content := f.Content
	if content == nil {
		var err error
		if content, err = f.Open(); err != nil {
			return nil, err
		}
	}
	if mail, _ := notice.IsMail(content[:min(len(content), 8<<10)]); !mail {
		return nil, nil
	}
	for inner, err := range notice.Mails(ctx, f.Name, bytes.NewReader(content)) {
		return inner, err
	}
	return nil, nil
}

// mailDoubts are the doubts about a mail, without the one about attached mails where
// all of those were read.
func mailDoubts(m *notice.Mail, whole bool) []data.Finding {
	found := make([]data.Finding, 0, len(m.Doubts))
	for _, doubt := range m.Doubts {
		found = append(found, mailDoubt(doubt, m))
	}
	return slices.DeleteFunc(found, func(f data.Finding) bool { return whole && f.Rule == "notice_attached_mail" })
}
