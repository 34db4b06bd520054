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
	if err := data.CheckPath(t.Request.Path); err != nil {
		return err
	}
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
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")): // the latter is an empty one
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
	if noText(raw) {
		return "", problemTalkNoText.New("name", t.Name)
	}
	text, guess := plainText(raw)
	if guess != "" {
		t.Findings = append(t.Findings, foundGuess.finding(data.Warning, "encoding", guess))
	}
	return text, nil
}

// noText reports whether bytes are no text in any encoding: documents and pictures
// by how they begin, others by the zeros in them, of which UTF-16 has far more.
func noText(raw []byte) bool {
	for _, start := range []string{"%PDF-", "\x89PNG", "\xFF\xD8\xFF", "GIF8"} {
		if bytes.HasPrefix(raw, []byte(start)) {
			return true
		}
	}
	head := raw[:min(len(raw), 8<<10)]
	zeros := bytes.Count(head, []byte{0})
	return zeros >= 8 && zeros < len(head)/4
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
