package letter

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
	"time"
)

// saved is a page as Chromium saves it: the page first, a frame of its own with the
// seller's text, pictures by their address, a style and a script.
const saved = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://shop.example.test/item/12\r\nSubject: =?utf-8?Q?Lamp=20=E2=80=93=20Willow?=\r\n" +
	"Date: Wed, 4 Mar 2026 10:20:30 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--out\"\r\n\r\n" +
	"----out\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://shop.example.test/item/12\r\n\r\n" +
	"<!DOCTYPE html><html><head><title>x</title><link rel=3D\"stylesheet\" href=3D\"cid:css-1@mhtml.blink\"></head><body onload=3D\"bad()\"><h1>Lamp</h1>" +
	"<script>bad()</script><img src=3D\"https://img.example.test/1.gif\"><img src=3D\"/local.gif\"><img src=3D\"https://img.example.test/gone.gif\" alt=3D\"back\">" +
	"<iframe src=3D\"cid:frame-2@mhtml.blink\">no frames</iframe><p>Ships in 3 days =E2=82=AC 4</p></body></html>\r\n" +
	"----out\r\nContent-Type: text/css\r\nContent-ID: <css-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: cid:css-1@mhtml.blink\r\n\r\np { color: red }\r\n" +
	"----out\r\nContent-Type: text/html\r\nContent-ID: <frame-2@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://desc.example.test/12\r\n\r\n" +
	"<html><body><p>Duty is paid by the buyer.</p><iframe src=3D\"cid:frame-2@mhtml.blink\"></iframe></body></html>\r\n" +
	"----out\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://img.example.test/1.gif\r\n\r\n" + dot + "\r\n" +
	"----out\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://shop.example.test/local.gif\r\n\r\n" + dot + "\r\n" +
	"----out--\r\n"

func TestASavedPage(t *testing.T) {
	kind := KindOf("message/rfc822", "Lamp.mhtml")
	if kind != Archive {
		t.Fatalf("its kind is %v", kind)
	}
	l, err := Read(t.Context(), kind, []byte(saved))
	if err != nil {
		t.Fatal(err)
	}
	got := texts(l)
	at := 0
	for _, want := range []string{
		"Page=https://shop.example.test/item/12", "Subject=Lamp – Willow", "Date=Wed, 4 Mar 2026 10:20:30 -0000", "Lamp\n", "<picture>", "<picture>", "[back]",
		"Duty is paid by the buyer.", "Ships in 3 days € 4",
	} {
		i := strings.Index(got[at:], want)
		if i < 0 {
			t.Fatalf("%q is not there, or not in its place:\n%s", want, got)
		}
		at += i + len(want)
	}
	if strings.Contains(got, "bad()") || strings.Contains(got, "color: red") || strings.Contains(got, "no frames") || strings.Contains(got, "Blink") {
		t.Errorf("what is not seen is shown:\n%s", got)
	}
	if l.Absent != 1 || len(l.Attachments) != 0 || l.Cut {
		t.Errorf("%d absent, %d files, cut %v", l.Absent, len(l.Attachments), l.Cut)
	}
}

func TestWhenAPageWasSaved(t *testing.T) {
	for name, c := range map[string]struct {
		kind Kind
		head string
		want string
	}{
		"Chromium":            {Archive, saved, "2026-03-04T10:20:30Z"},
		"no date":             {Archive, "From: x\r\nSubject: y\r\n\r\nDate: Wed, 4 Mar 2026 10:20:30 -0000\r\n", ""},
		"no day":              {Archive, "Date: yesterday\r\n\r\n", ""},
		"before browsers":     {Archive, "Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n\r\n", ""},
		"SingleFile":          {Page, "<!DOCTYPE html><!--\n Page saved with SingleFile \n url: https://shop.example.test/ \n saved date: Wed Mar 04 2026 12:20:30 GMT+0200 (Mitteleuropa)\n-->", "2026-03-04T10:20:30Z"},
		"a page without":      {Page, "<!DOCTYPE html><html><body>saved date: today", ""},
		"a mail is no page":   {Mail, saved, ""},
		"an empty file":       {Archive, "", ""},
		"a date in the body":  {Page, strings.Repeat(" ", 5000) + "saved date: Wed Mar 04 2026 12:20:30 GMT+0200", ""},
		"hours west of UTC":   {Archive, "Date: Tue, 3 Mar 2026 23:00:00 -0800\n\n", "2026-03-04T07:00:00Z"},
		"a name in one case":  {Archive, "DATE: Tue, 3 Mar 2026 23:00:00 -0800\n\n", "2026-03-04T07:00:00Z"},
		"another field of it": {Archive, "X-Date: Tue, 3 Mar 2026 23:00:00 -0800\n\n", ""},
	} {
		got := ""
		if at := SavedAt(c.kind, []byte(c.head)); !at.IsZero() {
			got = at.Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A page that holds itself in a frame, many times over, ends.
func TestAPageInItself(t *testing.T) {
	frame := strings.Repeat("<iframe src=cid:a></iframe>", 200)
	raw := "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-ID: <a>\r\n\r\n<body>" +
		frame + "word</body>\r\n--b--\r\n"
	l, err := Read(t.Context(), Archive, []byte(raw))
	if err != nil || !strings.Contains(texts(l), "word") {
		t.Errorf("%v: %d pieces", err, len(l.Pieces))
	}
	if n := len(l.Pieces); n > 10_000 {
		t.Errorf("it gave %d pieces", n)
	}
}

func TestNoPageInIt(t *testing.T) {
	for _, raw := range []string{"", "\x00", "Subject: x\r\n\r\n", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: image/gif\r\n\r\nGIF89a\r\n--b--"} {
		if l, err := Read(t.Context(), Archive, []byte(raw)); err == nil {
			t.Errorf("%q: %+v", raw, l)
		}
	}
}

func FuzzArchive(f *testing.F) {
	f.Add([]byte(saved))
	picture, _ := base64.StdEncoding.DecodeString(dot)
	f.Add(append([]byte("Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=\"//%zz\"><frame src=x>\n--b\nContent-Location: x\n\n"), picture...))
	f.Fuzz(func(t *testing.T, raw []byte) {
		SavedAt(Archive, raw)
		SavedAt(Page, raw)
		for _, kind := range []Kind{Archive, Page} {
			l, err := Read(t.Context(), kind, raw)
			if err != nil {
				continue
			}
			text := 0
			for _, p := range l.Pieces {
				text += len(p.Text)
				if p.Picture != nil && !bytes.Contains(raw, p.Picture) && kind == Archive && len(p.Picture) > len(raw) {
					t.Fatal("a picture that is not in the file")
				}
			}
			if text > MaxText {
				t.Fatalf("%d bytes of text", text)
			}
		}
	})
}
