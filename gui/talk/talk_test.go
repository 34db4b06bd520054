package talk

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

const pasted = "03.11.26, 14:05 - Ana: is it a box?\n03.11.26, 14:20 - Shop: yes,\na box\nPS: red\n13.11.26, 08:00 - Ana: thanks\n"

// shown opens the sheet for a text about the first order.
func shown(t *testing.T, text string) (*guitest.Bench, *sheet, data.OrderRow, func() []data.Message) {
	t.Helper()
	b, d, _ := guitest.RealCase(t)
	rows, err := d.OrderFirst(context.Background(), data.OrderQuery{}, 1)
	if err != nil || len(rows) == 0 {
		t.Fatalf("no order: %v", err)
	}
	e := New(b.Env, d)
	before, err := d.Messages(context.Background(), rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	talk, err := d.PreviewTalk(context.Background(), request(text, rows[0].ID), nil)
	if err != nil {
		t.Fatal(err)
	}
	return b, e.open(talk, nil), rows[0], func() []data.Message {
		list, err := d.Messages(context.Background(), rows[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		var fresh []data.Message
		for _, m := range list {
			known := false
			for _, o := range before {
				known = known || o.UID == m.UID
			}
			if !known {
				fresh = append(fresh, m)
			}
		}
		return fresh
	}
}

func TestSheetKeepsWhatWasCorrected(t *testing.T) {
	b, s, _, stored := shown(t, pasted)
	text := strings.Join(b.Texts(), "\n")
	for _, want := range []string{"WhatsApp", "Ana", "is it a box?", "As it was pasted"} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet does not show %q:\n%s", want, text)
		}
	}
	// The second is split where the cursor stands, joined again, split once more;
	// the last is left out.
	s.editor.show(1)
	s.editor.text.CursorRow, s.editor.text.CursorColumn = 2, 0
	s.editor.split()
	if n := len(s.talk.Items); n != 4 || s.talk.Items[1].Text != "yes,\na box" || s.talk.Items[2].Text != "PS: red" {
		t.Fatalf("split: %+v", s.talk.Items)
	}
	s.editor.show(2)
	s.editor.join()
	if n := len(s.talk.Items); n != 3 || s.talk.Items[1].Text != "yes,\na box\nPS: red" {
		t.Fatalf("joined: %+v", s.talk.Items)
	}
	s.editor.show(2)
	s.editor.leave()
	s.editor.show(0)
	s.editor.author.SetText("Ana G")
	s.editor.from.Set(data.FromBuyer)
	s.take()
	list := stored()
	if len(list) != 2 || list[0].Author != "Ana G" || list[0].Text != "is it a box?" || list[1].Text != "yes,\na box\nPS: red" || list[1].Channel != "whatsapp" {
		t.Fatalf("kept %+v\n%s", list, strings.Join(b.Texts(), "\n"))
	}
}

func TestOneTextIsAMessageOfTheBuyer(t *testing.T) {
	b, s, order, stored := shown(t, "hello, where is it?")
	if text := strings.Join(b.Texts(), "\n"); !strings.Contains(text, order.Number) || !strings.Contains(text, "A message from the buyer") {
		t.Errorf("the sheet does not ask:\n%s", text)
	}
	s.take()
	if list := stored(); len(list) != 1 || list[0].Direction != data.FromBuyer {
		t.Fatalf("kept %+v", list)
	}
}

func TestSidesAreSwappedForAnAuthor(t *testing.T) {
	_, s, _, stored := shown(t, pasted)
	s.editor.show(0)
	was := s.talk.Items[0].Direction
	s.editor.swap()
	if s.talk.Items[0].Direction == was || s.talk.Items[2].Direction != s.talk.Items[0].Direction {
		t.Fatalf("swapped %+v", s.talk.Items)
	}
	s.take()
	if list := stored(); len(list) != 3 {
		t.Fatalf("kept %+v", list)
	}
}

func TestSheetSpeaksEachLanguage(t *testing.T) {
	for _, language := range words.Languages() {
		b, d, _ := guitest.RealCase(t)
		words.Set(language)
		file := filepath.Join(t.TempDir(), "chat.txt")
		if err := os.WriteFile(file, []byte(pasted), 0o600); err != nil {
			t.Fatal(err)
		}
		e := New(b.Env, d)
		e.Files(data.OrderRow{}, []string{file})
		e.Paste(data.OrderRow{}, "")
		b.NoKeysOf(t, "talk", "do", "problem", "chat")
	}
}
