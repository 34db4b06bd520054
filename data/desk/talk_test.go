package desk_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// chatZip makes an export of WhatsApp with a picture.
func chatZip(t *testing.T, text string, files map[string][]byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "WhatsApp Chat with Chloe.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	files["_chat.txt"] = []byte(text)
	for name, content := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func onePixel(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const whatsappExport = "[03.11.26, 14:05:12] Chloe: \u200eimage \u200e<attached: 00000001-PHOTO-2026.png>\n" +
	"[03.11.26, 14:20:45] Lantern: Thank you.\nWe look.\n" +
	"[04.11.26, 08:00:00] Chloe: \u200e<attached: 00000002-PHOTO-2026.png>\n"

func TestTakeTalk(t *testing.T) {
	ctx := t.Context()
	d, order := imported(t)
	path := chatZip(t, whatsappExport, map[string][]byte{"00000001-PHOTO-2026.png": onePixel(t)})
	talk, err := d.PreviewTalk(ctx, desk.TalkRequest{Path: path, OrderID: order}, nil)
	must(t, err)
	if len(talk.Items) != 3 || talk.Form != "whatsapp" || len(talk.Items[0].Files) != 1 {
		t.Fatalf("read %+v", talk)
	}
	before := seenMessages(t, d, order)
	report, err := d.TakeTalk(ctx, talk, nil)
	must(t, err)
	if report.Added != 3 || report.Files != 1 || report.Known != 0 {
		t.Fatalf("took %+v", report)
	}
	list, err := d.Messages(ctx, order)
	must(t, err)
	if len(list) != 3 || list[1].Direction != data.ToBuyer || list[1].Text != "Thank you.\nWe look." || list[1].Source != data.SourceFile || list[1].Channel != "whatsapp" {
		t.Fatalf("stored %+v", list)
	}
	view, err := d.Order(ctx, order)
	must(t, err)
	withMessage := 0
	for _, e := range view.Evidence {
		if e.MessageID == list[0].ID && e.MIME == "image/png" && strings.HasPrefix(e.Name, "00000001") {
			withMessage++
		}
	}
	if withMessage != 1 {
		t.Fatalf("the picture is not with its message: %+v", view.Evidence)
	}
	if w, err := d.Waiting(ctx, 0); err != nil || len(w) != 1 || w[0].Messages != 1 {
		t.Fatalf("waiting %+v %v", w, err)
	}
	// Search finds one character of it at once.
	if found, err := d.Search(ctx, "W"); err != nil || len(found.Messages) == 0 {
		t.Fatalf("not found: %+v %v", found, err)
	}
	// The same again is known.
	talk, err = d.PreviewTalk(ctx, desk.TalkRequest{Path: path, OrderID: order}, nil)
	must(t, err)
	if fresh, known, _ := talk.Taken(); fresh != 0 || known != 3 {
		t.Fatalf("fresh %d, known %d", fresh, known)
	}
	// One undo takes all of it back, and redo brings it again.
	if action, err := d.Undo(ctx); err != nil || action != "talk.take" {
		t.Fatalf("undid %q, %v", action, err)
	}
	if after := seenMessages(t, d, order); after != before {
		t.Fatalf("undone, but %s is not %s", after, before)
	}
	if w, err := d.Waiting(ctx, 0); err != nil || len(w) != 0 {
		t.Fatalf("undone, and waiting %+v %v", w, err)
	}
	if _, err := d.Redo(ctx); err != nil {
		t.Fatal(err)
	}
	if list, err := d.Messages(ctx, order); err != nil || len(list) != 3 {
		t.Fatalf("done again: %d messages, %v", len(list), err)
	}
}

func seenMessages(t *testing.T, d *desk.Desk, order int64) string {
	t.Helper()
	list, err := d.Messages(t.Context(), order)
	must(t, err)
	view, err := d.Order(t.Context(), order)
	must(t, err)
	return fmt.Sprint(len(list), len(view.Evidence))
}

// TestPasteOne takes a text that is no conversation as what it mostly is: one
// message of the buyer.
func TestPasteOne(t *testing.T) {
	ctx := t.Context()
	d, order := imported(t)
	talk, err := d.PreviewTalk(ctx, desk.TalkRequest{Text: "where is my lantern?\n\nChloe", OrderID: order}, nil)
	must(t, err)
	if !talk.Whole || len(talk.Items) != 1 || len(talk.Findings) == 0 {
		t.Fatalf("read %+v", talk)
	}
	report, err := d.TakeTalk(ctx, talk, nil)
	must(t, err)
	list, err := d.Messages(ctx, order)
	must(t, err)
	if report.Added != 1 || len(list) != 1 || list[0].Direction != data.FromBuyer || list[0].Precision != data.NoTime || list[0].Source != data.SourcePaste {
		t.Fatalf("%+v %+v", report, list)
	}
	if _, err := d.PreviewTalk(ctx, desk.TalkRequest{Text: " \n"}, nil); !errors.Is(err, data.ErrInvalid) {
		t.Fatalf("a text of blanks: %v", err)
	}
}

// TestHostileTalk: what is damaged or a bomb is refused or said, and never kept as
// if it were whole.
func TestHostileTalk(t *testing.T) {
	ctx := t.Context()
	d, order := imported(t)
	refused := map[string][]byte{
		"broken.zip":  []byte("PK\x03\x04 and nothing behind it"),
		"broken.msg":  append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 600)...),
		"nothing.txt": {},
		"empty.zip":   append([]byte("PK\x05\x06"), make([]byte, 18)...),
		"picture.txt": onePixel(t),
		"paper.txt":   []byte("%PDF-1.4\n%%EOF\n"),
		"program.txt": bytes.Repeat([]byte("MZ\x00\x01 no text \xF0\x9F"), 100),
	}
	for name, content := range refused {
		path := filepath.Join(t.TempDir(), name)
		must(t, os.WriteFile(path, content, 0o600))
		if _, err := d.PreviewTalk(ctx, desk.TalkRequest{Path: path, OrderID: order}, nil); err == nil {
			t.Errorf("%s is taken", name)
		} else if _, told := data.AsProblem(err); !told {
			t.Errorf("%s: %v tells nobody what to do", name, err)
		}
	}
	noChat := chatZip(t, "", map[string][]byte{"a.png": onePixel(t)})
	if talk, err := d.PreviewTalk(ctx, desk.TalkRequest{Path: noChat, OrderID: order}, nil); err == nil && !talk.Whole {
		t.Errorf("an empty chat became %d messages", len(talk.Items))
	}
	// A mail with far too many parts is bounded, and that is said.
	var bomb strings.Builder
	bomb.WriteString("From: Chloe <chloe@example.com>\nDate: Tue, 03 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n")
	for range 50_000 {
		bomb.WriteString("--x\nContent-Type: text/plain\n\nx\n")
	}
	path := filepath.Join(t.TempDir(), "bomb.eml")
	must(t, os.WriteFile(path, []byte(bomb.String()), 0o600))
	talk, err := d.PreviewTalk(ctx, desk.TalkRequest{Path: path, OrderID: order}, nil)
	if err == nil && len(talk.Findings) == 0 {
		t.Errorf("a mail with too many parts is taken in silence: %+v", talk.Items)
	}
	// Bytes of no encoding are said.
	path = filepath.Join(t.TempDir(), "odd.txt")
	must(t, os.WriteFile(path, []byte("03.11.26, 14:05 - Chloe: caf\xe9 \xff\xfe\x81\n03.11.26, 14:06 - Chloe: ok\n"), 0o600))
	talk, err = d.PreviewTalk(ctx, desk.TalkRequest{Path: path, OrderID: order}, nil)
	must(t, err)
	if len(talk.Items) != 2 || len(talk.Findings) == 0 {
		t.Errorf("odd bytes: %d items, %v", len(talk.Items), talk.Findings)
	}
}

