package letter

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"casebinder/data"
)

// dot is a GIF of one pixel.
const dot = "R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="

// mixed is a mail as programs write it: a head in two encodings, a page with a
// picture of the mail, a picture of elsewhere, a file, and a mail in the mail.
const mixed = "From: =?gb2312?B?zfXQocP3?= <ming@shop.test>\r\nTo: buyer@example.test\r\nSubject: =?UTF-8?Q?Paket_f=C3=BCr_Sie?=\r\n" +
	"Date: Mon, 02 Mar 2026 10:00:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=out\r\n\r\n" +
	"--out\r\nContent-Type: multipart/related; boundary=in\r\n\r\n" +
	"--in\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
	"<html><head><title>x</title><style>p{}</style></head><body><p>It was delivered=\r\n on 1 March.</p><script>bad()</script><img src=3D\"cid:sig@1\">" +
	"<img src=3D\"https://track.example.test/p.gif\" alt=3D\"a counter\"><p>Signed by M=C3=BCller</p></body></html>\r\n" +
	"--in\r\nContent-Type: image/gif\r\nContent-ID: <sig@1>\r\nContent-Transfer-Encoding: base64\r\n\r\n" + dot + "\r\n--in--\r\n" +
	"--out\r\nContent-Type: application/zip; name=\"label.zip\"\r\nContent-Disposition: attachment; filename=\"label.zip\"\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBA==\r\n" +
	"--out\r\nContent-Type: message/rfc822\r\n\r\nFrom: carrier@example.test\r\nSubject: Scan\r\nDate: Sun, 1 Mar 2026 09:00:00 +0000\r\n\r\nLeft with the neighbor.\r\n--out--\r\n"

