package notice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"casebinder/data"
)

const closedHead = "From: a@ebay.com\r\nSubject: Your case 5012345678 is closed\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n"

func TestTenThousandAttachments(t *testing.T) {
	var b strings.Builder
	b.WriteString(closedHead + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nOrder 12-34567-89012\r\n")
	for i := range 10_000 {
		fmt.Fprintf(&b, "--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=\"%d.png\"\r\n\r\nx\r\n", i)
	}
	b.WriteString("--b--\r\n")
	n := readAll(t, "m.eml", []byte(b.String()), Options{})[0]
	if !n.Recognized() || n.OrderNumber != "12-34567-89012" || len(n.Attachments) != MaxAttachments {
		t.Errorf("%s, %d attachments", told(n), len(n.Attachments))
	}
	wantDoubt(t, n, problemManyAttachments)
}

func TestTooManyParts(t *testing.T) {
	raw := closedHead + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\n", 200_000)
	n := readAll(t, "m.eml", []byte(raw), Options{})[0]
	if n.Rule != "closed" || n.CaseNumber != "5012345678" {
		t.Errorf("the subject was not read: %s", told(n))
	}
	wantDoubt(t, n, problemParts)
}

func TestThousandNestedParts(t *testing.T) {
	var b strings.Builder
	b.WriteString(closedHead + "Content-Type: multipart/mixed; boundary=\"b0\"\r\n\r\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "--b%d\r\nContent-Type: multipart/mixed; boundary=\"b%d\"\r\n\r\n", i, i+1)
	}
	b.WriteString("--b1000\r\nContent-Type: text/plain\r\n\r\nOrder 12-34567-89012\r\n")
	n := readAll(t, "m.eml", []byte(b.String()), Options{})[0]
	if n.Rule != "closed" {
		t.Errorf("%s", told(n))
	}
	wantDoubt(t, n, problemParts)
}

