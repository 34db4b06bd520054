package notice

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"casebinder/data"
)

// packedMail is a mail with attachments, as mail programs write them.
func packedMail(end string, files ...[]byte) string {
	var b strings.Builder
	line := func(s string) { b.WriteString(s + end) }
	line("From: Ana <ana@mail.example>")
	line("To: shop@mail.example, Second <b@mail.example>")
	line("Date: Thu, 05 Mar 2026 10:00:00 +0100")
	line("Message-ID: <m1@mail.example>")
	line("Content-Type: multipart/mixed; boundary=\"b--1\"")
	line("")
	line("--b--1")
	line("Content-Type: text/plain; charset=utf-8")
	line("Content-Transfer-Encoding: base64")
	line("")
	line(base64.StdEncoding.EncodeToString([]byte(strings.Repeat("Wo bleibt es? ", 400))))
	for i, f := range files {
		line("--b--1")
		line(fmt.Sprintf("Content-Type: image/jpeg; name=\"p%d.jpg\"", i))
		line("Content-Disposition: attachment; filename=\"p" + fmt.Sprint(i) + ".jpg\"")
		line("Content-Transfer-Encoding: base64")
		line("")
		for text := base64.StdEncoding.EncodeToString(f); text != ""; {
			n := min(76, len(text))
			line(text[:n])
			text = text[n:]
		}
	}
	line("--b--1--")
	return b.String()
}

// TestAttachmentsAreUnpackedWhenAskedFor: what was taken out of a mail comes back
// byte for byte.
func TestAttachmentsAreUnpackedWhenAskedFor(t *testing.T) {
	large := bytes.Repeat([]byte{0, 1, 2, 250, 255, 9}, 3001)
	small := []byte("small")
	odd := append(bytes.Clone(large), 7)
	for _, end := range []string{"\n", "\r\n"} {
		mail := packedMail(end, large, small, odd)
		n := 0
		for m, err := range Mails(t.Context(), "a.eml", strings.NewReader(mail)) {
			if err != nil {
				t.Fatal(err)
			}
			n++
			if !strings.HasPrefix(m.Text, "Wo bleibt es?") || m.From != "ana@mail.example" || len(m.To) != 2 || m.MessageID != "m1@mail.example" {
				t.Errorf("read %+v", m)
			}
			if _, offset := m.Date.Zone(); offset != 3600 {
				t.Errorf("the date lost its zone: %v", m.Date)
			}
			if len(m.Files) != 3 {
				t.Fatalf("%d files", len(m.Files))
			}
			for i, want := range [][]byte{large, small, odd} {
				got, err := m.Files[i].Open()
				if err != nil || !bytes.Equal(got, want) || m.Files[i].Name != fmt.Sprintf("p%d.jpg", i) {
					t.Errorf("file %d: %d bytes of %d, %v", i, len(got), len(want), err)
				}
			}
		}
		if n != 1 {
			t.Errorf("%d mails", n)
		}
	}
}

func TestMailsOfABoxKeepTheirOrder(t *testing.T) {
	var box strings.Builder
	for i := range 50 {
		fmt.Fprintf(&box, "From a@b.example Thu Mar  5 10:00:00 2026\nFrom: a@b.example\nSubject: no %d\nDate: Thu, 05 Mar 2026 10:00:00 +0100\n\n>From here on\ntext %d\n\n", i, i)
	}
	n := 0
	for m, err := range Mails(t.Context(), "a.mbox", strings.NewReader(box.String())) {
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("From here on\ntext %d", n); m.Index != n+1 || strings.TrimSpace(m.Text) != want {
			t.Fatalf("mail %d is %d: %q", n+1, m.Index, m.Text)
		}
		n++
	}
	if n != 50 {
		t.Errorf("%d mails", n)
	}
	for _, err := range Mails(t.Context(), "a.txt", strings.NewReader("just words\n")) {
		if !errors.Is(err, data.ErrInvalid) {
			t.Errorf("a text that is no mail: %v", err)
		}
	}
}
