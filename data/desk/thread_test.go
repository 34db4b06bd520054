package desk_test

import (
	"fmt"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// A thread is read from its end in parts that meet, each message once, also those
// of one minute and those without a time.
func TestAThreadIsReadFromItsEnd(t *testing.T) {
	d, dispute := aliExpressCase(t)
	ctx := t.Context()
	for i := range 23 {
		_, err := d.AddMessage(ctx, data.Message{
			OrderID: dispute.OrderID, Direction: data.FromBuyer, Text: fmt.Sprintf("m%02d", i), SentAt: clock.Add(time.Duration(i/4-30) * time.Hour),
		})
		must(t, err)
	}
	var got []string
	var cursor desk.ThreadCursor
	for range 10 {
		part, err := d.Thread(ctx, dispute.OrderID, cursor, 5)
		must(t, err)
		if part.Total != 23 {
			t.Fatalf("%d messages in all, want 23", part.Total)
		}
		var texts []string
		for _, m := range part.Messages {
			texts = append(texts, m.Text)
		}
		got = append(texts, got...)
		if cursor = part.Before; !part.More {
			break
		}
	}
	if len(got) != 23 {
		t.Fatalf("read %d: %v", len(got), got)
	}
	for i, text := range got {
		if text != fmt.Sprintf("m%02d", i) {
			t.Errorf("%d is %s", i, text)
		}
	}
}

// The timeline of an order with very many messages holds the newest, and says how
// many it leaves out.
func TestATimelineLeavesOlderMessagesToTheThread(t *testing.T) {
	d, dispute := aliExpressCase(t)
	ctx := t.Context()
	for i := range 405 {
		_, err := d.AddMessage(ctx, data.Message{OrderID: dispute.OrderID, Direction: data.FromBuyer, Text: fmt.Sprint(i), SentAt: clock.Add(-time.Duration(500-i) * time.Hour)})
		must(t, err)
	}
	view, err := d.Order(ctx, dispute.OrderID)
	must(t, err)
	var texts []string
	for _, m := range view.Timeline {
		if m.Kind == data.MomentMessage {
			texts = append(texts, m.Text)
		}
	}
	if view.Older != 5 || len(texts) != 400 || texts[0] != "5" || texts[399] != "404" {
		t.Errorf("%d left out, %d there, from %s to %s", view.Older, len(texts), texts[0], texts[len(texts)-1])
	}
}

// A translation stands beside the words, with who made it, and Undo takes it away.
func TestATranslationStandsBesideTheMessage(t *testing.T) {
	d, dispute := aliExpressCase(t)
	ctx := t.Context()
	m, err := d.AddMessage(ctx, data.Message{OrderID: dispute.OrderID, Direction: data.FromBuyer, Text: "¿Dónde está?"})
	must(t, err)
	must(t, d.TranslateMessage(ctx, m.UID, " Where is it? ", "en", "DeepL"))
	newest := func() data.Message {
		part, err := d.Thread(ctx, dispute.OrderID, desk.ThreadCursor{}, 1)
		must(t, err)
		return part.Messages[0]
	}
	if got := newest(); got.Text != "¿Dónde está?" || got.Translation != "Where is it?" || got.TransLang != "en" || got.Translator != "DeepL" {
		t.Errorf("translated: %+v", got)
	}
	_, err = d.Undo(ctx)
	must(t, err)
	if got := newest(); got.Translation != "" || got.Translator != "" {
		t.Errorf("taken back: %+v", got)
	}
}