func texts(l Letter) string {
	var b strings.Builder
	for _, f := range l.Fields {
		b.WriteString(f.Name + "=" + f.Value + "\n")
	}
	for _, p := range l.Pieces {
		if p.Picture != nil {
			b.WriteString("<picture>\n")
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

func TestMail(t *testing.T) {
	l, err := Read(t.Context(), KindOf("message/rfc822", "a.eml"), []byte(mixed))
	if err != nil {
		t.Fatal(err)
	}
	got := texts(l)
	at := 0
	for _, want := range []string{"From=王小明 <ming@shop.test>", "Subject=Paket für Sie", "It was delivered on 1 March.", "<picture>", "[a counter]", "Signed by Müller", "From: carrier@example.test", "Left with the neighbor."} {
		i := strings.Index(got[at:], want)
		if i < 0 {
			t.Fatalf("%q is not there, or not in its place:\n%s", want, got)
		}
		at += i
	}
	if strings.Contains(got, "bad()") || l.Absent != 1 || len(l.Attachments) != 1 || l.Attachments[0].Name != "label.zip" || l.Cut {
		t.Errorf("%d absent, %+v, cut %v:\n%s", l.Absent, l.Attachments, l.Cut, got)
	}
}

func TestPlainMailInAnOldEncoding(t *testing.T) {
	raw := "From: a@b.test\nTo: c@d.test\nSubject: x\nContent-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: 8bit\n\n\xf0\xcf\xd3\xd9\xcc\xcb\xc1\n"
	l, err := Read(t.Context(), Mail, []byte(raw))
	if err != nil || !strings.Contains(texts(l), "Посылка") {
		t.Errorf("%v: %s", err, texts(l))
	}
}

func TestPage(t *testing.T) {
	raw := "<!DOCTYPE html><meta charset=gbk><body><h1>\xb6\xa9\xb5\xa5</h1><ul><li>one<li>two</ul><img src='data:image/gif;base64," + dot + "'><img src=local.png></body>"
	l, err := Read(t.Context(), KindOf("text/html", "order.html"), []byte(raw))
	if got := texts(l); err != nil || !strings.Contains(got, "订单") || !strings.Contains(got, "• one\n• two") || !strings.Contains(got, "<picture>") || l.Absent != 1 {
		t.Errorf("%v, %d absent: %s", err, l.Absent, got)
	}
}

// archive packs files into a ZIP.
func archive(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wordFile(t testing.TB) []byte {
	picture, err := base64.StdEncoding.DecodeString(dot)
	if err != nil {
		t.Fatal(err)
	}
	return archive(
		t, "word/document.xml", `<w:document xmlns:w="w" xmlns:a="a" xmlns:r="r"><w:body><w:p><w:r><w:t>Agreed on </w:t></w:r><w:r><w:t>1 March</w:t></w:r></w:p>`+
			`<w:p><w:del><w:r><w:delText>never</w:delText></w:r></w:del><a:blip r:embed="p1"/><w:r><w:t>Signed: 王</w:t></w:r></w:p></w:body></w:document>`,
		"word/_rels/document.xml.rels", `<Relationships><Relationship Id="p1" Target="media/one.gif"/></Relationships>`,
		"word/media/one.gif", string(picture),
		"word/footnotes.xml", `<w:footnotes><w:t>By both.</w:t></w:footnotes>`,
	)
}

// What stands for a picture that is not there does not run into the words beside it.
func TestWordsForAPictureStandApart(t *testing.T) {
	l, err := Read(t.Context(), KindOf("text/html", "page.html"), []byte("<p>View on the site<img src=\"https://example.test/a.png\" alt=\"in a kitchen\">now</p>"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.TrimSpace(l.Pieces[0].Text), "View on the site [in a kitchen] now"; got != want || l.Absent != 1 {
		t.Errorf("got %q and %d pictures that are not there, want %q", got, l.Absent, want)
	}
}

func TestWord(t *testing.T) {
	l, err := Read(t.Context(), KindOf("application/zip", "deal.docx"), wordFile(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := texts(l); got != "Agreed on 1 March\n<picture>\nSigned: 王\nBy both." || l.Absent != 0 {
		t.Errorf("%d absent: %q", l.Absent, got)
	}
}

func TestHostile(t *testing.T) {
	for name, c := range map[string]struct {
		kind Kind
		raw  []byte
	}{
		"no Word file": {Word, archive(t, "a.txt", "x")}, "no ZIP": {Word, []byte("PK\x03\x04")}, "no message": {Outlook, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")},
		"a bomb":          {Word, archive(t, "word/document.xml", strings.Repeat(" ", maxUnfolded+1))},
		"a million parts": {Mail, []byte("Content-Type: multipart/mixed; boundary=a\n\n" + strings.Repeat("--a\n\nx\n", 1_000_000))},
	} {
		if _, err := Read(t.Context(), c.kind, c.raw); err == nil {
			t.Errorf("%s is taken", name)
		} else if p, ok := data.AsProblem(err); !ok || p.Kind != ProblemDamaged {
			t.Errorf("%s: %v", name, err)
		}
	}
	l, err := Read(t.Context(), Page, []byte(strings.Repeat("<div>", 100_000)+strings.Repeat("long ", MaxText)))
	if err != nil || !l.Cut || len(texts(l)) > MaxText {
		t.Errorf("%v, cut %v, %d bytes", err, l.Cut, len(texts(l)))
	}
}

func FuzzRead(f *testing.F) {
	f.Add(byte(Mail), []byte(mixed))
	f.Add(byte(Page), []byte("<p>a<img src='data:image/gif;base64,"+dot+"'>"))
	f.Add(byte(Word), wordFile(f))
	f.Add(byte(Outlook), []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
	f.Fuzz(func(t *testing.T, kind byte, raw []byte) {
		l, err := Read(t.Context(), Kind(kind%5), raw)
		if err != nil {
			if _, ok := data.AsProblem(err); !ok {
				t.Fatal(err)
			}
			return
		}
		if len(texts(l)) > 2*MaxText+len(l.Fields)*3000+10*len(l.Pieces) {
			t.Fatal("more text than is allowed")
		}
	})
}
