package chat

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// wanted is a conversation as a file beside the pasted text tells it, worked by hand.
type wanted struct {
	Form      string   `json:"form"`
	ShopNames []string `json:"shop_names"`
	Buyers    []string `json:"buyer_names"`
	Zone      string   `json:"zone"`
	Today     string   `json:"context_date"`
	Messages  []struct {
		Direction string `json:"direction"`
		Author    string `json:"author"`
		At        string `json:"at"` // "" where nothing is printed
		Text      string `json:"text"`
		Edited    bool   `json:"edited"`
	} `json:"messages"`
}

func TestCases(t *testing.T) {
	dir := "testdata/chats"
	if other := os.Getenv("CHATS"); other != "" {
		dir = other
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) { wantCase(t, file) })
	}
}

func wantCase(t *testing.T, file string) {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want wanted
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation(want.Zone)
	if err != nil {
		t.Fatal(err)
	}
	today, err := time.Parse(time.DateOnly, want.Today)
	if err != nil {
		t.Fatal(err)
	}
	c := Split(string(text), Hints{Zone: zone, ContextDate: today, ShopNames: want.ShopNames, BuyerNames: want.Buyers})
	for i := range max(len(c.Messages), len(want.Messages)) {
		switch {
		case i >= len(c.Messages):
			t.Errorf("message %d is missing: %q", i+1, want.Messages[i].Text)
		case i >= len(want.Messages):
			t.Errorf("message %d is none: %s %s %q", i+1, c.Messages[i].Direction, c.Messages[i].Author, c.Messages[i].Text)
		default:
			m, w := c.Messages[i], want.Messages[i]
			at := ""
			switch m.Precision {
			case "":
				at = m.At.Format("2006-01-02T15:04:05")
			case "day":
				at = m.At.Format(time.DateOnly)
			}
			if string(m.Direction) != w.Direction || m.Author != w.Author || at != w.At || m.Text != w.Text || m.Edited != w.Edited {
				t.Errorf("message %d (lines %d to %d) is\n %s %q %s %q edited %v, not\n %s %q %s %q edited %v",
					i+1, m.First, m.Last, m.Direction, m.Author, at, m.Text, m.Edited, w.Direction, w.Author, w.At, w.Text, w.Edited)
			}
		}
	}
	if t.Failed() {
		t.Logf("form %q", c.Form)
	}
	for _, f := range c.Findings {
		t.Log(f.Why)
	}
}
