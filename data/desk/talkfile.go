package desk

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"casebinder/data"
	"casebinder/data/chat"
	"casebinder/data/importer/notice"
	"casebinder/data/letter"

	xunicode "golang.org/x/text/encoding/unicode"
)

// The limits of conversations in files.
const (
	maxTalkText    = 64 << 20 // bytes of a text file, or of the text in an archive
	maxTalkMembers = 20_000   // files in an archive
	maxTalkMedia   = 4 << 30  // bytes of one file in an archive, unpacked
	maxMailFile    = letter.MaxFile
)

// A fileKind is a kind of file that holds a conversation.
type fileKind int

const (
	talkText fileKind = iota
	talkZip
	talkMail
	talkMailbox
	talkOutlook
)

// TalkFiles are the endings of files that hold conversations.
func TalkFiles() []string { return []string{".txt", ".zip", ".eml", ".mbox", ".mbx", ".msg"} }

// IsTalk reports whether a file is a conversation by its ending and its first
// bytes: a chat of WhatsApp or another, no table and no picture.
func IsTalk(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".eml", ".mbox", ".mbx", ".msg":
		return true
	case ".zip":
		return isChatZip(name)
	case ".txt":
		return isChatText(name)
	}
	return false
}

func isChatZip(name string) bool {
	z, err := zip.OpenReader(name)
	if err != nil {
		return false
	}
	defer z.Close() //nolint:errcheck // it was only read
	f := chatMember(&z.Reader)
	if f == nil || f.UncompressedSize64 > maxTalkText {
		return false
	}
	r, err := f.Open()
	if err != nil {
		return false
	}
	defer r.Close() //nolint:errcheck // it was only read
	return looksLikeChat(r)
}

func isChatText(name string) bool {
	file, err := os.Open(name)
	if err != nil {
		return false
	}
	defer file.Close() //nolint:errcheck // it was only read
	return looksLikeChat(file)
}

// looksLikeChat splits the beginning of a text.
func looksLikeChat(r io.Reader) bool {
	head, err := io.ReadAll(io.LimitReader(r, 64<<10))
	if err != nil {
		return false
	}
	text, _ := plainText(head)
	return len(chat.Split(text, chat.Hints{}).Messages) > 1
}

// readTalkFile reads a file into a talk.
func (d *Desk) readTalkFile(ctx context.Context, t *Talk, h chat.Hints) error {
	file, err := os.Open(t.Request.Path)
	if err != nil {
		return problemEvidenceOpen.Wrap(err, "file", filepath.Base(t.Request.Path))
	}
	defer file.Close() //nolint:errcheck // it was only read
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return problemEvidenceOpen.Wrap(err, "file", filepath.Base(t.Request.Path))
	}
	t.Name = filepath.Base(t.Request.Path)
	if info.Size() == 0 {
		return problemEvidenceEmpty.New("file", t.Name)
	}
	head := make([]byte, 8<<10)
	n, err := io.ReadFull(file, head)
	if err != nil && n == 0 {
		return problemEvidenceOpen.Wrap(err, "file", t.Name)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("reading %s: %w", t.Name, err)
	}
	switch t.kind = kindOfTalk(head[:n], t.Name); t.kind {
	case talkZip:
		return t.readZip(file, info.Size(), h)
	case talkOutlook:
		return t.readOutlook(ctx, file, info.Size(), h)
	case talkMail, talkMailbox:
		return d.readMails(ctx, t, file, h)
	}
	text, err := readText(t, file, info.Size())
	if err != nil {
		return err
	}
	t.split(text, h)
	return nil
}

// kindOfTalk tells what a file is by its first bytes.
func kindOfTalk(head []byte, name string) fileKind {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return talkZip
	case bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		return talkOutlook
	}
	mail, box := notice.IsMail(head)
	ending := strings.ToLower(filepath.Ext(name))
	switch {
	case box:
		return talkMailbox
	case mail && ending != ".txt":
		return talkMail
	}
	return talkText
}

func readText(t *Talk, r io.Reader, size int64) (string, error) {
	if size > maxTalkText {
		return "", problemTalkLarge.New("name", t.Name, "size", sizeOf(size), "limit", sizeOf(maxTalkText))
	}
	raw, err := io.ReadAll(io.LimitReader(r, maxTalkText+1))
	if err != nil {
		return "", problemEvidenceOpen.Wrap(err, "file", t.Name)
	}
	if len(raw) > maxTalkText {
		return "", problemTalkLarge.New("name", t.Name, "size", sizeOf(int64(len(raw))), "limit", sizeOf(maxTalkText))
	}
	text, guess := plainText(raw)
	if guess != "" {
		t.Findings = append(t.Findings, foundGuess.finding(data.Warning, "encoding", guess))
	}
	return text, nil
}

