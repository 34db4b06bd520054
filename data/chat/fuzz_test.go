package chat

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzSplit looks for texts on which splitting fails, or makes up what does not
// stand in them.
func FuzzSplit(f *testing.F) {
	files, err := filepath.Glob("testdata/chats/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	today := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		c := Split(text, Hints{ContextDate: today, ShopNames: []string{"Atlas Tools"}})
		lines := strings.Count(text, "\n") + strings.Count(text, "\r") + strings.Count(text, "\u2028") + 1
		for _, m := range c.Messages {
			if m.First < 1 || m.Last < m.First || m.Last > lines {
				t.Fatalf("a message of the lines %d to %d, of %d", m.First, m.Last, lines)
			}
			if !utf8.ValidString(m.Text) || !utf8.ValidString(m.Author) {
				t.Fatalf("broken text %q %q", m.Author, m.Text)
			}
			if len(m.Text) > len(text)*4 {
				t.Fatal("a message is longer than the text")
			}
		}
		if len(c.Messages) == 0 && c.Rest == "" && strings.TrimFunc(text, func(r rune) bool {
			return isMark(r) || r <= ' ' || r == 0xA0 || r == 0x202F || r == 0x3000 || r == 0x2028
		}) != "" {
			t.Fatalf("%q is lost", text)
		}
	})
}

// long makes a chat of n messages in a form.
func long(form string, n int) string {
	var b strings.Builder
	at := time.Date(2024, 1, 1, 8, 0, 0, 0, time.UTC)
	for i := range n {
		at = at.Add(7 * time.Minute)
		who := []string{"Atlas Tools", "Ines Kohl"}[i%2]
		switch form {
		case "whatsapp":
			fmt.Fprintf(&b, "%s - %s: message %d: is it there?\n", at.Format("02.01.06, 15:04"), who, i)
		case "telegram":
			fmt.Fprintf(&b, "%s, [%s]\nmessage %d\n\n", who, at.Format("02.01.2006 15:04"), i)
		case "page":
			fmt.Fprintf(&b, "%s\n%s\nmessage %d\nsecond line\nTranslate\n", at.Format("Jan 2, 2006 3:04 PM"), who, i)
		case "mail":
			fmt.Fprintf(&b, "From: %s <a@b.example>\nDate: %s\nSubject: x\n\nmessage %d\n\n", who, at.Format(time.RFC1123Z), i)
		}
	}
	return b.String()
}

// TestLong splits long chats: all of their messages, in a time that grows with
// their length alone.
func TestLong(t *testing.T) {
	today := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	for _, form := range []string{"whatsapp", "telegram", "page", "mail"} {
		const n = 20_000
		took := func(n int) time.Duration {
			start := time.Now()
			c := Split(long(form, n), Hints{ContextDate: today, ShopNames: []string{"Atlas Tools"}})
			if len(c.Messages) != n {
				t.Fatalf("%s: %d messages of %d; %v", form, len(c.Messages), n, c.Findings)
			}
			return time.Since(start)
		}
		few, many := took(n/10), took(n)
		if many > 60*few+2*time.Second {
			t.Errorf("%s: ten times the messages take %v after %v", form, many, few)
		}
		t.Log(form, few, many)
	}
}