func TestBrokenMails(t *testing.T) {
	const order = "Order 12-34567-89012"
	for name, c := range map[string]struct {
		body  string
		order bool
		doubt *data.ProblemKind
	}{
		"boundary never comes":  {"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + order, true, problemBroken},
		"boundary never closes": {"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + order, true, problemBroken},
		"no boundary said":      {"Content-Type: multipart/mixed\r\n\r\n" + order, true, nil},
		"no type":               {"\r\n" + order, true, nil},
		"odd type":              {"Content-Type: ;;;=\"\r\n\r\n" + order, true, nil},
		"huge type":             {"Content-Type: text/plain; x=" + strings.Repeat("y", 100_000) + "\r\n\r\n" + order, false, problemBroken},
		"cut base64":            {"Content-Transfer-Encoding: base64\r\nContent-Type: text/plain\r\n\r\nT3JkZXIgMTItMzQ1NjctODkwMTIg!!!", true, problemBroken},
		"unknown encoding":      {"Content-Transfer-Encoding: rot13\r\nContent-Type: text/plain\r\n\r\n" + order, true, problemBroken},
		"unknown charset":       {"Content-Type: text/plain; charset=klingon\r\n\r\n" + order, true, problemCharacters},
		"NULs":                  {"Content-Type: text/plain\r\n\r\nOrder\x00 12-34567-\x0089012", true, nil},
		"raw GBK":               {"Content-Type: text/plain\r\n\r\n\xb6\xa9\xb5\xa5 12-34567-89012", true, problemCharacters},
		"no body":               {"", false, nil},
		"attached mail":         {"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + order + "\r\n--b--", false, problemAttachedMail},
		"long text":             {"\r\n" + order + strings.Repeat(" x", MaxText), true, problemCut},
	} {
		n := readAll(t, "m.eml", []byte(closedHead+c.body), Options{})[0]
		if n.Rule != "closed" || (n.OrderNumber == "12-34567-89012") != c.order {
			t.Errorf("%s: %s, text %.80q", name, told(n), n.Text)
		}
		if c.doubt != nil {
			if got := doubts(n); got != strings.TrimPrefix(c.doubt.Code, "notice_") {
				t.Errorf("%s: doubts %q", name, got)
			}
		} else if len(n.Doubts) > 0 {
			t.Errorf("%s: doubts %s", name, doubts(n))
		}
		if len(n.Text) > MaxText || strings.ContainsRune(n.Text, 0) {
			t.Errorf("%s: text of %d bytes", name, len(n.Text))
		}
	}
}

func TestNotAMail(t *testing.T) {
	for name, c := range map[string]struct {
		raw  string
		kind *data.ProblemKind
	}{
		"empty":   {"", problemEmpty},
		"blank":   {"\xEF\xBB\xBF \r\n", problemEmpty},
		"outlook": {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more", problemOutlook},
		"pdf":     {"%PDF-1.7\n", problemNotMail},
		"binary":  {"\x00\x01\x02\x03", problemNotMail},
		"huge":    {strings.Repeat("words ", 1<<18), problemLongPaste},
	} {
		for n, err := range Read(t.Context(), "f", strings.NewReader(c.raw), builtInSet(t), Options{}) {
			if p, ok := data.AsProblem(err); !ok || p.Kind != c.kind || n != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestReadCanBeCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range Read(ctx, "f", strings.NewReader(closedHead+"\r\nx"), builtInSet(t), Options{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	}
}

// mails gives the subjects of an mbox.
func mails(t *testing.T, raw string) []string {
	t.Helper()
	var out []string
	for _, n := range readAll(t, "m.mbox", []byte(raw), Options{}) {
		out = append(out, n.Subject)
	}
	return out
}

func TestMbox(t *testing.T) {
	const sep = "From a@ebay.com Mon Mar  2 10:00:00 2026\n"
	mail := func(subject, body string) string {
		return "Subject: " + subject + "\nFrom: a@ebay.com\n\n" + body + "\n"
	}
	for name, c := range map[string]struct{ raw, want string }{
		"two":                      {sep + mail("1", "x") + "\n" + sep + mail("2", "y"), "1 2"},
		"CRLF":                     {strings.ReplaceAll(sep+mail("1", "x")+"\n"+sep+mail("2", "y"), "\n", "\r\n"), "1 2"},
		"no empty line between":    {sep + mail("1", "x") + sep + mail("2", "y"), "1 2"},
		"From in a body":           {sep + mail("1", "x\n\nFrom here on, all is well since 10:30 or so\n") + "\n" + sep + mail("2", "y"), "1 2"},
		"quoted":                   {sep + mail("1", "\n>"+sep+"Subject: no\n") + "\n" + sep + mail("2", "y"), "1 2"},
		"unquoted date, no header": {sep + mail("1", "a line\n"+sep+"is not a mail\n"), "1"},
		"bare separators":          {"From \n" + mail("1", "x") + "\nFrom - \n" + mail("2", "y"), "1 2"},
		"zone in the separator":    {"From 12@xxx Mon Mar 02 10:00:00 +0000 2026\n" + mail("1", "x"), "1"},
		"last line cut":            {sep + mail("1", "x") + "\n" + sep + "Subject: 2", "1 2"},
		"long lines":               {sep + mail("1", strings.Repeat("x", 200_000)) + "\n" + sep + mail("2", "y"), "1 2"},
		"mail of nothing":          {sep + sep + mail("2", "x"), "2"},
	} {
		if got := strings.Join(mails(t, c.raw), " "); strings.TrimSpace(got) != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestMboxUnquotesAndPlaces(t *testing.T) {
	const sep = "From a@ebay.com Mon Mar  2 10:00:00 2026\r\n"
	second := closedHead + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n>From A\r\n>>From B\r\n>from C\r\n--b\r\n" +
		"Content-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n>From D\r\n--b--\r\n"
	raw := sep + closedHead + "\r\nfirst\r\n\r\n" + sep + second
	all := readAll(t, "m.mbox", []byte(raw), Options{})
	if len(all) != 2 {
		t.Fatalf("%d mails", len(all))
	}
	n := all[1]
	if n.Text != "From A\n>From B\n>from C" {
		t.Errorf("text %q", n.Text)
	}
	if n.Source.Index != 2 || raw[n.Source.Offset:n.Source.Offset+n.Source.Length] != second {
		t.Errorf("the mail is not at %+v", n.Source)
	}
	kept, err := n.Raw(strings.NewReader(raw))
	if err != nil || string(kept) != second {
		t.Errorf("%q %v", kept, err)
	}
	content, err := n.OpenAttachment(t.Context(), strings.NewReader(raw), 0)
	if err != nil || string(content) != "From D" {
		t.Errorf("attachment %q %v", content, err)
	}
}

// endless gives the same mails again and again until size bytes were read.
type endless struct {
	unit []byte
	at   int
	left int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(int64(len(p)), e.left)], e.unit[e.at:])
	e.at = (e.at + n) % len(e.unit)
	e.left -= int64(n)
	return n, nil
}

// A mail of 300 MB in an mbox: its header is read, the next mail is found, and
// the memory stays bounded.
func TestHugeMailInMbox(t *testing.T) {
	const sep = "From a@ebay.com Mon Mar  2 10:00:00 2026\r\n"
	line := bytes.Repeat([]byte("0123456789abcdef"), 4)
	in := io.MultiReader(strings.NewReader(sep+closedHead+"\r\n"), &endless{unit: append(line, '\n'), left: 300 << 20},
		strings.NewReader("\r\n\r\n"+sep+closedHead+"\r\nOrder 12-34567-89012\r\n"))
	var all []*Notice
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for n, err := range Read(t.Context(), "m.mbox", in, builtInSet(t), Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, n)
	}
	runtime.ReadMemStats(&after)
	if len(all) != 2 || all[0].Rule != "closed" || all[1].OrderNumber != "12-34567-89012" {
		t.Fatalf("%d mails", len(all))
	}
	wantDoubt(t, all[0], problemLarge)
	if used := int64(after.TotalAlloc - before.TotalAlloc); used > 8*MaxMail {
		t.Errorf("%d MB were taken for one mail", used>>20)
	}
}

func TestSubjectsCutWithinCharacters(t *testing.T) {
	n := one(t, "From: a@ebay.com\r\nSubject: =?UTF-8?B?5qGI5Lu2?= =?UTF-8?B?5bey5YWz6Q==?=\r\n =?utf-8?B?l60=?= =?gb2312?Q?=B0=B8=BC=FE?= plain", "")
	if n.Subject != "案件已关闭案件 plain" {
		t.Errorf("%q", n.Subject)
	}
	if n.Rule != "closed" {
		t.Errorf("%s", told(n))
	}
}

func TestNames(t *testing.T) {
	for in, want := range map[string]string{
		"a.png": "a.png", `C:\x\a.png`: "a.png", "../../etc/passwd": "passwd", "..": "", "/": "", "a/": "", "con\x00\u202Egnp.exe": "congnp.exe",
		" .a. ": "a", "a:b?.png": "a_b_.png",
	} {
		if got := safeName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := safeName(strings.Repeat("长", 200) + ".jpeg"); len(got) > maxName || !strings.HasSuffix(got, ".jpeg") {
		t.Errorf("%q", got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(closedHead + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n"))
	f.Add([]byte("From a Mon Mar  2 10:00:00 2026\n" + closedHead + "\nFrom \n>From x\n\nFrom - \nSubject: =?gbk?Q?=B0?=\n\n"))
	f.Add([]byte("eBay 买家提出纠纷 due: 2026-03-14 25:61 PST"))
	f.Add([]byte("Subject: Your case is closed\nFrom: a@ebay.com\nContent-Type: text/html\n\n<p>respond by: <b>03/04/2026 下午3:00 (GMT+99)</b> amount in dispute: $1,2.3"))
	set := builtInSet(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		for n, err := range Read(t.Context(), "f", bytes.NewReader(raw), set, Options{}) {
			if err != nil {
				if _, ok := data.AsProblem(err); !ok {
					t.Fatal(err)
				}
				return
			}
			if len(n.Text) > MaxText || len(n.Subject) > maxLine {
				t.Fatal("unbounded")
			}
			for _, h := range n.Found {
				text := n.Text
				if h.Where == InSubject {
					text = n.Subject
				}
				if h.Offset < 0 || h.Offset+h.Length > len(text) {
					t.Fatalf("hit outside of the text: %+v", h)
				}
			}
			if n.Source.Index > 0 {
				if kept, err := n.Raw(bytes.NewReader(raw)); err != nil || int64(len(kept)) != n.Source.Length {
					t.Fatalf("the mail cannot be read again: %v", err)
				}
			}
		}
	})
}

func FuzzSplit(f *testing.F) {
	f.Add([]byte("From a Mon Mar  2 10:00:00 2026\nSubject: 1\n\nx\n\nFrom b Mon Mar  2 10:00:00 2026\n"))
	f.Add([]byte("From \r\nA: b\r\n\r\n>>From x\r\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s := newSplitter(t.Context(), newReader(raw), 0)
		end := int64(0)
		for {
			m, err := s.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if m.offset < end || m.offset+m.length > int64(len(raw)) {
				t.Fatalf("mail at %d of %d bytes, after %d", m.offset, m.length, end)
			}
			end = m.offset + m.length
		}
	})
}