var foundGuess = talkFound("talk.encoding",
	"Nothing tells the encoding of the text; it was read as {encoding}.",
	"Look at letters with accents, and export it in UTF-8 where they are wrong.")

// plainText decodes a text file; guess is its encoding where that is not certain.
func plainText(raw []byte) (text, guess string) {
	for mark, order := range map[string]xunicode.Endianness{"\xFF\xFE": xunicode.LittleEndian, "\xFE\xFF": xunicode.BigEndian} {
		if bytes.HasPrefix(raw, []byte(mark)) {
			if out, err := xunicode.UTF16(order, xunicode.UseBOM).NewDecoder().Bytes(raw); err == nil {
				return string(out), ""
			}
		}
	}
	return notice.TextOf(bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF")))
}

func sizeOf(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d KB", n>>10)
}

// chatMember finds the text of an exported chat in an archive: _chat.txt, or the
// largest text.
func chatMember(z *zip.Reader) *zip.File {
	var best *zip.File
	for _, f := range z.File {
		base := strings.ToLower(path.Base(f.Name))
		if path.Ext(base) != ".txt" || strings.HasPrefix(base, "._") || strings.Contains(f.Name, "__MACOSX/") {
			continue
		}
		if base == "_chat.txt" {
			return f
		}
		if best == nil || f.UncompressedSize64 > best.UncompressedSize64 {
			best = f
		}
	}
	return best
}

// readZip reads the chat in an archive, and which of its files belong to which
// message.
func (t *Talk) readZip(file io.ReaderAt, size int64, h chat.Hints) error {
	z, err := zip.NewReader(file, size)
	if err != nil {
		return problemTalkZip.Wrap(err, "name", t.Name, "detail", err)
	}
	if len(z.File) > maxTalkMembers {
		return problemTalkZip.New("name", t.Name, "detail", fmt.Sprintf("it has more than %d files", maxTalkMembers))
	}
	f := chatMember(z)
	if f == nil {
		return problemTalkZip.New("name", t.Name, "detail", "there is no text file in it")
	}
	r, err := f.Open()
	if err != nil {
		return problemTalkZip.Wrap(err, "name", t.Name, "detail", err)
	}
	defer r.Close() //nolint:errcheck // it was only read
	text, err := readText(t, r, int64(min(f.UncompressedSize64, 1<<62)))
	if err != nil {
		return err
	}
	t.split(text, h)
	t.media(z, f)
	return nil
}

// media gives messages the files of the archive that they name.
func (t *Talk) media(z *zip.Reader, chat *zip.File) {
	members := map[string]int{}
	for i, f := range z.File {
		if base := path.Base(strings.ReplaceAll(f.Name, `\`, "/")); f != chat && !f.FileInfo().IsDir() && !strings.HasPrefix(base, ".") {
			members[base] = i
		}
	}
	missing := 0
	for i := range t.Items {
		item := &t.Items[i]
		for word := range strings.FieldsFuncSeq(item.Text, func(r rune) bool { return strings.ContainsRune("<>\n\u200e:()", r) }) {
			name := strings.TrimSpace(word)
			if at, ok := members[name]; ok {
				item.Files = append(item.Files, TalkFile{Name: name, member: at})
			} else if mediaName(name) {
				missing++
			}
		}
	}
	if missing > 0 {
		t.Findings = append(t.Findings, foundMissingFile.finding(data.Info, "n", missing))
	}
}

// mediaName reports whether a word is the name that WhatsApp gives a file.
func mediaName(name string) bool {
	if len(name) > 60 || strings.Contains(name, " ") {
		return false
	}
	upper := strings.ToUpper(name)
	for _, start := range []string{"IMG-", "VID-", "PTT-", "AUD-", "DOC-", "STK-"} {
		if strings.HasPrefix(upper, start) && path.Ext(name) != "" {
			return true
		}
	}
	return strings.Contains(upper, "-PHOTO-") || strings.Contains(upper, "-VIDEO-") || strings.Contains(upper, "-AUDIO-")
}

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
		for _, doubt := range m.Doubts {
			if doubts++; doubts <= 20 {
				t.Findings = append(t.Findings, mailDoubt(doubt, m))
			}
		}
		t.Items = append(t.Items, box.items(m, !t.Mailbox)...)
		if t.Mailbox && m.Index >= maxPreviewMails {
			break
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
	hints chat.Hints
	mine  map[string]bool // addresses of the shop
	count map[string]int  // addresses by how many mails have them
	mails int
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
		names[i] = f.Name
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
	"There is more in the mail than could be read as text.",
	"Open it in its own program and compare.")

func pictureEnding(raw []byte) string {
	for ending, start := range map[string]string{".jpg": "\xFF\xD8\xFF", ".png": "\x89PNG", ".gif": "GIF8", ".bmp": "BM"} {
		if bytes.HasPrefix(raw, []byte(start)) {
			return ending
		}
	}
	return ".bin"
}