// TestAttachedMails: a buyer's mail that was forwarded as a file is a message too; one
// that lies too deep is said.
func TestAttachedMails(t *testing.T) {
	ctx := t.Context()
	d, order := imported(t)
	inner := "From: Chloe <chloe@example.com>\r\nTo: help@shop.example\r\nDate: Tue, 03 Nov 2026 10:00:00 +0000\r\nSubject: late\r\n\r\nWhere is it?\r\n"
	wrap := func(mail string) string {
		return "From: Shop <help@shop.example>\r\nDate: Wed, 04 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n" +
			"--q\r\nContent-Type: text/plain\r\n\r\nsee below\r\n--q\r\nContent-Type: message/rfc822\r\n\r\n" + mail + "\r\n--q--\r\n"
	}
	read := func(mail string) desk.Talk {
		path := filepath.Join(t.TempDir(), "forwarded.eml")
		must(t, os.WriteFile(path, []byte(mail), 0o600))
		talk, err := d.PreviewTalk(ctx, desk.TalkRequest{Path: path, OrderID: order, Mine: []string{"help@shop.example"}}, nil)
		must(t, err)
		return talk
	}
	talk := read(wrap(inner))
	if len(talk.Items) != 2 || talk.Items[1].Text != "Where is it?" || talk.Items[1].Direction != data.FromBuyer || talk.Items[0].Direction != data.ToBuyer {
		t.Fatalf("read %+v", talk.Items)
	}
	for _, f := range talk.Findings {
		if f.Rule == "notice_attached_mail" {
			t.Errorf("a mail that was read is said to be left out: %v", f)
		}
	}
	// A mail that only wraps the next, far deeper than people forward.
	deep := inner
	for range 300 {
		deep = "From: Shop <help@shop.example>\r\nDate: Wed, 04 Nov 2026 09:00:00 +0000\r\nContent-Type: message/rfc822\r\n\r\n" + deep
	}
	told := 0
	for _, f := range read(deep).Findings {
		if f.Rule == "notice_attached_mail" {
			told++
		}
	}
	if told != 1 {
		t.Errorf("that mails lie too deep is said %d times", told)
	}
}

