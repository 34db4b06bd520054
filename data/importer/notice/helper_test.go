package notice

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data"
)

func builtInSet(t testing.TB) *Set {
	t.Helper()
	all, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return NewSet(all, nil)
}

// readAll reads a file's mails and fails on an error.
func readAll(t testing.TB, file string, raw []byte, o Options) []*Notice {
	t.Helper()
	var out []*Notice
	for n, err := range Read(context.Background(), file, bytes.NewReader(raw), builtInSet(t), o) {
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out = append(out, n)
	}
	return out
}

func readFixture(t *testing.T, file string, o Options) *Notice {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	all := readAll(t, file, raw, o)
	if len(all) != 1 {
		t.Fatalf("%s: %d mails", file, len(all))
	}
	return all[0]
}

// one reads an invented mail of header lines and body.
func one(t testing.TB, header, body string) *Notice {
	t.Helper()
	all := readAll(t, "mail.eml", []byte(header+"\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n\r\n"+body), Options{})
	if len(all) != 1 {
		t.Fatalf("%d mails", len(all))
	}
	return all[0]
}

func doubts(n *Notice) string {
	codes := []string{}
	for _, d := range n.Doubts {
		codes = append(codes, strings.TrimPrefix(d.Kind.Code, "notice_"))
	}
	return strings.Join(codes, " ")
}

// told says in one line what was found, for comparing.
func told(n *Notice) string {
	due := "-"
	if !n.Due.At.IsZero() {
		due = n.Due.At.Format("2006-01-02T15:04:05Z")
	} else if n.Due.Text != "" {
		due = "?" + n.Due.Text
	}
	return fmt.Sprintf("%s/%s %s case=%s order=%s pay=%s reason=%s amount=%s due=%s", n.Recognizer, n.Rule, n.Kind, n.CaseNumber, n.OrderNumber,
		n.PaymentRef, n.Reason, n.Amount, due)
}

func wantDoubt(t *testing.T, n *Notice, kind *data.ProblemKind) {
	t.Helper()
	for _, d := range n.Doubts {
		if d.Kind == kind {
			return
		}
	}
	t.Errorf("no doubt %s; doubts: %s", kind.Code, doubts(n))
}

func newReader(raw []byte) *bufio.Reader { return bufio.NewReaderSize(bytes.NewReader(raw), 64) }