// TestTranslationsComeWithATable takes a table of messages with translations, also
// of messages that are there already.
func TestTranslationsComeWithATable(t *testing.T) {
	ctx := t.Context()
	d, order := imported(t)
	bring := func(text string) desk.ImportReport {
		t.Helper()
		report, err := d.Import(ctx, desk.ImportRequest{Path: write(t, "messages.csv", text), Shop: data.Shop{Name: "Lantern", Platform: "shopify"}, Target: "messages"}, nil)
		must(t, err)
		return report
	}
	const head = "Order Number,Message ID,Sent At,Direction,Author,Channel,Text,Language"
	const row = "#1001,M1,2026-11-05 10:00:00,in,Chloe,email,Où est-il ?,fr"
	if r := bring(head + "\n" + row + "\n"); r.Counts.Added != 1 {
		t.Fatalf("%+v %v", r.Counts, r.Rejected)
	}
	full := head + ",Translation,Translation Language,Translator\n" + row + ",Where is it?,en,DeepL\n"
	if r := bring(full); r.Counts.Updated != 1 {
		t.Fatalf("%+v %v", r.Counts, r.Rejected)
	}
	list, err := d.Messages(ctx, order)
	must(t, err)
	if len(list) != 1 || list[0].Translation != "Where is it?" || list[0].Translator != "DeepL" || list[0].TransLang != "en" || list[0].Channel != "email" {
		t.Fatalf("%+v", list)
	}
	// A table without them takes them from nobody.
	if r := bring(head + "\n" + row + "\n"); r.Counts.Unchanged != 1 {
		t.Fatalf("%+v", r.Counts)
	}
	if list, err = d.Messages(ctx, order); err != nil || list[0].Translator != "DeepL" {
		t.Fatalf("%+v %v", list, err)
	}
}
